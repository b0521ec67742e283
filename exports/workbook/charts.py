"""Native charts of a workbook, drawn from one sheet of chart data that a reader can change. Colors as on the screen."""

import math

from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.workbook import Workbook

from components.figures import theme
from components.i18n import _
from exports.slide import Slide
from exports.workbook import cells, names
from exports.workbook.cells import Styles, put
from exports.workbook.model import Drawn, Series

COLORS = ("#12436D", "#28A197", "#801650", "#F46A25")
"""Categories, at most four (PRODUCT: Look); more series than that repeat them, and their names tell them apart."""
TYPES = {"bars": "bar", "lines": "line", "columns": "column", "funnel": "scatter"}
WIDTH, HEIGHT, ROW = 760, 420, 17
TALLEST = 1400
FONT = {"name": "Arial", "size": 10, "color": theme.INK}


class Data:
    """The sheet of chart data: a block a chart, below each other."""

    def __init__(self, book: Workbook, styles: Styles, banner: str):
        self._book, self._styles = book, styles
        self._sheet = book.add_worksheet(names.DATA)
        self._sheet.set_column(0, 0, 34)
        self._sheet.set_column(1, 60, 16)
        self._row = 0
        put(self._sheet, styles, 0, 0, _("Numbers of the charts, from the tables of the sheets"), bold=True)
        put(self._sheet, styles, 1, 0, banner)

    def chart(self, drawn: Drawn, slide: Slide) -> Chart:
        """Write the block of a chart and draw it."""
        top = self._block(drawn, slide)
        made: Chart = self._book.add_chart({"type": TYPES[drawn.kind]})  # type: ignore[assignment]
        column, named = 1, dict[str, int]()
        double = []
        for n, series in enumerate(drawn.series):
            if series.name in named:
                double.append(n)
            color = COLORS[named.setdefault(series.name, len(named)) % len(COLORS)]
            made.add_series(_options(drawn, series, top, column, color))
            column += _wide(series)
        _look(made, drawn, slide, double, len(named))
        return made

    def _block(self, drawn: Drawn, slide: Slide) -> int:
        """Write categories, values and the lengths of the bars of intervals; returns the row of the headers."""
        self._row += 2
        put(self._sheet, self._styles, self._row, 0, slide.headline, bold=True)
        put(self._sheet, self._styles, self._row, 1, " ".join(slide.marks))
        self._row += 1
        top, column = self._row, 1
        put(self._sheet, self._styles, top, 0, drawn.across or _("Category"), bold=True)
        for i, category in enumerate(drawn.categories, start=1):
            put(self._sheet, self._styles, top + i, 0, category)
        for series in drawn.series:
            self._series(top, column, drawn, series)
            column += _wide(series)
        self._row = top + max(len(drawn.categories), *(len(s.values) for s in drawn.series))
        return top

    def _series(self, top: int, column: int, drawn: Drawn, series: Series) -> None:
        blocks = [(series.name, series.values)]
        if series.x:
            blocks = [(drawn.across, series.x), *blocks]
        if series.lower:
            blocks.append((_("up to the upper end"), _lengths(series.values, series.upper, 1)))
            blocks.append((_("down to the lower end"), _lengths(series.values, series.lower, -1)))
        for at, (name, values) in enumerate(blocks, start=column):
            put(self._sheet, self._styles, top, at, name, bold=True)
            for i, value in enumerate(values, start=1):
                if value is not None:
                    self._sheet.write_number(top + i, at, value, self._styles.get(num_format="0.0##"))


def _wide(series: Series) -> int:
    """How many columns of the block a series takes."""
    return 1 + bool(series.x) + 2 * bool(series.lower)


def _options(drawn: Drawn, series: Series, top: int, column: int, color: str) -> dict:
    """How a series is drawn, from its cells."""
    last, at = top + len(series.values), column + bool(series.x)
    across = column if series.x else 0
    out: dict = {
        "name": [names.DATA, top, at],
        "categories": [names.DATA, top + 1, across, last, across],
        "values": [names.DATA, top + 1, at, last, at],
    }
    if drawn.kind == "funnel":
        line = {"color": theme.SOFT, "width": 1.25, "dash_type": "dash"} if series.joined else {"none": True}
        out |= {"line": line, "marker": {"type": "none"} if series.joined else _marker(theme.PEER)}
    elif drawn.kind == "lines":
        out |= {"line": {"color": color, "width": 2.25}, "marker": _marker(color)}
    else:
        out |= {"fill": {"color": theme.BAR if series.lower else color}, "border": {"none": True}, "gap": 40}
    if series.lower:
        plus, minus = (f"='{names.DATA}'!{xl_range_abs(top + 1, c, last, c)}" for c in (column + 1, column + 2))
        bars = {"type": "custom", "plus_values": plus, "minus_values": minus, "end_style": 0}
        out["y_error_bars"] = {**bars, "line": {"color": theme.INK if drawn.kind == "bars" else color, "width": 1}}
    return out


def _look(made: Chart, drawn: Drawn, slide: Slide, double: list[int], named: int) -> None:
    """Title, axes and legend, as quiet as on the screen."""
    made.set_title({"name": cells.text(slide.headline)[:250], "name_font": {**FONT, "size": 12, "bold": True}, "overlay": False})
    values = {"name": drawn.axis, "name_font": {**FONT, "bold": False}, "num_font": FONT, "line": {"none": True},
              "major_gridlines": {"visible": True, "line": {"color": theme.LINE, "width": 0.75}}}  # fmt: skip
    places: dict = {"num_font": FONT, "label_position": "low", "major_gridlines": {"visible": False}}
    if drawn.across:
        places |= {"name": drawn.across, "name_font": {**FONT, "bold": False}, "log_base": 10, "num_format": "#,##0"}
        places["min"] = 10 ** int(math.log10(max(1, min(x for s in drawn.series for x in s.x))))
    if drawn.kind == "bars":
        # From the top down, as on the screen; the numbers stay below.
        made.set_x_axis({**values, "label_position": "high"})
        made.set_y_axis({**places, "reverse": True})
    else:
        made.set_x_axis(places)
        made.set_y_axis(values)
    made.set_legend({"none": True} if named < 2 else {"position": "bottom", "font": FONT, "delete_series": double})
    made.show_blanks_as("gap")
    tall = ROW * len(drawn.categories) * min(len(drawn.series), 3) + 120 if drawn.kind == "bars" else HEIGHT
    made.set_size({"width": WIDTH, "height": min(max(tall, HEIGHT), TALLEST)})


def _marker(color: str) -> dict:
    return {"type": "circle", "size": 6, "border": {"color": color}, "fill": {"color": color}}


def _lengths(values: tuple[float | None, ...], ends: tuple[float | None, ...], sign: int) -> tuple[float | None, ...]:
    return tuple(None if v is None or e is None else max(0.0, sign * (e - v)) for v, e in zip(values, ends, strict=True))
