"""One rounding key a district: two roundings of one number tell more than one, to whoever kept the first. Also after withdrawing.

local/withdrawn/<lea> holds the key's fingerprint (data/privacy/rounding.py) and nothing else of what was withdrawn.
"""

from collections.abc import Iterable
from pathlib import Path

from data import store
from data.privacy.local import Unsafe


def check(root: Path, lea: str, key: str, kept: Iterable[dict]) -> None:
    """Raises Unsafe where a fingerprint is another than that of the kept publications (manifests), or of those withdrawn."""
    if any(m["key"] != key for m in kept):
        raise Unsafe(
            "The rounding key is not the one of the earlier publications of this district, and two roundings of a number tell "
            "more than one. Put the earlier key back."
        )
    path = _path(root, lea)
    if path.exists() and path.read_text(encoding="utf-8", errors="replace") != key:
        raise Unsafe(
            "The rounding key is not the one of what this district has withdrawn, and two roundings of a number tell more than "
            "one to whoever kept the first. Put the earlier key back. If it is lost, and nobody can have kept those numbers, "
            f"remove the file {lea} in the folder local/withdrawn and publish again."
        )


def remember(root: Path, lea: str, key: str) -> None:
    """Keep the fingerprint of what is withdrawn."""
    path = _path(root, lea)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    store.write_atomic(path, key)


def _path(root: Path, lea: str) -> Path:
    return root / "withdrawn" / lea
