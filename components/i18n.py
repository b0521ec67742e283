"""Every sentence that a reader sees passes through gettext here. English is the source; catalogues stand in `locale/`.

Whole sentences with named places for values, never glued from fragments: a translator must be able to move every word.
Numbers are rounded on exact rationals, half up, ties away from zero, as CDE does. Nothing here knows an indicator.
"""

import gettext
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

LOCALE = Path(__file__).parents[1] / "locale"
MINUS = "−"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("rtac", LOCALE, languages=[language], fallback=True)


def _(text: str) -> str:
    """The sentence in the reader's language."""
    return _catalogue("en").gettext(text)


def ngettext(one: str, many: str, number_of: int) -> str:
    """The sentence in the form that `number_of` needs."""
    return _catalogue("en").ngettext(one, many, number_of)


def _steps(value: Fraction | float, places: int) -> int:
    """`value` in steps of the last decimal, rounded half up on the exact rational, ties away from zero."""
    over, under = value.as_integer_ratio()
    size = (2 * abs(over) * 10**places + under) // (2 * under)
    return size if over >= 0 else -size


def half_up(value: Fraction | float, places: int = 1) -> Fraction:
    """Round half up on an exact rational, ties away from zero: 0.25 -> 0.3, -0.25 -> -0.3."""
    return Fraction(_steps(value, places), 10**places)


def number(value: int) -> str:
    """1234567 -> '1,234,567'."""
    return f"{value:,}"


def decimal(value: Fraction | float, places: int = 1) -> str:
    """A number with one decimal, rounded half up: '22.9', '−0.4'."""
    steps = _steps(value, places)
    whole, rest = divmod(abs(steps), 10**places)
    text = f"{whole:,}.{rest:0{places}d}" if places else f"{whole:,}"
    return f"{MINUS}{text}" if steps < 0 else text


def signed(value: Fraction | float, places: int = 1) -> str:
    """A change with its sign: '+2.1', '−0.4', '0.0'."""
    text = decimal(value, places)
    return text if text.startswith(MINUS) or not _steps(value, places) else f"+{text}"


def bounds(lower: float, upper: float) -> dict[str, str]:
    """Both ends of an interval, for a sentence: with more decimals where one would make them look the same, or like zero."""
    places = 2 if upper - lower < 0.2 else 1
    while places < 4 and any(end and not _steps(end, places) for end in (lower, upper)):
        places += 1
    return {"lower": decimal(lower, places), "upper": decimal(upper, places)}


def percent(value: Fraction | float, places: int = 1) -> str:
    """A percentage as written in tables and labels: '22.9 %'."""
    return _("%(value)s %%") % {"value": decimal(value, places)}


def school_year(year: int) -> str:
    """2025 -> '2024–25', with the dash of the screen. Files write registry.year_label."""
    return f"{year - 1}–{year % 100:02d}"


def reference_messages(fileobj: Any, keywords: object, comment_tags: object, options: object) -> Iterator[tuple]:
    """Babel's extractor for the texts of `data/reference/` (.toml and .csv): what the registry says, readers see."""
    import csv
    import io
    import tomllib

    text = fileobj.read().decode("utf-8")
    shown = (
        "title",
        "subject",
        "numerator",
        "denominator",
        "numerator_short",
        "denominator_short",
        "missed",
        "who",
        "differs",
        "text",
        "label",
        "short_name_or_variant",
        "definition_paraphrase",
        "official_name",
        "what_to_show_instead_or_with",
        "can_this_data_measure_it",
        "computable_here",
        "needs",
        "note",
        "about",
    )
    rows = (
        list(csv.DictReader(io.StringIO(text)))
        if str(fileobj.name).endswith(".csv")
        else [row for table in tomllib.loads(text).values() if isinstance(table, list) for row in table]
    )
    for line, row in enumerate(rows, start=1):
        for key in shown:
            if isinstance(row.get(key), str) and row[key]:
                yield line, "_", row[key], []
        # How far a dated row was verified is shown beside its date; other tables have a status for ourselves.
        if row.get("status") and row.get("effective_from") is not None:
            yield line, "_", row["status"], []
