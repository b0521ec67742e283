"""The check-up of 200,000 records against a bare DuckDB read of the same file: python -m bench.checkup [ROWS].

The bare run only reads the text into a table (`read_csv`, all text). Ours hashes the file, finds its layout, reads it, makes the
clean and typed tables, and runs every rule. Both take turns in one process; the best of each counts.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from data.local import checkup
from data.local.load import Parameters, Reading
from data.local.plan import plan

ROWS = 200_000
TURNS = 4
ABOUT = Parameters("1234567", 2026, 202602, date(2026, 3, 5), "ab" * 16)
LOG = "service_date,cds_code,student_key,headcount,service_category,service_type,delivered,quantity,unit,provider,referral_id," \
      "referral_date,close_date,outcome\n"  # fmt: skip


def main(rows: int) -> int:
    with tempfile.TemporaryDirectory(prefix="rtac-bench-") as folder:
        files = {
            "attendance (STAS)": (_stas(Path(folder) / "stas.txt", rows), "^", False),
            "service log": (_log(Path(folder) / "log.csv", rows), ",", True),
        }
        print(f"{rows:,} records, {len(plan()['rules'])} rules, best of {TURNS} turns")
        for name, (path, delimiter, header) in files.items():
            bare, ours = [], []
            for _ in range(TURNS):
                bare.append(_timed(lambda p=path, d=delimiter, h=header: _bare(p, d, h)))
                ours.append(_timed(lambda p=path: _ours(p)))
            slow, fast = min(ours), min(bare)
            print(f"{name:18} bare read {fast:5.2f} s   check-up {slow:5.2f} s (to reach: 2)   ratio {slow / fast:.1f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:,.0f} MB")
    return 0


def _timed(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _bare(path: Path, delimiter: str, header: bool) -> None:
    with duckdb.connect() as con:
        text = f"read_csv('{path}', all_varchar = true, delim = '{delimiter}', header = {str(header).lower()})"
        con.execute(f"create table read as from {text}").fetchall()


def _ours(path: Path) -> None:
    reading = Reading()
    taken = reading.add(path)
    reading.settle(ABOUT)
    found = checkup.run(reading, ABOUT)
    assert taken.rows and not checkup.stops(found)
    reading.close()


def _stas(path: Path, rows: int) -> Path:
    with path.open("w") as handle:
        for n in range(rows):
            absent, expected = (0, 1, 2, 5, 12.5, 20)[n % 6], (120, 118, 90.5)[n % 3]
            handle.write(
                f"STAS^A^R{n}^1234567^{6000000 + n % 60:07d}^2025-2026^{1000000000 + n}^L{n}^First{n}^Last{n}^20150101^F^N^N^"
                f"{expected}^{expected - absent}^0^0^{absent}^0^0\n"
            )
    return path


def _log(path: Path, rows: int) -> Path:
    kinds = ("mental_health", "tutoring", "home_visit")
    with path.open("w") as handle:
        handle.write(LOG)
        for n in range(rows):
            handle.write(
                f"2026-{n % 2 + 1:02d}-{n % 28 + 1:02d},1234567{6000000 + n % 60:07d},{1000000000 + n * 7 % 60000},,"
                f"{kinds[n % 3]},Group,yes,{n % 50 + 1},minute,Agency {n % 30},R{n},2026-01-01,,\n"
            )
    return path


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
