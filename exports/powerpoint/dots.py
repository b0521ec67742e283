"""Points between two axes of numbers as a native scatter chart: the funnel, need beside reach, the dots of the five by five."""

from math import floor, log10

from components.i18n import _
from exports.powerpoint import chart_xml as xml
from exports.powerpoint import outside, scatter
from exports.powerpoint.house import INK, NAVY, Box
from exports.powerpoint.lines import Drawn
from exports.powerpoint.panel import Note, Panel, Point, Series
from exports.powerpoint.scatter import AXIS, Names
from exports.powerpoint.text import short
from exports.powerpoint.workbook import Workbook

SIZE = 11.0


def point_chart(panel: Panel, names: Names, box: Box, hidden: bool = False) -> Drawn:
    """`hidden`: no axes and no margins, for a chart that lies on drawn cells."""
    book = Workbook()
    x, y = _ends(panel, "x"), _ends(panel, "y")
    made = [scatter.rule(rule, book, x[:2], y[:2], SIZE) for rule in panel.rules]
    inner = (0.0, 0.0, 1.0, 1.0) if hidden else (0.95 / box.w, 0.3 / box.h, 1 - 0.3 / box.w, 1 - (2 * AXIS) / box.h)
    sides = outside.named(panel, names.full, box.part(*inner), (x[:2], y[:2]), SIZE)
    for series in panel.series:
        if any(series.points):
            made.append(_line(series, book, panel) if series.lines else _points(series, book, panel, names, sides))
    steps = 1 if panel.x.log else x[2]
    axes = xml.value_axis(
        (201, 202), "b", x[0], x[1], SIZE, step=x[2], form=xml.number_format(steps, panel.x.suffix), title=panel.x.title,
        log=panel.x.log, hidden=hidden,
    ) + xml.value_axis(
        (202, 201), "l", y[0], y[1], SIZE, step=y[2], form=xml.number_format(y[2], panel.y.suffix), title=panel.y.title,
        hidden=hidden,
    )  # fmt: skip
    return Drawn(scatter.chart(made, axes, inner), book, inner)


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


def _line(of: Series, book: Workbook, panel: Panel) -> str:
    """A curve, named at its end where the figure names it."""
    values = {"name": short(of.name or _("line"), 45)}
    x = book.add(_("%(name)s, across") % values, [p and p.x for p in of.points])
    y = book.add(values["name"], [p and p.y for p in of.points])
    last = max((i for i, p in enumerate(of.points) if p), default=0)
    said = _beside(of.points[last], panel)
    label = (
        f'<c:dLbl><c:idx val="{last}"/><c:tx>{xml.rich(said.lines, SIZE, said.color)}</c:tx><c:dLblPos val="t"/>'
        f"{xml.shows('showVal')}</c:dLbl>"
        if said
        else ""
    )
    return scatter.series(book, y, x, y, scatter.stroke(of.color, of.width, of.dash), xml.labels(label))


def _points(of: Series, book: Workbook, panel: Panel, names: Names, sides: dict[str, str]) -> str:
    """Places: their names, where they stand, and a label where the figure writes one or `sides` says where one stands."""
    kept = [p for p in of.points if p]
    column = book.add(_("Name"), [names.full.get(p.entity, "") for p in kept])
    x = book.add(panel.x.title or _("across"), [p.x for p in kept])
    y = book.add(panel.y.title or of.name or _("Value"), [p.y for p in kept])
    if any(p.text for p in kept):
        column = book.add(_("In the dots"), [p.text for p in kept])
        labels = [
            xml.label_from_cell(i, p.text, "ctr", 9, "#ffffff" if _dark(p.fill) else "#" + INK)
            for i, p in enumerate(kept) if p.text
        ]  # fmt: skip
    else:
        named = [(names.full.get(p.entity) or " ".join(n.lines)) if (n := _beside(p, panel)) else "" for p in kept]
        labels = [
            xml.label_from_cell(i, short(t, 120), "t", SIZE, "#" + NAVY, True)
            if t
            else xml.label_from_cell(i, names.full[p.entity], sides[p.entity], SIZE, "#" + INK)
            for i, (t, p) in enumerate(zip(named, kept, strict=True))
            if t or p.entity in sides
        ]
    ends = xml.label_range(book, column) if labels else ""
    return scatter.series(book, y, x, y, scatter.marks(list(kept)), xml.labels("".join(labels), True), ends)


def _dark(of: str) -> bool:
    return of.startswith("#") and sum(int(of[i : i + 2], 16) for i in (1, 3, 5)) < 300


def _beside(point: Point | None, panel: Panel) -> Note | None:
    """The text that a figure writes at a point."""
    for note in panel.notes:
        if point is not None and note.x is not None and note.y is not None:
            x = 10**note.x if panel.x.log else note.x
            if abs(x - point.x) <= 1e-6 * abs(point.x) + 1e-9 and abs(note.y - point.y) <= 0.011:
                return note
    return None
