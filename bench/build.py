"""The whole build of the real files by step, with peak memory. Reading beside a bare DuckDB: bench/readers.py.

    python -m bench.build [PATH…]        default: the statewide files of $RTAC_REAL, else the demonstration data
Builds into $RTAC_HOME, by default var/bench, which is emptied first only when it is the default.
"""

import json
import os
import shutil
import sys
from pathlib import Path

from bench.common import HOME, REAL, run_child, table

STATEWIDE = ("chronicabsenteeism2?.txt", "suspension2?.txt", "schools_2025-26.csv")


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


if __name__ == "__main__":
    sys.exit(main([Path(p) for p in sys.argv[1:]]))
