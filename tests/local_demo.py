"""The demonstration's students as typed tables without any file: what the readers should make of the files."""

from functools import cache

import duckdb
import numpy as np
import pandas as pd

from data import demo_local, demo_local_students
from data.demo_local_current import MONTHS, YEAR
from data.demo_local_files import Made
from data.demo_local_places import District
from data.demo_local_services import PILLAR
from data.demo_local_students import Frame
from data.local import cube

SEED = 20251122
RESULTS = {100: "out_of_school", 110: "in_school", 900: "restorative", 400: "other", 300: "none"}


@cache
def made() -> Made:
    """Everything that is drawn for the demonstration."""
    return demo_local.draw(SEED)


def rolled() -> list[tuple[str, Frame]]:
    """(LEA, counts) of every district through February 2026."""
    found = []
    for district in made().districts:
        con = duckdb.connect()
        typed(con, district)
        cube.roll(con, YEAR, MONTHS[-1], demo_local.TODAY)
        found.append((district.lea, con.execute("from counts").df()))
    return found


def typed(con: duckdb.DuckDBPyConnection, district: District, year: int = YEAR) -> None:
    """Fill the typed tables with a district's two years, or with the finished year alone."""
    before, now, log = made().before, made().running, made().log
    cds = np.array([s.cds for s in made().world.schools])
    cube.empty(con)
    last = before.students[before.students["place"].isin(district.places)]
    attended = last["expected"] - last["absent"]
    days = {c: last[c] * 10 for c in ("expected", "excused", "unexcused", "suspended", "in_school", "incomplete")}
    _put(con, "attendance", last.assign(school=cds[last["place"]], month=202506, kind="to_date", attended=attended * 10, **days))
    if year < YEAR:
        long = demo_local_students.labels(last)
        _put(con, "members", long.assign(school=cds[long["place"]]))
        _discipline(con, last, before.incidents.assign(result=np.where(before.incidents["out"] > 0, 100, 110)), cds)
        return
    here = now.students["place"].isin(district.places).to_numpy()
    students = now.students[here]
    for number, month in enumerate(MONTHS):
        so_far = {c: getattr(now, c)[here, : number + 1].sum(axis=1) * 10 for c in
                  ("expected", "absent", "excused", "unexcused", "suspended", "in_school", "incomplete")}
        frame = students.assign(school=cds[students["place"]], month=month, kind="to_date", **so_far)
        frame["attended"] = frame["expected"] - frame["absent"]
        _put(con, "attendance", frame[frame["expected"] > 0])
    long = demo_local_students.labels(students)
    _put(con, "members", long.assign(school=cds[long["place"]]))
    _discipline(con, students, now.incidents, cds)
    rows = log.rows[log.rows["place"].isin(district.places)]
    key = now.students["student"].to_numpy()
    _put(con, "services", pd.DataFrame({
        "student": pd.array(np.where(rows["row"] >= 0, key[rows["row"]], 0), dtype="Int64"), "school": cds[rows["place"]],
        "headcount": rows["headcount"].where(rows["headcount"] >= 0).astype("Int64"), "day": rows["day"],
        "pillar": rows["category"].map(PILLAR), "category": rows["category"], "delivered": rows["delivered"],
        "quantity": rows["quantity"], "unit": rows["unit"], "outcome": rows["outcome"],
        "provider": rows["partner"].where(rows["partner"] >= 0).astype("Int64"), "referred": rows["referred"],
        "referral": rows["referral"].where(rows["referral"] >= 0).astype("Int64"), "closed": rows["closed"],
    }))  # fmt: skip
    con.execute("update services set student = null where student = 0")
    if district.services == "headcount":
        con.execute("update services set headcount = coalesce(headcount, 1), student = null")
    con.execute("""insert into calendar select distinct a.school, date '2024-07-01' + cast(n as integer)
        from attendance as a, range(700) as t(n) where isodow(date '2024-07-01' + cast(n as integer)) < 6""")


def _discipline(con: duckdb.DuckDBPyConnection, students: Frame, incidents: Frame, cds: np.ndarray) -> None:
    """Rows of the incidents of some students; `row` of an incident is an index of the students."""
    there = incidents[incidents["row"].isin(students.index)]
    who = students.loc[there["row"]]
    _put(con, "discipline", pd.DataFrame({
        "student": who["student"].to_numpy(), "school": cds[who["place"]], "incident": there.index.astype(str),
        "day": there["day"], "result": there["result"].map(RESULTS), "days": there["days"] * 10, "defiance": there["defiance"],
    }))  # fmt: skip


def _put(con: duckdb.DuckDBPyConnection, table: str, frame: Frame) -> None:
    columns = [c.split()[0] for c in cube.TYPED[table].split(", ")]
    con.register("frame", frame)
    con.execute(f"insert into {table} select {', '.join(columns)} from frame")
    con.unregister("frame")
