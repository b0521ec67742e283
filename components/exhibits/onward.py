"""What to do next from a place: at most eight ways on, in an order that fits the level. Each is a sentence with a verb."""

from typing import Any

from components import gridded, similar
from components.exhibit import Ask
from components.exhibits import grants, key_numbers
from components.i18n import _
from components.view import View

MOST = 8
Step = tuple[str, str, dict[str, Any]]
"""A sentence, a path and what changes in the view."""


def steps(view: View, place: dict, ask: Ask) -> list[Step]:
    """The ways on: those nearest to the level's own work first."""
    me = {"place": (place["entity"],)}
    always: list[Step] = [
        (_("Set its student groups beside all other students"), "/equity", {**within(place), **me}),
        (_("See what stands under the pillars and conditions"), "/pillars", me),
    ]
    last: list[Step] = [
        *_beside(place),
        *_other_measures(view, me),
        (_("Read how this number is made and why others differ"), "/methods", {}),
    ]
    first = [*_alike(view, place, ask), *_inside(place), *_grid(place, ask), *_report(place), *_cohorts(place, ask)]
    return [*first, *always, *last][:MOST]


def _inside(place: dict) -> list[Step]:
    """The places that this one is made of, beside each other."""
    texts = {
        "state": _("Compare the counties"),
        "region": _("Compare the districts of this region"),
        "county": _("Compare the districts of this county"),
        "district": _("Compare the schools of this district"),
    }
    if place["level"] not in texts:
        return []
    chosen = (place["entity"],) if place["level"] == "district" else ()
    return [(texts[place["level"]], "/compare", {**within(place), "place": chosen})]


def within(place: dict) -> dict[str, Any]:
    """The peer set of what the place is made of; of a school, the schools of its district."""
    changes = {
        "state": {"level": "county", "peers": "all"},
        "region": {"level": "district", "peers": "region", "region": place["entity"]},
        "county": {"level": "district", "peers": "county", "county": place.get("county")},
    }
    among = changes.get(place["level"], {"level": "school", "peers": "district"})
    return {"region": None, "county": None, "cohort": None, **among}


def _alike(view: View, place: dict, ask: Ask) -> list[Step]:
    """Where similar places are found: the list is kept, and the exhibit of the same page asks for it too."""
    if place.get("directory_status") == "closed" or not similar.findable(place["entity"], place["level"], view.weights, ask):
        return []
    changes = {"level": place["level"], "peers": "similar", "region": None, "county": None, "cohort": None}
    changes |= {"place": (place["entity"],)}
    return [
        (_("Compare with similar places"), "/compare", changes),
        (_("See how they were found, and the bright spots among them"), "/peers", changes),
    ]


def _grid(place: dict, ask: Ask) -> list[Step]:
    """The state's grid: a district or school as a dot among its county's, above the districts inside; where the build has one."""
    if gridded.missing(ask) or place.get("directory_status") == "closed":
        return []
    level, inside = place["level"], {"region": None, "county": None, "cohort": None, "year": None}
    if level in gridded.LEVELS:
        among = {"peers": "county", "county": place["county"]}
        return [
            (
                _("Find it on the state’s five-by-five grid"),
                "/grid",
                {**inside, "level": level, **among, "place": (place["entity"],)},
            )
        ]
    among = {
        "region": {"peers": "region", "region": place["region"]},
        "county": {"peers": "county", "county": place["county"]},
    }.get(level, {"peers": "all"})
    return [
        (_("See its districts on the state’s five-by-five grid"), "/grid", {**inside, "level": "district", **among, "place": ()})
    ]


def _cohorts(place: dict, ask: Ask) -> list[Step]:
    """The Cohorts page where somebody here is a grantee."""
    if not (place.get("cohorts") or place.get("grantee_schools")):
        return []
    return list(grants.ways(place, grants.of_place(place["entity"], ask)))


def _report(place: dict) -> list[Step]:
    """The figures that an LEA and a site copy into a report."""
    if place["level"] not in ("district", "school") or place.get("directory_status") == "closed":
        return []
    changes = {"place": (place["entity"],), "indicator": View.indicator, "year": None, "student_group": None}
    return [(_("Copy its figures for the Annual Progress Report"), "/apr", changes)]


def _beside(place: dict) -> list[Step]:
    level, me = place["level"], {"place": (place["entity"],)}
    if level in ("county", "district", "school") and place.get("region"):
        text = {
            "county": _("Set it beside the other counties of the region"),
            "district": _("Set it beside the other districts of the region"),
            "school": _("Set it beside the other schools of the region"),
        }[level]
        return [(text, "/compare", {"level": level, "peers": "region", "region": place["region"], **me})]
    if level == "region":
        return [(_("Set it beside the other regions"), "/compare", {"level": level, "peers": "all", **me})]
    return []


def _other_measures(view: View, me: dict) -> list[Step]:
    out: list[Step] = []
    for other in key_numbers.others_than(view.measure):
        changes = {"indicator": other.name, "year": None, "student_group": None, **me}
        out.append((_("See this place by %(measure)s") % {"measure": _(other.title)}, "/place", changes))
    return out
