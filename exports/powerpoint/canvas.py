"""A slide that things are put on: native charts, text, groups of shapes, tables, pictures. Each has a name and a text for those
who do not see it, or is marked as decoration. What is put first is read first."""

import io
import re
from collections.abc import Iterable
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml import parse_xml
from pptx.slide import Slide

from exports.powerpoint import chart_xml as xml
from exports.powerpoint.house import FONT, INK, Box
from exports.powerpoint.lines import Drawn
from exports.powerpoint.text import clean, short

SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
ORNAMENT = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
ALT = 1500
"""Letters of an alternative text: more is read to nobody's end."""
WEB = re.compile(r"https?://[^\s<>\"]+")


class Para(NamedTuple):
    """A paragraph of one look. `link`: the id of a relationship to an address, or ""."""

    text: str
    size: float
    color: str = INK
    bold: bool = False
    align: str = "l"
    link: str = ""
    after: float = 0


class Canvas:
    """What is put on one slide."""

    def __init__(self, slide: Slide):
        self.slide = slide
        self.tree: Any = slide.shapes._spTree
        self._next = max((int(v) for v in self.tree.xpath(".//p:cNvPr/@id")), default=1)

    def id(self) -> int:
        self._next += 1
        return self._next

    def chart(self, drawn: Drawn, box: Box, name: str, alt: str) -> None:
        """A native chart with its workbook."""
        made: Any = self.slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *box.emu, _Data(drawn))  # type: ignore[arg-type]
        props = made._element.nvGraphicFramePr.cNvPr
        props.set("id", str(self.id()))
        props.set("name", short(name, 80))
        props.set("descr", short(alt, ALT))

    def put(self, element: str) -> None:
        """An element of the slide, as text in the namespaces a, p and r."""
        self.tree.append(parse_xml(element.replace(">", f" {SPACES}>", 1) if SPACES[:12] not in element else element))

    def text(self, box: Box, paras: Iterable[Para], name: str, *, ground: str = "", anchor: str = "t", inset: float = 0) -> None:
        """Words in a box."""
        self.put(self.text_xml(box, list(paras), name, ground=ground, anchor=anchor, inset=inset))

    def text_xml(self, box: Box, paras: list[Para], name: str, *, ground: str = "", anchor: str = "t", inset: float = 0) -> str:
        """The same as an element for a group."""
        said = "".join(map(paragraph, paras)) or f"<a:p>{xml.END}</a:p>"
        room = round(inset * 914_400)
        body = (
            f'<a:bodyPr wrap="square" lIns="{room}" tIns="{room // 2}" rIns="{room}" bIns="{room // 2}" anchor="{anchor}">'
            "<a:noAutofit/></a:bodyPr><a:lstStyle/>"
        )
        return (
            f'<p:sp><p:nvSpPr>{self.named(name, name)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{where(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
            f"{xml.fill(ground)}{xml.line('')}</p:spPr><p:txBody>{body}{said}</p:txBody></p:sp>"
        )

    def named(self, name: str, alt: str) -> str:
        """The name of a thing and its text; without text it is decoration."""
        base = f'<p:cNvPr id="{self.id()}" name={quoteattr(short(name, 80))}'
        return f"{base} descr={quoteattr(short(alt, ALT))}/>" if alt else f"{base}>{ORNAMENT}</p:cNvPr>"

    def shape(
        self, box: Box, name: str, alt: str, ground: str, edge: str = "", width: float = 0.75, geometry: str = "rect"
    ) -> str:
        """A shape without words, as an element for a group."""
        return (
            f"<p:sp><p:nvSpPr>{self.named(name, alt)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{where(box)}"
            f'<a:prstGeom prst="{geometry}"><a:avLst/></a:prstGeom>{xml.fill(ground)}{xml.line(edge, width)}</p:spPr></p:sp>'
        )

    def stroke(self, box: Box, name: str, alt: str, of: str, width: float, dash: str) -> str:
        """A straight line from corner to corner of a box."""
        return (
            f"<p:cxnSp><p:nvCxnSpPr>{self.named(name, alt)}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr><p:spPr>{where(box)}"
            f'<a:prstGeom prst="line"><a:avLst/></a:prstGeom>{xml.line(of, width, dash)}</p:spPr></p:cxnSp>'
        )

    def group(self, box: Box, name: str, alt: str, children: list[str]) -> None:
        """Shapes that move and grow together."""
        if not children:
            return
        x, y, w, h = box.emu
        self.put(
            f"<p:grpSp {SPACES}><p:nvGrpSpPr>{self.named(name, alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>"
            f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/><a:chOff x="{x}" y="{y}"/><a:chExt cx="{w}" cy="{h}"/>'
            f"</a:xfrm></p:grpSpPr>{''.join(children)}</p:grpSp>"
        )

    def picture(self, blob: bytes, box: Box, name: str, alt: str) -> None:
        """A PNG or JPEG, as large as fits its box, at the right."""
        shapes: Any = self.slide.shapes
        made = shapes.add_picture(io.BytesIO(blob), *box.emu[:2])
        scale = min(box.emu[2] / made.width, box.emu[3] / made.height)
        made.width, made.height = round(made.width * scale), round(made.height * scale)
        made.left = box.emu[0] + box.emu[2] - made.width
        props = made._element.nvPicPr.cNvPr
        props.set("id", str(self.id()))
        props.set("name", name)
        props.set("descr", alt)

    def link(self, address: str) -> str:
        """The id of a relationship to an address; "" for anything that is not one of the web."""
        kept = clean(address)
        if not WEB.fullmatch(kept):
            return ""
        return self.slide.part.relate_to(kept, HYPERLINK, is_external=True)


HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


class _Data:
    """What python-pptx asks of chart data: the chart's XML and its workbook."""

    def __init__(self, drawn: Drawn):
        self.drawn = drawn

    def xml_bytes(self, _chart_type: object) -> bytes:
        return self.drawn.chart.encode("utf-8")

    @property
    def xlsx_blob(self) -> bytes:
        return self.drawn.book.bytes()


def where(box: Box) -> str:
    x, y, w, h = box.emu
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'


def paragraph(of: Para) -> str:
    click = f'<a:hlinkClick r:id="{of.link}"/>' if of.link else ""
    props = (
        f'<a:rPr lang="en-US" sz="{round(of.size * 100)}" b="{int(of.bold)}">{xml.fill("#" + of.color)}'
        f'<a:latin typeface="{FONT}"/><a:cs typeface="{FONT}"/>{click}</a:rPr>'
    )
    space = f'<a:spcAft><a:spcPts val="{round(of.after * 100)}"/></a:spcAft>'
    return f'<a:p><a:pPr algn="{of.align}">{space}</a:pPr><a:r>{props}<a:t>{escape(clean(of.text))}</a:t></a:r></a:p>'
