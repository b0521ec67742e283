"""Assistance status on a place's page: CDE's label year by year; of a county also its districts, above how many have which."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

import queries
from components import assistance, facts, tables, words
from components.assistance import FAMILIES, Status, ends, when
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import sourcing
from components.i18n import _, number, school_year
from components.view import View

FILE = ("program", "year", "cds_code", "name", "status", "student_groups", "priority_areas")
COUNTS = [*FILE[:5], "places"]
Row = tuple[str, int, str, int]
"""Program, year, label and how many places have it."""


def build_assistance(view: View, ask: Ask) -> Shown:
    """The label of the year chosen, or else of the newest, in sentences; those of all years as a table."""
    place = facts.place_of(facts.entity_of(view), ask)
    if place["level"] in ("state", "region"):
        return _above(view, place, _newest(ask("statuses", region=place["entity"] if place["level"] == "region" else None)))
    county = place["level"] == "county"
    found = assistance.read(ask("assistance", entity=place["entity"]))
    own = [s for s in found if (s.office if county else s.entity == place["entity"])]
    if found and not own:
        return _above(view, place, _rows(found), found)
    if not own:
        raise Unanswerable(missing(view, assistance.program_of(place["level"])))
    newest = _up_to(view, own)
    districts = [s for s in found if s.year == newest.year and s.entity != newest.entity]
    subtitle = assistance.subtitle(newest)
    columns = (
        Column("year", _("Year")),
        Column("label", _("CDE’s label")),
        Column("groups", _("Student groups marked"), "number"),
    )
    lines = [{"year": s.when, "label": s.label, "groups": assistance.marked(s)} for s in reversed(own)]
    more = _("The file has every district of the county with its student groups and state priorities.") if districts else ""
    table, _display = tables.plain(_("CDE’s labels by year"), columns, lines, more)
    return Shown(
        key="assistance",
        headline=_headline(newest),
        subtitle=subtitle,
        table=table,
        rows=lambda: pd.DataFrame([_file(s) for s in (*own, *districts)], columns=list(FILE)),
        words=(
            assistance.sentence(newest),
            *_later(newest, own[-1]),
            *_office(newest),
            *assistance.named(newest),
            *_districts(newest, districts),
            assistance.whose_word(),
        ),
        source=_source(view, (newest.program,)),
        why=_why(view, "assistance", (newest.program,)),
        build=sourcing.build_id(view),
    )


def _up_to(view: View, own: list[Status]) -> Status:
    """The newest label up to the year chosen; without a choice the newest. Raises Unanswerable where all are later."""
    found = [s for s in own if not view.year or ends(s.program, s.year) <= view.year]
    if not found:
        text = _("CDE’s files of this build hold labels of this place from %(first)s on. Choose a later year.")
        raise Unanswerable(text % {"first": own[0].when})
    return found[-1]


def _headline(status: Status) -> str:
    values = {"year": status.when, "label": status.label}
    if status.office:
        return _("County office, CDE’s label for %(year)s: %(label)s") % values
    return _("CDE’s label for %(year)s: %(label)s") % values


def _later(told: Status, newest: Status) -> list[str]:
    """Where an earlier year is told, that later labels stand in the table."""
    if told.year == newest.year:
        return []
    return [_("Later labels, up to %(year)s, stand in the table.") % {"year": newest.when}]


def _office(status: Status) -> list[str]:
    if not status.office:
        return []
    return [_("This is the status of the county office of education, for the students whom it serves itself.")]


def _districts(office: Status, districts: list[Status]) -> list[str]:
    """How many districts of a county have which label, and the names of those with another than General Assistance."""
    if not districts:
        return []
    values = {"year": office.when, "n": number(len(districts)), "told": _counted(Counter(s.label for s in districts))}
    out = [_("The county’s districts with a status for %(year)s (%(n)s): %(told)s.") % values]
    other = [s.name for s in districts if s.label.startswith("Differentiated")]
    if other:
        out.append(_("Eligible for differentiated support: %(names)s.") % {"names": words.names(other)})
    return out


def _counted(found: dict[str, int]) -> str:
    """'5 under “General Assistance”, 1 under “Differentiated Assistance, Year 1”'."""
    order = sorted(found, key=lambda label: (not label.startswith(("General", "No ")), label))
    return ", ".join(_("%(n)s under “%(label)s”") % {"label": label, "n": number(found[label])} for label in order)


def _above(view: View, place: dict, rows: list[Row], listed: Sequence[Status] = ()) -> Shown:
    """The state, the regions and a county without an office of its own: how many places have which label in the newest year.

    `listed`: the places themselves, where the file should name them.
    """
    if not rows:
        raise Unanswerable(missing(view, "LCFF"))
    programs = tuple(dict.fromkeys(program for program, *_rest in rows))
    who = {"LCFF": _("Districts and county offices"), "ESSA": _("Schools")}
    subtitle = _("%(name)s: how many places have which label in CDE’s newest files") % {"name": place["name"]}
    columns = (
        Column("who", _("Who")),
        Column("year", _("Year")),
        Column("label", _("CDE’s label")),
        Column("places", _("Places"), "number"),
    )
    lines = [{"who": who[p], "year": when(p, y), "label": label, "places": number(n)} for p, y, label, n in rows]
    table, _display = tables.plain(_("Places by CDE’s label"), columns, lines)
    return Shown(
        key="assistance",
        headline=_("CDE’s assistance status of places here"),
        subtitle=subtitle,
        table=table,
        rows=lambda: (
            pd.DataFrame([_file(s) for s in listed], columns=list(FILE))
            if listed
            else pd.DataFrame([(p, y, place["entity"], place["name"], label, n) for p, y, label, n in rows], columns=COUNTS)
        ),
        words=(
            *(_of_all(p, [r for r in rows if r[0] == p]) for p in programs),
            *_newest_only(view, rows),
            *assistance.spelled({r[2] for r in rows if r[0] == "ESSA"}),
            assistance.whose_word(),
        ),
        source=_source(view, programs),
        why=_why(view, "assistance" if listed else "statuses", programs),
        build=sourcing.build_id(view),
    )


def _rows(found: Sequence[Status]) -> list[Row]:
    """How many districts have which label in the newest year."""
    last = max(s.year for s in found)
    return [("LCFF", last, label, n) for label, n in sorted(Counter(s.label for s in found if s.year == last).items())]


def _newest(frame: pd.DataFrame) -> list[Row]:
    """The rows of the newest year of each list, districts before schools."""
    columns = (frame["program"].astype(str), frame["year"], frame["status"].astype(str), frame["places"])
    every = [(p, int(y), s, int(n)) for p, y, s, n in zip(*columns, strict=True)]
    last = {p: max(y for q, y, *_rest in every if q == p) for p, *_rest in every}
    return sorted((r for r in every if r[1] == last[r[0]]), key=lambda r: (r[0] != "LCFF", r[2] == "No Status", r[2]))


def _of_all(program: str, rows: list[Row]) -> str:
    values = {
        "year": when(program, rows[0][1]),
        "n": number(sum(r[3] for r in rows)),
        "told": _counted({r[2]: r[3] for r in rows}),
    }
    if program == "ESSA":
        return _("Of %(n)s schools with a row in CDE’s file for %(year)s: %(told)s.") % values
    return _("Of %(n)s districts and county offices with a status in CDE’s file for %(year)s: %(told)s.") % values


def _newest_only(view: View, rows: list[Row]) -> list[str]:
    """Where an earlier year is chosen, that these are the newest labels all the same."""
    if not view.year or all(ends(program, year) <= view.year for program, year, *_rest in rows):
        return []
    return [_("These are CDE’s newest labels, not those of %(year)s.") % {"year": school_year(view.year)}]


def _file(status: Status) -> dict[str, object]:
    return {
        "program": status.program,
        "year": status.year,
        "cds_code": status.entity,
        "name": status.name,
        "status": status.label,
        "student_groups": ";".join(group for group, _areas in status.groups),
        "priority_areas": ";".join(" ".join(map(str, areas)) for _group, areas in status.groups),
    }


def missing(view: View, program: str) -> str:
    """Why there is no status, as a sentence with the way out."""
    if FAMILIES[program] in queries.manifest(view.build)["families"]:
        return _("CDE’s file of assistance statuses has no row for this place.")
    if program == "ESSA":
        return _(
            "This build holds no assistance status of schools. Download CDE’s ESSA assistance status workbook from cde.ca.gov "
            "and build again with it and the files that you have: python -m data build PATH…"
        )
    return _(
        "This build holds no assistance status of districts. Download CDE’s LCFF assistance status workbook from cde.ca.gov and "
        "build again with it and the files that you have: python -m data build PATH…"
    )


def _source(view: View, programs: tuple[str, ...]) -> str:
    families = tuple(FAMILIES[p] for p in programs)
    return sourcing.of_lists(view, families, _("California Department of Education"))


def _why(view: View, query: str, programs: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    says = _(
        "LCFF: which support a district or county office is eligible for, by its student groups and state priorities, by local "
        "indicators and by certified data. ESSA: which schools are eligible for federal support. Both look at more measures than "
        "stand here."
    )
    differs = _(
        "CDE replaces its files; a later one may name another status. Of the years before a file’s own, the status is known and "
        "the student groups are not."
    )
    manifest = queries.manifest(view.build)
    files = [s for p in programs for s in sourcing.files_of(FAMILIES[p], manifest)]
    nothing = _("no file is named in this build")
    return (
        (_("What it says"), says),
        (_("Why it differs"), differs),
        (_("File"), "; ".join(f["name"] for f in files) or nothing),
        (_("SHA-256"), "; ".join(f["sha256"] for f in files) or nothing),
        (_("Build"), _("%(id)s, made %(made)s") % {"id": manifest["id"], "made": manifest["created"]}),
        (_("Query"), queries.text(query)),
    )


ASSISTANCE = Exhibit("assistance", build_assistance, "half", title=_("Assistance status"))
