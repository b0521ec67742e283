"""Places by student groups as a table whose cells are shaded in one blue: what stands in each cell, and its class. No markup."""

from itertools import pairwise

from components import facts, units
from components.figures.shades import bounds_of, class_of
from components.i18n import _, decimal, number
from data.registry import Indicator

CLASSES = 5


def heat_table(frame: facts.Frame, indicator: Indicator, lines: list[str], entities: list[str]) -> dict:
    """Columns, rows and legend of an enriched frame of places and groups, in the orders given.

    A cell is (text, look): look "s1" to "s5" from low to high where enough students are counted to rank, "few" where not, else
    the status. A hidden number is in no look, and each cell says in text what its shade says.
    """
    bounds = bounds_of(frame)
    cells = {(r["entity"], r["student_group"]): r for r in facts.records(frame)}
    year = int(frame["year"].iloc[0])
    names = dict(zip(frame["entity"], frame["name"], strict=True))
    kinds = facts.dimensions(indicator)
    starts = [line for before, line in pairwise(["", *lines]) if not before or kinds[before] != kinds[line]]
    return {
        "columns": [(facts.group_label(indicator, line, year), "start" if line in starts else "") for line in lines],
        "rows": [(e, names[e], [_cell(cells.get((e, line)), bounds, indicator) for line in lines]) for e in entities],
        "legend": [
            *((text, f"s{i}") for i, text in enumerate(classes(bounds, indicator), start=1)),
            (_("not shaded: under %(least)s students") % {"least": number(indicator.min_rank)}, ""),
            (_("“about”: counts withheld"), ""),
        ],
    }


def _cell(row: dict | None, bounds: list[float], indicator: Indicator) -> tuple[str, str]:
    """What a cell shows and how it looks."""
    if row is None or row["status"] == "not_published":
        return _("not published"), "none"
    rate = facts.exact(row)
    if row["status"] == "counts_withheld" and rate is not None:
        return _("about %(rate)s") % {"rate": decimal(rate, 1 if row["rounded_rate"] % 10 else 0)}, "none"
    if row["status"] not in facts.SHOWN or rate is None:
        return facts.display(row), "none"
    if row["status"] == "zero":
        return "0", "s1" if row["ranked"] and bounds else "few"
    shaded = row["ranked"] and bounds
    return units.bare(indicator.unit, rate), f"s{class_of(row['rate'], bounds) + 1}" if shaded else "few"


def classes(bounds: list[float], indicator: Indicator) -> list[str]:
    """The classes in words, lowest first; [] where there are none."""
    out = []
    for i, (low, high) in enumerate(pairwise(bounds)):
        values = {"low": f"{low:g}", "high": f"{high:g}", "unit": units.UNITS[indicator.unit].name()}
        first, last = i == 0, i == CLASSES - 1
        out.append(
            _("under %(high)s") % values
            if first
            else _("%(low)s %(unit)s or more") % values
            if last
            else _("%(low)s to under %(high)s") % values
        )
    return out
