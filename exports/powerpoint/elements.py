"""The grid of framework elements by places, as the cells of a native table."""

from components.i18n import _
from exports.powerpoint.house import PALE, SOFT
from exports.powerpoint.panel import Panel
from exports.powerpoint.tables import Cell, Grid
from exports.powerpoint.text import plain, short

MANY = 8
"""The names of more places than this stand upright."""


def grid(panel: Panel) -> Grid:
    """The grid of elements as a table: names at the left, places across, the grounds of the figure behind the counts."""
    trace = panel.traces[0]
    columns = sorted(panel.x.ticks)
    at: dict[float, dict[float, tuple[str, str]]] = {}
    for x, y, text in zip(trace["x"], trace["y"], trace["text"], strict=True):
        ground = next((g.fill for g in panel.grounds if g.x0 <= x <= g.x1 and (g.y0 or 0) <= y <= (g.y1 or 0)), "")
        at.setdefault(y, {})[x] = (plain(text), ground.lstrip("#").upper())
    heads = [Cell(_("Element"), "", True), *(Cell(short(panel.x.ticks[x], 30), "", True) for x in columns)]
    rows, todo = [], sorted(at)
    for note in sorted((n for n in panel.notes if n.x is None and n.y is not None), key=lambda n: n.y or 0):
        text, below = " ".join(note.lines), [y for y in todo if y > (note.y or 0)]
        later = [n.y for n in panel.notes if n.x is None and n.y is not None and n.y > (note.y or 0)]
        own = below[0] if below and (not later or below[0] < min(later)) else None
        if note.bold:
            rows.append([Cell(text, PALE, True, color=SOFT), *[Cell("", PALE)] * len(columns)])
        elif own is None:
            rows.append([Cell(text, color=SOFT), *[Cell("")] * len(columns)])
        else:
            todo.remove(own)
            rows.append([Cell(text), *(Cell(*at[own].get(x, ("", ""))) for x in columns)])
    return Grid(heads, rows, len(columns) > MANY)
