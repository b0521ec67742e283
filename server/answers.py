"""Keeps encoded, compressed answers of callbacks, so that a question asked again costs no query and no compression.

The key holds the caller's scope, for local data their edition, the build that is served, the callback and its values: an answer
never outlives its build, and nobody gets one that was made for another scope.
"""

import threading
from collections import OrderedDict

from flask import Response, g, request

from components import scope
from data import warehouse
from data.local import shelf
from server import squeeze

MOST_BYTES = 64 * 1024 * 1024
_kept: OrderedDict[tuple, tuple[bytes, str | None]] = OrderedDict()
_lock = threading.Lock()
_size = 0


def before() -> Response | None:
    """Answer from what is kept."""
    question = g.get("question")
    if question is None:
        return None
    try:
        served = warehouse.current().id
    except (warehouse.NoBuild, warehouse.Busy):
        return None
    g.key = (*_scope(), served, warehouse.trouble(), squeeze.wanted(request), *question)
    with _lock:
        found = _kept.get(g.key)
        if found is None:
            return None
        _kept.move_to_end(g.key)
    body, encoding = found
    g.key = None
    response = Response(body, mimetype="application/json")
    if encoding:
        response.headers["Content-Encoding"] = encoding
        response.headers["Vary"] = "Accept-Encoding"
    return response


def _scope() -> tuple[str, str]:
    return (scope.LOCAL, shelf.edition()) if scope.local() else (scope.PUBLIC, "")


def keep(response: Response) -> Response:
    """Keep a whole answer. What was said in trouble (busy, failed) is marked `g.transient` and not kept."""
    key = g.get("key")
    if key and response.status_code == 200 and not g.get("transient"):
        _put(key, response.get_data(), response.headers.get("Content-Encoding"))
    return response


def _put(key: tuple, body: bytes, encoding: str | None) -> None:
    global _size
    with _lock:
        if key in _kept or len(body) > MOST_BYTES // 8:
            return
        _kept[key] = (body, encoding)
        _size += len(body)
        while _size > MOST_BYTES:
            _, (old, _encoding) = _kept.popitem(last=False)
            _size -= len(old)


def clear() -> None:
    """Forget everything (tests)."""
    global _size
    with _lock:
        _kept.clear()
        _size = 0
