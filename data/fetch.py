"""CDE's current files from their landing pages to $RTAC_HOME/fetched: one file at a time, whole or not at all.

Owns the only way out to the network, and takes it only when a person asks: never a redirect off CDE's hosts, never a web page in
place of a file. A download that broke goes on where it stopped, unless the file has changed since. It reads nothing into a build.
"""

import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from data import builds, sniff, sources, store
from data.ingest import Say, quiet
from data.problems import Refused, printable
from data.sources import Family

HOSTS = ("www.cde.ca.gov", "www3.cde.ca.gov", "cde.ca.gov")
ENDINGS = (".txt", ".csv", ".xlsx", ".zip")
"""Endings of files that the readers take, the one to prefer first."""
SECONDS = 30
"""How long one answer, or one block of it, may take to come."""
TRIES = 5
WAIT = 2.0
"""Seconds before the second try; twice as many before each that follows."""
PAUSE = 1.0
"""Seconds between two files."""
LONGEST_WAIT = 60
LARGEST_PAGE = 5_000_000
BLOCK = 1 << 17
BUSY = (408, 429, 500, 502, 503, 504)
AGENT = f"rtac-dashboard/{builds.CODE_VERSION} (open dashboard of California school data; one file at a time)"


class NotFetched(RuntimeError):
    """A page or file could not be had. The text is a sentence that ends with the way out."""


class _Broken(Exception):
    """The connection or the server failed in a way that another try may mend. `wait`: seconds that the server asks for."""

    def __init__(self, why: str, wait: float = 0):
        super().__init__(why)
        self.wait = wait


@dataclass(frozen=True)
class Remote:
    """A file that CDE offers. `year` is an ending year (None: the file has none); `name` is what it is called here."""

    family: str
    year: int | None
    release: int
    url: str
    name: str


@dataclass(frozen=True)
class Outcome:
    """What came of one file or landing page. `state`: fetched, unchanged or failed; `sentence` says why it failed."""

    name: str
    state: str
    sentence: str = ""


def fetch(names: Sequence[str] = (), since: int = 0, say: Say = quiet) -> list[Outcome]:
    """Download the newest release of every year of some families (all that have a landing page), from ending year `since` on.

    What one file comes to does not stop the others. Raises NotFetched for an unknown family, store.Locked when another
    fetch is running.
    """
    wanted = [_family(name) for name in names] or [f for f in sources.families.values() if f.landing]
    with store.fetch_lock():
        out: list[Outcome] = []
        for family in wanted:
            try:
                offered = [remote for remote in offers(family) if remote.year is None or remote.year >= since]
            except NotFetched as error:
                out.append(Outcome(family.name, "failed", str(error)))
                continue
            for number, remote in enumerate(offered, start=1):
                out.append(_outcome(family, remote))
                say(f"fetching {family.title}", number, len(offered))
                time.sleep(PAUSE)
        return out


def _family(name: str) -> Family:
    family = sources.families.get(name)
    if family is None or not family.landing:
        known = ", ".join(f.name for f in sources.families.values() if f.landing)
        raise NotFetched(f"{printable(name)} is not a family that can be fetched. Name some of these: {known}.")
    return family


def _outcome(family: Family, remote: Remote) -> Outcome:
    try:
        return Outcome(remote.name, _patiently(family, remote.name, lambda door: _once(family, remote, door)))
    except NotFetched as error:
        return Outcome(remote.name, "failed", str(error))


def _by_hand(family: Family) -> str:
    return f"Or download it by hand from {family.landing}, then run: python -m data build PATH"


# ---- The landing page


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
    page, base = _patiently(family, family.landing, lambda door: _page(family, door))
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
    with _open(family, Request(family.landing, headers=_headers()), door) as answer:
        text = b"".join(_blocks(answer, LARGEST_PAGE, family))
        return text.decode("utf-8", "replace"), answer.url


# ---- The way out


class _OnCdesHosts(HTTPRedirectHandler):
    """Follows a redirect only to where a first request might have gone."""

    def __init__(self, family: Family):
        self.family = family

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        _allow(self.family, newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _door(family: Family) -> OpenerDirector:
    handlers: list = [_OnCdesHosts(family)]
    if _is_local(family.landing):
        handlers.append(ProxyHandler({}))
    return build_opener(*handlers)


def _is_local(landing: str) -> bool:
    """Whether a family's own landing page is a server of this machine, as in the tests."""
    return landing.startswith("http://127.0.0.1:")


def _allow(family: Family, url: str) -> None:
    """Raise NotFetched unless `url` is https on a host of CDE's, or on the very server that a local landing page is on."""
    try:
        parts, home = urlsplit(url), urlsplit(family.landing)
        local = _is_local(family.landing) and (parts.scheme, parts.netloc) == (home.scheme, home.netloc)
        safe = parts.scheme == "https" and parts.netloc.lower() in HOSTS
    except ValueError:
        local = safe = False
    if not local and not safe:
        raise NotFetched(f"The way to the {family.title} file leads to {printable(url, 80)}, which is not a host of CDE's over "
                         f"https. Nothing was fetched from there. {_by_hand(family)}")


def _headers() -> dict[str, str]:
    return {"User-Agent": AGENT, "Accept-Encoding": "identity"}


def _open(family: Family, request: Request, door: OpenerDirector) -> HTTPResponse:
    """The answer to a request. Raises HTTPError 304 and 416 as they are, _Broken where another try may help, NotFetched else."""
    _allow(family, request.full_url)
    try:
        return door.open(request, timeout=SECONDS)
    except HTTPError as error:
        error.close()
        if error.code in (304, 416):
            raise
        if error.code in BUSY:
            asked = error.headers.get("Retry-After") or ""
            wait = int(asked) if re.fullmatch("[0-9]{1,4}", asked) else 0
            raise _Broken(f"CDE's server answers {error.code}", wait) from None
        raise NotFetched(f"{printable(request.full_url, 120)} answers {error.code} ({printable(error.reason)}). CDE may have "
                         f"moved it; try again later. {_by_hand(family)}") from None
    except (OSError, HTTPException) as error:
        raise _Broken(_why(error)) from error


def _why(error: Exception) -> str:
    return printable(str(getattr(error, "reason", "") or error) or type(error).__name__, 80)


def _patiently(family: Family, what: str, once):
    """What `once(door)` gives; after a _Broken it is asked again, `TRIES` times in all. Raises NotFetched in the end."""
    door, wait = _door(family), WAIT
    for left in range(TRIES - 1, -1, -1):
        try:
            return once(door)
        except _Broken as broken:
            if not left:
                raise NotFetched(f"{what} could not be fetched in {TRIES} tries ({broken}). What came of it is kept: run the "
                                 f"same command again later and it goes on from there. {_by_hand(family)}") from broken
            time.sleep(min(max(wait, broken.wait), LONGEST_WAIT))
            wait *= 2
    raise AssertionError("unreachable")


def _blocks(answer: HTTPResponse, most: int, family: Family) -> Iterator[bytes]:
    """The answer's bytes in blocks. Raises _Broken where it breaks off, NotFetched where it has more than `most` bytes."""
    size = 0
    while True:
        try:
            block = answer.read(BLOCK)
        except (OSError, HTTPException) as error:
            raise _Broken(_why(error)) from error
        if not block:
            return
        size += len(block)
        if size > most:
            raise NotFetched(f"{printable(answer.url, 120)} gives more than {most / 1e6:,.0f} MB, more than any such file has. "
                             f"Nothing of it was kept. {_by_hand(family)}")
        yield block


# ---- One file


def _once(family: Family, remote: Remote, door: OpenerDirector) -> str:
    """One try at a file: "fetched" or "unchanged". Raises _Broken, and then what came so far stays as a part file."""
    folder = store.folder("fetched")
    target, part = folder / remote.name, folder / f".{remote.name}.part"
    request = Request(remote.url, headers={**_headers(), **_conditions(remote, target, part)})
    try:
        with _open(family, request, door) as answer:
            _refuse_page(family, remote, answer)
            said = _receive(family, remote, answer, part)
    except HTTPError as error:
        if error.code == 304:
            return "unchanged"
        _drop(part)
        raise _Broken("CDE's server does not know the rest of the file that had begun to come") from error
    except NotFetched:
        _drop(part)
        raise
    _refuse_content(family, remote, part)
    same = _recorded(target).get("sha256") == store.sha256(part)
    _keep(remote, part, target, said)
    return "unchanged" if same else "fetched"


def _conditions(remote: Remote, target: Path, part: Path) -> dict[str, str]:
    """Headers that ask for the rest of a part file, or for the whole file only if it changed since it was fetched.

    Both need something that the server said of the version: its ETag, or else when it was last changed.
    """
    begun = _json(_beside(part))
    size = part.stat().st_size if part.exists() else 0
    version = _version(begun)
    if size and version and begun.get("url") == remote.url:
        return {"Range": f"bytes={size}-", "If-Range": version}
    known = _recorded(target)
    if known.get("url") == remote.url and known.get("etag"):
        return {"If-None-Match": known["etag"]}
    if known.get("url") == remote.url and known.get("last_modified"):
        return {"If-Modified-Since": known["last_modified"]}
    return {}


def _version(said: dict) -> str:
    """What If-Range may hold: a strong ETag or a date. A weak ETag does not promise equal bytes."""
    etag = said.get("etag") or ""
    return etag if etag.startswith('"') else said.get("last_modified") or ""


def _receive(family: Family, remote: Remote, answer: HTTPResponse, part: Path) -> dict:
    """Put the answer's bytes into the part file, behind what is there only if they are the rest of the very same version.

    Returns what the server said of the version. Raises _Broken when fewer bytes came than it announced.
    """
    headers = answer.headers
    said = {"url": remote.url, "etag": headers.get("ETag") or "", "last_modified": headers.get("Last-Modified") or ""}
    start = 0
    length = headers.get("Content-Length") or ""
    total = int(length) if length.isdigit() else None
    if answer.status == 206:
        start = part.stat().st_size if part.exists() else 0
        begun, version = _json(_beside(part)), _version(said)
        place = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", headers.get("Content-Range") or "")
        # A server that does not know If-Range sends the rest of whatever is there now.
        if not place or int(place[1]) != start or version not in ("", _version(begun)):
            _drop(part)
            raise _Broken("the file was changed while it came, so it starts anew")
        said, total = begun, int(place[2])
    else:
        store.write_atomic(_beside(part), json.dumps(said) + "\n")
    if total is None and not answer.chunked:
        raise NotFetched(f"{printable(answer.url, 120)} does not say how long it is, so nobody could tell whether it is whole. "
                         f"{_by_hand(family)}")
    with part.open("ab" if start else "wb") as write:
        for block in _blocks(answer, family.max_bytes - start, family):
            write.write(block)
    if total is not None and part.stat().st_size < total:
        raise _Broken(f"the connection broke at {part.stat().st_size / total:.0%} of the file")
    return said


def _refuse_page(family: Family, remote: Remote, answer: HTTPResponse) -> None:
    kind = answer.headers.get_content_type()
    if "html" in kind or answer.headers.get("Content-Encoding", "identity") != "identity":
        raise NotFetched(f"{printable(remote.url, 120)} answers with a web page or in a wrapping we did not ask for ({kind}), "
                         f"not with the file. Try again later. {_by_hand(family)}")


def _refuse_content(family: Family, remote: Remote, part: Path) -> None:
    """Raise NotFetched, and drop the part file, when its first bytes are not those of what its name says."""
    ending = Path(remote.name).suffix.lower()
    try:
        kind = sniff.kind_of(part)
        if kind == "other":
            sniff.refuse_what_is_no_text(sniff.head_of(part))
        if kind != {".zip": "zip", ".xlsx": "workbook"}.get(ending, "other"):
            raise NotFetched(f"{remote.name} is not what its ending says. {_by_hand(family)}")
    except Refused as refused:
        _drop(part)
        raise NotFetched(f"{remote.name} came, but it is no data file: {refused} {_by_hand(family)}") from refused
    except NotFetched:
        _drop(part)
        raise


def _keep(remote: Remote, part: Path, target: Path, said: dict) -> None:
    """Put the whole file into its place, and write down what it is: beside it, and in the ledger of all fetched files."""
    store.sync(part)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    record = {**asdict(remote), **said, "fetched": now, "bytes": part.stat().st_size, "sha256": store.sha256(part)}
    part.replace(target)
    _drop(part)
    store.write_atomic(_beside(target), json.dumps(record, indent=1) + "\n")
    ledger = target.parent / "ledger.json"
    every = {**_json(ledger), remote.name: record}
    store.write_atomic(ledger, json.dumps(every, indent=1, sort_keys=True) + "\n")


def _recorded(target: Path) -> dict:
    """What was written down of a fetched file, if the file still is that one; else nothing."""
    known = _json(_beside(target))
    whole = target.is_file() and target.stat().st_size == known.get("bytes") and store.sha256(target) == known.get("sha256")
    return known if whole else {}


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _json(path: Path) -> dict:
    """The object in a small JSON file; nothing where there is none or it is damaged, and then the file is fetched anew."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _drop(part: Path) -> None:
    part.unlink(missing_ok=True)
    _beside(part).unlink(missing_ok=True)
