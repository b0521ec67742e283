"""Composes a page from exhibits: the layout that a URL seeds, one callback an exhibit, and what stands when one fails.

A page that wants something of its own writes it by hand and passes it as `above`; this composer does not grow options.
"""

import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from dash import ClientsideFunction, Input, clientside_callback, dcc, html
from flask import g

from components import filters, links, printed, reading, shell, take
from components.exhibit import Exhibit, SaidAbove, Shown, Unanswerable
from components.exposed import Ask, exposed
from components.i18n import _
from components.markup import also
from components.reading import Reading
from data import warehouse

log = logging.getLogger("rtac.page")
ASKED = (Ask("view", "data", "view"), Ask("build", "data", "build", state=True))
SORRY = _("This part could not be shown. The rest of the page is not affected. If it stays so, tell us this number: %(id)s")


@dataclass(frozen=True)
class Item:
    """An exhibit and how it stands: "chart" with three tabs, "facts" as key numbers, "plain" as a table with words.

    "cards" has the three tabs as well, with cards where the chart would be.
    """

    exhibit: Exhibit
    kind: str = "chart"


@dataclass(frozen=True)
class Page:
    """What stands on a page. The doors that write files read it (server/downloads.py).

    `file`: the exhibit that a file holds when none is named. `notes_at`: the one whose caveats stand for the whole page; without
    one, every exhibit prints its own. `settle`: from what the reader chose to what the page shows.
    """

    key: str
    items: tuple[Item, ...]
    lead: Exhibit | None = None
    filters: tuple[str, ...] = ()
    file: Exhibit | None = None
    notes_at: Exhibit | None = None
    settle: Callable[[Reading], Reading] = reading.settled
    defaults: Mapping[str, str] = field(default_factory=dict)
    tray: bool = False
    heading: tuple[str, str] = ("", "")
    above: Callable[[Reading], list] = field(default=lambda reading: [])
    below: Callable[[Reading], list] = field(default=lambda reading: [])

    @property
    def path(self) -> str:
        """The page's address on the site."""
        return links.of_page(self.key)

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """Every exhibit, the one that a file holds when none is named first: `file`, or else the first on the page."""
        every = tuple(i.exhibit for i in self.items) + ((self.lead,) if self.lead else ())
        return every if self.file is None else (self.file, *(e for e in every if e is not self.file))


pages: dict[str, Page] = {}


def facts(exhibit: Exhibit) -> Item:
    return Item(exhibit, "facts")


def plain(exhibit: Exhibit) -> Item:
    return Item(exhibit, "plain")


def cards(exhibit: Exhibit) -> Item:
    return Item(exhibit, "cards")


def page(key: str, *exhibits: Exhibit | Item, **options) -> Callable[..., list]:
    """Register the callbacks of a page and return its layout function, which Dash calls with the URL's query."""
    made = Page(key, tuple(e if isinstance(e, Item) else Item(e) for e in exhibits), **options)
    pages[key] = made
    _expose_frame(made)
    for item in made.items:
        _expose_exhibit(made, item)

    def layout(**query: object) -> list:
        try:
            return _layout(made, made.settle(reading.read({**made.defaults, **query})))
        except (warehouse.NoBuild, warehouse.Busy) as trouble:
            g.transient = True
            return shell.sorry(str(trouble))

    return layout


def _layout(made: Page, read: Reading) -> list:
    headline, paragraph = made.heading
    main = html.Main(
        [
            html.Div(shell.trouble(), className="wrap"),
            html.Div([*shell.pinned_build(read.build, made.path, read.view), *shell.notes(read.view.notes)], className="wrap"),
            html.Div(
                [html.H1(headline), html.P(paragraph, className="standfirst")], id=f"{made.key}-lead", className="wrap lead"
            ),
            *made.above(read),
            _bar(made, read),
            _tray(made),
            html.Div([_section(made, item) for item in made.items], className="wrap grid"),
            *made.below(read),
            html.Div(html.Section(id=f"{made.key}-next", className="next"), className="wrap"),
        ],
        id="main",
        tabIndex="-1",
    )
    stores = [dcc.Store(id="view", data=reading.seed(read)), dcc.Store(id="carried"), dcc.Store(id="build", data=read.build.id)]
    stores.append(dcc.Store(id=f"{made.key}-choices"))
    return [shell.banner(read.build), main, shell.footer(read.build), *stores]


def _bar(made: Page, read: Reading) -> html.Div | None:
    if not made.filters:
        return None
    widgets = filters.widgets(made.filters, read.view, reading.known(read.build.id))
    actions = html.Div(take.of_page(made.key, read.build.id), className="actions")
    form = html.Div([*widgets, actions], className="wrap", role="group", **also(aria_label=_("Choices")))
    return html.Div(form, className="bar")


def _tray(made: Page) -> html.Div | None:
    if not made.tray:
        return None
    return html.Div(
        [html.Div(id=f"{made.key}-tray", className="chips"), shell.search("add", _("+ Add a place"))], className="wrap tray"
    )


def _section(made: Page, item: Item) -> html.Section:
    name = f"{made.key}-{item.exhibit.key}"
    head, foot = html.Div(id=f"{name}-head"), html.Div(id=f"{name}-foot", className="foot")
    drawn, said = html.Div(id=f"{name}-chart", className="drawn"), html.Div(id=f"{name}-words", className="words")
    rows = [dcc.Store(id=f"{name}-rows"), html.Div(id=f"{name}-table", className="rows")]
    if item.kind in ("chart", "cards"):
        first = _("Chart") if item.kind == "chart" else _("Overview")
        body = shell.tabs(name, [("chart", first, [drawn]), ("table", _("Table"), rows), ("words", _("In words"), [said])])
    elif item.kind == "facts":
        body = [drawn, html.Details([html.Summary(_("As a table and in words")), *rows, said], className="twin")]
    else:
        body = [said, drawn, *rows]
    return html.Section([head, *body, foot], className=f"exhibit {item.kind} {item.exhibit.width}", id=name)


def _expose_frame(made: Page) -> None:
    key = made.key
    outputs = [(f"{key}-next", "children"), (f"{key}-choices", "data")]
    outputs += [(f"{key}-lead", "children")] if made.lead else []
    outputs += [(f"{key}-tray", "children")] if made.tray else []

    @exposed(outputs, ASKED, scope="public")
    def frame(view: dict, build: str | None) -> tuple:
        read, trouble = _read(made, view, build)
        if read is None:
            return ([], {}, *[printed.failed(trouble)] * (len(outputs) - 2))
        shown, sentence = _build(made.lead, read) if made.lead else (None, "")
        known = reading.known(read.build.id)
        choices = {
            "filters": filters.state_of(made.filters, read.view, known),
            "page": key,
            "notes": list(read.view.notes),
            "title": shown.headline if shown else "",
        }
        out: list = [printed.following(shown, read.view) if shown else [], choices]
        if made.lead:
            nothing = [html.H1(_("Nothing to show for this choice")), html.P(str(sentence), className="standfirst failed")]
            out.append(printed.lead(shown, read.view) if shown else nothing)
        if made.tray:
            out.append(shell.chips(reading.names(read, read.view.place)))
        return tuple(out)

    clientside_callback(ClientsideFunction("rtac", "apply"), Input(f"{key}-choices", "data"))


def _expose_exhibit(made: Page, item: Item) -> None:
    name = f"{made.key}-{item.exhibit.key}"
    outputs = [(f"{name}-{part}", "children") for part in ("head", "chart", "words", "foot")] + [(f"{name}-rows", "data")]

    @exposed(outputs, ASKED, scope="public")
    def exhibit(view: dict, build: str | None) -> tuple:
        read, trouble = _read(made, view, build)
        shown = None
        if read:
            shown, trouble = _build(item.exhibit, read)
        if shown is None or read is None:
            return _instead(trouble, item.exhibit.title), [], [], [], None
        kinds = {"facts": printed.facts, "cards": printed.cards, "plain": printed.copies}
        drawn = kinds.get(item.kind, lambda shown: printed.chart(shown, name))(shown)
        said = printed.words(shown) if shown.words or item.kind == "chart" else []
        noted = made.notes_at in (None, item.exhibit)
        return printed.head(shown), drawn, said, printed.foot(shown, made.key, read.view, noted), printed.table(shown)

    clientside_callback(ClientsideFunction("rtac", "table"), Input(f"{name}-rows", "data"), Input(f"{name}-rows", "id"))


def _instead(trouble: str | Unanswerable, title: str) -> list:
    return printed.said_above() if isinstance(trouble, SaidAbove) else printed.failed(str(trouble), title)


def _read(made: Page, view: dict, build: str | None) -> tuple[Reading | None, str]:
    try:
        return made.settle(reading.read({**made.defaults, **view}, build)), ""
    except warehouse.NoBuild as gone:
        g.transient = True
        return None, _("%(what)s Reload the page to see the newest numbers.") % {"what": gone}
    except warehouse.Busy as busy:
        g.transient = True
        return None, str(busy)


def _build(exhibit: Exhibit, read: Reading) -> tuple[Shown | None, str | Unanswerable]:
    """The built exhibit, or why there is none. The log has an exception's kind and line, never its text: that may hold data."""
    try:
        return exhibit.build(replace(read.view, build=read.build.id), read.ask), ""
    except Unanswerable as why:
        return None, why.with_traceback(None)  # its frames would keep the build open
    except (warehouse.NoBuild, warehouse.Busy) as trouble:
        g.transient = True
        return None, str(trouble)
    except Exception as error:
        g.transient = True
        number = secrets.token_hex(4)
        log.error("exhibit %s failed: %s at %s, id %s", exhibit.key, type(error).__name__, _where(error), number)
        return None, SORRY % {"id": number}


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
