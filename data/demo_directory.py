"""The directory and the grantee list of the demonstration data, as CDE's `pubschls.txt` and the product's own `grantees.csv`.

Must not know counts. What only a real school has (streets, telephones, people) is `No Data` or plainly invented.
"""

from pathlib import Path

from data.demo_places import FIRST, LAST, District, School, World

COLUMNS = (
    "CDSCode", "NCESDist", "NCESSchool", "StatusType", "County", "District", "School", "Street", "StreetAbr", "City", "Zip",
    "State", "MailStreet", "MailStrAbr", "MailCity", "MailZip", "MailState", "Phone", "Ext", "FaxNumber", "WebSite",
    "OpenDate", "ClosedDate", "Charter", "CharterNum", "FundingType", "DOC", "DOCType", "SOC", "SOCType", "EdOpsCode",
    "EdOpsName", "EILCode", "EILName", "GSoffered", "GSserved", "Virtual", "Magnet", "YearRoundYN", "FederalDFCDistrictID",
    "Latitude", "Longitude", "AdmFName", "AdmLName", "LastUpDate", "Multilingual",
)
NO_DATA = "No Data"
KINDS = {
    "unified": ("54", "Unified School District"), "elementary": ("52", "Elementary School District"),
    "high": ("56", "High School District"), "office": ("00", "County Office of Education (COE)"),
}
SCHOOL_KINDS = {
    "elementary": ("60", "Elementary Schools (Public)"), "middle": ("62", "Intermediate/Middle Schools (Public)"),
    "high": ("66", "High Schools (Public)"), "combined": ("65", "K-12 Schools (Public)"),
    "dass": ("68", "Continuation High Schools"),
}
LEVELS = {
    "elementary": ("ELEM", "Elementary"), "middle": ("INTMIDJR", "Intermediate/Middle/Junior High"),
    "high": ("HS", "High School"), "combined": ("ELEMHIGH", "Elementary-High Combination"),
}
UPDATED = "10/06/2025"


def write_directory(folder: Path, world: World) -> Path:
    """`pubschls.txt`: a row a district and a school, and one pending school that no other file knows."""
    rows = [_district(d) for d in world.districts] + [_school(i, s) for i, s in enumerate(world.schools) if s.listed]
    rows.append(_pending(world))
    rows.sort(key=lambda r: r["CDSCode"])
    text = ["\t".join(COLUMNS)] + ["\t".join(r.get(c, NO_DATA) for c in COLUMNS) for r in rows]
    path = folder / "pubschls.txt"
    path.write_bytes(("\r\n".join(text) + "\r\n").encode("cp1252"))
    return path


def write_grantees(folder: Path, world: World) -> Path:
    """`grantees.csv` in the template's columns."""
    lines = ["cds_code,grant_type,cohort,start,end"]
    lines += [f"{g.place},{g.kind},{g.cohort},{g.start},{g.end}" for g in world.grants]
    path = folder / "grantees.csv"
    path.write_bytes(("\n".join(lines) + "\n").encode())
    return path


def _district(district: District) -> dict[str, str]:
    code, kind = KINDS[district.kind]
    return {
        "CDSCode": district.code + "0000000", "StatusType": "Active", "County": district.county_name, "District": district.name,
        "City": district.city, "State": "CA", "DOC": code, "DOCType": kind, "Latitude": f"{district.latitude:.6f}",
        "Longitude": f"{district.longitude:.6f}", "AdmFName": "Demo", "AdmLName": "Superintendent", "LastUpDate": UPDATED,
    }


def _school(number: int, school: School) -> dict[str, str]:
    closed = school.last < LAST
    code, kind = SCHOOL_KINDS["dass" if school.dass else school.level]
    eil, level = LEVELS[school.level]
    opened = f"08/{10 + number % 18}/{school.first - 1 if school.first > FIRST else 1950 + number * 7 % 60}"
    return {
        **_district(school.district), "CDSCode": school.cds, "School": school.name,
        "StatusType": ("Merged" if number % 5 == 0 else "Closed") if closed else "Active",
        "OpenDate": opened, "ClosedDate": f"06/30/{school.last}" if closed else NO_DATA,
        "Charter": "Y" if school.charter else "N", "CharterNum": f"D{number:03d}" if school.charter else NO_DATA,
        "FundingType": ("Directly funded", "Locally funded")[number % 2] if school.charter else NO_DATA,
        "SOC": code, "SOCType": kind, "EdOpsCode": "CONT" if school.dass else "TRAD",
        "EdOpsName": "Continuation School" if school.dass else "Traditional", "EILCode": eil, "EILName": level,
        "GSoffered": school.span, "GSserved": NO_DATA if closed else school.span, "Virtual": "N",
        "Magnet": "Y" if number % 17 == 0 else "N", "YearRoundYN": "N",
        "Latitude": f"{school.latitude:.6f}", "Longitude": f"{school.longitude:.6f}",
        "AdmFName": "Demo", "AdmLName": "Principal", "Multilingual": "Y" if number % 9 == 0 else "N",
    }


def _pending(world: World) -> dict[str, str]:
    near = next(s for s in world.schools if s.listed and s.level == "elementary" and not s.charter)
    return {**_school(1, near), "CDSCode": near.district.code + "9999991", "School": "Unopened Meadow Elementary",
            "StatusType": "Pending", "OpenDate": "08/17/2026", "GSserved": NO_DATA}
