"""Compare: places of one kind beside each other, in order, with intervals; and their lines side by side."""

from components import words
from components.exhibit import Ask, Exhibit, Shown
from components.exhibits.sourcing import source_line, why
from components.facts import Fact, group_label, place_row, ranking, region_name, rows, years_of
from components.figures.distribution import distribution
from components.figures.ranked_dots import ranked_dots
from components.figures.small_multiples import small_multiples
from components.i18n import _, number, school_year
from components.tables import MOST_ROWS, export_frame, place_table
from components.verdict import Kind
from components.view import MOST_PLACES, View
from data import registry

MOST_DOTS = 60


def peer_words(view: View, ask: Ask) -> str:
    """The peer set in words: 'districts of the Southern Coast region'."""
    values = {"places": words.many(view.level, 2)}
    if view.peers == "region":
        code = view.region or (place_row(view.place[0], ask)["region"] if view.place else "")
        return _("%(places)s of the %(region)s") % {**values, "region": region_name(code)} if code else _("%(places)s of one region") % values
    if view.peers == "county":
        code = view.county or (place_row(view.place[0], ask)["county"] if view.place else "")
        county = registry.county_by_code.get(code)
        return _("%(places)s of %(county)s County") % {**values, "county": county.name} if county else _("%(places)s of one county") % values
    if view.peers == "cohort":
        return _("%(places)s of cohort %(n)s") % {**values, "n": view.cohort}
    if view.peers == "chosen":
        return _("chosen %(places)s") % values
    return _("all %(places)s of California") % values


def build_lead(view: View, ask: Ask) -> Shown:
    """The page's headline: how many of the peers moved beyond chance."""
    year, facts = ranking(view, ask)
    peers = peer_words(view, ask)
    kinds = [f.verdict(view).kind for f in facts if f.ranked(view)]
    judged = len([k for k in kinds if k in (Kind.BETTER, Kind.WORSE, Kind.CHANCE)])
    prior = _("%(measure)s, %(group)s, %(year)s against %(prior)s.") if judged else _("%(measure)s, %(group)s, %(year)s.")
    text = [prior % {"measure": _(view.measure.title), "group": group_label(view, year).lower(), "year": school_year(year), "prior": school_year(year - 1)}]
    if judged:
        text.append(_("Order comes with intervals: small differences between neighbors may be chance."))
    said = _("%(better)s improved and %(worse)s worsened beyond chance, of %(judged)s places that can be judged.") % {
        "better": number(kinds.count(Kind.BETTER)), "worse": number(kinds.count(Kind.WORSE)), "judged": number(judged)}
    luck = words.by_luck(judged)
    return Shown(
        "lead", words.moved(kinds, view.level) if facts else _("No places to compare"), " ".join(text), place_table(facts, view, peers), export_frame(facts, view),
        words=tuple(filter(None, (said, luck))) if judged else (), source=source_line(view, view.build, year), notes=words.caveats(view, view.level),
        extra={"kicker": _("Compare · %(peers)s") % {"peers": peers}, "crumbs": _crumbs(view, ask), "next": _next(view, facts)},
    )


def _crumbs(view: View, ask: Ask) -> list[tuple[str, str | None]]:
    chain: list[tuple[str, str | None]] = [(_("California"), registry.STATE)]
    if view.peers == "region" and view.region:
        chain.append((region_name(view.region), view.region))
    if view.peers == "county" and view.county:
        county = registry.county_by_code[view.county]
        chain += [(region_name(county.region), county.region), (_("%(name)s County") % {"name": county.name}, county.entity)]
    return [*chain, (_("Compare"), None)]


def _next(view: View, facts: list[Fact]) -> list[tuple[str, str, dict]]:
    out: list[tuple[str, str, dict]] = []
    best = sorted((f for f in facts if f.ranked(view) and f.verdict(view).kind is Kind.BETTER), key=lambda f: f.verdict(view).change or 0)
    if best:
        out.append((_("Open %(place)s, which improved most beyond chance, and ask what changed") % {"place": best[0].name}, "/place", {"place": (best[0].entity,)}))
    worse = sorted((f for f in facts if f.ranked(view) and f.verdict(view).kind is Kind.WORSE), key=lambda f: -(f.verdict(view).change or 0))
    if worse:
        out.append((_("Open %(place)s, which worsened most beyond chance, and see its student groups") % {"place": worse[0].name}, "/place", {"place": (worse[0].entity,)}))
    other = "suspension_rate" if view.indicator != "suspension_rate" else "chronic_absenteeism_rate"
    if other in registry.indicators:
        out.append((_("Compare the same places on: %(title)s") % {"title": _(registry.indicators[other].title)}, "/compare",
                    {"indicator": other, "student_group": None, "year": None}))
    return out


def build_ranking(view: View, ask: Ask) -> Shown:
    """Dots with intervals for up to sixty places, a distribution beyond; every place in the file."""
    year, facts = ranking(view, ask)
    shown = [f for f in facts if f.counts.known]
    peers = peer_words(view, ask)
    state = _state(view, ask, year)
    large = len(shown) > MOST_DOTS
    figure = None if not shown else distribution(shown, view, state) if large else ranked_dots(shown, view, state)
    values = {"measure": _(view.measure.title), "group": group_label(view, year).lower(), "year": school_year(year), "peers": peers, "n": number(len(facts)),
              "rank": view.measure.min_rank}
    ordered = _table_order(facts, view)
    more = _("The first %(most)s of %(n)s places. The CSV file has all of them.") % {"most": MOST_ROWS, "n": number(len(facts))} if len(facts) > MOST_ROWS else ""
    return Shown(
        "ranking", _("Where they stand, and how many at each rate") if large else _("Where each stands, and how sure we are"),
        _("%(measure)s, %(group)s, percent, %(year)s, %(peers)s. Bars are 95 percent intervals; under %(rank)s students: listed, not ranked") % values if not large
        else _("%(measure)s, %(group)s, percent, %(year)s, %(peers)s. Only places with %(rank)s students or more") % values,
        place_table(ordered, view, _("%(measure)s, %(group)s, %(year)s: %(peers)s") % values, more), export_frame(sorted(facts, key=lambda f: f.entity), view),
        figure=figure, words=tuple(_words(view, year, facts, peers)), source=source_line(view, view.build, year),
        notes=words.caveats(view, view.level), alt=_("%(measure)s of %(n)s places in %(year)s. The table holds the numbers.") % values,
        why=why(view, view.build, "ranking", year),
    )


def _state(view: View, ask: Ask, year: int) -> Fact | None:
    if view.level == "state":
        return None
    frame = ask("trend", entities=[registry.STATE], indicator=view.indicator, student_group=view.group)
    return next((f for f in rows(frame) if f.year == year), None)


def _table_order(facts: list[Fact], view: View) -> list[Fact]:
    """Chosen places first, then those that are ranked by rate, then all others by name: a hidden rate takes no rank."""
    chosen = [f for f in facts if f.entity in view.place]
    ranked = sorted((f for f in facts if f.ranked(view) and f not in chosen), key=lambda f: (f.rate, f.name))
    rest = sorted((f for f in facts if not f.ranked(view) and f.entity not in view.place), key=lambda f: (f.name, f.entity))
    return [*chosen, *ranked, *rest]


def _words(view: View, year: int, facts: list[Fact], peers: str) -> list[str]:
    ranked = sorted((f for f in facts if f.ranked(view)), key=lambda f: (f.rate, f.name))
    out = [_("%(n)s %(places)s, %(peers)s, %(year)s.") % {"n": number(len(facts)), "places": words.many(view.level, len(facts)), "peers": peers, "year": school_year(year)}]
    if len(ranked) > 2:
        middle = ranked[len(ranked) // 2]
        out.append(_("The middle one of those with %(rank)s students or more is %(name)s.") % {"rank": view.measure.min_rank, "name": middle.name})
        out.append(" ".join((middle.name + ":", words.count_sentence(middle, view, year))))
    for fact in [f for f in facts if f.entity in view.place][:MOST_PLACES]:
        out.append(" ".join((fact.name + ":", words.count_sentence(fact, view, year), words.change_sentence(fact, view))))
    return out + words.left_out(facts, year)


def build_multiples(view: View, ask: Ask) -> Shown:
    """The lines of the chosen places, or of the largest peers, on one scale."""
    year, facts = ranking(view, ask)
    entities = _who(view, facts)
    frame = ask("trend", entities=entities, indicator=view.indicator, student_group=view.group)
    found = list(rows(frame))
    places = [[f for f in found if f.entity == e] for e in entities]
    places = [p for p in places if p]
    every = [y for y in years_of(view, ask)]
    values = {"measure": _(view.measure.title), "group": group_label(view, year).lower(), "n": number(len(places)), "first": school_year(every[0]), "last": school_year(every[-1])}
    chosen = bool(view.place) and all(e in view.place for e in entities)
    gap = bool(registry.gap_years(view.measure) & set(range(every[0], every[-1] + 1)))
    which = _("the chosen places") if chosen else _("the peers with the most students")
    return Shown(
        "small_multiples", _("Year by year, on one scale"),
        (_("%(measure)s, %(group)s, percent, %(first)s to %(last)s, %(which)s; gap at 2019–20 and 2020–21") if gap else
         _("%(measure)s, %(group)s, percent, %(first)s to %(last)s, %(which)s")) % {**values, "which": which},
        place_table([f for f in found if f.year == year], view, _("%(measure)s of %(n)s places") % values), export_frame(found, view),
        figure=small_multiples(places, view, every) if places else None,
        words=tuple(" ".join((p[-1].name + ":", words.count_sentence(p[-1], view, p[-1].year))) for p in places),
        source=source_line(view, view.build), notes=words.caveats(view, view.level),
        alt=_("Lines of %(n)s places from %(first)s to %(last)s. The CSV file holds every year.") % values, why=why(view, view.build, "trend"),
    )


def _who(view: View, facts: list[Fact]) -> list[str]:
    """The chosen places that are in the peer set, else the peers with the most students; twelve at most."""
    present = {f.entity for f in facts}
    chosen = [e for e in view.place if e in present]
    if view.peers == "chosen" or len(chosen) > 1:
        return chosen
    largest = sorted((f for f in facts if f.counts.known and f.entity not in chosen), key=lambda f: (-(f.counts.denominator or 0), f.entity))
    most = 8 if len(facts) > 8 else MOST_PLACES
    return chosen + [f.entity for f in largest[: most - len(chosen)]]


LEAD = Exhibit("lead", build_lead)
RANKING = Exhibit("ranking", build_ranking, "half")
MULTIPLES = Exhibit("small_multiples", build_multiples, "half")
