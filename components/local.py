"""The reading side of local data: what an LEA published, as measures of protected counts. Nothing here hides or rounds.

Where local data are closed for this reader there are no publications at all: every page says the same as before the first one.
"""

from dataclasses import dataclass
from functools import cache

import pandas as pd

import queries
from components import facts, scope
from components.exhibit import Ask, Unanswerable
from components.i18n import _
from components.view import View
from data import framework
from data.local import shelf
from data.privacy import cube

PART = "Of them"
"""How facts.csv begins what is a part of another fact."""
COMPLETE = 90
"""Percent of complete records below which what stands on them is drawn in gray."""


@dataclass(frozen=True)
class Measure:
    """A row of data/reference/local/measures.csv. `numerator` and `denominator` name facts; "" where there is none."""

    id: str
    name: str
    numerator: str
    denominator: str
    span: str
    unit: str
    better: str
    title: str
    note: str

    @property
    def share_only(self) -> bool:
        """Records and days are shown as a share only: how many there are says nothing of students (data/rollups/hide.sql)."""
        return bool(self.denominator) and cube.facts()[self.numerator]["kind"] in ("records", "days")


@dataclass(frozen=True)
class Site:
    """A district or school with a publication, and the closed month that is shown (yyyymm)."""

    place: dict
    publication: dict
    months: tuple[int, ...]
    month: int

    @property
    def entity(self) -> str:
        return self.place["entity"]

    @property
    def lea(self) -> str:
        return self.publication["lea"]

    @property
    def district(self) -> str:
        return f"{self.lea}0000000"


@cache
def measures() -> dict[str, Measure]:
    return {r["name"]: Measure(**r) for r in cube.table("measures")}


def by_id(measure_id: str) -> Measure | None:
    """The local measure with an indicator id such as LSV02."""
    return next((m for m in measures().values() if m.id == measure_id), None)


def counting(measure: Measure) -> str:
    """Numerator, denominator and what to know, in one paragraph."""
    values = {
        "numerator": about(measure.numerator),
        "denominator": about(measure.denominator) if measure.denominator else "",
        "when": window(measure),
    }
    said = _("Numerator: %(numerator)s. %(when)s.") % values
    if measure.denominator:
        said = _("Numerator: %(numerator)s. Denominator: %(denominator)s. %(when)s.") % values
    return f"{said} {_(measure.note)}." if measure.note else said


def about(fact: str) -> str:
    """What a fact counts. One told as a part of another ("Of them: …") stands after that one's words."""
    row = cube.facts()[fact]
    text = _(row["about"])
    if not row["about"].startswith(PART):
        return text
    return _("%(whole)s. %(part)s") % {"whole": about(row["of"]), "part": text}


def window(measure: Measure) -> str:
    """Which days a measure is about."""
    return _("In the month shown") if measure.span == "month" else _("From July 1 to the end of the month shown")


def pillars() -> list[str]:
    return sorted(set(cube.pillars().values()))


def pillar_name(pillar: str) -> str:
    """The framework's name of a pillar, the short one where it is the start of the whole one."""
    found = next(e for e in framework.elements if e.code == pillar)
    return _(found.short if found.name.startswith(found.short) else found.name)


def categories(pillar: str | None = None) -> dict[str, str]:
    """Service category -> its title, of one pillar or of all, in the order of the list."""
    return {r["category"]: _(r["title"]) for r in cube.table("service_categories") if pillar in (None, r["pillar"])}


def service_name(service: str) -> str:
    if service == "all":
        return _("Any service")
    return pillar_name(service) if service in pillars() else categories()[service]


def bands(name: str) -> dict[str, str]:
    """Band -> its label, in order."""
    return {r["band"]: _(r["label"]) for r in cube.table("bands") if r["bands"] == name}


def feeds() -> dict[str, str]:
    """Every kind of file that can stand behind a publication -> its name."""
    return {**bands("feed"), "partners": _("Partners"), "calendar": _("Calendar")}


def layouts() -> dict[str, str]:
    """Every layout of a file -> its title; of one that a district described itself, that."""
    return {**{r["layout"]: _(r["title"]) for r in cube.table("layouts")}, "mapped": _("Columns as the district chose")}


def publications() -> list[dict]:
    """What this reader may see: one dict per LEA (lea, id, year, through, made, published, demo). Empty where closed."""
    if not scope.local() or not shelf.is_on():
        return []
    try:
        return queries.local("publications").to_dict("records")
    except shelf.Closed:
        return []


def of(entity: str) -> dict | None:
    """The publication that a district or school belongs to."""
    if len(entity) != 14 or entity.startswith("R-"):
        return None
    return next((p for p in publications() if entity.startswith(p["lea"])), None)


def manifest(publication: dict) -> dict:
    """The whole manifest of a publication: its files, check-up and coverage."""
    return next((m for m in shelf.current().publications if m["id"] == publication["id"]), {})


def entity_of(view: View) -> str:
    """The district or school that a page of local data is about: the first chosen that published, else the first that did.

    Raises Unanswerable where nothing is published for this reader, or nothing of the places chosen.
    """
    every = publications()
    if not every:
        raise Unanswerable(nothing())
    if not view.place:
        return f"{every[0]['lea']}0000000"
    found = next((p for p in view.place if of(p)), None)
    if found is None:
        raise Unanswerable(nothing_here())
    return found


def too_early() -> str:
    """Why a month early in a school year has no number of students."""
    return _("Students are counted from the month in which they have 20 expected days; no student has that many yet.")


def nothing() -> str:
    """Why there is nothing: damage, said in its own sentences, or that nobody has published."""
    trouble = shelf.current().trouble if scope.local() and shelf.is_on() else ()
    return " ".join(trouble) or _("There are no local data here yet: no district has published counts from its own files.")


def nothing_here() -> str:
    return _("This place has published no local data. Choose a district that has, or publish the counts of its own files.")


def site(view: View, ask: Ask) -> Site:
    """The place and month that a page of local data is about. Raises Unanswerable with the way out."""
    entity = entity_of(view)
    publication = of(entity)
    assert publication is not None
    found = tuple(int(m) for m in queries.local("local_months", entity=entity)["month"])
    if not found:
        raise Unanswerable(nothing_here())
    if view.month is not None and view.month not in found:
        raise Unanswerable(_("This month is not among the published ones. Choose a closed month of the list."))
    return Site(facts.place_of(entity, ask), publication, found, view.month or max(found))


def schools(site: Site) -> list[str]:
    """The schools of the site's district with published cells."""
    return list(queries.local("local_schools", lea=site.lea)["entity"])


def read(names: list[str], entities: list[str], months: list[int] | None = None, span: str | None = None) -> list[dict]:
    """Rows of measures: measure, entity, level, month, span, service, student_group, band, numerator, denominator, status.

    Counts are the protected ones, None where withheld; status is published, withheld or no_denominator.
    """
    frame = queries.local("measured", measures=names, entities=entities, months=months, span=span)
    return _records(frame, ("numerator", "denominator"))


def counted(names: list[str], entities: list[str], months: list[int] | None = None) -> list[dict]:
    """Rows of facts: fact and the keys of the cube, value (None where withheld), status."""
    return _records(queries.local("counted", facts=names, entities=entities, months=months), ("value",))


def partners(site: Site) -> pd.DataFrame:
    """name, school, pillar of the district's partner directory; empty where none was brought."""
    return queries.local("partners", lea=site.lea)


def _records(frame: pd.DataFrame, counts: tuple[str, ...]) -> list[dict]:
    rows = frame.to_dict("records")
    for row in rows:
        row["month"] = int(row["month"])
        for name in counts:
            row[name] = None if pd.isna(row[name]) else int(row[name])
    return rows


def one(rows: list[dict], **keys: object) -> dict | None:
    """The first row with these values."""
    return next((r for r in rows if all(r[k] == v for k, v in keys.items())), None)


def year_before(month: int) -> int:
    """The same month a year earlier: 202602 -> 202502."""
    return month - 100


def ended(month: int) -> int:
    """The last month (June) of the school year before a month's: 202602 -> 202506."""
    return (cube.school_year(month) - 1) * 100 + 6


def months_so_far(site: Site) -> list[int]:
    """The published months of the shown month's school year, up to it."""
    year = cube.school_year(site.month)
    return [m for m in site.months if m <= site.month and cube.school_year(m) == year]
