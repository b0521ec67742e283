"""Pillars & conditions: the sixteen elements of the framework at one place, each with its indicators and the kind of evidence.

What stands is counted, never scored: no average of indicators, no order by element.
"""

import pandas as pd

import queries
from components import evidence, evidence_file, evidence_words, facts, local_evidence, tables, words
from components.evidence import Line
from components.exhibit import Ask, Column, Exhibit, Shown
from components.exhibits import pillar_cards, sourcing
from components.i18n import _, ngettext, number, school_year
from components.view import View
from data import framework


def at(view: View, ask: Ask) -> tuple[dict, list[Line]]:
    """The page's place and all lines of the sixteen elements there. Raises Unanswerable for a place that the build lacks."""
    place = facts.place_of(facts.entity_of(view), ask)
    found = evidence.read([place["entity"]], ask, evidence.year_of(place, view, ask))
    return place, evidence.lines(framework.links, place["entity"], found, local_evidence.of(place["entity"], view))


def build_lead(view: View, ask: Ask) -> Shown:
    """How many of the sixteen have any evidence at the place, and in one paragraph of which kind."""
    place, every = at(view, ask)
    said = _said(place, every)
    rows = [
        {"code": e.code, "element": e.name, **{o.value: n for o, n in evidence.tally(evidence.of(e.code, every)).items()}}
        for e in evidence.elements()
    ]
    columns = (Column("element", _("Element")), Column("told", _("Its indicators")))
    lines = [
        {"element": _(e.name), "told": evidence.counted(evidence.tally(evidence.of(e.code, every)))} for e in evidence.elements()
    ]
    table, _display = tables.plain(_("%(name)s: what stands for each element") % place, columns, lines)
    kicker = [_("Pillars & conditions"), words.level_name(place["level"])]
    return Shown(
        key="lead",
        headline=headline(every),
        subtitle=" ".join(said),
        table=table,
        rows=lambda: pd.DataFrame(rows),
        words=tuple(said),
        source=source_line(view, every),
        notes=notes(every),
        why=why(view, every),
        build=sourcing.build_id(view),
        partly_own=local_evidence.stands(every),
        extra={"kicker": " · ".join(kicker), "crumbs": sourcing.crumbs(place), "next": _next(place)},
    )


def headline(every: list[Line]) -> str:
    """How many elements have numbers, and in how many one moved beyond chance. A number measures no element by itself."""
    codes = [e.code for e in evidence.elements()]
    having = {c: {line.outcome for line in evidence.evident(evidence.of(c, every))} for c in codes}
    outcomes = [found for found in having.values() if found]
    moved = sum(bool(found & set(evidence.MOVED)) for found in outcomes)
    values = {"n": number(len(outcomes)), "of": number(len(codes)), "moved": number(moved)}
    if not outcomes:
        return _("No element has numbers here yet")
    if moved:
        text = ngettext(
            "%(n)s of %(of)s elements has numbers; %(moved)s moved beyond chance",
            "%(n)s of %(of)s elements have numbers; %(moved)s moved beyond chance",
            len(outcomes),
        )
    elif any(evidence.Outcome.CHANCE in found for found in outcomes):
        text = ngettext(
            "%(n)s of %(of)s elements has numbers; no change beyond chance",
            "%(n)s of %(of)s elements have numbers; no change beyond chance",
            len(outcomes),
        )
    else:
        text = ngettext(
            "%(n)s of %(of)s elements has numbers; changes cannot be told",
            "%(n)s of %(of)s elements have numbers; changes cannot be told",
            len(outcomes),
        )
    return text % values


def _said(place: dict, every: list[Line]) -> list[str]:
    single = evidence.once(every)
    standing = [line for line in single if line.has_number]
    values = {"name": place["name"], "n": number(len(standing)), "of": number(len(single))}
    said = [_("%(name)s has numbers for %(n)s of the %(of)s indicators under the framework.") % values]
    public = [line for line in standing if line.row]
    if public:
        told = evidence.counted(evidence.tally(public))
        years = sorted({line.row["year"] for line in standing if line.row})
        said = [
            _("In %(year)s, %(name)s has numbers for %(n)s of the %(of)s indicators under the framework.")
            % {**values, "year": school_year(years[-1])},
            _("Against the year before, by a test of chance: %(told)s.") % {"told": told},
        ]
    own = [line for line in standing if line.own]
    if own:
        said.append(
            _(
                "%(n)s of them come from the district’s own files, through %(month)s: provisional, rounded, and without a "
                "verdict here."
            )
            % {"n": number(len(own)), "month": own[0].own.month if own[0].own else ""}
        )
    kinds = {line.link.evidence for line in evidence.evident(every)}
    if kinds == {"outcome_signal"}:
        said.append(
            _("The evidence here is outcome signals, which many things move: none shows by itself that an element is in place.")
        )
    said.append(_("The other elements need a service log, a survey or a self-report. No score is made from any of it."))
    return said


def _next(place: dict) -> list[tuple[str, str, dict]]:
    me = {"place": (place["entity"],), "indicator": View.indicator, "student_group": None, "year": None}
    return [
        (_("See the trends and student groups behind these signals"), "/place", me),
        (_("Set places beside each other on one indicator"), "/compare", me),
        (_("Read how each indicator is counted and why others differ"), "/methods", {}),
        (_("See which files stand behind these numbers"), "/data", {}),
    ]


def build_elements(view: View, ask: Ask) -> Shown:
    """One row an element and indicator: kind of evidence, value and verdict at the place, and what would be needed."""
    place, every = at(view, ask)
    columns = (
        Column("element", _("Element")),
        Column("indicator", _("Indicator")),
        Column("kind", _("Kind of evidence")),
        Column("value", _("Value"), "number"),
        Column("change", _("Change from the year before")),
        Column("note", _("To know")),
        Column("needs", _("What it waits for")),
    )
    pairs = [(e, line) for e in evidence.elements() for line in evidence.of(e.code, every)]
    lines = [
        {
            "element": _("%(part)s: %(name)s") % {"part": evidence_words.part_name(e.family), "name": _(e.name)},
            "indicator": line.title,
            "kind": line.kind,
            "value": line.value,
            "change": line.change,
            "note": _(line.link.note) if line.link.note else "–",
            "needs": line.needs or "–",
        }
        for e, line in pairs
    ]
    table, _display = tables.plain(
        _("%(name)s: the elements of the framework, their indicators and the kind of evidence") % place, columns, lines
    )
    return Shown(
        key="elements",
        headline=_("What stands under each element, and what would be needed"),
        subtitle=_("%(name)s. The framework’s own names, in its own order. Each indicator with its kind of evidence") % place,
        table=table,
        rows=lambda: evidence_file.file_frame(
            [{**_element(e), **evidence_file.file_row(line, place)} for e, line in pairs], *_element(pairs[0][0])
        ),
        words=tuple(_in_words(every)),
        source=source_line(view, every),
        notes=notes(every),
        alt=_("Sixteen cards, one an element, with its indicators. The table holds the same."),
        why=why(view, every),
        build=sourcing.build_id(view),
        partly_own=local_evidence.stands(every),
        extra={"cards": [pillar_cards.section(family, every) for family in framework.ELEMENT_FAMILIES]},
    )


def _element(element: framework.Element) -> dict[str, object]:
    said = framework.reach[element.code]
    return {
        "family": element.family,
        "element": element.code,
        "element_name": element.name,
        "definition": element.definition,
        "can_be_measured": said.can,
        "look_at": said.instead,
    }


def _in_words(every: list[Line]) -> list[str]:
    out = []
    for e in evidence.elements():
        mine = evidence.of(e.code, every)
        values = {"name": _(e.name), "told": evidence.accounted(mine)}
        standing = [line for line in mine if line.has_number]
        if standing:
            values["numbers"] = "; ".join(
                _("%(title)s %(value)s (%(kind)s, %(change)s)")
                % {"title": line.title, "value": line.value, "kind": line.kind.lower(), "change": line.change}
                for line in standing
            )
            out.append(_("%(name)s. %(told)s: %(numbers)s.") % values)
        else:
            values["instead"] = _(framework.reach[e.code].instead)
            out.append(_("%(name)s. %(told)s. Instead or with it: %(instead)s.") % values)
    return [*out, *evidence_words.kinds_explained(), _("There is no pillar score, and no place is ranked by an element.")]


def source_line(view: View, every: list[Line]) -> str:
    """The files of all families that lend a number, in one line."""
    behind: dict[str, set[int] | None] = {}
    for line in every:
        if line.row and line.indicator:
            years = {line.row["year"], line.row["year"] - 1}
            behind[line.indicator.family] = (behind.get(line.indicator.family) or set()) | years
    return sourcing.source_of(view, behind)


def notes(every: list[Line]) -> tuple[str, ...]:
    """The caveats of every indicator that stands, each once."""
    return (*local_evidence.notes(every), *_public_notes(every))


def _public_notes(every: list[Line]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            note
            for line in evidence.once(every)
            if line.row and line.indicator
            for note in words.notes(
                line.indicator, line.row["student_group"], line.row["level"], line.row["year"], line.row["year"]
            )
        )
    )


def why(view: View, every: list[Line]) -> tuple[tuple[str, str], ...]:
    """How each standing indicator is counted and why it may differ, then files, build and query."""
    manifest = queries.manifest(view.build)
    standing = [line for line in evidence.once(every) if line.row and line.indicator]
    counted = [
        (
            line.title,
            sourcing.counting(line.indicator),
        )
        for line in standing
        if line.indicator
    ]
    counted += local_evidence.counting(every)
    files = {
        f["name"]: f["sha256"]
        for line in standing
        if line.row and line.indicator
        for f in sourcing.files_of(line.indicator.family, manifest, {line.row["year"], line.row["year"] - 1})
    }
    nothing = _("no file is named in this build")
    return (
        *counted,
        (_("File"), "; ".join(files) or nothing),
        (_("SHA-256"), "; ".join(files.values()) or nothing),
        (_("Build"), _("%(id)s, made %(made)s") % {"id": manifest["id"], "made": manifest["created"]}),
        (
            _("Which indicator stands where"),
            _(
                "The framework names the elements. Which indicator stands under which, and as what kind, "
                "is the reading of this dashboard."
            ),
        ),
        (_("Query"), queries.text("elements")),
    )


LEAD = Exhibit("lead", build_lead)
ELEMENTS = Exhibit("elements", build_elements, title=_("What stands under each element, and what would be needed"))
