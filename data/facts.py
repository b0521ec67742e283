"""From typed extracts to protected facts: runs the marts, the privacy room and the spine, and writes the archive.

One family at a time and its indicators one by one, integers only. What leaves here has passed `privacy.protect`.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import duckdb
import pandas as pd

from data import privacy, sources, sql
from data.registry import STATE, Indicator, counties, equations, indicators, regions, student_groups

DIRECTORY_COLUMNS = {
    "entity": "varchar",
    "level": "varchar",
    "county": "varchar",
    "county_name": "varchar",
    "district_name": "varchar",
    "name": "varchar",
    "low_grade": "varchar",
    "high_grade": "varchar",
    "school_level": "varchar",
    "enrollment": "bigint",
    "charter": "varchar",
    "dass": "varchar",
    "status": "varchar",
    "opened": "date",
    "closed": "date",
    "latitude": "double",
    "longitude": "double",
    "disadvantaged": "bigint",
    "english_learners": "bigint",
    "disabilities": "bigint",
    "homeless": "bigint",
    "foster": "bigint",
    "locale": "varchar",
}
GRANTEE_COLUMNS = {
    "entity": "varchar",
    "level": "varchar",
    "grant_type": "varchar",
    "cohort": "smallint",
    "starts": "smallint",
    "ends": "smallint",
}
LISTS = ("contacts", "events")
"""What regions and counties keep themselves: kept as read, joined by no fact."""
PLACEHOLDERS = ("0000000", "0000001")
"""School codes of district offices and of all non-public schools together: rows in CDE's files, not schools."""


def prepare(con: duckdb.DuckDBPyConnection, extracts: Mapping[str, Sequence[Path]]) -> dict[str, int]:
    """Make one view a family, the registry's small tables, `named`, `places` and, with its workbooks, `assistance`.

    Returns counts worth telling.
    """
    _tables(con)
    files: list[str] = []
    statuses: list[str] = []
    told = {}
    for family, paths in extracts.items():
        names = [str(p) for p in paths]
        if family in ("directory", "grantees"):
            con.read_parquet(names, union_by_name=True).create_view(f"{family}_rows")
            sql.run(con, f"insert into {family} by name from {family}_rows")
            continue
        if family in LISTS:
            con.read_parquet(names, union_by_name=True).create_view(f"{family}_rows")
            continue
        if sources.families[family].kind == "assistance":
            statuses += names
            continue
        files += names
        con.read_parquet(names, union_by_name=True).create_view(f"{family}_rows")
        sql.run(
            con,
            f"create view {family} as from {family}_rows where level <> 'school' or substr(entity, 8, 7) not in {PLACEHOLDERS}",
        )
        told[f"{family}: district-office and non-public placeholder rows kept out"] = sql.one(
            con, f"select count(*) from {family}_rows where level = 'school' and substr(entity, 8, 7) in {PLACEHOLDERS}"
        )
    sql.run(
        con,
        "create table named (level varchar, entity varchar, year smallint, county_name varchar, district_name varchar, "
        "school_name varchar)",
    )
    if files:
        sql.run(con, f"insert into named {sql.text('named')}", {"files": files})
    sql.run(con, f"delete from named where level = 'school' and substr(entity, 8, 7) in {PLACEHOLDERS}")
    if "census_day_enrollment" not in extracts:
        sql.run(con, sql.text("no_census"))
    sql.run(con, f"create view census as {sql.text('census')}")
    sql.run(con, sql.text("shares"))
    sql.run(con, f"create table places as {sql.text('places')}", {"state": STATE})
    told["grants of places that no other file and no directory names, kept out"] = sql.one(
        con, "select count(*) from grantees where entity not in (select entity from places)"
    )
    if statuses:
        con.read_parquet(statuses, union_by_name=True).create_view("assistance_rows")
        sql.run(con, f"create table assistance as {sql.text('assistance_known')}")
        told["places with an assistance status that no other file and no directory names, kept out"] = sql.one(
            con, "select count(distinct entity) from assistance_rows where entity not in (select entity from places)"
        )
    return {k: n for k, n in told.items() if n}


def _tables(con: duckdb.DuckDBPyConnection) -> None:
    """The registry as tables that the SQL of this room joins, and empty tables for the optional families."""
    for name, columns in (("directory", DIRECTORY_COLUMNS), ("grantees", GRANTEE_COLUMNS)):
        sql.run(con, f"create table {name} ({', '.join(f'{c} {t}' for c, t in columns.items())})")
    frames = {
        "counties": pd.DataFrame([(c.code, c.name, c.region) for c in counties], columns=["code", "name", "region"]),
        "regions": pd.DataFrame([(r.code, r.name) for r in regions], columns=["code", "name"]),
        "lines": pd.DataFrame(
            [(g.vocabulary, g.code, g.line, g.dimension) for g in student_groups],
            columns=["vocabulary", "code", "line", "dimension"],
        ),
    }
    for name, frame in frames.items():
        con.register(f"{name}_frame", frame)
        sql.run(con, f"create table {name} as from {name}_frame")
        con.unregister(f"{name}_frame")


def write(
    con: duckdb.DuckDBPyConnection, extracts: Mapping[str, Sequence[Path]], root: Path, say: Callable[[str], None]
) -> dict[str, dict]:
    """Write `facts/<indicator>.parquet` for every indicator whose family is at hand, and `places.parquet`.

    With Dashboard files also `official.parquet`: the state's own status, change, level and color of what is shown. With
    assistance workbooks `assistance.parquet`: the status of places of the build, which counts no students. With a grantee list
    `grants.parquet`: the grants of places of the build. With the lists of
    regions `contacts.parquet` and `events.parquet`, each line once, whoever handed it in.

    Returns, by indicator: rows, years and how many cells lost their counts (`counts_withheld`).
    """
    (root / "facts").mkdir()
    _copy(con, "from places order by entity", root / "places.parquet")
    told = {}
    official = []
    for family in extracts:
        measures = [i for i in indicators.values() if i.family == family]
        if measures:
            _close(con, sources.families[family])
        for indicator in measures:
            say(indicator.title)
            told[indicator.name] = _indicator(con, indicator, root)
            if sources.families[family].kind == "dashboard":
                official.append(_official(con, indicator))
    if official:
        _copy(con, f"from ({' union all '.join(f'from {o}' for o in official)}) order by all", root / "official.parquet")
    if "grantees" in extracts:
        _copy(con, sql.text("grants_known"), root / "grants.parquet")
    if any(sources.families[family].kind == "assistance" for family in extracts):
        _copy(con, "from assistance order by entity, program, year", root / "assistance.parquet")
    for name in (n for n in LISTS if n in extracts):
        _copy(con, f"select distinct * from {name}_rows order by all", root / f"{name}.parquet")
    return told


def _official(con: duckdb.DuckDBPyConnection, indicator: Indicator) -> str:
    """Make a table of what the state made of the indicator's shown numbers (level, color, change). Returns its name."""
    name = f"official_{indicator.name}"
    sql.run(con, f"create or replace temp view counted_rows as from {indicator.family}")
    params = {"indicator": indicator.name, "vocabulary": indicator.vocabulary}
    sql.run(con, f"create or replace temp table {name} as {sql.text('official')}", params)
    return name


def _close(con: duckdb.DuckDBPyConnection, family: sources.Family) -> None:
    """Make `core`, the family's own counts of students, and `closed`, the cells that lose their counts in all its indicators."""
    sql.run(
        con,
        f"""create or replace temp table core as
        select f.level, f.entity, f.year, l.line as student_group, f.{family.numerator} as numerator,
            f.{family.denominator} as denominator, f.status
        from {family.name} f join lines l on l.vocabulary = $vocabulary and l.code = f.student_group""",
        {"vocabulary": family.vocabulary},
    )
    privacy.close_families(con, [e for e in equations if e.vocabulary == family.vocabulary])


def _indicator(con: duckdb.DuckDBPyConnection, indicator: Indicator, root: Path) -> dict:
    sql.run(con, f"create or replace temp view counted as {indicator.sql}")
    sql.run(con, f"create or replace temp table mart as {sql.text('mart')}", {"vocabulary": indicator.vocabulary})
    _one_row_a_grain(con, indicator)
    privacy.protect(con, indicator.kind == "share")
    sql.run(con, "delete from mart where not list_contains($dimensions, dimension)", {"dimensions": list(indicator.dimensions)})
    sql.run(con, f"create or replace temp table spine as {sql.text('spine')}")
    sql.run(con, f"create or replace temp table facts as {sql.text('facts')}")
    sql.run(con, f"insert into facts {sql.text('regions')}")
    _copy(
        con,
        f"select '{indicator.name}' as indicator, * from facts order by student_group, year, entity",
        root / "facts" / f"{indicator.name}.parquet",
    )
    years = [y for (y,) in sql.run(con, "select distinct year from facts order by year")]
    # Held against the content, not the file: the same facts give the same sum whatever wrote them.
    digest = sql.one(
        con,
        "select sum(hash(level, entity, year, student_group, numerator, denominator, rounded_rate, status)::hugeint)::varchar "
        "from facts",
    )
    hidden = sql.one(con, "select count(*) from facts where status = 'counts_withheld'")
    return {"rows": sql.one(con, "select count(*) from facts"), "years": years, "counts_withheld": hidden, "content": digest}


def _one_row_a_grain(con: duckdb.DuckDBPyConnection, indicator: Indicator) -> None:
    twice = sql.one(
        con, "select count(*) from (select 1 from mart group by level, entity, year, student_group having count(*) > 1)"
    )
    if twice:
        raise ValueError(
            f"{indicator.name}: {twice} places have two rows for one year and student group (two codes of one line in one file)"
        )


def _copy(con: duckdb.DuckDBPyConnection, select: str, target: Path) -> None:
    con.sql(select).write_parquet(str(target), compression="zstd")
