"""What anybody knows about the cube before a number is shown: sums, parts, months, weights. As rows of one linear system.

The identities stand in `data/reference/local/identities.csv`. Its columns `parts` and `whole` name cells: a fact (`*`: any,
`|`: or) and what else they have in common; `whole` says what changes from a part to its whole. Kinds:
sum: the parts are the whole · cover: they overlap, and are the whole together · within: a part is at most the whole ·
grows: not less than the month before · adds, reaches: to date is last month's and this month's, or at most ·
weigh: the parts times their weights are at most the whole · beside: hidden where that is hidden.
`holds`: always, or mostly (a student may go to two schools); an attacker believes the latter until it contradicts what is shown.
"""

from dataclasses import dataclass, field

import numpy as np

from data.privacy.cube import NONE, Cube, Numbers, before, families, pillars, table

FAR = 1e10
MOST = FAR / 10
"""The largest number that a cell can hold: travel documents have none larger."""


@dataclass
class Rows:
    """Rows `low <= sum(c x) <= high`. In flat arrays: row, cell, c. `soft`: believed, not known; `name`: the identity."""

    row: list[Numbers] = field(default_factory=list)
    cell: list[Numbers] = field(default_factory=list)
    weight: list[Numbers] = field(default_factory=list)
    low: list[Numbers] = field(default_factory=list)
    high: list[Numbers] = field(default_factory=list)
    soft: list[Numbers] = field(default_factory=list)
    name: list[Numbers] = field(default_factory=list)
    size: int = 0

    def add(
        self, row: Numbers, cell: Numbers, weight: Numbers, low: float, high: float, name: str = "", soft: bool = False
    ) -> None:
        """Entries of new rows, numbered from 0 here."""
        new = int(row.max()) + 1 if len(row) else 0
        self.row.append(row + self.size)
        self.cell.append(cell)
        self.weight.append(weight.astype(float))
        self.low.append(np.full(new, float(low)))
        self.high.append(np.full(new, float(high)))
        self.soft.append(np.full(new, soft))
        self.name.append(np.full(new, name, dtype=object))
        self.size += new

    def pairs(self, less: Numbers, more: Numbers, gap: Numbers | float = 0, name: str = "", soft: bool = False) -> None:
        """`less + gap <= more`, pair by pair."""
        n = len(less)
        self.add(
            np.tile(np.arange(n), 2), np.concatenate([less, more]), np.repeat([1.0, -1.0], n), -FAR, 0, name, soft
        )  # fmt: skip
        if n:
            self.high[-1] = -np.broadcast_to(np.asarray(gap, float), (n,)).copy()

    def share(self, part: Numbers, whole: Numbers, least: float, most: float) -> None:
        """`least * whole <= part <= most * whole`, pair by pair."""
        for bound, low, high in ((least, 0, FAR), (most, -FAR, 0)):
            n = len(part)
            weight = np.repeat([1.0, -bound], n)
            self.add(np.tile(np.arange(n), 2), np.concatenate([part, whole]), weight, low, high, "share")

    def copy(self) -> "Rows":
        row, cell, weight, low, high, soft, name = (list(p) for p in self._lists())
        return Rows(row, cell, weight, low, high, soft, name, self.size)

    def _lists(self) -> tuple[list[Numbers], ...]:
        return self.row, self.cell, self.weight, self.low, self.high, self.soft, self.name

    def flat(self) -> tuple[Numbers, ...]:
        """(row, cell, weight, low, high, soft, name) as arrays."""
        return tuple(np.concatenate(p) if p else np.zeros(0) for p in self._lists())


def pick(cube: Cube, text: str) -> Numbers:
    """The cells that a text of `parts` names."""
    found = np.zeros(cube.size, bool)
    for one in text.split(";"):
        names, *rest = one.split()
        mine = np.ones(cube.size, bool) if names == "*" else cube.flag("fact", names.split("|"))
        for key, words in (token.split("=") for token in rest):
            mine &= cube.flag(key, _words(words))
        found |= mine
    return found


def _words(text: str) -> list[str]:
    if text.startswith("family:"):
        return sorted(families()[text[7:]])
    if text in ("pillars", "categories"):
        return sorted(set(pillars().values()) if text == "pillars" else pillars())
    return [word.split("*")[0] for word in text.split("|")]


def lift(cube: Cube, text: str) -> Numbers:
    """For each cell the row of its whole, or NONE."""
    to: dict[str, str | dict] = {}
    for key, word in (token.split("=") for token in text.split()):
        to[key] = pillars() if (key, word) == ("service", "pillar") else word
        if (key, word) == ("level", "district"):
            to["entity"] = {entity: f"{entity[:7]}0000000" for entity in cube.words["entity"]}
    return cube.lifted(**to)


def weights(cube: Cube, text: str) -> Numbers:
    """The weight of each cell by its band, as in `band=1*1|2_4*2`."""
    words = dict(pair.split("*") for pair in text.split("band=")[1].split("|"))
    by_code = np.zeros(len(cube.words["band"]) + 1)
    for word, weight in words.items():
        if word in cube.words["band"]:
            by_code[cube.words["band"][word]] = float(weight)
    return by_code[cube.codes["band"]]


def previous(cube: Cube) -> Numbers:
    """For each cell the row of the same cell a month earlier in its school year, or NONE."""
    return cube.lifted(month={month: before(int(month)) for month in cube.words["month"]})


def beside(cube: Cube, hidden: Numbers) -> Numbers:
    """Which cells are hidden because another cell of the same place is."""
    out = np.zeros(cube.size, bool)
    for row in (r for r in table("identities") if r["kind"] == "beside"):
        other = lift(cube, row["whole"])
        out |= pick(cube, row["parts"]) & (other != NONE) & hidden[other]
    return out


def build(cube: Cube) -> Rows:
    """The rows of every identity for the cells that there are."""
    rows = Rows()
    last = previous(cube)
    for line in table("identities"):
        KINDS.get(line["kind"], _nothing)(rows, cube, line, last)
    wholes = cube.wholes()
    parts = np.flatnonzero((wholes != NONE) & ~cube.plain)
    rows.pairs(parts, wholes[parts], name="part")
    return rows


def order(rows: Rows, cube: Cube, same: Numbers, shown: Numbers, out: Numbers, base: int) -> int:
    """Rows for what anybody reads in our code: rounding keeps the order of a place's numbers of one fact and group (`same`).

    Between those shown as 30 and those shown as 40 lies a number that is not known. These numbers are cells behind those of the
    cube; returns how many.
    """
    at = np.flatnonzero(~out)
    if not len(at):
        return 0
    level = np.stack([same[at], np.round(shown[at] / base)]).astype(np.int64)
    sort = np.lexsort((level[1], level[0]))
    new = np.r_[True, (np.diff(level[:, sort], axis=1) != 0).any(axis=0)]
    number = np.empty(len(at), np.int64)
    number[sort] = np.cumsum(new) - 1
    first = level[:, sort[new]]
    next_ = np.r_[(np.diff(first[0]) == 0) & (np.diff(first[1]) == 1), False]
    border = np.where(next_, cube.size + np.cumsum(next_) - 1, NONE)
    above, below = border[number], np.r_[NONE, border[:-1]][number]
    for less, more, gap in ((at, above, 0), (below, at, 1)):
        has = (less != NONE) & (more != NONE)
        rows.pairs(less[has], more[has], gap=gap, name="order")
    return int(next_.sum())


def _nothing(*_: object) -> None:
    """Kinds that are no rows."""


def _groups(cube: Cube, line: dict) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Parts, and for each the number of its row; wholes, one a row."""
    whole = lift(cube, line["whole"])
    part = np.flatnonzero(pick(cube, line["parts"]) & (whole != NONE) & (whole != np.arange(cube.size)))
    wholes, row = np.unique(whole[part], return_inverse=True)
    return part, row, wholes, np.arange(len(wholes))


def _sum(rows: Rows, cube: Cube, line: dict, last: Numbers) -> None:
    part, row, whole, own = _groups(cube, line)
    weight = np.concatenate([np.ones(len(part)), -np.ones(len(whole))])
    rows.add(np.concatenate([row, own]), np.concatenate([part, whole]), weight, 0, 0, line["identity"], line["holds"] == "mostly")


def _cover(rows: Rows, cube: Cube, line: dict, last: Numbers) -> None:
    part, row, whole, own = _groups(cube, line)
    soft = line["holds"] == "mostly"
    weight = np.concatenate([np.ones(len(part)), -np.ones(len(whole))])
    rows.add(np.concatenate([row, own]), np.concatenate([part, whole]), weight, 0, FAR, line["identity"], soft)
    rows.pairs(part, whole[row], name=line["identity"], soft=soft)


def _within(rows: Rows, cube: Cube, line: dict, last: Numbers) -> None:
    part, row, whole, _own = _groups(cube, line)
    rows.pairs(part, whole[row], name=line["identity"], soft=line["holds"] == "mostly")


def _weigh(rows: Rows, cube: Cube, line: dict, last: Numbers) -> None:
    part, row, whole, own = _groups(cube, line)
    weight = np.concatenate([weights(cube, line["parts"])[part], -np.ones(len(whole))])
    rows.add(
        np.concatenate([row, own]), np.concatenate([part, whole]), weight, -FAR, 0, line["identity"], line["holds"] == "mostly"
    )


def _grows(rows: Rows, cube: Cube, line: dict, last: Numbers) -> None:
    now = np.flatnonzero(pick(cube, line["parts"]) & (last != NONE))
    rows.pairs(last[now], now, name=line["identity"], soft=line["holds"] == "mostly")


def _adds(rows: Rows, cube: Cube, line: dict, last: Numbers) -> None:
    month = cube.lifted(span="month")
    now = np.flatnonzero(pick(cube, f"{line['parts']} span=ytd") & (month != NONE) & (last != NONE))
    n = len(now)
    high = FAR if line["kind"] == "reaches" else 0
    rows.add(
        np.tile(np.arange(n), 3), np.concatenate([last[now], month[now], now]), np.repeat([1.0, 1.0, -1.0], n), 0, high,
        line["identity"], line["holds"] == "mostly",
    )  # fmt: skip


KINDS = {
    "sum": _sum,
    "cover": _cover,
    "within": _within,
    "weigh": _weigh,
    "grows": _grows,
    "adds": _adds,
    "reaches": _adds,
}
