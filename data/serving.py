"""The generated serving file: a read-only DuckDB file made from a build's Parquet archive, a cache that may be thrown away.

Made by the builder for the DuckDB version in use. Where it is missing or damaged, the same tables are loaded from the archive.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

import duckdb

from data import sql, store

OPTIONAL = ("official", "assistance", "grants", "contacts", "events")
"""Tables that a build has when it was given such files; without them they are empty."""


class Damaged(RuntimeError):
    """A file of a build does not have the bytes that its manifest names. The text is a sentence."""


def file_of(build: str) -> Path:
    return store.home() / "serving" / f"{build}-{duckdb.__version__}.duckdb"


def check(build: str, manifest: Mapping) -> None:
    """Compare every file of a build with the hashes of its manifest. Raises Damaged with the file's name."""
    root = store.build_path(build)
    for name, said in manifest["files"].items():
        try:
            found = store.sha256(root / name)
        except OSError:
            found = ""
        if found != said["sha256"]:
            raise Damaged(
                f"{name} of build {build} is missing or damaged. Build again, or roll back with: python -m data builds rollback"
            )


def fill(con: duckdb.DuckDBPyConnection, root: Path) -> None:
    """Make the serving tables in `con` from the archive under `root`. Reads the Parquet files; the caller has checked them."""
    facts = sorted(str(p) for p in (root / "facts").glob("*.parquet"))
    con.read_parquet(facts).create_view("all_facts")
    con.read_parquet(str(root / "places.parquet")).create_view("all_places")
    for name in OPTIONAL:
        if (root / f"{name}.parquet").exists():
            con.read_parquet(str(root / f"{name}.parquet")).create_view(f"all_{name}")
        else:
            sql.run(con, f"create view all_{name} as {sql.text(f'no_{name}')}")
    for statement in duckdb.extract_statements(sql.text("serving")):
        con.execute(statement).fetchall()
    for name in ("facts", "places", *OPTIONAL):
        sql.run(con, f"drop view all_{name}")


def make(build: str, root: Path) -> Path:
    """Write the serving file of a build and its hash beside it. Returns the file."""
    target = file_of(build)
    store.folder("serving")
    temporary = target.with_suffix(".making")
    temporary.unlink(missing_ok=True)
    con = duckdb.connect(str(temporary), config={"threads": 2})
    try:
        fill(con, root)
        sql.run(con, "checkpoint")
    finally:
        con.close()
    store.sync(temporary)
    digest = store.sha256(temporary)
    temporary.replace(target)
    target.chmod(0o444)
    store.write_atomic(target.with_suffix(".json"), json.dumps({"sha256": digest, "bytes": os.path.getsize(target)}) + "\n")
    return target


def intact(build: str) -> Path | None:
    """The serving file of a build when it is there for this DuckDB version and whole, else None."""
    target = file_of(build)
    try:
        said = json.loads(target.with_suffix(".json").read_text(encoding="utf-8"))
        return target if store.sha256(target) == said["sha256"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
