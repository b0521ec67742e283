"""Text as a slide can hold it: XML-safe, cut to its room, and measured without fonts. A name passes here first."""

import re
from html import unescape
from math import ceil
from textwrap import wrap

from data import cells

TAG = re.compile(r"</?b>")
BREAK = re.compile(r"<br\s*/?>")
XML_REFUSES = {0xFFFE: None, 0xFFFF: None, **dict.fromkeys(range(8234, 8239)), **dict.fromkeys(range(8294, 8298))}
"""Non-characters, which XML refuses, and the marks that turn the text around them, so that a name cannot reorder a sentence."""
NARROW, BROAD = frozenset("iljtfrI.,:;'’|!()[] ·-–"), frozenset("mwMW@%—")


def clean(text: object) -> str:
    """One line that XML accepts."""
    return " ".join(cells.clean(str(text)).translate(XML_REFUSES).split())


def plain(label: object) -> str:
    """A label of a figure as text: Plotly's line breaks and bold taken out."""
    return clean(unescape(TAG.sub("", BREAK.sub(" ", str(label)))))


def lines_of(label: object) -> list[str]:
    """A label of a figure, line by line."""
    return [plain(part) for part in BREAK.split(str(label))]


def short(text: object, longest: int) -> str:
    """Cut to so many letters; the notes or the other files have the whole."""
    whole = clean(text)
    return whole if len(whole) <= longest else whole[: longest - 1].rstrip() + "…"


def width(text: str, size: float) -> float:
    """About how many points a text takes in Arial of a size: enough to choose a size, not to typeset."""
    return size * sum(0.3 if c in NARROW else 0.86 if c in BROAD else 0.68 if c.isupper() else 0.55 for c in text)


def count_lines(text: str, size: float, room: float) -> int:
    """How many lines a text takes in a room of so many points."""
    return max(1, ceil(1.06 * width(text, size) / max(room, 1.0)))


def fitting(text: str, sizes: tuple[float, ...], room: float, most: int) -> float:
    """The largest of some sizes in which a text takes at most so many lines; the smallest where none does."""
    return next((size for size in sizes if count_lines(text, size, room) <= most), sizes[-1])


def over(text: str, letters: int) -> list[str]:
    """A name over at most two lines."""
    found = wrap(text, letters) or [""]
    return found if len(found) <= 2 else [found[0], short(" ".join(found[1:]), letters)]
