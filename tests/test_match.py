"""Suggestions for a list of names: exact before similar, nothing accepted by the program, only what a person accepted is read."""

import csv
from pathlib import Path

import pytest

from data import __main__ as command
from data import builds, ingest, match, warehouse
from tests.fixtures import world

PLACES = [
    match.Place("01611190000000", "Alameda Unified", "", "Alameda County", ""),
    match.Place("01611190106401", "Alameda Unified", "Alameda Science and Technology Institute", "Alameda County", "active"),
    match.Place("01611196090005", "Alameda Unified", "Lincoln Elementary", "Alameda County", "active"),
    match.Place("16638750000000", "Jefferson Elementary", "", "Kings County", ""),
    match.Place("41689160000000", "Jefferson Elementary", "", "San Mateo County", ""),
    match.Place("41689166044000", "Jefferson Elementary", "José Ortega-Lincoln Elementary", "San Mateo County", "closed"),
    match.Place("19647330000000", "Los Angeles Unified", "", "Los Angeles County", ""),
    match.Place("19647336019000", "Los Angeles Unified", "Lincoln Elementary", "Los Angeles County", "active"),
    match.Place("01100170000000", "Alameda County Office of Education", "", "Alameda County", ""),
]


@pytest.mark.parametrize(("given", "first", "exact"), [
    (("Alameda Unified School District", ""), "01611190000000", True),
    (("ALAMEDA USD", "Lincoln Elem. School"), "01611196090005", True),
    (("Alameda Unified", "Lincon Elementary"), "01611196090005", False),
    (("Alameda COE", ""), "01100170000000", True),
    (("Alamda Unified", "Lincoln Elementary"), "01611196090005", False),
    (("", "Jose Ortega Lincoln"), "41689166044000", False),
    (("Jefferson Elementary", "", "San Mateo"), "41689160000000", True),
    (("No Such Agency Anywhere", "Lincoln Elementary"), "01611196090005", False),
])  # fmt: skip
def test_the_likeliest_place_comes_first(given: tuple[str, ...], first: str, exact: bool) -> None:
    found = match.Places(PLACES).suggest(*given)
    assert (found[0].place.entity, found[0].exact) == (first, exact) and len(found) <= match.MOST
    assert all(0 < s.likeness <= 1 for s in found)


def test_names_that_several_places_bear_are_all_said() -> None:
    places = match.Places(PLACES)
    assert {s.place.entity for s in places.suggest("Jefferson Elementary", "")} == {"16638750000000", "41689160000000"}
    assert {s.place.entity for s in places.suggest("", "Lincoln Elementary") if s.exact} == {"01611196090005", "19647336019000"}
    assert places.suggest("Zzyzx", "Quux") == [] and places.suggest("", "") == [] and places.suggest("School", "of the") == []


@pytest.fixture
def built(home: Path, tmp_path: Path) -> Path:
    """A folder of a CDE file that is built already."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "chronicabsenteeism24.txt").write_bytes(world.counts().bytes())
    builds.build([tmp_path / "in"])
    return tmp_path / "in"


GIVEN = """LEA,School Name,Grant Type,Cohort,Start,End
Sample Valley Unified 1-1,Ninos Unidos Elem,implementation,1,2022-23,2026-27
Sample Valley Unified 2-3 School District,,planning,,2023-24,2024-25
Sample Valley Unified 1-2,Invented Oak 2 School,implementation,2,2023-24,2027-28
Elsewhere Joint Union,=HYPERLINK("x"),planning,,2023-24,2024-25
"""


def suggested(folder: Path) -> list[dict[str, str]]:
    (folder / "list.csv").write_text(GIVEN, encoding="utf-8")
    assert command.main(["match", str(folder / "list.csv")]) == 0
    with (folder / "list.suggested.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def accept(folder: Path, rows: list[dict[str, str]]) -> Path:
    with (folder / "accepted.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, match.OUT)
        writer.writeheader()
        writer.writerows(rows)
    return folder / "accepted.csv"


def test_from_a_list_of_names_to_the_cohorts_of_a_build(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    rows = suggested(tmp_path)
    assert "4 lines: 2 with an exact name, 1 with similar ones, 1 without any." in capsys.readouterr().out
    assert not any(row["accept"] for row in rows)
    assert [(r["list_line"], r["cds_code"], r["found"]) for r in rows[:2]] == [
        ("2", "01601010101110", "exact"),
        ("3", "02602030000000", "exact"),
    ]
    assert {(r["list_line"], r["found"]) for r in rows[2:]} == {("4", "similar"), ("5", "none")}
    assert rows[-1]["given_school"].startswith("'=") and rows[-1]["cds_code"] == ""
    none = ingest.read([accept(tmp_path, rows)], tmp_path / "none")
    assert [f.code for f in none.findings if f.level == "FAIL"] == ["nothing_accepted"]
    rows[0]["accept"], rows[1]["accept"] = "Yes", "x"
    manifest = builds.build([built, accept(tmp_path, rows)])
    assert any("suggestions were not accepted" in f["sentence"] for f in manifest["findings"])
    found = warehouse.query("select entity, cohorts from places where cohorts is not null order by entity", {})
    assert [(e, list(c)) for e, c in zip(found.entity, found.cohorts, strict=True)] == [
        ("01601010000000", [1]),
        ("01601010101110", [1]),
    ]


def test_what_a_person_wrote_is_checked(built: Path, tmp_path: Path) -> None:
    rows = suggested(tmp_path)
    similar = [r for r in rows if r["list_line"] == "4"]
    assert len(similar) > 1
    similar[0]["accept"] = similar[1]["accept"] = "yes"
    two = ingest.read([accept(tmp_path, rows)], tmp_path / "two")
    assert [f.code for f in two.findings if f.level == "FAIL"] == ["two_accepted"]
    similar[0]["accept"], similar[1]["accept"] = "perhaps", ""
    odd = ingest.read([accept(tmp_path, rows)], tmp_path / "odd")
    assert [(f.code, f.line) for f in odd.findings if f.level == "FAIL"] == [("bad_accept", 4)]
    similar[0]["accept"], similar[0]["cohort"] = "yes", "9"
    late = ingest.read([accept(tmp_path, rows)], tmp_path / "late")
    assert [f.code for f in late.findings if f.level == "FAIL"] == ["bad_cohort"]


def test_lists_that_cannot_be_matched(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    def said(content: bytes, name: str = "l.csv") -> str:
        (tmp_path / name).write_bytes(content)
        assert command.main(["match", str(tmp_path / name)]) == 2 and not (tmp_path / "l.suggested.csv").exists()
        return capsys.readouterr().err

    assert "names no column" in said(b"a,b\n1,2\n")
    assert "list of students" in said(b"School,SSID\nx,1\n")
    assert "empty" in said(b"") and "no list in text form" in said(world_zip())
    (tmp_path / "l.suggested.csv").write_text("accept\nyes\n")
    assert command.main(["match", str(tmp_path / "l.csv")]) == 2 and "exists already" in capsys.readouterr().err
    assert command.main(["match", str(tmp_path / "gone.csv")]) == 2 and "cannot be opened" in capsys.readouterr().err


def world_zip() -> bytes:
    from tests.fixtures import workbooks

    return workbooks.workbook()


def test_without_a_build_there_is_nothing_to_match_with(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "l.csv").write_text("School\nLincoln\n")
    assert command.main(["match", str(tmp_path / "l.csv")]) == 2 and "There is no build yet." in capsys.readouterr().err
