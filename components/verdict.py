"""What the numbers allow one to say: intervals, and the verdict on a change. Pure functions of integers.

Closed forms of textbook methods (Wilson 1927, Newcombe 1998 method 10, Katz 1978); the tests hold them against statsmodels.
A verdict never comes from a point estimate, from hidden counts, or across a year that cannot be compared.
"""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import exp, log, sqrt

from data import registry
from data.registry import Indicator

Z = 1.959963984540054
"""The 97.5 percent point of the normal distribution: 95 percent intervals."""


class Kind(Enum):
    """What may be said of a change."""

    BETTER = "better"
    WORSE = "worse"
    MOVED = "moved"
    CHANCE = "chance"
    TOO_FEW = "too_few"
    NOT_COMPARABLE = "not_comparable"
    NO_PRIOR = "no_prior"
    NO_COUNTS = "no_counts"


@dataclass(frozen=True)
class Counts:
    """The counts of one published row, or none where they are withheld, hidden or not published."""

    numerator: int | None
    denominator: int | None

    @property
    def known(self) -> bool:
        return self.numerator is not None and bool(self.denominator)

    @property
    def rate(self) -> Fraction:
        """Percent, exact. Only where `known`."""
        assert self.numerator is not None and self.denominator
        return Fraction(100 * self.numerator, self.denominator)


@dataclass(frozen=True)
class Verdict:
    """A change between two years: percentage points with a 95 percent interval, where it may be said at all."""

    kind: Kind
    change: Fraction | None = None
    lower: float | None = None
    upper: float | None = None

    @property
    def certain(self) -> bool:
        """Whether the change is more than chance."""
        return self.kind in (Kind.BETTER, Kind.WORSE, Kind.MOVED)


def wilson(numerator: int, denominator: int) -> tuple[float, float]:
    """Wilson 95 percent interval of a share, in percent. Raises ValueError for an empty or impossible share."""
    if denominator <= 0 or not 0 <= numerator <= denominator:
        raise ValueError(f"No interval for {numerator} of {denominator}")
    n, p, z2 = denominator, numerator / denominator, Z * Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    lower = 0.0 if numerator == 0 else max(0.0, middle - half)
    upper = 1.0 if numerator == denominator else min(1.0, middle + half)
    return 100 * lower, 100 * upper


def newcombe(numerator: int, denominator: int, prior_numerator: int, prior_denominator: int) -> tuple[float, float]:
    """Newcombe's 95 percent interval of the difference of two shares, in percentage points."""
    p, q = 100 * numerator / denominator, 100 * prior_numerator / prior_denominator
    (l1, u1), (l2, u2) = wilson(numerator, denominator), wilson(prior_numerator, prior_denominator)
    difference = p - q
    return difference - sqrt((p - l1) ** 2 + (u2 - q) ** 2), difference + sqrt((u1 - p) ** 2 + (q - l2) ** 2)


def risk_ratio(numerator: int, denominator: int, other_numerator: int, other_denominator: int) -> tuple[float, float, float]:
    """Risk ratio and its log (Katz) 95 percent interval. Raises ValueError where a side has no cases."""
    if not numerator or not other_numerator:
        raise ValueError("A ratio needs cases on both sides.")
    ratio = numerator * other_denominator / (denominator * other_numerator)
    spread = Z * sqrt(1 / numerator - 1 / denominator + 1 / other_numerator - 1 / other_denominator)
    return ratio, exp(log(ratio) - spread), exp(log(ratio) + spread)


def change(now: Counts, before: Counts, indicator: Indicator, year: int) -> Verdict:
    """The verdict on `year` against the year before. Groups under `min_show` in either year get none."""
    if not registry.comparable(indicator, year - 1, year):
        return Verdict(Kind.NOT_COMPARABLE)
    if not now.known:
        return Verdict(Kind.NO_COUNTS)
    if not before.known:
        return Verdict(Kind.NO_PRIOR)
    assert now.numerator is not None and now.denominator and before.numerator is not None and before.denominator
    moved = now.rate - before.rate
    if min(now.denominator, before.denominator) < indicator.min_show:
        return Verdict(Kind.TOO_FEW)
    lower, upper = newcombe(now.numerator, now.denominator, before.numerator, before.denominator)
    if lower <= 0 <= upper:
        return Verdict(Kind.CHANCE, moved, lower, upper)
    if indicator.better == "none":
        return Verdict(Kind.MOVED, moved, lower, upper)
    good = (moved < 0) == (indicator.better == "lower")
    return Verdict(Kind.BETTER if good else Kind.WORSE, moved, lower, upper)
