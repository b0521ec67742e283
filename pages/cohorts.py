"""Cohorts: the community schools of each cohort beside matched schools, and when their money ends."""

from dataclasses import replace

import dash
from dash import html

from components.exhibits.cohorts import COHORTS, LEAD
from components.exhibits.differences import DIFFERENCE, LINES
from components.i18n import _
from components.page import page, plain
from components.reading import Reading
from components.view import View
from data import registry

dash.register_page(__name__, path="/cohorts", name="Cohorts", title="Cohorts · R-TAC Dashboard", order=2.5)

STUDY = "https://learningpolicyinstitute.org/product/ca-community-schools-impact-student-outcomes-report"
"""The one address of another host in the product: a constant, opened only by whoever clicks it."""


def settle(read: Reading) -> Reading:
    """All students, an indicator whose rates of schools can be compared, and a region or county without peers of its own."""
    view, notes = read.view, list(read.view.notes)
    indicator = view.indicator
    if not view.measure.of_schools:
        notes.append(_("Cohorts are compared by shares of all students; “%(name)s” is none.") % {"name": _(view.measure.title)})
        indicator = View.indicator
    inside = view.county and view.region in (None, registry.county_by_code[view.county].region)
    county = view.county if inside else None
    if view.county and not inside:
        notes.append(
            _("%(county)s County lies outside the region chosen.") % {"county": registry.county_by_code[view.county].name}
        )
    narrowed = "county" if county else "region" if view.region else ""
    peers = narrowed or ("all" if view.peers in ("county", "region") else view.peers)
    year = view.year if indicator == view.indicator else None
    return replace(
        read,
        view=replace(view, indicator=indicator, student_group=None, county=county, peers=peers, year=year, notes=tuple(notes)),
    )


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
    settle=settle,
    heading=(_("Cohorts"), ""),
    filters=("share", "any_region", "any_county", "year"),
    below=_about,
)
