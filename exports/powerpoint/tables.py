"""Native tables: the rows that fit with a sentence about the others, and shaded tables whose cells say what their shade says."""

from typing import NamedTuple
from xml.sax.saxutils import escape

from components.i18n import _, ngettext, number
from exports.powerpoint import chart_xml as xml
from exports.powerpoint.canvas import Canvas, Para
from exports.powerpoint.house import FONT, INK, LINE, LOOKS, NAVY, PALE, SOFT, Box
from exports.powerpoint.text import clean, count_lines, short, width

SIZES = (13.0, 12.0, 11.0, 10.0)
LONGEST = 170
"""Letters of a cell: the other files have the whole."""
ASIDE, ABOVE = 0.06, 0.035
"""Inches of air in a cell."""
FOOT = 0.3


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


def of_columns(columns: list[tuple[str, bool]], rows: list[list[str]]) -> Grid:
    """A plain table; `columns` with whether they hold numbers."""
    heads = [Cell(short(label, 80), "", True, right) for label, right in columns]
    cells = [
        [Cell(short(text, LONGEST), "", i == 0, right) for i, (text, (_l, right)) in enumerate(zip(row, columns, strict=True))]
        for row in rows
    ]
    return Grid(heads, cells)


def of_shades(of: dict) -> Grid:
    """A shaded table of an exhibit (components/figures/heat_table.py) with its parts as rows of their own."""
    parts = of["parts"] if "parts" in of else [("", of["rows"])]
    heads = [Cell(of.get("corner") or _("Place"), "", True), *(Cell(short(t, 60), "", True) for t, _l in of["columns"])]
    rows: list[list[Cell]] = []
    for title, lines in parts:
        if title:
            rows.append([Cell(title, PALE, True, color=SOFT), *[Cell("", PALE)] * len(of["columns"])])
        for name, _href, mine, cells in lines:
            rows.append([Cell(short(name, 60), "", mine), *(shaded(text, look) for text, look in cells)])
    return Grid(heads, rows, len(of["columns"]) > 10)


def shaded(text: str, look: str) -> Cell:
    return Cell(short(text, 40), LOOKS.get(look, ""), color="FFFFFF" if look in ("s4", "s5") else INK if look else SOFT)


def put(canvas: Canvas, grid: Grid, box: Box, name: str, alt: str, hidden: int = 0) -> int:
    """Draw the rows that fit; how many do not stand there. `hidden`: rows that the grid leaves out already."""
    room = box._replace(h=box.h - FOOT)
    size, widths, heights = _fitted(grid, box, room)
    fits = len(heights) - 1
    left = len(grid.rows) - fits + hidden
    canvas.put(_frame(canvas, grid._replace(rows=grid.rows[:fits]), room, size, widths, heights, name, alt))
    if left:
        text = ngettext("%(n)s more row is in the spreadsheet and the CSV file.", "%(n)s more rows are in the spreadsheet and the CSV file.", left)
        foot = Box(box.x, box.y + min(sum(heights) + 0.06, box.h - FOOT), box.w, FOOT)
        canvas.text(foot, [Para(text % {"n": number(left)}, 11, SOFT)], _("Rows left out"))
    return left


def _fitted(grid: Grid, box: Box, room: Box) -> tuple[float, list[float], list[float]]:
    """The largest type at which all rows fit, else the smallest; widths and heights in inches, the head's first."""
    sizes = (10.0, 9.0) if grid.turned else SIZES
    for size in sizes:
        widths = _widths(grid, size, box.w)
        heights = [_head(grid, size, widths), *(_height(row, size, widths) for row in grid.rows)]
        if sum(heights) <= box.h - 0.05:
            return size, widths, heights
    kept, total = heights[:1], heights[0]
    for height in heights[1:]:
        if total + height > room.h:
            break
        kept.append(height)
        total += height
    return size, widths, kept


def _widths(grid: Grid, size: float, whole: float) -> list[float]:
    """Inches of each column: what its texts ask for, the longest cut first, what is over given to the texts."""
    asked = []
    for i, head in enumerate(grid.heads):
        texts = [row[i].text for row in grid.rows[:40]]
        longest = 0.0 if grid.turned and i else max((width(w, size) * 1.15 for w in head.text.split()), default=0)
        asked.append(max([longest, *(width(t, size) * 1.06 for t in texts)]) / 72 + 2 * ASIDE + 0.04)
    least = [max((width(w, size) * 1.1 / 72 for row in grid.rows[:40] for w in [*row[i].text.split(), *([] if grid.turned and i else grid.heads[i].text.split())]),
                 default=0) + 2 * ASIDE + 0.04 for i in range(len(asked))]  # fmt: skip
    cap = max(asked)
    while sum(min(a, max(cap, floor)) for a, floor in zip(asked, least, strict=True)) > whole and cap > 0.3:
        cap *= 0.94
    out = [min(a, max(cap, floor)) for a, floor in zip(asked, least, strict=True)]
    over = whole - sum(out)
    if over < 0:
        return [w * whole / sum(out) for w in out]
    if grid.turned:
        return [out[0], *[w + over / max(1, len(out) - 1) for w in out[1:]]] if over < 0.4 * whole else out
    extra = min(over, 0.35 * whole)
    return [w + extra * w / sum(out) for w in out]


def _height(row: list[Cell], size: float, widths: list[float]) -> float:
    lines = max(count_lines(c.text, size * (1.08 if c.bold else 1), 72 * (w - 2 * ASIDE)) for c, w in zip(row, widths, strict=True))
    return lines * size * 1.2 / 72 + 2 * ABOVE


def _head(grid: Grid, size: float, widths: list[float]) -> float:
    if grid.turned:
        longest = max(width(c.text, size) * 1.1 for c in grid.heads[1:])
        return min(1.5, longest / 72 + 0.12)
    return _height(grid.heads, size, widths)


def _frame(
    canvas: Canvas, grid: Grid, box: Box, size: float, widths: list[float], heights: list[float], name: str, alt: str
) -> str:
    x, y, _w, _h = box.emu
    columns = "".join(f'<a:gridCol w="{round(w * 914_400)}"/>' for w in widths)
    rows = [_row(grid.heads, heights[0], size, grid.turned, True)]
    rows += [_row(row, height, size, False, False) for row, height in zip(grid.rows, heights[1:], strict=True)]
    total_w, total_h = round(sum(widths) * 914_400), round(sum(heights) * 914_400)
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{canvas.named(name, alt)}<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp=\"1\"/>"
        f'</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{total_w}" cy="{total_h}"/>'
        '</p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
        f'<a:tblPr firstRow="1" firstCol="1"/><a:tblGrid>{columns}</a:tblGrid>{"".join(rows)}</a:tbl></a:graphicData></a:graphic>'
        "</p:graphicFrame>"
    )


def _row(cells: list[Cell], height: float, size: float, turned: bool, head: bool) -> str:
    said = "".join(_cell(c, size, turned and i > 0, head) for i, c in enumerate(cells))
    return f'<a:tr h="{round(height * 914_400)}">{said}</a:tr>'


def _cell(of: Cell, size: float, upright: bool, head: bool) -> str:
    align = "r" if of.right else "l"
    color = NAVY if head else of.color
    props = (
        f'<a:rPr lang="en-US" sz="{round(size * 100)}" b="{int(of.bold)}">{xml.fill("#" + color)}<a:latin typeface="{FONT}"/>'
        f'<a:cs typeface="{FONT}"/></a:rPr>'
    )
    text = clean(of.text)
    said = f"<a:r>{props}<a:t>{escape(text)}</a:t></a:r>" if text else f'<a:endParaRPr lang="en-US" sz="{round(size * 100)}"/>'
    none = "".join(f"<a:{side}><a:noFill/></a:{side}>" for side in ("lnL", "lnR", "lnT"))
    under = xml.line("#" + (NAVY if head else LINE), 1.5 if head else 0.75).replace("a:ln", "a:lnB")
    side, above = round(ASIDE * 914_400), round(ABOVE * 914_400)
    turn = ' vert="vert270"' if upright else ""
    anchor = "b" if head and not upright else "ctr"
    ground = xml.fill("#" + of.ground) if of.ground else "<a:noFill/>"
    return (
        f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{align}"/>{said}</a:p></a:txBody>'
        f'<a:tcPr marL="{side}" marR="{side}" marT="{above}" marB="{above}"{turn} anchor="{anchor}">{none}{under}{ground}</a:tcPr></a:tc>'
    )
