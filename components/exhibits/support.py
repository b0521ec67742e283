"""Place: who supports whom. A place sees its centers and its county office; a region also the counties that it serves.

Every line has its date and how far it was verified. What a region lists (contacts, events) is its own word and stays text.
"""

import pandas as pd

import queries
from components import facts, support, words
from components.dates import span, written
from components.exhibit import Ask, Column, Exhibit, Shown, Table
from components.exhibits import sourcing
from components.i18n import _, ngettext, number
from components.support import Line
from components.view import View
from data import registry
from data import support as offices

COLUMNS = (
    "part", "name", "cds_code", "about", "schools", "community_schools", "email", "phone", "from", "to", "status", "source",
)  # fmt: skip
LISTS = ("contacts", "events")


def build_support(view: View, ask: Ask) -> Shown:
    """The centers and offices of the place, whom it serves, and what its region lists, in one table."""
    place = facts.place_of(facts.entity_of(view), ask)
    manifest = queries.manifest(view.build)
    lines, said = _of(place, manifest["created"][:10], ask)
    if any(line.schools is not None and line.grantees is None for line in lines):
        said.append(_("This build has no list of grantees, so community schools are not counted."))
    used = [name for name in LISTS if any(line.source == name for line in lines)]
    files = {name: "; ".join(s["name"] for s in manifest["sources"] if s["family"] == name) for name in used}
    subtitle = _("%(name)s: centers and offices, with their dates and how far each was verified") % {"name": place["name"]}
    return Shown(
        key="support",
        headline=_headline(place["level"]),
        subtitle=subtitle,
        table=_table(lines, place["level"] == "state", _("%(name)s: who supports whom") % {"name": place["name"]}),
        rows=lambda: _file(lines, files),
        words=tuple(said),
        source=_source(manifest, files),
        why=_why(manifest),
        build=sourcing.build_id(view),
    )


def _headline(level: str) -> str:
    return {
        "state": _("Who supports whom"),
        "region": _("Who supports this region, and whom it serves"),
        "county": _("Who supports this county"),
        "district": _("Who supports this district"),
        "school": _("Who supports this school"),
    }[level]


def _of(place: dict, day: str, ask: Ask) -> tuple[list[Line], list[str]]:
    """The lines of a place and its sentences."""
    level = place["level"]
    if level == "state":
        return _of_state(day, ask)
    region = registry.region_by_code[place["region"]]
    if level == "region":
        return _of_region(place, region, day, ask)
    return _of_county(place, registry.county_by_code[place["county"]], day, ask)


def _of_state(day: str, ask: Ask) -> tuple[list[Line], list[str]]:
    every = [*(r.code for r in registry.regions), *(c.entity for c in registry.counties)]
    contacts, events = support.contacts(every, day, ask), support.events(every, day, ask)
    lines = [*support.regions(ask), *support.approval(), *support.state_offices()]
    said = [
        _("As of %(date)s, %(n)s Regional Transformational Assistance Centers (R-TAC) serve the %(counties)s, a region each.")
        % {
            "date": written(max(r.effective_from for r in registry.regions)),
            "n": number(len(registry.regions)),
            "counties": words.places("county", len(registry.counties)),
        },
        _how_sure({r.status for r in registry.regions}, set(map(offices.county_status, registry.counties))),
        *_approval(),
        _state_center(),
        _listed_elsewhere(contacts, events) if contacts or events else _none(),
    ]
    return lines, said


def _of_region(place: dict, region: registry.Region, day: str, ask: Ask) -> tuple[list[Line], list[str]]:
    entities = [region.code, *(registry.county_by_code[c].entity for c in region.counties)]
    contacts, events = support.contacts(entities, day, ask), support.events(entities, day, ask)
    served = support.counties(region, ask)
    lines = [*support.lead(region), *contacts, *events, *served, *support.state_center()]
    text = ngettext(
        "As of %(date)s, the Regional Transformational Assistance Center (R-TAC) of the %(region)s serves %(n)s county and is "
        "led by %(office)s.",
        "As of %(date)s, the Regional Transformational Assistance Center (R-TAC) of the %(region)s serves %(n)s counties and is "
        "led by %(office)s.",
        len(served),
    )
    values = {"date": written(region.effective_from), "region": place["name"], "n": number(len(served)), "office": region.lead}
    members = {offices.county_status(registry.county_by_code[c]) for c in region.counties}
    sure = _how_sure({region.status}, members)
    return lines, [text % values, _listed(contacts, events, day), _state_center(), sure]


def _of_county(place: dict, county: registry.County, day: str, ask: Ask) -> tuple[list[Line], list[str]]:
    """A county, or a district or school in it."""
    region = registry.region_by_code[county.region]
    named = place.get("region_name") or region.name
    entities = [county.entity, region.code]
    contacts, events = support.contacts(entities, day, ask), support.events(entities, day, ask)
    own = support.county_office(county.code, ask)
    lines = [*own, support.center_of(county, named), *support.partners(region), *contacts, *events]
    text = _(
        "As of %(date)s, %(county)s County is served by the Regional Transformational Assistance Center (R-TAC) of the "
        "%(region)s, led by %(office)s."
    )
    values = {"date": written(county.effective_from), "county": county.name, "region": named, "office": region.lead}
    said = [text % values, _listed(contacts, events, day), _state_center()]
    said.append(_how_sure({region.status}, {offices.county_status(county)}))
    if not own:
        text = _("The files of this build do not name a county office of education for %(county)s County.")
        said.append(text % {"county": county.name})
    return [*lines, *support.state_center()], said


def _how_sure(leads: set[str], members: set[str]) -> str:
    """What of the lead offices and of the counties of regions was verified, in the tables' own words."""
    values = {"leads": "; ".join(_(s) for s in sorted(leads)), "counties": "; ".join(_(s) for s in sorted(members))}
    return _("How sure this is. Lead office: %(leads)s. Counties served: %(counties)s.") % values


def _approval() -> list[str]:
    """Who approved the regions, when, and how sure that is."""
    text = _("The %(office)s approved the regions on %(date)s: %(status)s.")
    found = offices.of(offices.CENTERS, "approval")
    return [text % {"office": o.name, "date": written(o.effective_from), "status": _(o.status)} for o in found]


def _state_center() -> str:
    """Who leads the S-TAC, with whom, and who led it before."""
    [now] = offices.of(offices.STATE_CENTER, "lead")
    values = {"office": now.name, "date": written(now.effective_from), "partners": support.partner_names()}
    before = offices.former(offices.STATE_CENTER, "lead")
    if not before:
        text = _("The State Transformational Assistance Center (S-TAC): %(office)s, from %(date)s, with %(partners)s.")
        return text % values
    values |= {"before": before[-1].name, "span": span(before[-1].effective_from, before[-1].effective_to)}
    text = _(
        "The State Transformational Assistance Center (S-TAC) is led by %(office)s, from %(date)s; before, by %(before)s "
        "(%(span)s). Its partners: %(partners)s."
    )
    return text % values


def _listed_elsewhere(contacts: list[Line], events: list[Line]) -> str:
    """For the state, which lists none itself."""
    values = {"contacts": number(len(contacts)), "events": number(len(events))}
    return (
        _("Contacts (%(contacts)s) and events (%(events)s) stand on the pages of the regions and counties that list them.")
        % values
    )


def _listed(contacts: list[Line], events: list[Line], day: str) -> str:
    return support.listed(contacts, events, day) if contacts or events else _none()


def _none() -> str:
    return _(
        "No contacts or events are listed here. A region adds them with two small lists, contacts.csv and events.csv: "
        "the Data page has both templates."
    )


def _table(lines: list[Line], counted: bool, caption: str) -> Table:
    names = support.parts()
    rows = []
    for line in lines:
        row = {
            "entity": line.entity,
            "name": line.name,
            "part": names[line.part],
            "about": line.about or "–",
            "when": span(line.start, line.end) if line.start or line.end or line.part == "region_partner" else "–",
            "status": line.status or "–",
        }
        row["schools"] = "–" if line.schools is None else number(line.schools)
        row["grantees"] = "–" if line.grantees is None else number(line.grantees)
        rows.append(row)
    numbers = (Column("schools", _("Schools"), "number"), Column("grantees", _("Community schools"), "number")) if counted else ()
    columns = (
        Column("name", _("Who"), "place"), Column("part", _("What")), Column("about", _("In detail")), *numbers,
        Column("when", _("When")), Column("status", _("How sure")),
    )  # fmt: skip
    return Table(caption, columns, tuple(rows))


def _file(lines: list[Line], files: dict[str, str]) -> pd.DataFrame:
    """One row a line; dates as their source has them, `source` the document, or the file that the region handed in."""
    rows = [
        (line.part, line.name, line.entity, line.about, line.schools, line.grantees, line.email, line.phone,
         line.start, line.end, line.status, files.get(line.source, line.source))
        for line in lines
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"schools": "Int64", "community_schools": "Int64"})


def _source(manifest: dict, files: dict[str, str]) -> str:
    values = {"build": manifest["id"], "files": "; ".join(f for f in files.values() if f)}
    if values["files"]:
        return _("Source: the product’s dated tables of regions and centers; %(files)s, as handed in. Build %(build)s.") % values
    return _("Source: the product’s dated tables of regions and centers. Build %(build)s.") % values


def _why(manifest: dict) -> tuple[tuple[str, str], ...]:
    sources = dict.fromkeys([r.source for r in registry.regions] + [o.source for o in offices.offices])
    return (
        (_("Where this stands"), "; ".join(sources)),
        (
            _("Why it differs"),
            _(
                "The R-TAC regions are not the geographic leads of the System of Support, nor the regions of the county "
                "superintendents’ association or of expanded learning: all of these differ. R-TAC is also written Regional "
                "Technical Assistance Center, the earlier name. Schools and community schools are counted county by county as "
                "the directory and the list of grantees of this build have them."
            ),
        ),
        (_("Build"), _("%(id)s, made %(made)s") % {"id": manifest["id"], "made": manifest["created"]}),
        (_("Query of contacts"), queries.text("contacts")),
        (_("Query of events"), queries.text("events")),
    )


SUPPORT = Exhibit("support", build_support, title=_("Who supports whom"))
