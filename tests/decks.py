"""How the tests look into a PowerPoint file: its objects, its charts with their workbooks and caches, all its parts."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from pptx import Presentation
from python_calamine import CalamineWorkbook

from components import page as composer
from components import reading
from components.exhibit import Unanswerable
from exports import About, Slide, pptx_file
from exports.about import SHAPES
from server import making

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
ABOUT = About("place", (), "20261122-1", "2026-11-22T09:15:20+00:00", True, title="Place", site="https://rtac.example")
CELLS = re.compile(r"^Data!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?$")
assert {"wide", "classic"} <= set(SHAPES)


@cache
def slides(page: str, *query: tuple[str, str]) -> tuple[Slide, ...]:
    """Every exhibit of a page that has an answer, as a slide. Called where a build is published."""
    made = composer.pages[page]
    read = made.settle(reading.read({**made.defaults, **dict(query)}))
    out = []
    for exhibit in made.exhibits:
        try:
            out += making.slides(made, making.built([exhibit], read, True), read)
        except Unanswerable:
            continue
    return tuple(out)


@cache
def written(shape: str, page: str, *query: tuple[str, str]) -> bytes:
    """The deck of a page."""
    return pptx_file.write(slides(page, *query), replace(ABOUT, shape=shape))


def opened(blob: bytes) -> Any:
    return Presentation(io.BytesIO(blob))


def objects(slide: Any) -> Iterator[Any]:
    """The names of every object of a slide, those in groups included."""
    yield from (
        e for e in slide._element.iter("{*}cNvPr") if e.getparent().tag.split("}")[1] != "nvGrpSpPr" or e.get("id") != "1"
    )


def is_told(props: Any) -> bool:
    """Whether an object has a text for those who do not see it, or says that it is decoration."""
    return bool(props.get("descr")) or any(e.get("val") == "1" for e in props.iter(DECORATIVE))


def charts(slide: Any) -> list:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def rows(chart) -> list[list]:
    """The workbook of a chart, its head first; an empty cell is None."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert book.sheet_names == ["Data"]
    return [[None if cell == "" else cell for cell in row] for row in book.get_sheet_by_index(0).to_python()]


def columns(chart) -> dict[str, list]:
    """The columns of a chart's workbook by their heads."""
    head, *body = rows(chart)
    return {str(name): [row[i] for row in body] for i, name in enumerate(head)}


def references(chart) -> Iterator[tuple[str, list]]:
    """Every reference of a chart with what its cache holds: None for an empty cell."""
    for formula in chart._chartSpace.iter("{*}f"):
        cache_ = formula.getnext()
        count = int(cache_.find(f"{C}ptCount").get("val"))
        held = {int(p.get("idx")): p.find(f"{C}v").text for p in cache_.findall(f"{C}pt")}
        assert all(0 <= i < count for i in held)
        yield formula.text, [held.get(i) for i in range(count)]


def cells(chart, formula: str) -> list:
    """The cells that a reference means."""
    found = CELLS.match(formula)
    assert found, formula
    column = sum((ord(c) - 64) * 26**i for i, c in enumerate(reversed(found[1]))) - 1
    first, last = int(found[2]), int(found[4] or found[2])
    every = rows(chart)
    return [row[column] for row in every[first - 1 : last]] + [None] * max(0, last - len(every))


def parts(blob: bytes) -> dict[str, str]:
    """All parts of a file as text, those of its embedded workbooks included."""
    out = {}
    with zipfile.ZipFile(io.BytesIO(blob)) as file:
        for name in file.namelist():
            data = file.read(name)
            inner = parts(data) if name.endswith(".xlsx") else {"": data.decode("utf-8", "replace")}
            out |= {f"{name}/{part}": text for part, text in inner.items()}
    return out
