"""What the state made of a Dashboard row, held against the same made from its counts (data/grid.py): each difference is a WARN.

It reads `typed` of one file, counts of the year before included, and stores nothing. The values of a row are told only where they
cannot help to work out a group that is too small to be shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from data import grid, grid_many, sql
from data.problems import Finding, passed, warning
from data.registry import equations, student_groups
from data.sources import Family

MOST = 20
"""So many rows that differ are named; the others are counted."""


@dataclass(frozen=True)
class Printed:
    """A column of the file and what it is compared with. `words`: what its numbers mean."""

    column: str
    key: str
    said: str
    words: dict[int, str] | None = field(default=None, compare=False)


COLUMNS = (
    Printed("statuslevel", "status_level", "status level", grid.STATUS),
    Printed("change", "change_tenths", "change"),
    Printed("changelevel", "change_level", "change level", grid.CHANGE),
    Printed("color", "color", "color", grid.COLORS),
    Printed("box", "box", "box"),
    Printed("smalldenom", "small", "small population flag"),
    Printed("currnsizemet", "n_size_met", "flag of enough students"),
    Printed("priornsizemet", "prior_n_size_met", "flag of enough students in the year before"),
    Printed("accountabilitymet", "accountability_met", "flag of enough students in both years"),
)


def findings(con: duckdb.DuckDBPyConnection, family: Family, year: int, present: Sequence[str]) -> list[Finding]:
    """One WARN a row that differs, MOST at most, and how many more there are; a PASS where all follow from their counts."""
    code = grid.FAMILIES[family.name]
    tables = [t for (indicator, _), t in grid.tables.items() if indicator == code]
    if not all(t.valid(year) for t in tables):
        first, last = tables[0].first, tables[0].last
        said = f"Status and colors of {year} were taken from the file; our cut scores are those of {first} to {last}."
        return [passed("levels_not_compared", said)]
    rows = _rows(con)
    if "priordenom" not in present:
        return [
            passed(
                "levels_not_compared",
                "The file has no counts of the year before, so its changes and colors were not worked out again.",
            )
        ]
    made = _made(rows, code)
    compared = [c for c in COLUMNS if c.column in present]
    differs = {c.key: _differs(rows, made, c.key) for c in compared}
    any_one = np.any(list(differs.values()), axis=0) & (made["table"] >= 0)
    told = [
        _finding(rows.iloc[i].to_dict(), {c: made[c.key][i] for c in compared if differs[c.key][i]})
        for i in np.flatnonzero(any_one)[:MOST]
    ]
    more = int(any_one.sum()) - len(told)
    if more:
        told.append(warning("levels_differ", f"{more:,} more rows differ from what their counts give by the state's cut scores."))
    unknown = int((made["table"] < 0).sum())
    if unknown:
        told.append(
            warning(
                "unknown_type",
                f"{unknown:,} rows name no type of school or district (ES, MS, HS, ED, HD, UD), so "
                "their status was not worked out again.",
            )
        )
    same = f"Status, change, color and flags of all {len(rows):,} rows follow from their counts by the state's cut scores."
    return told or [passed("levels_agree", same, value=str(len(rows)))]


def _rows(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    lines = pd.DataFrame([(g.code, g.line) for g in student_groups if g.vocabulary == "dashboard"], columns=["code", "line"])
    members = pd.DataFrame([(m,) for e in equations if e.vocabulary == "dashboard" for m in e.members], columns=["member"])
    con.register("group_lines", lines)
    con.register("family_members", members)
    try:
        return con.execute(sql.text("dashboard_levels")).df()
    finally:
        con.unregister("group_lines")
        con.unregister("family_members")


def _made(rows: pd.DataFrame, code: str) -> dict[str, np.ndarray]:
    kinds, levels, groups = (rows[c].to_numpy(dtype=object) for c in ("school_type", "level", "student_group"))
    table = grid_many.tables_of(code, kinds, levels)
    k, n, prior_k, prior_n = (rows[c].to_numpy(dtype=np.int64) for c in ("k", "n", "prior_k", "prior_n"))
    made = grid_many.cells(grid_many.Rows(table, k, n, prior_k, prior_n, grid_many.needed(groups, levels)))
    return {**made, "accountability_met": made["n_size_met"] & made["prior_n_size_met"], "table": table}


def _differs(rows: pd.DataFrame, made: dict[str, np.ndarray], key: str) -> np.ndarray:
    """Where the file and the counts disagree. Of a row without students, or under eleven, the flags say nothing."""
    theirs, ours = rows[key].to_numpy(), made[key]
    if key == "change_tenths":
        return ~((theirs == ours) | (np.isnan(theirs) & np.isnan(ours)))
    least = {"small": 0, "prior_n_size_met": grid.SHOWN}.get(key, -1)
    return (theirs != ours) & (rows["n"].to_numpy() >= least)


def _finding(row: dict[str, Any], ours: dict[Printed, object]) -> Finding:
    """The WARN about one row: its place and group, and for each column that differs what it says and what its counts give."""
    first = next(iter(ours))
    where = f"{row['name'] or row['entity']} (CDS {row['entity']}), group {row['code']}"
    if row["guarded"]:
        which = ", ".join(c.said for c in ours)
        said = (
            f"{where}: {which} of the file differ from what its counts give. The values are not repeated here, since a group "
            "too small to be shown stands beside this one."
        )
        return warning("levels_differ", said, line=int(row["line"]), column=first.column)
    parts = [f"{c.said} {_text(row[c.key], c)} in the file, {_text(value, c)} by its counts" for c, value in ours.items()]
    value = str(_text(row[first.key], first))
    return warning("levels_differ", f"{where}: {'; '.join(parts)}.", line=int(row["line"]), column=first.column, value=value)


def _text(value: object, column: Printed) -> str:
    number = float(value)  # type: ignore[arg-type]
    if column.key == "change_tenths":
        return "none" if number != number else f"{number / 10:+.1f}"
    if isinstance(value, (bool, np.bool_)):
        return "Y" if value else "blank"
    if column.words:
        return f"{int(number)} ({column.words[int(number)]})" if number else "none"
    return str(int(number)) if number else "none"
