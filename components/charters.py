"""Whether a district's figures count its charter schools, in words. What CDE's rows do not say is not said here either."""

from collections.abc import Sequence

from components.i18n import _, ngettext
from data import charters

SAID = {
    charters.WITHIN: _(
        "A district’s number in CDE’s DataQuest files includes its charter schools: it is the row “Charter School: All”."
    ),
    # What leaves them out says so in a caveat of its own, at every level.
    charters.APART: "",
    charters.UNSAID: _(
        "The California School Dashboard’s file does not say whether a district’s row includes its charter schools."
    ),
}


def notes(family: str, level: str) -> tuple[str, ...]:
    """The sentence on a family's numbers of districts; none at another level."""
    said = SAID[charters.of_district(family)] if level == "district" else ""
    return (said,) if said else ()


def of_figures(figures: Sequence[tuple[str, str]]) -> str:
    """One sentence on several figures of one district, each a family and a label: what includes its charter schools, what not."""
    by = {kind: [label for family, label in figures if charters.of_district(family) == kind] for kind in charters.KINDS}
    values = {kind: ", ".join(labels) for kind, labels in by.items()}
    if by[charters.WITHIN] and by[charters.APART]:
        text = ngettext(
            "The district’s own figures include its charter schools, if it has any (CDE’s rows “Charter School: All”). "
            "One leaves them out: %(apart)s.",
            "The district’s own figures include its charter schools, if it has any (CDE’s rows “Charter School: All”). "
            "These leave them out: %(apart)s.",
            len(by[charters.APART]),
        )
        return text % values
    if by[charters.WITHIN]:
        return _("The district’s own figures include its charter schools, if it has any (CDE’s rows “Charter School: All”).")
    if by[charters.APART]:
        return _("The district’s own figures leave out its charter schools, which CDE lists as agencies of their own.")
    return _("The files do not say whether the district’s own figures include its charter schools.") if figures else ""
