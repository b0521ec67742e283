"""Headlines and sentences about sets: how many places or groups moved beyond chance, and between which rates they stand."""

from components import facts, words
from components.i18n import _, decimal, number, school_year


def moved(level: str, better: int, worse: int, told: int) -> str:
    """How many places of a set changed more than chance, as a headline. `told`: places with a verdict."""
    of = words.places(level, told)
    values = {"better": number(better), "worse": number(worse), "of": of}
    if not told:
        return _("No change can be told for these places")
    if better and worse:
        return _("Of %(of)s, %(better)s improved and %(worse)s worsened beyond chance") % values
    if better:
        return _("%(better)s of %(of)s improved more than chance") % values
    if worse:
        return _("%(worse)s of %(of)s worsened more than chance") % values
    return _("No change beyond chance among %(of)s") % values


def by_luck(told: int) -> str:
    """What chance alone would show in a set of this size, each way: 2.5 percent."""
    return _("If nothing had changed anywhere, about %(n)s of %(told)s would still seem to improve and as many to worsen.") % {
        "n": number(round(told * 0.025)),
        "told": number(told),
    }


def headline_of_set(level: str, lowest: list[dict], highest: list[dict], ranked: int, every: int) -> str:
    """The range of a ranked set as a headline; neutral where nothing may be ranked."""
    if not lowest:
        return _("None of %(places)s may be ranked") % {"places": words.places(level, every)}
    low, high = facts.exact(lowest[0]), facts.exact(highest[0])
    assert low is not None and high is not None
    if ranked == 1:
        return _("%(name)s at %(rate)s percent") % {"name": lowest[0]["name"], "rate": decimal(low)}
    return _("From %(low)s to %(high)s percent across %(places)s") % {
        "low": decimal(low),
        "high": decimal(high),
        "places": words.places(level, ranked),
    }


def ends(low: dict, high: dict, year: int) -> str:
    """Between which rates a set stands, with the names of both ends."""
    return _("In %(year)s, the rate runs from %(low)s percent in %(first)s to %(high)s percent in %(last)s.") % {
        "year": school_year(year),
        "low": decimal(facts.exact(low) or 0),
        "first": low["name"],
        "high": decimal(facts.exact(high) or 0),
        "last": high["name"],
    }


def moved_groups(better: int, worse: int, told: int) -> str:
    """How many student groups of a place changed more than chance, as a headline."""
    values = {"better": number(better), "worse": number(worse), "told": number(told)}
    if not told:
        return _("How student groups stand")
    if better and worse:
        return _("Of %(told)s groups, %(better)s improved and %(worse)s worsened beyond chance") % values
    if better:
        return _("%(better)s of %(told)s student groups improved more than chance") % values
    if worse:
        return _("%(worse)s of %(told)s student groups worsened more than chance") % values
    return _("No student group changed more than chance")
