"""The fixed cube: from the typed tables of one connection to `counts`, by the steps of `reference/local/rollups.csv`.

Owns the order of `data/rollups/*.sql` and nothing of what they count. Each step is one SELECT; the same text runs natively and
in the browser, where `$year`, `$through` and `$today` are replaced by their literals instead of being bound.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

import duckdb
import pandas as pd

from data.registry import REFERENCE

ROLLUPS = REFERENCE.parent / "rollups"
LOCAL = REFERENCE / "local"
LISTS = ("bands", "groups", "service_categories")
"""Tables of `reference/local` that the steps join, under their own names."""


TYPED = {
    "members": "student bigint, school varchar, student_group varchar",
    "attendance": "student bigint, school varchar, month integer, kind varchar, expected bigint, attended bigint, "
    "excused bigint, unexcused bigint, suspended bigint, in_school bigint, incomplete bigint, exempt boolean",
    "days": "student bigint, school varchar, day date, code varchar",
    "discipline": "student bigint, school varchar, incident varchar, day date, result varchar, days bigint, defiance boolean",
    "services": "student bigint, headcount bigint, school varchar, day date, pillar varchar, category varchar, "
    "delivered boolean, "
    "quantity double, unit varchar, provider bigint, referral bigint, referred date, closed date, outcome varchar",
    "partners": "provider bigint, name varchar, school varchar, pillar varchar, category varchar",
    "feeds": "feed varchar, school varchar, records bigint, complete bigint",
    "calendar": "school varchar, day date",
}
"""What the steps read: table -> columns. The readers make these tables; `empty` makes them without rows."""


def _order() -> tuple[str, ...]:
    with (LOCAL / "rollups.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(r["name"] for r in sorted(csv.DictReader(handle), key=lambda r: int(r["order"])))


ORDER = _order()
"""The steps, in order. Each makes the table of its own name from one SELECT."""


@cache
def text(name: str) -> str:
    """The SQL text of `data/rollups/<name>.sql`."""
    return (ROLLUPS / f"{name}.sql").read_text(encoding="utf-8")


def roll(con: duckdb.DuckDBPyConnection, year: int, through: int, today: date) -> None:
    """Make the table `counts` from the typed tables of a connection, and drop what was made on the way.

    `year` is an ending year (2026), `through` the last closed month of it as yyyymm; records after it count nowhere. Raises
    ValueError for a month that lies in another school year or is not over on `today`.
    """
    if not (year - 1) * 100 + 7 <= through <= year * 100 + 6 or not 1 <= through % 100 <= 12:
        raise ValueError(f"month {through} is not in the school year that ends in {year}")
    if through >= today.year * 100 + today.month:
        raise ValueError(f"month {through} is not closed on {today}")
    load_lists(con)
    follow(con, ORDER, {"year": year, "through": through, "today": today})


def follow(con: duckdb.DuckDBPyConnection, names: Sequence[str], given: Mapping[str, object]) -> None:
    """Make the tables of some steps, in their order. Only the last one's stays: each other is dropped once no step reads it any
    more, since all of them are in memory.
    """
    last = {name: name for name in names}
    for name in names:
        last |= dict.fromkeys(reads(name), name)
    for name in names:
        run(con, f"create or replace table {name} as\n{text(name)}", given)
        for done in (d for d, by in last.items() if by == name and d != names[-1]):
            con.execute(f"drop table {done}")


def reads(name: str) -> set[str]:
    """The steps whose tables a step reads."""
    return set(re.findall(r"\b(?:from|join)\s+(\w+)", text(name))) & set(ORDER) - {name}


def run(con: duckdb.DuckDBPyConnection, statement: str, given: Mapping[str, object]) -> list[tuple]:
    """Run a statement with those of the given values that it names."""
    named = set(re.findall(r"\$(\w+)", statement))
    return con.execute(statement, {k: v for k, v in given.items() if k in named}).fetchall()


def load_lists(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of `LISTS`, every column text."""
    for name in LISTS:
        frame = pd.read_csv(LOCAL / f"{name}.csv", dtype=str, keep_default_na=False)
        con.register("listed", frame)
        con.execute(f"create or replace table {name} as select * from listed")
        con.unregister("listed")


def empty(con: duckdb.DuckDBPyConnection) -> None:
    """Make every typed table without rows."""
    for name, columns in TYPED.items():
        con.execute(f"create or replace table {name} ({columns})")


def bound(sql: str, given: Mapping[str, object]) -> str:
    """A text with the given values in the place of their names, as the browser does it: numbers bare, dates quoted."""
    literal = {k: f"date '{v}'" if isinstance(v, date) else str(v) for k, v in given.items()}
    return re.sub(r"\$(\w+)", lambda m: literal[m.group(1)], sql)
