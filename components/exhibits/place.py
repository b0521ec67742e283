"""Place: one page for the state, a region, a county, a district or a school: headline, key numbers, trend, student groups."""

from dataclasses import replace

import pandas as pd

from components import facts, reading, tables, words
from components.exhibit import Ask, Exhibit, Shown, Unanswerable
from components.exhibits import grants, key_numbers, levels, onward, sets, sourcing
from components.exhibits.above import above
from components.figures.groups import groups
from components.figures.trend import trend
from components.i18n import _, ngettext, number, school_year
from components.reading import Reading
from components.verdict import TOLD, Kind, change, comparable
from components.view import View
from data import registry
from data.registry import Indicator


def settle(read: Reading) -> Reading:
    """A closed place opens on its last year, and the choice of years says so. The weights are those of its similar places."""
    settled = reading.settled(read)
    settled = replace(settled, view=replace(settled.view, weights=read.view.weights))
    if settled.view.year or not settled.view.place:
        return settled
    try:
        place = facts.place_of(facts.entity_of(settled.view), read.ask)
        if place.get("directory_status") != "closed":
            return settled
        return replace(settled, view=replace(settled.view, year=facts.year_at(place, settled.view, read.ask)))
    except Unanswerable:
        return settled


def build_lead(view: View, ask: Ask) -> Shown:
    """The headline with its verdict, who and what in a paragraph, and the second key indicator in a sentence."""
    place = facts.place_of(facts.entity_of(view), ask)
    indicator, level = view.measure, place["level"]
    year = facts.year_at(place, view, ask)
    row = facts.single(place["entity"], level, indicator, view.group, year, ask)
    verdict = facts.verdict_of(row, indicator)
    said = [words.counted(indicator, row), words.explain(verdict, year, row["denominator"])]
    apart = levels.unpublished(indicator, level, ask)
    if apart:
        said = [apart]
    if place.get("directory_status") == "closed":
        said.insert(0, _("Closed. These are its last numbers."))
    other = key_numbers.other_than(indicator)
    second = key_numbers.now(view, ask, other, place)
    if second:
        said.append(words.also(other, *second))
    said = [s for s in said if s]
    one = pd.DataFrame([row])
    return Shown(
        key="lead",
        headline=words.headline(indicator, row, verdict),
        subtitle=" ".join(said),
        table=tables.of_years(one, indicator, words.subtitle(indicator, view.group, year)),
        rows=lambda: tables.file_frame(one, indicator),
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year, year - 1}),
        notes=sourcing.notes(view, indicator, level, year, ask, region=place.get("region")),
        why=sourcing.why(view, indicator, "ranking", {year, year - 1}),
        build=sourcing.build_id(view),
        extra={
            "kicker": _kicker(place),
            "crumbs": sourcing.crumbs(place),
            "next": [*levels.way_out(view, place, ask), *onward.steps(view, place, ask)][: onward.MOST],
        },
    )


def _kicker(place: dict) -> str:
    parts = [words.level_name(place["level"])]
    schools, grantees = place.get("schools") or 0, place.get("grantee_schools") or 0
    if place["level"] == "school":
        parts += [part for part in (_grades(place), _cohorts(place)) if part]
    elif schools and grantees:
        parts.append(
            _("%(schools)s schools, %(n)s of them community schools") % {"schools": number(schools), "n": number(grantees)}
        )
    elif schools:
        parts.append(ngettext("%(n)s school", "%(n)s schools", schools) % {"n": number(schools)})
    if place.get("directory_status") == "closed":
        parts.append(_("closed"))
    if place["level"] != "state":
        parts.append(sourcing.code_of(place["entity"]))
    return " · ".join(parts)


def _grades(place: dict) -> str:
    low, high = place.get("low_grade"), place.get("high_grade")
    return _("Grades %(low)s to %(high)s") % {"low": low, "high": high} if low and high else ""


def _cohorts(place: dict) -> str:
    found = place.get("cohorts") or []
    return _("Community school, cohort %(n)s") % {"n": ", ".join(str(c) for c in found)} if found else ""


def build_trend(view: View, ask: Ask) -> Shown:
    """The place's line with its interval, those above it dashed, its grant years, and the change since the first year."""
    place = facts.place_of(facts.entity_of(view), ask)
    indicator, level = view.measure, place["level"]
    levels.require(view, level, ask)
    every = facts.trend([place["entity"], *above(place)], indicator, view.group, ask)
    frame, later = _up_to(view, place, every)
    mine = facts.records(frame[frame["entity"] == place["entity"]])
    line = [r["year"] for r in mine if r["rate"] is not None] or [r["year"] for r in facts.records(frame)]
    span = (min(line), max(line)) if line else (0, 0)
    headline, told = _since(mine, indicator, view.group)
    if place.get("directory_status") == "closed" and not later:
        told.append(_("Closed since; the line ends with %(year)s.") % {"year": school_year(span[1])})
    subtitle = words.subtitle(indicator, view.group, *span) if len(frame) else _(indicator.title)
    others = [n for n in dict.fromkeys(frame["name"].astype(str)) if n != place["name"]]
    if later:
        told.append(_("The line ends with %(year)s, the year chosen; later years are left out.") % {"year": school_year(span[1])})
    hidden = [school_year(r["year"]) for r in mine if r["status"] in ("withheld", "counts_withheld")]
    if hidden:
        told.append(_("Counts are withheld to protect students in %(years)s.") % {"years": ", ".join(hidden)})
    drawn = any(r["rate"] is not None for r in mine)
    if others and drawn:
        told.append(_("Dashed lines: %(names)s.") % {"names": ", ".join(others)})
    paid = grants.funded(place["entity"], ask) if level in ("district", "school") else []
    if paid and drawn:
        spans = [_("%(a)s to %(b)s") % {"a": school_year(a), "b": school_year(b)} for a, b in paid]
        told.append(_("Grant years, marked below: %(spans)s. They say when, not why.") % {"spans": ", ".join(spans)})
    return Shown(
        key="trend",
        headline=headline,
        subtitle=_("%(name)s: %(subtitle)s") % {"name": place["name"], "subtitle": subtitle},
        table=tables.of_years(frame, indicator, _("%(name)s: %(subtitle)s") % {"name": place["name"], "subtitle": subtitle}),
        rows=lambda: tables.file_frame(frame, indicator),
        figure=trend(frame, indicator, view, paid) if drawn else None,
        words=tuple(told),
        source=sourcing.source_line(view, indicator, set(frame["year"])),
        notes=sourcing.notes(view, indicator, level, span[1], ask, region=place.get("region"), first=span[0]),
        alt=_("Line chart. %(headline)s. %(words)s The table holds the numbers.")
        % {"headline": headline, "words": " ".join(told)},
        why=sourcing.why(view, indicator, "trend", set(frame["year"])),
        build=sourcing.build_id(view),
    )


def _up_to(view: View, place: dict, every: facts.Frame) -> tuple[facts.Frame, bool]:
    """The rows up to the year chosen, and whether the place has later numbers. Raises Unanswerable where all are later."""
    if not view.year or not len(every):
        return every, False
    frame = every[every["year"] <= view.year].reset_index(drop=True)
    if frame.empty:
        values = {"year": school_year(view.year), "first": school_year(int(every["year"].min()))}
        raise Unanswerable(_("No file reaches back to %(year)s: the line begins with %(first)s. Choose a later year.") % values)
    later = every[(every["year"] > view.year) & (every["entity"] == place["entity"]) & (every["status"] != "not_published")]
    return frame, len(later) > 0


def _since(rows: list[dict], indicator: Indicator, group: str) -> tuple[str, list[str]]:
    """The change from the first ordinary year that may be compared with the newest one, as headline and sentences."""
    with_rate = [r for r in rows if r["rate"] is not None]
    if not with_rate:
        hidden = [r for r in rows if r["status"] == "withheld"]
        return (_("Withheld in every year to protect students") if hidden else _("No rate is published for this choice")), []
    now = with_rate[-1]
    said = [words.counted(indicator, now)]
    fitting = [
        r
        for r in rows
        if r["year"] < now["year"] and r["numerator"] is not None and comparable(indicator, r["year"], now["year"], group)
    ]
    if not fitting or now["numerator"] is None:
        text = _("%(subject)s over the years") if len(with_rate) > 1 else _("%(subject)s in %(year)s")
        return text % {"subject": _(indicator.subject), "year": school_year(now["year"])}, said
    unusual = registry.unusual_years(indicator)
    then = next((r for r in fitting if r["year"] not in unusual), fitting[0])
    verdict = change(
        now["numerator"], now["denominator"], then["numerator"], then["denominator"], indicator, now["year"], group, then["year"]
    )
    said.append(words.explain(verdict, now["year"], now["denominator"], then["year"]))
    return words.since(verdict, then["year"]), said


PEOPLE = ("race", "gender", "program")
"""The dimensions of student groups: who the students are, not which grade they are in."""


def build_groups(view: View, ask: Ask) -> Shown:
    """Every student group of the place as a dot with its interval; those whose counts are hidden in words."""
    place = facts.place_of(facts.entity_of(view), ask)
    indicator = view.measure
    levels.require(view, place["level"], ask)
    year = facts.year_at(place, view, ask)
    order = list(facts.dimensions(indicator))
    frame = facts.enrich(ask("groups", entity=place["entity"], indicator=indicator.name, year=year), indicator, year)
    frame = frame[frame["student_group"].isin(order)].sort_values(
        "student_group", key=lambda s: s.map(order.index), ignore_index=True
    )
    named = frame.assign(name=[facts.group_label(indicator, g, year) for g in frame["student_group"]])
    # Grade spans are not student groups, and TK to 8 lies on top of three of them: the headline counts neither.
    dimension = facts.dimensions(indicator)
    parts = frame[frame["student_group"].map(dimension).isin(PEOPLE)]
    kinds = parts["kind"].value_counts() if len(parts) else {}
    told = int(sum(kinds.get(k, 0) for k in TOLD))
    text = _("%(name)s: %(what)s. Hollow: under %(rank)s students")
    if view.group != indicator.total:
        text = _("%(name)s, every student group: %(what)s. Hollow: under %(rank)s students")
    subtitle = text % {
        "name": place["name"],
        "what": words.subtitle_of_groups(indicator, year),
        "rank": number(indicator.min_rank),
    }
    total = facts.records(frame[frame["student_group"] == indicator.total])
    said = [words.counted(indicator, row) for row in total]
    ranked = named[named["ranked"] & (named["student_group"] != indicator.total)]
    said += [words.rate_of(r["name"], r) + "." for r in facts.records(ranked)]
    said += sourcing.unseen(named, indicator)
    said += sets.groups_by_luck(told)
    said.append(_("A student can stand in several groups. No remainder is computed; no group is set against all others here."))
    return Shown(
        key="student_groups",
        headline=sets.moved_groups(int(kinds.get(Kind.BETTER, 0)), int(kinds.get(Kind.WORSE, 0)), told)
        if len(parts)
        else _("How grade spans stand"),
        subtitle=subtitle,
        table=tables.of_groups(frame, indicator, subtitle),
        rows=lambda: tables.file_frame(frame, indicator),
        figure=groups(frame, indicator, view),
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year}),
        notes=sourcing.notes(view, indicator, place["level"], year, ask, region=place.get("region")),
        alt=_("Dot plot of student groups. %(words)s") % {"words": " ".join(said)},
        why=sourcing.why(view, indicator, "groups", {year}),
        build=sourcing.build_id(view),
        extra={"undrawn": sourcing.undrawn(frame)},
    )


LEAD = Exhibit("lead", build_lead)
KEY_NUMBERS = Exhibit("key_numbers", key_numbers.build_key_numbers, title=_("Key numbers"))
TREND = Exhibit("trend", build_trend, "half", title=_("Year by year"))
GROUPS = Exhibit("student_groups", build_groups, "half", title=_("Student groups"))
