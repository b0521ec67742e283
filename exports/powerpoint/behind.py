"""What lies behind a chart and is no number: years that cannot be compared, names of lines, the cells of the five by five."""

from components.i18n import _, school_year
from exports.powerpoint.canvas import Canvas, Para
from exports.powerpoint.house import INK, SOFT, Box
from exports.powerpoint.lines import Drawn
from exports.powerpoint.panel import Ground, Panel
from exports.powerpoint.text import fitting, width


def years(canvas: Canvas, panel: Panel, drawn: Drawn, box: Box, small: bool) -> None:
    """Bands and upright lines of a chart of years, as one group behind it: they move with nothing but themselves."""
    plot = box.part(*drawn.inner)
    size = 9.0 if small else 11.0

    def x(value: float) -> float:
        return plot.x + plot.w * (value - drawn.first) / drawn.span

    children, said = [], []
    for ground in panel.grounds:
        low, high = ground.part
        part = Box(x(ground.x0), plot.y + plot.h * (1 - high), x(ground.x1) - x(ground.x0), plot.h * (high - low))
        alt = _between(ground) if high - low > 0.5 else _("Grant years")
        children.append(canvas.shape(part, alt, alt, ground.fill))
        said.append(alt)
    for rule in panel.rules:
        if rule.axis == "x":
            upright = Box(x(rule.at), plot.y, 0, plot.h)
            children.append(canvas.stroke(upright, rule.name or _("Line"), rule.name or _("Line"), rule.color, 1, rule.dash))
            said.append(rule.name)
    for note in panel.notes:
        if note.x is None or note.y is not None or not note.part or (small and note.part < 1):
            continue
        wide = max(width(text, size) for text in note.lines) * 1.15 / 72 + 0.1
        high = len(note.lines) * size * 1.25 / 72
        top = plot.y - high if note.part >= 1 else plot.y + plot.h * (1 - note.part) - high
        place = Box(x(note.x) - (wide if _strip(panel, note.x) else wide / 2), top, wide, high)
        children.append(
            canvas.text_xml(place, [Para(text, size, SOFT, align="ctr") for text in note.lines], " ".join(note.lines))
        )
    for i, text in enumerate(drawn.ends or ()):
        wide = width(text, 9) * 1.2 / 72 + 0.05
        foot = Box(plot.x + plot.w - wide if i else plot.x, plot.y + plot.h + 0.03, wide, 0.2)
        children.append(canvas.text_xml(foot, [Para(text, 9, SOFT, align="r" if i else "l")], text))
        said.append(text)
    canvas.group(plot, _("Behind the chart"), "; ".join(filter(None, said)), children)


def _strip(panel: Panel, at: float) -> bool:
    """Whether a text ends with a strip at the foot rather than standing in its middle."""
    return any(g.part[1] < 0.5 and abs(g.x1 - at) < 1e-6 for g in panel.grounds)


def _between(ground: Ground) -> str:
    values = {"first": school_year(round(ground.x0 + 0.5)), "last": school_year(round(ground.x1 - 0.5))}
    return _("%(first)s to %(last)s cannot be compared with other years") % values


def cells(canvas: Canvas, panel: Panel, box: Box) -> Box:
    """The cells of the five by five with their names, and the names of its rows and columns. Returns where the dots go."""
    left, below = 1.05, 0.5
    plot = Box(box.x + left, box.y, box.w - left, box.h - below)
    low_x, high_x, low_y, high_y = panel.x.low or 0.0, panel.x.high or 1.0, panel.y.low or 0.0, panel.y.high or 1.0

    def at(x: float, y: float) -> tuple[float, float]:
        return plot.x + plot.w * (x - low_x) / (high_x - low_x), plot.y + plot.h * (high_y - y) / (high_y - low_y)

    children, told = [], []
    for ground in panel.grounds:
        (x0, y1), (x1, y0) = at(ground.x0, ground.y0 or 0), at(ground.x1, ground.y1 or 0)
        cell = Box(x0, y0, x1 - x0, y1 - y0)
        inside = [n for n in panel.notes if _in(n.x, n.y, ground) and not n.bold]
        corner = [n for n in inside if n.y is not None and ground.y1 is not None and n.y > ground.y1 - 0.1]
        lines = [text for n in corner for text in n.lines]
        middle = [text for n in inside if n not in corner for text in n.lines]
        status, change = (panel.y.ticks.get(round(sum((ground.y0 or 0, ground.y1 or 0)) / 2), ""),
                          panel.x.ticks.get(round((ground.x0 + ground.x1) / 2), ""))  # fmt: skip
        name = _("%(status)s, %(change)s: %(what)s") % {"status": status, "change": change, "what": " ".join([*lines, *middle])}
        paras = [Para(" ".join(lines), 10, INK)] if lines else []
        paras += [Para(text, 18, INK, True, "ctr") for text in middle]
        children.append(canvas.text_xml(cell, paras, name, ground=ground.fill, inset=0.05))
        told.append(name)
    for value, text in panel.y.ticks.items():
        _x, y = at(0, value)
        paras = [Para(text, fitting(text, (11, 10), 72 * (left - 0.1), 2), INK, align="r")]
        children.append(canvas.text_xml(Box(box.x, y - 0.25, left - 0.08, 0.5), paras, text, anchor="ctr"))
    for value, text in panel.x.ticks.items():
        x, _y = at(value, 0)
        wide = plot.w / 5
        paras = [Para(text, fitting(text, (11, 10, 9), 72 * wide, 2), INK, align="ctr")]
        children.append(canvas.text_xml(Box(x - wide / 2, plot.y + plot.h + 0.04, wide, below - 0.06), paras, text))
    canvas.group(box, _("Cells of the five by five"), "; ".join(told), children)
    return plot


def _in(x: float | None, y: float | None, ground: Ground) -> bool:
    if x is None or y is None or ground.y0 is None or ground.y1 is None:
        return False
    return ground.x0 - 0.01 <= x <= ground.x1 + 0.01 and ground.y0 - 0.01 <= y <= ground.y1 + 0.01
