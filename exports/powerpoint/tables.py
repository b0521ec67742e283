"""Native tables: the rows that fit with a sentence about the others, and shaded tables whose cells say what their shade says."""

from typing import NamedTuple
from xml.sax.saxutils import escape

from components.i18n import _, ngettext, number
from exports import signs
from exports.powerpoint import chart_xml as xml
from exports.powerpoint.canvas import Canvas, Para, where
from exports.powerpoint.house import FONT, INK, LINE, LOOKS, NAVY, PALE, SOFT, Box
from exports.powerpoint.text import clean, count_lines, fitting, over, short, width

SIZES = ((13.0, 0.05), (12.0, 0.045), (11.0, 0.04), (10.0, 0.03), (10.0, 0.015), (9.0, 0.012))
TURNED = ((10.0, 0.02), (9.0, 0.012))
"""Type in points and the air above and below it in inches, the first at which all rows fit.

Nobody in a room reads less than nine: where they do not fit, rows are left out and the slide says how many.
"""
LONGEST = 170
"""Letters of a cell: the other files have the whole."""
ASIDE, CLOSE = 0.06, 0.03
"""Inches of air beside a cell's text, and in a table of many narrow columns."""
FOOT = 0.3
NARROWEST = 0.4
"""Inches of a column of a shaded table at nine points: "100.0"."""
FIRST = 2.4
"""Inches of the names beside narrow columns, at most."""
WORD = 1.4
"""Inches: a longer word is broken."""
UPRIGHT = 20
"""Letters on a line of a head that stands upright."""


class Cell(NamedTuple):
    """A cell of a table: its text and look. `ground`: RRGGBB or "" for none."""

    text: str
    ground: str = ""
    bold: bool = False
    right: bool = False
    color: str = INK


class Grid(NamedTuple):
    """A table to be drawn. `turned`: heads stand upright, for many narrow columns."""

    heads: list[Cell]
    rows: list[list[Cell]]
    turned: bool = False

    @property
    def aside(self) -> float:
        return CLOSE if self.turned else ASIDE


def of_columns(columns: list[tuple[str, bool]], rows: list[list[str]]) -> Grid:
    """A plain table; `columns` with whether they hold numbers."""
    heads = [Cell(short(label, 80), "", True, right) for label, right in columns]
    cells = [
        [Cell(short(text, LONGEST), "", i == 0, right) for i, (text, (_l, right)) in enumerate(zip(row, columns, strict=True))]
        for row in rows
    ]
    return Grid(heads, cells)


def of_shades(of: dict, room: float) -> tuple[Grid, set[str]]:
    """A shaded table of an exhibit (components/figures/heat_table.py) with its parts as rows of their own.

    In so many inches; also the words of statuses that stand as signs because the columns are too narrow for them.
    """
    narrow = len(of["columns"]) > 10
    parts = of["parts"] if "parts" in of else [("", of["rows"])]
    words = signs.words([cell for _t, lines in parts for *_row, cells in lines for cell in cells])
    each = (room - FIRST) / max(1, len(of["columns"])) - 2 * CLOSE
    short_of = max((width(part, 9) * 1.1 / 72 for word in words for part in word.split()), default=0.0)
    used = words if narrow and short_of > each else set()
    heads = [Cell(of.get("corner") or _("Place"), "", True), *(Cell(short(t, 60), "", True) for t, _l in of["columns"])]
    rows: list[list[Cell]] = []
    for title, lines in parts:
        if title:
            rows.append([Cell(title, PALE, True, color=SOFT), *[Cell("", PALE)] * len(of["columns"])])
        for name, _href, mine, cells in lines:
            said = [(signs.SIGNS[text] if look == "none" and text in used else text, look) for text, look in cells]
            rows.append([Cell(short(name, 60), "", mine), *(shaded(text, look) for text, look in said)])
    return Grid(heads, rows, narrow), used


def narrowed(grid: Grid, room: float) -> tuple[Grid, int]:
    """A grid of many columns cut to those that are read in so many inches, and how many are cut."""
    most = int((room - 1.25) / NARROWEST)
    if not grid.turned or len(grid.heads) - 1 <= most:
        return grid, 0
    return Grid(grid.heads[: most + 1], [row[: most + 1] for row in grid.rows], True), len(grid.heads) - 1 - most


def shaded(text: str, look: str) -> Cell:
    """A cell in its shade."""
    color = "FFFFFF" if look in ("s4", "s5") else INK if look else SOFT
    return Cell(short(text, 40), LOOKS.get(look, ""), color=color)


def fits(grid: Grid, box: Box) -> bool:
    """Whether all rows stand in a box in letters that are read."""
    return len(_fitted(grid, box, box._replace(h=box.h - FOOT))[3]) > len(grid.rows)


def put(canvas: Canvas, grid: Grid, box: Box, name: str, alt: str, hidden: int = 0, said: str = "") -> int:
    """Draw the rows that fit; how many do not stand there. `hidden`: rows that the grid leaves out already; `said`: below it."""
    grid, cut = narrowed(grid, box.w)
    room = box._replace(h=box.h - FOOT)
    size, air, widths, heights = _fitted(grid, room if said else box, room)
    fits = len(heights) - 1
    left = len(grid.rows) - fits + hidden
    canvas.put(_frame(canvas, grid._replace(rows=grid.rows[:fits]), room, (size, air), widths, heights, name, alt))
    told = " ".join(filter(None, (said, more(left), _columns(cut))))
    if told:
        foot = Box(box.x, box.y + min(sum(heights) + 0.06, box.h - FOOT), box.w, FOOT)
        canvas.text(foot, [Para(told, fitting(told, (11, 10, 9), 72 * box.w, 1), SOFT)], _("Left out here"))
    return left


def more(left: int) -> str:
    """That rows are left out, and where all of them are; "" where none is."""
    if not left:
        return ""
    text = ngettext(
        "%(n)s more row: the page behind the link below has them all, and so have the spreadsheet and the CSV file.",
        "%(n)s more rows: the page behind the link below has them all, and so have the spreadsheet and the CSV file.",
        left,
    )
    return text % {"n": number(left)}


def _columns(cut: int) -> str:
    return ngettext("%(n)s more column is there.", "%(n)s more columns are there.", cut) % {"n": number(cut)} if cut else ""


def _fitted(grid: Grid, box: Box, room: Box) -> tuple[float, float, list[float], list[float]]:
    """The largest type at which all rows fit, else one that is read well; its air; widths and heights, the head's first."""
    least = NARROWEST * (len(grid.heads) - 1) + 1.25
    sizes = [look for look in TURNED if look[0] <= 9 * box.w / least] or TURNED[-1:] if grid.turned else SIZES
    for size, air in sizes:
        widths, heights = _measured(grid, size, air, box.w)
        if sum(heights) <= box.h - 0.05:
            return size, air, widths, heights
    size, air = sizes[0] if grid.turned else SIZES[-3]
    widths, heights = _measured(grid, size, air, box.w)
    kept, total = heights[:1], heights[0]
    for height in heights[1:]:
        if total + height > room.h:
            break
        kept.append(height)
        total += height
    return size, air, widths, kept


def _measured(grid: Grid, size: float, air: float, whole: float) -> tuple[list[float], list[float]]:
    widths = _widths(grid, size, whole)
    head = _upright(grid, size) if grid.turned else _height(grid.heads, size, widths, air, ASIDE)
    return widths, [head, *(_height(row, size, widths, air, grid.aside) for row in grid.rows)]


def _widths(grid: Grid, size: float, whole: float) -> list[float]:
    """Inches of each column: what its texts ask for, the longest cut first; some of what is over is shared out."""
    aside = 2 * grid.aside + 0.04
    if grid.turned:
        others = len(grid.heads) - 1
        longest = max((width(row[0].text, size) for row in grid.rows), default=0) * 1.14 / 72 + aside
        first = min(FIRST, longest, whole - NARROWEST * size / 9 * others)
        return [first, *[(whole - first) / others] * others]
    asked, least = [], []
    for i, head in enumerate(grid.heads):
        texts = [row[i].text for row in grid.rows[:40]]
        heads = [width(word, size) * 1.15 for word in head.text.split()]
        asked.append(max([*heads, *(width(text, size) * 1.06 for text in texts)], default=0) / 72 + aside)
        words = [width(word, size) * 1.12 / 72 for text in texts for word in text.split()]
        least.append(max((min(w, WORD) for w in [*words, *(h / 72 for h in heads)]), default=0) + aside)
    cap = max(asked)
    while sum(min(a, max(cap, floor)) for a, floor in zip(asked, least, strict=True)) > whole and cap > 0.3:
        cap *= 0.94
    out = [min(a, max(cap, floor)) for a, floor in zip(asked, least, strict=True)]
    over = whole - sum(out)
    share = 1 + min(over, 0.35 * whole) / sum(out)
    return [w * share for w in out]


def _height(row: list[Cell], size: float, widths: list[float], air: float, aside: float) -> float:
    lines = 1
    for cell, wide in zip(row, widths, strict=True):
        large = size * (1.14 if cell.bold else 1.02)
        lines = max(lines, count_lines(cell.text, large, 72 * (wide - 2 * aside)))
    return lines * size * 1.22 / 72 + 2 * air


def _upright(grid: Grid, size: float) -> float:
    """The height of heads that stand upright over at most two lines."""
    return max(width(line, size) * 1.25 for c in grid.heads[1:] for line in over(c.text, UPRIGHT)) / 72 + 0.14


def _frame(
    canvas: Canvas, grid: Grid, box: Box, look: tuple[float, float], widths: list[float], heights: list[float],
    name: str, alt: str,
) -> str:  # fmt: skip
    columns = "".join(f'<a:gridCol w="{round(w * 914_400)}"/>' for w in widths)
    rows = [_row(grid.heads, heights[0], look, grid.aside, grid.turned, True)]
    rows += [_row(row, height, look, grid.aside, False, False) for row, height in zip(grid.rows, heights[1:], strict=True)]
    place = where(Box(box.x, box.y, sum(widths), sum(heights))).replace("a:xfrm", "p:xfrm")
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{canvas.named(name, alt)}<p:cNvGraphicFramePr>"
        f'<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{place}'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
        f'<a:tblPr firstRow="1" firstCol="1"/><a:tblGrid>{columns}</a:tblGrid>{"".join(rows)}</a:tbl>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def _row(cells: list[Cell], height: float, look: tuple[float, float], aside: float, turned: bool, head: bool) -> str:
    said = "".join(_cell(c, look, aside, turned and i > 0, head) for i, c in enumerate(cells))
    return f'<a:tr h="{round(height * 914_400)}">{said}</a:tr>'


def _cell(of: Cell, look: tuple[float, float], aside: float, upright: bool, head: bool) -> str:
    size, air = look
    align = "r" if of.right else "l"
    color = NAVY if head else of.color
    props = (
        f'<a:rPr lang="en-US" sz="{round(size * 100)}" b="{int(of.bold)}">{xml.fill("#" + color)}<a:latin typeface="{FONT}"/>'
        f'<a:cs typeface="{FONT}"/></a:rPr>'
    )
    lines = over(clean(of.text), UPRIGHT) if upright else [clean(of.text)]
    said = "<a:br/>".join(f"<a:r>{props}<a:t>{escape(text)}</a:t></a:r>" for text in lines if text)
    said = said or f'<a:endParaRPr lang="en-US" sz="{round(size * 100)}"/>'
    none = "".join(f"<a:{side}><a:noFill/></a:{side}>" for side in ("lnL", "lnR", "lnT"))
    under = xml.line("#" + (NAVY if head else LINE), 1.5 if head else 0.75).replace("a:ln", "a:lnB")
    side, above = round(aside * 914_400), round(air * 914_400)
    turn = ' vert="vert270"' if upright else ""
    anchor = "b" if head and not upright else "ctr"
    ground = xml.fill("#" + of.ground) if of.ground else "<a:noFill/>"
    inset = f'marL="{side}" marR="{side}" marT="{above}" marB="{above}"{turn} anchor="{anchor}"'
    return (
        f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{align}"/>{said}</a:p></a:txBody>'
        f"<a:tcPr {inset}>{none}{under}{ground}</a:tcPr></a:tc>"
    )
