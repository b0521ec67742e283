"""What a reading is about when nobody says so: the district, the school year, the last closed month, the known schools."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from data.local.load import NotCounted, Parameters

LEA = re.compile(r"[0-9]{7}")


def parameters(
    span: Mapping[str, Any], today: date, lea: str = "", year: int = 0, through: int = 0, salt: str = ""
) -> Parameters:
    """The parameters of a reading: as given, else as the rows say (`Reading.span`). Raises NotCounted where neither does."""
    lea = lea or span["lea"] or ""
    if not LEA.fullmatch(lea):
        raise NotCounted("The rows do not say whose they are. Give the district with --lea and its code of seven digits.")
    year = year or span["year"] or today.year + (today.month >= 7)
    if not 2015 <= year <= today.year + 1:
        raise NotCounted(f"{year} is no school year that can be counted. Give the ending year with --year, as 2026 for 2025-26.")
    first, last = (year - 1) * 100 + 7, year * 100 + 6
    closed = last_closed(today)
    through = through or min(last, closed, span["last_month"] or closed)
    if not first <= through <= last or not 1 <= through % 100 <= 12:
        raise NotCounted(
            f"{through} is no month of the school year {year - 1}-{year % 100:02d}. Give one with --through, as 202602."
        )
    if through > closed:
        raise NotCounted(f"The month {through} is not over. Only closed months are counted; the last one is {closed}.")
    return Parameters(lea, year, through, today, salt or secrets.token_hex(16))


def salted(given: Parameters, salt: bytes) -> Parameters:
    """The same parameters with the district's own salt."""
    return replace(given, salt=salt.decode("ascii"))


def last_closed(today: date) -> int:
    """The month before today's, as yyyymm."""
    return (today.year - 1) * 100 + 12 if today.month == 1 else today.year * 100 + today.month - 1


def schools(lea: str = "") -> list[str]:
    """The 14-digit codes of the schools that the published build knows; none where there is no build (any is believed then).

    Where the build does not hold the district at all, none either: a build of demonstration data says nothing about it.
    """
    from data import warehouse

    try:
        frame = warehouse.query("select entity from places where level = 'school' order by entity", {})
    except warehouse.NoBuild:
        return []
    found = [str(entity) for entity in frame["entity"]]
    return found if not lea or any(entity.startswith(lea) for entity in found) else []
