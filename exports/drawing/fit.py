"""A figure inside a given box: larger where there is room, in columns where it has many rows, else smaller as a whole."""

import itertools
from math import ceil

from exports.drawing.draw import framed_of, parts, wrap
from exports.drawing.text import number

LARGER = 1.3
"""At most so much larger than on the screen."""
SMALLER = 0.87
"""Rows that would become smaller than this stand in columns."""
COLUMN, BETWEEN, MOST = 300, 28, 3
"""The least width of a column, the room between two, and their largest number."""
Piece = tuple[dict, float, float, float, float]
"""A figure with its left edge, its width and height, and what it is scaled by."""


def fitted(figure: dict, width: float, height: float, alt: str = "", larger: float = LARGER) -> str:
    """One <svg> of exactly this size with the whole figure, at most so much larger. Raises Unknown as svg() does."""
    scale = min(larger, height / figure["layout"]["height"])
    columns = columns_of(figure, width, height)
    pieces = _split(figure, width, height, columns) if columns > 1 else [_one(figure, width, height, scale)]
    inner = "".join(_placed(*piece) for piece in pieces)
    return wrap(inner, width, height, figure["layout"].get("meta", {}).get("shows", ""), alt)


def _placed(figure: dict, left: float, wide: float, high: float, scale: float) -> str:
    inner = parts(framed_of(figure, wide, high))
    at = (f"translate({number(left)} 0) " if left else "") + (f"scale({scale:.4f})" if scale != 1 else "")
    return f'<g transform="{at.strip()}">{inner}</g>' if at else inner


def _one(figure: dict, width: float, height: float, scale: float) -> Piece:
    """The whole figure in one piece. It may become a little taller than its own height, not more: rows would fall apart."""
    high = min(height / scale, 1.25 * figure["layout"]["height"])
    return figure, 0.0, width / scale, high, scale


def _rows(figure: dict) -> list[float]:
    """The heights of the rows of a figure of named rows, from the top; [] for another kind."""
    layout = figure["layout"]
    axis = layout.get("yaxis", {})
    rows = "yaxis2" not in layout and axis.get("automargin") and axis.get("tickvals") and "x" not in axis.get("scaleanchor", "")
    marked = all(t.get("type", "scatter") == "scatter" and "yaxis" not in t for t in figure["data"])
    names = axis.get("tickmode") == "array" and "tickvals" not in layout.get("xaxis", {})
    return sorted(axis["tickvals"], reverse=True) if rows and marked and names else []


def columns_of(figure: dict, width: float, height: float) -> int:
    """In how many columns the rows of a figure would stand in a box; 1 where they fit, or cannot."""
    rows, margin = _rows(figure), figure["layout"]["margin"]
    if len(rows) < 8 or height / figure["layout"]["height"] >= SMALLER:
        return 1
    own = figure["layout"]["height"] - margin["t"] - margin["b"]
    wanted = ceil(own / (height - margin["t"] - margin["b"]))
    fit = int((width + BETWEEN) // (COLUMN + BETWEEN))
    return max(1, min(wanted, fit, MOST))


def _split(figure: dict, width: float, height: float, columns: int) -> list[Piece]:
    """The rows in columns of one scale. Markers beyond a column's own rows are not drawn there."""
    layout, rows = figure["layout"], _rows(figure)
    low, high = sorted(layout["yaxis"]["range"])
    margin = layout["margin"]
    own = layout["height"] - margin["t"] - margin["b"]
    cuts = _cuts(rows, low, high, columns)
    deepest = max(a - b for a, b in itertools.pairwise(cuts))
    tall = own * deepest / (high - low) + margin["t"] + margin["b"]
    scale = min(1.0, height / tall)
    wide = (width - BETWEEN * (columns - 1)) / columns
    across = framed_of(figure, wide / scale, tall).axes["x"].range
    out = []
    for i, (top, bottom) in enumerate(itertools.pairwise(cuts)):
        part = {**layout, "xaxis": {**layout["xaxis"], "range": list(across)}}
        part["yaxis"] = {**layout["yaxis"], "range": [top - deepest, top]}
        if layout["yaxis"]["range"][0] > layout["yaxis"]["range"][1]:
            raise ValueError("Rows of a figure run from the bottom to the top.")
        part["yaxis"] |= {"tickvals": [], "ticktext": []}
        for value, label in zip(layout["yaxis"]["tickvals"], layout["yaxis"]["ticktext"], strict=True):
            if bottom < value <= top:
                part["yaxis"]["tickvals"].append(value)
                part["yaxis"]["ticktext"].append(label)
        if i:
            part |= {"title": {"text": ""}, "showlegend": False}
        data = [_kept(t, bottom, top) for t in figure["data"]]
        out.append(({"data": data, "layout": part}, i * (wide + BETWEEN), wide / scale, tall, scale))
    return out


def _cuts(rows: list[float], low: float, high: float, columns: int) -> list[float]:
    """The upper edge of each column and the lower edge of the last, about equally far apart and between two rows."""
    cuts = [high]
    for i in range(1, columns):
        wanted = high - (high - low) * i / columns
        below = next(k for k, row in enumerate(rows) if row < wanted)
        cuts.append((rows[below - 1] + rows[below]) / 2)
    return [*cuts, low]


def _kept(trace: dict, bottom: float, top: float) -> dict:
    """A trace with nothing where a point is outside; its lists keep their lengths."""
    inside = [y is not None and bottom < y <= top for y in trace["y"]]
    return {**trace, "y": [y if here else None for y, here in zip(trace["y"], inside, strict=True)]}
