"""The names of the kinds of evidence and of the parts of the framework."""

from components.i18n import _


def kind_name(evidence: str) -> str:
    """A kind of evidence in the singular."""
    return {
        "direct_process": _("Direct process"),
        "outcome_signal": _("Outcome signal"),
        "self_report": _("Self-report"),
        "survey_needed": _("Survey needed"),
        "context": _("Context"),
    }[evidence]


def kinds_explained() -> tuple[str, ...]:
    """What each kind of evidence is good for, a sentence each."""
    return (
        _("Direct process: what was done, counted from a log or an extract. It shows reach, and not effect."),
        _("Outcome signal: a number that may follow. Many things move it, so it is a sign and no proof."),
        _("Self-report: what a site or an LEA says of itself. It is for learning, and nobody is ranked by it."),
        _("Survey needed: only the answers of students, families or staff can tell."),
        _("Context: it helps to read the other indicators and says nothing about the element."),
    )


def family_name(family: str) -> str:
    """A part of the framework, or of a second lens, in the plural."""
    return {
        "pillar": _("Pillars"),
        "key_condition": _("Key conditions"),
        "commitment": _("Cornerstone commitments"),
        "practice": _("Proven practices"),
        "overarching_value": _("Overarching values"),
        "capacity_strategy": _("Capacity-building strategies"),
        "phase": _("Phases"),
        "short_term": _("Short-term results"),
        "long_term": _("Long-term results"),
        "impact": _("Impact"),
    }[family]


def part_name(family: str) -> str:
    """A part of the framework in the singular."""
    return {
        "pillar": _("Pillar"),
        "key_condition": _("Key condition"),
        "commitment": _("Cornerstone commitment"),
        "practice": _("Proven practice"),
        "overarching_value": _("Overarching value"),
        "capacity_strategy": _("Capacity-building strategy"),
        "phase": _("Phase"),
        "short_term": _("Short-term result"),
        "long_term": _("Long-term result"),
        "impact": _("Impact"),
    }[family]
