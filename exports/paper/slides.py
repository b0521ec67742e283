"""A slide as plain strings for the templates: its kind, its drawing with words, the sentences that fit, its source and link."""

from dataclasses import dataclass

from components.exhibit import Shown
from components.i18n import _
from components.links import internal
from exports.about import About
from exports.drawing import fitted
from exports.drawing.columns import columns_of
from exports.drawing.text import showable
from exports.paper import tabled
from exports.paper.words import height, one_line, plain, sized, that_fit
from exports.slide import Slide
from exports.thin import filled

PIXEL = 0.75
"""Points of a pixel of the screen."""
EDGE, FOOT = 40.0, 64.0
"""Points: beside a slide's body, and below it for source, link and page."""
LEAST = 100.0
"""Points that an exhibit has in any case."""


@dataclass(frozen=True)
class Sheet:
    """The size of a page in points."""

    wide: float
    high: float

    @property
    def body(self) -> float:
        return self.wide - 2 * EDGE


SHEETS = {"wide": Sheet(960, 540), "classic": Sheet(720, 540), "social": Sheet(960, 504)}


def said() -> dict[str, str]:
    """The words of the templates themselves."""
    return {
        "note": _("Note"),
        "next": _("What you can do next"),
        "legend": _("What the words and marks mean"),
        "symbol": _("In the files"),
        "meaning": _("What it means"),
        "sources": _("Sources"),
    }


def frame(about: About, title: str) -> dict:
    """What every document needs beside its slides."""
    return {
        "title": plain(title, 200) or _("Untitled"),
        "author": _("R-TAC dashboard"),
        "keywords": [],
        "language": "en",
        "banner": about.banner,
        "newer": plain(about.newer, 300),
        "logo": list(about.logo),
        "logo_alt": _("Logo of the county office or district"),
        "said": said(),
        "foot": " · ".join(plain(part, 90) for part in (title, about.occasion, about.day) if part),
    }


def kind_of(slide: Slide) -> str:
    """How a slide shows its exhibit."""
    extra = slide.shown.extra
    if slide.shown.figure:
        return "figure"
    return next((kind for kind in ("facts", "grid", "cards") if extra.get(kind)), "lead" if extra.get("kicker") else "table")


def url(about: About, link: str) -> str:
    """An address of this site, or ""."""
    return showable(f"{about.site}{link}")[:2000] if link else ""


def brief_of(address: str) -> str:
    """An address as it is printed: typst breaks it by itself, so nothing stands in what a reader copies."""
    return address if len(address) <= 150 else f"{address[:149]}…"


def slide_of(slide: Slide, about: About, sheet: Sheet, beside: bool = True) -> dict:
    """One slide for slide.typ. `beside`: whether sentences may stand beside its drawing."""
    shown, kind = slide.shown, kind_of(slide)
    headline = plain(slide.headline, 180) or _("Untitled")
    wide = sheet.body - (60 if about.logo else 0)
    large, small = ((34, 31, 29), (34, 28, 22, 18)) if kind == "lead" else ((26, 24.5, 23), (26, 23, 20, 17))
    size = min(one_line(headline, large, wide), sized(headline, small, wide, 2))
    out = {
        "kind": kind, "headline": headline, "size": size,
        "kicker": plain(kicker(shown) if kind == "lead" else "", 160),
        "subtitle": plain(shown.subtitle, 700 if kind == "lead" else 330), "marks": [plain(mark, 160) for mark in slide.marks],
        "note": plain(slide.note, 500), "words": [], "below": [], "notes": [], "side": 0, "more": "", "next": [],
        "source": plain(shown.source, 420), "link": url(about, slide.link), "shown": brief_of(url(about, slide.link)),
    }  # fmt: skip
    room = max(LEAST, sheet.high - FOOT - _above(out, about, wide))
    side = 0.245 * sheet.wide
    fill = {"figure": _figure, "facts": _facts, "grid": _grid, "cards": _cards, "table": _table, "lead": _lead}[kind]
    fill(out, slide, about, sheet.body, room, side if beside else 0.0)
    return out


def strips_height(about: About, wide: float, size: float) -> float:
    """Points that the banner and the word of a newer build take."""
    return sum(height(plain(said, 300), size, wide, 600) + 5 for said in (about.banner, about.newer) if said)


def place_of(shown: Shown) -> str:
    """The name of the place that an exhibit is about, where its page knows one."""
    crumbs = shown.extra.get("crumbs") or ()
    return str(crumbs[-1][0]) if crumbs else ""


def kicker(shown: Shown) -> str:
    """The line over a headline, with the place's name."""
    name, said = place_of(shown), shown.extra.get("kicker", "")
    return said if name in said else _("%(name)s · %(what)s") % {"name": name, "what": said}


def _above(out: dict, about: About, wide: float) -> float:
    """Points that banner, headline and subtitle take."""
    strips = strips_height(about, wide, 9)
    told = height(out["subtitle"], 11.5, wide) + 4 if out["subtitle"] and out["kind"] != "lead" else 0
    kicker = 18 if out["kicker"] else 0
    return strips + 23 + kicker + height(out["headline"], out["size"], wide, 700) + told + (22 if out["marks"] else 0)


def _beside(out: dict, slide: Slide, side: float, room: float) -> None:
    """A column with the reader's note and the sentences that fit; none in a picture."""
    if not side:
        out["note"] = ""
        return
    room -= height(out["note"], 11.5, side - 22) + 40 if out["note"] else 0
    words, left = that_fit([plain(w, 900) for w in slide.shown.words], 11.5, side, room, 8)
    out |= {"side": side, "words": words}
    out["notes"] = that_fit([plain(n) for n in slide.shown.notes], 9.5, side, left - 10, 6)[0]


def _figure(out: dict, slide: Slide, about: About, wide: float, room: float, side: float) -> None:
    figure = slide.shown.figure
    assert figure is not None
    alone = columns_of(figure, wide / PIXEL, room / PIXEL) > 1 and not out["note"]
    if side and not alone and (slide.shown.words or out["note"]):
        _beside(out, slide, side, room)
        wide -= side + 22
    if figure["layout"]["height"] * PIXEL > room and columns_of(figure, wide / PIXEL, room / PIXEL) == 1:
        figure, out["more"] = filled(figure)
        room -= 20 if out["more"] else 0
    alt = plain(slide.shown.alt, 900) or out["headline"]
    out["svg"], out["alt"] = fitted(figure, wide / PIXEL, room / PIXEL, larger=1.4), alt


def _facts(out: dict, slide: Slide, about: About, wide: float, room: float, side: float) -> None:
    out["facts"] = [fact(f) for f in slide.shown.extra["facts"][:8]]
    _noted(out, slide, side, room)
    rows = [out["facts"][i : i + 4] for i in range(0, len(out["facts"]), 4)]
    _under(out, slide, wide, room - 14 - sum(facts_height(row, wide / len(rows[0]), 31) + 37 for row in rows))


def fact(of: dict, longest: int = 200) -> dict:
    """A big number. A status in its place is set smaller, so that it fits."""
    value = plain(of["value"], 40)
    return {
        "title": plain(of["title"], 60), "value": value, "unit": plain(of["unit"], 30), "tag": plain(of["tag"], 40),
        "tag_kind": of["tag_kind"], "detail": plain(of["detail"], longest), "part": 1.0 if len(value) <= 8 else 0.55,
    }  # fmt: skip


def facts_height(facts: list[dict], column: float, size: float) -> float:
    """Points that a row of big numbers takes, its columns so wide."""
    column -= 0.9 * size
    return (
        max(
            height(f["title"], 0.4 * size, column, 600)
            + height(f"{f['value']} {f['unit']}", f["part"] * size, column, 700)
            + (height(f["tag"], 0.36 * size, column - 12, 600) + 8 if f["tag"] else 0)
            + height(f["detail"], 0.37 * size, column)
            for f in facts
        )
        + 0.42 * size
    )


def _under(out: dict, slide: Slide, wide: float, room: float) -> None:
    """The sentences that fit below numbers or a table, where none stand beside them."""
    if not out["words"]:
        out["below"] = that_fit([plain(w, 900) for w in slide.shown.words], 12, min(wide, 700), room - 14, 7)[0]


def _noted(out: dict, slide: Slide, side: float, room: float) -> None:
    if out["note"]:
        _beside(out, slide, side, room)


def _grid(out: dict, slide: Slide, about: About, wide: float, room: float, side: float) -> None:
    _noted(out, slide, side, room)
    out["grid"] = tabled.grid(slide.shown.extra["grid"], wide - (side + 22 if out["note"] else 0), room - 22)
    out["more"] = tabled.more(len(out["grid"]["rows"]), out["grid"]["of"])
    _under(out, slide, wide, room - 22 - out["grid"]["high"])


def _table(out: dict, slide: Slide, about: About, wide: float, room: float, side: float) -> None:
    narrow = len(slide.shown.table.columns) <= 3
    if side and (out["note"] or (narrow and slide.shown.words)):
        _beside(out, slide, side, room)
        wide -= side + 22
    out["table"] = tabled.table(slide.shown.table, wide, room - 20)
    out["more"] = tabled.more(len(out["table"]["rows"]), out["table"]["of"])
    _under(out, slide, wide, room - 20 - out["table"]["high"])
    if not out["table"]["of"]:
        out |= {"kind": "words", "below": out["below"] or out["words"], "words": []}


def _lead(out: dict, slide: Slide, about: About, wide: float, room: float, side: float) -> None:
    _noted(out, slide, side, room)
    out["next"] = steps(slide, about)[:4]


def steps(slide: Slide, about: About) -> list[dict]:
    """What to do next, with the way there for the place that it is about."""
    found = slide.shown.extra.get("next") or ()
    return [{"text": plain(text, 160), "link": url(about, internal(path, **changes))} for text, path, changes in found]


def _cards(out: dict, slide: Slide, about: About, wide: float, room: float, side: float) -> None:
    _noted(out, slide, side, room)
    sections = slide.shown.extra["cards"][:5]
    most = max((len(section.cards) for section in sections), default=1)
    each = 3 if most <= 4 else 2 if most <= 6 else 1
    out["cards"] = [
        {"title": plain(section.title, 60), "cards": [_card(card, each) for card in section.cards[:10]]} for section in sections
    ]


def _card(card, most: int) -> dict:
    """A card's name and its first facts."""
    facts = [
        {
            "text": plain(f"{f['title']}: {f['value']}", 90),
            "tag": plain(f.get("tag", ""), 40),
            "tag_kind": f.get("tag_kind", "none"),
        }
        for f in card.facts[:most]
    ]
    return {"title": plain(card.title, 70), "facts": facts, "stands": card.stands}
