"""Compare: how places of one kind stand beside each other on one indicator."""

import dash

from components.exhibits.changes import CHANGES
from components.exhibits.compare import LEAD, MULTIPLES, RANKING
from components.exhibits.maps import MAP
from components.i18n import _
from components.page import page

dash.register_page(__name__, path="/compare", name="Compare", title="Compare · R-TAC Dashboard", order=2)

layout = page(
    "compare",
    CHANGES,
    RANKING,
    MAP,
    MULTIPLES,
    lead=LEAD,
    file=RANKING,
    notes_at=MULTIPLES,
    tray=True,
    heading=(_("Compare"), ""),
    filters=("indicator", "level", "peers", "region", "county", "cohort", "weights", "year", "student_group"),
)
