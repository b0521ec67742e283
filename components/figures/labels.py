"""Where names stand on a map: inside their counties, as far as may be from borders and from points."""

from functools import cache
from itertools import pairwise

import numpy as np

from components import geography
from components.figures import theme
from components.geography import Box

LETTER, LINE = 6.6, 15
"""Pixels of a letter and of a line of a name."""
CELL = 6
"""Pixels: points closer together are one obstacle."""
TRIED = 90
"""So many spots are tried for a name."""
FAR = 3
"""Halves of a name's size from which on a point does not matter."""
STEP = 4.0
"""Kilometers between two points of a border."""


def placed(areas: dict[str, tuple[str, ...]], extent: Box, scale: float, points: np.ndarray) -> list[tuple[str, float, float]]:
    """Each name of `areas` (name -> counties) over its lines, with the spot in `extent` where it hides least.

    `scale`: pixels a kilometer. `points`: x and y of what should not be hidden, one row each.
    """
    west, east, south, north = extent
    cell = CELL / scale
    # One number a cell: unique rows of two columns take ten times as long.
    cells = np.unique(np.round(points @ [1, 0] / cell) * 1e5 + np.round(points @ [0, 1] / cell))
    crowd = np.column_stack(np.divmod(cells + 5e4, 1e5)) * cell - [0, 5e4 * cell]
    out = []
    for name, counties in areas.items():
        text = theme.wrapped(name, 11)
        lines = text.split("<br>")
        half = max(map(len, lines)) * LETTER / 2 / scale, len(lines) * LINE / 2 / scale
        spots = geography.spots(counties)
        spots = spots[:: len(spots) // TRIED + 1]
        low, high = np.array((west, south)) + half, np.array((east, north)) - half
        seen = spots[((spots > low) & (spots < high)).all(axis=1)]
        if len(seen):
            room = np.minimum(_room(seen, _border(counties), half), _room(seen, _near(crowd, seen, half), half))
            x, y = seen[int(room.argmax())]
            out.append((text, round(float(x), 1), round(float(y), 1)))
    return out


def _near(things: np.ndarray, spots: np.ndarray, half: tuple[float, float]) -> np.ndarray:
    """Those of the things that a name at one of the spots could come near to."""
    low, high = spots.min(axis=0) - FAR * np.array(half), spots.max(axis=0) + FAR * np.array(half)
    return things[((things > low) & (things < high)).all(axis=1)]


def _room(spots: np.ndarray, things: np.ndarray, half: tuple[float, float]) -> np.ndarray:
    """How far each spot is from the nearest thing, in halves of the name's width and height: over 1 the name covers none."""
    if not len(things):
        return np.full(len(spots), np.inf)
    away = np.abs(spots[:, None, :] - things[None, :, :]) / np.array(half)
    return np.minimum(away.max(axis=2).min(axis=1), FAR)


@cache
def _border(counties: tuple[str, ...]) -> np.ndarray:
    """Points along the rings of the counties that no two of them share."""
    edges: dict[frozenset, int] = {}
    for county in counties:
        for ring in geography.rings(county):
            for edge in map(frozenset, pairwise(ring)):
                edges[edge] = edges.get(edge, 0) + 1
    out = []
    for edge, times in edges.items():
        if times == 1 and len(edge) == 2:
            a, b = (np.array(end) for end in edge)
            parts = max(1, round(float(np.hypot(*(b - a))) / STEP))
            out += [a + (b - a) * i / parts for i in range(parts)]
    return np.array(out)
