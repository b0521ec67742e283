"""The one place that hides numbers. Everything after it sees only what it lets through.

CDE withholds the counts of small groups, but where exactly one sibling of a family (gender, race, grade spans) is withheld,
the total minus the others gives it away. `protect` closes those families: the smallest other sibling keeps its status
`counts_withheld` and a coarse rate, and loses its counts. It works on whole marts, before a figure, a file or a log can
see them, and it never computes a remainder for anyone but itself.

Which cells to close is worked out once a file family, from the students that CDE's own rule counts, and holds for every
measure of that family: were it worked out measure by measure, one would print what another hides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

import duckdb
import pandas as pd

from data import sql
from data.registry import Equation

HIDDEN_MOST = 10
"""The largest group that CDE withholds; an attacker knows it."""
LEAST_PAIRS = 5
"""A coarse rate is kept only while at least this many (numerator, denominator) pairs stay possible for the hidden cell."""
Pair = tuple[int, int]
"""A numerator and a denominator that a hidden cell may have."""
SMALL = 100
"""Below this denominator a coarse rate is a whole percent, above it a tenth."""


@dataclass(frozen=True)
class Cell:
    """One fact of one place and year as the mart has it. Counts are None where CDE withheld them."""

    numerator: int | None
    denominator: int | None
    withheld: bool


@dataclass(frozen=True)
class Closed:
    """A cell whose counts are hidden to protect a smaller one. `rounded_rate`: tenths of a percent, None where that tells too."""

    student_group: str
    rounded_rate: int | None


def coarse_rate(numerator: int, denominator: int) -> int:
    """A rate in tenths of a percent, rounded half up: to a whole percent under 100 students, else to a tenth."""
    step = 10 if denominator < SMALL else 1
    return step * floor(Fraction(1000 * numerator, denominator * step) + Fraction(1, 2))


def close(cells: dict[str, Cell], equations: Iterable[Equation]) -> list[Closed]:
    """The cells of one place and year that must lose their counts so that no family has a single unknown.

    `cells` maps line codes to what CDE published. Groups that are not in the file do not count as siblings.
    """
    hidden: dict[str, Closed] = {}
    changed = True
    while changed:
        changed = False
        for equation in equations:
            found = _break_open(cells, equation, hidden)
            if found:
                hidden[found.student_group] = found
                changed = True
    return list(hidden.values())


def _break_open(cells: dict[str, Cell], equation: Equation, hidden: dict[str, Closed]) -> Closed | None:
    """The cell to hide where this equation has exactly one unknown, else None."""
    total = cells.get(equation.total)
    members = [m for m in equation.members if m in cells]
    if total is None or len(members) < 2:
        return None
    unknown = [m for m in (*members, equation.total) if cells[m].withheld or m in hidden]
    if len(unknown) != 1:
        return None
    others = [m for m in members if m not in unknown and cells[m].denominator]
    if not others:
        return None
    smallest = min(others, key=lambda m: (cells[m].denominator or 0, m))
    return Closed(smallest, _rate_if_safe(cells, equation, unknown[0], smallest))


def _rate_if_safe(cells: dict[str, Cell], equation: Equation, unknown: str, sibling: str) -> int | None:
    """The sibling's coarse rate, or None where printing it, or printing it only sometimes, would tell of the unknown cell."""
    shown = cells[sibling]
    if not shown.denominator or shown.numerator is None:
        return None
    rate = coarse_rate(shown.numerator, shown.denominator)
    if unknown == equation.total or not cells[unknown].withheld:
        return rate
    others = [cells[m] for m in equation.members if m in cells and m not in (unknown, sibling)]
    total = cells[equation.total]
    left = (
        (total.numerator or 0) - sum(c.numerator or 0 for c in others),
        (total.denominator or 0) - sum(c.denominator or 0 for c in others),
    )
    # The attacker knows our rule: the closed sibling is the smallest of those that CDE shows.
    ceiling = min((c.denominator for c in others if c.denominator), default=left[1])
    return rate if rate in printable_rates(*left, ceiling) else None


def printable_rates(left_k: int, left_n: int, ceiling: int) -> set[int]:
    """The coarse rates of the closed sibling that may be printed, from what an attacker knows as well (`consistent_pairs`).

    A missing rate tells too: that the hidden pair is one of those whose rate is not printed. So where these pairs together
    would tell something, no rate is printed whatever the pair is.
    """
    by_rate: dict[int, set[Pair]] = {}
    for k, n in consistent_pairs(left_k, left_n, ceiling):
        by_rate.setdefault(coarse_rate(left_k - k, left_n - n), set()).add((k, n))
    every = {pair for pairs in by_rate.values() for pair in pairs}
    kept = {rate for rate, pairs in by_rate.items() if not tells(pairs, every)}
    silent = {pair for rate, pairs in by_rate.items() if rate not in kept for pair in pairs}
    return set() if silent and tells(silent, every) else kept


def tells(pairs: set[Pair], every: set[Pair]) -> bool:
    """Whether knowing `pairs` instead of `every` tells: few are left, or one number of cases, or all or none of the students."""
    if len(pairs) < LEAST_PAIRS:
        return True
    one_number = len({k for k, _n in pairs}) < 2 <= len({k for k, _n in every})
    everybody = all(k == n for k, n in pairs) and any(k < n for k, n in every)
    nobody = all(k == 0 for k, _n in pairs) and any(k for k, _n in every)
    return one_number or everybody or nobody


def consistent_pairs(left_k: int, left_n: int, ceiling: int) -> set[Pair]:
    """The (numerator, denominator) pairs of a hidden cell of 0-10 students that fit what it adds up to with its closed sibling.

    The sibling was shown by CDE, so it has more than ten students, and at most `ceiling`.
    """
    return {
        (k, n)
        for n in range(max(0, left_n - ceiling), min(HIDDEN_MOST, left_n - HIDDEN_MOST - 1) + 1)
        for k in range(max(0, left_k - left_n + n), min(n, left_k) + 1)
    }


def close_families(con: duckdb.DuckDBPyConnection, equations: Sequence[Equation]) -> int:
    """Make table `closed` (entity, year, student_group, rounded_rate) from table `core`: a family's own counts of students.

    `core` has level, entity, year, student_group, numerator, denominator, status. Returns how many cells lose their counts.
    """
    closed = pd.DataFrame(_closures(con, equations), columns=["entity", "year", "student_group", "rounded_rate"])
    closed = closed.astype({"entity": "str", "year": "int64", "student_group": "str", "rounded_rate": "Int64"})
    con.register("closures", closed)
    sql.run(con, "create or replace temp table closed as from closures")
    con.unregister("closures")
    return len(closed)


def protect(con: duckdb.DuckDBPyConnection, share: bool = True) -> None:
    """Make table `protected` from table `mart` (columns as `core`) with the cells of `closed` shut.

    Withheld cells keep no numbers whatever the mart held. A shut cell's coarse rate stays only where the mart holds the very
    counts that the closing was worked out from: a second rate over the same hidden students would narrow what the first leaves.
    What is no `share` of students (days, ratios, parts of suspensions) has no coarse rate at all.
    """
    own = share and bool(sql.one(con, sql.text("own_counts")))
    sql.run(con, sql.text("protected"), {"own": own})


def _closures(con: duckdb.DuckDBPyConnection, equations: Sequence[Equation]) -> list[tuple[str, int, str, int | None]]:
    members = pd.DataFrame([(e.name, m) for e in equations for m in (*e.members, e.total)], columns=["equation", "member"])
    con.register("equation_members", members)
    rows = sql.run(con, sql.text("lonely"))
    con.unregister("equation_members")
    places: dict[tuple[str, int], dict[str, Cell]] = {}
    for entity, year, group, numerator, denominator, status in rows:
        places.setdefault((entity, year), {})[group] = Cell(numerator, denominator, status == "withheld")
    return [
        (entity, year, cell.student_group, cell.rounded_rate)
        for (entity, year), cells in places.items()
        for cell in close(cells, equations)
    ]
