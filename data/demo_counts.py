"""The invented counts of the demonstration data: who is enrolled, chronically absent and suspended, in every place and year.

Students are drawn for each cell of race x gender x grade of each school, so the families add exactly. Higher levels keep a
binomial sample of the cells below them: a student who moved counts once there, as in CDE's files. It must not know names, codes
or layouts.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from data.demo_places import FIRST, LAST, World

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

RACES = ("RB", "RI", "RA", "RF", "RH", "RP", "RT", "RW", "RD")
GENDERS = ("GF", "GM", "GX", "GZ")
GRADES = ("K", "GR13", "GR46", "GR78", "GR912", "GRUG")
PROGRAMS = ("SE", "SD", "SS", "SM", "SF", "SH")
REASONS = 6

RACE_SHARE = np.array([0.05, 0.006, 0.10, 0.022, 0.555, 0.005, 0.046, 0.205, 0.011])
RACE_ABSENT = np.array([0.65, 0.6, -0.95, -0.7, 0.2, 0.6, -0.1, -0.3, 0.0])
RACE_SUSPENDED = np.array([0.95, 0.7, -1.15, -1.0, 0.12, 0.4, 0.0, -0.2, 0.0])
GENDER_ABSENT = np.array([0.0, 0.0, 0.7, 0.0])
GENDER_SUSPENDED = np.array([-0.4, 0.38, 0.35, 0.0])
GRADE_ABSENT = np.array([0.5, 0.0, -0.22, 0.0, 0.3, 0.4])
SPAN_GRADES = {
    "K-5": (1, 3, 2, 0, 0), "K-6": (1, 3, 3, 0, 0), "K-8": (1, 3, 3, 2, 0), "6-8": (0, 0, 1, 2, 0), "7-8": (0, 0, 0, 2, 0),
    "9-12": (0, 0, 0, 0, 4), "6-12": (0, 0, 1, 2, 4), "K-12": (1, 3, 3, 2, 4),
}
PROGRAM_SHARE = np.array([0.19, 0.145, 0.62, 0.010, 0.008, 0.045])
PROGRAM_ABSENT = np.array([0.12, 0.5, 0.25, -0.2, 0.85, 0.85])
PROGRAM_SUSPENDED = np.array([0.05, 0.65, 0.28, 0.05, 1.6, 0.65])

ABSENT = {2017: 0.108, 2018: 0.111, 2019: 0.121, 2021: 0.143, 2022: 0.300, 2023: 0.249, 2024: 0.204, 2025: 0.194}
SUSPENDED = {2017: 0.036, 2018: 0.035, 2019: 0.034, 2020: 0.025, 2021: 0.002, 2022: 0.034, 2023: 0.036, 2024: 0.033, 2025: 0.029}
"""The state's rates by ending year; no chronic absence was published for 2019-20."""
DEFIANCE = {2017: 0.19, 2018: 0.17, 2019: 0.15, 2020: 0.13, 2021: 0.10, 2022: 0.11, 2023: 0.09, 2024: 0.07, 2025: 0.012}
NONBINARY = {2020: 0.0003, 2021: 0.0005, 2022: 0.0009, 2023: 0.0011, 2024: 0.0011, 2025: 0.0011}
KEPT_DISTRICT, KEPT_COUNTY, KEPT_STATE = (0.99, 0.973), (0.988, 0.976), (0.991, 0.983)
"""Share of students (not absent, absent) that the level keeps of the sum below it."""
SUSPENDED_BASE = {"elementary": -4.7, "middle": -2.55, "high": -2.95, "combined": -3.5}


@dataclass(frozen=True)
class Counts:
    """One level of one family and year: `cells` [place, race, gender(, grade), measure], `programs` [place, program, measure]."""

    cells: Ints
    programs: Ints

    def group(self, family: str) -> Ints:
        """[place, code, measure] of "race", "gender" or "grade"."""
        axis = {"race": 1, "gender": 2, "grade": 3}[family]
        return self.cells.sum(axis=tuple(a for a in range(1, self.cells.ndim - 1) if a != axis))

    @cached_property
    def total(self) -> Ints:
        """[place, measure] of all students."""
        return self.cells.sum(axis=tuple(range(1, self.cells.ndim - 1)))


def _sigmoid(x: Floats) -> Floats:
    return 1 / (1 + np.exp(-x))


class Population:
    """What stays true of a school over the years: composition, poverty, and how far it stands from its peers."""

    def __init__(self, world: World, seed: int) -> None:
        rng = default_rng([seed, 1])
        schools = world.schools
        number = {d.code: i for i, d in enumerate(world.districts)}
        self.seed, self.world, many = seed, world, len(schools)
        self.district = np.array([number[s.district.code] for s in schools])
        self.county = np.array([int(s.district.county) - 1 for s in schools])
        self.district_county = np.array([int(d.county) - 1 for d in world.districts])
        self.enrollment = np.array([s.enrollment for s in schools], dtype=float)
        self.dass = np.array([s.dass for s in schools])
        self.charter = np.array([s.charter for s in schools])
        self.old = np.array([s.level in ("middle", "high") for s in schools])
        self.grades = np.array([[*SPAN_GRADES[s.span], 0] for s in schools], dtype=float)
        self.grades[rng.random(many) < 0.03, 5] = 0.15

        tilt = rng.dirichlet(RACE_SHARE * 9, len(world.districts))
        races = np.array([rng.dirichlet(tilt[d] * 25 + RACE_SHARE * 3) for d in self.district])
        self.races = races / races.sum(axis=1, keepdims=True)
        hispanic, black = self.races[:, 4], self.races[:, 0]
        poor = rng.normal(0, 0.7, len(world.districts))[self.district] + rng.normal(0, 0.5, many)
        self.poverty = _sigmoid(0.5 + 2.0 * (hispanic - 0.55) + 2.5 * (black - 0.05) + poor)
        spread = rng.lognormal(0, 0.35, (many, 6))
        share = PROGRAM_SHARE * spread
        share[:, 2] = self.poverty
        share[:, 0] = 0.33 * hispanic + 0.02 + 0.04 * rng.random(many)
        share[:, 3] *= (rng.random(58) < 0.35)[self.county] * rng.lognormal(0.6, 0.6, many)
        share[self.dass, 4] *= 3
        self.programs = np.clip(share, 0, 0.97)
        self.absent = (rng.normal(0, 0.13, 58)[self.county] + rng.normal(0, 0.18, len(world.districts))[self.district]
                       + rng.normal(0, 0.33, many) + 1.7 * (self.poverty - 0.62) + 1.9 * self.dass - 0.25 * self.charter)
        base = np.array([SUSPENDED_BASE[s.level] for s in schools])
        self.suspended = (base + rng.normal(0, 0.2, 58)[self.county] + rng.normal(0, 0.55, many)
                          + 1.3 * (self.poverty - 0.62) + 1.0 * self.dass)
        self.slope = rng.normal(0, 0.035, many)
        self._stories(rng)

    def _stories(self, rng: Generator) -> None:
        """Grantees that improve beyond chance, schools that worsen, and two that report nobody absent in 2024-25."""
        place = {s.cds: i for i, s in enumerate(self.world.schools)}
        early = [place[g.place] for g in self.world.grants if g.kind == "implementation" and g.cohort <= 2]
        self.bright = rng.choice(early, 14, replace=False)
        steady = [i for i, s in enumerate(self.world.schools) if s.listed and s.first == FIRST and s.last == LAST and not s.dass]
        rest = np.setdiff1d(steady, early)
        self.worse = rng.choice(rest, 18, replace=False)
        other = np.setdiff1d(rest, self.worse)
        self.silent = other[np.argsort(np.abs(self.enrollment[other] - 604), kind="stable")[:2]]
        self.enrollment[self.silent] = 604

    def drift(self, year: int) -> Floats:
        """How far each school's chronic absence has moved from its own level by a year, in log odds."""
        moved = self.slope * (year - 2019)
        if year > 2022:
            moved[self.bright] -= 0.33 * (year - 2022)
            moved[self.worse] += 0.36 * (year - 2022)
        return moved


def absence(people: Population, year: int, active: NDArray[np.bool_]) -> tuple[Counts, Counts, Counts, Counts] | None:
    """Schools, districts, counties, state of a year; measures (not chronically absent, chronically absent). None for 2019-20."""
    if year not in ABSENT:
        return None
    rng = default_rng([people.seed, 2, year])
    enrolled = _enrolled(people, year, active)
    noise = rng.normal(0, 0.45 if year == 2021 else 0.1, len(people.district))
    school = (people.absent + people.drift(year) + noise)[active]
    logit = school[:, None, None, None] + (RACE_ABSENT[:, None, None] + GENDER_ABSENT[:, None] + GRADE_ABSENT)
    chance = _calibrated(logit, enrolled, ABSENT[year] * 1.03)
    absent = rng.binomial(enrolled, chance)
    if year == 2025:
        absent[np.isin(np.flatnonzero(active), people.silent)] = 0
    cells = np.stack([enrolled - absent, absent], axis=-1)
    return _levels(people, active, rng, cells, _programs(people, active, rng, cells, PROGRAM_ABSENT))


def suspension(people: Population, year: int, active: NDArray[np.bool_]) -> tuple[Counts, Counts, Counts, Counts]:
    """As `absence`; measures (not suspended, suspended for more than defiance, for defiance only, incidents by six reasons)."""
    rng = default_rng([people.seed, 3, year])
    enrolled = _enrolled(people, year, active).sum(axis=-1)
    enrolled += rng.poisson(enrolled * 0.012)
    school = (people.suspended + rng.normal(0, 0.22, len(people.district)) + 0.12 * ((year == 2025) & ~people.old))[active]
    chance = _calibrated(school[:, None, None] + (RACE_SUSPENDED[:, None] + GENDER_SUSPENDED), enrolled, SUSPENDED[year] * 1.035)
    suspended = rng.binomial(enrolled, chance)
    incidents = suspended + rng.poisson(suspended * 0.5)
    reasons = rng.multinomial(incidents, _reasons(people, year)[active][:, None, None, :])
    defiance = rng.binomial(np.minimum(suspended, reasons[..., 4]), 0.6)
    cells = np.concatenate([np.stack([enrolled - suspended, suspended - defiance, defiance], axis=-1), reasons], axis=-1)
    return _levels(people, active, rng, cells, _programs(people, active, rng, cells, PROGRAM_SUSPENDED))


def _enrolled(people: Population, year: int, active: NDArray[np.bool_]) -> Ints:
    """Students of every active school by race, gender and grade; the same for both families of a year."""
    rng = default_rng([people.seed, 4, year])
    grades = people.grades.copy()
    if year >= 2024:
        grades[:, 0] *= 1.3
    if year > 2019:
        grades[:, 5] = 0
    size = people.enrollment * (0.992 ** (year - 2019)) * rng.lognormal(0, 0.02, len(people.enrollment))
    other = NONBINARY.get(year, 0.0)
    genders = np.array([0.488 * (1 - other), 0.512 * (1 - other), other, 0.0])
    shares = (people.races[:, :, None] * (grades / grades.sum(axis=1, keepdims=True))[:, None, :])[active]
    cells = rng.poisson(size[active][:, None, None, None] * shares[:, :, None, :] * genders[:, None])
    if year == 2024:
        boys = cells[0, :, 1, :]
        race, grade = np.unravel_index(boys.argmax(), boys.shape)
        boys[race, grade] -= 2
        cells[0, race, 3, grade] = 2
    return cells


def _calibrated(logit: Floats, weights: Ints, target: float) -> Floats:
    """Probabilities whose weighted mean is `target`: the logits moved by one constant."""
    shift, everyone = 0.0, weights.sum()
    for _ in range(7):
        mean = (weights * _sigmoid(logit + shift)).sum() / everyone
        shift += np.log(target / (1 - target)) - np.log(mean / (1 - mean))
    return _sigmoid(logit + shift)


def _reasons(people: Population, year: int) -> Floats:
    """[school, reason] shares in CDE's order: injury, no injury, weapons, drugs, defiance, other."""
    defiance = np.where(people.old, DEFIANCE[year], 0.5 * DEFIANCE[year] if year < 2020 else 0.01)
    rest = np.where(people.old[:, None], [0.11, 0.5, 0.04, 0.21, 0.0, 0.14], [0.14, 0.6, 0.06, 0.03, 0.0, 0.17])
    shares = rest * (1 - defiance[:, None])
    shares[:, 4] = defiance
    return shares / shares.sum(axis=1, keepdims=True)


def _programs(people: Population, active: NDArray[np.bool_], rng: Generator, cells: Ints, effect: Floats) -> Ints:
    """[school, program, measure]: part of the school's students of each outcome, so a program never exceeds its school."""
    total = cells.sum(axis=tuple(range(1, cells.ndim - 1)))
    students = total[:, :2].copy() if total.shape[1] == 2 else np.stack([total[:, 0], total[:, 1:3].sum(axis=1)], axis=1)
    share = people.programs[active]
    odds = share / (1 - share)
    among_hit = np.clip(odds * np.exp(effect) / (1 + odds * np.exp(effect)), 0, 1)
    clear = rng.binomial(students[:, :1], share)
    if total.shape[1] == 2:
        return np.stack([clear, rng.binomial(students[:, 1:], among_hit)], axis=-1)
    other, defiance = rng.binomial(total[:, 1:2], among_hit), rng.binomial(total[:, 2:3], among_hit)
    hit, everyone = other + defiance, students[:, 1:]
    extra = rng.binomial(total[:, 3:].sum(axis=1)[:, None] - everyone, hit / np.maximum(everyone, 1))
    reasons = _split(rng, hit + extra, defiance, total[:, 3:])
    return np.concatenate([np.stack([clear, other, defiance], axis=-1), reasons], axis=-1)


def _split(rng: Generator, incidents: Ints, defiance: Ints, reasons: Ints) -> Ints:
    """Draw a program's incidents from its school's, reason by reason; those of defiance-only students are defiance."""
    left = np.broadcast_to(reasons[:, None, :], (*incidents.shape, REASONS)).copy()
    left[..., 4] -= defiance
    want, drawn = incidents - defiance, np.zeros_like(left)
    for reason in range(REASONS):
        beyond = left[..., reason + 1:].sum(axis=-1)
        drawn[..., reason] = rng.hypergeometric(left[..., reason], beyond, want)
        want = want - drawn[..., reason]
    drawn[..., 4] += defiance
    return drawn


def _levels(
    people: Population, active: NDArray[np.bool_], rng: Generator, cells: Ints, programs: Ints,
) -> tuple[Counts, Counts, Counts, Counts]:
    """Schools, districts, counties, state: slightly less is kept at each step; a lone school or district is kept whole."""
    schools = Counts(cells, programs)
    districts = _above(schools, people.district[active], len(people.world.districts), KEPT_DISTRICT, rng)
    certified = np.isin(np.arange(len(people.world.districts)), people.district[active])
    below = Counts(districts.cells[certified], districts.programs[certified])
    found = _above(below, people.district_county[certified], 58, KEPT_COUNTY, rng)
    return schools, districts, found, _above(found, np.zeros(58, dtype=int), 1, KEPT_STATE, rng)


def _above(below: Counts, parent: NDArray[np.int64], many: int, kept: tuple[float, float], rng: Generator) -> Counts:
    lone = np.bincount(parent, minlength=many) < 2

    def thin(values: Ints) -> Ints:
        out = np.zeros((many, *values.shape[1:]), dtype=np.int64)
        np.add.at(out, parent, values)
        students = min(out.shape[-1], 3)
        share = np.where(np.arange(students) == 0, *kept) * np.ones((many, *[1] * (out.ndim - 1)))
        share[lone] = 1.0
        out[..., :students] = rng.binomial(out[..., :students], share)
        return out

    cells, programs = thin(below.cells), thin(below.programs)
    total = cells.sum(axis=tuple(range(1, cells.ndim - 1)))
    return Counts(cells, np.minimum(programs, total[:, None, :]))
