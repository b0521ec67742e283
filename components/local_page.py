"""What the two pages of local data share: how they settle on a place and month, and what they say where there is nothing yet."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from dash import dcc, html

from components import local, reading, shell
from components.exhibit import Unanswerable
from components.i18n import _
from components.reading import Reading
from data import registry
from data.privacy import cube


def settle(read: Reading) -> Reading:
    """A page opens on a place that published and on a month that it has; what could not be used is said above it."""
    view = read.view
    try:
        entity = local.entity_of(view)
    except Unanswerable:
        return read
    changes: dict[str, object] = {"place": (entity, *(p for p in view.place if p != entity))}
    if view.service_category:
        changes["pillar"] = cube.pillars()[view.service_category]
    settled = replace(read, view=replace(view, **changes))  # type: ignore[arg-type]
    try:
        local.site(settled.view, read.ask)
    except Unanswerable as why:
        settled = replace(settled, view=replace(settled.view, month=None, notes=(*view.notes, str(why))))
    return settled


def _templates() -> list[tuple[str, str]]:
    """The empty service logs that this server gives out."""
    texts = {
        "service_log.xlsx": _("The service log: an empty workbook to fill in (XLSX). Save it as CSV to add it in the browser"),
        "service_log.csv": _("The service log: an empty table to fill in (CSV)"),
    }
    return [(name, text) for name, text in texts.items() if (Path(registry.REFERENCE) / "templates" / name).is_file()]


def empty(shows: list[str]) -> list:
    """The calm page without numbers: what it would show, what to bring, and how."""
    bring = [
        _("An attendance extract of your student information system, as it is (CALPADS STAS, the 14.2 report, CalDATT, Aeries)."),
        _("A service log: one row a service, with a student key or a headcount."),
        _("If you have them: suspensions and incidents, student groups, a directory of partners."),
    ]
    how = [
        _(
            "Student rows never leave your computer: they are read, checked and counted there, and only protected counts "
            "are published."
        ),
        _("Local data are open only on a dashboard that runs on your own computer. Who runs it finds the steps in its README."),
    ]
    return [
        html.Section([html.H2(_("What this page will show")), html.Ul([html.Li(s) for s in shows])], className="exhibit full"),
        html.Section(
            [
                html.H2(_("What to bring")),
                html.Ul([html.Li(s) for s in bring]),
                *(html.P(html.A(text, href=f"/template/{name}")) for name, text in _templates()),
            ],
            className="exhibit full",
        ),
        html.Section([html.H2(_("How")), *(html.P(s) for s in how)], className="exhibit full"),
    ]


def nothing(read: Reading, title: str, shows: list[str], *more: Any) -> list:
    """A whole page where nothing is published for this reader; `more` stands below."""
    lead = html.Div([html.H1(title), html.P(local.nothing(), className="standfirst")], className="wrap lead")
    inside = [lead, html.Div([*empty(shows), *more], className="wrap grid")]
    main = html.Main(inside, id="main", tabIndex="-1")
    stores = [dcc.Store(id="view", data=reading.seed(read)), dcc.Store(id="carried")]
    return [shell.banner(read.build), main, shell.footer(read.build), *stores]
