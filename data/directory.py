"""The school directory: what is wrong with a row of it, and what of it is kept.

Only the columns of the column map ever reach it: administrators' names, telephones and e-mail addresses of CDE's directory are
not even loaded. Owns its row rules; its cast stands in data/tables/directory.sql.
"""

import duckdb

from data import sql
from data.faults import AGAIN, KNOWN_COUNTIES, Rule
from data.lists import List
from data.problems import Finding, warning
from data.screen import names

STATUSES = ("active", "closed", "merged", "pending")
GROUPS = ("disadvantaged", "english_learners", "disabilities", "homeless", "foster")
"""Counts of students that some lists carry beside enrollment: context by which similar places are found, never an outcome."""
RULES = (
    Rule("bad_code", "entity", "not regexp_full_match(entity, '[0-9]{14}')",
         "{value} is not a 14-digit CDS code (opened in a spreadsheet?). " + AGAIN),
    Rule("unknown_county", "entity", f"county not in ({KNOWN_COUNTIES})",
         "{value} does not begin with one of California's county codes 01 to 58. Download the file again."),
    Rule("unknown_status", "status", f"status not in {STATUSES}",
         "{value} is not Active, Closed, Merged or Pending. Download the file again."),
    Rule("bad_scope", "charter", "charter is null or charter = 'all'", "{value} is not Yes or No. Download the file again."),
    Rule("bad_scope", "dass", "dass is null or dass = 'all'", "{value} is not Yes or No. Download the file again."),
    Rule("bad_date", "opened", "opened_text <> '' and opened is null", "{value} is not a date. " + AGAIN),
    Rule("bad_date", "closed", "closed_text <> '' and closed is null", "{value} is not a date. " + AGAIN),
    Rule("bad_number", "enrollment", "enrollment_text <> '' and not regexp_full_match(enrollment_text, "
                                     "'[0-9]{1,6}')", "{value} is not a number of students{hint}. " + AGAIN),
    Rule("bad_number", "latitude", "not is_degrees(latitude_text)", "{value} is not a latitude. " + AGAIN),
    Rule("bad_number", "longitude", "not is_degrees(longitude_text)", "{value} is not a longitude. " + AGAIN),
    *(Rule("bad_number", g, f"{g}_text not in ('', '*') and not regexp_full_match({g}_text, '[0-9]{{1,6}}')",
           "{value} is not a number of students{hint}. " + AGAIN) for g in GROUPS),
    Rule("no_name", "name", "name = ''", "{value} stands where the name should be. Download the file again."),
)


def checks(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Positions off the map are dropped and said, lost zeros too, and names that were encoded twice."""
    out = []
    off = sql.one(con, "select count(*) from typed where off_the_map")
    if off:
        out.append(warning("off_the_map", f"{off:,} places have a position outside of California; they are shown without one."))
    short = sql.one(con, "select count(*) from raw where regexp_full_match(given(entity), '[0-9]{13}')")
    if short:
        out.append(warning("codes_repaired", "Codes had lost their leading zero (opened in a spreadsheet?); it was put back."))
    return [*out, *names(con, "typed", ("name", "district_name"))]


LIST = List(
    "place",
    ("entity",),
    ("entity", "level", "county", "county_name", "district_name", "name", "low_grade", "high_grade", "school_level", "enrollment",
     "charter", "dass", "status", "opened", "closed", "latitude", "longitude", *GROUPS, "locale"),
    checks,
)  # fmt: skip
