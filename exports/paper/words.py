"""Strings for paper: what can be shown, not longer than its place, with breaks in endless words; and how many lines they take."""

import re

from exports.drawing import text

ENDLESS = re.compile(r"[^\s\u200b]{24}")
BREAK = "\u200b"
"""A place where a line may break."""
TRUST = 1.04
"""Lines are reckoned a little wider than they are."""


def plain(said: object, longest: int = 600) -> str:
    """A string as it is printed: cut with an ellipsis, endless words with places to break."""
    clean = text.showable(str(said)[: 4 * longest]).strip()
    if len(clean) > longest:
        clean = clean[: longest - 1].rstrip() + "…"
    return ENDLESS.sub(lambda found: found.group() + BREAK, clean)


def printed_of(address: str) -> str:
    """An address as it is read from paper and typed: the site and the path alone."""
    return address.split("://", 1)[-1].split("?", 1)[0].split("#", 1)[0]


def lines(said: str, size: float, wide: float, weight: int = 400) -> int:
    """Lines that a text takes in a column, both in points."""
    count, used = 1, 0.0
    space = text.width(" ", size, weight)
    for word in re.split(r"[ \u200b]", said):
        long = TRUST * text.width(word, size, weight)
        if used and used + space + long > wide:
            count, used = count + 1, long
        else:
            used += (space if used else 0) + long
        if used > wide:
            more = int(used // wide)
            count, used = count + more, used - more * wide
    return count


def height(said: str, size: float, wide: float, weight: int = 400, leading: float = 1.25) -> float:
    """Points that a text takes downwards in a column."""
    return lines(said, size, wide, weight) * size * leading


def that_fit(sentences: list[str], size: float, wide: float, high: float, between: float) -> tuple[list[str], float]:
    """The first sentences that fit, whole, and the height that is left."""
    kept: list[str] = []
    for said in sentences:
        takes = height(said, size, wide) + between
        if takes > high:
            break
        kept.append(said)
        high -= takes
    return kept, high


def sized(said: str, sizes: tuple[float, ...], wide: float, most: int) -> float:
    """The first of the sizes in which a text takes at most so many lines, else the last."""
    return next((size for size in sizes if lines(said, size, wide, 700) <= most), sizes[-1])


def one_line(said: str, sizes: tuple[float, ...], wide: float) -> float:
    """The first of the sizes in which a headline stands on one line, so that no word is left over; else the first."""
    return next((size for size in sizes if lines(said, size, wide, 700) == 1), sizes[0])
