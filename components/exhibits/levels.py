"""Which levels an indicator is published for, said where a place is of another level, with the way out."""

from components import facts, words
from components.exhibit import Ask, Unanswerable
from components.i18n import _
from components.view import View
from data import registry
from data.registry import Indicator

Step = tuple[str, str, dict]


def unpublished(indicator: Indicator, level: str, ask: Ask) -> str:
    """The sentence that an indicator is published for other levels only; "" where it is published at this one, or not at all."""
    found = _levels(indicator, ask)
    if not found or level in found:
        return ""
    names = [words.levels(at).lower() for at in found]
    values = {"title": _(indicator.title), "names": ", ".join(names[:-1]), "last": names[-1]}
    if len(names) == 1:
        return _("%(title)s is published for %(last)s only.") % values
    return _("%(title)s is published for %(names)s and %(last)s only.") % values


def require(view: View, level: str, ask: Ask) -> None:
    """Raises Unanswerable with that sentence where the view's indicator is not published at the level."""
    sentence = unpublished(view.measure, level, ask)
    if sentence:
        raise Unanswerable(sentence)


def way_out(view: View, place: dict, ask: Ask) -> list[Step]:
    """The districts of the place by an indicator that it has no number of itself; [] where districts have none either."""
    texts = {
        "state": _("See the districts of the state by it"),
        "region": _("See the districts of this region by it"),
        "county": _("See the districts of this county by it"),
    }
    indicator, level = view.measure, place["level"]
    if level not in texts or not unpublished(indicator, level, ask) or "district" not in _levels(indicator, ask):
        return []
    among = {"state": {"peers": "all"}, "region": {"peers": "region", "region": place["entity"]}}
    scope = among.get(level, {"peers": "county", "county": place.get("county")})
    changes = {"region": None, "county": None, "cohort": None, "place": (), "level": "district", "indicator": indicator.name}
    return [(texts[level], "/compare", {**changes, **scope})]


def _levels(indicator: Indicator, ask: Ask) -> list[str]:
    return [level for level in registry.LEVELS if facts.years_of(indicator.name, ask, level)]
