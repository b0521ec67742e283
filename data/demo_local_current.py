"""The invented school year that is running: who came back, who is new, and each student's days month by month.

Every student carries the attendance of last year on, every school has a direction of its own (some improve, some do not). It must
not know layouts or services.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from data.demo_counts import PROGRAMS
from data.demo_local_places import District, grades, span_of
from data.demo_local_students import KEY, Finished, Frame
from data.demo_places import World

YEAR = 2026
MONTHS = (202508, 202509, 202510, 202511, 202512, 202601, 202602)
SCHOOL_DAYS = np.array([13, 21, 23, 14, 15, 19, 18])
SEASON = np.array([0.7, 0.85, 0.95, 1.05, 1.25, 1.2, 1.05])
"""How much more or less than over the year students are absent in each month."""
LEFT = 0.06
DIRECTION = {"improving": -0.16, "steady": 0.0, "slipping": 0.09}
"""What a school's direction does to each student's share of days absent, beside the drift back to the mean."""
BACK = 0.72
"""How much of a student's distance from the school's mean carries over into the next year."""
STARTED = np.datetime64("2025-08-13")


@dataclass(frozen=True)
class Running:
    """`students`: student, place, race, gender, grade, span, programs, exempt, likely (share of days absent). The arrays are
    [student, month]: expected, excused, unexcused, suspended, incomplete, in_school (inside the days attended), all in days.
    `incidents`: row, day, result (CALPADS' code; 900: a restorative response, which has none), days, defiance, number."""

    students: Frame
    expected: NDArray[np.int64]
    excused: NDArray[np.int64]
    unexcused: NDArray[np.int64]
    suspended: NDArray[np.int64]
    incomplete: NDArray[np.int64]
    in_school: NDArray[np.int64]
    incidents: Frame
    stay: NDArray[np.int64]
    """[student, (first, last)]: from which of the year's school days, to before which, the student is enrolled."""

    @property
    def absent(self) -> NDArray[np.int64]:
        return self.excused + self.unexcused + self.suspended + self.incomplete


def running(world: World, districts: list[District], before: Finished, seed: int) -> Running:
    """The months of MONTHS for the schools of the districts, from the students of the year before."""
    rng = default_rng([seed, 21])
    students = _returned(world, districts, before.students, rng)
    students = pd.concat([students, _new(world, districts, students, before.students, rng)], ignore_index=True)
    students = students.iloc[np.argsort(students["place"].to_numpy(), kind="stable")].reset_index(drop=True)
    students["span"] = span_of(students["grade"].to_numpy())
    students["exempt"] = rng.random(len(students)) < 0.004
    _likely(students, districts, rng)
    stay = _stay(len(students), rng)
    expected = _expected(stay)
    absent = rng.binomial(expected, np.clip(students["likely"].to_numpy()[:, None] * SEASON, 0, 0.9))
    incidents, suspended, inside = _incidents(students, expected, absent, before, rng)
    left = absent - suspended
    incomplete = np.where(rng.random(left.shape) < 0.01, rng.binomial(left, 0.3), 0)
    unexcused = rng.binomial(left - incomplete, np.where(students["grade"] >= 7, 0.5, 0.35)[:, None])
    excused = left - incomplete - unexcused
    return Running(students, expected, excused, unexcused, suspended, incomplete, inside, incidents, stay)


def direction(place: int) -> str:
    """Whether a school improves this year: fixed for a school, two in five improve."""
    return ("improving", "steady", "slipping", "improving", "steady")[(place * 7 + 3) % 5]


def _returned(world: World, districts: list[District], before: Frame, rng: Generator) -> Frame:
    """Last year's students one grade on: at their school, or at one of the district that teaches the grade, or gone."""
    last = before[before["eligible"]].drop_duplicates("student", keep="last")
    last = last[rng.random(len(last)) > LEFT]
    out = last[["student", "place", "race", "gender", "grade", *PROGRAMS, "absent", "expected"]].copy()
    out["share"] = (out["absent"] / out["expected"]).clip(0, 0.6)
    out["grade"] = out["grade"] + 1
    for district in districts:
        teach = {p: {g for span in grades(world.schools[p]) for g in span} for p in district.places}
        for place in district.places:
            leave = (out["place"] == place) & ~out["grade"].isin(teach[place])
            for grade in out.loc[leave, "grade"].unique():
                to = [p for p in district.places if grade in teach[p]]
                here = leave & (out["grade"] == grade)
                out.loc[here, "place"] = rng.choice(to, int(here.sum())) if to else -1
    return out[out["place"] >= 0].drop(columns=["absent", "expected"])


def _new(world: World, districts: list[District], there: Frame, before: Frame, rng: Generator) -> Frame:
    """Newcomers: as many in the first grade of a school, and nearly as many in the others, as it takes to be as big as before."""
    parts, key = [], KEY + len(before)
    for place in (p for d in districts for p in d.places):
        like = before[(before["place"] == place) & before["eligible"]]
        want = max(len(like) - int((there["place"] == place).sum()), 0) + len(like) // 50
        drawn = like.iloc[rng.integers(0, len(like), want)][["place", "race", "gender", *PROGRAMS]].copy()
        taught = [g for span in grades(world.schools[place]) for g in span]
        drawn["grade"] = np.where(rng.random(want) < 0.8, taught[0], rng.choice(taught, want))
        drawn["student"], drawn["share"] = key + np.arange(want), np.nan
        key += want
        parts.append(drawn)
    return pd.concat(parts)


def _likely(students: Frame, districts: list[District], rng: Generator) -> None:
    """Each student's share of days absent this year."""
    mean = students.groupby("place")["share"].transform("mean")
    share = students["share"].fillna(pd.Series(rng.beta(1.2, 18, len(students)) + 0.01, index=students.index))
    moved = students["place"].map({p: DIRECTION[direction(p)] for d in districts for p in d.places})
    kept = mean + BACK * (share - mean)
    students["likely"] = np.clip(kept * (1 + moved) * rng.lognormal(0, 0.25, len(students)), 0.002, 0.7)


def _stay(many: int, rng: Generator) -> NDArray[np.int64]:
    """From which school day to which: some come late, some leave early."""
    total = int(SCHOOL_DAYS.sum())
    first = np.where(rng.random(many) < 0.06, rng.integers(0, total - 5, many), 0)
    last = np.where(rng.random(many) < 0.04, rng.integers(0, total, many), total)
    return np.stack([first, np.maximum(last, np.minimum(first + 3, total))], axis=1)


def _expected(stay: NDArray[np.int64]) -> NDArray[np.int64]:
    """Days expected by month."""
    ends = np.cumsum(SCHOOL_DAYS)
    starts = ends - SCHOOL_DAYS
    return np.clip(np.minimum(ends, stay[:, 1:]) - np.maximum(starts, stay[:, :1]), 0, None)


def _incidents(students: Frame, expected: NDArray[np.int64], absent: NDArray[np.int64], before: Finished,
               rng: Generator) -> tuple[Frame, NDArray[np.int64], NDArray[np.int64]]:
    """Incidents of the year so far: who was suspended before is likelier to be again. Suspensions add to the days absent."""
    many = len(students)
    hit = before.students.loc[before.students["hit"], "student"]
    rate = before.students.groupby("place")["hit"].mean().reindex(students["place"]).to_numpy()
    chance = np.clip(rate * 0.55 * np.where(students["student"].isin(hit), 9, 0.75), 0, 0.8) * (expected.sum(axis=1) > 5)
    count = np.where(rng.random(many) < chance, 1 + rng.poisson(0.5, many), 0) + (rng.random(many) < rate * 0.35)
    rows = np.repeat(np.arange(many), count)
    open_months = expected[rows] > 0
    month = np.argmax(np.where(open_months, rng.random(open_months.shape), -1), axis=1)
    days = _dates(month, rng)
    draw = rng.random(len(rows))
    result = np.select([draw < 0.46, draw < 0.58, draw < 0.80, draw < 0.92], [100, 110, 900, 400], 300)
    np.add.at(absent, (rows, month), result == 100)
    np.minimum(absent, expected, out=absent)
    out = np.where(result == 100, np.minimum(rng.choice([1, 1, 2, 3], len(rows)), absent[rows, month]), 0)
    suspended, inside = np.zeros_like(expected), np.zeros_like(expected)
    np.add.at(suspended, (rows, month), out)
    np.add.at(inside, (rows, month), np.where(result == 110, 1, 0))
    suspended = np.minimum(suspended, absent)
    incidents = pd.DataFrame({"row": rows, "day": days, "result": result, "days": np.where(result == 110, 1, out),
                              "defiance": rng.random(len(rows)) < 0.03, "number": np.arange(len(rows))})
    return incidents, suspended, np.minimum(inside, expected - absent)


def school_days() -> list[NDArray[np.datetime64]]:
    """The school days of each month: weekdays without the holidays and breaks, as many as SCHOOL_DAYS says."""
    found = []
    for month, many in zip(MONTHS, SCHOOL_DAYS, strict=True):
        first = np.datetime64(f"{month // 100}-{month % 100:02d}-01")
        days = np.arange(first, first + np.timedelta64(31, "D"))
        days = days[(days.astype("datetime64[M]") == first.astype("datetime64[M]")) & np.is_busday(days, holidays=HOLIDAYS)]
        days = days[days >= STARTED]
        found.append(days[:many])
    return found


HOLIDAYS = np.array(["2025-09-01", "2025-11-11", "2025-11-27", "2025-11-28", "2026-01-01", "2026-01-02", "2026-01-19",
                     "2026-02-12", "2026-02-16"], dtype="datetime64[D]")  # fmt: skip


def _dates(month: NDArray[np.int64], rng: Generator) -> NDArray[np.datetime64]:
    days = school_days()
    out = np.empty(len(month), dtype="datetime64[D]")
    for number, there in enumerate(days):
        rows = month == number
        out[rows] = rng.choice(there, int(rows.sum()))
    return out
