"""Student groups of one place beside all other students: two dots with their intervals a group, by dimension."""

from components import facts, units
from components.figures import theme
from components.gaps import Allowed, Gap, Numbers, Side
from components.i18n import _, signed
from data.registry import Indicator

STEP = 31
OTHERS = "#5b6778"
HEAD = theme.TOP + 60
"""Room above the plot: title, key, and the name of the reference line."""


def dimension_name(dimension: str) -> str:
    return {"race": _("Race or ethnicity"), "gender": _("Gender"), "program": _("Program or need")}[dimension]


def gap_dots(gaps: list[Gap], total: dict, indicator: Indicator, place: str) -> dict | None:
    """A dot plot of the groups with counts; those that may be compared have all other students beside them.

    Within a dimension by rate, the highest first (never by a hidden number). None where nothing may be drawn.
    """
    order = _ordered(gaps, indicator)
    if not order:
        return None
    y, heads = _heights(order, indicator)
    ticks = {at: _label(g, indicator) for g, at in zip(order, y, strict=True)}
    ticks |= {at: f"<b>{theme.escape_label(name)}</b>" for name, at in heads}
    top = max(ticks)
    height = HEAD + 36 + round(STEP * (top + 1.2))
    year = order[0].row["year"]
    lines = [theme.upright(total["rate"], _("All students"), theme.SOFT)] if total["rate"] is not None else []
    apart = [_apart(g, at) for g, at in zip(order, y, strict=True) if g.side in (Side.ABOVE, Side.BELOW)]
    return {
        "data": [_links(order, y), *_others(order, y, indicator), _groups(order, y, indicator)],
        "layout": theme.layout(
            height,
            theme.title_of_groups(place, year),
            margin={"l": 8, "r": 52, "t": HEAD, "b": 36},
            showlegend=True,
            legend={
                "orientation": "h",
                "x": 0,
                "xref": "container",
                "xanchor": "left",
                "y": 1 - 22 / height,
                "yref": "container",
                "yanchor": "top",
                "traceorder": "reversed",
                "itemclick": False,
                "itemdoubleclick": False,
                "font": {"size": 13},
            },
            shapes=[s for s, _a in lines],
            annotations=[*(a for _s, a in lines), *apart],
            xaxis=theme.value_axis(ticksuffix=units.UNITS[indicator.unit].axis, nticks=5, tickangle=0),
            yaxis=theme.label_axis(
                tickmode="array",
                ticks="outside",
                ticklen=8,
                tickcolor="#ffffff",
                tickfont={"size": 12.5},
                tickvals=sorted(ticks),
                range=[-0.7, top + 0.6],
                ticktext=[ticks[at] for at in sorted(ticks)],
            ),
        ),
    }


def _ordered(gaps: list[Gap], indicator: Indicator) -> list[Gap]:
    """The gaps that may be drawn: by dimension in reading order, then by rate."""
    kinds = facts.dimensions(indicator)
    drawn = [g for g in gaps if g.row["numerator"] is not None and g.row["rate"] is not None]
    found = list(dict.fromkeys(kinds[g.row["student_group"]] for g in gaps))
    return sorted(drawn, key=lambda g: (found.index(kinds[g.row["student_group"]]), -g.row["rate"]))


def _heights(order: list[Gap], indicator: Indicator) -> tuple[list[float], list[tuple[str, float]]]:
    """Heights from the top down, and the heading of each dimension with its own."""
    kinds = facts.dimensions(indicator)
    y: list[float] = []
    heads: list[tuple[str, float]] = []
    at, before = 0.0, ""
    for gap in order:
        kind = kinds[gap.row["student_group"]]
        if kind != before:
            at += 0.35 if before else 0.0
            heads.append((dimension_name(kind), at))
            at += 1
        before = kind
        y.append(at)
        at += 1
    top = max(y)
    return [top - v for v in y], [(name, top - v) for name, v in heads]


def _label(gap: Gap, indicator: Indicator) -> str:
    return theme.wrapped(facts.group_label(indicator, gap.row["student_group"], gap.row["year"]), 26)


def _apart(gap: Gap, at: float) -> dict:
    """The difference beside the dot that lies farther right, only where it is beyond chance."""
    n = gap.numbers
    assert n is not None
    right = max(gap.row["upper"], float(n.others_rate))
    return {
        "x": right,
        "y": at,
        "xanchor": "left",
        "xshift": 8,
        "showarrow": False,
        "text": f"<b>{signed(n.difference)}</b>",
        "font": {"size": 12.5, "color": theme.NAVY},
    }


def _links(order: list[Gap], y: list[float]) -> dict:
    """A quiet line between the two dots of a group."""
    x: list[float | None] = []
    at: list[float | None] = []
    for gap, height in zip(order, y, strict=True):
        if gap.numbers:
            x += [gap.row["rate"], float(gap.numbers.others_rate), None]
            at += [height, height, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": at,
        "line": {"color": theme.LINE, "width": 5},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _others(order: list[Gap], y: list[float], indicator: Indicator) -> list[dict]:
    """All other students of the place as diamonds; of California, where some group is set against those, as squares."""
    both = [(g.allowed is Allowed.STATE, g.numbers, at) for g, at in zip(order, y, strict=True) if g.numbers]
    own = [(n, at) for statewide, n, at in both if not statewide]
    beyond = [(n, at) for statewide, n, at in both if statewide]
    said = (_("all other students"), _("All other students: %(rate)s"))
    out = [_marks(own, indicator, "diamond", *said)]
    if beyond:
        said = (_("all others in California"), _("All others in California: %(rate)s"))
        out.append(_marks(beyond, indicator, "square", *said))
    return out


def _marks(pairs: list[tuple[Numbers, float]], indicator: Indicator, symbol: str, name: str, text: str) -> dict:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [float(n.others_rate) for n, _at in pairs],
        "y": [at for _n, at in pairs],
        "marker": {"symbol": symbol, "size": 9, "color": "#ffffff", "line": {"width": 1.8, "color": OTHERS}},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [n.others_interval[1] - float(n.others_rate) for n, _at in pairs],
            "arrayminus": [float(n.others_rate) - n.others_interval[0] for n, _at in pairs],
            "thickness": 2,
            "width": 0,
            "color": theme.PEER_BAR,
        },
        "text": [theme.escape_label(text % {"rate": units.brief(indicator.unit, n.others_rate)}) for n, _at in pairs],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }


def _groups(order: list[Gap], y: list[float], indicator: Indicator) -> dict:
    rows = [{**g.row, "name": facts.group_label(indicator, g.row["student_group"], g.row["year"])} for g in order]
    trace = theme.dots(rows, y, [True] * len(rows), name=_("the group"), customdata=[r["student_group"] for r in rows])
    trace["marker"]["size"] = [10] * len(rows)
    return trace
