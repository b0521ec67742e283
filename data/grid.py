"""The state's five-by-five grid: status, change, color and box from counts, by the cut scores of the California School Dashboard.

Owns dashboard_cutscores.csv, dashboard_colors.csv and dashboard_variants.csv; a gap, an overlap or a missing cell fails at import
with file and row. Exact on integers: what stands here is the rule, data/grid_many.py is the same for whole sets.
Levels run from 1 (the bad end) to 5; of colors 1 is Red and 5 is Blue.
"""

import csv
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from data.registry import REFERENCE, Indicator, RegistryError

COLORS = {1: "Red", 2: "Orange", 3: "Yellow", 4: "Green", 5: "Blue"}
STATUS = {5: "Very Low", 4: "Low", 3: "Medium", 2: "High", 1: "Very High"}
CHANGE = {5: "Declined Significantly", 4: "Declined", 3: "Maintained", 2: "Increased", 1: "Increased Significantly"}
FAMILIES = {"chronic_dashboard": "CHRO", "suspension_dashboard": "SUSP"}
"""File family -> how the reference tables call its indicator."""
SHOWN, COLORED, FEW_COLORED, FULL = 11, 30, 15, 150
"""Students for a status; in both years for a color; for a color of the small groups of an agency; for all five changes."""
SMALL_GROUPS = ("FOS", "HOM", "LTEL")
"""Foster, homeless and long-term English learners: 15 students are enough for a color of a district."""


@dataclass(frozen=True)
class Table:
    """One variant's cut scores and colors. `status` and `change`: the upper ends of levels 5, 4, 3 and 2 in tenths.

    `colors`: (status level, change level) -> 1 to 5, or 0 where the cell cannot be reached.
    """

    indicator: str
    variant: str
    status: tuple[int, ...]
    change: tuple[int, ...]
    first: int
    last: int
    colors: dict[tuple[int, int], int]

    def valid(self, year: int) -> bool:
        """Whether the cut scores are those of a Dashboard year (its ending year)."""
        return self.first <= year <= self.last


@dataclass(frozen=True)
class Cell:
    """What the grid makes of one row. None where there is none: too few students, no year before, or no color."""

    status_level: int | None = None
    change_tenths: int | None = None
    change_level: int | None = None
    color: int | None = None
    box: int | None = None
    small: bool = False
    n_size_met: bool = False
    prior_n_size_met: bool = False


def tenths(thousandths: int, denominator: int) -> int:
    """thousandths / denominator to the nearest whole, ties away from zero: 25 / 10 -> 3, -25 / 10 -> -3. Exact, and fast."""
    steps = (2 * abs(thousandths) + denominator) // (2 * denominator)
    return -steps if thousandths < 0 else steps


def rate(numerator: int, denominator: int) -> int:
    """The rate in tenths of a percent, as status is judged on it."""
    return tenths(1000 * numerator, denominator)


def change(numerator: int, denominator: int, prior_numerator: int, prior_denominator: int) -> int:
    """The change in tenths of a point: the difference of the unrounded rates, then rounded."""
    difference = numerator * prior_denominator - prior_numerator * denominator
    return tenths(1000 * difference, denominator * prior_denominator)


def status_level(table: Table, rate_tenths: int) -> int:
    return 5 - bisect_left(table.status, rate_tenths)


def change_level(table: Table, change_tenths: int, small: bool) -> int:
    """In the grid of fewer than 150 students, the two significant changes are plain ones."""
    level = 5 - bisect_left(table.change, change_tenths)
    return min(4, max(2, level)) if small else level


def box(status: int, change: int) -> int:
    """Where a cell stands in the state's own numbering of the grid."""
    return (5 - status) * 50 + change * 10


def needed(student_group: str, level: str) -> int:
    """Students in each of both years from which on there is a color."""
    return FEW_COLORED if level == "district" and student_group in SMALL_GROUPS else COLORED


def cell(
    table: Table, k: int | None, n: int | None, prior_k: int | None, prior_n: int | None, student_group: str, level: str
) -> Cell:
    """Everything that the Dashboard says of a row. None for a count that is not there; under 11 students nothing is said."""
    n, prior_n, need = n or 0, prior_n or 0, needed(student_group, level)
    small, met, prior_met = n < FULL, n >= need, prior_n >= need
    if k is None or n < SHOWN:
        return Cell(small=small)
    status = status_level(table, rate(k, n))
    if prior_k is None or prior_n < SHOWN:
        return Cell(status, small=small, n_size_met=met, prior_n_size_met=False)
    moved = change(k, n, prior_k, prior_n)
    level_of_change = change_level(table, moved, small)
    color = table.colors[status, level_of_change] if met and prior_met else 0
    where = box(status, level_of_change) if color else None
    return Cell(status, moved, level_of_change, color or None, where, small, met, prior_met)


def fewer_for_next(
    table: Table, k: int | None, n: int | None, prior_k: int | None, prior_n: int | None, student_group: str, level: str
) -> int | None:
    """How many fewer students in this year's numerator, all else equal, give the next better color; None where none does."""
    now = cell(table, k, n, prior_k, prior_n, student_group, level).color
    if k is None or not now or now == 5:
        return None
    colors = (cell(table, k - m, n, prior_k, prior_n, student_group, level).color or 0 for m in range(1, k + 1))
    return next((m for m, color in enumerate(colors, start=1) if color > now), None)


def table_of(indicator: Indicator, school_type: str | None, level: str) -> Table | None:
    """The table that judges a row; None where the file says no known type of school or district."""
    code = FAMILIES.get(indicator.family, "")
    return tables.get((code, "ALL" if (code, "ALL") in tables else school_type or ("UD" if level == "state" else "")))


def _rows(name: str) -> Iterator[tuple[dict[str, str], Callable[[bool, str], None]]]:
    """Each row with a way to complain about it."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), start=2):

            def need(ok: bool, say: str, number: int = number) -> None:
                if not ok:
                    raise RegistryError(f"data/reference/{name}, row {number}: {say}")

            yield row, need


def _variants() -> dict[tuple[str, str], str]:
    return {(r["indicator"], r["variant"]): r["meaning"] for r, _need in _rows("dashboard_variants.csv")}


def _cut_scores(known: dict[tuple[str, str], str]) -> dict[tuple[str, str, str], tuple[tuple[int, ...], int, int]]:
    """(indicator, variant, kind) -> the upper ends of levels 5 to 2 in tenths, first and last year. Bands meet."""
    names = {"status": STATUS, "change": CHANGE}
    uppers: dict[tuple[str, str, str], list[int]] = {}
    years: dict[tuple[str, str, str], tuple[int, int]] = {}
    for row, need in _rows("dashboard_cutscores.csv"):
        key = (row["indicator"], row["variant"], row["kind"])
        need(key[:2] in known, f"{key[0]} {key[1]} is not in dashboard_variants.csv")
        need(row["kind"] in names, f"kind {row['kind']!r} is not status or change")
        found = uppers.setdefault(key, [])
        level = 5 - len(found)
        need(row["level"] == str(level), f"level {level} of {' '.join(key)} should stand here, not {row['level']!r}")
        need(row["label"] == names[row["kind"]][level], f"level {level} is not called {row['label']!r}")
        lower = _tenths(row["lower_incl"], need)
        if found:
            need(lower == found[-1] + 1, f"{row['lower_incl'] or 'nothing'} does not follow on {found[-1] / 10} (gap or overlap)")
        else:
            need(lower is None, "the lowest band has no lower end")
        upper = _tenths(row["upper_incl"], need)
        need((upper is None) == (level == 1), "only the highest band has no upper end")
        if upper is not None:
            need(lower is None or lower <= upper, f"{row['lower_incl']} to {row['upper_incl']} is no band")
        found.append(10**9 if upper is None else upper)
        first, _dash, last = row["dashboard_years"].partition("-")
        need(first.isdigit() and last.isdigit(), f"{row['dashboard_years']!r} is not a span of years like 2023-2025")
        need(years.setdefault(key, (int(first), int(last))) == (int(first), int(last)), "the bands of one table differ in years")
    _whole("dashboard_cutscores.csv", uppers, known, len(STATUS))
    return {key: (tuple(found[:4]), *years[key]) for key, found in uppers.items()}


def _tenths(text: str, need: Callable[[bool, str], None]) -> int | None:
    if not text:
        return None
    try:
        value = Fraction(text) * 10
    except ValueError:
        value = Fraction(1, 2)
    need(value.denominator == 1, f"{text!r} is not a number with one decimal")
    return int(value)


def _whole(file: str, found: dict, known: dict[tuple[str, str], str], many: int) -> None:
    for variant in known:
        parts = {key: rows for key, rows in found.items() if key[:2] == variant}
        short = [key for key, rows in parts.items() if len(rows) != many]
        if short or not parts or (file.endswith("scores.csv") and len(parts) != 2):
            raise RegistryError(f"data/reference/{file}: {' '.join(variant)} has not all its {many} rows")


def _color_cells(known: dict[tuple[str, str], str]) -> dict[tuple[str, str], dict[tuple[int, int], int]]:
    """(indicator, variant) -> (status level, change level) -> color, 0 where the cell cannot be reached."""
    codes = {"": "N/A", **{str(code): name for code, name in COLORS.items()}}
    out: dict[tuple[str, str], dict[tuple[int, int], int]] = {}
    for row, need in _rows("dashboard_colors.csv"):
        need((row["indicator"], row["variant"]) in known, f"{row['variant']} is not in dashboard_variants.csv")
        levels = [row["status_level"], row["change_level"]]
        need(all(level in ("1", "2", "3", "4", "5") for level in levels), "a level is not 1 to 5")
        status, moved = (int(level) for level in levels)
        need((row["status_label"], row["change_label"]) == (STATUS[status], CHANGE[moved]), "a level has another's label")
        need(codes.get(row["color_code"]) == row["color"], f"color {row['color_code']!r} is not {row['color']!r}")
        need(row["box"] == str(box(status, moved)), f"box {row['box']!r} is not {box(status, moved)}")
        need((row["exists_in_small_n_grid"] == "Y") == (moved in (2, 3, 4)), "the small grid has the changes 2, 3 and 4 only")
        need(bool(row["color_code"]) or moved == 1, "only the largest increases are beyond reach")
        cells = out.setdefault((row["indicator"], row["variant"]), {})
        need((status, moved) not in cells, "the cell stands twice")
        cells[status, moved] = int(row["color_code"] or 0)
    _whole("dashboard_colors.csv", out, known, 25)
    return out


def _load() -> dict[tuple[str, str], Table]:
    known = _variants()
    cuts, colors = _cut_scores(known), _color_cells(known)
    out = {}
    for indicator, variant in known:
        (status, first, last), (moved, *_) = cuts[indicator, variant, "status"], cuts[indicator, variant, "change"]
        out[indicator, variant] = Table(indicator, variant, status, moved, first, last, colors[indicator, variant])
    return out


tables = _load()
"""(indicator, variant) -> Table. The order is that of dashboard_variants.csv."""
variants = _variants()


def color_at(code: str, status: int, change: int) -> int:
    """The color of a cell whichever variant judges; 0 where none reaches it. Where it is reachable, all variants agree."""
    return max(t.colors[status, change] for (indicator, _), t in tables.items() if indicator == code)
