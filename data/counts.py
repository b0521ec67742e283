"""CDE's counts files (chronic absenteeism, suspension): text table -> typed rows, each with its first fault if it has one.

Owns the SQL of the cast, as far as its identifiers come from the column map; the rest of it is in data/tables/. Every value stays
data. Files that fail are never repaired here beyond what FORMATS allows: trailing blanks, and codes that lost their leading zeros
in a spreadsheet.
"""

from collections.abc import Sequence
from hashlib import sha256

import duckdb

from data import faults, sql
from data.count_rules import rules
from data.faults import Rule
from data.problems import Finding, warning
from data.registry import student_groups
from data.sources import Family, Match

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


def typed_sql(family: Family, present: Sequence[str], checks: Sequence[Rule], repair: bool) -> str:
    """SQL that makes `typed` of `raw`: one row a line, typed, with `fault` the index of its first broken rule or NULL."""
    # In a string: which counts a family has and which columns this file has stands in the column map.
    counts = [c for c in family.counts if c in present]
    den, num = family.denominator, family.numerator
    codes = ", ".join(f"padded(clean({c}), {w}) as {c}" if repair else f"clean({c}) as {c}" for c, w in CODES)
    rates = [c for c in family.rates if c in present]
    parts = [c for c in family.parts if c in present]
    cleaned = [f"clean({c}) as {c}" for c in ("academic_year", *counts, *parts, *rates)]
    text = ", ".join([*cleaned, *(f"tidy({c}) as {c}" for c in NAMES)])
    flags = {c: f"scope_of(clean({c}))" if c in present else "''" for c in ("charter", "dass")}
    scope = ", ".join(f"{flag}::scope_word as {c}" for c, flag in flags.items())
    tenths = [c for c in counts if family.types[c] == "tenths"]
    numbers = ", ".join([*(f"try_cast({c} as bigint) as n_{c}" for c in (*counts, *parts) if c not in tenths),
                         *(f"try_cast(try_cast({c} as decimal(18, 1)) * 10 as bigint) as n_{c}" for c in tenths),
                         *(f"try_cast(floor(try_cast({c} as double) * 10 + 0.5) as bigint) as tenths_{c}" for c in rates)])
    every = ", ".join(f"n_{c} as {c}" if c in present else f"null::bigint as {c}" for c in family.counts)
    # Of nobody no part can be told; nobody is a count all the same where a file only counts students.
    none = ", ".join(f"case when n_{den} >= {int(bool(num))} then {c} end as {c}" for c in family.counts)
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
        case when {den} = '*' then 'withheld' when {den} = '' or ({bool(num)} and n_{den} = 0) then 'not_published'
            when n_{num or den} = 0 then 'zero' else 'published' end::status_word as status,
        {bool(num)} and n_{den} = 0 as empty, {_fault(family, [*counts, *parts], rates, checks)}::utinyint as fault
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
    shape = {"count": "[0-9]{1,7}", "part": "[0-9]{1,7}", "tenths": r"[0-9]{1,8}(\.[0-9])?"}
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
    arrays = con.execute(sql.text("file_content"), {"groups": groups, "counts": list(family.counts)}).fetchnumpy()
    for name in sorted(arrays):
        digest.update(arrays[name].astype("int64").tobytes())
    return digest.hexdigest()
