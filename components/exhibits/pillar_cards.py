"""Pillars & conditions as cards: an element, its indicators that stand here, and what the others wait for."""

from components import evidence, evidence_words, words
from components.cards import Card, Section
from components.evidence import Line, Outcome
from components.i18n import _, ngettext, number
from data import framework


def section(family: str, every: list[Line]) -> Section:
    cards = [_card(e, evidence.of(e.code, every)) for e in evidence.elements() if e.family == family]
    return Section(evidence_words.family_name(family), tuple(cards))


def _card(element: framework.Element, mine: list[Line]) -> Card:
    said = framework.reach[element.code]
    return Card(
        title=_(element.name),
        text=_(element.definition),
        facts=tuple(fact(line) for line in mine if line.stands),
        waiting=(
            *waiting(mine),
            *needed(mine),
            (_("Can this data measure it"), sentence(_(said.can))),
            (_("Instead or with it"), sentence(_(said.instead))),
        ),
        fold=fold(mine),
        stands=bool(evidence.evident(mine)),
    )


def sentence(text: str) -> str:
    """A text of the reference tables as a sentence."""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def fact(line: Line) -> dict[str, str]:
    """A line that the build has, as it stands on a card."""
    verdict = line.verdict
    told = verdict is not None and line.outcome is not Outcome.NO_DATA
    return {
        "title": line.title,
        "value": line.value,
        "tag": line.change if line.change != "–" and (told or line.own) else "",
        "tag_kind": words.tag_kind(verdict) if told and verdict else "none",
        "detail": _("%(kind)s. %(when)s") % {"kind": line.noted, "when": evidence.when(line)},
    }


def fold(mine: list[Line]) -> str:
    """What stands on the fold of a card: how many of its indicators wait for data."""
    absent = sum(not line.stands for line in mine)
    if not absent:
        return _("What this data can tell")
    return ngettext("%(n)s indicator without data", "%(n)s indicators without data", absent) % {"n": number(absent)}


def waiting(mine: list[Line]) -> list[tuple[str, str]]:
    """The indicators without data by kind of evidence: the kind and their titles."""
    out = []
    for kind in framework.EVIDENCE:
        absent = [line.title for line in mine if not line.stands and line.link.evidence == kind]
        if absent:
            label = _("%(kind)s, no data") % {"kind": evidence_words.kind_name(kind)}
            out.append((label, _("%(titles)s.") % {"titles": "; ".join(absent)}))
    return out


def needed(mine: list[Line]) -> list[tuple[str, str]]:
    """What all of them together wait for, each once."""
    needs = dict.fromkeys(need for line in mine if not line.stands for need in line.needs.split("; "))
    return [(_("What would be needed"), sentence("; ".join(needs)))] if needs else []
