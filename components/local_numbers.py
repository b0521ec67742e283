"""Local numbers as they may be said: whole percents of rounded counts, how far they can be off, and whether two differ.

A rounded count is off by less than ten, so no interval here is exact: each is Wilson's (a change: Newcombe's), taken over every
pair of counts that could stand behind the rounded ones.
"""

from dataclasses import dataclass
from math import ceil, floor

from components import verdict
from components.i18n import _, number
from components.verdict import Kind
from data.privacy import rounding
from data.privacy.cube import facts

SHOWN, RANKED, SMALL = rounding.FEWEST, 30, 200
"""The smallest count that is shown at all, the fewest students of whom a change is told, and from which on a percent is told."""


def base(fact: str) -> int:
    """What a fact is rounded to; 1 for partners, and for records and days, which are shares."""
    return rounding.base_of(fact)


def rate(row: dict) -> rounding.Rate | None:
    """The whole percent of a row of a measure, with coded ends; None where there is none."""
    return rounding.rate_of(row["numerator"], row["denominator"]) if row["status"] == "published" else None


def absent() -> str:
    """Instead of a number that the files of the district do not hold."""
    return _("not in the files")


def percent(row: dict | None) -> str:
    """A share as printed: 'about 42 %', '5 % or less', 'withheld', 'not in the files'."""
    if row is None:
        return absent()
    found = rate(row)
    if found is None:
        return _("no share: no attendance file") if row["status"] == "no_denominator" else _("withheld")
    return _share(found)


def brief(row: dict | None) -> str:
    """As `percent`, without “about”: for a table that says so once."""
    found = rate(row) if row else None
    return _("%(n)s %%") % {"n": found.percent} if found and not found.end else percent(row)


def _share(found: rounding.Rate) -> str:
    texts = {"": _("about %(n)s %%"), "at_most": _("%(n)s %% or less"), "at_least": _("%(n)s %% or more")}
    return texts[found.end] % {"n": found.percent}


def bare(row: dict) -> str:
    """A share for a headline: '42 percent', '5 percent or less', of small counts 'about 9 in 10'."""
    found = rate(row)
    if found is None:
        return _("a withheld share")
    tenths = round(found.percent / 10)
    if not found.end and row["denominator"] < SMALL and 0 < tenths < 10:
        return _("about %(n)s in 10") % {"n": tenths}
    texts = {
        "": _("about %(n)s percent"),
        "at_most": _("%(n)s percent or less"),
        "at_least": _("%(n)s percent or more"),
    }
    return texts[found.end] % {"n": found.percent}


def ranged(row: dict, fact: str) -> str:
    """A share for a headline over parts that are rounded each by itself: '76 to 84 percent'; else as `bare`."""
    within = interval(row, fact)
    if within is None or row["denominator"] < SMALL:
        return bare(row)
    return _("%(lower)s to %(upper)s percent") % {"lower": within[0], "upper": within[1]}


def count(value: int | None, fact: str = "served") -> str:
    """A rounded count as printed."""
    if value is None:
        return _("withheld")
    return number(value) if base(fact) == 1 else _("about %(n)s") % {"n": number(value)}


def ends(numerator: int, denominator: int, step: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The pair of counts behind two rounded ones with the smallest share, and the one with the largest.

    What is shown is more than ten, and so is what is left of its whole: the rules that hide say so.
    """
    off, least = step - 1, SHOWN * step // 10
    smallest = (max(numerator - off, least), denominator + off)
    most = min(numerator + off, denominator + off - least)
    return smallest, (most, max(denominator - off, most + least))


def interval(row: dict, fact: str) -> tuple[int, int] | None:
    """The 95 percent interval of a share in whole percents, outwards, widened by what rounding hides.

    None where a coded end or a hidden count stands, and for days and records, which come together.
    """
    found = rate(row)
    if found is None or found.end or facts()[fact]["kind"] not in ("students", "referrals"):
        return None
    low, high = ends(row["numerator"], row["denominator"], base(fact))
    return floor(verdict.wilson(*low)[0]), ceil(verdict.wilson(*high)[1])


def span(row: dict, fact: str) -> str:
    """The interval as printed."""
    found = interval(row, fact)
    return "–" if found is None else _("%(lower)s to %(upper)s") % {"lower": found[0], "upper": found[1]}


@dataclass(frozen=True)
class Change:
    """A change between two shares of rounded counts, in whole points, and what may be said of it."""

    kind: Kind
    points: int = 0


def change(now: dict | None, then: dict | None, fact: str, better: str) -> Change:
    """Better or worse only where chance and rounding together cannot explain it; else it could be chance."""
    if then is None:
        return Change(Kind.NO_PRIOR)
    if now is None or any(found is None or found.end for found in (rate(now), rate(then))):
        return Change(Kind.NO_COUNTS)
    a, b = (ends(r["numerator"], r["denominator"], base(fact)) for r in (now, then))
    points = _points(now, then)
    if min(now["denominator"], then["denominator"]) < RANKED:
        return Change(Kind.CANNOT_TELL)
    if facts()[fact]["kind"] != "students":
        return Change(Kind.UNTESTED, points)
    # The least and the most that the change can be, each with its own chance around it.
    lower, upper = verdict.newcombe(*a[0], *b[1])[0], verdict.newcombe(*a[1], *b[0])[1]
    if lower <= 0 <= upper:
        return Change(Kind.CHANCE, points)
    if not better:
        return Change(Kind.MOVED, points)
    return Change(Kind.BETTER if (upper < 0) == (better == "lower") else Kind.WORSE, points)


def _points(now: dict, then: dict) -> int:
    a, b = rate(now), rate(then)
    assert a and b
    return a.percent - b.percent


def told(change_: Change) -> str:
    """A change in a few words."""
    values = {"n": abs(change_.points)}
    down = change_.points < 0
    texts = {
        Kind.BETTER: _("down about %(n)s points (better)") if down else _("up about %(n)s points (better)"),
        Kind.WORSE: _("down about %(n)s points (worse)") if down else _("up about %(n)s points (worse)"),
        Kind.MOVED: _("down about %(n)s points") if down else _("up about %(n)s points"),
        Kind.CHANCE: _("could be chance"),
        Kind.UNTESTED: _("not tested"),
        Kind.CANNOT_TELL: _("too few to tell"),
        Kind.NO_PRIOR: _("last year is not in the files"),
        Kind.NO_COUNTS: _("cannot tell"),
    }
    return texts[change_.kind] % values


def explained(change_: Change) -> str:
    """The same as a sentence against the same month of the year before."""
    down = change_.points < 0
    moved = {
        (Kind.BETTER, True): _("Down about %(n)s points from the same month last year (better): more than chance and rounding."),
        (Kind.BETTER, False): _("Up about %(n)s points from the same month last year (better): more than chance and rounding."),
        (Kind.WORSE, True): _("Down about %(n)s points from the same month last year (worse): more than chance and rounding."),
        (Kind.WORSE, False): _("Up about %(n)s points from the same month last year (worse): more than chance and rounding."),
        (Kind.MOVED, True): _("Down about %(n)s points from the same month last year: more than chance and rounding."),
        (Kind.MOVED, False): _("Up about %(n)s points from the same month last year: more than chance and rounding."),
    }
    others = {
        Kind.NO_COUNTS: _("A share is withheld, or only known to lie beyond an end, so no change can be told."),
        Kind.CHANCE: _("The difference from the same month last year could be chance or rounding."),
        Kind.NO_PRIOR: _("The same month of last year is not in the files, so there is no change to show."),
    }
    few = _("The rounded counts are too small to tell a change from the same month last year.")
    return moved.get((change_.kind, down), others.get(change_.kind, few)) % {"n": abs(change_.points)}
