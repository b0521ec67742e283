"""How many places stand at each rate: the shape of a large peer set, with the chosen places below. No dot for each of 10,000."""

import numpy as np

from components import facts, units
from components.figures import theme
from components.i18n import _
from components.view import View
from data.registry import Indicator

BARS, ROW, AIR = 250, 26, 10


def distribution(frame: facts.Frame, indicator: Indicator, view: View, state: float | None = None) -> dict:
    """Bars of ranked places by rate from an enriched ranking frame; chosen places as dots with intervals on the same axis."""
    ranked = frame[frame["ranked"]]
    rates = ranked["rate"].to_numpy(dtype=float)
    step = step_of(rates)
    heights = np.bincount((rates // step).astype(int))
    mine = facts.records(ranked[ranked["entity"].isin(view.place)].sort_values("rate"))
    lines = [theme.upright(state, _("State"))] if state is not None else []
    y, pixels, axis = theme.names([r["name"] for r in mine], [True] * len(mine), ROW)
    below = pixels + AIR if mine else 0
    height = theme.TOP + 16 + BARS + below + 50
    part = below / (BARS + below)
    first = frame.iloc[0]
    data = [_bars(heights, step, units.UNITS[indicator.unit].axis)]
    layout = theme.layout(
        height,
        theme.title(indicator, first["student_group"], int(first["year"])),
        margin={"l": 8, "r": 18, "t": theme.TOP + 16, "b": 50},
        bargap=0,
        shapes=[s for s, _a in lines],
        annotations=[a for _s, a in lines],
        xaxis=theme.value_axis(
            indicator.unit, anchor="y2" if mine else "y", title={"text": _("Rate"), "font": {"size": 13, "color": theme.SOFT}}
        ),
        yaxis={
            "domain": [part, 1],
            "gridcolor": theme.LINE,
            "zeroline": False,
            "fixedrange": True,
            "automargin": True,
            "nticks": 5,
            "tickfont": {"color": theme.SOFT, "size": 13},
            "title": {"text": _("Number of places"), "font": {"size": 13, "color": theme.SOFT}},
        },
    )
    if mine:
        data.append(theme.dots(mine, y, [True] * len(mine), yaxis="y2"))
        layout["yaxis2"] = {**axis, "domain": [0, pixels / (BARS + below)]}
    return {"data": data, "layout": layout}


def step_of(rates: np.ndarray) -> float:
    """The width of a bar: the smallest of 1, 2 or 5 of some power of ten that makes about thirty of nearly all values."""
    wanted = max(float(np.percentile(rates, 99)), 0.01) / 30
    power = 10.0 ** np.floor(np.log10(wanted))
    return float(next(round(m * power, 6) for m in (1, 2, 5, 10) if m * power >= wanted))


def _bars(heights: np.ndarray, step: float, suffix: str) -> dict:
    x = [(i + 0.5) * step for i in range(len(heights))]
    said = [
        _("%(low)s to under %(high)s: %(n)s places")
        % {"low": f"{i * step:g}", "high": f"{(i + 1) * step:g}{suffix}", "n": int(n)}
        for i, n in enumerate(heights)
    ]
    return {
        "type": "bar",
        "x": x,
        "y": [int(n) for n in heights],
        "width": step * 0.9,
        "marker": {"color": theme.BAR},
        "text": said,
        "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>",
    }
