"""Every page, every exhibit, every format through HTTP: the right type, opened by its own reader, the numbers of the table."""

import io
import re

import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from components.page import pages
from exports import EXPORTS
from tests import unpacked

PLACE = "place=56000000000000"
LOCAL = ("services", "my_schools")
LEAST = 40


def query_of(page: str) -> str:
    return {"place": PLACE, "equity": PLACE, "apr": "place=56900180000000"}.get(page, "")


def every() -> list[tuple[str, str]]:
    """(page, exhibit) of the pages of CDE's data."""
    return [(page, exhibit.key) for page, made in pages.items() for exhibit in made.exhibits if page not in LOCAL]


def test_there_are_enough(web):
    assert len(every()) >= LEAST


@pytest.mark.parametrize("form", EXPORTS)
def test_every_exhibit_opens_and_holds_the_numbers_of_its_table(web, form):
    opened = 0
    for page, key in every():
        query = f"{query_of(page)}&exhibit={key}".lstrip("&")
        answer = web.get(f"/export/{page}.{form}?{query}")
        plain = web.get(f"/export/{page}.json?{query}")
        if plain.status_code == 400:
            assert answer.status_code == 400, (page, key, form)
            continue
        assert answer.status_code == 200, (page, key, form, answer.get_data()[:300])
        assert answer.mimetype == EXPORTS[form].mimetype, (page, key)
        opened += 1
        (exhibit,) = plain.get_json()["exhibits"]
        CHECKS[form](answer.get_data(), exhibit)
    assert opened >= LEAST, "most exhibits have an answer in the demonstration"


@pytest.mark.parametrize("form", [form for form, of in EXPORTS.items() if of.many])
def test_every_page_is_one_file(web, form):
    for page in pages:
        if page in LOCAL:
            continue
        answer = web.get(f"/export/{page}.{form}?{query_of(page)}")
        assert answer.status_code == 200 and answer.mimetype == EXPORTS[form].mimetype, (page, form, answer.get_data()[:300])
        assert any(text.strip() for _part, text in unpacked.texts(answer.get_data()))


def test_a_format_that_there_is_not_is_a_404(web):
    assert web.get(f"/export/place.docx?{PLACE}").status_code == 404


def numbers_of(exhibit: dict) -> list[float]:
    """The counts of the first rows, which every format has room for."""
    names = ("numerator", "denominator")
    return [row[name] for row in exhibit["rows"][:3] for name in names if isinstance(row.get(name), int)]


def _csv(body: bytes, exhibit: dict) -> None:
    text = body.decode("utf-8")
    assert text.count("\r\n") >= len(exhibit["rows"]) + 1
    found = unpacked.numbers(text)
    assert set(numbers_of(exhibit)) <= found


def _json(body: bytes, exhibit: dict) -> None:
    assert unpacked.rows_of_json(body) == exhibit["rows"]


def _xlsx(body: bytes, exhibit: dict) -> None:
    unpacked.well_formed(body)
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    cells = {c for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for c in row}
    wanted = {v for row in exhibit["rows"] for v in row.values() if isinstance(v, int) and not isinstance(v, bool)}
    assert {float(v) for v in wanted} <= {float(c) for c in cells if isinstance(c, (int, float))}


def _pptx(body: bytes, exhibit: dict) -> None:
    unpacked.well_formed(body)
    slides = list(Presentation(io.BytesIO(body)).slides)
    assert slides and slides[0].shapes.title is not None
    notes = slides[0].notes_slide.notes_text_frame
    assert notes and exhibit["source"].split(".")[0][:40] in notes.text


def _pdf(body: bytes, exhibit: dict) -> None:
    text = unpacked.pdf(body)
    words = re.findall(r"\w+", exhibit["headline"])[:4]
    assert all(word in text for word in words), (exhibit["headline"], text[:300])


def _svg(body: bytes, exhibit: dict) -> None:
    import xml.etree.ElementTree as ET

    root = ET.fromstring(body)
    assert root.tag.endswith("svg") and len(body) > 2_000
    assert exhibit["headline"][:20] in "".join(root.itertext())


def _png(body: bytes, exhibit: dict) -> None:
    from PIL import Image

    with Image.open(io.BytesIO(body)) as image:
        image.load()
        assert image.size[0] >= 1000 and len(image.convert("L").getcolors(1 << 16) or []) > 10, "more than one color: drawn"


CHECKS = {"csv": _csv, "json": _json, "xlsx": _xlsx, "pptx": _pptx, "pdf": _pdf, "svg": _svg, "png": _png}
