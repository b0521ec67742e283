"""Names at line ends of a figure drawn in another height or letters than it was made for: apart again, near their lines."""

from exports.drawing.text import LEADING, block
from exports.spread import spread


def respaced(figure: dict, height: float) -> dict:
    """The figure at a height in pixels, with the names at the line ends of each panel moved by as much as they now need."""
    layout = figure["layout"]
    notes = list(layout.get("annotations", ()))
    plot = height - layout["margin"]["t"] - layout["margin"]["b"]
    for axis in dict.fromkeys(n["yref"] for n in notes if _at_end(n)):
        of = layout["yaxis" + axis[1:]]
        (low, high), (foot, top) = of["range"], of.get("domain", (0, 1))
        tall = plot * (top - foot)
        mine = [i for i, n in enumerate(notes) if n["yref"] == axis and _at_end(n)]
        mine.sort(key=lambda i: (notes[i]["y"], notes[i].get("yshift", 0)))
        at = [tall * (notes[i]["y"] - low) / (high - low) for i in mine]
        halves = [
            len(block(notes[i]["text"], notes[i]["font"]["size"]).lines) * LEADING * notes[i]["font"]["size"] / 2 for i in mine
        ]
        for i, belongs, stands in zip(mine, at, spread(at, halves, tall), strict=True):
            notes[i] = {**notes[i], "yshift": stands - belongs}
    return {**figure, "layout": {**layout, "annotations": notes}}


def _at_end(note: dict) -> bool:
    """Whether a text stands in the middle of its height to the right of a point of a panel."""
    axis = note.get("yref", "")
    beside = note.get("xanchor") == "left" and "xshift" in note and note.get("yanchor", "middle") == "middle"
    return beside and (axis == "y" or axis[1:].isdigit())
