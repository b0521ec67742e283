"""Where a figure's parts stand: margins that grow with labels, the pixels and the range of every axis."""

import itertools
from dataclasses import dataclass, field

from exports.drawing import legend, reaches, text
from exports.drawing.scales import Axis, Reach, reach, ticks

ROUNDS = 3
"""Margins follow from labels, labels from ranges, ranges from margins: after so many rounds nothing moves."""
PAD = 12


@dataclass
class Frame:
    """`left`, `top`, `wide`, `high`: the plot's own area, in pixels of the figure."""

    figure: dict
    width: float
    height: float
    left: float = 0.0
    top: float = 0.0
    wide: float = 1.0
    high: float = 1.0
    axes: dict[str, Axis] = field(default_factory=dict)

    @property
    def layout(self) -> dict:
        return self.figure["layout"]

    def axis(self, name: str | None, letter: str) -> Axis:
        return self.axes[name or letter]

    def area(self, x: Axis, y: Axis) -> tuple[float, float, float, float]:
        """Left, top, width and height of what two axes span."""
        return x.start, y.start, x.length, y.length


def framed(figure: dict, width: float, height: float) -> Frame:
    """The frame of a figure at a size in pixels."""
    frame = Frame(figure, width, height)
    layout = figure["layout"]
    used = {t.get(f"{letter}axis", letter) for t in figure["data"] for letter in "xy"}
    for name in [n for n in layout if n.startswith(("xaxis", "yaxis"))]:
        of = name.replace("axis", "")
        frame.axes[of] = Axis(of, layout[name])
    for of in sorted(used - set(frame.axes)):
        frame.axes[of] = Axis(of, {})
    margin = dict(layout["margin"])
    for _round in range(ROUNDS):
        _stand(frame, margin)
        found = reaches.of(frame)
        for axis in frame.axes.values():
            _scale(axis, found.get(axis.id, []))
        _match(frame)
        margin = _margins(frame, layout["margin"])
    _stand(frame, margin)
    _match(frame)
    return frame


def _stand(frame: Frame, margin: dict) -> None:
    frame.left, frame.top = margin["l"], margin["t"]
    frame.wide = max(10.0, frame.width - margin["l"] - margin["r"])
    frame.high = max(10.0, frame.height - margin["t"] - margin["b"])
    for axis in frame.axes.values():
        low, high = axis.spec.get("domain", (0, 1))
        if axis.letter == "x":
            axis.start, axis.length = frame.left + frame.wide * low, frame.wide * (high - low)
        else:
            axis.start, axis.length = frame.top + frame.high * (1 - high), frame.high * (high - low)


def _scale(axis: Axis, found: list[Reach]) -> None:
    given = axis.spec.get("range")
    axis.range = (float(given[0]), float(given[1])) if given else reach(axis, found)


def _match(frame: Frame) -> None:
    """One scale for both axes of a map: its area shrinks to the width, or shows more to both sides of its height."""
    for y in frame.axes.values():
        if "scaleanchor" not in y.spec:
            continue
        x = frame.axes[y.spec["scaleanchor"]]
        across, up = x.range[1] - x.range[0], y.spec["range"][1] - y.spec["range"][0]
        scale = min(x.length / across, y.length / up)
        x.start, x.length = x.start + (x.length - across * scale) / 2, across * scale
        more = (y.length / scale - up) / 2
        y.range = (y.spec["range"][0] - more, y.spec["range"][1] + more)


def _margins(frame: Frame, given: dict) -> dict:
    """The layout's margins, wider where the labels of an axis with automargin ask for more."""
    margin = dict(given)
    pad = min(PAD, *(given[side] for side in "lrtb"))
    for axis in frame.axes.values():
        if axis.shown and axis.spec.get("automargin"):
            side = {"left": "l", "top": "t", "bottom": "b"}[axis.side]
            margin[side] = max(margin[side], outside(axis) + pad)
    margin["b"] = max(margin["b"], legend.below(frame))
    return margin


def standoff(axis: Axis) -> float:
    """Pixels between an axis and its labels."""
    spec = axis.spec
    long = spec.get("ticklen", 5) if spec.get("ticks") == "outside" else 0
    size = spec.get("tickfont", {}).get("size", 12)
    return long + (0.2 * size if spec.get("ticks") == "outside" or spec.get("showline") else 0) + 0.5


def labels(axis: Axis) -> list[tuple[float, text.Block]]:
    """The ticks' values and their labels, none where the axis shows none."""
    if not axis.shown or not axis.spec.get("showticklabels", True):
        return []
    size = axis.spec.get("tickfont", {}).get("size", 14)
    return [(value, text.block(said, size)) for value, said in ticks(axis)]


def upright(axis: Axis) -> bool:
    """Whether the labels of a horizontal axis are turned, because they would touch if they lay."""
    if axis.letter != "x" or 90 not in axis.spec.get("autotickangles", ()):
        return False
    spans = sorted((axis.at(v) - b.width / 2, axis.at(v) + b.width / 2) for v, b in labels(axis))
    return any(b[0] < a[1] + 2 for a, b in itertools.pairwise(spans))


def depth(axis: Axis) -> float:
    """Pixels that the labels take away from the axis."""
    blocks = [b for _v, b in labels(axis)]
    if axis.letter == "y":
        inside = axis.spec.get("ticklabelposition", "").startswith("inside")
        return 0.0 if inside else max((b.width for b in blocks), default=0.0) + standoff(axis) + 1
    turned = upright(axis)
    return max((b.width if turned else b.height for b in blocks), default=0.0) + standoff(axis)


def outside(axis: Axis) -> float:
    """Pixels that labels and title take."""
    title = axis.spec.get("title")
    return depth(axis) + (1.3 * title["font"]["size"] + title.get("standoff", 4) if title and title["text"] else 0)
