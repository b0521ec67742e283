"""Rows of names with dots and their intervals, as a native scatter chart whose workbook has one row a name."""

from dataclasses import dataclass
from itertools import pairwise
from math import floor

from components.i18n import _, decimal
from exports.powerpoint import chart_xml as xml
from exports.powerpoint import scatter
from exports.powerpoint.house import INK, NAVY, SOFT, Box
from exports.powerpoint.lines import Drawn
from exports.powerpoint.panel import Note, Panel, Point, Series
from exports.powerpoint.scatter import AXIS, Names
from exports.powerpoint.text import short, width
from exports.powerpoint.workbook import Formula, Workbook, letter

SMALLEST, LARGEST = 9.0, 12.0
"""Points of the names."""
WHOLE = 36
"""Letters of a name that is set smaller rather than cut."""
PART = 0.84
"""Of a row: its name's letters."""
INTERVAL = "rgba(91,103,120,0.6)"


@dataclass(frozen=True)
class Row:
    """A line of names beside the points: its height in the figure, its text, and whether some air stands above it."""

    at: float
    name: str
    bold: bool
    air: bool = False


def is_rows(panel: Panel) -> bool:
    """Whether the y axis names rows, and the points stand in them."""
    return bool(panel.y.ticks) and any(s.across for s in panel.series)


def rows_of(panel: Panel) -> list[Row]:
    """The rows from the top down."""
    every = sorted(panel.y.ticks, reverse=True)
    apart = [a - b for a, b in pairwise(every)]
    step = min(apart, default=1.0)
    # A name over two lines takes more room in the figure than here: that is no air.
    tall = [0.34 * step * (a in panel.y.tall) + 0.34 * step * (b in panel.y.tall) for a, b in pairwise(every)]
    air = [False, *(gap - more > 1.2 * step for gap, more in zip(apart, tall, strict=True))]
    return [Row(at, panel.y.ticks[at], at in panel.y.bold, above) for at, above in zip(every, air, strict=True)]


def heights_of(rows: list[Row]) -> dict[float, float]:
    """Where the rows stand on the slide, evenly from the top down: height in the figure -> height in the chart."""
    out, at = {}, 0.0
    for i, row in enumerate(rows):
        at -= (1.5 if row.air else 1.0) if i else 0.0
        out[row.at] = at
    return {key: value - at for key, value in out.items()}


def room_of(panel: Panel, high: float) -> float:
    """How many rows stand below each other in a chart so many inches high."""
    air, below = _edges(panel)
    return PART * 72 * (high - air - below) / SMALLEST


def _edges(panel: Panel) -> tuple[float, float]:
    """Inches above and below the rows."""
    return 0.3 if panel.rules else 0.1, AXIS * (2 if panel.x.title else 1)


def deep(rows: list[Row]) -> float:
    """How many rows high they are, the air between them included."""
    return max(heights_of(rows).values(), default=0.0) + 1


def span_of(panel: Panel, steps: int = 8) -> tuple[float, float, float]:
    """The x axis of a panel in at most so many steps: from, to, step. From zero unless something lies below it."""
    every = [v for s in panel.series for p in s.points if p for v in (p.x, p.lower, p.upper) if v is not None]
    every += [r.at for r in panel.rules if r.axis == "x"]
    low = panel.x.low if panel.x.low is not None else min(0.0, min(every, default=0))
    high = panel.x.high if panel.x.high is not None else max(every, default=1)
    step = xml.step_of(high - low, steps)
    low, high = step * floor(low / step + 1e-9), step * -floor(-high / step + 1e-9)
    return low, high if high > low else low + 1, step


@dataclass
class Sheet:
    """The columns of a chart while they are made. `stand`: height in the figure -> row here; `at`: the column of all rows."""

    book: Workbook
    rows: list[Row]
    stand: dict[float, float]
    size: float
    at: int

    def only(self, name: str, here: list[bool]) -> int:
        """A column of the rows in which a series has a point: the other cells are empty, as its own are."""
        if all(here):
            return self.at
        return self.book.add(name, [self.stand[r.at] if h else None for r, h in zip(self.rows, here, strict=True)])


def row_chart(panel: Panel, rows: list[Row], names: Names, box: Box, span: tuple[float, float, float]) -> Drawn:
    """Some rows of a panel: names at the left, dots with intervals, and at the right what the table says."""
    low, high, step = span
    air, below = _edges(panel)
    stand = heights_of(rows)
    top = max(stand.values(), default=0)
    size = max(SMALLEST, min(LARGEST, PART * 72 * (box.h - air - below) / (top + 1)))
    room = 0.42 * 72 * box.w
    longest = max((width(short(_named(panel, row, names), WHOLE), 1.06) for row in rows), default=0) or 1
    size = max(SMALLEST, min(size, room / longest))
    shown = [_fit(_named(panel, row, names), size, room) for row in rows]
    told = _values(panel, rows, names)
    left = max((width(t, size) * (1.08 if r.bold else 1) for t, r in zip(shown, rows, strict=True)), default=0) * 1.04 + 10
    right = max((width(t or "", size) for t in told), default=2) + 10
    inner = (min(room, left) / 72 / box.w, air / box.h, 1 - right / 72 / box.w, 1 - below / box.h)
    book = Workbook()
    book.add(_("Name"), shown)
    at = Sheet(book, rows, stand, size, book.add(_("Row on the chart"), [stand[r.at] for r in rows]))
    made = [one for series in panel.series for one in _dots(series, at)]
    made.append(_names(at, low, shown))
    made += [scatter.rule(rule, book, (low, high), (-0.5, top + 0.5), size) for rule in panel.rules]
    made += [_told(at, high, told)] if any(told) else []
    beside = [n for n in panel.notes if n.y in stand and n.x is not None]
    made += [_notes(at, beside)] if beside else []
    form = xml.number_format(step, panel.x.suffix)
    axes = xml.value_axis((201, 202), "b", low, high, min(size, 11), step=step, form=form, title=panel.x.title)
    axes += xml.value_axis((202, 201), "l", -0.5, top + 0.5, 9, hidden=True)
    return Drawn(scatter.chart(made, axes, inner), book, inner)


def _names(at: Sheet, low: float, shown: list[str]) -> str:
    """The names, as labels of points at the left end of the axis."""
    x = at.book.add(_("Names stand at"), [low] * len(shown))
    labels = [
        xml.label_from_cell(i, text, "l", at.size, "#" + (NAVY if row.bold else INK), row.bold)
        for i, (text, row) in enumerate(zip(shown, at.rows, strict=True))
    ]
    return scatter.texts(at.book, x, at.at, 0, labels)


def _told(at: Sheet, high: float, told: list[str | None]) -> str:
    """What the table says, as labels at the right end."""
    column = at.book.add(_("As the table says"), told)
    here = [t is not None for t in told]
    x = at.book.add(_("Values stand at"), [high if h else None for h in here])
    y = at.only(_("Values stand at, row"), here)
    labels = [xml.label_from_cell(i, t, "r", at.size, "#" + SOFT) for i, t in enumerate(told) if t]
    return scatter.texts(at.book, x, y, column, labels)


def _notes(at: Sheet, notes: list[Note]) -> str:
    """Texts beside points, in columns of their own."""
    said = [" ".join(n.lines) for n in notes]
    column = at.book.add(_("Beside the dots"), said)
    x = at.book.add(_("Texts stand at"), [n.x for n in notes])
    y = at.book.add(_("Texts stand at, row"), [at.stand[n.y or 0] for n in notes])
    labels = [xml.label_from_cell(i, t, "r", at.size, notes[0].color) for i, t in enumerate(said)]
    return scatter.texts(at.book, x, y, column, labels)


def _dots(of: Series, at: Sheet) -> list[str]:
    """Dots in rows over their intervals, or lines between dots."""
    if not any(p and p.y in at.stand for p in of.points):
        return []
    if not of.across:
        return [_between(of, at)]
    by = {p.y: p for p in of.points if p}
    found = [by.get(r.at) for r in at.rows]
    name = of.name or _("Value")
    x = at.book.add(name, [p and float(p.x) for p in found])
    y = at.only(_("%(name)s, row") % {"name": short(name, 45)}, [p is not None for p in found])
    intervals = _intervals(name, found, at) if any(p and p.lower is not None for p in found) else []
    return [*intervals, scatter.series(at.book, x, x, y, scatter.marks(found, min(9.0, at.size * 0.8)))]


def _intervals(name: str, found: list[Point | None], at: Sheet) -> list[str]:
    """Intervals as a line from bound to bound in each row, which follows the two columns of bounds.

    Error bars would do in PowerPoint; LibreOffice draws none that lie across, so a reader there would see bare dots.
    """
    book, values = at.book, {"name": short(name, 45)}
    lower = book.add(_("%(name)s, lower") % values, [p and p.lower for p in found])
    upper = book.add(_("%(name)s, upper") % values, [p and p.upper for p in found])
    x: list = []
    y: list = []
    for i, (point, row) in enumerate(zip(found, at.rows, strict=True), 2):
        if point is not None and point.lower is not None and point.upper is not None:
            x += [Formula(f"={letter(lower)}{i}", point.lower), Formula(f"={letter(upper)}{i}", point.upper), None]
            y += [*[Formula(f"={letter(at.at)}{i}", at.stand[row.at])] * 2, None]
    across = book.add(_("%(name)s, interval") % values, x)
    up = book.add(_("%(name)s, row of the interval") % values, y)
    return [scatter.series(book, across, across, up, scatter.stroke(INTERVAL, 1.75))]


def _between(of: Series, at: Sheet) -> str:
    """A line between points of rows, in columns of its own."""
    kept = [p if p and p.y in at.stand else None for p in of.points]
    values = {"name": short(of.name or _("between the dots"), 45)}
    x = at.book.add(values["name"], [p and float(p.x) for p in kept])
    y = at.book.add(_("%(name)s, row") % values, [p and at.stand[p.y] for p in kept])
    return scatter.series(at.book, x, x, y, scatter.stroke(of.color, min(of.width, 3), of.dash))


def _named(panel: Panel, row: Row, names: Names) -> str:
    """The whole name where the figure cut it."""
    entity = next((p.entity for s in panel.series for p in s.points if p and p.y == row.at and p.entity in names.full), "")
    return names.full[entity] if entity and "…" in row.name else row.name


def _fit(text: str, size: float, room: float) -> str:
    """Cut by letters until it fits the room of the names."""
    kept = short(text, 90)
    while width(kept, size) * 1.06 > room and len(kept) > 8:
        kept = short(kept.rstrip("…"), len(kept.rstrip("…")) - 2)
    return kept


def _values(panel: Panel, rows: list[Row], names: Names) -> list[str | None]:
    """For each row the printed value of its dot, from the table; nothing where a row has several."""
    marked = [s for s in panel.series if s.across]
    if len(marked) != 1:
        return []
    at = {p.y: p for p in marked[0].points if p}
    aside = {n.y: " ".join(n.lines) for n in panel.notes if n.x is None}
    told = [_printed(at[r.at], names) if r.at in at else None for r in rows]
    return [_("%(value)s · %(note)s") % {"value": t, "note": aside[r.at]} if t and r.at in aside else t
            for t, r in zip(told, rows, strict=True)]  # fmt: skip


def _printed(point: Point, names: Names) -> str:
    """The value as the table of the exhibit prints it, else with one decimal."""
    size = decimal(abs(point.x))
    return next((said for said in names.said.get(point.entity, ()) if said.strip("+−-% ") == size), decimal(point.x))
