"""A tiny California in CDE's current layouts: two counties, three districts, six schools. Invented names, counts that add up."""

from pathlib import Path

CHRONIC = (
    "Academic Year",
    "Aggregate Level",
    "County Code",
    "District Code",
    "School Code",
    "County Name",
    "District Name",
    "School Name",
    "Charter School",
    "DASS",
    "Reporting Category",
    "ChronicAbsenteeismEligibleCumulativeEnrollment",
    "ChronicAbsenteeismCount",
    "ChronicAbsenteeismRate",
)
SUSPENSION = (
    "AcademicYear",
    "AggregateLevel",
    "CountyCode",
    "DistrictCode",
    "SchoolCode",
    "CountyName",
    "DistrictName",
    "SchoolName",
    "CharterYN",
    "ReportingCategory",
    "CumulativeEnrollment",
    "Total Suspensions",
    "Unduplicated Count of Students Suspended (Total)",
    "Unduplicated Count of Students Suspended (Defiance-Only)",
    "Suspension Rate (Total)",
    "Suspension Count Violent Incident (Injury)",
    "Suspension Count Violent Incident (No Injury)",
    "Suspension Count Weapons Possession",
    "Suspension Count Illicit Drug-Related",
    "Suspension Count Defiance-Only",
    "Suspension Count Other Reasons",
)
SCHOOLS = (
    ("13", "Imperial", "90001", "Alder Valley Unified", "9000101", "Alder Elementary", 400),
    ("13", "Imperial", "90001", "Alder Valley Unified", "9000102", "Brisas Middle", 520),
    ("13", "Imperial", "90002", "Cedar Flats Elementary", "9000103", "Cedar Elementary", 96),
    ("56", "Ventura", "90003", "Fairmont Hills Unified", "9000104", "Niños Academy", 310),
    ("56", "Ventura", "90003", "Fairmont Hills Unified", "9000105", "Harbor “Light” High", 1210),
    ("56", "Ventura", "90003", "Fairmont Hills Unified", "9000106", "Granada Elementary", 28),
)


def rate(k: int, n: int) -> str:
    tenths = (2000 * k + n) // (2 * n)
    return f"{tenths // 10}.{tenths % 10}"


def groups(n: int, share: float) -> dict[str, tuple[int, int]]:
    """Counts by student group that add up: TA = GF + GM + GX."""
    female, male = int(n * 0.48), int(n * 0.5)
    sizes = {"GF": female, "GM": male, "GX": n - female - male}
    out = {g: (int(size * share), size) for g, size in sizes.items() if size}
    return {"TA": (sum(k for k, _ in out.values()), n), **out}


def places(year: int):
    """(level, county code, county, district code, district, school code, school, enrollment) for every row's place."""
    drift = (year - 2024) * 7
    schools = [("S", c, cn, d, dn, s, sn, n + drift) for c, cn, d, dn, s, sn, n in SCHOOLS]
    up = {}
    for _, c, cn, d, dn, _, _, n in schools:
        for key in (("D", c, cn, d, dn, "", ""), ("C", c, cn, "", "", "", ""), ("T", "", "", "", "", "", "")):
            up[key] = up.get(key, 0) + n
    return [(*key, n) for key, n in sorted(up.items(), key=lambda item: "TCD".index(item[0][0]))] + schools


def chronic_rows(year: int, share: float | None = None) -> list[list[str]]:
    share = share if share is not None else 0.30 - 0.02 * (year - 2022)
    rows = []
    for level, c, cn, d, dn, s, sn, n in places(year):
        for group, (k, size) in groups(n, share).items():
            dark = size <= 10
            scope = ("No", "No") if level == "S" else ("All", "All")
            counts = ("*", "*", "*") if dark else (str(size), str(k), rate(k, size))
            rows.append([f"{year - 1}-{year % 100:02d}", level, c, d, s, cn, dn, sn, *scope, group, *counts])
    return rows


def suspension_rows(year: int) -> list[list[str]]:
    rows = []
    for level, c, cn, d, dn, s, sn, n in places(year):
        for group, (k, size) in groups(n, 0.04).items():
            dark = size <= 10
            counts = ["*"] * 11 if dark else [str(size), str(k + 2), str(k), "0", rate(k, size), "1", "1", "0", "0", "0", str(k)]
            rows.append(
                [f"{year - 1}-{year % 100:02d}", level, c, d, s, cn, dn, sn, "No" if level == "S" else "All", group, *counts]
            )
    return rows


def text(header: tuple[str, ...], rows: list[list[str]]) -> bytes:
    return "".join("\t".join(r) + "\r\n" for r in [list(header), *rows]).encode("cp1252")


def write(folder: Path, years: tuple[int, ...] = (2023, 2024, 2025), share: float | None = None) -> Path:
    """Write the files of some years into a folder and return it. `share` moves every rate, so that builds can be told apart."""
    folder.mkdir(parents=True, exist_ok=True)
    for year in years:
        (folder / f"chronicabsenteeism{year % 100}.txt").write_bytes(text(CHRONIC, chronic_rows(year, share)))
        (folder / f"suspension{year % 100}.txt").write_bytes(text(SUSPENSION, suspension_rows(year)))
    return folder
