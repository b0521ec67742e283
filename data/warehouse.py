"""The only place that opens DuckDB for reading. One connection a process and build, one cursor a query, locked down.

A running server looks at CURRENT before each query: a new build is checked whole, opened beside the old one and swapped in;
when it is damaged, the old one stays and `trouble()` says so. Nothing here writes.
"""

import json
import logging
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import duckdb
import pandas as pd

from data import serving, sql, store
from data.opened import PerProcess

log = logging.getLogger("rtac.warehouse")
SCHEMA = 3
"""The layout of a build's tables. A build made for another layout is refused, and said."""
QUERY_SECONDS = 2
AT_ONCE = 8
WAIT_SECONDS = 2
RETRY_SECONDS = 5


class NoBuild(LookupError):
    """There is no build to read, or not the one asked for. The text is a sentence."""


class Busy(RuntimeError):
    """The database is full or the query took too long. The text is a sentence."""


@dataclass(frozen=True)
class Build:
    """An open build. `mode` is "serving" (generated DuckDB file) or "archive" (tables loaded from the Parquet archive)."""

    id: str
    manifest: dict
    mode: str
    connection: duckdb.DuckDBPyConnection

    @property
    def demo(self) -> bool:
        return bool(self.manifest.get("demo"))


class _Opened:
    """What this process has open."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.slots = threading.BoundedSemaphore(AT_ONCE)
        self.builds: OrderedDict[str, Build] = OrderedDict()
        self.current: Build | None = None
        self.stamp: object = ()
        self.trouble = ""
        self.retry_at = 0.0


held = PerProcess(_Opened)


def current() -> Build:
    """The published build, or the newest whole one where that is damaged. Raises NoBuild when there is none."""
    state = held.get()
    stamp = store.current_stamp()
    if state.current and stamp == state.stamp and not (state.trouble and time.monotonic() > state.retry_at):
        return state.current
    # While one thread opens the new build, the others go on with the old one.
    if state.lock.acquire(blocking=state.current is None):
        try:
            if state.current is None or stamp != state.stamp or state.trouble:
                _swap(state, stamp)
        finally:
            state.lock.release()
    if state.current is None:
        raise NoBuild(state.trouble or "There is no build yet. Make one with: python -m data demo")
    return state.current


def trouble() -> str:
    """A sentence when the published build could not be opened and an older one is served instead, else ''."""
    return held.get().trouble


def open_build(build: str) -> Build:
    """One of the last builds, by id. Raises NoBuild with a sentence when it is not kept or not whole."""
    state = held.get()
    now = current()
    if build == now.id:
        return now
    with state.lock:
        if build not in state.builds:
            known = {m["id"] for m in store.manifests()}
            if build not in known:
                raise NoBuild(f"Build {build} is not kept here any more. Leave out “build” to see the current one.")
            try:
                _remember(state, _open(build))
            except (serving.Damaged, duckdb.Error, OSError, ValueError, KeyError) as error:
                raise NoBuild(f"Build {build} is damaged and is not shown. Leave out “build” to see the current one.") from error
        state.builds.move_to_end(build)
        return state.builds[build]


def query(text: str, params: dict[str, Any], build: str | None = None) -> pd.DataFrame:
    """Run one SELECT of our own with bound parameters. Raises NoBuild, or Busy after a wait or a time limit."""
    state = held.get()
    if not state.slots.acquire(timeout=WAIT_SECONDS):
        raise Busy("Many people are reading at this moment. Please try again in a few seconds.")
    try:
        opened = open_build(build) if build else current()
        try:
            return _run(opened, text, params)
        except (duckdb.IOException, duckdb.FatalException, duckdb.InternalException):
            # A block's checksum failed: the file was damaged under our feet. Open again, from the archive if need be.
            _forget(state, opened)
            return _run(open_build(build) if build else current(), text, params)
    finally:
        state.slots.release()


def _run(opened: Build, text: str, params: dict[str, Any]) -> pd.DataFrame:
    cursor = opened.connection.cursor()
    try:
        return cursor.execute(text, params).df()
    except duckdb.InterruptException as error:
        raise Busy("This question took too long and was stopped. Choose fewer places or years.") from error
    finally:
        cursor.close()


def _forget(state: _Opened, damaged: Build) -> None:
    with state.lock:
        state.builds.pop(damaged.id, None)
        if state.current is damaged:
            state.current, state.stamp = None, ()


def _swap(state: _Opened, stamp: object) -> None:
    """Open what CURRENT names; else keep what is open; else walk back to the newest build that is whole."""
    pointer = store.read_current()
    state.stamp = stamp
    state.retry_at = time.monotonic() + RETRY_SECONDS
    try:
        if pointer is None:
            raise serving.Damaged("CURRENT is missing or cannot be read.")
        opened = state.builds.get(pointer.build) or _open(pointer.build, pointer.manifest)
        state.trouble = ""
    except (serving.Damaged, duckdb.Error, OSError, ValueError, KeyError) as error:
        opened = state.current or _walk_back(pointer)
        if pointer or opened:
            state.trouble = _sentence(pointer, opened)
            log.error("published build not opened: %s", type(error).__name__)
    if opened:
        _remember(state, opened)
    state.current = opened


def _walk_back(pointer: store.Pointer | None) -> Build | None:
    for manifest in store.manifests():
        if pointer and manifest["id"] == pointer.build:
            continue
        try:
            return _open(manifest["id"])
        except (serving.Damaged, duckdb.Error, OSError, ValueError, KeyError):
            continue
    return None


def _sentence(pointer: store.Pointer | None, opened: Build | None) -> str:
    named = f"The published build {pointer.build}" if pointer else "The published build"
    if opened is None:
        return f"{named} is damaged and no other is whole. No numbers are shown. Build again with: python -m data build PATH…"
    return f"{named} is damaged and is not shown. You see the build of {opened.manifest['created'][:10]} instead."


def _remember(state: _Opened, opened: Build) -> None:
    """Keep the last builds open. A dropped one closes with its last cursor."""
    state.builds[opened.id] = opened
    while len(state.builds) > store.KEEP + 1:
        state.builds.popitem(last=False)


def _open(build: str, manifest_hash: str | None = None) -> Build:
    raw = (store.build_path(build) / "manifest.json").read_bytes()
    if manifest_hash and sha256(raw).hexdigest() != manifest_hash:
        raise serving.Damaged(f"The manifest of build {build} was changed after it was published.")
    manifest = json.loads(raw)
    if manifest.get("schema") != SCHEMA:
        raise serving.Damaged(f"Build {build} was made for another version of this program. Build again.")
    serving.check(build, manifest)
    connection = _serving_connection(build)
    mode = "serving" if connection else "archive"
    if connection is None:
        connection = duckdb.connect(":memory:", config=settings())
        serving.fill(connection, store.build_path(build))
    lock_down(connection)
    return Build(build, manifest, mode, connection)


def _serving_connection(build: str) -> duckdb.DuckDBPyConnection | None:
    """A connection to the serving file, or None where there is no whole one, or an old handle still holds it."""
    file = serving.intact(build)
    try:
        return duckdb.connect(str(file), read_only=True, config=settings()) if file else None
    except duckdb.Error:
        return None


def settings() -> dict[str, Any]:
    """How every connection that serves is opened."""
    # No temporary folder: a folder that DuckDB may spill to is one that COPY may write to.
    return {
        "threads": 2,
        "memory_limit": "1GB",
        "temp_directory": "",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "python_enable_replacements": False,
    }


def lock_down(connection: duckdb.DuckDBPyConnection) -> None:
    """Shut a filled connection: no files, no settings, no long queries."""
    if sql.one(connection, "select current_setting('lock_configuration')"):
        return  # The file was open in this process: DuckDB gives every handle of it the same, shut instance.
    for setting in (
        "enable_external_access = false",
        f"max_execution_time = {QUERY_SECONDS * 1000}",
        "lock_configuration = true",
    ):
        sql.run(connection, f"set global {setting}")
