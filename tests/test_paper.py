"""PDF, brief, PNG and SVG: the numbers of the table, every mark and banner, nothing alive; read again by independent readers."""

import io
import struct
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from components.exhibit import Column, Shown, Table
from components.i18n import decimal
from exports import brief, pdf_file, png_file, svg_file
from exports.drawing.text import showable
from exports.paper.words import height, lines, plain, that_fit
from tests import invented
from tests.exhibited import PLACE, about, slides
from tests.test_drawing import figure

LIVE = '#panic("no") *bold* $x$ @ref <label> `raw` \\ [x] //'
NAMES = {
    "formula": invented.HOSTILE,
    "typst": LIVE,
    "xml": "<script>alert(1)</script>&amp;]]>",
    "controls": "a\x00b\x1bc\r\nd",
    "long": "Very long " * 500,
    "endless": "x" * 5000,
    "right to left": "مدرسة \u202eevil\u202c עברית",
    "emoji": "👩‍👩‍👧‍👦 🏫 學校",
    "surrogate": "bad \ud83d end",
    "marks": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢",
    "empty": "",
}


def read(document: bytes) -> list[str]:
    """The text of each page of a PDF."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(document)).pages]


def flat(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def one(name: str, of: dict | None = None, **more: object) -> Shown:
    """An exhibit whose every string is a name."""
    columns = (Column("name", name), Column("value", name, "number"))
    table = Table(name, columns, tuple({"name": name, "value": name} for _i in range(3)))
    import pandas as pd

    given = {"key": "lead", "headline": name, "subtitle": name, "table": table, "rows": lambda: pd.DataFrame({"name": [name]})}
    words = {"figure": of, "words": (name,) * 2, "source": name, "notes": (name,), "alt": name}
    return Shown(**{**given, **words, **more})  # type: ignore[arg-type]


def hostile(name: str) -> list:
    """A slide of each kind with nothing but this name."""
    from exports import Slide

    of = figure()
    of["layout"]["meta"]["shows"] = name
    card = {"title": name, "value": name, "unit": name, "tag": name, "tag_kind": "better", "detail": name}
    grid = {"columns": [(name, "")], "rows": [(name, "/place", True, [(name, "s1")])], "legend": [(name, "s1")]}
    kinds = [
        {"extra": {"kicker": name, "crumbs": [(name, None)], "next": [(name, "/compare", {})]}},
        {"of": of, "key": "trend"},
        {"extra": {"facts": [card] * 4}, "key": "key_numbers"},
        {"extra": {"grid": grid}, "key": "grid"},
        {"key": "table", "provisional": True},
        {"of": of, "key": "student_groups"},
        {"of": of, "key": "reasons"},
    ]
    return [Slide(one(name, **more), "/place?place=1#x", note=name) for more in kinds]


@pytest.mark.parametrize("name", list(NAMES))
def test_a_hostile_name_through_every_document(name):
    found = hostile(NAMES[name])
    stands = about(title=NAMES[name], occasion=NAMES[name], day=NAMES[name], newer=NAMES[name])
    deck = pdf_file.write(found, stands)
    assert deck.startswith(b"%PDF-1.7") and brief.write(found, stands).startswith(b"%PDF")
    for slide in found:
        assert png_file.write([slide], stands).startswith(b"\x89PNG")
        assert ElementTree.fromstring(svg_file.write([slide], stands)).get("role") == "img"
    pages = read(deck)
    assert len(pages) == len(found) + 1
    if NAMES[name].isprintable() and 0 < len(NAMES[name]) < 100:
        assert flat(plain(NAMES[name])) in flat("".join(pages))


def test_names_are_printed_and_never_run():
    text = flat("".join(read(pdf_file.write(hostile(LIVE), about()))))
    assert text.count(flat(LIVE)) > 10


def test_a_deck_has_a_page_a_slide_and_says_what_must_stand_on_each(web):
    found = [replace(s, note="Ask the council.") if i == 1 else s for i, s in enumerate(slides("place", place=PLACE))]
    document = pdf_file.write(found, about(occasion="Board meeting", newer="Newer numbers stand at /place.", day="May 7, 2026"))
    pages = read(document)
    assert len(pages) == len(found) + 1
    for slide, page in zip(found, pages, strict=False):
        page = flat(page)
        assert flat(plain(slide.headline, 180)) in page and flat("Demonstration data. Not real schools.") in page
        assert flat("Newer numbers stand at /place.") in page and flat("Board meeting") in page
        assert flat(plain(slide.shown.source, 420)) in page and flat("https://rtac.example.org/place") in page
    assert flat("Ask the council.") in flat(pages[1])
    assert flat("It is not zero.") in flat(pages[-1]) and "20261122-000000-abcdef" in flat(pages[-1])


def test_the_printed_numbers_are_those_of_the_table(web):
    """Every row of the tables that stand on a slide, in order; and the sentence that says how many are left out."""
    tables = 0
    for page, view in (("peers", {"level": "county"}), ("data", {}), ("cohorts", {}), ("grid", {})):
        for slide in slides(page, **view):
            shown = slide.shown
            if shown.figure or shown.extra or not shown.table.rows:
                continue
            text = read(pdf_file.write([slide], about()))[0]
            whole, tables = flat(text), tables + 1
            first = shown.table.rows[0]
            assert all(flat(plain(first.get(c.key, ""), 140))[:24] in whole for c in shown.table.columns), shown.key
            if len(shown.table.rows) > 60:
                assert f"of{len(shown.table.rows):,}rows" in whole
    assert tables > 4


def test_the_numbers_of_a_chart_stand_in_the_document(web):
    """The names at the ends of the lines, and the key numbers with their tags."""
    found = {s.shown.key: s for s in slides("place", place=PLACE)}
    text = flat("".join(read(pdf_file.write([found["trend"], found["key_numbers"]], about()))))
    rates = {r["rate"] for r in found["trend"].shown.frame.to_dict("records") if r["academic_year"] == "2024-25"}
    assert rates and all(flat(decimal(rate)) in text for rate in rates)
    for card in found["key_numbers"].shown.extra["facts"]:
        assert flat(card["value"]) in text and flat(card["tag"]) in text and flat(card["detail"]) in text


@pytest.mark.parametrize("shape", ["wide", "classic"])
def test_the_same_slides_give_the_same_bytes_in_both_shapes(web, shape):
    found = slides("place", place=PLACE)
    assert pdf_file.write(found, about(shape=shape)) == pdf_file.write(found, about(shape=shape))


@pytest.mark.parametrize("place", ["00000000000000", PLACE, "R-SCO", "school", "district"])
def test_a_brief_has_two_pages(web, place):
    if place in ("school", "district"):
        from components.reading import read as read_

        listed = read_({}).ask("ranking", indicator="chronic_absenteeism_rate", student_group="TA", year=2025, level=place,
                               region=None, county=None, cohort=None, entities=None)  # fmt: skip
        place = str(listed["entity"].iloc[0])
    found = slides("place", place=place)
    pages = read(brief.write(found, about()))
    assert len(pages) == 2
    lead = next(s for s in found if s.shown.key == "lead")
    text = flat("".join(pages))
    assert flat(lead.headline) in text and "Whatyoucandonext" in text and "Sources" in text
    assert flat("Demonstration data. Not real schools.") in flat(pages[1])


def test_a_brief_of_another_page_is_refused(web):
    with pytest.raises(ValueError, match="lead"):
        brief.write([s for s in slides("compare") if s.shown.key != "lead"], about())


@pytest.mark.parametrize(("shape", "size"), [("wide", (1920, 1080)), ("classic", (1440, 1080)), ("social", (1200, 630))])
def test_pictures_have_their_sizes(web, shape, size):
    slide = next(s for s in slides("place", place=PLACE) if s.shown.key == "trend")
    assert struct.unpack(">II", png_file.write([slide], about(shape=shape))[16:24]) == size
    drawn = ElementTree.fromstring(svg_file.write([slide], about(shape=shape)))
    space = "{http://www.w3.org/2000/svg}"
    assert drawn.findtext(f"{space}title") == showable(slide.headline)
    told = drawn.findtext(f"{space}desc") or ""
    assert "Demonstration data" in told and slide.shown.source in told
    # Letters are shapes and nothing is a file in the file: it looks the same in every program.
    assert not [e for e in drawn.iter() if e.tag.removeprefix(space) in ("text", "image", "script", "style", "foreignObject")]
    links = {v for e in drawn.iter() for k, v in e.attrib.items() if k.endswith("href")}
    assert all(v.startswith(("#", "https://rtac.example.org")) for v in links)


def test_a_logo_stands_on_every_slide(web):
    slide = slides("place", place=PLACE)[0]
    size = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(b"\0\xff\0\0\xff\0\0" * 2)
    logo = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    assert len(pdf_file.write([slide], about(logo=logo))) != len(pdf_file.write([slide], about()))


def test_documents_are_tagged_and_named(web):
    for document in (pdf_file.write(slides("place", place=PLACE), about()), brief.write(slides("place", place=PLACE), about())):
        assert b"pdfuaid:part>1<" in document and b"/Lang" in document and b"/StructTreeRoot" in document
        assert b"Los Angeles County" in document and b"R-TAC dashboard" in document


def test_an_independent_checker_finds_no_error(web):
    """page-validation holds a file against the rules of PDF/UA-1, those of veraPDF's corpus among them."""
    import page

    found = [s for name in ("place", "compare", "equity", "pillars", "grid") for s in slides(name, place=PLACE)]
    marked = [replace(s, shown=replace(s.shown, provisional=True), note="A note.") for s in found]
    files = [pdf_file.write(marked, about(newer="A newer build is there."))]
    files += [brief.write(slides("place", place=PLACE), about()), pdf_file.write(hostile(LIVE), about())]
    rules = page.ValidationProfile.PDF_UA_1
    for document in files:
        report = page.validate_pdf_bytes(document, profile=rules)
        assert report.is_compliant and report.rules.failed == 0, report.failures
    assert not page.validate_pdf_bytes(files[0].replace(b"/Marked true", b"/Mxrked true"), profile=rules).is_compliant


def test_sentences_fit_or_are_left_out():
    assert lines("one two three", 10, 1000) == 1 and lines("one two three", 10, 20) >= 3
    kept, left = that_fit(["short", "x " * 900, "short"], 10, 100, 60, 4)
    assert kept == ["short"] and left == 60 - height("short", 10, 100) - 4
    assert plain("x" * 100, 50).endswith("…") and "\u200b" in plain("x" * 60)


# The brief ---------------------------------------------------------------------------------------------------------------------


def brief_of(place: str) -> tuple[list, list[str]]:
    """The slides of a place's page and the text of the two pages made of them."""
    found = slides("place", place=place)
    return found, read(brief.write(found, about()))


def test_what_to_do_next_has_addresses_that_can_be_read_from_paper(web):
    found, pages = brief_of(PLACE)
    steps = next(s for s in found if s.shown.key == "lead").shown.extra["next"][:4]
    assert len(steps) == 4
    for text, path, _changes in steps:
        assert flat(f"{text} rtac.example.org{path}") in flat(pages[0])
    assert "http" not in pages[0] and flat(f"rtac.example.org/place?place={PLACE}") in flat(pages[0])
    made = PdfReader(io.BytesIO(brief.write(found, about()))).pages[0]
    ways = [str(note.get_object()["/A"]["/URI"]) for note in made.annotations or ()]
    assert any("/compare?" in way and f"place={PLACE}" in way for way in ways)


def test_the_addresses_are_large_enough_to_read(web):
    sizes = []

    def visit(text, _cm, tm, _font, size):
        if "rtac.example.org" in text:
            sizes.append(size * abs(tm[0]))

    PdfReader(io.BytesIO(brief.write(slides("place", place=PLACE), about()))).pages[0].extract_text(visitor_text=visit)
    assert sizes and min(sizes) >= 9


def test_similar_places_name_measure_and_year(web):
    found, pages = brief_of(PLACE)
    caption = next(s for s in found if s.shown.key == "similar").shown.table.caption
    assert "2024–25" in caption and flat(f"Similar places {caption}") in flat(pages[0])


def test_a_brief_of_a_district_says_whether_its_charter_schools_are_counted(web):
    _found, pages = brief_of("19900110000000")
    assert flat("Charter schools. A district’s number in CDE’s DataQuest files includes its charter schools") in flat(pages[1])
    assert "harter" not in "".join(brief_of(PLACE)[1])


def test_a_second_page_with_room_says_who_is_counted_and_gives_the_years(web):
    """Without the reasons of absence half of the page would be empty."""
    found = [s for s in slides("place", place=PLACE) if s.shown.key != "reasons"]
    second = flat(read(brief.write(found, about()))[1])
    assert flat("Who is counted Chronic absenteeism rate. Students absent on 10 percent or more") in second
    alone = flat(read(brief.write([s for s in found if s.shown.key != "student_groups"], about()))[1])
    trend = next(s for s in found if s.shown.key == "trend").shown
    rows = [row for row in trend.table.rows if row["entity"] == PLACE]
    assert flat("The numbers behind the line") in alone and len(rows) > 3
    assert all(flat(row["year"] + row["rate"] + row["interval"]) in alone for row in rows)
