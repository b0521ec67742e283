"""Time as this product draws it: one point a school year, never a line across or into a year that cannot be compared."""

from collections.abc import Sequence

from components.facts import Fact
from components.figures import theme
from components.i18n import _, school_year
from data import registry
from data.registry import Indicator


def segments(facts: Sequence[Fact], indicator: Indicator) -> list[list[Fact]]:
    """Runs of years that may be joined: consecutive, with a rate, none of them a gap year."""
    gaps = registry.gap_years(indicator)
    runs: list[list[Fact]] = []
    for fact in sorted(facts, key=lambda f: f.year):
        if fact.rate is None or fact.year in gaps:
            continue
        if runs and runs[-1][-1].year == fact.year - 1:
            runs[-1].append(fact)
        else:
            runs.append([fact])
    return runs


def gap_band(indicator: Indicator, first: int, last: int, xref: str = "x", yref: str = "paper") -> list[dict]:
    """The grey band over the gap years that lie inside the drawn years."""
    gaps = sorted(y for y in registry.gap_years(indicator) if first < y < last)
    if not gaps:
        return []
    return [{"type": "rect", "xref": xref, "yref": yref, "x0": gaps[0] - 0.5, "x1": gaps[-1] + 0.5, "y0": 0, "y1": 1,
             "fillcolor": theme.PALE, "line": {"width": 0}, "layer": "below"}]


def gap_label(indicator: Indicator, first: int, last: int) -> list[dict]:
    gaps = sorted(y for y in registry.gap_years(indicator) if first < y < last)
    if not gaps:
        return []
    return [{"xref": "x", "yref": "paper", "x": sum(gaps) / len(gaps), "y": 0.04, "showarrow": False, "text": _("not comparable"),
             "font": {"size": 12.5, "color": theme.SOFT}}]


def year_axis(years: Sequence[int], few: bool = False, **more: object) -> dict:
    """An axis of school years; only the ends are named where there is little room."""
    shown = [years[0], years[-1]] if few and len(years) > 1 else list(years)
    if not few and len(shown) > 6:
        shown = [y for y in shown if (years[-1] - y) % 2 == 0]
    # A last label would stick out to the right of its point; half a year of room keeps it inside.
    return {"showgrid": False, "zeroline": False, "fixedrange": True, "tickmode": "array", "tickvals": shown, "ticktext": [school_year(y) for y in shown],
            "tickfont": {"color": theme.SOFT, "size": 12.5}, "range": [years[0] - 0.4, years[-1] + 0.6], **more}
