"""Keyed random rounding to ten, and the whole percents made of it. The same number of one place always gets one answer."""

import hmac
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.privacy.cube import PLAIN, facts, table

BASE = 10
FEWEST = 11
"""The smallest count that is shown at all."""


@dataclass(frozen=True)
class Rate:
    """A whole percent. `end`: "at_most" or "at_least" where the true percent lies at this one or beyond it, else ""."""

    percent: int
    end: str = ""


def rate_of(numerator: int | None, denominator: int | None) -> Rate | None:
    """The whole percent of two rounded counts with coded ends (rule L7), or None where one of them is hidden.

    The smaller the denominator, the wider the ends: a group of forty or fewer is never said to be all or none.
    """
    if numerator is None or denominator is None or pd.isna(numerator) or pd.isna(denominator) or denominator <= 0:
        return None
    percent = (200 * int(numerator) + int(denominator)) // (2 * int(denominator))
    row = next(r for r in table("coded_ends") if denominator >= int(r["least"]))
    low, high = int(row["low"]), int(row["high"])
    if percent <= low:
        return Rate(low, "at_most")
    return Rate(high, "at_least") if percent >= high else Rate(percent)


def base_of(fact: str) -> int:
    """What a fact is rounded to: ten, or not at all where its numbers count no student."""
    return 1 if facts()[fact]["kind"] in PLAIN else BASE


def fingerprint(secret: bytes) -> str:
    """Tells rounding keys apart without telling the key."""
    return hmac.digest(secret, b"rtac rounding key", "sha256")[:8].hex()


def rounded(cells: pd.DataFrame, secret: bytes) -> np.ndarray:
    """The rounded values (float, NaN where hidden). Unbiased, off by less than the base; its multiples stay.

    What would come out as ten is hidden (NaN): so a hidden number may be anything up to nineteen, and a shown one is known to no
    better than nineteen possibilities either.

    One draw decides for a place, a fact, a student group and a decade from which unit on its numbers go up. So a number that
    stands in several cells of one place (in the next month, in the pillar of its only category) is answered once, and who
    averages over them learns nothing; and a part never comes out larger than its whole: that would tell that they are close.
    """
    bases = {fact: base_of(fact) for fact in cells["fact"].unique()}
    out = np.full(len(cells), np.nan)
    columns = (cells["fact"], places(cells), cells["student_group"], cells["value"].astype("float64"))
    for i, (fact, place, group, value) in enumerate(zip(*columns, strict=True)):
        if value == value:
            out[i] = _one(secret, fact, place, group, int(value), bases[fact])
    fewest = {fact: 2 * base if base > 1 else 0 for fact, base in bases.items()}
    least = np.array([fewest[fact] for fact in cells["fact"]], float)
    return np.where(out < least, np.nan, out)


def _one(secret: bytes, fact: str, place: str, group: str, value: int, base: int) -> int:
    decade, rest = divmod(value, base)
    if not rest:
        return value
    drawn = int.from_bytes(hmac.digest(secret, f"{fact}|{place}|{group}|{decade}".encode(), "sha256")[:8], "big")
    return base * (decade + ((drawn * base >> 64) < rest))


def places(cells: pd.DataFrame) -> list[str]:
    """The place of each cell; of a district with one school that school: their numbers are the same fact."""
    schools = cells.loc[cells["level"] == "school", "entity"].drop_duplicates()
    single = {lea: group.iloc[0] for lea, group in schools.groupby(schools.str[:7]) if len(group) == 1}
    return [single.get(entity[:7], entity) if entity.endswith("0000000") else entity for entity in cells["entity"]]
