"""Every service number of a place and month in one table; the file of the Services page."""

from components import local, service_log
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.i18n import _
from components.service_log import chosen
from components.tables import Table
from components.view import View
from data.privacy import cube

MEASURES = (
    "reach", "reach_in_need", "referral_to_service", "referral_closure", "expanded_learning_reach", "family_contacts",
    "active_partners", "services_delivered",
)  # fmt: skip


def build_numbers(view: View, ask: Ask) -> Shown:
    """The measures of services at the place, and of a district at each of its schools, narrowed to the service chosen."""
    site = local.site(view, ask)
    entities = [site.entity, *(local.schools(site) if site.place["level"] == "district" else [])]
    rows = local.read(list(MEASURES), entities, [site.month])
    if view.pillar or view.service_category:
        rows = [r for r in rows if _fits(r["service"], view)]
    if not rows:
        service_log.require_students(site)
        raise Unanswerable(_("The log has no number of this choice."))
    called = parts.place_names(entities, ask)
    order = {e: i for i, e in enumerate([site.entity, *sorted(entities[1:], key=lambda e: called.get(e, e))])}
    rows.sort(key=lambda r: (order[r["entity"]], MEASURES.index(r["measure"]), r["student_group"] != "TA", r["service"] != "all"))
    caption = _("%(name)s, %(so_far)s: %(service)s") % {**parts.values(site), "service": local.service_name(chosen(view))}
    columns = parts.columns(_("Measure"), Column("name", _("Place"), "place"), Column("group", _("Student group")))
    lines = tuple(
        {
            "entity": r["entity"],
            "name": called.get(r["entity"], r["entity"]),
            "group": parts.group_name(r["student_group"], site.month),
            "label": _label(r),
            **parts.cells(r, local.measures()[r["measure"]]),
        }
        for r in rows
        if r["entity"] == site.entity
    )
    return parts.shown(
        view,
        site,
        MEASURES,
        rows,
        key="numbers",
        headline=_("Every number of this choice"),
        subtitle=caption,
        table=Table(caption, columns, lines, _("The file has the rows of every school as well.") if len(entities) > 1 else ""),
        words=(_("Counts are rounded to 10; withheld ones are empty in the file."),),
        extra={"names": called},
    )


def _fits(service: str, view: View) -> bool:
    if view.service_category:
        return service == view.service_category
    return service == view.pillar or cube.pillars().get(service) == view.pillar


def _label(row: dict) -> str:
    values = {"measure": parts.measure_title(row), "service": local.service_name(row["service"])}
    return _("%(measure)s: %(service)s") % values if row["service"] != "all" else values["measure"]


NUMBERS = Exhibit("numbers", build_numbers, title=_("Every number of this choice"))
