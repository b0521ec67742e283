"""What CDE's own rows tell of a local number, we must not make narrower: neither for anybody, nor for who knows one school."""

import cubes
import numpy as np
import pandas as pd
import pytest
from local_tiny import DISTRICT, MONTH, school, tiny
from local_world import FEW, World, world

from data.privacy.attack import SMALL, Attack, Clues

COLUMNS = ["fact", "entity", "year", "student_group", "low", "high"]
JUNE = {202508: 202604, 202509: 202605, 202510: 202606}


def bounds(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def rows_of_cde(counts: pd.DataFrame, seed: int) -> pd.DataFrame:
    """What CDE would publish of these students at the end of the year: fewer chronically absent, as many suspended or more."""
    rng = np.random.default_rng(seed)
    last = counts.loc[(counts["month"] == 202606) & (counts["span"] == "ytd") & counts["fact"].isin(["chronic", "suspended"])]
    said = []
    for fact, entity, group, value in zip(*(last[k] for k in ("fact", "entity", "student_group", "value")), strict=True):
        if fact == "suspended":
            said.append((fact, entity, 2026, group, 0.0, float(value + rng.integers(0, 3))))
        elif value - 2 > FEW:
            said.append((fact, entity, 2026, group, float(value - rng.integers(0, 3)), 1e9))
    return bounds(*said)


def by_cde_alone(made: World, attack: Attack, clues: Clues) -> np.ndarray:
    """How wide every cell is for who has CDE's rows, knows a school, and sees of our page that this one cell is withheld."""
    low, high = attack.start(np.full(attack.cube.size, np.nan))
    off = attack.solver.false(made.truth) & attack.solver.soft
    low, high = np.maximum(low, clues.low), np.minimum(high, clues.high)
    low, high = attack.solver.believed(low, high, *attack.public, off)[:2]
    small = (made.truth <= SMALL) & (low <= SMALL)
    return np.where(small, np.minimum(high, SMALL), high) - low


def narrowed(seed: int, with_cde: bool = True) -> tuple[int, int]:
    """Of the schools' hidden cells of a random district, for nobody's and every school's insider: how many are held to less than
    five possibilities and to less than CDE's rows hold them, and how many there are."""
    sizes = [[300, 120], [200, 150, 90], [400, 60, 45, 30]][seed % 3]
    counts = cubes.counts(cubes.pupils(seed, sizes, 3)).replace({"month": JUNE})
    made = world(counts, public=rows_of_cde(counts, seed) if with_cde else None)
    bad = every = 0
    for clues in (Clues(), *(made.insider(school(i + 1)) for i in range(len(sizes)))):
        found = made.run(clues=clues)
        of = found.targets & made.asked & (made.travel["level"] == "school").to_numpy()
        bad += int((of & (found.width < np.minimum(5, by_cde_alone(made, made.attack, clues)))).sum())
        every += int(of.sum())
    return bad, every


@pytest.mark.parametrize("seed", range(5))
def test_nobody_learns_more_than_cde_tells_or_less_than_five(seed):
    bad, every = narrowed(seed)
    assert bad == 0 and every > 1000


@pytest.mark.audit
def test_insiders_of_two_dozen_districts(capsys):
    """The engine's own look at insiders goes one step far: what it misses is counted here."""
    said = {with_cde: np.sum([narrowed(seed, with_cde) for seed in range(24)], axis=0).tolist() for with_cde in (True, False)}
    with capsys.disabled():
        print(f"\nheld to less, of all hidden: with CDE's rows {said[True]}, without {said[False]}")
    assert said[False][0] == 0 and said[True][0] <= said[True][1] / 50_000


def test_what_cde_tells_costs_no_number_of_ours():
    counts = tiny(chronic=(40, 30), suspended=2).replace({MONTH: 202605})
    public = bounds(*(("suspended", e, 2026, "TA", 0.0, 2.0) for e in (school(1), DISTRICT)))
    made, plain = world(counts, public=public), world(counts)
    (at,) = made.at(fact="suspended", entity=school(1))
    found = made.run()
    assert (found.low[at], found.high[at]) == (0, 2), "CDE's own row says it"
    assert np.isnan(made.shown).tolist() == np.isnan(plain.shown).tolist()
