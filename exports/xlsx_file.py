"""XLSX: a sheet that says what the file is, then one sheet an exhibit with its rows as a table and its chart. No live text."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.workbook import Workbook

from components.i18n import _
from exports.about import About
from exports.slide import Slide
from exports.workbook import cells, charts, drawn, names, queries, readme, sheet
from exports.workbook.cells import Styles

OPTIONS = {
    # Nothing lies in the temporary folder, and the same exhibits give the same bytes.
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "max_url_length": cells.MOST_LINK + 79,
}


def write(slides: Sequence[Slide], about: About) -> bytes:
    """A workbook of all slides, in their order."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        _fill(book, slides, about)
    return out.getvalue()


def _fill(book: Workbook, slides: Sequence[Slide], about: About) -> None:
    book.set_properties(_properties(about))
    styles, called = Styles(book), names.of_sheets([s.shown.key for s in slides])
    figures = [drawn.of(slide.shown) for slide in slides]
    first = book.add_worksheet(names.README)
    asked = any(map(queries.of, slides))
    readme.write(first, styles, slides, about, called, any(figures), asked)
    pages = [book.add_worksheet(name) for name in called]
    data = charts.Data(book, styles, about.banner) if any(figures) else None
    if asked:
        queries.write(book.add_worksheet(names.QUERIES), styles, slides, called, about.banner)
    for n, (page, slide, figure) in enumerate(zip(pages, slides, figures, strict=True), start=1):
        top, free = sheet.write(page, styles, slide, about, names.of_table(n))
        if figure and data:
            page.insert_chart(top, free, data.chart(figure, slide), {"description": cells.text(_alt(slide))[:1000]})


def _alt(slide: Slide) -> str:
    return slide.shown.alt or slide.headline


def _properties(about: About) -> dict[str, object]:
    """What a program shows of the file. The day is the build's: the same numbers give the same file."""
    try:
        made = datetime.fromisoformat(about.made).astimezone(UTC).replace(tzinfo=None)
    except ValueError:
        made = datetime(2000, 1, 1)
    said = " ".join(t for t in (about.banner, about.newer, _("Build %(build)s") % {"build": about.build}) if t)
    return {
        "title": cells.text(about.title or about.page)[:250],
        "subject": cells.text(about.occasion)[:250],
        "author": _("R-TAC dashboard"),
        "comments": cells.text(said)[:250],
        "created": made,
    }
