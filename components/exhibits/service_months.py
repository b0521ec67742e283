"""Services by month: students reached, and how many of those in need, with last year's line where it was brought."""

from components import local
from components import local_numbers as numbers
from components.dates import month_name
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.exhibits.own_attendance import line
from components.exhibits.service_reach import chosen, no_log, services
from components.figures.month_lines import Line, month_lines
from components.i18n import _
from components.tables import Table
from components.view import View


def _lines(rows: list[dict], so_far: list[int]) -> tuple[Line, Line]:
    """This year's shares by month, and those of the same months of the year before."""
    before = [local.year_before(m) for m in so_far]
    return line([r for r in rows if r["month"] in so_far]), line([r for r in rows if r["month"] in before])


def build_months(view: View, ask: Ask) -> Shown:
    """Students reached in each month, by pillar, with last year's line dashed where it was brought."""
    site = local.site(view, ask)
    so_far = local.months_so_far(site)
    wanted = [s for s in services(view) if s != "all" or chosen(view) == "all"][:8]
    every = local.read(["reach"], [site.entity], [*so_far, *map(local.year_before, so_far)], "month")
    rows = [r for r in every if r["student_group"] == "TA" and r["service"] in wanted]
    if not rows:
        raise Unanswerable(no_log())
    faded = parts.grayed(site)
    panels = [(local.service_name(w), *_lines([r for r in rows if r["service"] == w], so_far)) for w in wanted]
    values = {"name": site.place["name"], "year": parts.year_name(site.month)}
    subtitle = _("%(name)s, %(year)s: students with a service in the month, percent of students enrolled") % values
    before = any(then for _n, _now, then in panels)
    said = [_month_words(name, now) for name, now, _then in panels]
    said.append(_("Dashed: the year before.") if before else _("Last year’s months were not brought, so no line stands beside."))
    return parts.shown(
        view,
        site,
        ("reach",),
        rows,
        key="months",
        headline=_("Students reached month by month"),
        subtitle=subtitle,
        table=_months_table(rows, subtitle),
        figure=month_lines(panels, f"{values['name']} · {values['year']}", bool(faded)),
        words=tuple(said),
        notes=(faded,),
        alt=_("Small lines, one a service. %(words)s") % {"words": " ".join(said)},
    )


def _month_words(name: str, now: Line) -> str:
    if not now:
        return _("%(service)s: withheld in every month.") % {"service": name}
    last = max(now)
    return _("%(service)s: %(share)s in %(month)s.") % {"service": name, "month": month_name(last), "share": now[last][1]}


def _months_table(rows: list[dict], caption: str) -> Table:
    measure = local.measures()["reach"]
    first = Column("month", _("Month"))
    lines = [
        {"month": month_name(r["month"]), "label": local.service_name(r["service"]), **parts.cells(r, measure)} for r in rows
    ]
    return Table(caption, parts.columns(_("Service"), measure, first), tuple(lines))


def build_in_need(view: View, ask: Ask) -> Shown:
    """Month by month: of the students chronically absent so far, how many had a support contact in the last 30 days."""
    site = local.site(view, ask)
    so_far = local.months_so_far(site)
    rows = local.read(["reach_in_need"], [site.entity], [*so_far, *map(local.year_before, so_far)])
    now = local.one(rows, month=site.month)
    if not rows:
        raise Unanswerable(_("Reach among students in need takes an attendance file and a service log with student keys."))
    lines = _lines(rows, so_far)
    measure = local.measures()["reach_in_need"]
    moved = numbers.change(now, local.one(rows, month=local.year_before(site.month)), measure.numerator, measure.better)
    values = {"name": site.place["name"], "month": month_name(site.month), "share": numbers.bare(now) if now else ""}
    subtitle = _("%(name)s: chronically absent students with a support contact in the last 30 days of the month") % values
    faded = parts.grayed(site)
    said = [_in_need_now(now, values), numbers.explained(moved)]
    return parts.shown(
        view,
        site,
        ("reach_in_need",),
        rows,
        key="in_need",
        headline=_("Of students in need, %(share)s had support") % values
        if now and numbers.rate(now)
        else _("Support of students in need is withheld"),
        subtitle=subtitle,
        table=_months_table(rows, subtitle),
        figure=month_lines([(_("Reach among students in need"), *lines)], f"{values['name']} · {values['month']}", bool(faded))
        if any(lines)
        else None,
        words=tuple(said),
        notes=(faded, _("A student in need is one absent on 10 percent or more of the days so far.")),
        alt=_("A line by month. %(words)s") % {"words": " ".join(said)},
    )


def _in_need_now(now: dict | None, values: dict) -> str:
    if now is None or numbers.rate(now) is None:
        return _("In %(month)s the share is withheld, so that no student can be told from it.") % values
    counts = {"k": numbers.count(now["numerator"]), "n": numbers.count(now["denominator"])}
    return _("In %(month)s: %(k)s of %(n)s students in need, %(share)s.") % {**values, **counts}


MONTHS = Exhibit("months", build_months, "half")
IN_NEED = Exhibit("in_need", build_in_need, "half")
