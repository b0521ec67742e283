"""A shelf of local data for the tests of its pages: an invented district. Hidden cells hold planted numbers."""

from functools import cache

import duckdb
import numpy as np
import pandas as pd
import pytest

import queries
from components import local, scope
from components.exhibit import Exhibit, Shown, Unanswerable
from components.page import pages
from components.reading import read
from data.local import shelf, travel_cells
from data.privacy import cube, rounding
from tests import cubes

PLANTED = 987_654_321
"""Stands in every withheld cell of the shelf: no page may show it."""
SECRET = b"a secret of the tests"
SIZES = [420, 300, 260, 150, 60]
THROUGH = 202602


def places() -> tuple[str, list[str]]:
    """A district of the demonstration with as many schools as SIZES, and those."""
    known = queries.run("ranking", indicator="chronic_absenteeism_rate", student_group="TA", year=2025, level="school",
                        region=None, county=None, cohort=None, entities=None)  # fmt: skip
    schools = known["entity"].astype(str)
    district = schools.str[:7].value_counts().loc[lambda n: n >= len(SIZES)].index.sort_values()[0]
    return f"{district}0000000", sorted(schools[schools.str.startswith(district)])[: len(SIZES)]


@cache
def _counts(seed: int) -> pd.DataFrame:
    return cubes.counts(cubes.pupils(seed, SIZES))


def cells(district: str, schools: list[str], seed: int = 5) -> pd.DataFrame:
    """Protected cells of this year and, with last year's months, of the year before; hidden ones hold PLANTED."""
    lea, moved = district[:7], {f"1999999{6000001 + i:07d}": s for i, s in enumerate(schools)} | {"19999990000000": district}
    made = []
    for back, which in ((0, seed), (100, seed + 1)):
        counted = _counts(which)
        counted = counted.assign(entity=[moved[e] for e in counted["entity"]], month=counted["month"] - back)
        hidden = travel_cells.hide(counted)
        shown = rounding.rounded(hidden, SECRET)
        hidden["value"] = np.where(np.isnan(shown), PLANTED, shown).astype(np.int64)
        hidden["status"] = np.where(np.isnan(shown), "withheld", "published")
        made.append(hidden.drop(columns="hidden"))
    partners = [
        {"fact": "partners_active", "level": "school", "entity": s, "month": THROUGH, "span": "ytd", "service": p,
         "student_group": "TA", "band": "all", "value": (i + j) % 3, "status": "published"}
        for i, s in enumerate(schools) for j, p in enumerate(("PIL1", "PIL2", "PIL3", "PIL4"))
    ]  # fmt: skip
    whole = pd.concat([*made, pd.DataFrame(partners)], ignore_index=True)
    return whole.assign(lea=lea, year=[cube.school_year(int(m)) for m in whole["month"]])


def document() -> dict:
    """A travel document of the district, this year only."""
    district, schools = places()
    moved = {f"1999999{6000001 + i:07d}": s for i, s in enumerate(schools)} | {"19999990000000": district}
    counted = _counts(5)
    made = cubes.document(travel_cells.hide(counted.assign(entity=[moved[e] for e in counted["entity"]])), district[:7])
    made["partners"][0]["school"] = schools[0]
    return made


def connect(frame: pd.DataFrame) -> duckdb.DuckDBPyConnection:
    """The tables of data/local/shelf.py around these cells."""
    con = duckdb.connect(":memory:")
    for name in shelf.LISTS:
        con.read_csv(str(cube.LOCAL / f"{name}.csv"), header=True, all_varchar=True).to_table(name)
    lea = frame["lea"].iloc[0]
    con.register("frame", frame)
    con.execute("create table cells as from frame")
    con.execute("create table partners as select 'Valley Health' as name, ? as school, 'PIL1' as pillar, ? as lea",
                [frame.loc[frame["level"] == "school", "entity"].iloc[0], lea])  # fmt: skip
    con.execute("create table publications as select ? as lea, '20260305-101500-abcdef' as id, 2026 as year, ? as through, "
                "date '2026-03-05' as made, '2026-03-06T10:00:00+00:00' as published, true as demo", [lea, THROUGH])  # fmt: skip
    return con


def open_to(monkeypatch: pytest.MonkeyPatch, con: duckdb.DuckDBPyConnection) -> None:
    """Local data are open in this test, and this is what is published."""

    def ask(name: str, **params: object) -> pd.DataFrame:
        return con.cursor().execute(queries.text(name, queries.LOCAL), params).df()

    monkeypatch.setattr(scope, "local", lambda: True)
    monkeypatch.setattr(shelf, "is_on", lambda: True)
    monkeypatch.setattr(queries, "local", ask)
    held = {
        "files": [{"feed": "services", "layout": "service_log", "rows": 1234, "sha256": "ab" * 32}],
        "checkup": [],
        "coverage": [],
    }
    monkeypatch.setattr(local, "manifest", lambda publication: held)


def built(page: str, **query: str) -> dict[str, Shown]:
    """Every exhibit of a page that has an answer for this query."""
    made = pages[page]
    read_ = made.settle(read({**made.defaults, **query}))
    found = {}
    for exhibit in made.exhibits:
        try:
            found[exhibit.key] = exhibit.build(read_.view, read_.ask)
        except Unanswerable:
            continue
    return found


def one(exhibit: Exhibit, page: str, **query: str) -> Shown:
    """One exhibit of a page. Raises Unanswerable."""
    read_ = pages[page].settle(read(query))
    return exhibit.build(read_.view, read_.ask)
