"""Tables that fit: the widths of their columns, and the first rows that there is room for."""

import re
from itertools import accumulate

from components.exhibit import Table
from components.i18n import _, number
from exports import signs
from exports.drawing import text
from exports.paper.words import lines as lines_of
from exports.paper.words import plain

SIZES, PAD, EXTRA = (13.0, 11.5, 10.0), 10.0, 7.2
"""Points: of the type, left and right of a cell together, above and below it together."""
CELL, TURNED, RULE = 140, 96, 0.8
"""Letters of a cell; points of a turned heading, and of the line below a shaded row."""
LEAST, LARGEST, STEP = 9.0, 11.0, 0.5
"""Points of a shaded table's letters, and by how much they shrink so that the whole table fits. The rest of it is left out."""


def table(of: Table, wide: float, high: float, sizes: tuple[float, ...] = SIZES) -> dict:
    """The table in a box of points: `size`, `columns`, `widths`, the first `rows` that fit, how many there are, their height.

    In the largest type in which all rows fit; else in a small one.
    """
    columns = [{"label": plain(c.label, 60), "number": c.kind == "number"} for c in of.columns]
    labels = [c["label"] for c in columns]
    every = [[plain(row.get(c.key, ""), CELL) for c in of.columns] for row in of.rows[:60]]
    for size in sizes:
        widths = _widths(labels, every, wide, size)
        head = _row(labels, widths, size) + 4
        deep = list(accumulate((_row(cells, widths, size) for cells in every), initial=head))
        if deep[-1] <= high and len(of.rows) == len(every):
            break
    fit = sum(1 for total in deep[1:] if total <= high)
    made = {"size": size, "columns": columns, "widths": widths, "rows": every[:fit], "of": len(of.rows), "high": deep[fit]}
    return made


def _row(cells: list[str], widths: list[float], size: float) -> float:
    """The height of a row."""
    return max(lines_of(cell, size, w - PAD, 600) for cell, w in zip(cells, widths, strict=True)) * size * 1.22 + EXTRA


def _widths(labels: list[str], rows: list[list[str]], wide: float, size: float) -> list[float]:
    """As wide as the longest cell where all fit; else what short columns leave is shared among the long ones, no word cut."""
    wanted, least = [], []
    for i, label in enumerate(labels):
        words = [word for cell in (label, *(row[i] for row in rows)) for word in re.split(r"[ \u200b]", cell)]
        longest = max((text.width(row[i], size, 600) for row in rows), default=0.0)
        word = max((text.width(word, size, 600) for word in words), default=0.0)
        wanted.append(1.05 * max(longest, word) + PAD + 2)
        least.append(1.05 * word + PAD + 2)
    if sum(wanted) <= wide:
        spare = min(1.35, wide / sum(wanted))
        return [w * spare for w in wanted]
    spare = wide - sum(least)
    if spare <= 0:
        return [w * wide / sum(least) for w in least]
    more = [(w - at) ** 0.75 for w, at in zip(wanted, least, strict=True)]
    return [at + spare * m / (sum(more) or 1) for at, m in zip(least, more, strict=True)]


def more(shown: int, of: int) -> str:
    """That rows are left out, and where they are; "" where none is."""
    values = {"n": number(shown), "all": number(of)}
    return _("The first %(n)s of %(all)s rows. The page and its spreadsheet have all of them.") % values if shown < of else ""


def grid(of: dict, wide: float, high: float) -> dict:
    """A shaded table in a box of points: its first `rows` that fit, how many there are, and their height."""
    columns = [plain(said, 46) for said, _look in of["columns"]]
    lines = _lines(of, len(columns))
    turned = len(columns) > 8
    first = min(0.3 * wide, 10 + max((text.width(label, 10.5, 700) for label, _h, _c in lines), default=80))
    each = (wide - first) / max(1, len(columns))
    lines, used = _signed(lines, each - 3)
    legend = [[plain(said, 60), look] for said, look in of["legend"]] + [[said, ""] for said in signs.told(used)]
    size = max(LEAST, min(LARGEST, each / 3.0))
    while True:
        rows = -(-sum(text.width(said, size) + 26 for said, _look in legend) // wide)
        deep = (TURNED + 8 if turned else 2.6 * size) + (10 + 14 * rows if legend else 0)
        tall = [_tall(cells, each, size) for _l, _h, cells in lines]
        pad = max(0.8, min(5.0, ((high - deep - sum(tall)) / max(1, len(lines)) - RULE) / 2))
        ends = list(accumulate((t + 2 * pad + RULE for t in tall), initial=deep))
        fit = max(1, sum(end <= high + 0.5 for end in ends[1:]))
        if fit == len(lines) or size <= LEAST:
            break
        size = max(LEAST, size - STEP)
    kept = lines[:fit]
    return {
        "corner": plain(of.get("corner") or _("Place"), 40), "columns": columns, "turned": turned, "deep": TURNED, "first": first,
        "size": size, "pad": pad, "rows": [[label, *(said for said, _look in cells)] for label, _h, cells in kept],
        "looks": [[look for _said, look in cells] for _l, _h, cells in kept], "heads": [head for _l, head, _c in kept],
        "legend": legend, "of": len(lines), "high": ends[len(kept)],
    }  # fmt: skip


Line = tuple[str, str, list[tuple[str, str]]]
"""Label, "part" or "mine" or "", and cells."""


def _signed(lines: list[Line], room: float) -> tuple[list[Line], set[str]]:
    """Signs in place of the words of statuses where one of them is too wide for its column; the words that gave way."""
    used = signs.words([cell for _l, _h, cells in lines for cell in cells])
    if not any(text.width(part, LEAST) > room for word in used for part in word.split()):
        return lines, set()
    out = []
    for label, head, cells in lines:
        said = [(signs.SIGNS[word] if look == "none" and word in used else word, look) for word, look in cells]
        out.append((label, head, said))
    return out, used


def _lines(of: dict, columns: int) -> list[Line]:
    """The lines of a shaded table; a part's name is a line of its own."""
    out: list[Line] = []
    for title, rows in of["parts"] if "parts" in of else [("", of["rows"])]:
        if title:
            out.append((plain(title, 60), "part", [("", "few")] * columns))
        for label, _link, mine, cells in rows:
            out.append((plain(label, 44), "mine" if mine else "", [(plain(said, 40), look) for said, look in cells]))
    return out


def _tall(cells: list[tuple[str, str]], each: float, size: float) -> float:
    """The height of a line: words such as "not published" take a line each where the cell is narrow."""
    words = [min(len(said.split()), lines_of(said, size, each - 3)) for said, look in cells if look == "none"]
    return 1.2 * size * max(words, default=1)
