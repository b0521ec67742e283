"""Lines of a workbook's chart: one for each run of years that may be joined, so that none crosses years that are not compared."""

from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from components import verdict
from components.exhibit import Shown
from components.i18n import _
from data import registry
from exports.workbook import labels
from exports.workbook.cells import number
from exports.workbook.columns import unit_of
from exports.workbook.model import Drawn, Series

MEANS = {"mean_rate_grantees": _("grantees"), "mean_rate_matches": _("matched schools")}
"""Columns of one frame that are lines of their own."""


def lines(shown: Shown) -> Drawn | None:
    """The chart of a figure over time, or None where the rows have no time."""
    frame = shown.frame.reset_index(drop=True)
    time = next((c for c in ("month", "academic_year") if c in frame and len(frame[c].drop_duplicates()) > 1), "")
    held = [c for c in ("rate", "numerator") if c in frame and len(frame[c].dropna())]
    shown_columns = [c for c in MEANS if c in frame] or held[:1]
    if not time or not shown_columns:
        return None
    categories = _every(sorted({str(t) for t in frame[time]}), time)
    parts = [c for c in labels.TELLING if c in frame and c != "academic_year" and len(frame[c].drop_duplicates()) > 1]
    groups: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(frame.to_dict("records")):
        groups[labels.label({c: row[c] for c in parts}, row)].append(i)
    series = []
    for column in shown_columns:
        for name, at in groups.items():
            called = ", ".join(t for t in (name, MEANS.get(column, "")) if t) or labels.column(column)
            for run in _runs(frame.iloc[at], time, column):
                series.append(_series(frame, called, run, column, time, categories, alone=len(groups) == 1))
    unit = unit_of(frame["indicator"].iloc[0]) if "indicator" in frame and shown_columns != ["numerator"] else ""
    axis = labels.axis("rate" if shown_columns[0] in MEANS else shown_columns[0], unit)
    return Drawn("lines", tuple(categories), tuple(series), axis, unit)


def _every(times: list[str], time: str) -> list[str]:
    """All years from the first to the last: one without numbers takes its room on the axis. Months as they are."""
    if time == "month":
        return times
    first, last = (int(t[:4]) + 1 for t in (times[0], times[-1]))
    return [registry.year_label(year) for year in range(first, last + 1)]


def _series(frame: pd.DataFrame, name: str, run: list[int], column: str, time: str, categories: list[str], alone: bool) -> Series:
    def values(key: str) -> tuple[float | None, ...]:
        held = {str(frame[time].iloc[i]): number(frame[key].iloc[i]) for i in run}
        return tuple(held.get(c) for c in categories)

    ends = ("lower", "upper") if alone and column == "rate" and {"lower", "upper"} <= set(frame.columns) else ()
    lower, upper = (values(end) for end in ends) if ends else ((), ())
    if not any(v is not None for v in lower):
        lower, upper = (), ()
    return Series(name, values(column), lower, upper)


def _runs(rows: pd.DataFrame, time: str, column: str) -> Iterator[list[int]]:
    """Rows (by their place in the frame) that one line may join, in the order of time."""
    run: list[int] = []
    before: pd.Series | None = None
    for i, row in rows.sort_values(time, kind="stable").iterrows():
        if number(row[column]) is None or _gap(row, time):
            before = None
            continue
        if before is None or not _joined(before, row, time):
            if run:
                yield run
            run = []
        run.append(i)  # type: ignore[arg-type]
        before = row
    if run:
        yield run


def _gap(row: pd.Series, time: str) -> bool:
    indicator = registry.indicators.get(str(row.get("indicator")))
    return time == "academic_year" and indicator is not None and _year(row) in registry.gap_years(indicator)


def _year(row: pd.Series) -> int:
    return int(str(row["academic_year"])[:4]) + 1


def _joined(before: pd.Series, row: pd.Series, time: str) -> bool:
    """Whether two rows follow each other and are counted alike."""
    if time == "month":
        one, other = (12 * int(str(r["month"])[:4]) + int(str(r["month"])[5:7]) for r in (before, row))
        return other == one + 1
    indicator = registry.indicators.get(str(row.get("indicator")))
    earlier, later = _year(before), _year(row)
    if indicator is None:
        return later == earlier + 1
    line = registry.line_of(indicator.vocabulary, str(row.get("student_group"))) or indicator.default_group
    return later == earlier + 1 and verdict.comparable(indicator, earlier, later, line)
