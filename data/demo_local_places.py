"""Which districts of the demonstration bring student files, of which schools, and how their files look.

Small districts bring all their schools; larger ones their community schools only. It must not know students or numbers.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from data.demo_counts import SPAN_GRADES
from data.demo_places import LAST, School, World

GRANTEES = 55
SMALL = 6
"""A district with at most so many schools brings all of them."""
SMALL_DISTRICTS = 6
ATTENDANCE = ("14.2", "caldatt", "daily", "14.2", "stas", "caldatt", "14.2", "stas", "14.2", "stas", "caldatt", "14.2")
DISCIPLINE = ("7.12",) + ("calpads",) * 11
SERVICES = ("keyed", "keyed", "keyed", "pmm", "headcount", "incomplete", "keyed", "keyed", "keyed", "keyed", "keyed", "keyed")
"""What the districts bring, in their order; a thirteenth begins again. `incomplete`: keys are missing here and there."""


@dataclass(frozen=True)
class District:
    """One district: the places of its schools in the world's list of schools, and the layouts of its files."""

    lea: str
    places: tuple[int, ...]
    attendance: str
    discipline: str
    services: str


def choose(world: World) -> list[District]:
    """The districts that bring files, the biggest last: a one-school and a two-school one, others with many grantees."""
    granted = {g.place for g in world.grants if g.kind == "implementation"}
    schools: dict[str, list[int]] = defaultdict(list)
    for place, school in enumerate(world.schools):
        if school.listed and school.in_year(LAST) and school.district.kind != "office":
            schools[school.district.code].append(place)
    held = {lea: [p for p in places if world.schools[p].cds in granted] for lea, places in schools.items()}
    size = {lea: sum(world.schools[p].enrollment for p in places) for lea, places in schools.items()}
    ranked = sorted((lea for lea in schools if held[lea]),
                    key=lambda lea: (-len(held[lea]) / len(schools[lea]), -len(held[lea]), -size[lea], lea))
    small = [lea for lea in ranked if len(schools[lea]) <= SMALL]
    chosen = [next(lea for lea in small if len(schools[lea]) == n) for n in (3, 2, 1)]
    chosen += [lea for lea in small if lea not in chosen and len(held[lea]) > 2][: SMALL_DISTRICTS - 3]
    brings = {lea: schools[lea] for lea in chosen}
    for lea in sorted((lea for lea in ranked if len(schools[lea]) > SMALL), key=lambda lea: (-len(held[lea]), lea)):
        if sum(len(held[c]) for c in brings) < GRANTEES:
            brings[lea] = held[lea]
    return [
        District(lea, tuple(places), *(kinds[i % len(kinds)] for kinds in (ATTENDANCE, DISCIPLINE, SERVICES)))
        for i, (lea, places) in enumerate(brings.items())
    ]


def grades(school: School) -> list[list[int]]:
    """The school's grades by span (K, 1-3, 4-6, 7-8, 9-12): TK is -1, K is 0."""
    taught = {"K-5": 5, "K-6": 6, "K-8": 8, "6-8": 8, "7-8": 8, "9-12": 12, "6-12": 12, "K-12": 12}[school.span]
    first = {"6": 6, "7": 7, "9": 9}.get(school.span[0], -1)
    spans = [[-1, 0], [1, 2, 3], [4, 5, 6], [7, 8], [9, 10, 11, 12]]
    assert len(SPAN_GRADES[school.span]) == len(spans)
    return [[g for g in span if first <= g <= taught] for span in spans]


def span_of(grade: np.ndarray) -> np.ndarray:
    """Grade (-1 is TK) -> number of its span."""
    return np.searchsorted([0, 3, 6, 8], grade, side="left")
