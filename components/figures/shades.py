"""Five classes of one blue with about equally many ranked places each: their bounds, their names, and the class of a rate."""

from itertools import pairwise

import numpy as np

from components import facts, units
from components.i18n import _

CLASSES = 5
ALONE = 3
"""The shade of all ranked places where they are too few for classes."""


def bounds_of(frame: facts.Frame) -> list[float]:
    """Six bounds of five classes with about equally many ranked places, as round as still parts them; [] for too few."""
    rates = frame.loc[frame["ranked"], "rate"].astype(float)
    if len(rates) < CLASSES:
        return []
    for places in (0, 1, 2):
        cuts = [round(float(c), places) for c in rates.quantile([0.2, 0.4, 0.6, 0.8])]
        bounds = [min(0.0, float(rates.min())), *cuts, float(rates.max()) + 10.0**-places]
        if all(low < high for low, high in pairwise(bounds)):
            return bounds
    return []


def classes_of(rates: np.ndarray, bounds: list[float]) -> np.ndarray:
    """0 (lowest) to 4 for each rate; ALONE for each where there are no bounds."""
    if not bounds:
        return np.full(len(rates), ALONE)
    return np.searchsorted(np.asarray(bounds[1:-1]), rates, side="right")


def class_of(rate: float, bounds: list[float]) -> int:
    """The class of one rate."""
    return int(classes_of(np.array([rate]), bounds)[0])


def class_names(bounds: list[float], unit: str) -> list[str]:
    """The classes in words, lowest first."""
    out = []
    for i, (low, high) in enumerate(pairwise(bounds)):
        values = {"low": f"{low:g}", "least": f"{low:g}{units.UNITS[unit].axis}", "high": f"{high:g}{units.UNITS[unit].axis}"}
        out.append(
            _("under %(high)s") % values
            if i == 0
            else _("%(least)s or more") % values
            if i == len(bounds) - 2
            else _("%(low)s to under %(high)s") % values
        )
    return out
