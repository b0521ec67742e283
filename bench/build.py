"""The whole build of the real files by step, with peak memory; reading beside a bare DuckDB read_csv of the same text.

    python -m bench.build [PATH…]        default: the statewide files of $RTAC_REAL, else the demonstration data
Builds into $RTAC_HOME, by default var/bench, which is emptied first only when it is the default.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from bench.common import HOME, REAL, run_child, table

STATEWIDE = ("chronicabsenteeism2?.txt", "suspension2?.txt", "schools_2025-26.csv")
READING = "read and screen"


def main(paths: list[Path]) -> int:
    paths = paths or [p for pattern in STATEWIDE for p in sorted(REAL.glob(pattern))]
    home = Path(os.environ.get("RTAC_HOME") or HOME)
    if home == HOME and home.exists():
        _empty(home)
    what = ["build", *map(str, paths)] if paths else ["demo"]
    wall, cpu, peak, code = run_child([sys.executable, "-m", "data", *what], RTAC_HOME=str(home))
    if code:
        return code
    manifest = json.loads(next(iter(sorted((home / "builds").glob("*/manifest.json"), reverse=True))).read_text())
    rows = sum(s["rows"] or 0 for s in manifest["sources"])
    size = sum(s["bytes"] for s in manifest["sources"]) / 1e6
    title = f"Build {manifest['id']}: {len(manifest['sources'])} files, {size:,.0f} MB, {rows:,} rows"
    table(title, ("step", "seconds"), _steps(manifest))
    print(f"whole build {wall:.1f} s, CPU {cpu:.1f} s, peak memory {peak:,.0f} MB")
    texts = [p for p in paths if p.suffix == ".txt"]
    if texts:
        _beside_duckdb(texts, manifest)
    return 0


def _empty(home: Path) -> None:
    for path in [home, *home.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(home)


def _steps(manifest: dict) -> list[tuple[str, float]]:
    rows: list[tuple[str, float]] = []
    for step, took in manifest["steps"].items():
        rows += [(f"  {name}", float(s)) for name, s in took.items()] if isinstance(took, dict) else [(step, float(took))]
    return rows


def _beside_duckdb(texts: list[Path], manifest: dict) -> None:
    with tempfile.TemporaryDirectory(prefix="rtac-bench-") as folder:
        plain = [_transcode(p, Path(folder)) for p in texts]
        took = _bare(plain)
    reading = manifest["steps"].get(READING, float("nan"))
    print(f"reading to typed extract {reading:.1f} s; bare read_csv to Parquet of the same text, transcoded: {took:.1f} s; "
          f"{reading / took:.1f} times (target 3)")


def _transcode(path: Path, folder: Path) -> Path:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    target = folder / path.name
    target.write_text(text, encoding="utf-8", newline="")
    return target


def _bare(paths: list[Path]) -> float:
    """Seconds that DuckDB alone needs: sniffed types, one Parquet a file."""
    import duckdb

    con = duckdb.connect()
    start = time.perf_counter()
    for path in paths:
        con.read_csv(str(path), delimiter="\t", quotechar="", header=True).write_parquet(str(path.with_suffix(".parquet")))
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main([Path(p) for p in sys.argv[1:]]))
