"""Methods: what each number means, whom it counts, and why it differs from others."""

import dash

from components.exhibits.methods import FRAMEWORK, INDICATORS, LOCAL, REGIONS
from components.i18n import _
from components.page import page, plain

dash.register_page(__name__, path="/methods", name="Methods", title="Methods · R-TAC Dashboard", order=4)

HEADING = (
    _("How the numbers are made"),
    _(
        "Each indicator with its numerator, its denominator, who is counted, and why it may differ from the Dashboard, "
        "DataQuest or your own system."
    ),
)

layout = page("methods", plain(INDICATORS), plain(LOCAL), plain(FRAMEWORK), plain(REGIONS), heading=HEADING)
