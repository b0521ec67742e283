"""Our figures as plain SVG, drawn here: no browser, no Plotly. Only what the figures use; anything else is an error."""

from exports.drawing.draw import svg
from exports.drawing.fit import fitted, taken
from exports.drawing.known import Unknown

__all__ = ["Unknown", "fitted", "svg", "taken"]
