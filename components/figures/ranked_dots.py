"""Places in order of their rate, each a dot with its 95 percent interval. Places with few students are listed, not ranked."""

from components.facts import Fact
from components.figures import theme
from components.i18n import _
from components.view import View

ROW = 26


def ranked_dots(facts: list[Fact], view: View, reference: Fact | None = None) -> dict:
    """A dot plot, lowest rate on top. `facts` are those with counts; the reference (the state) is a dashed line."""
    ranked = sorted((f for f in facts if f.ranked(view)), key=lambda f: (f.rate, f.name))
    few = sorted((f for f in facts if f.counts.known and not f.ranked(view)), key=lambda f: f.name)
    order = [*ranked, *few]
    labels = _labels(order, view)
    mine = [f.entity in view.place for f in order]
    traces = [_dots(order, labels, [m for m in mine], view)]
    shapes, notes = [], []
    if reference and reference.rate is not None:
        x = float(reference.rate)
        shapes.append({"type": "line", "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "line": {"color": theme.SOFT, "width": 1, "dash": "dash"}})
        notes.append({"xref": "x", "yref": "paper", "x": x, "y": 1.0, "yanchor": "bottom", "showarrow": False, "text": _("State"), "font": {"size": 12, "color": theme.SOFT}})
    if few and ranked:
        y = len(order) - len(ranked) - 0.5
        shapes.append({"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": {"color": theme.LINE, "width": 1}})
    height = 64 + ROW * max(len(order), 3)
    return {
        "data": traces,
        "layout": theme.layout(
            height, margin={"l": 8, "r": 16, "t": 24, "b": 32}, shapes=shapes, annotations=notes, xaxis=theme.value_axis(side="bottom"),
            yaxis=theme.label_axis(tickmode="array", tickvals=list(range(len(order))), ticktext=list(reversed(labels)), range=[-0.7, len(order) - 0.3]),
        ),
    }


def _labels(order: list[Fact], view: View) -> list[str]:
    out = []
    for f in order:
        text = theme.escape_label(theme.short(f.name))
        out.append(f"<b>{text}</b>" if f.entity in view.place else text)
    return out


def _dots(order: list[Fact], labels: list[str], mine: list[bool], view: View) -> dict:
    rates = [float(f.rate or 0) for f in order]
    bounds = [f.interval or (0.0, 0.0) for f in order]
    colors = [theme.NAVY if m else theme.PEER if f.ranked(view) else theme.LINE for f, m in zip(order, mine, strict=True)]
    return {
        "type": "scatter", "mode": "markers", "x": rates, "y": list(range(len(order) - 1, -1, -1)),
        "marker": {"size": [11 if m else 9 for m in mine], "color": colors, "line": {"width": 1, "color": theme.PEER}},
        "error_x": {"type": "data", "symmetric": False, "array": [u - r for (_l, u), r in zip(bounds, rates, strict=True)],
                    "arrayminus": [r - low for (low, _u), r in zip(bounds, rates, strict=True)], "thickness": 2, "width": 0, "color": "rgba(91,103,120,0.55)"},
        "customdata": [[f.entity, theme.escape_label(f.name), low, high] for f, (low, high) in zip(order, bounds, strict=True)],
        "hovertemplate": "%{customdata[1]}<br>%{x:.1f}% (%{customdata[2]:.1f} to %{customdata[3]:.1f})<extra></extra>",
        "cliponaxis": False,
    }
