"""Suggests CDS codes for a list of names (a grantee list as CDE publishes it): by the places of the published build.

It never decides: what it finds goes to a CSV with an empty column `accept`, and `python -m data build` reads of that file only
the lines in which a person wrote yes. Exact names come first; similar ones are told apart by their words and their letters.
"""

import csv
import re
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from pathlib import Path

from data import sniff, sources, warehouse
from data.cells import safe
from data.problems import Refused, printable

MOST_ROWS = 50_000
MOST_BYTES = 10_000_000
MOST = 3
"""Suggestions for one line of the list, where none is exact."""
LEAST = 0.55
"""Likeness below which a name is no suggestion; 1 is the same words."""
SHORTLIST = 40
"""Names that share most words, of which the letters are then compared."""
NAMES = {
    "district": ("district", "districtname", "lea", "leaname", "localeducationalagency", "agency", "grantee", "granteename"),
    "school": ("school", "schoolname", "site", "sitename", "schoolsite"),
    "county": ("county", "countyname"),
    "grant_type": ("granttype", "type", "grant"),
    "cohort": ("cohort",),
    "start": ("start", "startson", "startdate", "starts"),
    "end": ("end", "endson", "enddate", "ends"),
}
WORDS = {
    "elem": "elementary", "usd": "unified", "uhsd": "union high", "esd": "elementary", "coe": "county office education",
    "hs": "high", "ms": "middle", "jr": "junior", "sr": "senior", "acad": "academy", "mt": "mount", "st": "saint",
    "jt": "joint", "co": "county",
}  # fmt: skip
EMPTY_WORDS = {"school", "schools", "district", "the", "of", "and", "for", "a"}
OUT: tuple[str, ...] = (
    "accept", "cds_code", "grant_type", "cohort", "start", "end", "list_line", "found", "likeness", "given_district",
    "given_school", "suggested_district", "suggested_school", "suggested_county", "suggested_status",
)  # fmt: skip


class NotMatched(RuntimeError):
    """The list cannot be read or written. The text is a sentence."""


@dataclass(frozen=True)
class Place:
    """A district or school of the build. `district` is the district's name; `name` is "" for the district itself."""

    entity: str
    district: str
    name: str
    county: str
    status: str

    @cached_property
    def words(self) -> frozenset[str]:
        return words(self.name or self.district)


@dataclass(frozen=True)
class Suggestion:
    """A place for a line. `likeness` is from 0 to 1; `exact`: the words of all given names are the place's own."""

    place: Place
    likeness: float
    exact: bool


@lru_cache(100_000)
def plain(name: str) -> str:
    """A name as it is compared: lower case words without accents and marks, abbreviations spelled out."""
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    found = [WORDS.get(word, word) for word in re.sub("[^a-z0-9]+", " ", text).split()]
    return " ".join(word for word in " ".join(found).split() if word not in EMPTY_WORDS)


@lru_cache(100_000)
def words(name: str) -> frozenset[str]:
    return frozenset(plain(name).split())


def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1: the mean of the share of common words and of common letters in their order."""
    first, second = words(one), words(other)
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    letters = SequenceMatcher(None, plain(one), plain(other), autojunk=False).ratio()
    return min((len(first & second) / len(first | second) + letters) / 2, 0.99)


class Places:
    """The places of a build, found by their words."""

    def __init__(self, every: Sequence[Place]):
        self.districts = [p for p in every if not p.name]
        self.schools: dict[str, list[Place]] = defaultdict(list)
        self.by_word: dict[str, list[Place]] = defaultdict(list)
        for place in every:
            if place.name:
                self.schools[place.entity[:7]].append(place)
                for word in place.words:
                    self.by_word[word].append(place)

    def suggest(self, district: str, school: str, county: str = "") -> list[Suggestion]:
        """Places for the names of one line, the likeliest first: all exact ones, or else at most MOST similar ones."""
        agencies = self._of_county(_best(district, self.districts), county) if words(district) else []
        if not words(school):
            return _cut(agencies)
        if not agencies:
            near = self._sharing(words(school))
            found = [Suggestion(s.place, s.likeness * (0.9 if words(district) else 1), s.exact and not words(district))
                     for s in _best(school, near)]
            return _cut(self._of_county(found, county))
        found = [
            Suggestion(s.place, (s.likeness + agency.likeness) / 2, s.exact and agency.exact)
            for agency in _cut(agencies)
            for s in _best(school, self.schools[agency.place.entity[:7]])
        ]
        return _cut(sorted(found, key=_order))

    def _sharing(self, wanted: frozenset[str]) -> list[Place]:
        shared: dict[str, int] = defaultdict(int)
        places: dict[str, Place] = {}
        for word in wanted:
            for place in self.by_word.get(word, ()):
                shared[place.entity] += 1
                places[place.entity] = place
        best = sorted(shared, key=lambda e: (-shared[e] / len(wanted | places[e].words), e))
        return [places[entity] for entity in best[:SHORTLIST]]

    @staticmethod
    def _of_county(found: list[Suggestion], county: str) -> list[Suggestion]:
        """Those of the county that the line names, if it names one that any of them is in."""
        wanted = words(county) - {"county"}
        return [s for s in found if wanted and words(s.place.county) - {"county"} == wanted] or found


def _best(name: str, places: Sequence[Place]) -> list[Suggestion]:
    """The places that bear the very name, or else those that are alike enough, the likeliest first."""
    same = [place for place in places if place.words == words(name)]
    if same:
        return [Suggestion(place, 1, True) for place in same]
    found = [(place, likeness(name, place.name or place.district)) for place in places]
    return sorted((Suggestion(place, alike, False) for place, alike in found if alike >= LEAST), key=_order)


def _order(suggestion: Suggestion) -> tuple[bool, float, str]:
    return not suggestion.exact, -suggestion.likeness, suggestion.place.entity


def _cut(found: list[Suggestion]) -> list[Suggestion]:
    return [s for s in found if s.exact] or found[:MOST]


def match(file: Path, target: Path) -> dict[str, int]:
    """Write suggestions for every line of a list to `target`. Returns how many lines are "exact", "similar" and "none".

    Raises NotMatched, Refused (a list of students, no text) or warehouse.NoBuild; an existing `target` is never overwritten.
    """
    if target.exists():
        raise NotMatched(f"{target} exists already, perhaps with lines that you accepted. Rename or delete it first.")
    rows = _read(file)
    places = Places(_places())
    told = {"exact": 0, "similar": 0, "none": 0}
    out = []
    for line, row in rows:
        found = places.suggest(row.get("district", ""), row.get("school", ""), row.get("county", ""))
        told["exact" if found and found[0].exact else "similar" if found else "none"] += 1
        out += [_line(line, row, suggestion) for suggestion in found] or [_line(line, row, None)]
    with target.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, OUT)
        writer.writeheader()
        writer.writerows(out)
    return told


def _places() -> list[Place]:
    frame = warehouse.query(
        "select entity, level::varchar as level, name, district_name, county_name, directory_status from places "
        "where level in ('district', 'school') order by entity", {},
    )  # fmt: skip
    return [
        Place(r["entity"], *((r["district_name"], r["name"]) if r["level"] == "school" else (r["name"], "")), r["county_name"],
              r["directory_status"] or "")
        for r in frame.to_dict("records")
    ]  # fmt: skip


def _read(file: Path) -> list[tuple[int, dict[str, str]]]:
    """The lines of the list with what they say under our names. The header is the first line; columns may have any order."""
    try:
        size = file.stat().st_size
    except OSError as error:
        raise NotMatched(f"{file} cannot be opened ({error.strerror}). Check the path.") from error
    if sniff.kind_of(file) != "other" or size > MOST_BYTES:
        raise NotMatched(f"{printable(file.name)} is no list in text form. Save the list as .csv and try again.")
    sniff.refuse_what_is_no_text(sniff.head_of(file))
    with tempfile.TemporaryDirectory(prefix="rtac-match-") as folder:
        text = sniff.transcode(file, Path(folder) / "text", MOST_ROWS)
        with text.path.open(encoding="utf-8-sig", newline="") as handle:
            first = handle.readline()
            handle.seek(0)
            reader = csv.reader(handle, delimiter="\t" if "\t" in first else ",")
            try:
                header = _header(next(reader))
                return [(reader.line_num, _said(header, row)) for row in reader if any(cell.strip() for cell in row)]
            except (csv.Error, StopIteration) as error:
                raise NotMatched(f"{printable(file.name)} cannot be read as a table. Save the list again as .csv.") from error


def _header(cells: Sequence[str]) -> list[str]:
    try:
        sources.match(cells)
    except Refused as refused:
        if any(f.code == "pupil_level" for f in refused.findings):
            raise
    meant = [next((name for name, also in NAMES.items() if sources.normal(cell) in also), "") for cell in cells]
    if not {"district", "school"} & set(meant):
        raise NotMatched("The first line of the list names no column District or School. Name the columns and try again.")
    return meant


def _said(header: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    return {name: cell.strip() for name, cell in zip(header, row, strict=False) if name}


def _line(line: int, row: Mapping[str, str], found: Suggestion | None) -> dict[str, str]:
    """A line of the output. No text of the list can become a formula where the file is opened in a spreadsheet."""
    said = {name: row.get(name, "") for name in ("grant_type", "cohort", "start", "end")}
    said |= {"list_line": str(line), "given_district": row.get("district", ""), "given_school": row.get("school", "")}
    if found is None:
        said["found"] = "none"
    else:
        place = found.place
        said |= {
            "cds_code": place.entity, "found": "exact" if found.exact else "similar", "likeness": f"{found.likeness:.2f}",
            "suggested_district": place.district, "suggested_school": place.name, "suggested_county": place.county,
            "suggested_status": place.status,
        }  # fmt: skip
    return {name: safe(said.get(name, "")) for name in OUT}
