"""The recipe of similar places: its characteristics, their weights as they stand in a URL, and how coarse a share may be shown.

Why shares are coarse. The school list prints how many foster or homeless children a school has, down to one; CDE's files of
outcomes withhold the same groups at ten and under. Such a count never passed our own closing of families (data/privacy.py), so
none is kept: the build holds whole percents, and nothing that tells a count under 11 or its complement apart (TRUST 2.1, 2.3).
"Few" (under 11 students) stands as 0 and "nearly all" (all but under 11) as 100, in places of 200 students or more, where
both are true within five points; in smaller places the share is missing. From 2,200 students on, counts of 11 and more round to
0 too, so the words are "under 1 %" for all of them: true of each, and nothing more is told of the fewer than 11. Distances are
computed from these coarse values and from nothing else, so that no order of places, whatever its weights, says more of a small
group than the table does.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from components.i18n import _

LEAST, LARGE = 11, 200
"""The smallest count of students that is shown, and the smallest place in which fewer may be called few."""
MOST_WEIGHT = 9
FEW, NEARLY_ALL = 0, 100
BLURRED = 200 * LEAST
"""From so many students on, a share of 0 or 100 is no longer that of fewer than LEAST alone: others round to it too."""


@dataclass(frozen=True)
class Characteristic:
    """One line of the recipe. `key` is its name in `weights=`; `columns`: the columns of a pool that it compares."""

    key: str
    label: Callable[[], str]
    short: Callable[[], str]
    columns: tuple[str, ...]
    kind: str = "share"


CHARACTERISTICS = (
    Characteristic("enrollment", lambda: _("number of students"), lambda: _("Students"), ("enrollment",), "size"),
    Characteristic(
        "grades", lambda: _("grades"), lambda: _("Grades"), ("low_grade", "high_grade", "high_school_share"), "grades"
    ),
    Characteristic("upp", lambda: _("disadvantaged students"), lambda: _("Disadvantaged"), ("disadvantaged_share",)),
    Characteristic("el", lambda: _("English learners"), lambda: _("English learners"), ("english_learners_share",)),
    Characteristic("swd", lambda: _("students with disabilities"), lambda: _("Disabilities"), ("disabilities_share",)),
    Characteristic("homeless", lambda: _("students experiencing homelessness"), lambda: _("Homeless"), ("homeless_share",)),
    Characteristic("foster", lambda: _("foster youth"), lambda: _("Foster"), ("foster_share",)),
    Characteristic("locale", lambda: _("locale"), lambda: _("Locale"), ("locale",), "same"),
)
KEYS = tuple(c.key for c in CHARACTERISTICS)


def weights(text: str) -> dict[str, int]:
    """The weight of every characteristic from `enrollment:3,foster:0`; what is not named counts once. Raises ValueError."""
    out = dict.fromkeys(KEYS, 1)
    named: set[str] = set()
    for part in filter(None, text.split(",")):
        key, _colon, value = (p.strip() for p in part.partition(":"))
        if key not in out or key in named or not (value.isascii() and value.isdigit()) or len(value) > 1:
            raise ValueError(part)
        named.add(key)
        out[key] = int(value)
    if not any(out.values()):
        raise ValueError(text)
    return out


def written(text: str) -> str:
    """The one way to write these weights: in the order of the recipe, those that count once left out. Raises ValueError."""
    return ",".join(f"{key}:{value}" for key, value in weights(text).items() if value != 1)


def coarse(k: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Shares in whole percents as they may be kept, NaN where none may: the same rule as data/tables/shares.sql."""
    k, n = np.asarray(k, float), np.asarray(n, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        few, all_but = k < LEAST, n - k < LEAST
        share = np.floor((200 * k + n) / (2 * n))
        share = np.where(few, FEW, np.where(all_but, NEARLY_ALL, share))
        none = ~(n >= LEAST) | ~(k >= 0) | (k > n) | ((n < LARGE) & (few | all_but))
    return np.where(none, np.nan, share)


def shown(share: float, students: float) -> str:
    """A coarse share of so many students as it stands in a table: of no place more than the share and its size tell."""
    if share != share:
        return "–"
    if FEW < share < NEARLY_ALL:
        return _("%(share)s %%") % {"share": int(share)}
    if students < BLURRED:
        return _("few") if share <= FEW else _("nearly all")
    return _("under 1 %%") % {} if share <= FEW else _("over 99 %%") % {}
