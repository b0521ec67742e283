"""Pillars & conditions: the framework as the spine, each element with its indicators, their kind of evidence, what is missing."""

import dash

from components.exhibits.element_matrix import MATRIX, settle
from components.exhibits.lenses import LENS_COALITION, LENS_STAC
from components.exhibits.pillars import ELEMENTS, LEAD
from components.i18n import _
from components.page import cards, page

dash.register_page(
    __name__, path="/pillars", name="Pillars & conditions", title="Pillars & conditions · R-TAC Dashboard", order=2.1
)

layout = page(
    "pillars",
    cards(ELEMENTS),
    MATRIX,
    cards(LENS_STAC),
    cards(LENS_COALITION),
    lead=LEAD,
    notes_at=MATRIX,
    settle=settle,
    tray=True,
    heading=(_("Pillars & conditions"), ""),
    filters=("peers", "region", "county", "cohort", "year"),
)
