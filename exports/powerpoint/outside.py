"""Which places of a funnel are named: those beyond its outermost limits, the farthest first, each where it covers no other."""

from bisect import bisect_left
from math import log10

from exports.powerpoint.house import Box
from exports.powerpoint.panel import Panel, Point, Series
from exports.powerpoint.text import width

MOST = 8
SIDES = ("r", "l", "t", "b")
DOT = 6.0
"""Points from a dot to its name."""
Ends = tuple[float, float]
Area = tuple[float, float, float, float]


def named(panel: Panel, names: dict[str, str], plot: Box, ends: tuple[Ends, Ends], size: float) -> dict[str, str]:
    """Entity -> side of its dot on which its name stands. `ends`: of the axes; `plot`: of the chart in inches.

    At most MOST; nothing where the panel has no limits.
    """
    if not panel.x.log:
        return {}
    curves = [s for s in panel.series if s.lines]
    every = [p for s in panel.series if not s.lines for p in s.points if p and p.entity in names]
    far = sorted(((away, p.entity, p) for p in every if (away := _away(p, curves)) > 0), reverse=True)
    marked = {(n.x, n.y) for n in panel.notes}
    dots = {entity: _dot(_at(p, plot, ends)) for _far, entity, p in far}
    placed: list[Area] = []
    out: dict[str, str] = {}
    for _far, entity, point in far:
        if len(out) == MOST:
            break
        if entity in out or any(n[0] is not None and abs(10 ** n[0] - point.x) < 0.5 and n[1] == point.y for n in marked):
            continue
        others = [area for other, area in dots.items() if other != entity]
        at = _at(point, plot, ends)
        # A name that begins at its dot may lie over another one: it is still read as its own. None lies over another name.
        free = _placed(at, names[entity], size, plot, [*placed, *others])
        found = free or _placed(at, names[entity], size, plot, placed, SIDES[:1])
        if found:
            out[entity] = found[0]
            placed.append(found[1])
    return out


def _away(point: Point, curves: list[Series]) -> float:
    """How far a dot lies beyond the outermost limits at its size, as a part of their width; 0 inside them."""
    values = [v for c in curves if (v := _height(c, float(point.x))) is not None]
    if len(values) < 2:
        return 0.0
    low, high = min(values), max(values)
    return max(float(point.y) - high, low - float(point.y), 0.0) / max(high - low, 1e-9)


def _height(of: Series, x: float) -> float | None:
    """A curve's height at a place of the log axis."""
    points = [p for p in of.points if p]
    i = bisect_left([p.x for p in points], x)
    if i == 0 or i == len(points):
        end = points[0 if i == 0 else -1]
        return float(end.y) if abs(end.x - x) < 0.5 else None
    a, b = points[i - 1], points[i]
    part = (log10(x) - log10(a.x)) / (log10(b.x) - log10(a.x))
    return float(a.y) + part * float(b.y - a.y)


def _at(point: Point, plot: Box, ends: tuple[Ends, Ends]) -> tuple[float, float]:
    """Where a dot stands, in points from the plot's upper left corner."""
    (low, high), (foot, head) = ends
    across = (log10(point.x) - log10(low)) / (log10(high) - log10(low))
    return 72 * plot.w * across, 72 * plot.h * (head - float(point.y)) / (head - foot)


def _dot(at: tuple[float, float]) -> Area:
    return at[0] - DOT / 2, at[1] - DOT / 2, at[0] + DOT / 2, at[1] + DOT / 2


def _placed(at: tuple[float, float], name: str, size: float, plot: Box, placed: list[Area], sides: tuple = SIDES) -> tuple | None:
    """The first side on which a name lies in the plot and on nothing placed, and its area; None where there is none."""
    wide, high, (x, y) = 1.06 * width(name, size), 1.25 * size, at
    corners = {"r": (x + DOT, y - high / 2), "l": (x - DOT - wide, y - high / 2),
               "t": (x - wide / 2, y - DOT - high), "b": (x - wide / 2, y + DOT)}  # fmt: skip
    for side in sides:
        left, top = corners[side]
        area = (left, top, left + wide, top + high)
        inside = area[0] >= 0 and area[1] >= -12 and area[2] <= 72 * plot.w and area[3] <= 72 * plot.h
        if inside and not any(a[0] < area[2] and area[0] < a[2] and a[1] < area[3] and area[1] < a[3] for a in placed):
            return side, area
    return None
