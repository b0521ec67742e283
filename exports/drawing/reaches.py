"""What the data, the shapes and the labels of a figure ask of an axis that has no range of its own."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING

from exports.drawing import text
from exports.drawing.scales import Axis, Reach

if TYPE_CHECKING:
    from exports.drawing.frame import Frame

Found = dict[str, list[Reach]]


def of(frame: Frame) -> Found:
    """Axis -> what must have room on it. Axes with a range are left out."""
    free = {name: axis for name, axis in frame.axes.items() if "range" not in axis.spec and axis.shown}
    found: Found = defaultdict(list)
    if not free:
        return found
    for trace in frame.figure["data"]:
        if trace.get("type", "scatter") == "bar":
            _bars(trace, free, found)
        else:
            _points(trace, free, found)
    for shape in frame.layout.get("shapes", ()):
        for letter in "xy":
            axis = free.get(shape.get(f"{letter}ref", letter))
            if axis:
                found[axis.id] += [Reach(axis.within(shape[f"{letter}{end}"])) for end in "01"]
    for note in frame.layout.get("annotations", ()):
        _label(note, frame, free, found)
    return found


def _points(trace: dict, free: dict[str, Axis], found: Found) -> None:
    markers, words = "markers" in trace["mode"], "text" in trace["mode"]
    sizes = trace.get("marker", {}).get("size", 6) if markers else 0
    for letter in "xy":
        axis = free.get(trace.get(f"{letter}axis", letter))
        if axis is None:
            continue
        values = trace[letter]
        pads = sizes if isinstance(sizes, list) else [sizes] * len(values)
        shown = [(axis.within(v), pad / 2) for v, pad in zip(values, pads, strict=True) if v is not None]
        padded = letter == "y" or markers or words
        found[axis.id] += [Reach(v, pad, pad, padded) for v, pad in shown]
        bars = trace.get(f"error_{letter}")
        if bars:
            ends = zip(values, bars["array"], bars["arrayminus"], strict=True)
            reached = [end for v, up, low in ends if v is not None for end in (v + up, v - low)]
            found[axis.id] += [Reach(axis.within(end), padded=True) for end in reached]


def _bars(trace: dict, free: dict[str, Axis], found: Found) -> None:
    """Bars stand on zero; half a step stays beside the first and the last."""
    long, at = ("x", "y") if trace.get("orientation") == "h" else ("y", "x")
    values = free.get(trace.get(f"{long}axis", long))
    places = free.get(trace.get(f"{at}axis", at))
    if values:
        found[values.id] += [Reach(0.0), *(Reach(v, 0, 0, True) for v in trace[long] if v)]
    if places and trace[at]:
        ordered = sorted(trace[at])
        half = min((b - a for a, b in itertools.pairwise(ordered)), default=1.0) / 2
        found[places.id] += [Reach(ordered[0] - half), Reach(ordered[-1] + half)]


def _label(note: dict, frame: Frame, free: dict[str, Axis], found: Found) -> None:
    font = note.get("font", {})
    box = text.block(note["text"], font.get("size", frame.layout["font"]["size"]))
    for letter, long in (("x", box.width + 4), ("y", box.height + 4)):
        axis = free.get(note.get(f"{letter}ref", letter))
        if axis:
            part = {"left": 0, "top": 1, "right": 1, "bottom": 0}.get(note.get(f"{letter}anchor", ""), 0.5)
            shift = note.get(f"{letter}shift", 0)
            found[axis.id].append(Reach(note[letter], part * long - shift, (1 - part) * long + shift))
