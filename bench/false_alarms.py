"""How often the verdict says "more than chance" of schools whose true rate does not move, beside the interval's exact error.

    python -m bench.false_alarms [schools]
Two years of the same true rate and the same number of students are drawn for each school and judged by the product's own code
(components/verdict.py). The exact error adds up the probability of every pair of counts that it calls more than chance.
"""

import sys
from math import lgamma

import numpy as np
import pandas as pd

from bench.common import table
from components.verdict import CERTAIN, Kind, changes
from data import registry

SIZES = (30, 100, 300, 1000)
RATES = (0.035, 0.10, 0.171, 0.30, 0.50)
"""True shares: suspension and chronic absence as they are found in schools."""
LIMIT = 0.065
YEAR = 2025
INDICATOR = registry.indicators["chronic_absenteeism_rate"]


def judged(k: np.ndarray, n: int, prior_k: np.ndarray) -> np.ndarray:
    """The product's verdict on pairs of counts of the same number of students."""
    size = np.full(len(k), n)
    columns = {"numerator": k, "denominator": size, "prior_numerator": prior_k, "prior_denominator": size}
    frame = pd.DataFrame(columns).astype("Int64").assign(student_group="TA")
    return np.asarray(changes({str(name): column for name, column in frame.items()}, INDICATOR, YEAR)["kind"], dtype=object)


def simulated(n: int, rate: float, schools: int, seed: int = 8) -> float:
    """The share of simulated schools called "more than chance". A jump to check counts as called: it is shown as one."""
    dice = np.random.default_rng((seed, n, round(1000 * rate)))
    return float(np.isin(judged(dice.binomial(n, rate, schools), n, dice.binomial(n, rate, schools)), CALLED).mean())


CALLED = (*CERTAIN, Kind.CHECK)


def exact(n: int, rate: float) -> float:
    """The probability of the same, over all pairs of counts that are not next to impossible."""
    mass = _binomial(n, rate)
    likely = np.flatnonzero(mass > 1e-9)
    k, prior = (side.ravel() for side in np.meshgrid(likely, likely, indexing="ij"))
    return float((mass[k] * mass[prior])[np.isin(judged(k, n, prior), CALLED)].sum())


def _binomial(n: int, rate: float) -> np.ndarray:
    k = np.arange(n + 1)
    choose = np.array([lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) for i in k])
    return np.exp(choose + k * np.log(rate) + (n - k) * np.log1p(-rate))


def main(schools: int) -> None:
    """Print the table. The last columns say whether the exact error keeps to the limit."""
    rows, most = [], 0.0
    for n in SIZES:
        for rate in RATES:
            drawn, error = simulated(n, rate, schools), exact(n, rate)
            most = max(most, error, drawn)
            rows.append((n, f"{100 * rate:.1f}", f"{100 * drawn:.2f}", f"{100 * error:.2f}", "yes" if error <= LIMIT else "NO"))
    head = ("students", "true rate %", "called more than chance %", "exact error %", f"at most {100 * LIMIT} %")
    table(f"False alarms among {schools:,} schools whose true rate does not move", head, rows)
    print(f"the most of any line: {100 * most:.2f} % (limit {100 * LIMIT} %)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
