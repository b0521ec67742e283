"""Rates against students counted (a log axis), between the limits that chance and the usual spread of the set leave."""

import numpy as np

from components import facts
from components.figures import theme
from components.funnel import TAILS, Curve
from components.i18n import _
from components.view import View
from data.registry import Indicator

HEIGHT = 420
CELLS = 110
"""Dots that would lie on each other on a grid so fine are drawn once: of 10,000 places some 2,000 dots stay."""
OUTER = 2
MANY = 400
TICKS = 3
DASHES = {"95": "dash", "99.8": "solid"}


def funnel(frame: facts.Frame, stands: np.ndarray, limits: Curve, center: float, indicator: Indicator, view: View) -> dict:
    """`frame`: the ranked rows of an enriched ranking; `stands`: where each stands; `limits` and `center` are shares."""
    mine = frame["entity"].isin(view.place).to_numpy()
    outside = ~mine & (np.abs(stands) >= OUTER)
    rest = frame if len(frame) <= MANY else frame[["entity", "denominator", "rate"]]
    rest = rest[~mine & ~outside]
    plain = rest.iloc[_thinned(rest)]
    first = frame.iloc[0]
    data = [
        *_lines(limits, indicator),
        _crowd(plain) if len(frame) > MANY else _dots(plain, theme.PEER, 7, "circle-open"),
        _dots(frame[outside], theme.INK, 9 if outside.sum() <= MANY else 6, "circle"),
        _dots(frame[mine], theme.NAVY, 12, "circle"),
    ]
    middle = center * indicator.scale
    return {
        "data": [d for d in data if d["x"]],
        "layout": theme.layout(
            HEIGHT,
            theme.title(indicator, first["student_group"], int(first["year"])),
            margin={"l": 8, "r": 18, "t": theme.TOP + 6, "b": 50},
            shapes=[_center(middle)],
            annotations=_names(limits, indicator, frame[mine], view),
            xaxis={
                "type": "log",
                "gridcolor": theme.LINE,
                "zeroline": False,
                "fixedrange": True,
                "tickfont": {"color": theme.SOFT, "size": 13},
                "tickvals": _ticks(limits.sizes[0], limits.sizes[-1]),
                "tickformat": ",d",
                "ticks": "outside",
                "tickcolor": "rgba(0,0,0,0)",
                "ticklen": 7,
                "title": {
                    "text": theme.escape_label(_(indicator.denominator_short).capitalize()),
                    "font": {"size": 13, "color": theme.SOFT},
                },
            },
            yaxis=theme.value_axis(automargin=True),
        ),
    }


def _ticks(low: float, high: float) -> list[int]:
    """Round numbers of students on a log axis: powers of ten, or 1-2-5 and finer where a set is of one size."""
    for steps in ((1,), (1, 2, 5), (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8)):
        found = [round(step * 10**power) for power in range(1, 7) for step in steps if low <= step * 10**power <= high]
        if len(found) >= TICKS:
            break
    return found


def _thinned(rows: facts.Frame) -> np.ndarray:
    """Positions of the rows whose dots can be told apart, in the order of the rows."""
    if len(rows) <= CELLS:
        return np.arange(len(rows))
    across, up = np.log(rows["denominator"].to_numpy(dtype=float)), rows["rate"].to_numpy(dtype=float)
    cells = [np.floor(CELLS * (v - v.min()) / (np.ptp(v) or 1)).astype(int) for v in (across, up)]
    return np.sort(np.unique(cells[0] * 10 * CELLS + cells[1], return_index=True)[1])


def _dots(rows: facts.Frame, color: str, size: int, symbol: str) -> dict:
    told = facts.records(rows)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [r["denominator"] for r in told],
        "y": [round(r["rate"], 2) for r in told],
        "marker": {"size": size, "color": color, "symbol": symbol, "line": {"width": 1.2, "color": color}},
        "customdata": [r["entity"] for r in told],
        "text": [theme.said_of(r) for r in told],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }


def _crowd(rows: facts.Frame) -> dict:
    """The dots of a large set: each leads to its place, and none has a hover of its own."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": rows["denominator"].to_numpy(dtype=int).tolist(),
        "y": np.round(rows["rate"].to_numpy(dtype=float), 1).tolist(),
        "marker": {"size": 4, "color": theme.PEER, "symbol": "circle-open", "line": {"width": 1.2, "color": theme.PEER}},
        "customdata": rows["entity"].tolist(),
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _lines(limits: Curve, indicator: Indicator) -> list[dict]:
    x = limits.sizes.tolist()
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": said % {"limit": name},
            "x": x,
            "y": np.round(indicator.scale * side[name], 3).tolist(),
            "line": {"color": theme.SOFT, "width": 1.4, "dash": DASHES[name]},
            "hoverinfo": "skip",
        }
        for name in TAILS
        for side, said in ((limits.upper, _("upper limit, %(limit)s %%")), (limits.lower, _("lower limit, %(limit)s %%")))
    ]


def _center(middle: float) -> dict:
    line = {"color": theme.SOFT, "width": 1, "dash": "dot"}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": middle, "y1": middle, "line": line}


def _names(limits: Curve, indicator: Indicator, mine: facts.Frame, view: View) -> list[dict]:
    """The limits and the chosen places named where they stand: no legend to look up."""
    quiet = {"showarrow": False, "xanchor": "right", "yanchor": "bottom", "font": {"size": 12, "color": theme.SOFT}}
    quiet["bgcolor"] = "rgba(255,255,255,0.8)"
    at = float(np.log10(limits.sizes[-1]))
    out = [
        {**quiet, "x": at, "y": float(indicator.scale * limits.upper[name][-1]), "text": _("%(limit)s %%") % {"limit": name}}
        for name in TAILS
    ]
    loud = {"showarrow": False, "yshift": 15, "font": {"size": 13, "color": theme.NAVY}}
    for row in facts.records(mine):
        text = f"<b>{theme.escape_label(theme.short(row['name'], 28))}</b>"
        out.append({**loud, "x": float(np.log10(row["denominator"])), "y": row["rate"], "text": text})
    return out
