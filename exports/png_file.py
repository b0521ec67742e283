"""PNG: one exhibit as a picture, at the size of a slide or of a post."""

from collections.abc import Sequence

from exports.about import About
from exports.paper.picture import picture
from exports.slide import Slide


def write(slides: Sequence[Slide], about: About) -> bytes:
    """The first slide in the shape of `about`."""
    return picture(slides[0], about, "png")
