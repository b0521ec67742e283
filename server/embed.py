"""GET /embed/<page>?exhibit=KEY&<the page's query>: one exhibit on a page of its own, without script, for frames of other sites.

Which sites may frame it, RTAC_EMBED says (components/embedding.py); as it comes, none. Whoever asks is answered as the public:
local data never stand here.
"""

from flask import Blueprint, Response, g, request

from components import embedding, links, pinned, scope
from components.exhibit import Unanswerable
from components.i18n import _
from data import warehouse
from exports import embed_page
from server import making, permalinks, requested
from server.faults import RETRY_SECONDS
from server.requested import Refused

blueprint = Blueprint("embed", __name__)
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors {ancestors}"
)


@blueprint.get("/embed/<name>")
def embed(name: str) -> Response:
    """The exhibit, with an ETag. Errors are pages too: 400, 404, 410 (a removed build) or 503, each with a sentence."""
    g.scope = scope.PUBLIC
    try:
        response = _answer(name)
    except Refused as refusal:
        response = _sorry(str(refusal), refusal.status, refusal.current)
    except Unanswerable as why:
        response = _sorry(str(why), 404)
    except (warehouse.NoBuild, warehouse.Busy) as later:
        response = _sorry(str(later), 503)
        response.headers["Retry-After"] = RETRY_SECONDS
    return _framed(response)


@blueprint.get("/embed/")
@blueprint.get("/embed/<path:rest>")
def unknown(rest: str = "") -> Response:
    """Nothing else lives under /embed."""
    return _framed(_sorry(_("Exhibits are at /embed/<page>?exhibit=<name>, as in /embed/compare?exhibit=ranking."), 404))


def _answer(name: str) -> Response:
    made = requested.page(name)
    query = request.args.to_dict(flat=False)
    if not query.get("exhibit"):
        raise Refused(_("“exhibit” takes one of: %(keys)s.") % {"keys": ", ".join(e.key for e in made.exhibits)}, 404)
    read, wanted = requested.parse(made, query)
    [shown] = making.built(wanted, read, many=False)
    if shown.provisional:
        raise Refused(_("Numbers from a grantee’s own files are not given out for other pages."), 404)
    [slide] = making.slides(made, [shown], read)
    full = f"{links.internal(made.path, read.view)}#{made.key}-{shown.key}"
    newer = (pinned.sentence(read.build), permalinks.current())
    response = Response(embed_page.write(slide, making.about(made, read), full, newer), mimetype="text/html")
    response.headers["X-RTAC-Build"] = read.build.id
    if newer[0]:
        permalinks.newest(response, newer[1])
    response.add_etag(weak=True)
    return response.make_conditional(request)  # type: ignore[return-value]


def _sorry(text: str, status: int, current: str = "") -> Response:
    response = Response(embed_page.sorry(text, current), status, mimetype="text/html")
    permalinks.newest(response, current)
    return response


def _framed(response: Response) -> Response:
    """The policy of an embedded page, errors included: a frame that shows nothing would tell nobody why."""
    response.headers["Content-Security-Policy"] = POLICY.format(ancestors=" ".join(embedding.ancestors()))
    g.framed = embedding.allowed()
    return response
