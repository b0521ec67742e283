"""CDE's real files through the readers: the extract equals the file row by row, the state's figures are the published ones."""

import os
from pathlib import Path

import pytest

from data import ingest, sources
from tests.test_ingest import extract, write

REAL = Path(os.environ.get("RTAC_REAL", Path(__file__).parents[1].parent / "shared/real"))
pytestmark = [pytest.mark.real, pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real files is absent")]
REAL_FILES = {
    "chronicabsenteeism23.txt": (226277, 5958889, 1486302),
    "chronicabsenteeism24.txt": (227381, 5958444, 1216528),
    "chronicabsenteeism25.small.txt": (3471, 5903507, 1143668),
    "suspension23.txt": (187355, 6019551, 216843),
    "suspension24.txt": (188238, 6023851, 197709),
    "suspension25.small.txt": (2759, 5965383, 175084),
}


@pytest.mark.parametrize(("file", "figures"), REAL_FILES.items())
def test_a_real_file_equals_its_extract(file: str, figures: tuple[int, int, int], tmp_path: Path) -> None:
    rows, denominator, numerator = figures
    reading = ingest.read([REAL / file], tmp_path)
    family = sources.families[reading.sources[0].family]
    found = extract(
        reading,
        family.name,
        f"entity, level, student_group, {family.denominator}, {family.numerator}, status",
        "entity, level, student_group",
    )
    assert len(found) == rows == reading.sources[0].rows
    assert ("00000000000000", "state", "TA", denominator, numerator, "published") in found
    assert found == sorted(_rows_of(REAL / file))


def _rows_of(path: Path) -> list[tuple]:
    """The rows of a real file by plain Python, independent of the readers."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    lines = [line.split("\t") for line in text.split("\r\n")[1:] if line]
    level = {"T": "state", "C": "county", "D": "district", "S": "school"}
    out = []
    for line in lines:
        group, den, num = line[-4:-1]
        numbers = (None, None) if den == "*" else (int(den), int(num))
        status = "withheld" if den == "*" else "zero" if num == "0" else "published"
        out.append(
            (line[2].ljust(2, "0") + line[3].ljust(5, "0") + line[4].ljust(7, "0"), level[line[1]], group, *numbers, status)
        )
    return out


@pytest.mark.parametrize("line", [5, 70001, 150001, 227300])
def test_the_line_at_fault_is_named_in_a_large_file(line: int, tmp_path: Path) -> None:
    lines = (REAL / "chronicabsenteeism24.txt").read_bytes().split(b"\r\n")
    lines[line - 1] = lines[line - 1].replace(lines[line - 1].split(b"\t")[10], b"QQ", 1)
    path = write(tmp_path, "a.txt", b"\r\n".join(lines))
    [finding] = [f for f in ingest.read([path], tmp_path / "work").findings if f.level == "FAIL"]
    assert (finding.code, finding.line, finding.value) == ("unknown_group", line, "QQ")


def test_the_real_directory_and_a_partial_county(tmp_path: Path) -> None:
    reading = ingest.read([REAL / "schools_2025-26.csv", REAL / "chronicabsenteeism22.monterey.txt"], tmp_path)
    assert extract(reading, "directory", "count(*), count(distinct county), count(*) filter (status = 'active')") == [
        (9946, 58, 9944)
    ]
    assert extract(reading, "chronic_absenteeism", "count(*), min(level), max(level)") == [(2720, "school", "school")]
    assert {f.code for f in reading.findings if f.level == "WARN"} == {"level_missing", "not_in_directory"}


def test_real_files_of_other_families_are_named_and_refused(tmp_path: Path) -> None:
    reading = ingest.read([REAL / "calpads_validcodesv12-20200701.xlsx", REAL / "chronic1617-1718.monterey.csv"], tmp_path)
    assert [(f.file, f.code) for f in reading.findings if f.level == "FAIL"] == [
        ("calpads_validcodesv12-20200701.xlsx", "unknown_workbook"),
        ("chronic1617-1718.monterey.csv", "unknown_family"),
    ]
    assert not reading.extracts


def test_real_days_of_absence_are_read_to_the_tenth(tmp_path: Path) -> None:
    """Every school row of Monterey County 2021-22: averages, percentages and sums of its days hold, and each number is kept."""
    reading = ingest.read([REAL / "absenteeismreason22.monterey.txt"], tmp_path)
    columns = "eligible_enrollment, students_absent, days_absent, days_excused, days_unexcused, days_suspension"
    found = extract(reading, "absenteeism_reason", f"entity, student_group, {columns}, days_independent_study", "all")
    lines = [line.split("\t") for line in (REAL / "absenteeismreason22.monterey.txt").read_bytes().decode().split("\r\n")[1:]]

    def whole(text: str) -> int | None:
        return None if text == "*" else int(text.replace(".", ""))

    theirs = [
        (p[2] + p[3] + p[4], p[10], whole(p[11]), whole(p[12]), whole(p[14]), *(whole(v) for v in p[19:]))
        for p in lines
        if p[1:2] == ["S"]
    ]
    assert len(found) == 2675 and sorted(map(repr, found)) == sorted(map(repr, theirs))
