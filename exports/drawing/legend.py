"""The legend and the title of a figure as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exports.drawing import text
from exports.drawing.lines import dashes, line
from exports.drawing.marks import looks, mark

if TYPE_CHECKING:
    from exports.drawing.frame import Frame

SAMPLE, GAP = 30, 5
"""Pixels of an entry's sample, and around it."""
TITLE = 0.7
"""Of a size: from the top of a line to the foot of its capitals."""


def title(frame: Frame) -> str:
    """What the figure shows, in its upper left corner."""
    said = frame.layout.get("title")
    if not said or not said["text"]:
        return ""
    size, pad = said["font"]["size"], said.get("pad", {})
    return text.draw(text.block(said["text"], size), pad.get("l", 0), pad.get("t", 0) + TITLE * size + 0.5, said["font"]["color"])


def entries_of(frame: Frame) -> list[tuple[dict, text.Block]]:
    """The traces that have an entry, with its words."""
    if not frame.layout.get("showlegend"):
        return []
    spec = frame.layout["legend"]
    traces = [t for t in frame.figure["data"] if t.get("showlegend", True) and t.get("name")]
    if spec.get("traceorder") == "reversed":
        traces.reverse()
    size = spec.get("font", {}).get("size", 12)
    return [(t, text.block(t["name"], size)) for t in traces]


def below(frame: Frame) -> float:
    """Pixels that a legend takes below the plot; 0 where it stands elsewhere."""
    entries, spec = entries_of(frame), frame.layout.get("legend", {})
    under = entries and spec.get("y") == 0 and spec.get("yref", "paper") == "paper"
    return placed(entries, spec, frame)[1] if under else 0.0


def drawn(frame: Frame) -> str:
    """The entries of all traces that have one."""
    entries = entries_of(frame)
    if not entries:
        return ""
    spec = frame.layout["legend"]
    size = spec.get("font", {}).get("size", 12)
    wide, high, spots = placed(entries, spec, frame)
    left, top = _corner(frame, spec, wide)
    back = spec.get("bgcolor")
    out = [f"<rect{text.attributes(x=left, y=top, width=wide, height=high, fill=back)}/>"] if back else []
    color = frame.layout["font"]["color"]
    for (trace, block), (x, y) in zip(entries, spots, strict=True):
        out.append(_sample(trace, left + x + GAP, top + y))
        down = 0.35 * size - (len(block.lines) - 1) * text.LEADING * size / 2
        out.append(text.draw(block, left + x + SAMPLE + 2 * GAP, top + y + down, color))
    return f'<g class="legend">{"".join(out)}</g>'


def placed(entries: list, spec: dict, frame: Frame) -> tuple[float, float, list[tuple[float, float]]]:
    """Width, height, and the left middle of each entry: one below the other, or in rows."""
    size = spec.get("font", {}).get("size", 12)
    deep = [max(16.0, len(b.lines) * text.LEADING * size) + 3 for _t, b in entries]
    longs = [SAMPLE + 3 * GAP + b.width for _t, b in entries]
    room = frame.width if spec.get("xref") == "container" else frame.wide
    if spec.get("orientation", "v") == "v":
        tops = [GAP + sum(deep[:i]) for i in range(len(deep))]
        return max(longs), sum(deep) + 2 * GAP, [(0, t + d / 2) for t, d in zip(tops, deep, strict=True)]
    column = 0.0 if sum(longs) + GAP * (len(longs) - 1) <= room else max(longs) + GAP
    spots, x, y = [], 0.0, GAP
    for long in longs:
        if x and x + (column or long) > room + 1:
            x, y = 0.0, y + deep[0]
        spots.append((x, y + deep[0] / 2))
        x += column or long + GAP
    return max(s[0] + long for s, long in zip(spots, longs, strict=True)), y + deep[0] + GAP, spots


def _corner(frame: Frame, spec: dict, wide: float) -> tuple[float, float]:
    x, y = spec["x"], spec["y"]
    across = frame.width * x if spec.get("xref") == "container" else frame.left + frame.wide * x
    down = frame.height * (1 - y) if spec.get("yref") == "container" else frame.top + frame.high * (1 - y)
    return across - (wide if spec.get("xanchor") == "right" else 0), down


def _sample(trace: dict, x: float, y: float) -> str:
    """A short line, a marker, or both."""
    out = ""
    if "lines" in trace["mode"]:
        of = trace.get("line", {})
        wide = min(10, of.get("width", 2))
        out += line(x, y, x + SAMPLE, y, of.get("color", "#444444"), wide, dashes(of.get("dash"), wide))
    if "markers" in trace["mode"]:
        symbol, size, *look = looks(trace, len(trace["x"]))[0]
        out += mark(symbol, x + SAMPLE / 2, y, min(16, max(2, size)), *look)
    return out.replace(' class="mark"', "")
