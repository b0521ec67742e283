"""The first sheet of a workbook: what it is, where its numbers come from, what its words mean, and what stands where."""

import math
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from components.i18n import _
from exports.about import About
from exports.legend import LEGEND, OF_STATUS
from exports.slide import Slide
from exports.workbook import cells
from exports.workbook.cells import Styles, put, put_link
from exports.workbook.names import QUERIES

LINE, LETTERS = 15, 110
"""The height of a line of text in points, and how many letters of the second column stand on it."""
WRAPPED = {"text_wrap": True, "valign": "top"}


def write(
    sheet: Worksheet, styles: Styles, slides: Sequence[Slide], about: About, names: Sequence[str], drawn: bool, asked: bool
) -> None:
    """Fill the sheet. `names`: of the sheets of the slides, in order; `drawn`, `asked`: is there one of chart data, of SQL."""
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 110)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    put(sheet, styles, 0, 0, about.title or about.page, bold=True, font_size=16)
    row = 1
    for said in filter(None, (about.banner, about.newer)):
        put(sheet, styles, row, 0, said, bold=True)
        row += 1
    row = _pairs(sheet, styles, row + 1, _("What this is"), _facts(about, drawn))
    row = _list(sheet, styles, row, slides, names, asked)
    row = _pairs(sheet, styles, row, _("Sources"), [(n, s.shown.source) for n, s in zip(names, slides, strict=True)])
    marks = [*LEGEND, *((status.replace("_", " "), OF_STATUS[status]) for status in ("at_least", "at_most"))]
    none = (cells.NONE, _("There is no such number here: it is neither zero nor hidden."))
    few = (_("gray, slanted"), _("Words in place of a number, and rows of few students: their note says why."))
    _pairs(sheet, styles, row, _("Words and marks"), [*marks, none, few])


def _facts(about: About, drawn: bool) -> list[tuple[str, str]]:
    said = _(
        "One sheet for each exhibit of the dashboard, with the rows behind it as a table. Numbers are numbers and not rounded: "
        "the cell shows fewer places. A rate of 22.9 percent is stored as 22.9; its column or its cell names the unit."
    )
    charts = _("The charts are drawn from the sheet “Chart data”, which holds numbers of the tables and nothing else.")
    return [
        (_("About"), f"{said} {charts}" if drawn else said),
        *([(_("For"), about.occasion)] if about.occasion else []),
        *([(_("Day"), about.day)] if about.day else []),
        (_("Build"), _("%(id)s, made %(made)s") % {"id": about.build, "made": about.made}),
        *([(_("Dashboard"), about.site)] if about.site else []),
    ]


def _pairs(sheet: Worksheet, styles: Styles, row: int, title: str, pairs: Sequence[tuple[str, str]]) -> int:
    """A heading and lines of two cells; returns the row of the next heading."""
    put(sheet, styles, row, 0, title, bold=True, font_size=13)
    for at, (label, said) in enumerate(pairs, start=row + 1):
        put(sheet, styles, at, 0, label, valign="top")
        put(sheet, styles, at, 1, said, **WRAPPED)
        # Not every program finds the height of a wrapped text by itself.
        sheet.set_row(at, LINE * max(1, math.ceil(len(said) / LETTERS)))
    return row + len(pairs) + 2


def _list(sheet: Worksheet, styles: Styles, row: int, slides: Sequence[Slide], names: Sequence[str], asked: bool) -> int:
    """The sheets, each a link, with their headlines."""
    put(sheet, styles, row, 0, _("Sheets"), bold=True, font_size=13)
    for at, (name, slide) in enumerate(zip(names, slides, strict=True), start=row + 1):
        put_link(sheet, styles, at, 0, f"internal:'{name}'!A1", name)
        put(sheet, styles, at, 1, slide.headline, **WRAPPED)
    if asked:
        row += 1
        put_link(sheet, styles, row + len(names), 0, f"internal:'{QUERIES}'!A1", QUERIES)
        put(sheet, styles, row + len(names), 1, _("The SQL behind the rows of the sheets above."), **WRAPPED)
    return row + len(names) + 2
