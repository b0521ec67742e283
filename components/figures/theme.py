"""The look of every figure: type, colors, axes, and the one escape for labels that come from data. Plain dicts, no Plotly."""

from html import escape

INK, SOFT, LINE, PALE = "#1f2328", "#5b5b5b", "#dadada", "#f3f5f8"
NAVY, TEAL, PLUM, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
PEER, BAND = "#8a94a3", "rgba(18,67,109,0.13)"
BLUES = ("#e7eef9", "#b9cfee", "#7fa6de", "#3f78c6", "#003688")
NONE = "#ffffff"
FONT = "Public Sans, system-ui, sans-serif"


def escape_label(text: str) -> str:
    """Text from data as a label: Plotly reads a little HTML in labels, so none may come from a name."""
    return escape(text, quote=False)


def short(text: str, longest: int = 34) -> str:
    """A label that fits its column; the table has the whole name."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def layout(height: int, **more: object) -> dict:
    """The base layout of a figure of a given height in pixels."""
    base = {
        "height": height, "autosize": True, "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 14, "color": INK}, "margin": {"l": 8, "r": 12, "t": 8, "b": 36}, "showlegend": False,
        "hovermode": "closest", "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": LINE, "font": {"family": FONT, "color": INK}},
        "dragmode": False, "separators": ".,",
    }
    return {**base, **more}


def value_axis(**more: object) -> dict:
    """A quiet axis of percentages that starts at zero."""
    return {"gridcolor": LINE, "gridwidth": 1, "zeroline": False, "ticksuffix": "%", "tickfont": {"color": SOFT, "size": 13},
            "rangemode": "tozero", "fixedrange": True, "nticks": 6, **more}


def label_axis(**more: object) -> dict:
    return {"showgrid": False, "zeroline": False, "tickfont": {"size": 13.5}, "fixedrange": True, "automargin": True, **more}
