"""The same line for up to twelve places side by side, on one scale, so that shapes can be compared."""

from math import ceil

from components.facts import Fact
from components.figures import theme, years
from components.i18n import decimal
from components.view import View

COLUMNS = 4
CELL = 150


def small_multiples(places: list[list[Fact]], view: View, every_year: list[int]) -> dict:
    """One panel a place: its name, its line with gaps, its last value."""
    rows = max(1, ceil(len(places) / COLUMNS))
    rates = [float(f.rate) for facts in places for f in facts if f.rate is not None]
    top = max(rates, default=10) * 1.2
    figure: dict = {"data": [], "layout": theme.layout(36 + CELL * rows, margin={"l": 4, "r": 4, "t": 26, "b": 22}, shapes=[], annotations=[])}
    for i, facts in enumerate(places):
        _panel(figure, i, rows, facts, view, every_year, top)
    return figure


def _panel(figure: dict, i: int, rows: int, facts: list[Fact], view: View, every_year: list[int], top: float) -> None:
    row, column = divmod(i, COLUMNS)
    n = "" if i == 0 else str(i + 1)
    left, right = column / COLUMNS + 0.008, (column + 1) / COLUMNS - 0.022
    upper = 1 - row / rows
    lower = upper - 1 / rows + 0.30 / rows
    figure["layout"][f"xaxis{n}"] = years.year_axis(every_year, few=True, domain=[left, right], anchor=f"y{n}", showticklabels=row == rows - 1,
                                                    showline=True, linecolor=theme.LINE)
    figure["layout"][f"xaxis{n}"]["range"] = [every_year[0] - 0.4, every_year[-1] + 2.2]
    figure["layout"][f"yaxis{n}"] = {"domain": [lower, upper - 0.06 / rows], "anchor": f"x{n}", "range": [0, top], "visible": False, "fixedrange": True}
    mine = facts[0].entity in view.place[:1]
    for run in years.segments(facts, view.measure):
        figure["data"].append({
            "type": "scatter", "mode": "lines" if len(run) > 1 else "markers", "x": [f.year for f in run], "y": [float(f.rate or 0) for f in run],
            "xaxis": f"x{n}", "yaxis": f"y{n}", "line": {"color": theme.NAVY, "width": 2.4}, "marker": {"color": theme.NAVY, "size": 6},
            "hovertemplate": "%{y:.1f}%<extra></extra>", "cliponaxis": False,
        })
    name = theme.escape_label(theme.short(facts[0].name, 24))
    figure["layout"]["annotations"].append({"xref": "paper", "yref": "paper", "x": left, "y": upper, "xanchor": "left", "yanchor": "bottom", "showarrow": False,
                                            "text": f"<b>{name}</b>" if mine else name, "font": {"size": 13, "color": theme.NAVY if mine else theme.INK}})
    runs = years.segments(facts, view.measure)
    if runs and runs[-1][-1].rate is not None:
        last = runs[-1][-1]
        figure["layout"]["annotations"].append({"xref": f"x{n}", "yref": f"y{n}", "x": last.year, "y": float(last.rate or 0), "xanchor": "left", "xshift": 4, "showarrow": False,
                                                "text": decimal(last.rate or 0), "font": {"size": 13, "color": theme.NAVY}})  # type: ignore[arg-type]
