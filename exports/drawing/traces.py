"""Traces as SVG: filled shapes, intervals, lines with their gaps, markers, words, bars."""

from exports.drawing import text
from exports.drawing.frame import Frame
from exports.drawing.lines import dashes
from exports.drawing.marks import each, looks, mark
from exports.drawing.scales import Axis

PAD = 3
"""Pixels between a bar and its words."""


def drawn(frame: Frame) -> str:
    """All traces: bars first, then the others in order."""
    bars = [t for t in frame.figure["data"] if t.get("type", "scatter") == "bar"]
    rest = [t for t in frame.figure["data"] if t.get("type", "scatter") == "scatter"]
    return "".join([*(_bars(frame, t) for t in bars), *(_scatter(frame, t) for t in rest)])


def clipped(inner: str, area: tuple[float, float, float, float]) -> str:
    """What is outside an area is cut: an <svg> within the <svg> needs no name that another drawing on the page could have."""
    x, y, wide, high = (text.number(v) for v in area)
    box = f'x="{x}" y="{y}" width="{wide}" height="{high}" viewBox="{x} {y} {wide} {high}"'
    return f'<svg {box} overflow="hidden">{inner}</svg>' if inner else ""


def _scatter(frame: Frame, trace: dict) -> str:
    x, y = frame.axis(trace.get("xaxis"), "x"), frame.axis(trace.get("yaxis"), "y")
    xs = [None if v is None else x.at(v) for v in trace["x"]]
    ys = [None if v is None else y.at(v) for v in trace["y"]]
    spots = [(a, b) if a is not None and b is not None else None for a, b in zip(xs, ys, strict=True)]
    area = frame.area(x, y)
    lower = _error(trace, x, ys) + (_line(trace, spots) if "lines" in trace["mode"] else "")
    if lower and not _inside(spots, area, trace):
        lower = clipped(lower, area)
    free = trace.get("cliponaxis", True) is False
    held = [s and x.holds(vx) and y.holds(vy) for s, vx, vy in zip(spots, trace["x"], trace["y"], strict=True)]
    kept = [s if not free or inside else None for s, inside in zip(spots, held, strict=True)]
    upper = _markers(trace, kept) if "markers" in trace["mode"] else ""
    upper += _words(trace, kept) if "text" in trace["mode"] else ""
    if upper and not free and not _inside(spots, area, trace):
        upper = clipped(upper, area)
    return lower + upper


def _inside(spots: list, area: tuple[float, float, float, float], trace: dict) -> bool:
    left, top, wide, high = area
    room = 0 if "error_x" in trace else 8
    return "error_x" not in trace and all(
        s is None or (left + room <= s[0] <= left + wide - room and top + room <= s[1] <= top + high - room) for s in spots
    )


def _error(trace: dict, x: Axis, ys: list) -> str:
    bars = trace.get("error_x")
    if not bars:
        return ""
    out = []
    for value, y, up, low in zip(trace["x"], ys, bars["array"], bars["arrayminus"], strict=True):
        if value is not None and y is not None and (up or low):
            a, b = x.at(value - low), x.at(value + up)
            out.append(f"M{text.number(a)},{text.number(y)}H{text.number(b)}")
    look = text.attributes(stroke=bars["color"], stroke_width=bars.get("thickness", 2))
    return f'<path class="interval" d="{"".join(out)}"{look}/>' if out else ""


def _line(trace: dict, spots: list) -> str:
    """A line with its gaps, or a filled shape."""
    parts: list[list] = [[]]
    for spot in spots:
        if spot is None:
            parts.append([])
        else:
            parts[-1].append(spot)
    filled = trace.get("fill") == "toself"
    path = "".join("M" + "L".join(f"{text.number(a)},{text.number(b)}" for a, b in part) + ("Z" if filled else "")
                   for part in parts if len(part) > 1)  # fmt: skip
    if not path:
        return ""
    line = trace.get("line", {})
    wide = line.get("width", 2)
    look = text.attributes(
        fill=trace.get("fillcolor", "none") if filled else "none",
        stroke=line.get("color") if wide else None,
        stroke_width=wide or None,
        stroke_dasharray=dashes(line.get("dash"), wide),
        stroke_linejoin=None if filled else "round",
    )
    return f'<path class="{"area" if filled else "line"}" d="{path}"{look}/>'


def _markers(trace: dict, spots: list) -> str:
    found = zip(spots, looks(trace, len(spots)), strict=True)
    return "".join(mark(look[0], *spot, *look[1:]) for spot, look in found if spot)


def _words(trace: dict, spots: list) -> str:
    font, place = trace.get("textfont", {}), trace.get("textposition", "middle center")
    size, weight = font.get("size", 14), font.get("weight", 400)
    colors = each(font.get("color", "#1f2328"), len(spots))
    sizes = each(trace.get("marker", {}).get("size", 6), len(spots))
    radii = [s / 2 / 0.8 + 1 if "markers" in trace["mode"] else 0 for s in sizes]
    out = []
    for spot, said, color, r in zip(spots, each(trace["text"], len(spots)), colors, radii, strict=True):
        if spot is None or not said:
            continue
        block = text.block(said, size, weight)
        tall = ((len(block.lines) - 1) * text.LEADING + 1) * size
        down = 0.75 * size - (tall / 2 if place.startswith("middle") else r + tall)
        out.append(text.draw(block, spot[0], spot[1] + down, color, "center", halo="shadow" in font))
    return "".join(out)


def _bars(frame: Frame, trace: dict) -> str:
    x, y = frame.axis(trace.get("xaxis"), "x"), frame.axis(trace.get("yaxis"), "y")
    lying = trace.get("orientation") == "h"
    count = len(trace["x"])
    words = each(trace.get("text", ""), count) if trace.get("textposition") == "outside" else [""] * count
    out, font = [], trace.get("textfont", {})
    parts = zip(trace["x"], trace["y"], each(trace["marker"]["color"], count), words, strict=True)
    for vx, vy, color, said in parts:
        if vy is None:
            continue
        half = trace["width"] / 2
        across, up = ((0, vx), (vy - half, vy + half)) if lying else ((vx - half, vx + half), (0, vy))
        (left, right), (top, bottom) = sorted(map(x.at, across)), sorted(map(y.at, up))
        box = text.attributes(x=left, y=top, width=right - left, height=bottom - top, fill=color)
        out.append(f'<rect class="bar"{box}/>')
        if said:
            size = font.get("size", 14)
            at = (top + bottom) / 2 + size * (text.ASCENT - text.DESCENT) / 2
            out.append(text.draw(text.block(said, size), right + PAD, at, font.get("color", "#1f2328")))
    return "".join(out)
