"""How many places stand at each rate: the shape of a large peer set, with the chosen places marked. No dot for each of 10,000."""

from collections import Counter
from math import floor

from components.facts import Fact
from components.figures import theme
from components.i18n import _
from components.view import View


def distribution(facts: list[Fact], view: View, reference: Fact | None = None) -> dict:
    """Bars of places by whole (or half) points of the rate; only places with enough students to be ranked."""
    ranked = [f for f in facts if f.ranked(view)]
    rates = [float(f.rate or 0) for f in ranked]
    step = 1.0 if not rates or max(rates) > 12 else 0.5
    bins = Counter(floor(r / step) for r in rates)
    last = max(bins, default=0)
    x = [(b + 0.5) * step for b in range(last + 1)]
    heights = [bins.get(b, 0) for b in range(last + 1)]
    marked = [f for f in ranked if f.entity in view.place]
    lines = [(float(f.rate or 0), theme.escape_label(theme.short(f.name, 24)), theme.NAVY, "solid") for f in marked]
    if reference and reference.rate is not None:
        lines.append((float(reference.rate), _("State"), theme.SOFT, "dash"))
    return {
        "data": [{
            "type": "bar", "x": x, "y": heights, "width": step * 0.92, "marker": {"color": "#b8c3d3"},
            "customdata": [[b * step, (b + 1) * step] for b in range(last + 1)],
            "hovertemplate": _("%{customdata[0]} to under %{customdata[1]}%: %{y} places") + "<extra></extra>",
        }],
        "layout": theme.layout(
            340, margin={"l": 8, "r": 12, "t": 26 + 18 * min(len(lines), 4), "b": 44}, bargap=0,
            xaxis=theme.value_axis(title={"text": _("Rate"), "font": {"size": 13, "color": theme.SOFT}}),
            yaxis={"gridcolor": theme.LINE, "zeroline": False, "fixedrange": True, "automargin": True, "tickfont": {"color": theme.SOFT, "size": 13},
                   "title": {"text": _("Number of places"), "font": {"size": 13, "color": theme.SOFT}}},
            shapes=[{"type": "line", "xref": "x", "yref": "paper", "x0": v, "x1": v, "y0": 0, "y1": 1,
                     "line": {"color": color, "width": 2 if dash == "solid" else 1, "dash": dash}} for v, _l, color, dash in lines],
            annotations=[{"xref": "x", "yref": "paper", "x": v, "y": 1, "yanchor": "bottom", "yshift": 16 * (i % 4), "showarrow": False,
                          "text": label, "font": {"size": 12.5, "color": color}} for i, (v, label, color, _d) in enumerate(lines)],
        ),
    }
