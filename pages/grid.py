"""Five by five: the state's grid of status and change with every school or district as a dot."""

import dash

from components import gridded, reading, shell
from components.exhibits.grid import GRID, LEAD
from components.exhibits.watch import WATCH
from components.i18n import _
from components.page import page, plain
from data import warehouse

dash.register_page(__name__, path="/grid", name="Five by five", title="Five by five · R-TAC Dashboard", order=2.4)

_page = page(
    "grid",
    GRID,
    plain(WATCH),
    lead=LEAD,
    file=GRID,
    notes_at=GRID,
    settle=gridded.settle,
    defaults=gridded.DEFAULTS,
    tray=True,
    heading=(_("Five by five"), ""),
    filters=("dashboard_measure", "grid_level", "peers", "region", "county", "cohort", "year", "student_group"),
)


def layout(**query: object) -> list:
    """The page; without Dashboard files one sentence with the way out."""
    try:
        read = reading.read({})
        said = gridded.missing(read.ask)
    except (warehouse.NoBuild, warehouse.Busy):
        said = ""
    return shell.only(read.build, _("Five by five"), said) if said else _page(**query)
