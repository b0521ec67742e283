"""A table that is an exhibit by itself, without a figure: what a column holds is said once, beside its label."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components import tables
from components.exhibit import Column, Shown
from components.exhibits import sourcing
from components.i18n import _, number
from components.view import View


@dataclass(frozen=True)
class Part:
    """A column of a listing: its key in files, its label, and the text that it takes from an item."""

    key: str
    label: str
    of: Callable[[Any], str]
    kind: str = "text"


def listing(
    view: View,
    parts: Iterable[Part],
    items: Iterable[Any],
    caption: str,
    entity: Callable[[Any], str] | None = None,
    rows: Callable[[pd.DataFrame], pd.DataFrame] = lambda frame: frame,
    **shown: Any,
) -> Shown:
    """One row an item. `entity` makes the place column a link; `rows` turns the printed rows into those of the files."""
    parts, items = tuple(parts), list(items)
    columns = tuple(Column(p.key, p.label, p.kind) for p in parts)
    lines = [{p.key: p.of(item) for p in parts} | ({"entity": entity(item)} if entity else {}) for item in items]
    cut = lines[: tables.MOST_ROWS]
    more = _("The file has all %(n)s rows.") % {"n": number(len(lines))} if len(lines) > len(cut) else ""
    table, _cut = tables.plain(caption, columns, cut, more)
    return Shown(table=table, rows=lambda: rows(tables.plain(caption, columns, lines)[1]), build=sourcing.build_id(view), **shown)
