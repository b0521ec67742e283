"""A grid of elements without those that have no data: fewer rows in letters that are read, rather than all in small ones."""

from components.i18n import ngettext, number


def filled(figure: dict) -> tuple[dict, str]:
    """The figure without its bare rows, and a sentence that says how many these are. Any other figure stays as it is."""
    bare = figure["layout"].get("meta", {}).get("bare")
    if not bare or not bare["elements"]:
        return figure, ""
    said = ngettext("%(n)s element has no data here.", "%(n)s elements have no data here.", bare["elements"])
    return _without(figure, bare["bands"]), said % {"n": number(bare["elements"])}


def _without(figure: dict, gone: list[list[float]]) -> dict:
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
