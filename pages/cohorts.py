"""Cohorts: the community schools of each cohort beside matched schools, and when their money ends."""

import dash
from dash import html

from components import shares
from components.exhibits.cohorts import COHORTS, LEAD
from components.exhibits.differences import DIFFERENCE, LINES
from components.i18n import _
from components.page import page, plain
from components.reading import Reading

dash.register_page(__name__, path="/cohorts", name="Cohorts", title="Cohorts · R-TAC Dashboard", order=2.5)

STUDY = "https://learningpolicyinstitute.org/product/ca-community-schools-impact-student-outcomes-report"
"""The one address of another host in the product: a constant, opened only by whoever clicks it."""


def _about(read: Reading) -> list:
    study = html.A(
        _("“Community Schools Impact on Student Outcomes: Evidence From California”"), href=STUDY, rel="noopener noreferrer"
    )
    items = [
        html.P(
            _(
                "This page describes how rates moved. It does not say what the grants did: the study of their effect stays "
                "outside this product, and is not repeated here."
            )
        ),
        html.P(
            [
                _("Published: Learning Policy Institute, September 2025, "),
                study,
                _(
                    ", by Swain, Leung-Gagné, Maier and Rubinstein, on cohort 1, with public data of CDE. CDE reports from it a "
                    "30 percent greater reduction in chronic absenteeism than in similar schools."
                ),
            ]
        ),
        html.P(
            [
                _("Which schools are grantees comes from the list that the build was made with. "),
                html.A(_("The Data page has a template for it"), href="/data"),
                ".",
            ]
        ),
    ]
    return [html.Section([html.H2(_("What this page is not")), *items], className="wrap take")]


layout = page(
    "cohorts",
    DIFFERENCE,
    LINES,
    plain(COHORTS),
    lead=LEAD,
    file=COHORTS,
    notes_at=DIFFERENCE,
    settle=shares.settle,
    heading=(_("Cohorts"), ""),
    filters=shares.FILTERS,
    below=_about,
)
