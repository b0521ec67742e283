"""What a speaker needs: the reader's note, what is counted and who, what is hidden, what to beware of, where it comes from."""

from components.i18n import _
from exports.about import About
from exports.legend import LEGEND
from exports.powerpoint.text import clean
from exports.slide import Slide

LONGEST = 12_000
"""Letters of the notes of a slide: PowerPoint's notes page holds no more than a few pages."""


def notes(slide: Slide, about: About) -> str:
    """Paragraphs, the reader's own first. The SQL stays on the site."""
    shown = slide.shown
    told = [clean(part) for part in slide.note.splitlines()]
    told += [slide.headline, shown.subtitle, *shown.words]
    told += [_("%(what)s: %(text)s") % {"what": what, "text": text} for what, text in shown.why if not is_query(text)]
    told += [*shown.notes, *slide.marks]
    legend = "; ".join(_("%(symbol)s: %(meaning)s") % {"symbol": s, "meaning": m.rstrip(".")} for s, m in LEGEND)
    told += [_("What stands in place of a number. %(legend)s.") % {"legend": legend}]
    told += [shown.source, about.banner, about.newer]
    told += [_("See these numbers: %(link)s") % {"link": address(slide, about)}] if slide.link else []
    told += [_("Build %(build)s, made %(made)s.") % {"build": shown.build or about.build, "made": about.made}]
    kept = "\n".join(line for line in map(clean, told) if line)
    return kept if len(kept) <= LONGEST else kept[: LONGEST - 1] + "…"


def is_query(text: str) -> bool:
    """Whether a text of "why does this not match" is the SQL: it begins with the line that says its grain."""
    return text.lstrip().startswith("--")


def address(slide: Slide, about: About) -> str:
    """The permalink with its host."""
    return f"{about.site}{slide.link}"
