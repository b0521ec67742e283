"""The travel document: what one LEA's counting machine hands over. Everything in it is a number or stands in a list of ours.

`parse` reads the bytes, `read` scans: an unknown key, a wrong type, a code that is not listed, a text where none belongs, or a
number that should have been hidden is refused with a sentence. No sentence repeats a value of the document: it could be a name.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from data.local import travel_cells
from data.local.refused import Refused
from data.privacy.cube import pillars, school_year

__all__ = ("Refused", "Travel", "parse", "read")

MOST_BYTES = 48 * 1024 * 1024
MOST = {"files": 500, "checkup": 500, "coverage": 50, "partners": 5000}
TOP = {"format", "lea", "year", "through", "made", "demo", "files", "checkup", "coverage", "partners", "cells"}
FEEDS = ("attendance", "discipline", "services", "students", "partners", "calendar")
ROWS, REMARKS = 100, 10
"""Rows of a file and remarks of a rule travel up to the next hundred and ten: a file of one row a student would say how many."""
COVERED = ("attendance", "services", "students")
"""Feeds whose weeks travel. Weeks with discipline would say at least how many incidents there were."""
CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
HASH = re.compile(r"[0-9a-f]{64}")
LEA = re.compile(r"[0-9]{7}")
SCHOOL = re.compile(r"[0-9]{14}")
PUPIL = re.compile(
    r"ssid|dob|birth|pupil|child|parent|guardian|first.?name|last.?name|middle|surname|full.?name|student.?(id|key|name|number)|"
    r"^students?$|^name|address|e.?mail|phone|^rows?$|^records$|grade.?level|lunch|iep|incident"
)
LONGEST_PARTNER = 80
NO_PARTNER = re.compile(r"@|[0-9]{4}|https?:|[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
PERSON = re.compile(r"[^\W\d]+(?:[-'’ ][^\W\d]+)?, *(?!(?:Inc|LLC|Corp|Co|Ltd)\b)[^\W\d]+\.?(?: [^\W\d]\.?)?")
PUPILS = (
    "This looks like rows about students. Such rows never come here: count them with “python -m data local” or in the browser, "
    "and send the counts."
)


@dataclass(frozen=True)
class Travel:
    """A scanned document. `cells`: KEYS and value (Int64, null is hidden); `partners`: name, school, pillar."""

    lea: str
    year: int
    through: int
    made: str
    demo: bool
    files: list[dict]
    checkup: list[dict]
    coverage: list[dict]
    partners: pd.DataFrame
    cells: pd.DataFrame


def parse(raw: bytes) -> dict:
    """The document of its bytes. Raises Refused: too long, no JSON object, a key twice, numbers that are not whole."""
    if len(raw) > MOST_BYTES:
        raise Refused(f"The document is larger than {MOST_BYTES // 1024 // 1024} MB.")
    try:
        said = json.loads(raw.decode("utf-8"), object_pairs_hook=_once, parse_float=_no_part, parse_constant=_no_part)
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, Refused) else Refused("The document is not JSON.") from None
    if not isinstance(said, dict):
        raise Refused(PUPILS if isinstance(said, list) else "The document is not a JSON object.")
    return said


def _once(pairs: list[tuple[str, Any]]) -> dict:
    said = dict(pairs)
    if len(said) < len(pairs):
        raise Refused("A key stands twice in one object of the document.")
    return said


def _no_part(_: str) -> None:
    raise Refused("The document holds a number that is not whole. Counts and days in tenths are whole numbers.")


def read(document: Mapping[str, Any]) -> Travel:
    """The scanned document. Raises Refused with a sentence."""
    _keys(document, TOP, "the document")
    if document["format"] != 1 or isinstance(document["format"], bool):
        raise Refused("The document is of another format than 1. Bring the program that made it up to date.")
    lea = _match(document["lea"], LEA, "“lea” is a district's code of seven digits.")
    year = _whole(document["year"], 2015, 2100, "“year” is the ending year of a school year.")
    through = _month(document["through"], year, document["made"])
    if not isinstance(document["demo"], bool):
        raise Refused("“demo” is true or false.")
    return Travel(
        lea,
        year,
        through,
        document["made"],
        document["demo"],
        _list(document, "files", {"sha256": HASH, "feed": FEEDS, "layout": CODE, "rows": ROWS}),
        _list(document, "checkup", {"rule": CODE, "count": REMARKS}),
        _list(document, "coverage", {"feed": COVERED, "weeks": 1, "of": 1}),
        _partners(document, lea),
        travel_cells.read(_cells(document), lea, year, through),
    )


def up(count: int, step: int) -> int:
    """A count up to the next multiple of a step; nothing stays nothing."""
    return -(-count // step) * step


def _keys(said: Any, known: set[str], where: str) -> None:
    if not isinstance(said, Mapping):
        raise Refused(PUPILS if isinstance(said, list) else f"A part of {where} has another form than a travel document has.")
    strange = [str(key) for key in said if key not in known]
    if any(PUPIL.search(key.lower()) for key in strange):
        raise Refused(PUPILS)
    if strange:
        raise Refused(f"There is something in {where} that a travel document does not have.")
    missing = sorted(known - set(said))
    if missing:
        raise Refused(f"“{missing[0]}” is missing from {where}.")


def _whole(value: Any, low: int, high: int, sentence: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise Refused(sentence)
    return value


def _match(value: Any, pattern: re.Pattern, sentence: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise Refused(sentence)
    return value


def _month(value: Any, year: int, made: Any) -> int:
    """The last month counted: of the school year, and closed on the day that the document was made."""
    through = _whole(value, 201401, 210012, "“through” is a month as in 202602.")
    if not 1 <= through % 100 <= 12 or school_year(through) != year:
        raise Refused("“through” is a month of the school year in “year”, as in 202602.")
    try:
        day = date.fromisoformat(made if isinstance(made, str) and len(made) == 10 else "")
    except ValueError:
        raise Refused("“made” is a date as in 2026-03-05.") from None
    if through >= day.year * 100 + day.month:
        raise Refused("“through” is a month that was not over when the document was made. Only closed months are published.")
    return through


def _list(document: Mapping, name: str, shape: dict[str, Any]) -> list[dict]:
    """A list of entries of a shape: key -> a pattern, a list of codes, or the step that a count is a multiple of."""
    said = document[name]
    if not isinstance(said, list) or len(said) > MOST[name]:
        raise Refused(f"“{name}” is a list of at most {MOST[name]} entries.")
    for entry in said:
        _keys(entry, set(shape), f"“{name}”")
        for key, kind in shape.items():
            fits = (
                isinstance(entry[key], int)
                and not isinstance(entry[key], bool)
                and 0 <= entry[key] <= 10**10
                and entry[key] % kind == 0
                if isinstance(kind, int)
                else isinstance(entry[key], str)
                and (entry[key] in kind if isinstance(kind, tuple) else kind.fullmatch(entry[key]))
            )
            if not fits:
                raise Refused(f"“{key}” in “{name}” holds something that a travel document does not have there.")
    return [dict(entry) for entry in said]


def _partners(document: Mapping, lea: str) -> pd.DataFrame:
    said = document["partners"]
    if not isinstance(said, list) or len(said) > MOST["partners"]:
        raise Refused(f"“partners” is a list of at most {MOST['partners']} entries.")
    for entry in said:
        _keys(entry, {"name", "school", "pillar"}, "“partners”")
        _match(entry["school"], SCHOOL, "A partner's school is a code of 14 digits.")
        name = entry["name"]
        if not entry["school"].startswith(lea) or entry["pillar"] not in set(pillars().values()):
            raise Refused("A partner stands at a school of another district, or in no pillar.")
        if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_PARTNER or NO_PARTNER.search(name):
            raise Refused(
                f"A partner's name is the name of an organization: at most {LONGEST_PARTNER} characters, no address, no number."
            )
        if PERSON.fullmatch(name.strip()):
            raise Refused("A partner's name looks like a person's: “Last, First”. Partners are organizations.")
    return pd.DataFrame(said, columns=["name", "school", "pillar"], dtype="str").drop_duplicates(ignore_index=True)


def _cells(document: Mapping) -> Mapping[str, list]:
    said = document["cells"]
    _keys(said, set(travel_cells.COLUMNS), "“cells”")
    if not all(isinstance(said[c], list) for c in travel_cells.COLUMNS):
        raise Refused("“cells” holds one list a column.")
    if len({len(said[c]) for c in travel_cells.COLUMNS}) != 1:
        raise Refused("The columns of “cells” are not of one length.")
    return said
