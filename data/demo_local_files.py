"""The invented files of a district beside its attendance: groups, discipline, services, partners; and all of them in a folder.

The layouts are those of FORMATS 4 and 7. It must not draw anything: who and what is drawn in the other `demo_local_*` modules.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from data import demo_local_attendance
from data.demo_local_attendance import BORN, save, who
from data.demo_local_current import Running
from data.demo_local_places import District
from data.demo_local_services import GIVES, PARTNERS, PILLAR, Log, missing_pillar
from data.demo_local_students import Finished, Frame
from data.demo_places import World

RESULTS = {100: "100", 110: "110", 400: "400", 300: "300", 900: "restorative"}
"""CALPADS has no code for a restorative response: districts write their own word."""
NO_KEY = 0.92
"""Share of the lines with a student's key where a log is kept carelessly."""
OFFENSES = ("502", "501", "600")


@dataclass(frozen=True)
class Made:
    """Everything that is drawn: the districts, the finished year, the running one and its services."""

    world: World
    districts: list[District]
    before: Finished
    running: Running
    log: Log


def write(made: Made, district: District, folder: Path) -> tuple[list[Path], list[Path]]:
    """Write a district's files of the finished year and of the running one; return the paths of both."""
    world, last, now = made.world, made.before.students, made.running.students
    gone, here = (s[s["place"].isin(district.places)] for s in (last, now))
    incidents = made.before.incidents.assign(result=np.where(made.before.incidents["out"] > 0, 100, 110))
    folder.mkdir(parents=True)
    first = [demo_local_attendance.before(world, district, made.before, folder)]
    first += [_groups(gone, world, "2024-2025", folder / "8.1_2024-2025.csv")]
    first += _discipline("calpads", gone, incidents, world, "2024-2025", folder)
    second = demo_local_attendance.now(world, district, made.running, folder)
    second += [demo_local_attendance.midyear(world, district, made.before, folder)]
    second += [_groups(here, world, "2025-2026", folder / "8.1_StudentProfileList.csv")]
    second += _discipline(district.discipline, here, made.running.incidents, world, "2025-2026", folder)
    second += [_services(made, district, folder), *_partners(made, district, folder)]
    return first, second


def _groups(students: Frame, world: World, year: str, path: Path) -> Path:
    """The 8.1 report."""
    people = who(students, world)
    yes = {p: np.where(students[p], "Y", "N") for p in ("SE", "SD", "SS", "SF", "SH")}
    return save(pd.DataFrame({
        "AcademicYear": year, "ReportingLEA": people["lea"], "SchoolCode": people["school"], "SchoolName": people["school_name"],
        "SSID": people["ssid"], "LocalID": people["local"], "StudentName": people["last"] + ", " + people["first"],
        "Grade": people["grade"], "Gender": people["gender"], "EthnicityRace": people["race"], "Homeless": yes["SH"],
        "StudentswithDisabilities": yes["SD"], "EnglishLearner": yes["SE"], "SocioEconomicallyDisadvantaged": yes["SS"],
        "FosterYouth": yes["SF"], "ELAStatus": np.where(students["SE"], "EL", "EO"),
    }), path)  # fmt: skip


def _discipline(kind: str, students: Frame, incidents: Frame, world: World, year: str, folder: Path) -> list[Path]:
    """SINC, SIRS and SOFF, or the 7.12 report; nothing where nobody was in an incident."""
    there = incidents[incidents["row"].isin(students.index)]
    if there.empty:
        return []
    people = who(students.loc[there["row"]], world).reset_index(drop=True)
    name = "D" + there.index.astype(str)
    result, days = there["result"].map(RESULTS).to_numpy(), there["days"].astype(str).to_numpy()
    offense = np.where(there["defiance"], "511", np.array(OFFENSES)[there.index % len(OFFENSES)])
    if kind == "7.12":
        return [save(pd.DataFrame({
            "AcademicYear": year, "ReportingLEA": people["lea"], "SchoolCode": people["school"], "SSID": people["ssid"],
            "LocalID": people["local"], "StudentName": people["last"] + ", " + people["first"], "IncidentIDLocal": name,
            "IncidentOccurrenceDate": there["day"].dt.strftime("%m/%d/%Y").to_numpy(), "IncidentResultCode": result,
            "DurationDays": days, "StudentOffenseCode": offense,
        }), folder / f"7.12_IncidentResultsStudentList_{year}.csv")]  # fmt: skip
    leading = pd.DataFrame({
        "transaction": "A", "record": "", "lea": people["lea"], "school": people["school"], "year": year, "ssid": people["ssid"],
        "local": people["local"], "first": people["first"], "last": people["last"], "born": BORN, "gender": people["gender"],
        "incident": name,
    })  # fmt: skip
    date = there["day"].dt.strftime("%Y%m%d").to_numpy()
    frames = {
        "SINC": {"date": date, "statutory": "N", "support": "", "removal": ""},
        "SIRS": {"result": result, "authority": "10", "days": days, "modification": ""},
        "SOFF": {"offense": offense, "weapon": ""},
    }
    paths = []
    for record, columns in frames.items():
        frame = leading.assign(**columns)
        frame.insert(0, "type", record)
        paths.append(save(frame, folder / f"{record}_{year}.txt", "^", header=False))
    return paths


def _services(made: Made, district: District, folder: Path) -> Path:
    """The service log: with keys, with headcounts only, or as an export of Salesforce's program module."""
    rows = made.log.rows[made.log.rows["place"].isin(district.places)]
    cds = np.array([s.cds for s in made.world.schools])
    if district.services == "headcount":
        rows = rows[rows["delivered"]].assign(heads=rows["headcount"].clip(1))
        groups = rows.groupby(["place", "day", "category", "partner"])["heads"].sum().reset_index()
        return save(pd.DataFrame({
            "service_date": groups["day"].dt.strftime("%Y-%m-%d"), "cds_code": cds[groups["place"]], "headcount": groups["heads"],
            "service_category": groups["category"], "delivered": "yes", "provider": _names(groups["partner"]),
        }), folder / "service_log.csv")  # fmt: skip
    key = made.running.students["student"].to_numpy()[rows["row"]]
    student = pd.Series(key.astype(str), index=rows.index).where(rows["row"] >= 0)
    day = rows["day"].dt.strftime("%Y-%m-%d")
    if district.services == "pmm":
        seen = (rows["row"] >= 0) & rows["day"].notna()
        return save(pd.DataFrame({
            "Service Delivery Name": "SD-" + rows.index.astype(str), "Delivery Date": rows["day"].dt.strftime("%m/%d/%Y"),
            "CDS Code": cds[rows["place"]], "Contact ID": student, "Service: Service Name": rows["category"],
            "Program Engagement: Program": rows["category"].map(PILLAR),
            "Attendance Status": np.where(rows["delivered"], "Present", "Unexcused Absence"), "Quantity": rows["quantity"],
            "Unit of Measurement": rows["unit"], "Service Provider": _names(rows["partner"]),
        })[seen], folder / "ServiceDelivery.csv")  # fmt: skip
    if district.services == "incomplete":
        student = student.where((rows.index * 7919) % 100 < 100 * NO_KEY)
    return save(pd.DataFrame({
        "service_date": day, "cds_code": cds[rows["place"]], "student_key": student,
        "headcount": rows["headcount"].where(rows["headcount"] >= 0).astype("Int64"), "service_category": rows["category"],
        "service_type": "", "delivered": np.where(rows["delivered"], "yes", "no"), "quantity": rows["quantity"],
        "unit": rows["unit"], "provider": _names(rows["partner"]),
        "referral_id": ("R" + rows["referral"].astype(str)).where(rows["referral"] >= 0),
        "referral_date": rows["referred"].dt.strftime("%Y-%m-%d"), "close_date": rows["closed"].dt.strftime("%Y-%m-%d"),
        "outcome": rows["outcome"],
    }), folder / "service_log.csv")  # fmt: skip


def _names(partner: Frame) -> Frame:
    return partner.map(dict(enumerate(PARTNERS)))


def _partners(made: Made, district: District, folder: Path) -> list[Path]:
    """The partners as an HSDS directory, with the table that links its services to schools."""
    organizations = pd.DataFrame({"id": [f"org-{n}" for n in range(len(PARTNERS))], "name": PARTNERS, "description": "Invented"})
    services = pd.DataFrame({
        "id": [f"sv-{c}" for c in GIVES], "organization_id": [f"org-{n}" for n in GIVES.values()], "program_id": "",
        "name": list(GIVES), "status": "active", "service_category": list(GIVES),
    })  # fmt: skip
    without = missing_pillar(np.array(district.places))
    links = [(f"sv-{c}", made.world.schools[p].cds) for p, pillar in zip(district.places, without, strict=True) for c in GIVES
             if PILLAR[c] != pillar]  # fmt: skip
    schools = pd.DataFrame(links, columns=["service_id", "cds_code"]).assign(organization_id="")
    frames = (("organization", organizations), ("service", services), ("service_schools", schools))
    return [save(frame, folder / f"{name}.csv") for name, frame in frames]
