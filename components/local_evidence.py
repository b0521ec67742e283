"""The lines of the framework that a grantee's own files fill: reach, speed and closure of support, contacts, partners, recovery.

Only where local data are open to the reader and published; else every line says what it waits for, as before. No verdict is made.
"""

from collections.abc import Callable

from components import local
from components import local_numbers as numbers
from components.dates import month_name
from components.evidence import Line, Own
from components.i18n import _, number
from components.local import Measure
from components.view import View
from data.framework import Link
from data.privacy import cube

BY = {
    "LAT02": _("see My schools, by band"),
    "LSV03": _("see Services, by number of contacts"),
    "LSV06": _("see Services, by student group"),
}
"""Measures that are no single number, and where they stand."""


def of(entity: str, view: View) -> Callable[[Link], Own | None]:
    """What a link has from the own files of a place; nothing where an earlier year is chosen, which they say nothing of."""
    publication = local.of(entity) if view.year is None else None
    if publication is None:
        return lambda link: None
    through = int(publication["through"])
    rows = [r for r in local.read(list(local.measures()), [entity], [through]) if r["student_group"] == "TA"]
    return lambda link: _own(link, rows, through)


def _own(link: Link, rows: list[dict], through: int) -> Own | None:
    measure = local.by_id(link.indicator_id)
    mine = [r for r in rows if measure and r["measure"] == measure.name]
    if measure is None or not mine:
        return None
    month = month_name(through)
    if measure.id in BY:
        shown = any(r["status"] == "published" for r in mine)
        return Own(_(measure.title), BY[measure.id] if shown else _("withheld"), month, False, shown)
    pillar = link.code if link.code in local.pillars() else "all"
    row = local.one(mine, service=pillar, band="all") or local.one(mine, service="all", band="all")
    return _single(measure, row, month) if row else None


def _title(measure: Measure, row: dict) -> str:
    """The measure's title; of a number about one pillar's services with that pillar."""
    if row["service"] == "all":
        return _(measure.title)
    return _("%(measure)s: %(service)s") % {"measure": _(measure.title), "service": local.service_name(row["service"])}


def _single(measure: Measure, row: dict, month: str) -> Own:
    title, row = _title(measure, row), {**row, "year": cube.school_year(row["month"])}
    if not measure.denominator:
        known = row["numerator"] is not None
        return Own(title, number(row["numerator"]) if known else _("withheld"), month, known, row=row)
    found = numbers.rate(row)
    within = numbers.interval(row, measure.numerator) or (None, None)
    rate = {"rate": found.percent if found else None, "lower": within[0], "upper": within[1]}
    status = {"status": found.end if found and found.end else row["status"]}
    counts = dict.fromkeys(("numerator", "denominator")) if measure.share_only else {}
    return Own(title, numbers.percent(row), month, found is not None, row={**row, **counts, **rate, **status})


def stands(every: list[Line]) -> bool:
    """Whether any of the lines says something from own files."""
    return any(line.own for line in every)


def notes(every: list[Line]) -> tuple[str, ...]:
    """What holds for the lines from own files, where there are any."""
    months = [line.own.month for line in every if line.own]
    if not months:
        return ()
    return (
        _("From the district’s own files, through %(month)s: provisional, counts rounded to 10, so totals may not add.")
        % {"month": months[0]},
    )


def counting(every: list[Line]) -> list[tuple[str, str]]:
    """How each measure from own files is counted, under its title."""
    found = {m.id: m for line in every if line.own and (m := local.by_id(line.link.indicator_id))}
    return [(_(m.title), local.counting(m)) for m in found.values()]
