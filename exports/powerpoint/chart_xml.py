"""The pieces that charts are made of, as DrawingML text in the order of the standard (ECMA-376, dml-chart.xsd)."""

import re
from math import floor, log10
from xml.sax.saxutils import escape, quoteattr

from exports.powerpoint.house import FONT, INK, LINE, SOFT
from exports.powerpoint.text import clean
from exports.powerpoint.workbook import Workbook

SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
C15 = 'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"'
RANGE = "{02D57815-91ED-43cb-92C2-25804820EDAC}"
LABEL = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
FIELD = "{{A0B1C2D3-0000-4000-8000-{:012X}}}"
HOLLOW = "#CBD6E4"
SYMBOLS = {"diamond": "diamond", "square": "square", "square-open": "square", "x-thin": "x"}
DASHES = {"dash": "dash", "dot": "sysDot", "dashdot": "dashDot", "solid": "solid"}
RGB = re.compile(r"rgba?\((\d+), ?(\d+), ?(\d+)(?:, ?([\d.]+))?\)")


def color(of: str) -> str:
    """A color of a figure (#rrggbb or rgba()) as DrawingML."""
    found = RGB.match(of)
    if not found:
        return f'<a:srgbClr val="{of.lstrip("#").upper()}"/>'
    value = "".join(f"{int(part):02X}" for part in found.groups()[:3])
    alpha = f'<a:alpha val="{round(float(found[4]) * 100_000)}"/>' if found[4] else ""
    return f'<a:srgbClr val="{value}">{alpha}</a:srgbClr>'


def fill(of: str) -> str:
    return f"<a:solidFill>{color(of)}</a:solidFill>" if of else "<a:noFill/>"


def line(of: str, points: float = 1, dash: str = "solid") -> str:
    """A line of a color; "" for none."""
    if not of or not points:
        return "<a:ln><a:noFill/></a:ln>"
    return (
        f'<a:ln w="{round(points * 12_700)}" cap="rnd">{fill(of)}<a:prstDash val="{DASHES.get(dash, "dash")}"/><a:round/></a:ln>'
    )


def run_props(tag: str, size: float, of: str = INK, bold: bool = False) -> str:
    return (
        f'<a:{tag} lang="en-US" sz="{round(size * 100)}" b="{int(bold)}">{fill(of)}<a:latin typeface="{FONT}"/>'
        f'<a:cs typeface="{FONT}"/></a:{tag}>'
    )


def text_props(size: float, of: str = INK, bold: bool = False, level: bool = False) -> str:
    """How a part's text looks. `level`: names of an axis are not turned; where they do not fit, some are left out."""
    body = '<a:bodyPr rot="0" vert="horz"/>' if level else "<a:bodyPr/>"
    return f"<c:txPr>{body}<a:lstStyle/><a:p><a:pPr>{run_props('defRPr', size, of, bold)}</a:pPr>{END}</a:p></c:txPr>"


END = '<a:endParaRPr lang="en-US"/>'


def rich(lines: list[str], size: float, of: str = INK, bold: bool = False, align: str = "") -> str:
    """Text of its own, a paragraph a line."""
    props = f'<a:pPr algn="{align}"/>' if align else ""
    said = "".join(
        f"<a:p>{props}<a:r>{run_props('rPr', size, of, bold)}<a:t>{escape(clean(text))}</a:t></a:r></a:p>" for text in lines
    )
    return f'<c:rich><a:bodyPr wrap="none"/><a:lstStyle/>{said}</c:rich>'


def name_ref(book: Workbook, column: int) -> str:
    said = f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(book.heads[column])}</c:v></c:pt>'
    return f"<c:tx><c:strRef><c:f>{book.head_ref(column)}</c:f><c:strCache>{said}</c:strCache></c:strRef></c:tx>"


def texts_ref(book: Workbook, column: int) -> str:
    return f"<c:strRef><c:f>{book.ref(column)}</c:f><c:strCache>{_points(book, column)}</c:strCache></c:strRef>"


def numbers_ref(book: Workbook, column: int) -> str:
    """A column of numbers with its cache; an empty cell is a gap in both."""
    cache = f"<c:formatCode>General</c:formatCode>{_points(book, column)}"
    return f"<c:numRef><c:f>{book.ref(column)}</c:f><c:numCache>{cache}</c:numCache></c:numRef>"


def _points(book: Workbook, column: int) -> str:
    values = book.values(column)
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{escape(v) if isinstance(v, str) else f"{v:.10g}"}</c:v></c:pt>'
        for i, v in enumerate(values)
        if v is not None
    )
    return f'<c:ptCount val="{len(values)}"/>{points}'


def errors(book: Workbook, direction: str, minus: int, plus: int, of: str, width: float = 1.75) -> str:
    """Intervals from the workbook's own columns."""
    return (
        f'<c:errBars><c:errDir val="{direction}"/><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
        f"<c:plus>{numbers_ref(book, plus)}</c:plus><c:minus>{numbers_ref(book, minus)}</c:minus>"
        f"<c:spPr>{line(of, width)}</c:spPr></c:errBars>"
    )


def marker(symbol: str, size: float, ground: str, edge: str, width: float = 1.25) -> str:
    """A mark; size in points. An open symbol has no ground; a hollow one a pale one, which LibreOffice shows without its edge."""
    if not size:
        return '<c:marker><c:symbol val="none"/></c:marker>'
    inner = "" if "open" in symbol else HOLLOW if ground == "#ffffff" else ground
    return (
        f'<c:marker><c:symbol val="{SYMBOLS.get(symbol, "circle")}"/><c:size val="{min(72, max(2, round(size)))}"/>'
        f"<c:spPr>{fill(inner)}{line(edge, width)}</c:spPr></c:marker>"
    )


SHOWS = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")


def shows(*shown: str) -> str:
    return "".join(f'<c:{name} val="{int(name in shown)}"/>' for name in SHOWS)


def label_from_cell(index: int, text: str, where: str, size: float, of: str = INK, bold: bool = False) -> str:
    """The label of a point taken from its cell, so that editing the cell edits the label; `text` is what it shows now."""
    props = run_props("rPr", size, of, bold)
    field = f'<a:fld id="{FIELD.format(index + 1)}" type="CELLRANGE">{props}<a:pPr/><a:t>{escape(text)}</a:t></a:fld>'
    return (
        f'<c:dLbl><c:idx val="{index}"/><c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/><a:p>{field}{END}</a:p></c:rich></c:tx>'
        f'<c:dLblPos val="{where}"/>{shows()}<c:extLst><c:ext uri="{LABEL}" {C15}><c15:dlblFieldTable/>'
        '<c15:showDataLabelsRange val="1"/></c:ext></c:extLst></c:dLbl>'
    )


def labels(each: str, ranged: bool = False, leader: str = "") -> str:
    """The labels of a series: only those given. `leader`: the color of the line from a point to a label that was moved."""
    lines = f"<c15:leaderLines><c:spPr>{line(leader, 0.75)}</c:spPr></c15:leaderLines>" if leader else ""
    said = '<c15:showDataLabelsRange val="1"/>' if ranged else f'<c15:showLeaderLines val="1"/>{lines}' if leader else ""
    more = f'<c:extLst><c:ext uri="{LABEL}" {C15}>{said}</c:ext></c:extLst>' if said else ""
    return f"<c:dLbls>{each}{shows()}{more}</c:dLbls>" if each else ""


def label_range(book: Workbook, column: int) -> str:
    """The extension of a series that says which cells its labels come from."""
    cache = f"<c15:dlblRangeCache>{_points(book, column)}</c15:dlblRangeCache>"
    return (
        f'<c:extLst><c:ext uri="{RANGE}" {C15}><c15:datalabelsRange><c15:f>{book.ref(column)}</c15:f>{cache}'
        "</c15:datalabelsRange></c:ext></c:extLst>"
    )


def axis_title(text: str, size: float, turned: bool = False) -> str:
    """The name of an axis."""
    body = '<a:bodyPr rot="-5400000" vert="horz"/>' if turned else "<a:bodyPr/>"
    run = f"<a:r>{run_props('rPr', size, SOFT)}<a:t>{escape(clean(text))}</a:t></a:r>"
    said = f"<c:tx><c:rich>{body}<a:lstStyle/><a:p>{run}</a:p></c:rich></c:tx>"
    return f'<c:title>{said}<c:overlay val="0"/></c:title>' if text else ""


def step_of(span: float, wanted: int = 5) -> float:
    """The smallest of 1, 2 or 5 of some power of ten that makes at most so many steps."""
    least = max(span, 1e-9) / wanted
    power = 10.0 ** floor(log10(least))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= least * 0.999)


def number_format(step: float, suffix: str = "") -> str:
    plain = "#,##0" if step >= 1 else "0.0" if step >= 0.1 else "0.00"
    return plain + (f'"{suffix}"' if suffix else "")


def value_axis(
    ids: tuple[int, int], where: str, low: float, high: float, size: float, *, step: float = 0, form: str = "General",
    title: str = "", grid: bool = True, hidden: bool = False, log: bool = False, between: str = "midCat",
) -> str:  # fmt: skip
    """An axis of numbers. `ids`: its own and the one that it crosses; `where`: b or l."""
    base = '<c:logBase val="10"/>' if log else ""
    unit = f'<c:majorUnit val="{step:.10g}"/>' if step and not log else ""
    lines = f"<c:majorGridlines><c:spPr>{line(LINE, 0.75)}</c:spPr></c:majorGridlines>" if grid and not hidden else ""
    return (
        f'<c:valAx><c:axId val="{ids[0]}"/><c:scaling>{base}<c:orientation val="minMax"/><c:max val="{high:.10g}"/>'
        f'<c:min val="{low:.10g}"/></c:scaling><c:delete val="{int(hidden)}"/><c:axPos val="{where}"/>{lines}'
        f'{axis_title(title, size, where == "l")}<c:numFmt formatCode={quoteattr(form)} sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{line("")}</c:spPr>'
        f'{text_props(size, SOFT, level=True)}<c:crossAx val="{ids[1]}"/><c:crosses val="min"/><c:crossBetween val="{between}"/>'
        f"{unit}</c:valAx>"
    )


def category_axis(
    ids: tuple[int, int], where: str, size: float, *, turned: bool = False, of: str = INK, mute: bool = False, title: str = ""
) -> str:
    """An axis of names. `turned`: the first on top; `mute`: without its names, where the slide writes the first and the last."""
    order, names = "maxMin" if turned else "minMax", "none" if mute else "low"
    return (
        f'<c:catAx><c:axId val="{ids[0]}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{where}"/>{axis_title(title, size)}<c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="{names}"/>'
        f"<c:spPr>{line(PALE_AXIS, 0.75)}</c:spPr>{text_props(size, of, level=True)}"
        f'<c:crossAx val="{ids[1]}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="50"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


PALE_AXIS = "C6C6C6"


def space(plot: str, inner: tuple[float, float, float, float]) -> str:
    """A chart of its plot (charts and axes). `inner`: left, top, right, bottom of the plot as parts of the chart."""
    x0, y0, x1, y1 = inner
    where = "".join(
        f'<c:{k} val="{v:.5f}"/>' for k, v in (("x", x0), ("y", y0), ("w", max(0.05, x1 - x0)), ("h", max(0.05, y1 - y0)))
    )
    layout = (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{where}</c:manualLayout></c:layout>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {SPACES}><c:date1904 val="0"/>'
        '<c:lang val="en-US"/><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea>{layout}{plot}<c:spPr><a:noFill/></c:spPr></c:plotArea>"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/>{line('')}</c:spPr>{text_props(12)}</c:chartSpace>"
    )
