"""Differences in change as dots around zero, and the mean rates behind them as two lines a cohort."""

from components import cohorts, units
from components.cohorts import Comparison, Mean
from components.figures import theme, years
from components.i18n import _, decimal, school_year, signed
from components.verdict import comparable
from data.registry import Indicator

STEP, BETWEEN = 42, 0.4
"""Pixels a row takes, and how many rows of room stand between two cohorts."""
PANEL, GAP, BOTTOM = 168, 62, 34
LEAST_APART = 17
"""Pixels between the labels of two lines."""


def differences(found: list[Comparison], indicator: Indicator) -> dict:
    """One row a cohort and year. Full: beyond chance by both ways of matching; hollow: not. Rows across SB 274 say so."""
    y, at, before = [], 0.0, 0
    for of in found:
        at += 1 + (BETWEEN if before and before != of.cohort.number else 0)
        before = of.cohort.number
        y.append(-at)
    zero, name = theme.upright(0, _("as matched schools"), theme.SOFT, "solid")
    law = [_law(v) for of, v in zip(found, y, strict=True) if cohorts.law_between(of, indicator)]
    title = _("Change less that of matched schools, %(unit)s") % {"unit": _in(indicator)}
    return {
        "data": [_dots(found, y, indicator)],
        "layout": theme.layout(
            round(theme.TOP + 16 + 36 + STEP * (at + 0.4)),
            title,
            margin={"l": 8, "r": 58 if law else 18, "t": theme.TOP + 16, "b": 36},
            shapes=[zero],
            annotations=[name, *law],
            xaxis=theme.value_axis(ticksuffix="", rangemode="normal", tickformat="~g", range=_range(found)),
            yaxis=theme.label_axis(tickmode="array", tickvals=y, range=[-at - 0.7, -0.3], ticktext=[_label(of) for of in found]),
        ),
    }


def _in(indicator: Indicator) -> str:
    return _("points") if indicator.unit == "percent" else units.UNITS[indicator.unit].name()


def _range(found: list[Comparison]) -> list[float]:
    """Both sides of zero alike, so that no direction looks larger."""
    ends = [abs(v) for of in found if of.pair.by_rate for v in (of.pair.by_rate.lower, of.pair.by_rate.upper)]
    widest = 1.08 * max(ends) or 1.0
    return [-widest, widest]


def _label(of: Comparison) -> str:
    values = {"n": of.cohort.number, "since": of.since, "year": school_year(of.year)}
    return _("Cohort %(n)s, year %(since)s<br>%(year)s") % values


def _law(y: float) -> dict:
    said = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 6, "yref": "y", "y": y, "showarrow": False}
    return {**said, "text": _("SB 274"), "font": {"size": 12.5, "color": theme.SOFT}}


def _dots(found: list[Comparison], y: list[float], indicator: Indicator) -> dict:
    every = [of.pair.by_rate for of in found]
    shown = [e for e in every if e]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [e.difference for e in shown],
        "y": y,
        "marker": {
            "size": 10,
            "color": [theme.NAVY if of.pair.side else "#ffffff" for of in found],
            "line": {"width": 2, "color": theme.NAVY},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [e.upper - e.difference for e in shown],
            "arrayminus": [e.difference - e.lower for e in shown],
            "thickness": 2,
            "width": 0,
            "color": theme.MINE_BAR,
        },
        "text": [_hover(of, indicator) for of in found],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }


def _hover(of: Comparison, indicator: Indicator) -> str:
    e, places = of.pair.by_rate, units.UNITS[indicator.unit].places
    assert e is not None
    values = {"difference": signed(e.difference, places), "lower": signed(e.lower, places), "upper": signed(e.upper, places)}
    text = _("Cohort %(n)s, %(base)s to %(year)s: %(difference)s (%(lower)s to %(upper)s), %(count)s schools")
    return text % {
        **values,
        "n": of.cohort.number,
        "base": school_year(of.base),
        "year": school_year(of.year),
        "count": e.count,
    }


def lines(panels: list[tuple[Comparison, list[Mean]]], indicator: Indicator) -> dict:
    """A panel a cohort, one below the other, over the same years and the same values."""
    first = min(m.year for _of, means in panels for m in means)
    last = max(m.year for _of, means in panels for m in means)
    top = 1.12 * max(max(m.grantees, m.matches) for _of, means in panels for m in means) or 1.0
    height = theme.TOP + len(panels) * (PANEL + GAP) + BOTTOM
    plot = height - theme.TOP - BOTTOM
    data, axes, shapes, labels = [], {}, [], []
    for i, (of, means) in enumerate(panels):
        mark = "" if i == 0 else str(i + 1)
        high = 1 - (GAP + i * (PANEL + GAP)) / plot
        data += _pair(means, indicator, mark)
        axes[f"yaxis{mark}"] = theme.value_axis(
            domain=[max(0.0, high - PANEL / plot), high], range=[0, top], anchor="x", automargin=True, nticks=4
        )
        labels += [_head(of, high), *_names(means, top, mark)]
        drawn, named = _marks(of, indicator, first, last)
        for part in drawn:
            shapes.append({**part, "yref": f"y{mark} domain"})
        labels += [{**part, "yref": f"y{mark} domain"} for part in named]
    axis = years.year_axis(first, last, anchor="free", position=0)
    title = _("Mean of schools · %(years)s") % {"years": _("%(a)s to %(b)s") % {"a": school_year(first), "b": school_year(last)}}
    layout = theme.layout(
        round(height),
        title,
        margin={"l": 8, "r": 108, "t": theme.TOP, "b": BOTTOM},
        shapes=shapes,
        annotations=labels,
        xaxis=axis,
        **axes,
    )
    return {"data": data, "layout": layout}


def _runs(means: list[Mean], indicator: Indicator) -> list[list[Mean]]:
    """Years that may be joined by a line."""
    runs: list[list[Mean]] = []
    for m in means:
        before = runs[-1][-1].year if runs else 0
        if before == m.year - 1 and comparable(indicator, before, m.year, cohorts.GROUP):
            runs[-1].append(m)
        else:
            runs.append([m])
    return runs


def _pair(means: list[Mean], indicator: Indicator, mark: str) -> list[dict]:
    out = []
    for run in _runs(means, indicator):
        for name, color, width, dash in (("matches", theme.SOFT, 1.8, "dash"), ("grantees", theme.NAVY, 3, "solid")):
            values = [getattr(m, name) for m in run]
            told = _("Grantees %(year)s: %(rate)s") if name == "grantees" else _("Matched schools %(year)s: %(rate)s")
            out.append(
                {
                    "type": "scatter",
                    "mode": "lines+markers",
                    "name": _("grantees") if name == "grantees" else _("matched schools"),
                    "x": [m.year for m in run],
                    "y": values,
                    "yaxis": f"y{mark}",
                    "line": {"color": color, "width": width, "dash": dash},
                    "marker": {"size": 6 if name == "grantees" else 4, "color": color},
                    "text": [
                        told % {"year": school_year(m.year), "rate": units.brief(indicator.unit, v)}
                        for m, v in zip(run, values, strict=True)
                    ],
                    "hovertemplate": "%{text}<extra></extra>",
                    "cliponaxis": False,
                }
            )
    return out


def _head(of: Comparison, high: float) -> dict:
    text = _("<b>Cohort %(n)s</b>, %(count)s matched grantees") % {"n": of.cohort.number, "count": len(of.grantees)}
    place = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "y": high, "yanchor": "bottom", "yshift": 18}
    return {**place, "text": text, "showarrow": False, "font": {"size": 13, "color": theme.INK}}


def _names(means: list[Mean], top: float, mark: str) -> list[dict]:
    """The names of both lines at their ends, pushed apart where they would meet."""
    last = means[-1]
    pixel = [PANEL * last.grantees / top, PANEL * last.matches / top]
    push = max(0.0, LEAST_APART - abs(pixel[0] - pixel[1])) / 2
    sign = 1 if last.grantees >= last.matches else -1
    texts = (
        (last.grantees, _("<b>grantees %(value)s</b>"), theme.NAVY, sign * push),
        (last.matches, _("matches %(value)s"), theme.SOFT, -sign * push),
    )
    return [
        {
            "xref": "x",
            "x": last.year,
            "xanchor": "left",
            "xshift": 9,
            "yref": f"y{mark}",
            "y": value,
            "yshift": shift,
            "showarrow": False,
            "text": text % {"value": decimal(value)},
            "font": {"size": 13, "color": color},
        }
        for value, text, color, shift in texts
    ]


def _marks(of: Comparison, indicator: Indicator, first: int, last: int) -> tuple[list[dict], list[dict]]:
    """The gap, the law, and where the grants start."""
    band, said = years.gap_band(indicator, first, last)
    law, law_said = years.marks(indicator, cohorts.GROUP, first, last)
    at = of.cohort.first - 0.5
    # Cohort 3 starts with the law: one line has both names, so that neither covers the other.
    name = _("start, SB 274") if any(part["x"] == at for part in law_said) else _("start")
    start, start_said = theme.upright(at, name, theme.INK, "solid")
    beside = [{**part, "xanchor": "left"} for part in law_said if part["x"] != at]
    return [*band, *law, start], [*said, *beside, {**start_said, "xanchor": "right"} if beside else start_said]
