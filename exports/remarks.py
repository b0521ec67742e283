"""What each row of a file says about itself, so that the legend and the marks go wherever a row is pasted."""

import numbers

import pandas as pd

from components import local
from components.i18n import _
from data import registry
from exports.about import About
from exports.legend import FEW, OF_STATUS
from exports.slide import Slide

OWN = _("Provisional, not official.")


def of_rows(frame: pd.DataFrame) -> list[str]:
    """One text a row: what its status means, and that few students are counted; "" for a plain published number."""
    statuses = frame["status"].astype(str) if "status" in frame else pd.Series("", frame.index)
    said = {status: OF_STATUS.get(status, "") for status in statuses.unique()}
    few = _few(frame)
    own = [OWN if o else "" for o in _own(frame)]
    return [" ".join(t for t in (o, said[s], FEW if f else "") if t) for o, s, f in zip(own, statuses, few, strict=True)]


def in_full(slide: Slide, about: About) -> list[str]:
    """The same with what holds for the whole file in front: demonstration, newer numbers, provisional."""
    official = (OWN,) if slide.shown.provisional else ()
    whole = " ".join(t for t in (about.banner, about.newer, *official) if t)
    return [" ".join(t for t in (whole, own) if t) for own in of_rows(slide.shown.frame)]


def _own(frame: pd.DataFrame) -> list[bool]:
    """Which rows of a file that holds others as well are from a grantee's own files."""
    if not {"indicator_id", "indicator"} <= set(frame.columns):
        return [False] * len(frame)
    pairs = zip(frame["indicator_id"].astype(str), frame["indicator"].notna(), strict=True)
    return [bool(here and local.by_id(name)) for name, here in pairs]


def _few(frame: pd.DataFrame) -> list[bool]:
    """Which rows count fewer students than the indicator ranks."""
    if not {"indicator", "denominator"} <= set(frame.columns):
        return [False] * len(frame)
    least = {name: i.min_rank for name, i in registry.indicators.items() if i.kind != "part"}
    counted = zip(frame["indicator"], frame["denominator"].astype(object), strict=True)
    return [isinstance(n, numbers.Real) and bool(n < least.get(name, 0)) for name, n in counted]
