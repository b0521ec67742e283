"""Shapes and annotations as SVG."""

from exports.drawing import text
from exports.drawing.frame import Frame
from exports.drawing.lines import dashes, line
from exports.drawing.scales import Axis

EDGE = 2
"""Pixels around the words of an annotation."""


def drawn(frame: Frame, layer: str) -> str:
    """The shapes of a layer: "below" the traces or "above" them."""
    return "".join(_shape(frame, s) for s in frame.layout.get("shapes", ()) if s.get("layer", "above") == layer)


def _spot(frame: Frame, ref: str, letter: str, value: float) -> float:
    """The pixel of a position: on the paper, a part of an axis's domain, or a place on the axis."""
    if ref == "paper":
        return frame.left + frame.wide * value if letter == "x" else frame.top + frame.high * (1 - value)
    name, _space, domain = ref.partition(" ")
    axis = frame.axes[name]
    return axis.part(value) if domain else axis.spot(value)


def _ends(frame: Frame, shape: dict, letter: str) -> tuple[float, float]:
    """Both ends of a shape, cut to its axis. Shapes hold values; annotations hold places."""
    ref = shape.get(f"{letter}ref", letter)
    values = [shape[f"{letter}{i}"] for i in "01"]
    axis = frame.axes.get(ref)
    if axis is None:
        return tuple(_spot(frame, ref, letter, v) for v in values)  # type: ignore[return-value]
    return tuple(min(max(axis.at(v), axis.start), axis.start + axis.length) for v in values)  # type: ignore[return-value]


def _seen(axis: Axis | None, ends: list[float]) -> bool:
    """Whether any part lies inside the axis."""
    low, high = sorted(axis.range) if axis else (0, 0)
    return axis is None or (max(ends) >= low and min(ends) <= high)


def _shape(frame: Frame, shape: dict) -> str:
    for letter in "xy":
        axis = frame.axes.get(shape.get(f"{letter}ref", letter))
        if axis and not _seen(axis, [axis.within(shape[f"{letter}{i}"]) for i in "01"]):
            return ""
    (x0, x1), (y0, y1) = _ends(frame, shape, "x"), _ends(frame, shape, "y")
    edge = shape.get("line", {})
    wide = edge.get("width", 2)
    if shape["type"] == "line":
        return line(x0, y0, x1, y1, edge.get("color", "#444444"), wide, dashes(edge.get("dash"), wide))
    box = text.attributes(
        x=min(x0, x1),
        y=min(y0, y1),
        width=abs(x1 - x0),
        height=abs(y1 - y0),
        fill=shape.get("fillcolor", "none"),
        stroke=edge.get("color") if wide else None,
        stroke_width=wide or None,
    )
    return f"<rect{box}/>"


def notes(frame: Frame) -> str:
    """The annotations, above everything."""
    return "".join(_note(frame, note) for note in frame.layout.get("annotations", ()))


def _note(frame: Frame, note: dict) -> str:
    font = note.get("font", {})
    size = font.get("size", frame.layout["font"]["size"])
    color = font.get("color", frame.layout["font"]["color"])
    block = text.block(note["text"], size)
    wide, high = block.width + 2 * EDGE, block.height + 2 * EDGE
    for letter in "xy":
        axis = frame.axes.get(note.get(f"{letter}ref", letter))
        if axis and "range" in axis.spec and not _seen(axis, [note[letter]]):
            return ""
    left = _spot(frame, note.get("xref", "x"), "x", note["x"]) - wide * _share(note, "x") + note.get("xshift", 0)
    top = _spot(frame, note.get("yref", "y"), "y", note["y"]) - high * _share(note, "y") - note.get("yshift", 0)
    ground = note.get("bgcolor")
    back = f"<rect{text.attributes(x=left + 1, y=top + 1, width=wide - 2, height=high - 2, fill=ground)}/>" if ground else ""
    align = note.get("align", "center")
    x = left + EDGE + {"left": 0, "center": 0.5, "right": 1}[align] * block.width
    return back + text.draw(block, x, top + EDGE + text.ASCENT * size, color, align)


def _share(note: dict, letter: str) -> float:
    """The part of its size by which a label lies left of, or above, its position."""
    given = note.get(f"{letter}anchor", "auto")
    if given != "auto":
        return {"left": 0, "top": 0, "center": 0.5, "middle": 0.5, "right": 1, "bottom": 1}[given]
    ref = note.get(f"{letter}ref", letter)
    if ref != "paper" and "domain" not in ref:
        return 0.5
    along = note[letter] if letter == "x" else 1 - note[letter]
    return 0 if along < 1 / 3 else 1 if along > 2 / 3 else 0.5
