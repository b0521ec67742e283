"""Student groups of one place as dots with intervals, beside all students. Groups whose counts are hidden are listed in words."""

from components.facts import Fact
from components.figures import theme
from components.i18n import _
from components.view import View
from data import registry


def groups(facts: list[Fact], view: View, labels: dict[str, str]) -> dict:
    """A dot a group in the order of the reference table (never by a hidden number); all students as a dashed line."""
    lines = registry.lines(view.measure.vocabulary, view.measure.dimensions)
    order = [f for line in lines for f in facts if f.student_group == line and f.counts.known]
    total = next((f for f in order if f.student_group == "TA"), None)
    order = [f for f in order if f is not total]
    y = list(range(len(order) - 1, -1, -1))
    rates = [float(f.rate or 0) for f in order]
    bounds = [f.interval or (0.0, 0.0) for f in order]
    few = [not f.ranked(view) for f in order]
    shapes, notes = [], []
    if total and total.rate is not None:
        x = float(total.rate)
        shapes = [{"type": "line", "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "line": {"color": theme.NAVY, "width": 1.5, "dash": "dash"}}]
        notes = [{"xref": "x", "yref": "paper", "x": x, "y": 1, "yanchor": "bottom", "showarrow": False, "text": _("All students"),
                  "font": {"size": 12.5, "color": theme.NAVY}}]
    return {
        "data": [{
            "type": "scatter", "mode": "markers", "x": rates, "y": y,
            "marker": {"size": 9, "color": ["#ffffff" if f else theme.NAVY for f in few], "line": {"width": 1.5, "color": theme.NAVY}},
            "error_x": {"type": "data", "symmetric": False, "array": [b[1] - r for b, r in zip(bounds, rates, strict=True)],
                        "arrayminus": [r - b[0] for b, r in zip(bounds, rates, strict=True)], "thickness": 2, "width": 0, "color": "rgba(18,67,109,0.45)"},
            "customdata": [[theme.escape_label(labels[f.student_group])] for f in order],
            "hovertemplate": "%{customdata[0]}: %{x:.1f}%<extra></extra>", "cliponaxis": False,
        }],
        "layout": theme.layout(
            66 + 26 * max(len(order), 3), margin={"l": 8, "r": 16, "t": 24, "b": 32}, shapes=shapes, annotations=notes, xaxis=theme.value_axis(),
            yaxis=theme.label_axis(tickmode="array", tickvals=y, ticktext=[theme.escape_label(labels[f.student_group]) for f in order], range=[-0.7, len(order) - 0.3]),
        ),
    }
