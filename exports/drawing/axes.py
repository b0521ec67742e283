"""Axes as SVG: grid, line, ticks, labels and title."""

from exports.drawing import text
from exports.drawing.frame import Frame, depth, labels, standoff, upright
from exports.drawing.lines import line
from exports.drawing.scales import Axis, ticks

GRID = "#eeeeee"
MIDDLE = 0.35
"""Of a size: how far below the middle of a line its letters stand."""


def grid(frame: Frame) -> str:
    """The lines of the grid, below everything; none along the edge of the plot."""
    return "".join(_grid(frame, axis) for axis in frame.axes.values() if axis.shown and axis.spec.get("showgrid", True))


def _grid(frame: Frame, axis: Axis) -> str:
    partner = _partner(frame, axis)
    color, wide = axis.spec.get("gridcolor", GRID), axis.spec.get("gridwidth", 1)
    out = []
    for value, _label in ticks(axis):
        at = axis.at(value)
        if min(at - axis.start, axis.start + axis.length - at) < 1:
            continue
        if axis.letter == "x":
            ends = (at, partner.start, at, partner.start + partner.length)
        else:
            ends = (partner.start, at, partner.start + partner.length, at)
        out.append(line(*ends, color, wide))
    return "".join(out)


def _partner(frame: Frame, axis: Axis) -> Axis:
    """The axis of the other letter that this one crosses."""
    other = "y" if axis.letter == "x" else "x"
    anchor = axis.spec.get("anchor", other)
    return frame.axis(None if anchor == "free" else anchor, other)


def drawn(frame: Frame) -> str:
    """Lines, ticks, labels and titles of all axes."""
    return "".join(_drawn(frame, axis) for axis in frame.axes.values() if axis.shown)


def _drawn(frame: Frame, axis: Axis) -> str:
    partner = _partner(frame, axis)
    if axis.spec.get("anchor") == "free":
        edge = frame.top + frame.high * (1 - axis.spec.get("position", 0))
    elif axis.letter == "x":
        edge = partner.start if axis.side == "top" else partner.start + partner.length
    else:
        edge = partner.start
    out = [_line(axis, edge) if axis.spec.get("showline") else "", _ticks(axis, edge)]
    color = axis.spec.get("tickfont", {}).get("color", frame.layout["font"]["color"])
    out += [_label(axis, edge, value, block, color) for value, block in labels(axis)]
    return "".join([*out, _title(frame, axis, edge)])


def _line(axis: Axis, edge: float) -> str:
    color, end = axis.spec.get("linecolor", "#444444"), axis.start + axis.length
    if axis.letter == "x":
        return line(axis.start, edge, end, edge, color, 1)
    return line(edge, axis.start, edge, end, color, 1)


def _ticks(axis: Axis, edge: float) -> str:
    color = axis.spec.get("tickcolor", "#444444")
    if axis.spec.get("ticks") != "outside" or color in ("rgba(0,0,0,0)", "#ffffff"):
        return ""
    far = edge + axis.spec.get("ticklen", 5) * (1 if axis.side == "bottom" else -1)
    spots = [axis.at(value) for value, _label in ticks(axis)]
    if axis.letter == "x":
        return "".join(line(at, edge, at, far, color, 1) for at in spots)
    return "".join(line(edge, at, far, at, color, 1) for at in spots)


def _label(axis: Axis, edge: float, value: float, block: text.Block, color: str) -> str:
    at, away, more = axis.at(value), standoff(axis), (len(block.lines) - 1) * text.LEADING * block.size
    if axis.letter == "y":
        if axis.spec.get("ticklabelposition") == "inside top":
            return text.draw(block, edge + 3.5, at - 0.35 * block.size, color)
        return text.draw(block, edge - away - 2.5, at + MIDDLE * block.size - more / 2, color, "right")
    if upright(axis):
        return _turned(axis, edge, at, away, block, color)
    if axis.side == "top":
        return text.draw(block, at, edge - away - 0.2 * block.size - more, color, "center")
    return text.draw(block, at, edge + away + block.size, color, "center")


def _turned(axis: Axis, edge: float, at: float, away: float, block: text.Block, color: str) -> str:
    """Labels a quarter to the right, side by side where they have two lines; they begin, or on top end, at the axis."""
    anchor = "right" if axis.side == "top" else "left"
    y = edge - away if axis.side == "top" else edge + away
    first = at - MIDDLE * block.size + (len(block.lines) - 1) * text.LEADING * block.size / 2
    lines = [text.Block((one,), block.size) for one in block.lines]
    return "".join(text.draw(b, first - i * text.LEADING * b.size, y, color, anchor, turned=90) for i, b in enumerate(lines))


def _title(frame: Frame, axis: Axis, edge: float) -> str:
    said = axis.spec.get("title")
    if not said or not said["text"]:
        return ""
    size = said["font"]["size"]
    block = text.block(said["text"], size)
    middle = axis.start + axis.length / 2
    away = depth(axis)
    if axis.letter == "x":
        at = edge + (away + said["standoff"] + 0.8 * size if "standoff" in said else max(10 + 3 * size, away + size))
        return text.draw(block, middle, min(at, frame.height - 2), said["font"]["color"], "center")
    at = edge - (away + said["standoff"] if "standoff" in said else max(10 + 2 * size, away + 6))
    return text.draw(block, max(at, size), middle, said["font"]["color"], "center", turned=-90)
