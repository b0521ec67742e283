"""Figures of many rows in columns of one scale beside each other: dots under names, bars and cells under their labels."""

from itertools import pairwise
from math import ceil

from exports.drawing.draw import framed_of

ENOUGH = 0.87
"""A figure that would become smaller than this stands in columns."""
COLUMN, BETWEEN, MOST = 262, 28, 3
"""The least width of a column, the room between two, and their largest number."""
LOWER = 0.8
"""Of its own height: how low a column may become before its letters change."""
LABEL = 22
"""Pixels from the foot of a label to where the column of its row may begin."""


def columns_of(figure: dict, width: float, height: float) -> int:
    """In how many columns the rows of a figure would stand in a box; 1 where they fit, or cannot."""
    layout, margin = figure["layout"], figure["layout"]["margin"]
    if height / layout["height"] >= ENOUGH or len(_edges(figure)) < 6:
        return 1
    wanted = ceil((layout["height"] - margin["t"] - margin["b"]) / max(60, height - margin["t"] - margin["b"]))
    least = max(COLUMN, 44 * len(layout["xaxis"].get("tickvals", ())))
    fit = int((width + BETWEEN) // (least + BETWEEN))
    return max(1, min(wanted, fit, MOST))


def split(figure: dict, width: float, height: float, columns: int) -> list[tuple[dict, float, float, float, float]]:
    """Figures with their left edges, widths, heights and scale. Each row is in one of them."""
    layout, margin = figure["layout"], figure["layout"]["margin"]
    down = layout["yaxis"]["range"][0] > layout["yaxis"]["range"][1]
    cuts = _cuts(figure, columns)
    own = layout["height"] - margin["t"] - margin["b"]
    deepest = max(abs(a - b) for a, b in pairwise(cuts))
    tall = own * deepest / abs(cuts[0] - cuts[-1]) + margin["t"] + margin["b"]
    scale = min(1.0, height / (LOWER * tall))
    tall = min(tall, height / scale)
    wide = (width - BETWEEN * (columns - 1)) / columns
    across = framed_of(figure, wide / scale, tall).axes["x"].range
    out = []
    for i, (top, bottom) in enumerate(pairwise(cuts)):
        ends = [top + deepest, top] if down else [top - deepest, top]
        part = _part(figure, ends, (min(top, bottom), max(top, bottom)), list(across), first=not i)
        out.append((part, i * (wide + BETWEEN), wide / scale, tall, scale))
    return out


def _part(figure: dict, ends: list[float], rows: tuple[float, float], across: list[float], first: bool) -> dict:
    """The rows between two heights, on the range of the longest column."""
    layout = figure["layout"]
    low, high = rows
    y = {**layout["yaxis"], "range": ends}
    if "tickvals" in y:
        kept = [(v, t) for v, t in zip(y["tickvals"], y["ticktext"], strict=True) if low < v <= high]
        y |= {"tickvals": [v for v, _t in kept], "ticktext": [t for _v, t in kept]}
    part = {**layout, "xaxis": {**layout["xaxis"], "range": across}, "yaxis": y}
    for name in ("shapes", "annotations"):
        part[name] = [s for s in layout.get(name, ()) if s.get("yref", "y") != "y" or low < s.get("y", s.get("y1")) <= high]
    if not first:
        part |= {"title": {"text": ""}, "showlegend": False}
    return {"data": [_kept(t, low, high) for t in figure["data"]], "layout": part}


def _kept(trace: dict, low: float, high: float) -> dict:
    """A trace with nothing where a point is outside; its lists keep their lengths."""
    inside = [y is not None and low < y <= high for y in trace["y"]]
    return {**trace, "y": [y if here else None for y, here in zip(trace["y"], inside, strict=True)]}


def _rows(figure: dict) -> list[float]:
    """The heights of the rows of a figure of named rows, from the top; [] for another kind."""
    layout = figure["layout"]
    axis = layout.get("yaxis", {})
    named = "yaxis2" not in layout and axis.get("tickmode") == "array" and axis.get("automargin") and "range" in axis
    marked = all(t.get("type", "scatter") == "scatter" for t in figure["data"])
    return sorted(axis["tickvals"], reverse=True) if named and marked and "tickvals" not in layout.get("xaxis", {}) else []


def _labels(figure: dict) -> list[float]:
    """Above which heights a figure of labels over bars or cells may be cut, from the top; [] for another kind."""
    layout = figure["layout"]
    axis = layout.get("yaxis", {})
    if "yaxis2" in layout or axis.get("visible", True) or "scaleanchor" in axis or axis["range"][0] < axis["range"][1]:
        return []
    found = [n for n in layout.get("annotations", ()) if n.get("yanchor") == "bottom" and n.get("yref") == "y" and n["x"] == 0]
    out, before = [], ""
    for note in found:
        if not before.startswith("<b>"):
            out.append(note["y"] - LABEL)
        before = note["text"]
    return out


def _edges(figure: dict) -> list[float]:
    """Where a column may begin, in order down the figure."""
    rows = _rows(figure)
    if not rows:
        return _labels(figure)
    marked = {y for t in figure["data"] for y in t["y"] if y is not None}
    # A heading has no mark: no column ends with one.
    return [(a + b) / 2 for a, b in pairwise(rows) if a in marked]


def _cuts(figure: dict, columns: int) -> list[float]:
    """The upper edge of each column and the lower edge of the last, about equally far apart."""
    first, last = figure["layout"]["yaxis"]["range"][1], figure["layout"]["yaxis"]["range"][0]
    edges, cuts = _edges(figure), [first]
    for i in range(1, columns):
        wanted = first + (last - first) * i / columns
        cuts.append(min(edges, key=lambda e: abs(e - wanted)))
    return [*dict.fromkeys(cuts), last]
