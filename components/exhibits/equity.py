"""Equity: the student groups of one place, each beside all other students where components/gaps.py allows it."""

from dataclasses import dataclass

import pandas as pd

from components import facts, gap_words, tables, units, words
from components.exhibit import Ask, Column, Exhibit, Shown, Table, Unanswerable
from components.exhibits import sets, sourcing
from components.figures.gap_dots import gap_dots
from components.gaps import FEWEST, FEWEST_CASES, HIDDEN, Allowed, Gap, Side, fits, gaps, people
from components.i18n import _, bounds, number, school_year, signed
from components.verdict import Frame
from components.view import View
from data import registry
from data.registry import Indicator

GAP_COLUMNS = (
    *tables.FILE_COLUMNS,
    "others_numerator",
    "others_denominator",
    "others_rate",
    "difference",
    "difference_lower",
    "difference_upper",
    "ratio",
    "ratio_lower",
    "ratio_upper",
    "fewer_students",
    "allowed",
)


@dataclass(frozen=True)
class Standing:
    """One place and year: the row of all students, the enriched rows of its groups, and the gaps in the same order."""

    place: dict
    year: int
    total: dict
    groups: Frame
    gaps: list[Gap]


def fitting(indicator: Indicator) -> None:
    """Raises Unanswerable where student groups cannot be compared by this measure."""
    if not fits(indicator):
        raise Unanswerable(
            _(
                "This page compares student groups by shares of students. “%(measure)s” is no such measure, or is not published "
                "by student group: choose another indicator."
            )
            % {"measure": _(indicator.title)}
        )


def standing(view: View, ask: Ask) -> Standing:
    """The groups of the first chosen place, or of the state. Raises Unanswerable."""
    indicator = view.measure
    fitting(indicator)
    place = facts.place_of(facts.entity_of(view), ask)
    year = facts.year_at(place, view, ask)
    order = people(indicator)
    frame = facts.enrich(ask("groups", entity=place["entity"], indicator=indicator.name, year=year), indicator, year)
    groups = frame[frame["student_group"].isin(order)].sort_values(
        "student_group", key=lambda s: s.map(order.index), ignore_index=True
    )
    total = facts.single(place["entity"], place["level"], indicator, indicator.total, year, ask)
    left_out = _left_out(place, indicator, year, ask) if place["level"] == "region" else frozenset()
    rows = [total, *facts.records(groups)]
    return Standing(place, year, total, groups, gaps(rows, indicator, left_out, _of_the_state(place, indicator, year, ask)))


def _of_the_state(place: dict, indicator: Indicator, year: int, ask: Ask) -> list[dict]:
    """The state's rows of the year, for a place below it."""
    if place["level"] == "state":
        return []
    return facts.records(facts.enrich(ask("groups", entity=registry.STATE, indicator=indicator.name, year=year), indicator, year))


def _left_out(place: dict, indicator: Indicator, year: int, ask: Ask) -> frozenset[str]:
    """The student groups that some county of a region hides, all students among them."""
    entities = [registry.county_by_code[c].entity for c in registry.region_by_code[place["entity"]].counties]
    cells = ask("heat", entities=entities, indicator=indicator.name, year=year)
    return frozenset(cells.loc[cells["status"].astype(str).isin(HIDDEN), "student_group"].astype(str))


def build_lead(view: View, ask: Ask) -> Shown:
    """The page's headline: the widest gap beyond chance, or none; in a paragraph its counts and what they come to."""
    found, indicator = standing(view, ask), view.measure
    place, year = found.place, found.year
    widest = gap_words.widest(found.gaps, indicator)
    said = [words.counted(indicator, found.total)]
    if widest:
        said += gap_words.told(widest, indicator)
    elif not any(g.numbers for g in found.gaps):
        said.append(_("No student group of this place can be set against all other students here; the table says why."))
    return Shown(
        key="lead",
        headline=gap_words.headline(widest, indicator) if widest else _neutral(place, indicator),
        subtitle=" ".join(said),
        table=_table(found, indicator, words.subtitle(indicator, indicator.total, year)),
        rows=lambda: gap_frame(found, indicator),
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year}),
        why=why(view, indicator, year),
        build=sourcing.build_id(view),
        extra={"kicker": _kicker(place), "crumbs": sourcing.crumbs(place), "next": _next(view, place, ask)},
    )


def _neutral(place: dict, indicator: Indicator) -> str:
    text = _("%(subject)s by student group: %(name)s") % {"subject": _(indicator.subject), "name": place["name"]}
    return (
        text
        if len(text.split()) <= gap_words.MOST_WORDS
        else _("%(subject)s by student group") % {"subject": _(indicator.subject)}
    )


def _kicker(place: dict) -> str:
    if place["level"] == "state":
        return _("Equity · California")
    values = {"level": words.level_name(place["level"]), "name": place["name"], "code": sourcing.code_of(place["entity"])}
    return _("Equity · %(name)s · %(level)s · %(code)s") % values


def _next(view: View, place: dict, ask: Ask) -> list[tuple[str, str, dict]]:
    me = {"place": (place["entity"],)}
    steps: list[tuple[str, str, dict]] = [(_("See how each group moved from the year before"), "/place", me)]
    for other in registry.indicators.values():
        if fits(other) and other.name != view.indicator and facts.years_of(other.name, ask):
            changes = {"indicator": other.name, "year": None, **me}
            steps.append((_("The same groups by %(measure)s") % {"measure": _(other.title)}, "/equity", changes))
    return [*steps, (_("Read how this number is made and why others differ"), "/methods", {})]


def build_gaps(view: View, ask: Ask) -> Shown:
    """Every student group with its rate and, where allowed, all other students beside it."""
    found, indicator = standing(view, ask), view.measure
    year, name = found.year, found.place["name"]
    caption = _("%(name)s: %(measure)s, %(unit)s, %(year)s, with 95 percent intervals") % {
        "name": name,
        "measure": _(indicator.title),
        "unit": units.UNITS[indicator.unit].name(),
        "year": school_year(year),
    }
    said = _words(found, indicator)
    return Shown(
        key="gaps",
        headline=gap_words.of_all(found.gaps),
        subtitle=_subtitle(found, caption),
        table=_table(found, indicator, caption),
        rows=lambda: gap_frame(found, indicator),
        figure=gap_dots(found.gaps, found.total, indicator, name),
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year}),
        notes=(
            *sourcing.notes(view, indicator, found.place["level"], year, ask, indicator.total, found.place.get("region")),
            _("A gap says how groups stand, not why. A student can be in several groups. The ratio is no finding under IDEA."),
        ),
        alt=_("Dot plot: student groups beside all other students. %(words)s") % {"words": " ".join(said)},
        why=why(view, indicator, year),
        build=sourcing.build_id(view),
    )


def _subtitle(found: Standing, caption: str) -> str:
    if any(g.allowed is Allowed.STATE for g in found.gaps):
        return _("%(what)s. Diamond: all others of the place. Square: all others of California. Neither: not to be compared.") % {
            "what": caption
        }
    if all(g.numbers for g in found.gaps if g.row["numerator"] is not None):
        return _("%(what)s. Each group beside all other students of the place.") % {"what": caption}
    return _("%(what)s. Without a diamond: not to be compared; the table says why.") % {"what": caption}


def why(view: View, indicator: Indicator, year: int) -> tuple[tuple[str, str], ...]:
    """The trail of the numbers, and the rule of the comparison."""
    rule = _(
        "All other students are all students less the group, from the two published rows. They are compared where both sides "
        "have %(least)s students or more and no group of the same family (race, gender) is withheld in that place and year; "
        "ratio and “fewer students” where both sides also have %(cases)s cases or more. Where that forbids it, a group of "
        "%(least)s students or more is set against all other students of California. At 95 percent, the interval of the "
        "difference is Newcombe’s, that of the ratio Katz’s."
    ) % {"least": number(max(FEWEST, indicator.min_rank)), "cases": FEWEST_CASES}
    return ((_("Comparison"), rule), *sourcing.why(view, indicator, "groups", {year}))


def _words(found: Standing, indicator: Indicator) -> list[str]:
    order = {Side.ABOVE: 0, Side.BELOW: 1}
    apart = sorted((g for g in found.gaps if g.side in order), key=lambda g: order[g.side])
    chance = [facts.group_label(indicator, g.row["student_group"], found.year) for g in found.gaps if g.side is Side.CHANCE]
    compared = len(apart) + len(chance)
    out = [words.counted(indicator, found.total)]
    out += [" ".join(gap_words.told(g, indicator)) for g in apart]
    if chance:
        out.append(
            _("The difference could be chance (%(n)s): %(names)s.") % {"n": number(len(chance)), "names": words.names(chance)}
        )
    out += gap_words.against_state(found.gaps, found.year, indicator)
    out += gap_words.not_compared(found.gaps, indicator, found.year)
    named = found.groups.assign(name=[facts.group_label(indicator, g, found.year) for g in found.groups["student_group"]])
    out += sourcing.unseen(named[~named["status"].isin(facts.SHOWN)], indicator)
    if compared >= sets.MANY:
        out.append(
            _(
                "By chance alone, about 1 in 20 of %(n)s comparisons would seem to stand apart; "
                "groups overlap, so several may at once."
            )
            % {"n": number(compared)}
        )
    return out


def _table(found: Standing, indicator: Indicator, caption: str) -> Table:
    more = _("More students") if indicator.better == "higher" else _("Fewer students")
    columns = (
        Column("group", _("Student group")),
        Column("said", _("Against all others")),
        Column("rate", _("Rate (students)"), "number"),
        Column("others", _("All others (students)"), "number"),
        Column("difference", _("Difference"), "number"),
        Column("ratio", _("Risk ratio"), "number"),
        Column("fewer", more, "number"),
    )
    return Table(caption, columns, tuple(_line(g, indicator) for g in found.gaps))


def _line(gap: Gap, indicator: Indicator) -> dict[str, str]:
    row, n = gap.row, gap.numbers
    counted = _("%(rate)s (%(k)s of %(n)s)")
    rate = facts.display(row)
    if row["numerator"] is not None:
        rate = counted % {"rate": rate, "k": number(row["numerator"]), "n": number(row["denominator"])}
    line = {
        "group": facts.group_label(indicator, row["student_group"], row["year"]),
        "rate": rate,
        "said": gap_words.tag(gap),
        **dict.fromkeys(("others", "difference", "ratio", "fewer"), "–"),
    }
    if n is None:
        return line
    within, places = _("%(value)s (%(lower)s to %(upper)s)"), units.UNITS[indicator.unit].places
    if gap.allowed is Allowed.STATE:
        counted = _("California: %(rate)s (%(k)s of %(n)s)")
    line |= {
        "others": counted
        % {"rate": units.brief(indicator.unit, n.others_rate), "k": number(n.others[0]), "n": number(n.others[1])},
        "difference": within % {"value": signed(n.difference, places), **bounds(n.lower, n.upper)},
    }
    if n.ratio:
        value, lower, upper = gap_words.ratios(n.ratio)
        behind = gap_words.students_behind(gap, indicator)
        line |= {
            "ratio": within % {"value": value, "lower": lower, "upper": upper},
            "fewer": "–" if behind is None else number(behind),
        }
    return line


def gap_frame(found: Standing, indicator: Indicator) -> Frame:
    """The gaps as the files print them, GAP_COLUMNS: rates in the measure's unit, unrounded; nothing where not allowed."""
    out = tables.file_frame(found.groups, indicator)
    told = pd.DataFrame([_numbers(g) for g in found.gaps], columns=list(GAP_COLUMNS[len(tables.FILE_COLUMNS) :]))
    for name in told:
        out[name] = told[name].astype("Int64") if name in ("others_numerator", "others_denominator") else told[name]
    return out


def _numbers(gap: Gap) -> dict[str, object]:
    n = gap.numbers
    if n is None:
        return {"allowed": gap.allowed.value}
    found: dict[str, object] = {
        "others_numerator": n.others[0],
        "others_denominator": n.others[1],
        "others_rate": float(n.others_rate),
        "difference": float(n.difference),
        "difference_lower": n.lower,
        "difference_upper": n.upper,
        "allowed": gap.allowed.value,
    }
    if n.ratio:
        found |= dict(zip(("ratio", "ratio_lower", "ratio_upper"), n.ratio, strict=True))
    if n.fewer is not None:
        found["fewer_students"] = float(n.fewer)
    return found


LEAD = Exhibit("lead", build_lead)
GAPS = Exhibit("gaps", build_gaps, title=_("Gaps between student groups"))
