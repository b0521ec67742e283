"""What all scatter charts are made of: series of points with marks, reference lines, and labels that come from cells."""

import re
from dataclasses import dataclass, field

from components.i18n import _
from exports.powerpoint import chart_xml as xml
from exports.powerpoint.panel import Point, Rule
from exports.powerpoint.text import short
from exports.powerpoint.workbook import Workbook

AXIS = 0.34
"""Inches below the plot for the numbers of the axis; a title takes as much again."""
COUNT = re.compile(r'<c:ptCount val="(\d+)"/>')
BARE = f"<c:spPr>{xml.line('')}</c:spPr>"
UNMARKED = xml.marker("", 0, "", "")


@dataclass
class Names:
    """What a reader knows points by: `full`: entity -> its whole name; `said`: entity -> values of its table row, as printed."""

    full: dict[str, str] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)


def chart(made: list[str], axes: str, inner: tuple[float, float, float, float]) -> str:
    """A chart of series and axes. LibreOffice loses the points of a series that stands before a longer one: the longest first."""
    made = sorted(made, key=lambda series: -max(int(n) for n in COUNT.findall(series)))
    numbered = [f'<c:ser><c:idx val="{i}"/><c:order val="{i}"/>{series}' for i, series in enumerate(made)]
    plot = (
        '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>'
        f'{"".join(numbered)}<c:axId val="201"/><c:axId val="202"/></c:scatterChart>{axes}'
    )
    return xml.space(plot, inner)


def series(book: Workbook, head: int, x: int, y: int, look: str, extra: str = "", ends: str = "") -> str:
    """A series of three columns (its name's, x and y), without the number that it gets in `chart`."""
    return (
        f"{xml.name_ref(book, head)}{look}{extra}"
        f"<c:xVal>{xml.numbers_ref(book, x)}</c:xVal><c:yVal>{xml.numbers_ref(book, y)}</c:yVal>"
        f'<c:smooth val="0"/>{ends}</c:ser>'
    )


def stroke(of: str, width: float, dash: str = "solid") -> str:
    """The look of a line without marks."""
    return f"<c:spPr>{xml.line(of, width, dash)}</c:spPr>{UNMARKED}"


def texts(book: Workbook, x: int, y: int, column: int, labels: list[str]) -> str:
    """A series that only writes: its labels are the cells of a column. `labels`: as chart_xml makes them, one a point."""
    said = xml.labels("".join(labels), True)
    return series(book, column, x, y, BARE + UNMARKED, said, xml.label_range(book, column))


def rule(of: Rule, book: Workbook, x: tuple[float, float], y: tuple[float, float], size: float) -> str:
    """A reference line: two points, its name above the second."""
    name = of.name or _("reference line")
    points = ((of.at, y[0]), (of.at, y[1])) if of.axis == "x" else ((x[0], of.at), (x[1], of.at))
    across = book.add(name, [p[0] for p in points])
    up = book.add(_("%(name)s, height") % {"name": short(name, 40)}, [p[1] for p in points])
    where = "t" if of.axis == "x" else "r"
    label = (
        f'<c:dLbl><c:idx val="1"/><c:spPr><a:noFill/></c:spPr>{xml.text_props(size, of.color)}<c:dLblPos val="{where}"/>'
        f"{xml.shows('showSerName')}</c:dLbl>"
    )
    return series(book, across, across, up, stroke(of.color, 1.25, of.dash), xml.labels(label if of.name else ""))


def marks(found: list[Point | None], size: float = 0) -> str:
    """The usual mark of a series, and the points that look otherwise. `size`: points, else each as large as in the figure."""
    looks = [(p.symbol, size + 1.5 * (p.size >= 11) if size else p.size * 0.75, p.fill, p.edge) if p else None for p in found]
    told = [look for look in looks if look]
    usual = max(dict.fromkeys(told), key=told.count)
    each = "".join(
        f'<c:dPt><c:idx val="{i}"/>{xml.marker(*look)}<c:bubble3D val="0"/></c:dPt>'
        for i, look in enumerate(looks) if look and look != usual
    )  # fmt: skip
    return BARE + xml.marker(*usual) + each
