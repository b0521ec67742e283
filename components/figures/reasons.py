"""Reasons for absence as bars: one group of bars a reason, the place in navy and the places above it in grey."""

from textwrap import wrap

from components import facts
from components.figures import theme
from components.i18n import _
from data import registry

ROW, BAR, GAP = 20, 14, 36
"""Pixels of a bar's row, of the bar itself, and above a reason for its name."""
ROOM, WIDE = 1.3, 52
"""How much longer the axis is than the longest bar, for its label; and letters of a line of names that fits a phone."""


def reasons(rows: dict[str, list[dict]], entities: list[str], title: str) -> dict:
    """A figure of records by indicator, each list in the order of `entities` (the place first). A hidden share has no bar."""
    named = _named([row["name"] for row in next(iter(rows.values()))])
    height, bars = theme.LINE_HEIGHT * (named["text"].count("<br>") + 1.0), []
    labels = [named]
    longest = max((r["rate"] for found in rows.values() for r in found if r["rate"] is not None), default=1.0) or 1.0
    for name, found in rows.items():
        height += GAP
        labels.append(_name(_(registry.indicators[name].subject), height - 6))
        for row in found:
            height += ROW
            bars.append((row, height - ROW / 2))
    mine = entities[0]
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": [row["rate"] or 0 for row, _y in bars],
                "y": [y for _row, y in bars],
                "width": BAR,
                "marker": {"color": [theme.NAVY if row["entity"] == mine else theme.BAR for row, _y in bars]},
                "text": [_said(row, row["entity"] == mine) for row, _y in bars],
                "textposition": "outside",
                "textfont": {"size": 13, "color": theme.INK},
                "hovertext": [theme.said_of(row) for row, _y in bars],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "cliponaxis": False,
            }
        ],
        "layout": theme.layout(
            round(height) + theme.TOP + 16,
            title,
            margin={"l": 8, "r": 8, "t": theme.TOP, "b": 8},
            annotations=labels,
            xaxis={"visible": False, "range": [0, ROOM * longest], "fixedrange": True},
            yaxis={"visible": False, "range": [height + 4, 0], "fixedrange": True},
        ),
    }


def _named(names: list[str]) -> dict:
    """Which bar is whose, above the first reason: the order is the same at each."""
    first, *others = (theme.short(name, WIDE - 12) for name in names)
    text = _("Dark: %(name)s. Pale: %(others)s") % {"name": first, "others": ", ".join(others)} if others else first
    lines = wrap(text, WIDE)[:3]
    return {**_name("", 0), "text": "<br>".join(map(theme.escape_label, lines)), "yanchor": "top"}


def _said(row: dict, mine: bool) -> str:
    """A bar's label: its share, or why there is none."""
    text = theme.escape_label(facts.display(row))
    return f"<b>{text}</b>" if mine else text


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
        "text": theme.escape_label(text),
        "font": {"size": 13, "color": theme.SOFT},
    }
