"""The invented students of one finished year: one row a student and school, whose counts are those of CDE's rows of that school.

The counts come from `demo_counts`: every cell of race, gender and grade span has as many eligible and chronically absent students
as the school's row, every cell of race and gender as many suspended ones, every program as many as the absence file prints. What
CDE's files do not say (grades, days, months, keys) is drawn. It must not know layouts or services.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from data.demo_counts import GENDERS, PROGRAMS, RACES, Counts, Population
from data.demo_local_places import District, grades
from data.demo_places import World

Frame = Any
"""A DataFrame or Series: the type stubs of pandas know too little of what columns are."""
YEAR_DAYS = 180
ELIGIBLE, SHORT = 31, 30
PARTIAL = 0.13
"""Share of eligible students who were enrolled for a part of the year only."""
MOVED = 0.25
"""Share of those who are paired with another part-year student of the district: one student who changed school."""
INSIDE = 0.2
"""Share of suspensions that were spent in school."""
KEY = 9_900_000_000
"""State student numbers here begin with 99, which no real one does."""


@dataclass(frozen=True)
class Finished:
    """A finished year. `students`: student (key), place (school), race, gender, grade, span, program columns, expected, absent,
    excused, unexcused, suspended, in_school, incomplete (days), chronic, hit (suspended), exempt. `incidents`: row (of
    `students`), day, defiance, days, out (days out of school, 0: in school)."""

    students: Frame
    incidents: Frame


def finished(world: World, people: Population, districts: list[District], absent: Counts, suspended: Counts,
             active: NDArray[np.bool_], seed: int) -> Finished:
    """The students of the districts' schools in the year whose school counts are given (see `demo_counts`)."""
    rng = default_rng([seed, 20])
    index = np.cumsum(active) - 1
    places = np.array([p for d in districts for p in d.places])
    cells = index[places]
    students = _eligible(world, places, absent.cells[cells], rng)
    brief = suspended.cells[cells][..., :3].sum(axis=-1) - absent.cells[cells].sum(axis=(-2, -1))
    students = pd.concat([students, _brief(world, places, brief, students, rng)], ignore_index=True)
    order = np.argsort(students["place"].to_numpy(), kind="stable")
    students = students.iloc[order].reset_index(drop=True)
    _programs(students, places, absent.programs[cells], people, rng)
    _days(students, rng)
    incidents = _suspended(students, places, suspended.cells[cells], rng)
    _reasons_of_absence(students, incidents, rng)
    students["exempt"] = False
    students["student"] = _keys(students, districts, rng)
    return Finished(students, incidents)


def _eligible(world: World, places: NDArray[np.int64], cells: NDArray[np.int64], rng: Generator) -> Frame:
    place, race, gender, span, outcome = np.nonzero(cells)
    many = cells[place, race, gender, span, outcome]
    frame = pd.DataFrame({
        "place": np.repeat(places[place], many), "race": np.repeat(race, many), "gender": np.repeat(gender, many),
        "span": np.repeat(span, many), "chronic": np.repeat(outcome == 1, many), "eligible": True,
    })  # fmt: skip
    frame["grade"] = _grades(world, frame, rng)
    return frame


def _brief(world: World, places: NDArray[np.int64], more: NDArray[np.int64], there: Frame, rng: Generator) -> Frame:
    """Students who were expected for 30 days or fewer: enrolled in the suspension file, not eligible in the other."""
    place, race, gender = np.nonzero(more)
    many = more[place, race, gender]
    frame = pd.DataFrame({"place": np.repeat(places[place], many), "race": np.repeat(race, many),
                          "gender": np.repeat(gender, many), "chronic": False, "eligible": False})
    spans = there.groupby("place")["span"].apply(lambda s: s.to_numpy())
    frame["span"] = [rng.choice(spans[p]) for p in frame["place"]]
    frame["grade"] = _grades(world, frame, rng)
    return frame


def _grades(world: World, frame: Frame, rng: Generator) -> NDArray[np.int64]:
    """A grade of the span that the school teaches; TK is a third of its span."""
    taught = {p: grades(world.schools[p]) for p in frame["place"].unique()}
    out = np.zeros(len(frame), dtype=np.int64)
    for (place, span), rows in frame.groupby(["place", "span"]).indices.items():  # pyright: ignore[reportGeneralTypeIssues]
        out[rows] = rng.choice(taught[place][span], len(rows))
    return out


def _programs(students: Frame, places: NDArray[np.int64], counts: NDArray[np.int64], people: Population,
              rng: Generator) -> None:
    """Mark as many eligible students, chronically absent or not, in each program as the school's row counts."""
    row = pd.Index(places).get_indexer(pd.Index(students["place"]))
    chronic, eligible = students["chronic"].to_numpy().astype(int), students["eligible"].to_numpy()
    for number, program in enumerate(PROGRAMS):
        rank = _rank([row, chronic, eligible], rng)
        chance = rng.random(len(students)) < people.programs[students["place"], number]
        students[program] = np.where(eligible, rank < counts[row, number, chronic], chance)


def _rank(keys: list[NDArray], rng: Generator, first: NDArray | None = None) -> NDArray[np.int64]:
    """A rank from 0 within each combination of the keys, at random; rows with a lower `first` come before."""
    rows = len(keys[0])
    order = np.lexsort((rng.random(rows), *([first] if first is not None else []), *keys))
    change = np.zeros(rows, dtype=bool)
    for key in keys:
        sorted_key = key[order]
        change[1:] |= sorted_key[1:] != sorted_key[:-1]
    start = np.maximum.accumulate(np.where(change, np.arange(rows), 0))
    out = np.empty(rows, dtype=np.int64)
    out[order] = np.arange(rows) - start
    return out


def _days(students: Frame, rng: Generator) -> None:
    """Days expected and absent: on the side of 10 percent where the student's cell stands, by whole days."""
    many, chronic, eligible = len(students), students["chronic"].to_numpy(), students["eligible"].to_numpy()
    part = rng.random(many) < PARTIAL
    expected = np.where(part, rng.integers(ELIGIBLE, YEAR_DAYS, many), YEAR_DAYS)
    expected = np.where(eligible, expected, rng.integers(3, SHORT + 1, many))
    share = np.where(chronic, np.minimum(0.1 + rng.exponential(0.075, many), 0.85), rng.beta(1.7, 36, many))
    absent = np.floor(share * expected).astype(np.int64)
    limit = -(-expected // 10)
    absent = np.where(chronic, np.maximum(absent, limit), np.minimum(absent, limit - 1))
    absent = np.where(eligible, absent, rng.binomial(expected, 0.12))
    students["expected"], students["absent"] = expected, np.minimum(absent, expected - 1)


def _suspended(students: Frame, places: NDArray[np.int64], cells: NDArray[np.int64], rng: Generator) -> Frame:
    """Choose as many suspended students of each race and gender as the school's row counts, and give them its incidents."""
    row = pd.Index(places).get_indexer(pd.Index(students["place"]))
    race, gender = students["race"].to_numpy(), students["gender"].to_numpy()
    likely = rng.random(len(students)) - 0.35 * students["chronic"] + 0.5 * ~students["eligible"]
    rank = _rank([row, race, gender], rng, likely.to_numpy())
    counts = cells[row, race, gender]
    hit = counts[:, 1] + counts[:, 2]
    students["hit"] = rank < hit
    chosen = np.flatnonzero(students["hit"])
    each, more = np.divmod(counts[chosen, 3:].sum(axis=1), hit[chosen])
    many = each + (rank[chosen] < more)
    rows = np.repeat(chosen, many)
    number = np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many)
    defiance = np.repeat(rank[chosen] < counts[chosen, 2], many)
    out = ((number < students["absent"].to_numpy()[rows]) & (rng.random(len(rows)) > INSIDE)).astype(np.int64)
    day = np.datetime64("2024-08-14") + rng.integers(0, 290, len(rows))
    return pd.DataFrame({"row": rows, "defiance": defiance, "out": out, "days": np.maximum(out, 1),
                         "day": np.busday_offset(day, 0, roll="forward")})


def _reasons_of_absence(students: Frame, incidents: Frame, rng: Generator) -> None:
    """Split the days absent: those of suspensions, some of independent study, the rest excused or unexcused."""
    many = len(students)
    suspended = np.bincount(incidents["row"], weights=incidents["out"], minlength=many).astype(np.int64)
    inside = np.bincount(incidents["row"], weights=incidents["out"] == 0, minlength=many).astype(np.int64)
    left = students["absent"].to_numpy() - suspended
    incomplete = np.where(rng.random(many) < 0.03, rng.binomial(left, 0.15), 0)
    unexcused = rng.binomial(left - incomplete, np.where(students["grade"] >= 7, 0.52, 0.36))
    students["suspended"], students["in_school"] = suspended, np.minimum(inside, students["expected"] - students["absent"])
    students["incomplete"], students["unexcused"] = incomplete, unexcused
    students["excused"] = left - incomplete - unexcused


def _keys(students: Frame, districts: list[District], rng: Generator) -> NDArray[np.int64]:
    """One key a student; two part-year records of a district with the same groups may be one student who changed school."""
    keys = KEY + rng.permutation(len(students))
    home: Frame = pd.Series({p: n for n, d in enumerate(districts) for p in d.places})
    home = home[students["place"]].to_numpy()
    part = students["eligible"].to_numpy() & (students["expected"].to_numpy() <= YEAR_DAYS // 2)
    groups = [home, students["race"].to_numpy(), students["gender"].to_numpy(), students["grade"].to_numpy()]
    candidates = pd.DataFrame({"n": np.arange(len(students)), **{str(i): g for i, g in enumerate(groups)}})[part]
    place = students["place"].to_numpy()
    for rows in (g.to_numpy() for _, g in candidates.groupby(["0", "1", "2", "3"])["n"]):
        for one, two in zip(rows[::2], rows[1::2], strict=False):
            if place[one] != place[two] and rng.random() < 2 * MOVED:
                keys[two] = keys[one]
    return keys


def labels(students: Frame) -> Frame:
    """student, place and the student group of race, gender, grade span and each program: long form, codes of CDE's files."""
    spans = np.array(["GRTKKN", "GR13", "GR46", "GR78", "GR912"])
    parts = [np.array(RACES)[students["race"]], np.array(GENDERS)[students["gender"]], spans[students["span"]]]
    base = students[["student", "place"]]
    long = [base.assign(student_group=part) for part in parts]
    long += [base[students[p]].assign(student_group=p) for p in PROGRAMS]
    return pd.concat(long, ignore_index=True)
