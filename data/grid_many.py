"""The five-by-five grid for whole sets at once: the same rule as data/grid.py on arrays, and how often a color changes by chance.

Instead of rounding rates, a row's cut scores are turned into counts of students: a numerator of at most so many has that level.
That is exact in 64-bit integers for denominators under ten million.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from data import grid

Ints = np.ndarray
NOBODY, EVERYBODY = -1, 2**40
"""Bounds that no numerator, and that every numerator, stays within."""


@dataclass(frozen=True)
class Rows:
    """Rows of one set as arrays of equal length. Counts are -1 where they are not there; `table` is -1 where none judges.

    `table`: the row's place in `grid.tables`; `need`: how many students in both years give it a color.
    """

    table: Ints
    k: Ints
    n: Ints
    prior_k: Ints
    prior_n: Ints
    need: Ints

    def take(self, which: Ints) -> "Rows":
        return Rows(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


@cache
def _tables() -> tuple[Ints, Ints, Ints]:
    """Status ends and change ends [table, 4], and colors [table, status 0-5, change 0-5], in the order of `grid.tables`."""
    every = list(grid.tables.values())
    colors = np.zeros((len(every), 6, 6), dtype=np.int64)
    for i, table in enumerate(every):
        for (status, change), color in table.colors.items():
            colors[i, status, change] = color
    return np.array([t.status for t in every]), np.array([t.change for t in every]), colors


def tables_of(code: str, kinds: Ints, levels: Ints) -> Ints:
    """The place in `grid.tables` of each row's table, by its type of school or district; -1 where it has none."""
    places = {key: i for i, key in enumerate(grid.tables)}
    if (code, "ALL") in places:
        return np.full(len(kinds), places[code, "ALL"])
    judges = [kind or ("UD" if level == "state" else "") for kind, level in zip(kinds, levels, strict=True)]
    return np.array([places.get((code, judge), -1) for judge in judges], dtype=np.int64)


def needed(groups: Ints, levels: Ints) -> Ints:
    """`grid.needed` for arrays of student groups and levels."""
    few = np.isin(groups, grid.SMALL_GROUPS) & (levels == "district")
    return np.where(few, grid.FEW_COLORED, grid.COLORED)


def _status_ends(rows: Rows) -> Ints:
    """[row, 4]: the largest numerators of status levels 5 to 2."""
    ends = _tables()[0][rows.table]
    return -((-(2 * ends + 1) * rows.n[:, None]) // 2000) - 1


def _change_ends(rows: Rows) -> Ints:
    """[row, 4]: the largest numerators of change levels 5 to 2. A half is rounded away from zero, so below zero the end is in."""
    ends = _tables()[1][rows.table]
    n, prior_n = rows.n[:, None], np.maximum(rows.prior_n, 1)[:, None]
    top, bottom = n * ((2 * ends + 1) * prior_n + 2000 * rows.prior_k[:, None]), 2000 * prior_n
    out = np.where(ends < 0, top // bottom, -(-top // bottom) - 1)
    return _folded(out, rows.n)


def _folded(ends: Ints, n: Ints) -> Ints:
    """Change ends with the two significant changes out of reach in the grid of fewer than 150 students."""
    small = n < grid.FULL
    ends[small, 0], ends[small, 3] = NOBODY * EVERYBODY, EVERYBODY
    return ends


def _level(k: Ints, ends: Ints) -> Ints:
    return 5 - (k[:, None] > ends).sum(axis=1)


def cells(rows: Rows) -> dict[str, Ints]:
    """What the grid makes of each row, the fields of `grid.Cell` as arrays: 0 where there is none, but `change_tenths` NaN.

    Rows whose table is unknown have no level at all.
    """
    counted = (rows.k >= 0) & (rows.n >= grid.SHOWN) & (rows.table >= 0)
    both = counted & (rows.prior_k >= 0) & (rows.prior_n >= grid.SHOWN)
    met, prior_met = counted & (rows.n >= rows.need), both & (rows.prior_n >= rows.need)
    status = np.where(counted, _level(rows.k, _status_ends(rows)), 0)
    change = np.where(both, _level(rows.k, _change_ends(rows)), 0)
    color = np.where(met & prior_met, _tables()[2][rows.table, status, change], 0)
    n, prior_n = np.maximum(rows.n, 1), np.maximum(rows.prior_n, 1)
    points = 1000 * (rows.k * prior_n - rows.prior_k * n)
    moved = np.sign(points) * ((2 * np.abs(points) + n * prior_n) // (2 * n * prior_n))
    return {
        "status_level": status,
        "change_tenths": np.where(both, moved, np.nan),
        "change_level": change,
        "color": color,
        "box": np.where(color > 0, (5 - status) * 50 + change * 10, 0),
        "small": rows.n < grid.FULL,
        "n_size_met": met,
        "prior_n_size_met": prior_met,
    }


def fewer_for_next(rows: Rows) -> Ints:
    """`grid.fewer_for_next` for each row; 0 where no smaller numerator has a better color.

    A color only changes where a numerator passes an end of a level, so those eight are all that need to be tried.
    """
    now = cells(rows)["color"]
    best = np.full(len(now), -1)
    for end in np.hstack([_status_ends(rows), _change_ends(rows)]).T:
        tried = np.minimum(end, rows.k - 1)
        fitting = (tried >= 0) & (now > 0)
        there = cells(Rows(rows.table, np.maximum(tried, 0), rows.n, rows.prior_k, rows.prior_n, rows.need))["color"]
        best = np.where(fitting & (there > now), np.maximum(best, tried), best)
    return np.where(best >= 0, rows.k - best, 0)


POINTS, SPREAD, AT_ONCE = 40, 4.5, 512
"""Steps in which a binomial year is cut, up to so many standard deviations from its mean; rows that are worked on together."""


def chance_of_other_color(rows: Rows) -> Ints:
    """How often the color of one year would differ from the next year's if nothing changed, 0 to 1; NaN where there is no color.

    Three independent binomial years of the row's size with the rate pooled over its two years: the first two give one color, the
    last two the next. Exact up to a standard deviation of four students; beyond it in steps of at most a quarter of one.
    Returning students make real years less independent and clustered incidents more uneven: an order of magnitude, no forecast.
    """
    out = np.full(len(rows.k), np.nan)
    colored = cells(rows)["color"] > 0
    for table in np.unique(rows.table[colored]):
        which = np.flatnonzero(colored & (rows.table == table))
        which = which[np.argsort(rows.n[which], kind="stable")]
        for start in range(0, len(which), AT_ONCE):
            some = which[start : start + AT_ONCE]
            out[some] = _chance(rows.take(some), int(table))
    return out


def _chance(rows: Rows, table: int) -> Ints:
    """`chance_of_other_color` of some rows with one table."""
    year = _Year(rows.n, (rows.k + rows.prior_k) / (rows.n + rows.prior_n))
    status, change, colors = (part[table] for part in _tables())
    n = rows.n[:, None]
    limits = -((-(2 * status + 1) * n) // 2000) - 1
    by_status = year.up_to(limits)
    top = (2 * change + 1) * n
    steps = _folded(np.where(change < 0, top // 2000, -(-top // 2000) - 1), rows.n)
    # Of a year in the middle: which change it is from the year before, and which next year's is from it.
    before = [0.0, *(1 - year.around(-steps[:, j] - 1) for j in range(4)), 1.0]
    after = [0.0, *(year.around(steps[:, j]) for j in range(4)), 1.0]
    here = year.share_of_bands(limits)
    now: dict[int, Any] = dict.fromkeys(grid.COLORS, 0.0)
    then: dict[int, Any] = dict.fromkeys(grid.COLORS, 0.0)
    ends = [np.zeros((len(n), 1), np.float32), *(by_status[:, j : j + 1] for j in range(4)), np.ones((len(n), 1), np.float32)]
    for level in range(5):
        for color, first, last in _runs(colors[5 - level]):
            now[color] = now[color] + here[level] * (before[last] - before[first])
            low, high = np.maximum(ends[level], after[first]), np.minimum(ends[level + 1], after[last])
            then[color] = then[color] + np.maximum(high - low, 0)
    same = sum(now[color] * then[color] for color in grid.COLORS)
    return 1 - np.clip((year.mass * same).sum(axis=1), 0, 1)


def _runs(colors: Ints) -> list[tuple[int, int, int]]:
    """(color, first, last): the spans of changes, level 5 first, that have one color in a row of the grid."""
    out, first = [], 0
    for j in range(1, 6):
        if j == 5 or colors[5 - j] != colors[5 - first]:
            if colors[5 - first]:
                out.append((int(colors[5 - first]), first, j))
            first = j
    return out


class _Year:
    """Binomial years of some rows, cut into POINTS steps of equal width: `mass` [row, step] and what lies below a numerator."""

    def __init__(self, n: Ints, p: Ints):
        spread = np.sqrt(n * p * (1 - p))
        self.width = np.maximum(1, np.ceil((2 * SPREAD * spread + 2) / POINTS))
        self.start = np.maximum(0, np.floor(n * p - self.width * POINTS / 2))
        at = self.start[:, None] + self.width[:, None] * np.arange(POINTS) + (self.width[:, None] - 1) / 2
        log_mass = _log_binomial(at, n[:, None].astype(float), p[:, None])
        mass = np.exp(log_mass - log_mass.max(axis=1, keepdims=True))
        mass /= mass.sum(axis=1, keepdims=True)
        self.mass = mass.astype(np.float32)
        edges = np.zeros((len(n), POINTS + 1))
        np.cumsum(mass, axis=1, out=edges[:, 1:])
        # Beyond both ends: as often 0 or 1 as a shift can reach, so that no index needs a bound.
        self.edges = np.pad(edges, ((0, 0), (POINTS + 1, POINTS + 2)), constant_values=((0, 0), (0, 1))).astype(np.float32)
        self.rows = np.arange(len(n))[:, None]

    def up_to(self, x: Ints) -> Ints:
        """[row, column] of whole numerators -> how often a year has at most so many."""
        return self._at((x + 1 - self.start[:, None]) / self.width[:, None])

    def around(self, shift: Ints) -> Ints:
        """[row, step]: how often a year has at most the step's numerator plus the row's `shift`."""
        offset = np.clip((shift + (self.width + 1) / 2) / self.width, -POINTS - 1, POINTS)
        whole = np.floor(offset).astype(np.int64)
        part = (offset - whole).astype(np.float32)[:, None]
        # Each row of edges is read from a start of its own: the row's place in memory, and its shift.
        start = self.rows[:, 0] * self.edges.shape[1] + whole + POINTS + 1
        read = self.edges.ravel().take(start[:, None] + np.arange(POINTS + 1))
        return read[:, :-1] + part * (read[:, 1:] - read[:, :-1])

    def share_of_bands(self, ends: Ints) -> list[Any]:
        """For each band of numerators, the last without an end: [row, step], which share of the step's numerators it holds."""
        first = self.start[:, None] + self.width[:, None] * np.arange(POINTS)
        below: list[Any] = [np.float32(0)]
        for j in range(ends.shape[1]):
            below.append(np.clip((ends[:, j : j + 1] + 1 - first) / self.width[:, None], 0, 1).astype(np.float32))
        return [high - low for low, high in pairwise([*below, np.float32(1)])]

    def _at(self, place: Ints) -> Ints:
        place = np.clip(place, -1, POINTS + 1)
        whole = np.floor(place).astype(np.int64)
        part = (place - whole).astype(np.float32)
        low, high = self.edges[self.rows, whole + POINTS + 1], self.edges[self.rows, whole + POINTS + 2]
        return low + part * (high - low)


def _log_binomial(x: Ints, n: Ints, p: Ints) -> Ints:
    """The log of the binomial probability at `x`, up to a constant of the row; -inf outside 0 to n."""
    inside = (x >= 0) & (x <= n)
    at = np.where(inside, x, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        hits = np.where(at > 0, at * np.log(p), 0)
        misses = np.where(n - at > 0, (n - at) * np.log1p(-p), 0)
    return np.where(inside, hits + misses - _log_factorial(at) - _log_factorial(n - at), -np.inf)


def _log_factorial(x: Ints) -> Ints:
    """Stirling's series after a shift by eight: good to 1e-12, half numbers included."""
    y = x + 9.0
    below = np.ones_like(y)
    for i in range(1, 9):
        below *= x + i
    return (y - 0.5) * np.log(y) - y + 1 / (12 * y) - 1 / (360 * y**3) + 1 / (1260 * y**5) - np.log(below)
