"""Makes components/figures/counties.json: outlines in kilometers, simplified so that neighbors still share their edges.

    python -m tools.county_shapes counties.geojson
The file: GeoJSON in degrees, one feature a county, `id` its FIPS code, neighbors with the same points on their common edges, as
decoded from the topology us-atlas 3.0.1 (npm, ISC license). Each stretch of line between two junctions is simplified once for
both sides: were it done ring by ring, neighbors would overlap and no outline of a region could be found.
"""

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from components import geography

TOLERANCE = 0.8
"""Kilometers: about one pixel of a map of the state."""
LEAST = 4
"""Points of a closed ring; a smaller island is left out."""
NOTE = (
    "County outlines of the U.S. Census Bureau by way of us-atlas 3.0.1 (ISC license), in kilometers of the California Albers "
    "projection, simplified by tools/county_shapes.py."
)
Point = tuple[float, float]


def read(path: Path) -> dict[str, list[list[Point]]]:
    """FIPS -> closed rings in degrees."""
    out = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        of = feature["geometry"]
        polygons = [of["coordinates"]] if of["type"] == "Polygon" else of["coordinates"]
        out[feature["id"]] = [[tuple(p) for p in ring] for polygon in polygons for ring in polygon]
    return dict(sorted(out.items()))


def junctions(counties: dict[str, list[list[Point]]]) -> set[Point]:
    """The points where lines of different counties meet or part: those with other than two neighbors, or a change of owners."""
    owners: dict[frozenset[Point], set[str]] = {}
    edges: dict[Point, set[frozenset[Point]]] = {}
    for fips, rings in counties.items():
        for ring in rings:
            for a, b in pairwise(ring):
                edge = frozenset((a, b))
                owners.setdefault(edge, set()).add(fips)
                for point in (a, b):
                    edges.setdefault(point, set()).add(edge)
    return {point for point, at in edges.items() if len(at) != 2 or len({frozenset(owners[e]) for e in at}) > 1}


def stretches(ring: list[Point], junction: set[Point]) -> Iterator[list[Point]]:
    """A ring cut at its junctions; a ring without any (an island) is cut at its lowest point and the one farthest from it."""
    points = ring[:-1]
    at = [i for i, p in enumerate(points) if p in junction]
    if len(at) < 2:
        first = at[0] if at else points.index(min(points))
        far = max(range(len(points)), key=lambda i: np.hypot(*np.subtract(points[i], points[first])))
        at = sorted({first, far})
    for a, b in zip(at, [*at[1:], at[0] + len(points)], strict=True):
        yield [points[i % len(points)] for i in range(a, b + 1)]


def simplified(line: list[Point]) -> list[Point]:
    """Douglas and Peucker's line, in kilometers, always begun at the same end: both neighbors get the same points."""
    turned = line[0] > line[-1]
    longitude, latitude = np.array(line[::-1] if turned else line).T
    points = np.column_stack(geography.project(latitude, longitude))
    kept = points[_keep(points)].round(1)
    out = [(float(x), float(y)) for x, y in kept]
    return out[::-1] if turned else out


def _keep(points: np.ndarray) -> np.ndarray:
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    open_ = [(0, len(points) - 1)]
    while open_:
        a, b = open_.pop()
        if b - a < 2:
            continue
        along = points[b] - points[a]
        away = points[a + 1 : b] - points[a]
        length = np.hypot(*along)
        far = np.abs(along[0] * away[:, 1] - along[1] * away[:, 0]) / length if length else np.hypot(*away.T)
        i = a + 1 + int(far.argmax())
        if far.max() > TOLERANCE:
            keep[i] = True
            open_ += [(a, i), (i, b)]
    return keep


def shape(rings: list[list[Point]], junction: set[Point]) -> dict[str, list]:
    """The rings of one county as x and y, parted by None."""
    x: list[float | None] = []
    y: list[float | None] = []
    for ring in rings:
        line = [p for part in stretches(ring, junction) for p in simplified(part)[:-1]]
        line = [p for p, before in zip(line, [None, *line], strict=False) if p != before]
        if len(line) < LEAST - 1:
            continue
        if x:
            x.append(None)
            y.append(None)
        closed = [*line, line[0]]
        x += [p[0] for p in closed]
        y += [p[1] for p in closed]
    return {"x": [_short(v) for v in x], "y": [_short(v) for v in y]}


def _short(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def main(path: Path) -> None:
    counties = read(path)
    junction = junctions(counties)
    shapes = {fips: shape(rings, junction) for fips, rings in counties.items()}
    text = json.dumps({"note": NOTE, "shapes": shapes}, separators=(",", ":"))
    geography.SHAPES.write_text(text + "\n", encoding="utf-8")
    print(f"{len(shapes)} counties, {sum(len(s['x']) for s in shapes.values())} points, {len(text):,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
