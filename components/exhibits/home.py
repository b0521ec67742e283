"""Home: the state in one sentence, and the counties as a map with its table."""

from dataclasses import replace

import numpy as np

from components import facts, reading, tables, words
from components.exhibit import Ask, Exhibit, Shown
from components.exhibits import sets, sourcing
from components.exhibits.maps import shaded
from components.figures.county_map import county_map
from components.figures.trend import trend
from components.i18n import _, number
from components.reading import Reading
from components.view import View
from data import registry


def settle(read: Reading) -> Reading:
    """Home is about the counties: a measure that the files have none for (the Dashboard's) gives way to the first."""
    settled = reading.settled(read)
    if settled.view.indicator == View.indicator or facts.years_of(settled.view.indicator, settled.ask, "county"):
        return settled
    return replace(settled, view=replace(settled.view, indicator=View.indicator, year=None, student_group=None))


def build_state(view: View, ask: Ask) -> Shown:
    """The state: its headline with verdict, one paragraph, its line over the years."""
    indicator, group = view.measure, view.group
    year = facts.year_of(view, ask, level="state")
    row = facts.single(registry.STATE, "state", indicator, group, year, ask)
    verdict = facts.verdict_of(row, indicator)
    years = facts.trend([registry.STATE], indicator, group, ask)
    told = (words.counted(indicator, row), words.explain(verdict, year, row["denominator"]))
    span = (int(years["year"].min()), int(years["year"].max())) if len(years) else (year, year)
    return Shown(
        key="state",
        headline=words.headline(indicator, row, verdict),
        subtitle=" ".join(told),
        table=tables.of_years(years, indicator, words.subtitle(indicator, group, *span)),
        rows=lambda: tables.file_frame(years, indicator),
        figure=trend(years, indicator, view) if years["rate"].notna().any() else None,
        words=told,
        source=sourcing.source_line(view, indicator, set(years["year"])),
        notes=sourcing.notes(view, indicator, "state", span[1], ask, first=span[0]),
        alt=" ".join(told),
        why=sourcing.why(view, indicator, "trend", set(years["year"])),
        build=sourcing.build_id(view),
        extra={
            "kicker": _("California · %(schools)s schools")
            % {"schools": number(facts.place_of(registry.STATE, ask).get("schools") or 0)},
            "crumbs": [],
            "next": [
                (_("See California’s line over the years and its student groups"), "/place", {"place": (registry.STATE,)}),
                (_("Compare the counties, with intervals"), "/compare", {"level": "county", "peers": "all"}),
                (_("Read how each number is made"), "/methods", {}),
            ],
        },
    )


def build_map(view: View, ask: Ask) -> Shown:
    """Every county's rate as a filled shape; the table has the same in numbers."""
    indicator = view.measure
    whole = replace(view, level="county", peers="all", region=None, county=None, cohort=None)
    year, frame = facts.ranking(whole, ask)
    ranked = frame[frame["ranked"]].sort_values(["rate", "name"])
    subtitle = words.subtitle(indicator, view.group, year, interval=False)
    said, headline = [], _("%(measure)s by county") % {"measure": _(indicator.title)}
    if len(ranked):
        low, high = facts.records(ranked)[0], facts.records(ranked)[-1]
        spread = np.percentile(ranked["rate"], [25, 75]).tolist()
        headline = sets.headline_of_set("county", spread, [], len(ranked), indicator.unit)
        said.append(sets.ends(low, high, year))
    said.append(shaded(frame, indicator))
    said += sourcing.unseen(frame, indicator, mapped=True)
    return Shown(
        key="county_map",
        headline=headline,
        subtitle=subtitle,
        table=tables.of_places(frame, indicator, subtitle, view.place),
        rows=lambda: tables.file_frame(frame, indicator),
        figure=county_map(frame, indicator, view),
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year}),
        notes=sourcing.notes(view, indicator, "county", year, ask),
        alt=_("Map of California’s counties. %(said)s The table holds every number.") % {"said": " ".join(said)},
        why=sourcing.why(view, indicator, "ranking", {year}),
        build=sourcing.build_id(view),
    )


STATE = Exhibit("state", build_state, title=_("California year by year"))
COUNTY_MAP = Exhibit("county_map", build_map, title=_("Counties on the map"))
