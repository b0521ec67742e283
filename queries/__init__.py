"""The read side: every question is one `read/*.sql` file, and `run` is the one way to ask it.

Queries name what they ask for (`facts_by_place`, `facts_by_group`, `places`), not where it lies: the warehouse routes.
"""

from functools import cache
from pathlib import Path

import pandas as pd

from data import warehouse
from data.local import shelf
from queries.kept import Kept

READ = Path(__file__).parent / "read"
LOCAL = Path(__file__).parent / "local"
answers = Kept(48)
"""Answers of this process. The exhibits of one page ask the same questions at once."""


@cache
def text(name: str) -> str:
    """The SQL text of a query. Raises KeyError for a name that has no file."""
    path = READ / f"{name}.sql"
    if not name.isidentifier() or not path.is_file():
        raise KeyError(f"There is no query named {name!r} in queries/read/.")
    return path.read_text(encoding="utf-8")


def run(name: str, build: str | None = None, **params: object) -> pd.DataFrame:
    """Ask one question of one build (the current one by default). Columns and grain: the SQL file's first line.

    Raises warehouse.NoBuild when there is no build to ask, warehouse.Busy when the database is full or the query too slow.
    """
    build = (warehouse.open_build(build) if build else warehouse.current()).id
    key = (build, name, *((k, tuple(v) if isinstance(v, list) else v) for k, v in sorted(params.items())))
    frame = answers.get(key, lambda: warehouse.query(text(name), params, build))
    # Copy-on-write: whoever changes a column changes their own.
    return frame.copy(deep=False)


def manifest(build: str | None = None) -> dict:
    """The manifest of one build: its sources with hashes, its findings, years, families and step times."""
    return (warehouse.open_build(build) if build else warehouse.current()).manifest


@cache
def local_text(name: str) -> str:
    """The SQL text of a question about local data. Raises KeyError for a name that has no file."""
    path = LOCAL / f"{name}.sql"
    if not name.isidentifier() or not path.is_file():
        raise KeyError(f"There is no query named {name!r} in queries/local/.")
    return path.read_text(encoding="utf-8")


def local(name: str, **params: object) -> pd.DataFrame:
    """Ask one question of the local publications of this moment: `queries/local/<name>.sql`, over data/local/shelf.py.

    Raises shelf.Closed where local data are off, warehouse.Busy as `run`. Whether the reader may see them is asked before, with
    components.scope.local().
    """
    opened = shelf.current()
    key = ("local", opened.edition, name, *((k, tuple(v) if isinstance(v, list) else v) for k, v in sorted(params.items())))
    frame = answers.get(key, lambda: shelf.query(local_text(name), params, opened))
    return frame.copy(deep=False)
