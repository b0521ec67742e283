"""Letters as shapes, for a drawing that stands alone: no program needs our font to show it.

Shapes come from exports/fonts/outlines.json (tools/print_fonts.py). A letter that only the fallback font has
becomes the visible mark.
"""

import base64
import json
import re
from functools import cache
from html import unescape
from pathlib import Path

from exports.drawing.text import REPLACED, attributes, number, width

FILE = Path(__file__).parents[1] / "fonts" / "outlines.json"
TEXT = re.compile(r"<text([^>]*)>(.*?)</text>", re.DOTALL)
SPAN = re.compile(r'<tspan font-weight="(\d+)">(.*?)</tspan>|([^<]+)', re.DOTALL)
GIVEN = re.compile(r' ([a-z-]+)="([^"]*)"')
EMBEDDED = re.compile(
    r'<image transform="([^"]*)" xlink:href="data:image/svg\+xml;base64,([^"]*)" width="([^"]*)" height="([^"]*)"[^>]*/>'
)
BARE = re.compile(r"&(?!(?:#\d+|#x[0-9A-Fa-f]+|[a-z]+);)")
"""An ampersand that typst 0.15 leaves as it is in the address of a link, so that no reader of XML opens the file."""
PARTS = {"middle": 0.5, "end": 1.0}


@cache
def _shapes() -> dict[int, dict[str, str]]:
    return {int(weight): shapes for weight, shapes in json.loads(FILE.read_text(encoding="utf-8")).items()}


def alone(whole: str) -> str:
    """A picture as typst writes it, with our drawing inside as a part of it and not as a file in the file."""
    return EMBEDDED.sub(_inlined, BARE.sub("&amp;", whole))


def _inlined(found: re.Match) -> str:
    where, coded, wide, high = found.groups()
    inner = outlined(base64.b64decode(coded).decode("utf-8"))
    root = re.sub(r'^<svg xmlns="[^"]*" role="img" width="[^"]*" height="[^"]*"', f'<svg width="{wide}" height="{high}"', inner)
    return f'<g transform="{where}">{root}</g>'


def outlined(drawing: str) -> str:
    """One of our drawings with its words as shapes."""
    return TEXT.sub(_line, drawing)


def _line(found: re.Match) -> str:
    given = dict(GIVEN.findall(found.group(1)))
    size, weight = float(given.get("font-size", 14)), int(given.get("font-weight", 400))
    runs = [(unescape(span or plain), int(own or weight)) for own, span, plain in SPAN.findall(found.group(2))]
    long = sum(width(said, size, of) for said, of in runs)
    left = float(given["x"]) - PARTS.get(given.get("text-anchor", ""), 0.0) * long
    place = f"translate({number(left)} {given['y']}) scale({size / 1000:.5f})"
    turn = f"{given['transform']} " if "transform" in given else ""
    path, at = [], 0.0
    for said, of in runs:
        for character in said:
            shape = _shapes()[of].get(character)
            if shape is None and character.strip():
                shape, character = _shapes()[of][REPLACED], REPLACED
            if shape:
                path.append(f'<path transform="translate({number(at)} 0)" d="{shape}"/>')
            at += width(character, 1000, of)
    halo = ""
    if "stroke" in given:
        wide = 1000 * float(given["stroke-width"]) / size
        look = attributes(stroke="#fff", stroke_width=wide, stroke_linejoin="round", fill="#fff")
        halo = f'<g transform="{turn}{place}"{look}>{"".join(path)}</g>'
    return f'{halo}<g transform="{turn}{place}" fill="{given["fill"]}">{"".join(path)}</g>'
