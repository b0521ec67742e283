"""What is in a file: every text of every part, unzipped to the last, and its numbers. By readers that are not ours."""

import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator

from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ByteStringObject, IndirectObject, TextStringObject

NUMBER = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?")
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"wOF2")


def texts(body: bytes, name: str = "") -> Iterator[tuple[str, str]]:
    """(part, text) of a file of any of our formats. Raises where its reader cannot open it."""
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            assert parts.testzip() is None
            for part in parts.namelist():
                yield from texts(parts.read(part), f"{name}/{part}")
    elif body[:5] == b"%PDF-":
        yield name, pdf(body)
        yield f"{name} (objects)", pdf_objects(body)
    elif body.startswith(b"\x89PNG"):
        with Image.open(io.BytesIO(body)) as image:
            image.load()
            yield name, " ".join(f"{k} {v}" for k, v in image.info.items() if isinstance(v, str))
    elif body.startswith(PICTURES):
        yield name, ""
    else:
        yield name, body.decode("utf-8")


def pdf(body: bytes) -> str:
    """The text of every page, and the alternative texts, in order."""
    reader = PdfReader(io.BytesIO(body))
    return "\n".join(page.extract_text() for page in reader.pages)


def pdf_objects(body: bytes) -> str:
    """The strings outside the contents of pages: alternative texts, titles, bookmarks, links; and the metadata."""
    reader = PdfReader(io.BytesIO(body))
    out: list[str] = []
    seen: set[int] = set()

    def walk(thing: object) -> None:
        while isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                return
            seen.add(thing.idnum)
            thing = thing.get_object()
        if isinstance(thing, (TextStringObject, ByteStringObject)):
            out.append(str(thing))
        elif isinstance(thing, dict):
            for part in list(thing.values()):
                walk(part)
        elif isinstance(thing, list):
            for part in list(thing):
                walk(part)

    walk(reader.trailer)
    assert len(out) > 3 and reader.metadata, "the document says nothing about itself: its strings are not found"
    return "\n".join(out)


def well_formed(body: bytes) -> None:
    """Every XML part of a package can be parsed by an XML reader. Raises otherwise."""
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        for part in parts.namelist():
            if part.endswith((".xml", ".rels", ".vml")):
                ET.fromstring(parts.read(part))


def numbers(text: str) -> set[float]:
    """Every number of a text: commas read as thousands, and as what parts two numbers."""
    whole = {float(n.replace(",", "").rstrip(".")) for n in NUMBER.findall(text)}
    return whole | {float(n) for n in NUMBER.findall(text.replace(",", " "))}


def rows_of_json(body: bytes) -> list[dict]:
    return [row for exhibit in json.loads(body)["exhibits"] for row in exhibit["rows"]]
