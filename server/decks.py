"""The board deck's doors: /export/deck.<format> from a list of permalinks, what a slide holds, and the ready-made decks.

Nothing of a deck is kept: the list, the titles and the notes live in the reader's browser and pass through once.
"""

import contextlib
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flask import Blueprint, Response, jsonify, request
from PIL import Image
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from components import claims, dates, deck, facts, links, pinned
from components.exhibit import Shown, Unanswerable
from components.i18n import _
from components.reading import Reading
from data import registry, warehouse
from exports import EXPORTS, About, Slide
from server import gate, making, requested
from server.faults import sentence
from server.requested import Refused

blueprint = Blueprint("decks", __name__)
LONGEST_NAME = 40
"""A longer name does not go before a headline; the subtitle has it."""
MOST_BYTES = 1 << 20
MOST_LOGO = 300_000
MOST_PIXELS = 4_000
FIELDS = ("slide", "title", "note", "name", "occasion", "day", "shape")
FORMATS = [form for form, of in EXPORTS.items() if of.many]


@blueprint.route("/export/deck.<form>", methods=["GET", "POST"])
def export(form: str) -> Response:
    """The deck as a file. `slide` once a slide; `title` and `note` never, or once a slide. 400 and 404 with a sentence."""
    request.max_content_length = MOST_BYTES
    try:
        if request.method == "POST":
            gate.same_site()
        if form not in FORMATS:
            raise Refused(_("A deck can be one of: %(formats)s.") % {"formats": ", ".join(FORMATS)}, 404)
        return _file(form, _given())
    except (Refused, gate.Refused) as refusal:
        return sentence(str(refusal), refusal.status)
    except RequestEntityTooLarge:
        return sentence(_("The deck is larger than this server takes. Use a smaller logo or fewer notes."), 413)


def _given() -> MultiDict[str, str]:
    given = request.form if request.method == "POST" else request.args
    for name in [name for name in given if name not in FIELDS][:1]:
        values = {"name": name[:40], "names": ", ".join(FIELDS)}
        raise Refused(_("“%(name)s” is no part of a deck. There are: %(names)s.") % values)
    return given


def _file(form: str, given: MultiDict[str, str]) -> Response:
    with making.slot():
        slides, reads = _slides(given)
        about = _about(given, reads, requested.shape_of(given.getlist("shape"), EXPORTS[form]))
        body = EXPORTS[form].write(slides, about)
    response = Response(body, content_type=EXPORTS[form].mimetype)
    marks = [
        _slug(about.title) or "board-deck",
        *([about.shape] if EXPORTS[form].shapes else []),
        *(["demonstration"] if about.demonstration else []),
        about.build,
    ]
    response.headers["Content-Disposition"] = f'attachment; filename="{"-".join(marks)}.{form}"'
    response.headers["X-RTAC-Build"] = about.build
    return response


def _slides(given: MultiDict[str, str]) -> tuple[list[Slide], list[Reading]]:
    wanted = given.getlist("slide")
    if not wanted:
        raise Refused(_("The deck has no slides yet. Add exhibits to it on any page."))
    if len(wanted) > deck.MOST_SLIDES:
        raise Refused(_("A deck holds at most %(n)d slides. Remove some, or make two decks.") % {"n": deck.MOST_SLIDES})
    titles, notes = (_beside(given.getlist(name), len(wanted), name) for name in ("title", "note"))
    out, reads = [], []
    for i, (link, title, note) in enumerate(zip(wanted, titles, notes, strict=True), start=1):
        try:
            slide, read = built(link)
        except Unanswerable as why:
            said = _("Slide %(n)d: %(why)s Remove it from the deck to make a file of the others.")
            raise Refused(said % {"n": i, "why": why}) from why
        except Refused as why:
            raise Refused(_("Slide %(n)d: %(why)s") % {"n": i, "why": why}) from why
        out.append(replace(slide, title=_text(title, deck.MOST_TITLE), note=_text(note, deck.MOST_NOTE)))
        reads.append(read)
    return out, reads


def _beside(found: list[str], count: int, name: str) -> list[str]:
    if len(found) not in (0, count):
        raise Refused(_("“%(name)s” is given for some slides only. Give it for every slide, or for none.") % {"name": name})
    return found or [""] * count


def built(link: str) -> tuple[Slide, Reading]:
    """The slide of a permalink and the reading it stands on. Raises Refused or Unanswerable with a sentence."""
    try:
        found = deck.find(link)
    except deck.Unusable as why:
        raise Refused(str(why)) from why
    read, exhibits = requested.parse(found.page, {**found.query, "exhibit": [found.exhibit.key]})
    (slide,) = making.slides(found.page, making.built(exhibits, read, False), read)
    return slide, read


def _slug(text: str) -> str:
    """A name as part of a file's name: letters of a to z, digits and hyphens, or ""."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")


def _about(given: MultiDict[str, str], reads: list[Reading], shape: str) -> About:
    builds = [read.build for read in reads]
    return About(
        "deck",
        (),
        builds[0].id,
        builds[0].manifest["created"],
        any(build.demo for build in builds),
        title=_text(given.get("name", ""), 120) or _("Board deck"),
        site=request.host_url.rstrip("/"),
        newer=next(filter(None, map(pinned.sentence, builds)), ""),
        occasion=_text(given.get("occasion", ""), 120),
        day=_day(given.get("day", "")),
        shape=shape,
        logo=_logo(request.files.get("logo")),
    )


def _text(text: str, most: int) -> str:
    """A reader's own words as one line or several, without what no file format takes."""
    clean = "".join(c for c in text.replace("\r\n", "\n") if c == "\n" or c.isprintable())
    return clean.strip()[:most]


def _day(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return dates.written(date.fromisoformat(text.strip()).isoformat())
    except ValueError:
        raise Refused(_("“day” is a date like 2026-12-10.")) from None


def _logo(sent: FileStorage | None) -> bytes:
    """A PNG or JPEG that opens and is of a sensible size, or b"". Raises Refused."""
    body = sent.read(MOST_LOGO + 1) if sent else b""
    if not body:
        return b""
    try:
        with Image.open(io.BytesIO(body), formats=("PNG", "JPEG")) as image:
            small = len(body) <= MOST_LOGO and max(image.size) <= MOST_PIXELS
            image.verify()
    except Exception as error:
        raise Refused(_("The logo is no PNG or JPEG picture that can be opened.")) from error
    if not small:
        raise Refused(_("The logo is too large. Take one of at most 300 KB and 4,000 pixels."))
    return body


@blueprint.get("/deck/slide")
def slide() -> Response:
    """What one slide of the tray holds: {headline, subtitle, build, current, warnings} or {error}. `title`: the reader's own."""
    try:
        made, read = built(request.args.get("slide", ""))
    except (Refused, Unanswerable) as why:
        return jsonify({"error": str(why)})
    shown = made.shown
    return jsonify(
        {
            "headline": shown.headline,
            "subtitle": shown.subtitle,
            "build": read.build.id,
            "current": read.build.id == warehouse.current().id,
            "warnings": claims.warnings(_text(request.args.get("title", ""), deck.MOST_TITLE), shown),
        }
    )


@blueprint.get("/deck/ready")
def ready() -> Response:
    """A ready-made deck for a place: {name, slides: [{slide, own, title}], left_out: [sentence]}. 400 and 404 with a sentence."""
    wanted, place = request.args.get("deck", ""), request.args.get("place", "")
    one = next((r for r in deck.ready() if r.key == wanted), None)
    if one is None:
        return sentence(_("There is no ready-made deck of this name."), 404)
    try:
        read, _exhibits = requested.parse(requested.page("place"), {"place": [place]} if place else {})
        found = facts.place_of(place or registry.STATE, read.ask)
    except (Refused, Unanswerable) as why:
        return sentence(str(why), 400)
    if found["level"] not in one.levels:
        return sentence(_("“%(name)s” is for another kind of place.") % {"name": one.name}, 400)
    slides, left_out = _ready(one, found)
    return jsonify({"name": one.name, "slides": slides, "left_out": left_out})


def _ready(one: deck.Ready, place: dict) -> tuple[Sequence[dict], Sequence[str]]:
    slides, left_out = [], []
    wanted = sum(not part.spare for part in one.parts)
    for part in one.parts:
        if len(slides) == wanted:
            break
        try:
            slides.append(_pinned(part, place))
        except (Refused, Unanswerable) as why:
            left_out.append(str(why))
    return slides, list(dict.fromkeys(left_out))


def _titled(name: str, headline: str) -> str:
    """A headline as it stands alone on a slide: with the place that the page names above it."""
    return _("%(place)s: %(headline)s") % {"place": name, "headline": headline[:1].lower() + headline[1:]}


def _pinned(part: deck.Part, place: dict) -> dict[str, str]:
    """A part for one place as the page would show it, with the build pinned."""
    page = requested.page(part.page)
    read, (exhibit,) = requested.parse(page, {**deck.filled(part, place), "exhibit": [part.exhibit]})
    with contextlib.suppress(Unanswerable):
        read = page.settle(read)
    shown: Shown = making.built([exhibit], read, False)[0]
    lead = [e for e in page.exhibits if e.key == part.titled_by]
    title = making.built(lead, read, False)[0].headline if lead else shown.headline
    named = page.key == "place" and place["name"] not in title and len(place["name"]) <= LONGEST_NAME
    title = _titled(place["name"], title) if named else title if lead else ""
    return {"slide": links.permalink(page.key, exhibit.key, read.view, read.build.id), "own": shown.headline, "title": title}
