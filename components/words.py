"""Headlines, tags and sentences about facts: the one catalogue of what may be said. Whole sentences, only what a verdict allows.

Nothing is computed here but rounding. A row whose counts are hidden never lends a sentence its number of students.
"""

from fractions import Fraction

from components import charters, facts, units
from components.i18n import _, bounds, decimal, ngettext, number, school_year
from components.verdict import Kind, Verdict
from data import registry
from data.registry import Indicator

MOST_NAMES = 12
"""More names than this are not written out in one sentence."""


def levels(level: str) -> str:
    """A level's places in the plural, as they begin a phrase: 'Districts'."""
    return {
        "state": _("State"),
        "region": _("Regions"),
        "county": _("Counties"),
        "district": _("Districts"),
        "school": _("Schools"),
    }[level]


def level_name(level: str) -> str:
    return {"state": _("State"), "region": _("Region"), "county": _("County"), "district": _("District"), "school": _("School")}[
        level
    ]


def places(level: str, count: int) -> str:
    """A number of places of one level, as it stands inside a sentence: '8 districts'."""
    values = {"n": number(count)}
    return {
        "state": lambda: ngettext("%(n)s state", "%(n)s states", count),
        "region": lambda: ngettext("%(n)s region", "%(n)s regions", count),
        "county": lambda: ngettext("%(n)s county", "%(n)s counties", count),
        "district": lambda: ngettext("%(n)s district", "%(n)s districts", count),
        "school": lambda: ngettext("%(n)s school", "%(n)s schools", count),
        "": lambda: ngettext("%(n)s place", "%(n)s places", count),
    }[level]() % values


def points(verdict: Verdict) -> str:
    """The size of a change with its unit and without its direction: '2.7 points', or 'less than 0.1 points'."""
    assert verdict.change is not None
    return units.size(verdict.unit, verdict.change)


def rate_in_words(row: dict, rate: Fraction) -> str:
    """A row's value in a sentence; a coarse one with as many decimals as it has."""
    unit = registry.indicators[row["indicator"]].unit
    coarse = row["status"] == "counts_withheld"
    return units.amount(unit, rate, (1 if row["rounded_rate"] % 10 else 0) if coarse else None)


def tag(verdict: Verdict) -> str:
    """The verdict in a few words: 'down 2.7 points (better)', 'could be chance', 'too few students to tell'."""
    if verdict.certain:
        assert verdict.change is not None
        down = verdict.change < 0
        text = {
            (Kind.BETTER, True): _("down %(points)s (better)"),
            (Kind.BETTER, False): _("up %(points)s (better)"),
            (Kind.WORSE, True): _("down %(points)s (worse)"),
            (Kind.WORSE, False): _("up %(points)s (worse)"),
            (Kind.MOVED, True): _("down %(points)s"),
            (Kind.MOVED, False): _("up %(points)s"),
        }[verdict.kind, down]
        return text % {"points": points(verdict)}
    return _("no change") if verdict.kind is Kind.CHANCE and verdict.change == 0 else verdict_name(verdict.kind)


def verdict_name(kind: Kind) -> str:
    """A kind of verdict in a few words, without its size."""
    return {
        Kind.BETTER: _("improved beyond chance"),
        Kind.WORSE: _("worsened beyond chance"),
        Kind.MOVED: _("changed beyond chance"),
        Kind.CHECK: _("a jump to check"),
        Kind.CHANCE: _("could be chance"),
        Kind.CANNOT_TELL: _("too few students to tell"),
        Kind.NOT_COMPARABLE: _("not comparable"),
        Kind.UNTESTED: _("no test of chance"),
        Kind.NO_PRIOR: _("nothing to compare with"),
        Kind.NO_COUNTS: _("no verdict"),
    }[kind]


def tag_kind(verdict: Verdict) -> str:
    """Which look the tag takes: better, worse, chance or none."""
    return verdict.kind.value if verdict.kind in (Kind.BETTER, Kind.WORSE, Kind.CHANCE) else "none"


def headline(indicator: Indicator, row: dict, verdict: Verdict) -> str:
    """Ten words or fewer on one place: what the verdict allows, neutral otherwise."""
    values = {"subject": _(indicator.subject), "year": school_year(row["year"])}
    rate = facts.exact(row)
    if row["status"] == "withheld":
        return _("%(subject)s is withheld to protect students") % values
    if row["status"] == "counts_withheld":
        if rate is None:
            return _("%(subject)s: counts are withheld to protect students") % values
        return _("%(subject)s at about %(rate)s; counts withheld") % {
            **values,
            "rate": rate_in_words(row, rate),
        }
    if rate is None:
        return _("%(subject)s: not published for %(year)s") % values
    values["rate"] = rate_in_words(row, rate)
    if verdict.certain:
        assert verdict.change is not None
        if verdict.change < 0:
            return _("%(subject)s fell to %(rate)s, more than chance") % values
        return _("%(subject)s rose to %(rate)s, more than chance") % values
    if verdict.kind is Kind.CHANCE and verdict.change:
        return _("%(subject)s at %(rate)s; change could be chance") % values
    if verdict.kind is Kind.CHECK:
        return _("%(subject)s at %(rate)s; so large a jump needs a check") % values
    return _("%(subject)s at %(rate)s in %(year)s") % values


def counted(indicator: Indicator, row: dict) -> str:
    """Who, what, when in one sentence, with as much as the status shows."""
    values = {
        "year": school_year(row["year"]),
        "missed": _(indicator.missed),
        "measure": _(indicator.title),
        "group": population(indicator, row["student_group"], row["year"]),
    }
    rate = facts.exact(row)
    everybody = row["student_group"] == indicator.total
    if row["status"] == "withheld":
        if everybody:
            return _("In %(year)s, CDE withholds this number to protect the privacy of students.") % values
        return _("In %(year)s, CDE withholds this number to protect the privacy of students (%(group)s).") % values
    if row["status"] == "counts_withheld":
        if rate is None:
            return _("In %(year)s, the counts are withheld because they would reveal a smaller group (%(group)s).") % values
        values["rate"] = rate_in_words(row, rate)
        return (
            _(
                "In %(year)s, about %(rate)s of students (%(group)s) %(missed)s. "
                "The counts are withheld because they would reveal a smaller group."
            )
            % values
        )
    if rate is None:
        if everybody:
            return _("%(measure)s is not published here for %(year)s.") % values
        return _("%(measure)s is not published here for %(year)s (%(group)s).") % values
    k, n = indicator.whole(row["numerator"], row["denominator"])
    values |= {"k": quantity(k), "n": quantity(n), "rate": rate_in_words(row, rate), "whom": _(indicator.denominator_short)}
    if indicator.kind != "share":
        values |= {"what": _(indicator.numerator_short)}
        return _("In %(year)s, %(k)s %(what)s to %(n)s %(whom)s (%(group)s): %(rate)s.") % values
    if row["status"] == "derived":
        if everybody:
            return _("In %(year)s, %(k)s of %(n)s %(whom)s %(missed)s: %(rate)s, derived from county totals.") % values
        return _("In %(year)s, %(k)s of %(n)s %(whom)s (%(group)s) %(missed)s: %(rate)s, derived from county totals.") % values
    if everybody:
        return _("In %(year)s, %(k)s of %(n)s %(whom)s %(missed)s: %(rate)s.") % values
    return _("In %(year)s, %(k)s of %(n)s %(whom)s (%(group)s) %(missed)s: %(rate)s.") % values


def quantity(count: Fraction) -> str:
    """A count as people write it; tenths of a day with their decimal."""
    return number(int(count)) if count.denominator == 1 else decimal(count)


def explain(verdict: Verdict, year: int, students: int | None = None, since: int | None = None) -> str:
    """The verdict on a year against an earlier one as one sentence. `students` only where they may be shown."""
    values = {"year": school_year(year), "before": school_year(since or year - 1), "n": number(students or 0)}
    if verdict.kind is Kind.CHECK:
        return _jump(verdict, values)
    if verdict.kind is Kind.UNTESTED:
        values |= {"points": points(verdict)}
        if (verdict.change or 0) < 0:
            return (
                _("That is %(points)s less than in %(before)s; totals of days or incidents do not tell whether by chance.")
                % values
            )
        return (
            _("That is %(points)s more than in %(before)s; totals of days or incidents do not tell whether by chance.") % values
        )
    if verdict.change is not None and verdict.lower is not None and verdict.upper is not None:
        values |= {"points": points(verdict), **bounds(verdict.lower, verdict.upper)}
        down = verdict.change < 0
        text = {
            (Kind.BETTER, True): _(
                "That is %(points)s lower than in %(before)s (better), more than chance explains "
                "(95 percent interval of the change: %(lower)s to %(upper)s)."
            ),
            (Kind.BETTER, False): _(
                "That is %(points)s higher than in %(before)s (better), more than chance explains "
                "(95 percent interval of the change: %(lower)s to %(upper)s)."
            ),
            (Kind.WORSE, True): _(
                "That is %(points)s lower than in %(before)s (worse), more than chance explains "
                "(95 percent interval of the change: %(lower)s to %(upper)s)."
            ),
            (Kind.WORSE, False): _(
                "That is %(points)s higher than in %(before)s (worse), more than chance explains "
                "(95 percent interval of the change: %(lower)s to %(upper)s)."
            ),
            (Kind.MOVED, True): _("That is %(points)s lower than in %(before)s, more than chance explains."),
            (Kind.MOVED, False): _("That is %(points)s higher than in %(before)s, more than chance explains."),
            (Kind.CHANCE, True): _("The change from %(before)s, down %(points)s, could be chance (n = %(n)s)."),
            (Kind.CHANCE, False): _("The change from %(before)s, up %(points)s, could be chance (n = %(n)s)."),
        }[verdict.kind, down]
        if verdict.kind is Kind.CHANCE and not verdict.change:
            text = _("The rate is the same as in %(before)s (n = %(n)s).")
        return text % values
    return {
        Kind.CANNOT_TELL: _("Too few students are counted to tell whether anything changed since %(before)s."),
        Kind.NOT_COMPARABLE: _("%(year)s cannot be compared with %(before)s, so no change is told."),
        Kind.NO_PRIOR: _("No counts are published for %(before)s, so no change can be told."),
        Kind.NO_COUNTS: _("Without counts, no change can be told."),
    }[verdict.kind] % values


def _jump(verdict: Verdict, values: dict) -> str:
    values = {**values, "points": points(verdict)}
    if (verdict.change or 0) < 0:
        return (
            _(
                "That is %(points)s lower than in %(before)s. A jump of this size may come from how absences or "
                "suspensions were recorded or from who was counted: ask before you tell it as a success."
            )
            % values
        )
    return (
        _(
            "That is %(points)s higher than in %(before)s. A jump of this size may come from how absences or "
            "suspensions were recorded or from who was counted: ask before you act on it."
        )
        % values
    )


def also(indicator: Indicator, row: dict, verdict: Verdict) -> str:
    """One sentence on a second indicator, after the first has been told."""
    rate = facts.exact(row)
    values = {
        "subject": _(indicator.subject),
        "rate": rate_in_words(row, rate) if rate is not None else "",
        "before": school_year(row["year"] - 1),
    }
    if verdict.certain:
        values |= {"points": points(verdict)}
        text = {
            (Kind.BETTER, True): _("%(subject)s fell by %(points)s to %(rate)s (better), more than chance."),
            (Kind.BETTER, False): _("%(subject)s rose by %(points)s to %(rate)s (better), more than chance."),
            (Kind.WORSE, True): _("%(subject)s fell by %(points)s to %(rate)s (worse), more than chance."),
            (Kind.WORSE, False): _("%(subject)s rose by %(points)s to %(rate)s (worse), more than chance."),
            (Kind.MOVED, True): _("%(subject)s fell by %(points)s to %(rate)s, more than chance."),
            (Kind.MOVED, False): _("%(subject)s rose by %(points)s to %(rate)s, more than chance."),
        }[verdict.kind, (verdict.change or 0) < 0]
        return text % values
    if verdict.kind is Kind.CHANCE and not verdict.change:
        return _("%(subject)s stands at %(rate)s, as in %(before)s.") % values
    if verdict.kind is Kind.CHANCE:
        return _("%(subject)s stands at %(rate)s; its change from %(before)s could be chance.") % values
    return ""


def population(indicator: Indicator, group: str, year: int) -> str:
    """A student group as it stands inside a sentence: 'all students', 'English learners'."""
    label = facts.group_label(indicator, group, year)
    return label.lower() if group == indicator.total else label


def subtitle(indicator: Indicator, group: str, first: int, last: int | None = None, interval: bool = True) -> str:
    """Measure, unit, population and years of an exhibit."""
    values = {
        "measure": _(indicator.title),
        "group": population(indicator, group, last or first),
        "first": school_year(first),
        "last": school_year(last or first),
        "unit": units.UNITS[indicator.unit].name(),
    }
    interval = interval and indicator.interval != "none"
    if last and last != first:
        if interval:
            return _("%(measure)s, %(group)s, %(unit)s, %(first)s to %(last)s, with 95 percent interval") % values
        return _("%(measure)s, %(group)s, %(unit)s, %(first)s to %(last)s") % values
    if interval:
        return _("%(measure)s, %(group)s, %(unit)s, %(first)s, with 95 percent interval") % values
    return _("%(measure)s, %(group)s, %(unit)s, %(first)s") % values


def subtitle_of_groups(indicator: Indicator, year: int) -> str:
    """Measure, unit and year of an exhibit of several student groups."""
    values = {"measure": _(indicator.title), "unit": units.UNITS[indicator.unit].name(), "year": school_year(year)}
    if indicator.interval == "none":
        return _("%(measure)s, %(unit)s, %(year)s") % values
    return _("%(measure)s, %(unit)s, %(year)s, with 95 percent interval") % values


def notes(indicator: Indicator, group: str, level: str, first: int, last: int) -> tuple[str, ...]:
    """The caveats that follow an indicator to an exhibit of some years; a dated one only where its year is among them."""
    found = registry.caveats_of(indicator, group, level)
    dated = ("mark", "unusual")
    said = (_(c.text) for c in found if c.effect not in dated or any(first <= y <= last for y in c.years))
    return (*said, *charters.notes(indicator.family, level))


def names(found: list[str], most: int = MOST_NAMES, total: int = 0) -> str:
    """A list of names for a sentence, cut with a count: 'A, B, C and 4 more'. `total`: how many there are in all."""
    rest = max(len(found), total) - most
    if rest <= 0:
        return ", ".join(found)
    return _("%(names)s and %(n)s more") % {"names": ", ".join(found[:most]), "n": number(rest)}


def rate_of(name: str, row: dict) -> str:
    """One place and its value, as a list item."""
    return _("%(name)s: %(value)s") % {"name": name, "value": facts.display(row)}


def since(verdict: Verdict, year: int) -> str:
    """A change over several years as a headline."""
    values = {"year": school_year(year)}
    if verdict.certain:
        values["points"] = points(verdict)
        if (verdict.change or 0) < 0:
            return _("Down %(points)s since %(year)s, more than chance") % values
        return _("Up %(points)s since %(year)s, more than chance") % values
    if verdict.kind is Kind.CHANCE:
        return _("No change beyond chance since %(year)s") % values
    return _("No change since %(year)s can be told") % values


def card_detail(indicator: Indicator, row: dict) -> str:
    """The small print of a key number: counts where they may stand, the group and the year."""
    values = {"group": population(indicator, row["student_group"], row["year"]), "year": school_year(row["year"])}
    if row["status"] in facts.SHOWN and row["denominator"]:
        values |= {"k": number(row["numerator"]), "n": number(row["denominator"]), "whom": _(indicator.denominator_short)}
        return _("%(k)s of %(n)s %(whom)s (%(group)s, %(year)s)") % values
    return _("%(year)s (%(group)s)") % values


def changed(row: dict, indicator: Indicator) -> str:
    """One place and its change, as a list item: 'Alameda Unified, down 2.1 points to 14.3 % (−3.0 to −1.2)'."""
    values = {
        "name": row["name"],
        "points": points(facts.verdict_of(row, indicator)),
        "rate": facts.display(row),
    }
    if row["change_lower"] is None:
        if row["change"] < 0:
            return _("%(name)s, down %(points)s to %(rate)s") % values
        return _("%(name)s, up %(points)s to %(rate)s") % values
    values |= bounds(row["change_lower"], row["change_upper"])
    if row["change"] < 0:
        return _("%(name)s, down %(points)s to %(rate)s (%(lower)s to %(upper)s)") % values
    return _("%(name)s, up %(points)s to %(rate)s (%(lower)s to %(upper)s)") % values
