"""Changes beyond chance as dots with intervals on both sides of zero: worsened on top, improved below, the largest first."""

from components import facts, words
from components.figures import theme
from components.i18n import _, school_year
from components.view import View
from data.registry import Indicator

STEP = 25
SIDES = {"worse": "#801650", "better": theme.NAVY, "moved": theme.NAVY}
"""Plum and blue, as the tags of a verdict; the symbol says the same without color."""


def change_dots(frame: facts.Frame, indicator: Indicator, view: View) -> dict:
    """A dot plot of the rows of an enriched ranking frame that have a verdict, in the order of the frame."""
    rows = facts.records(frame)
    mine = [r["entity"] in view.place for r in rows]
    y, pixels, axis = theme.names([r["name"] for r in rows], mine, STEP)
    year = rows[0]["year"]
    zero, name = theme.upright(0, _("no change"), theme.SOFT, "solid")
    values = {"what": theme.title(indicator, rows[0]["student_group"], year), "before": school_year(year - 1)}
    return {
        "data": [_dots(rows, y, mine, indicator)],
        "layout": theme.layout(
            theme.TOP + 16 + 36 + pixels,
            _("%(what)s against %(before)s, change in points") % values,
            margin={"l": 8, "r": 18, "t": theme.TOP + 16, "b": 36},
            shapes=[zero],
            annotations=[name],
            xaxis=theme.value_axis(ticksuffix="", rangemode="normal", tickformat="~g"),
            yaxis=axis,
        ),
    }


def _dots(rows: list[dict], y: list[float], mine: list[bool], indicator: Indicator) -> dict:
    color = [SIDES[r["kind"]] for r in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [r["change"] for r in rows],
        "y": y,
        "marker": {
            "size": [12 if m else 9 for m in mine],
            "color": color,
            "symbol": ["diamond" if r["kind"] == "worse" else "circle" for r in rows],
        },
        "error_x": theme.bars(rows, "change", "change_lower", "change_upper"),
        "customdata": [r["entity"] for r in rows],
        "text": [theme.escape_label(words.changed(r, indicator)) for r in rows],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }
