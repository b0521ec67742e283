"""A build: read, screen, count, protect, verify, write, publish, roll back. Builds are folders that never change.

The order is the promise: nothing is published before it was read back and checked, the manifest is written last, and CURRENT
is replaced in one step. Whatever fails before that leaves the last good build served and a report behind.
"""

import json
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

import duckdb

from data import facts, ingest, invariants, serving, store, warehouse
from data.problems import Finding

CODE_VERSION = "0.1.0"
ROOM_FACTOR = 3
"""Free disk needed, as a multiple of the input's bytes, before a build starts."""


class NotBuilt(RuntimeError):
    """The input was refused. `findings` say why; `report` is the file that holds them."""

    def __init__(self, findings: Sequence[Finding], report: Path | None = None):
        super().__init__("The input was refused. The last good build is still served.")
        self.findings = findings
        self.report = report


class NoRoom(RuntimeError):
    """The disk is too full to build. The text is a sentence."""


def check(paths: Sequence[Path], say: Callable[[str, int, int], None] = lambda *_: None) -> ingest.Reading:
    """Read and screen only. Nothing is kept but what the reading says."""
    with store.builder_lock():
        store.clean_staging()
        work = store.folder("staging") / "check"
        work.mkdir()
        try:
            return ingest.read(paths, work, say, confined=True)
        finally:
            shutil.rmtree(work, ignore_errors=True)


def build(paths: Sequence[Path], demo: bool = False, say: Callable[[str, int, int], None] = lambda *_: None) -> dict:
    """Build from files or folders and publish. Returns the manifest.

    Raises NotBuilt when the input is refused, NoRoom when the disk is too full, store.Locked when another build is running.
    """
    with store.builder_lock():
        store.clean_staging()
        _need_room(paths)
        stamp = datetime.now(UTC)
        name = f"{stamp:%Y%m%d-%H%M%S}-{token_hex(3)}"
        root = store.folder("staging") / name
        (root / "work").mkdir(parents=True)
        try:
            manifest = _make(name, stamp, root, paths, demo, say)
        except BaseException:
            store.writable(root)
            shutil.rmtree(root, ignore_errors=True)
            raise
        say("publish", 1, 1)
        _publish(name, root, manifest)
        store.prune()
        return manifest


def _make(
    name: str, stamp: datetime, root: Path, paths: Sequence[Path], demo: bool, say: Callable[[str, int, int], None]
) -> dict:
    clock = _Clock()
    reading = ingest.read(paths, root / "work", say, confined=True)
    clock.lap("read and screen")
    if reading.failed:
        raise NotBuilt(reading.findings, _report(name, reading))
    _keep_raw(reading)
    clock.lap("keep raw files")
    con = duckdb.connect(config={"temp_directory": str(root / "work" / "spill")})
    try:
        told = facts.prepare(con, reading.extracts)
        clock.lap("places")
        counted = facts.write(con, reading.extracts, root, lambda title: say(title, 0, 1))
        clock.lap("marts, privacy, archive")
    finally:
        con.close()
    if not counted:
        raise NotBuilt([_nothing_to_count()], None)
    shutil.rmtree(root / "work")
    say("serving file", 0, 1)
    _serving(name, root)
    clock.lap("serving file")
    invariants.verify(serving.file_of(name))
    clock.lap("verify")
    return _manifest(name, stamp, root, reading, told, counted, demo, clock)


def _nothing_to_count() -> Finding:
    return Finding(
        "FAIL",
        "nothing_to_count",
        "",
        None,
        "",
        "",
        "None of the files holds attendance or discipline rows. Add a chronic absenteeism or suspension file from CDE.",
    )


def _serving(name: str, root: Path) -> None:
    serving.make(name, root)


def _manifest(
    name: str,
    stamp: datetime,
    root: Path,
    reading: ingest.Reading,
    told: dict[str, int],
    counted: dict[str, dict],
    demo: bool,
    clock: "_Clock",
) -> dict:
    files = {
        str(p.relative_to(root)): {"sha256": store.sha256(p), "bytes": p.stat().st_size}
        for p in sorted(root.rglob("*"))
        if p.is_file()
    }
    content = sha256("\n".join(f"{k} {v['content']}" for k, v in sorted(counted.items())).encode()).hexdigest()
    notes = [Finding("PASS", "kept_out", "", None, "", str(n), f"{what}: {n:,}.") for what, n in told.items()]
    newest = store.manifests()
    return {
        "id": name,
        "schema": warehouse.SCHEMA,
        "sequence": (newest[0]["sequence"] if newest else 0) + 1,
        "created": stamp.isoformat(timespec="seconds"),
        "code_version": CODE_VERSION,
        "duckdb": duckdb.__version__,
        "demo": demo,
        "sources": [_source(s) for s in reading.sources],
        "findings": [asdict(f) for f in (*reading.findings, *notes)],
        "families": sorted(reading.extracts),
        "indicators": counted,
        "years": {k: v["years"] for k, v in counted.items()},
        "files": files,
        "steps": {**clock.laps, "within reading": reading.steps},
        "content_hash": content,
    }


def _source(source: ingest.Source) -> dict:
    said = asdict(source)
    said.pop("path", None)
    return {k: v for k, v in said.items() if not isinstance(v, Path)}


def _publish(name: str, root: Path, manifest: dict) -> None:
    """Make the build durable, put it in its place and point CURRENT at it. The manifest is the last file written."""
    store.sync_tree(root)
    store.write_atomic(root / "manifest.json", json.dumps(manifest, indent=1, sort_keys=True, default=str) + "\n")
    store.sync(root)
    store.read_only(root)
    root.chmod(0o755)  # a folder must be writable to be renamed on some file systems
    target = store.folder("builds") / name
    root.rename(target)
    target.chmod(0o555)
    store.sync(target.parent)
    store.write_current(name)


def _keep_raw(reading: ingest.Reading) -> None:
    """Keep the files as received, but none that names people: CDE's directory lists administrators, and only its hash stays."""
    raw = store.folder("raw")
    for source in reading.sources:
        target = raw / source.sha256
        if not source.personal and not target.exists():
            temporary = raw / f".{source.sha256}"
            shutil.copyfile(source.path, temporary)
            temporary.replace(target)


def _report(name: str, reading: ingest.Reading) -> Path:
    """Write what was said of refused input, and put the files it names aside, exactly as received."""
    quarantine = store.folder("quarantine")
    refused = {f.file for f in reading.findings if f.level == "FAIL"}
    for source in reading.sources:
        if source.name in refused and not source.personal and source.path.is_file():
            shutil.copyfile(source.path, quarantine / source.sha256)
    report = store.folder("reports") / f"{name}.json"
    store.write_atomic(report, json.dumps([asdict(f) for f in reading.findings], indent=1, default=str) + "\n")
    return report


def last_report() -> list[dict]:
    """The findings of the newest refused input, newest first by name; empty when nothing was refused."""
    found = sorted((store.home() / "reports").glob("*.json"))
    return json.loads(found[-1].read_text(encoding="utf-8")) if found else []


def _need_room(paths: Sequence[Path]) -> None:
    size = sum(
        p.stat().st_size
        for path in paths
        for p in ([path] if path.is_file() else path.rglob("*") if path.is_dir() else [])
        if p.is_file()
    )
    free = shutil.disk_usage(store.home()).free
    if free < ROOM_FACTOR * size + 50_000_000:
        raise NoRoom(
            f"The disk has {free / 1e6:,.0f} MB free; this build needs about {(ROOM_FACTOR * size + 50_000_000) / 1e6:,.0f} MB. "
            "Free some room and start again. The last good build is still served."
        )


def publish(build_id: str) -> dict:
    """Point CURRENT at a kept build after checking it whole. Raises warehouse.NoBuild or serving.Damaged with a sentence."""
    manifest = next((m for m in store.manifests() if m["id"] == build_id), None)
    if manifest is None:
        raise warehouse.NoBuild(f"There is no build {build_id}. See the list with: python -m data builds")
    serving.check(build_id, manifest)
    store.write_current(build_id)
    return manifest


def rollback() -> dict:
    """Point CURRENT at the newest whole build older than the current one. Raises warehouse.NoBuild when there is none."""
    pointer = store.read_current()
    every = store.manifests()
    now = next((m["sequence"] for m in every if pointer and m["id"] == pointer.build), float("inf"))
    for manifest in [m for m in every if m["sequence"] < now]:
        try:
            return publish(manifest["id"])
        except serving.Damaged:
            continue
    raise warehouse.NoBuild("There is no older build to go back to.")


class _Clock:
    """Seconds by step, in order."""

    def __init__(self) -> None:
        self.last = time.perf_counter()
        self.laps: dict[str, float] = {}

    def lap(self, step: str) -> None:
        now = time.perf_counter()
        self.laps[step] = round(now - self.last, 3)
        self.last = now
