"""The funnel of a workbook: rates over the number of students, with the limits between which chance alone may move them."""

from components.exhibit import Shown
from components.i18n import _
from exports.workbook import labels
from exports.workbook.cells import number
from exports.workbook.columns import unit_of
from exports.workbook.model import Drawn, Series

MOST_DOTS = 2_000


def dots(shown: Shown) -> Drawn | None:
    """The rows whose dots the figure shows, in the order of the rows, and its lines."""
    frame, figure = shown.frame, shown.figure or {}
    if not {"denominator", "rate", "indicator"} <= set(frame.columns):
        return None
    traces = [t for t in figure["data"] if len(t["x"])]
    drawn = {(int(x), round(y, 1)) for t in traces if t["mode"] == "markers" for x, y in zip(t["x"], t["y"], strict=True)}
    x, y = [], []
    for n, rate in zip(frame["denominator"], frame["rate"], strict=True):
        size, value = number(n), number(rate)
        if size and value is not None and (int(size), round(value, 1)) in drawn:
            x.append(float(size))
            y.append(value)
    if not x or len(x) > MOST_DOTS:
        return None
    lines = [Series(_("Limit of chance"), tuple(t["y"]), x=tuple(t["x"]), joined=True) for t in traces if t["mode"] == "lines"]
    unit = unit_of(frame["indicator"].iloc[0])
    across = (figure["layout"]["xaxis"].get("title") or {}).get("text", "") or labels.column("denominator")
    return Drawn("funnel", (), (Series(_("Places"), tuple(y), x=tuple(x)), *lines), labels.axis("rate", unit), unit, across)
