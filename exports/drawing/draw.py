"""A figure's parts in the order in which they lie on each other."""

from exports.drawing import axes, legend, shapes, text, traces
from exports.drawing.frame import Frame, framed
from exports.drawing.known import check


def svg(figure: dict, width: float, height: float | None = None, alt: str = "") -> str:
    """One <svg> of a figure at a size in pixels; without a height at the figure's own. Raises Unknown for what is not drawn.

    `alt`: a description for those who do not see it, as <title> and <desc>. Hover texts and ids are not in it.
    """
    high = figure["layout"]["height"] if height is None else height
    return wrap(parts(framed_of(figure, width, high)), width, high, figure["layout"].get("meta", {}).get("shows", ""), alt)


def framed_of(figure: dict, width: float, height: float) -> Frame:
    """The frame of a figure whose every attribute is known."""
    check(figure)
    return framed(figure, width, height)


def parts(frame: Frame) -> str:
    """The inside of the drawing."""
    return "".join(
        (
            shapes.drawn(frame, "below"),
            axes.grid(frame),
            traces.drawn(frame),
            shapes.drawn(frame, "above"),
            axes.drawn(frame),
            shapes.notes(frame),
            legend.drawn(frame),
            legend.title(frame),
        )
    )


def wrap(inner: str, width: float, height: float, shows: str = "", alt: str = "") -> str:
    """The root element on white ground."""
    wide, high = text.number(width), text.number(height)
    told = f"<title>{text.escape(text.showable(shows))}</title><desc>{text.escape(text.showable(alt))}</desc>" if alt else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" '
        f'font-family="{text.FAMILY}" font-variant="normal">{told}<rect width="{wide}" height="{high}" fill="#fff"/>{inner}</svg>'
    )
