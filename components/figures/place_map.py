"""Districts or schools as points over county lines, in five classes of one blue; each status has a mark of its own."""

import numpy as np

from components import facts
from components.figures import ground, shades, theme
from components.i18n import _
from components.positions import Located
from components.view import View
from data.registry import Indicator

NAMED = 2500
"""Every county, region and cohort fits. More points than this have no names and open nothing: they would hide each other."""
EDGE = "#5f83bd"
HIDDEN = (
    ("not_published", "x-thin", 0.8),
    ("withheld", "circle-open-dot", 1),
    ("counts_withheld", "square-open", 0.9),
)
"""Status, symbol and size against the others': no fill, so that none looks like a rate."""


def place_map(frame: facts.Frame, located: Located, indicator: Indicator, view: View) -> dict:
    """One trace a class and one a status, of the rows that `located` draws. A hidden row lends its position, never a number."""
    extent, size = located.extent, size_of(int(located.drawn.sum()))
    bounds = shades.bounds_of(frame[located.known])
    first = frame.iloc[0]
    said = theme.title(indicator, first["student_group"], int(first["year"]))
    marks = [
        *_hidden(frame, located, size),
        *_few(frame, located, indicator, size),
        *_classes(frame, located, bounds, indicator, size),
    ]
    under = [ground.land(extent), *ground.borders(view, extent)]
    points = np.column_stack((located.x, located.y))[located.drawn]
    over = [ground.names(extent, {e[:2] for e in frame["entity"].tolist()}, points), *_mine(frame, located, view, size)]
    return {"data": [*under, *marks, *over], "layout": ground.layout(extent, said)}


def size_of(count: int) -> float:
    """How large the mark of one of so many points is, in pixels."""
    return next(size for most, size in ((60, 11), (250, 9), (700, 7), (NAMED, 6), (10**9, 4)) if count <= most)


def _classes(frame: facts.Frame, located: Located, bounds: list[float], indicator: Indicator, size: float) -> list[dict]:
    """The ranked, lightest first; published zeros have a mark of their own."""
    ranked = frame["ranked"].to_numpy(dtype=bool)
    zero = (frame["status"] == "zero").to_numpy()
    classes = np.where(ranked, shades.classes_of(frame["rate"].to_numpy(dtype=float), bounds), -1)
    names = shades.class_names(bounds, indicator.unit)
    shown = range(shades.CLASSES) if bounds else (shades.ALONE,)
    traces = [_points(frame, located, ranked & zero, _("zero"), size, "diamond", theme.BLUES[0])]
    for i in shown:
        name = names[i] if bounds else _("with a rate")
        traces.append(_points(frame, located, (classes == i) & ~zero, name, size, "circle", theme.BLUES[i]))
    return [t for t in traces if t["x"]]


def _few(frame: facts.Frame, located: Located, indicator: Indicator, size: float) -> list[dict]:
    few = frame["status"].isin(facts.SHOWN).to_numpy() & ~frame["ranked"].to_numpy(dtype=bool)
    name = _("under %(n)s students") % {"n": indicator.min_rank}
    trace = _points(frame, located, few, name, size * 0.85, "circle", "#ffffff")
    trace["marker"]["line"] = {"width": 1.3, "color": theme.SOFT}
    return [trace] if trace["x"] else []


def _hidden(frame: facts.Frame, located: Located, size: float) -> list[dict]:
    labels = {
        "not_published": _("not published"),
        "withheld": _("withheld"),
        "counts_withheld": _("counts withheld"),
    }
    out = []
    for status, symbol, part in HIDDEN:
        trace = _points(frame, located, (frame["status"] == status).to_numpy(), labels[status], size * part, symbol, theme.PEER)
        trace["marker"]["line"] = {"width": 1.2, "color": theme.PEER}
        out += [trace] if trace["x"] else []
    return out


def _points(
    frame: facts.Frame, located: Located, which: np.ndarray, name: str, size: float, symbol: str, color: str
) -> dict:
    at = which & located.drawn
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": located.x[at].tolist(),
        "y": located.y[at].tolist(),
        "marker": {"size": round(size, 1), "symbol": symbol, "color": color, "line": {"width": 0.7, "color": EDGE}},
        **(_opened(frame[at]) if int(located.drawn.sum()) <= NAMED else {"hoverinfo": "skip"}),
    }


def _opened(rows: facts.Frame) -> dict:
    return {
        "customdata": rows["entity"].tolist(),
        "text": [theme.said_of(r) for r in facts.records(rows)],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _mine(frame: facts.Frame, located: Located, view: View, size: float) -> list[dict]:
    """The chosen places: a ring around each and its name."""
    at = frame["entity"].isin(view.place).to_numpy() & located.drawn
    if not at.any():
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": located.x[at].tolist(),
            "y": located.y[at].tolist(),
            "marker": {"size": size + 6, "symbol": "circle-open", "color": theme.INK, "line": {"width": 2.6, "color": theme.INK}},
            "textposition": "top center",
            "textfont": {"size": 13, "color": theme.INK, "weight": 700, "shadow": ground.HALO},
            "cliponaxis": False,
            "name": _("chosen"),
            "showlegend": True,
            **_opened(frame[at]),
            "hovertext": [theme.said_of(r) for r in facts.records(frame[at])],
            "text": [theme.escape_label(theme.short(name, 26)) for name in frame.loc[at, "name"]],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
    ]
