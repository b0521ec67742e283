"""Headlines and sentences about sets: how many places or groups moved beyond chance, and between which rates they stand."""

from math import sqrt

from components import facts, units, words
from components.i18n import _, number, school_year
from components.verdict import comparable
from data import registry
from data.registry import Indicator

FEW_ENOUGH = 20
"""From this many comparisons on, the reader is told how many would seem to change by luck."""
TAIL = 0.025
"""The share of places that would seem to move each way if nothing had changed: half of what a 95 percent interval leaves out."""

MANY = 10
"""Of fewer student groups, the one in twenty that would seem to move is no group: nothing is said of it."""


def luck(told: int) -> int:
    """How many of `told` places may seem to move one way by chance alone, 19 times in 20 (normal limit of the binomial)."""
    expected = told * TAIL
    return int(expected + 1.645 * sqrt(expected * (1 - TAIL)))


def moved(level: str, better: int, worse: int, told: int, either: int = 0) -> str:
    """How many places of a set changed more than chance, as a headline. `told`: with a verdict; `either`: no better side."""
    of = words.places(level, told)
    values = {"better": number(better), "worse": number(worse), "of": of, "moved": number(either)}
    if not told:
        return _("No change can be told for these places")
    if either:
        return _("%(moved)s of %(of)s changed more than chance") % values
    if not better and not worse:
        return _("No change beyond chance among %(of)s") % values
    most = luck(told) if told >= FEW_ENOUGH else 0
    # Both counts always stand: luck explains a number of places, never one change that is named below with its interval.
    if max(better, worse) <= most:
        return _("%(better)s of %(of)s improved, %(worse)s worsened: chance explains both") % values
    if better and worse > most >= better:
        return _("%(worse)s of %(of)s worsened; %(better)s improved, as by chance") % values
    if worse and better > most >= worse:
        return _("%(better)s of %(of)s improved; %(worse)s worsened, as by chance") % values
    if better and worse:
        return _("Of %(of)s, %(better)s improved and %(worse)s worsened beyond chance") % values
    if better:
        return _("%(better)s of %(of)s improved more than chance") % values
    return _("%(worse)s of %(of)s worsened more than chance") % values


def by_luck(told: int) -> list[str]:
    """What chance alone would show in a set of this size, each way: 2.5 percent. Nothing where that is nobody."""
    text = _("If nothing had changed anywhere, about %(n)s of %(told)s would still seem to improve and as many to worsen.")
    each = round(told * TAIL)
    return [text % {"n": number(each), "told": number(told)}] if each else []


def nothing_told(year: int, indicator: Indicator) -> str:
    """Why a set has no verdict at all."""
    values = {"year": school_year(year), "before": school_year(year - 1), "rank": indicator.min_rank}
    if indicator.interval == "none":
        return _(
            "Totals of days or incidents do not tell whether a change is more than chance, so none is called better or worse."
        )
    if not comparable(indicator, year - 1, year):
        return _("%(year)s cannot be compared with %(before)s.") % values
    return _("No place has at least %(rank)s students with counts in both %(before)s and %(year)s.") % values


def headline_of_set(level: str, rates: list[float], ranked: list[dict], every: int, unit: str) -> str:
    """The middle half of a ranked set as a headline; its range where it is small; neutral where nothing may be ranked.

    `rates`: the quartiles of the ranked values. `ranked`: the records of a small set, else [].
    """
    if not rates:
        return _("None of %(places)s has enough students to rank") % {"places": words.places(level, every)}
    if len(ranked) == 1:
        return _("%(name)s at %(rate)s") % {"name": ranked[0]["name"], "rate": units.amount(unit, facts.exact(ranked[0]) or 0)}
    low, high = units.bare(unit, rates[0]), units.bare(unit, rates[-1])
    values = {"low": low, "high": units.amount(unit, rates[-1]), "places": words.places(level, every)}
    if ranked:
        return _("From %(low)s to %(high)s across %(places)s") % values
    if unit != "percent":
        values["high"] = units.brief(unit, rates[-1])
        return _("Half of %(places)s: %(low)s to %(high)s") % values
    if low == high:
        return _("Half of %(places)s stand at %(high)s") % values
    return _("Half of %(places)s stand between %(low)s and %(high)s") % values


def ends(low: dict, high: dict, year: int) -> str:
    """Between which values a set stands, with the names of both ends."""
    unit = registry.indicators[low["indicator"]].unit
    return _("In %(year)s, places run from %(low)s in %(first)s to %(high)s in %(last)s.") % {
        "year": school_year(year),
        "low": units.amount(unit, facts.exact(low) or 0),
        "first": low["name"],
        "high": units.amount(unit, facts.exact(high) or 0),
        "last": high["name"],
    }


def moved_groups(better: int, worse: int, told: int) -> str:
    """How many student groups of a place changed more than chance, as a headline."""
    values = {"better": number(better), "worse": number(worse), "told": number(told)}
    if not told:
        return _("How student groups stand")
    if better and worse:
        return _("Of %(told)s student groups, %(better)s improved and %(worse)s worsened beyond chance") % values
    if better:
        return _("%(better)s of %(told)s student groups improved more than chance") % values
    if worse:
        return _("%(worse)s of %(told)s student groups worsened more than chance") % values
    return _("No student group changed more than chance")


def groups_by_luck(told: int) -> list[str]:
    """What chance alone would show among the student groups of one place; nothing for a few, of which it would be none."""
    text = _(
        "By chance alone, about 1 in 20 of %(n)s student groups would seem to move; groups overlap, so several may move at once."
    )
    return [text % {"n": number(told)}] if told >= MANY else []
