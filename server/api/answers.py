"""How the API answers: JSON or CSV as asked for, with the build, the limits, and an ETag that spares sending it again."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Response, request

from components.i18n import _
from components.reading import Reading
from data import warehouse
from exports import json_file
from server.api.asked import LAST_ROW, MOST_ROWS, Page
from server.faults import RETRY_SECONDS
from server.requested import Refused

JSON, CSV = "application/json", "text/csv"
FORMATS = {"json": JSON, "csv": CSV}
LIMITS = {
    "rows_a_page": MOST_ROWS,
    "last_row": LAST_ROW,
    "seconds_a_query": warehouse.QUERY_SECONDS,
    "queries_at_once": warehouse.AT_ONCE,
    "retry_after_seconds": int(RETRY_SECONDS),
    "note": _(
        "There is no key and no count of calls. When too much is asked at once, the answer is 503 with Retry-After. Ask with the "
        "ETag of your last answer (If-None-Match), and what did not change is not sent again."
    ),
}


def site() -> str:
    """Scheme and host, as the caller wrote them."""
    return request.host_url.rstrip("/")


def form(query: Mapping[str, list[str]], offered: tuple[str, ...] = ("json",)) -> str:
    """The format to answer in: `format`, or else what Accept likes best. Raises Refused: 400, or 406 where none is accepted."""
    named = query.get("format", [""])[0]
    if named:
        if named not in offered:
            raise Refused(_("“format” takes one of: %(names)s.") % {"names": ", ".join(offered)})
        return named
    accepted = request.accept_mimetypes
    if not accepted:
        return offered[0]
    best = accepted.best_match([FORMATS[f] for f in offered])
    if best is None:
        raise Refused(_("This address answers in %(kinds)s.") % {"kinds": ", ".join(FORMATS[f] for f in offered)}, 406)
    return next(f for f in offered if FORMATS[f] == best)


def document(body: Mapping[str, object] | list) -> Response:
    """An answer in JSON."""
    return finished(json_file.encoded(body), JSON)


def finished(body: bytes, kind: str, build: str = "", following: str = "") -> Response:
    """An answer with its ETag; 304 where the caller has it. `following`: the address of the next page."""
    response = Response(body, content_type=f"{kind}; charset=utf-8" if kind == CSV else kind)
    if build:
        response.headers["X-RTAC-Build"] = build
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    response.add_etag(weak=True)
    response.vary.add("Accept")
    return response.make_conditional(request)  # type: ignore[return-value]


def about(read: Reading) -> dict[str, object]:
    """What stands with every answer made of one build."""
    manifest = read.build.manifest
    invented = _("Demonstration data. Not real schools.") if read.build.demo else None
    return {"build": read.build.id, "made": manifest["created"], "demonstration": invented}


def paged(query: Mapping[str, list[str]], page: Page, total: int, build: str) -> dict[str, object]:
    """Where a page of rows stands, and the address of the next one, with the build pinned so that all pages fit together."""
    last = page.offset + page.limit
    pairs = [(name, v) for name, values in query.items() if name not in ("page", "limit", "build") for v in values]
    pairs += [("build", build), ("limit", str(page.limit)), ("page", str(page.number + 1))]
    more = f"{site()}{request.path}?{urlencode(pairs)}" if last < min(total, LAST_ROW) else None
    return {"page": page.number, "limit": page.limit, "total": total, "next": more, "limits": LIMITS}
