"""Places in order of their rate, each a dot with its 95 percent interval. Those with few students stand in the words."""

from components import facts
from components.figures import theme
from components.i18n import _
from components.view import View
from data.registry import Indicator

MOST = 60
"""More places than this are drawn as a distribution."""


def ranked_dots(frame: facts.Frame, indicator: Indicator, view: View, state: float | None = None) -> dict:
    """A dot plot of the ranked rows of an enriched ranking frame, the better end on top; the state as a dashed line."""
    rows = facts.records(frame[frame["ranked"]].sort_values(["rate", "name"], ascending=[indicator.better != "higher", True]))
    mine = [r["entity"] in view.place for r in rows]
    y, pixels, axis = theme.names([r["name"] for r in rows], mine, 26 if len(rows) <= 30 else 21)
    lines = [theme.upright(state, _("State"))] if state is not None else []
    first = frame.iloc[0]
    return {
        "data": [theme.dots(rows, y, mine)],
        "layout": theme.layout(
            theme.TOP + 16 + 36 + pixels,
            theme.title(indicator, first["student_group"], int(first["year"])),
            margin={"l": 8, "r": 18, "t": theme.TOP + 16, "b": 36},
            shapes=[s for s, _a in lines],
            annotations=[a for _s, a in lines],
            xaxis=theme.value_axis(indicator.unit),
            yaxis=axis,
        ),
    }
