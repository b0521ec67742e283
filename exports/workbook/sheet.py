"""The sheet of one exhibit: what it says above, its rows as a table, its chart beside them, and what must be known below."""

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from components.i18n import _, number
from exports import remarks
from exports.about import About
from exports.slide import Slide
from exports.workbook import cells, names, queries
from exports.workbook.cells import Styles, put, put_link
from exports.workbook.columns import Column, columns, named

MOST_ROWS = 100_000
"""More rows than this make a file that few programs open; the CSV has them all, and the sheet says so."""
LOOKED_AT = 300
"""Rows by which a column's width is chosen."""
WIDEST = 48
HEADER = 46
"""The height of the header in points: three lines."""
FEW = {"italic": True, "font_color": "#5b5b5b"}
"""Rows of few students are set apart, and their note says why."""


class _Unkept(dict):
    """Takes nothing in: a sheet has one table, so that its cells need not be remembered (a third of all memory)."""

    def __setitem__(self, key: object, value: object) -> None:
        pass


def write(sheet: Worksheet, styles: Styles, slide: Slide, about: About, name: str) -> tuple[int, int]:
    """Fill the sheet. `name`: of its table. Returns the row of the header and the first column free for a chart."""
    whole = slide.shown.frame
    frame = named(whole.head(MOST_ROWS))
    top = _head(sheet, styles, slide, about, len(whole))
    made, notes = columns(frame), remarks.of_rows(frame)
    headers = [c.header for c in made]
    if any(notes):
        # Two headers of one name would cost the sheet its table.
        headers.append(_("Note on the row") if _("Note").lower() in map(str.lower, headers) else _("Note"))
    _rows(sheet, styles, top + 1, frame, made, notes)
    last = top + max(len(frame), 1)
    bold = styles.get(bold=True, bg_color="#e7eef9", bottom=1, text_wrap=True, valign="top")
    heads = [{"header": h, "header_format": bold} for h in headers]
    table = {"name": name, "style": "Table Style Light 1", "columns": heads, "description": _alt(slide)}
    sheet.table_cells = _Unkept()
    sheet.add_table(top, 0, last, len(headers) - 1, table)
    sheet.ignore_errors({"number_stored_as_text": f"A{top + 2}:XFD{last + 1}"})
    sheet.set_row(top, HEADER)
    sheet.freeze_panes(top + 1, 0)
    for at, width in enumerate(_widths(headers, frame, made, notes)):
        sheet.set_column(at, at, width)
    _foot(sheet, styles, slide, last + 2)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L" + cells.text(f"{about.banner} {slide.shown.source}".strip())[:120].replace("&", "&&"))
    return top, len(headers) + 1


def _head(sheet: Worksheet, styles: Styles, slide: Slide, about: About, rows: int) -> int:
    """The lines above the table; returns the row of its header."""
    cut = _("The first %(most)s of %(n)s rows stand here; the CSV file has all.") % {
        "most": number(MOST_ROWS),
        "n": number(rows),
    }
    put(sheet, styles, 0, 0, slide.headline, bold=True, font_size=14)
    put(sheet, styles, 1, 0, slide.shown.subtitle)
    row = 2
    for said in filter(None, (about.banner, about.newer, *slide.marks, cut if rows > MOST_ROWS else "")):
        put(sheet, styles, row, 0, said, bold=True)
        row += 1
    if slide.note:
        put(sheet, styles, row, 0, slide.note)
        row += 1
    put(sheet, styles, row, 0, slide.shown.source or _("Build %(build)s") % {"build": about.build})
    if slide.link:
        row += 1
        put_link(sheet, styles, row, 0, f"{about.site}{slide.link}")
    return row + 1


def _rows(sheet: Worksheet, styles: Styles, top: int, frame: pd.DataFrame, made: list[Column], notes: list[str]) -> None:
    """The cells of the table. A number that a status hides is that status's word."""
    statuses = frame["status"].astype(str).tolist() if "status" in frame else [""] * len(frame)
    few = [remarks.FEW in note for note in notes]
    noted = any(notes)
    hidden = styles.get(align="right", **FEW)
    for at, column in enumerate(made):
        values = frame[column.key].astype(object)
        if not column.numeric:
            _texts(sheet, styles, top, at, list(values), few)
            continue
        look = {
            key: styles.get(num_format=key[0], **(FEW if key[1] else {})) for key in set(zip(column.formats, few, strict=True))
        }
        for i, value in enumerate(values):
            held = cells.stands(value, statuses[i])
            if isinstance(held, str):
                sheet.write_string(top + i, at, held, hidden)
            else:
                sheet.write_number(top + i, at, held, look[column.formats[i], few[i]])
    if noted:
        for i, note in enumerate(notes):
            if note:
                put(sheet, styles, top + i, len(made), note, **FEW)
            else:
                sheet.write_blank(top + i, len(made), None)


def _texts(sheet: Worksheet, styles: Styles, top: int, at: int, values: list, few: list[bool]) -> None:
    """A column of text. Most of its values come again in other rows: each is cleaned and given its look once."""
    made: dict[tuple[type, str, bool], tuple[str, Format | None]] = {}
    for i, (value, gray) in enumerate(zip(values, few, strict=True)):
        key = (type(value), value if isinstance(value, str) else repr(value), gray)
        if key not in made:
            said = cells.text(cells.NONE if _missing(value) else _word(value))
            made[key] = said, styles.text(said, **(FEW if gray else {}))
        sheet.write_string(top + i, at, *made[key])


def _missing(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value) or value == ""


def _word(value: object) -> object:
    return (_("yes") if value else _("no")) if isinstance(value, bool) else value


def _foot(sheet: Worksheet, styles: Styles, slide: Slide, row: int) -> None:
    """In words, what to know, and why it may not match: below the table, where nothing is sorted or filtered."""
    shown = slide.shown
    parts = [
        (_("In words"), [("", w) for w in shown.words]),
        (_("To know"), [("", n) for n in shown.notes]),
        (_("Why does this not match?"), [pair for pair in shown.why if not queries.is_query(pair[1])]),
    ]
    for title, lines in parts:
        if not lines:
            continue
        put(sheet, styles, row, 0, title, bold=True)
        for label, said in lines:
            whole = _("%(label)s: %(text)s") % {"label": label, "text": said} if label else said
            for line in whole.splitlines():
                row += 1
                put(sheet, styles, row, 0, line)
        row += 2
    if queries.of(slide):
        put_link(sheet, styles, row, 0, f"internal:'{names.QUERIES}'!A1", _("The SQL behind these rows"))


def _alt(slide: Slide) -> str:
    return cells.text(slide.shown.table.caption or slide.headline)[:250]


def _widths(headers: list[str], frame: pd.DataFrame, made: list[Column], notes: list[str]) -> list[float]:
    """A width for each column that shows its header, with room for the arrow of the filter, and nearly all of its rows."""
    looked = frame.head(LOOKED_AT)
    widths = []
    for column in made:
        longest = 13 if column.numeric else max((len(str(v)) for v in looked[column.key]), default=0)
        widths.append(min(max(longest + 2, len(column.header) / 2 + 5, 9), WIDEST))
    return [*widths, *([WIDEST] if any(notes) else [])]
