"""What the numbers allow one to say: intervals, and the verdict on a change. Pure functions of integers and arrays of them.

Closed forms of textbook methods (Wilson 1927, Newcombe 1998 method 10, Katz 1978); the tests hold them against statsmodels.
A verdict never comes from a point estimate, from hidden counts, or across a year that cannot be compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import exp, log, sqrt
from typing import Any

import numpy as np

from data import grid, registry
from data.registry import Indicator

Z = 1.959963984540054
"""The 97.5 percent point of the normal distribution: 95 percent intervals."""

Floats = np.ndarray
Frame = Any
"""A pandas.DataFrame of facts. pandas' own annotations cannot follow a mask or a sort, so the type checker is not asked to."""


class Kind(StrEnum):
    """What may be said of a change. MOVED: beyond chance where neither direction is better. CHECK: too large to believe.

    UNTESTED: days and incidents of one student come together, so the intervals of a share do not hold.
    """

    BETTER = "better"
    WORSE = "worse"
    MOVED = "moved"
    CHECK = "check"
    CHANCE = "chance"
    CANNOT_TELL = "cannot_tell"
    NOT_COMPARABLE = "not_comparable"
    UNTESTED = "untested"
    NO_PRIOR = "no_prior"
    NO_COUNTS = "no_counts"


CERTAIN = (Kind.BETTER, Kind.WORSE, Kind.MOVED)
TOLD = (*CERTAIN, Kind.CHANCE)
"""What counts as a verdict. A change to be checked first is shown, and counts as none."""
SIZED = (*TOLD, Kind.CHECK, Kind.UNTESTED)
"""The kinds whose change may be shown, with its interval where there is one."""


@dataclass(frozen=True)
class Verdict:
    """A change between two years in its unit (points for percent), its 95 percent interval, and what may be said of it."""

    kind: Kind
    change: Fraction | None = None
    lower: float | None = None
    upper: float | None = None
    unit: str = "percent"

    @property
    def certain(self) -> bool:
        """Whether the change is more than chance."""
        return self.kind in CERTAIN


def wilson_many(numerator: Floats, denominator: Floats) -> tuple[Floats, Floats]:
    """Wilson 95 percent intervals of shares, in percent. Both arrays are floats; where one is NaN, so is the interval."""
    k, n = np.asarray(numerator, float), np.asarray(denominator, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        p, z2 = k / n, Z * Z
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z * np.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        lower = np.where(k == 0, 0.0, np.maximum(middle - half, 0.0))
        upper = np.where(k == n, 1.0, np.minimum(middle + half, 1.0))
    none = np.isnan(k) | ~(n > 0)
    return np.where(none, np.nan, 100 * lower), np.where(none, np.nan, 100 * upper)


def wilson(numerator: int, denominator: int) -> tuple[float, float]:
    """Wilson 95 percent interval of a share, in percent. Raises ValueError for an empty or impossible share."""
    if denominator <= 0 or not 0 <= numerator <= denominator:
        raise ValueError(f"No interval for {numerator} of {denominator}")
    lower, upper = wilson_many(np.array([numerator]), np.array([denominator]))
    return float(lower[0]), float(upper[0])


def newcombe_many(k: Floats, n: Floats, prior_k: Floats, prior_n: Floats) -> tuple[Floats, Floats]:
    """Newcombe's 95 percent intervals of the differences k/n - prior_k/prior_n, in percentage points. NaN in, NaN out."""
    with np.errstate(divide="ignore", invalid="ignore"):
        p, q = 100 * k / n, 100 * prior_k / prior_n
    (l1, u1), (l2, u2) = wilson_many(k, n), wilson_many(prior_k, prior_n)
    return p - q - np.hypot(p - l1, u2 - q), p - q + np.hypot(u1 - p, q - l2)


def newcombe(numerator: int, denominator: int, prior_numerator: int, prior_denominator: int) -> tuple[float, float]:
    """Newcombe's 95 percent interval of the difference of two shares, in percentage points."""
    lower, upper = newcombe_many(*(np.array([v], float) for v in (numerator, denominator, prior_numerator, prior_denominator)))
    return float(lower[0]), float(upper[0])


def risk_ratio(numerator: int, denominator: int, other_numerator: int, other_denominator: int) -> tuple[float, float, float]:
    """Risk ratio and its log (Katz) 95 percent interval. Raises ValueError where a side has no cases."""
    if not numerator or not other_numerator:
        raise ValueError("A ratio needs cases on both sides.")
    ratio = numerator * other_denominator / (denominator * other_numerator)
    spread = Z * sqrt(1 / numerator - 1 / denominator + 1 / other_numerator - 1 / other_denominator)
    return ratio, exp(log(ratio) - spread), exp(log(ratio) + spread)


def excess(numerator: int, denominator: int, other_numerator: int, other_denominator: int) -> Fraction:
    """How many cases fewer there would be if the group had the rate of the others. Exact."""
    return numerator - denominator * Fraction(other_numerator, other_denominator)


def dashboard_change(numerator: int, denominator: int, prior_numerator: int, prior_denominator: int) -> Fraction:
    """CDE's change in points: the difference of the unrounded rates, then rounded half up to one decimal."""
    return Fraction(grid.change(numerator, denominator, prior_numerator, prior_denominator), 10)


def dashboard_box(status: int, change_level: int) -> int:
    """Where a box of the five-by-five grid stands in CDE's own ordering; status and change level are 1 to 5."""
    return grid.box(status, change_level)


def change(
    numerator: int | None,
    denominator: int | None,
    prior_numerator: int | None,
    prior_denominator: int | None,
    indicator: Indicator,
    year: int,
    student_group: str = "",
    since: int | None = None,
) -> Verdict:
    """The verdict on `year` against the year before (or `since`). None for a count that is withheld, hidden or not published."""
    counts = [np.array([np.nan if v is None else float(v)]) for v in (numerator, denominator, prior_numerator, prior_denominator)]
    allowed = np.array([comparable(indicator, since or year - 1, year, student_group)])
    kinds, _points, lower, upper = _judge((counts[0], counts[1], counts[2], counts[3]), allowed, indicator)
    four = (numerator, denominator, prior_numerator, prior_denominator)
    return stated(str(kinds[0]), four, float(lower[0]), float(upper[0]), indicator)


def stated(
    kind: str, counts: tuple[int | None, int | None, int | None, int | None], lower: float, upper: float, indicator: Indicator
) -> Verdict:
    """A verdict from its kind and interval as computed for a row of `changes`, with the exact change."""
    k, n, prior_k, prior_n = counts
    if kind not in SIZED or k is None or not n or prior_k is None or not prior_n:
        return Verdict(Kind(kind))
    moved = indicator.value(k, n) - indicator.value(prior_k, prior_n)
    if kind == Kind.UNTESTED:
        return Verdict(Kind.UNTESTED, moved, unit=indicator.unit)
    return Verdict(Kind(kind), moved, lower, upper, indicator.unit)


def changes(columns: Mapping[str, Any], indicator: Indicator, year: int) -> dict[str, Floats]:
    """Verdicts for many rows at once, as columns: kind, change, change_lower, change_upper, in the order given."""
    k, n, prior_k, prior_n = (floats(columns[c]) for c in ("numerator", "denominator", "prior_numerator", "prior_denominator"))
    groups = np.asarray(columns["student_group"], dtype=object)
    told = {g: comparable(indicator, year - 1, year, g) for g in set(groups)}
    allowed = np.array([told[g] for g in groups], dtype=bool)
    kinds, moved, lower, upper = _judge((k, n, prior_k, prior_n), allowed, indicator)
    return {"kind": kinds, "change": moved, "change_lower": lower, "change_upper": upper}


def floats(column: Any) -> Floats:
    """A nullable column as floats with NaN."""
    return column.to_numpy(dtype=float, na_value=np.nan)


def comparable(indicator: Indicator, earlier: int, later: int, student_group: str = "") -> bool:
    """Whether a change may be told: no gap year touched or spanned, and the group is counted the same way throughout."""
    recounted = [y for c in registry.caveats_of(indicator, student_group) if c.groups and c.effect == "mark" for y in c.years]
    return registry.comparable(indicator, earlier, later) and not any(earlier < y <= later for y in recounted)


def implausible(counts: tuple[Floats, Floats, Floats, Floats], indicator: Indicator) -> Floats:
    """Which changes ask for a check of the record: by `jump` points or more, or between nobody and `zero` percent or more."""
    k, n, prior_k, prior_n = counts
    with np.errstate(divide="ignore", invalid="ignore"):
        now, then = 100 * k / n, 100 * prior_k / prior_n
        from_none = (np.minimum(k, prior_k) == 0) & (np.maximum(now, then) >= indicator.zero)
        return (np.abs(now - then) >= indicator.jump) | from_none


def _judge(
    counts: tuple[Floats, Floats, Floats, Floats], allowed: Floats, indicator: Indicator
) -> tuple[Floats, Floats, Floats, Floats]:
    k, n, prior_k, prior_n = counts
    lower, upper = newcombe_many(k, n, prior_k, prior_n)
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = 100 * k / n - 100 * prior_k / prior_n
    good = moved < 0 if indicator.better == "lower" else moved > 0
    known, before = ~np.isnan(k) & (n > 0), ~np.isnan(prior_k) & (prior_n > 0)
    few = ~(np.minimum(n, prior_n) >= indicator.min_rank * indicator.denominator_parts)
    untested = np.full(len(k), indicator.interval == "none")
    kinds = np.select(
        [~allowed, ~known, ~before, untested, few, (lower <= 0) & (upper >= 0), implausible(counts, indicator)],
        [Kind.NOT_COMPARABLE, Kind.NO_COUNTS, Kind.NO_PRIOR, Kind.UNTESTED, Kind.CANNOT_TELL, Kind.CHANCE, Kind.CHECK],
        np.full(len(k), Kind.MOVED) if indicator.better == "none" else np.where(good, Kind.BETTER, Kind.WORSE),
    )
    hide = ~np.isin(kinds, SIZED)
    scale = indicator.factor / 100
    if indicator.interval == "none":
        lower = upper = np.full(len(k), np.nan)
    moved, lower, upper = (np.where(hide, np.nan, scale * part) for part in (moved, lower, upper))
    return kinds, moved, lower, upper
