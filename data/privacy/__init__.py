"""The one place that hides numbers. Everything after it sees only what it lets through.

`cde` shuts what CDE's public files give away by subtraction; `local` rounds the counts of grantees' own files; `attack` is the
attacker that every local publication must withstand. What reads CDE's side finds it here by its old names.
"""

from data.privacy.cde import (
    HIDDEN_MOST,
    LEAST_PAIRS,
    SMALL,
    Cell,
    Closed,
    Pair,
    close,
    close_families,
    coarse_rate,
    consistent_pairs,
    printable_rates,
    protect,
    tells,
)

__all__ = (
    "HIDDEN_MOST",
    "LEAST_PAIRS",
    "SMALL",
    "Cell",
    "Closed",
    "Pair",
    "close",
    "close_families",
    "coarse_rate",
    "consistent_pairs",
    "printable_rates",
    "protect",
    "tells",
)
