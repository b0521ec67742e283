"""The same line for up to twelve places side by side, on one scale, so that shapes can be compared."""

from math import ceil

from components import facts
from components.figures import theme, years
from components.i18n import decimal
from components.view import MOST_PLACES, View
from data.registry import Indicator

COLUMNS = 3
CELL = 140


def small_multiples(frame: facts.Frame, indicator: Indicator, view: View) -> dict:
    """One panel a place from an enriched trend frame, in its order: the name, the line with its gaps, the last value."""
    rows = facts.records(frame)
    order = list(dict.fromkeys(r["entity"] for r in rows))[:MOST_PLACES]
    span = min(r["year"] for r in rows), max(r["year"] for r in rows)
    top = 1.25 * max((r["rate"] for r in rows if r["rate"] is not None), default=10)
    lines = max(1, ceil(len(order) / COLUMNS))
    layout = theme.layout(
        theme.TOP + 26 + CELL * lines,
        theme.title(indicator, rows[0]["student_group"], span[1]),
        margin={"l": 4, "r": 4, "t": theme.TOP, "b": 26},
        annotations=[],
    )
    figure: dict = {"data": [], "layout": layout}
    for i, entity in enumerate(order):
        _panel(figure, i, lines, [r for r in rows if r["entity"] == entity], indicator, view, span, top)
    return figure


def _panel(
    figure: dict, i: int, lines: int, rows: list[dict], indicator: Indicator, view: View, span: tuple[int, int], top: float
) -> None:
    line, column = divmod(i, COLUMNS)
    n = "" if i == 0 else str(i + 1)
    left, right = column / COLUMNS, (column + 1) / COLUMNS - 0.03
    upper = 1 - line / lines
    bottom = line == lines - 1
    layout = figure["layout"]
    layout[f"xaxis{n}"] = years.year_axis(
        *span,
        domain=[left, right],
        anchor=f"y{n}",
        showticklabels=bottom,
        showline=True,
        linecolor=theme.LINE,
        range=[span[0] - 0.3, span[1] + 0.28 * max(4, span[1] - span[0])],
    )
    layout[f"xaxis{n}"] |= {
        "tickvals": [span[0]],
        "ticktext": layout[f"xaxis{n}"]["ticktext"][:1],
        "ticklabelposition": "outside right",
    }
    layout[f"yaxis{n}"] = {
        "domain": [upper - 0.94 / lines, upper - 0.26 / lines],
        "anchor": f"x{n}",
        "range": [0, top],
        "visible": False,
        "fixedrange": True,
    }
    mine = rows[0]["entity"] in view.place
    runs = years.segments(rows, indicator)
    figure["data"] += [_line(run, n, mine) for run in runs]
    name = theme.escape_label(theme.short(rows[0]["name"].removesuffix(" County"), 17))
    layout["annotations"].append(
        {
            "xref": "paper",
            "yref": "paper",
            "x": left,
            "y": upper - 0.02 / lines,
            "xanchor": "left",
            "yanchor": "top",
            "showarrow": False,
            "text": f"<b>{name}</b>" if mine else name,
            "font": {"size": 13, "color": theme.NAVY if mine else theme.INK},
        }
    )
    if runs and runs[-1][-1]["year"] == span[1]:
        last = runs[-1][-1]
        places = 0 if last["status"] == "counts_withheld" and last["rounded_rate"] % 10 == 0 else 1
        layout["annotations"].append(
            {
                "xref": f"x{n}",
                "yref": f"y{n}",
                "x": last["year"],
                "y": last["rate"],
                "xanchor": "left",
                "xshift": 4,
                "showarrow": False,
                "text": decimal(facts.exact(last) or 0, places),
                "font": {"size": 13, "color": theme.NAVY},
            }
        )


def _line(run: list[dict], n: str, mine: bool) -> dict:
    return {
        "type": "scatter",
        "mode": "lines" if len(run) > 1 else "markers",
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
