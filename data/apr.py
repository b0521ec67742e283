"""What goes into the Annual Progress Report: which figures (`reference/apr.csv`), and when it is due.

The due dates are a table as well, `reference/apr_dates.csv`; one of the same columns under `$RTAC_HOME` stands in its place. CDE
sets the dates and they were found nowhere: none is invented here.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data import registry, store

FIGURES, DATES = "apr.csv", "apr_dates.csv"
MOST_DATES = 60
LONGEST = 300


@dataclass(frozen=True)
class Figure:
    """A published measure that the report can use. `label` heads a column; `note` says what to know of it."""

    indicator: registry.Indicator
    label: str
    note: str


@dataclass(frozen=True)
class Due:
    """A report and when it is due. `due` is a day or ""; `as_of`: when that was so, a year, a month or a day."""

    report: str
    who: str
    due: str
    about: str
    as_of: str
    source: str
    status: str


def _figures() -> tuple[Figure, ...]:
    out: list[Figure] = []
    for row, r in registry.rows(FIGURES):
        registry.need(r["indicator"] in registry.indicators, FIGURES, row, f"there is no indicator {r['indicator']!r}")
        registry.need(bool(r["label"] and r["note"]), FIGURES, row, "label and note must be filled in")
        registry.need(r["indicator"] not in {f.indicator.name for f in out}, FIGURES, row, f"{r['indicator']!r} stands twice")
        out.append(Figure(registry.indicators[r["indicator"]], r["label"], r["note"]))
    return tuple(out)


figures = _figures()


@cache
def dates() -> tuple[Due, ...]:
    """The due dates: the operator's own list where there is one, else the table. Read once: a changed list needs a restart.

    Raises registry.RegistryError, with file and row, for a list that cannot be right.
    """
    own = store.home() / DATES
    return read(own if own.is_file() else registry.REFERENCE / DATES)


def read(path: Path) -> tuple[Due, ...]:
    """The rows of a list of due dates. A line that begins with # is an example. Raises RegistryError."""
    names = tuple(Due.__dataclass_fields__)
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            lines = [line for line in csv.reader(handle) if any(cell.strip() for cell in line)]
    except (OSError, ValueError, csv.Error) as error:
        raise registry.RegistryError(f"{path.name} cannot be read as a CSV file in UTF-8.") from error
    if not lines or tuple(lines[0]) != names:
        raise registry.RegistryError(f"{path.name}, row 1: the columns must be {', '.join(names)}.")
    out = tuple(_due(path.name, row, line) for row, line in enumerate(lines[1:], start=2) if not line[0].startswith("#"))
    if len(out) > MOST_DATES:
        raise registry.RegistryError(f"{path.name} has more than {MOST_DATES} rows.")
    return out


def _due(name: str, row: int, line: list[str]) -> Due:
    texts = [" ".join(cell.split()) for cell in line]
    if len(texts) != len(Due.__dataclass_fields__) or any(len(t) > LONGEST for t in texts):
        raise registry.RegistryError(
            f"{name}, row {row}: it has other columns than the first row, or a text over {LONGEST} letters."
        )
    found = Due(*texts)
    if not (found.report and found.source):
        raise registry.RegistryError(f"{name}, row {row}: report and source must be filled in.")
    if found.due and not registry.is_day(found.due):
        raise registry.RegistryError(f"{name}, row {row}: {found.due!r} is not a day written as 2027-07-15.")
    return found
