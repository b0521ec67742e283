"""Prints a built exhibit on the screen: head, chart, table, words and foot as Dash parts. Text stays text; React escapes it."""

from typing import Any

from dash import dcc, html

from components import links, take
from components.cards import Card
from components.exhibit import Shown, Table
from components.i18n import _
from components.markup import also
from components.view import ENTITY, View

GRAPH: Any = {
    "displayModeBar": False,
    "displaylogo": False,
    "responsive": True,
    "scrollZoom": False,
    "showTips": False,
    "plotlyServerURL": "",
    "showSendToCloud": False,
    "showEditInChartStudio": False,
    "showLink": False,
}
"""The one graph config: no buttons, so no vendor's cloud either."""
HEIGHT = 360


def head(shown: Shown) -> list:
    return [html.H2(shown.headline), html.P(shown.subtitle, className="sub")] if shown.subtitle else [html.H2(shown.headline)]


def chart(shown: Shown, graph: str) -> list:
    """The figure with its text alternative, or the shaded table; the words where there is nothing to draw."""
    if "grid" in shown.extra:
        return grid(shown.extra["grid"])
    if not shown.figure:
        return words(shown)
    layout = {**shown.figure.get("layout", {}), "dragmode": False}
    figure = {**shown.figure, "layout": layout}
    drawn = dcc.Graph(
        id={"type": "graph", "of": graph},
        figure=figure,
        config=GRAPH,
        responsive=True,
        style={"height": f"{layout.get('height', HEIGHT)}px"},
    )
    return [html.Div(drawn, role="img", **also(aria_label=shown.alt or shown.headline))]


def grid(of: dict) -> list:
    """A shaded table (components/figures/heat_table.py): a real table, so that no color is alone.

    Its rows are `rows`, or stand under the titles of `parts`.
    """
    heads = [html.Th(html.Span(text), scope="col", className=look) for text, look in of["columns"]]
    looks = [look for _text, look in of["columns"]]
    parts = of["parts"] if "parts" in of else [("", of["rows"])]
    bodies = [html.Tbody([*_part(title, looks), *(_grid_row(row, looks) for row in rows)]) for title, rows in parts]
    corner = html.Th(of.get("corner") or _("Place"), scope="col")
    head = html.Thead(html.Tr([corner, *heads]))
    body = html.Table([html.Caption(of["caption"]), head, *bodies], className=f"heat {of.get('look', '')}".strip())
    swatches = [html.Li([html.Span(className=look) if look else None, text]) for text, look in of["legend"]]
    box = html.Div(body, className="scroll", tabIndex="0", role="group", **also(aria_label=of["caption"]))
    return [html.Ul(swatches, className="swatches") if swatches else None, box]


def _part(title: str, looks: list[str]) -> list[html.Tr]:
    return [html.Tr(html.Th(title, scope="rowgroup", colSpan=len(looks) + 1), className="part")] if title else []


def _grid_row(row: tuple[str, str, bool, list[tuple[str, str]]], looks: list[str]) -> html.Tr:
    name, href, mine, cells = row
    header = html.Th(html.A(name, href=href) if href else name, scope="row", className="mine" if mine else "")
    return html.Tr(
        [header, *(html.Td(text, className=f"{look} {start}".strip()) for (text, look), start in zip(cells, looks, strict=True))]
    )


def table(shown: Table | Shown) -> dict:
    """The table as rows for the browser to build (assets/table.js): a tenth of the bytes of the same as components."""
    of = shown.table if isinstance(shown, Shown) else shown
    return {
        "caption": of.caption,
        "columns": [{"label": c.label, "kind": c.kind} for c in of.columns],
        "rows": [[str(row.get(c.key, "")) for c in of.columns] for row in of.rows],
        "places": [row.get("entity", "") if ENTITY.fullmatch(row.get("entity", "")) else "" for row in of.rows],
        "more": of.more,
    }


def words(shown: Shown) -> list:
    return [html.P(sentence) for sentence in shown.words] or [html.P(_("There is nothing to say about this choice yet."))]


def facts(shown: Shown) -> list:
    """Key numbers, each with its verdict."""
    return [html.Div([_fact(f) for f in shown.extra.get("facts", ())], className="facts")]


def _fact(fact: dict) -> html.Div:
    tag = html.Span(fact["tag"], className=f"tag {fact.get('tag_kind', 'none')}") if fact.get("tag") else None
    number = html.P([fact["value"], " ", html.Small(fact.get("unit", ""))], className="num")
    return html.Div([html.H3(fact["title"]), number, tag, html.P(fact.get("detail", ""), className="detail")], className="fact")


def cards(shown: Shown) -> list:
    """Sections of cards, folded where the exhibit says so. One where something stands differs by its border and what it lists."""
    sections = [
        html.Div([html.H3(s.title), html.Ul([_card(c) for c in s.cards], className="cards-in")], className="cards-of")
        for s in shown.extra.get("cards", ())
    ]
    fold = shown.extra.get("fold")
    return [html.Details([html.Summary(fold), *sections], className="fold")] if fold else sections


def _card(card: Card) -> html.Li:
    waits = [html.Li([html.B(_("%(label)s:") % {"label": label}), " ", said]) for label, said in card.waiting]
    inside = [
        html.H4(card.title),
        html.P(card.text, className="about") if card.text else None,
        html.Ul([_card_fact(f) for f in card.facts], className="standing") if card.facts else None,
        html.Details([html.Summary(card.fold), html.Ul(waits, className="waits")], className="fold") if waits else None,
    ]
    return html.Li(inside, className="card stands" if card.stands else "card")


def _card_fact(fact: dict) -> html.Li:
    tag = html.Span(fact["tag"], className=f"tag {fact['tag_kind']}") if fact["tag"] else None
    number = html.P([html.Strong(fact["value"]), " ", tag], className="value")
    detail = html.P(fact["detail"], className="detail") if fact.get("detail") else None
    return html.Li([html.P(fact["title"], className="what"), number, detail])


def copies(shown: Shown) -> list:
    """Texts to paste, folded: one a place with a button that copies it, and one that copies all. [] where there are none."""
    texts = shown.extra.get("copies", ())
    if not texts:
        return []
    items = [html.Li([html.H3(name), take.copy_text(_("Copy figures"), name), html.Pre(text)]) for name, text in texts]
    every = html.P(take.copy_text(_("Copy all of them"), every=True)) if len(texts) > 1 else None
    inside = [html.Summary(shown.extra["fold"]), every, html.Ul(items)]
    return [html.Details(inside, className="fold copies", open=len(texts) == 1)]


def foot(shown: Shown, page: str, view: View, noted: bool = True) -> list:
    """The way on, source, notes (where `noted`), what to take along, and "Why doesn't this match?"."""
    taken = html.Div([take.of_exhibit(shown, page, view)], className="taken")
    notes = html.P(" ".join(shown.notes), className="notes") if shown.notes and noted else None
    line = [html.P(shown.source)] if shown.source else []
    actions = html.Div([_to_deck(shown, page, view), taken], className="along")
    source = html.Div([*line, actions], className="source")
    return [*_ways(shown, view), notes, source, _why(shown)]


def _ways(shown: Shown, view: View) -> list[html.P]:
    """Links to what this one leads to."""
    more = shown.extra.get("more", ())
    return [html.P(html.A(text, href=links.internal(path, view, **changes)), className="way") for text, path, changes in more]


def _to_deck(shown: Shown, page: str, view: View) -> html.P:
    """The button that puts the exhibit into the board deck or takes it out: assets/deck.js keeps the list in the browser."""
    held = also(
        data_slide=links.permalink(page, shown.key, view, shown.build),
        data_title=shown.headline,
    )
    return html.P(html.Button(_("Add to board deck"), type="button", **held), className="to-deck")


def _why(shown: Shown) -> html.Details | None:
    if not shown.why:
        return None
    pairs = [part for label, text in shown.why for part in (html.Dt(label), html.Dd(_long(label, text)))]
    return html.Details([html.Summary(_("Why doesn’t this match?")), html.Dl(pairs)], className="why")


def _long(label: str, text: str) -> html.Pre | str:
    """SQL keeps its lines; it scrolls by keyboard too."""
    if "\n" not in text:
        return text
    return html.Pre(text, tabIndex=0, role="group", **also(aria_label=label))


def crumbs(shown: Shown, view: View) -> html.Nav | None:
    trail = shown.extra.get("crumbs", ())
    if not trail:
        return None
    items = [html.Li(html.A(label, href=links.place(entity, view)) if entity else html.Span(label)) for label, entity in trail]
    return html.Nav(html.Ol(items), className="crumbs", **also(aria_label=_("You are here")))


def lead(shown: Shown, view: View) -> list:
    kicker = shown.extra.get("kicker")
    return [
        crumbs(shown, view),
        html.P(kicker, className="kicker") if kicker else None,
        html.H1(shown.headline),
        html.P(shown.subtitle, className="standfirst"),
        *_ways(shown, view),
    ]


def following(shown: Shown, view: View) -> list:
    """What you can do next."""
    steps = shown.extra.get("next", ())
    if not steps:
        return []
    items = [html.Li(html.A(sentence, href=links.internal(path, view, **changes))) for sentence, path, changes in steps]
    return [html.H2(_("What you can do next")), html.Ul(items)]


def failed(sentence: str, title: str = "") -> list:
    """Instead of an exhibit that could not be built: never the old figure under the new choice."""
    said = html.P(sentence, className="failed")
    return [html.H2(title), said] if title else [said]


def said_above() -> list:
    """The head of an exhibit that would say the same as another one: the page closes up over it (assets/look.css)."""
    return [html.Span(className="said-above", hidden=True)]
