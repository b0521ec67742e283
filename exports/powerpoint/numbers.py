"""Key numbers as large figures with the tag of their verdict, and cards as a table of what stands."""

from components.cards import Section
from components.i18n import _
from exports.powerpoint.canvas import Canvas, Para
from exports.powerpoint.house import INK, NAVY, PALE, SOFT, TAGS, Box
from exports.powerpoint.tables import Cell, Grid
from exports.powerpoint.text import clean, fitting, short, width

MOST = 8
"""So many numbers stand on a slide; the table in the other files has all."""


def put(canvas: Canvas, facts: list[dict], box: Box) -> None:
    """Each fact in a field of its own: what it is, the number, its verdict, and who is counted."""
    shown = facts[:MOST]
    across = 1 if len(shown) == 1 else 2 if len(shown) <= 4 or box.w < 10 else 4
    down = -(-len(shown) // across)
    gap = 0.25
    w, h = (box.w - gap * (across - 1)) / across, min(2.6, (box.h - gap * (down - 1)) / down)
    for i, fact in enumerate(shown):
        row, column = divmod(i, across)
        _one(canvas, fact, Box(box.x + column * (w + gap), box.y + row * (h + gap), w, h))


def _one(canvas: Canvas, fact: dict, box: Box) -> None:
    title, value = (
        short(fact.get("title", ""), 110),
        short(" ".join(filter(None, (fact.get("value", ""), fact.get("unit", "")))), 60),
    )
    inner = 72 * (box.w - 0.4)
    big = fitting(value, (44, 36, 28, 22, 18), inner, 1)
    tag, detail = short(fact.get("tag", ""), 90), short(fact.get("detail", ""), 260)
    ground, ink = TAGS.get(str(fact.get("tag_kind", "")), ("ECEEF1", INK))
    said = clean(f"{title}: {value}. {tag}. {detail}")
    low = box.h < 1.6
    paras = [Para(title, 12 if low else 14, SOFT, True, after=2), Para(value, min(big, 28) if low else big, NAVY, True, after=2)]
    children = [
        canvas.shape(box, title, "", PALE),
        canvas.text_xml(Box(box.x + 0.2, box.y + 0.12, box.w - 0.4, box.h * 0.58), paras, title),
    ]
    under = (
        box.y + 0.12 + (14 * 1.25 * (1 if width(title, 14) < inner else 2) + (min(big, 28) if low else big) * 1.25) / 72 + 0.08
    )
    if tag:
        pill = Box(box.x + 0.2, under, min(box.w - 0.4, width(tag, 12) * 1.12 / 72 + 0.24), 0.28)
        children.append(canvas.text_xml(pill, [Para(tag, 12, ink, True)], tag, ground=ground, anchor="ctr", inset=0.1))
        under += 0.36
    if detail:
        room = Box(box.x + 0.2, under, box.w - 0.4, max(0.25, box.y + box.h - under - 0.05))
        size = fitting(detail, (12, 11, 10, 9), inner, max(1, int(room.h * 72 / 14)))
        children.append(canvas.text_xml(room, [Para(detail, size, INK)], detail))
    canvas.group(box, title, said, children)


def of_cards(sections: list[Section]) -> Grid:
    """One row a card: its name, what stands, and what is without data."""
    rows: list[list[Cell]] = []
    for section in sections:
        rows.append([Cell(short(section.title, 80), PALE, True, color=SOFT), Cell("", PALE), Cell("", PALE)])
        for card in section.cards:
            told = "; ".join(_stands(fact) for fact in card.facts[:1])
            rows.append([Cell(short(card.title, 46), "", True), Cell(short(told, 110)), Cell(short(card.fold, 60), color=SOFT)])
    heads = [Cell(_("Element"), "", True), Cell(_("What stands"), "", True), Cell(_("What waits"), "", True)]
    return Grid(heads, rows)


def _stands(fact: dict[str, str]) -> str:
    values = {"title": fact.get("title", ""), "value": fact.get("value", ""), "tag": fact.get("tag", "")}
    return (_("%(title)s %(value)s (%(tag)s)") if values["tag"] else _("%(title)s %(value)s")) % values
