"""Classic complementary suppression, simply, to compare ours with: hide ten and fewer, and a second cell where one is alone."""

import numpy as np
from local_world import FEW

from data.privacy import system
from data.privacy.attack import Attack
from data.privacy.propagate import Solver


def suppress(attack: Attack, truth: np.ndarray) -> np.ndarray:
    """The shown numbers, exact (NaN: hidden): in every sum with exactly one hidden cell the smallest other one goes too."""
    solver = attack.solver
    hidden = (truth <= FEW) & ~attack.cube.plain
    sums = (solver.low == 0) & (solver.high == 0)
    entries = np.flatnonzero(sums[solver.row])
    entries = entries[np.argsort(solver.row[entries], kind="stable")]
    groups = np.split(solver.cell[entries], np.flatnonzero(np.diff(solver.row[entries])) + 1)
    changed = True
    while changed:
        changed = False
        for cells in groups:
            if len(cells) > 2 and hidden[cells].sum() == 1:
                others = cells[~hidden[cells]]
                hidden[others[np.argmin(truth[others])]] = True
                changed = True
    return np.where(hidden, np.nan, truth)


def run(attack: Attack, truth: np.ndarray, shown: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What the attacker gets of it: least and most of every cell, small ones read as such."""
    solver = Solver(system.build(attack.cube), attack.cube.size)
    small = np.isnan(shown) & (truth <= FEW)
    low = np.where(np.isnan(shown), 0, shown)
    high = np.where(np.isnan(shown), np.where(small, FEW, system.MOST), shown)
    return solver.tighten(low, high, solver.false(truth))
