"""How often components/matching.py calls a difference where grantees and other schools change alike.

    python -m bench.cohort_coverage [draws]
Schools lie in districts of uneven size whose rates move together; each has a rate of its own, a wobble of each year and the
chance of its number of students. Nothing is done to grantees. Each line draws the world anew, matches and estimates as the page
does. Grantees are picked at random, where students are poor (the features tell), for a rate that is always high (they do not),
or for a high rate in the base year. The last two break one of the two ways of matching each; the rule that both must agree is
what the page goes by.
"""

import sys
from dataclasses import dataclass

import numpy as np

from bench.common import table
from components import matching

LIMIT = 0.07


@dataclass(frozen=True)
class World:
    """One line of the table. `alike`: sd of what all schools of a district share in a change, in points."""

    name: str
    schools: int = 1200
    districts: int = 200
    grantees: int = 80
    alike: float = 1.0
    picked: str = "at random"
    together: bool = False


WORLDS = (
    World("plain"),
    World("few grantees", grantees=25),
    World("districts move together", alike=3.0),
    World("grants go to whole districts", alike=3.0, together=True),
    World("few districts", districts=40, alike=2.0),
    World("as large as the state", schools=6000, districts=700, grantees=450),
    World("picked for need that features tell", picked="poverty"),
    World("picked for a rate that is always high", picked="rate"),
    World("picked for one bad year", picked="year"),
)


def drawn(world: World, dice: np.random.Generator) -> matching.Pair:
    """One world without any difference, matched and estimated."""
    n = world.schools
    size = dice.pareto(1.5, world.districts) + 0.3
    district = dice.choice(world.districts, n, p=size / size.sum())
    students = np.clip(dice.lognormal(6.1, 0.5, n), 60, 3000).astype(int)
    poverty = np.clip(dice.normal(0.6, 0.15, world.districts)[district] + dice.normal(0, 0.15, n), 0, 1)
    own = 20 + 25 * (poverty - 0.6) + dice.normal(0, 4, n)
    years = [own, own - 3 + dice.normal(0, world.alike, world.districts)[district]]
    base, later = (_published(year + dice.normal(0, 1.5, n), students, dice) for year in years)
    grantee = _picked(
        world, dice, district, {"poverty": 6 * (poverty - 0.6), "rate": 0.25 * (own - 20), "year": 0.25 * (base - 20)}
    )
    features = np.column_stack([np.log(students) / 0.5, poverty / 0.2])
    schools = matching.Schools(features, np.ones(2), base / base.std(), np.digitize(students, (200, 500, 1000)), district)
    return matching.compared(schools, later - base, grantee, np.setdiff1d(np.arange(n), grantee))[0]


def _published(rate: np.ndarray, students: np.ndarray, dice: np.random.Generator) -> np.ndarray:
    return 100 * dice.binomial(students, np.clip(rate, 0.5, 95) / 100) / students


def _picked(world: World, dice: np.random.Generator, district: np.ndarray, needs: dict[str, np.ndarray]) -> np.ndarray:
    need = needs.get(world.picked, np.zeros(len(district)))
    if world.together:
        need = need + dice.normal(0, 2.5, world.districts)[district]
    chance = np.exp(need)
    return np.sort(dice.choice(len(district), world.grantees, replace=False, p=chance / chance.sum()))


@dataclass(frozen=True)
class Measured:
    """Shares of draws. `called`: by the rule of the page; `by_rate`, `by_features`: intervals that exclude zero."""

    called: float
    by_rate: float
    by_features: float
    difference: float
    width: float
    none: float


def measured(world: World, draws: int, seed: int = 3) -> Measured:
    """What a world without differences is said to be. Draws without an estimate count for nothing but `none`."""
    found = [drawn(world, np.random.default_rng((seed, i))) for i in range(draws)]
    one, two = ([e for e in way if e] for way in zip(*((p.by_rate, p.by_features) for p in found), strict=True))
    wrong = [float(np.mean([e.lower > 0 or e.upper < 0 for e in way])) for way in (one, two)]
    return Measured(
        called=sum(p.side != 0 for p in found) / len(one),
        by_rate=wrong[0],
        by_features=wrong[1],
        difference=float(np.mean([e.difference for e in one])),
        width=float(np.mean([e.upper - e.lower for e in one])),
        none=1 - len(one) / draws,
    )


def main(draws: int) -> None:
    """Print the table."""
    rows = []
    for world in WORLDS:
        m = measured(world, draws)
        shares = [f"{100 * share:.1f}" for share in (m.called, m.by_rate, m.by_features, m.none)]
        rows.append(
            (world.name, world.grantees, *shares, f"{m.difference:+.2f}", f"{m.width:.2f}", "yes" if m.called <= LIMIT else "NO")
        )
    head = (
        "world",
        "grantees",
        "called %",
        "base rate %",
        "features %",
        "none %",
        "mean",
        "width",
        f"at most {100 * LIMIT:.0f} %",
    )
    table(f"Differences in change where there are none, {draws:,} draws a line", head, rows)
    print("called: both intervals exclude zero on the same side, as the page says it; base rate, features: each interval alone")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
