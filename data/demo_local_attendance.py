"""The invented attendance files: CALPADS' STAS extract and 14.2 report, the CalDATT extract, Aeries' daily list.

Snapshots hold the days from the start of the school year; the date of a snapshot stands in its name, as CALPADS writes it. The
oddities are those of real files: CalDATT is cp437, with a comma too many here and there. It must not draw who is absent.
"""

import threading
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from numpy.random import default_rng

from data.demo_counts import GENDERS, RACES
from data.demo_local_current import MONTHS, SCHOOL_DAYS, Running, school_days
from data.demo_local_places import District
from data.demo_local_students import KEY, YEAR_DAYS, Finished, Frame
from data.demo_places import World

SIGN = dict(zip(GENDERS, "FMXZ", strict=True))
RACE_NAMES = dict(zip(RACES, (
    "African American", "American Indian or Alaska Native", "Asian", "Filipino", "Hispanic or Latino", "Pacific Islander",
    "Two or More Races", "White", "Not Reported"), strict=True))  # fmt: skip
BORN = "19010101"
"""Everybody's birthday: nobody at school was born on it."""
DAYS = ("expected", "attended", "excused", "unexcused", "suspended", "in_school", "incomplete")
ABSENT = ("excused", "unexcused", "suspended", "incomplete")
AERIES = {"excused": "I", "unexcused": "U", "suspended": "S", "incomplete": "Y", "in_school": "H"}
"""The district's own codes of the daily list."""
AERIES_CODES = {"i": "E", "u": "U", "s": "S", "y": "N", "h": "I"}
"""What they mean, as the district's mapping keeps it."""


_ENGINE = threading.local()


def _engine() -> duckdb.DuckDBPyConnection:
    """One a thread: opening one takes longer than writing most of the files."""
    if not hasattr(_ENGINE, "con"):
        _ENGINE.con = duckdb.connect(config={"threads": 1})
    return _ENGINE.con


def save(frame: Frame, path: Path, delimiter: str = ",", header: bool = True) -> Path:
    """Write a table as text, missing values as nothing. DuckDB does it ten times faster than pandas."""
    con = _engine()
    con.register("frame", frame)
    target = str(path).replace("'", "''")
    quote = "" if header else ", quote ''"
    con.execute(f"copy (from frame) to '{target}' (format csv, delimiter '{delimiter}', header {header}{quote})").fetchall()
    con.unregister("frame")
    return path


def who(students: Frame, world: World) -> Frame:
    """Key, local number, names, codes of school, gender and race of students, as every layout needs them."""
    schools = world.schools
    return pd.DataFrame({
        "ssid": students["student"], "local": students["student"] - KEY + 700_000, "place": students["place"],
        "lea": np.array([s.district.code for s in schools])[students["place"]],
        "school": np.array([s.code for s in schools])[students["place"]],
        "cds": np.array([s.cds for s in schools])[students["place"]],
        "school_name": np.array([s.name for s in schools])[students["place"]],
        "first": "Demo", "last": "Student " + (students["student"] - KEY).astype(str),
        "gender": np.array([SIGN[g] for g in GENDERS])[students["gender"]],
        "race": np.array([RACE_NAMES[r] for r in RACES])[students["race"]],
        "grade": students["grade"].map({-1: "TK", 0: "KN", **{g: f"{g:02d}" for g in range(1, 13)}}),
        "exempt": np.where(students["exempt"], "Y", "N"),
    }, index=students.index)  # fmt: skip


def before(world: World, district: District, finished: Finished, folder: Path) -> Path:
    """The finished year's STAS extract of a district."""
    students = finished.students[finished.students["place"].isin(district.places)]
    days = students.assign(attended=students["expected"] - students["absent"])[list(DAYS)]
    return _stas(who(students, world), days, "2024-2025", folder / "STAS_2024-2025.txt")


def midyear(world: World, district: District, finished: Finished, folder: Path) -> Path:
    """The finished year's STAS extract as it stood at the end of February: what this year's February is set beside."""
    students = finished.students[finished.students["place"].isin(district.places)]
    part = int(SCHOOL_DAYS.sum()) / YEAR_DAYS
    draw = students["student"] % 97 / 97
    days = pd.DataFrame({c: np.floor(students[c] * part + draw).astype(int) for c in DAYS if c != "attended"})
    absent = days[list(ABSENT)].sum(axis=1)
    days["expected"] = np.maximum(days["expected"], absent)
    days["attended"] = days["expected"] - absent
    there = days["expected"] > 0
    return _stas(who(students[there], world), days[there], "2024-2025", folder / "STAS_20250228.txt")


def now(world: World, district: District, running: Running, folder: Path) -> list[Path]:
    """The running year's attendance of a district: a snapshot a month, or the daily list."""
    here = np.flatnonzero(running.students["place"].isin(district.places))
    people = who(running.students.iloc[here], world)
    if district.attendance == "daily":
        return [_daily(people, running, here, folder / "Aeries_ATT.csv"), _calendar(people, folder / "calendar.csv")]
    paths = []
    for number, month in enumerate(MONTHS):
        so_far = {c: getattr(running, c)[here, : number + 1].sum(axis=1) for c in DAYS if c != "attended"}
        absent = running.absent[here, : number + 1].sum(axis=1)
        days = pd.DataFrame({**so_far, "attended": so_far["expected"] - absent, "absent": absent}, index=people.index)
        there = days["expected"] > 0
        stamp = str(school_days()[number][-1]).replace("-", "")
        write, name = {
            "stas": (_stas, f"STAS_{stamp}.txt"), "14.2": (_report, f"14.2_StudentAbsencesStudentList_{stamp}.csv"),
            "caldatt": (_caldatt, f"CalDATT_{month}_{stamp}.csv"),
        }[district.attendance]  # fmt: skip
        paths.append(write(people[there], days[there], "2025-2026", folder / name))
    return paths


def _stas(people: Frame, days: Frame, year: str, path: Path) -> Path:
    """Caret-delimited, no header, 21 fields (FORMATS 4)."""
    frame = pd.DataFrame({
        "type": "STAS", "transaction": "A", "record": "R" + people["local"].astype(str), "lea": people["lea"],
        "school": people["school"], "year": year, "ssid": people["ssid"], "local": people["local"], "first": people["first"],
        "last": people["last"], "born": BORN, "gender": people["gender"], "exempt": people["exempt"], "hourly": "N",
        "expected": days["expected"], "attended": days["attended"], "oss": days["suspended"], "iss": days["in_school"],
        "excused": days["excused"], "unexcused": days["unexcused"], "incomplete": days["incomplete"],
    })  # fmt: skip
    return save(frame, path, "^", header=False)


def _report(people: Frame, days: Frame, year: str, path: Path) -> Path:
    """The 14.2 report as CSV."""
    return save(pd.DataFrame({
        "AcademicYear": year, "ReportingLEA": people["lea"], "SchoolCode": people["school"], "SchoolName": people["school_name"],
        "SSID": people["ssid"], "LocalID": people["local"], "StudentName": people["last"] + ", " + people["first"],
        "Gender": people["gender"], "Grade": people["grade"], "ExemptIndicator": people["exempt"],
        "DaysExpectedA": days["expected"], "DaysAttendedB": days["attended"],
        "DaysAbsentOutofSchoolSuspensionC": days["suspended"], "DaysinAttendanceInSchoolSuspensionD": days["in_school"],
        "DaysAbsentExcusedNonSuspensionE": days["excused"], "DaysAbsentUnexcusedNonSuspensionF": days["unexcused"],
        "IncompleteIndependentStudyDaysG": days["incomplete"], "DaysAbsentCEFG": days["absent"],
    }), path)  # fmt: skip


def _caldatt(people: Frame, days: Frame, year: str, path: Path) -> Path:
    """The CalDATT extract. Its days are those present and absent; incomplete independent study counts as unexcused there."""
    number = people["ssid"] % 50
    last = people["last"].where(number != 7, people["last"] + "| Jr.").where(number != 9, "Señal " + people["last"])
    there = people["exempt"] == "N"
    path = save(pd.DataFrame({
        "FirstName": people["first"], "MiddleName": "", "LastName": last, "ID": people["ssid"], "School": people["school"],
        "Grade": people["grade"], "Gender": people["gender"], "Race": people["race"], "ZipCode": "00000",
        "DaysPresent": days["attended"], "ExcusedAbsences": days["excused"],
        "UnexcusedAbsences": days["unexcused"] + days["incomplete"], "DaysSuspended": days["suspended"],
        "IncidentsOfSuspension": 0, "NoticeofTruancy": 0, "ExcessiveAbsenceLetter": 0, "year": year,
    })[there], path)  # fmt: skip
    path.write_bytes(path.read_text(encoding="utf-8").replace("|", ",").encode("cp437"))
    return path


def _daily(people: Frame, running: Running, here: np.ndarray, path: Path) -> Path:
    """Entry, leave and each day that is not a plain presence, as the list `ATT` prints them."""
    calendar = np.concatenate(school_days())
    month = np.repeat(np.arange(len(MONTHS)), [len(d) for d in school_days()])
    stay = running.stay[here]
    open_ = (np.arange(len(calendar)) >= stay[:, :1]) & (np.arange(len(calendar)) < stay[:, 1:])
    draw = np.where(open_, default_rng([len(here), 24]).random(open_.shape), 2)
    code = np.full(open_.shape, "", dtype="<U1")
    for number in range(len(MONTHS)):
        columns = np.flatnonzero(month == number)
        rank = draw[:, columns].argsort(axis=1).argsort(axis=1)
        start = np.zeros((len(here), 1), dtype=np.int64)
        for kind, letter in AERIES.items():
            end = start + getattr(running, kind)[here, number][:, None]
            code[:, columns] = np.where((rank >= start) & (rank < end), letter, code[:, columns])
            start = end
    student, day = np.nonzero(code != "")
    kept = running.students["exempt"].to_numpy()[here]
    parts = [(student, day, "", code[student, day]), (np.arange(len(here)), stay[:, 0], "E", "")]
    parts.append((np.arange(len(here)), stay[:, 1], "L", ""))
    rows: Frame = pd.concat([pd.DataFrame({"n": n, "Day": d, "Ent/Lv": e, "All day": c}) for n, d, e, c in parts])
    rows = rows[~kept[rows["n"]] & ~((rows["Ent/Lv"] == "L") & (rows["Day"] >= len(calendar)))]
    rows = rows.sort_values(["n", "Day", "Ent/Lv"], ascending=[True, True, False], kind="stable")
    person = people.iloc[rows["n"]]
    return save(pd.DataFrame({
        "School": person["cds"].to_numpy(), "Student#": person["ssid"].to_numpy(), "Day": rows["Day"].to_numpy() + 1,
        "Ent/Lv": rows["Ent/Lv"].to_numpy(), "Grade": person["grade"].to_numpy(), "All day": rows["All day"].to_numpy(),
        "Date": pd.Series(calendar[rows["Day"]]).dt.strftime("%m/%d/%Y"),
    }), path)  # fmt: skip


def _calendar(people: Frame, path: Path) -> Path:
    return save(pd.DataFrame({"cds_code": None, "school_day": [str(d) for m in school_days() for d in m]}), path)
