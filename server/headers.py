"""The headers of every response: content security policy, what a browser may do with us, and how long it may keep what."""

from collections.abc import Callable

from dash import Dash
from flask import Response, g, request

from components import scope

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FOREVER = "public, max-age=31536000, immutable"
VERSIONED = ("/assets/fonts/", "/engine/")
"""Folders whose addresses carry a version."""
ASKED = ("/engine/places/",)
"""What is asked there of the build, without a version."""


def policy(hashes: list[str]) -> str:
    """The content security policy. Plotly writes style attributes, so styles may be inline; scripts may not."""
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *hashes)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
        )
    )


def after(app: Dash) -> Callable[[Response], Response]:
    """Sets the headers; a part with a policy of its own keeps it (server/engine.py).

    The script hashes are taken late: Dash adds its last inline script with the first request.
    """
    made: list[str] = []

    def set_headers(response: Response) -> Response:
        if not made:
            made.append(policy(list(dict.fromkeys(app.csp_hashes()))))
        response.headers.setdefault("Content-Security-Policy", made[0])
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        if g.get("framed"):
            del response.headers["X-Frame-Options"]  # the policy names who may frame it; this header knows only all or none
        response.headers["Cache-Control"] = _keep(response)
        return response

    return set_headers


def _keep(response: Response) -> str:
    """How long a browser may keep a response: forever where the address holds a version, else ask again or not at all."""
    if response.status_code not in (200, 304):
        return "no-store"
    path = request.path
    if scope.local() and path.startswith(("/export", "/local")):
        return "no-store"
    fingerprinted = path.startswith("/_dash-component-suites/") and response.cache_control.max_age
    versioned = path.startswith(VERSIONED) and not path.startswith(ASKED)
    if fingerprinted or versioned or (path.startswith("/assets/") and "m" in request.args):
        return FOREVER
    return "no-store" if request.method == "POST" else "no-cache"
