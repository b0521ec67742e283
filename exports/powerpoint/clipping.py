"""What lies outside a map's frame is cut off: a slide has no window that hides it. Points are (x, y) in inches."""

from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float]
Ring = list[Point]


class Edges(NamedTuple):
    """The frame."""

    left: float
    top: float
    right: float
    bottom: float

    def inside(self, point: Point) -> bool:
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def area(self, ring: Ring) -> list[Ring]:
        """A ring cut by the four edges one after the other (Sutherland and Hodgman); [] where nothing is left."""
        if all(map(self.inside, ring)):
            return [ring]
        for axis, edge, sign in ((0, self.left, 1), (0, self.right, -1), (1, self.top, 1), (1, self.bottom, -1)):
            kept: Ring = []
            for a, b in pairwise([*ring[-1:], *ring]):
                if (sign * (a[axis] - edge) >= 0) != (sign * (b[axis] - edge) >= 0):
                    kept.append(_between(a, b, (edge - a[axis]) / (b[axis] - a[axis])))
                if sign * (b[axis] - edge) >= 0:
                    kept.append(b)
            ring = kept
        return [ring] if len(ring) > 2 else []

    def line(self, points: Ring) -> list[Ring]:
        """The parts of a line that lie in the frame."""
        if all(map(self.inside, points)):
            return [points]
        out: list[Ring] = [[]]
        for a, b in pairwise(points):
            part = self._part(a, b)
            if part is None:
                out.append([])
                continue
            if not out[-1] or out[-1][-1] != part[0]:
                out.append([part[0]])
            out[-1].append(part[1])
        return [ring for ring in out if len(ring) > 1]

    def _part(self, a: Point, b: Point) -> tuple[Point, Point] | None:
        """The part of a segment in the frame (Liang and Barsky)."""
        start, end = 0.0, 1.0
        for axis, low, high in ((0, self.left, self.right), (1, self.top, self.bottom)):
            step = b[axis] - a[axis]
            if not step:
                if not low <= a[axis] <= high:
                    return None
                continue
            first, last = sorted(((low - a[axis]) / step, (high - a[axis]) / step))
            start, end = max(start, first), min(end, last)
        if start >= end:
            return None
        return (a if not start else _between(a, b, start)), (b if end == 1 else _between(a, b, end))


def _between(a: Point, b: Point, part: float) -> Point:
    return a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])
