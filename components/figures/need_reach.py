"""Schools by need and reach: chronic absence to date across, reach among students in need upwards, the district as lines.

Each dot holds a number, so that nothing overlaps on a projector or is cut on a phone; the names stand below the chart.
"""

from components.figures import theme
from components.figures.month_lines import FADED
from components.i18n import _

HEIGHT = 400
MOST = 40
"""So many dots hold a number; of more only the school of the page."""


def numbered(points: list[dict], mine: str) -> dict[str, int]:
    """Entity -> the number in its dot, in the order of the points; only that of `mine` where there are too many."""
    every = {p["entity"]: i for i, p in enumerate(points, 1)}
    return every if len(points) <= MOST else {e: n for e, n in every.items() if e == mine}


def need_reach(points: list[dict], mine: str, district: tuple[float, float] | None, title: str, faded: bool) -> dict:
    """Points (entity, name, x, y in percent, known only where both are). `district`: its own two shares."""
    navy = FADED if faded else theme.NAVY
    own = [p["entity"] == mine for p in points]
    tops = [max([10.0, *(p[k] for p in points)]) * 1.15 for k in ("x", "y")]
    number = numbered(points, mine)
    annotations: list[dict] = []
    shapes: list[dict] = []
    if district:
        line, name = theme.upright(district[0], theme.escape_label(_("district")))
        across = {**line, "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": district[1], "y1": district[1]}
        shapes, annotations = [line, across], [name]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [p["x"] for p in points],
                "y": [p["y"] for p in points],
                "marker": {
                    "size": 21,
                    "opacity": 1,
                    "color": ["#ffffff" if p["wide"] else navy if m else theme.BAR for p, m in zip(points, own, strict=True)],
                    "line": {"width": 1.5, "color": [navy if m else theme.PEER for m in own]},
                },
                "text": [str(number.get(p["entity"], "")) for p in points],
                "textfont": {
                    "size": 11,
                    "color": ["#ffffff" if m and not p["wide"] else theme.INK for p, m in zip(points, own, strict=True)],
                },
                "textposition": "middle center",
                "customdata": [p["entity"] for p in points],
                "hovertext": [theme.escape_label(p["said"]) for p in points],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "cliponaxis": False,
            }
        ],
        "layout": theme.layout(
            HEIGHT,
            title,
            margin={"l": 60, "r": 16, "t": theme.TOP + 20, "b": 50},
            shapes=shapes,
            annotations=annotations,
            xaxis=theme.value_axis(range=[0, tops[0]], title=_axis(_("Chronic absence to date"))),
            yaxis=theme.value_axis(range=[0, tops[1]], title=_axis(_("Reach among students in need"))),
        ),
    }


def _axis(text: str) -> dict:
    return {"text": theme.escape_label(text), "font": {"size": 13, "color": theme.SOFT}, "standoff": 8}
