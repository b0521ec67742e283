"""CSV: the rows of one exhibit. One header row, UTF-8, numbers unrounded, nothing where a status hides, no live formulas.

The last column says of each row what else must be known of it (exports/remarks.py): a file of rows has no room for a legend.
"""

import csv
import io
import numbers
from collections.abc import Sequence

import pandas as pd

from data.cells import safe
from exports import remarks
from exports.about import About
from exports.slide import Slide

NOTE, ELSE = "note", "row_note"
"""The last column's name, and its name where the exhibit has a column `note` of its own."""


def write(slides: Sequence[Slide], about: About) -> bytes:
    """The first exhibit's frame and its notes. Text that a spreadsheet would run gets an apostrophe in front, no number does."""
    frame = slides[0].shown.frame
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*(safe(str(column)) for column in frame.columns), ELSE if NOTE in frame.columns else NOTE])
    columns = [_cells(frame.iloc[:, i]) for i in range(len(frame.columns))]
    notes = _cells(pd.Series(remarks.in_full(slides[0], about), dtype=object))
    writer.writerows(zip(*columns, notes, strict=True))
    return out.getvalue().encode("utf-8")


def _cells(column: pd.Series) -> list[str]:
    """A column as written. A text that comes again is made safe once."""
    said: dict[str, str] = {}
    out = []
    for value in column.astype(object):
        if type(value) is str:
            if value not in said:
                said[value] = safe(value)
            out.append(said[value])
        else:
            out.append(repr(value) if type(value) is float and value == value else cell(value))
    return out


def cell(value: object) -> str:
    """One value as written: '' for missing, numbers as Python writes them, text made safe."""
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Real):
        number = float(value)
        return "" if number != number else repr(number)
    if isinstance(value, (list, tuple)):
        return safe(";".join(str(v) for v in value))
    return safe(str(value))
