"""The file formats as a reader meets them: their names, in the order of the menus.

Which of them are written here, the server says when it is put together (`offer`): this room does not know the writers.
"""

from components.i18n import _

LABELS = {
    "csv": _("CSV"),
    "xlsx": _("Excel"),
    "pptx": _("PowerPoint"),
    "pdf": _("PDF"),
    "png": _("Picture (PNG)"),
    "svg": _("Drawing (SVG)"),
    "json": _("JSON"),
}
PICTURES = ("png", "svg")
"""Formats that hold one figure and nothing else: offered where there is one."""
_offered: list[tuple[str, str]] = []


def offer(written: dict[str, str]) -> None:
    """Say which formats are written: name -> media type. One without a label stands last, under its own name."""
    ordered = sorted(written, key=lambda name: [*LABELS, name].index(name))
    _offered[:] = [(name, written[name]) for name in ordered]


def offered(pictures: bool = True) -> list[str]:
    """The names of the formats that are written, in the order of the menus."""
    return [name for name, _kind in _offered if pictures or name not in PICTURES]


def kinds() -> dict[str, str]:
    """Name -> media type of every format that is written."""
    return dict(_offered)


def label(name: str) -> str:
    """What a format is called in a menu."""
    return LABELS.get(name) or name.upper()
