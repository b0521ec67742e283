"""The fixed cube from hand-made student rows: every fact, at its edges."""

import csv
import re
from datetime import date, timedelta
from functools import cache
from typing import Any

import duckdb
import pandas as pd
import pytest
import sqlglot

from data.local import cube
from data.registry import REFERENCE
from tests import local_cases

CASES = local_cases.cases()

PLACES = {"A": "19900110000001", "B": "19900110000002", "C": "19900180000003", "D": "19900110000000", "E": "19900180000000"}
TODAY = date(2026, 3, 5)


def listed(name: str) -> list[dict[str, str]]:
    with (REFERENCE / "local" / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


FACTS = {f["fact"]: f for f in listed("facts")}
CATEGORIES = {c["category"]: c["pillar"] for c in listed("service_categories")}
SERVICES = {"all", *CATEGORIES, *CATEGORIES.values()}
GROUPS = {g["student_group"] for g in listed("groups")}


def weekdays(text: str) -> list[str]:
    """`2025-09-01..2025-09-05` as the weekdays from the one to the other; any other text as it is."""
    if ".." not in text:
        return [text]
    first, last = (date.fromisoformat(d) for d in text.split(".."))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [d.isoformat() for d in days if d.weekday() < 5]


def connection(text: str) -> duckdb.DuckDBPyConnection:
    """The typed tables of a case."""
    con = duckdb.connect()
    cube.empty(con)
    table, columns = "", []
    for line in (part.strip() for part in text.splitlines()):
        if re.match(r"\w+:", line):
            table, named = line.split(":")
            columns = (named or local_cases.COLUMNS[table]).split()
            continue
        values = dict(zip(columns, line.split(), strict=True))
        if "school" in values:
            values["school"] = PLACES[values["school"]]
        if "category" in values:
            values["pillar"] = CATEGORIES[values["category"]]
        for day in weekdays(values.get("day", "-")):
            row = {**values, **({"day": day} if "day" in values else {})}
            said = {c: v for c, v in row.items() if v != "-"}
            con.execute(f"insert into {table} ({', '.join(said)}) values ({', '.join('?' for _ in said)})", list(said.values()))
    if not con.execute("select count(*) from calendar").fetchall()[0][0]:
        con.execute("""insert into calendar select school, date '2024-07-01' + cast(n as integer) from range(730) as t(n),
            (values ('19900110000001'), ('19900110000002'), ('19900180000003')) as s(school)
            where isodow(date '2024-07-01' + cast(n as integer)) < 6""")
    return con


@cache
def rolled(text: str) -> dict[tuple, int]:
    """The counts of a case: their keys and values."""
    con = connection(text)
    cube.roll(con, 2026, 202602, TODAY)
    rows = con.execute("select fact, level, entity, month, span, service, student_group, band, value from counts").fetchall()
    cells = {row[:-1]: row[-1] for row in rows}
    assert len(cells) == len(rows), "a cell stands twice"
    return cells


def asked(line: str) -> tuple[tuple, int | None]:
    """The key of a cell and its value from a line of a case."""
    words, value = line.split(" = ")
    fact, place, month, *rest = words.split()
    parts = {"span": "ytd", "service": "all", "student_group": "TA", "band": "all"}
    for word in rest:
        part = ("span" if word == "month" else "service" if word in SERVICES else "student_group" if word in GROUPS else "band")
        parts[part] = word
    level = "district" if place in "DE" else "school"
    return (fact, level, PLACES[place], int(month), *parts.values()), None if value == "none" else int(value)


@pytest.mark.parametrize("name", CASES)
def test_hand_made_rows_give_the_counts_that_a_reader_of_them_would(name: str):
    given, expected = CASES[name]
    cells = rolled(given)
    for key, value in (asked(line.strip()) for line in expected.splitlines()):
        assert cells.get(key) == value, f"{key}: {cells.get(key)} instead of {value}"


def test_every_fact_of_the_cube_has_a_case_in_which_it_is_not_zero():
    said = {key[0] for _, expected in CASES.values() for key, value in map(asked, map(str.strip, expected.splitlines())) if value}
    assert said == set(FACTS)


@pytest.mark.parametrize("name", CASES)
def test_counts_hold_only_keys_of_the_listed_cube(name: str):
    bands: dict[str, set[str]] = {}
    for row in listed("bands"):
        bands.setdefault(row["bands"], set()).add(row["band"])
    levels = {(g["level"], g["student_group"]) for g in listed("groups")}
    kinds = {"all": {"all"}, "pillars": set(CATEGORIES.values()), "categories": set(CATEGORIES)}
    for fact, level, entity, month, span, service, group, band in rolled(CASES[name][0]):
        listed_fact = FACTS[fact]
        assert level == ("district" if entity.endswith("0000000") else "school") and re.fullmatch(r"\d{14}", entity)
        assert 202407 <= month <= 202602 and span in listed_fact["spans"].split()
        assert service in set().union(*(kinds[k] for k in listed_fact["services"].split()))
        assert band in (bands[listed_fact["bands"]] if listed_fact["bands"] else {"all"})
        assert group == "TA" or (
            listed_fact["groups"] == "yes" and (level, group) in levels and (service, band) == ("all", "all") and month > 202506
        )


@pytest.mark.parametrize("name", CASES)
def test_a_part_is_never_more_than_its_whole(name: str):
    cells = rolled(CASES[name][0])
    for (fact, level, entity, month, span, service, group, band), value in cells.items():
        whole = FACTS[fact]["of"]
        key = (whole, level, entity, month, span, service, group, band if FACTS[whole]["bands"] else "all") if whole else None
        total = cells.get(key, cells.get((*key[:4], "ytd", "all", *key[6:]))) if key else None
        assert value >= 0 and (total is None or value <= total), (fact, entity, month, value, total)


def test_bands_add_up_to_what_they_divide():
    for given, _ in CASES.values():
        cells: Any = pd.Series(rolled(given))
        if not len(cells):
            continue
        cells.index.names = ["fact", "level", "entity", "month", "span", "service", "student_group", "band"]
        for banded, whole in (("absence_band", "enrolled"), ("dosage", "served"), ("referral_wait", "referrals_due")):
            keys = ["level", "entity", "month", "service"]
            frame = cells.reset_index(name="value").query("span == 'ytd' and student_group == 'TA'")
            parts = frame[frame["fact"] == banded].groupby(keys)["value"].sum()
            wholes = frame[frame["fact"] == whole].set_index(keys)["value"]
            assert (wholes.reindex(parts.index) == parts).all()


def test_a_month_that_is_not_over_or_lies_in_another_year_is_refused():
    con = duckdb.connect()
    cube.empty(con)
    for through in (202603, 202613, 202506, 202606, 202607):
        with pytest.raises(ValueError, match=str(through)):
            cube.roll(con, 2026, through, TODAY)


def test_nothing_but_counts_is_left_behind():
    con = connection(next(iter(CASES.values()))[0])
    cube.roll(con, 2026, 202602, TODAY)
    left = {r[0] for r in con.execute("select table_name from duckdb_tables()").fetchall()}
    assert left == {*cube.TYPED, *cube.LISTS, "counts"}


FORBIDDEN = (r"->", r"\bcurrent_\w+", r"\bnow\(", r"\bread_\w+", r"\basof\b", r"\bpivot\b", r"\bqualify\b", r"\bexclude\b",
             r"\bdistinct on\b", r" ~ ", r"\btoday\(", r"(?<!/)/(?!/)", r"\bunnest\b", r"\blist_\w+")  # fmt: skip


@pytest.mark.parametrize("name", [*cube.ORDER, "official"])
def test_steps_are_portable_sql(name: str):
    """One SELECT with its grain in the first line, without what the browser's engine lacks, that sqlglot carries to Spark."""
    sql = cube.text(name)
    code = re.sub(r"--[^\n]*", "", sql)
    assert sql.startswith("-- One row per ") and max(map(len, sql.splitlines())) <= 130
    assert re.match(r"\s*(select|with)\b", code) and code.count(";") == 0
    assert not [f for f in FORBIDDEN if re.search(f, code)]
    assert set(re.findall(r"\$(\w+)", code)) <= {"year", "through", "today"}
    literal = cube.bound(sql, {"year": 2026, "through": 202602, "today": TODAY})
    spark = sqlglot.transpile(literal, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)[0]
    assert sqlglot.parse_one(spark, read="spark")


def test_values_replaced_in_the_text_count_the_same_as_bound_ones():
    con = connection(CASES["Recovered: chronically absent in the LEA at the end of last year, enrolled now, not chronically "
                           "absent so far"][0])
    cube.roll(con, 2026, 202602, TODAY)
    bound = con.execute("from counts order by all").fetchall()
    for name in cube.ORDER:
        sql = cube.bound(cube.text(name), {"year": 2026, "through": 202602, "today": TODAY})
        con.execute(f"create or replace table {name} as {sql}")
    assert con.execute("from counts order by all").fetchall() == bound
