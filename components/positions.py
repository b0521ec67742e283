"""Where places lie: positions of a peer set in kilometers, who has none, and the part of California that a map of them shows."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from components import facts, geography
from components.exhibit import Ask
from components.geography import Box

AWAY = 15.0
"""Kilometers outside its counties from which on a place does not widen a map: charter schools may lie far from their district."""
WHOLE = 30
"""A set in more counties than this is drawn on all of California."""
LEAST = 24.0
"""Kilometers that a map shows at least."""


@dataclass(frozen=True)
class Located:
    """Positions beside the rows of a frame: kilometers, NaN where none is known; `own` is false for a middle of schools.

    `drawn` marks the rows inside `extent`.
    """

    x: np.ndarray
    y: np.ndarray
    own: np.ndarray
    drawn: np.ndarray
    extent: Box

    @property
    def known(self) -> np.ndarray:
        return ~np.isnan(self.x)


@lru_cache(maxsize=8)
def _of_level(level: str, ask: Ask) -> pd.DataFrame:
    """Positions by entity; the last row, of no entity, is that of a place that has none."""
    found = ask("positions", level=level)
    x, y = geography.project(found["latitude"].to_numpy(dtype=float), found["longitude"].to_numpy(dtype=float))
    entities = [*found["entity"].astype(str), ""]
    at = {"x": [*x.round(1), np.nan], "y": [*y.round(1), np.nan], "own": [*found["own"].astype(bool), True]}
    return pd.DataFrame(at, index=pd.Index(entities, dtype=object))


def located(frame: facts.Frame, level: str, ask: Ask) -> Located:
    """Where the places of a frame of one level lie, and the part of California that shows them."""
    at, entities = _of_level(level, ask), frame["entity"].tolist()
    rows = at.index.get_indexer(pd.Index(entities, dtype=object))
    x, y, own = (at[column].to_numpy()[rows] for column in at)
    extent = _extent(x, y, sorted({entity[:2] for entity in entities}))
    west, east, south, north = extent
    drawn = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    return Located(x, y, own, drawn, extent)


def _extent(x: np.ndarray, y: np.ndarray, counties: list[str]) -> Box:
    """All California for a set in many counties; else the places in and near their counties, with some air."""
    if len(counties) > WHOLE:
        return geography.state()
    west, east, south, north = geography.box(tuple(counties))
    near = (x > west - AWAY) & (x < east + AWAY) & (y > south - AWAY) & (y < north + AWAY)
    if not near.any():
        return geography.padded((west, east, south, north))
    return geography.padded((x[near].min(), x[near].max(), y[near].min(), y[near].max()), 0.05, LEAST)
