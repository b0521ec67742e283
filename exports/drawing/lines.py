"""Straight lines and dashes as SVG."""

from exports.drawing import text


def line(x1: float, y1: float, x2: float, y2: float, color: str, width: float, dash: str | None = None) -> str:
    """A straight line."""
    return "<line" + text.attributes(x1=x1, y1=y1, x2=x2, y2=y2, stroke=color, stroke_width=width, stroke_dasharray=dash) + "/>"


def dashes(kind: str | None, width: float) -> str | None:
    """A dash pattern as Plotly scales it with the line."""
    unit = max(width, 3)
    pattern = {"dot": (1, 1), "dash": (3, 3), "dashdot": (3, 1, 1, 1)}.get(kind or "solid")
    return ",".join(text.number(part * unit) for part in pattern) if pattern else None
