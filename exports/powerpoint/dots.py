"""Points as a native scatter chart: rows of names with intervals, funnels, need beside reach, places in the five by five."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from math import floor, log10

from components.i18n import _, decimal
from exports.powerpoint import chart_xml as xml
from exports.powerpoint.house import INK, NAVY, SOFT, Box
from exports.powerpoint.lines import Drawn
from exports.powerpoint.reading import Note, Panel, Point, Rule, Series
from exports.powerpoint.text import short, width
from exports.powerpoint.workbook import Formula, Workbook, letter

AXIS = 0.34
"""Inches below the plot for the numbers of the axis; a title takes as much again."""


@dataclass
class Names:
    """What a reader knows points by: `full`: entity -> its whole name; `said`: entity -> values of its table row, as printed."""

    full: dict[str, str] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)


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


def span_of(panel: Panel) -> tuple[float, float, float]:
    """The x axis of a panel: from, to, step. From zero unless something lies below it."""
    every = [v for s in panel.series for p in s.points if p for v in (p.x, p.lower, p.upper) if v is not None]
    every += [r.at for r in panel.rules if r.axis == "x"]
    low = panel.x.low if panel.x.low is not None else min(0.0, min(every, default=0))
    high = panel.x.high if panel.x.high is not None else max(every, default=1)
    step = xml.step_of(high - low, 8)
    low, high = step * floor(low / step + 1e-9), step * -floor(-high / step + 1e-9)
    return low, high if high > low else low + 1, step


def row_chart(panel: Panel, rows: list[Row], names: Names, box: Box, span: tuple[float, float, float]) -> Drawn:
    """Some rows of a panel: names at the left, dots with intervals, and at the right what the table says."""
    low, high, step = span
    air = 0.3 if panel.rules else 0.1
    below = AXIS * (2 if panel.x.title else 1)
    stand = heights_of(rows)
    per = 72 * (box.h - air - below) / (max(stand.values(), default=0) + 1)
    size = max(7.0, min(12.0, per * 0.8))
    room = 0.42 * 72 * box.w
    book = Workbook()
    full = [_named(panel, row, names) for row in rows]
    shown = [_fit(text, size, room) for text in full]
    book.add(_("Name"), shown)
    left = min(room, max((width(t, size) * (1.08 if r.bold else 1) for t, r in zip(shown, rows, strict=True)), default=0) * 1.04 + 10)
    values = _values(panel, rows, names)
    end = max((width(t, size) for t in values or [""]), default=0)
    aside = [n for n in panel.notes if n.y in stand and n.x is None]
    right = max(end + 10 if values else 0, 60 if aside else 0, 12)
    inner = (left / 72 / box.w, air / box.h, 1 - right / 72 / box.w, 1 - below / box.h)
    bottom, over = -0.5, max(stand.values(), default=0) + 0.5
    at = Place(book, rows, stand, size)
    at.rows_column()
    dots = [made for series in panel.series for made in _dots(series, at)]
    made = [_names_series(book, book.add(_("Names stand at"), [low] * len(rows)), at.column, rows, shown, size)]
    for rule in panel.rules:
        made.append(_rule(rule, book, (low, high), (bottom, over), size))
    made += dots
    if values:
        column = book.add(_("As the table says"), values)
        ends = book.add(_("Values stand at"), [high if v else None for v in values])
        made.append(_texts(book, ends, at.column, column, [v or "" for v in values], size, SOFT))
    loose = [n for n in panel.notes if n.y in stand]
    if loose:
        made.append(_notes(loose, at, high))
    form = xml.number_format(step, panel.x.suffix)
    return Drawn(_scatter(made, xml.value_axis((201, 202), "b", low, high, min(size, 11), step=step, form=form, title=panel.x.title)
                          + xml.value_axis((202, 201), "l", bottom, over, 9, hidden=True), inner), book, inner)  # fmt: skip


def point_chart(panel: Panel, names: Names, box: Box, hidden: bool = False) -> Drawn:
    """Points between two axes of numbers. `hidden`: no axes and no margins, for a chart that lies on drawn cells."""
    size = 11.0
    book = Workbook()
    x, y = _ends(panel, "x"), _ends(panel, "y")
    made: list[str] = []
    for rule in panel.rules:
        made.append(_rule(rule, book, x[:2], y[:2], size))
    for series in panel.series:
        if any(series.points):
            made.append(_points(series, book, panel, names, size))
    inner = (0.0, 0.0, 1.0, 1.0)
    if not hidden:
        inner = (0.95 / box.w, 0.3 / box.h, 1 - 0.3 / box.w, 1 - (2 * AXIS) / box.h)
    axes = xml.value_axis(
        (201, 202), "b", x[0], x[1], size, step=x[2], form=xml.number_format(1 if panel.x.log else x[2], panel.x.suffix),
        title=panel.x.title, log=panel.x.log, hidden=hidden,
    ) + xml.value_axis(
        (202, 201), "l", y[0], y[1], size, step=y[2], form=xml.number_format(y[2], panel.y.suffix), title=panel.y.title,
        hidden=hidden,
    )  # fmt: skip
    return Drawn(_scatter(made, axes, inner), book, inner)


def _ends(panel: Panel, axis: str) -> tuple[float, float, float]:
    of = panel.x if axis == "x" else panel.y
    every = [float(getattr(p, axis)) for s in panel.series for p in s.points if p]
    if of.log:
        low, high = min(every), max(every)
        return _decade(low, -1), _decade(high, 1), 0
    low = of.low if of.low is not None else min(0.0, min(every, default=0))
    high = of.high if of.high is not None else max(every, default=1)
    step = xml.step_of(high - low)
    return low, high if of.high is not None else step * -floor(-high / step + 1e-9), step


def _decade(value: float, way: int) -> float:
    """The next 1, 2 or 5 of a power of ten outwards: LibreOffice and PowerPoint both draw a log axis from there."""
    power = 10.0 ** floor(log10(value))
    steps = [m * power for m in (1, 2, 5, 10)]
    return max(s for s in steps if s <= value * 1.0001) if way < 0 else min(s for s in steps if s >= value * 0.9999)


def _scatter(made: list[str], axes: str, inner: tuple[float, float, float, float]) -> str:
    # LibreOffice loses the points of a series that stands before a longer one.
    made = sorted(made, key=lambda series: -max(int(n) for n in COUNT.findall(series)))
    made = [f'<c:ser><c:idx val="{i}"/><c:order val="{i}"/>{series}' for i, series in enumerate(made)]
    plot = (
        '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
        f'{"".join(made)}<c:axId val="201"/><c:axId val="202"/></c:scatterChart>{axes}'
    )
    return xml.space(plot, inner)


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
    return [_printed(at[r.at], names) if r.at in at else None for r in rows]


def _printed(point: Point, names: Names) -> str:
    for said in names.said.get(point.entity, ()):
        if said.replace("−", "-").lstrip("+").replace(decimal(abs(point.x)), "", 1).strip(" -%") == "" and decimal(abs(point.x)) in said:
            return said
    return decimal(point.x)


def _series(head: str, look: str, x: int, y: int, book: Workbook, *, extra: str = "", ends: str = "") -> str:
    """A series without its number, which it gets where all are put together."""
    return (
        f"{head}{look}{extra}"
        f"<c:xVal>{xml.numbers_ref(book, x)}</c:xVal><c:yVal>{xml.numbers_ref(book, y)}</c:yVal>"
        f'<c:smooth val="0"/>{ends}</c:ser>'
    )


COUNT = re.compile(r'<c:ptCount val="(\d+)"/>')
BARE = f"<c:spPr>{xml.line('')}</c:spPr>"


def _names_series(book: Workbook, x: int, y: int, rows: list[Row], shown: list[str], size: float) -> str:
    each = "".join(
        xml.label_from_cell(i, text, "l", size, "#" + (NAVY if r.bold else INK), r.bold)
        for i, (text, r) in enumerate(zip(shown, rows, strict=True))
    )
    return _series(
        xml.name_ref(book, 0), BARE + xml.marker("", 0, "", ""), x, y, book,
        extra=xml.labels(each, True), ends=xml.label_range(book, 0),
    )  # fmt: skip


def _texts(book: Workbook, x: int, y: int, column: int, said: list[str], size: float, of: str, where: str = "r") -> str:
    each = "".join(xml.label_from_cell(i, text, where, size, "#" + of.lstrip("#")) for i, text in enumerate(said) if text)
    return _series(
        xml.name_ref(book, column), BARE + xml.marker("", 0, "", ""), x, y, book,
        extra=xml.labels(each, True), ends=xml.label_range(book, column),
    )  # fmt: skip


def _rule(rule: Rule, book: Workbook, x: tuple[float, float], y: tuple[float, float], size: float) -> str:
    """A reference line: two points, its name above the second."""
    name = rule.name or _("reference line")
    points = ((rule.at, y[0]), (rule.at, y[1])) if rule.axis == "x" else ((x[0], rule.at), (x[1], rule.at))
    across = book.add(name, [p[0] for p in points])
    up = book.add(_("%(name)s, height") % {"name": short(name, 40)}, [p[1] for p in points])
    label = ""
    if rule.name:
        where = "t" if rule.axis == "x" else "r"
        label = (
            f'<c:dLbl><c:idx val="1"/><c:spPr><a:noFill/></c:spPr>{xml.text_props(size, rule.color)}<c:dLblPos val="{where}"/>'
            f"{xml.shows('showSerName')}</c:dLbl>"
        )
    look = f"<c:spPr>{xml.line(rule.color, 1.25, rule.dash)}</c:spPr>{xml.marker('', 0, '', '')}"
    return _series(xml.name_ref(book, across), look, across, up, book, extra=xml.labels(label))


@dataclass
class Place:
    """The rows of a chart while its columns are made: `stand` gives a row's height, `column` holds them all."""

    book: Workbook
    rows: list[Row]
    stand: dict[float, float]
    size: float
    column: int = -1

    def rows_column(self) -> int:
        if self.column < 0:
            self.column = self.book.add(_("Row on the chart"), [self.stand[r.at] for r in self.rows])
        return self.column


def _dots(of: Series, at: Place) -> list[str]:
    """Dots in rows over their intervals, or lines between dots."""
    if not any(p and p.y in at.stand for p in of.points):
        return []
    if not of.across:
        return [_between(of, at)]
    book, name = at.book, of.name or _("Value")
    by = {p.y: p for p in of.points if p}
    found = [by.get(r.at) for r in at.rows]
    x = book.add(name, [p and float(p.x) for p in found])
    intervals = _intervals(name, found, at) if any(p and p.lower is not None for p in found) else []
    look, extra = _look(found, min(9.0, at.size * 0.8))
    return [*intervals, _series(xml.name_ref(book, x), look, x, at.rows_column(), book, extra=extra)]


def _intervals(name: str, found: list[Point | None], at: Place) -> list[str]:
    """Intervals as a line from bound to bound in each row, which follows the two columns of bounds.

    Error bars would do in PowerPoint; LibreOffice draws none that lie across, so a reader there would see bare dots.
    """
    book = at.book
    lower = book.add(_("%(name)s, lower") % {"name": short(name, 45)}, [p and p.lower for p in found])
    upper = book.add(_("%(name)s, upper") % {"name": short(name, 45)}, [p and p.upper for p in found])
    rows = at.rows_column()
    x: list = []
    y: list = []
    for i, (point, row) in enumerate(zip(found, at.rows, strict=True), 2):
        if point is not None and point.lower is not None:
            x += [Formula(f"={letter(lower)}{i}", point.lower), Formula(f"={letter(upper)}{i}", point.upper or point.x), None]
            y += [*[Formula(f"={letter(rows)}{i}", at.stand[row.at])] * 2, None]
    said = _("interval") if name == _("Value") else _("%(name)s, interval") % {"name": short(name, 45)}
    across = book.add(said, x)
    up = book.add(_("%(name)s, row") % {"name": said}, y)
    look = f"<c:spPr>{xml.line('rgba(91,103,120,0.6)', 1.75)}</c:spPr>{xml.marker('', 0, '', '')}"
    return [_series(xml.name_ref(book, across), look, across, up, book)]


def _between(of: Series, at: Place) -> str:
    """A line between points of rows, in columns of its own."""
    kept = [p if p and p.y in at.stand else None for p in of.points]
    name = of.name or _("between the dots")
    x = at.book.add(name, [p and float(p.x) for p in kept])
    y = at.book.add(_("%(name)s, row") % {"name": short(name, 45)}, [p and at.stand[p.y] for p in kept])
    look = f"<c:spPr>{xml.line(of.color, of.width, of.dash)}</c:spPr>{xml.marker('', 0, '', '')}"
    return _series(xml.name_ref(at.book, x), look, x, y, at.book)


def _look(found: list[Point | None], size: float = 0) -> tuple[str, str]:
    """The usual mark of a series, and the points that look otherwise."""
    looks = [(p.symbol, size + 1.5 * (p.size >= 11) if size else p.size * 0.75, p.fill, p.edge) if p else None for p in found]
    told = [look for look in looks if look]
    usual = max(set(told), key=told.count)
    each = "".join(
        f'<c:dPt><c:idx val="{i}"/>{xml.marker(*look)}<c:bubble3D val="0"/></c:dPt>'
        for i, look in enumerate(looks) if look and look != usual
    )  # fmt: skip
    return BARE + xml.marker(*usual), each


def _notes(notes: list[Note], at: Place, high: float) -> str:
    """Texts beside points, in columns of their own."""
    said = [" ".join(n.lines) for n in notes]
    column = at.book.add(_("Beside the dots"), said)
    x = at.book.add(_("stands at"), [high if n.x is None else n.x for n in notes])
    y = at.book.add(_("stands at, row"), [at.stand[n.y or 0] for n in notes])
    return _texts(at.book, x, y, column, said, at.size, notes[0].color)


def _points(of: Series, book: Workbook, panel: Panel, names: Names, size: float) -> str:
    """Points of a plane: their names, where they stand, and a label where the figure writes one."""
    if of.lines:
        name = of.name or _("line")
        x = book.add(_("%(name)s, across") % {"name": short(name, 45)}, [p and p.x for p in of.points])
        y = book.add(name, [p and p.y for p in of.points])
        last = max((i for i, p in enumerate(of.points) if p), default=0)
        said = _beside(of.points[last], panel) if of.points else None
        label = ""
        if said:
            label = (
                f'<c:dLbl><c:idx val="{last}"/><c:tx>{xml.rich(said.lines, size, said.color)}</c:tx><c:dLblPos val="t"/>'
                f"{xml.shows('showVal')}</c:dLbl>"
            )
        look = f"<c:spPr>{xml.line(of.color, of.width, of.dash)}</c:spPr>{xml.marker('', 0, '', '')}"
        return _series(xml.name_ref(book, y), look, x, y, book, extra=xml.labels(label))
    kept = [p for p in of.points if p]
    name = book.add(_("Name"), [names.full.get(p.entity, "") for p in kept])
    x = book.add(panel.x.title or _("across"), [p.x for p in kept])
    y = book.add(panel.y.title or of.name or _("Value"), [p.y for p in kept])
    look, extra = _look(list(kept))
    said, where = [p.text for p in kept], "ctr"
    column = -1
    if any(said):
        column = book.add(_("In the dots"), said)
    else:
        found = [_beside(p, panel) for p in kept]
        said, where = [" ".join(n.lines) if n else "" for n in found], "t"
        column = name if any(said) else -1
        said = [names.full.get(p.entity) or text if text else "" for p, text in zip(kept, said, strict=True)]
    white = [where == "ctr" and _dark(p.fill) for p in kept]
    each = "".join(
        xml.label_from_cell(i, short(text, 120), where, size if where == "t" else 9, "#ffffff" if w else "#" + (NAVY if where == "t" else INK),
                            where == "t")
        for i, (text, w) in enumerate(zip(said, white, strict=True)) if text
    )  # fmt: skip
    ends = xml.label_range(book, column) if column >= 0 else ""
    return _series(xml.name_ref(book, y), look, x, y, book, extra=extra + xml.labels(each, column >= 0), ends=ends)


def _dark(of: str) -> bool:
    return of.startswith("#") and sum(int(of[i : i + 2], 16) for i in (1, 3, 5)) < 300


def _beside(point: Point | None, panel: Panel) -> Note | None:
    """The text that a figure writes at a point."""
    if point is None:
        return None
    for note in panel.notes:
        if note.x is not None and note.y is not None:
            x = 10**note.x if panel.x.log else note.x
            if abs(x - point.x) <= 1e-6 * abs(point.x) + 1e-9 and abs(note.y - point.y) <= 0.011:
                return note
    return None
