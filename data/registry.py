"""The domain's tables as typed, checked rows. Owns `data/reference/`; a wrong row fails at import with its file and row.

What changes yearly or by region stands in those tables. Code that needs to know an indicator, a student group, a region
or a caveat asks here and nowhere else.
"""

import csv
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).parent / "reference"
MARTS = Path(__file__).parent / "marts"
TABLES = Path(__file__).parent / "tables"
LEVELS = ("state", "region", "county", "district", "school")
STATUSES = ("published", "zero", "withheld", "counts_withheld", "not_published", "derived")
EFFECTS = ("gap", "mark", "unusual", "note")
STATE = "00000000000000"
KINDS = ("share", "part", "mean")
"""What a measure is: a share of students; a part of a whole that is not students (days, suspensions); an amount per student.

Only for a share do the intervals of a share hold: days and suspensions of one student come together. Of a mean the numerator may
be larger than the denominator."""


REGION_CODE = re.compile(r"[A-Z]{3}")


class RegistryError(ValueError):
    """A reference table holds a value that it must not hold. The text names file, row and value."""


@dataclass(frozen=True)
class Indicator:
    """One measure. `name` is its key in URLs, files and marts; `unit` is a word for what `value` gives (percent, days, ...).

    Facts hold whole numbers: a numerator or denominator in tenths of a day has `numerator_parts` or `denominator_parts` 10.
    A change of `jump` points in a year, or between nobody and `zero` percent, is to be checked before it is believed; so is
    `floor` percent or less of `floor_from` students or more.
    """

    id: str
    name: str
    title: str
    subject: str
    family: str
    vocabulary: str
    dimensions: tuple[str, ...]
    default_group: str
    kind: str
    scale: int
    unit: str
    better: str
    interval: str
    min_rank: int
    numerator: str
    denominator: str
    numerator_short: str
    denominator_short: str
    missed: str
    who: str
    differs: str
    caveats: tuple[str, ...]
    numerator_parts: int = 1
    denominator_parts: int = 1
    jump: float = float("inf")
    zero: float = float("inf")
    floor: float = -1
    floor_from: int = 0

    def value(self, numerator: int, denominator: int) -> Fraction:
        """The measure in its unit, exact: `scale` x numerator / denominator of one fact row, with parts made whole."""
        return Fraction(self.scale * numerator * self.denominator_parts, denominator * self.numerator_parts)

    def whole(self, numerator: int, denominator: int) -> tuple[Fraction, Fraction]:
        """The counts of a fact row in whole days, students or incidents."""
        return Fraction(numerator, self.numerator_parts), Fraction(denominator, self.denominator_parts)

    @property
    def total(self) -> str:
        """The line of all students in the measure's vocabulary."""
        return next(g.line for g in student_groups if g.vocabulary == self.vocabulary and g.dimension == "total")

    @property
    def factor(self) -> float:
        """What numerator / denominator of a fact row is multiplied with to give `value`."""
        return self.scale * self.denominator_parts / self.numerator_parts

    @property
    def of_schools(self) -> bool:
        """Whether the rates of schools may be averaged and compared: a share with an interval, counted for all students."""
        return self.kind == "share" and self.interval == "wilson" and "total" in self.dimensions

    @property
    def sql(self) -> str:
        """The mart's SQL text, as shown under "Why doesn't this match?"."""
        return (MARTS / f"{self.name}.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class StudentGroup:
    """One code of one vocabulary. Codes that succeed each other over the years share a `line`."""

    vocabulary: str
    code: str
    line: str
    dimension: str
    label: str
    first_year: int
    last_year: int
    ord: int
    note: str


@dataclass(frozen=True)
class Equation:
    """total = sum(members), exact in CDE's counts: what a reader can subtract."""

    vocabulary: str
    name: str
    total: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class County:
    """A county: CDE's two-digit code, its FIPS code, and the R-TAC region that serves it.

    `effective_from` is a day (2022-11-02); `source` and `status` say where that stands and how far it was verified.
    """

    code: str
    name: str
    fips: str
    region: str
    effective_from: str
    source: str
    status: str

    @property
    def entity(self) -> str:
        return f"{self.code}000000000000"


@dataclass(frozen=True)
class Region:
    """An R-TAC region. `code` is R-XXX; `counties` are CDE county codes. Its dates and sources are those of its first county."""

    code: str
    name: str
    lead: str
    effective_from: str
    source: str
    status: str
    counties: tuple[str, ...]


@dataclass(frozen=True)
class Caveat:
    """A sentence that follows its indicators. `effect`: one of EFFECTS. `groups` and `levels` narrow it when not empty."""

    id: str
    effect: str
    years: tuple[int, ...]
    text: str
    groups: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cohort:
    """A cohort of implementation grants: the ending years of its first school year and of the last one that is paid for."""

    number: int
    first: int
    last: int


def rows(name: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of a reference table, each with its line in the file."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as handle:
        return list(enumerate(csv.DictReader(handle), start=2))


def _toml(name: str, key: str) -> list[tuple[int, dict]]:
    with (REFERENCE / name).open("rb") as handle:
        return list(enumerate(tomllib.load(handle)[key], start=1))


def need(ok: bool, file: str, row: int, say: str) -> None:
    """Raise RegistryError with the file and row unless `ok`."""
    if not ok:
        raise RegistryError(f"data/reference/{file}, row {row}: {say}")


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar as the tables write it: 2022-11-02."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _load_groups() -> tuple[StudentGroup, ...]:
    out = []
    for row, r in rows("student_groups.csv"):
        need(bool(r["code"] and r["line"] and r["label"]), "student_groups.csv", row, "code, line and label must be filled in")
        out.append(
            StudentGroup(
                r["vocabulary"],
                r["code"],
                r["line"],
                r["dimension"],
                r["label"],
                int(r["first_year"] or 0),
                int(r["last_year"] or 9999),
                int(r["ord"]),
                r["note"] or "",
            )
        )
    return tuple(out)


def _load_equations() -> tuple[Equation, ...]:
    found: dict[tuple[str, str, str], list[str]] = {}
    lines = {(g.vocabulary, g.line) for g in student_groups}
    for row, r in rows("families.csv"):
        for code in (r["total"], r["member"]):
            need((r["vocabulary"], code) in lines, "families.csv", row, f"{code!r} is not a line of student_groups.csv")
        found.setdefault((r["vocabulary"], r["equation"], r["total"]), []).append(r["member"])
    return tuple(Equation(v, n, t, tuple(m)) for (v, n, t), m in found.items())


def _load_counties() -> tuple[County, ...]:
    out = []
    for row, r in rows("regions.csv"):
        number = int(r["county_code"])
        need(
            r["fips"] == f"06{2 * number - 1:03d}",
            "regions.csv",
            row,
            f"FIPS {r['fips']!r} does not belong to county {number:02d}",
        )
        since = r["effective_from"]
        need(is_day(since), "regions.csv", row, f"effective_from {since!r} is not a day (2022-11-02)")
        need(bool(r["source"] and r["status"]), "regions.csv", row, "source and status must be filled in")
        region = f"R-{r['region_code']}"
        out.append(County(r["county_code"], r["county"], r["fips"], region, since, r["source"], r["status"]))
    need(len({c.code for c in out}) == 58, "regions.csv", 0, "58 counties are needed, each once")
    return tuple(out)


def _load_regions() -> tuple[Region, ...]:
    found: dict[str, list[dict[str, str]]] = {}
    for row, r in rows("regions.csv"):
        code = r["region_code"]
        need(bool(REGION_CODE.fullmatch(code)), "regions.csv", row, f"region_code {code!r} is not three capital letters")
        same = found.setdefault(code, [])
        for column in ("region_name", "lead_coe_2022"):
            known = same[0][column] if same else r[column]
            said = f"{column} {r[column]!r} of {code} was {known!r} before"
            need(bool(r[column]) and r[column] == known, "regions.csv", row, said)
        same.append(r)
    return tuple(
        Region(
            f"R-{code}",
            rows[0]["region_name"],
            rows[0]["lead_coe_2022"],
            rows[0]["effective_from"],
            rows[0]["source"],
            rows[0]["status"],
            tuple(r["county_code"] for r in rows),
        )
        for code, rows in sorted(found.items())
    )


def _load_caveats() -> dict[str, Caveat]:
    out = {}
    for row, r in _toml("caveats.toml", "caveat"):
        need(r["effect"] in EFFECTS, "caveats.toml", row, f"effect {r['effect']!r} is not one of {', '.join(EFFECTS)}")
        need(r["id"] not in out, "caveats.toml", row, f"{r['id']!r} stands twice")
        out[r["id"]] = Caveat(
            r["id"], r["effect"], tuple(r["years"]), r["text"], tuple(r.get("groups", ())), tuple(r.get("levels", ()))
        )
    return out


def _load_indicators() -> dict[str, Indicator]:
    out: dict[str, Indicator] = {}
    dimensions = {(g.vocabulary, g.dimension) for g in student_groups}
    for row, r in _toml("indicators.toml", "indicator"):
        file = "indicators.toml"
        need(r["better"] in ("lower", "higher", "none"), file, row, f"better {r['better']!r} is not lower, higher or none")
        need(r["interval"] in ("wilson", "newcombe", "katz", "none"), file, row, f"interval {r['interval']!r} is unknown")
        need(r["kind"] in KINDS, file, row, f"kind {r['kind']!r} is not share, part or mean")
        need(r["kind"] == "share" or r["interval"] == "none", file, row, f"a {r['kind']} has no interval of a share")
        need(r["scale"] > 0, file, row, f"scale {r['scale']!r} is not above zero")
        for dimension in r["dimensions"]:
            need((r["vocabulary"], dimension) in dimensions, file, row, f"dimension {dimension!r} is not in student_groups.csv")
        for caveat in r["caveats"]:
            need(caveat in caveats, file, row, f"caveat {caveat!r} is not in caveats.toml")
        need((MARTS / f"{r['name']}.sql").is_file(), file, row, f"data/marts/{r['name']}.sql is missing")
        need(r["name"] not in out, file, row, f"{r['name']!r} stands twice")
        fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in r.items()}
        try:
            out[r["name"]] = Indicator(**fields)
        except TypeError as error:
            raise RegistryError(f"data/reference/{file}, row {row}: {error}") from error
    return out


def _load_cohorts() -> tuple[Cohort, ...]:
    out = []
    for row, r in rows("cohorts.csv"):
        if r["cohort"].isdigit():
            first, last = (int(r[c][:4]) + 1 for c in ("first_school_year", "grant_end"))
            need(first <= last, "cohorts.csv", row, "the grant ends before it starts")
            out.append(Cohort(int(r["cohort"]), first, last))
    return tuple(out)


student_groups = _load_groups()
equations = _load_equations()
counties = _load_counties()
regions = _load_regions()
caveats = _load_caveats()
indicators = _load_indicators()
cohorts = _load_cohorts()

county_by_code = {c.code: c for c in counties}
region_by_code = {r.code: r for r in regions}


@cache
def lines(vocabulary: str, dimensions: tuple[str, ...]) -> dict[str, StudentGroup]:
    """Line code -> its newest StudentGroup, in reading order, for the dimensions named."""
    rows = [g for g in student_groups if g.vocabulary == vocabulary and g.dimension in dimensions]
    return {g.line: g for g in sorted(rows, key=lambda g: (g.ord, g.first_year))}


def line_of(vocabulary: str, code: str) -> str | None:
    """The line that a published code belongs to, or None for an unknown code."""
    return next((g.line for g in student_groups if g.vocabulary == vocabulary and g.code == code), None)


def group_in(vocabulary: str, line: str, year: int) -> StudentGroup:
    """The code and label under which a line was published in an ending year (TK inside kindergarten from 2024)."""
    rows = [g for g in student_groups if g.vocabulary == vocabulary and g.line == line]
    fitting = [g for g in rows if g.first_year <= year <= g.last_year]
    return (fitting or rows)[-1]


def caveats_of(indicator: Indicator, student_group: str = "", level: str = "") -> tuple[Caveat, ...]:
    """The caveats that follow an indicator, for one student group and level where those narrow them."""
    every = [caveats[c] for c in indicator.caveats] + [c for c in caveats.values() if c.levels and level in c.levels]
    return tuple(c for c in every if not c.groups or student_group in c.groups)


def gap_years(indicator: Indicator) -> frozenset[int]:
    """Ending years that no line, verdict or comparison of this indicator may touch or span."""
    return frozenset(y for c in caveats_of(indicator) if c.effect == "gap" for y in c.years)


def unusual_years(indicator: Indicator) -> frozenset[int]:
    """Ending years that may be compared, but that no change is measured from where another year can serve."""
    return frozenset(y for c in caveats_of(indicator) if c.effect == "unusual" for y in c.years)


def comparable(indicator: Indicator, earlier: int, later: int) -> bool:
    """Whether two ending years may be set against each other: neither is a gap year and none lies between them."""
    return not any(earlier <= y <= later for y in gap_years(indicator))


def year_label(year: int) -> str:
    """2025 -> '2024-25'."""
    return f"{year - 1}-{year % 100:02d}"
