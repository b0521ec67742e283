"""The addresses of the browser's own engine: DuckDB-Wasm, our modules around it and the plan that they run.

It owns the list of files that are given out and the versions in their addresses. server/engine.py gives them out.
"""

import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "engine"
VENDOR = FOLDER / "vendor"
KINDS = {".js": "text/javascript", ".wasm": "application/wasm"}
CLIENT, WORKER, WASM = "duckdb-client.js", "duckdb-eh.worker.js", "duckdb-eh.wasm"
PLAN = "plan.json"


def _hash(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


MODULES = {path.name: path for path in sorted(FOLDER.glob("*.js"))}
VENDORED = {name: VENDOR / f"{name}.br" for name in (CLIENT, WORKER, WASM)}
"""Stored as brotli, under the names that browsers ask for."""
VERSIONS = tomllib.loads((VENDOR / "VERSIONS.toml").read_text(encoding="utf-8"))
OURS = _hash(*(part for name, path in MODULES.items() for part in (name.encode(), path.read_bytes())))
THEIRS = _hash(*(VERSIONS[name]["unpacked"].encode() for name in VENDORED))


@cache
def planned() -> tuple[str, bytes]:
    """The plan's version and its text, read once a process."""
    from data.local import plan  # Read late: it opens every SQL file of the room.

    made = plan.plan()
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
    return _hash(text), text


def addresses() -> dict[str, str]:
    """Where a page finds each part. An address changes whenever what stands there does, so browsers may keep it for good."""
    theirs = {part: f"/engine/{THEIRS}/{name}" for part, name in (("client", CLIENT), ("worker", WORKER), ("wasm", WASM))}
    return {"start": f"/engine/{OURS}/start.js", "plan": f"/engine/{planned()[0]}/{PLAN}", **theirs}
