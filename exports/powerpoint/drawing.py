"""From a figure to what stands on the slide: each kind of panel has one writer, and what the figure holds decides which."""

from math import ceil

from components.exhibit import Shown
from components.i18n import _, decimal, number
from exports.powerpoint import bars, behind, dots, elements, lines, maps, scatter, tables
from exports.powerpoint import rows as dotted
from exports.powerpoint.canvas import Canvas, Para
from exports.powerpoint.house import INK, SOFT, Box
from exports.powerpoint.panel import Panel
from exports.powerpoint.reading import panels
from exports.powerpoint.text import count_lines, short
from exports.thin import filled


def put(canvas: Canvas, shown: Shown, box: Box) -> None:
    """Draw an exhibit's figure in a box."""
    figure = shown.figure
    assert figure is not None
    alt = shown.alt or " ".join(shown.words) or shown.headline
    if maps.is_map(figure):
        return _map(canvas, shown, box, alt)
    found = panels(figure)
    kinds = {t["type"] for t in figure["data"]}
    if all(t.get("mode") == "text" for t in figure["data"]):
        _elements(canvas, figure, box, alt)
    elif kinds == {"bar"} and figure["data"][0].get("orientation") == "h":
        _bars(canvas, shown, box, alt)
    elif "bar" in kinds:
        _histogram(canvas, shown, found, box, alt)
    elif len(found[0].grounds) == 25:
        plot = behind.cells(canvas, found[0], box)
        canvas.chart(dots.point_chart(found[0], names_of(shown), plot, hidden=True), plot, _("Places in the five by five"), alt)
    elif dotted.is_rows(found[0]):
        _rows(canvas, found[0], names_of(shown), box, alt)
    elif any(map(lines.is_time, found)):
        _lines(canvas, found, box, alt)
    else:
        _points(canvas, shown, found[0], box, alt)


def _elements(canvas: Canvas, figure: dict, box: Box, alt: str) -> None:
    """The grid of elements; where it would be too small, without those that have no data."""
    table, said = elements.grid(panels(figure)[0]), ""
    if not tables.fits(table, box):
        figure, said = filled(figure)
        table = elements.grid(panels(figure)[0])
    tables.put(canvas, table, box, _("Table"), alt, said=said)


def names_of(shown: Shown) -> scatter.Names:
    """The whole names of the places of an exhibit, and what its table prints of each."""
    frame = shown.frame
    full: dict[str, str] = {}
    if {"cds_code", "name"} <= set(frame.columns):
        full = {str(code): short(name, 90) for code, name in zip(frame["cds_code"], frame["name"], strict=True)}
    numbers = [c.key for c in shown.table.columns if c.kind == "number"]
    said = {row["entity"]: [row.get(key, "") for key in numbers] for row in shown.table.rows if row.get("entity")}
    return scatter.Names(full, said)


def _rows(canvas: Canvas, panel: Panel, names: scatter.Names, box: Box, alt: str) -> None:
    """Rows of names in one column, or in several on the same scale; of more than fit, the first and the chosen, and how many."""
    every = dotted.rows_of(panel)
    key = [s for s in panel.series if s.across and s.name]
    if len(key) > 1:
        box = _key(canvas, key, box)
    most = 3 if box.w > 10 else 2
    if not _parts(every, most, dotted.room_of(panel, box.h)):
        count, total = len(every), box.h
        box = box._replace(h=box.h - 0.3)
        while not _parts(every, most, dotted.room_of(panel, box.h)):
            last = max((i for i, row in enumerate(every) if not row.bold), default=len(every) - 1)
            every = [*every[:last], *every[last + 1 :]]
        text = _("%(shown)s of %(n)s rows stand here, the first and the chosen. The page behind the link below has them all.")
        said = text % {"shown": number(len(every)), "n": number(count)}
        canvas.text(Box(box.x, box.y + total - 0.26, box.w, 0.26), [Para(said, 11, SOFT)], _("Rows left out"))
    columns = _parts(every, most, dotted.room_of(panel, box.h))
    span = dotted.span_of(panel, 8 if len(columns) < 3 else 4)
    for i, part in enumerate(columns):
        wide = box.w / len(columns)
        column = Box(box.x + i * (wide + 0.05), box.y, wide - 0.1 * (len(columns) > 1), box.h)
        name = _("Chart") if len(columns) == 1 else _("Chart %(i)s of %(n)s") % {"i": i + 1, "n": len(columns)}
        canvas.chart(dotted.row_chart(panel, part, names, column, span), column, name, alt)


def _parts(rows: list[dotted.Row], most: int, room: float) -> list[list[dotted.Row]]:
    """The rows in as few columns as hold them; [] where they are too many."""
    for parts in range(1, most + 1):
        each = ceil(len(rows) / parts)
        found = [rows[i * each : (i + 1) * each] for i in range(parts)]
        if all(dotted.deep(part) <= room for part in found):
            return [part for part in found if part]
    return []


def _key(canvas: Canvas, series: list, box: Box) -> Box:
    """What each kind of mark is, above a chart with several. Returns the rest of the box."""
    entries = []
    for of in reversed(series):
        point = next(p for p in of.points if p)
        mark = {"symbol": point.symbol, "color": point.fill, "size": 13, "line": {"color": point.edge}}
        entries.append((of.name, {"marker": mark}))
    high = maps.legend(canvas, entries, Box(box.x, box.y, box.w, 0.3), across=True)
    return Box(box.x, box.y + high + 0.05, box.w, box.h - high - 0.05)


def _lines(canvas: Canvas, found: list[Panel], box: Box, alt: str) -> None:
    """Panels beside each other on one scale; one panel fills the slide."""
    drawn = [p for p in found if p.series or p.title]
    ends = lines.ends_of(drawn)
    top = max((p.y.high or 0 for p in drawn), default=0) or 1.0
    across = _across(len(drawn), box)
    down = ceil(len(drawn) / across)
    gap = 0.2
    w, h = (box.w - gap * (across - 1)) / across, (box.h - 0.12 * (down - 1)) / down
    for i, panel in enumerate(drawn):
        row, column = divmod(i, across)
        cell = Box(box.x + column * (w + gap), box.y + row * (h + 0.12), w, h)
        titled = bool(panel.title) and len(drawn) > 1
        if titled:
            head, cell = cell._replace(h=0.24), Box(cell.x, cell.y + 0.24, cell.w, cell.h - 0.24)
            canvas.text(head, [Para(short(panel.title, int(head.w * 11)), 12, INK, True)], panel.title, anchor="b")
        if not panel.series:
            said = " ".join(text for note in panel.notes for text in note.lines) or _("no number to show")
            canvas.text(cell, [Para(said, 11, SOFT, align="ctr")], said, anchor="ctr")
            continue
        chart = lines.line_chart(panel, cell, ends, top, len(drawn) > 1)
        behind.years(canvas, panel, chart, cell, len(drawn) > 1)
        canvas.chart(chart, cell, panel.title or _("Chart"), _told(panel) if titled else alt)


def _across(count: int, box: Box) -> int:
    wide = box.w > 10
    if count <= 3:
        return count
    if count <= 6:
        return 3 if wide else 2
    return 4 if wide else 3


def _told(panel: Panel) -> str:
    """The lines of a panel in words: the first and the last value of each."""
    out = []
    for of in panel.series:
        shown = sorted((p for p in of.points if p), key=lambda p: p.x)
        if shown:
            values = {"name": of.name, "first": decimal(shown[0].y), "last": decimal(shown[-1].y),
                      "a": lines._place(int(shown[0].x)), "b": lines._place(int(shown[-1].x))}  # fmt: skip
            out.append(_("%(name)s: %(first)s in %(a)s, %(last)s in %(b)s") % values)
    return _("Line chart, %(title)s. %(said)s.") % {"title": panel.title, "said": "; ".join(out)}


def _bars(canvas: Canvas, shown: Shown, box: Box, alt: str) -> None:
    assert shown.figure is not None
    groups, above = bars.groups_of(shown.figure)
    hidden = bars.hidden_in(groups)
    groups = [(name, found) for name, found in groups if any(v is not None for v, _t, _c in found)]
    if above:
        canvas.text(box._replace(h=0.3), [Para(above, 12, SOFT)], above)
        box = Box(box.x, box.y + 0.34, box.w, box.h - 0.34)
    if hidden:
        said = _("Without a bar: %(list)s.") % {"list": "; ".join(hidden)}
        high = 0.22 * min(3, count_lines(said, 11, 72 * box.w))
        canvas.text(
            Box(box.x, box.y + box.h - high, box.w, high), [Para(short(said, int(box.w * 39)), 11, SOFT)], _("Without a bar")
        )
        box = box._replace(h=box.h - high - 0.08)
    most = bars.most(box)
    if len(groups) > most:
        left, groups = len(groups) - most + 1, groups[: most - 1]
        canvas.text(Box(box.x, box.y + box.h - 0.26, box.w, 0.26), [Para(tables.more(left), 11, SOFT)], _("Left out here"))
        box = box._replace(h=box.h - 0.3)
    if groups:
        canvas.chart(bars.bar_chart(groups, shown, box), box, _("Chart"), alt)


def _histogram(canvas: Canvas, shown: Shown, found: list[Panel], box: Box, alt: str) -> None:
    """Columns with the names of the state and the chosen places; below, the chosen places with their intervals."""
    first, *others = found
    marked = {r.at: r.name for r in first.rules if r.name}
    rows = [(p, dotted.rows_of(p)) for p in others if dotted.is_rows(p)]
    for panel, named in rows:
        at = {r.at: r.name for r in named}
        marked |= {p.x: at[p.y] for s in panel.series for p in s.points if p and p.y in at}
    below = min(1.6, 0.55 + 0.25 * sum(len(named) for _p, named in rows)) if rows else 0
    upper = box._replace(h=box.h - below)
    canvas.chart(bars.histogram(first, marked, upper), upper, _("Chart"), alt)
    for panel, named in rows:
        lower = Box(box.x, box.y + box.h - below, box.w, below)
        canvas.chart(
            dotted.row_chart(panel, named, names_of(shown), lower, dotted.span_of(panel)), lower, _("Chosen places"), alt
        )


def _points(canvas: Canvas, shown: Shown, panel: Panel, box: Box, alt: str) -> None:
    names = names_of(shown)
    numbered = [(p.text, names.full.get(p.entity, "")) for s in panel.series for p in s.points if p and p.text]
    if numbered:
        said = _("In the dots: %(list)s.") % {"list": "; ".join(f"{n} {short(name, 40)}" for n, name in numbered)}
        high = 0.2 * min(4, count_lines(said, 10, 72 * box.w))
        foot = Box(box.x, box.y + box.h - high, box.w, high)
        canvas.text(foot, [Para(short(said, int(box.w * 60)), 10, SOFT)], _("Names of the dots"))
        box = box._replace(h=box.h - high - 0.06)
    canvas.chart(dots.point_chart(panel, names, box), box, _("Chart"), alt)


def _map(canvas: Canvas, shown: Shown, box: Box, alt: str) -> None:
    """The map at the left, its legend and first sentences at the right; a broad map has them below."""
    assert shown.figure is not None
    shape = maps.proportion(shown.figure)
    beside = min(box.h * shape, box.w * 0.62)
    land = Box(box.x, box.y, beside, box.h)
    entries = maps.put(canvas, shown.figure, land, alt)
    aside = Box(box.x + beside + 0.35, box.y + 0.1, box.w - beside - 0.35, box.h - 0.1)
    high = maps.legend(canvas, list(dict(entries).items()), aside, across=False)
    room = Box(aside.x, aside.y + high + 0.2, aside.w, aside.h - high - 0.2)
    paras, used = [], 0.0
    for sentence in shown.words:
        tall = count_lines(sentence, 13, 72 * room.w) * 13 * 1.25 / 72 + 0.09
        if used + tall > room.h:
            break
        paras.append(Para(sentence, 13, INK, after=6))
        used += tall
    if paras:
        canvas.text(room, paras, _("In words"))
