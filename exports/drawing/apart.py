"""Names at line ends of a figure that is drawn lower than it was made: pushed apart again, so that none touches another."""

from exports.drawing.text import LEADING, block


def respaced(figure: dict, height: float) -> dict:
    """The figure at a height in pixels, with the labels of each panel's lines moved up by as much as they now need."""
    layout = figure["layout"]
    if "yaxis2" not in layout or height >= layout["height"]:
        return figure
    margin = layout["margin"]
    plot = height - margin["t"] - margin["b"]
    notes = list(layout.get("annotations", ()))
    pushed = {n["yref"] for n in notes if n.get("yshift") and _at_end(n)}
    for axis in pushed:
        of = layout["yaxis" + axis[1:]]
        low, high = of["range"]
        scale = plot * (of["domain"][1] - of["domain"][0]) / (high - low)
        floor = float("-inf")
        mine = [i for i, n in enumerate(notes) if n.get("yref") == axis and _at_end(n)]
        for i in sorted(mine, key=lambda i: (notes[i]["y"], notes[i].get("yshift", 0))):
            pixel, size = scale * (notes[i]["y"] - low), notes[i]["font"]["size"]
            half = len(block(notes[i]["text"], size).lines) * LEADING * size / 2
            stands = max(pixel, floor + half)
            floor = stands + half
            notes[i] = {**notes[i], "yshift": stands - pixel}
    return {**figure, "layout": {**layout, "annotations": notes}}


def _at_end(note: dict) -> bool:
    """Whether a text stands to the right of a point of a panel."""
    axis = note.get("yref", "")
    return note.get("xanchor") == "left" and "xshift" in note and (axis == "y" or axis[1:].isdigit())
