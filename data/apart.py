"""Opens archives and reads files in child processes with limits: what takes too much ends as a finding, not as a dead builder.

A child is limited in memory, in the processor time of one file and in the size of what it writes, and leaves no core dump. It
answers in JSON, never in objects, and ends with its builder, however that one ends. Windows knows none of these limits and macOS
none of memory; the limit by the clock holds everywhere.
"""

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from typing import Any

from data import unpack
from data.job import Outcome, Source
from data.problems import Finding, failure

if sys.platform != "win32":
    import resource

ROOT = Path(__file__).parents[1]
LONGEST_ANSWER = 16_000_000
TOO_MUCH_MEMORY = failure(
    "too_much_memory",
    "Reading the file takes more memory than any file of CDE's, or breaks its reader. Download it again; save workbooks as .csv.",
)
TOO_MUCH_TIME = failure(
    "too_much_time",
    "Reading the file takes longer than any file of CDE's and was given up. Download it again; save workbooks as .csv.",
)


@dataclass(frozen=True)
class Limits:
    """Bytes of memory and of one written file; seconds of processor and by the clock for one file."""

    memory: int = 3_000_000_000
    written: int = 2_000_000_000
    seconds: int = 120
    clock: int = 600


LIMITS = Limits()
"""Far above CDE's largest file, which takes 0.3 GB and a second. DuckDB may take 2 GB before it spills to disk."""


class Ended(Exception):
    """A child ended instead of answering. `finding` says of what."""

    def __init__(self, finding: Finding):
        super().__init__(finding.sentence)
        self.finding = finding


class Children:
    """The children of one reading, as many as its threads come to need. A context: leaving it ends them, busy ones too."""

    def __init__(self) -> None:
        self._idle: SimpleQueue[_Child] = SimpleQueue()
        self._every: list[_Child] = []
        self._over = False

    def __enter__(self) -> "Children":
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        for child in self._every:
            child.process.kill()
        with suppress(Empty):
            while True:
                self._idle.get_nowait().end()

    def open(self, received: unpack.Received, work: Path, findings: list[Finding]) -> list[unpack.Received]:
        """`unpack.open_one`, in a child where there is something to unpack."""
        if not unpack.is_packed(received.path):
            return unpack.open_one(received, work, findings)
        try:
            said = self._ask("open", received, work)
        except Ended as ended:
            findings.append(replace(ended.finding, file=received.name))
            return []
        findings += [Finding(**f) for f in said["findings"]]
        return [unpack.Received(f["name"], f["stem"], Path(f["path"])) for f in said["files"]]

    def read(self, received: unpack.Received, work: Path) -> Outcome:
        """`ingest.read_one`, in a child. Of a file that ended it nothing is kept: nobody knows what it held."""
        try:
            said = self._ask("read", received, work)
        except Ended as ended:
            return Outcome(findings=[replace(ended.finding, file=received.name)])
        source = said["source"]
        if source:
            extract = Path(source["extract"]) if source["extract"] else None
            source = Source(**{**source, "path": received.path, "extract": extract})
        return Outcome(source, [Finding(**f) for f in said["findings"]], said["steps"])

    def _ask(self, task: str, received: unpack.Received, work: Path) -> dict[str, Any]:
        try:
            child = self._idle.get_nowait()
        except Empty:
            child = self._new()
        answer = child.ask([task, received.name, received.stem, str(received.path.absolute()), str(work.absolute())])
        self._idle.put(child)
        return answer

    def _new(self) -> "_Child":
        child = _Child(LIMITS)
        self._every.append(child)
        if self._over:
            child.process.kill()
        return child


class _Child:
    """One child, from the builder's side. Its input stays open as long as it may live."""

    def __init__(self, limits: Limits):
        self.limits, self.late = limits, False
        self.process = subprocess.Popen(
            [sys.executable, "-m", "data.apart", json.dumps(asdict(limits))],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )

    def ask(self, task: list[str]) -> dict[str, Any]:
        """The answer to a task. Raises Ended when there is none; a fault of our own is raised with the child's trace."""
        timer = Timer(self.limits.clock, self._too_late)
        timer.start()
        try:
            line = self._exchange(json.dumps(task).encode() + b"\n")
            if not line.endswith(b"\n"):
                raise Ended(self._why(cut=bool(line)))
            answer = json.loads(line)
            if "broken" in answer:
                raise RuntimeError(answer["broken"])
        except BaseException:
            self.end()
            raise
        finally:
            timer.cancel()
        return answer

    def _exchange(self, line: bytes) -> bytes:
        assert self.process.stdin and self.process.stdout
        with suppress(BrokenPipeError):
            self.process.stdin.write(line)
            self.process.stdin.flush()
        return self.process.stdout.readline(LONGEST_ANSWER)

    def _too_late(self) -> None:
        self.late = True
        self.process.kill()

    def _why(self, cut: bool) -> Finding:
        if not cut:  # its output ended, so it is about to end
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=5)
        out_of_time = sys.platform != "win32" and self.process.returncode == -signal.SIGXCPU
        return TOO_MUCH_TIME if self.late or out_of_time else TOO_MUCH_MEMORY

    def end(self) -> None:
        """End the child and leave nothing of it open."""
        self.process.kill()
        with suppress(BrokenPipeError), self.process:
            pass


def _serve(limits: Limits) -> None:
    """The child's side: one task after the other, until its input ends."""
    _fence(limits)
    from data import ingest  # inside of the fence

    tasks: dict[str, Callable[..., dict]] = {"open": _open, "read": lambda *given: asdict(ingest.read_one(*given))}
    asked: SimpleQueue[str] = SimpleQueue()
    Thread(target=_listen, args=(asked,), daemon=True).start()
    while True:
        task, name, stem, path, work = json.loads(asked.get())
        _allow(limits.seconds)
        try:
            answer = tasks[task](unpack.Received(name, stem, Path(path)), Path(work))
        except MemoryError:
            os._exit(1)
        except Exception:
            answer = {"broken": traceback.format_exc()}
        print(json.dumps(answer, default=str), flush=True)


def _open(received: unpack.Received, work: Path) -> dict:
    findings: list[Finding] = []
    files = unpack.open_one(received, work, findings)
    return {"files": [asdict(f) for f in files], "findings": [asdict(f) for f in findings]}


def _listen(asked: "SimpleQueue[str]") -> None:
    """Pass the tasks on. The end of the input is the end of the builder: whatever is under way is dropped."""
    for line in sys.stdin:
        asked.put(line)
    os._exit(0)


def _fence(limits: Limits) -> None:
    if sys.platform != "win32":
        fence = {resource.RLIMIT_AS: limits.memory, resource.RLIMIT_FSIZE: limits.written, resource.RLIMIT_CORE: 0}
        for what, most in fence.items():
            _, hard = resource.getrlimit(what)
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            with suppress(ValueError, OSError):  # macOS does not limit memory
                resource.setrlimit(what, (most, most))


def _allow(seconds: int) -> None:
    """So much processor time more, from now on: SIGXCPU ends the child after it."""
    if sys.platform != "win32":
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        until = int(time.process_time()) + 1 + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))


if __name__ == "__main__":
    _serve(Limits(**json.loads(sys.argv[1])))
