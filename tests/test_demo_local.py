"""The demonstration's student files: CDE's rules applied to them give CDE's rows, and the cube from them is worth looking at."""

import duckdb
import numpy as np
import pytest

from data import demo_counts
from data.demo_counts import GENDERS, PROGRAMS, RACES
from data.demo_local_current import YEAR
from data.local import cube
from tests import local_demo

SPANS = ("GRTKKN", "GR13", "GR46", "GR78", "GR912")


@pytest.fixture(scope="module")
def printed() -> dict[tuple[str, str], tuple[int, ...]]:
    """(school, group) -> eligible, chronic, cumulative, suspended students as the synthetic CDE files of the last year print."""
    world = local_demo.world()
    active = np.array([s.in_year(YEAR - 1) for s in world.schools])
    people = demo_counts.Population(world, local_demo.SEED)
    levels, suspended = demo_counts.absence(people, YEAR - 1, active), demo_counts.suspension(people, YEAR - 1, active)
    assert levels
    absent, hit = levels[0], suspended[0]
    schools = [s.cds for s, a in zip(world.schools, active, strict=True) if a]
    found = {}
    for place, cds in enumerate(schools):
        rows = {"TA": (absent.total[place], hit.total[place])}
        for codes, family in ((RACES, "race"), (GENDERS, "gender")):
            rows |= {c: (absent.group(family)[place, i], hit.group(family)[place, i]) for i, c in enumerate(codes)}
        rows |= {c: (absent.group("grade")[place, i], None) for i, c in enumerate(SPANS)}
        rows |= {c: (absent.programs[place, i], None) for i, c in enumerate(PROGRAMS)}
        for group, (a, s) in rows.items():
            found[cds, group] = (int(a.sum()), int(a[1]), *(() if s is None else (int(s[:3].sum()), int(s[1] + s[2]))))
    return found


@pytest.fixture(scope="module")
def official() -> dict[tuple[str, str], tuple[int, ...]]:
    """The same from the student rows of every district, by CDE's own rules."""
    found = {}
    for district in local_demo.made()[0]:
        con = duckdb.connect()
        local_demo.typed(con, district, year=YEAR - 1)
        sql = cube.text("official")
        for school, group, *counts in cube.run(con, sql, {"year": YEAR - 1, "through": (YEAR - 1) * 100 + 6}):
            found[school, group] = tuple(counts)
    return found


def test_cdes_own_rules_applied_to_the_student_files_give_cdes_rows(printed, official):
    schools = {school for school, _ in official}
    assert len(schools) >= 60
    for (school, group), counts in printed.items():
        if school in schools and any(counts):
            assert official.get((school, group), (0, 0, 0, 0))[: len(counts)] == counts, (school, group)
    assert all(printed[key][0] > 0 or sum(counts[:2]) == 0 for key, counts in official.items())


def test_about_sixty_grantee_schools_of_eight_districts_or_more_bring_files():
    districts, granted = local_demo.made()[0], {g.place for g in local_demo.world().grants if g.kind == "implementation"}
    brought = [local_demo.world().schools[p].cds for d in districts for p in d.places]
    assert len(districts) >= 8 and 55 <= sum(s in granted for s in brought) <= 75
    assert {1, 2} <= {len(d.places) for d in districts}
