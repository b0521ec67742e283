"""How this room runs its own SQL. DuckDB 2 keeps a connection busy until a result is read to its end, so every run is."""

from typing import Any

import duckdb

from data.registry import TABLES


def text(name: str) -> str:
    """The SQL text of `data/tables/<name>.sql`."""
    return (TABLES / f"{name}.sql").read_text(encoding="utf-8")


def run(con: duckdb.DuckDBPyConnection, sql: str, params: dict[str, Any] | None = None) -> list[tuple]:
    """Run SQL to its end and return its rows (DDL returns what DuckDB says of it)."""
    return (con.execute(sql, params) if params else con.execute(sql)).fetchall()


def one(con: duckdb.DuckDBPyConnection, sql: str, params: dict[str, Any] | None = None) -> Any:
    """The first value of the first row, or None."""
    rows = run(con, sql, params)
    return rows[0][0] if rows else None
