"""What a caller of the API asks: names, values and pages, read strictly. What cannot be used is refused with a sentence."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

from flask import request

from components import reading
from components.i18n import _, number
from components.reading import Reading
from components.view import View
from server import permalinks
from server.requested import Refused

MOST_ROWS, ROWS = 5_000, 1_000
"""Rows a page at most, and where none are asked for."""
LAST_ROW = 1_000_000
"""Rows behind this one are not paged to: whoever wants them narrows by year, level or student group."""
NUMBER = re.compile(r"[0-9]{1,7}")
MANY = ("place",)
LOCAL = ("month", "pillar", "service_category")
"""Choices about local data, which the API does not have."""
VIEW = tuple(f.name for f in fields(View) if f.name != "notes" and f.name not in LOCAL)
"""The choices of a page, as its link names them."""


@dataclass(frozen=True)
class Page:
    """A page of rows, from 1."""

    number: int
    limit: int

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.limit


def strictly(names: Collection[str]) -> dict[str, list[str]]:
    """The query as sent, name -> values. Raises Refused for an unknown name, an empty value, and a second value."""
    query = request.args.to_dict(flat=False)
    for name, values in query.items():
        if name not in names:
            said = _("“%(name)s” is not a parameter here. There are: %(names)s.")
            raise Refused(said % {"name": _short(name), "names": ", ".join(names) or _("none")})
        if any(not v.strip() for v in values):
            raise Refused(_("“%(name)s” is empty. Leave it out or give it a value.") % {"name": name})
        if len(values) > 1 and name not in MANY:
            raise Refused(_("“%(name)s” was given more than once; only one value can be used.") % {"name": name})
    return query


def page(query: Mapping[str, list[str]]) -> Page:
    """The page asked for. Raises Refused for what is no number, or out of bounds."""
    asked = Page(_number(query, "page", 1, LAST_ROW), _number(query, "limit", ROWS, MOST_ROWS))
    if asked.offset >= LAST_ROW:
        said = _("Only the first %(n)s rows can be paged to. Narrow the question, as by year, level or student group.")
        raise Refused(said % {"n": number(LAST_ROW)})
    return asked


def _number(query: Mapping[str, list[str]], name: str, otherwise: int, most: int) -> int:
    if name not in query:
        return otherwise
    text = query[name][0]
    if not NUMBER.fullmatch(text) or not 1 <= int(text) <= most:
        said = _("“%(name)s” is a whole number from 1 to %(most)s.")
        raise Refused(said % {"name": name, "most": number(most)})
    return int(text)


def read(query: Mapping[str, list[str]]) -> Reading:
    """The choice and the build that a query means. Raises Refused with the sentences of all that could not be used."""
    pinned(query)
    found = reading.read({name: values for name, values in query.items() if name in VIEW})
    if found.view.notes:
        raise Refused(" ".join(found.view.notes))
    return found


def pinned(query: Mapping[str, list[str]]) -> None:
    """Raises Refused for a build that is not kept, with 410: an answer from another one is not what the caller pinned."""
    wrong = permalinks.trouble(query)
    if wrong:
        said, status = wrong
        raise Refused(_("%(said)s /api/v1/builds lists those that are kept.") % {"said": said}, status)


def one_of(query: Mapping[str, list[str]], name: str, allowed: Collection[str]) -> str | None:
    """A value of a closed list, or None where it is not asked for. Raises Refused."""
    value = query.get(name, [None])[0]
    if value is not None and value not in allowed:
        said = _("“%(value)s” is not a known value of “%(key)s”.")
        raise Refused(said % {"value": _short(value), "key": name})
    return value


def _short(text: str) -> str:
    clean = "".join(c for c in text if c.isprintable())
    return clean if len(clean) <= 40 else f"{clean[:39]}…"
