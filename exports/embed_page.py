"""One exhibit as a page of its own, in plain HTML without script: what another site shows in a frame.

Every text is escaped; styles come from our own stylesheets only.
"""

from html import escape

from components.dates import written
from components.exhibit import Column
from components.i18n import _
from exports import drawing
from exports.about import About
from exports.legend import LEGEND
from exports.slide import Slide

WIDE, NARROW = 920, 350
"""Widths of a drawing in pixels: on a screen and on a phone. The stylesheet shows the one that fits."""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><link rel="icon" href="/assets/favicon.ico">
<link rel="stylesheet" href="/assets/look.css"><link rel="stylesheet" href="/assets/take.css">{head}</head>
<body><main class="embed">
{body}
</main></body></html>
"""


def write(slide: Slide, about: About, full: str, newer: tuple[str, str] = ("", "")) -> str:
    """The page. `full`: path and query of the whole page; `newer`: a sentence and the address of the current numbers, or ""."""
    shown, drawn = slide.shown, _figure(slide)
    parts = [
        _note(about.banner),
        _note(newer[0], newer[1], _("See the current ones")),
        f"<h1>{escape(slide.headline)}</h1>",
        _p(shown.subtitle, "sub"),
        *(_note(mark) for mark in slide.marks),
        drawn,
        _fold(_("As a table"), _table(slide), opened=not drawn),
        _fold(_("In words"), "".join(_p(sentence) for sentence in shown.words), opened=False) if shown.words else "",
        _fold(_("What the words and marks mean"), _legend(), opened=False),
        _p(" ".join(shown.notes), "small"),
        _foot(slide, about, full),
    ]
    head = f'<link rel="canonical" href="{escape(full.partition("#")[0])}">'
    return PAGE.format(title=escape(slide.headline), head=head, body="\n".join(part for part in parts if part))


def sorry(text: str, current: str = "") -> str:
    """A page that says why there is no exhibit, with the way to the current numbers where there is one."""
    said = f"<h1>{escape(_('This exhibit cannot be shown'))}</h1>{_p(text)}"
    way = f'<p><a href="{escape(current)}">{escape(_("See the current numbers"))}</a></p>' if current else ""
    return PAGE.format(title=escape(_("This exhibit cannot be shown")), head="", body=said + way)


def _p(text: str, look: str = "") -> str:
    named = f' class="{look}"' if look else ""
    return f"<p{named}>{escape(text)}</p>" if text else ""


def _note(text: str, href: str = "", label: str = "") -> str:
    if not text:
        return ""
    way = f' <a href="{escape(href)}">{escape(label)}</a>.' if href else ""
    return f'<p class="note">{escape(text)}{way}</p>'


def _figure(slide: Slide) -> str:
    """The chart as a drawing inside the page; its text alternative names it, its own letters are not read twice."""
    figure = slide.shown.figure
    drawn = [(look, _drawn(figure, width)) for look, width in (("wide", WIDE), ("narrow", NARROW))] if figure else []
    if not all(svg for _look, svg in drawn) or not drawn:
        return ""
    both = "".join(f'<div class="{look}" aria-hidden="true">{svg}</div>' for look, svg in drawn)
    name = escape(slide.shown.alt or slide.headline)
    return f'<figure role="img" aria-label="{name}">{both}</figure>'


def _drawn(figure: dict, width: int) -> str:
    """The figure as inline SVG; "" where it cannot be drawn: the table stands open then."""
    try:
        return drawing.svg(figure, width)
    except drawing.Unknown:
        return ""


def _fold(title: str, inside: str, opened: bool) -> str:
    return f"<details{' open' if opened else ''}><summary>{escape(title)}</summary>{inside}</details>"


def _legend() -> str:
    return f"<dl>{''.join(f'<dt>{escape(mark)}</dt><dd>{escape(meaning)}</dd>' for mark, meaning in LEGEND)}</dl>"


def _table(slide: Slide) -> str:
    of = slide.shown.table
    heads = "".join(f'<th scope="col"{_look(c)}>{escape(c.label)}</th>' for c in of.columns)
    lines = "".join(f"<tr>{_cells(of.columns, row)}</tr>" for row in of.rows)
    table = f"<table><caption>{escape(of.caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
    box = f'<div class="scroll tall" tabindex="0" role="group" aria-label="{escape(of.caption)}">{table}</div>'
    return box + _p(of.more, "small")


def _cells(columns: tuple[Column, ...], row: dict[str, str]) -> str:
    first, *rest = columns
    head = f'<th scope="row">{escape(str(row.get(first.key, "")))}</th>'
    return head + "".join(f"<td{_look(c)}>{escape(str(row.get(c.key, '')))}</td>" for c in rest)


def _look(column: Column) -> str:
    return ' class="number"' if column.kind == "number" else ""


def _foot(slide: Slide, about: About, full: str) -> str:
    label = escape(_("See it in the dashboard, with how it is counted"))
    way = f'<a href="{escape(full)}" target="_blank" rel="noopener">{label}</a>'
    made = _("Numbers made on %(day)s.") % {"day": written(about.made[:10])}
    return f"<footer>{_p(slide.shown.source)}<p>{way}</p>{_p(made)}</footer>"
