"""May this reader see local data? The server answers it for each request (server/local.py); whoever builds a page asks here.

Outside a request, and where nobody answered, the answer is no.
"""

from flask import g, has_request_context

PUBLIC = "public"
LOCAL = "local"


def local() -> bool:
    """Whether this request may see local data."""
    return has_request_context() and g.get("scope") == LOCAL


def name() -> str:
    """ "local" or "public": part of the key of every kept answer."""
    return LOCAL if local() else PUBLIC
