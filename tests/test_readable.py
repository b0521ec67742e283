"""Nothing on a slide or page is smaller than nine points: what does not fit is left out, and it says how much."""

import io
import math
import re
import zipfile
from dataclasses import replace

import pytest
from pypdf import PdfReader

from components.i18n import number
from exports import pdf_file, pptx_file, signs
from exports.paper import tabled
from exports.thin import filled
from tests import decks
from tests.exhibited import VIEWS, about, slides

LEAST = 900
"""Hundredths of a point."""
PAGES = ("home", "place", "compare", "peers", "cohorts", "equity", "grid", "pillars", "plausibility", "data", "methods", "apr")
SEEN = (VIEWS[1], VIEWS[3])
SIZE = re.compile(r'\bsz="(\d+)"')


def sizes(blob: bytes) -> dict[str, set[int]]:
    """The sizes of letters in every slide and chart of a deck."""
    with zipfile.ZipFile(io.BytesIO(blob)) as parts:
        names = [n for n in parts.namelist() if re.match(r"ppt/(slides|charts)/[^/]+\.xml$", n)]
        return {n: set(map(int, SIZE.findall(parts.read(n).decode()))) for n in names}


@pytest.mark.parametrize("shape", ["wide", "classic"])
@pytest.mark.parametrize("page", PAGES)
def test_no_letter_of_a_slide_is_smaller_than_nine_points(web, page, shape):
    seen = 0
    for view in SEEN:
        found = slides(page, **view)
        if found:
            for part, of in sizes(pptx_file.write(found, replace(decks.ABOUT, shape=shape))).items():
                seen += len(of)
                assert min(of, default=LEAST) >= LEAST, (page, view, part, min(of))
    assert seen > 3


def smallest(document: bytes) -> tuple[float, str]:
    """The smallest letters of a document in points, and a text in them."""
    found: list[tuple[float, str]] = []

    def seen(text: str, cm: list, tm: list, _font: object, size: float) -> None:
        if text.strip():
            across, up = tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3]
            found.append((round(size * math.hypot(across, up), 2), text.strip()))

    for page in PdfReader(io.BytesIO(document)).pages:
        page.extract_text(visitor_text=seen)
    return min(found)


@pytest.mark.parametrize("shape", ["wide", "classic"])
@pytest.mark.parametrize("page", PAGES)
def test_no_letter_of_a_page_is_smaller_than_nine_points_nor_is_a_tick_of_a_chart(web, page, shape):
    for view in SEEN:
        found = slides(page, **view)
        if found:
            size, text = smallest(pdf_file.write(found, about(shape=shape)))
            assert size >= LEAST / 100 - 0.01, (page, view, size, text)


def test_a_shaded_table_on_paper_keeps_its_groups_and_says_how_many_rows_are_left_out(web):
    heat = next(s for s in slides("equity", level="county") if s.shown.key == "heat")
    given = heat.shown.extra["grid"]
    made = tabled.grid(given, 640, 300)
    assert len(made["columns"]) == len(given["columns"]) and made["size"] >= 9 and 5 < len(made["rows"]) < made["of"]
    text = " ".join(PdfReader(io.BytesIO(pdf_file.write([heat], about(shape="classic")))).pages[0].extract_text().split())
    shown = re.search(r"The first (\d+) of (\d+) rows", text)
    assert shown and 5 < int(shown[1]) < int(shown[2]) == len(given["rows"])


def test_a_grid_of_elements_on_paper_loses_no_count(web):
    figure = next(s for s in slides("pillars", place="19000000000000") if s.shown.key == "matrix").shown.figure
    assert figure
    kept, said = filled(figure)
    assert kept["layout"]["height"] < figure["layout"]["height"] and re.match(r"\d+ elements have no data here", said)
    assert [t for trace in kept["data"] for t in trace["text"]] == [t for trace in figure["data"] for t in trace["text"]]
    labels = [n["text"] for n in kept["layout"]["annotations"]]
    assert not any("no data" in text for text in labels) and len(labels) < len(figure["layout"]["annotations"])
    low = kept["layout"]["yaxis"]["range"][0]
    assert all(0 <= y <= low for trace in kept["data"] for y in trace["y"])


def texts(blob: bytes) -> str:
    return "\n".join(s.text_frame.text for slide in decks.opened(blob).slides for s in slide.shapes if s.has_text_frame)


@pytest.mark.parametrize("shape", ["wide", "classic"])
def test_a_shaded_table_keeps_its_groups_and_says_how_many_rows_are_left_out(web, shape):
    heat = next(s for s in slides("equity", level="county") if s.shown.key == "heat")
    grid = heat.shown.extra["grid"]
    blob = pptx_file.write([heat], replace(decks.ABOUT, shape=shape))
    table = next(s.table for s in decks.opened(blob).slides[0].shapes if s.has_table)
    assert len(table.columns) == len(grid["columns"]) + 1, "no group is left out"
    stand = len(table.rows) - 1
    assert 5 < stand < len(grid["rows"])
    text = texts(blob)
    assert f"{number(len(grid['rows']) - stand)} more rows: the page behind the link below has them all" in text
    drawn = [[cell.text for cell in row.cells][1:] for row in list(table.rows)[1:]]
    for cells, (_name, _href, _mine, said) in zip(drawn, grid["rows"], strict=False):
        for cell, (word, look) in zip(cells, said, strict=True):
            assert cell == (signs.SIGNS.get(word, word) if look == "none" else word)
            assert cell == word or f"{cell}: {word}" in text, "a sign is explained"


def test_of_many_rows_the_first_and_the_chosen_stand(web):
    ranking = next(s for s in slides("compare", level="county", peers="all") if s.shown.key == "ranking")
    last = ranking.shown.table.rows[0]["entity"]
    chosen = next(s for s in slides("compare", level="county", peers="all", place=last) if s.shown.key == "ranking")
    for slide in (ranking, chosen):
        blob = pptx_file.write([slide], replace(decks.ABOUT, shape="classic"))
        names = [n for chart in decks.charts(decks.opened(blob).slides[0]) for n in decks.columns(chart)["Name"] if n]
        rows = [t for t in slide.shown.figure["layout"]["yaxis"]["ticktext"] if t]  # type: ignore[index]
        assert len(names) < len(rows) and len(set(names)) == len(names)
        assert f"{number(len(names))} of {number(len(rows))} rows stand here" in texts(blob)
    assert chosen.shown.table.rows[0]["name"] in names


def test_elements_without_data_give_way_to_those_with(web):
    matrix = next(s for s in slides("pillars", place="19000000000000") if s.shown.key == "matrix")
    deck = decks.opened(pptx_file.write([matrix], decks.ABOUT))
    table = next(s.table for s in deck.slides[0].shapes if s.has_table)
    rows = [[cell.text for cell in row.cells] for row in list(table.rows)[1:]]
    counted = [row for row in rows if any(row[1:])]
    written = [t for t in matrix.shown.figure["data"][0]["text"] if t]  # type: ignore[index]
    assert sum(bool(c) for row in counted for c in row[1:]) == len(written), "no count is lost"
    assert "elements have no data here." in texts(pptx_file.write([matrix], decks.ABOUT))
