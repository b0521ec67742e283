"""How far rates of a set of places lie from what chance and their usual spread explain. Pure functions of arrays of counts.

Funnel limits after Spiegelhalter (2005) with the spread of a beta-binomial, estimated within the set from winsorized z scores;
empirical Bayes (beta-binomial by moments) for the order of a list. The tests hold them against scipy. Shares are 0 to 1 here.
"""

from dataclasses import dataclass

import numpy as np

TAILS = {"95": 0.025, "99.8": 0.001}
"""What each pair of limits leaves out on either side."""
CUT = 0.1
"""The tenth on either side whose z scores are winsorized: places that truly stand apart must not widen their own limits."""
WINSORIZED = 0.6786623
"""The mean square of a standard normal that is winsorized at a tenth on either side: what the estimate is divided by."""
LONGEST = 3000
"""Limits of larger places are those of a distribution of this many with the same variance: equal to the eye, and quick."""
GRID = 64
HALVINGS = 18
CALM = 1e-9


@dataclass(frozen=True)
class Spread:
    """A set's center (a share), `phi` (mean square of z, 1 for chance alone) and `rho` (the beta-binomial's correlation)."""

    center: float
    phi: float
    rho: float


@dataclass(frozen=True)
class Curve:
    """Limits by size: `sizes` rising, and for each name of TAILS the lower and upper limit as shares."""

    sizes: np.ndarray
    lower: dict[str, np.ndarray]
    upper: dict[str, np.ndarray]


def spread(k: np.ndarray, n: np.ndarray) -> Spread:
    """The center of a set and its spread beyond chance: the rho at which winsorized z scores are as wide as chance makes them.

    Raises ValueError for fewer than two places.
    """
    k, n = np.asarray(k, float), np.asarray(n, float)
    if len(k) < 2 or not (n > 0).all():
        raise ValueError("A spread needs two places with students.")
    rate, center, rho, phi = k / n, float(k.sum() / n.sum()), 0.0, 1.0
    for _step in range(2):
        inside = min(max(center, 1e-6), 1 - 1e-6)
        phi = _phi(rate, n, inside, 0.0)
        rho = _rho(rate, n, inside) if phi > 1 else 0.0
        weight = weights(n, rho)
        center = float((weight * rate).sum() / weight.sum())
    return Spread(center, phi, rho)


def weights(n: np.ndarray, rho: float) -> np.ndarray:
    """What each place counts in the center: its students where rho is 0, all the same where rho is large."""
    return n / (1 + (n - 1) * rho)


def middle(n: np.ndarray, of: Spread) -> tuple[float, float, float]:
    """Of a place of the median size: its lower and upper 99.8 percent limit, and how many times as wide as by chance alone."""
    size, tail = max(int(np.median(n)), 2), TAILS["99.8"]
    low, high = quantiles(size, of.center, of.rho, [tail, 1 - tail])
    least, most = quantiles(size, of.center, 0.0, [tail, 1 - tail])
    return float(low), float(high), float((high - low) / max(most - least, 1e-9))


def _phi(rate: np.ndarray, n: np.ndarray, center: float, rho: float) -> float:
    """The mean square of the winsorized z scores, 1 where rates vary as a beta-binomial of this rho makes them."""
    z = (rate - center) / np.sqrt(center * (1 - center) * (1 + (n - 1) * rho) / n)
    low, high = np.quantile(z, [CUT, 1 - CUT])
    return float(np.mean(np.clip(z, low, high) ** 2) / WINSORIZED * len(z) / (len(z) - 1))


def _rho(rate: np.ndarray, n: np.ndarray, center: float) -> float:
    """The rho for which `_phi` is 1, by halving: `_phi` falls as rho rises."""
    low, high = 0.0, 0.99
    for _step in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _phi(rate, n, center, middle) > 1 else (low, middle)
    return (low + high) / 2


def curve(smallest: float, largest: float, of: Spread) -> Curve:
    """The limits from the smallest to the largest place of a set, closer together where places are small."""
    sizes = np.unique(np.round(np.geomspace(max(smallest, 2), max(largest, 3), GRID)))
    tails = [t for tail in TAILS.values() for t in (tail, 1 - tail)]
    found = np.array([quantiles(int(n), of.center, of.rho, tails) for n in sizes])
    lower = {name: found[:, 2 * i] for i, name in enumerate(TAILS)}
    upper = {name: found[:, 2 * i + 1] for i, name in enumerate(TAILS)}
    return Curve(sizes, lower, upper)


def quantiles(n: int, center: float, rho: float, tails: list[float]) -> np.ndarray:
    """Quantiles of a beta-binomial rate (binomial where rho is 0), between whole counts by Spiegelhalter's interpolation."""
    center = min(max(center, 1e-6), 1 - 1e-6)
    n, rho, narrower = _matched(n, rho)
    k = np.arange(n)
    if rho > CALM:
        a, b = center * (1 / rho - 1), (1 - center) * (1 / rho - 1)
        steps = np.log((n - k) / (k + 1) * (a + k) / (b + n - k - 1))
    else:
        steps = np.log((n - k) / (k + 1) * center / (1 - center))
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    mass = np.exp(logs - logs.max())
    total = np.cumsum(mass / mass.sum())
    at = np.minimum(np.searchsorted(total, tails), n)
    before = np.where(at > 0, total[at - 1], 0.0)
    part = (total[at] - np.array(tails)) / np.maximum(total[at] - before, 1e-300)
    return np.clip(center + ((at - part) / n - center) * narrower, 0.0, 1.0)


def _matched(n: int, rho: float) -> tuple[int, float, float]:
    """A size of at most LONGEST, the correlation that gives it the same variance, and by how much it is still too wide."""
    if n <= LONGEST:
        return n, rho, 1.0
    variance = (1 + (n - 1) * rho) / n
    matched = (LONGEST * variance - 1) / (LONGEST - 1)
    return (LONGEST, matched, 1.0) if matched >= 0 else (LONGEST, 0.0, float(np.sqrt(LONGEST * variance)))


def stands(k: np.ndarray, n: np.ndarray, limits: Curve) -> np.ndarray:
    """Where each place stands: 0 inside, 1 above (-1 below) the 95 percent limits, 2 above (-2 below) those of 99.8."""
    rate, size = np.asarray(k, float) / np.asarray(n, float), np.log(np.asarray(n, float))
    out = np.zeros(len(rate), dtype=int)
    grid = np.log(limits.sizes)
    for step, name in enumerate(TAILS, start=1):
        out = np.where(rate > np.interp(size, grid, limits.upper[name]), step, out)
        out = np.where(rate < np.interp(size, grid, limits.lower[name]), -step, out)
    return out


def prior(k: np.ndarray, n: np.ndarray) -> tuple[float, float]:
    """The beta prior of a set by moments: mean m and strength M in students (Kleinman 1973). M is large where all are alike."""
    k, n = np.asarray(k, float), np.asarray(n, float)
    if len(k) < 2:
        return float(k.sum() / max(n.sum(), 1)), 1e6
    rate, weight = k / n, n.copy()
    m, rho = 0.0, 0.0
    for _step in range(8):
        share = weight / weight.sum()
        m = float((share * rate).sum())
        inside = max(m * (1 - m), 1e-12)
        squares = float((share * (rate - m) ** 2).sum())
        chance = float((share * (1 - share) / n).sum()) * inside
        left = float((share * (1 - share) * (1 - 1 / n)).sum()) * inside
        rho = min(max((squares - chance) / left if left > 0 else 0.0, 1e-6), 0.999999)
        weight = n / (1 + (n - 1) * rho)
    return m, 1 / rho - 1


def shrunken(k: np.ndarray, n: np.ndarray, m: float, strength: float) -> np.ndarray:
    """Rates drawn towards the mean of the set, the more the fewer students: for the order of a list, never to be shown."""
    return (np.asarray(k, float) + m * strength) / (np.asarray(n, float) + strength)
