"""Compare: places of one kind beside each other, in order, with intervals; and their lines side by side."""

from collections.abc import Mapping

import numpy as np

from components import facts, tables, units, words
from components.exhibit import Ask, Column, Exhibit, Shown, Table
from components.exhibits import key_numbers, peers, sets, sourcing
from components.figures.distribution import distribution
from components.figures.ranked_dots import MOST, ranked_dots
from components.figures.small_multiples import small_multiples
from components.i18n import _, ngettext, number, school_year
from components.verdict import TOLD, Kind
from components.view import MOST_PLACES, View
from data import registry


def build_lead(view: View, ask: Ask) -> Shown:
    """The page's headline: how many of the peers moved beyond chance, and in one paragraph how to read it."""
    year, frame = facts.ranking(view, ask)
    indicator, level = view.measure, peers.level_of(frame)
    kinds = frame["kind"].value_counts()
    better, worse = (int(kinds.get(k, 0)) for k in (Kind.BETTER, Kind.WORSE))
    told = int(sum(kinds.get(k, 0) for k in TOLD))
    values = {
        "measure": _(indicator.title),
        "group": words.population(indicator, view.group, year),
        "year": school_year(year),
        "before": school_year(year - 1),
    }
    said = [
        _("%(measure)s, %(group)s, %(year)s against %(before)s.") % values
        if told
        else _("%(measure)s, %(group)s, %(year)s.") % values
    ]
    if told >= sets.FEW_ENOUGH:
        said += [_accounted(kinds, len(frame)), *sets.by_luck(told)]
    elif told:
        said.append(_accounted(kinds, len(frame)))
    else:
        said.append(sets.nothing_told(year, indicator))
    kicker = peers.scope(view, ask)
    headline = (
        sets.moved(level, better, worse, told, int(kinds.get(Kind.MOVED, 0)))
        if told
        else _("Where %(places)s stand") % {"places": words.places(level, len(frame))}
    )
    if len(frame) == 1:
        row = facts.records(frame)[0]
        headline = words.headline(indicator, row, facts.verdict_of(row, indicator))
    return Shown(
        key="lead",
        headline=headline,
        subtitle=" ".join(said),
        table=_verdicts(kinds, kicker),
        rows=lambda: tables.file_frame(frame, indicator),
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year, year - 1}),
        notes=words.notes(indicator, view.group, level, year, year),
        why=sourcing.why(view, indicator, "ranking", {year, year - 1}),
        build=sourcing.build_id(view),
        extra={"kicker": _("Compare · %(scope)s") % {"scope": kicker}, "crumbs": _crumbs(view, ask), "next": _next(view, frame)},
    )


def _accounted(kinds: Mapping, every: int) -> str:
    """Where every place of the set went, in one sentence whose numbers add up to all of them."""
    told = {kind: int(kinds.get(kind, 0)) for kind in Kind}
    parts = [
        ngettext("%(n)s improved", "%(n)s improved", told[Kind.BETTER]) % {"n": number(told[Kind.BETTER])},
        ngettext("%(n)s worsened", "%(n)s worsened", told[Kind.WORSE]) % {"n": number(told[Kind.WORSE])},
    ]
    if told[Kind.MOVED]:
        parts = [_("%(n)s changed") % {"n": number(told[Kind.MOVED])}]
    parts.append(_("%(n)s could be chance") % {"n": number(told[Kind.CHANCE])})
    if told[Kind.CHECK]:
        parts.append(_("%(n)s jumped too far to believe unchecked") % {"n": number(told[Kind.CHECK])})
    rest = every - sum(told[k] for k in (*TOLD, Kind.CHECK))
    if rest:
        parts.append(_("%(n)s have too few students or no counts in both years") % {"n": number(rest)})
    return _("Of %(every)s listed: %(parts)s.") % {"every": number(every), "parts": ", ".join(parts)}


def _verdicts(kinds: Mapping, caption: str) -> Table:
    """How many places have which verdict."""
    lines = [
        {"verdict": words.verdict_name(kind), "places": number(int(kinds.get(kind, 0)))} for kind in Kind if kinds.get(kind, 0)
    ]
    return Table(caption, (Column("verdict", _("Change")), Column("places", _("Places"), "number")), tuple(lines))


def _crumbs(view: View, ask: Ask) -> list[tuple[str, str | None]]:
    params = facts.peers_of(view, ask)
    chain: list[tuple[str, str | None]] = [(_("California"), registry.STATE)]
    county = registry.county_by_code.get(str(params["county"]))
    region = registry.region_by_code.get(county.region if county else str(params["region"]))
    if region:
        chain.append((_("%(name)s region") % {"name": region.name}, region.code))
    if county:
        chain.append((_("%(name)s County") % {"name": county.name}, county.entity))
    return [*chain, (_("Compare"), None)]


def _next(view: View, frame: facts.Frame) -> list[tuple[str, str, dict]]:
    steps: list[tuple[str, str, dict]] = []
    texts = {
        Kind.BETTER: _("Ask %(name)s what changed: a large improvement beyond chance (n = %(n)s)"),
        Kind.WORSE: _("Look at the student groups of %(name)s: worsened beyond chance (n = %(n)s)"),
    }
    for kind, text in texts.items():
        # By the end of the interval nearer to zero: a change that is large even at its least, not the luckiest point estimate.
        found = frame[frame["kind"] == kind]
        if len(found):
            least = np.minimum(found["change_lower"].abs(), found["change_upper"].abs())
            row = found.loc[least.idxmax()]
            values = {"name": row["name"], "n": number(int(row["denominator"]))}
            steps.append((text % values, "/place", {"place": (row["entity"],)}))
    to = _("See which of these places are bright spots, and which stand apart")
    if view.peers == "similar":
        to = _("See how these similar places were found, and the bright spots among them")
    steps.append((to, "/peers", {}))
    for other in key_numbers.others_than(view.measure):
        changes = {"indicator": other.name, "year": None, "student_group": None}
        steps.append((_("Compare the same places by %(measure)s") % {"measure": _(other.title)}, "/compare", changes))
    return [*steps, (_("Read how this number is made and why others differ"), "/methods", {})]


def build_ranking(view: View, ask: Ask) -> Shown:
    """Dots with intervals for up to sixty places, a distribution beyond; every place in the file."""
    year, frame = facts.ranking(view, ask)
    indicator, level = view.measure, peers.level_of(frame)
    ranked = frame[frame["ranked"]]
    state = None if level == "state" else facts.state_rate(indicator, view.group, year, ask)
    draw = distribution if len(ranked) > MOST else ranked_dots
    ends = _ends(ranked)
    few = facts.records(ranked) if len(ranked) < FEW else []
    spread = np.percentile(ranked["rate"], [25, 75] if len(ranked) >= FEW else [0, 100]).tolist() if len(ranked) else []
    headline = sets.headline_of_set(level, spread, few, len(ranked) or len(frame), indicator.unit)
    subtitle = words.subtitle(indicator, view.group, year, interval=draw is ranked_dots)
    kicker = peers.scope(view, ask)
    caption = _("%(scope)s: %(what)s") % {"scope": kicker, "what": subtitle}
    return Shown(
        key="ranking",
        headline=headline,
        subtitle=_("%(what)s. %(scope)s; under %(rank)s students: listed, not ranked")
        % {"what": subtitle, "scope": kicker, "rank": indicator.min_rank},
        table=tables.of_places(frame, indicator, caption, view.place),
        rows=lambda: tables.file_frame(frame, indicator),
        figure=draw(frame, indicator, view, state) if len(ranked) else None,
        words=tuple(_words(view, frame, ranked, ends, state)),
        source=sourcing.source_line(view, indicator, {year}),
        notes=sourcing.notes(view, indicator, level, year, ask, view.group, None if level != "region" else view.region),
        alt=_("%(headline)s. %(caption)s. The table holds the numbers.") % {"headline": headline, "caption": caption},
        why=sourcing.why(view, indicator, "ranking", {year}),
        build=sourcing.build_id(view),
        extra={"undrawn": sourcing.undrawn(frame)},
    )


FEW = 8
"""A set of fewer ranked places is told by its range, a larger one by its middle half: extremes of many are mostly chance."""


def _ends(ranked: facts.Frame) -> list[dict]:
    """The lowest and the highest record of a ranked set; [] for an empty one."""
    rates = ranked["rate"].to_numpy()
    return facts.records(ranked.iloc[[rates.argmin(), rates.argmax()]]) if len(rates) else []


def _words(view: View, frame: facts.Frame, ranked: facts.Frame, ends: list[dict], state: float | None) -> list[str]:
    indicator, year = view.measure, int(frame["year"].iloc[0])
    out = []
    if 1 < len(ranked) <= MOST:
        out.append(sets.ends(ends[0], ends[1], year))
    if len(ranked) > 1:
        out.append(_("Places are in the order of their rates; small differences between neighbors may be chance."))
    if len(ranked) > 1:
        out.append(
            _("Half of the places are under %(middle)s.")
            % {"middle": units.amount(indicator.unit, float(ranked["rate"].median()))}
        )
    if state is not None:
        out.append(_("The state stands at %(rate)s.") % {"rate": units.amount(indicator.unit, state)})
    for row in facts.records(frame[frame["entity"].isin(view.place)]):
        told = words.explain(facts.verdict_of(row, indicator), year, row["denominator"])
        out.append(
            _("%(name)s: %(counted)s %(change)s")
            % {"name": row["name"], "counted": words.counted(indicator, row), "change": told}
        )
    return out + sourcing.unseen(frame, indicator)


def shown_places(view: View, frame: facts.Frame) -> list[str]:
    """Whose lines stand side by side: the chosen, then the largest by students counted; never by hidden counts."""
    present = set(frame["entity"])
    chosen = [e for e in view.place if e in present]
    if view.peers == "chosen":
        return chosen[:MOST_PLACES]
    counted = frame[frame["status"].isin(facts.SHOWN) & ~frame["entity"].isin(chosen)]
    largest = counted.sort_values(["denominator", "entity"], ascending=[False, True])["entity"].tolist()
    return [*chosen, *largest][:MOST_PLACES]


def build_multiples(view: View, ask: Ask) -> Shown:
    """The lines of the chosen places and the largest peers on one scale, with the gap left open."""
    year, frame = facts.ranking(view, ask)
    indicator, level = view.measure, peers.level_of(frame)
    entities = shown_places(view, frame)
    rows = (
        facts.trend(entities, indicator, view.group, ask)
        if entities
        else facts.trend([registry.STATE], indicator, view.group, ask).head(0)
    )
    span = (int(rows["year"].min()), int(rows["year"].max())) if len(rows) else (year, year)
    subtitle = words.subtitle(indicator, view.group, *span, interval=False)
    most = _("the %(n)s with most students of %(places)s")
    if view.place:
        most = _("those chosen, then those with most students: %(n)s of %(places)s")
    which = (
        most % {"n": len(entities), "places": words.places(level, len(frame))}
        if len(entities) < len(frame)
        else words.places(level, len(frame))
    )
    values = {"subtitle": subtitle, "which": which}
    gap = any(span[0] <= y <= span[1] for y in registry.gap_years(indicator))
    last = [r for r in facts.records(rows) if r["year"] == span[1]]
    return Shown(
        key="small_multiples",
        headline=_("Year by year, on one scale"),
        subtitle=_("%(subtitle)s; %(which)s. Gap at 2019–20 and 2020–21") % values
        if gap
        else _("%(subtitle)s; %(which)s") % values,
        table=tables.of_years(rows, indicator, subtitle),
        rows=lambda: tables.file_frame(rows, indicator),
        figure=small_multiples(rows, indicator, view) if rows["rate"].notna().any() else None,
        words=tuple(_("%(name)s: %(counted)s") % {"name": r["name"], "counted": words.counted(indicator, r)} for r in last),
        source=sourcing.source_line(view, indicator, set(rows["year"])),
        notes=sourcing.notes(view, indicator, level, span[1], ask, view.group, first=span[0]),
        alt=_("Lines from %(first)s to %(last)s, one panel a place: %(names)s. The table holds the numbers.")
        % {"first": school_year(span[0]), "last": school_year(span[1]), "names": words.names([r["name"] for r in last])},
        why=sourcing.why(view, indicator, "trend", set(rows["year"])),
        build=sourcing.build_id(view),
    )


LEAD = Exhibit("lead", build_lead)
RANKING = Exhibit("ranking", build_ranking, title=_("Places side by side"))
MULTIPLES = Exhibit("small_multiples", build_multiples, title=_("Year by year, on one scale"))
