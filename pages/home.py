"""Home: one search box, the state in one sentence, the counties, and three doors by role."""

import dash
from dash import html

from components import links, shell
from components.exhibits.home import COUNTY_MAP, STATE, settle
from components.i18n import _
from components.page import page
from components.reading import Reading
from data import registry

dash.register_page(__name__, path="/", name="Home", title="R-TAC Dashboard", order=1)


def _search(read: Reading) -> list:
    hint = html.P(_("For example a county, a district, a school, or the digits of a CDS code."), className="hint")
    return [html.Div([shell.search("go", _("Find a place or CDS code"), big=True), hint], className="wrap hero")]


def _doors(read: Reading) -> list:
    regions = [
        html.Li(html.A(_(r.name), href=links.internal("/compare", level="district", peers="region", region=r.code)))
        for r in registry.regions
    ]
    counties = [html.Li(html.A(c.name, href=links.place(c.entity))) for c in sorted(registry.counties, key=lambda c: c.name)]
    doors = [
        [html.H3(_("R-TAC staff")), html.P(_("Compare the districts of your region.")), html.Ul(regions)],
        [
            html.H3(_("County offices")),
            html.P(_("See how your county stands, and whether a change is more than chance.")),
            html.Details([html.Summary(_("Choose your county")), html.Ul(counties, className="columns")]),
            html.P(html.A(_("Compare all counties"), href=links.internal("/compare", level="county"))),
        ],
        [
            html.H3(_("Grantees")),
            html.P(_("Follow your own district or school: type its name or CDS code above.")),
            html.P(html.A(_("Bring your list of grantees"), href="/data")),
        ],
    ]
    inside = [
        html.H2(_("Where do you want to start?")),
        html.Div([html.Div(d, className="door") for d in doors], className="doors"),
    ]
    return [html.Section(inside, className="wrap")]


HEADING = (_("California’s community schools"), "")

layout = page("home", COUNTY_MAP, lead=STATE, settle=settle, heading=HEADING, above=_search, below=_doors)
