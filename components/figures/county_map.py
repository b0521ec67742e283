"""California's counties or regions as filled shapes in five classes of one blue. The table beside it says the same."""

from components import facts, geography
from components.figures import ground, shades, theme
from components.geography import Box
from components.i18n import _
from components.view import View
from data import registry
from data.registry import Indicator


def county_map(frame: facts.Frame, indicator: Indicator, view: View, extent: Box | None = None) -> dict:
    """One filled trace a county of an enriched ranking frame of counties or regions: a region's counties have its shade.

    One without a ranked rate is gray, dotted and named in words. `extent`: the part of California that the frame is about;
    counties there that are not in the frame are land. Without it, a county that is not in the frame is not published.
    """
    bounds = shades.bounds_of(frame)
    rows = {r["entity"]: r for r in facts.records(frame)}
    found = {c: rows.get(c.entity) or rows.get(c.region) for c in registry.counties}
    drawn = extent or geography.state()
    where = _("California") if drawn == geography.state() else ""
    said = theme.title(indicator, frame["student_group"].iloc[0], int(frame["year"].iloc[0]), where)
    traces = [_shape(county, row, bounds, view) for county, row in found.items() if row or extent is None]
    # Drawn last, so that its outline lies above the neighbors'.
    traces.sort(key=lambda t: t["line"]["width"])
    under = [ground.land(drawn)] if len(traces) < len(found) else []
    some_without = any(not r["ranked"] for r in rows.values()) or (extent is None and None in found.values())
    legend = _legend(bounds, some_without, indicator.unit)
    names = ground.names(drawn, {c.code for c, row in found.items() if row})
    return {"data": [*legend, *under, *traces, *ground.borders(view, drawn), names], "layout": ground.layout(drawn, said)}


def _shape(county: registry.County, row: dict | None, bounds: list[float], view: View) -> dict:
    ranked = bool(row and row["ranked"])
    shape = geography.shapes()[county.fips]
    mine = county.entity in view.place
    said = (
        theme.said_of(row)
        if row
        else theme.escape_label(_("%(name)s: %(value)s") % {"name": county.name, "value": _("not published")})
    )
    return {
        "type": "scatter",
        "mode": "lines",
        "x": shape["x"],
        "y": shape["y"],
        "fill": "toself",
        "hoveron": "fills",
        "showlegend": False,
        "fillcolor": theme.BLUES[shades.class_of(row["rate"], bounds)] if row and ranked else theme.NONE,
        "line": {
            "color": theme.INK if mine else "#ffffff" if ranked else theme.PEER,
            "width": 2.5 if mine else 0.8,
            "dash": "solid" if ranked or mine else "dot",
        },
        "text": said,
        "hoverinfo": "text",
        "customdata": [row["entity"] if row else county.entity],
        "name": theme.escape_label(county.name),
    }


def _legend(bounds: list[float], some_without: bool, unit: str) -> list[dict]:
    named = [(_("with a rate"), theme.BLUES[shades.ALONE])]
    if bounds:
        named = list(zip(shades.class_names(bounds, unit), theme.BLUES, strict=True))
    entries = [*named, (_("not shaded"), theme.NONE)] if some_without else named
    return [ground.entry(name, color=color) for name, color in entries]
