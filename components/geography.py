"""California on a plane: the projection, the shapes of the counties in it, and the outlines of the R-TAC regions.

Everything is in kilometers of the California Albers projection, as `figures/counties.json` has it. Nothing is drawn here.
"""

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from data import registry

SHAPES = Path(__file__).parent / "figures" / "counties.json"
RADIUS = 6371.0
"""Kilometers; a sphere, as the shapes were made with. To an ellipsoid it is at most 17 km, the same for shapes and points."""
PARALLELS, MERIDIAN = (34.0, 40.5), -120.0
"""Of the California Albers projection (EPSG:3310); here without its false northing."""
SPOTS = 14
"""Into so many parts a county's width and height are divided to find places for a name."""
Line = list[tuple[float, float]]
Edge = frozenset[tuple[float, float]]
Box = tuple[float, float, float, float]


def project(latitude: np.ndarray, longitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Degrees -> kilometers east of the meridian 120 degrees west, and north of the equator."""
    south, north = np.radians(PARALLELS)
    n = (np.sin(south) + np.sin(north)) / 2
    c = np.cos(south) ** 2 + 2 * n * np.sin(south)
    rho = RADIUS / n * np.sqrt(c - 2 * n * np.sin(np.radians(latitude)))
    theta = n * np.radians(np.asarray(longitude) - MERIDIAN)
    return rho * np.sin(theta), RADIUS / n * np.sqrt(c) - rho * np.cos(theta)


@cache
def shapes() -> dict[str, dict[str, list]]:
    """FIPS -> x and y, rings parted by None."""
    return json.loads(SHAPES.read_text(encoding="utf-8"))["shapes"]


@cache
def rings(county: str) -> tuple[Line, ...]:
    """The closed rings of a county by its two-digit code, the mainland and the islands."""
    shape = shapes()[registry.county_by_code[county].fips]
    out: list[Line] = [[]]
    for x, y in zip(shape["x"], shape["y"], strict=True):
        if x is None:
            out.append([])
        else:
            out[-1].append((x, y))
    return tuple(out)


def inside(county: str, x: float, y: float) -> bool:
    """Whether a point lies in a county: a ray to the east crosses its rings an odd number of times."""
    crossed = 0
    for ring in rings(county):
        for (ax, ay), (bx, by) in pairwise(ring):
            if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                crossed += 1
    return crossed % 2 == 1


@cache
def box(counties: tuple[str, ...]) -> Box:
    """West, east, south and north of some counties together."""
    points = [point for county in counties for ring in rings(county) for point in ring]
    x, y = zip(*points, strict=True)
    return min(x), max(x), min(y), max(y)


def state() -> Box:
    """The box of all California."""
    return box(tuple(c.code for c in registry.counties))


def near(extent: Box) -> list[registry.County]:
    """The counties that a part of a map may show."""
    west, east, south, north = extent
    boxes = {c: box((c.code,)) for c in registry.counties}
    return [c for c, (w, e, s, n) in boxes.items() if w <= east and e >= west and s <= north and n >= south]


def padded(box: Box, part: float = 0.03, least: float = 0.0) -> Box:
    """A box with some air around, a part of its longer side; each side at least so many kilometers long."""
    west, east, south, north = box
    air = part * max(east - west, north - south)
    x, y = (max(0.0, (least - (b - a)) / 2 - air) for a, b in ((west, east), (south, north)))
    return west - air - x, east + air + x, south - air - y, north + air + y


@cache
def _edges() -> dict[Edge, tuple[str, ...]]:
    """Every edge of the shapes with the regions of the counties that have it: neighbors share their edges point by point."""
    found: dict[Edge, list[str]] = {}
    for county in registry.counties:
        for ring in rings(county.code):
            for a, b in pairwise(ring):
                if a != b:
                    found.setdefault(frozenset((a, b)), []).append(county.region)
    return {edge: tuple(regions) for edge, regions in found.items()}


@cache
def borders() -> dict[str, list]:
    """The lines between counties of different regions, as x and y parted by None."""
    return _drawn([edge for edge, regions in _edges().items() if len(set(regions)) > 1])


@cache
def outline(region: str) -> dict[str, list]:
    """The outline of a region: the edges that only one of its counties has. As x and y parted by None."""
    return _drawn([edge for edge, regions in _edges().items() if regions.count(region) == 1])


@cache
def spots(counties: tuple[str, ...]) -> np.ndarray:
    """Points inside some counties, a few in each, as an array of x and y: where a name may stand."""
    out = []
    for county in counties:
        west, east, south, north = box((county,))
        for i in range(1, SPOTS):
            for j in range(1, SPOTS):
                x, y = west + (east - west) * i / SPOTS, south + (north - south) * j / SPOTS
                out += [(x, y)] if inside(county, x, y) else []
    return np.array(out)


def _drawn(edges: list[Edge]) -> dict[str, list]:
    """Edges joined to lines as long as they go, each with its points in order."""
    at: dict[tuple[float, float], list[Edge]] = {}
    for edge in edges:
        for point in edge:
            at.setdefault(point, []).append(edge)
    left = dict.fromkeys(edges)
    x: list[float | None] = []
    y: list[float | None] = []
    # Ends first: a line that is begun in its middle would be drawn in two.
    for start in sorted(at, key=lambda point: (len(at[point]) % 2 == 0, point)):
        while any(edge in left for edge in at[start]):
            for px, py in _walk(start, at, left):
                x.append(px)
                y.append(py)
            x.append(None)
            y.append(None)
    return {"x": x[:-1], "y": y[:-1]}


def _walk(start: tuple[float, float], at: dict, left: dict[Edge, None]) -> Line:
    line, here = [start], start
    while edge := next((e for e in at[here] if e in left), None):
        del left[edge]
        here = next(point for point in edge if point != here)
        line.append(here)
    return line
