"""Makes exports/fonts/: Public Sans as typst reads it, and the table of widths and characters that drawings reckon with.

    python -m tools.print_fonts DejaVuSansMono.ttf
It needs fontTools and brotli, which the product does not: run it in an environment of its own. The files of assets/fonts are
unpacked and given the family's own name. The argument is the font that typst brings itself and falls back to (DejaVu Sans Mono
2.37): its characters count as shown.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[1]
SOURCE, TARGET = ROOT / "assets" / "fonts", ROOT / "exports" / "fonts"
STYLES = {400: "Regular", 600: "SemiBold", 700: "Bold"}
FAMILY = "Public Sans"


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


def widths(font: TTFont) -> dict[str, int]:
    """Character -> advance in thousandths of the size."""
    per = font["head"].unitsPerEm
    return {chr(code): round(1000 * font["hmtx"][glyph][0] / per) for code, glyph in sorted(font.getBestCmap().items())}


def spans(codes: set[int]) -> list[list[int]]:
    """First and last of each run of codes."""
    ordered = sorted(codes)
    breaks = [i + 1 for i, (a, b) in enumerate(pairwise(ordered)) if b > a + 1]
    return [[ordered[a], ordered[b - 1]] for a, b in pairwise([0, *breaks, len(ordered)])]


def main(fallback: str) -> None:
    TARGET.mkdir(exist_ok=True)
    tables, known = {}, set(TTFont(fallback).getBestCmap())
    for weight, style in STYLES.items():
        font = opened(weight)
        rename(font, weight)
        font.save(TARGET / f"PublicSans-{style}.ttf")
        tables[weight] = widths(font)
        known |= set(font.getBestCmap())
    top = TTFont(TARGET / "PublicSans-Regular.ttf")["hhea"]
    size = {"ascent": top.ascent, "descent": -top.descent, "per": 2000}
    text = {"size": size, "widths": tables, "shown": spans({c for c in known if c >= 32})}
    (TARGET / "metrics.json").write_text(json.dumps(text, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
