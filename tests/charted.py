"""How the tests hold the workbook of a native chart against the rows of its exhibit: number by number, by name, series and time.

What a chart draws that is no row (limits, reference lines, where a label stands) is named here and held against the figure.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter

import pytest

from data import registry
from exports import Slide, pptx_file
from tests import decks
from tests.decks import ABOUT

Row = dict
TEXTS = {"Name", "School year", "Month", "As the table says", "Beside the dots", "In the dots", "Rate, from–to under"}
PLACED = re.compile(
    r"Row on the chart|(Names|Values|Texts) stand at(, row)?|.+, row( of the interval)?|.+, (height|across)|.+, as written.*"
)
"""Columns that only say where something stands, or what is written beside it."""
DERIVED = re.compile(r"(upper|lower) limit, [\d.]+ %|between the dots")
"""Drawn, and no row of the table: the funnel's limits, the lines from a group to all others."""
MOST = 64
"""So many rows of names stand on a slide; a sentence on it says how many there are."""


def number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value


@dataclass(frozen=True)
class Named:
    """Rows of names, or groups of bars: `heads`: column of the chart -> columns of the rows (value, lower, upper).

    Where there are none, the columns are the distinct values of `series` in the order of the rows.
    """

    name: Callable[[Row], str] = itemgetter("name")
    heads: dict[str, tuple[str, ...]] | None = None
    series: Callable[[Row], object] = itemgetter("indicator")
    values: tuple[str, ...] = ("rate",)
    drawn: Callable[[Row], bool] = lambda row: True


@dataclass(frozen=True)
class Timed:
    """Lines: a row is a point of some lines (their columns, as in Named) of one panel, in a year or month."""

    lines: Callable[[Row], dict[str, tuple[str, ...]]]
    at: Callable[[Row], str]
    panel: Callable[[Row], str] = lambda row: ""
    drawn: Callable[[Row], bool] = lambda row: row["academic_year"] not in ("2019-20", "2020-21")


@dataclass(frozen=True)
class Points:
    """Dots between two axes: (name, across, up) of each. `whole`: a dot lies anywhere in the cell of its two levels."""

    of: Callable[[list[Row]], list[tuple[str, float, float]]]
    whole: bool = False

    def at(self, drawn: float, value: float) -> bool:
        """Whether a dot stands at a value, as exactly as it is drawn."""
        return round(value, 0 if self.whole else len(str(drawn).partition(".")[2])) == (round(drawn) if self.whole else drawn)


Plan = Named | Timed | Points


def rows_of(slide: Slide) -> list[Row]:
    """The rows of an exhibit with their place, and the line of the table that tells of each where all have as many rows."""
    frame, lines = slide.shown.frame.astype(object).to_dict("records"), slide.shown.table.rows
    each = len(frame) // len(lines) if lines and len(frame) % len(lines) == 0 else 0
    return [{**row, "at": i, "told": lines[i // each] if each else {}} for i, row in enumerate(frame)]


def in_figure(slide: Slide) -> list[float]:
    """Every number that the figure draws: points, ends of intervals, reference lines."""
    figure = slide.shown.figure or {}
    found: list[float] = []
    for trace in figure["data"]:
        bars = trace.get("error_x") or {}
        for axis in ("x", "y"):
            found += [v for v in trace[axis] if number(v)]
        for name, sign in (("array", 1), ("arrayminus", -1)):
            found += [x + sign * d for x, d in zip(trace["x"], bars.get(name, ()), strict=False) if number(x) and number(d)]
    return found + [shape[end] for shape in figure["layout"].get("shapes", ()) for end in ("x0", "x1", "y0", "y1")]


def marks(slide: Slide) -> int:
    """How many dots or bars the figure has; what stands in place of a hidden bar has no digit."""
    found = 0
    for trace in (slide.shown.figure or {})["data"]:
        if trace["type"] == "bar":
            found += sum(any(c.isdigit() for c in text) for text in trace["text"])
        elif "markers" in trace["mode"]:
            found += sum(number(v) for v in trace["x"])
    return found


def near(value: float, others: list[float]) -> bool:
    return any(value == pytest.approx(other, rel=1e-6, abs=2e-6) for other in others if number(other))


def charts(slide: Slide) -> list[tuple[str, dict[str, list]]]:
    """The charts of a slide: the name of each, and the columns of its workbook."""
    shapes = decks.opened(pptx_file.write([slide], ABOUT)).slides[0].shapes
    return [(shape.name, decks.columns(shape.chart)) for shape in shapes if shape.has_chart]


def called(cell: str, name: str) -> bool:
    """Whether a cell names a row, cut or not."""
    return cell == name or (cell.endswith("…") and name.startswith(cell[:-1].rstrip()))


class Workbook:
    """The columns of one chart: whatever nothing has explained in the end is a number from nowhere."""

    def __init__(self, columns: dict[str, list], drawn: list[float]):
        self.columns, self.drawn = columns, drawn
        self.left = set(columns) - TEXTS - {h for h in columns if PLACED.fullmatch(h)}
        for head in list(self.left):
            height = columns.get(f"{head}, height")
            level = [{v for v in column if v is not None} for column in (columns[head], height or ())]
            if any(len(found) == 1 and near(min(found), drawn) for found in level) and (height or head.startswith("end of ")):
                self.left.discard(head)
        for head in [h for h in self.left if DERIVED.match(h)]:
            assert all(near(v, drawn) for v in columns[head] if v is not None), head
            self.left.discard(head)

    def bounds(self, head: str, asked: tuple[str, ...]) -> None:
        """The columns beside the values: of bounds that are no columns of the rows, each is one that the figure draws."""
        low, high = (self.columns.get(f"{head}, {end}", ()) for end in ("lower", "upper"))
        line = [v for pair in zip(low, high, strict=True) if None not in pair for v in (*pair, None)]
        if f"{head}, interval" in self.columns:
            assert self.columns[f"{head}, interval"][: len(line) - 1] == line[:-1]
        if len(asked) == 1:
            assert all(near(v, self.drawn) for v in (*low, *high) if v is not None)
        if low and "bar below" in self.columns:
            beside = (self.columns["bar below"], self.columns["bar above"])
            for value, a, b, below, above in zip(self.columns[head], low, high, *beside, strict=True):
                assert value is None or (below, above) == pytest.approx((value - a, b - value), abs=2e-6)
        self.left -= {f"{head}, lower", f"{head}, upper", f"{head}, interval"}

    def row(self, i: int, head: str, asked: tuple[str, ...]) -> dict[str, float]:
        """The numbers of a line of the workbook by the columns of the rows."""
        heads = (head, f"{head}, lower", f"{head}, upper")[: len(asked)]
        return {name: self.columns[h][i] for h, name in zip(heads, asked, strict=True) if h in self.columns}


def same(found: dict[str, float], row: Row) -> bool:
    return all(number(row[c]) and v == pytest.approx(float(row[c]), rel=1e-6, abs=2e-6) for c, v in found.items())


def named(plan: Named, rows: list[Row], books: list[Workbook]) -> tuple[int, int]:
    """Hold every row of names against the rows: how many numbers were found, and how many there are."""
    kept = [row for row in rows if plan.drawn(row)]
    series = list(dict.fromkeys(plan.series(row) for row in kept)) if plan.heads is None else []
    seen: set[tuple[int, str]] = set()
    columns = {asked[0] for asked in (plan.heads or {"": plan.values}).values()}
    shown = {plan.name(row) for row in kept if any(number(row[c]) for c in columns)}
    hidden = {plan.name(row) for row in kept} - shown
    for book in books:
        assert not hidden & set(book.columns["Name"]), "a row without a number is in no part of the workbook"
        heads = {h: c for h, c in (plan.heads or {}).items() if h in book.columns}
        of: dict[str, object] = {}
        if plan.heads is None:
            of = dict(zip([h for h in book.columns if h in book.left], series, strict=False))
            heads = dict.fromkeys(of, plan.values)
        for head, asked in heads.items():
            book.bounds(head, asked)
            book.left.discard(head)
            for i, cell in enumerate(book.columns["Name"]):
                if book.columns[head][i] is None:
                    continue
                told = book.row(i, head, asked)
                fit = [row for row in kept if called(cell, plan.name(row)) and (not of or plan.series(row) == of[head])]
                fits = [(row["at"], asked[0]) for row in fit if same(told, row)]
                assert any(fit not in seen for fit in fits), (cell, head, told)
                seen.add(next(fit for fit in fits if fit not in seen))
    return len(seen), sum(number(row[c]) for row in kept for c in columns if plan.name(row))


def timed(plan: Timed, rows: list[Row], books: list[tuple[str, Workbook]]) -> tuple[int, int]:
    kept = [row for row in rows if plan.drawn(row)]
    seen = total = 0
    for name, book in books:
        mine = [row for row in kept if name.startswith(plan.panel(row)) or plan.panel(row).startswith(name)]
        times = book.columns.get("School year") or book.columns["Month"]
        expected = {(head, plan.at(row)): row for row in mine for head in plan.lines(row)}
        for head in [h for h in book.columns if any(h == of for of, _at in expected)]:
            asked = next(plan.lines(row)[head] for row in mine if head in plan.lines(row))
            asked = asked if f"{head}, lower" in book.columns else asked[:1]
            book.bounds(head, asked)
            book.left -= {head, "bar below", "bar above"}
            for i, at in enumerate(times):
                if book.columns[head][i] is not None:
                    assert same(book.row(i, head, asked), expected[head, at]), (name, head, at)
                    seen += 1
                else:
                    assert (head, at) not in expected or not number(expected[head, at][asked[0]]), (name, head, at)
        total += sum(number(row[plan.lines(row)[head][0]]) for (head, _at), row in expected.items())
    return seen, total


def dots(plan: Points, rows: list[Row], books: list[Workbook]) -> tuple[int, int]:
    left = wanted = plan.of(rows)
    for book in books:
        heads = list(book.columns)
        for at in [i for i, h in enumerate(heads) if re.fullmatch(r"Name( \(\d+\))?", h)]:
            book.left -= {*heads[at : at + 3]}
            for name, *drawn in zip(*(book.columns[h] for h in heads[at : at + 3]), strict=True):
                if any(v is not None for v in drawn):
                    fits = [n for n, p in enumerate(left) if called(name or "", p[0]) and all(map(plan.at, drawn, p[1:]))]
                    assert fits, (name, drawn)
                    left = left[: fits[0]] + left[fits[0] + 1 :]
    return len(wanted) - len(left), len(wanted)


def histogram(rows: list[Row], book: Workbook) -> None:
    """Columns of how many places: as many as ranked rows lie between the ends."""
    least = registry.indicators[rows[0]["indicator"]].min_rank
    ranked = [r["rate"] for r in rows if number(r["rate"]) and r["denominator"] >= least]
    for said, count in zip(book.columns["Rate, from–to under"], book.columns["Number of places"], strict=True):
        low, high = map(float, said.split("–"))
        assert count == sum(low <= rate < high for rate in ranked), said
    book.left.clear()


def hold(plan: Plan, slide: Slide) -> None:
    """Every number of every chart of a slide is one of its rows, and every row that can be drawn is."""
    rows, drawn = rows_of(slide), in_figure(slide)
    books = [(name, Workbook(columns, drawn)) for name, columns in charts(slide)]
    bins = [book for _name, book in books if "Number of places" in book.columns]
    for book in bins:
        histogram(rows, book)
    each = [book for _name, book in books if book not in bins]
    if isinstance(plan, Timed):
        seen, total = timed(plan, rows, books)
    else:
        seen, total = named(plan, rows, each) if isinstance(plan, Named) else dots(plan, rows, each)
    if not bins:
        points = total if isinstance(plan, Timed) else marks(slide)
        assert 0 < seen == (min(points, MOST) if isinstance(plan, Named) else points)
        told = [*slide.shown.notes, *slide.shown.extra.get("undrawn", ())]
        assert seen in (total, MOST) or any(re.search("(?i)drawn", text) for text in told), (seen, total, told)
    assert not [book.left for _name, book in books if book.left], "numbers that nothing explains"
