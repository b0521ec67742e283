"""The counts of the fixed cube at size, beside one query by hand that answers a single question of it, in one run.

    python -m bench.rollups [lea services attendance …]    default: all three
lea: a district of 200,000 students with attendance, groups, discipline and services · services: 20 million services of 400,000
students · attendance: 100 million student-days. Rows are made inside DuckDB and kept in a temporary file; the steps of the cube
make their tables in memory, as a district's own reading does. The question by hand: enrolled and chronically absent students (or
distinct students served, by pillar) of every school at the last month. Beside it the steps that lead to that fact, for every
month, school and LEA, and the whole cube. Peak memory is the whole process's.
"""

import json
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from bench.common import run_child, table
from data.local import cube

YEAR, THROUGH, TODAY = 2026, 202602, date(2026, 3, 5)
MEMORY = "6GB"
SCHOOL = "'1999999' || lpad(cast({} as varchar), 7, '0')"
OPEN = """select day, row_number() over (order by day) as number from (
    select date '2025-08-13' + cast(n as integer) as day from range(300) as t(n)
    where isodow(date '2025-08-13' + cast(n as integer)) < 6) as weekdays"""
CATEGORIES = "['attendance_support','mental_health','health','case_management','home_visit','tutoring','enrichment','mentoring']"
PILLARS = "['PIL1','PIL1','PIL1','PIL1','PIL2','PIL4','PIL4','PIL4']"

SNAPSHOTS = f"""insert into attendance
    select s, {SCHOOL.format("s // 500")}, m, 'to_date', 180 * k, 180 * k - a * k, a * k // 2, a * k - a * k // 2, 0, 0, 0, false
    from (select s, cast(hash(s) % 28 as bigint) as a from range({{}}) as t(s)) as students,
        (values (202508, 1), (202509, 2), (202510, 3), (202511, 4), (202512, 5), (202601, 6), (202602, 7)) as months(m, k)"""
SERVICES = f"""insert into services
    select hash(n) % {{students}}, null, {SCHOOL.format("hash(n) % {students} // 500")},
        date '2025-08-13' + cast(hash(n + 1) % 195 as integer), {PILLARS}[c], {CATEGORIES}[c], true, 1, 'session', c, null, null,
        null, null
    from (select n, 1 + cast(hash(n + 2) % 8 as integer) as c from range({{rows}}) as t(n)) as rows"""
MADE = {
    "lea": [
        SNAPSHOTS.format(200_000),
        f"""insert into members select s, {SCHOOL.format("s // 500")}, g from range(200000) as t(s),
            (values ('GR13'), ('RH'), ('GF'), ('SS')) as g(g)""",
        f"""insert into discipline select s, {SCHOOL.format("s // 500")}, cast(s as varchar), date '2025-10-01', 'in_school',
            10, false from range(0, 200000, 30) as t(s)""",
        SERVICES.format(students=200_000, rows=1_000_000),
    ],
    "services": [SERVICES.format(students=400_000, rows=20_000_000)],
    "attendance": [
        f"""insert into days select s, {SCHOOL.format("s // 500")}, day, case when hash(s * 1000 + number) % 100 < s % 25
                then case when hash(number + s) % 2 = 0 then 'E' else 'U' end else 'P' end
            from range(714286) as t(s), ({OPEN} limit 140) as open_days order by s // 5000, day""",
    ],
}  # fmt: skip
BY_HAND = {
    "lea": """select school, count(*), count(*) filter (100 * (excused + unexcused + suspended + incomplete) >= 10 * expected)
        from attendance where month = 202602 and expected >= 200 group by school""",
    "services": """select school, pillar, count(*), count(distinct student) from services
        where delivered and day <= date '2026-02-28' group by school, pillar""",
    "attendance": """select school, count(*), count(*) filter (100 * absent >= 10 * days) from (
            select school, student, count(*) as days, count(*) filter (code in ('E', 'U', 'S', 'N')) as absent
            from days where day <= date '2026-02-28' group by school, student having count(*) >= 20) as students
        group by school""",
}


QUESTION = {"lea": "fact_enrolled", "services": "fact_served", "attendance": "fact_enrolled"}


def main(parts: list[str]) -> int:
    rows, hand = [], 0.0
    for part in parts or list(MADE):
        with tempfile.TemporaryDirectory(prefix="rtac-bench-") as folder:
            file = Path(folder) / "rows.duckdb"
            wall, _, _, code = run_child([sys.executable, "-m", "bench.rollups", "make", part, str(file)])
            if code:
                return code
            print(f"{part}: {file.stat().st_size / 1e6:,.0f} MB of rows made in {wall:.0f} s")
            for what in ("hand", "fact", "cube"):
                target = Path(folder) / what
                code = run_child([sys.executable, "-m", "bench.rollups", what, part, str(file), str(target)])[3]
                if code:
                    return code
                found = json.loads(target.read_text())
                name = {"hand": "one question by hand", "fact": f"steps to {QUESTION[part]}", "cube": "whole cube"}[what]
                hand = found["seconds"] if what == "hand" else hand
                rows.append((f"{part}: {name}", f"{found['rows']:,}", f"{found['seconds']:.2f}", found["peak"],
                             found["seconds"] / hand, f"{found['cells']:,}"))
    head = ("", "rows", "seconds", "peak MB", "times", "answers")
    table("Counting the cube beside the one query by hand", head, rows)
    return 0


def make(part: str, file: str) -> None:
    """Fill a database file with the typed tables of a part."""
    con = duckdb.connect(file, config={"memory_limit": MEMORY})
    cube.empty(con)
    for statement in MADE[part]:
        con.execute(statement).fetchall()
    for name in ("attendance", "days", "services"):
        con.execute(f"insert into calendar select s.school, o.day from (select distinct school from {name}) as s, ({OPEN}) as o")
    con.close()


def measure(what: str, part: str, file: str, target: str) -> None:
    """Run the query by hand or the whole cube, and write seconds, peak memory and how much was counted."""
    con = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(Path(file).parent / "spill")})
    con.execute(f"attach '{file}' as rows (read_only)")
    for name in cube.TYPED:
        con.execute(f"create view {name} as from rows.{name}")
    big = max(cube.TYPED, key=lambda name: count(con, name) * (name != "calendar"))
    started = time.perf_counter()
    if what == "hand":
        cells = len(con.execute(BY_HAND[part]).fetchall())
    elif what == "fact":
        cube.load_lists(con)
        cube.follow(con, leading_to(QUESTION[part]), {"year": YEAR, "through": THROUGH, "today": TODAY})
        cells = count(con, QUESTION[part])
    else:
        cube.roll(con, YEAR, THROUGH, TODAY)
        cells = count(con, "counts")
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    Path(target).write_text(json.dumps({"seconds": seconds, "peak": peak, "rows": count(con, big), "cells": cells}))


def leading_to(fact: str) -> list[str]:
    """The steps that a step reads, directly or not, and itself, in order."""
    needed = {fact}
    for name in reversed(cube.ORDER):
        if name in needed:
            needed |= cube.reads(name)
    return [name for name in cube.ORDER if name in needed]


def count(con: duckdb.DuckDBPyConnection, name: str) -> int:
    return con.execute(f"select count(*) from {name}").fetchall()[0][0]


if __name__ == "__main__":
    first = sys.argv[1:2]
    if first == ["make"]:
        make(*sys.argv[2:])
    elif first and first[0] in ("hand", "fact", "cube"):
        measure(*sys.argv[1:])
    else:
        sys.exit(main(sys.argv[1:]))
