"""JSON: every exhibit asked for, with its words, source and rows, and what stands about them: as exhibits.schema.json says."""

import json
import math
import numbers
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from exports.about import About
from exports.legend import LEGEND, OF_STATUS
from exports.slide import Slide

SCHEMA = Path(__file__).with_name("exhibits.schema.json")
SCHEMA_AT = "/api/v1/schema/exhibits.json"
"""Where the schema is served (server/api/)."""
VERSION = "1.0"
"""Of the document: the first number changes when a reader of the old one would stumble, the second when something is added."""


def write(slides: Sequence[Slide], about: About) -> bytes:
    """One object: page, query, build, legend, exhibits. Rows are objects; what a status hides is null."""
    query: dict[str, list[str]] = {}
    for name, value in about.query:
        query.setdefault(name, []).append(value)
    document = {
        "$schema": f"{about.site}{SCHEMA_AT}",
        "version": VERSION,
        "page": about.page,
        "title": about.title,
        "query": query,
        "build": about.build,
        "made": about.made,
        "demonstration": about.banner or None,
        "newer": about.newer or None,
        "occasion": about.occasion or None,
        "day": about.day or None,
        "legend": [{"mark": mark, "meaning": meaning} for mark, meaning in LEGEND],
        "statuses": OF_STATUS,
        "exhibits": [_exhibit(s, about) for s in slides],
    }
    return encoded(document)


def encoded(document: object) -> bytes:
    """A document as UTF-8, without line breaks: half surrogates, which it cannot hold, become question marks."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace")


def _exhibit(slide: Slide, about: About) -> dict:
    shown = slide.shown
    return {
        "key": shown.key,
        "headline": slide.headline,
        "edited": bool(slide.title),
        "subtitle": shown.subtitle,
        "link": f"{about.site}{slide.link}" if slide.link else None,
        "marks": list(slide.marks),
        "note": slide.note or None,
        "alt": shown.alt or None,
        "words": list(shown.words),
        "source": shown.source,
        "notes": list(shown.notes),
        "why": dict(shown.why),
        **rows(shown.frame),
    }


def rows(frame: pd.DataFrame) -> dict:
    """The columns of a frame in order, and its rows as objects."""
    columns = [str(c) for c in frame.columns]
    values = [[plain(v) for v in frame.iloc[:, i].astype(object)] for i in range(len(columns))]
    return {"columns": columns, "rows": [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]}


def plain(value: object) -> object:
    """A value as JSON knows it. Missing and not-a-number are null."""
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, bool):
        return value
    if value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        number = float(value)
        return number if math.isfinite(number) else None
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return str(value)
