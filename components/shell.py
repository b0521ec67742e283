"""What surrounds every page: skip link, header with search and navigation, banner, notes, tabs, footer. It holds no numbers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import dash
from dash import ALL, ClientsideFunction, Input, Output, clientside_callback, html

from components import links, pinned
from components.i18n import _
from components.markup import also
from components.view import View
from data import warehouse

NAME = "R-TAC Dashboard"


def layout() -> html.Div:
    """The app's layout: everything but the page itself. Called for each full load."""
    return html.Div(
        [
            html.A(_("Skip to the content"), href="#main", className="skip"),
            _header(),
            dash.page_container,
            html.Div(id="said", role="status", className="unseen", **also(aria_live="polite", **_table_texts(), **_deck_texts())),
        ],
        id="shell",
    )


def _table_texts() -> dict[str, str]:
    """What assets/table.js says: on the buttons of a long table, and aloud when it is sorted."""
    return {
        "data_rows": _("Rows %(first)s to %(last)s of %(n)s"),
        "data_previous": _("Previous"),
        "data_next": _("Next"),
        "data_ascending": _("Sorted by %(column)s, ascending"),
        "data_descending": _("Sorted by %(column)s, descending"),
        "data_none": _("In the first order again"),
    }


def _deck_texts() -> dict[str, str]:
    """What assets/deck.js writes on the buttons of exhibits, and says aloud."""
    return {
        "data_deck_add": _("Add to board deck"),
        "data_deck_held": _("In the board deck: take out"),
        "data_deck_added": _("Added to the board deck. Slides in it: %(n)s."),
        "data_deck_dropped": _("Taken out of the board deck. Slides in it: %(n)s."),
        "data_deck_full": _("The board deck is full. Take a slide out first."),
        "data_deck_count": _("%(name)s, slides: %(n)s"),
    }


def _header() -> html.Header:
    brand = html.A([html.Strong(NAME), html.Span(_("California community schools"))], href="/", className="brand")
    return html.Header(html.Div([brand, search("go", _("Find a place or CDS code")), _navigation()], className="wrap"))


def _navigation() -> html.Nav:
    listed = sorted((p for p in dash.page_registry.values() if p.get("order") is not None), key=lambda p: p["order"])
    items = [html.Li(html.A(_(p["name"]), href=p["path"], **also(data_nav=p["path"]))) for p in listed]
    return html.Nav(html.Ul(items), **also(aria_label=_("Main")))


def search(then: str, label: str, big: bool = False) -> html.Div:
    """The place for a search box. assets/find.js makes it a combobox.

    `then` is "go" (open the place), "here" (show it on this page) or "add" (to the tray).
    """
    texts = also(
        data_find=then,
        data_label=label,
        data_none=_("No place has this name or code."),
        data_some=_("%(n)s places found. Use the arrow keys."),
        data_fail=_("The search did not answer. Please try again."),
    )
    return html.Div(className="find big" if big else "find", role="search" if big else None, **texts)


def banner(build: warehouse.Build) -> html.Section | None:
    if not build.demo:
        return None
    said = [html.Strong(_("Demonstration data.")), " ", _("Not real schools.")]
    return html.Section(html.Div(said, className="wrap"), className="demo", **also(aria_label=_("About these numbers")))


def trouble() -> list:
    """Said when an older build is served because the published one is damaged."""
    text = warehouse.trouble()
    return [html.P(text, className="note", role="note")] if text else []


def pinned_build(build: warehouse.Build, path: str, view: View) -> list:
    """Said, calmly, where the link pins a build that is not the published one: which, and the way to the current numbers."""
    said = pinned.sentence(build)
    current = html.A(
        _("See the same view with the current numbers"),
        href=links.internal(path, view, build=None),
        **also(data_current=path),
    )
    return [html.P([said, " ", current, "."], className="note calm", role="note", id="pinned")] if said else []


def notes(said: Sequence[str]) -> list:
    """What of the link or the choice could not be used, quietly."""
    items = [html.Li(note) for note in said]
    return (
        [html.Div([html.P(_("Part of this link could not be used:")), html.Ul(items)], className="note", role="note", id="notes")]
        if items
        else []
    )


def tabs(name: str, parts: Sequence[tuple[str, str, Sequence]]) -> list:
    """An ARIA tab list with its panels, all in the page. assets/view.js moves between them; the choice outlives filters."""
    buttons, panels = [], []
    for i, (key, label, content) in enumerate(parts):
        first = i == 0
        buttons.append(
            html.Button(
                label,
                id=f"{name}-tab-{key}",
                role="tab",
                type="button",
                tabIndex=0 if first else -1,
                **also(aria_selected="true" if first else "false", aria_controls=f"{name}-panel-{key}"),
            )
        )
        panels.append(
            html.Div(
                list(content),
                id=f"{name}-panel-{key}",
                role="tabpanel",
                tabIndex=0,
                hidden=not first,
                className="panel",
                **also(aria_labelledby=f"{name}-tab-{key}"),
            )
        )
    return [html.Div(buttons, role="tablist", className="tabs", **also(aria_label=_("Ways to read this"))), *panels]


def chips(names: Mapping[str, str]) -> list:
    """The chosen places, each to open or to remove."""
    return [
        html.Span(
            [
                html.A(name, href=links.place(entity)),
                html.Button("×", type="button", **also(data_remove=entity, aria_label=_("Remove %(name)s") % {"name": name})),
            ],
            className="chip",
        )
        for entity, name in names.items()
    ]


def footer(build: warehouse.Build) -> html.Footer:
    made = datetime.fromisoformat(build.manifest["created"])
    line = _("Build %(build)s, made %(day)s %(month)s %(year)s.") % {
        "build": build.id,
        "day": made.day,
        "month": _(made.strftime("%B")),
        "year": made.year,
    }
    licence = (
        _("Numbers: public data of the California Department of Education.")
        if not build.demo
        else _("Numbers: invented for demonstration.")
    )
    own = _("No cookies, no tracking, no request to any other host.")
    return html.Footer(html.Div([html.P(line), html.P(licence), html.P(own)], className="wrap"))


def sorry(sentence: str) -> list:
    """A page without numbers: no build, or too busy."""
    text = [html.H1(_("There are no numbers to show right now")), html.P(sentence, className="standfirst")]
    return [html.Main(html.Div(text, className="wrap lead"), id="main", tabIndex="-1")]


def only(build: warehouse.Build, headline: str, sentence: str) -> list:
    """A page of which this build has nothing to show: its name, and one sentence with the way out."""
    text = [html.H1(headline), html.P(sentence, className="standfirst")]
    return [banner(build), html.Main(html.Div(text, className="wrap lead"), id="main", tabIndex="-1"), footer(build)]


clientside_callback(
    ClientsideFunction("rtac", "choose"), Input({"type": "filter", "name": ALL}, "value"), prevent_initial_call=True
)
# "carried" stands beside "view" in each page: Dash calls what has no output only later, not when a page arrives.
clientside_callback(ClientsideFunction("rtac", "carry"), Output("carried", "data"), Input("view", "data"))
clientside_callback(
    ClientsideFunction("rtac", "open"), Input({"type": "graph", "of": ALL}, "clickData"), prevent_initial_call=True
)
