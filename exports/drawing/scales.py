"""Axes as numbers: from values to pixels, the range that data ask for, and the ticks. As Plotly reckons them."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10

AIR = 0.05
"""Part of an axis that stays free beyond padded data."""


@dataclass(frozen=True)
class Reach:
    """Something that an axis must show: a place on it, the pixels it takes before and after, and whether air stays beyond."""

    value: float
    before: float = 0.0
    after: float = 0.0
    padded: bool = False


@dataclass
class Axis:
    """`start` and `length` in pixels; `range` as the layout means it (powers of ten on a log axis)."""

    id: str
    spec: dict
    start: float = 0.0
    length: float = 1.0
    range: tuple[float, float] = (0.0, 1.0)

    @property
    def letter(self) -> str:
        return self.id[0]

    @property
    def shown(self) -> bool:
        return self.spec.get("visible", True)

    @property
    def side(self) -> str:
        return self.spec.get("side", "bottom" if self.letter == "x" else "left")

    def within(self, value: float) -> float:
        """A value's place in the range's own terms."""
        return log10(value) if self.spec.get("type") == "log" else value

    def part(self, fraction: float) -> float:
        """The pixel at a part of the axis's domain."""
        return self.start + self.length * (fraction if self.letter == "x" else 1 - fraction)

    def spot(self, place: float) -> float:
        """The pixel of a place in the range's terms."""
        low, high = self.range
        return self.part((place - low) / (high - low))

    def at(self, value: float) -> float:
        """The pixel of a value."""
        return self.spot(self.within(value))

    def holds(self, value: float) -> bool:
        low, high = sorted(self.range)
        tiny = (high - low) * 1e-6
        return low - tiny <= self.within(value) <= high + tiny


def reach(axis: Axis, found: Iterable[Reach]) -> tuple[float, float]:
    """The range in which everything found has its room."""
    air = AIR * axis.length
    lows: dict[float, float] = {}
    highs: dict[float, float] = {}
    for one in found:
        before, after = one.before + (air if one.padded else 0), one.after + (air if one.padded else 0)
        lows[before] = min(lows.get(before, one.value), one.value)
        highs[after] = max(highs.get(after, one.value), one.value)
    if not lows:
        return (0.0, 1.0) if axis.spec.get("rangemode") == "tozero" else (-1.0, 6.0)
    zero = axis.spec.get("rangemode") == "tozero" and axis.spec.get("type") != "log"
    least, most = min(lows.values()), max(highs.values())
    if least == most:
        return _alone(least, max(highs if least > 0 else lows), axis.length, zero)
    best = _widest(lows, highs, axis.length)
    if zero and best[0][0] >= 0:
        best = (0.0, 0.0), best[1]
    if zero and best[1][0] <= 0:
        best = best[0], (0.0, 0.0)
    (low, before), (high, after) = best
    each = (high - low) / max(axis.length - before - after, 1)
    return low - each * before, high + each * after


def _alone(value: float, pad: float, length: float, zero: bool) -> tuple[float, float]:
    if not zero:
        return value - 1, value + 1
    if value == 0:
        return 0.0, 1.0
    end = value / (1 - min(0.5, pad / length))
    return (0.0, end) if value > 0 else (end, 0.0)


def _widest(lows: dict[float, float], highs: dict[float, float], length: float):
    """The pair of ends, as (value, pad), that leaves the fewest pixels for a step of the scale."""
    best, most = ((min(lows.values()), 0.0), (max(highs.values()), 0.0)), 0.0
    for before, low in lows.items():
        for after, high in highs.items():
            room, span = length - before - after, high - low
            if span > 0 and room > length / 10 and span / room > most:
                best, most = ((low, before), (high, after)), span / room
            elif span > 0 and room <= length / 10 and span / length > most:
                best, most = ((low, 0.0), (high, 0.0)), span / length
    return best


def ticks(axis: Axis) -> list[tuple[float, str]]:
    """Values and labels in order along the axis. Labels are markup, "" where the axis has none."""
    spec = axis.spec
    if "tickvals" in spec:
        texts = spec.get("ticktext") or [written(v, spec.get("tickformat", ""), 1.0, 0) for v in spec["tickvals"]]
        return [(v, str(t)) for v, t in zip(spec["tickvals"], texts, strict=True) if axis.holds(v)]
    low, high = sorted(axis.range)
    step = _step(axis, high - low)
    power = _power(max(abs(low), abs(high)))
    first = -floor(-(low / step) + 1e-9)
    values = [i * step for i in range(first, floor(high / step + 1e-9) + 1)]
    texts = [written(v, spec.get("tickformat", ""), step, power) for v in values]
    suffix = spec.get("ticksuffix", "")
    every = spec.get("showticksuffix", "all") == "all"
    return [
        (v, t + (suffix if every or i == len(values) - 1 else "")) for i, (v, t) in enumerate(zip(values, texts, strict=True))
    ]


def _step(axis: Axis, span: float) -> float:
    """The round step nearest above the one asked for: 2, 5 or 10 of some power of ten."""
    least = 80 if axis.letter == "x" else 40
    count = axis.spec.get("nticks") or min(9, max(4, axis.length / least)) + 1
    rough = span / count
    base = 10.0 ** floor(log10(rough))
    return base * next(m for m in (2, 5, 10) if m >= rough / base or m == 10)


def _power(most: float) -> int:
    """Plotly writes 12000 as 12k: the thousands that are taken out of each number."""
    found = floor(log10(most) + 0.01) if most else 0
    return 3 * round((found - 1) / 3) if abs(found) > 3 else 0


def written(value: float, form: str, step: float, power: int) -> str:
    """A number of an axis."""
    if form == ",d":
        text = f"{round(value):,}"
    elif form == "~g" or not power or not value:
        decimals = max(0, -floor(log10(step) + 1e-9))
        text = f"{value:.6g}" if form == "~g" else f"{value:.{decimals}f}"
        text = f"{float(text):g}" if abs(float(text)) < 1e6 else text
    else:
        text = f"{value / 10**power:g}" + {3: "k", 6: "M", 9: "B"}[power]
    return text.replace("-", "−")
