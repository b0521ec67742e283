"""Similar places: the nearest in the characteristics of the recipe, standardized among places of the same kind. No outcomes.

The same list from the same build always: the recipe knows no year, indicator or group, and equal distances go by code.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from components import recipe
from components.exhibit import Ask, Unanswerable
from components.i18n import _
from components.recipe import CHARACTERISTICS, Characteristic
from queries.kept import Kept

LEVELS = ("county", "district", "school")
COUNT = 10
SHARES = ("disadvantaged", "english_learners", "disabilities", "homeless", "foster")
SOURCES = ("chronic_absenteeism_rate", "suspension_rate")
"""Whose counted students describe a place that the school list does not: the first that the build has."""
EDGE = 0.01
"""Means and spreads are of values cut at the outer percent of either side: one odd place does not make all others alike."""
KNOWN = 0.4
"""Places are compared when at least this share of the weights, of what the build has at all, is of what both have."""


@dataclass(frozen=True)
class Pool:
    """The places of one level, in the order of their codes. `kind`: only places of one kind are set beside each other.

    `values`: column -> one float a place, NaN where unknown. `listed`: whether they are of the school list, or of the census
    days of `years` where that gives none; else of an outcome's file of `years`. `counted`: the students of `high_school_share`.
    """

    entities: np.ndarray
    kind: np.ndarray
    values: dict[str, np.ndarray]
    locale: np.ndarray
    grades: list[str]
    listed: bool
    years: tuple[int, ...]


@dataclass(frozen=True)
class Similar:
    """The places nearest to one. `distances` are in standard deviations; `rows`: where they stand in the pool."""

    entity: str
    peers: tuple[str, ...]
    distances: tuple[float, ...]
    rows: tuple[int, ...]
    pool: Pool
    compared: int


_pools = Kept(8)
_found = Kept(64)


def nearest(entity: str, level: str, text: str, ask: Ask) -> Similar:
    """The ten places most like one. `text`: weights as in the URL. Raises Unanswerable where too little is known."""
    return _found.get((ask, entity, level, text), lambda: _nearest(entity, level, recipe.weights(text), ask))


def pool_of(level: str, ask: Ask) -> Pool:
    """The characteristics of every open place of a level. Raises Unanswerable where the build has none."""
    if level not in LEVELS:
        raise Unanswerable(_("Similar places are found for counties, districts and schools. Choose one of them."))
    return _pools.get((ask, level), lambda: _pool(level, ask))


def _nearest(entity: str, level: str, weights: dict[str, int], ask: Ask) -> Similar:
    pool = pool_of(level, ask)
    at = np.flatnonzero(pool.entities == entity)
    if not len(at):
        raise Unanswerable(_("This place is closed, so no similar places are looked for."))
    mine = int(at[0])
    same = np.flatnonzero(pool.kind == pool.kind[mine])
    distance, known = distances(pool, mine, same, weights)
    held = sum(weights[c.key] for c in CHARACTERISTICS if has(c, pool))
    fit = (known > 0) & (known >= KNOWN * held) & (same != mine)
    if not fit.any():
        raise Unanswerable(_too_little(float(pool.values["enrollment"][mine])))
    same, distance = same[fit], np.round(distance[fit], 9)
    order = np.lexsort((pool.entities[same], distance))[:COUNT]
    rows = same[order]
    return Similar(
        entity,
        tuple(str(e) for e in pool.entities[rows]),
        tuple(float(d) for d in distance[order]),
        (mine, *(int(r) for r in rows)),
        pool,
        len(same),
    )


def _too_little(size: float) -> str:
    """Why no place can be set beside one: a sentence. `size`: the logarithm of its students, NaN where unknown."""
    if size != size:
        return _("No enrollment of %(n)s students or more is known of this place, so no similar places can be found.") % {
            "n": recipe.LEAST
        }
    if np.exp(size) < recipe.LARGE - 0.5:
        text = _(
            "Too little may be shown of so small a place to find similar ones: under %(large)s students, a student group of "
            "under %(least)s, or all but under %(least)s, is left out to protect students."
        )
        return text % {"large": recipe.LARGE, "least": recipe.LEAST}
    return _("Too little is known of this place to find similar ones: no other place has enough of the same characteristics.")


def findable(entity: str, level: str, text: str, ask: Ask) -> bool:
    """Whether a place has similar places."""
    if level not in LEVELS:
        return False
    try:
        return bool(nearest(entity, level, text, ask).peers)
    except Unanswerable:
        return False


def has(characteristic: Characteristic, pool: Pool) -> bool:
    """Whether the build knows a characteristic of any place of the level."""
    if characteristic.kind == "same":
        return bool((pool.locale != "").any())
    return any((~np.isnan(pool.values[c])).any() for c in characteristic.columns)


def distances(pool: Pool, mine: int, same: np.ndarray, weights: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """From one place to others of its kind: root of the weighted mean of squared differences, and the weight that was known."""
    total, known = np.zeros(len(same)), np.zeros(len(same))
    for characteristic in CHARACTERISTICS:
        weight = weights[characteristic.key]
        squared = _squared(characteristic, pool, mine, same) if weight else np.full(len(same), np.nan)
        there = ~np.isnan(squared)
        total += np.where(there, weight * squared, 0)
        known += np.where(there, weight, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.sqrt(total / known), known


def _squared(characteristic: Characteristic, pool: Pool, mine: int, same: np.ndarray) -> np.ndarray:
    """Squared differences in one characteristic, the mean of its columns; NaN where one of the two is unknown."""
    if characteristic.kind == "same":
        here, others = pool.locale[mine], pool.locale[same]
        return np.where((others == "") | (here == ""), np.nan, (others != here).astype(float))
    parts = []
    for column in characteristic.columns:
        values = pool.values[column]
        difference = (values[same] - values[mine]) / spread(values[same])
        parts.append(difference**2)
    there = np.array(parts)
    count = (~np.isnan(there)).sum(axis=0)
    return np.where(count > 0, np.nansum(there, axis=0) / np.maximum(count, 1), np.nan)


def spread(values: np.ndarray) -> float:
    """The standard deviation of what is known, cut at the outer percent of either side; 1 where all are equal or unknown."""
    known = values[~np.isnan(values)]
    if len(known) < 2:
        return 1.0
    cut = np.clip(known, *np.quantile(known, [EDGE, 1 - EDGE]))
    return float(np.std(cut)) or float(np.std(known)) or 1.0


def _pool(level: str, ask: Ask) -> Pool:
    every = ask("years")
    held = set(every.loc[every["level"].astype(str) == level, "indicator"].astype(str))
    source = next((s for s in SOURCES if s in held), SOURCES[0])
    frame = ask("characteristics", level=level, indicator=source)
    listed = bool(frame["enrollment"].notna().any())
    numbers = {str(c): frame[c].to_numpy(dtype=float, na_value=np.nan) for c in frame if c not in WORDS}
    students = numbers["enrollment" if listed else "students"]
    shares = {f"{name}_share": numbers[f"{name}_share"] if listed else recipe.coarse(numbers[name], students) for name in SHARES}
    grades = [
        f"{low}–{high}" if low and high else ""
        for low, high in zip(_words(frame, "low_grade"), _words(frame, "high_grade"), strict=True)
    ]
    years = numbers["census_year" if listed else "year"][~np.isnan(students)]
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(students >= recipe.LEAST, np.log(students), np.nan)
    return Pool(
        entities=np.array(_words(frame, "entity"), dtype=object),
        kind=np.array(
            [" ".join(k) for k in zip(_words(frame, "school_level"), _words(frame, "dass"), strict=True)], dtype=object
        ),
        values={
            "enrollment": size,
            "low_grade": np.array([grade(g) for g in _words(frame, "low_grade")]),
            "high_grade": np.array([grade(g) for g in _words(frame, "high_grade")]),
            "high_school_share": recipe.coarse(numbers["high_school"], numbers["students"])
            if level != "school"
            else np.full(len(frame), np.nan),
            **shares,
            "counted": numbers["students"],
        },
        locale=np.array(_words(frame, "locale"), dtype=object),
        grades=grades,
        listed=listed,
        years=tuple(sorted({int(y) for y in years if y == y})),
    )


WORDS = ("entity", "school_level", "dass", "low_grade", "high_grade", "locale")


def _words(frame: pd.DataFrame, column: str) -> list[str]:
    return ["" if pd.isna(v) else str(v) for v in frame[column]]


def grade(text: str) -> float:
    """A grade as a number: K is 0, TK and PK lie before it; NaN for anything else."""
    before = {"K": 0.0, "TK": -1.0, "PK": -1.0}
    return before[text] if text in before else float(text) if text.isdigit() else float("nan")
