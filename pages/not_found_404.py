"""What stands where no page is."""

import dash
from dash import html

from components.i18n import _

dash.register_page(__name__, path="/404", name="Not found", title="Not found · R-TAC Dashboard", order=None)


def layout(**query: object) -> html.Main:
    text = [
        html.H1(_("There is no page at this address")),
        html.P([_("Search for a place above, or go to the "), html.A(_("home page"), href="/"), "."], className="standfirst"),
    ]
    return html.Main(html.Div(text, className="wrap lead"), id="main", tabIndex="-1")
