"""Cards: named things in sections, each with what stands and what it waits for. Exhibits make them, printed.py prints."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """One thing. `facts` are what stands (title, value, tag, tag_kind, detail), `waiting` labels with a sentence each.

    `fold`: what is written on the fold that holds `waiting`.
    """

    title: str
    text: str
    facts: tuple[dict[str, str], ...] = ()
    waiting: tuple[tuple[str, str], ...] = ()
    fold: str = ""
    stands: bool = False


@dataclass(frozen=True)
class Section:
    """Cards under a heading."""

    title: str
    cards: tuple[Card, ...]
