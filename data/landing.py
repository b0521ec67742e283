"""A family's landing page on CDE's site: which files it links, known by their names alone."""

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import OpenerDirector, Request

from data import network, sources
from data.network import NotFetched
from data.sources import Family

ENDINGS = (".txt", ".csv", ".xlsx", ".zip")
"""Endings of files that the readers take, the one to prefer first."""
LARGEST_PAGE = 5_000_000


@dataclass(frozen=True)
class Remote:
    """A file that CDE offers. `year` is an ending year (None: the file has none); `name` is what it is called here."""

    family: str
    year: int | None
    release: int
    url: str
    name: str


class _Links(HTMLParser):
    """Collects the addresses of a page's links, as written."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value.strip() for name, value in attrs if tag == "a" and name == "href" and value]


def offers(family: Family) -> list[Remote]:
    """What a family's landing page offers now: of each year that we read the newest -vN, in order of years.

    A family without file names has its file itself behind `landing` (the directory). Raises NotFetched.
    """
    if not family.file_names:
        return [Remote(family.name, None, 1, family.landing, f"{family.name}.txt")]
    page, base = network.patiently(family, family.landing, lambda door: _page(family, door))
    newest: dict[int, tuple[tuple[int, int], Remote]] = {}
    parser = _Links()
    parser.feed(page)
    for href in parser.found:
        remote = _remote(family, base, href)
        if remote and remote.year in family.years:
            rank = remote.release, -ENDINGS.index(Path(remote.name).suffix.lower())
            if remote.year not in newest or rank > newest[remote.year][0]:
                newest[remote.year] = rank, remote
    if not newest:
        raise NotFetched(f"The page {family.landing} links no {family.title} file that we know by its name. CDE may have moved "
                         f"it: look for it on CDE's site, download it by hand, then run: python -m data build PATH")
    return [newest[year][1] for year in sorted(newest)]


def _remote(family: Family, base: str, href: str) -> Remote | None:
    """The file that a link names, or None for any other link. The name has passed the family's pattern: it is safe as a path."""
    try:
        url = urljoin(base, href)
        name = unquote(urlsplit(url).path).rsplit("/", 1)[-1]
    except ValueError:
        return None
    stem, dot, ending = name.rpartition(".")
    named = sources.named_year(family, stem) if dot and f".{ending.lower()}" in ENDINGS else None
    return Remote(family.name, named[0], named[1], url.split("#")[0], name) if named else None


def _page(family: Family, door: OpenerDirector) -> tuple[str, str]:
    """The landing page's text and its address after redirects."""
    with network.ask(family, Request(family.landing, headers=network.headers()), door) as answer:
        text = b"".join(network.blocks(answer, LARGEST_PAGE, family))
        return text.decode("utf-8", "replace"), answer.url
