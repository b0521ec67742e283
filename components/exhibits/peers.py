"""The peer set of a view in words, and what a set of places has in common. Shared by the exhibits of Compare."""

from components import facts, words
from components.exhibit import Ask
from components.i18n import _
from components.view import View
from data import registry


def scope(view: View, ask: Ask) -> str:
    """The peer set in words: 'Districts of the Southern Coast region'. Every filter that narrows is named."""
    params = facts.peers_of(view, ask)
    if view.peers == "chosen":
        return _("Chosen places")
    if view.peers == "district":
        return _("Schools of %(name)s") % {"name": facts.district_of(view, ask)["name"]}
    if view.peers == "similar":
        found = facts.similar_to(view, ask)
        values = {"name": facts.place_of(found.entity, ask)["name"], "n": len(found.peers)}
        return _("%(name)s and the %(n)s places most like it") % values
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
