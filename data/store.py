"""Where data live: the folders under $RTAC_HOME, written so that a dying machine loses nothing. Knows no numbers.

CURRENT      id and manifest hash of the published build, replaced atomically
build.lock   held by the one builder (the kernel frees it)
raw/         files exactly as received, by SHA-256       quarantine/  refused ones
staging/     a build in the making                       builds/      finished ones, never changed
serving/     generated DuckDB files, a cache             reports/     what was said of refused input
local/       publications of grantees' own counts (data/local/publications.py); local.lock is held by the one that publishes
keys/        the rounding key and the LEAs' salts (data/local/keys.py); never in a build
removed.csv  ids of the builds that were pruned, and when
fetched/     what `python -m data fetch` downloaded, with a ledger; fetch.lock is held by the one that fetches
"""

import csv
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

KEEP = 3
"""Builds that stay openable and to which one can go back."""
REMOVED = "removed.csv"


class Locked(RuntimeError):
    """Another build or fetch is running. The text is a sentence."""


@dataclass(frozen=True)
class Pointer:
    """What CURRENT says: a build's id and the SHA-256 of its manifest."""

    build: str
    manifest: str


def home() -> Path:
    """$RTAC_HOME, or ./var. Read at each call, so that a test or a second server can have its own."""
    return Path(os.environ.get("RTAC_HOME") or "var").absolute()


def folder(name: str) -> Path:
    path = home() / name
    path.mkdir(parents=True, exist_ok=True)
    return path


def build_path(build: str) -> Path:
    return home() / "builds" / build


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, read in pieces."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def sync(path: Path) -> None:
    """fsync a file or a folder: a power cut cannot take it back then. Windows cannot open a folder; there it is left out."""
    if os.name == "nt" and path.is_dir():
        return
    fd = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def sync_tree(root: Path) -> None:
    for path in [*root.rglob("*"), root]:
        sync(path)


def write_atomic(path: Path, text: str) -> None:
    """Replace a small file in one step; a reader sees the old text or the new one, never half."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(path)
    sync(path.parent)


def _lock(handle: IO[str]) -> None:
    """Take the lock or raise OSError at once. The system frees it when the process ends, however it ends."""
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def builder_lock() -> Iterator[None]:
    """Hold the one builder's lock. Raises Locked at once when another process holds it."""
    with _held("build.lock", "Another build is running in this folder. Wait for it to end, then start again."):
        yield


@contextmanager
def fetch_lock() -> Iterator[None]:
    """Hold the one fetcher's lock, so that never two files are asked for at once. Raises Locked as `builder_lock` does."""
    with _held("fetch.lock", "Another fetch is running in this folder. Wait for it to end, then start again."):
        yield


@contextmanager
def local_lock() -> Iterator[None]:
    """Hold the lock of local publications. Raises Locked as `builder_lock` does."""
    with _held("local.lock", "Another publication is being made in this folder. Wait for it to end, then publish again."):
        yield


@contextmanager
def _held(name: str, otherwise: str) -> Iterator[None]:
    home().mkdir(parents=True, exist_ok=True)
    with (home() / name).open("a") as handle:
        try:
            _lock(handle)
        except OSError:
            raise Locked(otherwise) from None
        yield


def read_current() -> Pointer | None:
    """What CURRENT points to, or None when it is missing or unreadable."""
    try:
        said = json.loads((home() / "CURRENT").read_text(encoding="utf-8"))
        return Pointer(str(said["build"]), str(said["manifest"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def current_stamp() -> tuple[int, int] | None:
    """A cheap token that changes whenever CURRENT is replaced."""
    try:
        stat = (home() / "CURRENT").stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ino


def write_current(build: str) -> None:
    manifest = sha256(build_path(build) / "manifest.json")
    write_atomic(home() / "CURRENT", json.dumps({"build": build, "manifest": manifest}) + "\n")


def manifests() -> list[dict]:
    """The manifests of all finished builds that can be read, newest first (by sequence, so a clock set back does no harm)."""
    found = []
    for path in (home() / "builds").glob("*/manifest.json"):
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(said, dict) and said.get("id") == path.parent.name and isinstance(said.get("sequence"), int):
            found.append(said)
    return sorted(found, key=lambda m: m["sequence"], reverse=True)


def prune() -> list[str]:
    """Delete what is neither current nor among the newest KEEP builds. Returns the ids."""
    pointer = read_current()
    keep = {m["id"] for m in manifests()[:KEEP]} | ({pointer.build} if pointer else set())
    gone = [path for path in (home() / "builds").glob("*") if path.name not in keep]
    for path in gone:
        writable(path)
        shutil.rmtree(path, ignore_errors=True)
    for path in (home() / "serving").glob("*"):
        if not any(path.name.startswith(build) for build in keep):
            path.unlink(missing_ok=True)
    _note_removed([path.name for path in gone])
    return [path.name for path in gone]


def _note_removed(builds: list[str]) -> None:
    """Keep the ids: a link to one of them is told what became of it."""
    if builds:
        with (home() / REMOVED).open("a", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows((build, f"{datetime.now(UTC):%Y-%m-%d}") for build in builds)


def removed() -> dict[str, str]:
    """Build id -> the ISO day on which it was pruned, as far as that was noted."""
    try:
        with (home() / REMOVED).open(encoding="utf-8", newline="") as handle:
            return {build: day for build, day in csv.reader(handle) if date.fromisoformat(day)}
    except (OSError, ValueError, csv.Error):
        return {}


def clean_staging() -> None:
    """Drop what earlier builds left half done; first thing a builder does, since leftovers keep a full disk full."""
    for path in folder("staging").glob("*"):
        writable(path)
        shutil.rmtree(path, ignore_errors=True)


def read_only(root: Path) -> None:
    for path in root.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    root.chmod(0o555)


def writable(root: Path) -> None:
    if root.is_dir():
        root.chmod(0o755)
        for path in root.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
