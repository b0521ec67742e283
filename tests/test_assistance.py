"""Assistance status workbooks, LCFF and ESSA: from the workbook to the served table; `*` is a blank there and hides nothing."""

import os
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from data import builds, ingest, sources, sql, warehouse
from tests.fixtures import workbooks, world

REAL = Path(os.environ.get("RTAC_REAL", Path(__file__).parents[1].parent / "shared/real"))
COLUMNS = "entity, level, program, year, status, groups, priorities"
DISTRICTS = [f"{county}{district}0000000" for level, county, district, *_ in world._places() if level == "D"]
SCHOOLS = [f"{county}{district}{school}" for level, county, district, school, *_ in world._places() if level == "S"]


def sheet(family: str, **marked: str) -> world.Sheet:
    """An invented workbook of one family in its newest layout. `marked`: cells of its second row by canonical column."""
    kind = sources.families[family]
    layout = kind.layouts[-1]
    columns, lcff = tuple(layout.headers), family == "lcff_assistance"
    blank = {c: "*" if lcff else "0" for c in columns if c.startswith("group_")}
    status = dict.fromkeys((c for c in columns if c.startswith("status_")), "General Assistance" if lcff else "No Status")
    plain = {**dict.fromkeys(columns, "*"), **blank, **status, "total_groups": "0", "report_year": layout.name}
    places = DISTRICTS if lcff else SCHOOLS
    rows = [{**plain, "cds": entity, **(marked if number == 1 else {})} for number, entity in enumerate(places)]
    return world.Sheet(columns, tuple(layout.headers.values()), tuple(tuple(row[c] for c in columns) for row in rows))


LCFF = {
    "group_FOS": "C", "group_LTEL": "K", "group_MR": "E", "total_groups": "3", "status_2017": "*",
    "status_2024": "Differentiated Assistance, Year 2",
}  # fmt: skip
ESSA = {"group_AA": "1", "group_SWD": "1", "total_groups": "2", "status_2022": "CSI Grad", "status_2023": "ATSI"}


def as_book(made: world.Sheet) -> bytes:
    """The sheet as CDE gives it: a banner over the header."""
    wide = len(made.columns) - 1
    banner = [("Invented Eligibility File", *[""] * wide), ("*=blank cell (e-reader accessibility)", *[""] * wide)]
    return workbooks.table(world.Sheet(made.columns, banner[0], (banner[1], made.header, *made.rows)))


def read(folder: Path, *sheets: world.Sheet) -> ingest.Reading:
    (folder / "in").mkdir()
    for number, made in enumerate(sheets):
        (folder / "in" / f"{number}.xlsx").write_bytes(as_book(made))
    return ingest.read([folder / "in"], folder / "work")


def extract(reading: ingest.Reading, family: str, where: str = "true") -> list[tuple]:
    assert not reading.failed, [f.sentence for f in reading.findings if f.level == "FAIL"]
    text = f"select {COLUMNS} from read_parquet($f) where {where} order by all"
    return duckdb.connect().execute(text, {"f": str(reading.extracts[family][0])}).fetchall()


def test_a_workbook_becomes_a_row_a_place_and_year(tmp_path: Path) -> None:
    reading = read(tmp_path, sheet("lcff_assistance", **LCFF), sheet("essa_assistance", **ESSA))
    assert {(s.family, s.year, s.encoding) for s in reading.sources} == {
        ("lcff_assistance", 2024, "workbook"),
        ("essa_assistance", 2023, "workbook"),
    }
    found = extract(reading, "lcff_assistance", f"entity = '{DISTRICTS[1]}'")
    ours = (DISTRICTS[1], "district", "LCFF")
    assert found == [
        *((*ours, year, "General Assistance", None, None) for year in (2018, 2019, 2022, 2023)),
        (*ours, 2024, "Differentiated Assistance, Year 2", ["FOS", "LTEL", "MR"], [[5, 6], [4, 5, 6, 8], [4, 8]]),
    ]
    assert len(extract(reading, "lcff_assistance")) == 6 * len(DISTRICTS) - 1
    found = extract(reading, "essa_assistance", f"entity = '{SCHOOLS[1]}' and year >= 2022")
    ours = (SCHOOLS[1], "school", "ESSA")
    assert found == [(*ours, 2022, "CSI Grad", None, None), (*ours, 2023, "ATSI", ["AA", "SWD"], None)]
    assert extract(reading, "essa_assistance", f"entity = '{SCHOOLS[0]}' and year = 2023")[0][4:] == ("No Status", [], None)


@pytest.mark.parametrize(("family", "change", "code", "column"), [
    ("lcff_assistance", {"group_FOS": "Z", "total_groups": "1"}, "unknown_mark", "group_FOS"),
    ("lcff_assistance", {"group_FOS": "C"}, "groups_differ", "total_groups"),
    ("lcff_assistance", {"status_2024": "Special Assistance"}, "unknown_status", "status_2024"),
    ("lcff_assistance", {"cds": "0110017"}, "unknown_county", "cds"),
    ("lcff_assistance", {"report_year": "23-24"}, "year_label", "report_year"),
    ("lcff_assistance", {"report_year": "2023"}, "mixed_years", "academic_year"),
    ("essa_assistance", {"group_AA": "2", "total_groups": "1"}, "unknown_mark", "group_AA"),
    ("essa_assistance", {"status_2023": "General Assistance"}, "unknown_status", "status_2023"),
    ("essa_assistance", {"cds": "99100170112607"}, "unknown_county", "cds"),
    ("essa_assistance", {"cds": "01-10017-0112607"}, "bad_code", "cds"),
    ("essa_assistance", {"cds": SCHOOLS[0], "status_2023": "ATSI"}, "duplicates_differ", ""),
])  # fmt: skip
def test_a_row_that_cannot_be_right_is_refused(
    family: str, change: dict[str, str], code: str, column: str, tmp_path: Path
) -> None:
    said = [f for f in read(tmp_path, sheet(family, **change)).findings if f.level == "FAIL"]
    header = sources.families[family].layouts[-1].headers.get(column, column)
    assert [(f.code, f.column) for f in said] == [(code, header)] and said[0].line == 3 and said[0].sentence.endswith(".")


def test_another_years_workbook_needs_one_more_column(tmp_path: Path) -> None:
    made = sheet("lcff_assistance")
    later = world.Sheet((*made.columns, "new"), (*made.header, "AssistanceStatus2025"), tuple((*r, "*") for r in made.rows))
    [said] = [f for f in read(tmp_path, later).findings if f.level == "FAIL"]
    assert said.code == "extra_column" and "AssistanceStatus2025" in said.sentence and "lcff_assistance.csv" in said.sentence


def test_a_build_serves_the_status_of_its_places(tmp_path: Path, home: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "chronicabsenteeism24.txt").write_bytes(world.counts().bytes())
    before = builds.build([tmp_path / "in"])
    assert "assistance.parquet" not in before["files"]
    assert not len(warehouse.query("select * from assistance", {}))
    third = DISTRICTS[2]
    stranger = sheet("lcff_assistance", **LCFF).edit(lambda row: {"cds": "58999990000000"}, lambda row: row["cds"] == third)
    (tmp_path / "in" / "assistancestatus24.xlsx").write_bytes(as_book(stranger))
    (tmp_path / "in" / "essaassistance23.xlsx").write_bytes(as_book(sheet("essa_assistance", **ESSA)))
    manifest = builds.build([tmp_path / "in"])
    assert "assistance.parquet" in manifest["files"] and any("no directory names, kept out: 1" in f["sentence"]
                                                             for f in manifest["findings"])
    found = warehouse.query("select program, count(*) as n, count(distinct entity) as places from assistance group by all "
                            "order by all", {})
    assert found.values.tolist() == [
        ["ESSA", 6 * len(SCHOOLS), len(SCHOOLS)],
        ["LCFF", 6 * (len(DISTRICTS) - 1) - 1, len(DISTRICTS) - 1],
    ]
    row = warehouse.query(f"select {COLUMNS} from assistance where entity = $entity and year = 2024", {"entity": DISTRICTS[1]})
    assert list(row.groups[0]) == ["FOS", "LTEL", "MR"] and [list(p) for p in row.priorities[0]] == [[5, 6], [4, 5, 6, 8], [4, 8]]


def test_a_years_own_workbook_leads_and_then_the_newest(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 2023 two workbooks tell: its own knows the student groups. Of 2022 both are later; the newer one is taken."""
    family = sources.families["lcff_assistance"]
    monkeypatch.setitem(sources.families, family.name, replace(family, years=(2023, 2024)))
    older = sheet("lcff_assistance", report_year="2023", group_AA="A", total_groups="1",
                  status_2022="Differentiated Assistance", status_2023="Differentiated Assistance, Year 1")
    older = older.edit(lambda row: {"report_year": "2023"})
    reading = read(tmp_path, older, sheet("lcff_assistance"))
    assert not reading.failed
    con = duckdb.connect()
    con.execute("create table places as select $entity as entity, 'district' as level", {"entity": DISTRICTS[1]})
    con.read_parquet([str(p) for p in reading.extracts["lcff_assistance"]], union_by_name=True).create_view("assistance_rows")
    found = {row[3]: row[4:6] for row in con.execute(sql.text("assistance_known")).fetchall()}
    assert found[2023] == ("Differentiated Assistance, Year 1", ["AA"]) and found[2022] == ("General Assistance", None)
    assert found[2024] == ("General Assistance", [])


@pytest.mark.real
@pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real files is absent")
def test_the_real_workbooks(tmp_path: Path) -> None:
    reading = ingest.read([REAL / "assistancestatus24.xlsx", REAL / "essaassistance23.xlsx"], tmp_path)
    lcff, essa = extract(reading, "lcff_assistance"), extract(reading, "essa_assistance")
    assert {s.name: s.rows for s in reading.sources} == {"assistancestatus24.xlsx": 994, "essaassistance23.xlsx": 10044}
    assert (len(lcff), len({r[0] for r in lcff}), len(essa), len({r[0] for r in essa})) == (5872, 994, 60264, 10044)
    eligible = [r for r in lcff if r[3] == 2024 and r[4] != "General Assistance"]
    assert len(eligible) == 436 + 153 and sum(r[3] == 2023 and r[4] == "CSI Low Perform" for r in essa) == 540
    office = ("01100170000000", "district", "LCFF")
    assert [r for r in lcff if r[0] == office[0]] == [
        (*office, 2018, "Differentiated Assistance", None, None),
        (*office, 2019, "General Assistance", None, None),
        (*office, 2022, "General Assistance", None, None),
        (*office, 2023, "Differentiated Assistance, Year 1", None, None),
        (*office, 2024, "Differentiated Assistance, Year 1", ["FOS", "HI", "HOM", "SED"], [[5, 8]] * 4),
    ]
    academy = ("01100170112607", "school", "ESSA")
    assert [r[3:] for r in essa if r[0] == academy[0] and r[3] >= 2021] == [
        (2021, "No Status", None, None),
        (2022, "ATSI", None, None),
        (2023, "ATSI", ["AA", "SWD"], None),
    ]
    assert sum(len(r[5]) for r in essa if r[3] == 2023) == 447 + 14 + 53 + 364 + 15 + 45 + 178 + 303 + 2 + 146 + 1117 + 369 + 225
