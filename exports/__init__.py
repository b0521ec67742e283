"""One writer a format: from slides (built exhibits) and what stands about them to bytes. A new format is one row here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from exports import csv_file, json_file, pdf_file, png_file, pptx_file, svg_file, xlsx_file
from exports.about import About
from exports.slide import Slide

__all__ = ["EXPORTS", "About", "Format", "Slide"]


@dataclass(frozen=True)
class Format:
    """A file format: its writer, its media type, whether one file holds several exhibits, and the shapes that it may take."""

    write: Callable[[Sequence[Slide], About], bytes]
    mimetype: str
    many: bool
    shapes: tuple[str, ...] = ()


SLIDES = ("wide", "classic")
PICTURES = (*SLIDES, "social")
EXPORTS = {
    "csv": Format(csv_file.write, "text/csv", False),
    "json": Format(json_file.write, "application/json", True),
    "xlsx": Format(xlsx_file.write, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", True),
    "pptx": Format(pptx_file.write, "application/vnd.openxmlformats-officedocument.presentationml.presentation", True, SLIDES),
    "pdf": Format(pdf_file.write, "application/pdf", True, SLIDES),
    "png": Format(png_file.write, "image/png", False, PICTURES),
    "svg": Format(svg_file.write, "image/svg+xml", False, PICTURES),
}
