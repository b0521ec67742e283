"""The look of a deck: its colors, its fonts and where things stand on a slide of each shape. Inches and points."""

from typing import NamedTuple

from components.figures import theme

FONT = "Arial"
"""On every Windows, Mac and phone, with or without Office; LibreOffice and Google have its twin in width."""
NAVY, INK, SOFT, LINE = (c.lstrip("#").upper() for c in (theme.NAVY, theme.INK, theme.SOFT, theme.LINE))
PEER, PALE, PLUM, WHITE = "8A94A3", "F3F5F8", "801650", "FFFFFF"
TAGS = {"better": ("E7EEF9", "003688"), "worse": ("F8E8F0", PLUM)}
"""Ground and ink of a verdict's tag, as on the screen; all others are gray."""
LOOKS = {
    **{f"s{i}": c.lstrip("#").upper() for i, c in enumerate(theme.BLUES, 1)},
    "few": WHITE,
    "told": "ECEEF1",
    "none": "F7F8FA",
}
"""Grounds of the cells of a shaded table."""
EMU = 914_400


class Box(NamedTuple):
    """A rectangle on a slide, in inches from its upper left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def emu(self) -> tuple[int, int, int, int]:
        return tuple(round(v * EMU) for v in self)  # type: ignore[return-value]

    def part(self, x0: float, y0: float, x1: float, y1: float) -> "Box":
        """The rectangle between two corners given as parts of this one."""
        return Box(self.x + x0 * self.w, self.y + y0 * self.h, (x1 - x0) * self.w, (y1 - y0) * self.h)


class Sheet(NamedTuple):
    """A slide's rectangles. `body` is where the exhibit stands."""

    w: float
    h: float
    banner: Box
    title: Box
    subtitle: Box
    body: Box
    marks: Box
    source: Box
    footer: Box
    number: Box
    logo: Box


def sheet(shape: str) -> Sheet:
    """The rectangles of a shape; what is not 4:3 is 16:9."""
    w, h, side = (10.0, 7.5, 0.45) if shape == "classic" else (13.333, 7.5, 0.6)
    inner = w - 2 * side
    return Sheet(
        w, h,
        banner=Box(0, 0, w, 0.3),
        title=Box(side, 0.4, inner, 0.98),
        subtitle=Box(side, 1.38, inner, 0.52),
        body=Box(side, 1.98, inner, 4.42),
        marks=Box(side, 6.44, inner, 0.27),
        source=Box(side, 6.71, inner, 0.36),
        footer=Box(side, 7.09, inner - 1.0, 0.28),
        number=Box(w - side - 0.9, 7.09, 0.9, 0.28),
        logo=Box(w - side - 1.3, 0.42, 1.3, 0.9),
    )  # fmt: skip
