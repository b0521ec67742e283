"""The store of local publications: protected counts of one LEA each. Publish, list, withdraw; the last three are kept.

local/CURRENT                      edition and, for each LEA, the publication shown; replaced in one step
local/publications/<lea>/<id>/     cells.parquet, partners.parquet, manifest.json (written last, with hashes); never changed
local/own/<lea>/<id>.parquet       exact counts, of the command line only, readable by their owner
local/withdrawn/<lea>              a fingerprint of the rounding key of what an LEA withdrew, and nothing else of it
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
from data.local import keys, leftovers, one_key, public, travel
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
        leftovers.clean(root(), set(current()) if _pointer() else None)
        secret = keys.rounding_key()
        kept = history(read.lea)
        one_key.check(root(), read.lea, rounding.fingerprint(secret), kept)
        earlier = [cells(m) for m in kept if _whole(m)]
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
        leftovers.prune(root(), read.lea, {name, *(m["id"] for m in history(read.lea)[:KEEP])})
        return name


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


def trouble() -> str:
    """A sentence where the list of what is shown cannot be read, else ""."""
    if not (root() / "CURRENT").exists() or _pointer():
        return ""
    return "The list of local publications is damaged, and none is shown. Publish each district’s counts again."


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
        names = (said.get("id"), said.get("format")) if isinstance(said, dict) else ()
        if names == (path.parent.name, FORMAT) and isinstance(said.get("sequence"), int) and isinstance(said.get("key"), str):
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
        manifest = json.loads(raw)
        whole = sha256(raw).hexdigest() == said.get("manifests", {}).get(lea) and _whole(manifest)
    except (OSError, ValueError, AttributeError):
        whole, manifest = False, {}
    if not whole:
        raise Damaged(f"The publication {name} of district {lea} is missing or damaged and is not shown. Publish it again.")
    return manifest


def _whole(manifest: Mapping) -> bool:
    """Whether the files of a publication have the bytes that its manifest names."""
    try:
        hashes = manifest["hashes"]
        return all(store.sha256(path) == hashes[path.name] for path in files(manifest))
    except (OSError, KeyError, TypeError):
        return False


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
        gone = history(lea)
        if gone:
            one_key.remember(root(), lea, gone[0]["key"])
        _point({k: v for k, v in current().items() if k != lea})
        for folder in folders:
            leftovers.remove(folder)
        return len(gone)
