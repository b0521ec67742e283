"""typst, called with strings only: a template of ours and data as JSON. Nothing of the data is ever read as markup.

No network, no system fonts, no files: the same input gives the same bytes.
"""

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

FOLDER = Path(__file__).parent
FONTS = FOLDER.parent / "fonts"
BARE = re.compile(rb"&(?![a-zA-Z]+;|#\d+;|#x[0-9a-fA-F]+;)")
"""typst 0.15 writes an address into an SVG as it is: an ampersand in it is no XML."""
PARTS = ("parts.typ", "slide.typ")


@cache
def _fonts() -> typst.Fonts:
    """Public Sans and the fonts that typst brings itself. Opened once a process."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


@cache
def _source(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def stamp(made: str) -> int:
    """The time of a build in seconds, for the document's own date."""
    return int(datetime.fromisoformat(made).timestamp())


def pdf(template: str, data: dict, made: str) -> bytes:
    """A tagged document, PDF/UA-1. typst refuses one with an image without words or a character without a glyph."""
    return _set(template, data, format="pdf", pdf_standards=["ua-1"], timestamp=stamp(made))


def picture(template: str, data: dict, form: str, ppi: float = 72.0) -> bytes:
    """The one page of a template as "png" or "svg"."""
    made = _set(template, data, format=form, ppi=ppi)
    return BARE.sub(b"&amp;", made) if form == "svg" else made


def _set(template: str, data: dict, **how: object) -> bytes:
    files: dict[str, bytes] = {"main.typ": _source(template), **{name: _source(name) for name in PARTS}}
    given = {"data": json.dumps(data, ensure_ascii=False)}
    made = typst.compile(files, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=given, **how)  # type: ignore[call-overload]
    return made if isinstance(made, bytes) else made[0]
