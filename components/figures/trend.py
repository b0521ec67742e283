"""One place over the years: a strong line with its interval, the places above it dashed, names at the line ends."""

from collections.abc import Sequence

from components import facts
from components.figures import theme, years
from components.i18n import _
from components.view import View
from data.registry import Indicator

HEIGHT, TOP, BOTTOM = 340, theme.TOP + 14, 34
PLOT = HEIGHT - TOP - BOTTOM
LINE = 18
"""Pixels a line of a label takes."""


def trend(frame: facts.Frame, indicator: Indicator, view: View, paid: Sequence[tuple[int, int]] = ()) -> dict:
    """Lines with gaps from an enriched trend frame. The first place is the strong one; at most three others stand beside it.

    `paid`: spans of ending years in which a grant of the place pays, marked at the foot.
    """
    rows = facts.records(frame)
    order = list(dict.fromkeys(r["entity"] for r in rows))
    first, last = min(r["year"] for r in rows), max(r["year"] for r in rows)
    top = 1.12 * max([r["upper"] or r["rate"] for r in rows if r["rate"] is not None], default=10)
    traces: list[dict] = []
    ends: list[tuple[float, str, str]] = []
    for i, entity in reversed(list(enumerate(order))):
        runs = years.segments([r for r in rows if r["entity"] == entity], indicator)
        for run in runs:
            traces += _mine(run) if i == 0 else [_line(run, theme.SOFT, 1.5, ("dash", "dot", "dashdot")[(i - 1) % 3])]
        if runs and runs[-1][-1]["year"] == last:
            ends.append(_end(runs[-1][-1], i == 0))
    group = rows[0]["student_group"]
    band, name = years.gap_band(indicator, first, last)
    marks, labels = years.marks(indicator, group, first, last)
    strips, said = years.strips(paid, _("grant years"), first, last)
    starts = [run[0]["year"] for run in years.segments([r for r in rows if r["entity"] == order[0]], indicator)]
    return {
        "data": traces,
        "layout": theme.layout(
            HEIGHT,
            theme.title(indicator, group, last, rows[0]["name"], first),
            margin={"l": 8, "r": 128, "t": TOP, "b": BOTTOM},
            xaxis=years.year_axis(first, last, starts),
            yaxis=theme.value_axis(indicator.unit, automargin=True, range=[0, top]),
            shapes=[*band, *marks, *strips],
            annotations=[*name, *labels, *said, *_labels(ends, last, top)],
        ),
    }


def _line(run: list[dict], color: str, width: float, dash: str, **more: object) -> dict:
    return {
        "type": "scatter",
        "mode": "lines" if len(run) > 1 else "markers",
        "name": theme.escape_label(run[0]["name"]),
        "x": [r["year"] for r in run],
        "y": [r["rate"] for r in run],
        "line": {"color": color, "width": width, "dash": dash},
        "marker": {"size": 5, "color": color},
        "text": [theme.said_of(r) for r in run],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
        **more,
    }


def _mine(run: list[dict]) -> list[dict]:
    """The strong line; a year without counts is a hollow point and has no interval."""
    fill = [theme.NAVY if r["ranked"] else "#ffffff" for r in run]
    marker = {"size": 8, "color": fill, "line": {"width": 2, "color": theme.NAVY}}
    return [*_bands(run), _line(run, theme.NAVY, 3, "solid", mode="lines+markers", marker=marker)]


def _bands(run: list[dict]) -> list[dict]:
    parts: list[list[dict]] = [[]]
    for row in run:
        if row["lower"] is None:
            parts.append([])
        else:
            parts[-1].append(row)
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [r["year"] for r in (*part, *part[::-1])],
            "y": [*(r["upper"] for r in part), *(r["lower"] for r in part[::-1])],
            "fill": "toself",
            "fillcolor": theme.BAND,
            "line": {"width": 0},
            "hoverinfo": "skip",
        }
        for part in parts
        if len(part) > 1
    ]


def _end(row: dict, strong: bool) -> tuple[float, str, str]:
    name = theme.wrapped(row["name"])
    value = _("about %(rate)s") % {"rate": facts.bare(row)} if row["status"] == "counts_withheld" else facts.bare(row)
    text = f"{name}<br>{value}"
    return (row["rate"], f"<b>{text}</b>", theme.NAVY) if strong else (row["rate"], text, theme.SOFT)


def _labels(ends: list[tuple[float, str, str]], last: int, top: float) -> list[dict]:
    """Labels at the line ends, pushed apart so that none covers another."""
    out, floor = [], -1000.0
    for value, text, color in sorted(ends):
        pixel = PLOT * value / top
        half = LINE * (text.count("<br>") + 1) / 2
        stands = max(pixel, floor + half)
        floor = stands + half
        out.append(
            {
                "xref": "x",
                "yref": "y",
                "x": last,
                "y": value,
                "xanchor": "left",
                "xshift": 9,
                "yshift": stands - pixel,
                "showarrow": False,
                "text": text,
                "font": {"size": 13, "color": color},
                "align": "left",
            }
        )
    return out
