"""Time as this product draws it: one point a school year, never a line across or into a year that cannot be compared."""

from collections.abc import Sequence

from components.figures import theme
from components.i18n import _, school_year
from components.verdict import comparable
from data import registry
from data.registry import Indicator


def segments(rows: Sequence[dict], indicator: Indicator) -> list[list[dict]]:
    """Runs of years that may be joined: consecutive, with a rate, counted alike, none a gap year. `rows` belong to one place."""
    gaps = registry.gap_years(indicator)
    runs: list[list[dict]] = []
    for row in sorted(rows, key=lambda r: r["year"]):
        if row["rate"] is None or row["year"] in gaps:
            continue
        before = runs[-1][-1]["year"] if runs else 0
        if before == row["year"] - 1 and comparable(indicator, before, row["year"], row["student_group"]):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def gap_band(indicator: Indicator, first: int, last: int) -> tuple[list[dict], list[dict]]:
    """The gray band over the gap years inside the drawn years, and its name: shapes and annotations."""
    gaps = sorted(y for y in registry.gap_years(indicator) if first < y < last)
    if not gaps:
        return [], []
    band = {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": gaps[0] - 0.5,
        "x1": gaps[-1] + 0.5,
        "y0": 0,
        "y1": 1,
        "fillcolor": theme.PALE,
        "line": {"width": 0},
        "layer": "below",
    }
    name = {
        "xref": "x",
        "yref": "paper",
        "x": sum(gaps) / len(gaps),
        "y": 0.04,
        "showarrow": False,
        "text": _("not<br>comparable"),
        "font": {"size": 12, "color": theme.SOFT},
    }
    return [band], [name]


def marks(indicator: Indicator, group: str, first: int, last: int) -> tuple[list[dict], list[dict]]:
    """Dotted lines where the counting or the law changed, each with its short name: shapes and annotations."""
    names = {"sb274": _("SB 274"), "tk_inside": _("TK inside")}
    shapes, labels = [], []
    for caveat in registry.caveats_of(indicator, group):
        for year in caveat.years if caveat.effect == "mark" else ():
            if first < year <= last:
                shape, label = theme.upright(year - 0.5, names.get(caveat.id, "*"), dash="dot")
                shapes.append(shape)
                labels.append(label)
    return shapes, labels


def strips(spans: Sequence[tuple[int, int]], text: str, first: int, last: int) -> tuple[list[dict], list[dict]]:
    """A quiet strip at the foot over some spans of ending years, cut to the drawn ones, and its name on the first."""
    kept = [(max(a, first), min(b, last)) for a, b in spans if a <= last and b >= first]
    shapes = [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": a - 0.4,
            "x1": b + 0.3,
            "y0": 0,
            "y1": 0.022,
            "fillcolor": theme.BAR,
            "line": {"width": 0},
            "layer": "below",
        }
        for a, b in kept
    ]
    # The label ends with the strip: a grant's first years are often the last that are drawn.
    name = {"xref": "x", "yref": "paper", "y": 0.022, "xanchor": "right", "yanchor": "bottom", "showarrow": False, "text": text}
    return shapes, [{**name, "x": b + 0.3, "font": {"size": 12, "color": theme.SOFT}} for _a, b in kept[:1]]


def year_axis(first: int, last: int, starts: Sequence[int] = (), **more: object) -> dict:
    """An axis of school years. The ends are named, and the starts of runs that stand clear of them."""
    clear = max(2, (last - first) // 3)
    shown = sorted({first, last} | {y for y in starts if y - first >= clear and last - y >= clear})
    if last - first <= 3:
        shown = list(range(first, last + 1))
    return {
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "tickmode": "array",
        "tickvals": shown,
        "ticktext": [school_year(y) for y in shown],
        "tickfont": {"color": theme.SOFT, "size": 12.5},
        "tickangle": 0,
        "ticks": "outside",
        "ticklen": 8,
        "tickcolor": "rgba(0,0,0,0)",
        "range": [first - 0.4, last + 0.3],
        **more,
    }
