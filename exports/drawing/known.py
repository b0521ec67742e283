"""What our figures may use of Plotly's language. Anything else is an error: a drawing must never drop a part in silence."""

from collections.abc import Iterator

ANY = None
HOVER = ("customdata", "hovertemplate", "hovertext", "hoverinfo", "hoveron")
"""Belongs to the screen: never drawn, never printed."""


class Unknown(ValueError):
    """A figure uses something that this renderer does not draw. The text names it."""


def _free(*names: str) -> dict[str, frozenset | None]:
    return dict.fromkeys(names, ANY)


def _one_of(*values: object) -> frozenset:
    return frozenset(values)


SYMBOLS = _one_of("circle", "circle-open", "circle-open-dot", "diamond", "square", "square-open", "x-thin")
DASHES = _one_of("solid", "dot", "dash", "dashdot")
TRACE = {
    **_free(*HOVER, "x", "y", "name", "text", "xaxis", "yaxis", "showlegend", "cliponaxis", "marker.color"),
    **_free("textfont.color", "textfont.size", "textfont.weight", "textfont.shadow"),
}
SCATTER = {
    **TRACE,
    **_free("fillcolor", "line.color", "line.width", "marker.size", "marker.opacity", "marker.line.color", "marker.line.width"),
    **_free("error_x.array", "error_x.arrayminus", "error_x.color", "error_x.thickness", "error_x.width"),
    "mode": _one_of("lines", "markers", "lines+markers", "text", "markers+text"),
    "fill": _one_of("toself"),
    "line.dash": DASHES,
    "marker.symbol": SYMBOLS,
    "error_x.type": _one_of("data"),
    "error_x.symmetric": _one_of(False),
    "textposition": _one_of("middle center", "top center"),
}
BAR = {**TRACE, **_free("width"), "orientation": _one_of("h"), "textposition": _one_of("none", "outside")}
TRACES = {"scatter": SCATTER, "bar": BAR}
AXIS = {
    **_free("range", "domain", "anchor", "position", "nticks", "tickvals", "ticktext", "ticksuffix", "tickcolor", "ticklen"),
    **_free("tickfont.color", "tickfont.size", "gridcolor", "gridwidth", "linecolor", "showgrid", "showline", "showticklabels"),
    **_free("title.text", "title.font.size", "title.font.color", "title.standoff", "visible", "automargin", "fixedrange"),
    "type": _one_of("linear", "log"),
    "rangemode": _one_of("normal", "tozero"),
    "tickmode": _one_of("array"),
    "tickformat": _one_of(",d", "~g"),
    "tickangle": _one_of(0),
    "autotickangles": ANY,
    "ticks": _one_of("outside"),
    "ticklabelposition": _one_of("inside top"),
    "showticksuffix": _one_of("all", "last"),
    "side": _one_of("top", "bottom", "left"),
    "zeroline": _one_of(False),
    "scaleanchor": _one_of("x"),
    "scaleratio": _one_of(1),
    "constrain": _one_of("domain"),
}
LEGEND = {
    **_free("x", "y", "font.size", "bgcolor", "itemclick", "itemdoubleclick"),
    "xref": _one_of("container", "paper"),
    "yref": _one_of("container", "paper"),
    "xanchor": _one_of("left", "right"),
    "yanchor": _one_of("top"),
    "orientation": _one_of("h", "v"),
    "traceorder": _one_of("normal", "reversed"),
}
LAYOUT = {
    **_free("height", "autosize", "dragmode", "hovermode", "hoverlabel.bgcolor", "hoverlabel.bordercolor"),
    **_free("meta.shows", "meta.bare.elements", "meta.bare.bands", "meta.bars"),
    **_free("hoverlabel.font.family", "hoverlabel.font.color", "paper_bgcolor", "plot_bgcolor", "showlegend", "bargap"),
    **_free("font.family", "font.size", "font.color", "margin.l", "margin.r", "margin.t", "margin.b"),
    **_free("title.text", "title.font.size", "title.font.color", "title.pad.l", "title.pad.t"),
    "separators": _one_of(".,"),
    "title.x": _one_of(0),
    "title.y": _one_of(1),
    "title.xref": _one_of("container"),
    "title.yref": _one_of("container"),
    "title.xanchor": _one_of("left"),
    "title.yanchor": _one_of("top"),
    **{f"legend.{name}": values for name, values in LEGEND.items()},
}
SHAPE = {
    **_free("xref", "yref", "x0", "x1", "y0", "y1", "fillcolor", "line.color", "line.width"),
    "type": _one_of("line", "rect"),
    "layer": _one_of("below", "above"),
    "line.dash": DASHES,
}
ANNOTATION = {
    **_free("xref", "yref", "x", "y", "xshift", "yshift", "text", "bgcolor", "font.size", "font.color"),
    "xanchor": _one_of("left", "center", "right"),
    "yanchor": _one_of("top", "middle", "bottom"),
    "align": _one_of("left", "center", "right"),
    "showarrow": _one_of(False),
}


def check(figure: dict) -> None:
    """Raises Unknown for the first attribute or value that is not drawn."""
    if set(figure) - {"data", "layout"}:
        raise Unknown(f"figure: {sorted(set(figure) - {'data', 'layout'})}")
    for trace in figure["data"]:
        kind = trace.get("type", "scatter")
        if kind not in TRACES:
            raise Unknown(f"trace of type {kind!r}")
        _hold({k: v for k, v in trace.items() if k != "type"}, TRACES[kind], kind)
    layout = dict(figure["layout"])
    for name, known in (("shapes", SHAPE), ("annotations", ANNOTATION)):
        for part in layout.pop(name, ()):
            _hold(part, known, name)
    for name in [n for n in layout if n.startswith(("xaxis", "yaxis"))]:
        _hold(layout.pop(name), AXIS, name)
    _hold(layout, LAYOUT, "layout")


def _hold(part: dict, known: dict, where: str) -> None:
    for path, value in _leaves(part):
        if path not in known:
            raise Unknown(f"{where}.{path}")
        allowed = known[path]
        values = value if isinstance(value, (list, tuple)) else (value,)
        if allowed is not ANY and not set(values) <= allowed:
            raise Unknown(f"{where}.{path} = {value!r}")


def _leaves(part: dict, before: str = "") -> Iterator[tuple[str, object]]:
    for key, value in part.items():
        if isinstance(value, dict) and value:
            yield from _leaves(value, f"{before}{key}.")
        else:
            yield before + key, value
