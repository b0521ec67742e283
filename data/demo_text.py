"""CDE's file layouts for the demonstration data: one a family and release, with the drift that real releases show.

Owns headers, encodings, line ends, suppression and half-up rates. It must not invent a place or a count. Real files were
measured: a place's non-empty groups are present, every race is present, `*` stands in all measure fields from 10 students down,
and suspension files print the total of a tiny place all the same. CDE's page also says that "race not reported" is withheld
beside another withheld race; the releases since 2021-22 do not do so, hence `withhold_rd`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data.demo_counts import GENDERS, PROGRAMS, RACES, REASONS, Counts, Ints

SMALL = 10
SPACED = (
    "Academic Year", "Aggregate Level", "County Code", "District Code", "School Code",
    "County Name", "District Name", "School Name",
)
JOINED = tuple(c.replace(" ", "") for c in SPACED)
ELIGIBLE = "ChronicAbsenteeismEligibleCumulativeEnrollment"
REASON_NAMES = ("Violent Incident (Injury)", "Violent Incident (No Injury)", "Weapons Possession", "Illicit Drug-Related")
STUDENTS = "Unduplicated Count of Students Suspended"


@dataclass(frozen=True)
class Layout:
    """One release: its file name, header and habits. `charter` and `dass` name those columns ("" when there is none)."""

    year: int
    file: str
    identity: tuple[str, ...]
    charter: str
    dass: str
    measures: tuple[str, ...]
    kinder: str = ""
    through8: str = ""
    encoding: str = "cp1252"
    yes_no: tuple[str, str] = ("Yes", "No")
    every: str = "All"
    school_scope_all: bool = False
    withhold_rd: bool = False
    errata: bool = False
    trailing: int = 0
    sloppy_dass: bool = False

    @property
    def header(self) -> str:
        names = [*self.identity, self.charter, *([self.dass] if self.dass else []),
                 "ReportingCategory" if self.identity is JOINED else "Reporting Category", *self.measures]
        return "\t".join(names + (["Errata Flag (Y/N)"] if self.errata else [])) + "\t" * self.trailing


def _chronic(year: int, suffix: str, *rest, **habits) -> Layout:
    return Layout(year, f"chronicabsenteeism{year % 100}{suffix}.txt", *rest, **habits)


_CUT = (ELIGIBLE[:32], "ChronicAbsenteeismCount", "ChronicAbsenteeismRate")
_FULL = (ELIGIBLE, "ChronicAbsenteeismCount", "ChronicAbsenteeismRate")
CHRONIC = {layout.year: layout for layout in (
    _chronic(2017, "", SPACED, "Charter School", "",
             ("Cumulative Enrollment", "Chronic Absenteeism Count", "Chronic Absenteeism Rate"),
             kinder="GRK", through8="GRK8", school_scope_all=True, withhold_rd=True),
    _chronic(2018, "", JOINED, "CharterSchool", "",
             ("CumulativeEnrollment", "ChronicAbsenteeismCount", "ChronicAbsenteeismRate"),
             kinder="GRK", through8="GRK8", school_scope_all=True, withhold_rd=True),
    _chronic(2019, "", JOINED, "CharterYN", "", _CUT, kinder="GRKN", through8="GRK8", school_scope_all=True, withhold_rd=True),
    _chronic(2021, "", SPACED, "Charter School", "", _FULL, kinder="GRKN", through8="GRK8", withhold_rd=True),
    _chronic(2022, "", SPACED, "Charter School", "", _FULL, kinder="GRKN", through8="GRK8"),
    _chronic(2023, "", SPACED, "Charter School", "DASS", _FULL, kinder="GRKN", through8="GRK8"),
    _chronic(2024, "", SPACED, "Charter School", "DASS", _FULL, kinder="GRTKKN", through8="GRTK8"),
    _chronic(2025, "-v2", SPACED, "Charter School", "DASS", _FULL, kinder="GRTKKN", through8="GRTK8", sloppy_dass=True),
)}


def _suspended(defiance: str = "Suspension Count Defiance-Only", enrollment: str = "CumulativeEnrollment") -> tuple[str, ...]:
    students = (f"{STUDENTS} (Total)", f"{STUDENTS} (Defiance-Only)")
    reasons = [f"Suspension Count {n}" for n in REASON_NAMES]
    return (enrollment, "Total Suspensions", *students, "Suspension Rate (Total)", *reasons, defiance,
            "Suspension Count Other Reasons")


def _suspension(year: int, suffix: str = "", identity: tuple[str, ...] = JOINED, charter: str = "CharterYN",
                measures: tuple[str, ...] | None = None, **habits) -> Layout:
    return Layout(year, f"suspension{year % 100}{suffix}.txt", identity, charter, "", measures or _suspended(), **habits)


_OLD_DEFIANCE = "Suspension Count of Students Suspended (Defiance-Only)"
SUSPENSION = {layout.year: layout for layout in (
    _suspension(2017, "", SPACED, "Charter (Y/N)", _suspended(_OLD_DEFIANCE, "Cumulative Enrollment"), yes_no=("Y", "N"),
                errata=True, trailing=3, school_scope_all=True, withhold_rd=True),
    _suspension(2018, measures=_suspended(_OLD_DEFIANCE), yes_no=("Y", "N"), errata=True, school_scope_all=True,
                withhold_rd=True),
    _suspension(2019, measures=_suspended(_OLD_DEFIANCE), school_scope_all=True, withhold_rd=True),
    _suspension(2020, trailing=2, withhold_rd=True),
    _suspension(2021, withhold_rd=True),
    _suspension(2022),
    _suspension(2023),
    _suspension(2024, encoding="utf-8-sig"),
    _suspension(2025, "-v2"),
)}


@dataclass(frozen=True)
class Rows:
    """What a level prints. `prefix`: one text a place, up to its category. `measured`: [place, code, measure], see `by_code`."""

    prefix: list[str]
    measured: Ints
    only_total: bool = False


def codes(layout: Layout) -> list[str]:
    """The layout's category codes, in the file's order."""
    grades = [layout.kinder, layout.through8, "GR13", "GR46", "GR78", "GR912", "GRUG"] if layout.kinder else []
    return sorted([*RACES, *GENDERS, *PROGRAMS, *grades, "TA"])


def by_code(layout: Layout, counts: Counts) -> Ints:
    """[place, code, measure] in the order of `codes`."""
    found: dict[str, Ints] = dict(zip(PROGRAMS, counts.programs.swapaxes(0, 1), strict=True))
    found |= dict(zip(RACES, counts.group("race").swapaxes(0, 1), strict=True))
    found |= dict(zip(GENDERS, counts.group("gender").swapaxes(0, 1), strict=True))
    if layout.kinder:
        grades = counts.group("grade").swapaxes(0, 1)
        found |= dict(zip((layout.kinder, "GR13", "GR46", "GR78", "GR912", "GRUG"), grades, strict=True))
        found[layout.through8] = grades[:4].sum(axis=0)
    found["TA"] = counts.total
    return np.stack([found[c] for c in codes(layout)], axis=1)


def part(layout: Layout, measured: Ints, share: NDArray[np.float64]) -> Ints:
    """As `measured`, with the given [place, measure] share of each place's total and nothing else: a Charter or DASS scope."""
    out, total = np.zeros_like(measured), codes(layout).index("TA")
    out[:, total] = np.floor(measured[:, total] * share + 0.5).astype(np.int64)
    return out


def _columns(layout: Layout, measured: Ints) -> tuple[Ints, Ints, list[Ints], list[Ints]]:
    """Students, students hit, and the counts that the file prints before and after the rate."""
    if layout.kinder:
        hit, students = measured[..., 1], measured.sum(axis=-1)
        return students, hit, [students, hit], []
    hit, students, incidents = measured[..., 1] + measured[..., 2], measured[..., :3].sum(axis=-1), measured[..., 3:].sum(axis=-1)
    return students, hit, [students, incidents, hit, measured[..., 2]], [measured[..., 3 + i] for i in range(REASONS)]


RATES = [f"{tenths // 10}.{tenths % 10}" for tenths in range(1001)]


def lines(layout: Layout, rows: Rows) -> list[str]:
    """The text lines of a level: groups nobody is in are absent except races; small groups are `*`; rates are rounded half up."""
    names = np.array(codes(layout))
    race, total = np.isin(names, RACES), names == "TA"
    students, hit, before, after = _columns(layout, rows.measured)
    present = np.asarray(students > 0) & total if rows.only_total else (students > 0) | (race & (students[:, total] > 0))
    withheld = _withheld(layout, students, names)[present].tolist()
    place, code = (axis.tolist() for axis in np.nonzero(present))
    tenths = (2000 * hit[present] + students[present]) // (2 * students[present]).clip(1)
    text = [map(str, c[present].tolist()) for c in before]
    text += [map(RATES.__getitem__, tenths.tolist())]
    text += [map(str, c[present].tolist()) for c in after]
    end = ("\tN" if layout.errata else "") + "\t" * layout.trailing
    star, titles, prefix = "\t*" * len(text) + end, names.tolist(), rows.prefix
    return [prefix[p] + titles[c] + (star if hidden else "\t" + "\t".join(values) + end)
            for p, c, hidden, values in zip(place, code, withheld, zip(*text, strict=True), strict=True)]


def _withheld(layout: Layout, students: Ints, names: NDArray[np.str_]) -> NDArray[np.bool_]:
    withheld: NDArray[np.bool_] = np.less_equal(students, SMALL)
    if layout.withhold_rd:
        others = np.isin(names, RACES) & (names != "RD")
        withheld[:, names == "RD"] |= np.any(withheld[:, others], axis=1, keepdims=True)
    if not layout.kinder:
        withheld &= names != "TA"
    return withheld


def write_file(folder: Path, layout: Layout, body: Sequence[str]) -> Path:
    """One file with CDE's line ends."""
    path = folder / layout.file
    path.write_bytes(("\r\n".join([layout.header, *body]) + "\r\n").encode(layout.encoding))
    return path
