"""JSON: every exhibit asked for, with its words, source and rows, and what stands about them."""

import json
import numbers
from collections.abc import Sequence

import pandas as pd

from exports.about import About
from exports.slide import Slide


def write(slides: Sequence[Slide], about: About) -> bytes:
    """One object: page, query, build, exhibits. Rows are objects; what a status hides is null."""
    query: dict[str, list[str]] = {}
    for name, value in about.query:
        query.setdefault(name, []).append(value)
    document = {
        "page": about.page,
        "query": query,
        "build": about.build,
        "made": about.made,
        "demonstration": about.banner or None,
        "exhibits": [_exhibit(s) for s in slides],
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1).encode("utf-8", "replace")


def _exhibit(slide: Slide) -> dict:
    shown = slide.shown
    columns = [str(c) for c in shown.frame.columns]
    return {
        "key": shown.key,
        "headline": slide.headline,
        "subtitle": shown.subtitle,
        "words": list(shown.words),
        "source": shown.source,
        "notes": list(shown.notes),
        "why": dict(shown.why),
        "columns": columns,
        "rows": [
            {c: plain(v) for c, v in zip(columns, row, strict=True)}
            for row in shown.frame.astype(object).itertuples(index=False, name=None)
        ],
    }


def plain(value: object) -> object:
    """A value as JSON knows it. Missing and not-a-number are null."""
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, (bool, str)):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        number = float(value)
        return number if number == number and abs(number) != float("inf") else None
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return str(value)
