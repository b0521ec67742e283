"""California School Dashboard files of the demonstration: chronic absenteeism (TK/K-8) and suspension of the last three years.

Status, change, level and color follow the state's cut scores and color grids (data/grid.py). Students are those of
the DataQuest files of the same place and year. It draws nothing: the same counts give the same files.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from data import grid
from data.demo_counts import PROGRAMS, RACES, Counts, Ints
from data.demo_places import School, World

FROM = 2023
NAMES = {
    "RB": "AA",
    "RI": "AI",
    "RA": "AS",
    "RF": "FI",
    "RH": "HI",
    "RP": "PI",
    "RT": "MR",
    "RW": "WH",
    "SE": "EL",
    "SD": "SWD",
    "SS": "SED",
    "SF": "FOS",
    "SH": "HOM",
}
TYPES = {"elementary": "ES", "middle": "MS", "high": "HS", "combined": "UD"}
HEADER = (
    "cds",
    "rtype",
    "schoolname",
    "districtname",
    "countyname",
    "charter_flag",
    "coe_flag",
    "dass_flag",
    "type",
    "studentgroup",
    "currnumer",
    "currdenom",
    "currstatus",
    "priornumer",
    "priordenom",
    "priorstatus",
    "change",
    "statuslevel",
    "changelevel",
    "color",
    "box",
    "smalldenom",
    "currnsizemet",
    "priornsizemet",
    "accountabilitymet",
    "indicator",
    "reportingyear",
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
                        named = ("state", "district", "school")[level]
                        measures = _measures(indicator, place[-1], group, named, values[number], last)
                        yield (*place, group, *measures, indicator, str(year))


def _school(school: School) -> tuple[str, ...]:
    home = school.district
    flags = ("Y" if school.charter else "", "", "Y" if school.dass else "")
    return (home.code + school.code, "S", school.name, home.name, home.county_name, *flags, TYPES[school.level])


def _measures(indicator: str, kind: str, group: str, level: str, now: Ints, before: Ints) -> tuple[str, ...]:
    """The columns from currnumer to accountabilitymet: blank below eleven students, level 0 and color 0 where there is none."""
    (k, n), (last_k, last_n) = now.tolist(), before.tolist()
    known = last_n >= grid.SHOWN
    made = grid.cell(
        grid.tables[indicator, "ALL" if indicator == "CHRO" else kind],
        k, n, last_k if known else None, last_n if known else None, group, level,
    )  # fmt: skip
    small = "Y" if made.small else ""
    if made.status_level is None:
        return ("",) * 7 + ("0", "0", "0", "0", small, "", "", "")
    prior = ("",) * 4
    if made.change_tenths is not None:
        prior = (str(last_k), str(last_n), _text(grid.rate(last_k, last_n)), _text(made.change_tenths))
    levels = (made.status_level, made.change_level or 0, made.color or 0, made.box or 0)
    met, met_before = made.n_size_met, made.prior_n_size_met
    flags = ("Y" if flag else "" for flag in (made.small, met, met_before, met and met_before))
    return (str(k), str(n), _text(grid.rate(k, n)), *prior, *(str(v) for v in levels), *flags)


def _text(tenths: int) -> str:
    return f"{'-' if tenths < 0 else ''}{abs(tenths) // 10}.{abs(tenths) % 10}"
