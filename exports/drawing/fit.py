"""A figure inside a given box: larger where there is room, in columns where it has many rows, else smaller as a whole."""

from typing import Any

from exports.drawing.apart import respaced
from exports.drawing.columns import columns_of, split
from exports.drawing.draw import framed_of, parts, wrap
from exports.drawing.text import number

LARGER = 1.3
"""At most so much larger than on the screen."""
SQUEEZED, PANELS, STRETCHED = 0.82, 0.68, 1.25
"""Of its own height: how low a figure, or one of several panels, and how tall it may become before its letters change."""
LEAST = 12.15
"""Pixels of a letter, a little over nine points: smaller ones are drawn larger, by a third at most."""
MOST_MORE = 4 / 3
FONTS = ("font", "tickfont", "textfont")
Piece = tuple[dict, float, float, float, float]
"""A figure with its left edge, its width and height, and what it is scaled by."""


def fitted(figure: dict, width: float, height: float, alt: str = "", larger: float = LARGER) -> str:
    """One <svg> of exactly this size with the whole figure, at most so much larger. Raises Unknown as svg() does."""
    inner = "".join(_placed(*piece) for piece in _pieces(figure, width, height, larger))
    return wrap(inner, width, height, figure["layout"].get("meta", {}).get("shows", ""), alt)


def taken(figure: dict, width: float, height: float, larger: float = LARGER) -> float:
    """How much of the height of such a box the figure fills: the rest below it stays empty."""
    return max(high * scale for _figure, _left, _wide, high, scale in _pieces(figure, width, height, larger))


def _pieces(figure: dict, width: float, height: float, larger: float) -> list[Piece]:
    columns = columns_of(figure, width, height)
    return split(figure, width, height, columns) if columns > 1 else [_one(figure, width, height, larger)]


def _placed(figure: dict, left: float, wide: float, high: float, scale: float) -> str:
    drawn = respaced(readable(figure, LEAST / scale), high)
    inner = parts(framed_of(drawn, wide, high))
    at = (f"translate({number(left)} 0) " if left else "") + (f"scale({scale:.4f})" if scale != 1 else "")
    return f'<g transform="{at.strip()}">{inner}</g>' if at else inner


def readable(of: Any, least: float) -> Any:
    """The same with every font at least so large, or a third larger than it was."""
    if isinstance(of, dict):
        return {
            k: {**v, "size": max(v["size"], min(least, MOST_MORE * v["size"]))}
            if k in FONTS and isinstance(v, dict) and isinstance(v.get("size"), (int, float))
            else readable(v, least)
            for k, v in of.items()
        }
    if isinstance(of, list) and of and isinstance(of[0], dict):
        return [readable(v, least) for v in of]
    return of


def _one(figure: dict, width: float, height: float, larger: float) -> Piece:
    """The whole figure in one piece."""
    own = figure["layout"]["height"]
    least = (PANELS if "yaxis2" in figure["layout"] else SQUEEZED) * own
    scale = min(larger, height / own) if height >= own else min(1.0, height / least)
    return figure, 0.0, width / scale, min(height / scale, STRETCHED * own), scale
