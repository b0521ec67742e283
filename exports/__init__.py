"""One writer a format: from slides (built exhibits) and what stands about them to bytes. A new format is one row here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from exports import csv_file, json_file, pdf_file, png_file, svg_file
from exports.about import About
from exports.slide import Slide

__all__ = ["EXPORTS", "About", "Format", "Slide"]


@dataclass(frozen=True)
class Format:
    """A file format: its writer, its media type, and whether one file holds several exhibits."""

    write: Callable[[Sequence[Slide], About], bytes]
    mimetype: str
    many: bool


EXPORTS = {
    "csv": Format(csv_file.write, "text/csv", False),
    "json": Format(json_file.write, "application/json", True),
    "pdf": Format(pdf_file.write, "application/pdf", True),
    "png": Format(png_file.write, "image/png", False),
    "svg": Format(svg_file.write, "image/svg+xml", False),
}
