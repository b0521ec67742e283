"""The store of local publications: protected counts of one LEA each. Publish, list, withdraw; the last three are kept.

local/CURRENT                      edition and, for each LEA, the publication shown; replaced in one step
local/publications/<lea>/<id>/     cells.parquet, partners.parquet, manifest.json (written last, with hashes); never changed
local/own/<lea>/<id>.parquet       exact counts, of the command line only, readable by their owner
local/staging/                     a publication in the making: what is left there after a crash is dropped by the next one

Nothing is stored that `data/privacy` has not let through. Order as in data/builds.py: a machine that dies leaves the last state.
"""

import json
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

import duckdb
import pandas as pd

from data import store
from data.local import keys, public, travel
from data.privacy import local as privacy
from data.privacy import rounding

FORMAT = 1
KEEP = 3
CELLS = "cells.parquet"
PARTNERS = "partners.parquet"


class NotFound(LookupError):
    """There is no such publication. The text is a sentence."""


class Damaged(RuntimeError):
    """A publication does not have the bytes that its manifest names. The text is a sentence."""


def root() -> Path:
    return store.home() / "local"


def publish(document: Mapping[str, Any], demo: bool = False, own: pd.DataFrame | None = None) -> str:
    """Scan, protect, attack and publish a travel document. `own`: exact counts for the LEA's own installation. Returns the id.

    Raises travel.Refused for a document that must not come in, privacy.Unsafe where a hidden number could be worked out,
    store.Locked when another publication is being made, keys.NoKey.
    """
    read = travel.read(document)
    with store.local_lock():
        _clean()
        secret = keys.rounding_key()
        kept = history(read.lea)
        _same_key(kept, rounding.fingerprint(secret))
        earlier = [cells(m) for m in kept]
        cells_, report = privacy.protect(read.cells, secret, earlier, public.bounds(read.lea))
        stamp = datetime.now(UTC)
        name = f"{stamp:%Y%m%d-%H%M%S}-{token_hex(3)}"
        manifest = {
            "id": name,
            "format": FORMAT,
            "lea": read.lea,
            "sequence": (kept[0]["sequence"] if kept else 0) + 1,
            "year": read.year,
            "through": read.through,
            "made": read.made,
            "published": stamp.isoformat(timespec="seconds"),
            "demo": demo or read.demo,
            "key": rounding.fingerprint(secret),
            "files": read.files,
            "checkup": read.checkup,
            "coverage": read.coverage,
            "attack": report,
        }
        _write(name, manifest, cells_, read.partners, own)
        _point({**current(), read.lea: name})
        _prune(read.lea)
        return name


def _same_key(kept: list[dict], key: str) -> None:
    """Two roundings of one number tell more than one."""
    if any(m["key"] != key for m in kept):
        raise privacy.Unsafe(
            "The rounding key is not the one of the earlier publications of this district, and two roundings of a number tell "
            "more than one. Put the earlier key back, or withdraw this district's publications first."
        )


def _write(name: str, manifest: dict, cells_: pd.DataFrame, partners: pd.DataFrame, own: pd.DataFrame | None) -> None:
    lea = manifest["lea"]
    staged = root() / "staging" / name
    staged.mkdir(parents=True, mode=0o700)
    try:
        frames = {CELLS: cells_.assign(lea=lea), PARTNERS: partners.assign(lea=lea)}
        for file, frame in frames.items():
            _parquet(frame, staged / file)
        manifest["hashes"] = {file: store.sha256(staged / file) for file in frames}
        if own is not None:
            folder = root() / "own" / lea
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _parquet(own, staged / "own")
            (staged / "own").chmod(0o600)
            store.sync(staged / "own")
            (staged / "own").replace(folder / f"{name}.parquet")
        store.sync_tree(staged)
        store.write_atomic(staged / "manifest.json", json.dumps(manifest, indent=1, sort_keys=True) + "\n")
        target = root() / "publications" / lea / name
        target.parent.mkdir(parents=True, exist_ok=True)
        staged.rename(target)
        store.read_only(target)
        store.sync(target.parent)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise


def _parquet(frame: pd.DataFrame, path: Path) -> None:
    with duckdb.connect(":memory:") as con:
        con.register("frame", frame)
        con.from_query("select * from frame order by all").write_parquet(str(path), compression="zstd")


def current() -> dict[str, str]:
    """LEA -> id of the publication that is shown. Empty when there is none."""
    return dict(_pointer().get("leas", {}))


def edition() -> str:
    """A name for all that is shown at this moment; it changes with every publication and withdrawal. "" when nothing is."""
    return str(_pointer().get("edition", ""))


def _pointer() -> dict:
    try:
        said = json.loads((root() / "CURRENT").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) and isinstance(said.get("leas"), dict) else {}


def stamp() -> tuple[int, int] | None:
    """A cheap token that changes whenever CURRENT is replaced."""
    try:
        stat = (root() / "CURRENT").stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_ino


def _point(leas: dict[str, str]) -> None:
    hashes = {lea: store.sha256(_folder(lea, name) / "manifest.json") for lea, name in sorted(leas.items())}
    # Never the same name twice: an answer of what was withdrawn would fit a name that comes back.
    edition = token_hex(8) if hashes else ""
    said = {"edition": edition, "leas": dict(sorted(leas.items())), "manifests": hashes}
    root().mkdir(parents=True, exist_ok=True)
    store.write_atomic(root() / "CURRENT", json.dumps(said, indent=1) + "\n")


def _folder(lea: str, name: str) -> Path:
    return root() / "publications" / lea / name


def history(lea: str) -> list[dict]:
    """The manifests of an LEA's publications that can be read, newest first."""
    found = []
    for path in (root() / "publications" / lea).glob("*/manifest.json"):
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(said, dict) and said.get("id") == path.parent.name and said.get("format") == FORMAT:
            found.append(said)
    return sorted(found, key=lambda m: m["sequence"], reverse=True)


def listed() -> list[dict]:
    """The manifests of what is shown, by LEA. What cannot be read is left out."""
    return [m for lea, name in sorted(current().items()) for m in history(lea) if m["id"] == name]


def checked(lea: str) -> dict:
    """The manifest of an LEA's current publication, after its hash and those of its files. Raises Damaged."""
    said = _pointer()
    name = said.get("leas", {}).get(lea, "")
    folder = _folder(lea, name)
    try:
        raw = (folder / "manifest.json").read_bytes()
        whole = sha256(raw).hexdigest() == said.get("manifests", {}).get(lea)
        manifest = json.loads(raw)
        whole = whole and all(store.sha256(folder / f) == digest for f, digest in manifest["hashes"].items())
    except (OSError, ValueError, KeyError):
        whole, manifest = False, {}
    if not whole:
        raise Damaged(f"The publication {name} of district {lea} is missing or damaged and is not shown. Publish it again.")
    return manifest


def files(manifest: Mapping) -> tuple[Path, Path]:
    """The Parquet files of cells and partners of a publication."""
    folder = _folder(manifest["lea"], manifest["id"])
    return folder / CELLS, folder / PARTNERS


def cells(manifest: Mapping) -> pd.DataFrame:
    """The protected cells of a publication."""
    with duckdb.connect(":memory:") as con:
        return con.read_parquet(str(files(manifest)[0])).df()


def withdraw(lea: str) -> int:
    """Take back everything that an LEA published: from every door first, then its files, own counts included. Returns how many.

    Raises NotFound where the LEA has published nothing, store.Locked.
    """
    with store.local_lock():
        folders = [root() / "publications" / lea, root() / "own" / lea]
        if not (len(lea) == 7 and lea.isascii() and lea.isdigit()) or not any(f.is_dir() for f in folders):
            raise NotFound("This district has published nothing here.")
        gone = len(history(lea))
        _point({k: v for k, v in current().items() if k != lea})
        for folder in folders:
            store.writable(folder)
            shutil.rmtree(folder, ignore_errors=True)
        return gone


def _prune(lea: str) -> None:
    keep = {m["id"] for m in history(lea)[:KEEP]} | {current().get(lea, "")}
    for path in (root() / "publications" / lea).glob("*"):
        if path.name not in keep:
            store.writable(path)
            shutil.rmtree(path, ignore_errors=True)
    for path in (root() / "own" / lea).glob("*.parquet"):
        if path.stem not in keep:
            path.unlink(missing_ok=True)


def _clean() -> None:
    """Drop what a crash left half done, exact counts of no publication included."""
    shutil.rmtree(root() / "staging", ignore_errors=True)
    for path in (root() / "own").glob("*/*.parquet"):
        if not (_folder(path.parent.name, path.stem) / "manifest.json").exists():
            path.unlink(missing_ok=True)
