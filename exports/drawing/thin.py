"""A grid of elements without those that have no data: fewer rows in letters that are read, rather than all in small ones."""

from itertools import pairwise

from components.i18n import ngettext, number

ABOVE, ABOVE_PART = 17, 24
"""Pixels from the top of a row to the foot of its label, and to that of a part's title (components/figures/element_grid.py)."""


def filled(figure: dict) -> tuple[dict, str]:
    """The figure without rows of no counts, and a sentence that says how many these are. Any other figure stays as it is."""
    layout = figure["layout"]
    labels = [n for n in layout.get("annotations", ()) if n.get("yanchor") == "bottom" and n.get("yref") == "y" and n["x"] == 0]
    if not labels or layout["yaxis"].get("visible", True) or not all(t.get("mode") == "text" for t in figure["data"]):
        return figure, ""
    marked = [y for t in figure["data"] for y in t["y"]]
    tops = [n["y"] - (ABOVE_PART if _is_part(n) else ABOVE) for n in labels]
    blocks = list(zip(labels, [*pairwise(tops), (tops[-1], layout["yaxis"]["range"][0])], strict=True))
    gone, part, under = [], None, False
    for label, (top, end) in blocks:
        if _is_part(label):
            gone += [part] if part and not under else []
            part, under = (top, end), False
        elif any(top <= y < end for y in marked):
            under = True
        else:
            gone.append((top, end))
    gone += [part] if part and not under else []
    empty = sum((top, end) in gone and not _is_part(label) for label, (top, end) in blocks)
    said = ngettext("%(n)s element has no data here.", "%(n)s elements have no data here.", empty) % {"n": number(empty)}
    return _without(figure, sorted(gone)), said if empty else ""


def _is_part(label: dict) -> bool:
    return label["text"].startswith("<b>")


def _without(figure: dict, gone: list[tuple[float, float]]) -> dict:
    """The rows below each gap move up into it."""
    layout = figure["layout"]

    def inside(y: float) -> bool:
        return any(top < y <= end for top, end in gone)

    def moved(y: float) -> float:
        return y - sum(min(y, end) - top for top, end in gone if top < y)

    low, high = layout["yaxis"]["range"]
    kept = {**layout, "yaxis": {**layout["yaxis"], "range": [moved(low), high]}}
    kept["height"] = round(layout["height"] - (low - moved(low)))
    kept["annotations"] = [
        {**n, "y": moved(n["y"])} if n.get("yref") == "y" else n
        for n in layout["annotations"] if n.get("yref") != "y" or not inside(n["y"])
    ]  # fmt: skip
    kept["shapes"] = [
        {**s, "y0": moved(s["y0"]), "y1": moved(s["y1"])} if s.get("yref") == "y" else s
        for s in layout.get("shapes", ()) if s.get("yref") != "y" or not inside(s["y1"])
    ]  # fmt: skip
    return {"data": [{**t, "y": [moved(y) for y in t["y"]]} for t in figure["data"]], "layout": kept}
