"""The kinds of files that the product reads: `reference/sources.toml`, column maps and `checks.csv`, typed and checked on load.

Answers one question: which family and layout has this header? A family is known by its header alone. It must not open files.
"""

import csv
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from data.problems import Finding, Refused, failure, printable
from data.registry import REFERENCE, RegistryError

TYPES = (
    "year", "level", "code", "name", "scope", "group", "count", "tenths", "part", "rate", "text", "date", "degrees", "ignored",
)  # fmt: skip
NUMBERS = ("count", "tenths")
"""Types that are stored as whole numbers: of students or incidents, or of tenths (days, which CDE prints with one decimal).

A `part` is a count too, but of some of the row's students and withheld by itself: checked against their total, never stored."""
LIKENESS = 0.6
"""A header is taken for a broken one of a family when at least this share of the family's columns is in it."""


@dataclass(frozen=True)
class Layout:
    """One spelling of a family's header. `headers`: canonical column -> the header that CDE printed."""

    name: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Check:
    """A rule that ties columns of one row together, a row of checks.csv.

    `at_most`: `column` is no more than `first`. `quotient`: the printed `column` in tenths is `tenths` x first / second, rounded
    half up (1000 for a percentage). `sum`: `column` is the sum of `first` (joined by +), but for the rounding of its parts.
    """

    column: str
    check: str
    first: tuple[str, ...]
    second: str
    tenths: int


@dataclass(frozen=True)
class Family:
    """One kind of file. `types`: canonical column -> type; `years`: ending years that may be read.

    `numerator` and `rate` are "" where a file only counts students. `every_sheet`: its workbook has several sheets with one
    header; all are read, and a first column "Sheet" names each row's.
    """

    name: str
    title: str
    kind: str
    vocabulary: str
    landing: str
    structure: str
    licence: str
    file_names: tuple[str, ...]
    years: tuple[int, ...]
    absent: dict[int, str]
    key: tuple[str, ...]
    extra_columns: str
    max_bytes: int
    max_rows: int
    denominator: str
    numerator: str
    rate: str
    types: dict[str, str]
    aliases: dict[str, str]
    layouts: tuple[Layout, ...]
    checks: tuple[Check, ...]
    optional: tuple[str, ...] = ()
    workbook: bool = False
    every_sheet: bool = False

    @cached_property
    def counts(self) -> tuple[str, ...]:
        """The columns of whole numbers (counts, and days in tenths) in the order of the column map."""
        return tuple(c for c, t in self.types.items() if t in NUMBERS)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The counts of some of a row's students (by grade), which are checked and not stored."""
        return tuple(c for c, t in self.types.items() if t == "part")

    @cached_property
    def rates(self) -> tuple[str, ...]:
        """The printed rates, which are checked and not stored."""
        return tuple(c for c, t in self.types.items() if t == "rate")


@dataclass(frozen=True)
class Match:
    """A header that was recognized.

    `columns`: one canonical name a field of the file, "" for a field to drop; `unnamed`: indexes of fields without a name.
    """

    family: Family
    layout: str
    columns: tuple[str, ...]
    headers: dict[str, str]
    reordered: bool
    dropped: tuple[str, ...]
    unnamed: tuple[int, ...]


def normal(header: str) -> str:
    """A header as it is compared: lower case letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", header.lower())


def _load() -> dict[str, Family]:
    with (REFERENCE / "sources.toml").open("rb") as handle:
        rows = tomllib.load(handle)["family"]
    return {row["name"]: _family(row) for row in rows}


def _family(row: dict) -> Family:
    types, aliases, layouts = _columns(row["name"])
    for name in ("denominator", "numerator", "rate"):
        if row.get(name) and row[name] not in types:
            raise RegistryError(f"data/reference/sources.toml, family {row['name']}: {name} {row[name]!r} is not in its "
                                f"column map")
    return Family(
        **{k: row[k] for k in ("name", "title", "kind", "vocabulary", "landing", "structure", "licence")},
        **{k: row[k] for k in ("extra_columns", "max_bytes", "max_rows")},
        **{k: tuple(row[k]) for k in ("file_names", "years", "key")},
        **{k: row.get(k, "") for k in ("denominator", "numerator", "rate")},
        absent={int(k): v for k, v in row["absent"].items()}, types=types, aliases=aliases, layouts=layouts,
        checks=_checks(row["name"], types), optional=tuple(row.get("optional", ())), workbook=row.get("workbook", False),
        every_sheet=row.get("every_sheet", False),
    )


def _checks(family: str, types: dict[str, str]) -> tuple[Check, ...]:
    """The rows of checks.csv for one family. Raises RegistryError for a column that the family does not have."""
    out = []
    with (REFERENCE / "checks.csv").open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), start=2):
            if row["family"] != family:
                continue
            check = Check(row["column"], row["check"], tuple(row["first"].split("+")), row["second"], int(row["tenths"] or 0))
            wanted = (check.column, *check.first, *([check.second] if check.check == "quotient" else []))
            strange = [c for c in wanted if c not in types]
            if strange or check.check not in ("at_most", "quotient", "sum"):
                raise RegistryError(f"data/reference/checks.csv, row {number}: {(strange or [check.check])[0]!r} is not a column "
                                    f"of {family}, or not a check")
            out.append(check)
    return tuple(out)


def _columns(family: str) -> tuple[dict[str, str], dict[str, str], tuple[Layout, ...]]:
    """Types, aliases (normal header -> canonical column) and layouts of one column map."""
    file = f"columns/{family}.csv"
    with (REFERENCE / file).open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        names = [f for f in reader.fieldnames or () if f not in ("column", "type", "also")]
        rows = list(reader)
    types: dict[str, str] = {}
    aliases: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        column = row["column"]
        if row["type"] not in TYPES or not column.isidentifier():
            raise RegistryError(f"data/reference/{file}, row {number}: {column!r} of type {row['type']!r} is not a column "
                                f"that can be read")
        types[column] = row["type"]
        for header in [*row["also"].split("|"), *(row[n] for n in names)]:
            if header and aliases.setdefault(normal(header), column) != column:
                raise RegistryError(f"data/reference/{file}, row {number}: header {header!r} already stands for "
                                    f"{aliases[normal(header)]!r}")
    layouts = tuple(Layout(n, {r["column"]: r[n] for r in rows if r[n]}) for n in names)
    return types, aliases, layouts


families = _load()
with (REFERENCE / "sources.toml").open("rb") as _handle:
    _more = tomllib.load(_handle)
_unread = [(row["title"], frozenset(normal(h) for h in row["header"])) for row in _more["unread"]]
_called: dict[str, str] = _more["called"]
_pupil_headers = frozenset(normal(h) for h in _more["pupil_level"]["header"])
_pupil_records = frozenset(_more["pupil_level"]["records"])


def match(header: Sequence[str]) -> Match:
    """The family and layout of a header. Raises Refused with what is wrong with it and the nearest right one."""
    _no_pupils(header)
    found = [normal(h) for h in header]
    # Every file that begins with CDE's identity columns is like the shortest such family: more columns in common lead.
    family = max(families.values(), key=lambda f: (_likeness(f, found) >= LIKENESS, _shared(f, found), _likeness(f, found)))
    if _likeness(family, found) < LIKENESS or any(signature <= set(found) for _, signature in _unread):
        raise Refused(_unknown(header, found))
    return _match(family, header, found)


def _likeness(family: Family, found: Sequence[str]) -> float:
    """The best share of one layout's columns that the header holds."""
    known = {family.aliases.get(f, "") for f in found}
    return max(len(known & layout.headers.keys()) / len(layout.headers) for layout in family.layouts)


def _shared(family: Family, found: Sequence[str]) -> int:
    """How many of the family's columns the header holds."""
    return len({family.aliases[f] for f in found if f in family.aliases})


def _no_pupils(header: Sequence[str]) -> None:
    shown = [h for h in header if normal(h) in _pupil_headers]
    if shown:
        raise Refused(failure("pupil_level", f"Column {printable(shown[0])} belongs to a list of students. Nothing of this "
                                             f"file was kept. "
                              "This server takes counts only: make counts first, or hand over CDE's public file.",
                              line=1, column=printable(shown[0])))
    if re.split(r"[\^,\t|]", header[0] if header else "")[0].strip('"') in _pupil_records:
        raise Refused(failure("pupil_level", "This is a CALPADS extract with one line a student. Nothing of it was kept. "
                              "This server takes counts only.", line=1))


def _unknown(header: Sequence[str], found: Sequence[str]) -> Finding:
    other = next((title for title, signature in _unread if signature <= set(found)), None)
    if other:
        return failure("other_family", f"This is a file of another family ({other}), which this version does not read. Leave "
                                       f"it out.", line=1)
    for mark in (",", ";", "|", "^", "\t"):
        cells = [normal(h) for h in header[0].split(mark)] if 0 < len(header) <= 2 else []
        if any(_likeness(f, cells) >= LIKENESS for f in families.values()):
            return failure("wrong_delimiter", f"The columns are separated by {mark!r}; CDE's text files use tabs. Download "
                                              f"the file again and "
                           "do not save it from a spreadsheet.", line=1, value=mark)
    known = ", ".join(dict.fromkeys(_called[f.kind] for f in families.values()))
    if any(re.fullmatch(r"(19|20)\d\d-\d\d|\d+(\.\d+)?|\*", h.strip()) for h in header) and len(header) > 3:
        return failure("no_header", "The first line holds values, not column names. Download the file again with its header "
                                    "line.", line=1)
    return failure("unknown_family", f"The first line is not the header of any file that is read ({known}). Leave it out, "
                                     f"or add its headers to data/reference/columns/.", line=1, value=header[0] if header else "")


def _match(family: Family, header: Sequence[str], found: Sequence[str]) -> Match:
    columns = [family.aliases.get(f, "") for f in found]
    present = {c for c in columns if c and family.types[c] != "ignored"}
    layout = _nearest(family, header, present)
    strange = [h for h, c in zip(header, columns, strict=True) if h.strip() and not c]
    wanted = {c: h for c, h in layout.headers.items() if family.types[c] != "ignored" and c not in family.optional}
    missing = [h for c, h in wanted.items() if c not in present]
    problems = _header_problems(family, header, columns, strange, missing, present)
    if problems:
        raise Refused(*problems)
    order = [c for c in layout.headers if c in present]
    kept = tuple("" if not c or family.types[c] == "ignored" else c for c in columns)
    return Match(family, layout.name, kept, {c: h for c, h in zip(kept, header, strict=True) if c},
                 [c for c in kept if c] != order, tuple(strange), tuple(i for i, h in enumerate(header) if not h.strip()))


def _nearest(family: Family, header: Sequence[str], present: set[str]) -> Layout:
    """The layout with the same columns, or else the most alike; among equals the one spelled like the file, newest first."""
    spelled = {h.strip() for h in header}

    def closeness(layout: Layout) -> tuple[int, int]:
        wanted = {c for c in layout.headers if family.types[c] != "ignored"}
        beside = len(wanted - present) * 2 + (len(present - wanted) if family.extra_columns == "refused" else 0)
        return -beside, len(spelled & set(layout.headers.values()))

    return max(reversed(family.layouts), key=closeness)


def _header_problems(family: Family, header: Sequence[str], columns: Sequence[str], strange: Sequence[str],
                     missing: Sequence[str], present: set[str]) -> list[Finding]:
    problems = []
    for column in missing:
        near = get_close_matches(column.lower(), [s.lower() for s in strange], 1, 0.6)
        instead = next((s for s in strange if near and s.lower() == near[0]), "")
        if instead:
            problems.append(failure("header_differs", f"Column {column} is missing; the file has {printable(instead)} "
                                                      f"instead. If CDE renamed it, add the "
                                    f"new name to data/reference/columns/{family.name}.csv; else download the file again.",
                                    line=1, column=column, value=instead))
            strange = [s for s in strange if s != instead]
        else:
            problems.append(failure("missing_column", f"Column {column} of a {family.title} file is missing. "
                                    + _way_out(family, strange), line=1, column=column))
    if strange and family.extra_columns == "refused":
        problems.append(failure("extra_column", f"Column {printable(strange[0])} is not part of a {family.title} file. If CDE "
                                                f"added it, add it to "
                                f"data/reference/columns/{family.name}.csv; else download the file again.",
                                line=1, column=printable(strange[0])))
    twice = next((h for h, c in zip(header, columns, strict=True) if c and columns.count(c) > 1), None)
    if twice:
        problems.append(failure("column_twice", f"Two columns mean the same: {printable(twice)} stands twice or under two "
                                                f"names. Keep one of them.",
                                line=1, column=printable(twice)))
    if not problems and family.kind == "counts" and not any(_fits(family, layout, present) for layout in family.layouts):
        problems.append(failure("unknown_layout", f"No known layout of the {family.title} file has just these columns. "
                                                  f"Download the file again.", line=1))
    return problems


def _way_out(family: Family, strange: Sequence[str]) -> str:
    if not strange:
        return "Download the file again."
    unknown = ", ".join(printable(s) for s in strange[:4])
    return (f"The file has columns that we do not know ({unknown}). If CDE renamed it, add the new name to "
            f"data/reference/columns/{family.name}.csv; else download the file again.")


def _fits(family: Family, layout: Layout, present: set[str]) -> bool:
    return {c for c in layout.headers if family.types[c] != "ignored"} == present


def named_year(family: Family, stem: str) -> tuple[int, int] | None:
    """(ending year, release) that a CDE file name claims, or None for any other name. No -vN is release 1."""
    for pattern in family.file_names:
        found = re.fullmatch(pattern + r"(?: \(\d+\))?", stem, re.IGNORECASE)
        if found:
            return 2000 + int(found["yy"]), int(found["release"] or 1)
    return None
