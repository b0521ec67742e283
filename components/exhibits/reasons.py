"""Reasons for absence: how the days absent of a place divide into CDE's four reasons, beside the places above it."""

import pandas as pd

from components import facts, tables, words
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import sourcing
from components.exhibits.above import above
from components.figures.reasons import reasons
from components.i18n import _, school_year
from components.view import View
from data import registry
from data.registry import Indicator

REASONS = (
    "excused_share_of_absence",
    "unexcused_share_of_absence",
    "suspension_share_of_absence",
    "independent_study_share_of_absence",
)
"""In the order of CDE's file. Each is published on its own: none is what the others leave."""
Rows = dict[str, list[dict]]
"""Indicator name -> the records of the places, the page's own first."""


def build_reasons(view: View, ask: Ask) -> Shown:
    """Four shares of days absent, each beside the district, county and state; of one year and one student group."""
    place = facts.place_of(facts.entity_of(view), ask)
    held = [registry.indicators[name] for name in REASONS if facts.years_of(name, ask, place["level"])]
    year = _year(view, place, held, ask)
    entities = [place["entity"], *above(place)]
    group = facts.group_for(held[0], view.group)
    rows = _read(held, entities, group, year, ask)
    mine = [found[0] for found in rows.values()]
    told = [r for r in mine if r["rate"] is not None]
    values = {"name": place["name"], "group": words.population(held[0], group, year), "year": school_year(year)}
    subtitle = _("%(name)s, %(group)s, %(year)s: shares of days absent, not of students, as CDE publishes them") % values
    said = _words(mine, told, rows, group, year)
    flat = [row for found in rows.values() for row in found]
    return Shown(
        key="reasons",
        headline=_headline(mine, told),
        subtitle=subtitle,
        table=_table(rows, subtitle),
        rows=lambda: pd.concat([tables.file_frame(pd.DataFrame([r]), registry.indicators[r["indicator"]]) for r in flat]),
        figure=reasons(rows, entities, _("Share of days absent · %(group)s · %(year)s") % values) if told else None,
        words=tuple(said),
        source=sourcing.source_line(view, held[0], {year}),
        notes=tuple(dict.fromkeys(n for i in held for n in words.notes(i, group, place["level"], year, year))),
        alt=_("Bars of four shares. %(words)s") % {"words": " ".join(said)},
        why=_why(view, held, year),
        build=sourcing.build_id(view),
    )


def _year(view: View, place: dict, held: list[Indicator], ask: Ask) -> int:
    """The year of the page, where the file has it. Raises Unanswerable with the way out where it does not."""
    if not held:
        raise Unanswerable(
            _(
                "This build holds no file of absenteeism by reason for this place. Download absenteeismreason25.txt from CDE’s "
                "page of data files and build again with it and the files that you have: python -m data build PATH…"
            )
        )
    years = facts.years_of(held[0].name, ask, place["level"])
    year = facts.year_at(place, view, ask, held[0].name)
    if year not in years:
        span = {"year": school_year(year), "first": school_year(years[0]), "last": school_year(years[-1])}
        raise Unanswerable(_("Absenteeism by reason is at hand from %(first)s to %(last)s, not for %(year)s.") % span)
    return year


def _read(held: list[Indicator], entities: list[str], group: str, year: int, ask: Ask) -> Rows:
    names = [i.name for i in held]
    frame = ask("elements", entities=entities, indicators=names, groups=[group] * len(names), year=year)
    out: Rows = {}
    for indicator in held:
        part = frame[frame["indicator"].astype(str) == indicator.name].reset_index(drop=True)
        found = {r["entity"]: r for r in facts.records(facts.enrich(part, indicator))}
        out[indicator.name] = [found[e] for e in entities if e in found]
    return {name: found for name, found in out.items() if found}


def _headline(mine: list[dict], told: list[dict]) -> str:
    """The largest reason, as a share of days."""
    if not told:
        if any(r["status"] in ("withheld", "counts_withheld") for r in mine):
            return _("Reasons for absence are withheld to protect students")
        return _("Reasons for absence are not published here")
    first = max(told, key=lambda r: r["rate"])
    values = {"reason": _(registry.indicators[first["indicator"]].subject).lower(), "share": facts.bare(first)}
    if first["status"] == "counts_withheld":
        return _("Largest reason: %(reason)s, about %(share)s percent of days") % values
    return _("Largest reason: %(reason)s, %(share)s percent of days") % values


def _words(mine: list[dict], told: list[dict], rows: Rows, group: str, year: int) -> list[str]:
    out = []
    if told:
        of = told[0]
        indicator = registry.indicators[of["indicator"]]
        values = {
            "year": school_year(year),
            "group": words.population(indicator, group, year),
            "told": ", ".join(_reason(r) for r in told),
        }
        if of["denominator"] is not None:
            values["days"] = words.quantity(indicator.whole(0, of["denominator"])[1])
            out.append(_("In %(year)s, of %(days)s days absent (%(group)s): %(told)s.") % values)
        else:
            out.append(_("In %(year)s, of the days absent (%(group)s): %(told)s.") % values)
    elif any(r["status"] == "withheld" for r in mine):
        out.append(_("CDE withholds the days absent of this place and group to protect the privacy of students."))
    for at in range(1, max(len(found) for found in rows.values())):
        beside = [found[at] for found in rows.values() if len(found) > at and found[at]["rate"] is not None]
        if beside:
            values = {"name": beside[0]["name"], "told": ", ".join(_reason(r) for r in beside)}
            out.append(_("%(name)s: %(told)s.") % values)
    out.append(_("Shares are of days absent, not of students: a student with many absences weighs more."))
    out.append(_("Districts differ in what they excuse and how they code it, so shares may differ for that alone."))
    return out


def _reason(row: dict) -> str:
    return _("%(reason)s %(share)s") % {
        "reason": _(registry.indicators[row["indicator"]].subject).lower(),
        "share": facts.display(row),
    }


def _table(rows: Rows, caption: str) -> tables.Table:
    columns = (
        Column("name", _("Place"), "place"),
        Column("reason", _("Reason")),
        Column("rate", _("Share of days"), "number"),
        Column("numerator", _("Days"), "number"),
        Column("denominator", _("Days absent"), "number"),
    )
    lines = [
        {
            "entity": row["entity"],
            "name": row["name"],
            "reason": _(registry.indicators[name].subject),
            **{k: v for k, v in tables.cells(row).items() if k != "interval"},
        }
        for name, found in rows.items()
        for row in found
    ]
    return tables.plain(caption, columns, lines)[0]


def _why(view: View, held: list[Indicator], year: int) -> tuple[tuple[str, str], ...]:
    counted = [
        (
            _(i.title),
            _("%(numerator)s, over: %(denominator)s. %(who)s %(differs)s")
            % {name: _(getattr(i, name)) for name in ("numerator", "denominator", "who", "differs")},
        )
        for i in held
    ]
    rest = sourcing.why(view, held[0], "elements", {year})[4:-1]
    return (*counted, *rest, *((_("Query of the measure"), i.sql) for i in held[:1]))


ABSENCE_REASONS = Exhibit("reasons", build_reasons, "half", title=_("Reasons for absence"))
