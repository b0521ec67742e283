"""The two-page brief of a place, portrait (PDF/UA-1): headline, key numbers, charts, student groups, what to do next, sources."""

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from components.i18n import _
from exports.about import About
from exports.drawing import fitted, taken
from exports.legend import LEGEND
from exports.paper import behind, press, tabled
from exports.paper.slides import fact, facts_height, frame, place_of, steps, strips_height, url
from exports.paper.words import height, one_line, plain, printed_of, that_fit
from exports.slide import Slide

WIDE, HIGH, EDGE = 612.0, 792.0, 45.0
"""US Letter in points."""
BODY = WIDE - 2 * EDGE
ADDRESS = 9.0
"""Points: of the addresses that are printed, so that they can be read from paper."""
BEHIND = (150.0, 150.0, 52.0)
"""Points of the second page that who is counted may take from no, one or two charts; what they leave is its own anyway."""
LEAST = 60.0
"""Points that a chart has in any case."""
PIXEL = 0.72
"""Points of a pixel of the screen: letters of 9 to 10 points."""
USED = ("lead", "key_numbers", "trend", "similar", "student_groups", "reasons")
"""The exhibits of a place's page that a brief is made of."""


def write(slides: Sequence[Slide], about: About) -> bytes:
    """Two pages from the slides of a place's page; what is not among them is left out. Raises ValueError without a lead."""
    by = {slide.shown.key: slide for slide in slides}
    if "lead" not in by:
        raise ValueError("A brief needs the lead of a place's page.")
    lead = by["lead"]
    name = plain(place_of(lead.shown) or about.title, 60)
    title = _("%(name)s in two pages") % {"name": name}
    on_first = [by[key] for key in ("lead", "key_numbers", "similar") if key in by]
    data = {
        **frame(about, title),
        **_first(by, lead, about),
        "name": name,
        "kicker": plain(lead.shown.extra.get("kicker", ""), 120),
        "marks": [plain(m, 160) for m in dict.fromkeys(mark for slide in on_first for mark in slide.marks)],
        **_second(by, about, url(about, lead.link)),
    }
    return press.pdf("brief.typ", data, about.made)


def _first(by: dict[str, Slide], lead: Slide, about: About) -> dict:
    """Headline and numbers, the line over the years, similar places beside what to do next."""
    headline, told = plain(lead.headline, 150) or _("Untitled"), plain(lead.shown.subtitle, 520)
    size = one_line(headline, (23, 21.5, 20), BODY - (50 if about.logo else 0))
    facts = [fact(f, 160) for f in by["key_numbers"].shown.extra.get("facts", ())[:4]] if "key_numbers" in by else []
    above = strips_height(about, BODY, 8.5) + 34 + 16 + height(headline, size, BODY, 700) + height(told, 11, BODY) + 20
    following = [{**step, "shown": printed_of(step["link"])} for step in steps(lead, about)[:4]]
    similar = _similar(by["similar"]) if "similar" in by and "entity" in by["similar"].shown.table.rows[0] else {}
    column = (0.5 if similar else 1) * BODY - 50
    start = _start(url(about, lead.link))
    listed = 44 + sum(height(n["text"], 10, column) + height(n["shown"], ADDRESS, column) + 5 for n in following)
    listed += height(start, ADDRESS, column + 20) + 8
    beside = similar["table"]["high"] + height(similar["said"], 9, 0.5 * BODY - 10) + 31 if similar else 0
    last = max(listed if following else 0, beside)
    room = HIGH - 46 - above - (facts_height(facts, BODY / len(facts), 25) + 26 if facts else 0) - last - 10
    charts = [_chart(by["trend"], min(room, 330))] if "trend" in by else []
    return {
        "headline": headline,
        "size": size,
        "told": told,
        "facts": facts,
        "charts": charts,
        "similar": similar,
        "next": following,
        "start": start,
    }


def _start(address: str) -> str:
    """From where the place itself is reached by typing; "" where no place is chosen."""
    place = parse_qs(urlsplit(address).query).get("place", [""])[0]
    at = f"{printed_of(address)}?place={place}"
    return _("Each begins at this place’s page: %(address)s") % {"address": at} if place else ""


def _chart(slide: Slide, high: float) -> dict:
    """Headline, subtitle and drawing of an exhibit, or its first sentences, in so many points downwards."""
    shown = slide.shown
    out = {
        "headline": plain(slide.headline, 120) or _("Untitled"),
        "subtitle": plain(" · ".join([shown.subtitle, *slide.marks]), 400),
        "words": [],
        "svg": "",
        "alt": "",
    }
    left = high - height(out["headline"], 13, BODY, 700) - height(out["subtitle"], 9, BODY) - 8
    left = max(LEAST, left)
    if shown.figure:
        left = min(left, PIXEL * taken(shown.figure, BODY / PIXEL, left / PIXEL, larger=1.15))
        out["svg"] = fitted(shown.figure, BODY / PIXEL, left / PIXEL, larger=1.15)
        out["alt"] = plain(shown.alt, 900) or out["headline"]
    else:
        out["words"] = that_fit([plain(w, 400) for w in shown.words], 10, BODY, left, 4)[0]
    return {**out, "high": left}


def _height(chart: dict) -> float:
    """Points that a chart takes with what stands above it."""
    words = sum(height(said, 10, BODY) + 4 for said in chart["words"])
    above = height(chart["headline"], 13, BODY, 700) + height(chart["subtitle"], 9, BODY) + 8
    return above + (chart["high"] if chart["svg"] else words)


def _second(by: dict[str, Slide], about: About, address: str) -> dict:
    """Student groups, reasons, what stands behind the numbers as far as there is room, legend and sources."""
    used = [by[key] for key in USED if key in by]
    sources = [plain(text, 330) for text in dict.fromkeys(s.shown.source for s in used if s.shown.source)][:4]
    foot = 60 + sum(height(s, 8, BODY) + 3 for s in [*sources, address]) + 3 * 23
    room = HIGH - 46 - strips_height(about, BODY, 8.5) - 24 - foot
    found = [by[key] for key in ("student_groups", "reasons") if key in by]
    shares = {1: (1.0,), 2: (0.57, 0.43)}.get(len(found), ())
    said = behind.definitions(by["key_numbers"].shown if "key_numbers" in by else None)
    kept = behind.that_fit(said, BODY, BEHIND[len(found)])[1]
    charts = [_chart(slide, (room - kept) * share - 14) for slide, share in zip(found, shares, strict=True)]
    room -= sum(_height(chart) + 14 for chart in charts)
    years, takes = behind.years(by["trend"].shown, BODY, room - kept) if "trend" in by else ({}, 0.0)
    return {
        "more": charts,
        "years": years,
        "counted": behind.that_fit(said, BODY, room - takes)[0],
        "counted_said": _("Who is counted"),
        "legend": [[symbol, meaning] for symbol, meaning in LEGEND],
        "sources": sources,
        "built": plain(_("Build %(build)s of %(day)s.") % {"build": about.build, "day": about.made[:10]}, 120),
        "link": address,
        "similar_said": _("Similar places"),
    }


def _similar(slide: Slide) -> dict:
    """The nearest places with their rates: the place itself and four others; `said`: measure, students and year."""
    keep = slide.shown.table.columns[:1] + tuple(c for c in slide.shown.table.columns[1:] if c.kind == "number")[-2:]
    table = type(slide.shown.table)(slide.shown.table.caption, keep, slide.shown.table.rows[:5])
    said = plain(slide.shown.table.caption, 200)
    return {"headline": plain(slide.headline, 90), "said": said, "table": tabled.table(table, 0.5 * BODY - 10, 150, (9.0,))}
