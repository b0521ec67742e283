"""The Link header of a file: the same view in the other formats and as a page, and the schema of the JSON."""

from collections.abc import Sequence

from components import links
from components.exhibit import Exhibit
from components.page import Page
from components.reading import Reading
from exports import EXPORTS, json_file


def header(made: Page, read: Reading, wanted: Sequence[Exhibit], ending: str) -> str:
    """RFC 8288. The addresses hold checked codes only (components/links.py)."""
    key = wanted[0].key if len(wanted) == 1 else ""
    page = links.internal(made.path, read.view)
    others = [(links.download(made.key, form, read.view, key), kind.mimetype) for form, kind in EXPORTS.items() if form != ending]
    said = [f'<{to}>; rel="alternate"; type="{kind}"' for to, kind in ((page, "text/html"), *others)]
    if ending == "json":
        said.append(f'<{json_file.SCHEMA_AT}>; rel="describedby"; type="application/schema+json"')
    return ", ".join(said)
