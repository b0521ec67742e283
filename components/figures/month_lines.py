"""Months of a school year as lines, July to June: one panel a series, this year's line, last year's dashed where it was brought.

A month that is withheld or was not brought has no point, and no line runs over it.
"""

from itertools import pairwise
from math import ceil

from components.figures import theme
from components.i18n import _

NAME, PLOT, FOOT, AIR = 18, 110, 20, 14
COLUMNS = 2
FADED = "#9aa3af"
Line = dict[int, tuple[float, str]]
"""Month (yyyymm) -> percent, and how it is said ("about 42 %", "5 % or less")."""


def place_of(month: int) -> int:
    """July is 0, June is 11."""
    return (month % 100 - 7) % 12


def month_lines(
    panels: list[tuple[str, Line, Line]], title: str, faded: bool = False, level: tuple[float, str] | None = None
) -> dict:
    """Panels (name, this year, last year) on one scale. `level`: a dashed line across with its name."""
    wide = COLUMNS if len(panels) > 1 else 1
    plot = PLOT if wide > 1 else 200
    names = [theme.wrapped(name, 20 if wide > 1 else 44) for name, _now, _then in panels]
    above = NAME * max(name.count("<br>") + 1 for name in names)
    cell = above + plot + FOOT + AIR
    height = cell * max(1, ceil(len(panels) / wide))
    every = [v for _n, now, then in panels for v, _said in (*now.values(), *then.values())] + ([level[0]] if level else [])
    top = 1.25 * max(every, default=10)
    layout = theme.layout(theme.TOP + height, title, margin={"l": 4, "r": 4, "t": theme.TOP, "b": 0}, annotations=[], shapes=[])
    data: list[dict] = []
    for i, (_name, now, then) in enumerate(panels):
        row, column = divmod(i, wide)
        n = "" if i == 0 else str(i + 1)
        edges = (column / wide + 0.01, (column + 1) / wide - 0.04)
        heights = 1 - (cell * row + above + plot) / height, 1 - (cell * row + above) / height
        layout |= _axes(n, edges, heights, top)
        layout["annotations"] += [_label(names[i], edges[0], 1 - cell * row / height, theme.INK), *_ends(n)]
        if level:
            _across(layout, n, level)
        data += [_trace(run, n, "dash", theme.PEER) for run in _runs(then)]
        data += [_trace(run, n, "solid", FADED if faded else theme.NAVY) for run in _runs(now)]
        layout["annotations"] += _last(n, now)
    return {"data": data, "layout": layout}


def _runs(line: Line) -> list[list[tuple[int, float]]]:
    """Months that follow each other."""
    points = sorted((place_of(month), value) for month, (value, _said) in line.items())
    runs = [points[:1]] if points else []
    for before, point in pairwise(points):
        if point[0] == before[0] + 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _trace(run: list[tuple[int, float]], n: str, dash: str, color: str) -> dict:
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(run) > 1 else "markers",
        "x": [x for x, _v in run],
        "y": [v for _x, v in run],
        "xaxis": f"x{n}",
        "yaxis": f"y{n}",
        "line": {"color": color, "width": 2.5 if dash == "solid" else 1.5, "dash": dash},
        "marker": {"color": color, "size": 5 if dash == "solid" else 3},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _axes(n: str, edges: tuple[float, float], heights: tuple[float, float], top: float) -> dict:
    x = {
        "domain": edges, "anchor": f"y{n}", "range": [-0.3, 14.2], "showgrid": False, "zeroline": False,
        "showticklabels": False, "showline": True, "linecolor": theme.LINE, "fixedrange": True,
    }  # fmt: skip
    y = {"domain": heights, "anchor": f"x{n}", "range": [0, top], "visible": False, "fixedrange": True}
    return {f"xaxis{n}": x, f"yaxis{n}": y}


def _label(text: str, x: float, y: float, color: str) -> dict:
    return {
        "xref": "paper", "yref": "paper", "x": x, "y": y, "xanchor": "left", "yanchor": "top", "showarrow": False,
        "align": "left", "text": text, "font": {"size": 13, "color": color},
    }  # fmt: skip


def _ends(n: str) -> list[dict]:
    """The first and the last month of the school year below the line."""
    foot = {
        "xref": f"x{n}",
        "yref": f"y{n} domain",
        "y": 0,
        "yanchor": "top",
        "showarrow": False,
        "font": {"size": 11, "color": theme.SOFT},
    }
    return [
        {**foot, "x": x, "xanchor": at, "text": text} for x, at, text in ((-0.3, "left", _("July")), (11, "center", _("June")))
    ]


def _last(n: str, now: Line) -> list[dict]:
    """The newest share beside the end of the line."""
    if not now:
        return [{"xref": f"x{n} domain", "yref": f"y{n} domain", "x": 0.02, "y": 0.5, "xanchor": "left", "showarrow": False,
                 "text": _("withheld or not brought"), "font": {"size": 12, "color": theme.SOFT}}]  # fmt: skip
    month = max(now, key=place_of)
    value, said = now[month]
    return [{"xref": f"x{n}", "yref": f"y{n}", "x": place_of(month), "y": value, "xanchor": "left", "xshift": 6,
             "showarrow": False, "align": "left",
             "text": theme.wrapped(said, 11), "font": {"size": 12.5, "color": theme.NAVY}}]  # fmt: skip


def _across(layout: dict, n: str, level: tuple[float, str]) -> None:
    value, text = level
    layout["shapes"].append(
        {"type": "line", "xref": f"x{n} domain", "yref": f"y{n}", "x0": 0, "x1": 1, "y0": value, "y1": value,
         "line": {"color": theme.SOFT, "width": 1, "dash": "dash"}}
    )  # fmt: skip
    layout["annotations"].append(
        {"xref": f"x{n} domain", "yref": f"y{n}", "x": 0.01, "y": value, "xanchor": "left", "yanchor": "bottom",
         "showarrow": False,
         "text": theme.escape_label(text), "font": {"size": 12, "color": theme.SOFT}}
    )  # fmt: skip
