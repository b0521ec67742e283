"""Reasons for absence as bars: one group of bars a reason, the place in navy and the places above it in grey."""

from textwrap import wrap

from components import facts
from components.figures import theme
from components.figures.named_bars import LONGEST, Bar, named_bars
from components.i18n import _
from data import registry


def reasons(rows: dict[str, list[dict]], entities: list[str], title: str) -> dict:
    """A figure of records by indicator, each list in the order of `entities` (the place first). A hidden share has no bar."""
    groups = [(_(registry.indicators[name].subject), [_bar(row, entities[0]) for row in found]) for name, found in rows.items()]
    names = [row["name"] for row in next(iter(rows.values()))]
    return named_bars(groups, title, _whose(names), tuple(names))


def _bar(row: dict, mine: str) -> Bar:
    """The label of a bar is its share, or why there is none."""
    own = row["entity"] == mine
    return Bar(row["rate"], facts.display(row), theme.NAVY if own else theme.BAR, theme.said_of(row), own)


def _whose(names: list[str]) -> tuple[str, ...]:
    """Which bar is whose, above the first reason: the order is the same at each."""
    first, *others = (theme.short(name, LONGEST - 12) for name in names)
    text = _("Dark: %(name)s. Pale: %(others)s") % {"name": first, "others": ", ".join(others)} if others else first
    return tuple(wrap(text, LONGEST)[:3])
