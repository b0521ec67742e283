"""Protects the counts of one LEA when they are published: rounds them, attacks them, hides what fails, or refuses."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from data.privacy import rounding
from data.privacy.attack import LEAST_WIDTH, Attack, Found
from data.privacy.cube import KEYS, Numbers, school_year
from data.privacy.propagate import Contradiction

MOST_ROUNDS = 40
PATIENCE = 3
"""After so many rounds it is asked thoroughly whether CDE's own rows tell a cell: hiding more of ours would not help."""
REACH = 4
"""How many rows away from a failing cell the number that gives it away is looked for."""


class Unsafe(RuntimeError):
    """A publication would tell a hidden number, and was not made. The text is a sentence."""


def protect(
    travel: pd.DataFrame, secret: bytes, before: Sequence[pd.DataFrame] = (), public: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, dict]:
    """The protected cells (KEYS, value, status, year) of travel cells (KEYS, value; null is hidden), and what the attack found.

    `before`: the protected cells of the last publications. `public`: what CDE's rows say (data/local/public.py). Shown counts are
    rounded; where the attacker gets a hidden one to fewer than five possibilities, a number that helped is hidden as well, until
    none fails. Raises Unsafe when that does not end, or when the numbers contradict each other.
    """
    travel = travel.reset_index(drop=True)
    attack = Attack(travel, public, before)
    exact = travel["value"].astype("Float64").to_numpy(float, na_value=np.nan)
    shown = attack.closed(rounding.rounded(travel, secret))
    patched, given = np.zeros(len(travel), bool), np.zeros(len(travel), bool)
    for turn in range(MOST_ROUNDS):
        try:
            found = attack.run(shown, patched)
        except Contradiction:
            raise Unsafe("The counts contradict each other and were not published. Count again from the files.") from None
        told = insiders(attack, found, shown, exact)
        if told.any():
            if turn in (0, PATIENCE):
                given |= _told_by_cde(attack, found, exact, thoroughly=turn > 0)
            told &= ~given
        failing = np.concatenate([found.failing, np.flatnonzero(told & np.isnan(shown))])
        weak = culprits(attack, found, shown, failing) | (told & ~np.isnan(shown))
        if not weak.any() and not len(found.failing):
            return _protected(travel, shown, found), _report(
                found, shown, np.abs(shown - exact) / attack.cube.unit, patched, turn
            )
        if not weak.any():
            weak = _around(travel, found, shown)
        if not weak.any():
            break
        patched |= weak
        shown = np.where(weak, np.nan, shown)
    raise Unsafe(
        f"{len(found.failing):,} hidden counts could be worked out from what would be shown, whatever else is hidden. Nothing "
        "was published. Please tell us, with the program's version and without the numbers."
    )


def _around(travel: pd.DataFrame, found: Found, shown: Numbers) -> Numbers:
    """All that is shown of the failing cells' facts at their places: hidden where no single number explains what fails."""
    near = pd.MultiIndex.from_arrays([travel["fact"], travel["entity"]])
    return near.isin(near[found.failing]) & ~np.isnan(shown)


def _protected(travel: pd.DataFrame, shown: Numbers, found: Found) -> pd.DataFrame:
    out = pd.DataFrame({key: travel[key] for key in KEYS})
    out["value"] = pd.array(shown, dtype="Int64")
    out["status"] = np.where(np.isnan(shown), "withheld", "published")
    out["year"] = np.array([school_year(int(month)) for month in out["month"]], np.int64)
    # What the contacts tell by themselves is not asked (attack.py): no row, "not published".
    return out.loc[~found.contacts_tell].reset_index(drop=True)


def _report(found: Found, shown: Numbers, off: Numbers, patched: Numbers, turns: int) -> dict:
    """What goes into the manifest: counts of cells and shares, nothing of any cell."""
    return {
        "cells": len(shown),
        "hidden": int(np.isnan(shown).sum()),
        "hidden_more": int(patched.sum()),
        "not_asked": int(found.contacts_tell.sum()),
        "rounds": turns + 1,
        "exact": int((found.width[found.failing] < 1).sum()),
        "narrower_than_five": len(found.failing),
        "narrow_by_cde": found.from_cde,
        "ten_wide": round(found.wide_share, 4),
        "mean_rounding": round(float(np.nanmean(off)), 2) if (~np.isnan(off)).any() else 0.0,
    }


def culprits(attack: Attack, found: Found, shown: Numbers, failing: Numbers) -> Numbers:
    """For each failing cell one shown number, the smallest in the nearest row that bounds it: without it the row says less."""
    out = np.zeros(len(shown), bool)
    if not len(failing):
        return out
    solver = attack.solver
    floor, ceiling = solver.implied(found.low, found.high)
    tight = (floor >= found.low[solver.cell]) & (floor > 0) | (ceiling <= found.high[solver.cell])
    for cell in failing:
        near = np.zeros(len(shown), bool)
        near[cell] = True
        for _ in range(REACH):
            rows = np.zeros(len(solver.low), bool)
            rows[solver.row[near[solver.cell] & tight]] = True
            near[solver.cell[rows[solver.row]]] = True
            help_ = np.flatnonzero(near & ~np.isnan(shown) & ~attack.cube.plain)
            if out[help_].any():
                break
            if len(help_):
                out[help_[np.argmin(shown[help_] / attack.cube.unit[help_])]] = True
                break
    return out


def insiders(attack: Attack, found: Found, shown: Numbers, exact: Numbers) -> Numbers:
    """District cells by which somebody who knows one school could work out another.

    One step over the rows "schools are the district", for every school as the insider. A hidden insider's number we do not have:
    the ends and the middle of what it is when it is small are tried.
    """
    out = np.zeros(len(shown), bool)
    solver = attack.solver
    rows = np.isin(solver.name, ("schools' amounts", "schools' students"))
    entries = np.flatnonzero(rows[solver.row])
    entries = entries[np.argsort(solver.row[entries], kind="stable")]
    for one in np.split(entries, np.flatnonzero(np.diff(solver.row[entries])) + 1):
        if not len(one):
            continue
        district = int(solver.cell[one[solver.weight[one] < 0][0]])
        schools = solver.cell[one[solver.weight[one] > 0]]
        dark = np.isnan(shown[schools]) & found.targets[schools]
        if len(schools) < 2 or not dark.any() or attack.cube.plain[district]:
            continue
        learnt = _learns(found, schools, district, dark, exact, int(attack.least[district]))
        out[district] = learnt < LEAST_WIDTH * attack.cube.unit[district]
    return out


def _told_by_cde(attack: Attack, found: Found, exact: Numbers, thoroughly: bool) -> Numbers:
    """District cells that an insider works out from CDE's rows with none of ours shown: hiding ours does not help there.

    By the bounds alone, or `thoroughly`, by the whole attack, which takes as long as all the rest.
    """
    nothing = np.full(attack.cube.size, np.nan)
    low, high = attack.by_cde
    without = attack.run(nothing) if thoroughly else replace(found, low=low, high=high)
    return insiders(attack, without, nothing, exact)


def _learns(found: Found, schools: Numbers, district: int, dark: Numbers, exact: Numbers, small: int) -> float:
    """The narrowest that an insider of one school gets a hidden number of another."""
    low, high, known = found.low[schools], found.high[schools], exact[schools]
    narrowest = np.inf
    for part in (0.0, 0.5, 1.0):
        mine = np.where(np.isnan(known), np.floor(low + part * np.minimum(high - low, small)), known)
        most = found.high[district] - (low.sum() - low)[:, None] - (mine - low)[None, :]
        least = found.low[district] - (high.sum() - high)[:, None] + (high - mine)[None, :]
        width = np.minimum(high[:, None], most) - np.maximum(low[:, None], least)
        np.fill_diagonal(width, np.inf)
        width[width < 0] = np.inf  # such a number the insider cannot have
        narrowest = min(narrowest, width[dark].min())
    return narrowest
