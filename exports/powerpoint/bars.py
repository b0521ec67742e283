"""Native bar charts: named groups of bars whose labels say what the screen says, and the histogram of a large set."""

from components.exhibit import Shown
from components.i18n import _
from exports.powerpoint import chart_xml as xml
from exports.powerpoint.house import INK, NAVY, SOFT, Box
from exports.powerpoint.lines import Drawn
from exports.powerpoint.panel import Panel
from exports.powerpoint.text import plain, short, width
from exports.powerpoint.workbook import Workbook

SMALLEST = 9.0
"""Points of a name."""
Bar = tuple[float | None, str, str]
"""Value (None where it is hidden), what is written beside it, color."""


def groups_of(figure: dict) -> tuple[list[tuple[str, list[Bar]]], str]:
    """Names with their bars in order, and the line above them all. A bar of no length whose text holds no digit is hidden."""
    trace = figure["data"][0]
    heads = [a for a in figure["layout"].get("annotations", ()) if a.get("yref") == "y"]
    above = " ".join(plain(a["text"]) for a in heads if a.get("yanchor") == "top")
    named = sorted(((float(a["y"]), plain(a["text"])) for a in heads if a.get("yanchor") != "top"), key=lambda n: n[0])
    out: list[tuple[str, list[Bar]]] = [(name, []) for _y, name in named] or [("", [])]
    for x, y, text, color in zip(trace["x"], trace["y"], trace["text"], trace["marker"]["color"], strict=True):
        said = plain(text)
        value = float(x) if x or any(c.isdigit() for c in said) else None
        which = max((i for i, (at, _n) in enumerate(named) if at < y), default=0)
        out[which][1].append((value, said, color))
    return [g for g in out if g[1]], above


def most(box: Box) -> int:
    """How many names stand in a box in letters that are read."""
    return int(72 * (box.h - 0.1) / (SMALLEST / 0.62))


def hidden_in(groups: list[tuple[str, list[Bar]]]) -> list[str]:
    """What has no bar, and why: a name and what stands in place of the number."""
    return [f"{name}: {text}" for name, bars in groups for value, text, _c in bars if value is None]


def bar_chart(groups: list[tuple[str, list[Bar]]], shown: Shown, box: Box) -> Drawn:
    """One row a name, one series a bar of it."""
    book = Workbook()
    per = 72 * (box.h - 0.1) / max(len(groups), 1)
    count = max(len(bars) for _n, bars in groups)
    size = max(SMALLEST, min(13.0, per * (0.62 if count == 1 else 0.8) / max(1, count * 0.62)))
    room = 0.4 * 72 * box.w
    names = [short(name, 70) for name, _b in groups]
    book.add(_("Name"), names)
    left = min(room, max(width(n, size) for n in names) * 1.05 + 10)
    inner = (left / 72 / box.w, 0.02, 0.99, 0.98)
    longest = max((v for _n, bars in groups for v, _t, _c in bars if v is not None), default=1.0) or 1.0
    said = max((width(t, size) for _n, bars in groups for _v, t, _c in bars), default=0)
    room_right = min(0.5, (said + 12) / 72 / box.w / (inner[2] - inner[0]))
    heads = _heads(groups, shown, count)
    series = []
    for k in range(count):
        bars = [bars[k] if k < len(bars) else (None, "", "") for _n, bars in groups]
        series.append(_series(k, heads[k], bars, book, size))
    plot = (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{"".join(series)}'
        f'<c:gapWidth val="{60 if count == 1 else 45}"/><c:overlap val="0"/><c:axId val="301"/><c:axId val="302"/></c:barChart>'
        + xml.category_axis((301, 302), "l", size, turned=True)
        + xml.value_axis((302, 301), "b", 0, longest / (1 - room_right), size, hidden=True, between="between")
    )
    return Drawn(xml.space(plot, inner), book, inner)


def _series(index: int, head: str, bars: list[Bar], book: Workbook, size: float) -> str:
    column = book.add(head, [value for value, _t, _c in bars])
    texts = book.add(
        _("%(name)s, as written") % {"name": short(head, 45)}, [text if v is not None else "" for v, text, _c in bars]
    )
    usual = max(dict.fromkeys(c for _v, _t, c in bars if c), key=[c for _v, _t, c in bars].count)
    each = "".join(
        _colored(i, c)
        for i, (v, _t, c) in enumerate(bars) if v is not None and c != usual
    )  # fmt: skip
    said = "".join(
        xml.label_from_cell(i, text, "outEnd", size, "#" + INK, index == 0)
        for i, (v, text, _c) in enumerate(bars)
        if v is not None
    )
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>{xml.name_ref(book, column)}<c:spPr>{xml.fill(usual)}</c:spPr>'
        f'<c:invertIfNegative val="0"/>{each}{xml.labels(said, True)}<c:cat>{xml.texts_ref(book, 0)}</c:cat>'
        f"<c:val>{xml.numbers_ref(book, column)}</c:val>{xml.label_range(book, texts)}</c:ser>"
    )


def _colored(index: int, of: str) -> str:
    """A bar of another color than its series."""
    look = f"<c:spPr>{xml.fill(of)}</c:spPr>"
    return f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{look}</c:dPt>'


def _heads(groups: list[tuple[str, list[Bar]]], shown: Shown, count: int) -> list[str]:
    """What each bar of a name is: as the figure says, else the column of the table that holds the same texts."""
    named = shown.figure["layout"]["meta"].get("bars", []) if shown.figure else []
    if len(named) >= count:
        return named[:count]
    if count > 1:
        return [_("Bar %(n)s") % {"n": k + 1} for k in range(count)]
    said = {text for _n, bars in groups for value, text, _c in bars if value is not None}
    same = [c.label for c in shown.table.columns if said <= {row.get(c.key) for row in shown.table.rows}]
    return [same[0] if len(same) == 1 else _("Value")]


def histogram(panel: Panel, marked: dict[float, str], box: Box) -> Drawn:
    """Columns of places by rate. `marked`: values that get a name over their column, the chosen places and the state."""
    trace = next(t for t in panel.traces if t["type"] == "bar")
    book = Workbook()
    x = [float(v) for v in trace["x"]]
    step = x[1] - x[0] if len(x) > 1 else 2 * x[0]
    edges = [(f"{v - step / 2:g}", f"{v + step / 2:g}") for v in x]
    book.add(_("Rate, from–to under"), [_("%(low)s–%(high)s") % {"low": low, "high": high} for low, high in edges])
    column = book.add(panel.y.title or _("Number of places"), [int(v) for v in trace["y"]])
    named: dict[int, list[str]] = {}
    for value, name in marked.items():
        named.setdefault(min(len(x) - 1, int(value // step)), []).append(name)
    most = max(int(v) for v in trace["y"])
    inner = (0.9 / box.w, 0.3 / box.h, 0.985, 1 - 0.62 / box.h)
    said = "".join(
        f'<c:dLbl><c:idx val="{i}"/><c:tx>{xml.rich(["↓ " + ", ".join(names)], 11, "#" + NAVY, True)}</c:tx>'
        '<c:dLblPos val="outEnd"/>'
        f"{xml.shows('showVal')}</c:dLbl>"
        for i, names in sorted(named.items())
    )
    unit = panel.x.suffix.strip()
    grid = xml.step_of(1.15 * most, 4)
    look = f'<c:spPr>{xml.fill(trace["marker"]["color"])}</c:spPr><c:invertIfNegative val="0"/>'
    values = f"<c:cat>{xml.texts_ref(book, 0)}</c:cat><c:val>{xml.numbers_ref(book, column)}</c:val>"
    plot = (
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        '<c:ser><c:idx val="0"/><c:order val="0"/>'
        f"{xml.name_ref(book, column)}{look}{xml.labels(said)}{values}</c:ser>"
        '<c:gapWidth val="12"/><c:axId val="301"/><c:axId val="302"/></c:barChart>'
        + xml.category_axis((301, 302), "b", 10, of=SOFT, title=_("Rate, %(unit)s") % {"unit": unit} if unit else panel.x.title)
        + xml.value_axis((302, 301), "l", 0, 1.15 * most, 11, step=grid, form="#,##0", title=panel.y.title, between="between")
    )
    return Drawn(xml.space(plot, inner), book, inner)
