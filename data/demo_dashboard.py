"""California School Dashboard files of the demonstration: chronic absenteeism (TK/K-8) and suspension of the last three years.

Status, change, level and color follow the state's cut scores and color grids (reference/dashboard_*.csv). Students are those of
the DataQuest files of the same place and year. It draws nothing: the same counts give the same files.
"""

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from data.demo_counts import PROGRAMS, RACES, Counts, Ints
from data.demo_places import School, World
from data.registry import REFERENCE

FROM = 2023
NAMES = {"RB": "AA", "RI": "AI", "RA": "AS", "RF": "FI", "RH": "HI", "RP": "PI", "RT": "MR", "RW": "WH",
         "SE": "EL", "SD": "SWD", "SS": "SED", "SF": "FOS", "SH": "HOM"}
SMALL, COLORED, FULL_GRID = 10, 30, 150
"""Largest withheld group; students in both years for a color; from here the grid has all five changes."""
TYPES = {"elementary": "ES", "middle": "MS", "high": "HS", "combined": "UD"}
HEADER = (
    "cds", "rtype", "schoolname", "districtname", "countyname", "charter_flag", "coe_flag", "dass_flag", "type", "studentgroup",
    "currnumer", "currdenom", "currstatus", "priornumer", "priordenom", "priorstatus", "change", "statuslevel", "changelevel",
    "color", "box", "smalldenom", "currnsizemet", "priornsizemet", "accountabilitymet", "indicator", "reportingyear",
)

Numbers = dict[str, Ints]
"""Student group -> [place, (numerator, denominator)]."""


def write(folder: Path, year: int, world: World, now: dict[str, list[Numbers]], before: dict[str, list[Numbers]]) -> list[Path]:
    """Write both files of a year. `now` and `before`: CHRO and SUSP -> state, districts, schools of `numbers_of`."""
    paths = []
    for indicator, name in (("CHRO", "chronic"), ("SUSP", "susp")):
        kept = [i for i, h in enumerate(HEADER) if indicator == "SUSP" or h != "type"]
        rows = [HEADER, *_rows(indicator, year, world, now[indicator], before[indicator])]
        path = folder / f"{name}download{year}.txt"
        path.write_bytes("".join("\t".join(row[i] for i in kept) + "\r\n" for row in rows).encode("cp1252"))
        paths.append(path)
    return paths


def numbers_of(indicator: str, counts: Sequence[Counts], active: np.ndarray, many: int) -> list[Numbers]:
    """State, districts and schools of one year; schools stand at their number in the world, those not in the year are zero."""
    schools, districts, _, state = counts
    found = [_numbers(indicator, level) for level in (state, districts, schools)]
    spread = {g: np.zeros((many, 2), dtype=np.int64) for g in found[2]}
    for group, values in found[2].items():
        spread[group][active] = values
    return [*found[:2], spread]


def _numbers(indicator: str, counts: Counts) -> Numbers:
    if indicator == "CHRO":
        cells = counts.cells[..., :4, :].sum(axis=3)
        share = cells.sum(axis=(1, 2)).sum(axis=-1) / counts.total.sum(axis=-1).clip(1)
        programs = np.floor(counts.programs * share[:, None, None]).astype(np.int64)
    else:
        cells, programs = counts.cells[..., :3], counts.programs[..., :3]

    def pair(values: Ints) -> Ints:
        return np.stack([values[..., 1:].sum(axis=-1), values.sum(axis=-1)], axis=-1)

    races = pair(cells.sum(axis=2))
    out = {"ALL": pair(cells.sum(axis=(1, 2)))}
    out |= {NAMES[code]: races[:, i] for i, code in enumerate(RACES) if code in NAMES}
    return out | {NAMES[code]: pair(programs[:, i]) for i, code in enumerate(PROGRAMS) if code in NAMES}


def _rows(indicator: str, year: int, world: World, now: list[Numbers], before: list[Numbers]) -> Iterator[tuple[str, ...]]:
    places = (
        [("0" * 14, "X", "", "", "", "", "", "", "UD")],
        [(d.code + "0000000", "D", "", d.name, d.county_name, "", "", "", "UD") for d in world.districts],
        [_school(s) for s in world.schools],
    )
    for level, listed in enumerate(places):
        for number, place in enumerate(listed):
            office = place[1] == "S" and place[0].endswith(("0000000", "0000001"))
            if now[level]["ALL"][number, 1] and not office:
                for group, values in now[level].items():
                    if values[number, 1]:
                        last = before[level][group][number]
                        yield (*place, group, *_measures(indicator, place[-1], values[number], last), indicator, str(year))


def _school(school: School) -> tuple[str, ...]:
    home = school.district
    flags = ("Y" if school.charter else "", "", "Y" if school.dass else "")
    return (home.code + school.code, "S", school.name, home.name, home.county_name, *flags, TYPES[school.level])


def _measures(indicator: str, kind: str, now: Ints, before: Ints) -> tuple[str, ...]:
    """The columns from currnumer to accountabilitymet: blank below eleven students, level 0 and color 0 where there is none."""
    (k, n), (last_k, last_n) = now.tolist(), before.tolist()
    small = "Y" if n < FULL_GRID else ""
    if n <= SMALL:
        return ("",) * 7 + ("0", "0", "0", "0", small, "N", "N", "N")
    rate, shown = _tenths(k, n), last_n > SMALL
    last = _tenths(last_k, last_n) if shown else 0
    variant = "ALL" if indicator == "CHRO" else kind
    status = _level(indicator, variant, "status", rate)
    change = _level(indicator, variant, "change", rate - last) if shown else 0
    if small and change:
        change = min(4, max(2, change))
    met, met_before = n >= COLORED, last_n >= COLORED
    color, box = _grid()[indicator, variant, status, change] if met and met_before else ("0", "0")
    prior = (str(last_k), str(last_n), _text(last), _text(rate - last)) if shown else ("",) * 4
    flags = tuple("Y" if f else "N" for f in (met, met_before, met and met_before))
    return (str(k), str(n), _text(rate), *prior, str(status), str(change), color, box, small, *flags)


def _tenths(k: int, n: int) -> int:
    return (2000 * k + n) // (2 * n)


def _text(tenths: int) -> str:
    return f"{'-' if tenths < 0 else ''}{abs(tenths) // 10}.{abs(tenths) % 10}"


@cache
def _uppers(indicator: str, variant: str, kind: str) -> tuple[tuple[float, int], ...]:
    """(largest value in tenths, level) in rising order; the last level has no upper end."""
    with (REFERENCE / "dashboard_cutscores.csv").open(encoding="utf-8", newline="") as handle:
        rows = [r for r in csv.DictReader(handle) if (r["indicator"], r["variant"], r["kind"]) == (indicator, variant, kind)]
    return tuple(sorted((round(float(r["upper"]) * 10) if r["upper"] else float("inf"), int(r["level"])) for r in rows))


def _level(indicator: str, variant: str, kind: str, tenths: int) -> int:
    return next(level for upper, level in _uppers(indicator, variant, kind) if tenths <= upper)


@cache
def _grid() -> dict[tuple[str, str, int, int], tuple[str, str]]:
    """(indicator, variant, status level, change level) -> color and box as the files print them."""
    with (REFERENCE / "dashboard_colors.csv").open(encoding="utf-8", newline="") as handle:
        return {(r["indicator"], r["variant"], int(r["status_level"]), int(r["change_level"])): (r["color"] or "0", r["box"])
                for r in csv.DictReader(handle)}
