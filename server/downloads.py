"""GET /export/<page>.<format>?<the page's query>: a page's exhibits as a file. What cannot be used is a 400 with a sentence."""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from flask import Blueprint, Response, request

from components import links, pinned, reading
from components import page as composer
from components.exhibit import Exhibit, Shown, Unanswerable
from components.i18n import _
from components.reading import Reading
from data import registry, warehouse
from exports import EXPORTS, About, Format, Slide, brief
from server import alternates, permalinks
from server.faults import sentence

blueprint = Blueprint("downloads", __name__)
KINDS = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TEMPLATES = {path.name: path for path in sorted((Path(registry.REFERENCE) / "templates").iterdir()) if path.suffix in KINDS}
"""The empty lists to fill in and what describes them, by name: nothing else is given out under /template."""
AT_ONCE = 2
WAIT_SECONDS = 3
BRIEF = Format(brief.write, "application/pdf", True)
_slots = threading.BoundedSemaphore(AT_ONCE)
"""Files take longer than pages: a few at once, so that readers of pages do not wait for them."""


class Refused(ValueError):
    """The query cannot be answered as a file. The text is a sentence; `status` is the HTTP status.

    `current`: the address of the same with the current numbers, where the query pins a build that cannot be opened.
    """

    def __init__(self, text: str, status: int = 400, current: str = ""):
        super().__init__(text)
        self.status = status
        self.current = current


@blueprint.get("/export/<name>.<form>")
def export(name: str, form: str) -> Response:
    """The file, with an ETag. 400 for a query that cannot be used, 404 for an unknown page or format, 410 for a removed build."""
    try:
        made = page(name)
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
        return _answer(page("place"), BRIEF, "pdf")
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
    shape = shape_of(query.pop("shape", []), form)
    read, wanted = parse(made, query)
    with making():
        body = form.write(slides(made, built(wanted, read, form.many), read), replace(about(made, read), shape=shape))
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


@contextlib.contextmanager
def making() -> Iterator[None]:
    """One of the few places in which a file is made. Raises Busy after a wait."""
    if not _slots.acquire(timeout=WAIT_SECONDS):
        raise warehouse.Busy(_("Several files are being made at this moment. Please try again in a few seconds."))
    try:
        yield
    finally:
        _slots.release()


def shape_of(asked: Sequence[str], form: Format) -> str:
    """The shape of the slides or picture that a query asks for. Raises Refused where the format has no such shape."""
    if not asked:
        return About.shape
    if len(asked) > 1 or asked[0] not in form.shapes:
        if not form.shapes:
            raise Refused(_("“shape” is for slides and pictures only."))
        raise Refused(_("“shape” is one of: %(names)s.") % {"names": ", ".join(form.shapes)})
    return asked[0]


def page(name: str) -> composer.Page:
    """A page by its key. Raises Refused."""
    made = composer.pages.get(name)
    if made is None:
        raise Refused(_("There is no page of this name. There are: %(pages)s.") % {"pages": ", ".join(composer.pages)}, 404)
    return made


def parse(made: composer.Page, query: dict[str, list[str]]) -> tuple[Reading, Sequence[Exhibit]]:
    """The view that a query means and the exhibits that it names. Raises Refused for anything that a page would only note."""
    keys = query.pop("exhibit", [])
    known = {e.key: e for e in made.exhibits}
    if len(keys) > 1 or (keys and keys[0] not in known):
        raise Refused(_("“exhibit” takes one of: %(keys)s.") % {"keys": ", ".join(known)})
    for name, values in query.items():
        if "" in [v.strip() for v in values]:
            raise Refused(_("“%(name)s” is empty. Leave it out or give it a value.") % {"name": name[:40]})
        if name != "place" and len(values) > 1:
            raise Refused(_("“%(name)s” was given more than once; only one value can be used.") % {"name": name[:40]})
    if found := permalinks.trouble(query):
        raise Refused(*found, current=permalinks.current())
    read = reading.read({**made.defaults, **query})
    if read.view.notes:
        raise Refused(" ".join(read.view.notes))
    if "peers" in made.filters and reading.unused(read.view):
        name = reading.unused(read.view)[0]
        peers = "similar" if name == "weights" else name
        raise Refused(_("“%(name)s” is only used with peers=%(peers)s.") % {"name": name, "peers": peers})
    return read, [known[keys[0]]] if keys else list(known.values())


def built(exhibits: Sequence[Exhibit], read: Reading, many: bool) -> list[Shown]:
    """The exhibits asked for; for a file that holds one, the first. Raises Unanswerable where the first has no answer.

    Of the others, a file of many leaves out those that have none: a recipe where no similar places are asked for.
    """
    view = replace(read.view, build=read.build.id)
    out = [exhibits[0].build(view, read.ask)]
    for exhibit in exhibits[1:] if many else ():
        with contextlib.suppress(Unanswerable):
            out.append(exhibit.build(view, read.ask))
    return out


def slides(made: composer.Page, shown: Sequence[Shown], read: Reading) -> list[Slide]:
    """Built exhibits with their permalinks: the build is pinned, so the link shows the same numbers as the file."""
    return [Slide(one, links.permalink(made.key, one.key, read.view, read.build.id)) for one in shown]


def about(made: composer.Page, read: Reading) -> About:
    """What stands about the slides of one page."""
    site = request.host_url.rstrip("/")
    return About(
        made.key,
        tuple(read.view.to_query()),
        read.build.id,
        read.build.manifest["created"],
        read.build.demo,
        title=made.heading[0],
        site=site,
        newer=pinned.in_file(read.build, f"{site}{links.internal(made.path, read.view, build=None)}"),
    )
