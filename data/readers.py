"""One file, from bytes to a loaded text table: sniff, match the header, transcode, load as text; the rest is data/extracts.py.

Every file has an in-memory DuckDB connection of its own that reaches nothing but the file's text and its scratch folder.
"""

import csv
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock

import duckdb

from data import extracts, faults, sniff, sources, sql, unpack, workbook
from data.extracts import quoted
from data.job import Job, Outcome, Source
from data.kinds import KINDS
from data.problems import Refused, failure

_one_at_a_time = Lock()
"""Two threads that transcode wait for each other's Python more than they work; one that does beside one in DuckDB does not."""


def read(received: unpack.Received, work: Path, outcome: Outcome) -> None:
    """Read one file into `outcome`. Raises Refused with everything that is wrong."""
    try:
        with _one_at_a_time, outcome.step("sniff and transcode"):
            job = _open(received, work, outcome)
    except Refused as refused:
        if not any(f.code == "pupil_level" for f in refused.findings):
            outcome.source = _unread(received)
        raise
    outcome.source = job.source()
    if KINDS[job.family.kind].tabs and job.delimiter == ",":
        raise Refused(
            failure(
                "wrong_delimiter",
                "The columns are separated by ','; CDE's text files use tabs. Download the file again.",
                line=1,
                value=",",
            )
        )
    if job.text.lines < 2:
        raise Refused(failure("no_rows", "The file has a header and not one row. Download it again."))
    con = _connect(job)
    try:
        with _fields_as_the_header_says(job):
            _load(con, job)
            extracts.make(con, job)
    finally:
        con.close()
        if job.text.path != received.path:
            job.text.path.unlink(missing_ok=True)


def _open(received: unpack.Received, work: Path, outcome: Outcome) -> Job:
    readable, said = workbook.as_text(received, work)
    outcome.findings += said
    head = sniff.head_of(readable)
    sniff.refuse_what_is_no_text(head)
    header = sniff.header_of(head)
    delimiter = "\t" if "\t" in header else ","
    match = sources.match(header.split("\t") if delimiter == "\t" else next(csv.reader([header])))
    _size(readable, match.family)
    text = sniff.transcode(readable, work / "text", match.family.max_rows)
    if readable != received.path:
        text = replace(text, encoding="workbook", sha256=_digest(received.path), bytes=received.path.stat().st_size)
    return Job(received, match, text, delimiter, work, outcome)


def _size(path: Path, family: sources.Family) -> None:
    size = path.stat().st_size
    if size > family.max_bytes:
        raise Refused(
            failure(
                "too_many_rows",
                f"The file has {size / 1e6:,.0f} MB; a {family.title} file has less than "
                f"{family.max_bytes / 1e6:,.0f}. It holds several times what it should. Download it again.",
            )
        )


def _unread(received: unpack.Received) -> Source:
    """A refused file as far as it is known: its name, size and hash."""
    size = received.path.stat().st_size
    return Source(received.name, "", None, 1, _digest(received.path), "", size, 0, "", "", "", received.path)


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _connect(job: Job) -> duckdb.DuckDBPyConnection:
    """One thread: with two, rows of one file land out of order, and a row's place is its line number."""
    con = duckdb.connect(config={"threads": 1, "memory_limit": "2GB", "temp_directory": str(job.work / "spill")})
    sql.run(con, f"set allowed_directories = ['{quoted(job.work)}']")
    sql.run(con, f"set allowed_paths = ['{quoted(job.text.path)}']")
    sql.run(con, "set enable_external_access = false")
    sql.run(con, "set lock_configuration = true")
    return con


def _load(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Make view `raw`: every field as text, under canonical names. Columns to drop are not loaded unless they have no name."""
    match, text = job.match, job.text
    if job.delimiter == "\t" and text.tabs != (len(match.columns) - 1) * text.lines:
        raise Refused(faults.fields(text.path, match))
    names = [c or f"skip_{i}" for i, c in enumerate(match.columns)]
    wanted = ", ".join(n for i, n in enumerate(names) if match.columns[i] or i in match.unnamed)
    columns = "{" + ", ".join(f"'{n}': 'varchar'" for n in names) + "}"
    quote = "" if job.delimiter == "\t" else '"'
    sql.run(
        con,
        f"""create view raw as select {wanted} from read_csv('{quoted(text.path)}', columns = {columns}, header = true,
        auto_detect = false, delim = '{job.delimiter}', quote = '{quote}', escape = '{quote}', nullstr = '{sniff.NULL}',
        strict_mode = true, max_line_size = {2 * sniff.LONGEST_LINE})""",
    )
    faults.unnamed(con, [names[i] for i in match.unnamed])


@contextmanager
def _fields_as_the_header_says(job: Job) -> Iterator[None]:
    """Turn DuckDB's refusal of a line into ours."""
    try:
        yield
    except duckdb.InvalidInputException as error:
        if job.delimiter == "\t":
            raise Refused(faults.fields(job.text.path, job.match)) from error
        raise Refused(
            failure(
                "bad_table",
                "A line does not have the fields of the header, or a quotation mark is not closed. Save the list again as CSV.",
            )
        ) from error
