"""The map of a peer set: districts and schools as points, counties and regions as filled shapes, in five shades of one blue."""

from dataclasses import replace

from components import facts, geography, positions, tables, words
from components.exhibit import Ask, Exhibit, Shown, Unanswerable
from components.exhibits import peers, sourcing
from components.figures import shades
from components.figures.county_map import county_map
from components.figures.place_map import NAMED, place_map
from components.i18n import _, ngettext, number
from components.positions import Located
from components.view import View
from data import registry
from data.registry import Indicator


def build_map(view: View, ask: Ask) -> Shown:
    """Every place of the peer set where it lies, shaded by its rate. Raises Unanswerable for the state and for mixed levels."""
    year, frame = facts.ranking(view, ask)
    indicator, level = view.measure, peers.level_of(frame)
    if level in ("", "state"):
        raise Unanswerable(_("A map needs regions, counties, districts or schools, and all places of one kind."))
    about = facts.peers_of(view, ask)
    drawn = replace(view, region=about["region"], county=about["county"])  # type: ignore[arg-type]
    where = positions.located(frame, level, ask) if level in ("district", "school") else None
    if where is not None and not where.drawn.any():
        raise Unanswerable(_("The directory of this build has no position for these places, so there is no map of them."))
    subtitle = words.subtitle(indicator, view.group, year, interval=False)
    caption = _("%(scope)s: %(what)s") % {"scope": peers.scope(view, ask), "what": subtitle}
    said = _words(frame, where, level, indicator)
    return Shown(
        key="map",
        headline=_("%(places)s on the map, shaded by rate") % {"places": words.places(level, _drawn(frame, where))},
        subtitle=_("%(what)s. %(scope)s") % {"what": subtitle, "scope": peers.scope(view, ask)},
        table=tables.of_places(frame, indicator, caption, view.place),
        rows=lambda: tables.file_frame(frame, indicator),
        figure=_filled(frame, indicator, drawn) if where is None else place_map(frame, where, indicator, drawn),
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year}),
        alt=_("Map. %(caption)s. The table has the numbers and links to the places.") % {"caption": caption},
        why=sourcing.why(view, indicator, "ranking", {year}),
        build=sourcing.build_id(view),
    )


def _drawn(frame: facts.Frame, where: Located | None) -> int:
    return len(frame) if where is None else int(where.drawn.sum())


def _filled(frame: facts.Frame, indicator: Indicator, view: View) -> dict:
    """All California for all regions or counties, else the part where those of the set lie."""
    codes = set(frame["entity"])
    mine = tuple(c.code for c in registry.counties if {c.entity, c.region} & codes)
    whole = len(mine) > positions.WHOLE
    return county_map(frame, indicator, view, geography.state() if whole else geography.padded(geography.box(mine)))


def _words(frame: facts.Frame, where: Located | None, level: str, indicator: Indicator) -> list[str]:
    out = [shaded(frame if where is None else frame[where.known], indicator)]
    if where is not None:
        out += _whereabouts(frame, where, level)
    return out + sourcing.unseen(frame, indicator, mapped=True)


def shaded(frame: facts.Frame, indicator: Indicator) -> str:
    """What the shades of a map mean."""
    bounds = shades.bounds_of(frame)
    if not bounds:
        return _("The rates are too few or too much alike for classes, so all have one shade; the table has the numbers.")
    text = _("Each of five shades holds about a fifth of the places, from light to dark: %(classes)s.")
    return text % {"classes": "; ".join(shades.class_names(bounds, indicator.unit))}


def _whereabouts(frame: facts.Frame, where: Located, level: str) -> list[str]:
    """Who stands at the middle of its schools, who has no position, and who lies outside the part that is drawn."""
    out = []
    middles = int((where.drawn & ~where.own).sum())
    if middles:
        text = ngettext(
            "The directory has no position for %(n)s district: it stands at the middle of its schools.",
            "The directory has no position for %(n)s districts: they stand at the middle of their schools.",
            middles,
        )
        out.append(text % {"n": number(middles)})
    if int(where.drawn.sum()) > NAMED:
        out.append(
            _(
                "So many points hide each other, so they have no names here. Choose a county, a region or a cohort as peers to "
                "open a place from the map."
            )
        )
    out.append(_("Where points lie on each other, the darker ones are on top."))
    for which, text in (
        (~where.known, _("No position in the directory, so not on the map (%(n)s): %(names)s.")),
        (where.known & ~where.drawn, _("Outside the part of California that is drawn (%(n)s): %(names)s.")),
    ):
        names = sorted(frame.loc[which, "name"].astype(str))
        if names:
            out.append(text % {"n": number(len(names)), "names": words.names(names[: words.MOST_NAMES], total=len(names))})
    return out


MAP = Exhibit("map", build_map, title=_("Places on the map"))
