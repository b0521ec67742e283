"""One place over the years: a strong line with its interval, the places above it dashed, names at the line ends."""

from components.facts import Fact
from components.figures import theme, years
from components.i18n import _, decimal, school_year
from components.view import View
from data import registry


def trend(mine: list[Fact], others: list[list[Fact]], view: View, every_year: list[int]) -> dict:
    """Lines with gaps. `others`: one list of facts a comparison place (the state, the county), at most three."""
    traces: list[dict] = []
    ends: list[tuple[float, str, str, int]] = []
    for i, facts in enumerate(others):
        for run in years.segments(facts, view.measure):
            traces.append(_line(run, theme.SOFT, 1.5, ("dash", "dot", "dashdot")[i % 3]))
        _end(ends, facts, view, theme.SOFT, False)
    for run in years.segments(mine, view.measure):
        traces += _band(run)
        traces.append(_line(run, theme.NAVY, 3, "solid", markers=True))
    _end(ends, mine, view, theme.NAVY, True)
    return {
        "data": traces,
        "layout": theme.layout(
            360, margin={"l": 8, "r": 150, "t": 18, "b": 34}, xaxis=years.year_axis(every_year), yaxis=theme.value_axis(automargin=True),
            shapes=[*years.gap_band(view.measure, every_year[0], every_year[-1]), *_marks(view, every_year)],
            annotations=[*years.gap_label(view.measure, every_year[0], every_year[-1]), *_mark_labels(view, every_year), *_end_labels(ends)],
        ),
    }


def _line(run: list[Fact], color: str, width: float, dash: str, markers: bool = False) -> dict:
    return {
        "type": "scatter", "mode": "lines+markers" if markers or len(run) == 1 else "lines", "x": [f.year for f in run], "y": [float(f.rate or 0) for f in run],
        "line": {"color": color, "width": width, "dash": dash}, "marker": {"size": 8 if markers else 5, "color": color},
        "customdata": [[theme.escape_label(f.name), school_year(f.year)] for f in run],
        "hovertemplate": "%{customdata[0]}, %{customdata[1]}: %{y:.1f}%<extra></extra>", "cliponaxis": False,
    }


def _band(run: list[Fact]) -> list[dict]:
    bounded = [(f.year, f.interval) for f in run if f.interval]
    if len(bounded) < 2:
        return []
    x = [y for y, _b in bounded]
    low, high = [b[0] for _y, b in bounded if b], [b[1] for _y, b in bounded if b]
    return [{"type": "scatter", "mode": "lines", "x": x + x[::-1], "y": high + low[::-1], "fill": "toself", "fillcolor": theme.BAND,
             "line": {"width": 0}, "hoverinfo": "skip"}]


def _end(ends: list, facts: list[Fact], view: View, color: str, strong: bool) -> None:
    runs = years.segments(facts, view.measure)
    if runs:
        last = runs[-1][-1]
        name = theme.escape_label(theme.short(last.name, 20))
        text = f"{name} {decimal(last.rate)}" if last.rate is not None else name
        ends.append((float(last.rate or 0), f"<b>{text}</b>" if strong else text, color, last.year))


def _end_labels(ends: list[tuple[float, str, str, int]]) -> list[dict]:
    """Labels at the line ends, pushed apart so that none covers another."""
    out = []
    shift, previous = 0.0, None
    top = max((v for v, *_rest in ends), default=1) or 1
    for value, text, color, year in sorted(ends):
        pixel = 300 * value / (top * 1.15)
        if previous is not None and pixel + shift - previous < 17:
            shift = previous + 17 - pixel
        else:
            shift = 0.0
        previous = pixel + shift
        out.append({"xref": "x", "yref": "y", "x": year, "y": value, "xanchor": "left", "xshift": 10, "yshift": shift, "showarrow": False,
                    "text": text, "font": {"size": 13, "color": color}, "align": "left"})
    return out


def _marked(view: View, every_year: list[int]) -> list[tuple[int, str]]:
    return [(y, c.id) for c in registry.caveats_of(view.measure, view.group) if c.effect == "mark" for y in c.years if every_year[0] < y <= every_year[-1]]


def _marks(view: View, every_year: list[int]) -> list[dict]:
    return [{"type": "line", "xref": "x", "yref": "paper", "x0": y - 0.5, "x1": y - 0.5, "y0": 0, "y1": 1,
             "line": {"color": theme.SOFT, "width": 1, "dash": "dot"}} for y, _id in _marked(view, every_year)]


def _mark_labels(view: View, every_year: list[int]) -> list[dict]:
    said = {"sb274": _("SB 274"), "tk_inside": _("TK inside")}
    return [{"xref": "x", "yref": "paper", "x": y - 0.5, "y": 1, "yanchor": "bottom", "showarrow": False, "text": said.get(name, "*"),
             "font": {"size": 12, "color": theme.SOFT}} for y, name in _marked(view, every_year)]
