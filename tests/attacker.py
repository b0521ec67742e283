"""An attacker who subtracts: written apart from data/privacy.py, knowing only what CDE prints and what our doors show.

A withheld cell is *recovered* when exactly one (numerator, denominator) fits everything known. Denominators of withheld cells
are 0-10. Families add up exactly (gender, race and grade spans to the total; the spans to TK-8).
"""

from collections.abc import Mapping
from itertools import product

FAMILIES = {
    "gender": ("TA", ("GF", "GM", "GX", "GZ")),
    "race": ("TA", ("RB", "RI", "RA", "RF", "RH", "RP", "RT", "RW", "RD")),
    "spans": ("TA", ("GRTKKN", "GR13", "GR46", "GR78", "GR912", "GRUG")),
    "spans within TK-8": ("GRTK8", ("GRTKKN", "GR13", "GR46", "GR78")),
    "TK-8 and high school": ("TA", ("GRTK8", "GR912", "GRUG")),
    "absence status": ("TA", ("CAY", "CAN")),
}
WITHHELD_MOST = 10

Cells = Mapping[str, tuple[str, int | None, int | None, int | None]]
"""line -> (status, numerator, denominator, rate in tenths of a percent where only that is shown)"""


def half_up_tenths(k: int, n: int, step: int) -> int:
    return step * ((2 * 1000 * k + n * step) // (2 * n * step))


def fits(k: int, n: int, rate: int | None) -> bool:
    """Whether counts could stand behind a coarse rate: whole percents under 100 students, tenths above."""
    if not 0 <= k <= n:
        return False
    return rate is None or (n > 0 and half_up_tenths(k, n, 10 if n < 100 else 1) == rate)


def recovered(cells: Cells, families: Mapping = FAMILIES) -> dict[str, tuple[str, int, int]]:
    """Withheld lines of one place and year whose counts can be worked out exactly -> family, numerator, denominator."""
    known = {g: (k, n) for g, (status, k, n, _) in cells.items() if n is not None and k is not None}
    found: dict[str, tuple[str, int, int]] = {}
    changed = True
    while changed:
        changed = False
        for name, (total, members) in families.items():
            if total not in cells:
                continue
            terms = [g for g in (*members, total) if g in cells]
            unknown = [g for g in terms if g not in known]
            if len(unknown) == 1 and len(terms) > 2:
                known[unknown[0]] = _solve(unknown[0], total, terms, known)
                found[unknown[0]] = (name, *known[unknown[0]])
                changed = True
    for name, (total, members) in families.items():
        present = [g for g in members if g in cells]
        unknown = [g for g in present if g not in known]
        if total in known and len(unknown) >= 2:
            found |= {g: (name, *pair) for g, pair in _forced(unknown, total, present, known, cells).items() if g not in found}
    return {g: said for g, said in found.items() if cells[g][0] == "withheld"}


def _solve(line: str, total: str, terms: list[str], known: Mapping) -> tuple[int, int]:
    parts = [g for g in terms if g not in (line, total)]
    if line == total:
        return sum(known[g][0] for g in parts), sum(known[g][1] for g in parts)
    return known[total][0] - sum(known[g][0] for g in parts), known[total][1] - sum(known[g][1] for g in parts)


def _forced(unknown: list[str], total: str, present: list[str], known: Mapping, cells: Cells) -> dict[str, tuple]:
    """Withheld lines with a single possibility although several terms are unknown (all at their bounds, or a telling rate)."""
    left_k = known[total][0] - sum(known[g][0] for g in present if g in known)
    left_n = known[total][1] - sum(known[g][1] for g in present if g in known)
    withheld = [g for g in unknown if cells[g][0] == "withheld"]
    coarse = [g for g in unknown if cells[g][0] != "withheld"]
    if not coarse:
        if left_n == WITHHELD_MOST * len(withheld) and left_k in (0, left_n):
            return dict.fromkeys(withheld, (left_k and WITHHELD_MOST, WITHHELD_MOST))
        return {}
    if len(withheld) != 1 or len(coarse) != 1:
        return {}
    shown = [known[g][1] for g in present if g in known and known[g][1]]
    pairs = [
        (k, n)
        for n, k in product(range(WITHHELD_MOST + 1), repeat=2)
        if k <= n
        and WITHHELD_MOST < left_n - n <= min(shown, default=left_n)
        and fits(left_k - k, left_n - n, cells[coarse[0]][3])
    ]
    return {withheld[0]: pairs[0]} if len(pairs) == 1 else {}


def lonely(cells: Cells) -> set[str]:
    """The lines that must lose their counts, worked out family by family from CDE's statuses alone."""
    shut: set[str] = set()
    order = ("gender", "race", "spans within TK-8", "spans", "TK-8 and high school", "absence status")
    for _ in range(4):
        for name in order:
            total, members = FAMILIES[name]
            here = [g for g in members if g in cells]
            if total not in cells or len(here) < 2:
                continue
            dark = [g for g in here if cells[g][0] == "withheld" or g in shut]
            if len(dark) + (cells[total][0] == "withheld" or total in shut) != 1:
                continue
            shown = sorted((cells[g][2], g) for g in here if g not in dark and cells[g][2])
            if shown:
                shut.add(shown[0][1])
    return shut
