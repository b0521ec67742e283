"""The school directory and the grantee list: text table -> typed rows, each with its first fault if it has one.

Owns the SQL of their casts. Only the columns of the column map ever reach it: administrators' names, telephones and e-mail
addresses of CDE's directory are not even loaded.
"""

import csv
from collections.abc import Collection
from hashlib import sha256

import duckdb

from data import sql
from data.faults import AGAIN, Rule
from data.problems import Finding, failure, passed, warning
from data.registry import REFERENCE, counties
from data.screen import names

KNOWN_COUNTIES = ", ".join(f"'{c.code}'" for c in counties)
STATUSES = ("active", "closed", "merged", "pending")
ACCEPTED, REFUSED = ("yes", "y", "x", "true", "1"), ("", "no", "n", "false", "0")
"""What the column `accept` of a list of suggestions may say. A blank accepts nothing."""
GRANT_TYPES = ("planning", "implementation", "coordination")
EDIT = "Correct this line of the list."
LATITUDES, LONGITUDES = (32.0, 42.5), (-125.0, -114.0)
MACROS = r"""
create or replace macro given(v) as case when lower(trim(v)) in ('no data', 'n/a') then '' else coalesce(trim(v), '') end;
create or replace macro day_of(v) as try_strptime(v, ['%Y-%m-%d', '%m/%d/%Y', '%Y-%m-%d %H:%M:%S'])::date;
create or replace macro is_school_year(v) as regexp_full_match(v, '20[0-9]{2}-[0-9]{2}');
create or replace macro is_degrees(v) as v = '' or regexp_full_match(v, '-?[0-9]+(\.[0-9]+)?');
create or replace macro is_office(v) as substr(v, 8) = '0000000';
create or replace macro grade_of(v) as case upper(v) when 'KG' then 'K' when 'KN' then 'K' when 'P' then 'PK' when 'PS' then 'PK'
    else case when regexp_full_match(v, '0[0-9]') then substr(v, 2) else upper(v) end end;
create or replace macro school_level_of(v) as case lower(v)
    when '' then '' when 'elementary' then 'elementary' when 'middle' then 'middle'
    when 'intermediate/middle/junior high' then 'middle' when 'high' then 'high' when 'high school' then 'high'
    when 'elem-high combo' then 'k12' when 'elementary-high combination' then 'k12' else 'other' end;
create or replace macro first_school_year(v) as case when is_school_year(v) then substr(v, 1, 4)::int + 1
    else year(day_of(v)) + (month(day_of(v)) >= 7)::int end;
create or replace macro last_school_year(v) as case when is_school_year(v) then substr(v, 1, 4)::int + 1
    else year(day_of(v)) + (month(day_of(v)) > 7 or (month(day_of(v)) = 7 and day(day_of(v)) > 1))::int end;
"""


def cohorts() -> tuple[int, ...]:
    """The grant cohorts that data/reference/cohorts.csv knows."""
    with (REFERENCE / "cohorts.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(int(row["cohort"]) for row in csv.DictReader(handle) if row["cohort"].isdigit())


GROUPS = ("disadvantaged", "english_learners", "disabilities", "homeless", "foster")
"""Counts of students that some lists carry beside enrollment: context by which similar places are found, never an outcome."""
DIRECTORY_RULES = (
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

GRANTEE_RULES = (
    Rule("bad_accept", "accept", f"accept not in {(*ACCEPTED, *REFUSED)}",
         "{value} in the column accept is neither yes nor no. Write yes, or leave it blank. " + EDIT),
    Rule("bad_code", "cds_code", "not regexp_full_match(entity, '[0-9]{14}')",
         "{value} is neither a 14-digit CDS code nor a 7-digit district code "
         "(opened in a spreadsheet?). " + EDIT),
    Rule("unknown_county", "cds_code", f"substr(entity, 1, 2) not in ({KNOWN_COUNTIES})",
         "{value} does not begin with one of California's county codes 01 to 58. " + EDIT),
    Rule("unknown_grant_type", "grant_type", f"grant_type not in {GRANT_TYPES}",
         "{value} is not planning, implementation or coordination. " + EDIT),
    Rule("bad_cohort", "cohort", f"cohort not in {cohorts()} or (cohort is null and (has_cohort or grant_type = "
                                 f"'implementation'))", f"{{value}} is not a cohort that we know "
                                                        f"({', '.join(map(str, cohorts()))}). " + EDIT),
    Rule("bad_date", "starts_on", "starts is null", "{value} is neither a school year like 2022-23 nor a date like "
                                                    "2022-07-01. " + EDIT),
    Rule("bad_date", "ends_on", "ends is null", "{value} is neither a school year like 2026-27 nor a date like 2027-06-30. "
                                                "" + EDIT),
    Rule("ends_before_start", "ends_on", "ends < starts", "{value} lies before the start of the grant. " + EDIT),
)


def directory_sql(present: set[str], rules: tuple[Rule, ...]) -> str:
    """SQL that makes `typed` of `raw` for a directory: one row a school or district."""
    def cell(column: str) -> str:
        return f"given({column})" if column in present else "''"
    digits = cell("entity")
    texts = ", ".join(f"whole({cell(g)}) as {g}_text" for g in GROUPS)
    counts = ", ".join(f"try_cast({g}_text as bigint) as {g}" for g in GROUPS)
    return f"""-- One row per line of the directory: typed, with its first fault.
create or replace temp table typed_rows as
with cleaned as (
    select case when regexp_full_match({digits}, '[0-9]{{13}}') then '0' || {digits} else {digits} end as entity,
        lower({cell("status")}) as status, {cell("county_name")} as county_name, {cell("district_name")} as district_name,
        {cell("name")} as school,
        replace({cell("grades")}, '–', '-') as grades, school_level_of({cell("school_level")}) as school_level,
        scope_of({cell("charter")}) as charter, scope_of({cell("dass")}) as dass,
        {cell("opened")} as opened_text, {cell("closed")} as closed_text, whole({cell("enrollment")}) as enrollment_text,
        {cell("latitude")} as latitude_text, {cell("longitude")} as longitude_text, {cell("locale")} as locale, {texts}
    from raw
),
numbered as (
    select *, substr(entity, 1, 2) as county, if(is_office(entity), 'district', 'school') as level,
        if(is_office(entity), district_name, school) as name, day_of(opened_text) as opened, day_of(closed_text) as closed,
        try_cast(enrollment_text as bigint) as enrollment, try_cast(latitude_text as double) as lat,
        try_cast(longitude_text as double) as lon, {counts}
    from cleaned
)
select entity, level, county, county_name, district_name, name, grade_of(split_part(grades, '-', 1)) as low_grade,
    grade_of(if(contains(grades, '-'), split_part(grades, '-', 2), grades)) as high_grade, school_level, enrollment, charter,
    dass, status, opened, closed, if({_on_the_map()}, lat, null) as latitude, if({_on_the_map()}, lon, null) as longitude,
    {", ".join(GROUPS)}, locale, coalesce(lat is not null and not ({_on_the_map()}), false) as off_the_map,
    {_fault(rules)} as fault
from numbered;
create or replace temp view typed as select rowid + 2 as line, * from typed_rows"""


def _on_the_map() -> str:
    return f"lat between {LATITUDES[0]} and {LATITUDES[1]} and lon between {LONGITUDES[0]} and {LONGITUDES[1]}"


def grantees_sql(rules: tuple[Rule, ...], present: Collection[str] = ()) -> str:
    """SQL that makes `typed` of `raw` for a grantee list: one row a grant.

    Of a list of suggestions (data/match.py, known by its column `accept`) only the lines that a person accepted are rows.
    """
    accept = "lower(given(accept))" if "accept" in present else "'yes'"
    list_line = "given(list_line)" if "list_line" in present else "''"
    return f"""-- One row per line of the grantee list: typed, with its first fault.
create or replace temp table typed_rows as
with cleaned as (
    select regexp_replace(given(cds_code), '[- ]', '', 'g') as digits,
        trim(regexp_replace(lower(given(grant_type)), ' grant$', '')) as grant_type,
        try_cast(whole(regexp_replace(lower(given(cohort)), '^cohort ', '')) as smallint) as cohort,
        given(cohort) <> '' as has_cohort, given(starts_on) as start_text, given(ends_on) as end_text,
        {accept} as accept, {list_line} as list_line
    from raw
),
numbered as (
    select *, case when regexp_full_match(digits, '[0-9]{{13}}') then '0' || digits
        when regexp_full_match(digits, '[0-9]{{7}}') then digits || '0000000'
        when regexp_full_match(digits, '[0-9]{{6}}') then '0' || digits || '0000000' else digits end as entity,
        length(digits) in (6, 13) as padded, first_school_year(start_text)::smallint as starts,
        last_school_year(end_text)::smallint as ends
    from cleaned
)
select entity, if(is_office(entity), 'district', 'school') as level, grant_type, cohort, starts, ends, padded, list_line,
    accept in {REFUSED} as left_out, {_fault(rules)} as fault
from numbered;
create or replace temp view typed as select rowid + 2 as line, * from typed_rows where not left_out"""


def _fault(rules: tuple[Rule, ...]) -> str:
    return "case " + " ".join(f"when {rule.fault} then {i}" for i, rule in enumerate(rules)) + " end::utinyint"


DIRECTORY_COLUMNS = ("entity, level, county, county_name, district_name, name, low_grade, high_grade, school_level, "
                     "enrollment, charter, dass, status, "
                     "opened, closed, latitude, longitude, " + ", ".join(GROUPS) + ", locale")
GRANTEE_COLUMNS = "entity, level, grant_type, cohort, starts, ends"


def checks(con: duckdb.DuckDBPyConnection, directory: bool) -> list[Finding]:
    """Repeated rows: equal ones are kept once and said, different ones refused. Positions off the map are dropped and said."""
    columns, key = (DIRECTORY_COLUMNS, "entity") if directory else (GRANTEE_COLUMNS, "entity, grant_type, cohort")
    rows, distinct = sql.run(con, f"select (select count(*) from typed), (select count(*) from (select distinct {columns} "
                                  f"from typed))")[0]
    differ = sql.run(con, f"""
        select min(line), max(line) from (select distinct on ({columns}) line, {columns} from typed order by line)
        group by {key} having count(*) > 1 order by 1 limit 1""")
    out = _accepted(con) if not directory else []
    if any(f.level == "FAIL" for f in out):
        return out
    if differ:
        first, second = differ[0]
        return [failure("duplicates_differ", f"Lines {first:,} and {second:,} are about the same "
                                             f"{'place' if directory else 'grant'} but differ. Keep the right one.", line=second)]
    if rows > distinct:
        out.append(warning("duplicates_kept_once", f"{rows - distinct:,} lines repeat another line; each was kept once."))
    if directory:
        out += _directory_checks(con)
    elif sql.one(con, "select count(*) from typed where padded"):
        out.append(warning("codes_repaired", "Codes had lost their leading zero (opened in a spreadsheet?); it was put back."))
    return out


def _accepted(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Of a list of suggestions: that something is accepted, and of each line of the first list one place at most."""
    left_out, rows = sql.run(con, "select count(*) filter (left_out), count(*) filter (not left_out) from typed_rows")[0]
    if not rows:
        return [failure("nothing_accepted", "No line of this list is accepted. Write yes into the column accept where the "
                                            "suggested place is the right one.")]
    twice = sql.run(con, "select max(line), list_line from typed where list_line <> '' group by list_line "
                         "having count(distinct entity) > 1 order by 1 limit 1")
    if twice:
        line, first = twice[0]
        return [failure("two_accepted", f"For line {first} of your first list two places are accepted. Accept one of them.",
                        line=line, column="accept")]
    return [passed("not_accepted", f"{left_out:,} suggestions were not accepted and were left out.")] if left_out else []


def _directory_checks(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    out = []
    off = sql.one(con, "select count(*) from typed where off_the_map")
    if off:
        out.append(warning("off_the_map", f"{off:,} places have a position outside of California; they are shown without one."))
    short = sql.one(con, "select count(*) from raw where regexp_full_match(given(entity), '[0-9]{13}')")
    if short:
        out.append(warning("codes_repaired", "Codes had lost their leading zero (opened in a spreadsheet?); it was put back."))
    return [*out, *names(con, "typed", ("name", "district_name"))]


def content(con: duckdb.DuckDBPyConnection, columns: str) -> str:
    """SHA-256 of what the list says, whatever its encoding, order or layout of columns."""
    rows = sql.run(con, f"select distinct {columns} from typed order by all")
    return sha256(repr(rows).encode()).hexdigest()
