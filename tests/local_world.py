"""One invented district through the whole engine, and the true numbers beside it. For the attacker's tests."""

from dataclasses import dataclass

import cubes
import numpy as np
import pandas as pd

from data.local import travel_cells
from data.privacy import local, rounding
from data.privacy.attack import Attack, Clues, Found
from data.privacy.cube import KEYS

SECRET = b"a secret of the tests"
FEW = rounding.FEWEST - 1
"""The largest count that is hidden for its size."""


@dataclass
class World:
    """Cells of one district: what travelled, what is shown (NaN: hidden), what is true, which the engine hid or left out."""

    travel: pd.DataFrame
    shown: np.ndarray
    truth: np.ndarray
    asked: np.ndarray
    patched: np.ndarray
    attack: Attack
    report: dict

    def run(self, shown: np.ndarray | None = None, **more) -> Found:
        return self.attack.run(self.shown if shown is None else shown, self.patched, self.truth, **more)

    def worst(self, found: Found) -> dict:
        """What the promise is about: cells that are asked for and hidden."""
        of = found.targets & self.asked
        small = of & (self.truth <= FEW)
        return {
            "targets": int(of.sum()),
            "small": int(small.sum()),
            "exact": int((found.width[of] < 1).sum()),
            "narrow": int((found.width[of] < 5).sum()),
            "wide": int((found.width[small] >= 10).sum()),
            "outside": int(((self.truth < found.low) | (self.truth > found.high))[of & (self.truth <= FEW)].sum()),
        }

    def insider(self, entity: str) -> Clues:
        """What somebody knows who knows all students of a place."""
        own = (self.travel["entity"] == entity).to_numpy() & ~self.attack.cube.plain
        return Clues(np.where(own, self.truth, 0), np.where(own, self.truth, np.inf), own)

    def at(self, **key: object) -> np.ndarray:
        """The rows of cells with these keys."""
        mine = np.ones(len(self.travel), bool)
        for name, word in key.items():
            mine &= (self.travel[name] == word).to_numpy()
        return np.flatnonzero(mine)


def truth_of(travel: pd.DataFrame, counts: pd.DataFrame) -> np.ndarray:
    both = travel[list(KEYS)].merge(counts, on=list(KEYS), how="left")
    return both["value"].fillna(0).to_numpy(float)


def world(
    counts: pd.DataFrame, secret: bytes = SECRET, before: tuple = (), public: pd.DataFrame | None = None
) -> World:
    travel = travel_cells.hide(counts)
    travel = travel.loc[travel["student_group"].isin(counts["student_group"])].reset_index(drop=True)
    cells, report = local.protect(travel, secret, before, public)
    both = travel[list(KEYS)].merge(cells, on=list(KEYS), how="left")
    shown = both["value"].astype("Float64").to_numpy(float, na_value=np.nan)
    attack, asked = Attack(travel, public, before), both["status"].notna().to_numpy()
    patched = np.isnan(shown) & ~np.isnan(attack.closed(rounding.rounded(travel, secret)))
    return World(travel, shown, truth_of(travel, counts), asked, patched, attack, report)


def district(seed: int, sizes: list[int], months: int = 4) -> World:
    return world(cubes.counts(cubes.pupils(seed, sizes, months)))


def hierarchy(seed: int) -> World:
    """A random district: one to six schools of any size, two to five months, now and then a log of headcounts only."""
    rng = np.random.default_rng(seed)
    sizes = [int(n) for n in rng.integers(12, rng.choice([60, 200, 600]), int(rng.integers(1, 7)))]
    who = cubes.pupils(seed, sizes, int(rng.integers(2, 6)))
    return world(cubes.counts(who, aggregate=bool(rng.random() < 0.15)), rounding_key(seed))


def rounding_key(seed: int) -> bytes:
    return f"key of hierarchy {seed}".encode()


__all__ = ("FEW", "SECRET", "World", "district", "hierarchy", "rounding", "truth_of", "world")
