"""What a reader sees when something is missing or broken: a sentence and a status, never an exception's text."""

import json
import logging
import secrets
from html import escape
from http import HTTPStatus

import dash
from dash.exceptions import DependencyException
from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from components.i18n import _
from data import warehouse

log = logging.getLogger("rtac.server")
RETRY_SECONDS = "5"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="stylesheet" href="/assets/look.css"></head>
<body><header><div class="wrap"><a class="brand" href="/"><strong>R-TAC Dashboard</strong></a></div></header>
<main><div class="wrap lead"><h1>{title}</h1><p class="standfirst">{sentence}</p></div></main></body></html>"""
API = "/api"
OURS = (
    "/export", "/deck/", "/search", "/ready", "/health", "/assets/", "/template/", "/engine/", "/embed/", "/_", f"{API}/",
)  # fmt: skip


def wants_json() -> bool:
    return request.path.startswith(("/search", "/ready", "/deck/")) or request.path.endswith(".json")


def in_api() -> bool:
    """Whether the request is about an address of the API."""
    return request.path == API or request.path.startswith(f"{API}/")


def problem(text: str, status: int) -> Response:
    """The one shape of an error of the API: RFC 9457, with the sentence as its detail."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": text}
    return Response(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"), mimetype="application/problem+json")


def sentence(text: str, status: int, title: str = "") -> Response:
    """One sentence in the form that the caller asked for: a page, JSON, plain text or a problem of the API."""
    if in_api():
        response = problem(text, status)
    elif wants_json():
        response = jsonify({"error": text})
    elif request.path.startswith(OURS):
        response = Response(text, mimetype="text/plain")
    else:
        response = Response(
            PAGE.format(title=escape(title or _("Something is missing")), sentence=escape(text)), mimetype="text/html"
        )
    response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def without_build() -> Response | None:
    """Before a page is served: say so when there is no build, with the command that makes one."""
    if request.method not in ("GET", "HEAD") or request.path.startswith(OURS):
        return None
    try:
        warehouse.current()
    except warehouse.NoBuild as none:
        return sentence(str(none), 503, _("There are no numbers to show yet"))
    return None


def _unknown_page(response: Response) -> Response:
    """Dash answers every path with the app. A path that is no page says 404 and still shows the app with its own sentence."""
    paths = {p["path"] for p in dash.page_registry.values() if p["path"]}
    asked = request.method in ("GET", "HEAD") and not request.blueprint
    if asked and response.mimetype == "text/html" and response.status_code == 200 and request.path not in paths:
        response.status_code = 404
    return response


def fit(server: Flask) -> None:
    """Register the handlers."""
    server.after_request(_unknown_page)

    @server.errorhandler(warehouse.NoBuild)
    @server.errorhandler(warehouse.Busy)
    def _later(error: Exception) -> Response:
        return sentence(str(error), 503, _("Please try again in a moment"))

    @server.errorhandler(DependencyException)
    def _no_such_file(error: Exception) -> Response:
        return sentence(_("There is no such file."), 404)

    @server.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        said = {404: _("There is nothing at this address."), 405: _("This address does not take that method.")}
        response = sentence(said.get(error.code or 500, _("The request could not be read.")), error.code or 500)
        if error.code == 405:
            response.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ["GET", "HEAD"]))
        return response

    @server.errorhandler(Exception)
    def _broken(error: Exception) -> Response:
        number = secrets.token_hex(4)
        log.error("request failed: %s %s, id %s", request.endpoint, type(error).__name__, number)
        return sentence(_("This did not work. If it stays so, tell us this number: %(id)s") % {"id": number}, 500)
