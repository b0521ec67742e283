"""Who supports the regions: the state center (S-TAC) and the partners of centers, by date, from `data/reference/support.csv`.

The lead office of a region stands in `regions.csv` (data/registry.py). A wrong row fails at import with its file and row.
"""

import csv
import re
from dataclasses import dataclass

from data import registry
from data.registry import RegistryError, is_day

FILE = "support.csv"
STATE_CENTER, CENTERS = "S-TAC", "R-TAC"
"""Whom a row is about, where it is no single region: the state center, or all regional centers together."""
ROLES = ("lead", "partner", "approval", "counties")
DATE = re.compile(r"20\d\d(-(0[1-9]|1[0-2]))?")
"""A date as exact as its source has it: 2025 or 2022-05; a whole day is checked by the calendar."""


@dataclass(frozen=True)
class Office:
    """An office with a part in the support of schools. Dates are a year, a month or a day; "" where the source names none.

    `whom` is S-TAC, R-TAC or a region's code; `role` is one of ROLES; `status` says how far `source` was verified.
    """

    whom: str
    role: str
    name: str
    effective_from: str
    effective_to: str
    source: str
    status: str


def _load() -> tuple[Office, ...]:
    with (registry.REFERENCE / FILE).open(encoding="utf-8", newline="") as handle:
        rows = list(enumerate(csv.DictReader(handle), start=2))
    out: list[Office] = []
    for row, r in rows:
        whom, start, end = r["whom"], r["effective_from"], r["effective_to"]
        _need(whom in (STATE_CENTER, CENTERS, *registry.region_by_code), row, f"{whom!r} is not S-TAC, R-TAC or a region's code")
        _need(r["role"] in ROLES, row, f"role {r['role']!r} is not one of {', '.join(ROLES)}")
        _need(bool(r["office"] and r["source"] and r["status"]), row, "office, source and status must be filled in")
        for text in (start, end):
            _need(
                not text or bool(DATE.fullmatch(text)) or is_day(text),
                row,
                f"{text!r} is not a date: 2025, 2022-05 or 2022-11-02",
            )
        # Of dates of different exactness only the part that both have can be compared.
        _need(not end or end[: len(start)] >= start[: len(end)], row, f"effective_to {end!r} lies before {start!r}")
        office = Office(whom, r["role"], r["office"], start, end, r["source"], r["status"])
        _need((whom, r["role"], r["office"]) not in {(o.whom, o.role, o.name) for o in out}, row, f"{r['office']!r} stands twice")
        out.append(office)
    tables = [o for o in out if (o.whom, o.role) == (CENTERS, "counties") and not o.effective_to]
    _need(len(tables) == 1, 0, f"one row must say how far the counties of the R-TAC regions were verified, not {len(tables)}")
    leads = [o for o in out if (o.whom, o.role) == (STATE_CENTER, "lead") and not o.effective_to]
    _need(len(leads) == 1, 0, f"one office must lead the S-TAC now (no effective_to), not {len(leads)}")
    return tuple(out)


def _need(ok: bool, row: int, say: str) -> None:
    if not ok:
        raise RegistryError(f"data/reference/{FILE}, row {row}: {say}")


offices = _load()


def of(whom: str, role: str) -> tuple[Office, ...]:
    """The offices with a role now: those without an end."""
    return tuple(o for o in offices if (o.whom, o.role) == (whom, role) and not o.effective_to)


def county_status(county: registry.County) -> str:
    """How far it was verified that a county belongs to its region: for all alike, but for one that has a date of its own."""
    [every] = of(CENTERS, "counties")
    return every.status if county.effective_from == every.effective_from else county.status


def former(whom: str, role: str) -> tuple[Office, ...]:
    """The offices that had a role before, in the order of the table."""
    return tuple(o for o in offices if (o.whom, o.role) == (whom, role) and o.effective_to)
