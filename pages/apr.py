"""Annual Progress Report: the figures that a site and an LEA paste into it. Reached from Place, My schools and the board deck."""

import dash
from dash import html

from components import shell
from components.exhibits.apr import LEA, LEAD, SITES
from components.exhibits.apr_lists import DATES, FILES
from components.i18n import _
from components.page import page, plain
from components.reading import Reading

dash.register_page(
    __name__, path="/apr", name="Annual Progress Report", title="Annual Progress Report · R-TAC Dashboard", order=None
)


def _find(read: Reading) -> list:
    """The page is about one LEA: where none is chosen, or another is meant, it is found here."""
    return [html.Div(shell.search("here", _("District or school of the report")), className="wrap of-report")]


layout = page(
    "apr",
    plain(SITES),
    plain(LEA),
    plain(FILES),
    plain(DATES),
    lead=LEAD,
    heading=(_("Figures for the Annual Progress Report"), ""),
    filters=("year",),
    above=_find,
)
