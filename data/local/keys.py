"""The secrets of local data: the rounding key and a salt for each LEA. Made by the machine; they stay out of every build."""

import contextlib
import os
import secrets
from pathlib import Path

from data import store

SETTING = "RTAC_LOCAL_KEY"
LEAST = 16
SIZE = 32


class NoKey(RuntimeError):
    """A secret cannot be read or is none. The text is a sentence."""


def rounding_key() -> bytes:
    """The secret of the rounding: from the environment, else `keys/rounding.key`, made when it is first needed. Raises NoKey."""
    given = os.environ.get(SETTING, "").encode()
    if given and len(given) < LEAST:
        raise NoKey(f"{SETTING} is shorter than {LEAST} characters. Give it a long random text, or unset it.")
    return given or _kept(folder() / "rounding.key")


def salt(lea: str) -> bytes:
    """The salt of one LEA's student keys. Raises NoKey."""
    if not (len(lea) == 7 and lea.isascii() and lea.isdigit()):
        raise NoKey("A district's code has seven digits.")
    return _kept(folder() / f"{lea}.salt")


def folder() -> Path:
    path = store.home() / "keys"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def _kept(path: Path) -> bytes:
    """The secret of a file, readable by its owner alone. Two processes that make it at once end with the same one."""
    if not path.exists():
        secret = secrets.token_hex(SIZE).encode()
        made = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        _write(made, secret)
        try:
            os.link(made, path)
        except FileExistsError:
            pass
        except OSError:  # a file system without links (FAT, some shared folders): there it is written in its place
            with contextlib.suppress(FileExistsError):
                _write(path, secret)
        finally:
            made.unlink()
        store.sync(path.parent)
    found = path.read_bytes().strip()
    if len(found) < LEAST:
        raise NoKey(f"{path.name} in the folder keys is damaged. Put it back from a copy: a new one would give other roundings.")
    return found


def _write(path: Path, secret: bytes) -> None:
    """A new file of its owner alone. Raises FileExistsError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, secret)
        os.fsync(handle)
    finally:
        os.close(handle)
