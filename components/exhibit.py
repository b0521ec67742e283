"""Exhibit: one question answered once and printed many ways (screen, table, words, CSV, JSON).

An `Exhibit` is declared on a page; its `build(view, ask)` returns a `Shown`, which every door prints. Nothing here
touches Dash, SQL or statistics.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import pandas as pd

from components.view import View


class Unanswerable(ValueError):
    """The view asks for something that has no answer (no county chosen for "same county"). The text is a sentence."""


class SaidAbove(Unanswerable):
    """No answer for the reason that another exhibit of the page gives: the screen prints nothing more, a file the sentence."""


class Ask(Protocol):
    """Asks a query of the page's own build: `ask("trend", entities=[...], ...) -> DataFrame`."""

    def __call__(self, name: str, **params: object) -> pd.DataFrame: ...


@dataclass(frozen=True)
class Column:
    """A column of the accessible table. kind: text, number (tabular, right-aligned) or place (a link when `entity` is known)."""

    key: str
    label: str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """What stands behind a figure. `rows` hold display strings; 'entity' in a row makes its place column a link."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[dict[str, str], ...]
    more: str = ""


@dataclass(frozen=True)
class Shown:
    """A built exhibit. `figure` is a plain Plotly dict or None; `rows` makes what the files print.

    `provisional`: its numbers are a grantee's own, so every file says that they are not official; `partly_own`: some of them are.
    """

    key: str
    headline: str
    subtitle: str
    table: Table
    rows: Callable[[], pd.DataFrame]
    figure: dict | None = None
    words: tuple[str, ...] = ()
    source: str = ""
    notes: tuple[str, ...] = ()
    alt: str = ""
    why: tuple[tuple[str, str], ...] = ()
    build: str = ""
    provisional: bool = False
    partly_own: bool = False
    extra: dict = field(default_factory=dict)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The rows that the files print. Made when a file asks for them: a screen never needs ten thousand."""
        return self.rows()


@dataclass(frozen=True)
class Exhibit:
    """A declaration: its key in URLs and files, the builder, and the width it takes on the page (half or full).

    `title` stands over the sentence where there is no answer. A lead has none: the page says there what is missing.
    """

    key: str
    build: Callable[[View, Ask], Shown]
    width: str = "full"
    title: str = ""
