"""The unduplicated pupil count workbook: two sheets, charter schools in both, district offices, `'No '` and no state row."""

import os
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from data import builds, ingest, registry, sources, warehouse
from tests.fixtures import workbooks, world

REAL = Path(os.environ.get("RTAC_REAL", Path(__file__).parents[1].parent / "shared/real"))
SHARE = "unduplicated_pupil_share"
COLUMNS = "level, entity, year, total_enrollment, unduplicated_pupils, status"
FAMILY = sources.families["unduplicated_pupils"]
HEADERS = FAMILY.layouts[-1].headers
LACKS = {"2018-19": {"tribal_foster"}, "2022-23": set(), "2023-24": {"provision"}}
"""Columns that a year's workbook does not have."""
OFFICE = ("01", "60101", "0000000", "District Office", "7", "3", "N/A")
CHARTER = ("01", "60101", "0101110", "Niños Unidos Elementary", "401", "250", "Yes")


def sheets(label: str = "2023-24", **changed: str) -> dict[str, world.Sheet]:
    """The two invented sheets. `changed`: cells of the charter school's row in the sheet of schools, by canonical column."""
    columns = tuple(c for c in HEADERS if c not in {"sheet", *LACKS[label]})
    district, empty = ("01", "60101", "0000000", "N/A", "907", "433", "N/A"), ("02", "60201", "0000000", "N/A", "0", "0", "N/A")
    agencies = [district, CHARTER, empty]
    schools = [
        CHARTER, ("01", "60101", "0101120", "Invented Oak", "880", "430", "No "), OFFICE,
        ("01", "60101", "0101130", "Invented Elm", "20", "0", "N "), ("02", "60201", "0102110", "Nobody School", "0", "0", "No"),
    ]  # fmt: skip

    def row(said: tuple[str, ...], more: dict[str, str]) -> tuple[str, ...]:
        year = {"academic_year": f"20{label[2:5]}20{label[5:]}", "county_name": "Alameda", "district_name": "Sample Valley"}
        codes = ("county_code", "district_code", "school_code")
        names = (*codes, "school_name", "total_enrollment", "unduplicated_pupils", "charter")
        every = {**dict.fromkeys(columns, "N/A"), **year, **dict(zip(names, said, strict=True)), **more}
        return tuple(every[c] for c in columns)

    header = tuple(HEADERS[c].replace(" ", " \n", 1) for c in columns)
    wide = ("",) * (len(columns) - 1)
    banner = (("Unduplicated Pupil Count", *wide), ("Invented", *wide), header)

    def sheet(rows: list[tuple[str, ...]], more: dict[str, str]) -> world.Sheet:
        return world.Sheet(columns, banner[0], (*banner[1:], *(row(r, more if r is CHARTER else {}) for r in rows)))

    return {
        "Title_Page": world.Sheet(("text",), ("Unduplicated Pupil Count",), (("Invented",),)),
        "LEA-Level_CALPADS_UPC_Data": sheet(agencies, {}),
        "School-Level_CALPADS_UPC_Data": sheet(schools, changed),
        "Notes": world.Sheet(("text",), ("Notes",), (("Nothing",),)),
    }


def read(folder: Path, made: dict[str, world.Sheet], name: str = "cupc.xlsx") -> ingest.Reading:
    (folder / name).write_bytes(workbooks.tables(**made))
    return ingest.read([folder / name], folder / "work")


def rows(reading: ingest.Reading) -> list[tuple]:
    assert not reading.failed, [f.sentence for f in reading.findings if f.level == "FAIL"]
    text = f"select {COLUMNS} from read_parquet($f) order by all"
    return duckdb.connect().execute(text, {"f": str(reading.extracts[FAMILY.name][0])}).fetchall()


@pytest.mark.parametrize("label", LACKS)
def test_every_layout_gives_districts_and_schools(label: str, tmp_path: Path) -> None:
    year = 2000 + int(label[-2:])
    reading = read(tmp_path, sheets(label))
    assert rows(reading) == [
        ("district", "01601010000000", year, 907, 433, "published"),
        ("district", "02602010000000", year, None, None, "not_published"),
        ("school", "01601010000000", year, 7, 3, "published"),
        ("school", "01601010101110", year, 401, 250, "published"),
        ("school", "01601010101120", year, 880, 430, "published"),
        ("school", "01601010101130", year, 20, 0, "zero"),
        ("school", "02602010102110", year, None, None, "not_published"),
    ]
    assert [(s.layout, s.year, s.encoding, s.rows) for s in reading.sources] == [("2018-19 on", year, "workbook", 8)]
    assert "control_total" in {f.code for f in reading.findings if f.level == "PASS"}


@pytest.mark.parametrize(("change", "code"), [
    ({"academic_year": "2023-24"}, "year_label"),
    ({"academic_year": "2022-2024"}, "year_label"),
    ({"academic_year": "2021-2022"}, "mixed_years"),
    ({"county_code": "59"}, "unknown_county"),
    ({"district_code": "6010A"}, "bad_code"),
    ({"school_code": "01011100"}, "bad_code"),
    ({"charter": "Maybe"}, "bad_scope"),
    ({"total_enrollment": "*"}, "bad_number"),
    ({"unduplicated_pupils": "1,250"}, "bad_number"),
    ({"unduplicated_pupils": "402"}, "count_above_enrollment"),
    ({"total_enrollment": "4010"}, "control_total"),
    ({"school_code": "0101120"}, "duplicates_differ"),
])  # fmt: skip
def test_a_row_that_cannot_be_right_is_refused(change: dict[str, str], code: str, tmp_path: Path) -> None:
    said = [f for f in read(tmp_path, sheets(**change)).findings if f.level == "FAIL"]
    assert [f.code for f in said] == [code] and said[0].sentence.endswith(".")


def test_a_workbook_of_one_sheet_or_of_two_kinds(tmp_path: Path) -> None:
    made = sheets()
    lea = made.pop("LEA-Level_CALPADS_UPC_Data")
    one = read(tmp_path, made)
    assert not one.failed and {f.code for f in one.findings if f.level == "WARN"} == {"level_missing"}
    other = sheets("2022-23")["School-Level_CALPADS_UPC_Data"]
    mixed = read(tmp_path, {"LEA-Level": lea, "School-Level": other}, "mixed.xlsx")
    assert "sheets_differ" in {f.code for f in mixed.findings if f.level == "FAIL"}


def test_a_build_has_the_share_of_districts_and_schools_and_of_nothing_above(tmp_path: Path, home: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "chronicabsenteeism24.txt").write_bytes(world.counts().bytes())
    (tmp_path / "in" / "cupc2324-k12.xlsx").write_bytes(workbooks.tables(**sheets()))
    builds.build([tmp_path / "in"])
    found = warehouse.query(
        "select level::varchar as level, entity, numerator, denominator, status::varchar as status from facts_by_group "
        "where indicator = $indicator and status <> 'not_published' order by all", {"indicator": SHARE},
    )  # fmt: skip
    assert found.values.tolist() == [
        ["district", "01601010000000", 433, 907, "published"],
        ["school", "01601010101110", 250, 401, "published"],
        ["school", "01601010101120", 430, 880, "published"],
        ["school", "01601010101130", 0, 20, "zero"],
    ]
    above = warehouse.query(
        "select count(*) as n from facts_by_group where indicator = $indicator and level in ('state', 'region', 'county')",
        {"indicator": SHARE},
    )
    assert above.n[0] == 0 and registry.indicators[SHARE].better == "none"


@pytest.mark.real
@pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real files is absent")
def test_the_real_workbook(tmp_path: Path) -> None:
    reading = ingest.read([REAL / "cupc2223-k12.xlsx"], tmp_path)
    found = rows(reading)
    assert [(s.rows, s.year, s.layout) for s in reading.sources] == [(12846, 2023, "2018-19 on")]
    assert [sum(r[0] == level for r in found) for level in ("district", "school")] == [998, 10580]
    assert {r[5] for r in found} == {"published", "zero", "not_published"}
    assert ("district", "58727690000000", 2023, 1096, 885, "published") in found  # Wheatland Union High
    assert ("school", "01100170130419", 2023, 54, 46, "published") in found  # Alameda County Community, charter 'No '
    assert ("school", "01100170112607", 2023, 272, 224, "published") in found  # a charter school, in both sheets
    assert not any(r[1] == "01100170112607" for r in found if r[0] == "district")
    schools = [(r[3], r[4]) for r in found if r[0] == "school" and r[3]]
    share = Fraction(100 * sum(k for _, k in schools), sum(n for n, _ in schools))
    assert round(float(share), 1) == 64.3  # as CDE says of 2022-23; the workbook has no row of it, so no fact does
