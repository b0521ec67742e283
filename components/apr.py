"""The figures of a site and of its LEA for the Annual Progress Report: whose, of which year, and as text to paste.

A row is a place, a column one of data/apr.py's figures; every value comes from one published row.
"""

from dataclasses import dataclass
from typing import Any

import queries
from components import charters, facts, words
from components.exhibit import Ask, SaidAbove
from components.exhibits import sourcing
from components.i18n import _, school_year
from components.view import View
from data import apr
from data.apr import Figure
from data.registry import Indicator

LISTED, EVERY, ONE = "listed", "every", "one"
"""Which sites stand here: those on the list of grantees, every school of a district that has none on it, or the one chosen."""


@dataclass(frozen=True)
class Place:
    """The LEA of a report and its sites, ordered by name. `which` is LISTED, EVERY or ONE."""

    lea: dict[str, Any]
    sites: tuple[dict[str, Any], ...]
    which: str


@dataclass(frozen=True)
class Column:
    """A figure with the year that is shown and the files that it comes from."""

    figure: Figure
    year: int
    files: tuple[str, ...]


def place_of(view: View, ask: Ask) -> Place:
    """The LEA and sites of the place chosen. Raises SaidAbove for a place that is neither a district nor a school."""
    chosen = facts.place_of(facts.entity_of(view), ask)
    if chosen["level"] == "school" and chosen.get("district"):
        return Place(facts.place_of(str(chosen["district"]), ask), (chosen,), ONE)
    if chosen["level"] != "district":
        raise SaidAbove(choose(chosen if view.place else None))
    listed = ask("grantees", region=None, county=chosen["county"])
    mine = sorted(set(listed.loc[listed["district"].astype(str) == chosen["entity"], "entity"].astype(str)))
    every = mine or ask("schools", district=chosen["entity"])["entity"].astype(str).tolist()
    frame = ask("places", entities=every)
    found = [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False, name=None)]
    sites = [s for s in found if s["directory_status"] != "closed"] if mine else _open(found)
    ordered = sorted(sites, key=lambda s: (str(s["name"]), s["entity"]))
    return Place(chosen, tuple(ordered), LISTED if mine else EVERY)


def _open(sites: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The schools that Place counts too: those that the directory has open; all of them where the build has no directory."""
    listed = [s for s in sites if s["directory_status"] in ("active", "pending")]
    return listed if any(s["directory_status"] for s in sites) else sites


def choose(place: dict[str, Any] | None) -> str:
    """What to do where the choice is no LEA and no site; None where nothing is chosen. The page has a search box for it."""
    texts = {
        "": _(
            "The report is written by site and by local educational agency (LEA). Search for a district or a school on this page."
        ),
        "state": _(
            "A report is of a district or a school, and %(name)s is the whole state. Search for one of them on this page."
        ),
        "region": _("A report is of a district or a school, and %(name)s is a region. Search for one of them on this page."),
        "county": _("A report is of a district or a school, and %(name)s is a county. Search for one of them on this page."),
        "school": _("The district of %(name)s is not known here. Search for a district or a school on this page."),
    }
    return texts[place["level"] if place else ""] % {"name": place["name"] if place else ""}


def columns(view: View, ask: Ask) -> list[Column]:
    """The figures that this build has, each with the year chosen or its newest. One without that year is left out."""
    manifest, out = queries.manifest(view.build), []
    for figure in apr.figures:
        years = facts.years_of(figure.indicator.name, ask, "school")
        year = view.year or (years[-1] if years else 0)
        if year in years:
            files = sourcing.files_of(figure.indicator.family, manifest, {year})
            out.append(Column(figure, year, tuple(f["name"] for f in files)))
    return out


def rows(column: Column, places: tuple[dict[str, Any], ...], level: str, ask: Ask) -> dict[str, dict]:
    """Entity -> its record of one figure, the year before beside it. A place without a row is not published."""
    indicator = column.figure.indicator
    frame = ask(
        "ranking",
        indicator=indicator.name,
        student_group=indicator.total,
        year=column.year,
        level=level,
        region=None,
        county=None,
        cohort=None,
        entities=[p["entity"] for p in places],
    )
    found = facts.records(facts.enrich(frame, indicator, column.year)) if len(frame) else []
    by_entity = {row["entity"]: row for row in found}
    return {p["entity"]: by_entity.get(p["entity"]) or facts.nothing(p, indicator, indicator.total, column.year) for p in places}


def cell(row: dict, indicator: Indicator) -> str:
    """A figure in a table: '24.1 % (123 of 510)', '0 % (0 of 510)', 'withheld', 'not published'. Of days the share alone."""
    if row["numerator"] is None or not row["denominator"] or indicator.kind == "part":
        return facts.display(row)
    k, n = indicator.whole(row["numerator"], row["denominator"])
    values = {"value": facts.display(row), "k": words.quantity(k), "n": words.quantity(n)}
    return _("%(value)s (%(k)s of %(n)s)") % values


def line(row: dict, column: Column) -> str:
    """A figure as a line to paste: measure, year, value, counts with what they count, the change and how sure it is."""
    indicator = column.figure.indicator
    values = {"measure": _(indicator.title), "year": school_year(column.year), "value": facts.display(row)}
    if row["numerator"] is None or not row["denominator"]:
        if row["status"] in ("withheld", "counts_withheld"):
            return _("%(measure)s, %(year)s: %(value)s, to protect students in small groups.") % values
        return _("%(measure)s, %(year)s: %(value)s.") % values
    k, n = indicator.whole(row["numerator"], row["denominator"])
    values |= {"k": words.quantity(k), "n": words.quantity(n), "whom": _(indicator.denominator_short)}
    verdict = facts.verdict_of(row, indicator)
    if verdict.change is None or indicator.interval == "none":
        return _("%(measure)s, %(year)s: %(value)s (%(k)s of %(n)s %(whom)s).") % values
    values |= {"change": words.tag(verdict), "before": school_year(column.year - 1)}
    return _("%(measure)s, %(year)s: %(value)s (%(k)s of %(n)s %(whom)s). Change from %(before)s: %(change)s.") % values


def charters_of(found: list[Column]) -> str:
    """Whether the LEA's own figures count its charter schools, in one sentence; "" where there are no figures."""
    return charters.of_figures([(c.figure.indicator.family, _(c.figure.label)) for c in found])


def text(place: dict, told: list[tuple[Column, dict]], build: str, demo: bool) -> str:
    """All figures of one place as text to paste, with what they are, whose schools are counted, and where they come from."""
    lines = [_("Demonstration data. Not real schools.")] if demo else []
    lines.append(_("%(name)s (%(code)s)") % {"name": place["name"], "code": sourcing.code_of(place["entity"])})
    lines += [line(row, column) for column, row in told]
    if place["level"] == "district" and told:
        lines.append(charters_of([column for column, _row in told]))
    files = ", ".join(dict.fromkeys(name for column, _row in told for name in column.files))
    if files and not demo:
        lines.append(
            _("Source: California Department of Education, %(files)s. Build %(build)s.") % {"files": files, "build": build}
        )
    else:
        lines.append(_("Build %(build)s.") % {"build": build})
    return "\n".join(lines)


def why(view: View, found: list[Column]) -> tuple[tuple[str, str], ...]:
    """The answers to "Why doesn't this match?" for all figures."""
    return sourcing.why_of(view, [(c.figure.indicator, {c.year}) for c in found], "ranking")
