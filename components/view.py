"""View: what the reader has chosen. Parsed from an untrusted mapping (a URL's query or a browser Store), written back to a URL.

`parse` never raises. What it cannot use it leaves out and says so in `notes`; a door that writes files refuses where there are
notes.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from components import pinned, recipe
from components.i18n import _
from data import registry
from data.privacy import cube

PEERS = ("all", "district", "county", "region", "cohort", "similar", "chosen")
COHORTS = (1, 2, 3, 4)
MOST_PLACES = 12
ENTITY = re.compile(r"\d{14}|R-[A-Z]{3}")
BUILD = re.compile(r"[0-9a-z-]{8,64}")
MONTHS = frozenset(f"{year}{month:02d}" for year in range(2015, 2100) for month in range(1, 13))
"""What is a month at all. Which are published, the pages of local data say."""


@dataclass(frozen=True)
class View:
    """The reader’s choice. Years are ending years; places are 14-digit CDS codes or R-XXX; None means "not chosen".

    An address may also write 2024-25 for 2025.
    `weights` are those of the recipe of similar places, as `recipe.written` writes them; "" where all count once.
    `month` (yyyymm), `pillar` and `service_category` are about local data.
    """

    indicator: str = "chronic_absenteeism_rate"
    level: str = "county"
    peers: str = "all"
    place: tuple[str, ...] = ()
    region: str | None = None
    county: str | None = None
    cohort: int | None = None
    year: int | None = None
    student_group: str | None = None
    weights: str = ""
    month: int | None = None
    pillar: str | None = None
    service_category: str | None = None
    build: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def measure(self) -> registry.Indicator:
        return registry.indicators[self.indicator]

    @property
    def group(self) -> str:
        """The student group's line; the indicator's default where none is chosen."""
        return self.student_group or self.measure.default_group

    def to_query(self) -> list[tuple[str, str]]:
        """The choice as URL pairs, defaults left out, in a fixed order: the same view always gives the same link."""
        pairs: list[tuple[str, str]] = []
        for f in fields(self):
            value = getattr(self, f.name)
            if f.name == "notes" or value in (None, ()) or value == f.default:
                continue
            pairs += [(f.name, str(v)) for v in (value if isinstance(value, tuple) else (value,))]
        return pairs

    def link(self, path: str, **changes: object) -> str:
        """A link to `path` with this choice and `changes` applied."""
        query = urlencode(replace(self, notes=(), **changes).to_query())  # type: ignore[arg-type]
        return f"{path}?{query}" if query else path


@dataclass(frozen=True)
class Known:
    """What the build at hand holds: the years of each indicator, and which of some places exist."""

    years: Mapping[str, Sequence[int]]
    places: Callable[[Sequence[str]], Iterable[str]]
    builds: Callable[[str], bool] = lambda build: True


def parse(raw: Mapping[str, object], known: Known) -> View:
    """A View from an untrusted mapping. Values may be strings, numbers or lists; anything else is noted and left out."""
    reader = _Reader(raw)
    indicator = reader.one("indicator", registry.indicators, View.indicator)
    measure = registry.indicators[indicator]
    groups = {
        g.code: g.line
        for g in registry.student_groups
        if g.vocabulary == measure.vocabulary and g.dimension in measure.dimensions
    }
    group = reader.one("student_group", groups, None)
    years = {written: y for y in known.years.get(indicator, ()) for written in (str(y), registry.year_label(y))}
    year = reader.one("year", years, None)
    month = reader.one("month", MONTHS, None)
    view = View(
        indicator=indicator,
        level=reader.one("level", registry.LEVELS, View.level),
        peers=reader.one("peers", PEERS, View.peers),
        place=reader.places(known),
        region=reader.one("region", registry.region_by_code, None),
        county=reader.one("county", registry.county_by_code, None),
        cohort=reader.number("cohort", COHORTS),
        year=years[year] if year else None,
        student_group=groups[group] if group else None,
        weights=reader.weights(),
        month=int(month) if month else None,
        pillar=reader.one("pillar", set(cube.pillars().values()), None),
        service_category=reader.one("service_category", cube.pillars(), None),
        build=reader.build(known),
    )
    reader.unknown_keys()
    return replace(view, notes=tuple(reader.notes))


class _Reader:
    """Takes values out of the raw mapping one field at a time and keeps a sentence for each that it could not use."""

    def __init__(self, raw: Mapping[str, object]):
        self.raw = raw
        self.notes: list[str] = []

    def values(self, key: str) -> list[str]:
        value = self.raw.get(key)
        if value is None or value == "" or value == [] or value == ():
            return []
        many = list(value) if isinstance(value, (list, tuple)) else [value]
        plain = [str(v) for v in many if isinstance(v, (str, int)) and not isinstance(v, bool)]
        if len(plain) < len(many):
            self.notes.append(_("A value of “%(key)s” could not be read and was left out.") % {"key": key})
        return [v.strip() for v in plain if v.strip()]

    def one(self, key: str, allowed: Iterable[str], default):
        found = list(dict.fromkeys(self.values(key)))
        if not found:
            return default
        if len(found) > 1:
            self.notes.append(_("“%(key)s” was given more than once; only one value can be used.") % {"key": key})
            return default
        if found[0] not in allowed:
            self.notes.append(_("“%(value)s” is not a known value of “%(key)s”.") % {"value": short(found[0]), "key": key})
            return default
        return found[0]

    def number(self, key: str, allowed: Sequence[int]) -> int | None:
        found = self.one(key, {str(n) for n in allowed}, None)
        return int(found) if found else None

    def places(self, known: Known) -> tuple[str, ...]:
        asked = list(dict.fromkeys(self.values("place")))
        formed = [v for v in asked if ENTITY.fullmatch(v)]
        exist = set(known.places(formed)) if formed else set()
        for value in [v for v in asked if v not in exist][:3]:
            self.notes.append(_("“%(value)s” is not a known place.") % {"value": short(value)})
        kept = [v for v in formed if v in exist]
        if len(kept) > MOST_PLACES:
            self.notes.append(_("Only the first %(n)d places are used.") % {"n": MOST_PLACES})
        return tuple(kept[:MOST_PLACES])

    def weights(self) -> str:
        found = list(dict.fromkeys(self.values("weights")))
        try:
            if len(found) > 1:
                raise ValueError
            return recipe.written(found[0]) if found else ""
        except ValueError:
            said = _("“%(value)s” are no weights. Write them like enrollment:3,foster:0, each from 0 to 9, with: %(keys)s.")
            self.notes.append(said % {"value": short(found[0]), "keys": ", ".join(recipe.KEYS)})
            return ""

    def build(self, known: Known) -> str | None:
        found = list(dict.fromkeys(self.values("build")))
        if not found:
            return None
        if len(found) > 1 or not BUILD.fullmatch(found[0]) or not known.builds(found[0]):
            what = pinned.gone(found[0]) if BUILD.fullmatch(found[0]) else pinned.no_build(short(found[0]))
            self.notes.append(_("%(what)s The current numbers are shown instead.") % {"what": what})
            return None
        return found[0]

    def unknown_keys(self) -> None:
        names = {f.name for f in fields(View)} - {"notes"}
        for key in [k for k in self.raw if k not in names][:3]:
            self.notes.append(_("“%(key)s” is not a choice of this page.") % {"key": short(str(key))})


def short(value: str) -> str:
    """A value fit for a sentence: printable, and never longer than 40 characters."""
    clean = "".join(c for c in value if c.isprintable())
    return clean if len(clean) <= 40 else clean[:39] + "…"
