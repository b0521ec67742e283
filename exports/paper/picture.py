"""An exhibit as a picture of one slide's size."""

from exports.about import About
from exports.paper import press
from exports.paper.slides import SHEETS, frame, slide_of
from exports.slide import Slide

PIXELS = {"wide": 1920, "classic": 1440, "social": 1200}
"""Pixels across, by shape: 1920 x 1080, 1440 x 1080 and 1200 x 630."""


def picture(slide: Slide, about: About, form: str) -> bytes:
    """The slide as "png" or "svg": headline, subtitle, exhibit, source, link, marks and banner."""
    shape = about.shape if about.shape in SHEETS else "wide"
    sheet = SHEETS[shape]
    of = slide_of(slide, about, sheet, beside=bool(slide.note) and shape != "social")
    data = {**frame(about, slide.headline), "sheet": {"wide": sheet.wide, "high": sheet.high}, "slide": of}
    return press.picture("picture.typ", data, form, 72 * PIXELS[shape] / sheet.wide)
