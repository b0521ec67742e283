"""Makes exports/fonts/: Public Sans as typst reads it, and the table of widths and characters that drawings reckon with.

    python -m tools.print_fonts DejaVuSansMono.ttf
It needs fontTools and brotli, which the product does not: run it in an environment of its own. The files of assets/fonts are
unpacked and given the family's own name. The argument is the font that typst brings itself and falls back to (DejaVu Sans Mono
2.37): its characters count as shown.
The signs of our figures that Public Sans has not are added, drawn here: typst sets a whole label in another font
where one sign is missing.
"""

import json
import sys
from itertools import pairwise
from math import cos, pi, sin
from pathlib import Path

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[1]
SOURCE, TARGET = ROOT / "assets" / "fonts", ROOT / "exports" / "fonts"
STYLES = {400: "Regular", 600: "SemiBold", 700: "Bold"}
FAMILY = "Public Sans"
WIDE = 1300
"""Units that a sign takes, of the 2000 of the size."""
STAR = [(650 + r * sin(i * pi / 5), 640 + r * cos(i * pi / 5)) for i, r in enumerate([640, 250] * 5)]
SIGNS = {
    "▲": [[(70, 60), (650, 1180), (1230, 60)]],
    "▼": [[(70, 1180), (1230, 1180), (650, 60)]],
    "◆": [[(650, 30), (60, 620), (650, 1210), (1240, 620)]],
    "□": [[(120, 60), (120, 1180), (1180, 1180), (1180, 60)], [(220, 160), (1080, 160), (1080, 1080), (220, 1080)]],
    "★": [STAR],
    "→": [[(60, 540), (60, 690), (880, 690), (880, 960), (1250, 615), (880, 270), (880, 540)]],
}
"""Sign -> its contours: points in units, clockwise, holes the other way."""
MOVED = {"≈": ("asciitilde", (250, -250)), "∗": ("asterisk", (-420,))}
"""Sign -> a sign of the font itself, and how far up it stands, once for each time."""


def opened(weight: int) -> TTFont:
    """The font of a weight, uncompressed."""
    font = TTFont(next(SOURCE.glob(f"public-sans-*-{weight}.woff2")))
    font.flavor = None
    return font


def rename(font: TTFont, weight: int) -> None:
    """Names by which a program finds the family and the weight."""
    style = STYLES[weight]
    own = weight in (400, 700)
    for record in list(font["name"].names):
        if record.nameID in (1, 2, 3, 4, 6, 16, 17):
            font["name"].removeNames(nameID=record.nameID)
    names = {
        1: FAMILY if own else f"{FAMILY} {style}",
        2: style if own else "Regular",
        3: f"2.001;{FAMILY} {style}",
        4: f"{FAMILY} {style}",
        6: f"PublicSans-{style}",
        **({} if own else {16: FAMILY, 17: style}),
    }
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)


def add(font: TTFont, character: str, glyph: object, advance: int) -> None:
    """A glyph of our own under a character."""
    name = f"uni{ord(character):04X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    font["hmtx"][name] = (advance, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(character)] = name


def add_signs(font: TTFont) -> None:
    """The signs of SIGNS and MOVED."""
    for character, contours in SIGNS.items():
        pen = TTGlyphPen(None)
        for contour in contours:
            pen.moveTo(tuple(map(round, contour[0])))
            for point in contour[1:]:
                pen.lineTo(tuple(map(round, point)))
            pen.closePath()
        add(font, character, pen.glyph(), WIDE)
    glyphs = font.getGlyphSet()
    for character, (of, shifts) in MOVED.items():
        pen = TTGlyphPen(None)
        for shift in shifts:
            glyphs[of].draw(TransformPen(pen, (1, 0, 0, 1, 0, shift)))
        add(font, character, pen.glyph(), font["hmtx"][of][0])


def widths(font: TTFont) -> dict[str, int]:
    """Character -> advance in thousandths of the size."""
    per = font["head"].unitsPerEm
    return {chr(code): round(1000 * font["hmtx"][glyph][0] / per) for code, glyph in sorted(font.getBestCmap().items())}


def outlines(font: TTFont) -> dict[str, str]:
    """Character -> its shape as an SVG path, a thousand units the size, downwards from the line on which it stands."""
    glyphs, part = font.getGlyphSet(), 1000 / font["head"].unitsPerEm
    out = {}
    for code, glyph in sorted(font.getBestCmap().items()):
        pen = SVGPathPen(glyphs, ntos=lambda v: str(round(v)))
        glyphs[glyph].draw(TransformPen(pen, (part, 0, 0, -part, 0, 0)))
        if code > 32 and pen.getCommands():
            out[chr(code)] = pen.getCommands()
    return out


def spans(codes: set[int]) -> list[list[int]]:
    """First and last of each run of codes."""
    ordered = sorted(codes)
    breaks = [i + 1 for i, (a, b) in enumerate(pairwise(ordered)) if b > a + 1]
    return [[ordered[a], ordered[b - 1]] for a, b in pairwise([0, *breaks, len(ordered)])]


def main(fallback: str) -> None:
    TARGET.mkdir(exist_ok=True)
    tables, shapes, known = {}, {}, set(TTFont(fallback).getBestCmap())
    for weight, style in STYLES.items():
        font = opened(weight)
        rename(font, weight)
        add_signs(font)
        font.save(TARGET / f"PublicSans-{style}.ttf")
        tables[weight] = widths(font)
        shapes[weight] = outlines(font)
        known |= set(font.getBestCmap())
    top = TTFont(TARGET / "PublicSans-Regular.ttf")["hhea"]
    size = {"ascent": top.ascent, "descent": -top.descent, "per": 2000}
    text = {"size": size, "widths": tables, "shown": spans({c for c in known if c >= 32})}
    for name, of in (("metrics", text), ("outlines", shapes)):
        (TARGET / f"{name}.json").write_text(json.dumps(of, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
