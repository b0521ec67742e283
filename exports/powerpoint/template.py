"""The empty presentation: one master, one layout of our own, our fonts and colors, nothing left of a sample."""

import io
import re
from functools import lru_cache
from typing import Any

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Deck

from exports.powerpoint.canvas import SPACES, where
from exports.powerpoint.house import EMU, FONT, INK, NAVY, PLUM, SOFT, WHITE, Box, Sheet, sheet

SUBTITLE, MARKS, SOURCE, FOOTER, NUMBER = 13, 14, 15, 11, 12
"""The numbers of the placeholders."""
COLORS = {
    "dk1": INK, "lt1": WHITE, "dk2": NAVY, "lt2": "F3F5F8", "accent1": NAVY, "accent2": "28A197", "accent3": PLUM,
    "accent4": "F46A25", "accent5": "8A94A3", "accent6": "B8C3D3", "hlink": "165AC2", "folHlink": "003688",
}  # fmt: skip
APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Microsoft Office PowerPoint</Application><AppVersion>16.0000</AppVersion></Properties>"
)


@lru_cache(maxsize=4)
def _bytes(shape: str) -> bytes:
    deck: Any = Presentation()
    at = sheet(shape)
    deck.slide_width, deck.slide_height = round(at.w * EMU), round(at.h * EMU)
    size: Any = deck.element.find(".//{*}sldSz")
    size.attrib.pop("type", None)
    for layout in list(deck.slide_layouts)[1:]:
        deck.slide_layouts.remove(layout)
    layout: Any = deck.slide_layouts[0]
    _tree(deck.slide_master, at)
    _tree(layout, at)
    layout._element.cSld.set("name", "Exhibit")
    layout._element.attrib.pop("type", None)
    for master in (deck.slide_master._element, layout._element):
        for extra in master.xpath("./p:cSld/p:extLst"):
            extra.getparent().remove(extra)
    _styles(deck.slide_master._element)
    _trim(deck)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def empty(shape: str) -> Deck:
    """A presentation of a shape without slides, whose only layout is ours."""
    return Presentation(io.BytesIO(_bytes("classic" if shape == "classic" else "wide")))


def _trim(deck: Deck) -> None:
    """Drop the sample's printer settings and picture; write our fonts and colors into its theme."""
    part, package = deck.part, deck.part.package
    for owner, kind in ((part, "printerSettings"), (package, "metadata/thumbnail")):
        rels: Any = owner._rels
        for key in [k for k, r in rels.items() if r.reltype.endswith(kind)]:
            rels.pop(key)
    for rel in list(package._rels.values()):
        if rel.reltype.endswith("extended-properties"):
            rel.target_part._blob = APP
    for rel in list(deck.slide_master.part._rels.values()):
        if rel.reltype.endswith("/theme"):
            rel.target_part._blob = theme(rel.target_part.blob)


def theme(blob: bytes) -> bytes:
    """A theme with our colors and font under our name."""
    text = blob.decode("utf-8")
    colors = "".join(f'<a:{k}><a:srgbClr val="{v}"/></a:{k}>' for k, v in COLORS.items())
    text = re.sub(r"<a:clrScheme .*?</a:clrScheme>", f'<a:clrScheme name="R-TAC">{colors}</a:clrScheme>', text, flags=re.DOTALL)
    text = re.sub(r'(<a:(?:major|minor)Font><a:latin typeface=")[^"]*', rf"\g<1>{FONT}", text)
    text = re.sub(r'<a:fontScheme name="[^"]*"', '<a:fontScheme name="R-TAC"', text)
    return re.sub(r'(<a:theme [^>]*?name=")[^"]*', r"\g<1>R-TAC", text, count=1).encode("utf-8")


def _tree(owner: Any, at: Sheet) -> None:
    """The placeholders of a master or layout, in reading order."""
    tree = owner.shapes._spTree
    for child in list(tree)[2:]:
        tree.remove(child)
    is_master = owner._element.tag.endswith("sldMaster")
    rows = (
        ("title", 'type="title"', at.title, 28, NAVY, "b", "Headline"),
        *(() if is_master else (
            ("subtitle", f'type="body" sz="quarter" idx="{SUBTITLE}"', at.subtitle, 14, SOFT, "t", "Measure, place and years"),
            ("marks", f'type="body" sz="quarter" idx="{MARKS}"', at.marks, 11, PLUM, "ctr", "What to know first"),
            ("source", f'type="body" sz="quarter" idx="{SOURCE}"', at.source, 10, SOFT, "t", "Source"),
        )),
        *(() if not is_master else (("text", 'type="body" idx="1"', at.body, 16, INK, "t", "Text"),)),
        ("footer", f'type="ftr" sz="quarter" idx="{3 if is_master else FOOTER}"', at.footer, 10, SOFT, "ctr", ""),
        ("number", f'type="sldNum" sz="quarter" idx="{4 if is_master else NUMBER}"', at.number, 10, SOFT, "ctr", ""),
    )  # fmt: skip
    for i, (name, kind, box, size, color, anchor, prompt) in enumerate(rows, 2):
        tree.append(parse_xml(_holder(i, name, kind, box, size, color, anchor, prompt)))


def _holder(i: int, name: str, kind: str, box: Box, size: int, color: str, anchor: str, prompt: str) -> str:
    bold = ' b="1"' if name in ("title", "marks") else ""
    align = ' algn="r"' if name == "number" else ' algn="l"'
    fit = "<a:normAutofit/>" if name in ("title", "subtitle", "text") else "<a:noAutofit/>"
    words = f'<a:r><a:rPr lang="en-US"/><a:t>{prompt}</a:t></a:r>' if prompt else '<a:endParaRPr lang="en-US"/>'
    said = NUMBER_FIELD if name == "number" else f"<a:p>{words}</a:p>"
    ink = f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'
    locks = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
    frame = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    return (
        f'<p:sp {SPACES}><p:nvSpPr><p:cNvPr id="{i}" name="{name.capitalize()} {i}"/>{locks}'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{where(box)}{frame}</p:spPr>"
        f'<p:txBody><a:bodyPr vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="{anchor}">{fit}</a:bodyPr>'
        f'<a:lstStyle><a:lvl1pPr marL="0" indent="0"{align}><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr lang="en-US" sz="{size * 100}"{bold}>{ink}</a:defRPr></a:lvl1pPr>'
        f"</a:lstStyle>{said}</p:txBody></p:sp>"
    )


NUMBER_FIELD = (
    '<a:p><a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld>'
    '<a:endParaRPr lang="en-US"/></a:p>'
)


def _styles(master: Any) -> None:
    """Left-aligned titles and plain paragraphs without bullets for what a reader adds."""
    base = '<a:spcBef><a:spcPct val="0"/></a:spcBef><a:buNone/>'
    face = '<a:latin typeface="+{0}-lt"/><a:ea typeface="+{0}-ea"/><a:cs typeface="+{0}-cs"/>'

    def level(size: int, color: str, font: str, of: int = 1) -> str:
        ink = f'<a:solidFill><a:schemeClr val="{color}"/></a:solidFill>'
        place = 'marL="0" indent="0" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1"'
        return (
            f"<a:lvl{of}pPr {place}>{base}"
            f'<a:defRPr lang="en-US" sz="{size * 100}" kern="1200">{ink}{face.format(font)}</a:defRPr></a:lvl{of}pPr>'
        )

    styles = (
        f"<p:txStyles {SPACES}><p:titleStyle>{level(28, 'tx2', 'mj')}</p:titleStyle>"
        f"<p:bodyStyle>{''.join(level(16 - i, 'tx1', 'mn', i + 1) for i in range(5))}</p:bodyStyle>"
        f"<p:otherStyle>{level(14, 'tx1', 'mn')}</p:otherStyle></p:txStyles>"
    )
    old = master.find("{*}txStyles")
    master.replace(old, parse_xml(styles))
