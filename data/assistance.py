"""Assistance status workbooks (LCFF: districts and county offices; ESSA: schools): text table -> typed rows by place.

`*` in them is a blank cell for screen readers, not a hidden number (banner of assistancestatus24.xlsx), and nothing that is read
counts students. A year is that of the California School Dashboard that gave the status. Owns their row rules and file checks.
"""

import csv
from collections.abc import Sequence

import duckdb

from data import sql
from data.faults import AGAIN, KNOWN_COUNTIES, Rule
from data.problems import Finding, failure, warning
from data.registry import REFERENCE, lines
from data.sources import Match

PROGRAMS = {"lcff_assistance": "LCFF", "essa_assistance": "ESSA"}
STATUSES = {
    "LCFF": "General Assistance|Differentiated Assistance(, Year [1-9])?",
    "ESSA": "No Status|TSI|ATSI|CSI Grad|CSI Low Perform",
}


def _areas() -> dict[str, str]:
    """The LCFF workbook's marks and the priority areas that they stand for (its sheet "Value")."""
    with (REFERENCE / "lcff_priorities.csv").open(encoding="utf-8", newline="") as handle:
        return {row["mark"]: row["priorities"] for row in csv.DictReader(handle)}


AREAS = _areas()
# In a string: the marks are rows of a table.
MACROS = f"""
create or replace macro given(v) as if(clean(v) = '*', '', whole(clean(v)));
create or replace macro areas_of(v) as case v
    {" ".join(f"when '{mark}' then [{', '.join(areas.split())}]::utinyint[]" for mark, areas in AREAS.items())} end;
"""


def rules(match: Match) -> tuple[Rule, ...]:
    """Every row check of an assistance workbook with these columns, in the order in which a row's first fault is named."""
    family, present = match.family, match.columns
    program = PROGRAMS[family.name]
    marks = tuple(AREAS) if program == "LCFF" else ("1",)
    statuses, groups = _years(present), _groups(present)
    return (
        Rule("bad_code", "cds", "not regexp_full_match(cds_text, '[0-9]{14}')",
             "{value} is not a 14-digit CDS code (opened in a spreadsheet?). " + AGAIN),
        Rule("unknown_county", "cds", f"county not in ({KNOWN_COUNTIES})",
             "{value} does not begin with one of California's county codes 01 to 58. Download the file again."),
        Rule("year_label", "report_year", "not regexp_full_match(year_text, '20[0-9]{2}')",
             "{value} is not a year of the Dashboard like 2024. " + AGAIN),
        *(Rule("unknown_status", f"status_{year}",
               f"len([s for s in statuses if s.year = {year} and not regexp_full_match(s.status, '{STATUSES[program]}')]) > 0",
               "{value} is not an assistance status that we know. If the state added it, add it to data/assistance.py; else "
               "download the file again.")
          for year in statuses),
        *(Rule("unknown_mark", f"group_{group}",
               f"len([m for m in marks if m.code = '{group}' and m.mark not in {(*marks, '')}]) > 0",
               "{value} is not a mark of this workbook. If the state added it, add it to data/reference/lcff_priorities.csv; "
               "else download the file again.")
          for group in groups),
        Rule("groups_differ", "total_groups", "total_text <> len(marks)::varchar",
             "{value} is not the number of student groups that are marked in the row. Some cell was changed. Download the file "
             "again."),
    )


def _years(present: Sequence[str]) -> list[int]:
    return [int(c.removeprefix("status_")) for c in present if c.startswith("status_")]


def _groups(present: Sequence[str]) -> list[str]:
    return [c.removeprefix("group_") for c in present if c.startswith("group_")]


def prepare(con: duckdb.DuckDBPyConnection, match: Match) -> None:
    """Make `whole_rows` of `raw`: one row a line, the marks of its groups and the status of its years as lists."""
    family, present = match.family, match.columns
    # In strings: which years and groups a workbook has stands in the column map.
    unknown = set(_groups(present)) - lines(family.vocabulary, ("race", "program")).keys()
    if unknown:
        raise ValueError(f"data/reference/columns/{family.name}.csv: {sorted(unknown)} are no lines of student_groups.csv")
    marks = ", ".join(f"{{'code': '{g}', 'mark': given(group_{g})}}" for g in _groups(present))
    statuses = ", ".join(f"{{'year': {y}::smallint, 'status': given(status_{y})}}" for y in _years(present))
    sql.run(con, MACROS)
    sql.run(con, f"""create view whole_rows as select '{PROGRAMS[family.name]}' as program, cds, report_year, total_groups,
        [{marks}] as marks, [{statuses}] as statuses from raw""")


def checks(con: duckdb.DuckDBPyConnection, year: int) -> list[Finding]:
    """What only the whole file shows: places that stand twice, and whether it says anything of its own year."""
    if not sql.one(con, sql.text("assistance_own_year"), {"year": year}):
        return [failure("year_without_status", f"The workbook is of {year} but has no status of that year. Download it again.")]
    again, first, differ = sql.run(con, sql.text("assistance_repeats"))[0]
    if differ:
        return [failure("duplicates_differ", f"The place of line {differ:,} stands in the workbook twice and its rows differ. "
                                             f"Download the file again.", line=differ)]
    if again:
        return [warning("duplicates_kept_once", f"{again:,} rows repeat another row; each was kept once.", line=first)]
    return []
