"""The read side: every question is one `read/*.sql` file, and `run` is the one way to ask it.

Queries name what they ask for (`facts_by_place`, `facts_by_group`, `places`), not where it lies: the warehouse routes.
"""

from collections.abc import Callable
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
def text(name: str, folder: Path = READ) -> str:
    """The SQL text of a query. Raises KeyError for a name that has no file."""
    path = folder / f"{name}.sql"
    if not name.isidentifier() or not path.is_file():
        raise KeyError(f"There is no query named {name!r} in queries/{folder.name}/.")
    return path.read_text(encoding="utf-8")


def run(name: str, build: str | None = None, **params: object) -> pd.DataFrame:
    """Ask one question of one build (the current one by default). Columns and grain: the SQL file's first line.

    Raises warehouse.NoBuild when there is no build to ask, warehouse.Busy when the database is full or the query too slow.
    """
    build = (warehouse.open_build(build) if build else warehouse.current()).id
    return _kept(build, name, params, lambda: warehouse.query(text(name), params, build))


def once(name: str, build: str, **params: object) -> pd.DataFrame:
    """As `run`, for what is asked a single time: pages of the API would push the answers of readers' pages out."""
    return warehouse.query(text(name), params, build)


def local(name: str, **params: object) -> pd.DataFrame:
    """Ask one question of the local publications of this moment: `queries/local/<name>.sql`, over data/local/shelf.py.

    Raises shelf.Closed where local data are off, warehouse.Busy as `run`. Whether the reader may see them is asked before, with
    components.scope.local().
    """
    now = shelf.current()
    return _kept(f"local {now.edition}", name, params, lambda: shelf.query(text(name, LOCAL), params, now))


def manifest(build: str | None = None) -> dict:
    """The manifest of one build: its sources with hashes, its findings, years, families and step times."""
    return (warehouse.open_build(build) if build else warehouse.current()).manifest


def _kept(of: str, name: str, params: dict[str, object], ask: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    key = (of, name, *((k, tuple(v) if isinstance(v, list) else v) for k, v in sorted(params.items())))
    # Copy-on-write: whoever changes a column changes their own.
    return answers.get(key, ask).copy(deep=False)
