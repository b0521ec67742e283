"""The invented places of the demonstration data: districts and schools over the 58 real counties, and who holds a grant.

Owns `reference/demo_names.toml` and `reference/county_centres.csv`. Counties are real, everything below them is not: names are
composed from word lists, district codes are 9xxxx and school codes 9xxxxxx, which no real place has. It must not know counts or
files.
"""

import csv
import tomllib
from dataclasses import dataclass, field
from functools import cache
from math import cos, pi, radians, sin, sqrt
from random import Random

from data.registry import REFERENCE, counties

DISTRICTS = 200
SCHOOLS = 1190
OFFICES = 22
"""County offices: districts of their own, one alternative school each."""
FIRST, LAST = 2017, 2025

SPANS = {
    "K-5": ("elementary", 450), "K-6": ("elementary", 430), "K-8": ("elementary", 480),
    "6-8": ("middle", 680), "7-8": ("middle", 560), "9-12": ("high", 880), "6-12": ("high", 620), "K-12": ("combined", 420),
}
"""Grade span -> school level and median enrollment."""


@dataclass
class District:
    """A district or county office. `code` is the 7-digit LEA code; `kind` is unified, elementary, high or office."""

    code: str
    county: str
    county_name: str
    name: str
    kind: str
    city: str
    latitude: float
    longitude: float
    radius: float
    certified: tuple[int, ...] = tuple(range(FIRST, LAST + 1))


@dataclass
class School:
    """A school and the ending years it exists (`first` to `last`). `former`: its name before 2021-22 where it differs."""

    code: str
    district: District
    name: str
    span: str
    enrollment: int
    latitude: float
    longitude: float
    charter: bool = False
    dass: bool = False
    first: int = FIRST
    last: int = LAST
    former: str = ""
    only: tuple[int, ...] = ()
    listed: bool = True

    @property
    def level(self) -> str:
        return SPANS[self.span][0]

    @property
    def cds(self) -> str:
        return self.district.code + self.code

    def in_year(self, year: int) -> bool:
        """Whether CDE's files of an ending year have rows of this school."""
        there = year in self.only if self.only else self.first <= year <= self.last
        return there and year in self.district.certified


@dataclass(frozen=True)
class Grant:
    """A row of grantees.csv. `place` is a 14-digit school code or a 7-digit LEA code; years are labels like 2022-23."""

    place: str
    kind: str
    cohort: int
    start: str
    end: str


@dataclass
class World:
    """Every place, in CDE's order (county, district, school), and every grant."""

    districts: list[District] = field(default_factory=list)
    schools: list[School] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)


@cache
def _words() -> dict[str, list[str]]:
    with (REFERENCE / "demo_names.toml").open("rb") as handle:
        return tomllib.load(handle)


@cache
def _centres() -> dict[str, tuple[float, float, float, float]]:
    """County code -> latitude, longitude, radius of a circle inside the county in km, weight (students per thousand)."""
    with (REFERENCE / "county_centres.csv").open(encoding="utf-8", newline="") as handle:
        return {r["code"]: (float(r["latitude"]), float(r["longitude"]), float(r["radius_km"]), float(r["weight"]))
                for r in csv.DictReader(handle)}


def make(seed: int) -> World:
    """The whole invented world of a seed."""
    random = Random(f"places {seed}")
    names = _Names(random)
    world = World()
    offices = set(sorted(_centres(), key=lambda c: -_centres()[c][3])[:OFFICES])
    share_d, share_s = _shares(DISTRICTS, 0.62), _shares(SCHOOLS - OFFICES, 0.93)
    for county in counties:
        found = _county(random, names, county.code, county.name, share_d[county.code], county.code in offices)
        world.districts += found
        _fill(random, names, world, found, max(share_s[county.code], len(found)))
    _oddities(random, names, world)
    world.schools.sort(key=lambda s: s.cds)
    world.grants = _grants(random, world)
    return world


def _shares(total: int, power: float) -> dict[str, int]:
    """Split a total over the counties by a power of their weight; everyone gets one."""
    weights = {c: w ** power for c, (_, _, _, w) in _centres().items()}
    scale = (total - len(weights)) / sum(weights.values())
    return {c: 1 + round(w * scale) for c, w in weights.items()}


def _around(random: Random, latitude: float, longitude: float, radius: float) -> tuple[float, float]:
    """A point within `radius` km."""
    reach, turn = radius * sqrt(random.random()), random.random() * 2 * pi
    return (round(latitude + reach * sin(turn) / 110.6, 6),
            round(longitude + reach * cos(turn) / (111.3 * cos(radians(latitude))), 6))


class _Names:
    """Hands out every name once, in an order of the seed's own."""

    def __init__(self, random: Random) -> None:
        w = _words()
        self.random = random
        self.towns = [a + b for a in w["place_starts"] for b in w["place_ends"]]
        self.natures = [f"{a} {b}" for a in w["nature"] for b in w["features"]]
        self.people = [f"{a} {b}" for a in w["given"] for b in w["surnames"]]
        for names in (self.towns, self.natures, self.people):
            random.shuffle(names)
        self.odd = list(w["odd"])

    def school(self, span: str, charter: bool, dass: bool) -> str:
        stem = (self.people if self.random.random() < 0.27 else self.natures).pop()
        if dass:
            return f"{stem} {self.random.choice(['Continuation High', 'Community Day', 'Alternative'])}"
        if charter:
            return f"{stem} {self.random.choice(['Charter', 'Academy', 'Charter Academy', 'Preparatory'])}"
        return f"{stem} " + {"elementary": "Elementary", "middle": "Middle", "high": "High", "combined": "School"}[SPANS[span][0]]


def _office(county: str) -> str:
    """A county office as CDE numbers them, 10, the county and a check digit: here a wrong digit, so never a real office."""
    twice = 2 * int(county[1])
    check = -(1 + int(county[0]) + twice // 10 + twice % 10) % 10
    return f"10{county}{(check + 1) % 10}"


def _county(random: Random, names: _Names, code: str, name: str, many: int, office: bool) -> list[District]:
    latitude, longitude, radius, _ = _centres()[code]
    kinds = ["unified"] + [random.choices(["unified", "elementary", "high"], [58, 30, 12])[0] for _ in range(many - 1)]
    found = []
    if office:
        found.append(District(f"{code}{_office(code)}", code, name, f"Demonstration Office of {name} County", "office",
                              names.towns.pop(), latitude, longitude, radius))
    for number, kind in enumerate(kinds):
        town = names.towns.pop()
        title = {"unified": "Unified", "high": "Union High"}.get(kind) or random.choice(("Elementary", "Union Elementary"))
        at = (latitude, longitude, radius) if many == 1 else (*_around(random, latitude, longitude, radius * 0.7), radius * 0.3)
        found.append(District(f"{code}{90011 + 7 * number}", code, name, f"{town} {title}", kind, town, *at))
    return found


def _fill(random: Random, names: _Names, world: World, districts: list[District], many: int) -> None:
    """Schools for the districts of one county: the first unified district is the big one."""
    teaching = [d for d in districts if d.kind != "office"]
    weights = [1 / (i + 1) ** 0.75 for i in range(len(teaching))]
    sizes = [1 + round((many - len(teaching)) * w / sum(weights)) for w in weights]
    for district, size in zip(teaching, sizes, strict=True):
        for number in range(size):
            world.schools.append(_school(random, names, world, district, number, size))
    for district in districts:
        if district.kind == "office":
            world.schools.append(_school(random, names, world, district, 0, 1))


def _school(random: Random, names: _Names, world: World, district: District, number: int, size: int) -> School:
    charter = district.kind != "office" and size > 3 and number > 2 and random.random() < 0.13
    dass = district.kind == "office" or (district.kind != "elementary" and size >= 12 and number % 12 == 11)
    span = "9-12" if dass else _span(random, district.kind, number, size, charter)
    rural = 0.55 if _centres()[district.county][3] < 2 else 1.0
    middle = 110 if dass else SPANS[span][1] * rural * (0.8 if charter else 1)
    enrollment = round(min(2600, max(40, random.lognormvariate(0, 0.42 if span != "9-12" else 0.55) * middle)))
    name = names.school(span, charter, dass)
    return School(f"{9000000 + 13 * (len(world.schools) + 1):07d}", district, name, span, enrollment,
                  *_around(random, district.latitude, district.longitude, district.radius), charter, dass)


def _span(random: Random, kind: str, number: int, size: int, charter: bool) -> str:
    if kind == "high":
        return "9-12"
    if kind == "elementary":
        return random.choice(["K-8", "K-8", "K-6"]) if size < 3 else random.choices(["K-6", "K-5", "7-8", "6-8"], [5, 3, 1, 1])[0]
    if size == 1:
        return "K-12"
    if number < 3:
        return ("K-6", "9-12", "6-8")[number] if size > 2 else ("K-8", "9-12")[number]
    if charter:
        return random.choice(["K-8", "K-5", "6-12", "9-12", "K-12"])
    return random.choices(["K-5", "K-6", "K-8", "6-8", "9-12", "6-12", "K-12"], [42, 22, 9, 15, 8, 2, 2])[0]


def _oddities(random: Random, names: _Names, world: World) -> None:
    """What real files hold and tidy ones do not: openings, closures, renamed and tiny schools, placeholders, absent districts."""
    several = [d for d in world.districts if d.kind != "office"]
    plain = [s for s in world.schools if not s.dass]
    picked = random.sample(plain, 60)
    for school in picked[:14]:
        school.first = 2022
    for school in picked[14:30]:
        school.last = 2019
    for school in picked[30:38]:
        school.former = names.school(school.span, school.charter, False)
    for school, name in zip(picked[38:46], names.odd, strict=True):
        school.name = name
    for school, few in zip([s for s in picked[46:] if s.level == "elementary"][:3], (8, 12, 17), strict=False):
        school.enrollment, school.span = few, "K-8"
    several[-1].name = next(d.name for d in several if d.kind == several[-1].kind)
    busy = {d.code: sum(s.district is d for s in world.schools) for d in several}
    beside = {c.code: sum(d.county == c.code for d in several) for c in counties}
    for district in random.sample([d for d in several if 2 <= busy[d.code] <= 9 and beside[d.county] > 3], 2):
        district.certified = tuple(y for y in district.certified if y != 2022)
    home = max(several, key=lambda d: busy[d.code])
    for code, name, few in (("0000000", "District Office", 45), ("0000001", "Nonpublic, Nonsectarian Schools", 160)):
        world.schools.append(School(code, home, name, "K-12", few, home.latitude, home.longitude,
                                    only=(2018, 2019, 2023, 2024), listed=False))


def _grants(random: Random, world: World) -> list[Grant]:
    """About 300 implementation schools in four cohorts of five years, planning grants, and coordination by county offices."""
    able = [s for s in world.schools if s.listed and s.first == FIRST and s.last == LAST and s.enrollment > 60]
    chosen = random.sample(able, 305)
    grants = []
    for cohort, schools in enumerate((chosen[:60], chosen[60:160], chosen[160:245], chosen[245:]), start=1):
        first = 2022 + cohort
        grants += [Grant(s.cds, "implementation", cohort, _label(first), _label(first + 4)) for s in schools]
    planned = [s for s in able if s not in chosen]
    grants += [Grant(s.cds, "planning", 1 + i % 2, _label(2023 + i % 2), _label(2024 + i % 2))
               for i, s in enumerate(chosen[245:270] + random.sample(planned, 25))]
    held: dict[str, int] = {}
    for grant in grants:
        if grant.kind == "implementation":
            held[grant.place[:2]] = held.get(grant.place[:2], 0) + 1
    for district in world.districts:
        if district.kind == "office" and held.get(district.county, 0) >= 2:
            grants.append(Grant(district.code, "coordination", 1, _label(2023), _label(2027)))
    return sorted(grants, key=lambda g: (g.kind, g.cohort, g.place))


def _label(year: int) -> str:
    return f"{year - 1}-{year % 100:02d}"
