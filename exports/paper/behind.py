"""What stands behind the numbers of a brief, where its second page has room: the years as a table, and who is counted."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from components.exhibit import Shown
from components.i18n import _
from exports.paper import tabled
from exports.paper.words import height, plain

SMALL, HEAD, BETWEEN = 9.0, 13.0, 14.0
"""Points: of the sentences and the table, of the headings, and after each part."""
BOLD = 1.02
"""A sentence with a bold beginning is so much wider."""
Said = tuple[str, str]
"""A label and its sentences."""


def years(shown: Shown, wide: float, high: float) -> tuple[dict, float]:
    """The place's own years as a table and its height, {} and 0 where a line is left out or there is none."""
    rows = shown.table.rows
    mine = tuple(row for row in rows if row.get("entity") == rows[0].get("entity"))
    keep = tuple(c for c in shown.table.columns if c.key != "name")
    said = plain(shown.subtitle, 300)
    above = HEAD * 1.25 + height(said, SMALL, wide) + 8
    made = tabled.table(replace(shown.table, columns=keep, rows=mine), wide, high - above - BETWEEN, (SMALL,))
    if not mine or len(made["rows"]) < len(mine):
        return {}, 0.0
    return {"headline": _("The numbers behind the line"), "said": said, "table": made}, made["high"] + above + BETWEEN


def definitions(key_numbers: Shown | None) -> list[Said]:
    """Who is counted in each key number, and of a district whether its charter schools are: from "Why doesn't this match?"."""
    why = key_numbers.why if key_numbers else ()
    return [(plain(label, 90), plain(text, 900)) for label, text in takewhile(lambda pair: pair[0] != _("File"), why)]


def that_fit(of: Sequence[Said], wide: float, high: float) -> tuple[list[Said], float]:
    """The first definitions that fit, whole, and the height of all of it with its heading; [] and 0 where none does."""
    kept, used = [], HEAD * 1.25 + 4
    for label, text in of:
        takes = height(f"{label} {text}", BOLD * SMALL, wide) + 4
        if used + takes > high:
            break
        kept.append((label, text))
        used += takes
    return (kept, used + BETWEEN) if kept else ([], 0.0)
