"""A chart of a workbook before it is one: categories and series of plain numbers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Series:
    """Values by category; None where there is none. `lower`, `upper`: ends of the intervals, or empty.

    Of a funnel each series has values of its own to the right, `x`, and is drawn as dots or, with `joined`, as a line.
    """

    name: str
    values: tuple[float | None, ...]
    lower: tuple[float | None, ...] = ()
    upper: tuple[float | None, ...] = ()
    x: tuple[float, ...] = ()
    joined: bool = False


@dataclass(frozen=True)
class Drawn:
    """kind: "bars" (rows of names), "lines" (over time), "columns" (how many places), "funnel" (rate over size).

    `axis`: what the values are; `across`: what the categories are, or "".
    """

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    axis: str
    unit: str
    across: str = ""
