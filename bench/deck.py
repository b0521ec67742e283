"""A deck of eight slides, from click to file: python -m bench.deck [ROUNDS]. The home is $RTAC_HOME (bench.common.use_home).

Beside each format, in the same run and taking turns, the same eight exhibits as JSON: what the slides hold, without drawing them.
The first file of a fresh server is measured apart. With `memory N` instead of rounds: N decks in a row and what the worker holds.
"""

import contextlib
import os
import statistics
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

from bench.common import gunicorn, table, use_home

SLIDES = (
    "/place?place=R-BAY#place-key_numbers",
    "/place?place=19000000000000#place-trend",
    "/place?place=19000000000000#place-student_groups",
    "/compare?level=district&peers=region&region=R-BAY#compare-ranking",
    "/compare?level=school&peers=county&county=19#compare-map",
    "/compare?level=county#compare-small_multiples",
    "/peers?level=school&peers=county&county=19#peers-funnel",
    "/equity?place=19000000000000#equity-gaps",
)
FORMATS = ("pptx", "pdf", "xlsx")
FROM = 50
"""Decks after which the memory is taken as settled."""


def fetch(url: str, form: str) -> tuple[float, int]:
    """Seconds from click to file, and its bytes."""
    body = urlencode([("slide", slide) for slide in SLIDES]).encode()
    start = time.perf_counter()
    with urllib.request.urlopen(f"{url}/export/deck.{form}", body, timeout=60) as answer:
        size = len(answer.read())
    return time.perf_counter() - start, size


def times(rounds: int) -> None:
    with gunicorn("app:server", "-c", "gunicorn.conf.py", "-w", "1", wait_for="/health") as url:
        first = {form: fetch(url, form)[0] for form in FORMATS}
        fetch(url, "json")
        taken: dict[str, list[float]] = {form: [] for form in (*FORMATS, "json")}
        sizes = {}
        for _ in range(rounds):
            for form, laps in taken.items():
                seconds, sizes[form] = fetch(url, form)
                laps.append(seconds)
    bare = statistics.median(taken["json"])
    rows = [
        [form, f"{first.get(form, 0):.2f}" if form in first else "", f"{statistics.median(laps):.2f}", f"{max(laps):.2f}",
         f"{statistics.median(laps) / bare:.1f}", f"{sizes[form] / 1000:,.0f}"]
        for form, laps in taken.items()
    ]  # fmt: skip
    table("A deck of eight slides, from click to file", ["format", "first s", "p50 s", "worst s", "x json", "KB"], rows)


def memory(decks: int) -> None:
    with gunicorn("app:server", "-c", "gunicorn.conf.py", "-w", "1", wait_for="/health") as url:
        held = []
        for n in range(decks):
            fetch(url, ("pptx", "pptx", "pdf", "xlsx")[n % 4])
            held.append(_workers_mb())
    settled = held[min(FROM, decks - 1)]
    print(f"{decks} decks: {held[0]:.0f} MB after the first, {settled:.0f} after {FROM}, {held[-1]:.0f} at the end")


def _workers_mb() -> float:
    """Resident memory in MB of all that this process started, and of what that started (Linux)."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            said = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            parents[int(said["Pid"])] = (int(said["PPid"]), int(said.get("VmRSS", "0").split()[0]))
    mine = {os.getpid()}
    while more := {pid for pid, (parent, _kb) in parents.items() if parent in mine} - mine:
        mine |= more
    return sum(kb for pid, (_parent, kb) in parents.items() if pid in mine and pid != os.getpid()) / 1000


if __name__ == "__main__":
    use_home()
    if sys.argv[1:2] == ["memory"]:
        memory(int(sys.argv[2]) if len(sys.argv) > 2 else 500)
    else:
        times(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
