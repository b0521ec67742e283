"""Schools by need and reach: chronic absence to date across, reach among students in need upwards, the district as lines."""

from components.figures import theme
from components.i18n import _

HEIGHT = 400
WIDE = 60


def need_reach(points: list[dict], mine: str, district: tuple[float, float] | None, title: str, faded: bool) -> dict:
    """Points (entity, name, x, y in percent, known only where both are). `district`: its own two shares."""
    navy, gray = ("#9aa3af", theme.LINE) if faded else (theme.NAVY, theme.PEER)
    colors = [navy if p["entity"] == mine or len(points) == 1 else gray for p in points]
    tops = [max([10.0, *(p[k] for p in points)]) * 1.15 for k in ("x", "y")]
    annotations: list[dict] = []
    shapes: list[dict] = []
    if district:
        line, name = theme.upright(district[0], theme.escape_label(_("district")))
        across = {**line, "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": district[1], "y1": district[1]}
        shapes, annotations = [line, across], [name]
    named = points if len(points) <= 12 else [p for p in points if p["entity"] == mine]
    annotations += [
        {
            "x": p["x"], "y": p["y"], "xanchor": "left", "xshift": 8, "showarrow": False,
            "font": {"size": 12, "color": theme.SOFT},
            "text": theme.escape_label(theme.short(p["name"], 22)),
        }
        for p in named
    ]  # fmt: skip
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers",
                "x": [p["x"] for p in points],
                "y": [p["y"] for p in points],
                "marker": {
                    "size": 11,
                    "color": ["#ffffff" if p["wide"] else color for p, color in zip(points, colors, strict=True)],
                    "line": {"width": 1.5, "color": colors},
                },
                "customdata": [p["entity"] for p in points],
                "text": [theme.escape_label(p["said"]) for p in points],
                "hovertemplate": "%{text}<extra></extra>",
                "cliponaxis": False,
            }
        ],
        "layout": theme.layout(
            HEIGHT,
            title,
            margin={"l": 46, "r": WIDE, "t": theme.TOP + 20, "b": 50},
            shapes=shapes,
            annotations=annotations,
            xaxis=theme.value_axis(range=[0, tops[0]], title=_axis(_("Chronic absence to date"))),
            yaxis=theme.value_axis(range=[0, tops[1]], title=_axis(_("Reach among students in need"))),
        ),
    }


def _axis(text: str) -> dict:
    return {"text": theme.escape_label(text), "font": {"size": 13, "color": theme.SOFT}, "standoff": 8}
