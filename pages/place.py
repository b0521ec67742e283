"""Place: one page for the state, a region, a county, a district or a school. Reached by search, map and links."""

import dash

from components.exhibits.assistance import ASSISTANCE
from components.exhibits.beside import BESIDE
from components.exhibits.glance import GLANCE
from components.exhibits.grants import GRANTS
from components.exhibits.place import GROUPS, KEY_NUMBERS, LEAD, TREND, settle
from components.exhibits.reasons import ABSENCE_REASONS
from components.exhibits.similar import SIMILAR
from components.exhibits.support import SUPPORT
from components.i18n import _
from components.page import facts, page, plain

dash.register_page(__name__, path="/place", name="Place", title="Place · R-TAC Dashboard", order=None)

layout = page(
    "place",
    facts(KEY_NUMBERS),
    TREND,
    GROUPS,
    ABSENCE_REASONS,
    GLANCE,
    plain(BESIDE),
    plain(ASSISTANCE),
    plain(GRANTS),
    plain(SIMILAR),
    plain(SUPPORT),
    lead=LEAD,
    notes_at=TREND,
    settle=settle,
    heading=(_("Place"), ""),
    filters=("indicator", "year", "student_group"),
)
