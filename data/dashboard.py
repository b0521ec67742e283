"""California School Dashboard files: text table -> typed rows with the state's own status, change, level and color.

Another vocabulary of student groups, no county rows, blanks where DataQuest has stars. Owns their row rules and file checks; the
SQL stands in data/tables/.
"""

from math import isfinite

import duckdb

from data import sql
from data.faults import AGAIN, KNOWN_COUNTIES, Rule
from data.problems import Finding, failure, warning
from data.registry import equations
from data.sources import Family

NUMBER = r"'[0-9]{1,7}'"
RATE = r"'[0-9]{1,3}(\.[0-9]+)?'"
RULES = (
    Rule("unknown_level", "rtype", "rtype not in ('S', 'D', 'X')",
         "{value} is not a kind of row of a Dashboard file (S, D, X). Download the file again."),
    Rule("bad_code", "cds", "rtype <> 'X' and not regexp_full_match(cds_text, '[0-9]{14}')",
         "{value} is not a 14-digit CDS code (opened in a spreadsheet?). " + AGAIN),
    Rule("unknown_county", "cds", f"rtype <> 'X' and county not in ({KNOWN_COUNTIES})",
         "{value} does not begin with one of California's county codes 01 to 58. Download the file again."),
    Rule("year_label", "reportingyear", "not regexp_full_match(year_text, '20[0-9]{2}')",
         "{value} is not a year of the Dashboard like 2025. " + AGAIN),
    Rule("unknown_group", "studentgroup", "student_group is null",
         "{value} is not a student group of the Dashboard that we know. If the state added it, add it to "
         "data/reference/student_groups.csv; else download the file again."),
    Rule("bad_number", "currnumer", f"numer_text <> '' and not regexp_full_match(numer_text, {NUMBER})",
         "{value} is not a number of students{hint}. " + AGAIN),
    Rule("bad_number", "currdenom", f"denom_text <> '' and not regexp_full_match(denom_text, {NUMBER})",
         "{value} is not a number of students{hint}. " + AGAIN),
    Rule("bad_number", "currstatus", f"rate_text <> '' and not regexp_full_match(rate_text, {RATE})",
         "{value} is not a rate{hint}. " + AGAIN),
    Rule("bad_number", "change", "change_text <> '' and change_tenths is null", "{value} is not a change of a rate. " + AGAIN),
    *(Rule("bad_level", column, f"{name}_text <> '' and (not regexp_full_match({name}_text, '[0-9]{{1,3}}') or {name} > {most})",
           "{value} is no " + said + " of the Dashboard. Download the file again.")
      for column, name, most, said in (("statuslevel", "status_level", 5, "status level"), ("color", "color", 5, "color"),
                                       ("changelevel", "change_level", 5, "change level"), ("box", "box", 255, "box"))),
    Rule("partial_blank", "currnumer", "status in ('published', 'zero') and (numer_printed is null or rate_tenths is null)",
         "The row counts eleven students or more, yet some of its numbers are blank. Download the file again."),
    Rule("count_above_enrollment", "currnumer", "numer_printed > denom_printed",
         "{value} is more than the students counted in this row ({other}). Are two columns swapped? Download the file again."),
    # Within half a tenth on either side: the state's programs do not all round a half upward.
    Rule("rate_mismatch", "currstatus", "abs(1000 * currnumer - currdenom * rate_tenths) * 2 > currdenom",
         "The rate {value} does not follow from its counts. Download the file again."),
)


def checks(con: duckdb.DuckDBPyConnection, family: Family) -> list[Finding]:
    """What only the whole file shows: rows that differ, another indicator under the same header, parts above their total."""
    differ = sql.run(con, sql.text("dashboard_differ"))
    if differ:
        first, second = differ[0]
        return [failure("duplicates_differ", f"Lines {first:,} and {second:,} are about the same place and student group but "
                                             f"give different numbers. Download the file again.", line=second)]
    together = sql.one(con, "select corr(rate_tenths, status_level) from typed where status_level > 0")
    if together is not None and isfinite(together) and together > 0:
        return [failure("other_indicator", f"Rows of the better status levels have the higher rates: this is not the "
                                           f"{family.title} file but another indicator's with the same columns. Leave it out.")]
    return [*_parts(con, family), *_levels(con), *_repeats(con)]


def _parts(con: duckdb.DuckDBPyConnection, family: Family) -> list[Finding]:
    for equation in equations:
        if equation.vocabulary == family.vocabulary:
            params = {"total": equation.total, "members": list(equation.members)}
            line = sql.one(con, sql.text("dashboard_parts"), params)
            if line:
                return [failure("control_total", f"The groups by {equation.name} of one place add to more than all its students. "
                                                 "Some row was changed. Download the file again.", line=line)]
    return []


def _levels(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    have = [level for (level,) in sql.run(con, "select distinct level::varchar from typed")]
    return [warning("level_missing", f"The file has no {level} rows; what it holds is used, the rest of that level is not "
                                     f"published.")
            for level in ("state", "district", "school") if level not in have]


def _repeats(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    again = sql.one(con, "select count(*) from typed where not used and not own_agency")
    return [warning("duplicates_kept_once", f"{again:,} rows repeat another row; each was kept once.")] if again else []
