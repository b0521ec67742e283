"""How the tests read a workbook again: its sheets by python-calamine, its parts as text."""

import io
import zipfile

from python_calamine import CalamineWorkbook


def sheets(body: bytes) -> dict[str, list[list]]:
    """Sheet -> its rows, as another program reads them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def parts(body: bytes) -> dict[str, str]:
    """Every part of the file as text."""
    with zipfile.ZipFile(io.BytesIO(body)) as held:
        assert held.testzip() is None
        return {name: held.read(name).decode("utf-8") for name in held.namelist()}


def table(rows: list[list], headers: list[str]) -> list[list]:
    """The rows of the table with these headers: from the first that has them down to the first empty one."""
    top = next(i for i, row in enumerate(rows) if row[: len(headers)] == headers)
    below = rows[top + 1 :]
    end = next((i for i, row in enumerate(below) if not any(v != "" for v in row)), len(below))
    return below[:end]
