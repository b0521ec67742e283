"""Equity: the places of a peer set by student groups, each cell a rate or why there is none."""

from collections.abc import Sequence
from dataclasses import replace

from components import facts, links, tables, units, words
from components.exhibit import Ask, Column, Exhibit, Shown, Table
from components.exhibits import peers, place, sourcing
from components.exhibits.equity import fitting
from components.figures.heat_table import heat_table
from components.gaps import people
from components.i18n import _, ngettext, number, school_year
from components.reading import Reading
from components.view import View
from data.registry import Indicator

MOST = 40
"""So many places stand on the screen: the chosen, then those with most students. The file has all."""


def settle(read: Reading) -> Reading:
    """As the page of a place; beside a district stand those of its county, beside a school those of its district."""
    settled = place.settle(read)
    view = settled.view
    if (view.level, view.peers) != (View.level, View.peers) or not view.place:
        return settled
    level = str(settled.ask("places", entities=[view.place[0]])["level"].iloc[0])
    changes = {"district": {"level": "district", "peers": "county"}, "school": {"level": "school", "peers": "district"}}
    return replace(settled, view=replace(view, **changes.get(level, {})))


def build_heat(view: View, ask: Ask) -> Shown:
    """Places by groups, shaded; the numbers with their counts as a table; the range of each group in words."""
    indicator = view.measure
    fitting(indicator)
    whole = replace(view, student_group=None)
    year, every = facts.ranking(whole, ask)
    entities = largest(every, view.place)
    frame = cells(entities, indicator, year, ask)
    every_line = [indicator.total, *people(indicator)]
    lines = [line for line in every_line if _drawn(frame, line)]
    scope = peers.scope(whole, ask)
    level = peers.level_of(every)
    caption = _("%(scope)s: %(measure)s by student group, %(unit)s, %(year)s") % {
        "scope": scope,
        "measure": _(indicator.title),
        "unit": units.UNITS[indicator.unit].name(),
        "year": school_year(year),
    }
    said = _words(frame, every_line, indicator, year)
    more = _more(len(entities), len(every))
    grid = heat_table(frame, indicator, lines, entities)
    grid["rows"] = [(name, links.internal("/equity", view, place=(e,)), e in view.place, row) for e, name, row in grid["rows"]]
    return Shown(
        key="heat",
        headline=_("How student groups stand in %(places)s") % {"places": words.places(level, len(entities))},
        subtitle=" ".join(p for p in (caption + ".", _shading(), more) if p),
        table=_table(frame, entities, every_line, indicator, caption, more),
        rows=lambda: tables.file_frame(cells(every["entity"].tolist(), indicator, year, ask), indicator),
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year}),
        notes=sourcing.notes(view, indicator, level, year, ask, indicator.total, None if level != "region" else view.region),
        why=sourcing.why(view, indicator, "heat", {year}),
        build=sourcing.build_id(view),
        extra={"grid": {**grid, "caption": caption}},
    )


def cells(entities: Sequence[str], indicator: Indicator, year: int, ask: Ask) -> facts.Frame:
    """The enriched facts of some places, all students and every student group."""
    frame = ask("heat", entities=list(entities), indicator=indicator.name, year=year)
    wanted = frame["student_group"].astype(str).isin((indicator.total, *people(indicator)))
    return facts.enrich(frame[wanted].reset_index(drop=True), indicator)


def largest(every: facts.Frame, chosen: tuple[str, ...]) -> list[str]:
    """Which places stand on the screen: the chosen, then by students counted; those without counts last, by name."""
    order = every.assign(first=~every["entity"].isin(chosen), size=-every["denominator"].astype("Float64").fillna(-1))
    return order.sort_values(["first", "size", "name", "entity"])["entity"].head(MOST).tolist()


def _drawn(frame: facts.Frame, line: str) -> bool:
    """Whether any place shows a rate of a group: a column of nothing but reasons would only make the rest narrow."""
    return bool(frame.loc[frame["student_group"] == line, "rate"].notna().any())


def _shading() -> str:
    return _("The darker, the higher the rate.")


def _more(shown: int, every: int) -> str:
    if shown == every:
        return ""
    return _("The %(shown)s with most students of %(every)s stand here; the file has all.") % {
        "shown": number(shown),
        "every": number(every),
    }


def _words(frame: facts.Frame, lines: list[str], indicator: Indicator, year: int) -> list[str]:
    """The range of each group over the places that may be ranked, and how many show none."""
    out = [_("A range of places says nothing of why they differ; extremes of small groups are mostly chance.")]
    for line in lines:
        rows = frame[frame["student_group"] == line]
        ranked = rows[rows["ranked"]]
        values = {
            "group": facts.group_label(indicator, line, year),
            "n": number(len(ranked)),
            "hidden": number(int(rows["status"].isin(("withheld", "counts_withheld")).sum())),
            "least": number(indicator.min_rank),
        }
        if len(ranked) < 2:
            text = ngettext(
                "%(group)s: %(n)s place with %(least)s students or more; withheld in %(hidden)s.",
                "%(group)s: %(n)s places with %(least)s students or more; withheld in %(hidden)s.",
                len(ranked),
            )
            out.append(text % values)
            continue
        low, high = facts.records(ranked.loc[[ranked["rate"].idxmin(), ranked["rate"].idxmax()]])
        values |= {
            "low": facts.display(low),
            "first": low["name"],
            "high": facts.display(high),
            "last": high["name"],
        }
        out.append(
            _(
                "%(group)s: from %(low)s (%(first)s) to %(high)s (%(last)s), in %(n)s places with %(least)s students or more; "
                "withheld in %(hidden)s."
            )
            % values
        )
    return out


def _table(frame: facts.Frame, entities: list[str], lines: list[str], indicator: Indicator, caption: str, more: str) -> Table:
    rows = {(r["entity"], r["student_group"]): r for r in facts.records(frame)}
    found = [rows[e, line] for e in entities for line in lines if (e, line) in rows]
    columns = (Column("name", _("Place"), "place"), Column("group", _("Student group")), *tables.count_columns(indicator))
    shown = [
        {
            "entity": r["entity"],
            "name": r["name"],
            "group": facts.group_label(indicator, r["student_group"], r["year"]),
            **tables.cells(r),
        }
        for r in found
    ]
    return Table(caption, columns, tuple(shown), more)


HEAT = Exhibit("heat", build_heat, title=_("How student groups stand"))
