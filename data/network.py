"""The only way out to the network, taken when a person asks: CDE's hosts over https, and never a redirect off them.

Answers are asked for again where another try may help. It knows no files: what comes is for data/landing.py and data/fetch.py.
"""

import re
import time
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from data import builds
from data.problems import printable
from data.sources import Family

HOSTS = ("www.cde.ca.gov", "www3.cde.ca.gov", "cde.ca.gov")
SECONDS = 30
"""How long one answer, or one block of it, may take to come."""
TRIES = 5
WAIT = 2.0
"""Seconds before the second try; twice as many before each that follows."""
LONGEST_WAIT = 60
BLOCK = 1 << 17
BUSY = (408, 429, 500, 502, 503, 504)
AGENT = f"rtac-dashboard/{builds.CODE_VERSION} (open dashboard of California school data; one file at a time)"


class NotFetched(RuntimeError):
    """A page or file could not be had. The text is a sentence that ends with the way out."""


class Broken(Exception):
    """The connection or the server failed in a way that another try may mend. `wait`: seconds that the server asks for."""

    def __init__(self, why: str, wait: float = 0):
        super().__init__(why)
        self.wait = wait


def by_hand(family: Family) -> str:
    return f"Or download it by hand from {family.landing}, then run: python -m data build PATH"


class _OnCdesHosts(HTTPRedirectHandler):
    """Follows a redirect only to where a first request might have gone."""

    def __init__(self, family: Family):
        self.family = family

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        allow(self.family, newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def door_to(family: Family) -> OpenerDirector:
    handlers: list = [_OnCdesHosts(family)]
    if _is_local(family.landing):
        handlers.append(ProxyHandler({}))
    return build_opener(*handlers)


def _is_local(landing: str) -> bool:
    """Whether a family's own landing page is a server of this machine, as in the tests."""
    return landing.startswith("http://127.0.0.1:")


def allow(family: Family, url: str) -> None:
    """Raise NotFetched unless `url` is https on a host of CDE's, or on the very server that a local landing page is on."""
    try:
        parts, home = urlsplit(url), urlsplit(family.landing)
        local = _is_local(family.landing) and (parts.scheme, parts.netloc) == (home.scheme, home.netloc)
        safe = parts.scheme == "https" and parts.netloc.lower() in HOSTS
    except ValueError:
        local = safe = False
    if not local and not safe:
        raise NotFetched(f"The way to the {family.title} file leads to {printable(url, 80)}, which is not a host of CDE's over "
                         f"https. Nothing was fetched from there. {by_hand(family)}")


def headers() -> dict[str, str]:
    return {"User-Agent": AGENT, "Accept-Encoding": "identity"}


def ask(family: Family, request: Request, door: OpenerDirector) -> HTTPResponse:
    """The answer to a request. Raises HTTPError 304 and 416 as they are, Broken where another try may help, NotFetched else."""
    allow(family, request.full_url)
    try:
        return door.open(request, timeout=SECONDS)
    except HTTPError as error:
        error.close()
        if error.code in (304, 416):
            raise
        if error.code in BUSY:
            asked = error.headers.get("Retry-After") or ""
            wait = int(asked) if re.fullmatch("[0-9]{1,4}", asked) else 0
            raise Broken(f"CDE's server answers {error.code}", wait) from None
        raise NotFetched(f"{printable(request.full_url, 120)} answers {error.code} ({printable(error.reason)}). CDE may have "
                         f"moved it; try again later. {by_hand(family)}") from None
    except (OSError, HTTPException) as error:
        raise Broken(_why(error)) from error


def _why(error: Exception) -> str:
    return printable(str(getattr(error, "reason", "") or error) or type(error).__name__, 80)


def patiently(family: Family, what: str, once):
    """What `once(door)` gives; after a Broken it is asked again, `TRIES` times in all. Raises NotFetched in the end."""
    door, wait = door_to(family), WAIT
    for left in range(TRIES - 1, -1, -1):
        try:
            return once(door)
        except Broken as broken:
            if not left:
                raise NotFetched(f"{what} could not be fetched in {TRIES} tries ({broken}). What came of it is kept: run the "
                                 f"same command again later and it goes on from there. {by_hand(family)}") from broken
            time.sleep(min(max(wait, broken.wait), LONGEST_WAIT))
            wait *= 2
    raise AssertionError("unreachable")


def blocks(answer: HTTPResponse, most: int, family: Family) -> Iterator[bytes]:
    """The answer's bytes in blocks. Raises Broken where it breaks off, NotFetched where it has more than `most` bytes."""
    size = 0
    while True:
        try:
            block = answer.read(BLOCK)
        except (OSError, HTTPException) as error:
            raise Broken(_why(error)) from error
        if not block:
            return
        size += len(block)
        if size > most:
            raise NotFetched(f"{printable(answer.url, 120)} gives more than {most / 1e6:,.0f} MB, more than any such file has. "
                             f"Nothing of it was kept. {by_hand(family)}")
        yield block
