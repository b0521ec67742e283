"""What must be true of a build before anyone sees it, asked of the closed serving file opened anew."""

from pathlib import Path

import duckdb

from data import sql
from data.registry import indicators


class Broken(RuntimeError):
    """A build breaks a promise. The text names the promise and the count; it is a programmer's error, never bad input."""


def verify(file: Path) -> None:
    """Reopen a serving file read-only and ask every invariant. Raises Broken."""
    con = duckdb.connect(str(file), read_only=True)
    try:
        means = [i.name for i in indicators.values() if i.kind == "mean"]
        rows = sql.run(con, sql.text("invariants"), {"means": means})
    finally:
        con.close()
    broken = [f"{promise} ({count:,} times)" for promise, count in rows if count]
    if broken:
        raise Broken("The build was not published: " + "; ".join(broken) + ".")
