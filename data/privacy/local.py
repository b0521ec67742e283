"""Protects the counts of one LEA when they are published: rounds them, attacks them, hides what fails, or refuses."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data.privacy import rounding, shares
from data.privacy.attack import LEAST_WIDTH, Attack, Found, earlier
from data.privacy.cube import KEYS, Numbers, school_year
from data.privacy.propagate import CLOSE, Contradiction
from data.privacy.rounding import FEWEST
from data.privacy.system import FAR

MOST_ROUNDS = 40
PATIENCE = 5
"""After so many rounds twice as many numbers are hidden at once for a cell that still fails."""


class Unsafe(RuntimeError):
    """A publication would tell a hidden number, and was not made. The text is a sentence."""


def protect(
    travel: pd.DataFrame, secret: bytes, before: Sequence[pd.DataFrame] = (), public: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, dict]:
    """The protected cells (KEYS, value, status, year) of travel cells (KEYS, value; null is hidden), and what the attack found.

    `before`: the protected cells of the last publications. `public`: what CDE's rows say (data/local/public.py). Shown counts are
    rounded; where the attacker gets a hidden one to fewer than five possibilities, a number that helped is hidden as well, until
    none fails; days become shares. Raises Unsafe when that does not end, or when the numbers contradict each other. Insiders whom
    earlier numbers mislead that a recount made wrong may be left with a narrow range when nothing more can be hidden: counted in
    the report.
    """
    travel = travel.sort_values(list(KEYS), ignore_index=True)  # the same cells get the same answer, in whatever order they come
    exact = travel["value"].astype("Float64").to_numpy(float, na_value=np.nan)
    rounded = rounding.rounded(travel, secret)
    attack = Attack(travel, public, [_still_true(travel, old, exact, rounded) for old in before])
    shown = attack.closed(rounded)
    patched = np.zeros(len(travel), bool)
    for turn in range(MOST_ROUNDS):
        try:
            found = attack.run(shown, patched)
            failing, asked = _asked(attack, found, shown, patched, exact)
        except Contradiction:
            raise Unsafe("The counts contradict each other and were not published. Count again from the files.") from None
        weak = culprits(found, shown, attack.cube.plain, asked, 2 ** (turn // PATIENCE))
        if asked and not weak.any():
            weak = _around(travel, asked, shown, attack.cube.plain)
        if not weak.any():
            if failing:
                break
            report = _report(attack, found, shown, exact, patched, turn) | {"insiders_narrow": len(asked)}
            return _protected(travel, shares.shown(attack.cube, shown), found), report
        patched |= weak
        shown = np.where(weak, np.nan, shown)
    raise Unsafe(
        "A hidden count could be worked out from what would be shown, whatever else is hidden. Nothing was published. Please "
        "tell us, with the program's version and without the numbers."
    )


def _still_true(travel: pd.DataFrame, old: pd.DataFrame, exact: Numbers, rounded: Numbers) -> pd.DataFrame:
    """An earlier publication without the numbers that this count has made wrong: who believes one is misled."""
    before = earlier(travel, old)
    wrong = ~np.isnan(before) & ~np.isnan(exact) & (before != rounded)
    return travel[list(KEYS)].assign(value=pd.array(np.where(wrong, np.nan, before), dtype="Float64"))


def _asked(attack: Attack, found: Found, shown: Numbers, patched: Numbers, exact: Numbers) -> tuple[int, list[Numbers]]:
    """What must be known less well, each as cells that hang together: hidden cells that fail (so many, first), then districts and
    their schools where an insider of one learns of another.

    Where CDE's rows, earlier publications and being hidden hold a cell to less than five possibilities without any number of this
    publication, ours must only not hold it to less than they do.
    """
    dark = np.isnan(shown) & found.targets
    rows = insiders(attack, found)
    learns = learnt(rows, dark, exact, found)
    told, failing = learns < LEAST_WIDTH, found.failing
    if told.any() or len(failing):
        without = attack.run(shown, patched, blind=True)
        told &= learns < learnt(rows, dark, exact, without)
        failing = failing[found.width[failing] < without.width[failing]]
    weak = [rows[i] for i in np.flatnonzero(told)]
    rows_of = [row[: None if np.isnan(shown[row[0]]) else 1] for row in weak]
    return len(failing), [failing[[i]] for i in range(len(failing))] + rows_of


def _around(travel: pd.DataFrame, asked: list[Numbers], shown: Numbers, plain: Numbers) -> Numbers:
    """All that is shown of the asked cells' facts at their places: hidden where no single number explains what fails."""
    near = pd.MultiIndex.from_arrays([travel["fact"], travel["entity"]])
    return near.isin(near[np.concatenate(asked)]) & ~np.isnan(shown) & ~plain


def _protected(travel: pd.DataFrame, shown: Numbers, found: Found) -> pd.DataFrame:
    out = pd.DataFrame({key: travel[key] for key in KEYS})
    out["value"] = pd.array(shown, dtype="Int64")
    out["status"] = np.where(np.isnan(shown), "withheld", "published")
    out["year"] = np.array([school_year(int(month)) for month in out["month"]], np.int64)
    # What the contacts tell by themselves is not asked (attack.py): no row, "not published".
    return out.loc[~found.contacts_tell].reset_index(drop=True)


def _report(attack: Attack, found: Found, shown: Numbers, exact: Numbers, patched: Numbers, turns: int) -> dict:
    """What goes into the manifest: counts of cells and shares, nothing of any cell."""
    off = np.abs(np.where(attack.cube.plain, np.nan, shown) - exact)
    return {
        "cells": len(shown),
        "hidden": int(np.isnan(shown).sum()),
        "hidden_more": int(patched.sum()),
        "not_asked": int(found.contacts_tell.sum()),
        "rounds": turns + 1,
        "narrow_without_us": len(found.failing),
        "ten_wide": round(found.wide_share, 4),
        "mean_rounding": round(float(np.nanmean(off)), 2) if (~np.isnan(off)).any() else 0.0,
    }


def culprits(found: Found, shown: Numbers, plain: Numbers, asked: list[Numbers], most: int = 1) -> Numbers:
    """For each of the asked the smallest shown number in the nearest rows that bound it, or so many: without it they say less.

    Nothing, where the search finds none: what misleads are often earlier numbers that are no more true.
    """
    out = np.zeros(len(shown), bool)
    if not asked:
        return out
    solver = found.solver
    low, high = solver.padded(found.low, 0), solver.padded(found.high, FAR)
    floor, ceiling = solver.implied(low, high, found.unused)
    low, high = low[solver.cell], high[solver.cell]
    # In whole students, as bounds are.
    tight = (low > 0) & (np.ceil(floor - CLOSE) >= low) | (np.floor(ceiling + CLOSE) <= high)
    for cells in asked:
        near = np.zeros(len(shown) + solver.more, bool)
        wider = near.copy()
        wider[cells] = True
        while wider.sum() > near.sum():
            near = wider.copy()
            help_ = np.flatnonzero(near[: len(shown)] & ~np.isnan(shown) & ~plain)
            if len(help_):
                if not out[help_].any():  # else one that is hidden already for another cell helps here too
                    out[help_[np.argsort(shown[help_], kind="stable")[:most]]] = True
                break
            rows = np.zeros(len(solver.low), bool)
            rows[solver.row[near[solver.cell] & tight]] = True
            wider[solver.cell[rows[solver.row]]] = True
    return out


def insiders(attack: Attack, found: Found) -> list[Numbers]:
    """The rows "schools are the district" that the attack believed: each the district's cell, then its schools'."""
    solver = attack.solver
    rows = np.isin(solver.name, ("schools' amounts", "schools' students")) & ~found.off[: len(solver.name)]
    entries = np.flatnonzero(rows[solver.row])
    entries = entries[np.lexsort((solver.weight[entries], solver.row[entries]))]
    every = np.split(solver.cell[entries], np.flatnonzero(np.diff(solver.row[entries])) + 1)
    return [row for row in every if len(row) > 2 and not attack.cube.plain[row[0]]]


def learnt(rows: list[Numbers], dark: Numbers, exact: Numbers, found: Found) -> Numbers:
    """For each row how narrow a school's hidden number (`dark`) gets for who knows another school; infinite where none is hidden.

    One step from the bounds found, for every school as the insider. A hidden insider's number we do not have: the ends and the
    middle of what it is when it is small are tried.
    """
    out = np.full(len(rows), np.inf)
    for i, row in enumerate(rows):
        district, schools = int(row[0]), row[1:]
        if dark[schools].any():
            known = exact[schools], found.low[schools], found.high[schools]
            out[i] = _narrowest(*known, found.low[district], found.high[district])[dark[schools]].min()
    return out


def _narrowest(known: Numbers, low: Numbers, high: Numbers, least: float, most: float) -> Numbers:
    """The narrowest that an insider of one school gets the number of each other; `least`, `most`: bounds of the district."""
    narrowest = np.full(len(known), np.inf)
    for part in (0.0, 0.5, 1.0):
        mine = np.where(np.isnan(known), np.floor(low + part * np.minimum(high - low, FEWEST - 1)), known)
        ceiling = most - (low.sum() - low)[:, None] - (mine - low)[None, :]
        floor = least - (high.sum() - high)[:, None] + (high - mine)[None, :]
        width = np.minimum(high[:, None], ceiling) - np.maximum(low[:, None], floor)
        np.fill_diagonal(width, np.inf)
        width[width < 0] = np.inf  # such a number the insider cannot have
        narrowest = np.minimum(narrowest, width.min(axis=1))
    return narrowest
