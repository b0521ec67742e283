"""CDE's current files from their landing pages to $RTAC_HOME/fetched: one file at a time, whole or not at all.

Never a web page in place of a file. A download that broke goes on where it stopped, unless the file has changed since. It reads
nothing into a build.
"""

import json
import re
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import OpenerDirector, Request

from data import network, sniff, sources, store
from data.ingest import Say, quiet
from data.landing import Remote, offers
from data.network import NotFetched
from data.problems import Refused, printable
from data.sources import Family

PAUSE = 1.0
"""Seconds between two files."""


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
        return Outcome(remote.name, network.patiently(family, remote.name, lambda door: _once(family, remote, door)))
    except NotFetched as error:
        return Outcome(remote.name, "failed", str(error))


def _once(family: Family, remote: Remote, door: OpenerDirector) -> str:
    """One try at a file: "fetched" or "unchanged". Raises network.Broken, and then what came so far stays as a part file."""
    folder = store.folder("fetched")
    target, part = folder / remote.name, folder / f".{remote.name}.part"
    request = Request(remote.url, headers={**network.headers(), **_conditions(remote, target, part)})
    try:
        with network.ask(family, request, door) as answer:
            _refuse_page(family, remote, answer)
            said = _receive(family, remote, answer, part)
    except HTTPError as error:
        if error.code == 304:
            return "unchanged"
        _drop(part)
        raise network.Broken("CDE's server does not know the rest of the file that had begun to come") from error
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

    Returns what the server said of the version. Raises network.Broken when fewer bytes came than it announced.
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
            raise network.Broken("the file was changed while it came, so it starts anew")
        said, total = begun, int(place[2])
    else:
        store.write_atomic(_beside(part), json.dumps(said) + "\n")
    if total is None and not answer.chunked:
        raise NotFetched(f"{printable(answer.url, 120)} does not say how long it is, so nobody could tell whether it is whole. "
                         f"{network.by_hand(family)}")
    with part.open("ab" if start else "wb") as write:
        for block in network.blocks(answer, family.max_bytes - start, family):
            write.write(block)
    if total is not None and part.stat().st_size < total:
        raise network.Broken(f"the connection broke at {part.stat().st_size / total:.0%} of the file")
    return said


def _refuse_page(family: Family, remote: Remote, answer: HTTPResponse) -> None:
    kind = answer.headers.get_content_type()
    if "html" in kind or answer.headers.get("Content-Encoding", "identity") != "identity":
        raise NotFetched(f"{printable(remote.url, 120)} answers with a web page or in a wrapping we did not ask for ({kind}), "
                         f"not with the file. Try again later. {network.by_hand(family)}")


def _refuse_content(family: Family, remote: Remote, part: Path) -> None:
    """Raise NotFetched, and drop the part file, when its first bytes are not those of what its name says."""
    ending = Path(remote.name).suffix.lower()
    try:
        kind = sniff.kind_of(part)
        if kind == "other":
            sniff.refuse_what_is_no_text(sniff.head_of(part))
        if kind != {".zip": "zip", ".xlsx": "workbook"}.get(ending, "other"):
            raise NotFetched(f"{remote.name} is not what its ending says. {network.by_hand(family)}")
    except Refused as refused:
        _drop(part)
        raise NotFetched(f"{remote.name} came, but it is no data file: {refused} {network.by_hand(family)}") from refused
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
