"""Enrollment of the demonstration: cumulative, on census day, and the unduplicated pupils among those of census day.

Cumulative enrollment is that of the suspension file of the same place and year, as in CDE's files. On census day fewer students
are there, each counted once: schools add to districts, counties and the state. The unduplicated pupil count is CDE's workbook
saved as text. Of the census-day groups those of race, gender and the six programs are made, in one scope above the schools.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from data.demo_counts import GENDERS, PROGRAMS, RACES, Counts, Ints, Population
from data.demo_more import Level
from data.demo_places import School, World
from data.demo_text import JOINED, SMALL, Layout, by_code, codes, write_file
from data.registry import counties
from data.sources import families

CENSUS_FROM, UPC_YEAR = 2024, 2025
THERE, ALSO_POOR = 0.955, 0.9
"""Share of the year's students who are there on census day, and of English learners and foster youth who are poor too."""
SPANS = (("TK", "KN"), ("01", "02", "03"), ("04", "05", "06"), ("07", "08"), ("09", "10", "11", "12"))
"""Which grades each span of the chronic absenteeism file holds; nobody is in ungraded classes any more."""
CENSUS = {
    **{code: f"RE_{code[1]}" for code in RACES}, **{code: f"GN_{code[1]}" for code in GENDERS},
    **dict(zip(PROGRAMS, ("SG_EL", "SG_DS", "SG_SD", "SG_MG", "SG_FS", "SG_HM"), strict=True)), "TA": "TA",
}  # fmt: skip

Places = Callable[[Layout], Sequence[tuple[list[str], object]]]
"""The texts up to the category of state, counties, districts and schools, in this order, with something that is not used."""


def cumulative(folder: Path, year: int, suspension: Callable[[Layout], list[Level]]) -> Path:
    """Write the cumulative enrollment of a year: the students of the suspension file, ten or fewer withheld in every row."""
    name = f"cenroll{(year - 1) % 100}{year % 100}{'-v2' if year == 2025 else ''}.txt"
    layout = Layout(year, name, JOINED, "Charter", "", ("CumulativeEnrollment",), encoding="utf-8-sig")
    names, body = codes(layout), []
    for prefixes, counts in suspension(layout):
        found = by_code(layout, counts)[..., :3].sum(axis=-1).tolist()
        for prefix, row in zip(prefixes, found, strict=True):
            shown = [(c, n) for c, n in zip(names, row, strict=True) if n or (c in RACES and any(row))]
            body += [f"{prefix}{c}\t{n if n > SMALL else '*'}" for c, n in shown]
    return write_file(folder, layout, body)


def on_census_day(people: Population, year: int, active: NDArray[np.bool_], schools: Counts) -> dict[str, Ints]:
    """Group -> [school, (all, TK, K, 1 … 12)] of the schools of a year, drawn from the students of their absence."""
    rng = default_rng([people.seed, 6, year])
    cells = rng.binomial(schools.cells.sum(axis=-1), THERE)
    graded = {"TA": cells.sum(axis=(1, 2))}
    graded |= {code: cells[:, i].sum(axis=1) for i, code in enumerate(RACES)}
    graded |= {code: cells[:, :, i].sum(axis=1) for i, code in enumerate(GENDERS)}
    share = graded["TA"] / graded["TA"].sum(axis=1, keepdims=True).clip(1)
    for i, code in enumerate(PROGRAMS):
        graded[code] = np.minimum(rng.binomial(schools.programs[:, i].sum(axis=-1)[:, None], THERE * share), graded["TA"])
    return {code: _grades(values) for code, values in graded.items()}


def _grades(spans: Ints) -> Ints:
    """[school, span] -> [school, (all, TK, K, 1 … 12)]: a span's students spread evenly over its grades."""
    columns = []
    for span, grades in enumerate(SPANS):
        each, more = np.divmod(spans[:, span], len(grades))
        columns += [each + (more > i) for i in range(len(grades))]
    grades = np.stack(columns, axis=1)
    return np.concatenate([grades.sum(axis=1, keepdims=True), grades], axis=1)


def census(
    folder: Path, year: int, people: Population, active: NDArray[np.bool_], found: dict[str, Ints], places: Places
) -> Path:
    """Write the census-day file of a year. Totals are never withheld, grades of a school's few students are."""
    grades = [g for names in SPANS for g in names]
    name = f"cdenroll{(year - 1) % 100}{year % 100}{'-v2' if year == 2024 else ''}.txt"
    columns = ("TOTAL_ENR", *(f"GR_{g}" for g in grades))
    layout = Layout(year, name, JOINED, "Charter", "", columns, yes_no=("Y", "N"), every="ALL")
    zero = np.zeros(int(active.sum()), dtype=np.int64)
    above = ((zero, 1), (people.county[active], len(counties)), (people.district[active], len(people.world.districts)), None)
    names, body = sorted(found, key=CENSUS.__getitem__), []
    measured = np.stack([found[code] for code in names], axis=1)
    for (prefixes, _), parent in zip(places(layout), above, strict=True):
        rows = measured
        if parent:
            rows = np.zeros((parent[1], *measured.shape[1:]), dtype=np.int64)
            np.add.at(rows, parent[0], measured)
        counted: Any = rows.tolist()
        for prefix, row in zip(prefixes, counted, strict=True):
            for code, (total, *each) in zip(names, row, strict=True):
                if total:
                    hide = parent is None and code not in RACES
                    shown = "\t".join("*" if hide and 0 < n <= SMALL else str(n) for n in each)
                    body.append(f"{prefix}{CENSUS[code]}\t{total}\t{shown}")
    return write_file(folder, layout, body)


def unduplicated(folder: Path, year: int, world: World, active: NDArray[np.bool_], found: dict[str, Ints]) -> Path:
    """Write the unduplicated pupil count: districts without their charter schools, charter schools as agencies, and schools."""
    schools = [s for s, a in zip(world.schools, active, strict=True) if a]
    total = found["TA"][:, 0]
    also = found["SE"][:, 0] + found["SF"][:, 0]
    pupils = np.minimum(found["SS"][:, 0] + np.round(also * (1 - ALSO_POOR)).astype(np.int64), total)
    agencies: dict[str, tuple[School, int, int]] = {}
    each = list(zip(schools, total.tolist(), pupils.tolist(), strict=True))
    for school, students, counted in each:
        agency = school.cds if school.charter else school.district.code
        _, others, theirs = agencies.get(agency, (school, 0, 0))
        agencies[agency] = school, others + students, theirs + counted
    rows = [_agency("LEA-Level CALPADS UPC Data", year, s, n, k, own=s.charter) for s, n, k in agencies.values()]
    rows += [_agency("School-Level CALPADS UPC Data", year, s, n, k, own=True) for s, n, k in each]
    header = families["unduplicated_pupils"].layouts[-1].headers
    path = folder / f"cupc{(year - 1) % 100}{year % 100}-k12.txt"
    lines = ["\t".join(header.values()), *("\t".join(row.get(c, "") for c in header) for row in rows)]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode())
    return path


def _agency(sheet: str, year: int, school: School, students: int, pupils: int, own: bool) -> dict[str, str]:
    home = school.district
    return {
        "sheet": sheet, "academic_year": f"{year - 1}-{year}", "county_code": home.county, "district_code": home.code[2:],
        "school_code": school.code if own else "0000000", "county_name": home.county_name, "district_name": home.name,
        "school_name": school.name if own else "N/A", "charter": "Yes" if own and school.charter else "No",
        "total_enrollment": str(students), "unduplicated_pupils": str(pupils), "certified": "Y",
    }  # fmt: skip
