"""One month of schools by hand, for the attacker's tests, and how many cells the attacker gets out of it."""

import numpy as np
import pandas as pd
from local_world import World

from data.privacy.attack import Attack, Clues
from data.privacy.cube import KEYS
from data.privacy.propagate import Contradiction

MONTH = 202509
LEA = "1999999"
DISTRICT = f"{LEA}0000000"


def school(i: int) -> str:
    return f"{LEA}{6000000 + i:07d}"


def bound(attack: Attack, cell: int, value: float, other: float = 0.0) -> np.ndarray:
    out = np.full(attack.cube.size, other)
    out[cell] = value
    return out


def tiny(chronic: tuple[int, int], enrolled: int = 300, schools: int = 1, **more: int | tuple[int, ...]) -> pd.DataFrame:
    """One month of schools alike, by hand: `chronic`: its bands of 10 to 20 and of 20 percent. `more`: other facts."""
    rows = []
    left = enrolled - sum(chronic)
    for i in range(1, schools + 1):
        values = {("enrolled", "all"): enrolled, ("chronic", "all"): sum(chronic), ("absence_band", "10_to_20"): chronic[0]}
        values |= {("absence_band", "20_up"): chronic[1], ("absence_band", "under_5"): left // 2}
        values |= {("absence_band", "5_to_10"): left - left // 2}
        values |= {(fact, "all"): number[i - 1] if isinstance(number, tuple) else number for fact, number in more.items()}
        rows += [(f, "school", school(i), MONTH, "ytd", "all", "TA", b, v) for (f, b), v in values.items()]
    totals: dict[tuple, int] = {}
    for fact, _level, _entity, *key, value in rows:
        totals[(fact, *key)] = totals.get((fact, *key), 0) + value
    rows += [(fact, "district", DISTRICT, *key, value) for (fact, *key), value in totals.items()]
    return pd.DataFrame(rows, columns=[*KEYS, "value"]).astype({"value": "Int64"})


def told(made: World, shown: np.ndarray | None = None, clues: Clues | None = None) -> int:
    """How many cells the attacker gets to fewer than five possibilities, or where the truth is not even among them."""
    try:
        worst = made.worst(made.run(shown, clues=clues))
    except Contradiction:
        return len(made.truth)
    return worst["narrow"] + worst["outside"]


def one(made: World, **key: object) -> int:
    (cell,) = made.at(month=MONTH, **{"student_group": "TA", "entity": school(1), **key})
    return int(cell)
