"""What a file is: its bytes decoded, its delimiter and header row found, its layout recognized. Reads nothing into tables.

The browser does the same in its own words (engine/): what stands here is kept small for that reason, and what is known about
layouts stands in layouts.csv and layout_columns.csv. No exception text here holds a value of a row.
"""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from data import sniff
from data.problems import Refused, printable
from data.sources import normal

HEADER_WITHIN = 40
DELIMITERS = ("^", "\t", ",", ";")
CSV_FIELD = 1_000_000
GLOB = frozenset("*?[{")
"""In a file's name DuckDB takes these for a pattern; such a file is read here instead."""
NOT_TEXT = (*((start, name) for start, name, *_ in sniff.MAGIC), (sniff.GZIP, "a compressed file"))
"""First bytes of what is no table, and what it is. The browser gets the same list with the plan."""
Row = Mapping[str, str]


class Unread(Exception):
    """A file that cannot be used: the rule of scope `file` that says why, its value (never one of a row), line and count."""

    def __init__(self, rule: str, value: str = "", record: int | None = None, count: int = 1):
        super().__init__(rule)
        self.rule, self.value, self.record, self.count = rule, value, record, count


@dataclass(frozen=True)
class Received:
    """A file as it came. `text` is None for a workbook, `rows` for text. `encoding` is what the text was read as."""

    path: Path
    sha256: str
    text: str | None
    rows: tuple[tuple[str, list[list[str]]], ...] = ()
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Known:
    """A recognized table. `columns` gives the field (from 0) of each canonical column; `skip` lines stand above the rows.

    `rows` is given where DuckDB cannot read the file itself: another encoding, names to be merged, a workbook.
    """

    received: Received
    layout: Row
    columns: dict[str, int]
    fields: int
    delimiter: str
    skip: int
    fingerprint: str
    header: tuple[str, ...]
    rows: list[list[str]] | None = None
    codes: tuple[tuple[str, str, str], ...] = ()
    merged: int = 0
    mapped_on: str = ""


def fingerprint(header: Sequence[str]) -> str:
    """Sixteen hex digits of a header's names, whatever their order and spelling of blanks."""
    return hashlib.sha256("|".join(sorted(filter(None, map(normal, header)))).encode()).hexdigest()[:16]


def receive(path: Path) -> Received:
    """Read a file whole. Raises Unread for what is no table, OSError where it cannot be read."""
    body = path.read_bytes()
    sha256 = hashlib.sha256(body).hexdigest()
    if sniff.is_empty(body):
        raise Unread("file_empty")
    if body[:4] == b"PK\x03\x04":
        return Received(path, sha256, None, _workbook(path))
    for start, name in NOT_TEXT:
        if body.startswith(start):
            raise Unread("not_a_table", name)
    if sniff.is_web_page(body):
        raise Unread("not_a_table", "a web page")
    if b"\0" in body:
        raise Unread("not_a_table", "a file with NUL bytes")
    try:
        return Received(path, sha256, body.decode("utf-8-sig"))
    except UnicodeDecodeError:  # headers are plain letters: the layout, once known, says which encoding it is
        return Received(path, sha256, body.decode("latin-1"), encoding="")


def _workbook(path: Path) -> tuple[tuple[str, list[list[str]]], ...]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    from data import workbook

    try:
        workbook.look_inside(path)
        book = CalamineWorkbook.from_path(path)
        visible = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
        return tuple((name, [workbook.cells_of(row) for row in book.get_sheet_by_name(name).iter_rows()]) for name in visible)
    except (CalamineError, Refused, OSError, ValueError):
        raise Unread("workbook_unreadable") from None


def recognize(received: Received, plan: Mapping[str, Any], saved: Mapping[str, Any] | None = None) -> Known:
    """The table of a file. `saved`: the district's mappings by fingerprint. Raises Unread (layout_unknown, columns_missing)."""
    nearest: tuple[float, str] = (0.0, "")
    for sheet, lines in heads(received):
        for skip, delimiter, cells in lines:
            known = _fits(cells, plan, saved or {})
            if isinstance(known, Known):
                known = replace(known, received=received, delimiter=delimiter, skip=skip + (known.layout["header"] == "yes"))
                return _with_rows(known, sheet)
            nearest = max(nearest, known)
    raise Unread("columns_missing", nearest[1]) if nearest[0] >= 0.6 else Unread("layout_unknown")


def heads(received: Received) -> Iterator[tuple[str, Iterator[tuple[int, str, list[str]]]]]:
    """For each sheet its first lines as (lines above, delimiter, cells)."""
    if received.text is None:
        for name, rows in received.rows:
            yield name, ((n, "", row) for n, row in enumerate(rows[:HEADER_WITHIN]))
    else:
        lines = received.text[: 1 << 20].split("\n")[:HEADER_WITHIN]
        yield "", ((n, *split(line.rstrip("\r"))) for n, line in enumerate(lines))


def split(line: str) -> tuple[str, list[str]]:
    """A line's delimiter, the one that gives most fields, and its fields."""
    return max(((d, next(_reader([line], d), [])) for d in DELIMITERS), key=lambda way: len(way[1]))


def _reader(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Records of delimited text. Carets are CALPADS' own and know no quotation marks."""
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "^" else csv.QUOTE_MINIMAL)


def _fits(cells: list[str], plan: Mapping[str, Any], saved: Mapping[str, Any]) -> Known | tuple[float, str]:
    """The layout that a line is the header (or first row) of; else how near the nearest comes, with what is missing of it."""
    mark = fingerprint(cells)
    places: dict[str, int] = {}
    for n, cell in enumerate(cells):
        places.setdefault(normal(cell), n)
    given = saved.get(mark, {})
    if given.get("part"):
        columns = {c: places[normal(h)] for c, h in given["columns"].items() if normal(h) in places}
        layout = {"layout": "mapped", "feed": given["feed"], "part": given["part"], "title": "a layout that was mapped",
                  "header": "yes", "encoding": "cp1252", "merge": ""}  # fmt: skip
        return _known(layout, columns, cells, mark, given)
    best: tuple[int, Row, dict[str, int]] | None = None
    nearest = (0.0, "")
    for layout, wanted in layouts(plan):
        if layout["header"] == "no":
            found = {c["column"]: int(c["source"]) - 1 for c in wanted} if cells and cells[0].strip() == layout["code"] else {}
            needed = [c["column"] for c in wanted if found and int(c["source"]) > len(cells)]
        else:
            found = {c["column"]: places[s] for c in wanted for s in [_first(c["source"], places)] if s}
            needed = [c["source"].split("|")[0] for c in wanted if c["required"] and c["column"] not in found]
        required = sum(c["required"] == "yes" for c in wanted)
        if found and not needed and (best is None or len(found) > best[0]):
            best = len(found), layout, found
        elif found and needed:
            nearest = max(nearest, (1 - len(needed) / required, f"{layout['title']} without {', '.join(needed)}"))
    if not best:
        return nearest
    if best[1]["header"] == "no":  # a row is no header: nothing of it is kept
        return _known(best[1], best[2], cells, best[1]["layout"], saved.get(best[1]["layout"], {}))
    return _known(best[1], best[2], cells, mark, given)


def layouts(plan: Mapping[str, Any]) -> Iterator[tuple[Row, list[Row]]]:
    """Each layout with its columns."""
    for layout in plan["layouts"]:
        yield layout, [c for c in plan["layout_columns"] if c["layout"] == layout["layout"]]


def _first(sources: str, places: Mapping[str, int]) -> str:
    return next((n for n in map(normal, sources.split("|")) if n in places), "")


def _known(layout: Row, columns: dict[str, int], cells: list[str], mark: str, given: Mapping[str, Any]) -> Known:
    codes = tuple((m, v.lower(), c) for m, values in given.get("codes", {}).items() for v, c in values.items())
    nothing = Received(Path(), "", None)
    header = tuple(printable(c.strip(), 80) for c in cells) if layout["header"] == "yes" else ()
    return Known(nothing, layout, columns, len(cells), "", 0, mark, header, codes=codes, mapped_on=given.get("saved", ""))


def _with_rows(known: Known, sheet: str) -> Known:
    """The rows in memory where DuckDB cannot read the file itself, with names merged where the layout says so."""
    received = known.received
    if received.text is None:
        rows = [row for row in dict(received.rows)[sheet][known.skip :] if any(row)]
        return replace(known, rows=[(row + [""] * known.fields)[: known.fields] for row in rows])
    encoding = received.encoding or known.layout["encoding"]
    merge = int(known.layout["merge"] or 0)
    if encoding == "utf-8" and not merge and not GLOB.intersection(str(received.path)):
        return known
    text = received.text if encoding == "utf-8" else received.text.encode("latin-1").decode(encoding, "replace")
    known = replace(known, received=replace(received, text=text, encoding=encoding))
    lines = io.StringIO("\n".join(line.rstrip("\r") for line in text.split("\n")[known.skip :]))
    return _merged(known, lines, merge)


def _merged(known: Known, lines: Iterable[str], merge: int) -> Known:
    """The rows of text; a row with one field too many has fields `merge` and `merge` + 1 joined. Raises Unread: ragged."""
    csv.field_size_limit(CSV_FIELD)
    rows, merged = [], 0
    try:
        for record, row in enumerate(filter(None, _reader(lines, known.delimiter)), start=1):
            if merge and len(row) == known.fields + 1:
                row[merge - 1 : merge + 1] = [",".join(row[merge - 1 : merge + 1])]
                merged += 1
            if len(row) != known.fields:
                raise Unread("ragged", record=record + known.skip)
            rows.append(row)
    except csv.Error:
        raise Unread("ragged", record=len(rows) + 1 + known.skip) from None
    return replace(known, rows=rows, merged=merged)
