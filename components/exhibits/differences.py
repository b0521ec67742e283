"""Cohorts: how the rates of grantees moved beside those of their matched schools. It describes; it does not show cause."""

import pandas as pd

from components import cohorts, matching, shares, units, words
from components.cohorts import Comparison, Mean
from components.exhibit import Ask, Column, Exhibit, Shown, Table
from components.exhibits import sourcing
from components.figures import differences as figures
from components.i18n import _, bounds, number, school_year, signed
from components.matching import Estimate
from components.view import View
from data import registry
from data.registry import Indicator

DESCRIBES = _("This describes; it does not show cause.")


def build_difference(view: View, ask: Ask) -> Shown:
    """Difference in change by cohort and year since its start, with interval; which grantees have no matches, by name."""
    found = cohorts.comparisons(view, ask)
    indicator = view.measure
    base, last = min(c.base for c in found), max(c.year for c in found)
    subtitle = _(
        "%(measure)s of all students, change since the year before the grant, grantees less matched schools. "
        "%(where)s. Hollow: may be chance or come from the matching"
    )
    subtitle = subtitle % {"measure": _(indicator.title), "where": _capital(shares.area(view))}
    said = [*_said(found, indicator), *_hollow(found), *_how(found, indicator), *_left_out(found, indicator, ask)]
    drawn = [c for c in found if c.pair.by_rate]
    years = {y for c in found for y in (c.base, c.year)}
    return Shown(
        key="difference",
        headline=headline(cohorts.newest(found)),
        subtitle=subtitle,
        table=_table(found, indicator, subtitle),
        rows=lambda: _file(found, indicator),
        figure=figures.differences(drawn, indicator) if drawn else None,
        words=tuple(said),
        source=sourcing.source_line(view, indicator, years),
        notes=words.notes(indicator, cohorts.GROUP, "school", base, last),
        alt=_("Dot plot of differences with intervals around zero. %(words)s") % {"words": " ".join(_said(found, indicator))},
        why=_why(view, indicator, years),
        build=sourcing.build_id(view),
    )


def build_lines(view: View, ask: Ask) -> Shown:
    """The mean rate of matched grantees and of their matches, year by year, a panel a cohort."""
    found = cohorts.newest(cohorts.comparisons(view, ask))
    indicator = view.measure
    panels = [(c, cohorts.means(c, indicator)) for c in found]
    subtitle = _("%(measure)s of all students, %(unit)s: mean of schools, each weighing the same. %(where)s") % {
        "measure": _(indicator.title),
        "unit": units.UNITS[indicator.unit].name(),
        "where": _capital(shares.area(view)),
    }
    years = {m.year for _c, means in panels for m in means}
    said = [*(_ran(c, means, indicator) for c, means in panels), _("A mean of schools is not a rate of students."), DESCRIBES]
    return Shown(
        key="lines",
        headline=_("Grantees and their matches, year by year") if panels else _("Too few matched schools to draw"),
        subtitle=subtitle,
        table=_years_table(panels, indicator, subtitle),
        rows=lambda: _years_file(panels, indicator),
        figure=figures.lines(panels, indicator) if panels else None,
        words=tuple(said) if panels else (few(),),
        source=sourcing.source_line(view, indicator, years),
        alt=_("Line charts, one for each cohort. %(words)s") % {"words": " ".join(said)},
        why=_why(view, indicator, years),
        build=sourcing.build_id(view),
    )


def few() -> str:
    return _("Of fewer than %(n)s matched grantees, or of too few districts, no estimate is shown.") % {"n": cohorts.LEAST}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def headline(newest: list[Comparison]) -> str:
    """Ten words at most: a difference only where both ways of matching agree that it is more than chance."""
    apart = [c for c in newest if c.pair.side]
    if not newest:
        return _("Too few matched schools to tell a difference")
    if not apart and len(newest) > 1:
        return _("No cohort differs from matched schools beyond chance")
    if not apart:
        return _("Cohort %(n)s: no difference beyond chance from matched schools") % {"n": newest[0].cohort.number}
    if len(apart) > 1:
        values = {"n": number(len(apart)), "of": number(len(newest))}
        return _("%(n)s of %(of)s cohorts differ from matched schools beyond chance") % values
    return _direction(apart[0].pair.by_rate) % {"n": apart[0].cohort.number}


def _direction(estimate: Estimate | None) -> str:
    assert estimate is not None
    if estimate.difference < 0:
        if estimate.grantees < 0:
            return _("Cohort %(n)s fell more than matched schools, beyond chance")
        return _("Cohort %(n)s rose less than matched schools, beyond chance")
    if estimate.grantees > 0:
        return _("Cohort %(n)s rose more than matched schools, beyond chance")
    return _("Cohort %(n)s fell less than matched schools, beyond chance")


def moved(value: float, unit: str) -> str:
    """A mean change in a sentence: 'down 3.0 points'."""
    text = _("down %(size)s") if value < 0 else _("up %(size)s")
    return text % {"size": units.size(unit, value)}


def _said(found: tuple[Comparison, ...], indicator: Indicator) -> list[str]:
    """A sentence a cohort on its newest year, then what the reader may make of them."""
    out = []
    for number_of in dict.fromkeys(c.cohort.number for c in found):
        mine = [c for c in found if c.cohort.number == number_of]
        told = [c for c in mine if c.pair.by_rate]
        if told:
            out.append(_sentence(told[-1], indicator))
        else:
            text = _("Cohort %(n)s: too few matched grantees for an estimate (fewer than %(least)s, or of too few districts).")
            out.append(text % {"n": number_of, "least": cohorts.LEAST})
    waiting = [c for c in registry.cohorts if c.number not in {f.cohort.number for f in found}]
    started = max(c.year for c in found)
    for cohort in waiting:
        if cohort.first > started:
            text = _("Cohort %(n)s started in %(year)s, after the years shown.")
            out.append(text % {"n": cohort.number, "year": school_year(cohort.first)})
    return [*out, DESCRIBES]


def _sentence(of: Comparison, indicator: Indicator) -> str:
    estimate = of.pair.by_rate
    assert estimate is not None
    values = {
        "n": of.cohort.number,
        "base": school_year(of.base),
        "year": school_year(of.year),
        "count": number(estimate.count),
        "own": moved(estimate.grantees, indicator.unit),
        "others": moved(estimate.matches, indicator.unit),
        "difference": units.UNITS[indicator.unit].change() % {"value": signed(estimate.difference, _places(indicator))},
        **bounds(estimate.lower, estimate.upper),
    }
    text = _(
        "Cohort %(n)s from %(base)s to %(year)s: %(count)s schools %(own)s, their matches %(others)s, a difference of "
        "%(difference)s (95 percent interval %(lower)s to %(upper)s)."
    )
    return _("%(what)s %(so)s") % {"what": text % values, "so": stands(of)}


def stands(of: Comparison) -> str:
    """What the two ways of matching allow one to say of a comparison, as a sentence."""
    one, two = of.pair.by_rate, of.pair.by_features
    if of.pair.side:
        return _("That is more than chance, also where schools are matched without the base rate.")
    if one and (one.lower > 0 or one.upper < 0):
        if two is None:
            return _("That cannot be checked by matching without the base rate, so it is not called a difference.")
        values = bounds(two.lower, two.upper)
        text = _("Matched without the base rate it is %(lower)s to %(upper)s, so it may come from how schools were matched.")
        return text % values
    return _("That could be chance.")


def _hollow(found: tuple[Comparison, ...]) -> list[str]:
    """Which dots are hollow although their own interval leaves out zero, and why."""
    odd = [c for c in found if c.pair.by_rate and not c.pair.side and (c.pair.by_rate.lower > 0 or c.pair.by_rate.upper < 0)]
    if not odd:
        return []
    names = [_("cohort %(n)s in %(year)s") % {"n": c.cohort.number, "year": school_year(c.year)} for c in odd]
    text = _("Drawn hollow although the interval leaves out zero: %(names)s. Matching without the base rate does not agree.")
    return [text % {"names": ", ".join(names)}]


def _places(indicator: Indicator) -> int:
    return units.UNITS[indicator.unit].places


def _how(found: tuple[Comparison, ...], indicator: Indicator) -> list[str]:
    """How schools were matched, and what follows for the reader."""
    told = sum(c.pair.by_rate is not None for c in found)
    out = [
        _(
            "Each grantee is set beside the %(k)s schools without a grant of any cohort that are nearest to it: same school "
            "level and size band, then the characteristics of similar places, the rate of the base year and, where two "
            "comparable years lie before the start, its trend. They may lie anywhere in California. A school may be a match of "
            "several grantees; the interval allows for that and for schools of one district moving together."
        )
        % {"k": matching.K},
        _("Every school weighs the same, whatever its size, and no student totals are added up."),
    ]
    if told > 1:
        text = _("Of %(n)s intervals, one in twenty would leave out zero by chance alone.")
        out.append(text % {"n": number(told)})
    odd = sorted({c.cohort.number for c in found if c.base in registry.unusual_years(indicator)})
    if odd:
        text = _("Cohort %(n)s starts from %(year)s, an unusual year nearly everywhere: read it with care.")
        base = next(c.base for c in found if c.cohort.number == odd[0])
        out.append(text % {"n": ", ".join(map(str, odd)), "year": school_year(base)})
    late = {c.cohort.number: c.base for c in found if c.base >= c.cohort.first}
    for cohort, base in late.items():
        text = _("Cohort %(n)s is measured from %(year)s, its first comparable year, which lies after its start.")
        out.append(text % {"n": cohort, "year": school_year(base)})
    if any(cohorts.law_between(c, indicator) for c in found):
        out.append(
            _(
                "SB 274 bars suspension for willful defiance in grades 6 to 12 from July 2024. Differences to 2024–25 and later "
                "cross it: schools that suspended more for defiance fall more, with or without a grant."
            )
        )
    return out


def _left_out(found: tuple[Comparison, ...], indicator: Indicator, ask: Ask) -> list[str]:
    """Grantees that stand in no estimate of their cohort's newest year: counted, and named where there are few."""
    out = []
    last = {c.cohort.number: c for c in found}
    codes = [e for c in last.values() for e in (*c.alone, *c.unknown)]
    frame = ask("places", entities=codes) if codes else pd.DataFrame({"entity": [], "name": []})
    name = dict(zip(frame["entity"].astype(str), frame["name"].astype(str), strict=True))
    for of in last.values():
        values = {"n": of.cohort.number, "rank": indicator.min_rank, "k": matching.K}
        for who, text in (
            (of.alone, _("Cohort %(n)s, without %(k)s schools near enough (%(count)s): %(names)s.")),
            (of.unknown, _("Cohort %(n)s, closed or with under %(rank)s students counted in a year (%(count)s): %(names)s.")),
        ):
            if who:
                told = sorted(name.get(e, e) for e in who)
                out.append(text % {**values, "count": number(len(who)), "names": words.names(told)})
    return out


def _row(of: Comparison, indicator: Indicator) -> dict[str, str]:
    one, two, places = of.pair.by_rate, of.pair.by_features, _places(indicator)
    first = {
        "cohort": _("Cohort %(n)d") % {"n": of.cohort.number},
        "base": school_year(of.base),
        "year": school_year(of.year),
        "since": number(of.since),
        "law": _("SB 274") if cohorts.law_between(of, indicator) else "–",
    }
    if one is None:
        hidden = _("fewer than %(n)s") % {"n": cohorts.LEAST} if len(of.grantees) < cohorts.LEAST else number(len(of.grantees))
        return {
            **first,
            "count": hidden,
            **dict.fromkeys(("own", "others", "interval", "plain"), "–"),
            "difference": _("not shown"),
        }
    return {
        **first,
        "count": number(one.count),
        "own": signed(one.grantees, places),
        "others": signed(one.matches, places),
        "difference": signed(one.difference, places),
        "interval": _("%(lower)s to %(upper)s") % bounds(one.lower, one.upper),
        "plain": _("%(lower)s to %(upper)s") % bounds(two.lower, two.upper) if two else "–",
    }


def _table(found: tuple[Comparison, ...], indicator: Indicator, caption: str) -> Table:
    columns = (
        Column("cohort", _("Cohort")),
        Column("base", _("From")),
        Column("year", _("To")),
        Column("since", _("Year of the grant"), "number"),
        Column("count", _("Grantees matched"), "number"),
        Column("own", _("Their change"), "number"),
        Column("others", _("Change of matches"), "number"),
        Column("difference", _("Difference"), "number"),
        Column("interval", _("95 percent interval"), "number"),
        Column("plain", _("Interval without the base rate"), "number"),
        *([Column("law", _("Law between"))] if any(cohorts.law_between(c, indicator) for c in found) else []),
    )
    return Table(caption, columns, tuple(_row(c, indicator) for c in found))


def _file(found: tuple[Comparison, ...], indicator: Indicator) -> pd.DataFrame:
    """One row a cohort and year, in the unit of the measure and unrounded; empty where no estimate is shown."""
    rows = []
    for of in found:
        one, two = of.pair.by_rate, of.pair.by_features
        rows.append(
            {
                "indicator": indicator.name,
                "cohort": of.cohort.number,
                "base_year": registry.year_label(of.base),
                "academic_year": registry.year_label(of.year),
                "year_of_grant": of.since,
                "grantees_matched": one.count if one else None,
                "districts": one.districts if one else None,
                "change_grantees": one.grantees if one else None,
                "change_matches": one.matches if one else None,
                "difference": one.difference if one else None,
                "lower": one.lower if one else None,
                "upper": one.upper if one else None,
                "difference_without_base_rate": two.difference if one and two else None,
                "lower_without_base_rate": two.lower if one and two else None,
                "upper_without_base_rate": two.upper if one and two else None,
                "beyond_chance": bool(of.pair.side) if one else None,
                "law_between": "SB 274" if cohorts.law_between(of, indicator) else "",
            }
        )
    return pd.DataFrame(rows).astype({"grantees_matched": "Int64", "districts": "Int64", "beyond_chance": "boolean"})


def _ran(of: Comparison, means: list[Mean], indicator: Indicator) -> str:
    by = {m.year: m for m in means}
    first, last = by[of.base], by[of.year]
    unit = indicator.unit
    text = _(
        "Cohort %(n)s, %(count)s schools: from %(own)s in %(base)s to %(now)s in %(year)s; their matches from %(others)s "
        "to %(then)s."
    )
    return text % {
        "n": of.cohort.number,
        "count": number(last.pairs),
        "own": units.amount(unit, first.grantees),
        "now": units.amount(unit, last.grantees),
        "base": school_year(of.base),
        "year": school_year(of.year),
        "others": units.amount(unit, first.matches),
        "then": units.amount(unit, last.matches),
    }


def _years_table(panels: list[tuple[Comparison, list[Mean]]], indicator: Indicator, caption: str) -> Table:
    lines = [
        {
            "cohort": _("Cohort %(n)d") % {"n": of.cohort.number},
            "year": school_year(m.year),
            "own": units.brief(indicator.unit, m.grantees),
            "others": units.brief(indicator.unit, m.matches),
            "count": number(m.pairs),
        }
        for of, means in panels
        for m in means
    ]
    columns = (
        Column("cohort", _("Cohort")),
        Column("year", _("Year")),
        Column("own", _("Mean of grantees"), "number"),
        Column("others", _("Mean of matches"), "number"),
        Column("count", _("Grantees"), "number"),
    )
    return Table(caption, columns, tuple(lines))


def _years_file(panels: list[tuple[Comparison, list[Mean]]], indicator: Indicator) -> pd.DataFrame:
    columns = ["indicator", "cohort", "academic_year", "grantees", "mean_rate_grantees", "mean_rate_matches"]
    rows = [
        (indicator.name, of.cohort.number, registry.year_label(m.year), m.pairs, m.grantees, m.matches)
        for of, means in panels
        for m in means
    ]
    return pd.DataFrame(rows, columns=columns)


def _why(view: View, indicator: Indicator, years: set[int]) -> tuple[tuple[str, str], ...]:
    ours = (
        (
            _("Difference"),
            _(
                "Mean over matched grantees of: own change less the mean change of its %(k)s matches. A match lies within "
                "%(rate)s standard deviations of the base rate and %(all)s of all characteristics together. The interval is a "
                "jackknife over districts with t quantiles (components/matching.py)."
            )
            % {"k": matching.K, "rate": matching.RATE_CALIPER, "all": matching.CALIPER},
        ),
        (
            _("Beyond chance"),
            _(
                "Only where the interval leaves out zero both with and without matching by the base rate: schools that were "
                "picked in a bad year, or are matched with schools in a bad year, come back to their usual level by themselves."
            ),
        ),
    )
    return (*ours, *sourcing.why(view, indicator, "cohorts", years))


DIFFERENCE = Exhibit("difference", build_difference, title=_("Grantees and their matches"))
LINES = Exhibit("lines", build_lines, title=_("Grantees and their matches, year by year"))
