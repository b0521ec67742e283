"""From received bytes to UTF-8 text: what a file is, how it is encoded, and one pass that hashes, checks and transcodes it.

Memory stays flat whatever the file's size: nothing here holds more than one chunk.
"""

import codecs
import hashlib
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from data.problems import Finding, Refused, failure

CHUNK = 1 << 17
LONGEST_LINE = 1 << 16
MOST_COLUMNS = 500
HEAD = 1 << 20

NULL = "\x01"
"""read_csv takes this for NULL, so that a blank cell stays a blank. A file that holds it is refused."""
GZIP = b"\x1f\x8b"
_UTF16 = "text saved as UTF-16", "utf16", 'The file is saved as UTF-16 ("Unicode text"). Save it as UTF-8, or download it again.'
MAGIC = (
    (b"PAR1", "a Parquet file", "parquet_upload", "This is a Parquet file. Readers bring text files only: download the .txt file "
                                                  "from CDE's page."),
    (b"SQLite format 3", "a database", "database_upload", "This is a database file. Readers bring text files only: download the "
                                                          ".txt file from CDE's page."),
    (b"%PDF", "a PDF document", "wrong_type", "This is a PDF document. Download the .txt file from CDE's page."),
    (b"\xd0\xcf\x11\xe0", "an old or password-protected workbook", "locked_workbook",
     "This is an old or password-protected workbook. Save the list without a password as .csv."),
    (b"version https://git-lfs", "a pointer to a file (git-lfs)", "lfs_pointer",
     "This is only a pointer to a file (git-lfs). Fetch the file itself."),
    (codecs.BOM_UTF16_LE, *_UTF16), (codecs.BOM_UTF16_BE, *_UTF16),
)  # fmt: skip
"""First bytes of what is no text, what it is, its finding's code and sentence."""


@dataclass(frozen=True)
class Text:
    """A file made readable. `path` is UTF-8 without a BOM; `lines` counts the header too, `tabs` every tab."""

    path: Path
    encoding: str
    sha256: str
    bytes: int
    lines: int
    tabs: int
    final_newline: bool
    mixed_line_ends: bool


def head_of(path: Path) -> bytes:
    with path.open("rb") as handle:
        return handle.read(HEAD)


def kind_of(path: Path) -> str:
    """What the first bytes say a file is: workbook, zip, gz or other."""
    with path.open("rb") as handle:
        head = handle.read(4)
    if head.startswith(GZIP):
        return "gz"
    if head not in (b"PK\x03\x04", b"PK\x05\x06"):
        return "other"
    try:
        with zipfile.ZipFile(path) as archive:
            return "workbook" if "[Content_Types].xml" in archive.namelist() else "zip"
    except (zipfile.BadZipFile, OSError):
        return "zip"


def refuse_what_is_no_text(head: bytes) -> None:
    """Raise Refused for an empty file and for what is recognizably no table in text form."""
    if is_empty(head):
        raise Refused(failure("empty", "The file is empty. Download it again."))
    for magic, _, code, sentence in MAGIC:
        if head.startswith(magic):
            raise Refused(failure(code, sentence))
    if head[8:12] == b"DUCK":
        raise Refused(failure("database_upload", "This is a database file. Readers bring text files only: download the .txt "
                                                 "file from CDE's page."))
    if is_web_page(head):
        raise Refused(failure("web_page", "This is a web page saved under a data file's name, often CDE's error page. "
                                          "Download the file again.", line=1))
    if b"\0" in head:
        line = head[: head.index(b"\0")].count(b"\n") + 1
        raise Refused(failure("nul_byte", f"Line {line} holds a NUL byte; the file is damaged or saved as UTF-16. Download it "
                                          f"again.", line=line))


def is_empty(head: bytes) -> bool:
    return not head.strip(b"\r\n\t \xef\xbb\xbf\0")


def is_web_page(head: bytes) -> bool:
    start = head[:200].removeprefix(codecs.BOM_UTF8)
    return bool(re.match(rb"\s*<(!doctype|html|\?xml|head|body)", start, re.IGNORECASE))


def header_of(head: bytes) -> str:
    """The first line as text. Raises Refused when it is longer or wider than any header can be."""
    body = head.removeprefix(codecs.BOM_UTF8)
    line = body.split(b"\n", 1)[0].rstrip(b"\r")
    columns = line.count(b"\t") + line.count(b",") + 1
    if columns > MOST_COLUMNS:
        raise Refused(failure("too_many_columns", f"The first line has {columns:,} columns or more; no file that can be read "
                                                  f"has over {MOST_COLUMNS}. "
                              "Download the file again.", line=1))
    if len(line) > LONGEST_LINE:
        raise Refused(_too_long(1))
    if b"\r" in line:
        raise Refused(_stray_return(1))
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def transcode(source: Path, target: Path, most_rows: int) -> Text:
    """Write `source` as UTF-8 to `target` (or point at `source` when it is that already). Raises Refused with the line."""
    with source.open("rb") as handle:
        bom = handle.read(3) == codecs.BOM_UTF8
    last: Refused | None = None
    for name, to_utf8 in (("utf-8", _from_utf8), ("cp1252", _from_cp1252)):
        try:
            return _pass(source, target, bom, name, to_utf8, most_rows)
        except UnicodeDecodeError as error:
            last = Refused(failure("bad_encoding", "The file is neither UTF-8 nor Windows-1252: byte "
                                   f"0x{error.object[error.start]:02X} means nothing. Download it again."))
    raise last or AssertionError


def _from_utf8(chunk: bytes) -> bytes:
    chunk.decode("utf-8")
    return chunk


def _from_cp1252(chunk: bytes) -> bytes:
    return chunk.decode("cp1252").encode("utf-8")


def _pass(source: Path, target: Path, bom: bool, encoding: str, to_utf8: Callable[[bytes], bytes], most_rows: int) -> Text:
    digest = hashlib.sha256()
    size = lines = tabs = returns = pairs = 0
    changed = bom or encoding != "utf-8"
    last, tail = b"\n", b""
    with source.open("rb") as read, target.open("wb") as write:
        if bom:
            digest.update(read.read(3))
            size = 3
        for chunk in _lines_of(read):
            digest.update(chunk)
            size += len(chunk)
            _check(chunk, lines)
            ends = chunk.count(b"\n")
            lines += ends
            tabs += chunk.count(b"\t")
            returned = chunk.count(b"\r")
            returns += returned
            # As many of one as of the other are taken for pairs: where they are not, the line does not parse.
            pairs += returned if returned == ends else chunk.count(b"\r\n") if returned else 0
            last = chunk[-1:]
            if lines > most_rows + 1:
                raise Refused(failure("too_many_rows", f"The file has more than {most_rows:,} rows, several times what such a "
                                                       f"file holds. "
                                      "Download it again.", line=lines))
            tail = chunk
            write.write(chunk if chunk.isascii() else to_utf8(chunk))
    if returns != pairs:
        raise Refused(_stray_return(_line_with_return(source)))
    mixed = pairs not in (0, lines)
    if mixed:
        _one_line_end(target)
    if not changed and not mixed:
        target.unlink()
        target = source
    ended = last == b"\n"
    lines -= max(tail[len(tail.rstrip(b"\r\n")):].count(b"\n") - 1, 0)  # blank lines at the end say nothing
    name = f"{encoding} with BOM" if bom else encoding
    return Text(target, name, digest.hexdigest(), size, lines + (not ended), tabs, ended, mixed)


def _lines_of(read: BufferedReader):
    """Chunks that end at a line end (but the last), so that no character and no line is cut."""
    while chunk := read.read(CHUNK):
        if not chunk.endswith(b"\n"):
            chunk += read.readline(LONGEST_LINE + 1)
        yield chunk


def _check(chunk: bytes, lines: int) -> None:
    for byte, name in ((b"\0", "NUL"), (NULL.encode(), "control")):
        if byte in chunk:
            line = lines + chunk[: chunk.index(byte)].count(b"\n") + 1
            raise Refused(failure("nul_byte", f"Line {line} holds a {name} byte; the file is damaged. Download it "
                                              f"again.", line=line))
    start = 0
    while len(chunk) - start > LONGEST_LINE:
        end = chunk.rfind(b"\n", start, start + LONGEST_LINE + 1)
        if end < 0:
            raise Refused(_too_long(lines + chunk[:start].count(b"\n") + 1))
        start = end + 1


def _too_long(line: int) -> Finding:
    return failure("line_too_long", f"Line {line} is longer than {LONGEST_LINE:,} characters; no line of such a file is. "
                   "Download it again.", line=line)


def _stray_return(line: int | None) -> Finding:
    return failure("stray_return", "A line holds a carriage return in its middle; the file is damaged or has line ends of a kind "
                   "that is not read. Download it again.", line=line)


def _line_with_return(path: Path) -> int | None:
    with path.open("rb") as handle:
        return next((n for n, line in enumerate(handle, start=1) if b"\r" in line.removesuffix(b"\n").removesuffix(b"\r")), None)


def _one_line_end(path: Path) -> None:
    """CRLF and LF stand side by side: make every line end LF, in place, a chunk at a time."""
    other = path.with_suffix(".lf")
    with path.open("rb") as read, other.open("wb") as write:
        for chunk in _lines_of(read):
            write.write(chunk.replace(b"\r\n", b"\n"))
    other.replace(path)
