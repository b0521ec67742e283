"""Services: how many students were reached, by pillar and month, and how many of those in need. Reach is not effect."""

from components import local
from components import local_numbers as numbers
from components.exhibit import Ask, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.exhibits import sourcing
from components.figures.local_bars import local_bars
from components.figures.month_lines import month_lines
from components.i18n import _
from components.local import Site
from components.tables import Table
from components.view import View
from components.words import level_name


def chosen(view: View) -> str:
    """The service that the reader asks about: a category, a pillar, or all."""
    return view.service_category or view.pillar or "all"


def services(view: View) -> list[str]:
    """The services that stand beside each other: the pillars; of a chosen pillar its categories; or the one category."""
    if view.service_category:
        return [view.service_category]
    return [view.pillar, *local.categories(view.pillar)] if view.pillar else ["all", *local.pillars()]


def build_lead(view: View, ask: Ask) -> Shown:
    """How many students were reached so far, and of those in need; in one paragraph whose files these are."""
    site = local.site(view, ask)
    rows = local.read(["reach", "reach_in_need"], [site.entity], [site.month])
    rows = [r for r in rows if r["student_group"] == "TA" and (r["measure"] != "reach" or r["service"] == chosen(view))]
    reach, need = (local.one(rows, measure=name) for name in ("reach", "reach_in_need"))
    said = [
        _("%(name)s, %(year)s through %(month)s, from its own attendance file and service log.")
        % {"name": site.place["name"], "year": parts.year_name(site.month), "month": parts.month_name(site.month)},
        *_counted(reach, need, view),
        _("Reach is not effect: it says who got a service, not what came of it."),
    ]
    kicker = [_("Services"), level_name(site.place["level"]), sourcing.code_of(site.entity)]
    return parts.shown(
        view,
        site,
        ("reach", "reach_in_need"),
        rows,
        key="lead",
        headline=_headline(reach, view),
        subtitle=" ".join(said),
        table=_table(rows, _("Reach and reach among students in need")),
        words=tuple(said),
        extra={"kicker": " · ".join(kicker), "crumbs": sourcing.crumbs(site.place), "next": _next(site)},
    )


def _headline(reach: dict | None, view: View) -> str:
    values = {"service": local.service_name(chosen(view)), "share": numbers.bare(reach) if reach else ""}
    if reach is None:
        return _("No service log was brought yet")
    if numbers.rate(reach) is None:
        return _("%(service)s: the students reached are withheld") % values
    if chosen(view) == "all":
        return _("Services reached %(share)s of students so far") % values
    return _("%(service)s reached %(share)s of students") % values


def _counted(reach: dict | None, need: dict | None, view: View) -> list[str]:
    out = []
    if reach and reach["status"] == "published":
        values = {"k": numbers.count(reach["numerator"]), "n": numbers.count(reach["denominator"], "enrolled")}
        out.append(_("Reached: %(k)s of %(n)s students.") % values)
    if need and numbers.rate(need):
        out.append(
            _("Of the students in need (chronically absent so far), %(share)s had a support contact in the last 30 days of the month.")
            % {"share": numbers.percent(need)}
        )
    elif need:
        out.append(_("How many of the students in need had a support contact is withheld, because a count is too small."))
    return out


def _next(site: Site) -> list[tuple[str, str, dict]]:
    me = {"place": (site.entity,)}
    return [
        (_("See this year’s attendance and discipline from the same files"), "/my-schools", me),
        (_("See these numbers under the pillars and conditions"), "/pillars", {**me, "month": None}),
        (_("See the place’s public numbers"), "/place", {**me, "month": None}),
        (_("Read how each number is counted"), "/methods", {}),
    ]


def _table(rows: list[dict], caption: str) -> Table:
    measures = local.measures()
    lines = [{"label": _label(r), **parts.cells(r, measures[r["measure"]])} for r in rows]
    return Table(caption, parts.columns(_("What"), measures["reach"]), tuple(lines))


def _label(row: dict) -> str:
    if row["measure"] != "reach":
        return _(local.measures()[row["measure"]].title)
    return local.service_name(row["service"])


def build_reach(view: View, ask: Ask) -> Shown:
    """The share of enrolled students reached so far, by pillar, or by service category within the pillar chosen."""
    site = local.site(view, ask)
    found = local.read(["reach", "expanded_learning_reach", "family_contacts"], [site.entity], [site.month])
    every = [r for r in found if r["student_group"] == "TA"]
    rows = [r for s in services(view) if (r := local.one(every, measure="reach", service=s))]
    if not rows:
        raise Unanswerable(no_log())
    if chosen(view) == "all":
        rows += [r for r in every if r["measure"] != "reach"]
    faded = parts.grayed(site)
    values = {"name": site.place["name"], "month": parts.month_name(site.month)}
    subtitle = _("%(name)s, July to %(month)s: students with at least one delivered service, of students enrolled") % values
    said = [_("%(service)s: %(share)s.") % {"service": _label(r), "share": numbers.percent(r)} for r in rows]
    said.append(_("A student reached under two pillars counts in both, so the shares do not add up to the first."))
    bars: list = [(_label(r), [(_value(r), numbers.percent(r))]) for r in rows]
    return parts.shown(
        view,
        site,
        ("reach", "expanded_learning_reach", "family_contacts"),
        rows,
        key="reach",
        headline=_highest(rows),
        subtitle=subtitle,
        table=_table(rows, subtitle),
        figure=local_bars(bars, f"{values['name']} · {values['month']}", bool(faded)),
        words=tuple([*said, faded] if faded else said),
        notes=(faded,),
        alt=_("Bars of shares. %(words)s") % {"words": " ".join(said)},
    )


def no_log() -> str:
    return _("No service log stands behind this publication: add one, and publish again.")


def _value(row: dict) -> float | None:
    found = numbers.rate(row)
    return found.percent if found else None


def _highest(rows: list[dict]) -> str:
    """The service with the most students, only where it leads by more than rounding can make."""
    told = [r for r in rows if r["measure"] == "reach" and r["service"] in local.pillars() and numbers.rate(r)]
    told.sort(key=lambda r: -r["numerator"])
    if len(told) > 1 and told[0]["numerator"] - told[1]["numerator"] >= 20:
        return _("Most students: %(service)s") % {"service": local.service_name(told[0]["service"])}
    return _("Who was reached so far, by kind of service")


def build_months(view: View, ask: Ask) -> Shown:
    """Students reached in each month, by pillar, with last year's line dashed where it was brought."""
    site = local.site(view, ask)
    so_far = parts_of_year(site)
    wanted = [s for s in services(view) if s != "all" or chosen(view) == "all"][:8]
    every = local.read(["reach"], [site.entity], [*so_far, *map(local.year_before, so_far)], "month")
    rows = [r for r in every if r["student_group"] == "TA" and r["service"] in wanted]
    if not rows:
        raise Unanswerable(no_log())
    faded = parts.grayed(site)
    panels = []
    for service in wanted:
        lines = [
            {r["month"]: v for r in rows if r["service"] == service and r["month"] in of and (v := _value(r)) is not None}
            for of in (so_far, [local.year_before(m) for m in so_far])
        ]
        panels.append((local.service_name(service), lines[0], lines[1]))
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


def parts_of_year(site: Site) -> list[int]:
    return local.months_so_far(site)


def _month_words(name: str, now: dict[int, float]) -> str:
    if not now:
        return _("%(service)s: withheld in every month.") % {"service": name}
    last = max(now)
    values = {"service": name, "month": parts.month_name(last), "share": f"{now[last]:g}"}
    return _("%(service)s: about %(share)s %% in %(month)s.") % values


def _months_table(rows: list[dict], caption: str) -> Table:
    measure = local.measures()["reach"]
    first = parts.Column("month", _("Month"))
    lines = [
        {"month": parts.month_name(r["month"]), "label": local.service_name(r["service"]), **parts.cells(r, measure)} for r in rows
    ]
    return Table(caption, parts.columns(_("Service"), measure, first), tuple(lines))


def build_in_need(view: View, ask: Ask) -> Shown:
    """Month by month: of the students chronically absent so far, how many had a support contact in the last 30 days."""
    site = local.site(view, ask)
    so_far = parts_of_year(site)
    rows = local.read(["reach_in_need"], [site.entity], [*so_far, *map(local.year_before, so_far)])
    now = local.one(rows, month=site.month)
    if not rows:
        raise Unanswerable(_("Reach among students in need takes an attendance file and a service log with student keys."))
    lines = [
        {r["month"]: v for r in rows if r["month"] in of and (v := _value(r)) is not None}
        for of in (so_far, [local.year_before(m) for m in so_far])
    ]
    measure = local.measures()["reach_in_need"]
    moved = numbers.change(now, local.one(rows, month=local.year_before(site.month)), measure.numerator, measure.better)
    values = {"name": site.place["name"], "month": parts.month_name(site.month), "share": numbers.bare(now) if now else ""}
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
        table=_months_table([{**r} for r in rows], subtitle),
        figure=month_lines([(_("Reach among students in need"), *lines)], f"{values['name']} · {values['month']}", bool(faded))
        if any(lines)
        else None,
        words=tuple(said),
        notes=(faded, _("A student in need is one absent on 10 percent or more of the days so far.")),
        alt=_("A line by month. %(words)s") % {"words": " ".join(said)},
    )


def _in_need_now(now: dict | None, values: dict) -> str:
    if now is None or numbers.rate(now) is None:
        return _("In %(month)s the share is withheld: a count behind it is too small.") % values
    counts = {"k": numbers.count(now["numerator"]), "n": numbers.count(now["denominator"])}
    return _("In %(month)s: %(k)s of %(n)s students in need, %(share)s.") % {**values, **counts}


LEAD = Exhibit("lead", build_lead)
REACH = Exhibit("reach", build_reach, "half")
MONTHS = Exhibit("months", build_months, "half")
IN_NEED = Exhibit("in_need", build_in_need, "half")
