"""Planted students: unmistakable names, numbers and birthdays in files of real layouts, to be searched for everywhere else."""

import csv
from collections.abc import Sequence
from pathlib import Path
from random import Random

REPORT = (
    "AcademicYear", "SchoolCode", "SchoolName", "SSID", "StudentName", "BirthDate", "Gender", "Grade", "DaysExpectedA",
    "DaysAttendedB", "DaysAbsentOutofSchoolSuspensionC", "DaysAbsentExcusedNonSuspensionE", "DaysAbsentUnexcusedNonSuspensionF",
    "DaysAbsentCEFG",
)  # fmt: skip
VISITS = ("Campus", "Pupil Nr", "Day of visit", "What we did", "Kid")
"""The header of a layout that nobody knows. What was done has a code of its own ("Yoga") that needs a meaning."""


def name(i: int) -> str:
    return f"Zqwx{i:05d}, Vrblnk{i:05d}"


def number(i: int) -> int:
    return 8_765_400_000 + i


def birthday(i: int) -> str:
    return f"19{i % 100:02d}-{i % 12 + 1:02d}-{i % 28 + 1:02d}"


def secrets(size: int) -> list[str]:
    """Every text by which one of the students could be known."""
    return [s for i in range(size) for s in (f"Zqwx{i:05d}", f"Vrblnk{i:05d}", str(number(i)), birthday(i))]


def attendance(path: Path, schools: Sequence[str], size: int) -> Path:
    """A 14.2 report of so many students, spread over the schools (14-digit codes)."""
    random = Random(5)
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(REPORT)
        for i in range(size):
            out, excused, unexcused = (random.choice(c) for c in ([0] * 30 + [1, 3], [0, 1, 2, 4, 9], [0, 0, 1, 3, 8]))
            gone = out + excused + unexcused
            grade = "9th?" if i % 1000 == 7 else random.choice(("TK", "KN", "01", "04", "08", "11"))
            school = schools[i % len(schools)]
            row = [
                "2025-2026",
                school[7:],
                "Invented",
                number(i),
                name(i),
                birthday(i),
                random.choice("FM"),
                grade,
                110,
                110 - gone,
            ]
            writer.writerow([*row, out, excused, unexcused, gone])
    return path


def visits(path: Path, schools: Sequence[str], size: int) -> Path:
    """A log of services in the layout VISITS, one row for every second student."""
    random = Random(6)
    with path.open("w", newline="", encoding="cp1252") as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerow(VISITS)
        for i in range(0, size, 2):
            day = f"{random.choice((1, 2))}/{random.randrange(5, 27)}/2026"
            what = random.choice(("Counseling", "Home visit", "Tutoring", "Yoga"))
            writer.writerow([schools[i % len(schools)], number(i), day, what, f"{name(i)} Peña"])
    return path


def log(path: Path, schools: Sequence[str], size: int) -> Path:
    """Our own service log: one row for most students, referrals among them."""
    random = Random(7)
    head = [
        "service_date",
        "cds_code",
        "student_key",
        "service_category",
        "delivered",
        "provider",
        "referral_id",
        "referral_date",
    ]
    kinds = ("mental_health", "home_visit", "tutoring", "attendance_support", "expanded_learning")
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(head)
        for i in range(size):
            row = [f"2026-0{random.choice((1, 2))}-{random.randrange(10, 27)}", schools[i % len(schools)], number(i)]
            referral = [f"R{i}", "2026-01-05"] if i % 3 == 0 else ["", ""]
            writer.writerow([*row, random.choice(kinds), "yes", f"Office {i % 6}", *referral])
    return path
