"""One writer a format: it takes built exhibits and what stands about them, and returns bytes. A new format is one row here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from components.exhibit import Shown
from exports import csv_file, json_file
from exports.about import About

__all__ = ["EXPORTS", "About", "Format"]


@dataclass(frozen=True)
class Format:
    """A file format: its writer, its media type, and whether one file holds several exhibits."""

    write: Callable[[Sequence[Shown], About], bytes]
    mimetype: str
    many: bool


EXPORTS = {
    "csv": Format(csv_file.write, "text/csv", False),
    "json": Format(json_file.write, "application/json", True),
}
