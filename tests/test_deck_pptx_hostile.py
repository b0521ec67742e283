"""PowerPoint under attack: withheld numbers in no part of the file, hostile names in all of them, the same bytes twice."""

import io
import struct
import zipfile
import zlib
from dataclasses import replace
from xml.etree import ElementTree

import pandas as pd
import pytest

import queries
from components.exhibit import Column, Shown, Table, Unanswerable
from components.exhibits import changes, compare, equity, home, maps, place
from components.figures.named_bars import Bar, named_bars
from components.figures.trend import trend
from components.view import View
from data import registry
from exports import Slide, pptx_file
from tests import decks, groups, invented
from tests import local_pages as shelf
from tests.decks import ABOUT

PLANTED = (str(invented.PLANTED), f"{invented.PLANTED:,}", f"{invented.PLANTED:e}"[:8], str(invented.PLANTED // 10))
ON_FACTS = (
    home.STATE, home.COUNTY_MAP, compare.LEAD, changes.CHANGES, compare.RANKING, maps.MAP, compare.MULTIPLES, place.LEAD,
    place.KEY_NUMBERS, place.TREND, place.GROUPS,
)  # fmt: skip
NAMES = {
    "long": "Very " * 1000 + "Long Unified",
    "markup": '<a:t>&lt;x&gt;</a:t><![CDATA[ "Sons" ]]> & <b>bold</b>',
    "formula": invented.HOSTILE,
    "control": "Bell\x00\x07\x1b_x0041_ School\r\n\tTwo",
    "surrogate": "Half \ud83d pair \udc00 \ufffe\uffff",
    "turned": "\u202eloohcS \u2067مدرسة\u2069 \u200f",
    "emoji": "😀👩‍👩‍👧 École ñandú 学校",
    "blank": " ",
}


@pytest.fixture
def manifest(monkeypatch):
    monkeypatch.setattr(queries, "manifest", lambda build=None: invented.MANIFEST)


def built(exhibits, view: View, fake) -> list[Slide]:
    out = []
    for exhibit in exhibits:
        try:
            out.append(Slide(exhibit.build(view, fake), f"/x?place={view.place[0]}"))
        except Unanswerable:
            continue
    return out


def leaks(blob: bytes) -> list[str]:
    return [name for name, text in decks.parts(blob).items() if any(p in text for p in PLANTED)]


@pytest.mark.parametrize("entity", [registry.STATE, invented.COUNTY, invented.DISTRICT, invented.HIDDEN, invented.COARSE])
def test_withheld_numbers_are_in_no_part_of_the_file(manifest, entity):
    for group in ("TA", "RA", "RI"):
        view = View(level="district", place=(entity,), student_group=group)
        found = built(ON_FACTS, view, invented.Fake())
        assert found and not leaks(pptx_file.write(found, ABOUT)), group


def test_withheld_groups_are_in_no_part_of_the_file(manifest):
    fake = groups.Town(hidden={"RB": "withheld", "SD": "withheld", "GF": "counts_withheld", "GM": "counts_withheld"})
    view = View(level="district", place=(invented.DISTRICT,))
    found = built([equity.LEAD, equity.GAPS, place.GROUPS], view, fake)
    assert len(found) == 3 and not leaks(pptx_file.write(found, ABOUT))


def test_withheld_local_numbers_are_in_no_part_of_the_file(web, monkeypatch):
    code, schools = shelf.places()
    con = shelf.connect(shelf.cells(code, schools))
    shelf.open_to(monkeypatch, con)
    for page in ("services", "my_schools"):
        for entity in (code, schools[-1]):
            found = [Slide(shown) for shown in shelf.built(page, place=entity).values()]
            assert found and not leaks(pptx_file.write(found, ABOUT)), (page, entity)
    con.close()


def test_a_withheld_row_has_no_point(manifest):
    """Neither a row in the workbook nor an empty one, nor its name in the chart."""
    view = View(level="district", place=(invented.DISTRICT,))
    (slide,) = built([compare.RANKING], view, invented.Fake())
    hidden = {row["name"] for row in slide.shown.table.rows if "withheld" in row["rate"]}
    (chart,) = decks.charts(decks.opened(pptx_file.write([slide], ABOUT)).slides[0])
    names = decks.columns(chart)["Name"]
    assert hidden and not hidden & set(names)
    drawn = (slide.shown.figure or {})["data"][0]["x"]
    assert len([n for n in names if n]) == len(drawn)


def test_a_hidden_bar_has_no_number_and_says_why():
    figure = named_bars([("First", [Bar(0.0, "0 %", "#12436D")]), ("Second", [Bar(None, "withheld", "#12436D")])], "x")
    rows = ({"label": "First", "rate": "0 %"}, {"label": "Second", "rate": "withheld"})
    table = Table("c", (Column("label", "Label"), Column("rate", "Share", "number")), rows)
    shown = Shown("x", "Headline", "s", table, lambda: pd.DataFrame(), figure=figure)
    slide = decks.opened(pptx_file.write([Slide(shown)], ABOUT)).slides[0]
    found = decks.columns(decks.charts(slide)[0])
    assert found == {"Name": ["First"], "Share": [0.0], "Share, as written": ["0 %"]}
    assert any("Second: withheld" in s.text_frame.text for s in slide.shapes if s.has_text_frame)


def named(slide: Slide, name: str) -> Slide:
    """A slide whose every text from data is a hostile one."""
    shown = slide.shown
    table = replace(shown.table, rows=tuple({**row, "name": name, "group": name} for row in shown.table.rows))
    frame = shown.frame.assign(name=name)
    fact = {"title": name, "value": name, "unit": name, "tag": name, "tag_kind": name, "detail": name}
    extra = {**shown.extra, "facts": [fact] * 9} if shown.extra.get("facts") else shown.extra
    return Slide(
        replace(
            shown, headline=f"{name} 22.9 percent", subtitle=name, source=name, words=(name,) * 3, notes=(name,), alt=name,
            table=table, rows=lambda: frame, why=(("Numerator", name),), extra=extra,
        ),
        "/place?x=" + "y" * 300, "", name,
    )  # fmt: skip


@pytest.mark.parametrize("kind", list(NAMES))
def test_hostile_names_survive(manifest, monkeypatch, kind):
    monkeypatch.setitem(invented.NAMES, invented.DISTRICT, NAMES[kind])
    monkeypatch.setitem(invented.NAMES, invented.COUNTY, NAMES[kind])
    view = View(level="district", place=(invented.DISTRICT,))
    found = built(ON_FACTS, view, invented.Fake())
    told = [*found, *(named(slide, NAMES[kind]) for slide in found)]
    about = replace(ABOUT, title=NAMES[kind], occasion=NAMES[kind], day=NAMES[kind], newer=NAMES[kind], build=NAMES[kind])
    blob = pptx_file.write(told, about)
    deck = decks.opened(blob)
    assert len(deck.slides) == len(told)
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert len(set(titles)) == len(titles) and max(map(len, titles)) < 300
    for slide in deck.slides:
        for chart in decks.charts(slide):
            for _head, *body in [decks.rows(chart)]:
                assert not any(isinstance(cell, str) and len(cell) > 200 for row in body for cell in row)
    with zipfile.ZipFile(io.BytesIO(blob)) as file:
        for name in file.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(file.read(name))
    assert "<f>HYPERLINK" not in "".join(decks.parts(blob).values())


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * (3 * width + 1) * height))
        + chunk(b"IEND", b"")
    )


def test_the_logo_the_occasion_and_the_same_bytes_twice(manifest):
    found = built(ON_FACTS, View(level="district", place=(invented.DISTRICT,)), invented.Fake())
    about = replace(ABOUT, logo=png(300, 100), occasion="Board meeting", day="December 3, 2026")
    blob = pptx_file.write(found, about)
    assert blob == pptx_file.write(found, about)
    deck = decks.opened(blob)
    assert deck.core_properties.author == "R-TAC Dashboard" and deck.core_properties.created.year == 2026
    for slide in deck.slides:
        (logo,) = [s for s in slide.shapes if s.shape_type == 13]
        assert (
            logo.width / logo.height == pytest.approx(3, abs=0.01)
            and logo.left > slide.shapes.title.left + slide.shapes.title.width
        )
        assert any("Board meeting · December 3, 2026" in s.text_frame.text for s in slide.shapes if s.has_text_frame)


def test_nothing_is_left_of_a_sample():
    parts = decks.parts(pptx_file.write([], ABOUT))
    assert not any("thumbnail" in name or "printerSettings" in name for name in parts)
    assert len([name for name in parts if name.startswith("ppt/slideLayouts/slideLayout")]) == 1
    assert not any(
        "Click to edit" in text or "Calibri" in text for name, text in parts.items() if "slide" in name or "theme" in name
    )


def test_a_trend_without_an_interval_has_no_bar(manifest):
    indicator = registry.indicators["chronic_absenteeism_rate"]
    (slide,) = built([place.TREND], View(level="district", place=(invented.DISTRICT,)), invented.Fake())
    figure = trend(_lines(), indicator, View(place=(invented.DISTRICT,)))
    figure["data"] = [t for t in figure["data"] if not t.get("fill")]
    bare = Slide(replace(slide.shown, figure=figure))
    (chart,) = decks.charts(decks.opened(pptx_file.write([bare], ABOUT)).slides[0])
    assert not list(chart._chartSpace.iter("{*}errBars")) and not any("lower" in head for head in decks.columns(chart))


def _lines():
    from tests.test_figures import lines_of

    return lines_of()
