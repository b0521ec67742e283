"""What a workbook's chart of an exhibit shows: the points of the exhibit's figure, found again in its rows.

A point is taken from a row only where figure and row agree in value and interval, so a chart can hold nothing that the table
beside it does not. Maps, five by five and matrices stay tables: a workbook draws none.
"""

from collections import defaultdict
from collections.abc import Sequence

import pandas as pd

from components.exhibit import Shown
from components.i18n import _
from data import registry
from exports.workbook import funnel, labels, years
from exports.workbook.cells import number
from exports.workbook.columns import unit_of
from exports.workbook.model import Drawn, Series

MOST_POINTS, MOST_SERIES = 120, 30
VALUES = (
    ("rate", "lower", "upper"),
    ("change", "change_lower", "change_upper"),
    ("difference", "lower", "upper"),
    ("others_rate", "", ""),
    ("numerator", "", ""),
)
"""Columns that figures show, each with the ends of its interval."""


def of(shown: Shown) -> Drawn | None:
    """The chart of an exhibit, or None where it has no figure or one that a workbook cannot draw."""
    if shown.figure is None or shown.frame.empty:
        return None
    if shown.figure["layout"].get("xaxis", {}).get("type") == "log":
        drawn = funnel.dots(shown)
    else:
        drawn = years.lines(shown) if _is_lines(shown.figure) else _bars(shown) or _counts(shown)
    return None if drawn is None or len(drawn.series) > MOST_SERIES else drawn


def _is_lines(figure: dict) -> bool:
    return any("lines" in t.get("mode", "") and t.get("fill") is None and len(t["x"]) and _whole(t["x"]) for t in figure["data"])


def _whole(x: Sequence) -> bool:
    """Years or months, not sizes of places."""
    return all(v is not None and float(v).is_integer() and 0 <= v < 2100 for v in x) and list(x) == sorted(x)


def _bars(shown: Shown) -> Drawn | None:
    """Dots or bars beside names: every trace with points on one side of which stand names."""
    assert shown.figure
    traces = [t for t in shown.figure["data"] if t.get("orientation") == "h" or (t.get("mode") == "markers" and "error_x" in t)]
    found = [f for f in (_found(t, shown.frame) for t in traces) if f]
    if not found or not all(f[1] for f in found):
        return None
    order = sorted({i for _c, rows, _t in found for i in rows}, key=lambda i: _first(found, i))
    if len(order) > MOST_POINTS:
        return None
    series = tuple(_series(shown, column, rows, trace, order) for column, rows, trace in found)
    unit = unit_of(shown.frame["indicator"].iloc[order[0]]) if "indicator" in shown.frame else ""
    return Drawn("bars", tuple(labels.of_rows(shown.frame.iloc[order])), series, labels.axis(found[-1][0], unit), unit)


def _first(found: list, row: int) -> int:
    return next(rows.index(row) for _c, rows, _t in found if row in rows)


Match = tuple[tuple[str, str, str], list[int], dict]


def _found(trace: dict, frame: pd.DataFrame) -> Match | None:
    """The columns that a trace shows, and the row of each of its points, in the figure's order; None where none fits all."""
    ends = trace.get("error_x") or {}
    points = [
        tuple(_key(v) for v in ((x, x - ends["arrayminus"][i], x + ends["array"][i]) if ends else (x,)))
        for i, x in enumerate(trace["x"])
        if x is not None
    ]
    for columns in VALUES:
        compared = [c for c in columns[: len(points[0]) if points else 1] if c]
        if not set(compared) <= set(frame.columns):
            continue
        rows = _matched([p[: len(compared)] for p in points], frame, compared)
        if rows:
            return columns, rows, trace
    return None


def _matched(points: list[tuple], frame: pd.DataFrame, columns: list[str]) -> list[int]:
    """A row for each point, each row once; nothing where a point has none."""
    free: dict[tuple, list[int]] = defaultdict(list)
    for i, row in enumerate(zip(*(frame[c].astype(object) for c in columns), strict=True)):
        value = number(row[0])
        if value is not None:
            # No interval is drawn as one of no width.
            held = [value if (v := number(end)) is None else v for end in row]
            free[tuple(_key(v) for v in held)].append(i)
    rows = []
    for point in points:
        if not free.get(point):
            return []
        rows.append(free[point].pop(0))
    return rows


def _key(value: float) -> float:
    return round(float(value), 6)


def _series(shown: Shown, columns: tuple[str, str, str], rows: list[int], trace: dict, order: list[int]) -> Series:
    frame, known = shown.frame, set(rows)

    def values(column: str) -> tuple[float | None, ...]:
        if column not in frame:
            return ()
        return tuple(number(frame[column].iloc[i]) if i in known else None for i in order)

    lower, upper = (values(c) if "error_x" in trace else () for c in columns[1:])
    if not any(v is not None for v in lower):
        lower, upper = (), ()
    return Series(trace.get("name") or labels.column(columns[0]), values(columns[0]), lower, upper)


def _counts(shown: Shown) -> Drawn | None:
    """How many places have a value of about so much: upright bars."""
    assert shown.figure
    trace = next((t for t in shown.figure["data"] if t["type"] == "bar" and t.get("orientation") != "h"), None)
    if trace is None or len(trace["x"]) < 2 or "indicator" not in shown.frame:
        return None
    step = trace["x"][1] - trace["x"][0]
    categories = tuple(
        _("%(low)s to under %(high)s") % {"low": f"{x - step / 2:g}", "high": f"{x + step / 2:g}"} for x in trace["x"]
    )
    unit = registry.indicators[str(shown.frame["indicator"].iloc[0])].unit
    name = _("Number of places")
    return Drawn("columns", categories, (Series(name, tuple(trace["y"])),), name, unit)
