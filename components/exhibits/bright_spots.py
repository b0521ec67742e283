"""Bright spots: who of a peer set improved beyond chance to the better half, whom to ask; and the lead of their page."""

import numpy as np

from components import facts, tables, words
from components.exhibit import Ask, Exhibit, Shown, Unanswerable
from components.exhibits import funnel, peers, sets, sourcing
from components.i18n import _, ngettext, number, school_year
from components.verdict import TOLD, Kind
from components.view import View
from data.registry import Indicator

LEAST = 5
"""A median of fewer places says nothing."""
MOST = 150
"""Among more places a list of those who improved is no list to call."""
NAMED = 3
HALF = 0.5


def bright(frame: facts.Frame, indicator: Indicator) -> facts.Frame:
    """The ranked places that improved beyond chance and by at least the median change, to the median rate of the set or better.

    Where every place improves, improvement beyond chance alone marks most of them; the clearest improvement stands first.
    """
    ranked = frame[frame["ranked"]]
    turned = -1 if indicator.better == "higher" else 1
    rate, moved = turned * ranked["rate"], turned * ranked["change"]
    found = ranked[(ranked["kind"] == Kind.BETTER) & (rate <= rate.median()) & (moved <= moved.median())]
    least = np.minimum(found["change_lower"].abs(), found["change_upper"].abs())
    return found.assign(least=-least).sort_values(["least", "entity"]).drop(columns="least")


def build_bright_spots(view: View, ask: Ask) -> Shown:
    """Peers that improved beyond chance and stand at the median or better: whom to ask."""
    year, frame = facts.ranking(view, ask)
    indicator, level = view.measure, peers.level_of(frame)
    ranked, told = judged(frame, indicator, year)
    found = bright(frame, indicator)
    others = found[~found["entity"].isin(view.place)]
    subtitle = _(
        "%(scope)s. A bright spot improved since %(before)s beyond chance and by at least the median change, "
        "and stands at the median rate or better"
    ) % {"scope": peers.scope(view, ask), "before": school_year(year - 1)}
    said = []
    if len(others):
        names = [words.changed(r, indicator) for r in facts.records(others.head(NAMED))]
        said.append(_("Ask what they do: %(names)s.") % {"names": words.names(names, NAMED, len(others))})
    said += itself(found, view.place)
    said.append(_luck(told))
    said.append(_("An improvement tells whom to ask, not what caused it."))
    table = tables.of_changes(found, indicator, words.subtitle(indicator, view.group, year, interval=False), verdicts=False)
    return Shown(
        key="bright_spots",
        headline=_bright_headline(level, len(found), len(ranked)),
        subtitle=subtitle,
        table=table,
        rows=lambda: tables.change_frame(found, indicator),
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year, year - 1}),
        why=sourcing.why(view, indicator, "ranking", {year, year - 1}),
        build=sourcing.build_id(view),
    )


def itself(found: facts.Frame, chosen: tuple[str, ...]) -> list[str]:
    """A sentence for the chosen places among the bright spots: nobody is sent to ask them, yet they are counted."""
    mine = found.loc[found["entity"].isin(chosen), "name"].astype(str)
    if mine.empty:
        return []
    values = {"names": words.names(list(mine)), "n": number(len(found))}
    if len(found) == 1:
        return [_("The bright spot is %(names)s itself.") % values]
    text = ngettext(
        "%(names)s itself is one of the %(n)s bright spots.", "%(names)s themselves are among the %(n)s bright spots.", len(mine)
    )
    return [text % values]


def judged(frame: facts.Frame, indicator: Indicator, year: int) -> tuple[facts.Frame, int]:
    """The ranked rows and how many have a verdict. Raises Unanswerable where nobody can be called a bright spot."""
    if indicator.better == "none":
        raise Unanswerable(_("Neither direction of this measure is better, so nobody is called a bright spot."))
    ranked = frame[frame["ranked"]]
    if len(ranked) > MOST:
        text = _("Bright spots are named among at most %(most)d peers. Choose similar places, a county or a region as peers.")
        raise Unanswerable(text % {"most": MOST})
    told = int(ranked["kind"].isin(TOLD).sum())
    if not told:
        raise Unanswerable(sets.nothing_told(year, indicator))
    if len(ranked) < LEAST:
        text = _("Bright spots need at least %(least)s peers with enough students; here there are %(n)s.")
        raise Unanswerable(text % {"least": LEAST, "n": len(ranked)})
    return ranked, told


def _bright_headline(level: str, found: int, every: int) -> str:
    values = {"n": number(found), "places": words.places(level, every)}
    if not found:
        return _("No bright spot among %(places)s") % values
    if found == 1:
        return _("1 bright spot among %(places)s") % values
    return _("%(n)s bright spots among %(places)s") % values


def _luck(told: int) -> str:
    expected = told * sets.TAIL
    if expected < HALF:
        return _("By luck alone, fewer than one of %(told)s would seem to improve.") % {"told": number(told)}
    return _("By luck alone, about %(n)s of %(told)s would seem to improve.") % {
        "n": number(round(expected)),
        "told": number(told),
    }


def build_lead(view: View, ask: Ask) -> Shown:
    """The page's headline: how many bright spots and how many places apart, and in one paragraph what both mean."""
    year, frame = facts.ranking(view, ask)
    indicator, level = view.measure, peers.level_of(frame)
    said = [
        _("%(measure)s, %(group)s, %(year)s.")
        % {
            "measure": _(indicator.title),
            "group": words.population(indicator, view.group, year),
            "year": school_year(year),
        }
    ]
    spots = apart = None
    limits = False
    try:
        judged(frame, indicator, year)
        spots = len(bright(frame, indicator))
        said.append(_("A bright spot improved beyond chance, by the median change or more, to the median rate or better."))
    except Unanswerable as why:
        said.append(str(why))
    try:
        apart, limits = funnel.apart(frame, indicator), True
        said.append(
            _("These places differ too much from each other for limits that would single one out.")
            if apart is None
            else _("A place stands apart when its rate lies outside the 99.8 percent limits around its peers’ mean.")
        )
    except Unanswerable:
        pass
    ranked = int(frame["ranked"].sum())
    return Shown(
        key="lead",
        headline=_headline(level, spots, apart, ranked, len(frame), limits),
        subtitle=" ".join(said),
        table=tables.of_places(frame, indicator, peers.scope(view, ask), view.place),
        rows=lambda: tables.file_frame(frame, indicator),
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year, year - 1}),
        notes=words.notes(indicator, view.group, level, year, year),
        why=sourcing.why(view, indicator, "ranking", {year, year - 1}),
        build=sourcing.build_id(view),
        extra={"kicker": _("Bright spots · %(scope)s") % {"scope": peers.scope(view, ask)}, "next": _next(view)},
    )


def _headline(level: str, spots: int | None, apart: int | None, ranked: int, every: int, limits: bool) -> str:
    """`limits`: whether the places have a funnel; `apart` is None where they have none, or one too wide to tell."""
    values = {"n": number(spots or 0), "apart": number(apart or 0), "places": words.places(level, ranked)}
    if spots and apart:
        text = ngettext(
            "Of %(places)s: %(n)s bright spot, %(apart)s apart beyond chance",
            "Of %(places)s: %(n)s bright spots, %(apart)s apart beyond chance",
            spots,
        )
        return text % values
    if spots is not None:
        return _bright_headline(level, spots, ranked)
    if limits:
        return funnel.headline(level, apart, ranked)
    return _("Where %(places)s stand") % {"places": words.places(level, every)}


def _next(view: View) -> list[tuple[str, str, dict]]:
    steps: list[tuple[str, str, dict]] = [
        (_("See the same places in order, on the map and over the years"), "/compare", {}),
        (_("Read how this number is made and why others differ"), "/methods", {}),
    ]
    if view.peers != "similar" and view.place:
        steps.insert(0, (_("Look among the places most like the one you chose"), "/peers", {"peers": "similar"}))
    return steps


BRIGHT_SPOTS = Exhibit("bright_spots", build_bright_spots, title=_("Bright spots"))
LEAD = Exhibit("lead", build_lead)
