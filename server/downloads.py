"""GET /export/<page>.<format>?<the page's query>: a page's exhibits as a file. What cannot be used is a 400 with a sentence."""

from dataclasses import replace
from pathlib import Path

from flask import Blueprint, Response, request

from components import page as composer
from components import pinned
from components.exhibit import Unanswerable
from components.i18n import _
from data import registry
from exports import EXPORTS, Format, brief
from server import alternates, making, permalinks, requested
from server.faults import sentence
from server.requested import Refused

blueprint = Blueprint("downloads", __name__)
KINDS = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TEMPLATES = {path.name: path for path in sorted((Path(registry.REFERENCE) / "templates").iterdir()) if path.suffix in KINDS}
"""The empty lists to fill in and what describes them, by name: nothing else is given out under /template."""
BRIEF = Format(brief.write, "application/pdf", True)


@blueprint.get("/export/<name>.<form>")
def export(name: str, form: str) -> Response:
    """The file, with an ETag. 400 for a query that cannot be used, 404 for an unknown page or format, 410 for a removed build."""
    try:
        made = requested.page(name)
        if form not in EXPORTS:
            raise Refused(_("There is no such file format. There are: %(formats)s.") % {"formats": ", ".join(EXPORTS)}, 404)
        return _answer(made, EXPORTS[form], form)
    except Refused as refusal:
        return refused(refusal)
    except Unanswerable as why:
        return sentence(str(why), 400)


def refused(refusal: Refused) -> Response:
    """The sentence of a refusal, with the way to the current numbers where there is one."""
    text = str(refusal)
    if refusal.current and refusal.status == 410:
        text = _("%(what)s The current numbers: %(address)s") % {"what": text, "address": refusal.current}
    response = sentence(text, refusal.status)
    permalinks.newest(response, refusal.current)
    return response


@blueprint.get("/export/brief.pdf")
def two_pages() -> Response:
    """The two-page brief of a place, from the query of its page. 400 with a sentence."""
    try:
        return _answer(requested.page("place"), BRIEF, "pdf")
    except Refused as refusal:
        return refused(refusal)
    except Unanswerable as why:
        return sentence(str(why), 400)


@blueprint.get("/export/")
@blueprint.get("/export/<path:rest>")
def unknown(rest: str = "") -> Response:
    """Nothing else lives under /export."""
    return sentence(_("Files are at /export/<page>.<format>, as in /export/compare.csv."), 404)


@blueprint.get("/template/<name>")
def template(name: str) -> Response:
    """An empty list to fill in, or a 404 with a sentence."""
    if name not in TEMPLATES:
        return sentence(_("There is no template of this name. There are: %(names)s.") % {"names": ", ".join(TEMPLATES)}, 404)
    response = Response(TEMPLATES[name].read_bytes(), mimetype=KINDS[TEMPLATES[name].suffix])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _answer(made: composer.Page, form: Format, ending: str) -> Response:
    query = request.args.to_dict(flat=False)
    shape = requested.shape_of(query.pop("shape", []), form)
    read, wanted = requested.parse(made, query)
    with making.slot():
        body = form.write(
            making.slides(made, making.built(wanted, read, form.many), read),
            replace(making.about(made, read), shape=shape),
        )
    text = form.mimetype.startswith("text/") or ending == "json"
    response = Response(body, content_type=f"{form.mimetype}; charset=utf-8" if text else form.mimetype)
    marks = [
        made.key,
        *([wanted[0].key] if len(wanted) == 1 else []),
        *(["demonstration"] if read.build.demo else []),
        read.build.id,
    ]
    shown = "inline" if ending == "json" else "attachment"
    response.headers["Content-Disposition"] = f'{shown}; filename="{"-".join(marks)}.{ending}"'
    response.headers["Link"] = alternates.header(made, read, wanted, ending)
    response.headers["X-RTAC-Build"] = read.build.id
    if pinned.replaced(read.build):
        permalinks.newest(response, permalinks.current())
    response.add_etag(weak=True)
    return response.make_conditional(request)  # type: ignore[return-value]
