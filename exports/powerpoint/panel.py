"""What a figure holds, in words of its own: panels with axes, series of points, reference lines, grounds and texts."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Axis:
    """`low` and `high`: the range, or None where the figure leaves it open; `ticks`: position -> text, where it names them."""

    low: float | None
    high: float | None
    ticks: dict[float, str]
    bold: frozenset[float]
    tall: frozenset[float]
    suffix: str
    title: str
    log: bool
    visible: bool


@dataclass(frozen=True)
class Point:
    """A mark: its place, its horizontal or vertical interval, its look, the entity it stands for, what stands in it."""

    x: Any
    y: Any
    lower: float | None = None
    upper: float | None = None
    fill: str = ""
    edge: str = ""
    size: float = 0
    symbol: str = "circle"
    entity: str = ""
    text: str = ""


@dataclass(frozen=True)
class Series:
    """Points with one name. `lines` and `marks`: whether they are joined and marked. `None` in a list of points is a gap."""

    name: str
    points: list[Point | None]
    lines: bool
    marks: bool
    color: str
    width: float
    dash: str
    bars: bool = False
    across: bool = False


@dataclass(frozen=True)
class Rule:
    """A straight line over the whole panel at a value of an axis ("x" or "y"), with its name."""

    axis: str
    at: float
    name: str
    color: str
    dash: str


@dataclass(frozen=True)
class Ground:
    """A rectangle behind the points, in data of the panel; `part` of its height where it does not go over all of it."""

    x0: float
    x1: float
    y0: float | None
    y1: float | None
    fill: str
    part: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True)
class Note:
    """A text at a place. `y` is None where it stands at a part of the panel's height (`part`)."""

    x: float | None
    y: float | None
    lines: list[str]
    color: str
    bold: bool
    part: float = 0.0
    left: float = 0.0


@dataclass
class Panel:
    """What one pair of axes holds. `box`: left, top, right, bottom as parts of the figure."""

    x: Axis
    y: Axis
    box: tuple[float, float, float, float]
    title: str = ""
    series: list[Series] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    grounds: list[Ground] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    traces: list[dict] = field(default_factory=list)
