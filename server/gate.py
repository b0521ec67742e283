"""The gate before every callback, default deny: output known, inputs as declared, JSON kinds right, size bounded; else a 400.

It reads declarations from components/exposed.py and never calls a callback itself.
"""

import json
from typing import Any
from urllib.parse import urlsplit

from flask import Response, g, request

from components import scope
from components import view as views
from components.exposed import Ask, Door, declare, doors

PATH = "/_dash-update-component"
CLOSED = ("/_reload-hash",)
"""Dash's doors that this site has no use for: hot reloading lists what is installed."""
MOST_BYTES = 64 * 1024
MOST_TEXT = 20_000
MOST_KEYS = 40
MOST_VALUES = 200
ROUTER = (
    (("_pages_content", "children"), ("_pages_store", "data")),
    (Ask("_pages_location", "pathname", "text"), Ask("_pages_location", "search", "text")),
)
declare(*ROUTER, scope="public")


class Refused(ValueError):
    """A call that is not let through. `status` is the HTTP status; the text is a sentence without the caller's values."""

    def __init__(self, sentence: str, status: int = 400):
        super().__init__(sentence)
        self.status = status


def guard() -> Response | None:
    """Before each request: let a well-formed call of a declared callback through and remember what it asks."""
    if request.path in CLOSED:
        return Response("There is nothing here.", 404, mimetype="text/plain")
    if request.path != PATH or request.method != "POST":
        return None
    try:
        same_site()
        g.question = check(_body())
    except Refused as refusal:
        return Response(str(refusal), refusal.status, mimetype="text/plain")
    return None


def same_site() -> None:
    """Raises Refused (403) for a call that another site's page made."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site not in ("same-origin", "none") or (origin and urlsplit(origin).netloc != request.host):
        raise Refused("Calls from another site are not answered.", 403)


def _body() -> Any:
    if request.mimetype != "application/json":
        raise Refused("A callback is called with a JSON body.", 415)
    if request.content_length is None:
        raise Refused("The call does not say how long it is.", 411)
    if request.content_length > MOST_BYTES:
        raise Refused(f"The call is larger than {MOST_BYTES // 1024} KB.", 413)
    try:
        return json.loads(request.get_data(cache=True))
    except (ValueError, RecursionError) as error:
        raise Refused("The body is not JSON.") from error


def check(body: Any) -> tuple[str, str]:
    """The callback's name and its input values in one fixed spelling (the cache's key). Raises Refused."""
    if not isinstance(body, dict):
        raise Refused("The body is not a call of a callback.")
    name = body.get("output")
    door = doors.get(name) if isinstance(name, str) else None
    if door is None or door.scope not in (scope.PUBLIC, scope.name()):
        raise Refused("There is no such callback.")
    _outputs(door, body.get("outputs"))
    values = [
        *_inputs([a for a in door.inputs if not a.state], body.get("inputs", [])),
        *_inputs([a for a in door.inputs if a.state], body.get("state", [])),
    ]
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or len(changed) > MOST_KEYS or not all(isinstance(c, str) for c in changed):
        raise Refused("“changedPropIds” is not a list of names.")
    return str(name), json.dumps(values, sort_keys=True, ensure_ascii=False)


def _outputs(door: Door, sent: Any) -> None:
    expected = [{"id": id_, "property": prop} for id_, prop in door.outputs]
    if not isinstance(sent, list) or sent != expected:
        raise Refused("The outputs are not those of this callback.")


def _inputs(asks: list[Ask], sent: Any) -> list[Any]:
    if not isinstance(sent, list) or len(sent) != len(asks):
        raise Refused("The inputs are not those of this callback.")
    return [_value(ask, one) for ask, one in zip(asks, sent, strict=True)]


def _value(ask: Ask, sent: Any) -> Any:
    if (
        not isinstance(sent, dict)
        or sent.get("id") != ask.id
        or sent.get("property") != ask.prop
        or set(sent) - {"id", "property", "value"}
    ):
        raise Refused("The inputs are not those of this callback.")
    value = sent.get("value")
    if not FITS[ask.kind](value):
        raise Refused(f"The value of {ask.id}.{ask.prop} is not of the kind “{ask.kind}”.")
    return value


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MOST_TEXT


def _is_view(value: Any) -> bool:
    if not isinstance(value, dict) or len(value) > MOST_KEYS:
        return False
    many = [v if isinstance(v, list) else [v] for v in value.values()]
    return all(len(vs) <= MOST_VALUES and all(_is_text(v) for v in vs) for vs in many)


def _is_build(value: Any) -> bool:
    return value is None or (isinstance(value, str) and views.BUILD.fullmatch(value) is not None)


FITS = {"text": _is_text, "view": _is_view, "build": _is_build}
