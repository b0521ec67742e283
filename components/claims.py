"""What a reader's own title claims beyond the exhibit under it. A warning in sentences; it forbids nothing.

Owns the reading of `claims.csv`: words that claim something, and what a sentence of the exhibit must hold to allow them. It reads
words, not minds: a title can mislead without any of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from components.exhibit import Shown
from components.i18n import _, half_up
from data import registry

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
VOID = re.compile(r"\b(?:could be|no|none|nobody|not|never|(?<![.,])0(?![.,\d])|too few|as by|cannot)\b", re.IGNORECASE)
"""A sentence with one of these allows nothing: it says that something was not found."""
CHANCE = re.compile(r"(?:more than|beyond) chance", re.IGNORECASE)
"""Words of certainty, whose “more” is no direction."""
LONG_ENOUGH = 1900
"""Whole numbers from here to 2100 are school years: the ending year of a named one is known too."""


@dataclass(frozen=True)
class Claim:
    """A kind of claim: `words` make it; one sentence of the exhibit with a word of `needs` and one of `and_needs` allows it."""

    claim: str
    words: re.Pattern[str]
    needs: re.Pattern[str] | None
    and_needs: re.Pattern[str] | None
    text: str


def _pattern(words: str) -> re.Pattern[str] | None:
    """'fell|improv*|(better)' as whole words, a star for any ending. None for an empty list."""
    parts = [re.escape(word).replace(r"\*", r"\w*") for word in words.split("|") if word]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None


def _load() -> tuple[Claim, ...]:
    out = []
    for row, r in registry.rows("claims.csv"):
        words = _pattern(r["words"])
        registry.need(words is not None and bool(r["text"]), "claims.csv", row, "words and text must be there")
        assert words
        out.append(Claim(r["claim"], words, _pattern(r["needs"]), _pattern(r["and_needs"]), r["text"]))
    return tuple(out)


CLAIMS = _load()


def warnings(title: str, shown: Shown) -> list[str]:
    """One sentence for each thing that the title claims and the exhibit does not. Empty for the exhibit's own headline."""
    if not title.strip() or title.strip() == shown.headline:
        return []
    said = list(_sentences(shown))
    bare = CHANCE.sub("", title)
    out = [_(c.text) for c in CLAIMS if c.words.search(bare) and not VOID.search(bare) and not _allowed(c, said)]
    out += [_unknown(number) for number in _foreign(title, shown)]
    return out


def _sentences(shown: Shown) -> Iterable[str]:
    """The exhibit's own headline, subtitle, sentences, key numbers and verdict tags, part by part."""
    tags = [fact[part] for fact in shown.extra.get("facts", ()) for part in ("title", "tag") if fact.get(part)]
    for text in (shown.headline, shown.subtitle, *shown.words, *tags):
        yield from re.split(r"[;:]\s|(?<=[.!?])\s+", text)


def _allowed(claim: Claim, said: list[str]) -> bool:
    if claim.needs is None:
        return False
    return any(
        claim.needs.search(CHANCE.sub("", s)) and (claim.and_needs is None or claim.and_needs.search(s)) and not VOID.search(s)
        for s in said
    )


def _unknown(number: str) -> str:
    return _("The number %(number)s stands nowhere in this exhibit.") % {"number": number}


def _foreign(title: str, shown: Shown) -> list[str]:
    """Numbers of the title that are none of the exhibit's, not even rounded."""
    asked = [text.rstrip(",") for text in NUMBER.findall(title)]
    if not asked:
        return []
    own = {_value(text) for text in _texts(shown) for text in NUMBER.findall(text)}
    own |= {v + 1 for v in own if v.denominator == 1 and v > LONG_ENOUGH}
    return [text for text in dict.fromkeys(asked) if not _known(text, own)]


def _known(text: str, own: set[Fraction]) -> bool:
    value, places = _value(text), len(text.partition(".")[2])
    return value in own or any(half_up(v, places) == value for v in own)


def _value(text: str) -> Fraction:
    return Fraction(text.replace(",", "").rstrip("."))


def _texts(shown: Shown) -> Iterable[str]:
    yield from (shown.headline, shown.subtitle, shown.table.caption, *shown.words)
    for fact in shown.extra.get("facts", ()):
        yield from (str(v) for v in fact.values())
    for row in shown.table.rows:
        yield from (str(v) for v in row.values())
