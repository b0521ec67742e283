"""The sheet of the SQL behind the exhibits: each query under its headline, so that the sheets of the exhibits stay clean."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from exports.slide import Slide
from exports.workbook.cells import Styles, put, put_link

MONO = {"font_name": "Courier New", "font_size": 10}


def is_query(text: str) -> bool:
    """Whether a text of "why does this not match" is SQL: it begins with the line that says its grain."""
    return text.lstrip().startswith("--")


def of(slide: Slide) -> list[tuple[str, str]]:
    """Label and text of each query of an exhibit."""
    return [(label, text) for label, text in slide.shown.why if is_query(text)]


def write(sheet: Worksheet, styles: Styles, slides: Sequence[Slide], names: Sequence[str], banner: str) -> None:
    """Fill the sheet. `names`: of the sheets of the slides, in order, each a link back."""
    sheet.set_column(0, 0, 110)
    put(sheet, styles, 0, 0, banner)
    row = 2 if banner else 0
    for name, slide in zip(names, slides, strict=True):
        found = of(slide)
        if not found:
            continue
        put(sheet, styles, row, 0, slide.headline, bold=True, font_size=13)
        put_link(sheet, styles, row + 1, 0, f"internal:'{name}'!A1", name)
        row += 2
        for label, text in found:
            put(sheet, styles, row, 0, label, bold=True)
            for line in text.splitlines():
                row += 1
                put(sheet, styles, row, 0, line, **MONO)
            row += 2
