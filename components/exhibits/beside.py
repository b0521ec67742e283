"""Place: services beside outcomes, where the district published. Two things at one place; neither is said to cause the other."""

from components import facts, local, service_log, tables, words
from components import local_numbers as numbers
from components.dates import month_name
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import key_numbers
from components.exhibits import local_parts as parts
from components.exhibits.own_attendance import at
from components.i18n import _, school_year
from components.tables import Table
from components.view import View
from data import registry

SERVICES = ("reach", "reach_in_need", "referral_to_service")


def build_beside(view: View, ask: Ask) -> Shown:
    """The newest service numbers of a place and, beside them, its published key indicators with their verdicts."""
    entity = facts.entity_of(view)
    if not local.of(entity):
        raise Unanswerable(
            _("No service log of this place is published here. Where one is, reach stands here beside the outcomes.")
        )
    site = local.site(View(place=(entity,), build=view.build), ask)
    found = at(site, SERVICES)
    rows = [found[name] for name in SERVICES if name in found]
    if not rows:
        raise Unanswerable(service_log.sentence(service_log.of(site), site))
    columns = (
        Column("kind", _("What it is")),
        Column("label", _("Measure")),
        Column("when", _("When")),
        Column("value", _("Value"), "number"),
        Column("change", _("Change from the year before")),
    )
    lines = [*(_service(r) for r in rows), *_outcomes(view, ask, site.place)]
    text = _("%(name)s: services through %(month)s, provisional and rounded; outcomes from CDE’s newest files")
    subtitle = text % {
        "name": site.place["name"],
        "month": month_name(site.month),
    }
    said = [_("%(label)s, %(when)s: %(value)s.") % line for line in lines]
    said.append(
        _("They stand beside each other: they are of different times and students, and neither is said to move the other.")
    )
    return parts.shown(
        view,
        site,
        SERVICES,
        rows,
        key="beside",
        headline=_("Services beside outcomes"),
        subtitle=subtitle,
        table=Table(subtitle, columns, tuple(lines)),
        words=(said[-1],),
        extra={"more": ((_("See services by pillar, month and school"), "/services", {"place": (entity,), "year": None}),)},
    )


def _service(row: dict) -> dict[str, str]:
    return {
        "kind": _("Service, provisional"),
        "label": _(local.measures()[row["measure"]].title),
        "when": month_name(row["month"]),
        "value": numbers.percent(row),
        "change": "–",
    }


def _outcomes(view: View, ask: Ask, place: dict) -> list[dict[str, str]]:
    out = []
    for name in key_numbers.KEY:
        indicator = registry.indicators[name]
        found = key_numbers.now(view, ask, indicator, place)
        if found:
            row, verdict = found
            out.append(
                {
                    "kind": _("Outcome, published by CDE"),
                    "label": _(indicator.title),
                    "when": school_year(row["year"]),
                    "value": tables.cells(row)["rate"],
                    "change": words.tag(verdict),
                }
            )
    return out


BESIDE = Exhibit("beside", build_beside, title=_("Services beside outcomes"))
