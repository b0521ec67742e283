"""The fix list: every record that needs a person, as CSV or XLSX, where the person who holds the file asked for it.

It quotes values of rows, since nobody can mend a record without them. So it is written only to a path that the person gave,
readable by them alone, never under $RTAC_HOME; it is theirs to keep or to delete. Nothing in it can run as a formula.
"""

import csv
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from data import store
from data.cells import clean, safe
from data.local import checkup
from data.local.checkup import Fired
from data.local.load import NotCounted, Parameters, Reading

COLUMNS = ("file", "record", "column", "value", "kind", "rule", "what", "way_out")
MOST_IN_CELL = 32_000
"""Characters; a cell of a workbook holds 32,767."""


def write(path: Path, found: Sequence[Fired], reading: Reading, parameters: Parameters) -> int:
    """Write the list and say how many lines it has. The name's ending, .csv or .xlsx, says which. Raises NotCounted."""
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise NotCounted(f"{path} ends neither in .csv nor in .xlsx.")
    if path.resolve().is_relative_to(store.home().resolve()):
        raise NotCounted("The fix list names students. Write it to a folder of your own, not to the dashboard's.")
    rows = [r for fired in found if fired.severity != "note" for r in _lines(fired, reading, parameters)]
    body = _workbook(rows) if path.suffix.lower() == ".xlsx" else _csv(rows)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    if hasattr(os, "fchmod"):
        os.fchmod(handle, 0o600)  # a file that was there before keeps its own mode otherwise
    with os.fdopen(handle, "wb") as target:
        target.write(body)
    return len(rows)


def _lines(fired: Fired, reading: Reading, parameters: Parameters) -> Iterator[tuple[str, ...]]:
    files = {t.number: t for t in reading.taken}
    for example in checkup.every(fired, reading, parameters):
        file = files.get(example[0])
        column = checkup.header(fired, file)
        yield (
            file.path.name if file else "", "" if example[1] is None else str(example[1]), column, str(example[2] or ""),
            fired.severity, fired.rule["id"], checkup.sentence(fired, example, column), fired.rule["way_out"],
        )  # fmt: skip


def _csv(rows: Sequence[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([safe(cell[:MOST_IN_CELL]) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _workbook(rows: Sequence[tuple[str, ...]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    # in_memory: else xlsxwriter writes its sheets to the temporary folder first.
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Fix list")
        sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
        for n, row in enumerate(rows, start=1):
            for m, cell in enumerate(row):
                sheet.write_string(n, m, clean(cell)[:MOST_IN_CELL])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
        for n, width in enumerate((24, 9, 18, 22, 10, 24, 80, 60)):
            sheet.set_column(n, n, width)
    return out.getvalue()
