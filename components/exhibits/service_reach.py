"""Services: how many students were reached, by pillar and month, and how many of those in need. Reach is not effect."""

from components import local, service_log
from components import local_numbers as numbers
from components.exhibit import Ask, Exhibit, Shown
from components.exhibits import local_parts as parts
from components.exhibits import sourcing
from components.i18n import _
from components.local import Site
from components.service_log import Log, chosen, services
from components.tables import Table
from components.view import View
from components.words import level_name


def build_lead(view: View, ask: Ask) -> Shown:
    """How many students were reached so far, and of those in need; else what the log can tell instead."""
    site = local.site(view, ask)
    log = service_log.of(site)
    rows = _rows(site, view)
    reach, need = (local.one(rows, measure=name) for name in ("reach", "reach_in_need"))
    said = [_("%(name)s, school year %(year)s, through %(month)s, from its own files.") % parts.values(site)]
    if log is Log.STUDENTS:
        said += [*_counted(reach, need), _("Reach is not effect: it says who got a service, not what came of it.")]
    else:
        said.append(service_log.sentence(log, site))
    kicker = [_("Services"), level_name(site.place["level"]), sourcing.code_of(site.entity)]
    return parts.shown(
        view,
        site,
        ("reach", "reach_in_need"),
        rows,
        key="lead",
        headline=_headline(reach, view) if log is Log.STUDENTS else _without(log, site, view),
        subtitle=" ".join(said),
        table=_table(rows, _("Reach and reach among students in need")),
        words=tuple(said),
        extra={"kicker": " · ".join(kicker), "crumbs": sourcing.crumbs(site.place), "next": _next(site)},
    )


def _rows(site: Site, view: View) -> list[dict]:
    """Reach of the service chosen; support of students in need stands beside it only for all services."""
    wanted = ["reach", *(["reach_in_need"] if chosen(view) == "all" else [])]
    rows = local.read(wanted, [site.entity], [site.month])
    return [r for r in rows if r["student_group"] == "TA" and (r["measure"] != "reach" or r["service"] == chosen(view))]


def _headline(reach: dict | None, view: View) -> str:
    values = {"service": local.service_name(chosen(view)), "share": numbers.bare(reach) if reach else ""}
    if reach is None or numbers.rate(reach) is None:
        return _("%(service)s: the students reached are withheld") % values
    if chosen(view) == "all":
        return _("Services reached %(share)s of students so far") % values
    return _("%(service)s reached %(share)s of students so far") % values


def _without(log: Log, site: Site, view: View) -> str:
    """The headline where no student is counted."""
    rows = local.read(["services_delivered"], [site.entity], [site.month], "ytd")
    mine = local.one(rows, service=chosen(view))
    if mine and log in (Log.EARLY, Log.HEADCOUNTS):
        values = {"service": local.service_name(chosen(view)), "n": numbers.count(mine["numerator"], "contacts")}
        if mine["numerator"] is None:
            return _("%(service)s: the services delivered so far are withheld") % values
        if chosen(view) == "all":
            return _("%(n)s services delivered so far") % {"n": values["n"].capitalize()}
        return _("%(service)s: %(n)s services delivered so far") % values
    text = _("No service is logged for %(month)s") if log is Log.NONE else _("No service is shown for %(so_far)s")
    return text % parts.values(site)


def _counted(reach: dict | None, need: dict | None) -> list[str]:
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
        (_("See attendance and discipline of the school year from the same files"), "/my-schools", me),
        (_("See these numbers under the pillars and conditions"), "/pillars", {**me, "month": None}),
        (_("See the place’s public numbers"), "/place", {**me, "month": None}),
        (_("Read how each number is counted"), "/methods", {}),
    ]


def _table(rows: list[dict], caption: str) -> Table:
    return parts.table(_("What"), caption, rows, [_label(r) for r in rows])


def _label(row: dict) -> str:
    return local.service_name(row["service"]) if row["measure"] == "reach" else parts.measure_title(row)


def build_reach(view: View, ask: Ask) -> Shown:
    """The share of enrolled students reached so far, by pillar, or by service category within the pillar chosen."""
    site = local.site(view, ask)
    service_log.require_students(site)
    measures = ["reach", *(["expanded_learning_reach", "family_contacts"] if chosen(view) == "all" else [])]
    found = [r for r in local.read(measures, [site.entity], [site.month]) if r["student_group"] == "TA"]
    rows = [r for s in services(view) if (r := local.one(found, measure="reach", service=s))]
    rows += [r for r in found if r["measure"] != "reach"]
    return parts.barred(
        view,
        site,
        rows,
        [_label(r) for r in rows],
        label=_("What"),
        faded=parts.grayed(site),
        key="reach",
        headline=_highest(rows),
        subtitle=_("%(name)s, %(so_far)s: students with at least one delivered service, of those enrolled") % parts.values(site),
        said=[_("A student reached under two pillars counts in both, so the shares do not add up to the first.")],
    )


def _highest(rows: list[dict]) -> str:
    """The service with the most students, only where it leads by more than rounding can make."""
    told = [r for r in rows if r["measure"] == "reach" and r["service"] in local.pillars() and numbers.rate(r)]
    told.sort(key=lambda r: -r["numerator"])
    if len(told) > 1 and told[0]["numerator"] - told[1]["numerator"] >= 20:
        return _("Most students: %(service)s") % {"service": local.service_name(told[0]["service"])}
    return _("Who was reached so far, by kind of service")


LEAD = Exhibit("lead", build_lead)
REACH = Exhibit("reach", build_reach, "half", title=_("Who was reached so far, by kind of service"))
