"""California's counties as filled shapes in five classes of one hue. The table beside it says the same; nobody needs the map."""

import json
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import ceil
from pathlib import Path

from components.facts import Fact, shown_rate
from components.figures import theme
from components.i18n import _, decimal
from components.view import View
from data import registry

SHAPES = Path(__file__).parent / "counties.json"


@cache
def shapes() -> dict[str, dict[str, list]]:
    """FIPS -> x and y in kilometers, rings parted by None."""
    return json.loads(SHAPES.read_text(encoding="utf-8"))["shapes"]


def classes(facts: list[Fact], view: View) -> list[float]:
    """Six bounds of five classes with about equally many counties, in whole percents where that parts them."""
    rates = sorted(float(f.rate or 0) for f in facts if f.ranked(view))
    if len(rates) < 5:
        return []
    cuts = [rates[ceil(len(rates) * i / 5) - 1] for i in range(1, 5)]
    for places in (0, 1, 2):
        bounds = [0.0, *(round(c, places) for c in cuts), round(max(rates) + 0.5 * 10**-places, places)]
        if len(set(bounds)) == 6:
            return bounds
    return []


def class_of(rate: float, bounds: list[float]) -> int:
    return next((i for i, upper in enumerate(bounds[1:]) if rate < upper), len(bounds) - 2)


def county_map(facts: list[Fact], view: View) -> dict:
    """One filled trace a county; a county without a ranked rate is white with a dashed outline and named in words."""
    bounds = classes(facts, view)
    by_entity = {f.entity: f for f in facts}
    traces = [_shape(c, by_entity.get(c.entity), bounds, view) for c in registry.counties]
    traces += _legend(bounds)
    return {
        "data": traces,
        "layout": theme.layout(
            560, margin={"l": 0, "r": 0, "t": 4, "b": 4}, showlegend=True,
            legend={"x": 0.62, "y": 0.98, "xanchor": "left", "yanchor": "top", "itemclick": False, "itemdoubleclick": False, "font": {"size": 13},
                    "bgcolor": "rgba(255,255,255,0)"},
            xaxis={"visible": False, "fixedrange": True, "constrain": "domain"}, yaxis={"visible": False, "fixedrange": True, "scaleanchor": "x", "scaleratio": 1},
        ),
    }


def _shape(county: registry.County, fact: Fact | None, bounds: list[float], view: View) -> dict:
    ranked = bool(fact and bounds and fact.ranked(view))
    color = theme.BLUES[class_of(float(fact.rate or 0), bounds)] if fact and ranked else theme.NONE
    shape = shapes()[county.fips]
    said = shown_rate(fact) if fact else _("not published")
    return {
        "type": "scatter", "mode": "lines", "x": shape["x"], "y": shape["y"], "fill": "toself", "fillcolor": color, "hoveron": "fills", "showlegend": False,
        "line": {"color": "#ffffff" if ranked else theme.PEER, "width": 0.8, "dash": "solid" if ranked else "dot"},
        "text": f"{theme.escape_label(county.name)}: {said}", "hoverinfo": "text", "customdata": [county.entity],
    }


def _legend(bounds: list[float]) -> list[dict]:
    out = []
    for i, (low, high) in enumerate(pairwise(bounds)):
        values = {"low": decimal(_exact(low)), "high": decimal(_exact(high))}
        name = _("up to %(high)s%%") % values if i == 0 else _("%(low)s%% or more") % values if i == len(bounds) - 2 else _("%(low)s to under %(high)s%%") % values
        out.append({"type": "scatter", "mode": "markers", "x": [None], "y": [None], "name": name, "marker": {"symbol": "square", "size": 13, "color": theme.BLUES[i]}})
    return out


def _exact(value: float) -> Fraction:
    return Fraction(str(value))
