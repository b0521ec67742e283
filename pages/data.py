"""Data: where the numbers come from, what was checked, what is covered, and what to take home."""

import dash
from dash import html

from components.exhibits.sources import CHECKS, COVERAGE, SOURCES
from components.i18n import _
from components.page import page, plain
from components.reading import Reading

dash.register_page(__name__, path="/data", name="Data", title="Data · R-TAC Dashboard", order=3)

HEADING = (
    _("Where the numbers come from"),
    _("Every file with its hash, every check with its result, and what each year covers."),
)


def _take_home(read: Reading) -> list:
    items = [
        html.Li(html.A(_("Which numbers are missing, or hard to believe"), href="/plausibility")),
        html.Li(html.A(_("Template for your own list of grantees (CSV)"), href="/template/grantees.csv")),
        html.Li(
            [
                html.A(_("Template for the contacts of a region or county (CSV)"), href="/template/contacts.csv"),
                ". ",
                _("Offices and teams with an e-mail address or telephone, and from when it holds. No names of persons."),
            ]
        ),
        html.Li(
            [
                html.A(_("Template for the events of a region or county (CSV)"), href="/template/events.csv"),
                ". ",
                _("Trainings, convenings and office hours with their dates, their place and how to register."),
            ]
        ),
        html.Li(
            _(
                "A filled-in list is given to “python -m data build” together with the files of the numbers. A line that begins "
                "with # is an example and is left out."
            )
        ),
        html.Li(
            [
                _(
                    "Any view as a file: its link with “/export/” before and “.csv”, “.xlsx”, “.pptx”, “.pdf” or “.json” after "
                    "the page’s name, as in "
                ),
                html.A("/export/compare.csv?level=county", href="/export/compare.csv?level=county"),
                ".",
            ]
        ),
        html.Li(
            [
                _("For programs: "),
                html.A("/api/v1/", href="/api/v1/"),
                ", ",
                _("described by "),
                html.A("/api/v1/openapi.json", href="/api/v1/openapi.json"),
                ". ",
                _("Places, indicators, facts and exhibits as JSON or CSV, public numbers only."),
            ]
        ),
    ]
    return [html.Section([html.H2(_("Take it with you")), html.Ul(items)], className="wrap take")]


layout = page("data", plain(SOURCES), plain(CHECKS), plain(COVERAGE), heading=HEADING, below=_take_home)
