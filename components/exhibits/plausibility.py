"""Plausibility: districts and schools that report next to nobody, and those that have no number where one was to be expected.

Nothing here hides or corrects a number: each stands on every page as CDE published it.
"""

import pandas as pd

from components import facts, shares, tables, words
from components.exhibit import Ask, Column, Exhibit, Shown
from components.exhibits import jumps, sourcing
from components.i18n import _, decimal, ngettext, number, school_year
from components.view import View
from data import registry
from data.registry import Indicator

LEVELS = ("district", "school")
LOW_COLUMNS = (
    Column("name", _("Place"), "place"),
    Column("level", _("Level")),
    Column("county", _("County")),
    Column("charter", _("Charter")),
    Column("rate", _("Rate"), "number"),
    Column("numerator", _("Students"), "number"),
    Column("denominator", _("of"), "number"),
)
ABSENT_COLUMNS = (
    Column("name", _("Place"), "place"),
    Column("level", _("Level")),
    Column("county", _("County")),
    Column("listed", _("School directory")),
)


def floored() -> list[Indicator]:
    """The indicators that have a share below which a number is to be checked."""
    return [i for i in registry.indicators.values() if i.floor >= 0]


def low(indicator: Indicator, view: View, ask: Ask) -> tuple[int, facts.Frame]:
    """The year, and one enriched row a district or school of the area that reports next to nobody."""
    years = facts.years_of(indicator.name, ask)
    year = view.year if view.year in years else facts.year_of(View(), ask, indicator.name)
    found = ask(
        "next_to_none",
        indicator=indicator.name,
        student_group=indicator.total,
        year=year,
        floor=indicator.floor,
        floor_from=indicator.floor_from,
        region=view.region,
        county=view.county,
    )
    return year, facts.enrich(found, indicator)


def build_low(view: View, ask: Ask) -> Shown:
    """Where next to nobody is chronically absent, by the rule of the indicator's row (`floor`, `floor_from`)."""
    indicator = floored()[0]
    year, frame = low(indicator, view, ask)
    charters = int((frame["charter"] == "yes").sum())
    said = [
        _(
            "At nearly every school some students miss a tenth of their days. Where next to nobody does, how attendance is "
            "recorded is the first thing to look at: in independent study, work handed in counts as days attended."
        )
    ]
    if charters:
        said.append(
            ngettext("%(n)s of them is a charter school.", "%(n)s of them are charter schools.", charters)
            % {"n": number(charters)}
        )
    said.append(_("The numbers stand on every page as CDE published them."))
    values = {
        "area": shares.area(view),
        "many": number(indicator.floor_from),
        "floor": decimal(indicator.floor, 0),
        "year": school_year(year),
    }
    subtitle = (
        _(
            "Districts and schools of %(area)s with %(many)s eligible students or more and at most %(floor)s percent chronically "
            "absent, %(year)s"
        )
        % values
    )
    lines = [_low_line(row, place) for row, place in zip(facts.records(frame), frame.to_dict("records"), strict=True)]
    return Shown(
        key="next_to_none",
        headline=ngettext(
            "%(n)s place reports next to no chronic absence", "%(n)s places report next to no chronic absence", len(frame)
        )
        % {"n": number(len(frame))}
        if len(frame)
        else _("No place reports next to no chronic absence"),
        subtitle=subtitle,
        table=tables.plain(subtitle, LOW_COLUMNS, lines)[0],
        rows=lambda: tables.file_frame(frame, indicator).assign(charter=frame["charter"].to_numpy()),
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year}),
        why=sourcing.why(view, indicator, "next_to_none", {year}),
        build=sourcing.build_id(view),
    )


def _low_line(row: dict, place: dict) -> dict[str, str]:
    return {
        **tables.cells(row),
        "entity": row["entity"],
        "name": row["name"],
        "level": words.level_name(row["level"]),
        "county": place["county_name"],
        "charter": {"yes": _("Yes"), "no": _("No")}.get(str(place["charter"]), "–"),
    }


def absent(view: View, ask: Ask) -> tuple[int, pd.DataFrame]:
    """The year, and one row a district or school of the area without a number of the view's measure."""
    indicator = view.measure
    year = facts.year_of(view, ask)
    asked = {"indicator": indicator.name, "student_group": indicator.total, "year": year}
    return year, ask("absent", **asked, region=view.region, county=view.county)


def build_absent(view: View, ask: Ask) -> Shown:
    """Whose data are missing: numbers the year before and none now, or open in the directory and none in either year."""
    indicator = view.measure
    year, found = absent(view, ask)
    gone, never = found.loc[found["had"]], found.loc[~found["had"]]
    values = {"area": shares.area(view), "year": school_year(year), "measure": _(indicator.title)}
    subtitle = _("Districts and schools of %(area)s without a row in CDE’s file of %(year)s: %(measure)s") % values
    more = _("The file also has those that are open and had no numbers the year before.") if len(never) else ""
    said = []
    if len(gone):
        named = words.names([_named(row) for row in gone.to_dict("records")], 20, total=len(gone))
        said.append(
            _("With numbers the year before (%(n)s): %(names)s. CDE’s file leaves out an agency that did not certify its data; a "
              "school may also have closed, merged or changed its code.")
            % {"n": number(len(gone)), "names": named}
        )  # fmt: skip
    if len(never):
        said.append(
            _(
                "Open in the school directory and without numbers in either year (%(n)s): new schools, and schools whose "
                "students are counted elsewhere."
            )
            % {"n": number(len(never))}
        )
    return Shown(
        key="absent",
        headline=ngettext(
            "%(n)s place had numbers the year before and has none",
            "%(n)s places had numbers the year before and have none",
            len(gone),
        )
        % {"n": number(len(gone))}
        if len(gone)
        else _("No place lost its numbers"),
        subtitle=subtitle,
        table=tables.plain(subtitle, ABSENT_COLUMNS, [_absent_line(row) for row in gone.to_dict("records")], more)[0],
        rows=lambda: _absent_frame(found, indicator, year),
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year - 1, year}),
        why=sourcing.why(view, indicator, "absent", {year - 1, year}),
        build=sourcing.build_id(view),
    )


def _named(row: dict) -> str:
    """The name, or the code of a place that CDE's files give no name."""
    name = str(row["name"])
    return (
        name
        if name != row["entity"]
        else _("a %(level)s without a name in CDE’s files (%(code)s)")
        % {
            "level": words.level_name(str(row["level"])).lower(),
            "code": row["entity"],
        }
    )


def _absent_line(row: dict) -> dict[str, str]:
    return {
        "entity": str(row["entity"]),
        "name": str(row["name"]),
        "level": words.level_name(str(row["level"])),
        "county": str(row["county_name"]),
        "listed": _("open") if row["directory_status"] == "active" else _("not listed"),
    }


def _absent_frame(found: pd.DataFrame, indicator: Indicator, year: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "indicator": indicator.name,
            "academic_year": registry.year_label(year),
            "level": found["level"].astype(str).to_numpy(),
            "cds_code": found["entity"].to_numpy(),
            "name": found["name"].to_numpy(),
            "county": found["county_name"].to_numpy(),
            "had_numbers_the_year_before": found["had"].to_numpy(),
            "directory_status": found["directory_status"].to_numpy(),
        }
    )


def build_lead(view: View, ask: Ask) -> Shown:
    """How many numbers of the area are to be looked at, by kind."""
    changed = sum(len(frame) for _indicator, frame in jumps.found(view, ask))
    few = sum(len(low(i, view, ask)[1]) for i in floored())
    year, missing = absent(view, ask)
    gone = len(missing[missing["had"]])
    counts = (
        ngettext("%(n)s change too large to believe unchecked", "%(n)s changes too large to believe unchecked", changed),
        ngettext("%(n)s place with next to no absence", "%(n)s places with next to no absence", few),
        ngettext("%(n)s place without its numbers in %(year)s", "%(n)s places without their numbers in %(year)s", gone),
    )
    lines = [
        {"what": text % {"n": number(n), "year": school_year(year)}} for text, n in zip(counts, (changed, few, gone), strict=True)
    ]
    columns = (Column("what", _("To look at")),)
    table, rows = tables.plain(_("To look at"), columns, lines)
    total = changed + few + gone
    said = _("In %(area)s: %(first)s, %(second)s, %(third)s. Nothing is corrected here; someone who knows the records can.") % {
        "area": shares.area(view),
        **dict(zip(("first", "second", "third"), (line["what"] for line in lines), strict=True)),
    }
    return Shown(
        key="lead",
        headline=ngettext(
            "%(n)s entry to check before it is relied on", "%(n)s entries to check before they are relied on", total
        )
        % {"n": number(total)}
        if total
        else _("Nothing here stands out as implausible or missing"),
        subtitle=said,
        table=table,
        rows=lambda: rows,
        words=(said,),
        why=sourcing.why(view, view.measure, "absent", {year - 1, year}),
        build=sourcing.build_id(view),
        extra={
            "next": [
                (_("See the warnings that the files gave when they were read"), "/data", {}),
                (_("Compare the districts of this area"), "/compare", {"level": "district"}),
                (_("Read how each number is made"), "/methods", {}),
            ]
        },
    )


LEAD = Exhibit("lead", build_lead)
LOW = Exhibit("next_to_none", build_low, title=_("Next to no chronic absence"))
ABSENT = Exhibit("absent", build_absent, title=_("Numbers the year before and none now"))
