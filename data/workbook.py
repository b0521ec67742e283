"""A grantee list kept as a workbook (.xlsx): its values as tab-separated text. Nothing else is read from workbooks.

Looked at as an archive first, so that a bomb, a macro or an entity trick never reaches the reader.
"""

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from data import sniff, sources
from data.problems import Finding, Refused, failure, printable, warning
from data.unpack import Received, is_bomb

LARGEST = 50_000_000
HEADER_WITHIN = 20


def as_text(received: Received, work: Path) -> tuple[Path, list[Finding]]:
    """The file itself when it is no workbook; else a text file with the rows of its grantee list."""
    if sniff.kind_of(received.path) != "workbook":
        return received.path, []
    _look_inside(received.path)
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # 20 ms, and few readings have a workbook

    try:
        book = CalamineWorkbook.from_path(received.path)
        sheets = [s for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
        hidden = [printable(s.name) for s in book.sheets_metadata if s.visible != SheetVisibleEnum.Visible]
        for sheet in sheets:
            rows = _list_of(book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False))
            if rows:
                target = work / "sheet"
                target.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
                said = [warning("hidden_sheet", f"The workbook has hidden sheets ({', '.join(hidden)}); they were not "
                                                f"read.")] if hidden else []
                return target, said
    except (CalamineError, OSError, ValueError) as error:
        raise Refused(failure("broken_workbook", "The workbook cannot be opened. Save the list again, without a password, as "
                                                 ".csv.")) from error
    raise Refused(failure("unknown_workbook", "No sheet of this workbook is a grantee list with the columns cds_code, "
                                              "grant_type, cohort, start, end, each in a cell of its own. "
                          "Other workbooks are not read: leave it out, or save the list as .csv."))


def _look_inside(path: Path) -> None:
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


def _list_of(rows: Sequence[Sequence[object]]) -> list[list[str]]:
    """The rows from the grantee header on, empty ones left out; nothing when the sheet has no such header near its top."""
    columns = sources.families["grantees"].layouts[0].headers
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        known = {sources.families["grantees"].aliases.get(sources.normal(_cell(v))) for v in row}
        if columns.keys() <= known:
            return [r for r in _cells(rows[number:]) if any(r)]
    return []


def _cells(rows: Sequence[Sequence[object]]) -> Iterator[list[str]]:
    for row in rows:
        yield [_cell(value) for value in row]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return " ".join(str(value).split())
