"""Bad inputs, one by one through `ingest.read`: what becomes of each stands in bad_inputs.csv. Nothing refused is loaded."""

import csv
import tempfile
import time
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import apart, ingest
from data.problems import Finding
from tests.fixtures import bad_files, bad_rows, region_rows, world

TABLE = Path(__file__).with_name("bad_inputs.csv")
with TABLE.open(encoding="utf-8", newline="") as handle:
    ROWS = list(csv.DictReader(handle))
OF_FILES = {**bad_files.CASES, **region_rows.CASES}
LEVEL_OF = {"refused": "FAIL", "repaired": "WARN", "warned": "WARN", "held": "WARN", "accepted": "PASS"}
SLOWEST = 5.0
GOOD_COUNTS = (Path(__file__).parent / "fixtures/chronic_2024.txt").read_bytes()
GOOD_DIRECTORY = (Path(__file__).parent / "fixtures/pubschls.txt").read_bytes()
GOOD_GRANTEES = (Path(__file__).parent / "fixtures/grantees.csv").read_bytes()
GOOD_LISTS = [region_rows.text(name, {}) for name in region_rows.ROWS]
PLANTED = ("Planted", "Pupil", "9999999999", "Administrator")


def make(case: str, folder: Path) -> list[Path]:
    """Write the files of a case and return the paths to read."""
    if case in bad_rows.CASES:
        (folder / bad_rows.NAME).write_bytes(bad_rows.CASES[case]())
        return [folder / bad_rows.NAME]
    return OF_FILES[case](folder)


def read(case: str, folder: Path) -> ingest.Reading:
    (folder / "in").mkdir()
    return ingest.read(make(case, folder / "in"), folder / "work")


def test_the_table_and_the_generators_name_the_same_cases() -> None:
    assert {row["case"] for row in ROWS} == bad_rows.CASES.keys() | OF_FILES.keys()
    assert len(ROWS) == len({row["case"] for row in ROWS})


@pytest.mark.parametrize("row", ROWS, ids=[r["case"] for r in ROWS])
def test_bad_input(row: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    paths = make(row["case"], tmp_path / "in")
    monkeypatch.setattr(apart, "LIMITS", apart.Limits(seconds=1))
    start = time.perf_counter()
    reading = ingest.read(paths, tmp_path / "work", confined=row["code"].startswith("too_much_"))
    assert time.perf_counter() - start < SLOWEST
    told = "\n".join(f"{f.level} {f.code} line {f.line}: {f.sentence}" for f in reading.findings)
    assert reading.failed == (row["outcome"] == "refused"), told
    wanted = [f for f in reading.findings if f.level == LEVEL_OF[row["outcome"]] and f.code == row["code"]]
    assert any(row["sentence"] in f.sentence for f in wanted), told
    if row["outcome"] == "accepted":
        assert all(f.level == "PASS" for f in reading.findings), told
    if row["outcome"] == "refused":
        assert sum(map(len, reading.extracts.values())) < max(len(paths), 1), told
    for finding in reading.findings:
        _is_well_said(finding)


def _is_well_said(finding: Finding) -> None:
    assert finding.sentence.endswith(".") and len(finding.sentence) < 400 and finding.sentence.isprintable(), finding
    assert len(finding.value) <= 40 and finding.value.isprintable() and len(finding.file) <= 90 and finding.file.isprintable(), (
        finding
    )
    assert not any(word in f"{finding.sentence}{finding.value}" for word in PLANTED), finding
    assert finding.line is None or finding.line > 0


@pytest.mark.parametrize(
    ("case", "line"),
    [
        ("rate of another row", world.counts().line(bad_rows.a_school)),
        ("unknown student group", world.counts().line(bad_rows.a_school)),
        ("one tab too many", 41),
        ("one tab too few", 41),
        ("NUL in a line", 10),
        ("a 50 MB cell", 2),
        ("header one letter off", 1),
        ("one row of another year", world.counts().line(bad_rows.a_school)),
    ],
)
def test_the_line_at_fault_is_named(case: str, line: int, tmp_path: Path) -> None:
    [finding] = [f for f in read(case, tmp_path).findings if f.level == "FAIL"]
    assert (finding.file, finding.line) == (bad_rows.NAME, line)


@pytest.mark.parametrize(
    "case",
    [
        "UTF-8 BOM",
        "CRLF and LF mixed",
        "reordered columns",
        "trailing tabs",
        "lost leading zeros",
        "codes printed as decimals",
        "trailing blanks in codes",
        "ten duplicate rows",
    ],
)
def test_what_is_accepted_or_repaired_says_the_same(case: str, tmp_path: Path) -> None:
    def rows(reading: ingest.Reading) -> list[tuple]:
        return (
            duckdb.connect()
            .execute("select * from read_parquet($f) order by all", {"f": str(reading.extracts["chronic_absenteeism"][0])})
            .fetchall()
        )

    (tmp_path / "valid").mkdir()
    valid, other = read("valid", tmp_path / "valid"), read(case, tmp_path)
    assert rows(valid) == rows(other)
    if case != "ten duplicate rows":
        assert valid.sources[0].content_sha256 == other.sources[0].content_sha256


@pytest.mark.parametrize("case", ["list of students", "CALPADS extract"])
def test_of_a_list_of_students_nothing_is_kept(case: str, tmp_path: Path) -> None:
    reading = read(case, tmp_path)
    assert not reading.sources
    stored = b"".join(p.read_bytes() for p in (tmp_path / "work").rglob("*") if p.is_file())
    assert b"Planted" not in stored and b"9999999999" not in stored


def test_a_refused_file_does_not_stop_the_others(tmp_path: Path) -> None:
    bad = make("county 59", tmp_path)
    (tmp_path / "good.txt").write_bytes(world.counts("suspension").bytes())
    reading = ingest.read([*bad, tmp_path / "good.txt"], tmp_path / "work")
    assert reading.failed and reading.extracts.keys() == {"suspension"}
    assert {s.name for s in reading.sources} == {"chronicabsenteeism24.txt", "good.txt"}
    assert all(s.path.is_file() and len(s.sha256) == 64 for s in reading.sources)


def test_the_newer_release_is_used(tmp_path: Path) -> None:
    reading = read("two releases of one year", tmp_path)
    assert [(s.name, s.release) for s in reading.sources] == [("chronicabsenteeism24-v2.txt", 2)]
    assert len(reading.extracts["chronic_absenteeism"]) == 1


def test_the_name_of_a_very_long_path_is_said_short(tmp_path: Path) -> None:
    reading = ingest.read([tmp_path / ("n" * 300 + ".txt")], tmp_path / "work")
    assert reading.failed and all(len(f.file) <= 90 for f in reading.findings)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_damage_anywhere_is_answered_with_findings(tmp_path: Path, data: st.DataObject) -> None:
    """Random bytes put, cut or doubled somewhere in a good file: never an exception, and never more rows than the file had."""
    good = bytearray(data.draw(st.sampled_from([GOOD_COUNTS, GOOD_DIRECTORY, GOOD_GRANTEES, *GOOD_LISTS])))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(good) - 1))
        end = min(len(good), start + data.draw(st.integers(0, 60)))
        good[start:end] = data.draw(
            st.one_of(st.binary(max_size=30), st.sampled_from([b"\t", b"\r", b'"', b"\r\n", b"*", b"", good[start:end] * 2]))
        )
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    (folder / "file.txt").write_bytes(bytes(good))
    reading = ingest.read([folder / "file.txt"], folder / "work")
    assert reading.findings and all(f.sentence.endswith(".") for f in reading.findings)
    assert reading.failed or reading.extracts
    assert not any(f.code == "unreadable" for f in reading.findings), reading.findings
