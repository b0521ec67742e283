"""What differs between the kinds of families: one row of KINDS for each. What is the same for all stands in data/extracts.py.

Every cast leaves `typed` (one row a line, `fault` the index of its first broken rule); every extract is one SELECT of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import duckdb

from data import (
    assistance,
    counts,
    dashboard,
    dashboard_levels,
    directory,
    faults,
    grantees,
    lists,
    region_lists,
    screen,
    sql,
    upc,
)
from data.faults import Rule
from data.problems import Finding
from data.sources import Family, Match

Connection = duckdb.DuckDBPyConnection
Check = Callable[[Connection, Match, int], list[Finding]]


@dataclass(frozen=True)
class Kind:
    """How the files of a kind are read.

    `cast` makes `typed` of `raw` and says what is wrong with single rows; `checks` say what only the whole file shows, each a
    step that the next one builds on; `extract` gives the SQL of what is kept, and `used` counts in it. `content` is the file's
    own hash of what it says; without one it is that of the extract. `tabs`: a file with commas was saved from a spreadsheet.
    """

    cast: Callable[[Connection, Match], list[Finding]]
    checks: tuple[Check, ...]
    extract: Callable[[Family], str]
    used: str = "count(*)"
    content: Callable[[Connection, Family], str] | None = None
    tabs: bool = True


def _cast(name: str, prepare: Callable[[Connection, Match], None], rules: Callable[[Match], Sequence[Rule]]):
    """A cast by data/tables/<name>.sql of what `prepare` makes ready. Blanks around values are cut off first."""

    def cast(con: Connection, match: Match) -> list[Finding]:
        checked = rules(match)
        sql.run(con, counts.MACROS + counts.TRIM)
        prepare(con, match)
        faults.typed(con, name, checked)
        return faults.faults(con, checked, match)

    return cast


def _names(con: Connection, match: Match, year: int) -> list[Finding]:
    return screen.names(con, "typed", tuple(counts.NAMES))


def _dashboard_rows(con: Connection, match: Match) -> None:
    sql.run(con, counts.types_sql(match.family))
    faults.whole_rows(con, match, school_type="")


def _list(name: str, rules: Sequence[Rule], rows: lists.List, **absent: str) -> Kind:
    def prepare(con: Connection, match: Match) -> None:
        sql.run(con, sql.text("list_macros"))
        faults.whole_rows(con, match, **absent)

    return Kind(
        cast=_cast(name, prepare, lambda match: rules),
        checks=(lambda con, match, year: rows.checks(con),),
        extract=lambda family: rows.extract,
        tabs=False,
    )


KINDS = {
    "counts": Kind(
        cast=counts.cast,
        checks=(screen.findings,),
        extract=counts.extract_sql,
        content=counts.content,
    ),
    "dashboard": Kind(
        cast=_cast("dashboard", _dashboard_rows, lambda match: dashboard.RULES),
        checks=(
            lambda con, match, year: dashboard.checks(con, match.family),
            _names,
            lambda con, match, year: dashboard_levels.findings(con, match.family, year, match.columns),
        ),
        extract=lambda family: sql.text("dashboard_extract"),
    ),
    "assistance": Kind(
        cast=_cast("assistance", assistance.prepare, assistance.rules),
        checks=(lambda con, match, year: assistance.checks(con, year),),
        extract=lambda family: sql.text("assistance_extract"),
        used="count(distinct entity)",
    ),
    "upc": Kind(
        cast=_cast("upc", lambda con, match: None, lambda match: upc.RULES),
        checks=(lambda con, match, year: upc.checks(con), _names),
        extract=lambda family: sql.text("upc_extract"),
    ),
    "directory": _list("directory", directory.RULES, directory.LIST),
    "grantees": _list("grantees", grantees.RULES, grantees.LIST, accept="yes"),
    "contacts": _list("contacts", region_lists.CONTACT_RULES, region_lists.CONTACTS),
    "events": _list("events", region_lists.EVENT_RULES, region_lists.EVENTS),
}
