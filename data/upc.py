"""CDE's unduplicated pupil count (UPC) workbooks: two sheets as text -> typed rows of districts and schools.

One sheet lists agencies: districts without their charter schools, and each charter school as an agency of its own. The other
lists schools. There is no row of the state or of a county, and none is made here. CDE withholds nothing in it. Owns its rules.
"""

import duckdb

from data import sql
from data.faults import AGAIN, KNOWN_COUNTIES, Rule
from data.problems import Finding, failure, passed, warning

APART = 0.01
"""The two sheets list the same students (exactly so in 2022-23): further apart than this share, rows were lost or changed."""
RULES = (
    Rule("unknown_level", "sheet", "level is null",
         "{value} is not a sheet of agencies or of schools. Give the workbook as CDE has it."),
    Rule("year_label", "academic_year", "not regexp_full_match(year_text, '20[0-9]{2}-20[0-9]{2}') or year <> "
                                        "try_cast(substr(year_text, 1, 4) as smallint) + 1",
         "{value} is not an academic year like 2022-2023. " + AGAIN),
    Rule("bad_code", "county_code", "not regexp_full_match(county, '[0-9]{2}')",
         "{value} is not a two-digit county code (opened in a spreadsheet?). " + AGAIN),
    Rule("unknown_county", "county_code", f"county not in ({KNOWN_COUNTIES})",
         "{value} is not one of California's county codes 01 to 58. Download the file again."),
    Rule("bad_code", "district_code", "not regexp_full_match(district_code, '[0-9]{5}') or district_code = '00000'",
         "{value} is not a five-digit district code (opened in a spreadsheet?). " + AGAIN),
    Rule("bad_code", "school_code", "not regexp_full_match(school_code, '[0-9]{7}')",
         "{value} is not a seven-digit school code (opened in a spreadsheet?). " + AGAIN),
    Rule("bad_scope", "charter", "charter is null or charter = 'all'", "{value} is not Yes or No. Download the file again."),
    Rule("bad_number", "total_enrollment", "total_text <> '' and not regexp_full_match(total_text, '[0-9]{1,7}')",
         "{value} is not a number of students{hint}. " + AGAIN),
    Rule("bad_number", "unduplicated_pupils", "pupils_text <> '' and not regexp_full_match(pupils_text, '[0-9]{1,7}')",
         "{value} is not a number of students{hint}. " + AGAIN),
    Rule("count_above_enrollment", "unduplicated_pupils", "unduplicated_pupils > total_enrollment",
         "{value} is more than the students counted in this row ({other}). Are two columns swapped? Download the file again."),
)


def checks(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    """What only the whole workbook shows: a place twice, a sheet missing, sheets that list different students."""
    differ = sql.run(con, sql.text("upc_differ"))
    if differ:
        first, second = differ[0]
        return [failure("duplicates_differ", f"Lines {first:,} and {second:,} are about the same place but give different "
                                             f"numbers. Download the file again.", line=second)]
    agencies, schools, pupils, pupils_too = sql.run(con, sql.text("upc_sheets"))[0]
    missing = [name for name, total in (("district", agencies), ("school", schools)) if total is None]
    if missing:
        return [warning("level_missing", f"The file has no {level} rows; what it holds is used, the rest of that level is not "
                                         f"published.") for level in missing]
    off = max(abs(agencies - schools) / max(schools, 1), abs(pupils - pupils_too) / max(pupils_too, 1))
    if off > APART:
        return [failure("control_total", f"The sheet of agencies and the sheet of schools should list the same students, but "
                                         f"are {off:.1%} apart. Some row was changed or lost. Download the file again.")]
    if off:
        return [warning("control_total", f"The sheets of agencies and of schools are {off:.3%} apart in their students.")]
    return [passed("control_total", "The sheet of agencies and the sheet of schools list the same students.")]
