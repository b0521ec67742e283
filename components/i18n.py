"""Every sentence that a reader sees passes through gettext here. English is the source; catalogues stand in `locale/`.

Whole sentences with named places for values, never glued from fragments: a translator must be able to move every word.
"""

import gettext
from fractions import Fraction
from math import floor
from pathlib import Path

LOCALE = Path(__file__).parents[1] / "locale"
_catalogue = gettext.translation("rtac", LOCALE, languages=["en"], fallback=True)

_ = _catalogue.gettext
ngettext = _catalogue.ngettext

MINUS = "−"
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def half_up(value: Fraction, places: int = 1) -> Fraction:
    """Round half up on an exact rational, ties away from zero, as CDE does."""
    scale = 10**places
    size = floor(abs(value) * scale + Fraction(1, 2))
    return Fraction(size if value >= 0 else -size, scale)


def number(value: int) -> str:
    """1234567 -> '1,234,567'."""
    return f"{value:,}"


def decimal(value: Fraction, places: int = 1) -> str:
    """An exact rational with one decimal, rounded half up: '22.9', '−0.4'."""
    rounded = half_up(value, places)
    text = f"{float(abs(rounded)):,.{places}f}"
    return f"{MINUS}{text}" if rounded < 0 else text


def percent(value: Fraction) -> str:
    """A percentage as written in running text and tables: '22.9%'."""
    return _("%(value)s%%") % {"value": decimal(value)}


def count_word(value: int) -> str:
    """Small numbers as words at the start of a headline: 6 -> 'six', 12 -> '12'."""
    return _(WORDS[value]) if value < len(WORDS) else number(value)


def school_year(year: int) -> str:
    """2025 -> '2024–25'."""
    return f"{year - 1}–{year % 100:02d}"
