"""California School Dashboard files: every layout, two indicators, the state's own status beside them, and what stays hidden."""

from pathlib import Path

import attacker
import duckdb
import pytest

from data import builds, dashboard, ingest, registry, sources, warehouse
from tests.fixtures import dashboard as made_up
from tests.fixtures import workbooks, world
from tests.test_families import build, rows

FAMILIES = {"chronic_dashboard": "chronic_absenteeism_dashboard", "suspension_dashboard": "suspension_dashboard"}
YEARS = {"2017": 2017, "2018 and 2019": 2019, "2022": 2022, "2023": 2023, "2024 on": 2025}
RACES = {"race": ("ALL", ("AA", "AI", "AS", "FI", "HI", "PI", "MR", "WH"))}


def cells(sheet: world.Sheet) -> dict[str, dict[str, tuple[int, int] | None]]:
    """Entity -> group -> (numerator, denominator), or None where the sheet has blanks."""
    out: dict = {}
    for row in sheet.rows:
        said = dict(zip(sheet.columns, row, strict=True))
        numbers = (int(said["currnumer"]), int(said["currdenom"])) if said["currnumer"] else None
        out.setdefault(said["cds"], {})[said["studentgroup"]] = numbers
    return out


def lonely(lines: dict) -> str | None:
    """The race that must lose its counts: the smallest of the others where exactly one is withheld."""
    races = {g: lines[g] for g in RACES["race"][1] if g in lines}
    shown = sorted((pair[1], g) for g, pair in races.items() if pair)
    return shown[0][1] if len(races) - len(shown) == 1 and lines["ALL"] else None


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("layout", YEARS)
@pytest.mark.parametrize("printed", [False, True])
def test_every_layout_becomes_facts_and_official_rows(family: str, layout: str, printed: bool, tmp_path: Path) -> None:
    sheet = made_up.sheet(family, YEARS[layout], layout, printed)
    facts = build(tmp_path, sheet)[FAMILIES[family]]
    theirs = cells(sheet)
    assert {r["level"] for r in facts} == {"state", "district", "school"} and {r["year"] for r in facts} == {YEARS[layout]}
    for row in facts:
        numbers = theirs[row["entity"]].get(row["student_group"])
        if row["status"] == "counts_withheld":
            assert row["student_group"] == lonely(theirs[row["entity"]]) and row["numerator"] is None
        else:
            assert (row["numerator"], row["denominator"]) == (numbers or (None, None))
            assert row["status"] == ("withheld" if numbers is None else "zero" if numbers[0] == 0 else "published")
    official = rows(duckdb.connect(), tmp_path / "official.parquet")
    shown = {(r["entity"], r["student_group"]): r for r in facts if r["status"] in ("published", "zero")}
    assert {(r["entity"], r["student_group"]) for r in official} == shown.keys()
    for row in official:
        fact = shown[row["entity"], row["student_group"]]
        assert row["status_level"] == made_up.level_of(row["rate_tenths"])
        assert abs(row["rate_tenths"] * fact["denominator"] - 1000 * fact["numerator"]) * 2 <= fact["denominator"]
        assert (row["color"] == 2) == (fact["denominator"] >= 30 and layout != "2022")
        assert (row["change_tenths"] is None) == (layout == "2022")


@pytest.mark.parametrize("family", FAMILIES)
def test_races_are_closed_and_the_change_goes_with_last_years_cell(family: str, tmp_path: Path) -> None:
    before = made_up.sheet(family, 2024, "2024 on", fewest=12)
    after = made_up.sheet(family, 2025, "2024 on", fewest=31)
    after = after.edit(
        lambda row: dict.fromkeys(("currnumer", "currdenom", "currstatus", "statuslevel"), ""),
        lambda row: row["studentgroup"] == "FI",
    )
    facts = build(tmp_path, before, after)[FAMILIES[family]]
    theirs, found = cells(before), 0
    mine: dict = {}
    for row in facts:
        if row["year"] == 2024:
            mine.setdefault(row["entity"], {})[row["student_group"]] = (
                row["status"], row["numerator"], row["denominator"], row["rounded_rate"]
            )  # fmt: skip
    closed = {(e, g) for e, lines in mine.items() for g, c in lines.items() if c[0] == "counts_withheld"}
    assert closed == {(e, g) for e, lines in theirs.items() if (g := lonely(lines))} and closed
    for entity, lines in theirs.items():
        open_file = {g: ("published", *pair, None) if pair else ("withheld", None, None, None) for g, pair in lines.items()}
        found += len(attacker.recovered(open_file, RACES))
        assert not attacker.recovered(mine[entity], RACES)
    assert found
    official = rows(duckdb.connect(), tmp_path / "official.parquet")
    later = {(r["entity"], r["student_group"]): r for r in official if r["year"] == 2025}
    for key in closed & later.keys():
        row = later[key]
        assert row["change_tenths"] is row["change_level"] is row["color"] is row["box"] is None and row["status_level"]
    assert any(r["change_tenths"] is not None for key, r in later.items() if key not in closed)


def test_a_workbook_says_the_same_as_the_text(tmp_path: Path) -> None:
    sheet = made_up.sheet("chronic_dashboard", 2024, "2024 on")
    (tmp_path / "chronicdownload2024.txt").write_bytes(sheet.bytes())
    (tmp_path / "book.xlsx").write_bytes(workbooks.table(sheet))
    text = ingest.read([tmp_path / "chronicdownload2024.txt"], tmp_path / "text")
    book = ingest.read([tmp_path / "book.xlsx"], tmp_path / "book")
    assert not text.failed and not book.failed, [f.sentence for f in (*text.findings, *book.findings) if f.level == "FAIL"]
    assert text.sources[0].content_sha256 == book.sources[0].content_sha256
    assert (text.sources[0].family, text.sources[0].year, book.sources[0].encoding) == ("chronic_dashboard", 2024, "workbook")


def test_a_charter_that_is_its_own_agency_is_one_school(tmp_path: Path) -> None:
    sheet = made_up.sheet("suspension_dashboard", 2025, "2024 on")
    school = next(row for row in sheet.rows if row[sheet.columns.index("rtype")] == "S")
    agency = tuple("D" if c == "rtype" else "60" if c == "box" else v for c, v in zip(sheet.columns, school, strict=True))
    facts = build(tmp_path, world.Sheet(sheet.columns, sheet.header, (*sheet.rows, agency)))["suspension_dashboard"]
    assert len([r for r in facts if r["entity"] == school[0] and r["student_group"] == school[9]]) == 1


BAD = [
    ({"studentgroup": "TA"}, "unknown_group"),
    ({"rtype": "C"}, "unknown_level"),
    ({"cds": "99601010101110"}, "unknown_county"),
    ({"currstatus": "99.9"}, "rate_mismatch"),
    ({"currnumer": ""}, "partial_blank"),
    ({"currnumer": "999999"}, "count_above_enrollment"),
    ({"currnumer": "1,000"}, "bad_number"),
    ({"statuslevel": "6"}, "bad_level"),
    ({"reportingyear": "24"}, "year_label"),
    ({"reportingyear": "2021"}, "mixed_years"),
]


@pytest.mark.parametrize(("change", "code"), BAD, ids=[c for _, c in BAD])
def test_a_row_that_cannot_be_right_is_refused(change: dict[str, str], code: str, tmp_path: Path) -> None:
    sheet = made_up.sheet("chronic_dashboard", 2024, "2024 on")
    edited = sheet.edit(lambda row: change, lambda row: row["rtype"] == "S" and row["currnumer"] != "", most=1)
    (tmp_path / "file.txt").write_bytes(edited.bytes())
    said = [f for f in ingest.read([tmp_path / "file.txt"], tmp_path / "work").findings if f.level == "FAIL"]
    assert [f.code for f in said] == [code] and said[0].line == edited.line(lambda row: change.items() <= row.items())


def test_another_indicator_with_the_same_columns_is_refused(tmp_path: Path) -> None:
    """Graduation: the higher rate has the better level."""
    sheet = made_up.sheet("chronic_dashboard", 2024, "2024 on")
    turned = sheet.edit(lambda row: {"statuslevel": str(6 - int(row["statuslevel"]))}, lambda row: row["statuslevel"] != "0")
    (tmp_path / "file.txt").write_bytes(turned.bytes())
    assert "other_indicator" in {f.code for f in ingest.read([tmp_path / "file.txt"], tmp_path / "work").findings}


def test_the_two_vocabularies_are_never_mixed() -> None:
    lines = {v: {g.line for g in registry.student_groups if g.vocabulary == v} for v in ("dataquest", "dashboard")}
    assert not lines["dataquest"] & lines["dashboard"]
    assert registry.line_of("dashboard", "LT EL") == "LTEL" and registry.line_of("dashboard", "TA") is None
    assert {sources.families[f].vocabulary for f in FAMILIES} == {"dashboard"}
    assert len(dashboard.RULES) < 255


def test_a_build_serves_the_official_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RTAC_HOME", str(tmp_path / "home"))
    (tmp_path / "in").mkdir()
    for year in (2024, 2025):
        sheet = made_up.sheet("chronic_dashboard", year, "2024 on")
        (tmp_path / "in" / f"chronicdownload{year}.txt").write_bytes(sheet.bytes())
    (tmp_path / "in" / "chronicabsenteeism24.txt").write_bytes(world.counts(third=True).bytes())
    manifest = builds.build([tmp_path / "in"])
    assert "official.parquet" in manifest["files"]
    found = warehouse.query("select count(*) as n, count(color) as colored from official where year = $year", {"year": 2025})
    assert found.n[0] > found.colored[0] > 0
