"""Student groups of one place as dots with intervals, beside all students. Groups whose counts are hidden are listed in words."""

from components import facts
from components.figures import theme
from components.i18n import _
from components.view import View
from data.registry import Indicator


def groups(frame: facts.Frame, indicator: Indicator, view: View) -> dict | None:
    """A dot a group with counts, in the order of an enriched groups frame (never by a hidden number); all students as a line.

    None where fewer than one group may be drawn.
    """
    rows = [r for r in facts.records(frame) if r["numerator"] is not None and r["rate"] is not None]
    total = next((r for r in rows if r["student_group"] == indicator.total), None)
    rows = [r for r in rows if r is not total]
    if not rows:
        return None
    labels = [facts.group_label(indicator, r["student_group"], r["year"]) for r in rows]
    drawn = [{**r, "name": label} for r, label in zip(rows, labels, strict=True)]
    mine = [r["student_group"] == view.student_group for r in rows]
    y, pixels, axis = theme.names(labels, mine, 25, _starts(rows, indicator))
    lines = [theme.upright(total["rate"], _("All students"), theme.NAVY)] if total else []
    year = rows[0]["year"]
    return {
        "data": [theme.dots(drawn, y, mine, customdata=[r["student_group"] for r in rows])],
        "layout": theme.layout(
            theme.TOP + 16 + 36 + pixels,
            theme.title_of_groups(str(frame.iloc[0]["name"]), year),
            margin={"l": 8, "r": 18, "t": theme.TOP + 16, "b": 36},
            shapes=[s for s, _a in lines],
            annotations=[a for _s, a in lines],
            xaxis=theme.value_axis(indicator.unit),
            yaxis=axis,
        ),
    }


def _starts(rows: list[dict], indicator: Indicator) -> frozenset[int]:
    """Where race, gender, program and grade begin: a little air stands above each."""
    kinds = facts.dimensions(indicator)
    of = [kinds[row["student_group"]] for row in rows]
    return frozenset(i for i in range(1, len(of)) if of[i] != of[i - 1])
