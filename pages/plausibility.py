"""Plausibility: numbers that CDE published and that someone should look at, and those that are missing. Reached from Data."""

import dash

from components import shares
from components.exhibits.jumps import JUMPS
from components.exhibits.plausibility import ABSENT, LEAD, LOW
from components.i18n import _
from components.page import page, plain

dash.register_page(__name__, path="/plausibility", name="Plausibility", title="Plausibility · R-TAC Dashboard", order=None)

layout = page(
    "plausibility",
    plain(ABSENT),
    plain(LOW),
    plain(JUMPS),
    lead=LEAD,
    settle=shares.settle,
    heading=(_("Plausibility"), ""),
    filters=shares.FILTERS,
)
