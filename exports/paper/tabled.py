"""Tables that fit: the widths of their columns, and the first rows that there is room for."""

from components.exhibit import Shown, Table
from components.i18n import _, number
from exports.drawing import text
from exports.paper.words import height, lines, plain

SIZE, PAD, EXTRA = 10.0, 10.0, 7.2
"""Points: of the type, left and right of a cell together, above and below it together."""
CELL = 140
"""Letters of a cell."""


def table(of: Table, wide: float, high: float, size: float = SIZE) -> dict:
    """The table in a box of points: `columns`, `widths`, the first `rows` that fit, and how many there are."""
    columns = [{"label": plain(c.label, 60), "number": c.kind == "number"} for c in of.columns]
    every = [[plain(row.get(c.key, ""), CELL) for c in of.columns] for row in of.rows[:60]]
    widths = _widths([c["label"] for c in columns], every, wide, size)
    room = high - _row([c["label"] for c in columns], widths, size) - 4
    rows = []
    for cells in every:
        takes = _row(cells, widths, size)
        if takes > room:
            break
        room -= takes
        rows.append(cells)
    return {"columns": columns, "widths": widths, "rows": rows, "of": len(of.rows)}


def _row(cells: list[str], widths: list[float], size: float) -> float:
    """The height of a row."""
    return max(lines(cell, size, w - PAD, 600) for cell, w in zip(cells, widths, strict=True)) * size * 1.22 + EXTRA


def _widths(labels: list[str], rows: list[list[str]], wide: float, size: float) -> list[float]:
    """As wide as the longest cell where all fit; else what short columns leave is shared among the long ones."""
    wanted = []
    for i, label in enumerate(labels):
        longest = max((text.width(row[i], size, 600) for row in rows), default=0.0)
        heading = max((text.width(word, size, 600) for word in label.split()), default=0.0)
        wanted.append(1.05 * max(longest, heading) + PAD + 2)
    if sum(wanted) <= wide:
        spare = min(1.35, wide / sum(wanted))
        return [w * spare for w in wanted]
    fair = wide / len(wanted)
    short = [w if w <= fair else 0.0 for w in wanted]
    left, rest = wide - sum(short), sum(w**0.7 for w, s in zip(wanted, short, strict=True) if not s)
    return [s or left * w**0.7 / rest for w, s in zip(wanted, short, strict=True)]


def more(shown: int, of: int) -> str:
    """That rows are left out, and where they are; "" where none is."""
    values = {"n": number(shown), "all": number(of)}
    return _("The first %(n)s of %(all)s rows. The page and its spreadsheet have all of them.") % values if shown < of else ""


def grid(of: dict, wide: float, high: float) -> dict:
    """A shaded table in a box of points, with `left_out` rows."""
    columns = [plain(said, 46) for said, _look in of["columns"]]
    parts = of["parts"] if "parts" in of else [("", of["rows"])]
    rows, looks, heads = [], [], []
    for title, found in parts:
        if title:
            rows.append([plain(title, 60), *[""] * len(columns)])
            looks.append(["few"] * len(columns))
            heads.append(True)
        for row in found:
            label, cells = row[1] if "parts" not in of else row[0], row[-1]
            rows.append([plain(label, 44), *(plain(said, 40) for said, _look in cells)])
            looks.append([look for _said, look in cells])
            heads.append(False)
    turned = len(columns) > 8
    first = min(0.3 * wide, 8 + max((text.width(r[0], 9.5, 700) for r in rows), default=80))
    each = (wide - first) / max(1, len(columns))
    deep = 12 + max((text.width(c, 9, 600) for c in columns), default=0) if turned else 2.6 * 9 * 1.3
    legend = [[plain(said, 60), look] for said, look in of["legend"]]
    high -= deep + (24 if legend else 0)
    size = max(6.0, min(9.5, each / 3.2))
    pad = max(1.2, min(4.0, (high / max(1, len(rows)) - 1.25 * size) / 2))
    fit = max(1, int(high // max(1.25 * size + 2 * pad, _tallest(rows, each, size) + 2 * pad)))
    return {
        "corner": plain(of.get("corner") or _("Place"), 40), "columns": columns, "turned": turned, "first": first, "size": size,
        "pad": pad, "rows": rows[:fit], "looks": looks[:fit], "heads": heads[:fit], "legend": legend,
        "left_out": len(rows) - min(fit, len(rows)), "of": len(rows),
    }  # fmt: skip


def _tallest(rows: list[list[str]], each: float, size: float) -> float:
    """The height of the usual row: words such as "not published" take several small lines."""
    tall = sorted(max((height(c, 0.72 * size, each - 6) for c in row[1:] if not c[:1].isdigit()), default=0.0) for row in rows)
    return tall[int(0.8 * (len(tall) - 1))] if tall else 0.0


def rows_of(shown: Shown) -> int:
    """Rows of the exhibit's own table."""
    return len(shown.table.rows)
