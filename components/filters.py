"""What a reader can choose on a page: one row a filter (name, label, choices, when it is shown). It asks no data but years."""

from collections.abc import Callable
from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import html

from components import local_choices, recipe
from components.i18n import _
from components.view import COHORTS, Known, View
from data import grid, registry

Choices = local_choices.Choices
NONE = local_choices.NONE
"""Stands in the widget for "nothing chosen": an empty value would show an empty box."""


@dataclass(frozen=True)
class Filter:
    """One choice. `choices(view, known)` are (value, label) pairs, the default first unless `default` names it.

    `key` names it on a page where it differs from the one that other pages have for the same field.
    """

    name: str
    label: str
    choices: Callable[[View, Known], Choices]
    shown: Callable[[View], bool] = lambda view: True
    default: str = ""
    key: str = ""

    def default_of(self, choices: Choices) -> str:
        return self.default or (choices[0][0] if choices else NONE)


def _indicators(view: View, known: Known) -> Choices:
    return [(i.name, _(i.title)) for i in registry.indicators.values() if known.years.get(i.name)]


def _shares(view: View, known: Known) -> Choices:
    return [(name, label) for name, label in _indicators(view, known) if registry.indicators[name].of_schools]


LEVEL_LABELS = {"region": _("R-TAC regions"), "county": _("Counties"), "district": _("Districts"), "school": _("Schools")}
PEER_LABELS = {
    "all": _("All in California"),
    "district": _("Same district"),
    "county": _("Same county"),
    "region": _("Same region"),
    "cohort": _("Same cohort"),
    "similar": _("Similar places"),
    "chosen": _("Only those I chose"),
}
PEERS_OF_LEVEL = {
    "state": ("all", "chosen"),
    "region": ("all", "chosen"),
    "county": ("all", "region", "similar", "chosen"),
    "district": ("all", "county", "region", "cohort", "similar", "chosen"),
    "school": ("all", "district", "county", "region", "cohort", "similar", "chosen"),
}


def _levels(view: View, known: Known) -> Choices:
    return list(LEVEL_LABELS.items()) + ([("state", _("State"))] if view.level == "state" else [])


def _peers(view: View, known: Known) -> Choices:
    fitting = PEERS_OF_LEVEL[view.level]
    return [(p, label) for p, label in PEER_LABELS.items() if p in fitting or p == view.peers]


def _regions(view: View, known: Known) -> Choices:
    first = _("Of the chosen place") if view.place else _("Choose a region")
    return [(NONE, first)] + [(r.code, _(r.name)) for r in registry.regions]


def _counties(view: View, known: Known) -> Choices:
    first = _("Of the chosen place") if view.place else _("Choose a county")
    return [(NONE, first)] + [(c.code, c.name) for c in sorted(registry.counties, key=lambda c: c.name)]


def _cohorts(view: View, known: Known) -> Choices:
    return [(NONE, _("Of the chosen place") if view.place else _("Choose a cohort"))] + [
        (str(n), _("Cohort %(n)d") % {"n": n}) for n in COHORTS
    ]


def _any_region(view: View, known: Known) -> Choices:
    return [(NONE, _("All of California"))] + [(r.code, _(r.name)) for r in registry.regions]


def _any_county(view: View, known: Known) -> Choices:
    inside = [c for c in registry.counties if view.region in (None, c.region)]
    return [(NONE, _("All counties"))] + [(c.code, c.name) for c in sorted(inside, key=lambda c: c.name)]


def _years(view: View, known: Known) -> Choices:
    years = sorted(known.years.get(view.indicator, ()), reverse=True)
    return [(str(y), registry.year_label(y).replace("-", "–")) for y in years]


def _groups(view: View, known: Known) -> Choices:
    measure = view.measure
    years = known.years.get(view.indicator, ())
    year = view.year or (max(years) if years else 0)
    lines = registry.lines(measure.vocabulary, measure.dimensions)
    ordered = sorted(lines, key=lambda line: line != measure.default_group)
    return [(line, _(registry.group_in(measure.vocabulary, line, year).label)) for line in ordered]


HEAVIER = 3


def _weights(view: View, known: Known) -> Choices:
    choices = [(NONE, _("All count the same"))]
    for c in recipe.CHARACTERISTICS:
        choices.append((f"{c.key}:{HEAVIER}", _("%(what)s three times") % {"what": c.short()}))
    own = [] if view.weights in {"", *(v for v, _label in choices)} else [(view.weights, _("As in this link"))]
    return choices + own


def _dashboard_measures(view: View, known: Known) -> Choices:
    return [(name, label) for name, label in _indicators(view, known) if registry.indicators[name].family in grid.FAMILIES]


def _grid_levels(view: View, known: Known) -> Choices:
    return [(level, LEVEL_LABELS[level]) for level in ("district", "school")]


FILTERS = {
    f.key or f.name: f
    for f in (
        Filter("indicator", _("Indicator"), _indicators, default=View.indicator),
        Filter("level", _("Level"), _levels, lambda view: view.peers != "similar", default=View.level),
        Filter("peers", _("Peers"), _peers, default=View.peers),
        Filter("region", _("Region"), _regions, lambda view: view.peers == "region"),
        Filter("county", _("County"), _counties, lambda view: view.peers == "county"),
        Filter("cohort", _("Cohort"), _cohorts, lambda view: view.peers == "cohort"),
        Filter("weights", _("What counts"), _weights, lambda view: view.peers == "similar"),
        Filter("year", _("Year"), _years),
        Filter("student_group", _("Student group"), _groups),
        Filter("indicator", _("Indicator"), _shares, default=View.indicator, key="share"),
        Filter("region", _("Region"), _any_region, key="any_region"),
        Filter("county", _("County"), _any_county, key="any_county"),
    )
} | {
    # Choices of one page. None is its default: the address says them, and other pages show the same measure and level.
    "dashboard_measure": Filter("indicator", _("Indicator"), _dashboard_measures, default=NONE),
    "grid_level": Filter("level", _("Level"), _grid_levels, default=NONE),
    "local_place": Filter("place", _("District or school"), local_choices.places, default=NONE),
    "month": Filter("month", _("Through month"), local_choices.months),
    "pillar": Filter("pillar", _("Pillar"), local_choices.pillars),
    "service_category": Filter("service_category", _("Service"), local_choices.services),
}


def state_of(names: tuple[str, ...], view: View, known: Known) -> list[dict]:
    """What the browser needs to show the filters of a page: options, value, default and whether each is shown."""
    return [_state(FILTERS[name], view, known) for name in names]


def _state(filter_: Filter, view: View, known: Known) -> dict:
    choices = filter_.choices(view, known)
    default = filter_.default_of(choices)
    held = getattr(view, filter_.name)
    value = str(held[0] if isinstance(held, tuple) and held else held)
    return {
        "name": filter_.name,
        "value": value if value in {v for v, _label in choices} else default,
        "default": default,
        "shown": filter_.shown(view),
        "options": [{"value": v, "label": label} for v, label in choices],
    }


def widgets(names: tuple[str, ...], view: View, known: Known) -> list:
    """The filters of a page as labelled selects, already holding the view's values."""
    out = []
    for name, one in zip(names, state_of(names, view, known), strict=True):
        id_ = {"type": "filter", "name": one["name"]}
        select = dbc.Select(id=id_, value=one["value"], options=one["options"])
        label = html.Label(FILTERS[name].label, htmlFor=f'{{"name":"{one["name"]}","type":"filter"}}')
        out.append(
            html.Div([label, select], className="filter", id={"type": "filter-box", "name": one["name"]}, hidden=not one["shown"])
        )
    return out
