"""The look of every figure: type, colors, axes, and the one escape for labels that come from data. Plain dicts, no Plotly."""

from html import escape
from textwrap import wrap

from components import facts, units
from components.i18n import _, bounds, school_year
from data.registry import Indicator

INK, SOFT, LINE, PALE = "#1f2328", "#5b5b5b", "#dadada", "#f3f5f8"
NAVY = "#12436D"
PEER, BAND, BAR = "#8a94a3", "rgba(18,67,109,0.13)", "#b8c3d3"
MINE_BAR, PEER_BAR = "rgba(18,67,109,0.45)", "rgba(91,103,120,0.55)"
BLUES = ("#e7eef9", "#b9cfee", "#7fa6de", "#3f78c6", "#003688")
NONE = "#eceef1"
FONT = "Public Sans, system-ui, sans-serif"
TOP = 30
"""Room above a figure for its title, in pixels."""
NAME, TITLE, LINE_HEIGHT = 24, 56, 16
"""Letters on a line of a name beside a row and of a figure's title, and the pixels that a second line takes."""


def escape_label(text: str) -> str:
    """Text from data as a label: Plotly reads a little HTML in labels, so none may come from a name."""
    clean = text if text.isprintable() else "".join(c for c in text if c.isprintable())
    return escape(clean, quote=False)


def short(text: str, longest: int = 30) -> str:
    """A label that fits its column; the table has the whole name."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def wrapped(text: str, width: int = 17) -> str:
    """A name over at most two lines, escaped, for a narrow margin."""
    lines = wrap(text, width) or [""]
    if len(lines) > 2:
        lines = [lines[0], short(" ".join(lines[1:]), width)]
    return "<br>".join(escape_label(short(line, width + 3)) for line in lines)


def title(indicator: Indicator, group: str, year: int, place: str = "", first: int | None = None) -> str:
    """What a figure shows, inside the figure: a picture that travels alone still says place, group and year, or its years."""
    years = {"first": school_year(first or year), "last": school_year(year)}
    values = {
        "place": short(place, 26),
        "group": short(facts.group_label(indicator, group, year), 24),
        "year": _("%(first)s to %(last)s") % years if years["first"] != years["last"] else years["last"],
    }
    return _("%(place)s · %(group)s · %(year)s") % values if place else _("%(group)s · %(year)s") % values


def title_of_groups(place: str, year: int) -> str:
    """What a figure of several student groups of a place shows."""
    return _("%(place)s · by student group · %(year)s") % {"place": short(place, 26), "year": school_year(year)}


def layout(height: int, said: str, **more: object) -> dict:
    """The base layout of a figure of a given height in pixels, with what it shows as a small title (not yet escaped).

    The years of a title that is too long for a phone take a second line, and the figure grows by it.
    """
    lines = [said] if len(said) <= TITLE else [part for part in said.rpartition(" · ")[::2] if part]
    extra = LINE_HEIGHT * (len(lines) - 1)
    base: dict = {
        "height": height,
        "autosize": True,
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "font": {"family": FONT, "size": 14, "color": INK},
        "margin": {"l": 8, "r": 12, "t": TOP, "b": 36},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": LINE, "font": {"family": FONT, "color": INK}},
        "dragmode": False,
        "separators": ".,",
        "meta": {"shows": said},
        "title": {
            "text": "<br>".join(escape_label(line) for line in lines),
            "font": {"size": 12.5, "color": SOFT},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"l": 2, "t": 3 + extra // 2},
        },
    }
    whole = {**base, **more}
    margin = whole["margin"]
    return {**whole, "height": height + extra, "margin": {**margin, "t": margin["t"] + extra}}


def value_axis(unit: str = "percent", **more: object) -> dict:
    """A quiet axis of values that starts at zero; percentages say so at their last number."""
    return {
        "gridcolor": LINE,
        "gridwidth": 1,
        "zeroline": False,
        "ticksuffix": units.UNITS[unit].axis,
        "showticksuffix": "last",
        "tickfont": {"color": SOFT, "size": 13},
        "rangemode": "tozero",
        "fixedrange": True,
        "nticks": 6,
        **more,
    }


def label_axis(**more: object) -> dict:
    """An axis of names. Its margin grows with the longest."""
    return {"showgrid": False, "zeroline": False, "tickfont": {"size": 13}, "fixedrange": True, "automargin": True, **more}


def names(
    labels: list[str], mine: list[bool], step: int, air: frozenset[int] = frozenset(), **more: object
) -> tuple[list[float], int, dict]:
    """Rows of names from the top down, the long ones over two lines: their heights on the axis, all their pixels, the axis.

    `labels` are not yet escaped; `air`: the places of those with a little room above.
    """
    texts = [wrapped(label, NAME) for label in labels]
    y, at = [], 0.0
    for i, text in enumerate(texts):
        room = step + LINE_HEIGHT * text.count("<br>")
        at += (0.6 * step if i in air else 0) + room / 2
        y.append(at)
        at += room / 2
    axis = label_axis(
        tickmode="array",
        tickvals=[at - v for v in y],
        ticktext=[f"<b>{text}</b>" if m else text for text, m in zip(texts, mine, strict=True)],
        range=[-5, at + 5],
        showgrid=True,
        gridcolor=NONE,
        **more,
    )
    return axis["tickvals"], round(max(at, 3 * step)) + 10, axis


def left_label(text: str, y: float, color: str, anchor: str = "bottom", size: float = 13) -> dict:
    """A line of text at the left edge of a figure, at a height of its y axis. `text` is already escaped."""
    return {
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "yref": "y",
        "y": y,
        "yanchor": anchor,
        "align": "left",
        "showarrow": False,
        "text": text,
        "font": {"size": size, "color": color},
    }


def upright(x: float, label: str, color: str = SOFT, dash: str = "dash", width: float = 1) -> tuple[dict, dict]:
    """A vertical reference line with its name on top: a shape and an annotation. `label` is already escaped."""
    line = {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "line": {"color": color, "width": width, "dash": dash},
    }
    name = {
        "xref": "x",
        "yref": "paper",
        "x": x,
        "y": 1,
        "yanchor": "bottom",
        "showarrow": False,
        "text": label,
        "font": {"size": 12.5, "color": color},
    }
    return line, name


def said_of(row: dict) -> str:
    """A row as hover text: its name and what its status shows, never more."""
    text = _("%(name)s: %(value)s") % {"name": row["name"], "value": facts.display(row)}
    if row["status"] in facts.SHOWN and row["lower"] is not None and row["denominator"]:
        text = _("%(text)s (%(lower)s to %(upper)s)") % {"text": text, **bounds(row["lower"], row["upper"])}
    return escape_label(text)


def bars(rows: list[dict], value: str, lower: str, upper: str) -> dict:
    """Intervals as bars through their dots; none where a measure has none."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [0 if r[upper] is None else r[upper] - r[value] for r in rows],
        "arrayminus": [0 if r[lower] is None else r[value] - r[lower] for r in rows],
        "thickness": 2,
        "width": 0,
        "color": PEER_BAR,
    }


def dots(rows: list[dict], y: list[float], mine: list[bool], **more: object) -> dict:
    """Dots with 95 percent intervals. Hollow where too few students are counted to rank or color."""
    color = [NAVY if m else PEER for m in mine]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [r["rate"] for r in rows],
        "y": y,
        "marker": {
            "size": [11 if m else 9 for m in mine],
            "line": {"width": 1.5, "color": color},
            "color": [c if r["ranked"] else "#ffffff" for c, r in zip(color, rows, strict=True)],
        },
        "error_x": bars(rows, "rate", "lower", "upper"),
        "customdata": [r["entity"] for r in rows],
        "text": [said_of(r) for r in rows],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        **more,
    }
