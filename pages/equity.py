"""Equity: how student groups stand beside all other students, in one place and over the places of a peer set."""

import dash

from components.exhibits.equity import GAPS, LEAD
from components.exhibits.heat import HEAT, settle
from components.i18n import _
from components.page import page

dash.register_page(__name__, path="/equity", name="Equity", title="Equity · R-TAC Dashboard", order=2.5)

layout = page(
    "equity",
    GAPS,
    HEAT,
    lead=LEAD,
    file=GAPS,
    notes_at=GAPS,
    settle=settle,
    tray=True,
    heading=(_("Equity"), ""),
    filters=("indicator", "year", "level", "peers", "region", "county", "cohort"),
)
