"""Further families of the demonstration: absenteeism by reason, expulsion and stability, drawn from the counts of the first two.

Students stay those of the chronic absenteeism and suspension files of the same place and year, so that a group that is small in
one is small in the other, as in CDE's files. Only the newest years are made: the rest would tell nothing new and take time.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.random import Generator, default_rng

from data.demo_counts import RACES, Counts, Ints
from data.demo_text import JOINED, SMALL, SPACED, Layout, by_code, codes, write_file

FROM = 2023
"""The first ending year of these families."""
REASONS = ("Excused Absences", "Unexcused Absences", "Out-of-School Suspension Absences", "Incomplete Independent Study Absences")
TENTHS = np.array([[54, 15, 0.3, 1.2], [175, 105, 3, 12]])
"""Days by reason in tenths for a student who was absent at all, and for one who was chronically absent."""
NEVER, EXPELLED, STABLE = 0.08, 0.02, (0.945, 0.80)
EXPELLED_FOR = np.array([0.2, 0.2, 0.25, 0.25, 0.0, 0.1])

Level = tuple[list[str], Counts]
"""The texts up to the category of one level's places, and their counts."""
Columns = tuple[list[str], Ints, list[list[list[str]]]]
"""Codes, students [place, code], and the printed columns, each [place][code]."""


def write(folder: Path, year: int, absence: Callable[[Layout], list[Level]], suspension: Callable[[Layout], list[Level]],
          seed: int) -> list[Path]:
    """Write the three files of a year. `absence` and `suspension` give state, counties, districts and schools of a layout."""
    rng = default_rng([seed, 5, year])
    made = ((_reason_layout(year), absence, reason), (_stability_layout(year), absence, stability),
            (_expulsion_layout(year), suspension, expulsion))
    paths = []
    for layout, levels, columns in made:
        body = [line for prefixes, counts in levels(layout) for line in _lines(layout, prefixes, columns(layout, counts, rng))]
        paths.append(write_file(folder, layout, body))
    return paths


def _graded(year: int, file: str, columns: tuple[str, ...]) -> Layout:
    kinder, through8 = ("GRTKKN", "GRTK8") if year >= 2024 else ("GRKN", "GRK8")
    return Layout(year, file, SPACED, "Charter School", "DASS", columns, kinder=kinder, through8=through8)


def _reason_layout(year: int) -> Layout:
    columns = ("Eligible Cumulative Enrollment", "Count of Students with One or More Absences", "Average Days Absent",
               "Total Days Absent", *(f"{r} (percent)" for r in REASONS), *(f"{r} (count)" for r in REASONS))
    return _graded(year, f"absenteeismreason{year % 100}.txt", columns)


def _stability_layout(year: int) -> Layout:
    columns = ("Adjusted Cumulative Enrollment", "Stability (count)", "Stability Rate (percent)", "Non-Stability (count)",
               "Non-Stability Rate (percent)")
    return _graded(year, f"stability{year % 100}.txt", columns)


def _expulsion_layout(year: int) -> Layout:
    names = ("Violent Incident (Injury)", "Violent Incident (No Injury)", "Weapons Possession", "Illicit Drug-Related",
             "Defiance-Only", "Other Reasons")
    students = "Unduplicated Count of Students Expelled"
    columns = ("CumulativeEnrollment", "Total Expulsions", f"{students} (Total)", f"{students} (Defiance-Only)",
               "Expulsion Rate (Total)", *(f"Expulsion Count {n}" for n in names))
    return Layout(year, f"expulsion{year % 100}.txt", JOINED, "CharterYN", "", columns)


def reason(layout: Layout, counts: Counts, rng: Generator) -> Columns:
    """Absenteeism by reason: eligible, absent once or more, days in tenths by reason; chronically absent students beside."""
    def drawn(students: Ints) -> tuple[Ints, Ints]:
        clear, chronic = students[..., 0], students[..., 1]
        absent = clear - rng.binomial(clear, NEVER)
        parts = [np.concatenate([np.stack([n, a], axis=-1), rng.poisson(a[..., None] * days)], axis=-1)
                 for n, a, days in ((clear, absent, TENTHS[0]), (chronic, chronic, TENTHS[1]))]
        return parts[0], parts[1]

    (clear, chronic), (programs, chronic_programs) = drawn(counts.cells), drawn(counts.programs)
    inner = tuple(range(1, clear.ndim - 1))
    found = by_code(layout, Counts(clear + chronic, programs + chronic_programs))
    found = np.concatenate([found, chronic.sum(axis=inner)[:, None], clear.sum(axis=inner)[:, None]], axis=1)
    students, absent, days = found[..., 0], found[..., 1], found[..., 2:]
    total = days.sum(axis=-1)
    each = [days[..., i] for i in range(len(REASONS))]
    columns = [_whole(students), _whole(absent), _tenths(_half_up(total, absent)), _tenths(total),
               *(_tenths(_half_up(1000 * d, total)) for d in each), *(_tenths(d) for d in each)]
    return [*codes(layout), "CAY", "CAN"], students, columns


def stability(layout: Layout, counts: Counts, rng: Generator) -> Columns:
    """Stability: enrolled, enrolled at one school for 245 days; chronically absent students move more often."""
    def drawn(students: Ints) -> Ints:
        stable = rng.binomial(students[..., 0], STABLE[0]) + rng.binomial(students[..., 1], STABLE[1])
        return np.stack([students.sum(axis=-1), stable], axis=-1)

    found = by_code(layout, Counts(drawn(counts.cells), drawn(counts.programs)))
    students, stable = found[..., 0], found[..., 1]
    moved = students - stable
    return codes(layout), students, [_whole(students), _whole(stable), _tenths(_half_up(1000 * stable, students)), _whole(moved),
                                     _tenths(_half_up(1000 * moved, students))]


def expulsion(layout: Layout, counts: Counts, rng: Generator) -> Columns:
    """Expulsion: enrolled, expelled (one time each), by reason."""
    def drawn(students: Ints) -> Ints:
        expelled = rng.binomial(students[..., 1] + students[..., 2], EXPELLED)
        return np.concatenate([np.stack([students[..., :3].sum(axis=-1), expelled], axis=-1),
                               rng.multinomial(expelled, EXPELLED_FOR)], axis=-1)

    found = by_code(layout, Counts(drawn(counts.cells), drawn(counts.programs)))
    students, expelled = found[..., 0], found[..., 1]
    columns = [_whole(n) for n in (students, expelled, expelled, 0 * expelled)]
    rate = _tenths(_half_up(1000 * expelled, students))
    return codes(layout), students, [*columns, rate, *(_whole(found[..., 2 + i]) for i in range(len(EXPELLED_FOR)))]


def _half_up(numerator: Ints, denominator: Ints) -> Ints:
    """numerator / denominator rounded half up; 0 where there is nothing to divide by."""
    return (2 * numerator + denominator) // (2 * denominator).clip(1)


def _whole(numbers: Ints) -> list[list[str]]:
    return [[str(n) for n in row] for row in numbers.tolist()]


def _tenths(numbers: Ints) -> list[list[str]]:
    return [[f"{n // 10}.{n % 10}" for n in row] for row in numbers.tolist()]


def _lines(layout: Layout, prefixes: Sequence[str], columns: Columns) -> Iterator[str]:
    """The text lines of a level, as `demo_text.lines`: empty groups are absent but races, small ones are `*`."""
    names, students, printed = columns
    race = [name in RACES for name in names]
    star = "\t*" * len(printed)
    for place, prefix in enumerate(prefixes):
        for code, name in enumerate(names):
            count = students[place, code]
            if count > SMALL or (name == "TA" and count and not layout.kinder):
                yield prefix + name + "".join("\t" + column[place][code] for column in printed)
            elif count or (race[code] and students[place].any()):
                yield prefix + name + star
