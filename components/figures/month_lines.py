"""Months of a school year as lines, July to June: one panel a series, this year's line, last year's dashed where it is published.

A month without a shown number has no point, and no line runs over it.
"""

from itertools import pairwise
from math import ceil, floor, log10

from components.dates import short_month
from components.figures import theme
from components.i18n import _, number

NAME, PLOT, FOOT, AIR = 17, 110, 20, 14
COLUMNS, LETTERS = 2, 24
"""Panels beside each other, and letters on a line of a panel's name."""
FADED = "#9aa3af"
CLOSE = 7
"""Months: the names of two points nearer than this do not fit beside each other."""
LOW = 0.3
"""Up to which part of the scale a number would touch the months below it."""
NEAR = 0.12
"""Part of the scale within which a number would stand in the name of a level."""
Line = dict[int, tuple[float, str]]
"""Month (yyyymm) -> value, and how it is said ("about 42 %", "5 % or less")."""
Panel = tuple[str, Line, Line]
"""A name, this year's line and last year's."""


def place_of(month: int) -> int:
    """July is 0, June is 11."""
    return (month % 100 - 7) % 12


def month_lines(
    panels: list[Panel],
    title: str,
    faded: bool = False,
    level: tuple[float, str] | None = None,
    unit: str = "%",
) -> dict:
    """Panels on one scale. `level`: a dashed line across with its name. `unit`: what the axis counts; "" for plain numbers."""
    wide = COLUMNS if len(panels) > 1 else 1
    plot = PLOT if wide > 1 else 200
    names = [theme.wrapped(name, LETTERS if wide > 1 else 2 * LETTERS) for name, _now, _then in panels]
    above = NAME * max(name.count("<br>") + 1 for name in names)
    cell = above + plot + FOOT + AIR
    height = cell * max(1, ceil(len(panels) / wide))
    every = [v for _n, now, then in panels for v, _said in (*now.values(), *then.values())] + ([level[0]] if level else [])
    top = _top(max(every, default=10) or 10)
    layout = theme.layout(theme.TOP + height, title, margin={"l": 4, "r": 4, "t": theme.TOP, "b": 0}, annotations=[], shapes=[])
    data: list[dict] = []
    for i, (_name, now, then) in enumerate(panels):
        row, column = divmod(i, wide)
        n = "" if i == 0 else str(i + 1)
        edges = (column / wide + 0.01, (column + 1) / wide - 0.02)
        heights = 1 - (cell * row + above + plot) / height, 1 - (cell * row + above) / height
        layout |= _axes(n, edges, heights, top, unit)
        layout["annotations"].append(_label(names[i], edges[0], 1 - cell * row / height))
        layout["annotations"] += _ends(n, now or then)
        layout["annotations"].append(_last(n, now, wide, top, level) if now else _nothing(edges, heights))
        if level:
            _across(layout, n, level, over=_over(now, level))
        data += [_trace(run, n, "dash", theme.PEER, _("year before")) for run in _runs(then)]
        data += [_trace(run, n, "solid", FADED if faded else theme.NAVY, _("this year")) for run in _runs(now)]
    return {"data": data, "layout": layout}


def _top(most: float) -> float:
    """The end of a scale with room above the largest value, and above the name of the scale's largest round number."""
    top = 1.25 * most
    return max(top, 1.2 * upper(top))


def upper(top: float) -> float:
    """The largest round number (1, 2 or 5 and zeros) up to the end of an axis."""
    ten = 10.0 ** floor(log10(top))
    return next(step * ten for step in (5, 2, 1) if step * ten <= top)


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


def _trace(run: list[tuple[int, float]], n: str, dash: str, color: str, name: str) -> dict:
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(run) > 1 else "markers",
        "name": name,
        "x": [x for x, _v in run],
        "y": [v for _x, v in run],
        "xaxis": f"x{n}",
        "yaxis": f"y{n}",
        "line": {"color": color, "width": 2.5 if dash == "solid" else 1.5, "dash": dash},
        "marker": {"color": color, "size": 3 if dash == "dash" and len(run) > 1 else 5},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _axes(n: str, edges: tuple[float, float], heights: tuple[float, float], top: float, unit: str) -> dict:
    """A panel's axes: room left of July for the two values of the scale, and right of June for the newest one."""
    x = {
        "domain": edges, "anchor": f"y{n}", "range": [-2.6, 14.2], "showgrid": False, "zeroline": False,
        "showticklabels": False, "fixedrange": True,
    }  # fmt: skip
    most = upper(top)
    said = number(int(most)) if most >= 1 else f"{most:g}"
    y = {
        "domain": heights, "anchor": f"x{n}", "range": [0, top], "fixedrange": True, "zeroline": False,
        "tickvals": [0, most], "ticktext": ["0", f"{said} {unit}".strip()], "ticklabelposition": "inside top",
        "tickfont": {"size": 11, "color": theme.SOFT}, "gridcolor": theme.LINE,
    }  # fmt: skip
    return {f"xaxis{n}": x, f"yaxis{n}": y}


def _label(text: str, x: float, y: float) -> dict:
    return {
        "xref": "paper", "yref": "paper", "x": x, "y": y, "xanchor": "left", "yanchor": "top", "showarrow": False,
        "align": "left", "text": text, "font": {"size": 12, "color": theme.INK},
    }  # fmt: skip


def _ends(n: str, line: Line) -> list[dict]:
    """The months of the first and the last point, with their years, below them."""
    if not line:
        return []
    first, last = min(line, key=place_of), max(line, key=place_of)
    ends = [place_of(m) for m in (first, last)]
    texts = dict(zip(map(float, ends), map(short_month, (first, last)), strict=True))
    if 0 < ends[1] - ends[0] < CLOSE:
        values = {"first": short_month(first), "last": short_month(last)}
        texts = {sum(ends) / 2: _("%(first)s to %(last)s") % values}
    foot = {"xref": f"x{n}", "yref": f"y{n} domain", "y": 0, "yanchor": "top", "showarrow": False}
    look = {"font": {"size": 11, "color": theme.SOFT}, "xanchor": "center"}
    return [{**foot, **look, "x": x, "text": text} for x, text in texts.items()]


def _nothing(edges: tuple[float, float], heights: tuple[float, float]) -> dict:
    """In an empty panel, whose axes are not there to hold a text."""
    where = {"xref": "paper", "yref": "paper", "x": sum(edges) / 2, "y": sum(heights) / 2, "xanchor": "center"}
    text = theme.escape_label(_("no number to show"))
    return {**where, "showarrow": False, "text": text, "font": {"size": 12, "color": theme.SOFT}}


def _over(now: Line, level: tuple[float, str]) -> bool:
    """Whether the newest number stands above the level: the level's name stands on its other side then."""
    return bool(now) and now[max(now, key=place_of)][0] >= level[0]


def _last(n: str, now: Line, wide: int, top: float, level: tuple[float, str] | None) -> dict:
    """The newest number beside the end of the line: above it where it is low, and on its own side of a level that is near."""
    month = max(now, key=place_of)
    value, said = now[month]
    text = theme.wrapped(said, 11 if wide == 1 else 6)
    where = {"xref": f"x{n}", "yref": f"y{n}", "x": place_of(month), "y": value, "xshift": 6}
    aside = {"yanchor": "bottom", "yshift": -8} if value < LOW * top else {}
    if level and abs(value - level[0]) < NEAR * top:
        aside = {"yanchor": "bottom" if _over(now, level) else "top"}
    look = {"showarrow": False, "xanchor": "left", "align": "left", "font": {"size": 12.5, "color": theme.NAVY}}
    return {**look, **where, **aside, "text": text}


def _across(layout: dict, n: str, level: tuple[float, str], over: bool) -> None:
    value, text = level
    layout["shapes"].append(
        {"type": "line", "xref": f"x{n} domain", "yref": f"y{n}", "x0": 0, "x1": 1, "y0": value, "y1": value,
         "line": {"color": theme.SOFT, "width": 1, "dash": "dash"}}
    )  # fmt: skip
    layout["annotations"].append(
        {"xref": f"x{n} domain", "yref": f"y{n}", "x": 1, "y": value, "xanchor": "right",
         "yanchor": "top" if over else "bottom", "showarrow": False,
         "text": theme.escape_label(text), "font": {"size": 12, "color": theme.SOFT}}
    )  # fmt: skip
