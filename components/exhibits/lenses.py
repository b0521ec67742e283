"""Second lenses over the same indicators: the S-TAC's values, strategies and phases, and the Coalition's result areas."""

from collections.abc import Sequence
from dataclasses import dataclass

from components import evidence, evidence_file, evidence_words, facts, local_evidence, tables
from components.cards import Card, Section
from components.evidence import Line
from components.exhibit import Ask, Column, Exhibit, Shown
from components.exhibits import pillar_cards, pillars, sourcing
from components.i18n import _, ngettext, number
from components.view import View
from data import framework


@dataclass(frozen=True)
class Entry:
    """One value, strategy, phase or result area. `can`: what this data can say of it, where its table says so."""

    code: str
    family: str
    name: str
    text: str
    can: str = ""


STAC = tuple(Entry(e.code, e.family, e.name, e.definition) for e in framework.elements if e.family in framework.LENS_FAMILIES)
COALITION = tuple(Entry(r.code, r.horizon, r.name, "", r.can) for r in framework.results)


def _build(
    key: str, entries: Sequence[Entry], headline: str, subtitle: str, said: tuple[str, ...], view: View, ask: Ask
) -> Shown:
    place = facts.place_of(facts.entity_of(view), ask)
    found = evidence.read([place["entity"]], ask, evidence.year_of(place, view, ask))
    codes = {e.code for e in entries}
    links = [k for k in framework.lens_links if k.code in codes]
    every = evidence.lines(links, place["entity"], found, local_evidence.of(place["entity"], view))
    columns = (
        Column("name", _("Name")),
        Column("part", _("Part")),
        Column("indicator", _("Indicator")),
        Column("kind", _("Kind of evidence")),
        Column("value", _("Value"), "number"),
        Column("change", _("Change from the year before")),
        Column("needs", _("What it waits for")),
    )
    pairs = [(e, line) for e in entries for line in evidence.of(e.code, every) or [None]]
    table, _display = tables.plain(
        _("%(name)s: %(what)s") % {"name": place["name"], "what": subtitle}, columns, [_row(e, line) for e, line in pairs]
    )
    families = list(dict.fromkeys(e.family for e in entries))
    return Shown(
        key=key,
        headline=headline,
        subtitle=subtitle,
        table=table,
        rows=lambda: evidence_file.file_frame(
            [_file_row(e, line, place) for e, line in pairs], "family", "code", "name", "can_be_measured"
        ),
        words=(*said, *(_sentence(e, evidence.of(e.code, every)) for e in entries)),
        source=pillars.source_line(view, every),
        notes=pillars.notes(every),
        alt=_("Cards, one an entry, with its indicators. The table holds the same."),
        why=pillars.why(view, every),
        build=sourcing.build_id(view),
        partly_own=local_evidence.stands(every),
        extra={
            "cards": [_section(f, [e for e in entries if e.family == f], every) for f in families],
            "fold": _fold(entries, every),
        },
    )


def _fold(entries: Sequence[Entry], every: list[Line]) -> str:
    """What stands on the fold of a lens: its numbers stand above on the page already."""
    having = sum(bool(evidence.evident(evidence.of(e.code, every))) for e in entries)
    values = {"of": number(len(entries)), "n": number(having)}
    return ngettext("Show all %(of)s; %(n)s has numbers here", "Show all %(of)s; %(n)s have numbers here", having) % values


def _row(entry: Entry, line: Line | None) -> dict[str, str]:
    shown = {"indicator": _("No indicator here"), "kind": "–", "value": _("no data"), "change": "–", "needs": _("other data")}
    if line:
        shown = {
            "indicator": line.title,
            "kind": line.kind,
            "value": line.value,
            "change": line.change,
            "needs": line.needs or "–",
        }
    return {"name": _(entry.name), "part": evidence_words.part_name(entry.family), **shown}


def _file_row(entry: Entry, line: Line | None, place: dict) -> dict[str, object]:
    about = {"family": entry.family, "code": entry.code, "name": entry.name, "can_be_measured": entry.can}
    where = {"level": place["level"], "cds_code": place["entity"], "place": place["name"]}
    return {**about, **(evidence_file.file_row(line, place) if line else where)}


def _section(family: str, entries: list[Entry], every: list[Line]) -> Section:
    return Section(evidence_words.family_name(family), tuple(_card(e, evidence.of(e.code, every)) for e in entries))


def _card(entry: Entry, mine: list[Line]) -> Card:
    """Shorter than an element's card: what each indicator is and waits for stands above on the page, and in the table."""
    can = [(_("Can this data measure it"), pillar_cards.sentence(_(entry.can)))] if entry.can else []
    return Card(
        title=_(entry.name),
        text=_(entry.text) if entry.text else "",
        facts=tuple({**pillar_cards.fact(line), "detail": line.noted} for line in mine if line.stands),
        waiting=(*pillar_cards.waiting(mine), *can),
        fold=pillar_cards.fold(mine),
        stands=bool(evidence.evident(mine)),
    )


def _sentence(entry: Entry, mine: list[Line]) -> str:
    if not mine:
        return _("%(name)s. This data has no indicator for it.") % {"name": _(entry.name)}
    return _("%(name)s. %(told)s.") % {"name": _(entry.name), "told": evidence.accounted(mine)}


def build_stac(view: View, ask: Ask) -> Shown:
    """The S-TAC's four values, five capacity-building strategies and three phases, with the indicators that touch them."""
    return _build(
        "stac",
        STAC,
        _("The same indicators through the lens of the S-TAC"),
        _("Overarching values, capacity-building strategies and phases: a way to put the framework to work, no further elements"),
        (
            _("Phases are self-ratings for learning. They are never averaged or ranked, and shown for no site without consent."),
            _("Which indicator touches which value or strategy is the reading of this dashboard, not of the S-TAC."),
        ),
        view,
        ask,
    )


def build_coalition(view: View, ask: Ask) -> Shown:
    """The Coalition's nine result areas and its desired impact, with the indicators that touch them."""
    return _build(
        "coalition",
        COALITION,
        _("The same indicators by result area"),
        _("Nine result areas and the desired impact of the Coalition for Community Schools"),
        (_("Most result areas lie outside attendance, discipline and services; nothing is measured in their place."),),
        view,
        ask,
    )


LENS_STAC = Exhibit("stac", build_stac, title=_("The same indicators through the lens of the S-TAC"))
LENS_COALITION = Exhibit("coalition", build_coalition, title=_("The same indicators by result area"))
