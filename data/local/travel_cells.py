"""Scans the cells of a travel document: codes of the fixed cube only, and nothing shown that our own rules would have hidden."""

from collections.abc import Mapping
from functools import cache

import duckdb
import numpy as np
import pandas as pd

from data import sql
from data.local.refused import Refused
from data.privacy import system
from data.privacy.cube import DAYS, KEYS, LOCAL, facts, pillars, school_year, table
from data.privacy.rounding import FEWEST

COLUMNS = (*KEYS, "value")
MOST_CELLS = 600_000
MOST_VALUE = int(system.MOST)
HIDE = LOCAL.parents[1] / "rollups" / "hide.sql"
LISTS = ("facts", "bands", "groups", "service_categories")


def read(said: Mapping[str, list], lea: str, year: int, through: int) -> pd.DataFrame:
    """The cells as a frame: KEYS (text; month a whole number) and value (Int64). Raises Refused."""
    size = len(said["fact"])
    if not 0 < size <= MOST_CELLS:
        raise Refused(f"“cells” holds between 1 and {MOST_CELLS:,} cells.")
    _types(said)
    frame = pd.DataFrame({key: said[key] for key in KEYS})
    frame["value"] = pd.array(said["value"], dtype="Int64")
    _places(frame, lea)
    _months(frame, year, through)
    _codes(frame)
    if frame.duplicated(list(KEYS)).any():
        raise Refused("“cells” holds a cell twice.")
    _hidden(frame)
    return frame


def _types(said: Mapping[str, list]) -> None:
    for key in KEYS:
        kind = int if key == "month" else str
        if any(type(value) is not kind for value in said[key]):
            raise Refused(f"“{key}” in “cells” holds something else than {'months' if kind is int else 'codes'}.")
    if any(value is not None and (type(value) is not int or not 0 <= value <= MOST_VALUE) for value in said["value"]):
        raise Refused("“value” in “cells” holds something else than counts and null.")


def _places(frame: pd.DataFrame, lea: str) -> None:
    entity, level = frame["entity"], frame["level"]
    district = entity == f"{lea}0000000"
    school = entity.str.fullmatch(f"{lea}[0-9]{{7}}") & ~district
    if not (((level == "district") & district) | ((level == "school") & school)).all():
        raise Refused("“cells” holds a place that is not this district or a school of it.")


def _months(frame: pd.DataFrame, year: int, through: int) -> None:
    months = frame["month"].unique()
    if not all(1 <= m % 100 <= 12 and year - 1 <= school_year(int(m)) <= year and m <= through for m in months):
        raise Refused("“cells” holds a month outside this school year and the one before, or one after “through”.")


def _codes(frame: pd.DataFrame) -> None:
    columns = ["fact", "level", "span", "service", "student_group", "band"]
    asked = set(frame[columns].itertuples(index=False, name=None))
    if not asked <= _asked():
        raise Refused("“cells” holds a cell that is not of the fixed list (data/reference/local/).")


@cache
def _asked() -> frozenset[tuple]:
    """Every (fact, level, span, service, student_group, band) of the fixed cube."""
    names = {"all": ["all"], "pillars": sorted(set(pillars().values())), "categories": list(pillars())}
    rows = []
    for fact, row in facts().items():
        bands = [b["band"] for b in table("bands") if b["bands"] == row["bands"]] or ["all"]
        bands = ["all", *bands] if row["kind"] == "records" else bands
        services = [s for kind in row["services"].split() for s in names[kind]]
        for span in row["spans"].split():
            rows += [(fact, lv, span, s, "TA", b) for lv in ("school", "district") for s in services for b in bands]
            if row["groups"] == "yes":
                rows += [(fact, g["level"], span, "all", g["student_group"], "all") for g in table("groups")]
    return frozenset(rows)


def _hidden(frame: pd.DataFrame) -> None:
    """The sender hides before it sends. What our rules would hide and stands here in numbers is an alarm, not a detail."""
    kinds = frame["fact"].map(lambda fact: facts()[fact]["kind"])
    least = np.where(kinds == "days", (FEWEST - 1) * DAYS + 1, np.where(kinds == "partners", 0, FEWEST))
    if (frame["value"].fillna(MOST_VALUE).to_numpy(np.int64) < least).any():
        raise Refused("“cells” shows a count of ten or fewer. The sender must hide it: count again with this version.")
    ours = hide(frame)
    records = frame["value"].fillna(0).to_numpy(np.int64)[frame["fact"].isin(["records", "records_complete"]).to_numpy(bool)]
    if len(ours) < len(frame) or (records % 10).any() or (records > 1000).any():
        raise Refused("“cells” says how many records there are. Only their share travels: count again with this version.")
    if len(ours) > len(frame):
        raise Refused("“cells” leaves out cells of the fixed cube. A cell that is not there tells more than a hidden one.")
    if len(ours.merge(frame.dropna(subset="value"), on=list(KEYS), suffixes=("_ours", "")).query("value_ours.isna()")):
        raise Refused(
            "“cells” shows a count whose remainder is ten or fewer. The sender must hide it: count again with this version."
        )


def hide(counts: pd.DataFrame) -> pd.DataFrame:
    """Run hide.sql over cells (KEYS, value): the same rules here, on the LEA's machine and in the browser."""
    with duckdb.connect(":memory:") as con:
        for name in LISTS:
            con.read_csv(str(LOCAL / f"{name}.csv"), header=True, all_varchar=True).to_table(name)
        con.register("given", counts[list(COLUMNS)])
        sql.run(con, "create table counts as select * replace (month::integer as month, value::bigint as value) from given")
        return con.sql(HIDE.read_text(encoding="utf-8")).df().astype({"value": "Int64", "month": "int64"})
