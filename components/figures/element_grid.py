"""Elements down, places across: small counts in the cells. Color only repeats what the sign says; it is none of the Dashboard's.

Each element has its name above its row, so that the same figure fits a projector and a phone.
"""

from typing import NamedTuple

from components import evidence, evidence_words
from components.evidence import Line, Outcome
from components.figures import theme
from components.i18n import _, number
from components.view import View
from data.framework import Element

SIGNS = {
    Outcome.IMPROVED: "▲",
    Outcome.WORSENED: "▼",
    Outcome.CHANGED: "◆",
    Outcome.CHANCE: "≈",
    Outcome.CANNOT_TELL: "?",
    Outcome.WITHHELD: "∗",
}
"""No data has no sign: an empty cell says it."""
TINT, PLUM_TINT, GREY = "#e7eef9", "#f8e8f0", "#eceef1"
PART, NAME, LINE, GAP = 30, 20, 17, 10
"""Heights in pixels: the heading of a part, the name of an element, one line of a cell, the room below a row."""
LONGEST = 42
"""Letters of a name: more do not fit a phone."""


class Band(NamedTuple):
    """From where to where the heading of a part or the row of an element stands, and whether the row has any counts."""

    top: float
    end: float
    part: bool = False
    counts: bool = False


def element_grid(places: list[dict], elements: list[Element], cells: dict[str, dict[str, list[Line]]], view: View) -> dict:
    """The grid as a Plotly dict. `cells`: place -> element code -> its lines. `layout.meta.bare`: what paper may leave out."""
    height, shapes, labels, texts = 6.0, [], [], []
    bands: list[Band] = []
    family = ""
    for element in elements:
        if element.family != family:
            family = element.family
            labels.append(_label(evidence_words.family_name(family), height + PART - 6, theme.SOFT, bold=True))
            bands.append(Band(height, height + PART, part=True))
            height += PART
        top = height
        mine = [evidence.tally(cells[p["entity"]][element.code]) for p in places]
        stacks = [_stack(told) for told in mine]
        name = theme.short(evidence.label(element), LONGEST)
        said, color = (name, theme.INK) if any(stacks) else (_("%(name)s · no data") % {"name": name}, theme.SOFT)
        labels.append(_label(said, height + NAME - 3, color))
        height += NAME
        deep = LINE * max((len(s) for s in stacks), default=0)
        if not deep:
            shapes.append(_rule(height + 2))
            height += GAP
            bands.append(Band(top, height))
            continue
        for x, (place, told, stack) in enumerate(zip(places, mine, stacks, strict=True)):
            shapes.append(_cell(x, height, deep + 6, _fill(told)))
            texts.append((x, height + (deep + 6) / 2, place, element, told, stack))
        height += deep + 6 + GAP
        bands.append(Band(top, height, counts=True))
    return {
        "data": [_texts(texts, view)],
        "layout": theme.layout(
            round(height) + theme.TOP + 88,
            _("Indicators by what became of them"),
            meta={"shows": _("Indicators by what became of them"), "bare": _bare(bands)},
            margin={"l": 4, "r": 4, "t": theme.TOP + 84, "b": 4},
            shapes=shapes,
            annotations=labels,
            xaxis={
                **theme.label_axis(),
                "side": "top",
                "tickvals": list(range(len(places))),
                "ticktext": [_heading(p, view) for p in places],
                "autotickangles": [0, 90],
                "tickfont": {"size": 11.5, "color": theme.INK},
                "range": [-0.5, len(places) - 0.5],
            },
            yaxis={"visible": False, "range": [height, 0], "fixedrange": True},
        ),
    }


def _bare(bands: list[Band]) -> dict:
    """The rows of no counts, the headings of parts that have nothing else among them, and how many elements these are."""
    empty = [b for b in bands if not b.part and not b.counts]
    headings = [(i, b) for i, b in enumerate(bands) if b.part]
    ends = [i for i, _b in headings[1:]] + [len(bands)]
    alone = [b for (i, b), end in zip(headings, ends, strict=True) if not any(r.counts for r in bands[i:end])]
    return {"elements": len(empty), "bands": sorted([b.top, b.end] for b in [*empty, *alone])}


def _stack(told: dict[Outcome, int]) -> list[str]:
    return [f"{sign}{number(told[outcome])}" for outcome, sign in SIGNS.items() if told[outcome]]


def _fill(told: dict[Outcome, int]) -> str:
    """Blue where indicators only improved, plum where they only worsened, grey for anything else that is told."""
    better, worse = told[Outcome.IMPROVED], told[Outcome.WORSENED]
    if better and not worse:
        return TINT
    if worse and not better:
        return PLUM_TINT
    return GREY if any(told[outcome] for outcome in SIGNS) else "#ffffff"


def _heading(place: dict, view: View) -> str:
    name = theme.wrapped(str(place["name"]).removesuffix(" County"), 12)
    return f"<b>{name}</b>" if place["entity"] in view.place else name


def _label(text: str, y: float, color: str, bold: bool = False) -> dict:
    said = theme.escape_label(text)
    return theme.left_label(f"<b>{said}</b>", y, color) if bold else theme.left_label(said, y, color, size=12.5)


def _rule(y: float) -> dict:
    line = {"color": theme.LINE, "width": 1}
    return {"type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line, "layer": "below"}


def _cell(x: int, y: float, deep: float, fill: str) -> dict:
    return {
        "type": "rect",
        "xref": "x",
        "yref": "y",
        "x0": x - 0.47,
        "x1": x + 0.47,
        "y0": y,
        "y1": y + deep,
        "fillcolor": fill,
        "line": {"width": 1, "color": theme.LINE if fill == "#ffffff" else fill},
        "layer": "below",
    }


def _texts(cells: list[tuple], view: View) -> dict:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [c[0] for c in cells],
        "y": [c[1] for c in cells],
        "text": ["<br>".join(c[5]) for c in cells],
        "textfont": {"size": 13, "color": theme.INK},
        "customdata": [c[2]["entity"] for c in cells],
        "hovertext": [
            theme.escape_label(
                _("%(place)s, %(element)s: %(told)s")
                % {"place": place["name"], "element": _(element.name), "told": evidence.counted(told)}
            )
            for _x, _y, place, element, told, _stack in cells
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }
