"""Enrollment of the whole year and of census day: read like every other file of CDE's, used as context, never as an outcome."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

import queries
from data import builds, ingest, landing, network, registry, sources, warehouse
from data.problems import Finding
from tests.fixtures import world

CUMULATIVE, CENSUS = "cumulative_enrollment", "census_day_enrollment"
SCHOOL = "01601010101110"
SHARES = {"SG_EL": "english_learners_share", "SG_DS": "disabilities_share"}


def of_school(row: dict[str, str]) -> bool:
    return row["school_code"] == SCHOOL[7:]


def group(code: str):
    return lambda row: of_school(row) and row["reporting_category"] == code


def read(folder: Path, **files: world.Sheet) -> ingest.Reading:
    (folder / "in").mkdir(parents=True)
    for name, sheet in files.items():
        (folder / "in" / f"{name.replace('_v', '-v')}.txt").write_bytes(sheet.bytes())
    return ingest.read([folder / "in"], folder / "work")


def failures(reading: ingest.Reading) -> list[Finding]:
    return [f for f in reading.findings if f.level == "FAIL"]


def rows(reading: ingest.Reading, family: str, columns: str) -> list[tuple]:
    files = [str(p) for p in reading.extracts[family]]
    return duckdb.connect().execute(f"select {columns} from read_parquet($files) order by all", {"files": files}).fetchall()


def test_cdes_names_carry_two_years_and_a_release(tmp_path: Path) -> None:
    sheets = {"cenroll2324": world.counts(CUMULATIVE), "cdenroll2324_v2": world.counts(CENSUS)}
    reading = read(tmp_path, **sheets, cdenroll2425=world.counts(CENSUS, 2025))
    assert not reading.failed, [f.sentence for f in failures(reading)]
    found = {(s.family, s.year, s.release, s.encoding) for s in reading.sources}
    assert found == {(CUMULATIVE, 2024, 1, "cp1252"), (CENSUS, 2024, 2, "cp1252"), (CENSUS, 2025, 1, "cp1252")}
    assert any("Niños" in name for (name,) in rows(reading, CENSUS, "distinct school_name"))


@pytest.mark.parametrize("family", [CUMULATIVE, CENSUS])
def test_next_years_file_is_one_more_number(family: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = sources.families[family]
    later = max(kind.years) + 1
    [said] = failures(read(tmp_path / "one", file=world.counts(family, later)))
    assert said.code == "unknown_year" and f"add {later} to `years` of {family}" in said.sentence
    monkeypatch.setitem(sources.families, family, replace(kind, years=(*kind.years, later)))
    assert [s.year for s in read(tmp_path / "two", file=world.counts(family, later)).sources] == [later]


@pytest.mark.parametrize(("family", "code"), [(CUMULATIVE, "SG_SD"), (CENSUS, "SD"), (CENSUS, "RE_Z"), (CUMULATIVE, "TK")])
def test_a_code_of_another_vocabulary_stops_the_import_and_is_named(family: str, code: str, tmp_path: Path) -> None:
    """SD is disabilities in one file and SG_SD disadvantaged students in the other: no code is ever guessed."""
    sheet = world.counts(family).edit(lambda row: {"reporting_category": code}, of_school, most=1)
    [said] = failures(read(tmp_path, file=sheet))
    assert said.code == "unknown_group" and f"“{code}”" in said.sentence and said.line == sheet.line(of_school)


def test_every_code_that_cde_names_is_read(tmp_path: Path) -> None:
    codes = [g.code for g in registry.student_groups if g.vocabulary == "census"]
    sheet = world.counts(CENSUS)
    row = next(r for r in sheet.rows if r[sheet.columns.index("school_code")] == SCHOOL[7:])
    said = dict(zip(sheet.columns, row, strict=True))
    more = [tuple({**said, "reporting_category": c, "total_enrollment": "12"}[k] for k in sheet.columns) for c in codes]
    blank = [tuple("" if k.startswith("grade_") else v for k, v in zip(sheet.columns, r, strict=True)) for r in more]
    kept = [r for r in sheet.rows if r[sheet.columns.index("school_code")] != SCHOOL[7:]]
    reading = read(tmp_path, file=replace(sheet, rows=(*blank, *kept)))
    assert {c for (c,) in rows(reading, CENSUS, "distinct student_group")} == set(codes) and len(codes) == 36


def test_grades_are_withheld_one_by_one_and_never_kept(tmp_path: Path) -> None:
    sheet = world.counts(CENSUS)
    totals = [row[sheet.columns.index("total_enrollment")] for row in sheet.rows]
    assert any("*" in row for row in sheet.rows) and "*" not in totals
    reading = read(tmp_path, file=sheet)
    names = set(duckdb.read_parquet(str(reading.extracts[CENSUS][0])).columns)
    assert "total_enrollment" in names and not any(c.startswith("grade") for c in names)
    assert rows(reading, CENSUS, "count(*) filter (total_enrollment < 11 and status = 'published') > 0") == [(True,)]


@pytest.mark.parametrize(
    ("family", "change", "code", "column"),
    [
        (CENSUS, {"grade_03": "4 000"}, "bad_number", "GR_03"),
        (CENSUS, {"grade_03": "-1"}, "negative", "GR_03"),
        (CENSUS, {"grade_03": "9.5"}, "not_whole", "GR_03"),
        (CENSUS, {"grade_03": "9999"}, "parts_above_whole", "TOTAL_ENR"),
        (CENSUS, {"total_enrollment": "<11"}, "bad_number", "TOTAL_ENR"),
        (CENSUS, {"charter": "X"}, "bad_scope", "Charter"),
        (CENSUS, {"academic_year": "2023-2024"}, "year_label", "AcademicYear"),
        (CUMULATIVE, {"cumulative_enrollment": "1,204"}, "bad_number", "CumulativeEnrollment"),
        (CUMULATIVE, {"cumulative_enrollment": "204.5"}, "not_whole", "CumulativeEnrollment"),
        (CUMULATIVE, {"school_code": "12A"}, "bad_code", "SchoolCode"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused(family: str, change: dict, code: str, column: str, tmp_path: Path) -> None:
    sheet = world.counts(family)
    [said] = failures(read(tmp_path, file=sheet.edit(lambda row: change, of_school, most=1)))
    assert (said.code, said.column, said.line) == (code, column, sheet.line(of_school)) and said.sentence.endswith(".")


def test_nobody_is_a_count_and_a_star_is_none(tmp_path: Path) -> None:
    sheet = world.counts(CENSUS).edit(lambda row: {k: "0" for k in row if k.startswith(("total_", "grade_"))}, group("RE_B"))
    read_rows = rows(read(tmp_path / "a", file=sheet), CENSUS, "status, total_enrollment, entity, student_group")
    assert [r[:2] for r in read_rows if r[2:] == (SCHOOL, "RE_B")] == [("zero", 0)]
    cumulative = read(tmp_path / "b", file=world.counts(CUMULATIVE))
    found = dict(rows(cumulative, CUMULATIVE, "status, cumulative_enrollment"))
    assert found["withheld"] is None and found["published"]


def test_stars_turned_into_blanks_are_refused(tmp_path: Path) -> None:
    sheet = world.counts(CUMULATIVE).edit(lambda row: {"cumulative_enrollment": row["cumulative_enrollment"].replace("*", "")})
    assert [f.code for f in failures(read(tmp_path, file=sheet))] == ["stars_lost"]


def test_a_changed_total_of_the_state_is_refused(tmp_path: Path) -> None:
    sheet = world.counts(CENSUS).edit(
        lambda row: {"total_enrollment": "90000000"[:6]}, lambda row: row["aggregate_level"] == "T", most=1
    )
    assert {f.code for f in failures(read(tmp_path, file=sheet))} == {"control_total"}


def test_the_older_files_of_schools_are_named_for_what_they_are(tmp_path: Path) -> None:
    header = "ACADEMIC_YEAR\tCDS_CODE\tCOUNTY\tSCHOOL\tENR_TYPE\tRACE_ETHNICITY\tGENDER\tGR_KN\tGR_1\tUNGR_ELM\tENR_TOTAL"
    (tmp_path / "enr202022-v2.txt").write_text(header + "\n" + "\t".join(["x"] * 11) + "\n")
    [said] = failures(ingest.read([tmp_path / "enr202022-v2.txt"], tmp_path / "work"))
    assert said.code == "other_family" and "enrollment by school up to 2022-23" in said.sentence


def test_a_file_with_a_lost_column_is_still_known_for_what_it_is() -> None:
    """Every file of CDE's begins like the cumulative enrollment file, which has one column more."""
    for family in ("suspension", "chronic_absenteeism", CENSUS, "absenteeism_reason"):
        header = list(world.counts(family).header[:-1])
        header[-1] = "Renamed"
        with pytest.raises(sources.Refused) as refused:
            sources.match(header)
        assert any(f"columns/{family}.csv" in f.sentence for f in refused.value.findings)


PAGE = "<a href='https://www3.cde.ca.gov/demo-downloads/census/cdenroll2324-v2.txt'>CDEnroll2324</a>"
OTHERS = "<a href='documents/fsenrcensus.pdf'>Structure</a><a href='enr202022-v2.txt'>Old</a>"
LINKS = PAGE + PAGE.replace("2324-v2", "2526") + OTHERS


def test_the_landing_page_gives_the_newest_of_each_year(monkeypatch: pytest.MonkeyPatch) -> None:
    family = sources.families[CENSUS]
    monkeypatch.setattr(network, "patiently", lambda *_: (LINKS, family.landing))
    assert [(r.name, r.year, r.release) for r in landing.offers(family)] == [
        ("cdenroll2324-v2.txt", 2024, 2), ("cdenroll2526.txt", 2026, 1)
    ]  # fmt: skip
    assert {f.landing for f in sources.families.values()} >= {
        "https://www.cde.ca.gov/ds/ad/filesenrcum.asp", "https://www.cde.ca.gov/ds/ad/filesenrcensus.asp"
    }  # fmt: skip


def about(reading: ingest.Reading, code: str) -> list[str]:
    return [f.sentence for f in reading.findings if f.code == code]


def test_discipline_files_are_held_against_cumulative_enrollment(tmp_path: Path) -> None:
    files = {"cenroll2324": world.counts(CUMULATIVE), **{f"{f}24": world.counts(f) for f in ("suspension", "expulsion")}}
    agreed = read(tmp_path / "a", **files)
    assert len(about(agreed, "enrollment_agrees")) == 2 and not about(agreed, "enrollment_differs")

    def fewer(row: dict[str, str]) -> dict[str, str]:
        return {"cumulative_enrollment": str(int(row["cumulative_enrollment"]) - 3)}

    files["cenroll2324"] = files["cenroll2324"].edit(fewer, group("RH"))
    differs = read(tmp_path / "b", **files)
    said = about(differs, "enrollment_differs")
    assert len(said) == 2 and not differs.failed
    assert all(s.startswith("1 of ") and "Niños Unidos Elementary, RH, 2023-24" in s for s in said)
    printed = {row[files[f].columns.index("cumulative_enrollment")] for f in files for row in files[f].rows if group("RH")(
        dict(zip(files[f].columns, row, strict=True)))}
    assert printed and not any(n in s for n in printed for s in said), "a closed row's number must not be told here"


@pytest.fixture
def built(tmp_path: Path, home: Path) -> dict:
    folder = tmp_path / "in"
    folder.mkdir()
    tiny = world.counts(CENSUS, 2025).edit(
        lambda row: {k: "*" if k.startswith("grade_") else "9" for k in row if k.startswith(("total_", "grade_"))}, group("TA")
    )
    for name, sheet in {
        "chronicabsenteeism24": world.counts(), "cenroll2324": world.counts(CUMULATIVE), "cdenroll2324-v2": world.counts(CENSUS),
        "cdenroll2425": tiny, "pubschls": world.directory(),
    }.items():  # fmt: skip
        (folder / f"{name}.txt").write_bytes(sheet.bytes())
    return builds.build([folder])


def test_enrollment_is_context_and_no_measure(built: dict) -> None:
    assert not any(registry.indicators[i].family in (CUMULATIVE, CENSUS) for i in built["indicators"])
    assert {CUMULATIVE, CENSUS} <= set(built["families"]) and {s["family"] for s in built["sources"]} >= {CUMULATIVE, CENSUS}
    places = warehouse.query("select entity, level, enrollment, census_year, english_learners_share from places", {})
    listed = places.set_index("entity")
    assert listed.loc["01601010101120", ["enrollment", "census_year"]].tolist() == [516, 2025]
    assert listed.loc["01601010101120", "english_learners_share"] == 20
    assert places[places.level.astype(str) != "school"].enrollment.isna().all(), "schools add up to a district on census day"


def test_a_tiny_school_keeps_its_last_number_of_eleven_or_more(built: dict) -> None:
    """Nine students in 2024-25: the year is as if it were not there."""
    row = warehouse.query("select enrollment, census_year from places where entity = $e", {"e": SCHOOL}).iloc[0]
    assert row.tolist() == [426, 2024]


def test_the_attacker_cannot_tell_a_small_group_from_a_share(built: dict) -> None:
    """Whoever knows a school's students exactly and a share as shown is left with several counts, or with less than a percent."""
    sheet = world.counts(CENSUS, 2025)
    theirs = {}
    for row in sheet.rows:
        said = dict(zip(sheet.columns, row, strict=True))
        if said["aggregate_level"] == "S":
            entity = said["county_code"] + said["district_code"] + said["school_code"]
            theirs[entity, said["reporting_category"]] = int(said["total_enrollment"])
    places = warehouse.query("select * from places where level = 'school'", {}).set_index("entity")
    seen = 0
    for (entity, code), count in theirs.items():
        if code not in SHARES or entity == SCHOOL:
            continue
        n, share = int(places.loc[entity, "enrollment"]), places.loc[entity, SHARES[code]]
        few = count < 11 or n - count < 11
        if share != share or share is None:
            continue
        seen += 1
        fitting = [k for k in range(n + 1) if (200 * k + n) // (2 * n) == share] if 0 < share < 100 else range(11)
        assert len(fitting) > 1 and (not few or share in (0, 100)), (entity, code)
    assert seen > 10


def test_similar_places_say_where_their_students_were_counted(built: dict) -> None:
    frame = queries.run("characteristics", level="school", indicator="chronic_absenteeism_rate")
    assert {int(y) for y in frame.census_year.dropna()} == {2024, 2025} and (frame.enrollment.dropna() >= 11).all()
