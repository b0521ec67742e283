"""From paths to single files: walks folders, opens zip and gz within limits, refuses links. Owns what a file is called.

Names inside an archive are only shown, never used as paths.
"""

import gzip
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from data import sniff
from data.problems import LONGEST_NAME, Finding, failure, passed, printable

LARGEST = 400_000_000
"""Bytes of one file after unpacking."""
LARGEST_RATIO = 60
"""Unpacked bytes for one packed byte. CDE's text files pack 12 to 25 to 1."""
SMALL = 4_000_000
"""Below this size a ratio means nothing."""
MOST_MEMBERS = 200
BLOCK = 1 << 20
ENDINGS = {".zip": "zip", ".gz": "gz", ".xlsx": "workbook", ".xlsm": "workbook"}
NOT_DATA = {".md", ".pdf", ".docx", ".html", ".htm", ".png", ".jpg", ".toml", ".json", ".ini", ".py"}


@dataclass(frozen=True)
class Received:
    """One file as received. `name` is how sentences call it; `stem` is its name without ending, read for a year and -vN only."""

    name: str
    stem: str
    path: Path


class _Bomb(Exception):
    """An archive that is not opened: a code and a sentence."""

    def __init__(self, code: str, sentence: str):
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


Opener = Callable[[Received, Path, list[Finding]], list[Received]]


def unpack(paths: Sequence[Path], work: Path, opener: Opener | None = None) -> tuple[list[Received], list[Finding]]:
    """Every single file below `paths`, archives opened into `work`. Whatever cannot be used is a finding."""
    files: list[Received] = []
    findings: list[Finding] = []
    for path in paths:
        for received in _walk(Path(path), findings):
            files += (opener or open_one)(received, work, findings)
    return _distinct(files), findings


def _walk(path: Path, findings: list[Finding]) -> Iterator[Received]:
    name = printable(path.name, LONGEST_NAME)
    try:
        if path.is_symlink():
            findings.append(failure("symlink", f"{name} is a link to another place. Give the file itself.", name))
        elif path.is_dir():
            yield from _folder(path, findings)
        elif path.is_file():
            yield Received(name, _stem(path.name), path)
        else:
            findings.append(failure("not_found", f"There is no file {name}. Check the path.", name))
    except OSError as error:
        findings.append(failure("unreadable", f"{name} cannot be opened ({error.strerror}). Check its name and its "
                                              f"rights.", name))


def _folder(folder: Path, findings: list[Finding]) -> Iterator[Received]:
    entries = sorted(folder.iterdir())
    if not entries:
        findings.append(failure("empty_folder", f"The folder {printable(folder.name)} is empty.", printable(folder.name)))
    for entry in entries:
        if entry.name.startswith(".") or (entry.suffix.lower() in NOT_DATA and not entry.is_dir()):
            findings.append(passed("set_aside", f"{printable(entry.name, LONGEST_NAME)} is no data file and was left "
                                                f"out.", printable(entry.name, LONGEST_NAME)))
        else:
            yield from _walk(entry, findings)


def _stem(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _distinct(files: list[Received]) -> list[Received]:
    """Give files of one name their folder's name too, so that a sentence points at one file."""
    names = [f.name for f in files]
    out, seen = [], set()
    for file in files:
        name = file.name if names.count(file.name) == 1 else printable(f"{file.path.parent.name}/{file.name}", LONGEST_NAME)
        count = 2
        while name in seen:
            name, count = f"{file.name} ({count})", count + 1
        seen.add(name)
        out.append(Received(name, file.stem, file.path))
    return out


def is_packed(path: Path) -> bool:
    """Whether the first bytes are those of an archive or a workbook; False where they cannot be read."""
    try:
        with path.open("rb") as handle:
            return handle.read(2) in (b"PK", b"\x1f\x8b")
    except OSError:
        return False


def open_one(received: Received, work: Path, findings: list[Finding]) -> list[Received]:
    """The file, or the files in it when it is an archive. Adds to `findings` what is wrong."""
    try:
        kind = sniff.kind_of(received.path)
        ending = received.path.suffix.lower()
        if ENDINGS.get(ending, "other") != kind and received.path.stat().st_size:
            raise _Bomb("ending_differs", f"The ending of {received.name} says one kind of file, its content another. "
                                          f"Download it again, or give it the right ending.")
        if kind == "gz":
            return [_gz(received, work)]
        if kind == "zip":
            return _zip(received, work)
    except _Bomb as bomb:
        findings.append(failure(bomb.code, bomb.sentence, received.name))
        return []
    except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError, RuntimeError):
        findings.append(failure("broken_archive", f"The archive {received.name} is damaged or cut short. Download it "
                                                  f"again.", received.name))
        return []
    except OSError as error:
        findings.append(failure("unreadable", f"{received.name} cannot be read ({error.strerror}).", received.name))
        return []
    return [received]


def _gz(received: Received, work: Path) -> Received:
    target = work / f"gz-{len(list(work.iterdir()))}.raw"
    packed = received.path.stat().st_size
    with gzip.open(received.path) as read:
        _pour(read, target, packed, received.name)
    return Received(received.name, _stem(received.stem), target)


def _zip(received: Received, work: Path) -> list[Received]:
    with zipfile.ZipFile(received.path) as archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise _Bomb("too_many_members", f"The archive {received.name} holds {len(members):,} files; at most "
                                            f"{MOST_MEMBERS} are read. Give the files that you need.")
        files = [m for m in members if not m.is_dir() and not _is_aside(m.filename)]
        if not files:
            raise _Bomb("empty_archive", f"The archive {received.name} holds no file.")
        for member in files:
            _refuse(member, received.name)
        return [_member(archive, member, received, work) for member in files]


def _is_aside(name: str) -> bool:
    return name.startswith("__MACOSX/") or (name.rsplit("/", 1)[-1].startswith(".") and ".." not in name)


def _refuse(member: zipfile.ZipInfo, archive: str) -> None:
    name = printable(member.filename, LONGEST_NAME)
    parts = member.filename.replace("\\", "/").split("/")
    if ".." in parts or member.filename.startswith(("/", "\\")) or ":" in parts[0]:
        raise _Bomb("path_in_archive", f"The archive {archive} holds a file that points outside of it ({name}). Pack the "
                                       f"files again.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise _Bomb("symlink", f"The archive {archive} holds a link ({name}), not a file. Pack the file itself.")
    if member.flag_bits & 1:
        raise _Bomb("password", f"The archive {archive} is protected by a password. Pack the files without one.")
    if is_bomb(member.file_size, member.compress_size):
        raise _Bomb("archive_bomb", f"{name} in {archive} would unpack to {member.file_size / 1e6:,.0f} MB from "
                                    f"{member.compress_size / 1e6:,.2f} MB. "
                    "No public file does that; download it again.")


def is_bomb(size: int, packed: int, largest: int = LARGEST) -> bool:
    """Whether so many bytes out of so few are no honest file's."""
    return size > largest or (size > SMALL and size > LARGEST_RATIO * max(packed, 1))


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, received: Received, work: Path) -> Received:
    target = work / f"zip-{len(list(work.iterdir()))}.raw"
    short = member.filename.rsplit("/", 1)[-1]
    with archive.open(member) as read:
        _pour(read, target, member.compress_size, received.name)
    if sniff.kind_of(target) in ("zip", "gz"):
        raise _Bomb("nested_archive", f"The archive {received.name} holds another archive ({printable(short, LONGEST_NAME)}). "
                                      f"Unpack it first.")
    return Received(printable(f"{received.name}/{short}", LONGEST_NAME), _stem(short), target)


def _pour(read, target: Path, packed: int, name: str) -> None:
    """Copy block by block, and stop as soon as the size cannot be an honest file's."""
    size = 0
    with target.open("wb") as write:
        while block := read.read(BLOCK):
            size += len(block)
            if is_bomb(size, packed):
                raise _Bomb("archive_bomb", f"{name} unpacks to more than {size / 1e6:,.0f} MB from {packed / 1e6:,.2f} MB. "
                                            f"No public file does that; download it again.")
            write.write(block)
