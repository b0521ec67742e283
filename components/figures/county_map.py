"""California's counties as filled shapes in five classes of one blue. The table beside it says the same; nobody needs the map."""

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

from components import facts, units
from components.figures import theme
from components.i18n import _
from components.view import View
from data import registry
from data.registry import Indicator

SHAPES = Path(__file__).parent / "counties.json"


@cache
def shapes() -> dict[str, dict[str, list]]:
    """FIPS -> x and y in kilometers, rings parted by None."""
    return json.loads(SHAPES.read_text(encoding="utf-8"))["shapes"]


def bounds_of(frame: facts.Frame) -> list[float]:
    """Six bounds of five classes with about equally many ranked counties, as round as still parts them; [] for too few."""
    rates = frame.loc[frame["ranked"], "rate"].astype(float)
    if len(rates) < 5:
        return []
    for places in (0, 1, 2):
        cuts = [round(float(c), places) for c in rates.quantile([0.2, 0.4, 0.6, 0.8])]
        bounds = [min(0.0, float(rates.min())), *cuts, float(rates.max()) + 10.0**-places]
        if all(low < high for low, high in pairwise(bounds)):
            return bounds
    return []


def class_of(rate: float, bounds: list[float]) -> int:
    """0 (lowest) to 4."""
    return next((i for i, upper in enumerate(bounds[1:]) if rate < upper), len(bounds) - 2)


def class_names(bounds: list[float], unit: str) -> list[str]:
    """The classes in words, lowest first."""
    out = []
    for i, (low, high) in enumerate(pairwise(bounds)):
        values = {"low": f"{low:g}", "least": f"{low:g}{units.UNITS[unit].axis}", "high": f"{high:g}{units.UNITS[unit].axis}"}
        out.append(
            _("under %(high)s") % values
            if i == 0
            else _("%(least)s or more") % values
            if i == len(bounds) - 2
            else _("%(low)s to under %(high)s") % values
        )
    return out


def county_map(frame: facts.Frame, indicator: Indicator, view: View) -> dict:
    """One filled trace a county of an enriched ranking frame; one without a ranked rate is gray, dotted and named in words."""
    bounds = bounds_of(frame)
    rows = {r["entity"]: r for r in facts.records(frame)}
    first = frame.iloc[0]
    said = theme.title(indicator, first["student_group"], int(first["year"]), _("California"))
    traces = [_shape(county, rows.get(county.entity), bounds, view) for county in registry.counties]
    # Drawn last, so that its outline lies above the neighbors'.
    traces.sort(key=lambda t: t["line"]["width"])
    return {
        "data": [*traces, *_legend(bounds, any(not (r["ranked"] and bounds) for r in rows.values()), indicator.unit)],
        "layout": theme.layout(
            560,
            said,
            margin={"l": 0, "r": 0, "t": theme.TOP, "b": 4},
            showlegend=True,
            legend={
                "x": 1,
                "y": 1,
                "xanchor": "right",
                "yanchor": "top",
                "itemclick": False,
                "itemdoubleclick": False,
                "font": {"size": 13},
                "bgcolor": "rgba(255,255,255,0)",
            },
            xaxis={"visible": False, "fixedrange": True, "constrain": "domain"},
            yaxis={"visible": False, "fixedrange": True, "scaleanchor": "x", "scaleratio": 1},
        ),
    }


def _shape(county: registry.County, row: dict | None, bounds: list[float], view: View) -> dict:
    ranked = bool(row and bounds and row["ranked"])
    shape = shapes()[county.fips]
    mine = county.entity in view.place
    said = (
        theme.said_of(row)
        if row
        else theme.escape_label(_("%(name)s: %(value)s") % {"name": county.name, "value": _("not published")})
    )
    return {
        "type": "scatter",
        "mode": "lines",
        "x": shape["x"],
        "y": shape["y"],
        "fill": "toself",
        "hoveron": "fills",
        "showlegend": False,
        "fillcolor": theme.BLUES[class_of(row["rate"], bounds)] if row and ranked else theme.NONE,
        "line": {
            "color": theme.INK if mine else "#ffffff" if ranked else theme.PEER,
            "width": 2.5 if mine else 0.8,
            "dash": "solid" if ranked or mine else "dot",
        },
        "text": said,
        "hoverinfo": "text",
        "customdata": [county.entity],
        "name": theme.escape_label(county.name),
    }


def _legend(bounds: list[float], some_without: bool, unit: str) -> list[dict]:
    entries: list[tuple[str, str]] = list(zip(class_names(bounds, unit), theme.BLUES, strict=True)) if bounds else []
    if some_without:
        entries.append((_("not shaded"), theme.NONE))
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [None],
            "y": [None],
            "name": name,
            "hoverinfo": "skip",
            "marker": {"symbol": "square", "size": 13, "color": color, "line": {"width": 1, "color": theme.PEER}},
        }
        for name, color in entries
    ]
