"""SVG: one exhibit as a drawing that needs no font and no other file, with its words for those who do not see it."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from exports.about import About
from exports.drawing.outlines import alone
from exports.drawing.text import showable
from exports.paper.picture import picture
from exports.slide import Slide


def write(slides: Sequence[Slide], about: About) -> bytes:
    """The first slide in the shape of `about`. Letters are shapes: the same everywhere."""
    slide = slides[0]
    whole = alone(picture(slide, about, "svg").decode("utf-8"))
    at = whole.index("<svg") + 4
    end = whole.index(">", at) + 1
    title, words = escape(showable(slide.headline)), escape(showable(_words(slide, about)))
    said = f'<title id="said">{title}</title><desc id="told">{words}</desc>'
    return f'{whole[:at]} role="img" aria-labelledby="said told"{whole[at:end]}{said}{whole[end:]}'.encode()


def _words(slide: Slide, about: About) -> str:
    """What the picture shows, in sentences, with its marks and its source."""
    shown = slide.shown
    parts = (about.banner, about.newer, *slide.marks, shown.subtitle, shown.alt or " ".join(shown.words), shown.source)
    return " ".join(part for part in parts if part)[:4000]
