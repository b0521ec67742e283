"""Readers at once: locust users who change filters on two workers; times of exhibit callbacks as the reader meets them.

    python -m bench.load [--users 20] [--seconds 60] [--think 2] [--arrive 2]
Readers arrive two a second; `--arrive 20` lets all of them in within the first second, on cold caches.
Every choice is drawn at random, so most answers are not in the cache. The locust file is bench/locustfile.py.
"""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.calls import known, learn, save
from bench.common import ROOT, gunicorn, table, use_home

TARGET_MS = 150


def main(users: int, seconds: int, think: float, arrive: float) -> int:
    print(f"home {use_home()}, {users} users, {think} s think time, {seconds} s, {arrive} arriving a second, 2 workers")
    with tempfile.TemporaryDirectory(prefix="rtac-load-") as folder:
        with gunicorn("app:server", "-c", "gunicorn.conf.py", "-w", "2", wait_for="/ready") as address:
            (Path(folder) / "calls.json").write_text(save(learn(address), known()))
            command = [sys.executable, "-m", "locust", "-f", str(ROOT / "bench" / "locustfile.py"), "-H", address,
                       "--csv", f"{folder}/out", "--headless", "--loglevel", "ERROR",
                       "-u", str(users), "-r", str(arrive), "-t", f"{seconds}s"]
            env = {**os.environ, "RTAC_CALLS": f"{folder}/calls.json", "RTAC_THINK": str(think), "PYTHONPATH": str(ROOT)}
            done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
        if not (Path(folder) / "out_stats.csv").exists():
            sys.exit(done.stderr)
        with (Path(folder) / "out_stats.csv").open(encoding="utf-8") as handle:
            said = list(csv.DictReader(handle))
    table("Callbacks under load", ("callback", "requests", "failed", "p50 ms", "p95 ms", "p99 ms", "a second"), [
        (r["Name"], r["Request Count"], r["Failure Count"], r["50%"], r["95%"], r["99%"], float(r["Requests/s"])) for r in said
    ])
    print(f"target p95 {TARGET_MS} ms")
    return done.returncode


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Callbacks under load.")
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--think", type=float, default=2.0)
    parser.add_argument("--arrive", type=float, default=2.0)
    sys.exit(main(**vars(parser.parse_args())))
