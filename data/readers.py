"""One file, from bytes to a typed extract: sniff, match the header, transcode, load as text, cast, check, write.

Every file has an in-memory DuckDB connection of its own that reaches nothing but the file's scratch folder.
"""

import csv
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

import duckdb

from data import counts, lists, screen, sniff, sources, sql, unpack, workbook
from data.problems import Finding, Refused, failure, passed, warning


_one_at_a_time = Lock()
"""Two threads that transcode wait for each other's Python more than they work; one that does beside one in DuckDB does not."""


@dataclass(frozen=True)
class Source:
    """A file that was read. `sha256` is of the bytes as received, `content_sha256` of what they say; `rows` are the file's lines without its header.

    `path` is the file as received (a member of an archive: its unpacked bytes). `personal`: the file holds names of people beside what
    was read, so its bytes must not be kept.
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
    extract: Path | None = None
    findings: list[Finding] = field(default_factory=list)
    steps: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.steps[name] = self.steps.get(name, 0.0) + time.perf_counter() - start


def read(received: unpack.Received, work: Path, threads: int, outcome: Outcome) -> None:
    """Read one file into `outcome`. Raises Refused at the first thing that makes going on pointless."""
    try:
        with _one_at_a_time, outcome.step("sniff and transcode"):
            readable, said = workbook.as_text(received, work)
            outcome.findings += said
            head = sniff.head_of(readable)
            sniff.refuse_what_is_no_text(head)
            header = sniff.header_of(head)
            delimiter = "\t" if "\t" in header else ","
            match = sources.match(next(csv.reader([header], delimiter=delimiter)) if delimiter == "," else header.split("\t"))
            _size(received.path, match.family)
            text = sniff.transcode(readable, work / "text", match.family.max_rows)
            if readable != received.path:
                text = replace(text, encoding="workbook", sha256=_digest(received.path), bytes=received.path.stat().st_size)
    except Refused as refused:
        if not any(f.code == "pupil_level" for f in refused.findings):
            outcome.source = _unread(received)
        raise
    outcome.source = _source(received, match, text)
    if match.family.kind == "counts" and delimiter == ",":
        raise Refused(failure("wrong_delimiter", "The columns are separated by ','; CDE's text files use tabs. Download the "
                                                 "file again.", line=1, value=","))
    if text.lines < 2:
        raise Refused(failure("no_rows", "The file has a header and not one row. Download it again."))
    con = _connect(work, threads)
    try:
        with _fields_as_the_header_says(match, text, delimiter):
            _load(con, match, text, delimiter)
            (_counts if match.family.kind == "counts" else _list)(con, received, match, text, work, outcome)
    finally:
        con.close()
        if text.path != received.path:
            text.path.unlink(missing_ok=True)


def _size(path: Path, family: sources.Family) -> None:
    size = path.stat().st_size
    if size > family.max_bytes:
        raise Refused(failure("too_many_rows", f"The file has {size / 1e6:,.0f} MB; a {family.title} file has less than "
                                               f"{family.max_bytes / 1e6:,.0f}. "
                              "It holds several times what it should. Download it again."))


def _unread(received: unpack.Received) -> Source:
    """A refused file as far as it is known: its name, size and hash."""
    return Source(received.name, "", None, 1, _digest(received.path), "", received.path.stat().st_size, 0, "", "", "", received.path)


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _source(received: unpack.Received, match: sources.Match, text: sniff.Text, **more) -> Source:
    family = match.family
    personal = family.kind == "directory" and any(sources.normal(h).startswith("adm") for h in match.dropped)
    known = {"name": received.name, "family": family.name, "year": None, "release": 1, "sha256": text.sha256, "content_sha256": "", "bytes": text.bytes,
             "rows": text.lines - 1, "encoding": text.encoding, "layout": match.layout, "landing": family.landing, "path": received.path, "personal": personal}
    return Source(**{**known, **more})


def _connect(work: Path, threads: int) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(config={"threads": threads, "memory_limit": "2GB", "temp_directory": str(work / "spill")})
    sql.run(con, f"set allowed_directories = ['{_quoted(work)}']")
    return con


def _load(con: duckdb.DuckDBPyConnection, match: sources.Match, text: sniff.Text, delimiter: str) -> None:
    """Make view `raw`: every field as text, under canonical names. Columns to drop are not loaded unless they have no name."""
    if delimiter == "\t" and text.tabs != (len(match.columns) - 1) * text.lines:
        raise Refused(screen.fields(text.path, match))
    names = [c or f"skip_{i}" for i, c in enumerate(match.columns)]
    wanted = [n for i, n in enumerate(names) if match.columns[i] or i in match.unnamed]
    columns = "{" + ", ".join(f"'{n}': 'varchar'" for n in names) + "}"
    quote = "" if delimiter == "\t" else '"'
    sql.run(con, f"""create view raw as select {", ".join(wanted)} from read_csv('{_quoted(text.path)}', columns = {columns}, auto_detect = false,
        delim = '{delimiter}', quote = '{quote}', escape = '{quote}', header = true, nullstr = '{sniff.NULL}', strict_mode = true,
        max_line_size = {2 * sniff.LONGEST_LINE})""")
    screen.unnamed(con, [names[i] for i in match.unnamed])


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


@contextmanager
def _fields_as_the_header_says(match: sources.Match, text: sniff.Text, delimiter: str) -> Iterator[None]:
    """Turn DuckDB's refusal of a line into ours."""
    try:
        yield
    except duckdb.InvalidInputException as error:
        if delimiter == "\t":
            raise Refused(screen.fields(text.path, match)) from error
        raise Refused(failure("bad_table", "A line does not have the fields of the header, or a quotation mark is not closed. "
                              "Save the list again as CSV.")) from error


def _counts(con: duckdb.DuckDBPyConnection, received: unpack.Received, match: sources.Match, text: sniff.Text, work: Path, outcome: Outcome) -> None:
    family = match.family
    rules = counts.rules(family, match.columns)
    with outcome.step("cast and check rows"):
        found = _cut(_typed(con, match, rules), text)
    if any(f.level == "FAIL" for f in found):
        raise Refused(*found)
    outcome.findings += found
    with outcome.step("check the file"):
        claimed = sources.named_year(family, received.stem)
        year = screen.year_of(con, family, claimed[0] if claimed else None)
        surplus, more = screen.duplicates(con, family)
        more += screen.complete(con) + screen.control(con, family) + screen.stars(con, family) + screen.names(con, "named", counts.IDENTITY)
        outcome.findings += more + _of_the_text(match, text)
        if any(f.level == "FAIL" for f in more):
            return
    with outcome.step("write extract"):
        outcome.extract = work / "extract.parquet"
        keep = "is_kept(level, charter, dass)"
        once = "qualify row_number() over (partition by level, entity, student_group order by charter = 'all', line) = 1" if surplus else ""
        select = f"from typed where {keep} {once}"
        _write(con, f"select {counts.extract_columns(family)} {select}", outcome.extract)
    with outcome.step("hash content"):
        content = counts.content(con, family)
    used, counties = sql.run(con, f"select count(*), (select count(distinct county) from named where level = 'school') from "
                                  f"typed where {keep}")[0]
    release = claimed[1] if claimed else 1
    outcome.source = _source(received, match, text, year=year, release=release, content_sha256=content, extract=outcome.extract, counties=counties)
    outcome.findings.append(_done(outcome.source, used - surplus))


def _typed(con: duckdb.DuckDBPyConnection, match: sources.Match, rules: list[screen.Rule]) -> list[Finding]:
    """Make tables `typed` and `named`. Only when a row is at fault are blanks cut off, then codes without their leading zeros padded."""
    sql.run(con, counts.types_sql(match.family) + counts.MACROS + counts.AS_IS)
    found = _cast(con, match, rules, repair=False)
    said = []
    if found:
        sql.run(con, counts.TRIM)
        found = _cast(con, match, rules, repair=False)
        said = [] if found else [warning("blanks_trimmed", "Blanks around values were cut off.")]
    if any(f.code == "bad_code" for f in found) and counts.repairable(con):
        found = _cast(con, match, rules, repair=True)
        said = [warning("codes_repaired", "Codes had lost their leading zeros (opened in a spreadsheet?); they were put back. "
                                          "Better: download the file again.")]
    sql.run(con, counts.named_sql())
    return [*said, *found]


def _cut(found: list[Finding], text: sniff.Text) -> list[Finding]:
    """A fault in a last line that does not end is a file cut short."""
    if text.final_newline or not any(f.level == "FAIL" and f.line == text.lines for f in found):
        return found
    return [failure("cut_short", "The last line is not complete: the file was cut short. Download it again.", line=text.lines)]


def _cast(con: duckdb.DuckDBPyConnection, match: sources.Match, rules: list[screen.Rule], repair: bool) -> list[Finding]:
    sql.run(con, counts.typed_sql(match.family, match.columns, rules, repair))
    return screen.faults(con, rules, match)


def _of_the_text(match: sources.Match, text: sniff.Text) -> list[Finding]:
    out = []
    if not text.final_newline:
        out.append(warning("no_final_newline", "The last line does not end; its row is complete, so it was used."))
    if match.reordered and match.family.kind == "counts":
        out.append(passed("columns_reordered", "The columns stand in another order than CDE's; they were matched by name."))
    if match.dropped:
        out.append(passed("columns_dropped", f"{len(match.dropped)} columns that are not needed were left out before anything "
                                             f"was stored.", value=str(len(match.dropped))))
    return out


def _done(source: Source, used: int) -> Finding:
    family = sources.families[source.family]
    what = f"{family.title} {source.year - 1}-{source.year % 100:02d}" if source.year else family.title
    aside = f"; {source.rows - used:,} rows by charter or DASS status, or repeated, are not needed" if source.rows != used else ""
    return passed("read", f"{used:,} of {source.rows:,} rows of {what} were read (layout {source.layout}, {source.encoding}); "
                          f"every row passed every check{aside}.",
                  value=str(used))


def _write(con: duckdb.DuckDBPyConnection, select: str, target: Path) -> None:
    sql.run(con, f"copy ({select}) to '{_quoted(target)}' (format parquet, compression zstd)")


def _list(con: duckdb.DuckDBPyConnection, received: unpack.Received, match: sources.Match, text: sniff.Text, work: Path, outcome: Outcome) -> None:
    sql.run(con, counts.MACROS + counts.TRIM + lists.MACROS)
    directory = match.family.kind == "directory"
    rules = lists.DIRECTORY_RULES if directory else lists.GRANTEE_RULES
    with outcome.step("cast and check rows"):
        sql.run(con, lists.directory_sql(set(match.columns), rules) if directory else lists.grantees_sql(rules))
        found = screen.faults(con, rules, match)
        if found:
            raise Refused(*found)
    columns = lists.DIRECTORY_COLUMNS if directory else lists.GRANTEE_COLUMNS
    with outcome.step("check the file"):
        outcome.findings += lists.checks(con, directory) + _of_the_text(match, text)
        if any(f.level == "FAIL" for f in outcome.findings):
            return
    with outcome.step("write extract"):
        outcome.extract = work / "extract.parquet"
        _write(con, f"select distinct {columns} from typed order by entity", outcome.extract)
    content = lists.content(con, columns)
    used = sql.one(con, f"select count(*) from (select distinct {columns} from typed)")
    outcome.source = _source(received, match, text, content_sha256=content, extract=outcome.extract)
    outcome.findings.append(_done(outcome.source, used))
