"""What a map stands on: land and county lines, the borders of the R-TAC regions, their names, axes without numbers, a legend."""

from functools import lru_cache

import numpy as np

from components import geography
from components.figures import labels, theme
from components.geography import Box
from components.i18n import _
from components.view import View
from data import registry

WIDTH, TALL, LOW = 700, 540, 300
"""Pixels: the width that heights are reckoned for, the tallest map and the lowest."""
FEW = 16
"""So many counties are named on a map; on one of more, the regions are."""
BORDER = "#5b5b5b"
HALO = ", ".join(["0 0 3px #fff"] * 5)
NOTHING = np.empty((0, 2))


def land(extent: Box) -> dict:
    """The counties of a part of the map as one quiet surface."""
    x: list = []
    y: list = []
    for county in geography.near(extent):
        shape = geography.shapes()[county.fips]
        x += [*shape["x"], None]
        y += [*shape["y"], None]
    line = {"color": "#c9ced6", "width": 0.8}
    return {**_line({"x": x[:-1], "y": y[:-1]}, line), "fill": "toself", "fillcolor": "#fafbfc"}


def borders(view: View, extent: Box) -> list[dict]:
    """The lines between regions, with an entry in the legend where one is in sight; above them the region or county chosen."""
    west, east, south, north = extent
    points = zip(geography.borders()["x"], geography.borders()["y"], strict=True)
    seen = any(x is not None and west < x < east and south < y < north for x, y in points)
    lines = [
        _line(geography.borders(), {"color": "#ffffff", "width": 3.4}),
        {**_line(geography.borders(), {"color": BORDER, "width": 1.4}), "name": _("R-TAC region"), "showlegend": True},
    ]
    lines = lines if seen else []
    about = [geography.outline(r.code) for r in registry.regions if r.code == view.region or r.code in view.place]
    about += [geography.shapes()[registry.county_by_code[view.county].fips]] if view.county else []
    return [*lines, *(_line(shape, {"color": theme.INK, "width": 2.6}) for shape in about)]


def _line(points: dict[str, list], line: dict) -> dict:
    return {"type": "scatter", "mode": "lines", **points, "line": line, "hoverinfo": "skip", "showlegend": False}


def names(extent: Box, mine: set[str], points: np.ndarray = NOTHING) -> dict:
    """The names of the counties in sight where they are few, else of those of the set (`mine`: their codes), else of the regions.

    `points`: x and y of what they should not hide, one row each.
    """
    every = geography.near(extent)
    told = next((found for found in (every, [c for c in every if c.code in mine]) if len(found) <= FEW), None)
    areas = {_(r.name): r.counties for r in registry.regions} if told is None else {c.name: (c.code,) for c in told}
    scale = _height(extent) / (extent[3] - extent[2])
    said = labels.placed(areas, extent, scale, points) if len(points) else _kept(tuple(areas.items()), extent, scale)
    return {
        "type": "scatter",
        "mode": "text",
        "text": [text for text, _x, _y in said],
        "x": [x for _text, x, _y in said],
        "y": [y for _text, _x, y in said],
        "textfont": {"size": 12, "color": theme.INK, "shadow": HALO},
        "hoverinfo": "skip",
        "showlegend": False,
    }


@lru_cache(maxsize=64)
def _kept(areas: tuple[tuple[str, tuple[str, ...]], ...], extent: Box, scale: float) -> list[tuple[str, float, float]]:
    return labels.placed(dict(areas), extent, scale, NOTHING)


def entry(name: str, **marker: object) -> dict:
    """An entry of the legend: a mark that stands nowhere on the map."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [None],
        "y": [None],
        "name": name,
        "hoverinfo": "skip",
        "marker": {"symbol": "square", "size": 13, "line": {"width": 1, "color": theme.PEER}, **marker},
    }


def _height(extent: Box) -> int:
    west, east, south, north = extent
    return round(min(TALL, max(LOW, WIDTH * (north - south) / (east - west))))


def layout(extent: Box, said: str) -> dict:
    """The layout of a map: as tall as its part of California asks, the legend in Nevada's corner or else below."""
    west, east, south, north = extent
    whole = extent == geography.state()
    corner = {"x": 1, "y": 1, "xanchor": "right", "yanchor": "top"}
    below = {"x": 0, "y": 0, "xanchor": "left", "yanchor": "top", "orientation": "h"}
    return theme.layout(
        _height(extent) + theme.TOP + (4 if whole else 60),
        said,
        margin={"l": 0, "r": 0, "t": theme.TOP, "b": 4 if whole else 60},
        showlegend=True,
        legend={
            **(corner if whole else below),
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": 13},
            "bgcolor": "rgba(255,255,255,0)",
        },
        xaxis={"visible": False, "fixedrange": True, "constrain": "domain", "range": [west, east]},
        yaxis={"visible": False, "fixedrange": True, "scaleanchor": "x", "scaleratio": 1, "range": [south, north]},
    )
