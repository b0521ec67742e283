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


def recovered(cells: Cells, families: Mapping = FAMILIES, rates: bool = True) -> dict[str, tuple[str, int, int]]:
    """Withheld lines of one place and year whose counts can be worked out exactly -> family, numerator, denominator.

    Without `rates` the attacker heeds neither a coarse rate nor its absence: what CDE's own bounds give.
    """
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
            forced = _forced(unknown, total, present, known, cells, rates)
            found |= {g: (name, *pair) for g, pair in forced.items() if g not in found}
    return {g: said for g, said in found.items() if cells[g][0] == "withheld"}


def _solve(line: str, total: str, terms: list[str], known: Mapping) -> tuple[int, int]:
    parts = [g for g in terms if g not in (line, total)]
    if line == total:
        return sum(known[g][0] for g in parts), sum(known[g][1] for g in parts)
    return known[total][0] - sum(known[g][0] for g in parts), known[total][1] - sum(known[g][1] for g in parts)


def _forced(
    unknown: list[str], total: str, present: list[str], known: Mapping, cells: Cells, rates: bool
) -> dict[str, tuple]:
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
    most = min(shown, default=left_n)
    pairs = possible(left_k, left_n, most, cells[coarse[0]][3]) if rates else every_pair(left_k, left_n, most)
    return {withheld[0]: pairs[0]} if len(pairs) == 1 else {}


def possible(left_k: int, left_n: int, most: int, rate: int | None) -> list[tuple[int, int]]:
    """The counts of a withheld line beside one closed sibling of `most` students or fewer, that has `rate` or says none.

    The attacker knows when a rate is printed: silence leaves the counts whose rates are never printed.
    """
    every = every_pair(left_k, left_n, most)
    if rate is not None:
        return [(k, n) for k, n in every if fits(left_k - k, left_n - n, rate)]
    classes: dict[int, list[tuple[int, int]]] = {}
    for k, n in every:
        classes.setdefault(half_up_tenths(left_k - k, left_n - n, 10 if left_n - n < 100 else 1), []).append((k, n))
    silent = [pair for pairs in classes.values() if narrow(pairs, every) for pair in pairs]
    return every if not silent or narrow(silent, every) else silent


def every_pair(left_k: int, left_n: int, most: int) -> list[tuple[int, int]]:
    """What CDE's bounds allow: a withheld line of ten or fewer beside a shown one of more than ten and of `most` or fewer."""
    return [
        (k, n)
        for n, k in product(range(WITHHELD_MOST + 1), repeat=2)
        if k <= n and WITHHELD_MOST < left_n - n <= most and 0 <= left_k - k <= left_n - n
    ]


def narrow(pairs: list[tuple[int, int]], every: list[tuple[int, int]]) -> bool:
    """Whether a set of counts says more than it may: under five, one number of cases, everybody, nobody."""
    ks = {k for k, _n in pairs}
    if len(pairs) < 5 or (len(ks) == 1 and len({k for k, _n in every}) > 1):
        return True
    whole = {k == n for k, n in pairs} == {True} and not all(k == n for k, n in every)
    return whole or (ks == {0} and any(k for k, _n in every))


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
