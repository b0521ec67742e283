"""Reading in child processes with limits: the same answers; and whatever a file does to its reader, the builder lives on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
import small

from data import apart, builds, ingest, unpack, warehouse
from tests import web as calls
from tests.asked import expected, state_count
from tests.fixtures import bad_files, world
from tests.fixtures.workbooks import far_apart, packed, workbook

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc, which only Linux has")


def bomb(folder: Path, last: str = "XFD1048576", sheets: int = 1) -> Path:
    path = folder / "grants.xlsx"
    path.write_bytes(far_apart(last, sheets))
    return path


def children_of(pid: int) -> list[int]:
    """The processes that a process started. Threads and processes end while this looks: what is gone has no children."""
    found: list[str] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(OSError):
            found += (task / "children").read_text().split()
    return [int(child) for child in found]


def alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def said(reading: ingest.Reading) -> list[str]:
    sources = [replace(s, extract=s.extract and Path(s.extract.name), path=Path(s.path.name)) for s in reading.sources]
    return [*map(repr, sources), *map(repr, reading.findings), *sorted(reading.extracts)]


@pytest.mark.parametrize(
    "make",
    [
        bad_files.CASES["valid four families"],
        bad_files.CASES["list of students"],
        bad_files.CASES["zip bomb"],
        bad_files.CASES["zip cut short"],
        bad_files.CASES["two different files of one year"],
        bad_files.one("grants.xlsx", lambda: workbook(hidden=True)),
        bad_files.one("a.zip", lambda: packed(("a.txt", world.counts().bytes()), ("b/suspension24.txt", b"x"))),
        bad_files.one("a\udcff.txt", world.counts().bytes),
    ],
)
def test_a_child_says_what_the_builder_would(make: Callable[[Path], list[Path]], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    paths = make(tmp_path / "in")
    here, there = ingest.read(paths, tmp_path / "here"), ingest.read(paths, tmp_path / "there", confined=True)
    assert said(here) == said(there)
    assert all(s.path.is_file() and (s.extract is None or s.extract.is_file()) for s in there.sources)


@posix
def test_a_file_that_ends_its_reader_stops_neither_the_others_nor_the_last_build(home, raw, tmp_path):
    good = builds.build([raw])["id"]
    bad = small.write(tmp_path / "bad", share=0.11)
    bomb(bad)
    with pytest.raises(builds.NotBuilt) as refused:
        builds.build([bad])
    failed = [f for f in refused.value.findings if f.level == "FAIL"]
    assert [(f.code, f.file) for f in failed] == [("too_much_memory", "grants.xlsx")]
    assert sum(f.code == "read" for f in refused.value.findings) == 6
    assert refused.value.report and "too_much_memory" in refused.value.report.read_text()
    assert warehouse.current().id == good and state_count() == expected(None)
    assert not [p for p in home.rglob("*") if p.is_file() and p.read_bytes() == (bad / "grants.xlsx").read_bytes()]
    (bad / "grants.xlsx").unlink()
    builds.build([bad])
    assert state_count() == expected(0.11)


def test_the_clock_ends_what_nothing_else_does(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "LIMITS", apart.Limits(clock=2))
    reading = ingest.read([bomb(tmp_path, "XFD200", sheets=300)], tmp_path / "work", confined=True)
    assert [f.code for f in reading.findings] == ["too_much_time"]


@posix
def test_what_a_reader_writes_is_limited(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "LIMITS", apart.Limits(written=2_000))
    paths = bad_files.one("a.zip", lambda: packed(("a.txt", world.counts().bytes())))(tmp_path)
    paths += bad_files.one("b.txt", world.counts().bytes)(tmp_path)
    reading = ingest.read(paths, tmp_path / "work", confined=True)
    assert {(f.file, f.code) for f in reading.findings if f.level == "FAIL"} == {("a.zip", "unreadable"), ("b.txt", "unreadable")}
    assert not reading.extracts and max(p.stat().st_size for p in (tmp_path / "work").rglob("*") if p.is_file()) <= 2_000


@linux
def test_a_child_has_its_limits_and_leaves_no_core_dump(tmp_path):
    (tmp_path / "work").mkdir()
    [path] = bad_files.CASES["valid"](tmp_path)
    with apart.Children() as children:
        assert children.read(unpack.Received(path.name, path.stem, path), tmp_path / "work").source
        [pid] = [p for p in children_of(os.getpid()) if "data.apart" in Path(f"/proc/{p}/cmdline").read_text()]
        lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
        limits = {line[:25].strip(): line[25:].split()[0] for line in lines}
        assert limits["Max address space"] == str(apart.LIMITS.memory) and limits["Max file size"] == str(apart.LIMITS.written)
        assert limits["Max core file size"] == "0" and int(limits["Max cpu time"]) <= apart.LIMITS.seconds + 5
    assert not alive(pid)


@linux
@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_child_ends_with_its_builder(home, tmp_path, kill):
    command = [sys.executable, "-m", "data", "build", str(bomb(tmp_path, "XFD200", sheets=300))]
    builder = subprocess.Popen(command, cwd=calls.ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    calls.until(lambda: bool(children_of(builder.pid)), "The builder started no child.")
    [child] = children_of(builder.pid)
    time.sleep(0.6)  # it is at work by then
    builder.send_signal(kill)
    builder.wait(timeout=20)
    calls.until(lambda: not alive(child), "The child outlived its builder.")


def test_a_fault_of_ours_is_no_finding(tmp_path):
    child = apart._Child(apart.LIMITS)
    with pytest.raises(RuntimeError, match="KeyError"):
        child.ask(["nothing", "a", "a", str(tmp_path), str(tmp_path)])
    assert child.process.returncode is not None


def test_an_answer_that_is_none_is_no_answer(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "LONGEST_ANSWER", 50)
    [path] = bad_files.CASES["valid"](tmp_path)
    reading = ingest.read([path], tmp_path / "work", confined=True)
    assert [(f.level, f.code) for f in reading.findings] == [("FAIL", "too_much_memory")] and not reading.sources
