"""Services: who was reached, who of those in need, how often and how fast, from a grantee's own service log."""

import dash

from components import local, local_page, reading, shell
from components.exhibits.service_complete import COMPLETENESS
from components.exhibits.service_dosage import DOSAGE
from components.exhibits.service_equity import EQUITY
from components.exhibits.service_months import DELIVERED, IN_NEED, MONTHS
from components.exhibits.service_partners import PARTNERS
from components.exhibits.service_places import NEED_REACH
from components.exhibits.service_reach import LEAD, REACH
from components.exhibits.service_referrals import WAITS
from components.exhibits.service_table import NUMBERS
from components.i18n import _
from components.page import page, plain
from data import warehouse

dash.register_page(__name__, path="/services", name="Services", title="Services · R-TAC Dashboard", order=2.6)

SHOWS = (
    _("How many students got a service, by pillar and by month, and how many of those in need."),
    _("How often, and how many school days passed from a referral to the first service."),
    _("Need beside reach for every school, and whether student groups are served in proportion to need."),
    _("Which pillar has no active partner at which school."),
)

_page = page(
    "services",
    REACH,
    MONTHS,
    DELIVERED,
    IN_NEED,
    WAITS,
    NEED_REACH,
    DOSAGE,
    EQUITY,
    PARTNERS,
    plain(COMPLETENESS),
    plain(NUMBERS),
    lead=LEAD,
    file=NUMBERS,
    settle=local_page.settle,
    heading=(_("Services"), ""),
    filters=("local_place", "month", "pillar", "service_category"),
)


def layout(**query: object) -> list:
    """The page; where nothing is published for this reader, what it would show and what to bring."""
    if local.publications():
        return _page(**query)
    try:
        return local_page.nothing(reading.read(query), _("Services"), list(SHOWS))
    except (warehouse.NoBuild, warehouse.Busy) as trouble:
        return shell.sorry(str(trouble))
