"""Every reader, end to end: a file in the real layout with invented students becomes the typed rows that stand beside it."""

import csv
import shutil
from pathlib import Path

import pytest
import xlsxwriter

from data.local import files
from data.local.plan import plan
from tests.student_files import FIXTURES, HIGH, SCHOOL, codes, fired, lines, read


def test_stas_adds_the_records_of_a_student_and_keeps_decimals_as_tenths() -> None:
    reading = read("stas.txt")
    assert lines(reading, "attendance") == [
        f"71 {SCHOOL} 202602 to_date 1200 1070 30 70 10 20 20 False",
        f"72 {SCHOOL} 202602 to_date 985 883 103 0 0 0 0 False",
        f"73 {HIGH} 202602 to_date 400 400 0 0 0 0 0 True",
        f"74 {HIGH} 202506 to_date 1750 1500 200 50 0 0 0 False",
    ]
    assert lines(reading, "members") == ["71 GF", "72 GF", "73 GF"]


def test_both_numbers_of_a_student_lead_to_one_student() -> None:
    reading = read("stas.txt", "service_log.csv")
    assert lines(reading, "in_both") == ["2"]


def test_incidents_results_and_offenses_are_joined() -> None:
    assert lines(read("sinc.txt", "sirs.txt", "soff.txt"), "discipline") == [
        "71 I-1 2025-09-15 in_school 5 True",
        "71 I-1 2025-09-15 out_of_school 30 True",
        "71 I-2 2025-11-03 none 0 False",
        "72 I-1 2025-09-15 none 0 False",
    ]


def test_report_7_12_carries_its_own_dates_and_offenses() -> None:
    assert lines(read("report_7_12.csv"), "discipline") == [
        "9000000071 I-1 2025-09-15 out_of_school 30 True",
        "9000000071 I-3 2026-01-12 expulsion 0 False",
    ]


def workbook(source: Path, target: Path) -> Path:
    """A CSV fixture as a workbook, with a sheet of notes before it and numbers as numbers."""
    with source.open(newline="") as handle, xlsxwriter.Workbook(target) as book:
        book.add_worksheet("Notes").write(0, 0, "A report")
        sheet = book.add_worksheet("List")
        for n, row in enumerate(csv.reader(handle)):
            for m, cell in enumerate(row):
                sheet.write(n, m, float(cell) if cell.replace(".", "", 1).isdigit() else cell)
    return target


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_report_14_2_below_its_banner_and_beside_its_margin(form: str, tmp_path: Path) -> None:
    source = FIXTURES / "report_14_2.csv"
    reading = read(source if form == "csv" else workbook(source, tmp_path / "list.xlsx"))
    assert lines(reading, "attendance") == [
        f"9000000071 {SCHOOL} 202602 to_date 1000 920 30 40 10 20 0 False",
        f"9000000072 {SCHOOL} 202602 to_date 985 883 102 0 0 0 0 False",
        f"9000000073 {HIGH} 202602 to_date 400 400 0 0 0 0 0 False",
    ]
    assert lines(reading, "members") == ["9000000071 GM GRTKKN", "9000000072 GF GR13", "9000000073 GR912 GX"]


def test_report_8_1_in_both_spellings_asks_the_language_status() -> None:
    assert lines(read("report_8_1.csv"), "members") == ["9000000071 GM GRTKKN RH SD SS", "9000000072 GF GR13 RW SE SH"]
    assert lines(read("report_8_1_older.csv"), "members") == ["9000000071 GM GRTKKN RH SD SE SS", "9000000072 GF GRTKKN RT SH"]


def test_caldatt_in_its_code_page_with_a_comma_in_a_name() -> None:
    reading = read("caldatt.csv")
    assert lines(reading, "attendance") == [
        f"71 {SCHOOL} 202602 to_date 1000 900 50 40 10 0 0 False",
        f"72 {SCHOOL} 202602 to_date 1000 980 20 0 0 0 0 False",
        f"73 {SCHOOL} 202602 to_date 500 500 0 0 0 0 0 False",
    ]
    assert lines(reading, "members") == ["71 GM GR13 RH SE SS", "72 GF GR46 RW SD", "73 GF GRTKKN RW"]
    assert {"names_merged", "encoding_other"} <= set(fired(reading))


def test_aeries_days_stand_between_entry_and_leave_with_mapped_codes() -> None:
    saved = codes(school={"31": SCHOOL}, attendance_code={"I": "E", "U": "U", "A": "U"})
    reading = read("aeries_daily.csv", saved=saved)
    assert lines(reading, "calendar") == ["2025-08-11", "2025-08-12", "2025-08-13", "2025-08-15"]
    assert lines(reading, "days") == [
        "71 2025-08-11 P", "71 2025-08-12 E", "71 2025-08-13 P",
        "72 2025-08-11 P", "72 2025-08-12 P", "72 2025-08-13 U", "72 2025-08-15 U",
    ]  # fmt: skip
    assert "attendance_code_unknown" not in fired(reading)
    with_calendar = read("aeries_daily.csv", "calendar.csv", saved=saved)
    assert lines(with_calendar, "days")[:3] == ["71 2025-08-11 P", "71 2025-08-12 E", "72 2025-08-11 P"]


def test_daily_marks_and_months_of_our_own_layouts() -> None:
    assert lines(read("daily.csv"), "days") == ["71 2025-08-11 P", "71 2025-08-12 E", "72 2025-08-11 I", "72 2025-08-12 U"]
    assert lines(read("attendance_months.csv"), "attendance") == [
        f"71 {SCHOOL} 202509 month 200 180 10 10 0 0 0 False",
        f"71 {SCHOOL} 202510 month 220 220 0 0 0 0 0 False",
    ]


def test_service_log_with_students_referrals_and_pillars() -> None:
    assert lines(read("service_log.csv"), "services") == [
        f"71 - {SCHOOL} 2026-01-12 PIL1 mental_health True 30.0 minute 2026-01-05 2026-01-30 goals met",
        f"71 - {SCHOOL} 2026-02-03 PIL1 basic_needs False - - - - -",
        f"72 - {SCHOOL} 2026-02-03 PIL2 family_workshop True 1.5 hour - - -",
        f"72 - {SCHOOL} - PIL1 case_management False - - 2026-01-07 - -",
    ]


def test_headcounts_alone_are_a_service_log() -> None:
    reading = read("service_log_headcounts.csv")
    assert lines(reading, "services") == [
        f"- 45 {SCHOOL} 2026-01-20 PIL2 family_workshop True - - - - -",
        f"- 12 {HIGH} 2026-01-21 PIL3 staff_learning True - - - - -",
    ]
    assert not [f for f in fired(reading).values() if f.severity in ("stop", "person")]


def test_services_of_other_systems_through_column_maps() -> None:
    assert lines(read("pmm.csv"), "services") == [
        f"003XX71 - {SCHOOL} 2026-01-12 PIL4 tutoring True 1.0 hour - - -",
        f"003XX71 - {SCHOOL} 2026-01-13 PIL4 tutoring False 1.0 hour - - -",
    ]
    assert lines(read("edfi_attendance.csv"), "services") == [
        f"9000000071 - {SCHOOL} 2026-01-12 PIL4 expanded_learning True 1.0 - - - -",
        f"9000000072 - {SCHOOL} 2026-01-12 PIL4 expanded_learning False 1.0 - - - -",
    ]
    assert lines(read("edfi_association.csv"), "services") == [
        f"9000000071 - {SCHOOL} 2025-10-01 PIL4 mentoring True - - - 2026-01-15 Completed",
        f"9000000072 - {SCHOOL} 2025-10-01 PIL4 mentoring True - - - - -",
    ]


def test_partner_directories_name_active_partners_only() -> None:
    reading = read("organization.csv", "service.csv", "service_schools.csv", "partners.csv")
    assert lines(reading, "partners") == [
        f"Library Friends {SCHOOL} PIL4 tutoring",
        f"Riverside Clinic {HIGH} PIL1 health",
        f"Riverside Clinic {HIGH} PIL1 mental_health",
        f"Riverside Clinic {SCHOOL} PIL1 health",
    ]


def test_every_layout_has_a_fixture_that_it_alone_recognizes() -> None:
    found = set()
    for path in FIXTURES.glob("*.*"):
        if path.suffix in (".csv", ".txt") and path.name not in ("unknown.csv", "broken_rules.csv"):
            found.add(files.recognize(files.receive(path), plan()).layout["layout"])
    assert found == {layout["layout"] for layout in plan()["layouts"]}


@pytest.mark.parametrize(
    "change", [lambda b: b"\xef\xbb\xbf" + b, lambda b: b.replace(b"\n", b"\r\n"), lambda b: b.replace(b",", b"\t")]
)
def test_marks_line_ends_and_delimiters_do_not_matter(change, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(change((FIXTURES / "service_log.csv").read_bytes()))
    assert lines(read(path), "services") == lines(read("service_log.csv"), "services")


def test_a_name_that_looks_like_a_pattern_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "log[1]*.csv"
    shutil.copy(FIXTURES / "service_log.csv", path)
    assert len(lines(read(path), "services")) == 4


def snapshot(folder: Path, name: str, attended: int, year: str = "2025-2026") -> Path:
    lines = (FIXTURES / "stas.txt").read_text().splitlines()
    path = folder / name
    path.write_text(lines[0].replace("^92^", f"^{attended}^").replace("2025-2026", year) + "\n")
    return path


def test_of_two_states_of_the_same_month_the_later_counts_and_nothing_is_added(tmp_path: Path) -> None:
    files = [snapshot(tmp_path, "STAS_20260205.txt", 80), snapshot(tmp_path, "STAS_20260227.txt", 91)]
    for order in (files, files[::-1]):
        reading = read(*order)
        assert lines(reading, "attendance") == [f"71 {SCHOOL} 202602 to_date 1000 910 30 40 10 20 0 False"]
        assert fired(reading)["month_in_two_files"].count == 1


def test_a_snapshot_counts_at_most_to_the_last_closed_month_and_within_its_year(tmp_path: Path) -> None:
    assert lines(read(snapshot(tmp_path, "STAS_20260303.txt", 92)), "attendance")[0].split()[2] == "202602"
    assert lines(read(snapshot(tmp_path, "STAS_20251031.txt", 92)), "attendance")[0].split()[2] == "202510"
    last_year = read(snapshot(tmp_path, "STAS_20250714.txt", 92, "2024-2025"))
    assert lines(last_year, "attendance")[0].split()[2] == "202506"
