"""Matched schools and the difference in change: pure functions of arrays, numpy only. It knows no indicator, cohort or page.

Matching. A grantee gets the `k` nearest schools of its own stratum (school level and size band) that may serve as matches:
root of the weighted mean of squared differences in standardized features, what is unknown left out. A match lies within two
calipers, one of the whole distance and one of the rate in the base year; a grantee without `k` such schools has none. One
school may serve several grantees, but each grantee only once.

Estimate. Mean over grantees of (own change - mean change of its matches): every grantee weighs the same, whatever its size.
Written as a sum over schools it is sum(w * change), with w = 1/m for each of m grantees and -(times used)/(m * k) for a match.

Interval. A closed form, so the same numbers always: the delete-one-district jackknife of the two weighted means (CR3 of the
weighted regression on being a grantee) with t quantiles. Why it errs on the wide side: a school used five times enters with five
times the weight, so reuse widens it; a district drops out whole, grantees and matches together, so what its schools share is
counted; the jackknife is biased upward where districts are few or uneven; the quantile has the degrees of freedom of districts
of that unevenness (`effective`), not of schools. Only what goes with the base rate is taken out of the changes first (`leveled`),
since grantee and matches have the same base rate within the caliper.

Two ways. Rates return to their usual level after an unusual year, and no matching is safe from that. Matched by the base rate,
matches of schools whose rate is always high are schools with one bad year, and fall more. Matched by features alone, grantees
chosen for one bad year fall more. So both are computed (`Pair`), and a difference is called more than chance only where both
intervals lie on the same side of zero: `side`. bench/cohort_coverage.py counts how often either interval, and this rule,
call a difference where there is none.
"""

from dataclasses import dataclass

import numpy as np

K = 3
CALIPER = 1.0
"""The widest distance of a match in standard deviations."""
RATE_CALIPER = 0.25
"""The widest difference of rates in the base year, in standard deviations."""
KNOWN = 0.5
"""The least share of the weights that must be of features which both have."""
ALIKE = 0.1
"""How alike the changes of two schools of one district are taken to be where degrees of freedom are counted."""
LEAST_FREEDOM = 4.0
Z = 1.959963984540054

Floats = np.ndarray


@dataclass(frozen=True)
class Estimate:
    """A difference in change with its 95 percent interval, in the unit of the changes. `districts`: those of the grantees."""

    difference: float
    lower: float
    upper: float
    grantees: float
    matches: float
    count: int
    districts: int


@dataclass(frozen=True)
class Schools:
    """Schools as arrays of one row each: what they are matched by. `features` in standard deviations, NaN where unknown.

    `rate`: that of the base year in standard deviations; it counts as one feature more, with a caliper of its own.
    """

    features: Floats
    weights: Floats
    rate: Floats
    stratum: Floats
    district: Floats


@dataclass(frozen=True)
class Pair:
    """The estimate matched by the base rate too, and by features alone; None where no interval can be given."""

    by_rate: Estimate | None
    by_features: Estimate | None

    @property
    def side(self) -> int:
        """-1 or 1 where both intervals lie below or above zero, else 0."""
        sides = {0 if e is None else int(e.lower > 0) - int(e.upper < 0) for e in (self.by_rate, self.by_features)}
        return sides.pop() if len(sides) == 1 else 0


def compared(of: Schools, change: Floats, grantee: Floats, candidate: Floats, least: int = 10) -> tuple[Pair, Floats]:
    """Both estimates, and the matches by the base rate too (a row a grantee, -1 where it has none).

    Fewer than `least` matched grantees give no estimate.
    """
    ways = [matched(of, grantee, candidate, by_rate) for by_rate in (True, False)]
    found = []
    for matches, rate in zip(ways, (of.rate, None), strict=True):
        kept = matches[:, 0] >= 0
        enough = int(kept.sum()) >= least
        found.append(difference(change, rate, of.district, grantee[kept], matches[kept]) if enough else None)
    return Pair(found[0], found[1]), ways[0]


def matched(of: Schools, grantee: Floats, candidate: Floats, by_rate: bool = True, k: int = K) -> Floats:
    """For each grantee (a row number) its k nearest candidates as row numbers, nearest first; -1 where it has no k.

    Equal distances go by row.
    """
    stratum = of.stratum
    out = np.full((len(grantee), k), -1)
    for one in np.unique(stratum[grantee]):
        mine = np.flatnonzero(stratum[grantee] == one)
        others = candidate[stratum[candidate] == one]
        if len(others) < k:
            continue
        far = _distances(of, grantee[mine], others, by_rate)
        order = np.argsort(np.round(far, 9), axis=1, kind="stable")[:, :k]
        enough = np.isfinite(np.take_along_axis(far, order[:, -1:], axis=1)[:, 0])
        out[mine[enough]] = others[order[enough]]
    return out


def _distances(of: Schools, mine: Floats, others: Floats, by_rate: bool) -> Floats:
    """Grantees x candidates; infinite where a caliper is passed or too little is known."""
    apart = of.rate[mine][:, None] - of.rate[others][None, :]
    total, known = (apart**2, np.ones_like(apart)) if by_rate else (np.zeros_like(apart), np.zeros_like(apart))
    for column, weight in zip(of.features.T, of.weights, strict=True):
        squared = (column[mine][:, None] - column[others][None, :]) ** 2
        there = ~np.isnan(squared)
        total += np.where(there, weight * squared, 0)
        known += weight * there
    with np.errstate(divide="ignore", invalid="ignore"):
        far = np.sqrt(total / known)
    fit = (far <= CALIPER) & (known >= KNOWN * (by_rate + of.weights.sum()))
    return np.where(fit & (np.abs(apart) <= RATE_CALIPER) if by_rate else fit, far, np.inf)


def difference(change: Floats, rate: Floats | None, district: Floats, grantee: Floats, matches: Floats) -> Estimate | None:
    """The estimate over matched grantees. None where too few districts give an interval.

    `rate`: of the base year, where it was matched by: only then does what goes with it not add to the chance.
    """
    every = np.concatenate([grantee, np.unique(matches)])
    used = np.bincount(matches.ravel(), minlength=len(change))[every[len(grantee) :]]
    side = np.arange(len(every)) < len(grantee)
    weight = np.concatenate([np.full(len(grantee), 1 / len(grantee)), used / matches.size])
    own, other = (float(weight[s] @ change[every][s]) for s in (side, ~side))
    cluster = np.unique(district[every], return_inverse=True)[1]
    freedom = effective(weight, side, cluster) - 1
    level = np.zeros(len(every)) if rate is None else rate[every]
    spread = _jackknife(leveled(change[every], level, weight, side), weight, side, cluster)
    if freedom < LEAST_FREEDOM or not np.isfinite(spread):
        return None
    half = student(freedom) * spread
    apart = own - other
    return Estimate(apart, apart - half, apart + half, own, other, len(grantee), len(np.unique(district[grantee])))


def leveled(change: Floats, rate: Floats, weight: Floats, side: Floats) -> Floats:
    """Changes around the mean of their side, without what goes with the rate of the base year."""
    y, x = (_centered(values, weight, side) for values in (change, rate))
    ground = float(weight @ (x * x))
    return y - x * (float(weight @ (x * y)) / ground if ground > 0 else 0.0)


def _centered(values: Floats, weight: Floats, side: Floats) -> Floats:
    means = [float(weight[s] @ values[s]) for s in (side, ~side)]
    return values - np.where(side, means[0], means[1])


def _jackknife(left: Floats, weight: Floats, side: Floats, cluster: Floats) -> float:
    """The standard error of the difference of two weighted means when each district in turn is left out."""
    many = int(cluster.max()) + 1
    moved = np.zeros(many)
    for s, sign in ((side, 1.0), (~side, -1.0)):
        part = np.bincount(cluster[s], weight[s] * left[s], many)
        held = np.bincount(cluster[s], weight[s], many)
        with np.errstate(divide="ignore", invalid="ignore"):
            moved -= sign * np.where(held < 1 - 1e-12, part / (1 - held), np.inf)
    return float(np.sqrt((many - 1) / many * (moved @ moved)))


def effective(weight: Floats, side: Floats, cluster: Floats) -> float:
    """How many districts of equal weight would make as firm a spread: few where one district holds most schools."""
    many = int(cluster.max()) + 1
    share = np.zeros(many)
    for s in (side, ~side):
        squares = np.bincount(cluster[s], weight[s] ** 2, many)
        share += (1 - ALIKE) * squares + ALIKE * np.bincount(cluster[s], weight[s], many) ** 2
    return float(share.sum() ** 2 / (share @ share))


def student(freedom: float) -> float:
    """The 97.5 percent point of Student's t (Cornish-Fisher expansion; within 0.01 from 4 degrees of freedom on)."""
    z, v = Z, freedom
    terms = (
        (z**3 + z) / (4 * v),
        (5 * z**5 + 16 * z**3 + 3 * z) / (96 * v**2),
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * v**3),
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * v**4),
    )
    return z + sum(terms)
