"""The board deck: what a permalink of an exhibit means, and the ready-made lists of them. A deck is a list of permalinks.

Nothing of a deck is kept on the server; nothing here knows a file format.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qs, parse_qsl, urlsplit

from components import page as composer
from components.exhibit import Exhibit
from components.i18n import _
from data import registry

MOST_SLIDES = 30
MOST_LINK = 2000
MOST_TITLE = 300
MOST_NOTE = 4000


class Unusable(ValueError):
    """A permalink that names no exhibit. The text is a sentence with the way out."""


@dataclass(frozen=True)
class Found:
    """The page and exhibit of a permalink, and its query as lists of strings (not yet checked)."""

    page: composer.Page
    exhibit: Exhibit
    query: dict[str, list[str]]


@dataclass(frozen=True)
class Part:
    """One slide of a ready-made deck: page, exhibit key and the query with {place}, {county} to be filled in.

    `titled_by`: the exhibit of the page whose headline is the slide's title, where its own says too little; or "". A `spare` one
    takes the place of a part that has no answer.
    """

    page: str
    exhibit: str
    query: str
    titled_by: str
    spare: bool


@dataclass(frozen=True)
class Ready:
    """A ready-made deck for places of one level."""

    key: str
    name: str
    levels: tuple[str, ...]
    parts: tuple[Part, ...]


def find(link: str) -> Found:
    """The exhibit that a permalink like /place?place=56000000000000#place-trend names. Raises Unusable."""
    if len(link) > MOST_LINK:
        raise Unusable(_("The link of this slide is too long to be one of ours."))
    parts = urlsplit(link)
    made = next((p for p in composer.pages.values() if p.path == parts.path), None)
    if parts.scheme or parts.netloc or made is None:
        raise Unusable(_("This slide’s link is to no page of this dashboard. Remove the slide and add it again from its page."))
    key = parts.fragment.removeprefix(f"{made.key}-")
    exhibit = next((e for e in made.exhibits if e.key == key), None)
    if exhibit is None or not parts.fragment.startswith(f"{made.key}-"):
        raise Unusable(_("This slide’s link names no part of its page. Remove the slide and add it again from its page."))
    try:
        query = parse_qs(parts.query, keep_blank_values=True, max_num_fields=60)
    except ValueError as error:
        raise Unusable(_("The link of this slide is too long to be one of ours.")) from error
    return Found(made, exhibit, query)


@cache
def ready() -> tuple[Ready, ...]:
    """The ready-made decks of decks.csv, in its order. Raises RegistryError for a page or exhibit that does not exist."""
    made: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for row, r in registry.rows("decks.csv"):
        page = composer.pages.get(r["page"])
        keys = {e.key for e in page.exhibits} if page else set()
        known = r["exhibit"] in keys and (not r["titled_by"] or r["titled_by"] in keys)
        registry.need(known, "decks.csv", row, f"there is no exhibit {r['exhibit']!r} or {r['titled_by']!r} on {r['page']!r}")
        levels = r["levels"].split()
        registry.need(bool(levels) and set(levels) <= set(registry.LEVELS), "decks.csv", row, f"{r['levels']!r} is no level")
        made.setdefault(r["deck"], []).append((int(r["ord"]), r))
    return tuple(_ready(key, [r for _ord, r in sorted(found, key=lambda pair: pair[0])]) for key, found in made.items())


def _ready(key: str, found: Sequence[dict[str, str]]) -> Ready:
    parts = tuple(Part(r["page"], r["exhibit"], r["query"], r["titled_by"], bool(r["spare"])) for r in found)
    return Ready(key, _(found[0]["name"]), tuple(found[0]["levels"].split()), parts)


def filled(part: Part, place: dict) -> dict[str, list[str]]:
    """The query of a part for one place (a row of the places query)."""
    values = {"place": place["entity"], "county": str(place.get("county") or "")}
    out: dict[str, list[str]] = {}
    for name, value in parse_qsl(part.query):
        out.setdefault(name, []).append(value.format_map(values))
    return out
