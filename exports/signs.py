"""Signs in place of a status's words where a cell is too narrow for words in letters that a room can read. Each is explained."""

from components.i18n import _

SIGNS = {
    _("withheld"): "*",
    _("counts withheld"): "**",
    _("not published"): _("n. p."),
}
"""Word of a status (components/facts.py: display) -> what stands for it."""


def words(cells: list[tuple[str, str]]) -> set[str]:
    """The words of statuses among cells (text, look) of a shaded table that have a sign."""
    return {said for said, look in cells if look == "none" and said in SIGNS}


def told(used: set[str]) -> list[str]:
    """What each sign that is used means, for the legend."""
    return [_("%(sign)s: %(meaning)s") % {"sign": sign, "meaning": word} for word, sign in SIGNS.items() if word in used]
