"""Sentences about facts, each allowed by a verdict. One whole sentence a message; lower is better for absence and suspension.

Asset-based and plain: who, what, when, where. Nothing here claims more than the interval, and nothing speaks of hidden counts.
"""

from fractions import Fraction

from components.facts import Fact
from components.i18n import _, count_word, decimal, ngettext, number, percent, school_year
from components.verdict import Kind, Verdict
from components.view import View
from data import registry


def points(change: Fraction) -> str:
    """'2.1 points', '1.0 point'."""
    size = abs(change)
    text = decimal(size)
    return _("%(n)s point") % {"n": text} if text == "1.0" else _("%(n)s points") % {"n": text}


def tag(verdict: Verdict) -> tuple[str, str]:
    """The short label beside a number, and its kind for the style: better, worse, chance or none."""
    if verdict.change is not None and verdict.certain:
        values = {"points": points(verdict.change)}
        down = verdict.change < 0
        if verdict.kind is Kind.BETTER:
            return (_("down %(points)s (better)") if down else _("up %(points)s (better)")) % values, "better"
        if verdict.kind is Kind.WORSE:
            return (_("down %(points)s (worse)") if down else _("up %(points)s (worse)")) % values, "worse"
        return (_("down %(points)s") if down else _("up %(points)s")) % values, "none"
    return {
        Kind.CHANCE: (_("could be chance"), "chance"),
        Kind.TOO_FEW: (_("too few students to tell"), "chance"),
        Kind.NOT_COMPARABLE: (_("not comparable"), "none"),
        Kind.NO_PRIOR: (_("no year before to compare"), "none"),
        Kind.NO_COUNTS: (_("counts not shown"), "none"),
    }[verdict.kind]


def change_sentence(fact: Fact, view: View) -> str:
    """One sentence on the change from the year before, with its interval where one may be given."""
    verdict = fact.verdict(view)
    prior = school_year(fact.year - 1)
    if verdict.kind is Kind.NOT_COMPARABLE:
        return _("%(year)s cannot be compared with the year before.") % {"year": school_year(fact.year)}
    if verdict.kind is Kind.NO_COUNTS:
        return _("The counts are not shown, so no change can be judged.")
    if verdict.kind is Kind.NO_PRIOR:
        return _("There is no number for %(prior)s to compare with.") % {"prior": prior}
    if verdict.kind is Kind.TOO_FEW:
        return _("There are too few students to tell a change from %(prior)s.") % {"prior": prior}
    assert verdict.change is not None and verdict.lower is not None and verdict.upper is not None
    values = {
        "points": points(verdict.change), "prior": prior, "n": number(fact.counts.denominator or 0),
        "lower": decimal(Fraction(verdict.lower)), "upper": decimal(Fraction(verdict.upper)),
    }
    if verdict.kind is Kind.CHANCE:
        return _("The change from %(prior)s could be chance (95%% interval %(lower)s to %(upper)s points, n = %(n)s).") % values
    if verdict.kind is Kind.BETTER:
        text = (_("That is %(points)s lower than in %(prior)s (better), more than chance (95%% interval %(lower)s to %(upper)s points).")
                if verdict.change < 0 else
                _("That is %(points)s higher than in %(prior)s (better), more than chance (95%% interval %(lower)s to %(upper)s points)."))
        return text % values
    if verdict.kind is Kind.WORSE:
        text = (_("That is %(points)s higher than in %(prior)s (worse), more than chance (95%% interval %(lower)s to %(upper)s points).")
                if verdict.change > 0 else
                _("That is %(points)s lower than in %(prior)s (worse), more than chance (95%% interval %(lower)s to %(upper)s points)."))
        return text % values
    return _("That differs by %(points)s from %(prior)s, more than chance (95%% interval %(lower)s to %(upper)s points).") % values


def headline(fact: Fact, view: View) -> str:
    """Ten words or fewer: the rate and what may be said of its change."""
    values = {"subject": _(view.measure.subject)}
    if fact.rate is None:
        return (_("%(subject)s is withheld to protect students") if fact.status in ("withheld", "counts_withheld")
                else _("%(subject)s was not published")) % values
    if fact.rounded_rate is not None:
        return _("%(subject)s is about %(rate)s%%; its counts are withheld") % {**values, "rate": decimal(fact.rate)}
    values["rate"] = percent(fact.rate)
    verdict = fact.verdict(view)
    if verdict.certain and verdict.change is not None:
        return (_("%(subject)s fell to %(rate)s, more than chance") if verdict.change < 0
                else _("%(subject)s rose to %(rate)s, more than chance")) % values
    if verdict.kind is Kind.CHANCE:
        return _("%(subject)s is %(rate)s; the change could be chance") % values
    return _("%(subject)s stands at %(rate)s") % values


def count_sentence(fact: Fact, view: View, year: int) -> str:
    """'In 2024–25, 1,104 of 4,821 students missed at least a tenth of their school days.' Without counts, why."""
    if not fact.counts.known:
        return not_shown(fact, year)
    values = {"year": school_year(year), "k": number(fact.counts.numerator or 0), "n": number(fact.counts.denominator or 0),
              "did": _(view.measure.missed)}
    if fact.status == "derived":
        return _("In %(year)s, %(k)s of %(n)s students %(did)s, derived from county totals.") % values
    return _("In %(year)s, %(k)s of %(n)s students %(did)s.") % values


def not_shown(fact: Fact, year: int) -> str:
    """Why a fact has no counts: one sentence a status."""
    values = {"year": school_year(year)}
    if fact.status == "withheld":
        return _("CDE withholds the %(year)s number to protect a group of ten or fewer students.") % values
    if fact.status == "counts_withheld":
        return _("The %(year)s counts are withheld here, because with them a smaller group could be worked out.") % values
    return _("CDE published no number for %(year)s.") % values


def moved(kinds: list[Kind], level: str) -> str:
    """The headline of a peer set: how many places improved or worsened beyond chance."""
    total = len(kinds)
    better, worse = kinds.count(Kind.BETTER), kinds.count(Kind.WORSE)
    values = {"better": count_word(better).capitalize(), "worse": count_word(worse).capitalize(), "total": count_word(total), "places": many(level, total)}
    judged = [k for k in kinds if k in (Kind.BETTER, Kind.WORSE, Kind.CHANCE, Kind.MOVED)]
    if not judged:
        return _("Where %(total)s %(places)s stand") % values
    if better and better >= worse:
        return _("%(better)s of %(total)s %(places)s improved more than chance") % values
    if worse:
        return _("%(worse)s of %(total)s %(places)s worsened more than chance") % values
    return _("No change among %(total)s %(places)s is beyond chance") % values


def by_luck(judged: int) -> str:
    """How many of many comparisons would look like a change by luck alone (2.5 percent each way)."""
    each = round(judged * 0.025)
    if each < 1:
        return ""
    return ngettext("By luck alone about %(n)s of them would seem to improve.", "By luck alone about %(n)s of them would seem to improve.", each) % {"n": number(each)}


def many(level: str, count: int) -> str:
    """The level's word in the number needed: 1 district, 8 districts."""
    return {
        "state": ngettext("state", "states", count), "region": ngettext("region", "regions", count), "county": ngettext("county", "counties", count),
        "district": ngettext("district", "districts", count), "school": ngettext("school", "schools", count),
    }[level]


def left_out(facts: list[Fact], year: int) -> list[str]:
    """Who is not in a chart and why, named where there are few."""
    out = []
    for statuses, one, some in (
        (("withheld",), _("Withheld to protect students: %(names)s."), _("%(n)s places are withheld to protect students.")),
        (("counts_withheld",), _("Counts withheld, so without interval: %(names)s."), _("%(n)s places have their counts withheld and stand without interval.")),
        (("not_published",), _("Not published for this year: %(names)s."), _("%(n)s places have no published number for this year.")),
    ):
        found = [f for f in facts if f.status in statuses]
        if found and len(found) <= 6:
            out.append(one % {"names": ", ".join(f.name for f in found)})
        elif found:
            out.append(some % {"n": number(len(found))})
    return out


def caveats(view: View, level: str) -> tuple[str, ...]:
    """The caveats that follow the indicator, for the view's group and level."""
    return tuple(_(c.text) for c in registry.caveats_of(view.measure, view.group, level))
