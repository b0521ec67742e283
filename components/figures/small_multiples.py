"""The same line for up to twelve places side by side, on one scale, so that shapes can be compared."""

from math import ceil

from components import facts
from components.figures import theme, years
from components.i18n import school_year
from components.view import MOST_PLACES, View
from data.registry import Indicator

COLUMNS = 3
NAME, PLOT, YEARS, AIR = 17, 84, 18, 14
"""The pixels of a line of the name, of the panel, of its years and of the room below them."""


def small_multiples(frame: facts.Frame, indicator: Indicator, view: View) -> dict:
    """One panel a place from an enriched trend frame, in its order: name, line with its gaps, last value, years."""
    rows = facts.records(frame)
    order = list(dict.fromkeys(r["entity"] for r in rows))[:MOST_PLACES]
    span = min(r["year"] for r in rows), max(r["year"] for r in rows)
    top = 1.25 * max((r["rate"] for r in rows if r["rate"] is not None), default=10)
    names = {r["entity"]: theme.wrapped(r["name"].removesuffix(" County"), 16) for r in rows}
    above = NAME * max((names[e].count("<br>") + 1 for e in order), default=1) + 4
    cell = above + PLOT + YEARS + AIR
    height = cell * max(1, ceil(len(order) / COLUMNS))
    layout = theme.layout(
        theme.TOP + height,
        theme.title(indicator, rows[0]["student_group"], span[1], first=span[0]),
        margin={"l": 4, "r": 4, "t": theme.TOP, "b": 0},
        annotations=[],
        shapes=[],
    )
    figure: dict = {"data": [], "layout": layout}
    for i, entity in enumerate(order):
        line, column = divmod(i, COLUMNS)
        edges = column / COLUMNS, (column + 1) / COLUMNS - 0.03
        heights = 1 - (cell * line + above + PLOT) / height, 1 - (cell * line + above) / height
        n = "" if i == 0 else str(i + 1)
        mine = entity in view.place
        layout |= _axes(n, edges, heights, span, top)
        layout["shapes"] += _gap(n, indicator, span)
        layout["annotations"] += [_name(names[entity], edges[0], 1 - cell * line / height, mine), *_years(n, span)]
        _lines(figure, n, years.segments([r for r in rows if r["entity"] == entity], indicator), mine, span[1])
    return figure


def _axes(n: str, edges: tuple[float, float], heights: tuple[float, float], span: tuple[int, int], top: float) -> dict:
    """The two axes of a panel. To the right of the last year there is room for its value."""
    wide = max(1, span[1] - span[0])
    x = {
        "domain": edges,
        "anchor": f"y{n}",
        "range": [span[0] - 0.04 * wide, span[1] + 0.32 * wide],
        "showgrid": False,
        "zeroline": False,
        "showticklabels": False,
        "showline": True,
        "linecolor": theme.LINE,
        "fixedrange": True,
    }
    y = {"domain": heights, "anchor": f"x{n}", "range": [0, top], "visible": False, "fixedrange": True}
    return {f"xaxis{n}": x, f"yaxis{n}": y}


def _gap(n: str, indicator: Indicator, span: tuple[int, int]) -> list[dict]:
    """The years that cannot be compared are shaded as in a trend; their name stands in the subtitle."""
    bands, _names = years.gap_band(indicator, *span)
    return [{**band, "xref": f"x{n}", "yref": f"y{n} domain"} for band in bands]


def _label(text: str, color: str, size: float, **where: object) -> dict:
    return {"showarrow": False, "text": text, "font": {"size": size, "color": color}, **where}


def _name(text: str, left: float, upper: float, mine: bool) -> dict:
    where = {"xref": "paper", "yref": "paper", "x": left, "y": upper, "xanchor": "left", "yanchor": "top", "align": "left"}
    return _label(f"<b>{text}</b>" if mine else text, theme.NAVY if mine else theme.INK, 13, **where)


def _years(n: str, span: tuple[int, int]) -> list[dict]:
    """The first year at the left, the last one below the end of the line."""
    below = {"yref": f"y{n} domain", "y": 0, "yanchor": "top", "yshift": -1}
    first = _label(school_year(span[0]), theme.SOFT, 11, xref=f"x{n} domain", x=0, xanchor="left", xshift=-2, **below)
    last = _label(school_year(span[1]), theme.SOFT, 11, xref=f"x{n}", x=span[1], xanchor="center", xshift=4, **below)
    return [first, last] if span[0] != span[1] else [first]


def _lines(figure: dict, n: str, runs: list[list[dict]], mine: bool, last_year: int) -> None:
    figure["data"] += [_line(run, n, mine) for run in runs]
    if runs and runs[-1][-1]["year"] == last_year:
        last = runs[-1][-1]
        where = {"xref": f"x{n}", "yref": f"y{n}", "x": last["year"], "y": last["rate"], "xanchor": "left", "xshift": 4}
        figure["layout"]["annotations"].append(_label(facts.bare(last), theme.NAVY, 13, **where))


def _line(run: list[dict], n: str, mine: bool) -> dict:
    return {
        "type": "scatter",
        "mode": "lines" if len(run) > 1 else "markers",
        "name": theme.escape_label(run[0]["name"]),
        "x": [r["year"] for r in run],
        "y": [r["rate"] for r in run],
        "xaxis": f"x{n}",
        "yaxis": f"y{n}",
        "line": {"color": theme.NAVY, "width": 3 if mine else 2},
        "marker": {"color": theme.NAVY, "size": 6},
        "text": [theme.said_of(r) for r in run],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }
