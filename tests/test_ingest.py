"""Every family and layout: typed rows equal a table that a person can read."""

import gzip
import zipfile
from pathlib import Path

import duckdb
import pytest

from data import ingest
from tests.fixtures import world

FIXTURES = Path(__file__).parent / "fixtures"
CHRONIC = "level, entity, student_group, eligible_enrollment, chronically_absent, status"


def extract(reading: ingest.Reading, family: str, columns: str, order: str = "all") -> list[tuple]:
    assert not reading.failed, [f.sentence for f in reading.findings if f.level == "FAIL"]
    files = [str(p) for p in reading.extracts[family]]
    return (
        duckdb.connect()
        .execute(f"select {columns} from read_parquet($files, union_by_name = true) order by {order}", {"files": files})
        .fetchall()
    )


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


CHRONIC_FIXTURES = {
    "chronic_2017_first.txt": (2017, "GRK8", "first 2016-17"),
    "chronic_2018_first.txt": (2018, "GRK8", "first 2017-18"),
    "chronic_2019_rereleased.txt": (2019, "GRK8", "re-released 2016-17 to 2018-19"),
    "chronic_2022.txt": (2022, "GRK8", "2020-21 to 2021-22-v2"),
    "chronic_2022_v3.txt": (2022, "GRK8", "2021-22-v3 on"),
    "chronic_2024.txt": (2024, "GRTK8", "2021-22-v3 on"),
}


@pytest.mark.parametrize(("file", "said"), CHRONIC_FIXTURES.items())
def test_each_chronic_layout(file: str, said: tuple[int, str, str], tmp_path: Path) -> None:
    year, grade, layout = said
    reading = ingest.read([FIXTURES / file], tmp_path)
    assert extract(reading, "chronic_absenteeism", CHRONIC, "level, entity, student_group") == [
        ("county", "01000000000000", "TA", 1212, 303, "published"),
        ("district", "01601010000000", "RB", 20, 0, "zero"),
        ("district", "01601010000000", "TA", 800, 200, "published"),
        ("school", "01601010101110", grade, None, None, "withheld"),
        ("school", "01601010101110", "RB", None, None, "withheld"),
        ("school", "01601010101110", "TA", 400, 97, "published"),
        ("school", "01601010101128", "TA", 390, 11, "published"),
        ("state", "00000000000000", "TA", 1200, 300, "published"),
    ]
    assert {y for (y,) in extract(reading, "chronic_absenteeism", "distinct year")} == {year}
    assert [(s.family, s.year, s.layout) for s in reading.sources] == [("chronic_absenteeism", year, layout)]
    assert extract(reading, "chronic_absenteeism", "distinct district_name, school_name, charter, county")[-1] == (
        "Sample Valley Unified",
        "Niños Unidos",
        "no",
        "01",
    )


SUSPENSION_FIXTURES = {
    "suspension_2015_errata.txt": (2015, "2011-12 to 2016-17", "utf-8"),
    "suspension_2019.txt": (2019, "2017-18 to 2020-21", "cp1252"),
    "suspension_2024_bom.txt": (2024, "2021-22 on", "utf-8 with BOM"),
    "suspension_2024_totals.txt": (2024, "totals only", "cp1252"),
}


@pytest.mark.parametrize(("file", "said"), SUSPENSION_FIXTURES.items())
def test_each_suspension_layout(file: str, said: tuple[int, str, str], tmp_path: Path) -> None:
    year, layout, encoding = said
    reading = ingest.read([FIXTURES / file], tmp_path)
    rows = extract(
        reading,
        "suspension",
        "level, entity, student_group, cumulative_enrollment, students_suspended, total_suspensions, suspensions_drugs, status",
        "level, entity, student_group",
    )
    whole = layout != "totals only"
    assert rows == [
        ("county", "01000000000000", "TA", 1212, 36, 50 if whole else None, 5 if whole else None, "published"),
        ("district", "01601010000000", "RB", 20, 0, 0 if whole else None, 0 if whole else None, "zero"),
        ("district", "01601010000000", "TA", 800, 29, 40 if whole else None, 4 if whole else None, "published"),
        ("school", "01601010101110", "RB", None, None, None, None, "withheld"),
        ("school", "01601010101110", "TA", 400, 12, 20 if whole else None, 2 if whole else None, "published"),
        ("state", "00000000000000", "TA", 1200, 36, 50 if whole else None, 5 if whole else None, "published"),
    ]
    assert [(s.year, s.layout, s.encoding) for s in reading.sources] == [(year, layout, encoding)]


def test_cdes_directory_without_its_people(tmp_path: Path) -> None:
    reading = ingest.read([FIXTURES / "pubschls.txt"], tmp_path)
    columns = "entity, level, county, name, district_name, low_grade, high_grade, school_level, enrollment, charter, status"
    assert extract(reading, "directory", f"{columns}, opened::varchar, closed::varchar, latitude") == [
        (
            "01601010000000",
            "district",
            "01",
            "Sample Valley Unified",
            "Sample Valley Unified",
            "",
            "",
            "",
            None,
            "",
            "active",
            None,
            None,
            37.5,
        ),
        (
            "01601010101110",
            "school",
            "01",
            "Niños Unidos",
            "Sample Valley Unified",
            "K",
            "6",
            "elementary",
            None,
            "no",
            "active",
            "1990-08-15",
            None,
            37.5,
        ),
        (
            "01601010101128",
            "school",
            "01",
            'Invented Oak "High"',
            "Sample Valley Unified",
            "9",
            "12",
            "high",
            None,
            "yes",
            "closed",
            "1980-07-01",
            "2019-06-30",
            None,
        ),
    ]
    stored = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert b"Planted" not in stored and b"555-0100" not in stored
    assert reading.sources[0].personal


def test_school_list_by_its_column_map(tmp_path: Path) -> None:
    reading = ingest.read([FIXTURES / "schools_list.csv"], tmp_path)
    assert extract(
        reading,
        "directory",
        "entity, level, name, low_grade, high_grade, school_level, enrollment, charter, dass, status, longitude",
    ) == [
        ("01601010101110", "school", "Niños Unidos", "K", "8", "elementary", 400, "no", "no", "active", -121.9),
        ("01601010101128", "school", "Invented Oak, High", "9", "12", "k12", 390, "yes", "yes", "closed", -121.8),
    ]


def test_grantees_in_every_accepted_spelling(tmp_path: Path) -> None:
    reading = ingest.read([FIXTURES / "grantees.csv"], tmp_path)
    assert extract(reading, "grantees", "entity, level, grant_type, cohort, starts, ends") == [
        ("01601010000000", "district", "planning", 2, 2024, 2025),
        ("01601010101110", "school", "implementation", 1, 2023, 2027),
        ("01601020000000", "district", "coordination", None, 2023, 2028),
        ("02602010102110", "school", "implementation", 2, 2024, 2028),
    ]


def test_any_order_mix_name_and_wrapping(tmp_path: Path) -> None:
    box = tmp_path / "box"
    (box / "deep" / "er").mkdir(parents=True)
    write(box, "a.txt", world.counts("suspension").bytes())
    write(box / "deep" / "er", "whatever.tsv", world.directory().bytes())
    (box / "deep" / "b.txt.gz").write_bytes(gzip.compress(world.counts(year=2023).bytes()))
    with zipfile.ZipFile(box / "c.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/chronicabsenteeism24.txt", world.counts().bytes())
        archive.writestr("list.csv", world.grantees().bytes(mark=","))
        archive.writestr("__MACOSX/._list.csv", b"\0")
    write(box, "README.md", b"not data")
    reading = ingest.read([box], tmp_path / "work")
    assert not reading.failed, reading.findings
    assert {f: len(p) for f, p in reading.extracts.items()} == {
        "suspension": 1,
        "directory": 1,
        "chronic_absenteeism": 2,
        "grantees": 1,
    }
    assert "c.zip/chronicabsenteeism24.txt" in [s.name for s in reading.sources]


def test_a_file_says_the_same_whatever_its_wrapping(tmp_path: Path) -> None:
    sheet = world.counts()
    variants = {
        "plain.txt": sheet.bytes("utf-8"),
        "bom.txt": sheet.bytes("utf-8-sig"),
        "cp1252.txt": sheet.bytes("cp1252"),
        "lf.txt": sheet.bytes("utf-8", "\n"),
        "mixed.txt": sheet.bytes("utf-8").replace(b"\r\n", b"\n", 40),
    }
    found = {}
    for name, content in variants.items():
        reading = ingest.read([write(tmp_path, name, content)], tmp_path / name.split(".")[0])
        found[name] = reading.sources[0].content_sha256
        assert len({s.sha256 for s in reading.sources}) == 1
    assert len(set(found.values())) == 1, found


def test_one_directory_of_two(tmp_path: Path) -> None:
    reading = ingest.read([FIXTURES / "pubschls.txt", FIXTURES / "schools_list.csv"], tmp_path)
    rows = extract(reading, "directory", "entity, name, enrollment, dass, opened::varchar, latitude")
    assert rows[1] == ("01601010101110", "Niños Unidos", 400, "no", "1990-08-15", 37.5) and len(rows) == 3


def test_progress_is_said(tmp_path: Path) -> None:
    said = []
    ingest.read([FIXTURES / "chronic_2024.txt", FIXTURES / "grantees.csv"], tmp_path, lambda *step: said.append(step))
    assert said == [("reading files", 1, 2), ("reading files", 2, 2)]
