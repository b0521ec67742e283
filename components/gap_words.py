"""What may be said of a student group against all other students: headlines, tags, sentences. No causes, no better or worse."""

from collections.abc import Sequence

from components import facts, units, words
from components.gaps import UNNAMED, Allowed, Gap, Side
from components.i18n import _, bounds, decimal, half_up, ngettext, number
from data.registry import Indicator

MOST_WORDS = 10
"""The longest headline."""


def students(indicator: Indicator, line: str, year: int) -> str:
    """A student group as it stands inside a sentence: 'African American students', 'foster youth'."""
    return {
        "RB": _("African American students"),
        "RI": _("American Indian or Alaska Native students"),
        "RA": _("Asian students"),
        "RF": _("Filipino students"),
        "RH": _("Hispanic or Latino students"),
        "RP": _("Pacific Islander students"),
        "RT": _("students of two or more races"),
        "RW": _("White students"),
        "GF": _("female students"),
        "GM": _("male students"),
        "GX": _("non-binary students"),
        "SD": _("students with disabilities"),
        "SS": _("socioeconomically disadvantaged students"),
        "SM": _("migrant students"),
        "SF": _("foster youth"),
        "SH": _("students experiencing homelessness"),
    }.get(line) or facts.group_label(indicator, line, year)


def opening(text: str) -> str:
    """A phrase as it begins a sentence."""
    return text[:1].upper() + text[1:]


def widest(gaps: Sequence[Gap], indicator: Indicator) -> Gap | None:
    """The group farthest on the side that the measure does not want, by the end of its interval nearer to no gap, or None.

    By that end, not by the point estimate: a small group's luck is no headline. Groups set against the state's others come
    into question only where none is set against the place's own: the two are not measured with one yardstick.
    """
    wanted = Side.BELOW if indicator.better == "higher" else Side.ABOVE
    every = [g for g in gaps if g.side is wanted and g.row["student_group"] not in UNNAMED and g.numbers]
    found = [g for g in every if g.allowed is not Allowed.STATE] or every
    with_ratio = [g for g in found if g.numbers and g.numbers.ratio]
    if wanted is Side.ABOVE and with_ratio:
        return max(with_ratio, key=lambda g: g.numbers.ratio[1])  # type: ignore[union-attr,index]
    return max(found, key=lambda g: min(abs(g.numbers.lower), abs(g.numbers.upper)), default=None)  # type: ignore[union-attr]


def headline(gap: Gap, indicator: Indicator) -> str:
    """One gap beyond chance in ten words or fewer: as a ratio where the group is above, else as a difference."""
    told = gap.numbers
    assert told is not None
    group = students(indicator, gap.row["student_group"], gap.row["year"])
    values = {
        "Subject": _(indicator.subject),
        "subject": _(indicator.subject)[:1].lower() + _(indicator.subject)[1:],
        "group": group,
        "Group": opening(group),
        "label": facts.group_label(indicator, gap.row["student_group"], gap.row["year"]),
        "points": units.size(indicator.unit, told.difference),
    }
    statewide = gap.allowed is Allowed.STATE
    if told.ratio:
        values["ratio"] = decimal(told.ratio[0])
    if gap.side is Side.ABOVE and told.ratio and statewide:
        tries = (
            _("%(label)s: %(ratio)s times the rate of California’s others"),
            _("%(label)s: %(ratio)s times California’s rate"),
        )
    elif statewide:
        tries = (
            _("%(label)s: %(points)s above California’s others")
            if gap.side is Side.ABOVE
            else _("%(label)s: %(points)s below California’s others"),
        )
    elif gap.side is Side.ABOVE and told.ratio:
        tries = (
            _("%(Subject)s of %(group)s %(ratio)s times that of others"),
            _("%(Group)s: %(subject)s %(ratio)s times that of others"),
            _("%(label)s: %(ratio)s times others’ rate"),
        )
    elif gap.side is Side.ABOVE:
        tries = (_("%(Subject)s of %(group)s %(points)s above others"), _("%(label)s: %(points)s above others"))
    else:
        tries = (_("%(Subject)s of %(group)s %(points)s below others"), _("%(label)s: %(points)s below others"))
    said = [text % values for text in tries]
    return next((s for s in said if len(s.split()) <= MOST_WORDS), said[-1])


def of_all(gaps: Sequence[Gap]) -> str:
    """How many groups of a place stand apart from all others, as a headline.

    Groups set against the state's others count only where none is set against the place's own, and the headline says so.
    """
    compared = [g for g in gaps if g.numbers]
    own = [g for g in compared if g.allowed is not Allowed.STATE]
    above, below = (sum(g.side is side for g in own or compared) for side in (Side.ABOVE, Side.BELOW))
    values = {"above": number(above), "below": number(below), "apart": number(above + below)}
    if not compared:
        return _("Student groups, each with its own rate")
    if not own and above + below:
        text = ngettext(
            "Beyond chance: %(apart)s group apart from California’s others",
            "Beyond chance: %(apart)s groups apart from California’s others",
            above + below,
        )
        return text % values
    if above and below:
        return (
            ngettext(
                "Beyond chance: %(above)s group above others, %(below)s below",
                "Beyond chance: %(above)s groups above others, %(below)s below",
                above,
            )
            % values
        )
    if above:
        return (
            ngettext("Beyond chance: %(above)s group above others", "Beyond chance: %(above)s groups above others", above)
            % values
        )
    if below:
        return (
            ngettext("Beyond chance: %(below)s group below others", "Beyond chance: %(below)s groups below others", below)
            % values
        )
    return _("No group stands apart beyond chance")


def tag(gap: Gap) -> str:
    """What can be said of a row of the table, or why nothing is."""
    if gap.allowed is Allowed.STATE:
        return {
            Side.ABOVE: _("above California’s others, beyond chance"),
            Side.BELOW: _("below California’s others, beyond chance"),
        }.get(gap.side, _("against California’s others: could be chance"))
    return {
        (Side.ABOVE, True): _("above, beyond chance"),
        (Side.BELOW, True): _("below, beyond chance"),
        (Side.CHANCE, True): _("could be chance"),
    }.get((gap.side, gap.numbers is not None)) or {
        Allowed.COUNTS: _("no counts"),
        Allowed.SIBLING: _("related group withheld"),
        Allowed.COUNTY: _("a county’s counts withheld"),
        Allowed.INCOMPLETE: _("groups do not add up"),
        Allowed.FEW: _("too few students"),
    }[gap.allowed]


def told(gap: Gap, indicator: Indicator) -> list[str]:
    """A compared group in sentences: both rates with counts, the difference, beside it the ratio, and the students behind it."""
    n, row = gap.numbers, gap.row
    assert n is not None
    rates = {
        "group": opening(students(indicator, row["student_group"], row["year"])),
        "rate": units.brief(indicator.unit, facts.exact(row) or 0),
        "k": number(row["numerator"]),
        "n": number(row["denominator"]),
        "others": units.brief(indicator.unit, n.others_rate),
        "other_k": number(n.others[0]),
        "other_n": number(n.others[1]),
    }
    text = _("%(group)s: %(rate)s (%(k)s of %(n)s). All other students: %(others)s (%(other_k)s of %(other_n)s).")
    if gap.allowed is Allowed.STATE:
        text = _("%(group)s: %(rate)s (%(k)s of %(n)s). All others in California: %(others)s (%(other_k)s of %(other_n)s).")
    out = [text % rates]
    out.append(_difference(gap, indicator))
    if n.ratio:
        out.append(
            _("The rate is %(ratio)s times that of the others (%(lower)s to %(upper)s).")
            % dict(zip(("ratio", "lower", "upper"), ratios(n.ratio), strict=True))
        )
    return [*out, *at_their_rate(gap, indicator)]


def ratios(values: Sequence[float]) -> list[str]:
    """A ratio and the ends of its interval: with more decimals where two would make one of them look like 1."""
    places = 2
    while places < 4 and any(v != 1 and half_up(v, places) == 1 for v in values):
        places += 1
    return [decimal(v, places) for v in values]


def _difference(gap: Gap, indicator: Indicator) -> str:
    n = gap.numbers
    assert n is not None
    values = {"size": units.size(indicator.unit, n.difference), **bounds(n.lower, n.upper)}
    if gap.side is Side.CHANCE:
        return _("The difference of %(size)s could be chance (%(lower)s to %(upper)s).") % values
    if gap.side is Side.ABOVE:
        return _("That is %(size)s more, beyond chance (95 percent interval %(lower)s to %(upper)s).") % values
    return _("That is %(size)s less, beyond chance (95 percent interval %(lower)s to %(upper)s).") % values


def students_behind(gap: Gap, indicator: Indicator) -> int | None:
    """How many students a gap beyond chance stands for, where the group is on the side that the measure does not want."""
    unwanted = Side.BELOW if indicator.better == "higher" else Side.ABOVE
    if gap.side is not unwanted or gap.numbers is None or gap.numbers.fewer is None:
        return None
    return abs(int(half_up(gap.numbers.fewer, 0)))


def at_their_rate(gap: Gap, indicator: Indicator) -> list[str]:
    """'At the rate of the others, 14 fewer students would be suspended', or nothing."""
    count = students_behind(gap, indicator)
    if not count:
        return []
    values = {"n": number(count), "what": _(indicator.numerator_short)}
    if indicator.better == "higher":
        return [
            ngettext(
                "At the rate of the others, %(n)s more student would be %(what)s.",
                "At the rate of the others, %(n)s more students would be %(what)s.",
                count,
            )
            % values
        ]
    return [
        ngettext(
            "At the rate of the others, %(n)s fewer student would be %(what)s.",
            "At the rate of the others, %(n)s fewer students would be %(what)s.",
            count,
        )
        % values
    ]


def against_state(gaps: Sequence[Gap], year: int, indicator: Indicator) -> list[str]:
    """Who is set against all others of California, and why not against the place's own, or nothing."""
    rows = [g.row for g in gaps if g.allowed is Allowed.STATE]
    if not rows:
        return []
    named = [facts.group_label(indicator, r["student_group"], year) for r in rows]
    text = _(
        "Set against all other students of California, because here a related group is withheld or too few others remain "
        "(%(n)s): %(names)s. California’s others include those of this place."
    )
    return [text % {"n": number(len(rows)), "names": words.names(named)}]


def not_compared(gaps: Sequence[Gap], indicator: Indicator, year: int) -> list[str]:
    """Who is not set against all others, and why, by name; what their own row shows beside it."""
    texts = {
        Allowed.SIBLING: _(
            "Not set against all others, because a related group is withheld and the others’ total would help to find it "
            "(%(n)s): %(names)s."
        ),
        Allowed.COUNTY: _("Not set against all others, because a county of the region withholds counts (%(n)s): %(names)s."),
        Allowed.INCOMPLETE: _("Not set against all others, because the groups do not add up to all students (%(n)s): %(names)s."),
        Allowed.FEW: _("Fewer than %(least)s students on one side, so not set against all others (%(n)s): %(names)s."),
    }
    out = []
    for why, text in texts.items():
        rows = [g.row for g in gaps if g.allowed is why]
        if rows:
            named = [words.rate_of(facts.group_label(indicator, r["student_group"], year), r) for r in rows]
            out.append(text % {"n": number(len(rows)), "names": words.names(named), "least": number(max(30, indicator.min_rank))})
    return out
