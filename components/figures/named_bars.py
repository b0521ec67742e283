"""Bars under names: a name above, one bar or more below it, its text at its end. A hidden value has none and says why."""

from dataclasses import dataclass

from components.figures import theme

ROW, BAR, GAP = 20, 14, 34
"""Pixels of a bar's row, of the bar itself, and above the first bar of a name."""
FADED = "#c9ced6"
ROOM, LONGEST = 1.42, 52
"""How much longer the axis is than the longest bar, for its label; and letters of a name that fit a phone."""


@dataclass(frozen=True)
class Bar:
    """A value (None where it is hidden), what is written beside it, its color, and what is said over it; "" for nothing."""

    value: float | None
    text: str
    color: str
    hover: str = ""
    bold: bool = False


def dark_and_pale(found: list[tuple[float | None, str]], faded: bool = False) -> list[Bar]:
    """The bars of one name: the first dark, the others pale. `faded`: all in gray."""
    first, others = (FADED, theme.NONE) if faded else (theme.NAVY, theme.BAR)
    return [Bar(value, text, others if i else first) for i, (value, text) in enumerate(found)]


def named_bars(
    groups: list[tuple[str, list[Bar]]], title: str, above: tuple[str, ...] = (), each: tuple[str, ...] = ()
) -> dict:
    """A figure of named groups of bars, in order. `above`: lines over the first name; `each`: what the bars of a name are."""
    height = theme.LINE_HEIGHT * len(above) + (theme.LINE_HEIGHT if above else 0.0)
    labels = [theme.left_label("<br>".join(map(theme.escape_label, above)), 0, theme.SOFT, "top")] if above else []
    bars: list[tuple[Bar, float]] = []
    for name, found in groups:
        height += GAP
        labels.append(theme.left_label(theme.escape_label(theme.short(name, LONGEST)), height - 6, theme.SOFT))
        for bar in found:
            height += ROW
            bars.append((bar, height - ROW / 2))
    longest = max((bar.value for bar, _y in bars if bar.value is not None), default=1.0) or 1.0
    return {
        "data": [_trace(bars)],
        "layout": theme.layout(
            round(height) + theme.TOP + 14,
            title,
            meta={"shows": title, "bars": list(each)},
            margin={"l": 8, "r": 8, "t": theme.TOP, "b": 8},
            annotations=labels,
            xaxis={"visible": False, "range": [0, ROOM * longest], "fixedrange": True},
            yaxis={"visible": False, "range": [height + 4, 0], "fixedrange": True},
        ),
    }


def _trace(bars: list[tuple[Bar, float]]) -> dict:
    hover = any(bar.hover for bar, _y in bars)
    said = {"hovertext": [bar.hover for bar, _y in bars], "hovertemplate": "%{hovertext}<extra></extra>"}
    return {
        "type": "bar",
        "orientation": "h",
        "x": [bar.value or 0 for bar, _y in bars],
        "y": [y for _bar, y in bars],
        "width": BAR,
        "marker": {"color": [bar.color for bar, _y in bars]},
        "text": [_text(bar) for bar, _y in bars],
        "textposition": "outside",
        "textfont": {"size": 13, "color": theme.INK},
        "cliponaxis": False,
        **(said if hover else {"hoverinfo": "skip"}),
    }


def _text(bar: Bar) -> str:
    text = theme.escape_label(bar.text)
    return f"<b>{text}</b>" if bar.bold else text
