"""Compare: places of one kind beside each other, in order, with intervals; and their lines side by side."""

from components import facts, tables, words
from components.exhibit import Ask, Exhibit, Shown
from components.exhibits import sets, sourcing
from components.figures.distribution import distribution
from components.figures.ranked_dots import MOST, ranked_dots
from components.figures.small_multiples import small_multiples
from components.i18n import _, decimal, number, school_year
from components.verdict import TOLD, Kind
from components.view import MOST_PLACES, View
from data import registry

FEW_ENOUGH = 20
"""From this many comparisons on, the reader is told how many would seem to change by luck."""


def scope(view: View, ask: Ask) -> str:
    """The peer set in words: 'Districts of the Southern Coast region'. Every filter that narrows is named."""
    params = facts.peers_of(view, ask)
    if view.peers == "chosen":
        return _("Chosen places")
    values = {"places": words.levels(view.level)}
    text = _("%(places)s of California") % values
    if params["region"]:
        text = _("%(places)s of the %(region)s region") % {
            **values,
            "region": registry.region_by_code[str(params["region"])].name,
        }
    if params["county"]:
        text = _("%(places)s of %(county)s County") % {**values, "county": registry.county_by_code[str(params["county"])].name}
    if params["cohort"]:
        text = _("%(scope)s, cohort %(cohort)s") % {"scope": text, "cohort": params["cohort"]}
    return text


def level_of(frame: facts.Frame) -> str:
    """The one level of a set, or '' for a mixed one."""
    found = frame["level"].unique()
    return str(found[0]) if len(found) == 1 else ""


def build_lead(view: View, ask: Ask) -> Shown:
    """The page's headline: how many of the peers moved beyond chance, and in one paragraph how to read it."""
    year, frame = facts.ranking(view, ask)
    indicator, level = view.measure, level_of(frame)
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
    if not told and int(kinds.get(Kind.NOT_COMPARABLE, 0)):
        said.append(_("%(year)s cannot be compared with %(before)s.") % values)
    if told >= FEW_ENOUGH:
        said.append(sets.by_luck(told))
    said.append(_("Ranks come with intervals: small differences between neighbors may be chance."))
    counts = [
        _("Better than chance explains: %(n)s.") % {"n": number(better)},
        _("Worse than chance explains: %(n)s.") % {"n": number(worse)},
        _("Could be chance: %(n)s.") % {"n": number(int(kinds.get(Kind.CHANCE, 0)))},
        _("No change can be told: %(n)s.") % {"n": number(len(frame) - told)},
    ]
    kicker = scope(view, ask)
    headline = (
        sets.moved(level, better, worse, told)
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
        table=tables.of_places(frame, indicator, kicker, view.place),
        rows=lambda: tables.file_frame(frame, indicator),
        words=(*said, *counts),
        source=sourcing.source_line(view, indicator, {year, year - 1}),
        notes=words.notes(indicator, view.group, level, year, year),
        why=sourcing.why(view, indicator, "ranking", {year, year - 1}),
        build=sourcing.build_id(view),
        extra={"kicker": _("Compare · %(scope)s") % {"scope": kicker}, "crumbs": _crumbs(view, ask), "next": _next(view, frame)},
    )


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
    signs = frame["change"].abs()
    for kind, text in (
        (Kind.BETTER, _("Ask %(name)s what changed: the largest improvement beyond chance")),
        (Kind.WORSE, _("See which student groups are behind the change at %(name)s")),
    ):
        found = signs[frame["kind"] == kind]
        if len(found):
            row = frame.loc[found.idxmax()]
            steps.append((text % {"name": row["name"]}, "/place", {"place": (row["entity"],)}))
    for other in registry.indicators.values():
        if other.family != view.measure.family:
            changes = {"indicator": other.name, "year": None, "student_group": None}
            steps.append((_("Compare the same places by %(measure)s") % {"measure": _(other.title)}, "/compare", changes))
    return [*steps, (_("Read how this number is made and why others differ"), "/methods", {})]


def build_ranking(view: View, ask: Ask) -> Shown:
    """Dots with intervals for up to sixty places, a distribution beyond; every place in the file."""
    year, frame = facts.ranking(view, ask)
    indicator, level = view.measure, level_of(frame)
    ranked = frame[frame["ranked"]]
    state = None if level == "state" else facts.state_rate(indicator, view.group, year, ask)
    draw = distribution if len(ranked) > MOST else ranked_dots
    ends = _ends(ranked)
    headline = sets.headline_of_set(level, ends[:1], ends[1:], len(ranked), len(frame))
    subtitle = words.subtitle(indicator, view.group, year, interval=draw is ranked_dots)
    kicker = scope(view, ask)
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
    )


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
        out.append(_("Half of the places are under %(middle)s percent.") % {"middle": decimal(float(ranked["rate"].median()))})
    if state is not None:
        out.append(_("The state stands at %(rate)s percent.") % {"rate": decimal(state)})
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
    indicator, level = view.measure, level_of(frame)
    entities = shown_places(view, frame)
    rows = (
        facts.trend(entities, indicator, view.group, ask)
        if entities
        else facts.trend([registry.STATE], indicator, view.group, ask).head(0)
    )
    span = (int(rows["year"].min()), int(rows["year"].max())) if len(rows) else (year, year)
    subtitle = words.subtitle(indicator, view.group, *span, interval=False)
    which = (
        _("the %(n)s with most students of %(places)s") % {"n": len(entities), "places": words.places(level, len(frame))}
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
RANKING = Exhibit("ranking", build_ranking, "half")
MULTIPLES = Exhibit("small_multiples", build_multiples, "half")
