"""Bounds of every cell from the rows of a linear system, by interval propagation on whole numbers to the fixed point."""

from dataclasses import dataclass

import numpy as np

from data.privacy.cube import Numbers
from data.privacy.system import FAR, Rows

MOST_SWEEPS = 200
CLOSE = 1e-5
"""Sums of numbers up to FAR are off by less; bounds are whole numbers."""


class Contradiction(RuntimeError):
    """The shown numbers cannot all be true. `cells`: where it was seen."""

    def __init__(self, cells: Numbers):
        super().__init__("The shown numbers contradict each other.")
        self.cells = cells


@dataclass
class Solver:
    """The rows in the two orders that propagation needs: by row for its sums, by cell for its bounds.

    `more`: numbers behind the cells that are in rows and nowhere else; nothing is known of them but the rows.
    """

    rows: Rows
    cells: int
    more: int = 0

    def __post_init__(self) -> None:
        row, cell, weight, low, high, soft, name = self.rows.flat()
        row, cell = row.astype(np.int64), cell.astype(np.int64)
        order = np.lexsort((row, cell))
        self.row, self.cell, self.weight = row[order], cell[order], weight[order]
        self.low, self.high, self.soft, self.name = low, high, soft.astype(bool), name
        self.first = np.flatnonzero(np.r_[True, np.diff(self.cell) > 0]) if len(order) else np.zeros(0, np.int64)
        self.owner = self.cell[self.first]
        self.up = self.weight > 0

    def sums(self, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Least and most of each entry and of each row."""
        a, b = self.weight * low[self.cell], self.weight * high[self.cell]
        least, most = np.minimum(a, b), np.maximum(a, b)
        size = len(self.low)
        return least, most, np.bincount(self.row, least, size), np.bincount(self.row, most, size)

    def implied(self, low: Numbers, high: Numbers, off: Numbers | None = None) -> tuple[Numbers, Numbers]:
        """What each entry's row says of its cell: at least and at most."""
        least, most, row_least, row_most = self.sums(low, high)
        floor, ceiling = (self.low, self.high) if off is None else (np.where(off, -FAR, self.low), np.where(off, FAR, self.high))
        to_most = ceiling[self.row] - (row_least[self.row] - least)
        to_least = floor[self.row] - (row_most[self.row] - most)
        open_most, open_least = ceiling[self.row] >= FAR, floor[self.row] <= -FAR
        to_most[open_most], to_least[open_least] = 4 * FAR, -4 * FAR
        one, other = to_most / self.weight, to_least / self.weight
        return np.where(self.up, other, one), np.where(self.up, one, other)

    def padded(self, bounds: Numbers, more: float) -> Numbers:
        return np.r_[bounds, np.full(self.more, more)] if len(bounds) == self.cells else bounds

    def false(self, truth: Numbers) -> Numbers:
        """The rows that do not hold for these numbers."""
        sums = np.bincount(self.row, self.weight * self.padded(truth, 0)[self.cell], len(self.low))
        return (sums < self.low - CLOSE) | (sums > self.high + CLOSE)

    def refuted(self, low: Numbers, high: Numbers) -> Numbers:
        """The believed rows that these bounds alone contradict."""
        _, _, least, most = self.sums(self.padded(low, 0), self.padded(high, FAR))
        return self.soft & ((least > self.high + CLOSE) | (most < self.low - CLOSE))

    def tighten(self, low: Numbers, high: Numbers, off: Numbers | None = None) -> tuple[Numbers, Numbers]:
        """The bounds at the fixed point. `off`: rows left out. Raises Contradiction with every cell where it was seen."""
        low, high = self.padded(low, 0).copy(), self.padded(high, FAR).copy()
        wrong = low > high
        for _ in range(MOST_SWEEPS if len(self.row) else 0):
            floor, ceiling = self.implied(low, high, off)
            new_low, new_high = low.copy(), high.copy()
            new_low[self.owner] = np.maximum(low[self.owner], np.ceil(np.maximum.reduceat(floor, self.first) - CLOSE))
            new_high[self.owner] = np.minimum(high[self.owner], np.floor(np.minimum.reduceat(ceiling, self.first) + CLOSE))
            # A cell that contradicts itself keeps its last bounds, so that the sweep goes on and finds the other ones.
            wrong |= new_low > new_high
            new_low[wrong], new_high[wrong] = low[wrong], high[wrong]
            if (new_low == low).all() and (new_high == high).all():
                break
            low, high = new_low, new_high
        if wrong.any():
            raise Contradiction(np.flatnonzero(wrong))
        return low[: self.cells], high[: self.cells]

    def believed(
        self, low: Numbers, high: Numbers, guess_low: Numbers, guess_high: Numbers, off: Numbers | None = None
    ) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """The bounds when guesses and soft rows (but those in `off`) are believed, less those near a contradiction.

        Returns low, high, the cells whose guess was kept, the rows left out. Raises Contradiction where what is known, and not
        only believed, contradicts itself.
        """
        kept = (guess_low > low) | (guess_high < high)
        off = np.zeros(len(self.low), bool) if off is None else off
        while True:
            try:
                start = np.where(kept, np.maximum(low, guess_low), low), np.where(kept, np.minimum(high, guess_high), high)
                return *self.tighten(*start, off), kept, off
            except Contradiction as found:
                near = np.zeros(self.cells + self.more, bool)
                near[found.cells] = True
                drop, without = self._beliefs(near, kept, off)
                if not drop.any() and not without.any():
                    raise
                kept, off = kept & ~drop, off | without

    def _beliefs(self, near: Numbers, kept: Numbers, off: Numbers) -> tuple[Numbers, Numbers]:
        """The nearest guesses and soft rows around these cells; empty where nothing that they hang on is believed only."""
        drop = kept & near[: self.cells]
        while True:
            rows = np.zeros(len(self.low), bool)
            rows[self.row[near[self.cell]]] = True
            without = rows & self.soft & ~off
            if drop.any() or without.any():
                return drop, without
            wider = near.copy()
            wider[self.cell[rows[self.row]]] = True
            if wider.sum() == near.sum():
                return drop, without
            near, drop = wider, kept & wider[: self.cells]
