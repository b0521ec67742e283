"""Lists and CDE files kept as a workbook (.xlsx): their values as tab-separated text. Nothing else is read from workbooks.

Looked at as an archive first, so that a bomb, a macro or an entity trick never reaches the reader.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TextIO

from data import sniff, sources
from data.problems import Finding, Refused, failure, printable, warning
from data.unpack import Received, is_bomb

LARGEST = 250_000_000
"""Bytes of one part of a workbook, unpacked: a Dashboard file has 150,000 rows of 27 cells."""
HEADER_WITHIN = 20
SHEET = "Sheet"


def as_text(received: Received, work: Path) -> tuple[Path, list[Finding]]:
    """The file itself when it is no workbook; else a text file with the rows of its list or Dashboard file."""
    if sniff.kind_of(received.path) != "workbook":
        return received.path, []
    look_inside(received.path)
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # 20 ms, and few readings have a workbook

    try:
        book = CalamineWorkbook.from_path(received.path)
        sheets = [s for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
        hidden = [printable(s.name) for s in book.sheets_metadata if s.visible != SheetVisibleEnum.Visible]
        for sheet in sheets:
            target = work / "sheet"
            family = _write(book.get_sheet_by_name(sheet.name).iter_rows(), target)
            if family and family.every_sheet:
                _write_every(((s.name, book.get_sheet_by_name(s.name).iter_rows()) for s in sheets), target)
            if family:
                said = [warning("hidden_sheet", f"The workbook has hidden sheets ({', '.join(hidden)}); they were not "
                                                f"read.")] if hidden else []
                return target, said
    except (CalamineError, OSError, ValueError) as error:
        raise Refused(failure("broken_workbook", "The workbook cannot be opened. Save the list again, without a password, as "
                                                 ".csv.")) from error
    raise Refused(failure("unknown_workbook", "No sheet of this workbook is a grantee list (columns cds_code, grant_type, "
                                              "cohort, start, end, each in a cell of its own) or a workbook of CDE's that is "
                                              f"read: {_titles()}. Leave it out, or save the list as .csv."))


def _titles() -> str:
    return ", ".join(f.title for f in sources.families.values() if f.workbook and f.landing)


def look_inside(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if "vbaproject" in member.filename.lower():
                    raise Refused(failure("macros", "The workbook holds macros. Save it as .xlsx or .csv without them."))
                if is_bomb(member.file_size, member.compress_size, LARGEST):
                    raise Refused(failure("archive_bomb", f"The workbook would unpack to {member.file_size / 1e6:,.0f} MB. No "
                                                          f"grantee list does that; save it again as .csv."))
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as handle:
                        if b"<!DOCTYPE" in handle.read(4096).upper():
                            raise Refused(failure("entities", "The workbook defines its own entities, which no spreadsheet "
                                                  "program does. Save it again as .csv."))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise Refused(failure("broken_workbook", "The workbook is damaged. Save the list again.")) from error


def _write(rows: Iterable[Sequence[object]], target: Path) -> sources.Family | None:
    """Write the rows from a known header on, empty ones left out. None when no row near the sheet's top is such a header."""
    rows = iter(rows)
    header, family = _header(rows)
    if family:
        with target.open("w", encoding="utf-8") as write:
            write.write("\t".join(header) + "\n")
            _write_rows(rows, write)
    return family


def _write_every(sheets: Iterable[tuple[str, Iterable[Sequence[object]]]], target: Path) -> None:
    """Write the rows of all sheets that have the first one's header, each behind its sheet's name. Other sheets are texts."""
    first: list[str] = []
    with target.open("w", encoding="utf-8") as write:
        for name, rows in sheets:
            rows = iter(rows)
            header, family = _header(rows)
            if family and not first:
                first = header
                write.write("\t".join([SHEET, *header]) + "\n")
            if family and header == first:
                _write_rows(rows, write, [_cell(name)])
            elif family:
                raise Refused(failure("sheets_differ", f"The sheet {printable(name)} has other columns than the one before it. "
                                                       f"Download the workbook again."))


def _write_rows(rows: Iterable[Sequence[object]], write: TextIO, before: Sequence[str] = ()) -> None:
    for cells in map(cells_of, rows):
        if any(cells):
            write.write("\t".join([*before, *cells]) + "\n")


def _header(rows: Iterator[Sequence[object]]) -> tuple[list[str], sources.Family | None]:
    """The first row near the sheet's top that is a known header, and its family. Takes the rows above it off `rows`."""
    for cells in map(cells_of, islice(rows, HEADER_WITHIN)):
        family = _family(cells)
        if family:
            return cells, family
    return [], None


def _family(cells: Sequence[str]) -> sources.Family | None:
    """The family, one that may come as a workbook, of which the row holds every column that some layout must have."""
    found = {sources.normal(cell) for cell in cells if cell}
    for family in (f for f in sources.families.values() if f.workbook):
        known = {family.aliases.get(f) for f in found}
        for layout in family.layouts:
            given = {"sheet"} if family.every_sheet else set()
            needed = {c for c in layout.headers.keys() - set(family.optional) - given if family.types[c] != "ignored"}
            if needed <= known:
                return family
    return None


def cells_of(row: Sequence[object]) -> list[str]:
    return [_cell(value) for value in row]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float):
        return repr(round(value, 9))  # 12.3 kept as 12.300000000000001 says 12.3
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return " ".join(str(value).split())
