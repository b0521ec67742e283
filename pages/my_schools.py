"""My schools: a grantee's monthly page. This year so far from its own files, what is published, and the way to bring files."""

import dash
from dash import html

from components import local, local_page, reading, shell
from components.dropzone import dropzone
from components.exhibit import Unanswerable
from components.exhibits.own_attendance import KEY_NUMBERS, LEAD, PACE
from components.exhibits.own_bands import BANDS, GROUPS, REASONS
from components.exhibits.own_grid import PROVISIONAL
from components.exhibits.own_more import BRIEFLY, DISCIPLINE_SO_FAR
from components.exhibits.own_published import PUBLISHED
from components.i18n import _
from components.page import facts, page, plain
from components.reading import Reading
from data import warehouse

dash.register_page(__name__, path="/my-schools", name="My schools", title="My schools · R-TAC Dashboard", order=2.7)

SHOWS = (
    _("Chronic absence to date, month by month, beside the year before."),
    _("Attendance bands, reasons for absence, grade spans and student groups."),
    _("Discipline to date, and where the year so far would stand on the five by five. Not official."),
)


def _upload(read: Reading) -> list:
    """The section in which files are read, checked and counted: in this browser, never by the server."""
    try:
        place = local.entity_of(read.view)
    except Unanswerable:
        place = read.view.place[0] if read.view.place else ""
    return [html.Div(dropzone(place, read.build.demo), className="wrap")]


_page = page(
    "my_schools",
    facts(KEY_NUMBERS),
    PACE,
    BANDS,
    REASONS,
    GROUPS,
    plain(DISCIPLINE_SO_FAR),
    plain(PROVISIONAL),
    plain(BRIEFLY),
    plain(PUBLISHED),
    lead=LEAD,
    file=KEY_NUMBERS,
    settle=local_page.settle,
    heading=(_("My schools"), ""),
    filters=("local_place", "month"),
    below=_upload,
)


def layout(**query: object) -> list:
    """The page; where nothing is published for this reader, what it would show, what to bring, and the upload section."""
    if local.publications():
        return _page(**query)
    try:
        read = reading.read(query)
        return local_page.nothing(read, _("My schools"), list(SHOWS), *_upload(read))
    except (warehouse.NoBuild, warehouse.Busy) as trouble:
        return shell.sorry(str(trouble))
