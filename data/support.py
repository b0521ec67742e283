"""Who supports the regions: the state center (S-TAC) and the partners of centers, by date, from `data/reference/support.csv`.

The lead office of a region stands in `regions.csv` (data/registry.py). A wrong row fails at import with its file and row.
"""

import re
from dataclasses import dataclass

from data import registry

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
    out: list[Office] = []
    for row, r in registry.rows(FILE):
        whom, role, start, end = r["whom"], r["role"], r["effective_from"], r["effective_to"]
        _need(whom in (STATE_CENTER, CENTERS, *registry.region_by_code), row, f"{whom!r} is not S-TAC, R-TAC or a region's code")
        _need(role in ROLES, row, f"role {role!r} is not one of {', '.join(ROLES)}")
        _need(bool(r["office"] and r["source"] and r["status"]), row, "office, source and status must be filled in")
        _need(bool(start) or whom in registry.region_by_code, row, f"effective_from of the {whom} must be filled in")
        for text in (start, end):
            dated = not text or bool(DATE.fullmatch(text)) or registry.is_day(text)
            _need(dated, row, f"{text!r} is not a date: 2025, 2022-05 or 2022-11-02")
        # Of dates of different exactness only the part that both have can be compared.
        _need(not end or end[: len(start)] >= start[: len(end)], row, f"effective_to {end!r} lies before {start!r}")
        _need((whom, role, r["office"]) not in {(o.whom, o.role, o.name) for o in out}, row, f"{r['office']!r} stands twice")
        out.append(Office(whom, role, r["office"], start, end, r["source"], r["status"]))
    for whom, role, says in (
        (STATE_CENTER, "lead", "who leads the S-TAC"),
        (CENTERS, "counties", "how far the counties were verified"),
    ):
        now = [o for o in out if (o.whom, o.role) == (whom, role) and not o.effective_to]
        _need(len(now) == 1, 0, f"one row without an end must say {says}, not {len(now)}")
    return tuple(out)


def _need(ok: bool, row: int, say: str) -> None:
    registry.need(ok, FILE, row, say)


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
