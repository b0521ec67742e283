"""The checks that a whole file must pass, each one a sentence: its year, repeats, completeness, control totals, stars, names.

Set-based SQL over two tables of one connection: `typed` (one row a line, all of them sound) and `named` (one row a place and
scope). It must not change them, and adds to them which lines are surplus.
"""

from collections.abc import Sequence

import duckdb

from data import sql
from data.counts import NAMES
from data.problems import Finding, Refused, failure, passed, warning
from data.registry import counties, equations
from data.sources import Family, Match

COUNTY_SUM = (0.95, 1.05)
"""The counties' enrollments over the state's: 1.009 (chronic absenteeism) and 1.015 (suspension) in CDE's 2024-25 files."""
PARTS_SHORT = 0.97
"""Genders and races add to the total exactly in CDE's newer files; older ones leave a few students without one."""
WITHOUT = 0.25
"""More districts than this share without one school (1 % in CDE's files), or the other way round, mean that rows were lost."""
DOUBLED = 0.5
DOUBLE_ENCODED = "'Ã[^A-Za-z ]|Â[^A-Za-z ]|â€|\ufffd'"


def year_of(con: duckdb.DuckDBPyConnection, family: Family, named: int | None) -> int:
    """The one ending year of the rows. Raises Refused for two, one that cannot be, and another than the file's name says."""
    years = sql.run(con, sql.text("file_years"))
    if len(years) > 1:
        other, count, line = years[1]
        raise Refused(failure("mixed_years", f"{count:,} rows of {_label(other)} stand in a file of {_label(years[0][0])}. "
                                             f"Give one file a year.",
                              line=line, column="academic_year", value=_label(other)))
    year = years[0][0]
    if year in family.absent:
        raise Refused(failure("absent_year", f"{family.absent[year]} Leave this file "
                                             f"out.", line=2, column="academic_year", value=_label(year)))
    if year not in family.years:
        raise Refused(failure("unknown_year", f"{_label(year)} is not a year of CDE's {family.title} files that we know. If "
                                              f"CDE has published it, add {year} to "
                              f"`years` of {family.name} in data/reference/sources.toml.",
                              line=2, column="academic_year", value=_label(year)))
    if named and named != year:
        raise Refused(failure("name_and_rows_differ", f"The file's name says {_label(named)}, its rows say {_label(year)}. "
                                                      f"Download the file again, "
                              "or give it a name of your own.", line=2, column="academic_year", value=_label(year)))
    return year


def _label(year: int) -> str:
    return f"{year - 1}-{year % 100:02d}"


def findings(con: duckdb.DuckDBPyConnection, match: Match, year: int) -> list[Finding]:
    """Everything that a whole counts file shows. Makes table `surplus`: the lines that repeat another line and are not used."""
    family = match.family
    return [
        *duplicates(con, family),
        *complete(con),
        *control(con, family),
        *stars(con, family),
        *names(con, "named", tuple(NAMES)),
        passed("rows_sound", "Every code, student group and number of every row is sound, and rates follow from their counts."),
    ]


def duplicates(con: duckdb.DuckDBPyConnection, family: Family) -> list[Finding]:
    """Rows of equal value that repeat another one are surplus; rows of one grain with different values are refused."""
    sql.run(con, "create table surplus (line bigint)")
    if not sql.one(con, sql.text("file_repeats")):
        return [passed("no_repeats", "No place has two rows for one student group.")]
    surplus, differ = sql.run(con, sql.text("file_differ"), {"counts": list(family.counts)})[0]
    if differ:
        other = sql.one(con, sql.text("file_twin"), {"line": differ})
        return [failure("duplicates_differ", f"Lines {differ:,} and {other:,} are about the same place and student group "
                                                f"but give different numbers. "
                           "Download the file again.", line=other)]
    rows, full = sql.run(con, sql.text("file_doubled"))[0]
    if full >= DOUBLED * (rows - full):
        return [failure("file_doubled", f"{full:,} of {rows:,} rows stand in the file more than once: the whole file seems "
                                           f"doubled. Download it again.")]
    sql.run(con, sql.text("file_surplus"))
    return [warning("duplicates_kept_once", f"{surplus:,} rows repeat another row with equal numbers; each was kept once.")]


def complete(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Whether rows are missing: the last place's, the totals, the schools of districts or the districts of schools."""
    places, totals = sql.run(con, sql.text("file_totals"))[0]
    said = _cut(con, places) or [*_totals(con, places, totals), *_levels(con)]
    return said or [passed("complete", f"All four levels are there, and each of {places:,} places has its row for all students.",
                           value=str(places))]


def _cut(con: duckdb.DuckDBPyConnection, places: int) -> list[Finding]:
    """CDE gives every place the same rows (the total and the races): a last place that lacks one was cut off."""
    missing = sql.run(con, sql.text("file_end"), {"others": places - 1})
    if places < 3 or not missing:
        return []
    line = missing[0][1]
    codes = ", ".join(code for code, _ in missing)
    return [failure("cut_short", f"The file ends in the middle of a place: its last place lacks {codes}, which every other "
                                 f"place has. Download it again.", line=line)]


def _totals(con: duckdb.DuckDBPyConnection, places: int, totals: int) -> list[Finding]:
    if totals == places:
        return []
    without, line = sql.run(con, sql.text("file_untotaled"))[0]
    if not without:
        return []
    say = f"{without:,} of {places:,} places have no row for all students (TA), which CDE gives every place"
    if without > 0.05 * places:
        return [failure("rows_missing", f"{say}: rows are missing. Download the file again.", line=line)]
    return [warning("rows_missing", f"{say}.", line=line)]


def _levels(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    have = {level for (level,) in sql.run(con, sql.text("file_levels"))}
    districts, schools, both = sql.run(con, sql.text("file_districts"))[0]
    if districts and not schools:
        return [failure("rows_missing", "The file has district rows but not one school row: it seems cut short. Download it "
                                        "again.")]
    if districts and districts - both > max(1, WITHOUT * districts):
        return [failure("rows_missing", f"{districts - both:,} of {districts:,} districts have no school in the file: rows "
                                        f"are missing. Download it again.")]
    if districts and schools - both > max(1, WITHOUT * schools):
        return [failure("rows_missing", f"The schools of {schools - both:,} of {schools:,} districts stand in the file "
                                        f"without their district: rows are missing. "
                        "Download it again.")]
    return [warning("level_missing", f"The file has no {level} rows; what it holds is used, the rest of that level is not "
                                     f"published.")
            for level in ("state", "county", "district", "school") if level not in have]


def control(con: duckdb.DuckDBPyConnection, family: Family) -> list[Finding]:
    """The state's row against its counties and against its own parts: off means that some row was changed."""
    den = family.denominator  # in a string: the family's own column
    state, total, count, missing = sql.run(con, f"""
        select max({den}) filter (level = 'state'), sum({den}) filter (level = 'county')::bigint,
        count(*) filter (level = 'county'), count(*) filter (level = 'county' and {den} is null)
        from typed where student_group = 'TA' and is_kept(level, charter, dass)""")[0]
    if not state or not total:
        return _parts(con, family)
    share = total / state
    whole = count == len(counties) and not missing
    if share > COUNTY_SUM[1] or (whole and share < COUNTY_SUM[0]):
        return [failure("control_total", f"The counties add to {share:.0%} of the state's students; in CDE's files it is 100 "
                                         f"to 102 %. "
                        "Some row was changed or lost. Download the file again.", value=f"{share:.4f}")]
    found = _parts(con, family)
    if not found and whole:
        found = [passed("control_total", f"The 58 counties add to {share:.1%} of the state's students, as they should "
                                         f"(students who moved count twice).")]
    if count != len(counties):
        found.append(warning("counties_missing", f"The file has rows of {count} of the 58 counties.", value=str(count)))
    return found


def _parts(con: duckdb.DuckDBPyConnection, family: Family) -> list[Finding]:
    """The state's genders and races against its total: no more than it, and equal where none is withheld."""
    out = []
    for equation in equations:
        if equation.total != "TA" or equation.name not in ("gender", "race") or equation.vocabulary != family.vocabulary:
            continue
        for column in filter(None, (family.denominator, family.numerator)):
            asked = {"measure": [column], "members": list(equation.members)}
            total, parts, shown, hidden = sql.run(con, sql.text("file_parts"), asked)[0]
            whole = shown >= len(equation.members) - 2 and not hidden
            if total and parts and (parts > total or (whole and parts < PARTS_SHORT * total)):
                out.append(failure("control_total", f"The state's rows by {equation.name} add to {parts:,}; its total says "
                                                    f"{total:,} ({column.replace('_', ' ')}). "
                                   "Some row was changed. Download the file again.", value=str(parts)))
    return out


def stars(con: duckdb.DuckDBPyConnection, family: Family) -> list[Finding]:
    """Withheld numbers that were turned into blanks or zeros."""
    withheld, blank, empty, line = sql.run(con, sql.text("file_blanks"))[0]
    if not blank and not empty:
        return []
    kind = "blank" if blank else "zero"
    if not withheld:
        return [failure("stars_lost", f"No school number is withheld (*), while {blank + empty:,} rows are {kind}: the "
                                      f"asterisks seem to have been replaced. "
                        "Download the file again.", line=line)]
    said = f"{blank + empty:,} school rows hold no number; they are shown as not published."
    return _emptied(con, family) or [warning("not_published", said, line=line)]


def _emptied(con: duckdb.DuckDBPyConnection, family: Family) -> list[Finding]:
    """A blank or zero row whose family falls short of the total, with nothing withheld beside it, hides students."""
    for equation in equations:
        if equation.total != "TA" or equation.name not in ("gender", "race") or equation.vocabulary != family.vocabulary:
            continue
        asked = {"measure": [family.denominator], "members": list(equation.members)}
        line = sql.one(con, sql.text("file_emptied"), asked)
        if line:
            return [failure("stars_lost", "This row is blank or zero, yet the other rows of its place leave students for it: "
                                          "it was withheld (*) by CDE. "
                            "Download the file again.", line=line)]
    return []


def names(con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> list[Finding]:
    """Names that were encoded twice ("NiÃ±os"): the rows are kept as they are and said."""
    # In a string: counts files and lists have different name columns.
    test = " or ".join(f"regexp_matches({c}, {DOUBLE_ENCODED})" for c in columns)
    count, line = sql.run(con, f"select count(*), min(line) from {table} where {test}")[0]
    if not count:
        return []
    said = (f"The names of {count:,} places seem to have been encoded twice (“Ã±” for “ñ”); their rows are kept under the "
            "file's own name. Better: download the file again.")
    return [warning("double_encoded", said, line=line)]
