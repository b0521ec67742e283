"""Evidence: the indicators under an element at a place, each with its kind, value, verdict and what it waits for.

Shared by the exhibits of Pillars & conditions. Indicators are only ever counted: no score, no average, no order by element.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from components import evidence_words, facts, words
from components.exhibit import Ask
from components.i18n import _, ngettext, number, school_year
from components.verdict import Kind, Verdict
from components.view import View
from data import framework, registry
from data.framework import Link
from data.registry import Indicator

Found = dict[tuple[str, str], dict]
"""(entity, indicator name) -> its record with the year before beside it."""


class Outcome(StrEnum):
    """What became of one indicator at one place. CHANGED: beyond chance where neither side is better.

    WITHHELD: a number exists and none of it may be shown, so it is no evidence; a rounded rate that stands cannot tell.
    """

    IMPROVED = "improved"
    WORSENED = "worsened"
    CHANGED = "changed"
    CHANCE = "chance"
    CANNOT_TELL = "cannot_tell"
    WITHHELD = "withheld"
    NO_DATA = "no_data"


OUTCOME = {
    Kind.BETTER: Outcome.IMPROVED,
    Kind.WORSE: Outcome.WORSENED,
    Kind.MOVED: Outcome.CHANGED,
    Kind.CHANCE: Outcome.CHANCE,
}
"""Every other kind of verdict cannot tell."""
MOVED = (Outcome.IMPROVED, Outcome.WORSENED, Outcome.CHANGED)
"""What is more than chance."""


@dataclass(frozen=True)
class Own:
    """A number of a district's own files (components/local_evidence.py), as it may be said: provisional and rounded.

    `number`: whether there is one at all; else it is withheld, or stands by group or band on a page of its own (`by`).
    """

    title: str
    value: str
    month: str
    number: bool
    by: bool = False
    row: dict | None = None


@dataclass(frozen=True)
class Line:
    """One indicator under one element. `indicator` is None where no build holds it yet, `row` where this build does not.

    `own`: what a grantee's own files say of it, where they are published and open to the reader.
    """

    link: Link
    indicator: Indicator | None = None
    row: dict | None = None
    own: Own | None = None

    @property
    def title(self) -> str:
        if self.own:
            return self.own.title
        return _(self.indicator.title if self.indicator else framework.wanted[self.link.indicator_id].title)

    @property
    def has_number(self) -> bool:
        """Whether a value may be shown; a coarse one counts."""
        if self.own:
            return self.own.number
        return self.row is not None and facts.exact(self.row) is not None

    @property
    def stands(self) -> bool:
        """Whether there is a row behind it, public or of own files, hidden or not."""
        return self.row is not None or self.own is not None

    @property
    def verdict(self) -> Verdict | None:
        return facts.verdict_of(self.row, self.indicator) if self.row and self.indicator else None

    @property
    def outcome(self) -> Outcome:
        """A number hidden altogether is withheld; an unpublished one is no data. Of own files no change is judged here."""
        if self.own:
            return Outcome.CANNOT_TELL if self.own.number or self.own.by else Outcome.WITHHELD
        verdict = self.verdict
        if verdict is None or self.row is None or (self.row["status"] == "not_published"):
            return Outcome.NO_DATA
        if not self.has_number:
            return Outcome.WITHHELD
        return OUTCOME.get(verdict.kind, Outcome.CANNOT_TELL)

    @property
    def value(self) -> str:
        if self.own:
            return self.own.value
        return facts.display(self.row) if self.row else _("no data")

    @property
    def change(self) -> str:
        """The verdict in a few words, or a dash where there is nothing to judge."""
        if self.own:
            return "–" if self.outcome is Outcome.WITHHELD else _("provisional, rounded")
        verdict = self.verdict
        return words.tag(verdict) if verdict and self.outcome is not Outcome.NO_DATA else "–"

    @property
    def kind(self) -> str:
        return evidence_words.kind_name(self.link.evidence)

    @property
    def noted(self) -> str:
        """The kind of evidence with what is to be known about it: 'Outcome signal: moved by many things'."""
        values = {"kind": self.kind, "note": _(self.link.note)}
        return _("%(kind)s: %(note)s") % values if self.link.note else self.kind

    @property
    def needs(self) -> str:
        """What it waits for, as the end of a sentence; empty where the build has it."""
        if self.own:
            return ""
        if self.row:
            return _("nothing: CDE publishes no number for this place") if self.outcome is Outcome.NO_DATA else ""
        if self.indicator:
            return _("a public file of CDE that this build does not hold")
        return _(framework.wanted[self.link.indicator_id].needs)


def elements() -> list[framework.Element]:
    """The sixteen, in the framework's order."""
    return [e for e in framework.elements if e.family in framework.ELEMENT_FAMILIES]


def label(element: framework.Element) -> str:
    """A name that fits a column: the framework's short one; of a pillar, whose second names may be variants, its own name."""
    variant = element.family == "pillar" and not element.name.startswith(element.short)
    return _(element.name if variant else element.short)


def linked(*tables: tuple[Link, ...]) -> list[Indicator]:
    """The indicators of the registry that any link names, each once."""
    ids = {link.indicator_id for table in tables for link in table}
    return [i for i in registry.indicators.values() if i.id in ids]


def read(entities: list[str], ask: Ask, year: int | None = None) -> Found:
    """All linked indicators at some places, in one question: the newest year of each, or the year named."""
    every = linked(framework.links, framework.lens_links)
    frame = ask(
        "elements",
        entities=entities,
        indicators=[i.name for i in every],
        groups=[i.default_group for i in every],
        year=year,
    )
    found: Found = {}
    names, years = frame["indicator"].astype(str), frame["year"]
    for name, at in sorted(set(zip(names, years.tolist(), strict=True))):
        part = frame[(names == name) & (years == at)].reset_index(drop=True)
        rows = facts.enrich(part, registry.indicators[name], at)
        found |= {(row["entity"], row["indicator"]): row for row in facts.records(rows)}
    return found


def year_of(place: dict, view: View, ask: Ask) -> int | None:
    """The year to ask for: the view's; of a closed place its last; else None, the newest of each indicator."""
    return facts.year_at(place, view, ask) if place.get("directory_status") == "closed" else view.year


def lines(links: Iterable[Link], entity: str, found: Found, own: Callable[[Link], Own | None] = lambda link: None) -> list[Line]:
    """The links as lines of one place; an id that several indicators share gives several lines. `own`: from own files."""
    return [
        Line(link, indicator, found.get((entity, indicator.name)) if indicator else None, None if indicator else own(link))
        for link in links
        for indicator in framework.indicators_of(link.indicator_id) or (None,)
    ]


def of(code: str, every: list[Line]) -> list[Line]:
    """The lines of one element or lens entry."""
    return [line for line in every if line.link.code == code]


def evident(every: Iterable[Line]) -> list[Line]:
    """The lines with a number that are evidence for their element: context is none."""
    return [line for line in every if line.has_number and line.link.evidence != "context"]


def once(every: Iterable[Line]) -> list[Line]:
    """Each indicator's first line: one indicator may stand under several elements."""
    return list(
        {line.indicator.name if line.indicator else line.link.indicator_id: line for line in reversed(list(every))}.values()
    )[::-1]


def tally(every: Iterable[Line]) -> dict[Outcome, int]:
    """How many lines have which outcome, in the order of Outcome."""
    found = [line.outcome for line in every]
    return {outcome: found.count(outcome) for outcome in Outcome}


def counted(told: dict[Outcome, int]) -> str:
    """A tally in words: '2 improved, 1 could be chance, 3 no data'."""
    texts = {
        Outcome.IMPROVED: _("%(n)s improved"),
        Outcome.WORSENED: _("%(n)s worsened"),
        Outcome.CHANGED: _("%(n)s changed"),
        Outcome.CHANCE: _("%(n)s could be chance"),
        Outcome.CANNOT_TELL: _("%(n)s cannot tell"),
        Outcome.WITHHELD: _("%(n)s withheld"),
        Outcome.NO_DATA: _("%(n)s no data"),
    }
    return ", ".join(texts[outcome] % {"n": number(n)} for outcome, n in told.items() if n)


def accounted(mine: list[Line]) -> str:
    """How many indicators an entry has and what became of them: 'Of 5 indicators, 1 improved, 4 no data'."""
    values = {"n": number(len(mine)), "told": counted(tally(mine))}
    if not any(line.stands for line in mine):
        return ngettext("Its %(n)s indicator has no data yet", "Its %(n)s indicators have no data yet", len(mine)) % values
    return ngettext("Of %(n)s indicator, %(told)s", "Of %(n)s indicators, %(told)s", len(mine)) % values


def when(line: Line) -> str:
    """Group and year of a value: 'All students, 2024–25'."""
    if line.own:
        return _("%(month)s, own files: provisional, rounded") % {"month": line.own.month}
    if line.row is None or line.indicator is None:
        return ""
    group = facts.group_label(line.indicator, line.row["student_group"], line.row["year"])
    return _("%(group)s, %(year)s") % {"group": group, "year": school_year(line.row["year"])}
