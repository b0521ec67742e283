"""One slide: headline, measure, banner, exhibit, marks, source, place and day, number; below it the speaker's notes."""

from typing import Any
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck

from components.dates import written
from components.i18n import _
from exports import signs
from exports.about import About
from exports.powerpoint import chart_xml as xml
from exports.powerpoint import drawing, maps, notes, numbers, tables, template
from exports.powerpoint.canvas import SPACES, Canvas, Para, where
from exports.powerpoint.house import INK, LOOKS, NAVY, SOFT, WHITE, Box, Sheet
from exports.powerpoint.text import clean, count_lines, fitting, short
from exports.slide import Slide

TITLE, LONGEST = (28, 24, 20), 190
SUBTITLE, SMALL = (14, 12), 10
"""Points of a subtitle on two lines, and on three."""
FEW = 8
"""A table of so few rows leaves room for its sentences above it."""


def add(deck: Deck, slide: Slide, about: About, at: Sheet, title: str) -> None:
    """A slide of an exhibit with a title unlike the others'."""
    made: Any = deck.slides.add_slide(deck.slide_layouts[0])
    canvas = Canvas(made)
    holders = {p.placeholder_format.idx: p for p in made.placeholders}
    wide = at.title.w - (at.logo.w + 0.2 if about.logo else 0)
    _title(made.shapes.title, title, at, wide)
    _subtitle(holders[template.SUBTITLE], slide.shown.subtitle, at)
    if about.banner:
        bar = [Para(about.banner, 12, WHITE, True, "ctr")]
        canvas.text(at.banner, bar, _("Banner"), ground="#" + NAVY, anchor="ctr")
    if about.logo:
        canvas.picture(about.logo, at.logo, _("Logo"), _("Logo"))
    said = [*slide.marks, about.newer]
    marks = " ".join(filter(None, map(clean, said)))
    body = at.body if marks else at.body._replace(h=at.marks.y + at.marks.h - at.body.y - 0.05)
    _body(canvas, slide, body)
    _last(canvas, holders[template.MARKS], marks, _("What to know first"))
    _source(canvas, holders[template.SOURCE], slide, about)
    _foot(canvas, at, about)
    made.notes_slide.notes_text_frame.text = notes.notes(slide, about)


def _title(holder: Any, title: str, at: Sheet, wide: float) -> None:
    size = fitting(title, TITLE, 72 * wide, 2)
    holder.text_frame.text = title
    holder.text_frame.paragraphs[0].runs[0].font.size = round(size * 12_700)
    if wide < at.title.w:
        holder.left, holder.top, holder.width, holder.height = at.title._replace(w=wide).emu
    holder._element.nvSpPr.cNvPr.set("descr", _("Headline"))
    _speak(holder)


def _speak(holder: Any) -> None:
    for props in holder._element.xpath(".//a:rPr"):
        props.set("lang", "en-US")


def _fill(holder: Any, text: str, alt: str) -> None:
    if not text:
        holder._element.getparent().remove(holder._element)
        return
    holder.text_frame.text = text
    holder._element.nvSpPr.cNvPr.set("descr", alt)
    _speak(holder)


def _last(canvas: Canvas, holder: Any, text: str, alt: str) -> None:
    """Fill a placeholder and let it be read after the exhibit."""
    _fill(holder, short(text, 260), alt)
    if text:
        canvas.tree.remove(holder._element)
        canvas.tree.append(holder._element)


def _subtitle(holder: Any, text: str, at: Sheet) -> None:
    """Two lines where they suffice, else three small ones: what a number means is not cut where it can be helped."""
    said = short(text, int(at.subtitle.w * 21 * 1.5 * SUBTITLE[0] / SMALL))
    size = fitting(said, SUBTITLE, 72 * at.subtitle.w, 2)
    if count_lines(said, size, 72 * at.subtitle.w) > 2:
        size = SMALL
    _fill(holder, said, _("Measure, place and years"))
    if said:
        holder.text_frame.paragraphs[0].runs[0].font.size = round(size * 12_700)


def _source(canvas: Canvas, holder: Any, slide: Slide, about: About) -> None:
    """The source with its permalink behind the words that say so."""
    _last(canvas, holder, short(slide.shown.source, 300) or _("Source: the R-TAC dashboard."), _("Source"))
    link = canvas.link(notes.address(slide, about)) if slide.link else ""
    if link:
        paragraph: Any = holder.text_frame.paragraphs[0]
        paragraph.runs[0].text = paragraph.runs[0].text + " "
        run = paragraph.add_run()
        run.text = _("See these numbers")
        props = run._r.get_or_add_rPr()
        props.set("lang", "en-US")
        props.append(parse_xml(f'<a:hlinkClick {SPACES} r:id="{link}"/>'))


def _foot(canvas: Canvas, at: Sheet, about: About) -> None:
    """Place and day of the meeting, else the page and the day of the build; and the slide's number."""
    day = written(about.made[:10]) if len(about.made) >= 10 else ""
    told = about.occasion or about.title
    when = about.day or (_("built on %(day)s") % {"day": day} if day else "")
    text = short(" · ".join(filter(None, map(clean, (told, when, _("build %(build)s") % {"build": about.build})))), 140)
    look = xml.run_props("rPr", 10, SOFT)
    number = template.NUMBER_FIELD.replace('<a:rPr lang="en-US"/>', look)
    for name, kind, idx, box, said in (
        (_("Place and day"), "ftr", template.FOOTER, at.footer, f"<a:p><a:r>{look}<a:t>{escape(text)}</a:t></a:r></a:p>"),
        (_("Slide number"), "sldNum", template.NUMBER, at.number, number),
    ):
        align = "r" if kind == "sldNum" else "l"
        body = f'<a:bodyPr/><a:lstStyle><a:lvl1pPr algn="{align}"/></a:lstStyle>{said}'
        canvas.put(
            f'<p:sp {SPACES}><p:nvSpPr>{canvas.named(name, name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
            f'<p:ph type="{kind}" sz="quarter" idx="{idx}"/></p:nvPr></p:nvSpPr><p:spPr>{where(box)}</p:spPr>'
            f"<p:txBody>{body}</p:txBody></p:sp>"
        )


def _body(canvas: Canvas, slide: Slide, box: Box) -> None:
    """The exhibit itself: its figure, its key numbers, its cards, its shaded table, or its table with its sentences."""
    shown = slide.shown
    extra = shown.extra
    alt = shown.alt or shown.table.caption or slide.headline
    if shown.figure:
        drawing.put(canvas, shown, box)
    elif extra.get("facts"):
        numbers.put(canvas, extra["facts"], box)
    elif extra.get("cards"):
        tables.put(canvas, numbers.of_cards(extra["cards"]), box, _("Table"), alt)
    elif extra.get("grid"):
        grid, used = tables.of_shades(extra["grid"], box.w)
        rest = _shades(canvas, extra["grid"], used, box)
        tables.put(canvas, grid, rest, _("Table"), alt)
    else:
        _table(canvas, slide, box, alt)


def _shades(canvas: Canvas, of: dict, used: set[str], box: Box) -> Box:
    """The legend of a shaded table above it: its shades, then what has none. `used`: words of statuses that stand as signs."""
    entries = [(text, {"marker": {"symbol": "square", "size": 13, "color": "#" + LOOKS[look], "line": {"color": "#8a94a3"}}})
               for text, look in of["legend"] if look in LOOKS]  # fmt: skip
    said = " · ".join([*(clean(text) for text, look in of["legend"] if look not in LOOKS), *signs.told(used)])
    if entries:
        high = maps.legend(canvas, entries, box._replace(h=0.3), across=True) + 0.02
        box = Box(box.x, box.y + high, box.w, box.h - high)
    if said:
        size = fitting(said, (11, 10, 9), 72 * box.w, 1)
        high = size * 1.25 * count_lines(said, size, 72 * box.w) / 72 + 0.02
        canvas.text(box._replace(h=high), [Para(said, size, SOFT)], _("What the signs mean"))
        box = Box(box.x, box.y + high, box.w, box.h - high)
    return Box(box.x, box.y + 0.03, box.w, box.h - 0.03) if entries or said else box


def _table(canvas: Canvas, slide: Slide, box: Box, alt: str) -> None:
    table = slide.shown.table
    if len(table.rows) <= FEW and slide.shown.words:
        paras, used = [], 0.0
        for sentence in slide.shown.words:
            tall = count_lines(sentence, 15, 72 * box.w) * 15 * 1.25 / 72 + 0.1
            if used + tall > 0.5 * box.h:
                break
            paras.append(Para(sentence, 15, INK, after=6))
            used += tall
        if paras:
            canvas.text(box._replace(h=used), paras, _("In words"))
            box = Box(box.x, box.y + used + 0.1, box.w, box.h - used - 0.1)
    if not table.rows:
        if not slide.shown.words:
            canvas.text(box, [Para(_("There is nothing to list here."), 15, SOFT)], _("In words"))
        return
    columns = [(column.label, column.kind == "number") for column in table.columns]
    rows = [[str(row.get(column.key, "")) for column in table.columns] for row in table.rows[:60]]
    tables.put(canvas, tables.of_columns(columns, rows), box, _("Table"), alt, len(table.rows) - len(rows))
