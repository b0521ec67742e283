"""Places x elements: how many indicators of an element improved, worsened, could be chance, cannot tell, or have no data.

Counts only. Columns stand in the framework's order, places as chosen and then by size: nothing here is a score or a rank.
"""

from dataclasses import replace

import pandas as pd

from components import evidence, facts, local_evidence, reading, tables, words
from components.evidence import Found, Line, Outcome
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import compare, peers, pillars, sourcing
from components.figures.element_grid import element_grid
from components.i18n import _, ngettext, number
from components.reading import Reading
from components.view import MOST_PLACES, View
from data import framework, registry
from data.framework import Element

Cells = dict[str, list[Line]]
"""Element code -> its lines at one place."""


def settle(read: Reading) -> Reading:
    """The page compares places of the kind of the first one chosen, and its filters offer the peers of that kind."""
    settled = reading.settled(read)
    return replace(settled, view=of_kind(settled.view, read.ask))


def of_kind(view: View, ask: Ask) -> View:
    """The view at the level of its first place; without one as it is. The state is set beside the counties."""
    if view.peers == "district":
        return replace(view, level="school")
    if not view.place:
        return replace(view, level=View.level) if view.level == "state" else view
    try:
        level = str(facts.place_of(view.place[0], ask)["level"])
    except Unanswerable:
        return view
    return replace(view, level=View.level if level == "state" else level)


def rows_of(view: View, ask: Ask) -> tuple[list[str], str]:
    """The places of the matrix, the chosen first, then the largest of their peers; and who they are, in words."""
    if view.peers == "chosen":
        facts.peers_of(view, ask)
        return list(view.place[:MOST_PLACES]), _("Chosen places")
    sized = replace(of_kind(view, ask), student_group=None, year=None, indicator=_sizing(ask))
    _year, frame = facts.ranking(sized, ask)
    found = compare.shown_places(replace(sized, place=()), frame)
    entities = list(dict.fromkeys([*view.place, *found]))[:MOST_PLACES]
    scope = peers.scope(sized, ask)
    if view.place:
        return entities, _("%(scope)s: the chosen, then those with most students") % {"scope": scope}
    if len(frame) > len(entities):
        return entities, _("%(scope)s: the %(n)s with most students") % {"n": number(len(entities)), "scope": scope}
    return entities, scope


def _sizing(ask: Ask) -> str:
    """An indicator that counts all students of a place, to find the largest."""
    whole = [i.name for i in registry.indicators.values() if i.kind == "share" and i.default_group == i.total]
    return next((name for name in whole if facts.years_of(name, ask)), View.indicator)


def build_matrix(view: View, ask: Ask) -> Shown:
    """One row a place, one column an element; a cell says what became of the element's indicators."""
    entities, scope = rows_of(view, ask)
    known = ask("places", entities=entities)
    places = {str(p["entity"]): {k: p[k] for k in ("entity", "name", "level")} for p in known.to_dict("records")}
    found = evidence.read(entities, ask, view.year)
    cells = {e: _cells(e, found, view) for e in entities}
    every = [line for mine in cells.values() for lines in mine.values() for line in lines]
    elements = evidence.elements()
    columns = (Column("name", _("Place"), "place"), *(Column(e.code, evidence.label(e)) for e in elements))
    lines = [
        {
            "entity": entity,
            "name": str(places[entity]["name"]),
            **{e.code: evidence.counted(evidence.tally(cells[entity][e.code])) for e in elements},
        }
        for entity in entities
    ]
    table, _display = tables.plain(
        _("%(scope)s: indicators of each element by what became of them") % {"scope": scope}, columns, lines
    )
    empty = [e for e in elements if not any(line.stands for entity in entities for line in cells[entity][e.code])]
    said = _words(entities, places, cells, elements, empty)
    return Shown(
        key="matrix",
        headline=_headline(sum(any(evidence.evident(mine[e.code]) for mine in cells.values()) for e in elements), len(elements)),
        subtitle=_(
            "%(scope)s. Number of indicators, newest year against the year before: ▲ improved, ▼ worsened beyond chance, "
            "◆ changed, ≈ could be chance, ? cannot tell, ∗ withheld, empty: no data"
        )
        % {"scope": scope},
        table=table,
        rows=lambda: pd.DataFrame([file_row(places[en], e, cells[en][e.code]) for en in entities for e in elements]),
        figure=element_grid([places[e] for e in entities], elements, cells, view) if len(empty) < len(elements) else None,
        words=tuple(said),
        source=pillars.source_line(view, every),
        notes=pillars.notes(every),
        alt=_("A grid of elements by places. %(words)s The table holds every cell.") % {"words": " ".join(said[:3])},
        why=pillars.why(view, every),
        build=sourcing.build_id(view),
        partly_own=local_evidence.stands(every),
    )


def _cells(entity: str, found: Found, view: View) -> Cells:
    every = evidence.lines(framework.links, entity, found, local_evidence.of(entity, view))
    return {e.code: evidence.of(e.code, every) for e in evidence.elements()}


def _headline(having: int, every: int) -> str:
    """How many elements have numbers at any of the places, counted as for one place at the head of the page."""
    if not having:
        return _("No element has numbers at these places yet")
    text = ngettext(
        "%(n)s of %(of)s elements has numbers at these places",
        "%(n)s of %(of)s elements have numbers at these places",
        having,
    )
    return text % {"n": number(having), "of": number(every)}


def _words(
    entities: list[str], places: dict, cells: dict[str, Cells], elements: list[Element], empty: list[Element]
) -> list[str]:
    out = [_("Each cell counts the indicators of an element. Counts are not added up, and the order of places is no rank.")]
    if empty:
        out.append(
            _("No data yet at any of these places: %(names)s.")
            % {"names": words.names([evidence.label(e) for e in empty], most=len(elements))}
        )
    for element in elements:
        if element in empty:
            continue
        told = [
            _("%(name)s: %(told)s")
            % {
                "name": places[e]["name"],
                "told": evidence.counted(evidence.tally(line for line in cells[e][element.code] if line.stands)),
            }
            for e in entities
            if any(line.stands for line in cells[e][element.code])
        ]
        out.append(_("%(element)s. %(told)s.") % {"element": _(element.name), "told": "; ".join(told)})
    return out


def file_row(place: dict, element: Element, mine: list[Line]) -> dict[str, object]:
    """One element at one place as the files print it: how many indicators, and what became of them."""
    told = evidence.tally(mine)
    return {
        "level": str(place["level"]),
        "cds_code": place["entity"],
        "name": place["name"],
        "element": element.code,
        "element_name": element.name,
        "indicators": len(mine),
        **{outcome.value: told[outcome] for outcome in Outcome},
    }


MATRIX = Exhibit("matrix", build_matrix, title=_("The elements at several places"))
