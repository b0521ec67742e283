"""Shares of local data as bars: a name above, one or two bars below it. A hidden share has no bar and says why."""

from components.figures import theme

ROW, BAR, GAP = 20, 14, 34
"""Pixels of a bar's row, of the bar itself, and above the first bar of a name."""
FADED = "#c9ced6"
ROOM = 1.42
"""How much longer the axis is than the longest bar, for its label."""
Bar = tuple[float | None, str]
"""A percent (None where it is hidden) and what is written beside it."""


def local_bars(groups: list[tuple[str, list[Bar]]], title: str, faded: bool = False) -> dict:
    """A figure of named groups of bars, in order; the first bar of each is dark. `faded`: all in gray."""
    height, names, bars = 0.0, [], []
    longest = max((v for _name, found in groups for v, _text in found if v is not None), default=1) or 1
    for name, found in groups:
        height += GAP
        names.append(_name(name, height - 6))
        for i, (value, text) in enumerate(found):
            height += ROW
            bars.append((value, text, i, height - ROW / 2))
    dark = (FADED if faded else theme.NAVY, theme.NONE if faded else theme.BAR)
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": [value or 0 for value, *_ in bars],
                "y": [y for *_, y in bars],
                "width": BAR,
                "marker": {"color": [dark[min(i, 1)] for _v, _t, i, _y in bars]},
                "text": [theme.escape_label(text) for _v, text, *_ in bars],
                "textposition": "outside",
                "textfont": {"size": 13, "color": theme.INK},
                "hoverinfo": "skip",
                "cliponaxis": False,
            }
        ],
        "layout": theme.layout(
            round(height) + theme.TOP + 14,
            title,
            margin={"l": 8, "r": 8, "t": theme.TOP, "b": 8},
            annotations=names,
            xaxis={"visible": False, "range": [0, ROOM * longest], "fixedrange": True},
            yaxis={"visible": False, "range": [height + 4, 0], "fixedrange": True},
        ),
    }


def _name(text: str, y: float) -> dict:
    return {
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "yref": "y",
        "y": y,
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "text": theme.escape_label(theme.short(text, 52)),
        "font": {"size": 13, "color": theme.SOFT},
    }
