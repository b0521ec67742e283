"""What the words and marks in place of a number mean. The same list stands in every file."""

from components.i18n import _

LEGEND = (
    (_("0 %"), _("Zero: CDE published that nobody is concerned.")),
    (_("withheld"), _("CDE or this dashboard hides the number, to protect students in small groups. It is not zero.")),
    (
        _("about 23 % · counts withheld"),
        _("Its counts are hidden, so that a smaller group cannot be worked out. The rate stands where it tells no more."),
    ),
    (_("not published"), _("CDE published no number for this place, year and group. It is not zero.")),
    (_("(derived)"), _("Worked out here from published county totals; CDE does not publish this number.")),
    (_("hollow dot"), _("Few students are counted: shown, but without color or rank, because chance moves it much.")),
)

OF_STATUS = {
    **dict(zip(("zero", "withheld", "counts_withheld", "not_published", "derived"), (m for _mark, m in LEGEND), strict=False)),
    "at_least": _("The share is this one or a larger one: it is not shown more exactly, to protect students."),
    "at_most": _("The share is this one or a smaller one: it is not shown more exactly, to protect students."),
}
"""What a row's status means where it is not a plain published number. The first five are those of LEGEND, in its order."""
FEW = LEGEND[-1][1]
"""What a row says that counts too few students to be ranked."""
