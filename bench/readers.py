"""Readers against a bare DuckDB on the same text: python -m bench.readers [FOLDER]. Prints seconds, CPU, peak memory, ratio.

The bare run only copies the transcoded text to Parquet (`read_csv`, all text, no check). The readers start from the bytes as
received: hash, transcode, cast, every check, Parquet, in child processes with limits as the builder starts them. Both take turns
in one run; the best of each counts.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from data import ingest, sniff

NAMES = ("chronicabsenteeism23.txt", "chronicabsenteeism24.txt", "suspension23.txt", "suspension24.txt")
TURNS = 5


def main(folder: Path) -> int:
    files = [folder / n for n in NAMES if (folder / n).is_file()]
    if not files:
        print(f"There are none of {', '.join(NAMES)} in {folder}.", file=sys.stderr)
        return 2
    size = sum(f.stat().st_size for f in files) / 1e6
    bare, ours = [], []
    with tempfile.TemporaryDirectory(prefix="rtac-bench-") as scratch:
        texts = [sniff.transcode(f, Path(scratch) / f"{f.stem}.utf8", 10_000_000).path for f in files]
        for turn in range(TURNS):
            bare.append(_timed(lambda: _bare(texts, Path(scratch) / "bare.parquet")))
            ours.append(_timed(lambda turn=turn: _readers(files, Path(scratch) / str(turn))))
    print(f"{len(files)} files, {size:.0f} MB, best of {TURNS} turns")
    for name, runs in (("bare read_csv to Parquet", bare), ("readers to typed extract", ours)):
        print(f"{name}  {min(r[0] for r in runs):5.2f} s  {min(r[1] for r in runs):5.2f} s of CPU")
    print(f"peak memory of a reading process {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3:,.0f} MB")
    print(f"ratio {_best(ours, 0) / _best(bare, 0):.2f}, of CPU {_best(ours, 1) / _best(bare, 1):.2f} (to reach: 3 or less)")
    return 0


def _best(runs: list[tuple[float, float]], which: int) -> float:
    return min(run[which] for run in runs)


def _timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock and of CPU, all threads and child processes."""
    clock, cpu = time.perf_counter(), sum(os.times()[:4])
    work()
    return time.perf_counter() - clock, sum(os.times()[:4]) - cpu


def _bare(texts: list[Path], target: Path) -> None:
    with duckdb.connect() as con:
        for text in texts:
            con.execute(f"copy (from read_csv('{text}', all_varchar = true, delim = '\t', quote = '', header = true)) "
                        f"to '{target}' (format parquet, compression zstd)").fetchall()


def _readers(files: list[Path], work: Path) -> None:
    reading = ingest.read(files, work, confined=True)
    assert not reading.failed, reading.findings


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("RTAC_REAL", "../shared/real"))))
