"""My schools: attendance so far this year from the district's own files, beside the year before. It is not CDE's rate."""

from components import local
from components import local_numbers as numbers
from components.dates import month_name
from components.exhibit import Ask, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.exhibits import sourcing
from components.figures.month_lines import Line, month_lines
from components.i18n import _
from components.local import Site
from components.tables import Table
from components.view import View
from components.words import level_name

CHRONIC = "chronic_to_date"
KEY = (CHRONIC, "attendance_rate", "recovered", "suspended_to_date")


def no_attendance() -> str:
    return _("No attendance file stands behind this publication: add one, and publish again.")


def at(site: Site, names_: tuple[str, ...], month: int | None = None) -> dict[str, dict]:
    """Measure -> its row of all students in a month (the shown one by default)."""
    rows = local.read(list(names_), [site.entity], [month or site.month])
    return {r["measure"]: r for r in rows if r["student_group"] == "TA" and r["service"] == "all" and r["band"] == "all"}


def percent(row: dict | None) -> float | None:
    found = numbers.rate(row) if row else None
    return float(found.percent) if found else None


def line(rows: list[dict]) -> Line:
    """Shares by month as a figure draws them; a withheld one has no point."""
    return {r["month"]: (v, numbers.percent(r)) for r in rows if (v := percent(r)) is not None}


def changed(site: Site, name: str, now: dict | None) -> numbers.Change:
    """A measure against the same month of the year before."""
    measure = local.measures()[name]
    then = at(site, (name,), local.year_before(site.month)).get(name)
    return numbers.change(now, then, measure.numerator, measure.better)


def build_lead(view: View, ask: Ask) -> Shown:
    """Chronic absence to date in a headline, against the same month of last year where that was brought."""
    site = local.site(view, ask)
    now = at(site, (CHRONIC,)).get(CHRONIC)
    values = {"name": site.place["name"], "month": month_name(site.month), "share": numbers.bare(now) if now else ""}
    said = [_("%(name)s, this school year through %(month)s, from its own files.") % values]
    if now and numbers.rate(now):
        counts = {"k": numbers.count(now["numerator"]), "n": numbers.count(now["denominator"])}
        said.append(_("So far %(k)s of %(n)s students missed 10 percent or more of their days.") % counts)
    said.append(numbers.explained(changed(site, CHRONIC, now)))
    said.append(_("To date is not CDE’s yearly rate."))
    headline = _("No attendance was brought yet")
    if now:
        headline = (
            _("Chronic absence so far: %(share)s") % values if numbers.rate(now) else _("Chronic absence so far is withheld")
        )
    rows = [now] if now else []
    kicker = [_("My schools"), level_name(site.place["level"]), sourcing.code_of(site.entity)]
    return parts.shown(
        view,
        site,
        (CHRONIC,),
        rows,
        key="lead",
        headline=headline,
        subtitle=" ".join(said),
        table=_table(rows, headline),
        words=tuple(said),
        extra={"kicker": " · ".join(kicker), "crumbs": sourcing.crumbs(site.place), "next": _next(site)},
    )


def _next(site: Site) -> list[tuple[str, str, dict]]:
    me = {"place": (site.entity,)}
    public = {**me, "month": None, "pillar": None, "service_category": None}
    return [
        (_("See who was reached by services, and who of those in need"), "/services", me),
        (_("See these numbers under the pillars and conditions"), "/pillars", public),
        (_("Compare the place’s public numbers with similar places"), "/place", public),
        (_("Read how each number is counted"), "/methods", {}),
    ]


def _table(rows: list[dict], caption: str) -> Table:
    every = local.measures()
    lines = tuple({"label": _(every[r["measure"]].title), **parts.cells(r, every[r["measure"]])} for r in rows)
    return Table(caption, parts.columns(_("Measure"), every[CHRONIC]), lines)


def build_key(view: View, ask: Ask) -> Shown:
    """Four numbers of this year so far, each with what may be said of its change."""
    site = local.site(view, ask)
    found = at(site, KEY)
    rows = [found[name] for name in KEY if name in found]
    if not rows:
        raise Unanswerable(no_attendance())
    values = {"name": site.place["name"], "month": month_name(site.month)}
    caption = _("%(name)s, this school year through %(month)s") % values
    return parts.shown(
        view,
        site,
        [r["measure"] for r in rows],
        rows,
        key="key",
        headline=_("This year so far"),
        subtitle=caption,
        table=_table(rows, caption),
        words=tuple(
            _("%(what)s: %(share)s.") % {"what": _(local.measures()[r["measure"]].title), "share": numbers.percent(r)}
            for r in rows
        ),
        extra={"facts": [_fact(site, r) for r in rows]},
    )


TAGS = {"better": "better", "worse": "worse", "moved": "moved"}


def _fact(site: Site, row: dict) -> dict:
    measure = local.measures()[row["measure"]]
    moved = changed(site, measure.name, row)
    untold = moved.kind in (numbers.Kind.NO_PRIOR, numbers.Kind.UNTESTED)
    days = numbers.unit(measure.numerator) > 1
    of = (_("Days: %(k)s of %(n)s.") if days else _("Students: %(k)s of %(n)s.")) % {
        "k": numbers.count(row["numerator"], measure.numerator),
        "n": numbers.count(row["denominator"], measure.denominator),
    }
    if row["status"] != "published":
        of = _("Withheld, so that no student can be told from it.")
    return {
        "title": _(measure.title),
        "value": numbers.percent(row),
        "unit": "",
        "tag": "" if untold else numbers.told(moved),
        "tag_kind": TAGS.get(moved.kind.value, "none"),
        "detail": _("%(of)s %(note)s.") % {"of": of, "note": _(measure.note)} if measure.note else of,
    }


def build_pace(view: View, ask: Ask) -> Shown:
    """Chronic absence to date month by month; last year's line dashed, or where last year ended."""
    site = local.site(view, ask)
    so_far = local.months_so_far(site)
    before = [local.year_before(m) for m in so_far]
    ended = local.ended(site.month)
    rows = [r for r in local.read([CHRONIC], [site.entity], [*so_far, *before, ended]) if r["student_group"] == "TA"]
    now, then = (line([r for r in rows if r["month"] in months]) for months in (so_far, before))
    if not rows:
        raise Unanswerable(no_attendance())
    last = local.one(rows, month=ended)
    level = percent(last)
    values = {"name": site.place["name"], "year": parts.year_name(site.month), "before": parts.year_name(ended)}
    subtitle = _("%(name)s, %(year)s: students absent on 10 percent or more of their days so far, percent of students") % values
    said = [
        _("%(month)s: %(share)s.") % {"month": month_name(r["month"]), "share": numbers.percent(r)}
        for r in rows
        if r["month"] in so_far
    ]
    if level is not None:
        share = {"share": numbers.percent(last), **values}
        said.append(
            _("At the end of %(before)s it was %(share)s. A share to date moves during the year, so the two are no verdict.")
            % share
        )
    said.append(_("Dashed: the same months of the year before.") if then else _("The same months of last year were not brought."))
    text = _("end of %(before)s") % values
    return parts.shown(
        view,
        site,
        (CHRONIC,),
        rows,
        key="pace",
        headline=_("Chronic absence to date, month by month"),
        subtitle=subtitle,
        table=_by_month(rows, subtitle),
        figure=month_lines(
            [("", now, then)], f"{values['name']} · {values['year']}", level=(level, text) if level is not None else None
        )
        if now
        else None,
        words=tuple(said),
        alt=_("A line by month. %(words)s") % {"words": " ".join(said)},
    )


def _by_month(rows: list[dict], caption: str) -> Table:
    measure = local.measures()[CHRONIC]
    lines = tuple({"label": month_name(r["month"]), **parts.cells(r, measure)} for r in rows)
    return Table(caption, parts.columns(_("Month"), measure), lines)


LEAD = Exhibit("lead", build_lead)
KEY_NUMBERS = Exhibit("key", build_key)
PACE = Exhibit("pace", build_pace, "half")
