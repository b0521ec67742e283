"""Which other sites a browser may read the API from: RTAC_API_ORIGINS, a comma list of https origins. None, as it comes."""

import os
import re
from functools import cache

from flask import Response, request

from server import faults

SETTING = "RTAC_API_ORIGINS"
ORIGIN = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")
KEPT_SECONDS = "600"


@cache
def listed(setting: str) -> frozenset[str]:
    """The origins of a comma list. Raises ValueError with the entry that is none: a star, http, a path."""
    entries = [entry.strip() for entry in setting.split(",") if entry.strip()]
    for entry in entries:
        if not ORIGIN.fullmatch(entry):
            raise ValueError(entry)
    return frozenset(entries)


def after(response: Response) -> Response:
    """Say to the browser of a named origin that its page may read the answer. No cookies, nothing but reading."""
    allowed = listed(os.environ.get(SETTING, ""))
    if not allowed or not faults.in_api():
        return response
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if origin in allowed:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After, X-RTAC-Build"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
            response.headers["Access-Control-Max-Age"] = KEPT_SECONDS
    return response
