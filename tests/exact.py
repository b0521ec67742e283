"""The attacker's bounds by an exact solver (HiGHS): what linear programming, or integers, get out of the very same rows."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from data.privacy.attack import Found
from data.privacy.propagate import Solver
from data.privacy.system import FAR


def component(solver: Solver, cell: int, fixed: np.ndarray, reach: float) -> np.ndarray:
    """The cells that hang together with one by rows, through cells that are not fixed: ring by ring, until `reach` are in."""
    near = np.zeros(len(fixed), bool)
    near[cell] = True
    while near.sum() < reach:
        rows = np.zeros(len(solver.low), bool)
        rows[solver.row[near[solver.cell]]] = True
        wider = near.copy()
        wider[solver.cell[rows[solver.row]]] = True
        wider &= ~fixed
        if wider.sum() == near.sum():
            break
        near = wider
    return np.flatnonzero(near)


def bounds(found: Found, cell: int, integer: bool = False, reach: float = 400) -> tuple[float, float]:
    """Least and most of one cell, exactly. Cells further than `reach` stand with their propagated bounds."""
    solver = found.solver
    low, high = solver.padded(found.low, 0), solver.padded(found.high, FAR)
    near = component(solver, cell, low == high, reach)
    inside = np.isin(solver.row, np.unique(solver.row[np.isin(solver.cell, near)]))
    inside &= ~found.off[solver.row]
    cells, column = np.unique(solver.cell[inside], return_inverse=True)
    rows, row = np.unique(solver.row[inside], return_inverse=True)
    matrix = csr_matrix((solver.weight[inside], (row, column)), shape=(len(rows), len(cells)))
    floor = np.where(solver.low[rows] <= -FAR, -np.inf, solver.low[rows])
    ceiling = np.where(solver.high[rows] >= FAR, np.inf, solver.high[rows])
    aim = (cells == cell).astype(float)
    ends = []
    for sign in (1, -1):
        done = milp(
            sign * aim,
            constraints=LinearConstraint(matrix, floor, ceiling),  # type: ignore[arg-type]
            bounds=Bounds(low[cells], high[cells]),  # type: ignore[arg-type]
            integrality=np.full(len(cells), int(integer)),
            options={"time_limit": 20},
        )
        assert done.status == 0, done.message
        ends.append(sign * done.fun)
    return float(np.ceil(ends[0] - 1e-6)), float(np.floor(ends[1] + 1e-6))
