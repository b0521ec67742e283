"""Demonstration data: synthetic raw files in CDE's exact layouts, so that the demo goes through the same readers as real files.

The places are `demo_places`, the numbers `demo_counts`, the layouts `demo_text` and `demo_directory`; `demo_more` adds further
families, `demo_enrollment` who is enrolled, `demo_assistance` CDE's labels, `demo_support` what regions keep themselves; this
module joins them. The same seed gives the same bytes. Nothing here is read at run time, and nothing here is a real school.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data import (
    demo_assistance,
    demo_counts,
    demo_dashboard,
    demo_directory,
    demo_enrollment,
    demo_more,
    demo_places,
    demo_support,
    demo_text,
)
from data.demo_counts import Counts, Ints, Population
from data.demo_places import FIRST, LAST, School, World
from data.demo_text import CHRONIC, SUSPENSION, Layout, Rows
from data.registry import counties, year_label

SEED = 20251122
TWICE = 3
"""How many charter schools, and how many others, stand under two scopes with equal values in the early releases."""


def write(folder: Path, seed: int = SEED) -> list[Path]:
    """Write the files of the demonstration into an existing folder and return their paths, in the order of writing."""
    world = demo_places.make(seed)
    people = Population(world, seed)
    paths = [demo_directory.write_directory(folder, world), demo_directory.write_grantees(folder, world)]
    paths += demo_support.write(folder)
    before: dict[str, list[demo_dashboard.Numbers]] = {}
    reds: dict[int, demo_assistance.Reds] = {}
    for year in range(FIRST, LAST + 1):
        active = np.array([s.in_year(year) for s in world.schools])
        absent, suspended = demo_counts.absence(people, year, active), demo_counts.suspension(people, year, active)
        for layout, counts in ((CHRONIC.get(year), absent), (SUSPENSION[year], suspended)):
            if layout and counts:
                paths.append(demo_text.write_file(folder, layout, _body(world, people, layout, active, counts)))
        if year >= demo_more.FROM and absent:
            first, second = (partial(_plain_levels, world, active, c) for c in (absent, suspended))
            paths += demo_more.write(folder, year, first, second, seed)
            paths.append(demo_enrollment.cumulative(folder, year, second))
        if year >= demo_enrollment.CENSUS_FROM and absent:
            there = demo_enrollment.on_census_day(people, year, active, absent[0])
            levels = partial(_plain_levels, world, active, absent)
            paths.append(demo_enrollment.census(folder, year, people, active, there, levels))
            if year == demo_enrollment.UPC_YEAR:
                paths.append(demo_enrollment.unduplicated(folder, year, world, active, there))
        if year >= demo_dashboard.FROM - 1 and absent:
            both = (("CHRO", absent), ("SUSP", suspended))
            now = {name: demo_dashboard.numbers_of(name, counts, active, len(active)) for name, counts in both}
            if before:
                colored = demo_dashboard.write(folder, year, world, now, before)
                reds[year] = demo_assistance.reds(colored)
                paths += colored
            before = now
    return paths + demo_assistance.write(folder, world, reds)


def _plain_levels(world: World, active: NDArray[np.bool_], counts: Sequence[Counts], layout: Layout) -> list[demo_more.Level]:
    """State, counties, districts and schools with one row a place and code: the texts up to the category, and the counts."""
    schools = [s for s, a in zip(world.schools, active, strict=True) if a]
    own = [_school_place(s, layout) + _scope(layout, "Yes" if s.charter else "No", "Yes" if s.dass else "No") for s in schools]
    above = [[p + _scope(layout, "All", "All") for p in _places(level, world, layout)] for level in "TCD"]
    return list(zip([*above, own], reversed(counts), strict=True))


def _body(world: World, people: Population, layout: Layout, active: NDArray[np.bool_], counts: Sequence[Counts]) -> list[str]:
    """The lines of one file: state, counties, districts, schools."""
    schools, *above = (demo_text.by_code(layout, c) for c in counts)
    totals = counts[0].total
    parents = {
        "D": (people.district[active], len(world.districts)),
        "C": (people.county[active], len(counties)),
        "T": (np.zeros(len(totals), dtype=np.int64), 1),
    }
    body: list[str] = []
    for level, measured in zip("TCD", reversed(above), strict=True):
        places = _places(level, world, layout)
        body += demo_text.lines(layout, Rows([p + _scope(layout, "All", "All") for p in places], measured))
        for (yes, no), inside in _scopes(layout, people, active):
            share = _share(totals, inside, *parents[level])
            part = demo_text.part(layout, measured, share)
            for scope, counted in ((yes, part), (no, measured - part)):
                body += demo_text.lines(layout, Rows([p + scope for p in places], counted, only_total=True))
    return body + list(_school_lines(world, layout, active, schools))


def _share(totals: Ints, inside: NDArray[np.bool_], parent: NDArray[np.int64], many: int) -> NDArray[np.float64]:
    """[place, measure]: which part of a place's schools' counts belongs to the schools inside a scope."""
    part, whole = np.zeros((many, totals.shape[1])), np.zeros((many, totals.shape[1]))
    np.add.at(whole, parent, totals)
    np.add.at(part, parent[inside], totals[inside])
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)


def _scope(layout: Layout, charter: str, dass: str) -> str:
    """The charter and DASS fields of a row, as this release spells them."""
    words = {"All": layout.every, "Yes": layout.yes_no[0], "No": layout.yes_no[1], "No ": "No "}
    return f"{words[charter]}\t" + (f"{words[dass]}\t" if layout.dass else "")


def _scopes(layout: Layout, people: Population, active: NDArray[np.bool_]) -> Iterator[tuple[tuple[str, str], NDArray[np.bool_]]]:
    """The Yes and No scopes of state, county and district rows, with the schools inside Yes."""
    yield (_scope(layout, "Yes", "All"), _scope(layout, "No", "All")), people.charter[active]
    if layout.dass:
        yield (_scope(layout, "All", "Yes"), _scope(layout, "All", "No")), people.dass[active]


def _places(level: str, world: World, layout: Layout) -> list[str]:
    label = year_label(layout.year)
    if level == "T":
        return [f"{label}\tT\t\t\t\t\t\t\t"]
    if level == "C":
        return [f"{label}\tC\t{c.code}\t\t\t{c.name}\t\t\t" for c in counties]
    return [f"{label}\tD\t{d.county}\t{d.code[2:]}\t\t{d.county_name}\t{d.name}\t\t" for d in world.districts]


def _school_lines(world: World, layout: Layout, active: NDArray[np.bool_], measured: Ints) -> Iterator[str]:
    there = [s for s, a in zip(world.schools, active, strict=True) if a]
    places = [_school_place(s, layout) for s in there]
    own = [_scope(layout, "Yes" if s.charter else "No", _dass(s, layout, i)) for i, s in enumerate(there)]
    scopes = [_scope(layout, "All", "All")] * len(there) if layout.school_scope_all else own
    yield from demo_text.lines(layout, Rows([p + s for p, s in zip(places, scopes, strict=True)], measured))
    if layout.school_scope_all:
        twice = [i for wanted in (True, False) for i in [i for i, s in enumerate(there) if s.charter == wanted][:TWICE]]
        yield from demo_text.lines(layout, Rows([places[i] + own[i] for i in twice], measured[twice]))


def _school_place(school: School, layout: Layout) -> str:
    home = school.district
    name = school.former if school.former and layout.year < 2022 else school.name
    fields = (year_label(layout.year), "S", home.county, home.code[2:], school.code, home.county_name, home.name, name)
    return "\t".join(fields) + "\t"


def _dass(school: School, layout: Layout, number: int) -> str:
    """CDE's 2024-25 file writes some codes with a blank behind them."""
    if school.dass:
        return "Yes"
    return "No " if layout.sloppy_dass and number % 40 == 7 else "No"
