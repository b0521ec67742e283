"""Board deck: the tray of exhibits that the reader collected, to order, to title and to download. assets/deck*.js fill it."""

import json

import dash
from dash import dcc, html

from components import deck, facts, reading, shell
from components.exhibit import Unanswerable
from components.i18n import _
from components.markup import also
from components.reading import Reading
from data import registry, warehouse

dash.register_page(__name__, path="/deck", name="Board deck", title="Board deck · R-TAC Dashboard", order=2.9)

TEXTS = {
    "move": _("Drag to move slide %(n)s"),
    "up": _("Move slide %(n)s up"),
    "down": _("Move slide %(n)s down"),
    "remove": _("Remove"),
    "remove_n": _("Remove slide %(n)s"),
    "title": _("Title of slide %(n)s"),
    "note_short": _("Speaker note"),
    "note": _("Speaker note of slide %(n)s"),
    "own": _("Use the exhibit’s own headline"),
    "open": _("Open"),
    "open_n": _("Open slide %(n)s on its page"),
    "older": _("These numbers are of an older build. Newer ones are published."),
    "renew": _("Use the current numbers"),
    "moved": _("Slide moved to place %(n)s."),
    "removed": _("Slide removed. Slides left: %(n)s."),
    "making": _("Making the file …"),
    "made": _("Done in %(seconds)s seconds: look among your downloads."),
    "failed": _("The file could not be made. Please try again."),
    "added": _("Slides added: %(n)s."),
    "left_out": _("Left out:"),
    "full": _("A deck holds at most %(n)s slides."),
    "gone": _("This slide could not be read. Check the connection, or remove it."),
    "clear": _("Empty the deck"),
    "undo": _("Undo: bring the slides back"),
    "cleared": _("The deck is empty."),
}
ABOUT = {
    "pptx": (_("PowerPoint"), _("Charts that can be edited, with speaker notes")),
    "pdf": (_("PDF"), _("Accessible, to send or print")),
    "xlsx": (_("Excel"), _("A sheet for each slide")),
    "json": (_("JSON"), _("For programs")),
}
"""The formats that a deck is offered in, the likeliest first. tests hold them against the formats that there are."""


def layout(**query: object) -> list:
    """The tray; a ready-made deck for the reader's place where one is chosen."""
    try:
        read = reading.settled(reading.read(query))
    except (warehouse.NoBuild, warehouse.Busy) as trouble:
        return shell.sorry(str(trouble))
    lead = [
        html.H1(_("Board deck")),
        html.P(
            _(
                "Collect exhibits with “Add to board deck” on any page, or begin with a ready-made deck. The list stays in this "
                "browser; it goes to the server only to make the file, and nothing is kept there."
            ),
            className="standfirst",
        ),
    ]
    main = html.Main(
        [
            html.Div(shell.trouble(), className="wrap"),
            html.Div(lead, className="wrap lead"),
            html.Div([_ready(read), _slides(), _take()], className="wrap deck", id="deck", **also(data_texts=json.dumps(TEXTS))),
        ],
        id="main",
        tabIndex="-1",
    )
    stores = [dcc.Store(id="view", data=reading.seed(read)), dcc.Store(id="carried"), dcc.Store(id="build", data=read.build.id)]
    return [shell.banner(read.build), main, shell.footer(read.build), *stores]


def _ready(read: Reading) -> html.Section:
    place = _place(read)
    fitting = [one for one in deck.ready() if place and place["level"] in one.levels]
    buttons = [
        html.Button(
            _("%(deck)s: %(place)s") % {"deck": one.name, "place": place["name"]},
            type="button",
            className="primary",
            **also(data_ready=one.key, data_place=place["entity"]),
        )
        for one in fitting
        if place
    ]
    every = html.Ul([html.Li(one.name) for one in deck.ready()], className="quiet")
    said = html.P(_("Choose a place, and its deck is offered here:")) if not buttons else None
    return html.Section(
        [
            html.H2(_("Ready-made decks")),
            said,
            every if not buttons else html.P(buttons, className="buttons"),
            shell.search("here", _("Choose a place for the deck")),
            html.P(id="deck-ready", className="hint", role="status"),
        ],
        className="ready",
    )


def _place(read: Reading) -> dict | None:
    try:
        return facts.place_of(read.view.place[0] if read.view.place else registry.STATE, read.ask)
    except Unanswerable:
        return None


def _slides() -> html.Section:
    return html.Section(
        [
            html.H2(_("Your slides"), id="deck-title"),
            html.P(
                _("No slides yet. Open a page and press “Add to board deck” under an exhibit."), id="deck-empty", className="hint"
            ),
            html.Ol(id="deck-slides", **also(aria_labelledby="deck-title")),
            html.P(html.Button(_("Empty the deck"), type="button", id="deck-clear", className="plain", hidden=True)),
        ]
    )


def _take() -> html.Section:
    fields = [
        _field("name", _("Name of the deck"), type="text", placeholder=_("Board deck")),
        _field("occasion", _("Place and meeting"), type="text", placeholder=_("County board, regular meeting")),
        _field("day", _("Date"), type="date"),
        _field("logo", _("Logo (PNG or JPEG, at most 300 KB)"), type="file", accept="image/png,image/jpeg"),
        html.Div(
            [
                html.Label(_("Shape"), htmlFor="deck-shape"),
                html.Select(
                    [html.Option("16:9", value="wide"), html.Option("4:3", value="classic")], id="deck-shape", name="shape"
                ),
            ],
            className="field",
        ),
    ]
    buttons = [
        html.Button(
            [html.Strong(label), html.Span(about)],
            type="button",
            disabled=True,
            className="primary" if form == "pptx" else "",
            **also(data_deck_file=form, **({"data_shaped": ""} if form in ("pptx", "pdf") else {})),
        )
        for form, (label, about) in ABOUT.items()
    ]
    return html.Section(
        [
            html.H2(_("Take it to the meeting")),
            html.Div(fields, className="fields"),
            html.Div(buttons, className="formats"),
            html.P(id="deck-said", role="status", className="hint"),
        ],
        id="deck-take",
    )


def _field(name: str, label: str, **more: str) -> html.Div:
    """The place of an input: Dash has none that takes a file or a day, so assets/deck_page.js makes it."""
    return html.Div(className="field", **also(data_field=name, data_label=label, **{f"data_{k}": v for k, v in more.items()}))
