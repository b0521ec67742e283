"""Pillars at a glance: for each of the sixteen elements, what became of its indicators at the place. Counts only, no score."""

import pandas as pd

from components import evidence, evidence_words, local_evidence, tables, words
from components.evidence import Line, Outcome
from components.exhibit import Ask, Column, Exhibit, Shown
from components.exhibits import element_matrix, pillars, sourcing
from components.i18n import _, number, school_year
from components.view import View
from data.framework import Element

LOOKS = {Outcome.IMPROVED: "s1", Outcome.WORSENED: "worse", Outcome.CHANCE: "told", Outcome.CHANGED: "told"}
"""How a count looks; the column says what it counts."""
SELDOM = (Outcome.CHANGED, Outcome.WITHHELD)
"""Columns of the shaded table that stand only where they count something."""


def names() -> dict[Outcome, str]:
    """The outcomes as headings."""
    return {
        Outcome.IMPROVED: _("Improved"),
        Outcome.WORSENED: _("Worsened"),
        Outcome.CHANGED: _("Changed"),
        Outcome.CHANCE: _("Could be chance"),
        Outcome.CANNOT_TELL: _("Cannot tell"),
        Outcome.WITHHELD: _("Withheld"),
        Outcome.NO_DATA: _("No data"),
    }


def build_glance(view: View, ask: Ask) -> Shown:
    """One row an element: how many of its indicators improved, worsened, could be chance, cannot tell or have no data here."""
    place, every = pillars.at(view, ask)
    of = {e: evidence.of(e.code, every) for e in evidence.elements()}
    subtitle = _("%(name)s, all students: indicators of each element, newest year against the year before, by a test of chance")
    if view.year:
        subtitle = _("%(name)s, all students: indicators of each element, %(year)s against the year before, by a test of chance")
    subtitle %= {"name": place["name"], "year": school_year(view.year) if view.year else ""}
    columns = (Column("element", _("Element")), *(Column(o.value, name, "number") for o, name in names().items()))
    lines = [{"element": evidence.label(e), **_counts(mine)} for e, mine in of.items()]
    table, _display = tables.plain(subtitle, columns, lines)
    said = _words(of)
    return Shown(
        key="glance",
        headline=pillars.headline(every),
        subtitle=subtitle,
        table=table,
        rows=lambda: pd.DataFrame([element_matrix.file_row(place, e, mine) for e, mine in of.items()]),
        words=tuple(said),
        source=pillars.source_line(view, every),
        notes=pillars.notes(every),
        alt=_("A table of elements by outcomes. %(words)s") % {"words": " ".join(said)},
        why=pillars.why(view, every),
        build=sourcing.build_id(view),
        partly_own=local_evidence.stands(every),
        extra={"grid": _grid(of), "more": (_more(place),)},
    )


def _counts(mine: list[Line]) -> dict[str, str]:
    return {outcome.value: number(n) for outcome, n in evidence.tally(mine).items()}


def _grid(of: dict[Element, list[Line]]) -> dict:
    """The shaded table: elements by outcome, a part of the framework under its name. A zero is an empty cell."""
    told = {e: evidence.tally(mine) for e, mine in of.items()}
    kept = [o for o in Outcome if o not in SELDOM or any(found[o] for found in told.values())]
    parts: dict[str, list] = {}
    for element, found in told.items():
        cells = [(number(found[o]) if found[o] else "", LOOKS.get(o, "few") if found[o] else "") for o in kept]
        parts.setdefault(evidence_words.family_name(element.family), []).append((evidence.label(element), "", False, cells))
    return {
        "caption": _("Number of indicators by what became of them"),
        "look": "glance",
        "corner": _("Element"),
        "columns": [(names()[o], "") for o in kept],
        "parts": list(parts.items()),
        "legend": [],
    }


def _more(place: dict) -> tuple[str, str, dict]:
    return (_("See each indicator, its kind of evidence and what is missing"), "/pillars", {"place": (place["entity"],)})


def _words(of: dict[Element, list[Line]]) -> list[str]:
    standing = {e: [line for line in mine if line.stands] for e, mine in of.items()}
    out = [
        _("%(element)s: %(told)s.") % {"element": evidence.label(e), "told": evidence.counted(evidence.tally(mine))}
        for e, mine in standing.items()
        if mine
    ]
    empty = [evidence.label(e) for e, mine in standing.items() if not mine]
    if empty:
        out.append(_("No data yet: %(names)s.") % {"names": words.names(empty, most=len(of))})
    return [*out, _("An indicator may stand under several elements. Counts are not added up, and there is no score.")]


GLANCE = Exhibit("glance", build_glance, "half", title=_("The elements of the framework here"))
