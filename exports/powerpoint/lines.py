"""Time as a native line chart: one row a school year or month, gaps kept, the interval as bars through the points."""

from dataclasses import dataclass

from components.dates import months
from components.i18n import _, decimal, school_year
from exports.powerpoint import chart_xml as xml
from exports.powerpoint.house import SOFT, Box
from exports.powerpoint.panel import Note, Panel, Point, Series
from exports.powerpoint.text import over, short, width
from exports.powerpoint.workbook import Formula, Workbook, letter
from exports.spread import spread

LEFT = '<a:pPr algn="l">'
ASIDE = 0.018
"""Of the chart's width: how far a label that was moved stands from the end of its line, so that the stroke to it is seen."""
LEVEL = 1.25
"""The width of a line across at a level, which tells it from all others."""


@dataclass(frozen=True)
class Drawn:
    """A chart's XML and its workbook, the plot's edges as parts of its box, where a value of the x axis stands in the plot, and
    the first and last name of a mute axis."""

    chart: str
    book: Workbook
    inner: tuple[float, float, float, float]
    first: float = 0
    span: float = 1
    ends: tuple[str, str] | None = None


def is_time(panel: Panel) -> bool:
    """Whether a panel's points stand at whole years or months and are joined by lines."""
    return bool(panel.series) and not panel.x.log and all(
        s.lines and s.name and not s.across and all(p is None or float(p.x).is_integer() for p in s.points) for s in panel.series
    )  # fmt: skip


def line_chart(panel: Panel, box: Box, ends: tuple[int, int], top: float, small: bool) -> Drawn:
    """`ends`: first and last year or month of all panels; `top`: the end of the scale; `small`: one of several panels."""
    size = 9.0 if small else 12.0
    first, last = ends
    places = list(range(first, last + 1))
    book = Workbook()
    book.add(_("School year") if last > 1000 else _("Month"), [_place(v) for v in places])
    named = _labels(panel)
    wide = [width(text, size + 1) for lines, _bold, _color in named.values() for text in lines]
    right = min(0.34, (max(wide, default=0) + 14) / (72 * box.w) + ASIDE)
    inner = (
        0.36 / box.w if small else 0.55 / box.w,
        _above(panel, small) / box.h,
        1 - max(right, 0.02),
        1 - (0.26 if small else 0.34) / box.h,
    )
    shifts = _apart(panel, named, top, size, (inner[3] - inner[1]) * box.h * 72)
    step = xml.step_of(top - (panel.y.low or 0), 3 if small else 5)
    series = [
        _one(i, s, book, places, named.get(id(s)), shifts.get(id(s), 0.0) / (72 * box.h), size)
        for i, s in enumerate([*panel.series, *_levels(panel, places)])
    ]
    mute = small and (inner[2] - inner[0]) * box.w < 0.62 * len(places)
    plot = (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{"".join(series)}<c:marker val="1"/>'
        '<c:axId val="101"/><c:axId val="102"/></c:lineChart>'
        + xml.category_axis((101, 102), "b", size, of=SOFT, mute=mute)
        + xml.value_axis(
            (102, 101), "l", panel.y.low or 0, top, size, step=step, between="between",
            form=xml.number_format(step, panel.y.suffix or _unit(panel)),
        )
    )  # fmt: skip
    said = (_place(first), _place(last)) if mute else None
    return Drawn(xml.space(plot, inner), book, inner, first - 0.5, len(places), said)


def _unit(panel: Panel) -> str:
    """The unit that the largest tick of a scale names."""
    said = panel.y.ticks.get(max(panel.y.ticks, default=0), "").lstrip("0123456789.,")
    return said if len(said) < 6 else ""


def _above(panel: Panel, small: bool) -> float:
    """Inches above the plot: a line for the names of what stands upright in it."""
    return (0.2 if small else 0.28) if any(r.axis == "x" for r in panel.rules) else 0.08


def _place(at: int) -> str:
    return school_year(at) if at > 1000 else months()[(at + 6) % 12][:3]


def _labels(panel: Panel) -> dict[int, tuple[list[str], bool, str]]:
    """Series (by identity) -> the lines at the end of it, bold or not, and their color."""
    out: dict[int, tuple[list[str], bool, str]] = {}
    for note in panel.notes:
        for series in panel.series:
            last = _last(series)
            if id(series) not in out and last and (note.x, note.y) == (last.x, last.y):
                out[id(series)] = (_wrapped(note), note.bold, note.color)
                break
    return out


def _wrapped(note: Note) -> list[str]:
    return [part for text in note.lines for part in over(text, 24)]


def _last(series: Series) -> Point | None:
    return max((p for p in series.points if p), key=lambda p: p.x, default=None)


def _apart(panel: Panel, named: dict, top: float, size: float, points: float) -> dict[int, float]:
    """By how many points the end labels move up or down, so that none covers another and each stays near its line."""
    # Of ends at one height the first series stands lowest.
    ends = sorted(((last.y, id(s)) for s in panel.series if id(s) in named and (last := _last(s))), key=lambda end: end[0])
    at = {key: points * value / top for value, key in ends}
    halves = [len(named[key][0]) * (size + 1) * 0.62 for _value, key in ends]
    stands = spread([at[key] for _value, key in ends], halves, points)
    return {key: where - at[key] for (_value, key), where in zip(ends, stands, strict=True)}


def _levels(panel: Panel, places: list[int]) -> list[Series]:
    """Lines across at a value, as series of their own."""
    return [
        Series(r.name or _("level"), [Point(x, r.at) for x in places], True, False, r.color, LEVEL, r.dash)
        for r in panel.rules if r.axis == "y"
    ]  # fmt: skip


def _one(index: int, of: Series, book: Workbook, places: list[int], named: tuple | None, shift: float, size: float) -> str:
    at = {p.x: p for p in of.points if p}
    found = [at.get(x) for x in places]
    column = book.add(of.name, [p.y if p else None for p in found])
    bars = _bars(of, book, column, found) if of.bars else ""
    alone = [
        i for i, p in enumerate(found) if p and not (found[i - 1 : i] or [None])[0] and not (found[i + 1 : i + 2] or [None])[0]
    ]
    usual = next((p for p in found if p and p.fill != "#ffffff"), None)
    dot = (7 if of.width > 2 else 5) if of.marks and of.width > 1.6 else 0
    marks = xml.marker("circle", dot, usual.fill if usual else of.color, of.color) if dot else xml.marker("", 0, "", "")
    odd = {i for i, p in enumerate(found) if p and p.fill == "#ffffff"}
    each = "".join(
        f'<c:dPt><c:idx val="{i}"/>{xml.marker("circle", dot or 5, "#ffffff" if i in odd else of.color, of.color)}'
        '<c:bubble3D val="0"/></c:dPt>'
        for i in sorted(odd | (set(alone) if not dot else set()))
    )  # fmt: skip
    last = max((i for i, p in enumerate(found) if p), default=None)
    end = found[last] if last is not None else None
    label = _label(last or 0, of, end, named, shift, size) if named and end else _level(of, size) if of.width == LEVEL else ""
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>{xml.name_ref(book, column)}'
        f"<c:spPr>{xml.line(of.color, of.width, of.dash)}</c:spPr>{marks}{each}{xml.labels(label, leader=of.color)}{bars}"
        f"<c:cat>{xml.texts_ref(book, 0)}</c:cat><c:val>{xml.numbers_ref(book, column)}</c:val>"
        '<c:smooth val="0"/></c:ser>'
    )


def _bars(of: Series, book: Workbook, column: int, found: list[Point | None]) -> str:
    lower = book.add(_("%(name)s, lower") % {"name": short(of.name, 45)}, [p and p.lower for p in found])
    upper = book.add(_("%(name)s, upper") % {"name": short(of.name, 45)}, [p and p.upper for p in found])
    minus, plus = lengths(book, column, lower, upper)
    return xml.errors(book, "y", minus, plus, "rgba(18,67,109,0.45)", 2.5)


def lengths(book: Workbook, column: int, lower: int, upper: int) -> tuple[int, int]:
    """Two columns with the lengths of the bars below and above, worked out in the sheet: edit a bound and the bar follows."""
    letters = [letter(c) for c in (column, lower, upper)]
    made = []
    for head, a, b in ((_("bar below"), 0, 1), (_("bar above"), 2, 0)):
        cells: list[Formula | None] = []
        columns = [book.values(c) for c in (column, lower, upper)]
        for row, values in enumerate(zip(*columns, strict=True)):
            one, other = values[a], values[b]
            if isinstance(one, (int, float)) and isinstance(other, (int, float)):
                cells.append(Formula(f"={letters[a]}{row + 2}-{letters[b]}{row + 2}", round(one - other, 6)))
            else:
                cells.append(None)
        made.append(book.add(head, cells))
    return made[0], made[1]


def _label(index: int, of: Series, point: Point, named: tuple, shift: float, size: float) -> str:
    """The end label: name and value follow the cells where the figure says just these, else it is text."""
    lines, bold, color = named
    places = next((n for n in (1, 2, 0) if decimal(point.y, n) == lines[-1]), None)
    said = " ".join(lines[:-1])
    layout = (
        ""
        if abs(shift) < 0.002
        else f'<c:layout><c:manualLayout><c:x val="{ASIDE}"/><c:y val="{-shift:.5f}"/></c:manualLayout></c:layout>'
    )
    if places is not None and said in ("", of.name):
        form = "0" + ("." + "0" * places if places else "")
        look = xml.text_props(size + 1, color, bold).replace("<a:pPr>", LEFT)
        shown = xml.shows("showVal", *(["showSerName"] if said else []))
        return (
            f'<c:dLbl><c:idx val="{index}"/>{layout}<c:numFmt formatCode="{form}" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>'
            f'{look}<c:dLblPos val="r"/>{shown}<c:separator>\n</c:separator></c:dLbl>'
        )
    return (
        f'<c:dLbl><c:idx val="{index}"/>{layout}<c:tx>{xml.rich(lines, size + 1, color, bold, "l")}</c:tx>'
        f'<c:dLblPos val="r"/>{xml.shows("showVal")}</c:dLbl>'
    )


def _level(of: Series, size: float) -> str:
    """The name of a line across, above its beginning."""
    look = xml.text_props(size, of.color)
    return f'<c:dLbl><c:idx val="1"/><c:spPr><a:noFill/></c:spPr>{look}<c:dLblPos val="t"/>{xml.shows("showSerName")}</c:dLbl>'


def ends_of(panels: list[Panel]) -> tuple[int, int]:
    """First and last year of all panels; a whole school year of months."""
    every = [p.x for panel in panels for s in panel.series for p in s.points if p]
    first, last = int(min(every)), int(max(every))
    return (0, 11) if last < 12 else (first, last)
