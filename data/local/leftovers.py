"""Removes local publications: what is older than the kept ones, and what a machine that died left half done."""

import shutil
from pathlib import Path

from data import store


def remove(folder: Path) -> None:
    store.writable(folder)
    shutil.rmtree(folder, ignore_errors=True)


def clean(root: Path, shown: set[str] | None) -> None:
    """Drop what a crash left: staging, exact counts of no publication, and what an LEA that is not `shown` withdrew or began.

    `shown` is None where the list of what is shown cannot be read: then nothing is taken to be withdrawn.
    """
    shutil.rmtree(root / "staging", ignore_errors=True)
    for folder in [*(root / "publications").glob("*"), *(root / "own").glob("*")]:
        if shown is not None and folder.name not in shown:
            remove(folder)
    for path in (root / "own").glob("*/*.parquet"):
        if not (root / "publications" / path.parent.name / path.stem / "manifest.json").exists():
            path.unlink(missing_ok=True)


def prune(root: Path, lea: str, keep: set[str]) -> None:
    """Drop the publications of an LEA, and the exact counts of them, that are not to be kept."""
    for path in (root / "publications" / lea).glob("*"):
        if path.name not in keep:
            remove(path)
    for path in (root / "own" / lea).glob("*.parquet"):
        if path.stem not in keep:
            path.unlink(missing_ok=True)
