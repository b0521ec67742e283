"""A map as shapes: each county a named outline with its own text, each place a small oval, in groups that move together."""

import math
from typing import Any, NamedTuple

from components.i18n import _, ngettext, number
from exports.powerpoint import chart_xml as xml
from exports.powerpoint.canvas import Canvas, Para, where
from exports.powerpoint.clipping import Edges
from exports.powerpoint.house import INK, Box
from exports.powerpoint.text import lines_of, plain, short

MANY = 250
"""More points of one class than this are one shape: a file of thousands of ovals opens slowly and helps nobody."""
FORMS = {"diamond": "diamond", "square": "rect", "square-open": "rect", "x-thin": "mathMultiply"}
HALO = "rgba(255,255,255,0.62)"
PIXEL = 0.0098
"""Inches of a pixel of a mark."""


class Land(NamedTuple):
    """Where the map lies on the slide: kilometers to inches."""

    west: float
    north: float
    scale: float
    left: float
    top: float
    right: float
    bottom: float

    def x(self, value: float) -> float:
        return self.left + (value - self.west) * self.scale

    def y(self, value: float) -> float:
        return self.top + (self.north - value) * self.scale


def is_map(figure: dict) -> bool:
    return bool(figure["layout"].get("yaxis", {}).get("scaleanchor"))


def proportion(figure: dict) -> float:
    """Width over height of the land in sight."""
    (west, east), (south, north) = (figure["layout"][a]["range"] for a in ("xaxis", "yaxis"))
    return (east - west) / (north - south)


def put(canvas: Canvas, figure: dict, box: Box, alt: str) -> list[tuple[str, dict]]:
    """Draw the map in a box. Returns its legend: names with their marks."""
    (west, east), (south, north) = (figure["layout"][a]["range"] for a in ("xaxis", "yaxis"))
    scale = min(box.w / (east - west), box.h / (north - south))
    land = Land(west, north, scale, box.x, box.y, box.x + scale * (east - west), box.y + scale * (north - south))
    around = Box(box.x, box.y, scale * (east - west), scale * (north - south))
    areas, lines, points, names, legend = [], [], [], [], []
    for trace in figure["data"]:
        if trace["x"] in ([None], (None,)):
            legend.append((plain(trace["name"]), trace))
        elif trace.get("hoveron") == "fills":
            areas.append(_area(canvas, trace, land, plain(trace["name"]), plain(trace["text"])))
        elif trace.get("fill"):
            areas.append(_area(canvas, trace, land, _("Land"), ""))
        elif trace["mode"] == "lines":
            lines.append(_area(canvas, trace, land, plain(trace.get("name", "")) or _("Borders"), ""))
            legend += [(plain(trace["name"]), trace)] if trace.get("name") and trace.get("showlegend") else []
        elif trace["mode"] == "text":
            names += _names(canvas, trace, land, "n")
        else:
            points += _marks(canvas, trace, land)
            legend += [(plain(trace.get("name", "")), trace)] if trace.get("showlegend", True) else []
            names += _names(canvas, trace, land, "b") if "text" in trace["mode"] else []
    canvas.group(around, _("Map"), alt, list(filter(None, areas)))
    said = _("The borders of the R-TAC regions and of what is chosen.")
    canvas.group(around, _("Borders of the regions"), said, list(filter(None, lines)))
    canvas.group(around, _("Places"), _("One mark a place, by class."), points)
    canvas.group(around, _("Names on the map"), ", ".join(_said(names)), [element for element, _t in names])
    return legend


def _said(names: list[tuple[str, str]]) -> list[str]:
    return [text for _element, text in names] or [_("No names")]


def _area(canvas: Canvas, trace: dict, land: Land, name: str, alt: str) -> str:
    """Rings as one shape; without a fill, lines."""
    rings: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(trace["x"], trace["y"], strict=True):
        if x is None:
            rings.append([])
        else:
            rings[-1].append((land.x(x), land.y(y)))
    closed = bool(trace.get("fill"))
    edges = Edges(land.left, land.top, land.right, land.bottom)
    rings = [part for ring in rings for part in (edges.area(ring) if closed else edges.line(ring)) if len(part) > 1]
    every = [p for ring in rings for p in ring]
    if not every:
        return ""
    left, top = min(x for x, _y in every), min(y for _x, y in every)
    box = Box(left, top, max(max(x for x, _y in every) - left, 0.01), max(max(y for _x, y in every) - top, 0.01))
    path = "".join(_ring(ring, box, closed) for ring in rings if len(ring) > 1)
    line = trace.get("line", {})
    style = xml.fill(trace["fillcolor"] if closed else "") + xml.line(
        line.get("color", ""), 0.75 * line.get("width", 0.8), line.get("dash", "solid")
    )
    return _freeform(canvas, box, name, alt, path, style, "norm" if closed else "none")


def _ring(ring: list[tuple[float, float]], box: Box, closed: bool) -> str:
    points = [f'<a:pt x="{round((x - box.x) * 12_700 * 72)}" y="{round((y - box.y) * 12_700 * 72)}"/>' for x, y in ring]
    lines = "".join(f"<a:lnTo>{p}</a:lnTo>" for p in points[1:])
    return f"<a:moveTo>{points[0]}</a:moveTo>{lines}{'<a:close/>' if closed else ''}"


def _freeform(canvas: Canvas, box: Box, name: str, alt: str, path: str, style: str, fill: str) -> str:
    w, h = box.emu[2:]
    return (
        f"<p:sp><p:nvSpPr>{canvas.named(name, alt)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{where(box)}<a:custGeom><a:avLst/>"
        '<a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{w}" h="{h}" fill="{fill}">{path}</a:path></a:pathLst></a:custGeom>{style}</p:spPr></p:sp>'
    )


def _marks(canvas: Canvas, trace: dict, land: Land) -> list[str]:
    """Ovals with the text of their place; of many, one shape a class with how many they are."""
    mark = trace["marker"]
    size = float(mark["size"]) * PIXEL
    edge = mark.get("line", {})
    symbol = mark.get("symbol", "circle")
    open_mark = "open" in symbol or symbol == "x-thin"
    ground = mark["color"] if symbol == "x-thin" else "" if open_mark else mark["color"]
    color = edge.get("color") or mark["color"]
    at = [(land.x(x), land.y(y)) for x, y in zip(trace["x"], trace["y"], strict=True)]
    name = plain(trace.get("name", ""))
    texts = trace.get("hovertext") or trace.get("text")
    if len(at) <= MANY and texts:
        return [
            canvas.shape(Box(x - size / 2, y - size / 2, size, size), short(text, 80), plain(text), ground, color,
                         0.75 * edge.get("width", 1), FORMS.get(symbol, "ellipse"))
            for (x, y), text in zip(at, map(plain, texts), strict=True)
        ]  # fmt: skip
    left, top = min(x for x, _y in at) - size / 2, min(y for _x, y in at) - size / 2
    box = Box(left, top, max(x for x, _y in at) - left + size, max(y for _x, y in at) - top + size)
    radius = round(size / 2 * 914_400)
    path = "".join(
        f'<a:moveTo><a:pt x="{round((x - left) * 914_400) + radius}" y="{round((y - top) * 914_400)}"/></a:moveTo>'
        f'<a:arcTo wR="{radius}" hR="{radius}" stAng="0" swAng="21600000"/><a:close/>'
        for x, y in at
    )
    alt = ngettext("%(name)s: %(n)s place", "%(name)s: %(n)s places", len(at)) % {"name": name, "n": number(len(at))}
    style = xml.fill(ground) + xml.line(color, 0.5)
    return [_freeform(canvas, box, name, alt, path, style, "norm")]


def _names(canvas: Canvas, trace: dict, land: Land, anchor: str) -> list[tuple[str, str]]:
    """Names where the figure places them, each a small box of text."""
    out = []
    size = 9.0
    for text, x, y in zip(trace["text"], trace["x"], trace["y"], strict=True):
        lines = lines_of(text)
        h = len(lines) * size * 1.25 / 72
        w = max(0.5, max(map(len, lines)) * size * 0.62 / 72)
        top = land.y(y) - (h / 2 if anchor == "n" else h + 0.06)
        box = Box(land.x(x) - w / 2, top, w, h)
        paras = [Para(line, size, INK, anchor == "b", "ctr") for line in lines]
        out.append((canvas.text_xml(box, paras, " ".join(lines), anchor="ctr", ground=HALO), " ".join(lines)))
    return out


def legend(canvas: Canvas, entries: list[tuple[str, dict]], box: Box, across: bool) -> float:
    """Draw names with their marks, below each other or beside each other; the height that they take."""
    children, x, y = [], box.x, box.y
    for name, trace in entries:
        wide = 0.34 + 0.085 * len(name)
        if across and x + wide > box.x + box.w:
            x, y = box.x, y + 0.27
        children.append(_swatch(canvas, trace, Box(x, y + 0.04, 0.18, 0.18)))
        room = wide - 0.26 if across else max(wide - 0.26, box.w - 0.26)
        children.append(canvas.text_xml(Box(x + 0.26, y, room, 0.26), [Para(short(name, 60), 12)], name, anchor="ctr"))
        x, y = (x + wide + 0.2, y) if across else (x, y + 0.27)
    height = y - box.y + 0.27
    said = _("Legend: %(names)s") % {"names": "; ".join(name for name, _t in entries)}
    canvas.group(Box(box.x, box.y, box.w, height), _("Legend"), said, children)
    return height


def _swatch(canvas: Canvas, trace: dict, box: Box) -> str:
    mark: dict[str, Any] = trace.get("marker", {})
    if not mark:
        line = trace["line"]
        level = Box(box.x, box.y + box.h / 2, box.w, 0)
        return canvas.stroke(level, _("Mark of the legend"), "", line["color"], 1.5, line.get("dash", "solid"))
    symbol = mark.get("symbol", "circle")
    hollow = "open" in symbol
    ground = "" if hollow else mark["color"]
    side = min(box.h, math.sqrt(float(mark.get("size", 13))) * 0.05)
    inner = Box(box.x + (box.w - side) / 2, box.y + (box.h - side) / 2, side, side)
    edge = mark.get("line", {}).get("color") or mark["color"]
    return canvas.shape(inner, _("Mark of the legend"), "", ground, edge, 0.75, FORMS.get(symbol, "ellipse"))
