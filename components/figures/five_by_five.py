"""The state's five-by-five grid: five statuses by five changes, each cell in its faint color with its name, each place a dot.

The only module that holds the five colors of the California School Dashboard, and never one without its name.
"""

from math import ceil, sqrt

from components import facts
from components.figures import theme
from components.i18n import _, number
from components.view import View
from data import grid
from data.registry import Indicator

HUES = {1: "206,47,44", 2: "238,124,55", 3: "245,188,66", 4: "65,147,76", 5: "75,106,201"}
"""Red, orange, yellow, green and blue."""
MOST = 1500
"""More places than this are counted in their cells; only the chosen ones are dots then."""
ROW = 104
LABEL = 0.36
"""The part of a cell's height that its name takes."""


def five_by_five(frame: facts.Frame, rows: list[dict], texts: list[str], indicator: Indicator, view: View) -> dict:
    """The grid of `rows`, the records of a set's places that have a color, with a text each; worse to the left and below."""
    many = len(rows) > MOST
    inside: dict[tuple[int, int], list[int]] = {}
    for i, row in enumerate(rows):
        inside.setdefault((row["shown_status_level"], row["shown_change_level"]), []).append(i)
    code = grid.FAMILIES[indicator.family]
    cells = [(status, change) for status in range(1, 6) for change in range(1, 6)]
    colors = {cell: grid.color_at(code, *cell) for cell in cells}
    drawn = [i for i, row in enumerate(rows) if not many or row["entity"] in view.place]
    first = frame.iloc[0]
    most = max(len(members) for members in inside.values())
    at = {i: p for cell, members in inside.items() for i, p in zip(members, _points(cell, len(members), most), strict=True)}
    return {
        "data": [_dots(rows, texts, drawn, at, most, view)],
        "layout": theme.layout(
            theme.TOP + 5 * ROW + 44,
            theme.title(indicator, first["student_group"], int(first["year"])),
            margin={"l": 8, "r": 4, "t": theme.TOP, "b": 44},
            shapes=[_fill(cell, colors[cell]) for cell in cells],
            annotations=[a for cell in cells for a in _labels(cell, colors[cell], len(inside.get(cell, ())), many)]
            + [_name(rows[i], *at[i]) for i in drawn if rows[i]["entity"] in view.place],
            xaxis=_axis(change_names()),
            yaxis=_axis(status_names(), automargin=True),
        ),
    }


def color_name(color: int) -> str:
    return {1: _("Red"), 2: _("Orange"), 3: _("Yellow"), 4: _("Green"), 5: _("Blue")}[color]


def status_names() -> dict[int, str]:
    return {5: _("Very Low"), 4: _("Low"), 3: _("Medium"), 2: _("High"), 1: _("Very High")}


def change_names() -> dict[int, str]:
    return {
        1: _("Increased Significantly"),
        2: _("Increased"),
        3: _("Maintained"),
        4: _("Declined"),
        5: _("Declined Significantly"),
    }


def _axis(names: dict[int, str], **more: object) -> dict:
    return {
        "range": [0.5, 5.5],
        "tickmode": "array",
        "tickvals": list(names),
        "ticktext": [name.replace(" ", "<br>") for name in names.values()],
        "tickfont": {"size": 11, "color": theme.INK},
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        **more,
    }


def _fill(cell: tuple[int, int], color: int) -> dict:
    status, change = cell
    return {
        "type": "rect",
        "layer": "below",
        "x0": change - 0.49,
        "x1": change + 0.49,
        "y0": status - 0.48,
        "y1": status + 0.48,
        "line": {"width": 0},
        "fillcolor": f"rgba({HUES[color]},0.24)" if color else theme.PALE,
    }


def _labels(cell: tuple[int, int], color: int, count: int, many: bool) -> list[dict]:
    """The color's name in the corner of its cell with how many places stand there; among many, the count in its middle."""
    status, change = cell
    base = {"showarrow": False, "xref": "x", "yref": "y", "font": {"size": 11.5, "color": theme.INK}, "align": "left"}
    name = color_name(color) if color else _("not possible").replace(" ", "<br>")
    corner = {**base, "x": change - 0.47, "y": status + 0.47, "xanchor": "left", "yanchor": "top", "text": name}
    if not color:
        return [{**corner, "font": {"size": 11, "color": theme.SOFT}}]
    if many:
        middle = {**base, "x": change, "y": status - 0.1, "text": number(count), "font": {"size": 20, "color": theme.INK}}
        return [corner, middle]
    return [{**corner, "text": f"{name}<br><b>{number(count)}</b>" if count else name}]


def _points(cell: tuple[int, int], count: int, most: int) -> list[tuple[float, float]]:
    """Where the places of a cell stand: line by line from its corner, in the order of the rows, equally close in all cells.

    `most`: how many stand in the fullest cell. Nothing is placed by chance.
    """
    status, change = cell
    across = max(6, ceil(sqrt(most * 1.2)))
    down = max(4, ceil(most / across))
    spots = (((i % across + 0.5) / across, (i // across + 0.5) / down) for i in range(count))
    return [(change - 0.47 + 0.94 * x, status + 0.48 - LABEL - (0.95 - LABEL) * y) for x, y in spots]


def _dots(
    rows: list[dict], texts: list[str], drawn: list[int], at: dict[int, tuple[float, float]], most: int, view: View
) -> dict:
    """The dots of the places drawn; `most`: how many stand in the fullest cell."""
    mine = [rows[i]["entity"] in view.place for i in drawn]
    size = 8 if most <= 60 else 6 if most <= 160 else 4.5
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [at[i][0] for i in drawn],
        "y": [at[i][1] for i in drawn],
        "marker": {
            "size": [12 if m else size for m in mine],
            "color": [theme.NAVY if m else "#5b6778" for m in mine],
            "opacity": 0.9,
            "line": {"width": [1.5 if m else 0.5 for m in mine], "color": "#ffffff"},
        },
        "customdata": [rows[i]["entity"] for i in drawn],
        "text": [theme.escape_label(texts[i]) for i in drawn],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }


def _name(row: dict, x: float, y: float) -> dict:
    """The name of a chosen place beside its dot, on the side with more room."""
    right = x < 3
    return {
        "x": x,
        "y": y,
        "xref": "x",
        "yref": "y",
        "showarrow": False,
        "xanchor": "left" if right else "right",
        "yanchor": "middle",
        "xshift": 9 if right else -9,
        "text": f"<b>{theme.wrapped(row['name'], 24)}</b>",
        "align": "left" if right else "right",
        "bgcolor": "rgba(255,255,255,0.85)",
        "font": {"size": 12, "color": theme.NAVY},
    }
