"""The attacker: what can be worked out of a hidden number from all that is shown. Every publication must withstand it.

It knows the cube's identities, our rules, CDE's rows, the last publications, and, as an insider, one school's own numbers. It
tries both readings of a hidden cell: that it is one of the small ones, and only that our rules hid it. Here by interval
propagation; exact solvers do the same in the tests, on the same rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.privacy import system
from data.privacy.cube import KEYS, NONE, Cube, Numbers, families, school_year
from data.privacy.propagate import Solver
from data.privacy.rounding import BASE, FEWEST, places

SMALL = 2 * BASE - 1
"""The largest number that is hidden for its size: what would come out as ten is."""
SHORT = FEWEST - 1
"""The most by which a number is short of its whole that is hidden for it."""
LEAST_WIDTH = 5
WIDE = 10
WIDE_SHARE = 0.95


@dataclass(frozen=True)
class Found:
    """What an attack found, cell by cell of the attacked frame.

    `low`, `high`: bounds when hidden cells are read as small. `width`: the narrower of both.
    `solver`, `off`: the rows of that reading, less those not believed, for an exact solver. `unused`: rows that neither reading
    believed.
    """

    targets: Numbers
    low: Numbers
    high: Numbers
    width: Numbers
    small: Numbers
    failing: Numbers
    contacts_tell: Numbers
    solver: Solver
    off: Numbers
    unused: Numbers

    @property
    def wide_share(self) -> float:
        """The share of the cells read as small whose bounds are at least ten apart."""
        of = self.targets & self.small
        return float((self.width[of] >= WIDE).mean()) if of.any() else 1.0


@dataclass(frozen=True)
class Clues:
    """What an attacker has been told beside the shown cells: bounds by cell, which cells are its `own`, and shares.

    A share is (cells of numerators, cells of denominators, least, most): the one lies between these parts of the other.
    """

    low: Numbers | float = 0.0
    high: Numbers | float = np.inf
    own: Numbers | bool = False
    shares: tuple[tuple[Numbers, Numbers, float, float], ...] = ()


class Attack:
    """One system of one publication: built once, attacked as often as cells are hidden."""

    def __init__(self, frame: pd.DataFrame, public: pd.DataFrame | None = None, before: Sequence[pd.DataFrame] = ()):
        self.cube = Cube(frame)
        self.solver = Solver(system.build(self.cube), self.cube.size)
        self.wholes = self.cube.wholes()
        self.totals = self._totals()
        self.schools, self.districts = self.cube.flag("level", ["school"]), self.cube.flag("level", ["district"])
        self.above = system.lift(self.cube, "level=district")
        self.many = np.bincount(self.above[self.schools & (self.above != NONE)], minlength=self.cube.size)
        self.same = pd.factorize(pd.MultiIndex.from_arrays([frame["fact"], places(frame), frame["student_group"]]))[0]
        self.public = _public(self.cube, frame, public)
        self.before = [earlier(frame, old) for old in before]  # newest first

    def _totals(self) -> Numbers:
        """Of a program group's cell the row of all students; else NONE."""
        all_ = self.cube.lifted(student_group="TA")
        return np.where(self.cube.flag("student_group", families()["program"]), all_, NONE)

    def start(self, shown: Numbers) -> tuple[Numbers, Numbers]:
        """Bounds that the shown numbers (NaN: hidden) give by themselves."""
        low = np.where(np.isnan(shown), 0, np.maximum(shown - BASE + 1, FEWEST))
        high = np.where(np.isnan(shown), system.MOST, shown + BASE - 1)
        exact = self.cube.plain & ~np.isnan(shown)
        return np.where(exact, shown, low), np.where(exact, shown, high)

    def known(self, shown: Numbers, clues: Clues) -> Solver:
        """The system with what being shown says, more than ten and more than ten left of the whole, and with what clues say."""
        rows = self.solver.rows.copy()
        for other in (self.wholes, self.totals):
            part = np.flatnonzero(~np.isnan(shown) & (other != NONE) & ~self.cube.plain)
            rows.pairs(part, other[part], gap=FEWEST, name="shown")
        for numerator, denominator, least, most in clues.shares:
            rows.share(numerator, denominator, least, most)
        more = system.order(rows, self.cube, self.same, shown, np.isnan(shown) | self.cube.plain, BASE)
        return Solver(rows, self.cube.size, more)

    def reasons(self, hidden: Numbers) -> tuple[Numbers, Numbers]:
        """Cells that the rules of hide.sql hide whatever their size when these are hidden: with their whole or beside another.

        And as a second answer those of a district, for the insiders' sake: fewer than two shown schools behind them, groups of a
        hidden total.
        """
        with_whole = (self.wholes != NONE) & hidden[self.wholes]
        of = self.schools & (self.above != NONE)
        lit = np.bincount(self.above[of & ~hidden], minlength=self.cube.size)
        all_ = self.cube.lifted(student_group="TA")
        of_hidden = (all_ != NONE) & (all_ != np.arange(self.cube.size)) & hidden[all_]
        insiders = self.districts & (((self.many > 1) & (lit < 2)) | of_hidden)
        return with_whole | system.beside(self.cube, hidden), insiders

    def closed(self, shown: Numbers) -> Numbers:
        """The shown numbers after those rules, which the sender applied before rounding hid a few more."""
        while True:
            hidden = np.isnan(shown)
            beside, insiders = self.reasons(hidden)
            more = (beside | insiders) & ~hidden
            if not more.any():
                return shown
            shown = np.where(more, np.nan, shown)

    def run(
        self,
        shown: Numbers,
        patched: Numbers | None = None,
        truth: Numbers | None = None,
        clues: Clues | None = None,
        blind: bool = False,
    ) -> Found:
        """Attack the shown numbers. `truth`, where a test knows it, decides which hidden cells are read as small, and
        which of the identities that mostly hold are believed: those that do.

        `patched`: hidden by us to protect others. `clues`: what else the attacker has been told. `blind`: who sees which cells
        are hidden, what was shown of them earlier and CDE's rows, and no number of this publication.
        """
        clues = clues or Clues()
        patched = np.zeros(self.cube.size, bool) if patched is None else patched
        hidden = np.isnan(shown)
        seen = np.full(self.cube.size, np.nan) if blind else shown
        solver = self.known(seen, clues)
        start = np.maximum(self.start(seen)[0], clues.low), np.minimum(self.start(seen)[1], clues.high)
        beside, insiders = self.reasons(hidden)
        explained = beside | patched
        # Groups that no school shows are hidden, maybe, because the district has two schools.
        insiders = hidden & (insiders | (self.districts & (self.many == 0) & self.schools.any()))
        puzzling = hidden & ~explained & ~insiders
        off = solver.refuted(*start) if truth is None else solver.false(truth) & solver.soft
        low, high, unused = self._fit(solver, *start, puzzling, off)
        guess = puzzling if truth is None else hidden & ~insiders & (truth <= SMALL)
        guess_high = np.where(guess, SMALL, high)
        guess_low, guess_high = self._seen(np.zeros(self.cube.size), guess_high, hidden)
        small_low, small_high, _kept, off = solver.believed(low, high, guess_low, guess_high, off)
        width = np.minimum(high - low, small_high - small_low)
        tell = hidden & (self._contacts_tell(low, high) | self._contacts_tell(small_low, small_high))
        targets = hidden & ~patched & ~self.cube.plain & ~tell & ~np.broadcast_to(clues.own, hidden.shape)
        failing = np.flatnonzero(targets & (width < LEAST_WIDTH))
        read = guess & (small_high <= SMALL)
        return Found(targets, small_low, small_high, width, read, failing, tell, solver, off, unused & off)

    def _seen(self, low: Numbers, high: Numbers, of: Numbers) -> tuple[Numbers, Numbers]:
        """These bounds, or for the cells `of` what the latest publication that showed them said."""
        for old in reversed(self.before):
            was = of & ~np.isnan(old) & ~self.cube.plain
            low, high = np.where(was, old - BASE + 1, low), np.where(was, old + BASE - 1, high)
        return low, high

    def _fit(
        self, solver: Solver, low: Numbers, high: Numbers, puzzling: Numbers, off: Numbers
    ) -> tuple[Numbers, Numbers, Numbers]:
        """Bounds without guesses but what CDE's rows say, which count a little otherwise; and the rows that it left out.

        A hidden cell that nothing else explains is under twenty, or ten or fewer short of its whole.
        """
        alone = puzzling & (self.wholes == NONE) & (self.totals == NONE)
        high = np.where(alone, np.minimum(high, SMALL), high)
        either = puzzling & (self.wholes != NONE) & (self.totals == NONE)
        whole = np.where(self.wholes == NONE, 0, self.wholes)
        unused = np.ones(len(solver.low), bool)
        while True:
            low, high, _, without = solver.believed(low, high, *self.public, off)
            unused &= without
            is_small = either & (high < low[whole] - SHORT) & (high > SMALL)
            is_large = either & (low > SMALL) & (low < low[whole] - SHORT)
            if not is_small.any() and not is_large.any():
                return low, high, unused
            high = np.where(is_small, np.minimum(high, SMALL), high)
            low = np.where(is_large, np.maximum(low, low[whole] - SHORT), low)

    def _contacts_tell(self, low: Numbers, high: Numbers) -> Numbers:
        """Bands and weights that the shown number of contacts itself holds to under fifteen students: these are not asked at all.

        Where thirty students had forty contacts, nobody needs to be told that hardly one had twenty. It is a matter of shown
        numbers alone, so that leaving the cell out says no more than they do.
        """
        out = np.zeros(self.cube.size, bool)
        for line in (r for r in system.table("identities") if r["kind"] == "weigh"):
            mine = system.pick(self.cube, line["parts"])
            whole = system.lift(self.cube, line["whole"])
            weight = np.where(mine, system.weights(self.cube, line["parts"]), 0)
            of = np.flatnonzero(mine & (whole != NONE))
            spent = np.bincount(whole[of], (weight * low)[of], self.cube.size)
            placed = np.bincount(whole[of], low[of], self.cube.size)
            among = self.wholes[of]
            rest = np.maximum(0, np.where(among == NONE, 0, low[among]) - placed[whole[of]])
            budget = high[whole[of]] - spent[whole[of]] + weight[of] * low[of]
            heavy = weight[of] > 1
            by_all = np.where(heavy, (budget - rest) / np.where(heavy, weight[of] - 1, 1), np.inf)
            most = np.where(by_all < rest, by_all, budget / np.maximum(weight[of], 1))
            out[of] |= heavy & (most < FEWEST + LEAST_WIDTH - 1)
        return out


def _public(cube: Cube, frame: pd.DataFrame, public: pd.DataFrame | None) -> tuple[Numbers, Numbers]:
    """What CDE's rows say, at least and at most, of the last month of a school year."""
    low, high = np.zeros(cube.size), np.full(cube.size, np.inf)
    if public is None or public.empty:
        return low, high
    place = frame[["fact", "entity", "student_group"]].assign(year=frame["month"].map(school_year), at=np.arange(cube.size))
    last = (frame["month"] == frame.groupby(place["year"])["month"].transform("max")) & (frame["month"] % 100 >= 5)
    last &= (frame["month"] % 100 <= 6) & (frame["service"] == "all") & (frame["band"] == "all") & (frame["span"] == "ytd")
    found = place[last].merge(public, on=["fact", "entity", "student_group", "year"])
    low[found["at"].to_numpy()] = found["low"].to_numpy(float)
    high[found["at"].to_numpy()] = found["high"].to_numpy(float)
    return low, high


def earlier(frame: pd.DataFrame, old: pd.DataFrame) -> Numbers:
    """What an earlier publication showed of the same cells; NaN where nothing."""
    both = frame[list(KEYS)].merge(old[[*KEYS, "value"]], on=list(KEYS), how="left")
    return both["value"].astype("Float64").to_numpy(float, na_value=np.nan)
