"""One file, from bytes to a typed extract: sniff, match the header, transcode, load as text, cast, check, write.

Every file has an in-memory DuckDB connection of its own that reaches nothing but the file's text and its scratch folder.
"""

import csv
import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

import duckdb

from data import (
    assistance,
    counts,
    dashboard,
    dashboard_levels,
    faults,
    lists,
    screen,
    sniff,
    sources,
    sql,
    unpack,
    upc,
    workbook,
)
from data.problems import Finding, Refused, failure, passed, warning

_one_at_a_time = Lock()
"""Two threads that transcode wait for each other's Python more than they work; one that does beside one in DuckDB does not."""


@dataclass(frozen=True)
class Source:
    """A file that was read. `rows` are its lines without the header.

    `sha256` is of the bytes as received, `content_sha256` of what they say. `path` is the file as received (a member of an
    archive: its unpacked bytes). `personal`: it holds names of people beside what was read, so its bytes must not be kept.
    """

    name: str
    family: str
    year: int | None
    release: int
    sha256: str
    content_sha256: str
    bytes: int
    rows: int
    encoding: str
    layout: str
    landing: str
    path: Path
    extract: Path | None = None
    counties: int = 0
    personal: bool = False


@dataclass
class Outcome:
    """What came of one file. A refused file has a source as soon as its bytes were hashed, and no extract."""

    source: Source | None = None
    findings: list[Finding] = field(default_factory=list)
    steps: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.steps[name] = self.steps.get(name, 0.0) + time.perf_counter() - start

    def add(self, findings: Sequence[Finding]) -> None:
        """Keep findings; raise Refused when one of them refuses the file."""
        if any(f.level == "FAIL" for f in findings):
            raise Refused(*findings)
        self.findings += findings


@dataclass(frozen=True)
class _Job:
    """One file on its way: what it is, its text, where its extract goes."""

    received: unpack.Received
    match: sources.Match
    text: sniff.Text
    delimiter: str
    work: Path
    outcome: Outcome

    @property
    def family(self) -> sources.Family:
        return self.match.family

    @property
    def extract(self) -> Path:
        return self.work / "extract.parquet"

    def source(self, **more) -> Source:
        personal = self.family.kind == "directory" and any(sources.normal(h).startswith("adm") for h in self.match.dropped)
        plain = Source(
            name=self.received.name,
            family=self.family.name,
            year=None,
            release=1,
            sha256=self.text.sha256,
            content_sha256="",
            bytes=self.text.bytes,
            rows=self.text.lines - 1,
            encoding=self.text.encoding,
            layout=self.match.layout,
            landing=self.family.landing,
            path=self.received.path,
            personal=personal,
        )
        return replace(plain, **more)


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
    if job.family.kind in ("counts", "dashboard", "assistance", "upc") and job.delimiter == ",":
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
            READERS.get(job.family.kind, _list)(con, job)
    finally:
        con.close()
        if job.text.path != received.path:
            job.text.path.unlink(missing_ok=True)


def _open(received: unpack.Received, work: Path, outcome: Outcome) -> _Job:
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
    return _Job(received, match, text, delimiter, work, outcome)


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


def _connect(job: _Job) -> duckdb.DuckDBPyConnection:
    """One thread: with two, rows of one file land out of order, and a row's place is its line number."""
    con = duckdb.connect(config={"threads": 1, "memory_limit": "2GB", "temp_directory": str(job.work / "spill")})
    sql.run(con, f"set allowed_directories = ['{_quoted(job.work)}']")
    sql.run(con, f"set allowed_paths = ['{_quoted(job.text.path)}']")
    sql.run(con, "set enable_external_access = false")
    sql.run(con, "set lock_configuration = true")
    return con


def _load(con: duckdb.DuckDBPyConnection, job: _Job) -> None:
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
        f"""create view raw as select {wanted} from read_csv('{_quoted(text.path)}', columns = {columns}, header = true,
        auto_detect = false, delim = '{job.delimiter}', quote = '{quote}', escape = '{quote}', nullstr = '{sniff.NULL}',
        strict_mode = true, max_line_size = {2 * sniff.LONGEST_LINE})""",
    )
    faults.unnamed(con, [names[i] for i in match.unnamed])


def _quoted(path: Path) -> str:
    return str(path.absolute()).replace("'", "''")


@contextmanager
def _fields_as_the_header_says(job: _Job) -> Iterator[None]:
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


def _counts(con: duckdb.DuckDBPyConnection, job: _Job) -> None:
    family, outcome = job.family, job.outcome
    with outcome.step("load, cast and check rows"):
        outcome.add(_cut(_typed(con, job.match), job.text))
    with outcome.step("check the file"):
        year, release = sources.named_year(family, job.received.stem) or (None, 1)
        year = screen.year_of(con, family, year)
        surplus, said = screen.duplicates(con, family)
        outcome.add(
            [
                *said,
                *screen.complete(con),
                *screen.control(con, family),
                *screen.stars(con, family),
                *screen.names(con, "named", tuple(counts.NAMES)),
                *_of_the_text(job),
            ]
        )
        outcome.findings.append(
            passed(
                "rows_sound",
                "Every code, student group and number of every row is sound, and every rate follows from its counts.",
                value=str(job.text.lines - 1),
            )
        )
    with outcome.step("write extract"):
        _write(con, counts.extract_sql(family, once=bool(surplus)), job.extract)
    with outcome.step("hash content"):
        content = counts.content(con, family)
    used, counties = counts.size(con)
    outcome.source = job.source(year=year, release=release, content_sha256=content, extract=job.extract, counties=counties)
    outcome.findings.append(_done(outcome.source, used - surplus))


def _typed(con: duckdb.DuckDBPyConnection, match: sources.Match) -> list[Finding]:
    """Make `typed` and `named`. Only when a row is at fault are blanks cut off, and then codes padded that lost their zeros."""
    rules = counts.rules(match.family, match.columns)

    def cast(repair: bool = False) -> list[Finding]:
        sql.run(con, counts.typed_sql(match.family, match.columns, rules, repair))
        return faults.faults(con, rules, match)

    sql.run(con, counts.types_sql(match.family) + counts.MACROS + counts.AS_IS)
    found, said = cast(), []
    if found:
        sql.run(con, counts.TRIM)
        found = cast()
        said = [] if found else [warning("blanks_trimmed", "Blanks around values were cut off.")]
    if any(f.code == "bad_code" for f in found) and counts.repairable(con):
        found = cast(repair=True)
        said = [
            warning(
                "codes_repaired",
                "Codes had lost their leading zeros (opened in a spreadsheet?); they were put back. "
                "Better: download the file again.",
            )
        ]
    sql.run(con, sql.text("file_places"))
    return [*said, *found]


def _cut(found: list[Finding], text: sniff.Text) -> list[Finding]:
    """A fault in a last line that does not end is a file cut short."""
    if text.final_newline or not any(f.level == "FAIL" and f.line == text.lines for f in found):
        return found
    return [failure("cut_short", "The last line is not complete: the file was cut short. Download it again.", line=text.lines)]


def _of_the_text(job: _Job) -> list[Finding]:
    out, dropped = [], len(job.match.dropped)
    if not job.text.final_newline:
        out.append(warning("no_final_newline", "The last line does not end; its row is complete, so it was used."))
    if job.match.reordered and job.family.kind == "counts":
        out.append(passed("columns_reordered", "The columns stand in another order than CDE's; they were matched by name."))
    if dropped:
        out.append(
            passed(
                "columns_dropped",
                f"{dropped} columns that are not needed were left out before anything was stored.",
                value=str(dropped),
            )
        )
    return out


def _done(source: Source, used: int) -> Finding:
    family = sources.families[source.family]
    what = f"{family.title} {source.year - 1}-{source.year % 100:02d}" if source.year else family.title
    aside = f"; {source.rows - used:,} rows by charter or DASS status, or repeated, are not needed" if source.rows != used else ""
    return passed(
        "read",
        f"{used:,} of {source.rows:,} rows of {what} were read (layout {source.layout}, {source.encoding}); "
        f"every row passed every check{aside}.",
        value=str(used),
    )


def _write(con: duckdb.DuckDBPyConnection, select: str, target: Path) -> None:
    sql.run(con, f"copy ({select}) to '{_quoted(target)}' (format parquet, compression zstd)")


def _dashboard(con: duckdb.DuckDBPyConnection, job: _Job) -> None:
    family, outcome = job.family, job.outcome
    with outcome.step("load, cast and check rows"):
        sql.run(con, counts.types_sql(family) + counts.MACROS + counts.TRIM + dashboard.MACROS)
        dashboard.prepare(con, family, job.match.columns)
        outcome.add(_cut(faults.faults(con, dashboard.RULES, job.match), job.text))
    with outcome.step("check the file"):
        year, release = sources.named_year(family, job.received.stem) or (None, 1)
        year = screen.year_of(con, family, year)
        outcome.add([*dashboard.checks(con, family), *screen.names(con, "typed", tuple(counts.NAMES)), *_of_the_text(job)])
    with outcome.step("work levels out again"):
        outcome.add(dashboard_levels.findings(con, family, year, job.match.columns))
    with outcome.step("write extract"):
        _write(con, sql.text("dashboard_extract"), job.extract)
    used, counties = dashboard.size(con)
    outcome.source = job.source(
        year=year, release=release, content_sha256=dashboard.content(con), extract=job.extract, counties=counties
    )
    outcome.findings.append(_done(outcome.source, used))


def _assistance(con: duckdb.DuckDBPyConnection, job: _Job) -> None:
    family, outcome = job.family, job.outcome
    rules = assistance.rules(family, job.match.columns)
    with outcome.step("load, cast and check rows"):
        sql.run(con, counts.MACROS + counts.TRIM + assistance.MACROS)
        assistance.prepare(con, family, job.match.columns, rules)
        outcome.add(_cut(faults.faults(con, rules, job.match), job.text))
    with outcome.step("check the file"):
        year, release = sources.named_year(family, job.received.stem) or (None, 1)
        year = screen.year_of(con, family, year)
        outcome.add([*assistance.checks(con, year), *_of_the_text(job)])
    with outcome.step("write extract"):
        _write(con, sql.text("assistance_extract"), job.extract)
    used, counties = assistance.size(con)
    outcome.source = job.source(
        year=year, release=release, content_sha256=assistance.content(con), extract=job.extract, counties=counties
    )
    outcome.findings.append(_done(outcome.source, used))


def _upc(con: duckdb.DuckDBPyConnection, job: _Job) -> None:
    family, outcome = job.family, job.outcome
    with outcome.step("load, cast and check rows"):
        sql.run(con, counts.MACROS + counts.TRIM + upc.MACROS)
        upc.prepare(con)
        outcome.add(_cut(faults.faults(con, upc.RULES, job.match), job.text))
    with outcome.step("check the file"):
        year, release = sources.named_year(family, job.received.stem) or (None, 1)
        year = screen.year_of(con, family, year)
        outcome.add([*upc.checks(con), *screen.names(con, "typed", tuple(counts.NAMES)), *_of_the_text(job)])
    with outcome.step("write extract"):
        _write(con, sql.text("upc_extract"), job.extract)
    used, counties = upc.size(con)
    outcome.source = job.source(
        year=year, release=release, content_sha256=upc.content(con), extract=job.extract, counties=counties
    )
    outcome.findings.append(_done(outcome.source, used))


READERS = {"counts": _counts, "dashboard": _dashboard, "assistance": _assistance, "upc": _upc}
"""What casts and checks a file, by its family's kind; the others are lists."""


def _list(con: duckdb.DuckDBPyConnection, job: _Job) -> None:
    outcome, directory = job.outcome, job.family.kind == "directory"
    rules = lists.DIRECTORY_RULES if directory else lists.GRANTEE_RULES
    columns = lists.DIRECTORY_COLUMNS if directory else lists.GRANTEE_COLUMNS
    present = set(job.match.columns)
    with outcome.step("load, cast and check rows"):
        sql.run(con, counts.MACROS + counts.TRIM + lists.MACROS)
        sql.run(con, lists.directory_sql(present, rules) if directory else lists.grantees_sql(rules, present))
        outcome.add(faults.faults(con, rules, job.match))
    with outcome.step("check the file"):
        outcome.add([*lists.checks(con, directory), *_of_the_text(job)])
    with outcome.step("write extract"):
        _write(con, f"select distinct {columns} from typed order by entity", job.extract)
    used = sql.one(con, f"select count(*) from (select distinct {columns} from typed)")
    outcome.source = job.source(content_sha256=lists.content(con, columns), extract=job.extract)
    outcome.findings.append(_done(outcome.source, used))
