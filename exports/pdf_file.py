"""PDF: the slides as a landscape document, one a page, tagged for screen readers (PDF/UA-1); last the legend and the sources."""

from collections.abc import Sequence

from components.i18n import _
from exports.about import About
from exports.legend import LEGEND
from exports.paper import press
from exports.paper.slides import SHEETS, frame, slide_of, url
from exports.paper.words import plain
from exports.slide import Slide


def write(slides: Sequence[Slide], about: About) -> bytes:
    """The document, in the shape of `about`. The same slides give the same bytes."""
    sheet = SHEETS.get(about.shape, SHEETS["wide"])
    title = about.title or slides[0].headline
    data = {
        **frame(about, title),
        "sheet": {"wide": sheet.wide, "high": sheet.high},
        "slides": [slide_of(s, about, sheet) for s in slides],
        "legend": [[symbol, meaning] for symbol, meaning in LEGEND],
        "sources": sources(slides),
        "about": [plain(_("Build %(build)s of %(day)s.") % {"build": about.build, "day": about.made[:10]}, 120)],
        "link": url(about, slides[0].link if len(slides) == 1 else "/"),
    }
    return press.pdf("deck.typ", data, about.made)


def sources(slides: Sequence[Slide]) -> list[dict[str, str]]:
    """Each source once, with the pages that stand on it."""
    found: dict[str, list[int]] = {}
    for page, slide in enumerate(slides, 1):
        if slide.shown.source:
            found.setdefault(slide.shown.source, []).append(page)
    return [{"pages": _pages(pages), "text": plain(text, 500)} for text, pages in list(found.items())[:14]]


def _pages(pages: list[int]) -> str:
    """Pages in words, neighbors as a span."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    said = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    return (_("Page %(pages)s:") if len(pages) == 1 else _("Pages %(pages)s:")) % {"pages": said}
