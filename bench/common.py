"""What the measurements share: percentiles, a printed table, the children that serve, and the memory of a child."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
REAL = Path(os.environ.get("RTAC_REAL") or ROOT.parent / "shared" / "real")
HOME = ROOT / "var" / "bench"
"""The build that `make bench` measures; RTAC_HOME chooses another."""


def use_home() -> Path:
    """Point this process and its children at $RTAC_HOME, else at the home that bench.build filled, else at ./var."""
    home = Path(os.environ.get("RTAC_HOME") or (HOME if (HOME / "CURRENT").exists() else ROOT / "var")).absolute()
    os.environ["RTAC_HOME"] = str(home)
    return home


def at(values: Sequence[float], share: float) -> float:
    """A percentile by nearest rank: at(values, .95). Empty values give nan."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))] if ranked else float("nan")


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as an aligned table; floats get one decimal."""
    said = [[f"{v:,.1f}" if isinstance(v, float) else str(v) for v in row] for row in rows]
    width = [max(len(r[i]) for r in [list(head), *said]) for i in range(len(head))]
    print(f"\n{title}")
    for row in [list(head), ["-" * w for w in width], *said]:
        print("  ".join(v.ljust(w) if i == 0 else v.rjust(w) for i, (v, w) in enumerate(zip(row, width, strict=True))))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def gunicorn(target: str, *options: str, wait_for: str = "/") -> Iterator[str]:
    """Serve `target` (module:name) with gunicorn; yields its address once `wait_for` answers, and ends it after."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", *options, "-b", f"127.0.0.1:{port}", "--log-level", "error", target]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _until_up(process, address + wait_for)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _until_up(process: subprocess.Popen, url: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"The server ended with code {process.returncode} before it answered.")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"{url} did not answer within {seconds:.0f} seconds.")


def run_child(command: Sequence[str], **env: str) -> tuple[float, float, float, int]:
    """Run a command. Returns wall seconds, CPU seconds, peak memory in MB and the exit code of that child alone."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env})
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, process.returncode
