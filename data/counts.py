"""CDE's counts files (chronic absenteeism, suspension): text table -> typed rows, each with its first fault if it has one.

Owns the SQL of the cast, as far as its identifiers come from the column map; the rest of it is in data/tables/. Every value stays
data. Files that fail are never repaired here beyond what FORMATS allows: trailing blanks, and codes that lost their leading zeros
in a spreadsheet.
"""

from collections.abc import Sequence
from hashlib import sha256

import duckdb

from data import faults, sql
from data.faults import AGAIN, KNOWN_COUNTIES, Rule
from data.problems import Finding, warning
from data.registry import student_groups, year_label
from data.sources import Check, Family, Match

LARGEST_COUNT = 20_000_000
LARGEST_TENTHS = LARGEST_COUNT * 366 * 10
"""Everybody absent every day of a year, in tenths of a day."""
ODD_NUMBERS = ("bad_number", "negative", "not_tenths", "not_whole", "too_large")
"""What a number of one to seven plain digits cannot be."""
CODES = (("county_code", 2), ("district_code", 5), ("school_code", 7))
NAMES = {"county_name": "level <> 'state'", "district_name": "level in ('district', 'school')", "school_name": "level = 'school'"}
"""The name columns, and where each may say something: a state row that bears a school's name does not."""
# Two lines of SQL, of which a file takes one: the slower only after a fault.
AS_IS = "create or replace macro clean(v) as v;"
TRIM = "create or replace macro clean(v) as coalesce(trim(v, ' '), '');"
MACROS = sql.text("macros")


def cast(con: duckdb.DuckDBPyConnection, match: Match) -> list[Finding]:
    """Make `typed` and `named`. Only when a row is at fault are blanks cut off, and then codes padded that lost their zeros."""
    checked = rules(match.family, match.columns)

    def again(repair: bool = False) -> list[Finding]:
        sql.run(con, typed_sql(match.family, match.columns, checked, repair))
        return faults.faults(con, checked, match)

    sql.run(con, types_sql(match.family) + MACROS + AS_IS)
    found, said = again(), []
    if found:
        sql.run(con, TRIM)
        found = again()
        said = [] if found else [warning("blanks_trimmed", "Blanks around values were cut off.")]
    if any(f.code == "bad_code" for f in found) and sql.one(con, sql.text("file_codes")):
        found = again(repair=True)
        put_back = "Codes had lost their leading zeros (opened in a spreadsheet?); they were put back."
        said = [warning("codes_repaired", f"{put_back} Better: download the file again.")]
    sql.run(con, sql.text("file_places"))
    return [*said, *found]


def types_sql(family: Family) -> str:
    """The narrow types of the words that repeat in every row: a third less time than text. Codes come from the registry."""
    # In a string: a family's groups are rows of the registry.
    codes = ", ".join(f"'{g.code}'" for g in student_groups if g.vocabulary == family.vocabulary)
    return f"""create or replace type level_word as enum ('state', 'county', 'district', 'school');
create or replace type scope_word as enum ('all', 'yes', 'no', '');
create or replace type status_word as enum ('published', 'zero', 'withheld', 'not_published');
create or replace type group_word as enum ({codes});"""


def rules(family: Family, present: Sequence[str]) -> list[Rule]:
    """Every row check of a counts family, in the order in which a row's first fault is named."""
    counts = [c for c in family.counts if c in present]
    rates = [c for c in family.rates if c in present]
    return [*_identity_rules(), *_number_rules(family, counts, rates), *_count_rules(family, counts, rates)]


def _identity_rules() -> list[Rule]:
    labels = ", ".join(f"'{year_label(y)}'" for y in range(2001, 2100))
    return [
        Rule("unknown_level", "aggregate_level", "level is null",
             "{value} is not a level of CDE's files (T, C, D, S). If this line is a footnote, "
             "delete it; else download the file again."),
        Rule("year_label", "academic_year", f"academic_year not in ({labels})",
             "{value} is not an academic year like 2024-25. " + AGAIN),
        Rule("bad_code", "county_code", "case level when 'state' then county_code not in ('', '00') else not "
                                        "regexp_full_match(county_code, '[0-9]{2}') end",
             "{value} is not a two-digit county code (opened in a spreadsheet?). " + AGAIN),
        Rule("unknown_county", "county_code", f"level <> 'state' and county_code not in ({KNOWN_COUNTIES})",
             "{value} is not one of California's county codes 01 to 58. Download the file again."),
        Rule("bad_code", "district_code", "case when level in ('district', 'school') then not "
                                          "regexp_full_match(district_code, '[0-9]{5}') or district_code = '00000' "
             "else district_code not in ('', '00000') end",
                 "{value} is not the five-digit district code of this level (opened in a spreadsheet?). " + AGAIN),
        Rule("bad_code", "school_code", "case when level = 'school' then not regexp_full_match(school_code, '[0-9]{7}') else "
                                        "school_code not in ('', '0000000') end",
             "{value} is not the seven-digit school code of this level (opened in a spreadsheet?). " + AGAIN),
        Rule("unknown_group", "reporting_category", "student_group is null",
             "{value} is not a student group that we know. If CDE added it, "
             "add it to data/reference/student_groups.csv; else download the file again."),
        Rule("bad_scope", "charter", "charter is null", "{value} is not All, Yes or No. Download the file again."),
        Rule("bad_scope", "dass", "dass is null", "{value} is not All, Yes or No. Download the file again."),
    ]


def _number_rules(family: Family, counts: Sequence[str], rates: Sequence[str]) -> list[Rule]:
    tenths = [c for c in counts if family.types[c] == "tenths"]
    out = [Rule("bad_number", c, f"shown({c}) and not is_number({c})",
                "{value} is not a number{hint}. " + AGAIN) for c in (*counts, *rates)]
    out += [Rule("negative", c, f"starts_with({c}, '-')", "{value} is below zero; counts and rates cannot be. Download the "
                                                          "file again.")
            for c in (*counts, *rates)]
    out += [Rule("not_tenths", c, f"contains({c}, '.') and not regexp_full_match({c}, '[0-9]+\\.[0-9]0*')",
                 "{value} has more decimals than CDE's days, which have one. Download the file again.") for c in tenths]
    out += [Rule("not_whole", c, f"contains({c}, '.') and not regexp_full_match({c}, '[0-9]+\\.0+')",
                 "{value} is not a whole number of students. Are two columns swapped? Download the file again.") for c in counts
            if c not in tenths]
    out += [Rule("too_large", c, f"shown({c}) and (n_{c} is null or n_{c} > {LARGEST_TENTHS if c in tenths else LARGEST_COUNT})",
                 "{value} is more than all of California. Download the file again.")
            for c in counts]
    return out


def _count_rules(family: Family, counts: Sequence[str], rates: Sequence[str]) -> list[Rule]:
    den, num, rate = family.denominator, family.numerator, family.rate
    core = (den, num, rate)
    others = [c for c in (*counts, *rates) if c not in core]
    base = next((k.second for k in family.checks if k.column == rate and k.check == "quotient"), den)
    stars = " + ".join(f"({c} = '*')::int" for c in core)
    rules = [
        Rule("partial_star", den, f"({stars}) in (1, 2)", "Some of this row's numbers are withheld (*) and some are not; CDE "
                                                          "withholds all or none. Download the file again."),
        Rule("partial_blank", num, f"({den} = '') <> ({num} = '') or ({den} = '' and {rate} <> '') or ({rate} = '' and "
                                   f"n_{base} > 0)",
             "Some of this row's numbers are blank and some are not. Download the file again."),
    ]
    if others:
        rules.append(Rule("partial_star", others[0], f"{den} = '*' and ({' or '.join(f'shown({c})' for c in others)})",
                          "This row is withheld (*), yet one of its other numbers is not. Download the file again."))
        rules.append(Rule("partial_star", others[0], f"{den} <> '*' and '*' in ({', '.join(others)})",
                          "One of this row's numbers is withheld (*) and others are not; CDE withholds all or none. "
                          "Download the file again."))
    rules.append(Rule("count_above_enrollment", num, f"n_{num} > n_{den}",
                      "{value} is more than the students enrolled in this row ({other}). "
                      "Are two columns swapped? Download the file again."))
    present = {*counts, *rates}
    return rules + [_check(k) for k in family.checks if {k.column, *k.first} <= present]


def _check(check: Check) -> Rule:
    """One row of checks.csv as a rule over the row's typed numbers."""
    column, first, second = check.column, check.first[0], check.second
    if check.check == "at_most":
        return Rule("parts_above_whole", column, f"n_{column} > n_{first}",
                    "{value} is more than the total of this row. Are two columns swapped? Download the file again.")
    if check.check == "sum":
        total = " + ".join(f"n_{c}" for c in check.first)
        return Rule("sum_differs", column, f"2 * abs(n_{column} - ({total})) > {len(check.first) + 1}",
                    "{value} is not what its parts add up to. Some number of this row was changed. Download the file again.")
    # A rate with two decimals follows from its counts in hundredths; one with one decimal does so only if it does in tenths.
    hundredths = f"try_cast(floor(try_cast({column} as double) * 100 + 0.5) as bigint)"
    misses = [f"2 * {factor * check.tenths} * n_{first} + n_{second} - 2 * n_{second} * {printed} "
              f"not between 0 and 2 * n_{second} - 1" for factor, printed in ((1, f"tenths_{column}"), (10, hundredths))]
    return Rule("rate_mismatch", column, f"{' and '.join(misses)} and (n_{second} > 0 or tenths_{column} <> 0)",
                "The rate {value} does not follow from its counts ({expected} expected){hint}. Download the file again.", check)


def typed_sql(family: Family, present: Sequence[str], checks: Sequence[Rule], repair: bool) -> str:
    """SQL that makes `typed` of `raw`: one row a line, typed, with `fault` the index of its first broken rule or NULL."""
    # In a string: which counts a family has and which columns this file has stands in the column map.
    counts = [c for c in family.counts if c in present]
    den, num = family.denominator, family.numerator
    codes = ", ".join(f"padded(clean({c}), {w}) as {c}" if repair else f"clean({c}) as {c}" for c, w in CODES)
    rates = [c for c in family.rates if c in present]
    cleaned = [f"clean({c}) as {c}" for c in ("academic_year", *counts, *rates)]
    text = ", ".join([*cleaned, *(f"tidy({c}) as {c}" for c in NAMES)])
    flags = {c: f"scope_of(clean({c}))" if c in present else "''" for c in ("charter", "dass")}
    scope = ", ".join(f"{flag}::scope_word as {c}" for c, flag in flags.items())
    tenths = [c for c in counts if family.types[c] == "tenths"]
    numbers = ", ".join([*(f"try_cast({c} as bigint) as n_{c}" for c in counts if c not in tenths),
                         *(f"try_cast(try_cast({c} as decimal(18, 1)) * 10 as bigint) as n_{c}" for c in tenths),
                         *(f"try_cast(floor(try_cast({c} as double) * 10 + 0.5) as bigint) as tenths_{c}" for c in rates)])
    every = ", ".join(f"n_{c} as {c}" if c in present else f"null::bigint as {c}" for c in family.counts)
    none = ", ".join(f"case when n_{den} > 0 then {c} end as {c}" for c in family.counts)
    names = ", ".join(f"if({test}, {c}, '') as {c}" for c, test in NAMES.items())
    return f"""-- One row per line of the file: typed, with its first fault.
create or replace temp table typed_rows as
with cleaned as (
    select clean(aggregate_level) as aggregate_level, level_of(clean(aggregate_level))::level_word as level, {codes},
        try_cast(clean(reporting_category) as group_word) as student_group, {scope}, {text}
    from raw
),
numbered as (
    select *, {numbers}
    from cleaned
),
checked as (
    select academic_year, level, county_code, district_code, school_code, {names}, charter, dass, student_group,
        n_{den}, {every},
        case when {den} = '*' then 'withheld' when {den} = '' or n_{den} = 0 then 'not_published'
            when n_{num} = 0 then 'zero' else 'published' end::status_word as status,
        n_{den} = 0 as empty, {_fault(family, counts, rates, checks)}::utinyint as fault
    from numbered
)
select case when fault is null then 2000 + substr(academic_year, 6, 2)::smallint end::smallint as year, level,
    case level when 'school' then county_code || district_code || school_code
        when 'district' then county_code || district_code || '0000000'
        when 'county' then county_code || '000000000000' else '00000000000000' end as entity,
    if(level = 'state', '', county_code) as county, county_name, district_name, school_name, charter, dass, student_group,
    {none}, status, coalesce(empty, false) as empty, fault
from checked;
create or replace temp view typed as select rowid + 2 as line, * from typed_rows"""


def _fault(family: Family, counts: Sequence[str], rates: Sequence[str], checks: Sequence[Rule]) -> str:
    """SQL: the index of a row's first broken rule. Rows with plain numbers (nearly all) skip the rules for odd ones."""
    shape = {"count": "[0-9]{1,7}", "tenths": r"[0-9]{1,8}(\.[0-9])?"}
    plain = " and ".join([*(rf"regexp_full_match({c}, '{shape[family.types[c]]}|\*|')" for c in counts),
                          *(rf"regexp_full_match({c}, '[0-9]{{1,3}}(\.[0-9])?|\*|')" for c in rates)])
    every = [f"when {rule.fault} then {i}" for i, rule in enumerate(checks)]
    others = [when for when, rule in zip(every, checks, strict=True) if rule.code not in ODD_NUMBERS]
    return f"case when {plain} then case {' '.join(others)} end else case {' '.join(every)} end end"


def extract_sql(family: Family) -> str:
    """SQL of a counts extract: the rows that are used, each place and student group once, a school's own flag first."""
    # In a string: the counts are the family's.
    columns = ", ".join(("year, level, entity, county", *NAMES, "charter, dass, student_group", *family.counts, "status"))
    return f"""-- One row per place, year and student group.
select {columns} from typed where is_kept(level, charter, dass) and line not in (select line from surplus)"""


def content(con: duckdb.DuckDBPyConnection, family: Family) -> str:
    """SHA-256 of what the file says: its typed rows in order, whatever its encoding, line ends or column order."""
    digest = sha256()
    groups = [g for (g,) in sql.run(con, sql.text("file_groups"))]
    years = [(year,) for year, *_ in sql.run(con, sql.text("file_years"))]
    digest.update(repr((family.name, groups, years)).encode())
    digest.update(repr(sql.run(con, sql.text("file_names"))).encode())
    # In a string: the counts are the family's.
    numbers = ", ".join(f"coalesce({c}, -1) as {c}" for c in family.counts)
    arrays = con.execute(f"""select entity::bigint as entity, list_position($groups, student_group::varchar) as student_group,
        ascii(level::varchar) * 1000000 + ascii(charter::varchar) * 1000 + ascii(dass::varchar) as scope,
        length(status::varchar) as status, {numbers} from typed""", {"groups": groups}).fetchnumpy()
    for name in sorted(arrays):
        digest.update(arrays[name].astype("int64").tobytes())
    return digest.hexdigest()
