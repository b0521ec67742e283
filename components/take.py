"""What a reader takes along: links, files and the code of an embedded exhibit, in one folded menu. assets/take.js copies.

A link to copy is made in the browser, from the choice of the moment; a button says which kind it copies.
"""

from dash import html

from components import embedding, formats, links, pinned
from components.exhibit import Shown
from components.i18n import _
from components.markup import also
from components.view import View


def of_page(page: str, build: str) -> list:
    """The actions of a page: copy the link, and the menu. `build` is the one whose numbers are on the screen."""
    files = [_file(f"{page}.{name}", name, f"/export/{page}.{name}") for name in formats.offered(pictures=False)]
    permanent = _copy(_("Copy permalink"), _("Permalink copied"), build)
    kept = html.P(_("A permalink keeps to the numbers of today’s build. %(kept)s") % {"kept": pinned.keeps()})
    menu = html.Details(
        [
            html.Summary(_("Take it with you")),
            html.Div([html.Ul([html.Li(permanent), *map(html.Li, files)]), kept], className="box"),
        ],
        className="menu",
        id=f"{page}-take",
    )
    return [_copy(_("Copy link"), _("Link copied")), menu]


def of_exhibit(shown: Shown, page: str, view: View) -> html.Details:
    """The menu of one exhibit: its files, its link and permalink, and the code that embeds it, where it may be embedded."""
    anchor = f"{page}-{shown.key}"
    names = formats.offered(pictures=bool(shown.figure))
    files = [_link(formats.label(name), links.download(page, name, view, shown.key)) for name in names]
    copies: list[html.A | html.Button] = [
        _copy(_("Copy link"), _("Link copied"), anchor=anchor),
        _copy(_("Copy permalink"), _("Permalink copied"), shown.build, anchor),
    ]
    if not shown.provisional:
        copies.append(_link(_("On a page of its own"), links.embed(page, view, shown.key)))
    if not shown.provisional and embedding.allowed():
        copies.append(_copy(_("Copy embed code"), _("Embed code copied"), anchor=anchor, embed=f"{page}?exhibit={shown.key}"))
    name = _("Download or link: %(headline)s") % {"headline": shown.headline}
    summary = html.Summary(_("Download or link"), **also(aria_label=name))
    return html.Details([summary, html.Div(html.Ul([html.Li(a) for a in (*files, *copies)]), className="box")], className="menu")


def copy_text(label: str, of: str = "", every: bool = False) -> html.Button:
    """A button that copies text standing on the page: that of its own item, or of all. `of` tells equal buttons apart."""
    named = {"aria_label": _("%(label)s: %(of)s") % {"label": label, "of": of}} if of else {}
    said = also(data_copy=_("Copied"), data_text="all" if every else "one", **named)
    return html.Button(label, type="button", className="plain", **said)


def _file(name: str, form: str, href: str) -> html.A:
    """The file of a page: assets/view.js keeps its link at the choice of the moment."""
    page = name.partition(".")[0]
    return html.A(formats.label(form), id=f"{page}-{form}", href=href, className="file", **also(data_download=name))


def _link(label: str, href: str) -> html.A:
    return html.A(label, href=href, className="file")


def _copy(label: str, done: str, build: str = "", anchor: str = "", embed: str = "") -> html.Button:
    """A button that copies: the link of the page, with `build` pinned, to `anchor` on it, or the code that embeds."""
    named = {"data_copy": done, "data_build": build, "data_anchor": anchor, "data_embed": embed}
    return html.Button(label, type="button", className="plain", **also(**{k: v for k, v in named.items() if v}))
