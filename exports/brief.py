"""The two-page brief of a place, portrait: headline, key numbers, two charts, student groups, what to do next, sources. PDF/UA-1."""

from collections.abc import Sequence

from components.i18n import _
from exports.about import About
from exports.drawing import fitted
from exports.legend import LEGEND
from exports.paper import press, tabled
from exports.paper.slides import fact, frame, place_of, steps, url
from exports.paper.words import height, plain, that_fit
from exports.slide import Slide

WIDE, HIGH, EDGE = 612.0, 792.0, 45.0
"""US Letter in points."""
BODY = WIDE - 2 * EDGE
PIXEL = 0.72
"""Points of a pixel of the screen: letters of 9 to 10 points."""
CHARTS = ("trend", "reasons")
"""The charts of the first page, by the exhibit's key."""


def write(slides: Sequence[Slide], about: About) -> bytes:
    """Two pages from the slides of a place's page; what is not among them is left out. Raises ValueError without a lead."""
    by = {slide.shown.key: slide for slide in slides}
    if "lead" not in by:
        raise ValueError("A brief needs the lead of a place's page.")
    lead = by["lead"]
    name = plain(place_of(lead.shown) or about.title, 90)
    title = _("%(name)s in two pages") % {"name": name}
    first = _first(by, lead, about)
    data = {
        **frame(about, title),
        **first,
        "name": name,
        "kicker": plain(lead.shown.extra.get("kicker", ""), 120),
        "marks": list(dict.fromkeys(mark for slide in by.values() for mark in slide.marks)),
        **_second(by, lead, about),
    }
    return press.pdf("brief.typ", data, about.made)


def _first(by: dict[str, Slide], lead: Slide, about: About) -> dict:
    """The upper part, and as large charts as fit below it."""
    headline, told = plain(lead.headline, 150), plain(lead.shown.subtitle, 520)
    facts = [fact(f) for f in by["key_numbers"].shown.extra.get("facts", ())[:4]] if "key_numbers" in by else []
    strips = 16 * (bool(about.banner) + bool(about.newer))
    above = strips + 34 + 16 + height(headline, 23, BODY, 700) + height(told, 11, BODY) + 20
    room = HIGH - 40 - above - (_tallest(facts) if facts else 0)
    found = [by[key] for key in CHARTS if key in by and by[key].shown.figure]
    shares = {1: (1.0,), 2: (0.53, 0.47)}.get(len(found), ())
    charts = [_chart(slide, room * share - 12) for slide, share in zip(found, shares, strict=True)]
    return {"headline": headline, "told": told, "facts": facts, "charts": charts}


def _tallest(facts: list[dict]) -> float:
    column = BODY / len(facts) - 16
    return 26 + max(height(f["title"], 10, column, 600) + 32 + 16 * bool(f["tag"]) + height(f["detail"], 8.6, column) for f in facts)


def _chart(slide: Slide, high: float, words: int = 1) -> dict:
    """Headline, subtitle, drawing and the first sentences of an exhibit, in so many points downwards."""
    shown = slide.shown
    out = {"headline": plain(slide.headline, 120), "subtitle": plain(shown.subtitle, 240), "words": [], "svg": "", "alt": ""}
    left = high - height(out["headline"], 13, BODY, 700) - height(out["subtitle"], 9, BODY) - 8
    if shown.figure:
        out["words"], left = that_fit([plain(w, 400) for w in shown.words[1 : 1 + words]], 9.5, BODY, left, 4)
        out["svg"] = fitted(shown.figure, BODY / PIXEL, left / PIXEL, larger=1.15)
        out["alt"] = plain(shown.alt or slide.headline, 900)
    else:
        out["words"] = that_fit([plain(w, 400) for w in shown.words], 10, BODY, left, 4)[0]
    return {**out, "high": left}


def _second(by: dict[str, Slide], lead: Slide, about: About) -> dict:
    """Groups, similar places, next steps, legend and sources."""
    used = [by[key] for key in ("lead", "key_numbers", *CHARTS, "student_groups", "similar") if key in by]
    sources = [plain(text, 330) for text in dict.fromkeys(s.shown.source for s in used if s.shown.source)][:4]
    legend = [[symbol, meaning] for symbol, meaning in LEGEND]
    following = steps(lead, about)[:4]
    address = url(about, lead.link)
    foot = 40 + sum(height(s, 8, BODY) + 3 for s in [*sources, address]) + 3 * 31 + 30
    similar = _similar(by["similar"]) if "similar" in by else {}
    middle = max(26 + 17 * len(following), (similar["table"]["high"] + 56) if similar else 0)
    strips = 16 * (bool(about.banner) + bool(about.newer))
    groups = _chart(by["student_groups"], HIGH - 40 - strips - 24 - middle - foot - 40, 0) if "student_groups" in by else {}
    return {
        "groups": groups, "similar": similar, "next": following, "legend": legend, "sources": sources,
        "built": _("Build %(build)s of %(day)s.") % {"build": about.build, "day": about.made[:10]},
        "link": address, "similar_said": _("Similar places"), "groups_said": _("Student groups"),
    }  # fmt: skip


def _similar(slide: Slide) -> dict:
    """The nearest places with their rates: the place itself and four others."""
    keep = slide.shown.table.columns[:1] + tuple(c for c in slide.shown.table.columns[1:] if c.kind == "number")[-2:]
    table = type(slide.shown.table)(slide.shown.table.caption, keep, slide.shown.table.rows[:6])
    return {"headline": plain(slide.headline, 90), "table": tabled.table(table, 0.5 * BODY - 10, 150, (9.0,))}
