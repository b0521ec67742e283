"""Text in drawings: the little markup that labels use, how wide it is, which characters can be shown, and its SVG.

Widths come from exports/fonts/metrics.json (tools/print_fonts.py): no font is opened here.
"""

import json
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from xml.sax.saxutils import escape

from exports.drawing.known import Unknown

METRICS = json.loads((Path(__file__).parents[1] / "fonts" / "metrics.json").read_text(encoding="utf-8"))
FAMILY = "Public Sans, sans-serif"
ASCENT, DESCENT = (METRICS["size"][k] / METRICS["size"]["per"] for k in ("ascent", "descent"))
LEADING = 1.3
"""Lines apart, in sizes, as Plotly sets them."""
REPLACED = "□"
"""Stands for each character that none of the fonts has: a visible mark, as a reader would see on an old printer."""
OTHER = 602
"""Thousandths: the advance of every character of the fallback font, which has one width."""
_FIRSTS = [first for first, _last in METRICS["shown"]]
_LASTS = [last for _first, last in METRICS["shown"]]
_WIDTHS = {int(weight): table for weight, table in METRICS["widths"].items()}
_TAGS = re.compile(r"(<[^<>]*>)")


def has(character: str) -> bool:
    """Whether one of the fonts has the character."""
    at = bisect_right(_FIRSTS, ord(character)) - 1
    return at >= 0 and ord(character) <= _LASTS[at]


@lru_cache(maxsize=20_000)
def showable(text: str) -> str:
    """The text with what cannot be shown replaced, and without what is never seen (controls, joiners, turns of direction).

    Nor are marks left that do not melt into a letter: a letter of one font and its mark of another cannot be set together.
    """
    if text.isascii() and text.isprintable():
        return text
    out = []
    for c in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(c)
        if c in "\t\n\r\u2028\u2029":
            out.append(" ")
        elif kind in ("Cc", "Cf", "Mn", "Me"):
            continue
        else:
            out.append(" " if kind == "Zs" and not has(c) else c if has(c) else REPLACED)
    return "".join(out)


def width(text: str, size: float, weight: int = 400) -> float:
    """Pixels of one line without markup."""
    table = _WIDTHS[weight]
    return size * sum(table.get(c, OTHER) for c in text) / 1000


@dataclass(frozen=True)
class Block:
    """Lines of runs: (text, weight). Sizes in pixels."""

    lines: tuple[tuple[tuple[str, int], ...], ...]
    size: float

    @property
    def width(self) -> float:
        return max((self.length(line) for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        return self.size * (ASCENT + DESCENT + LEADING * (len(self.lines) - 1))

    def length(self, line: tuple[tuple[str, int], ...]) -> float:
        return sum(width(text, self.size, weight) for text, weight in line)


@lru_cache(maxsize=4096)
def block(markup: str, size: float, weight: int = 400) -> Block:
    """A label as Plotly reads it: <b>, <br> and escaped entities. Raises Unknown for another tag."""
    lines: list[list[tuple[str, int]]] = [[]]
    bold = False
    for part in _TAGS.split(markup):
        if part == "<br>":
            lines.append([])
        elif part in ("<b>", "</b>"):
            bold = part == "<b>"
        elif _TAGS.fullmatch(part):
            raise Unknown(f"markup {part!r} in a label")
        elif part:
            lines[-1].append((showable(unescape(part)), 700 if bold else weight))
    return Block(tuple(tuple(line) for line in lines), size)


ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def number(value: float) -> str:
    """A coordinate: at most two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def attributes(**values: object) -> str:
    """Attributes as SVG writes them; underscores become hyphens, None is left out."""
    out = []
    for name, value in values.items():
        if value is not None:
            said = number(value) if isinstance(value, (int, float)) else escape(str(value), {'"': "&quot;"})
            out.append(f' {name.replace("_", "-")}="{said}"')
    return "".join(out)


def draw(of: Block, x: float, baseline: float, color: str, anchor: str = "left", halo: bool = False, turned: int = 0) -> str:
    """The lines of a block as SVG. `baseline`: of its first line; `turned`: degrees to the right around its anchor."""
    out = []
    for i, line in enumerate(of.lines):
        if not any(text.strip() for text, _weight in line):
            continue
        y = baseline + i * LEADING * of.size
        weights = {weight for _text, weight in line}
        one = weights.pop() if len(weights) == 1 else 400
        inner = "".join(
            escape(said) if weight == one else f'<tspan font-weight="{weight}">{escape(said)}</tspan>' for said, weight in line
        )
        given = attributes(
            x=x,
            y=y,
            font_size=of.size,
            font_weight=None if one == 400 else one,
            fill=color,
            text_anchor=None if anchor == "left" else ANCHORS[anchor],
            transform=f"rotate({turned} {number(x)} {number(y)})" if turned else None,
        )
        around = ' stroke="#fff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"' if halo else ""
        out.append(f"<text{given}{around}>{inner}</text>")
    return "".join(out)
