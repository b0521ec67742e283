"""From a place to who supports it and whom it serves: the dated tables of the registry, and what a region lists itself.

A line keeps its date and how far it was verified; what a region lists is its own word. Nothing here depends on the clock: a
contact or an event has ended when it had ended on the day of the build.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from components import words
from components.dates import written
from components.exhibit import Ask
from components.i18n import _, ngettext, number
from data import registry, support
from data.registry import Region
from data.support import Office


@dataclass(frozen=True)
class Line:
    """A row. `part` is a key of `parts`; `entity` the place that its name leads to; counts are None where they are not told.

    `start` and `end` are dates as their source has them, `status` how sure that is, `source` the document or list.
    """

    part: str
    name: str
    about: str = ""
    entity: str = ""
    schools: int | None = None
    grantees: int | None = None
    start: str = ""
    end: str = ""
    status: str = ""
    source: str = ""
    email: str = ""
    phone: str = ""


def parts() -> dict[str, str]:
    """What a line is, as the table names it."""
    return {
        "county_office": _("County office"),
        "region": _("Regional center (R-TAC)"),
        "region_lead": _("R-TAC lead office"),
        "region_partner": _("R-TAC partner"),
        "contact": _("Contact"),
        "event": _("Event"),
        "county": _("County served"),
        "approval": _("Approved the regions"),
        "center_lead": _("State center (S-TAC), lead"),
        "center_partner": _("State center (S-TAC), partner"),
        "center_former": _("State center (S-TAC), former lead"),
    }


def kinds() -> dict[str, str]:
    """The kinds of events."""
    return {"training": _("Training"), "convening": _("Convening"), "office hours": _("Office hours"), "other": _("Other event")}


def state_center() -> list[Line]:
    """The lead of the S-TAC with its partners in one line: far from a school, so said short."""
    about = _("Partners: %(names)s") % {"names": partner_names()}
    return [replace(_office("center_lead", o), about=about) for o in support.of(support.STATE_CENTER, "lead")]


def state_offices() -> list[Line]:
    """Every office of the S-TAC as a line of its own: its lead, its partners, who led it before."""
    found = [("center_lead", o) for o in support.of(support.STATE_CENTER, "lead")]
    found += [("center_partner", o) for o in support.of(support.STATE_CENTER, "partner")]
    found += [("center_former", o) for o in support.former(support.STATE_CENTER, "lead")]
    return [_office(part, office) for part, office in found]


def partner_names() -> str:
    return ", ".join(o.name for o in support.of(support.STATE_CENTER, "partner"))


def approval() -> list[Line]:
    """Who approved the regions and when, and what of that is not verified since."""
    return [replace(_office("approval", o), end=o.effective_from) for o in support.of(support.CENTERS, "approval")]


def lead(region: Region) -> list[Line]:
    """The lead office of a region and its partners."""
    first = Line("region_lead", region.lead, start=region.effective_from, status=_(region.status), source=region.source)
    return [first, *partners(region)]


def partners(region: Region) -> list[Line]:
    return [_office("region_partner", o) for o in support.of(region.code, "partner")]


def _office(part: str, office: Office) -> Line:
    return Line(
        part, office.name, start=office.effective_from, end=office.effective_to, status=_(office.status), source=office.source
    )


def county_office(county: str, ask: Ask) -> list[Line]:
    """The county office of education as CDE's files name it, leading to its page. None where no file has it."""
    found = ask("offices", county=county).to_dict("records")
    return [Line("county_office", str(r["name"]), entity=str(r["entity"]), status=_("by its code in CDE’s files")) for r in found]


def center_of(county: registry.County, named: str) -> Line:
    """The region of a county as a line of its own, `named` as its page is, with its lead office."""
    region = registry.region_by_code[county.region]
    about = _("Lead office: %(office)s") % {"office": region.lead}
    status = _("County: %(county)s. Lead office: %(lead)s.") % {
        "county": _(support.county_status(county)),
        "lead": _(region.status),
    }
    return Line("region", named, about, region.code, start=county.effective_from, status=status, source=county.source)


def regions(ask: Ask) -> list[Line]:
    """Every region with its lead office and how many counties, schools and community schools it serves."""
    out = []
    for place in _served([r.code for r in registry.regions], ask):
        region = registry.region_by_code[place["entity"]]
        values = {"office": region.lead, "counties": words.places("county", len(region.counties))}
        about = _("Lead office: %(office)s; %(counties)s") % values
        dated = {"start": region.effective_from, "status": _(region.status), "source": region.source}
        out.append(Line("region", place["name"], about, region.code, place["schools"], place["grantees"], **dated))
    return out


def counties(region: Region, ask: Ask) -> list[Line]:
    """The counties that a region serves, with their schools and community schools."""
    of = {c.entity: c for c in registry.counties if c.region == region.code}
    out = []
    for place in _served(list(of), ask):
        county = of[place["entity"]]
        about = words.places("school", place["schools"])
        if place["grantees"] is not None:
            about = _("%(schools)s, %(n)s of them community schools") % {"schools": about, "n": number(place["grantees"])}
        dated = {"start": county.effective_from, "status": _(support.county_status(county)), "source": county.source}
        out.append(Line("county", place["name"], about, county.entity, place["schools"], place["grantees"], **dated))
    return out


def _served(entities: Sequence[str], ask: Ask) -> list[dict]:
    """entity, name, schools, grantees. The last is None in a build without a list of grantees: a count of none would be false."""
    listed = any(r["grantee_schools"] for r in _places([registry.STATE], ask))
    return [
        {**p, "schools": p["schools"] or 0, "grantees": (p["grantee_schools"] or 0) if listed else None}
        for p in _places(entities, ask)
    ]


def _places(entities: Sequence[str], ask: Ask) -> list[dict]:
    return _rows(ask("places", entities=list(entities)), ("entity", "name", "schools", "grantee_schools"))


def _rows(frame: pd.DataFrame, columns: Sequence[str] = ()) -> list[dict]:
    """Rows as dicts, of some columns or all; what is missing is None, and numbers are whole."""
    kept = frame.to_dict("records")
    return [{str(k): _plain(v) for k, v in row.items() if not columns or k in columns} for row in kept]


def _plain(value: Any) -> Any:
    if pd.isna(value):
        return None
    return int(value) if isinstance(value, float) else value


def contacts(entities: Sequence[str], day: str, ask: Ask) -> list[Line]:
    """The contacts that these places list, but those that had ended on a day."""
    out = []
    for r in _rows(ask("contacts", entities=list(entities), day=day)):
        told = " · ".join(r[c] for c in ("topic", "email", "phone", "note") if r[c])
        out.append(
            Line("contact", r["office"], told, start=r["valid_from"] or "", end=r["valid_to"] or "", status=_listed(r),
                 source="contacts", email=r["email"] or "", phone=r["phone"] or "")
        )  # fmt: skip
    return out


def events(entities: Sequence[str], day: str, ask: Ask) -> list[Line]:
    """The events that these places list, but those that had ended on a day; the next first."""
    out = []
    for r in _rows(ask("events", entities=list(entities), day=day)):
        told = " · ".join(t for t in (kinds()[r["kind"]], r["venue"], r["audience"], r["registration"]) if t)
        out.append(Line("event", r["title"], told, start=r["starts"], end=r["ends"], status=_listed(r), source="events"))
    return out


def _listed(row: dict) -> str:
    return _("listed by %(name)s") % {"name": row["place"]}


def listed(contacts: Sequence[Line], events: Sequence[Line], day: str) -> str:
    """How many contacts and events there are, as a sentence; `day` is that of the build."""
    values = {
        "contacts": ngettext("%(n)s contact", "%(n)s contacts", len(contacts)) % {"n": number(len(contacts))},
        "events": ngettext("%(n)s event", "%(n)s events", len(events)) % {"n": number(len(events))},
        "date": written(day),
    }
    text = _("%(contacts)s and %(events)s are listed here; what had ended by %(date)s, the day of this build, is left out.")
    return text % values
