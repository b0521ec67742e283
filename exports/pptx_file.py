"""PowerPoint: a slide an exhibit, with native charts that stay editable, and notes for who speaks."""

import datetime
import io
import zipfile
from collections.abc import Sequence

from components.i18n import _
from exports.about import About
from exports.powerpoint import page, template
from exports.powerpoint.house import sheet
from exports.powerpoint.text import clean, short
from exports.slide import Slide

STAMP = (2000, 1, 1, 0, 0, 0)
"""The time of all parts in the file: the same slides make the same bytes."""


def write(slides: Sequence[Slide], about: About) -> bytes:
    """A presentation of the slides in the shape of `about`."""
    deck = template.empty(about.shape)
    _properties(deck.core_properties, about)
    at = sheet(about.shape)
    for slide, title in zip(slides, titles(slides), strict=True):
        page.add(deck, slide, about, at, title)
    out = io.BytesIO()
    deck.save(out)
    return _settled(out.getvalue())


def titles(slides: Sequence[Slide]) -> list[str]:
    """The headlines, each made unlike the others: by what the exhibit is of, else by a number."""
    out: list[str] = []
    for slide in slides:
        title = short(slide.headline, page.LONGEST) or _("Untitled")
        if title in out:
            about = clean(slide.shown.subtitle).split(",")[0].split(":")[0]
            title = _("%(title)s: %(about)s") % {"title": title, "about": short(about, 50)} if about else title
        wanted, count = title, 1
        while title in out:
            count += 1
            title = _("%(title)s (%(n)s)") % {"title": wanted, "n": count}
        out.append(title)
    return out


def _properties(core, about: About) -> None:
    core.title = short(" · ".join(filter(None, (about.occasion, about.title))) or _("R-TAC Dashboard"), 200)
    core.author = core.last_modified_by = "R-TAC Dashboard"
    core.subject = short(about.banner, 200)
    core.keywords = core.comments = core.category = ""
    core.language = "en-US"
    core.revision = 1
    core.created = core.modified = _made(about.made)


def _made(text: str) -> datetime.datetime:
    try:
        return datetime.datetime.fromisoformat(text).replace(tzinfo=None, microsecond=0)
    except ValueError:
        return datetime.datetime(*STAMP)


def _settled(blob: bytes) -> bytes:
    """The same file with one time for all its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blob)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as kept:
        for part in made.infolist():
            info = zipfile.ZipInfo(part.filename, STAMP)
            info.compress_type = zipfile.ZIP_STORED if part.filename.endswith(".xlsx") else zipfile.ZIP_DEFLATED
            kept.writestr(info, made.read(part))
    return out.getvalue()
