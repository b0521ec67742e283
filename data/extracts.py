"""From a loaded text table to a typed extract: the one path that the files of every kind take (data/kinds.py says what differs).

Works in one connection over `raw`. Raises Refused as soon as a step shows that the file may not be used.
"""

from hashlib import sha256
from pathlib import Path

import duckdb

from data import screen, sniff, sources, sql
from data.job import Job, Source
from data.kinds import KINDS
from data.problems import Finding, failure, passed, warning


def make(con: duckdb.DuckDBPyConnection, job: Job) -> None:
    """Cast, check, write and hash the file of a job; what comes of it goes to its outcome."""
    kind, family, outcome = KINDS[job.family.kind], job.family, job.outcome
    with outcome.step("load, cast and check rows"):
        outcome.add(_cut(kind.cast(con, job.match), job.text))
    with outcome.step("check the file"):
        year, release = sources.named_year(family, job.received.stem) or (None, 1)
        year = screen.year_of(con, family, year) if family.years else None
        outcome.findings += _of_the_text(job)
        for check in kind.checks:
            outcome.add(check(con, job.match, year or 0))
    with outcome.step("write extract"):
        select = kind.extract(family)
        sql.run(con, f"copy ({select}) to '{quoted(job.extract)}' (format parquet, compression zstd)")
    with outcome.step("hash content"):
        content = kind.content(con, family) if kind.content else sha256(repr(sql.run(con, select)).encode()).hexdigest()
    # In a string: a view takes no parameters.
    sql.run(con, f"create view extracted as select * from read_parquet('{quoted(job.extract)}')")
    used, counties = sql.run(con, sql.text("file_size").replace("count(*)", kind.used))[0]
    outcome.source = job.source(year=year, release=release, content_sha256=content, extract=job.extract, counties=counties)
    outcome.findings.append(_done(outcome.source, used))


def quoted(path: Path) -> str:
    """A path as it stands between the quotation marks of a SQL text."""
    return str(path.absolute()).replace("'", "''")


def _cut(found: list[Finding], text: sniff.Text) -> list[Finding]:
    """A fault in a last line that does not end is a file cut short."""
    if text.final_newline or not any(f.level == "FAIL" and f.line == text.lines for f in found):
        return found
    return [failure("cut_short", "The last line is not complete: the file was cut short. Download it again.", line=text.lines)]


def _of_the_text(job: Job) -> list[Finding]:
    out, dropped = [], len(job.match.dropped)
    if not job.text.final_newline:
        out.append(warning("no_final_newline", "The last line does not end; its row is complete, so it was used."))
    if job.match.reordered and job.family.kind == "counts":
        out.append(passed("columns_reordered", "The columns stand in another order than CDE's; they were matched by name."))
    if dropped:
        said = f"{dropped} columns that are not needed were left out before anything was stored."
        out.append(passed("columns_dropped", said, value=str(dropped)))
    return out


def _done(source: Source, used: int) -> Finding:
    family = sources.families[source.family]
    what = f"{family.title} {source.year - 1}-{source.year % 100:02d}" if source.year else family.title
    which = "by charter or DASS status, or repeated," if family.years else "repeated or left out"
    aside = f"; {source.rows - used:,} rows {which} are not needed" if source.rows != used else ""
    return passed(
        "read",
        f"{used:,} of {source.rows:,} rows of {what} were read (layout {source.layout}, {source.encoding}); "
        f"every row passed every check{aside}.",
        value=str(used),
    )
