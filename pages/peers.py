"""Bright spots: whom to ask among the peers, who stands apart from them beyond chance, and how similar places are found."""

import dash

from components.exhibits.bright_spots import BRIGHT_SPOTS, LEAD
from components.exhibits.funnel import FUNNEL
from components.exhibits.similar import RECIPE
from components.i18n import _
from components.page import page, plain

dash.register_page(__name__, path="/peers", name="Bright spots", title="Bright spots · R-TAC Dashboard", order=2.05)

layout = page(
    "peers",
    plain(BRIGHT_SPOTS),
    FUNNEL,
    plain(RECIPE),
    lead=LEAD,
    file=FUNNEL,
    notes_at=FUNNEL,
    tray=True,
    heading=(_("Similar places and bright spots"), ""),
    filters=("indicator", "level", "peers", "region", "county", "cohort", "weights", "year", "student_group"),
)
