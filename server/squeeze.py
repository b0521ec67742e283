"""Compresses what goes out. Files that never change are compressed once and hard, answers quickly."""

import gzip
import re
import threading

import brotli
from flask import Flask, Request, Response, request

SMALLEST = 600
TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")
STATIC = ("/assets/", "/_dash-component-suites/", "/engine/")
MOST_FILES = 200
_files: dict[tuple[str, str, int], bytes] = {}
_lock = threading.Lock()


def wanted(asked: Request) -> str | None:
    """The encoding that the browser takes: br, gzip or None."""
    accepted = asked.accept_encodings
    for name in ("br", "gzip"):
        if accepted.quality(name) > 0 and name in accepted.values():
            return name
    return None


def after(response: Response) -> Response:
    """Compress a response that is text, large enough and not compressed yet."""
    encoding = wanted(request)
    kind = response.mimetype or ""
    if response.status_code != 200 or not kind.startswith(TEXTS) or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    if encoding is None:
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < SMALLEST:
        return response
    response.set_data(_static(request.path, encoding, body) if request.path.startswith(STATIC) else _fast(encoding, body))
    response.headers["Content-Encoding"] = encoding
    return response


def _fast(encoding: str, body: bytes) -> bytes:
    return brotli.compress(body, quality=4) if encoding == "br" else gzip.compress(body, 5, mtime=0)


def _static(path: str, encoding: str, body: bytes) -> bytes:
    key = (path, encoding, len(body))
    with _lock:
        found = _files.get(key)
    if found is None:
        found = brotli.compress(body, quality=9) if encoding == "br" else gzip.compress(body, 9, mtime=0)
        with _lock:
            if len(_files) < MOST_FILES:
                _files[key] = found
    return found


def warm(server: Flask, index: str) -> None:
    """Compress the files that a page names, before the first reader comes and before the workers part."""
    for path in re.findall(r'(?:src|href)="(/(?:assets|_dash-component-suites)/[^"]+)"', index):
        server.test_client().get(path, headers={"Accept-Encoding": "br"})
