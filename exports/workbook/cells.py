"""What stands in a cell: a number, or a word in its place. Text is text: nothing here can become a formula or a link."""

import math
import re

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from components.i18n import _
from data.cells import STARTS, clean

MOST_IN_CELL = 32_000
MOST_LINK = 2_000
NO_XML = re.compile("[\ufffe\uffff]")
HIDDEN = {
    "withheld": _("withheld"),
    "counts_withheld": _("counts withheld"),
    "not_published": _("not published"),
}
"""What stands where a status hides a number."""
NONE = "–"
"""Where there is no such number, or text, at all."""


class Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook):
        self._book = book
        self._made: dict[tuple, Format] = {}

    def get(self, **properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(key))
        return self._made[key]

    def text(self, text: str, **properties: object) -> Format | None:
        """The format of a text: one that would run when it is typed again is marked as text for good."""
        if text.lstrip(" \u00a0").startswith(STARTS):
            properties["quote_prefix"] = True
        return self.get(**properties) if properties else None


def text(value: object) -> str:
    """A value as the text of a cell: cleaned, and cut where a workbook would drop it."""
    said = NO_XML.sub("", clean(";".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)))
    return said if len(said) <= MOST_IN_CELL else said[: MOST_IN_CELL - 1] + "…"


def number(value: object) -> float | int | None:
    """A finite number, or None."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    held = float(value)  # type: ignore[arg-type]
    if not math.isfinite(held):
        return None
    return int(held) if held.is_integer() and abs(held) < 2**53 else held


def put(sheet: Worksheet, styles: Styles, row: int, column: int, said: object, **properties: object) -> None:
    """Write a text."""
    kept = text(said)
    sheet.write_string(row, column, kept, styles.text(kept, **properties))


def put_link(sheet: Worksheet, styles: Styles, row: int, column: int, to: str, said: str = "") -> None:
    """Write an address of ours as a link, or as text where it is too long for one."""
    if to.startswith(("http://", "https://", "internal:")) and len(to) <= MOST_LINK:
        sheet.write_url(row, column, to, styles.get(font_color="#165ac2", underline=1), text(said or to)[:255])
    else:
        put(sheet, styles, row, column, said or to)


def stands(value: object, status: str) -> float | int | str:
    """What a cell of numbers shows: the number, or the word of its status."""
    held = number(value)
    return held if held is not None else HIDDEN.get(status, NONE)
