"""Addresses that keep their word: what a file says of a build that is not the published one, and the links in a page's head.

A page of a removed build shows the current numbers and says so; a file of it is a 410, since whoever fetches it would not see
the difference.
"""

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from flask import Response, request

from components import formats, links, local, pinned, reading
from components import page as composer
from components import view as views
from components.exhibit import Unanswerable
from components.reading import Reading
from data import warehouse

LONGEST = 2000
"""Characters of an address that is given back to the reader; a longer one is nobody's link."""


def trouble(query: Mapping[str, Sequence[str]]) -> tuple[str, int] | None:
    """What is wrong with the `build` that a query pins: a sentence and 410 for one that is gone, 400 for what names none."""
    asked = list(dict.fromkeys(v.strip() for v in query.get("build", ()) if v.strip()))
    if len(asked) != 1 or reading.is_kept(asked[0]):
        return None
    if views.BUILD.fullmatch(asked[0]):
        return pinned.gone(asked[0]), 410
    return pinned.no_build(views.short(asked[0])), 400


def current() -> str:
    """This request's address without the build: the current numbers. "" where it is too long to be given back."""
    pairs = [(k, v) for k, v in request.args.items(multi=True) if k != "build"]
    query = urlencode(pairs)
    path = links.internal(request.path)
    address = f"{path}?{query}" if query else path
    return address if len(address) <= LONGEST else ""


def newest(response: Response, address: str) -> None:
    """Name the way to the current numbers in the header, for whoever reads no sentences."""
    if address:
        others = response.headers.get("Link")
        newest = f'<{address}>; rel="latest-version"'
        response.headers["Link"] = f"{others}, {newest}" if others else newest


def after(response: Response) -> Response:
    """Put into the head of a page what its view is as a file, and where the same view lives with the current numbers."""
    made = _page()
    if made is None or response.status_code != 200 or response.mimetype != "text/html" or response.is_streamed:
        return response
    try:
        read = made.settle(reading.read({**made.defaults, **request.args.to_dict(flat=False)}))
    except (warehouse.NoBuild, warehouse.Busy, Unanswerable):
        return response
    canonical = links.internal(made.path, read.view, build=None)
    lines = [f'<link rel="canonical" href="{escape(canonical)}">', *_alternates(made, read)]
    if pinned.replaced(read.build):
        lines.append(f'<link rel="latest-version" href="{escape(canonical)}">')
        newest(response, canonical)
    head, found, rest = response.get_data(as_text=True).partition("</head>")
    if found:
        response.set_data(head + "".join(f"    {line}\n    " for line in lines) + found + rest)
    return response


def _page() -> composer.Page | None:
    if request.method not in ("GET", "HEAD"):
        return None
    return next((p for p in composer.pages.values() if p.path == request.path), None)


def _alternates(made: composer.Page, read: Reading) -> list[str]:
    """The files of a page's view. None for pages of local data that this reader may not see: there are no files then."""
    if "local_place" in made.filters and not local.publications():
        return []
    kinds = formats.kinds()
    return [
        f'<link rel="alternate" type="{escape(kinds[name])}" href="{escape(links.download(made.key, name, read.view))}"'
        f' title="{escape(formats.label(name))}">'
        for name in formats.offered(pictures=False)
    ]
