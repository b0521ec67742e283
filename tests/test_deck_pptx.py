"""PowerPoint: native charts whose workbooks are the table, a text for every object, unlike titles, notes."""

import re
from dataclasses import replace

import pytest

from components.i18n import decimal
from exports import EXPORTS, pptx_file
from exports.powerpoint.house import FONT
from exports.powerpoint.text import clean
from tests import decks
from tests.decks import ABOUT

PLACE = ("place", "56000000000000")
ASKED = [
    ("home",), ("place", PLACE), ("place",), ("compare",), ("compare", ("level", "school")), ("compare", ("region", "R-SCO")),
    ("compare", ("level", "school"), ("county", "19"), ("peers", "county")), ("peers",), ("cohorts",), ("equity",), ("grid",),
    ("pillars",), ("plausibility",), ("data",), ("methods",),
]  # fmt: skip


def names(asked: list) -> list[str]:
    return ["-".join([page, *(value for _name, value in query)]) for page, *query in asked]


@pytest.fixture(params=ASKED, ids=names(ASKED))
def asked(request, web):
    return request.param


@pytest.fixture
def slides(asked):
    return decks.slides(*asked)


@pytest.mark.parametrize("shape", ["wide", "classic"])
def test_one_slide_an_exhibit_and_every_object_told(asked, slides, shape):
    deck = decks.opened(decks.written(shape, *asked))
    assert len(deck.slides) == len(slides)
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9 if shape == "wide" else 4 / 3, abs=1e-3)
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert len(set(titles)) == len(titles) and all(titles)
    for slide, one in zip(deck.slides, slides, strict=True):
        assert slide.shapes[0] == slide.shapes.title, "the headline is read first"
        objects = list(decks.objects(slide))
        assert all(map(decks.is_told, objects)), [o.get("name") for o in objects if not decks.is_told(o)]
        ids = [o.get("id") for o in objects]
        assert len(set(ids)) == len(ids)
        said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert ABOUT.banner in said and any(one.shown.source.split(".")[0] in text for text in said)
        assert any("slidenum" in str(e.get("type")) for e in slide._element.iter("{*}fld"))
        if one.shown.figure or one.shown.table.rows:
            assert any(s.has_chart or s.has_table or s.shape_type == 6 for s in slide.shapes), one.shown.key


def test_nothing_stands_outside_the_slide_or_is_written_in_another_font(asked):
    for shape in ("wide", "classic"):
        blob = decks.written(shape, *asked)
        deck = decks.opened(blob)
        for slide in deck.slides:
            for one in slide.shapes:
                assert one.left >= 0 and one.top >= 0, one.name
                assert one.left + one.width <= deck.slide_width + 9525 and one.top + one.height <= deck.slide_height + 9525, (
                    one.name
                )
        for name, text in decks.parts(blob).items():
            if re.match(r"ppt/(slides|charts|slideLayouts|slideMasters)/", name) and name.endswith(".xml/"):
                assert set(re.findall(r'<a:latin typeface="([^"+]+)"', text)) <= {FONT}, name


def test_the_caches_of_every_chart_are_its_workbook(asked):
    """What PowerPoint shows before and after "Edit Data" is the same."""
    deck = decks.opened(decks.written("wide", *asked))
    for slide in deck.slides:
        for chart in decks.charts(slide):
            heads = list(decks.columns(chart))
            assert len(heads) == len(set(heads)) == len(decks.rows(chart)[0]) and all(h.strip() for h in heads)
            found = list(decks.references(chart))
            assert found
            for formula, cache in found:
                for cell, held in zip(decks.cells(chart, formula), cache, strict=True):
                    if isinstance(cell, float):
                        assert held is not None and float(held) == pytest.approx(cell, rel=1e-6, abs=1e-6), formula
                    else:
                        assert held == cell, formula


def test_the_notes_say_what_is_counted_and_where_it_is(slides):
    told = [replace(s, note="Pause here.") for s in slides]
    deck = decks.opened(pptx_file.write(told, replace(ABOUT, newer="A newer build is published.")))
    for slide, one in zip(deck.slides, told, strict=True):
        notes = slide.notes_slide.notes_text_frame.text
        assert notes.startswith("Pause here.") and one.headline in notes
        assert f"{ABOUT.site}{one.link}" in notes and "Demonstration data" in notes and "A newer build is published." in notes
        assert "It is not zero" in notes
        for what, text in one.shown.why:
            assert (clean(text) in notes) == (not text.startswith("--")), what
        assert any("newer build" in s.text_frame.text for s in slide.shapes if s.has_text_frame)


NUMBER = re.compile(r"[+−-]?[\d,]*\.?\d+")


def numbers(row: dict, table) -> set[str]:
    """Every number that a row of a table prints, without its sign."""
    return {n.lstrip("+−-") for column in table.columns for n in NUMBER.findall(row.get(column.key, ""))}


def printed(value: float, row: dict, table) -> bool:
    told = numbers(row, table)
    return any(decimal(abs(value), places) in told for places in (0, 1, 2))


ROWS = [
    ("compare", "ranking", "name"),
    ("compare", "changes", "name"),
    ("place", "student_groups", "group"),
    ("equity", "gaps", "group"),
]


@pytest.mark.parametrize(("page", "key", "named"), ROWS)
def test_rows_of_dots_are_the_rows_of_the_table(web, page, key, named):
    slide = next(s for s in decks.slides(page, PLACE) if s.shown.key == key)
    table = slide.shown.table
    by = {row[named]: row for row in table.rows}
    deck = decks.opened(pptx_file.write([slide], ABOUT))
    seen = 0
    for chart in decks.charts(deck.slides[0]):
        found = decks.columns(chart)
        values = {head: cells for head, cells in found.items() if f"{head}, lower" in found}
        assert values, list(found)
        for head, cells in values.items():
            bounds = zip(found[f"{head}, lower"], found[f"{head}, upper"], strict=True)
            line = [end for low, high in bounds if low is not None and high is not None for end in (low, high, None)]
            assert found[f"{head}, interval"][: len(line) - 1] == line[:-1]
            for i, name in enumerate(found["Name"]):
                if cells[i] is not None:
                    seen += 1
                    for column in (head, f"{head}, lower", f"{head}, upper"):
                        assert (column != head and key == "gaps") or printed(found[column][i], by[name], table), (name, column)
    drawn = sum(len([x for x in t["x"] if x is not None]) for t in (slide.shown.figure or {})["data"] if t["mode"] == "markers")
    assert seen == drawn > 0


@pytest.mark.parametrize(("page", "key"), [("place", "trend"), ("home", "state"), ("compare", "small_multiples")])
def test_lines_are_the_years_of_the_table(web, page, key):
    slide = next(s for s in decks.slides(page, PLACE) if s.shown.key == key)
    table = slide.shown.table
    by = {(row["name"], row["year"].split(" (")[0]): row for row in table.rows}
    deck = decks.opened(pptx_file.write([slide], ABOUT))
    seen = set()
    for chart in decks.charts(deck.slides[0]):
        found = decks.columns(chart)
        years = found.pop("School year")
        for head, cells in found.items():
            name = head.split(", lower")[0].split(", upper")[0]
            for year, value in zip(years, cells, strict=True):
                if value is not None and not head.startswith("bar "):
                    assert printed(value, by[(name, year)], table), (head, year)
                    seen.add((name, year))
    drawn = {key for key, row in by.items() if re.match(r"[\d.]+ %", row["rate"]) and key[1] not in ("2019–20", "2020–21")}
    assert seen == drawn


def test_a_year_that_cannot_be_compared_is_a_gap(web):
    slide = next(s for s in decks.slides("place", PLACE) if s.shown.key == "trend")
    (chart,) = decks.charts(decks.opened(pptx_file.write([slide], ABOUT)).slides[0])
    found = decks.columns(chart)
    at = found["School year"].index("2020–21")
    assert all(cells[at] is None for head, cells in found.items() if head != "School year")
    assert chart._chartSpace.find(".//{*}dispBlanksAs").get("val") == "gap"
    assert list(chart._chartSpace.iter("{*}errBars"))


@pytest.mark.parametrize("query", [PLACE, ("place", "19000000000000")])
def test_bars_say_what_the_screen_says(web, query):
    slide = next(s for s in decks.slides("place", query) if s.shown.key == "reasons")
    (chart,) = decks.charts(decks.opened(pptx_file.write([slide], ABOUT)).slides[0])
    found = decks.columns(chart)
    table = slide.shown.table
    for row in table.rows:
        i = found["Name"].index(row["reason"])
        assert decimal(found[row["name"]][i]) in row["rate"] and found[f"{row['name']}, as written"][i] == row["rate"]


def test_the_map_has_a_named_outline_for_each_county(web):
    slide = next(s for s in decks.slides("home") if s.shown.key == "county_map")
    deck = decks.opened(pptx_file.write([slide], ABOUT))
    told = {o.get("descr", "").split(" (")[0]: o.get("name") for o in decks.objects(deck.slides[0])}
    assert len(slide.shown.table.rows) > 50
    for row in slide.shown.table.rows:
        assert told[f"{row['name']}: {row['rate']}"] == row["name"].removesuffix(" County")


def test_the_five_by_five_is_a_chart_over_named_cells(web):
    slide = next(s for s in decks.slides("grid") if s.shown.key == "grid")
    deck = decks.opened(pptx_file.write([slide], ABOUT))
    (chart,) = decks.charts(deck.slides[0])
    names = [n for n in decks.columns(chart)["Name"] if n]
    assert set(names) <= {row["name"] for row in slide.shown.table.rows} and len(names) > 10
    group = next(s for s in deck.slides[0].shapes if s.shape_type == 6)
    assert len([s for s in group.shapes if ":" in s.name]) == 25


def test_it_is_one_of_the_formats_and_comes_over_http(web):
    assert EXPORTS["pptx"].many
    answer = web.get("/export/place.pptx?place=56000000000000")
    assert answer.status_code == 200 and answer.mimetype == EXPORTS["pptx"].mimetype
    assert len(decks.opened(answer.data).slides) == len(decks.slides("place", PLACE))
