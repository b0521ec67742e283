"""Markers: how each looks, and its SVG, one element or group a point."""

from exports.drawing.text import attributes, number


def each(value: object, count: int) -> list:
    """One value a point."""
    return value if isinstance(value, list) else [value] * count


def looks(trace: dict, count: int) -> list[tuple]:
    """Symbol, size, fill, line color, line width and opacity of each marker, with Plotly's defaults."""
    marker = trace.get("marker", {})
    sizes, color = marker.get("size", 6), marker.get("color", trace.get("line", {}).get("color", "#444444"))
    many = isinstance(sizes, list)
    edge = marker.get("line", {})
    one = trace.get("line", {}).get("color")
    fallback = one if one and color != one else "#ffffff" if many else "#444444"
    columns = (
        each(marker.get("symbol", "circle"), count),
        each(sizes, count),
        each(color, count),
        each(edge.get("color", fallback), count),
        each(edge.get("width", 1 if many else 0), count),
        each(marker.get("opacity", 0.7 if many else 1), count),
    )
    return list(zip(*columns, strict=True))


def mark(symbol: str, x: float, y: float, size: float, fill: str, stroke: str, wide: float, opacity: float) -> str:
    """One marker of a size in pixels. Open ones have the fill's color as their line and nothing inside."""
    r = size / 2
    if symbol.endswith("-open") or symbol.endswith("-open-dot") or symbol == "x-thin":
        stroke = stroke if symbol == "x-thin" else fill
        fill, wide = "none", wide or 1
    look = attributes(
        fill=fill,
        stroke=stroke if wide else None,
        stroke_width=wide or None,
        opacity=None if opacity == 1 else opacity,
    )
    kind = symbol.removesuffix("-dot").removesuffix("-open")
    shape = _shape(kind, x, y, r)
    inside = f"<circle{attributes(cx=x, cy=y, r=1, fill=stroke)}/>" if symbol.endswith("-dot") else ""
    whole = f'<g class="mark">{shape.format(look)}{inside}</g>' if inside else shape.format(f' class="mark"{look}')
    return whole


def _shape(kind: str, x: float, y: float, r: float) -> str:
    """The element with a slot for its look."""
    if kind == "circle":
        return f"<circle{attributes(cx=x, cy=y, r=r)}{{}}/>"
    if kind == "square":
        return f"<rect{attributes(x=x - r, y=y - r, width=2 * r, height=2 * r)}{{}}/>"
    if kind == "diamond":
        d = 1.3 * r
        return f'<path d="M{number(x + d)},{number(y)}l{_to(-d, d)} {_to(-d, -d)} {_to(d, -d)}Z"{{}}/>'
    return f'<path d="M{number(x + r)},{number(y + r)}l{_to(-2 * r, -2 * r)}m0,{number(2 * r)}l{_to(2 * r, -2 * r)}"{{}}/>'


def _to(dx: float, dy: float) -> str:
    return f"{number(dx)},{number(dy)}"
