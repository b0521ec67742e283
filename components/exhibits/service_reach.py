"""Services: how many students were reached, by pillar and month, and how many of those in need. Reach is not effect."""

from components import local
from components import local_numbers as numbers
from components.exhibit import Ask, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.exhibits import sourcing
from components.figures.local_bars import local_bars
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
        return _("No service can be counted by student here")
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
            _(
                "Of the students in need (chronically absent so far), %(share)s had a support contact in the last 30 days "
                "of the month."
            )
            % {"share": numbers.percent(need)}
        )
    elif need:
        out.append(
            _("How many of the students in need had a support contact is withheld, so that no student can be told from it.")
        )
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
    return _(
        "There is nothing to count by student here: no service of this choice was logged with student keys up to this month. A "
        "log of headcounts says how much was offered, not how many different students were reached."
    )


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


LEAD = Exhibit("lead", build_lead)
REACH = Exhibit("reach", build_reach, "half")
