"""Every counts family from its file to its protected facts: each number is the file's own, no measure tells what another hides.

The files are `world.counts` in CDE's layouts. The columns that a mart divides are read from its SQL text, the numbers from the
sheet by plain Python.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import attacker
import duckdb
import pytest

from data import facts, ingest, registry, sources
from tests.fixtures import world

FAMILIES = ("chronic_absenteeism", "suspension", "expulsion", "absenteeism_reason", "stability")
COUNTED = ("cumulative_enrollment", "census_day_enrollment")
"""Families that count students and have no rate: no measure is made of them (tests/test_enrollment.py)."""


def build(folder: Path, *sheets: world.Sheet) -> dict[str, list[dict]]:
    """Indicator -> its fact rows, from sheets through the readers and the privacy room."""
    (folder / "in").mkdir()
    for number, sheet in enumerate(sheets):
        (folder / "in" / f"{number}.txt").write_bytes(sheet.bytes())
    reading = ingest.read([folder / "in"], folder / "work")
    assert not reading.failed, [f.sentence for f in reading.findings if f.level == "FAIL"]
    con = duckdb.connect()
    facts.prepare(con, reading.extracts)
    facts.write(con, reading.extracts, folder, lambda title: None)
    return {p.stem: rows(con, p) for p in (folder / "facts").glob("*.parquet")}


def rows(con: duckdb.DuckDBPyConnection, path: Path) -> list[dict]:
    found = con.execute("select * from read_parquet($path)", {"path": str(path)})
    names = [d[0] for d in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def cells(sheet: world.Sheet, family: str) -> dict[tuple[str, int], dict[str, dict[str, int | None]]]:
    """(entity, year) -> line -> column -> the whole number that the sheet prints, days in tenths; None where it is `*`."""
    out: dict = defaultdict(dict)
    kind = sources.families[family]
    for row in sheet.rows:
        said = dict(zip(sheet.columns, row, strict=True))
        entity = (said["county_code"] or "00") + (said["district_code"] or "00000") + (said["school_code"] or "0000000")
        year = 2000 + int(said["academic_year"][-2:])
        line = registry.line_of(kind.vocabulary, said["reporting_category"]) or ""
        out[entity, year][line] = {c: number(said.get(c, ""), kind.types[c]) for c in kind.counts}
    return out


def number(text: str, kind: str) -> int | None:
    return None if text in ("*", "") else int(Decimal(text) * (10 if kind == "tenths" else 1))


def measures(family: str) -> Iterator[tuple[registry.Indicator, str, str]]:
    """The family's indicators with the columns that their marts name as numerator and denominator."""
    for indicator in registry.indicators.values():
        named = re.search(r"(\w+) as numerator, (\w+) as denominator", indicator.sql)
        if indicator.family == family and named:
            yield indicator, named[1], named[2]


def as_published(lines: dict, numerator: str, denominator: str) -> attacker.Cells:
    return {
        g: ("withheld" if c[denominator] is None else "published", c[numerator], c[denominator], None) for g, c in lines.items()
    }


@pytest.mark.parametrize("family", FAMILIES)
def test_every_fact_is_the_files_own_number_but_for_the_closed_ones(family: str, tmp_path: Path) -> None:
    sheet = world.counts(family, third=True)
    kind, made = sources.families[family], build(tmp_path, sheet)
    theirs = cells(sheet, family)
    shut = {
        (*key, g) for key, lines in theirs.items() for g in attacker.lonely(as_published(lines, kind.numerator, kind.denominator))
    }
    assert any(g == "GF" for *_, g in shut)
    assert {i.name for i, *_ in measures(family)} <= made.keys()
    for indicator, numerator, denominator in measures(family):
        for row in [r for r in made[indicator.name] if r["level"] != "region"]:
            key = (row["entity"], row["year"], row["student_group"])
            column = theirs[key[:2]].get(key[2])
            if column is None:
                assert row["status"] == "not_published", key
            elif key in shut:
                assert row["status"] == "counts_withheld" and row["numerator"] is row["denominator"] is None, key
            elif column[denominator] is None:
                assert row["status"] == "withheld", key
            elif not column[denominator]:
                assert row["status"] == "not_published", key
            else:
                assert (row["numerator"], row["denominator"]) == (column[numerator], column[denominator]), key
                assert row["status"] == ("published" if column[numerator] else "zero")
        statuses = {r["status"] for r in made[indicator.name]}
        assert indicator.dimensions == ("grade",) or statuses >= {"published", "derived", "withheld", "counts_withheld"}


@pytest.mark.parametrize("family", FAMILIES)
def test_all_measures_together_leave_no_single_unknown(family: str, tmp_path: Path) -> None:
    """The attacker takes a row whole, with every column that CDE prints, as soon as one measure shows any number of it."""
    sheet = world.counts(family, third=True)
    made, kind = build(tmp_path, sheet), sources.families[family]
    shown = {
        (row["entity"], row["year"], row["student_group"])
        for indicator, *_ in measures(family)
        for row in made[indicator.name]
        if row["status"] in ("published", "zero") or (row["status"] == "not_published" and indicator.kind != "share")
    }
    found = 0
    for key, lines in cells(sheet, family).items():
        theirs = as_published(lines, kind.numerator, kind.denominator)
        mine = {
            g: c if (*key, g) in shown or c[0] == "withheld" else ("counts_withheld", None, None, None) for g, c in theirs.items()
        }
        found += len(attacker.recovered(theirs))
        assert not attacker.recovered(mine), key
    assert found


def test_a_layout_without_the_columns_gives_no_rows_of_their_measures(tmp_path: Path) -> None:
    totals = sources.families["suspension"].layouts[-1]
    made = build(tmp_path, world.counts("suspension", 2023), world.counts("suspension", 2024, totals))
    assert {r["year"] for r in made["suspension_rate"]} == {2023, 2024}
    for name in ("suspensions_per_student", "defiance_only_suspension_rate", "suspensions_drugs"):
        assert {r["year"] for r in made[name]} == {2023}


def test_a_value_is_exact_in_its_unit() -> None:
    per_student = registry.indicators["suspensions_per_student"]
    assert per_student.value(5, 2) == Decimal("2.5")
    assert registry.indicators["suspension_rate"].value(1, 8) == Decimal("12.5")


def test_expulsions_are_told_per_thousand_and_rates_with_two_decimals_are_checked(tmp_path: Path) -> None:
    assert registry.indicators["expulsion_rate"].value(1, 2000) == Decimal("0.5")
    sheet = world.counts("expulsion")

    def hundredths(row: dict[str, str]) -> dict[str, str]:
        n, k = int(row["cumulative_enrollment"]), int(row["students_expelled"])
        return {"rate": f"{(20000 * k + n) // (2 * n) / 100:.2f}"}

    printed = sheet.edit(hundredths, lambda row: row["rate"] != "*")
    (tmp_path / "good.txt").write_bytes(printed.bytes())
    assert not ingest.read([tmp_path / "good.txt"], tmp_path / "good").failed
    wrong = printed.edit(lambda row: {"rate": "9.99"}, lambda row: row["rate"] != "*", most=1)
    (tmp_path / "wrong.txt").write_bytes(wrong.bytes())
    assert "rate_mismatch" in {f.code for f in ingest.read([tmp_path / "wrong.txt"], tmp_path / "wrong").findings}


@pytest.mark.parametrize(
    ("family", "layout"), [(f, layout.name) for f in FAMILIES + COUNTED for layout in sources.families[f].layouts], ids=str
)
def test_every_layout_says_the_same(family: str, layout: str, tmp_path: Path) -> None:
    kind = sources.families[family]
    sheet = world.counts(family, layout=next(one for one in kind.layouts if one.name == layout))
    (tmp_path / "file.txt").write_bytes(sheet.bytes())
    reading = ingest.read([tmp_path / "file.txt"], tmp_path / "work")
    assert not reading.failed, [f.sentence for f in reading.findings if f.level == "FAIL"]
    assert [s.layout for s in reading.sources] == [layout]
    columns = ", ".join(kind.counts)
    found = duckdb.connect().execute(
        f"select entity, student_group, {columns} from read_parquet($f)", {"f": str(reading.extracts[family][0])}
    )
    theirs = cells(sheet, family)
    rows = found.fetchall()
    assert len(rows) == len(sheet.rows)
    for entity, group, *numbers in rows:
        line = registry.line_of(kind.vocabulary, group) or ""
        assert dict(zip(kind.counts, numbers, strict=True)) == theirs[entity, 2024][line]


def test_days_are_tenths_and_their_units_come_back(tmp_path: Path) -> None:
    """Real rows of Monterey County, 2021-22: 8.0 days on average, 0.7 percent of them suspension."""
    average, share = registry.indicators["average_days_absent"], registry.indicators["suspension_share_of_absence"]
    assert round(average.value(3883289, 48321), 1) == 8 and round(share.value(25439, 3883289), 3) == Fraction(655, 1000)
    assert registry.indicators["days_lost_to_suspension"].value(5, 100) == Fraction(1, 2)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("days_absent", "12.34", "not_tenths"),
        ("days_excused", "1,234.5", "bad_number"),
        ("days_absent", "-1.0", "negative"),
        ("average_days", "99.9", "rate_mismatch"),
        ("percent_unexcused", "99.9", "rate_mismatch"),
        ("days_excused", "*", "partial_star"),
        ("eligible_enrollment", "50.5", "not_whole"),
    ],
)
def test_a_row_of_days_that_cannot_be_right_is_refused(column: str, value: str, code: str, tmp_path: Path) -> None:
    sheet = world.counts("absenteeism_reason")
    edited = sheet.edit(
        lambda row: {column: value}, lambda row: row["aggregate_level"] == "S" and row["days_absent"] != "*", most=1
    )
    (tmp_path / "file.txt").write_bytes(edited.bytes())
    said = [f for f in ingest.read([tmp_path / "file.txt"], tmp_path / "work").findings if f.level == "FAIL"]
    assert [f.code for f in said] == [code] and said[0].line and said[0].sentence.endswith(".")


def test_where_few_are_chronically_absent_their_days_cannot_be_had(tmp_path: Path) -> None:
    """CAY withheld: CAN loses its numbers, in every measure of the file."""
    sheet = world.counts("absenteeism_reason")
    entity = next(e for e, _ in cells(sheet, "absenteeism_reason") if not e.endswith("0000000"))

    def few(row: dict[str, str]) -> dict[str, str]:
        return {c: "*" for c in row if c.startswith(("days_", "percent_", "average_", "students_", "eligible_"))}

    place = (entity[2:7], entity[7:])
    for number, (hidden, status) in enumerate((("CAY", "withheld"), ("CAN", "counts_withheld"))):
        dark = sheet.edit(
            few, lambda row, h=hidden: (row["district_code"], row["school_code"], row["reporting_category"]) == (*place, h)
        )
        (tmp_path / str(number)).mkdir()
        share = [r for r in build(tmp_path / str(number), dark)["chronic_share_of_absence"] if r["entity"] == entity]
        assert [(r["student_group"], r["status"], r["numerator"]) for r in share] == [("CAY", status, None)]


def test_days_must_add_up_to_their_total(tmp_path: Path) -> None:
    sheet = world.counts("absenteeism_reason")

    def moved(row: dict[str, str]) -> dict[str, str]:
        days, total = Decimal(row["days_suspension"]) + 3, Decimal(row["days_absent"])
        return {"days_suspension": str(days), "percent_suspension": world.half_up(int(days * 10), int(total * 10))}

    edited = sheet.edit(moved, lambda row: row["aggregate_level"] == "S" and row["days_absent"] != "*", most=1)
    (tmp_path / "file.txt").write_bytes(edited.bytes())
    assert "sum_differs" in {f.code for f in ingest.read([tmp_path / "file.txt"], tmp_path / "work").findings}


def test_two_files_about_the_same_students_close_the_same_cells(tmp_path: Path) -> None:
    """Eligible enrollment stands in two of CDE's files, equal in every school: what one hides the other must not print."""
    made = build(tmp_path, world.counts(third=True), world.counts("absenteeism_reason", third=True))

    def shut(indicator: str) -> set[tuple]:
        return {(r["entity"], r["student_group"]) for r in made[indicator] if r["status"] == "counts_withheld"}

    assert shut("chronic_absenteeism_rate") and shut("chronic_absenteeism_rate") == shut("days_absent_per_student")
