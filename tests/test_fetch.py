"""`python -m data fetch` against a real server of this machine that behaves like CDE's, and then like a bad day of it."""

import hashlib
import io
import json
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from data import __main__ as command
from data import fetch, ingest, landing, network, sources, store
from tests.fixtures import world

FILE = "chronicabsenteeism24.txt"
PAGE = "/ds/ad/filesabd.asp"
DOWNLOADS = "/demo-downloads/attendance"


@dataclass
class Served:
    """What the server holds under one path. `breaks`: after how many bytes of each coming answer the connection ends."""

    content: bytes
    kind: str = "text/plain"
    etag: str = ""
    modified: str = ""
    status: int = 200
    location: str = ""
    breaks: list[int] = field(default_factory=list)
    knows_if_range: bool = True
    says_length: bool = True
    busy: int = 0


class Handler(BaseHTTPRequestHandler):
    """Static files with Range, If-Range and conditional requests, as IIS answers them."""

    def do_GET(self) -> None:
        site: Site = self.server  # type: ignore[assignment]
        site.asked.append((self.path, dict(self.headers)))
        # The answer before may be whole at the client while its thread here is still about to end.
        deadline = time.monotonic() + 0.2
        while site.at_once and time.monotonic() < deadline:
            time.sleep(0.005)
        with site.lock:
            site.at_once += 1
            site.most_at_once = max(site.most_at_once, site.at_once)
        try:
            self._answer(site.files.get(self.path))
        finally:
            with site.lock:
                site.at_once -= 1

    def _answer(self, file: Served | None) -> None:
        if file is None or file.status == 404:
            return self._short(404)
        if file.busy:
            file.busy -= 1
            return self._short(503, ("Retry-After", "0"))
        if file.location:
            return self._short(file.status, ("Location", file.location))
        if file.etag and self.headers.get("If-None-Match") == file.etag:
            return self._short(304)
        if file.modified and self.headers.get("If-Modified-Since") == file.modified:
            return self._short(304)
        start = self._start(file)
        if start >= len(file.content) > 0 and start:
            return self._short(416)
        body = file.content[start:]
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(file.content) - 1}/{len(file.content)}")
        self.send_header("Content-Type", file.kind)
        if file.says_length:
            self.send_header("Content-Length", str(len(body)))
        for name, value in (("ETag", file.etag), ("Last-Modified", file.modified)):
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: file.breaks.pop(0)] if file.breaks else body)
        self.close_connection = True

    def _start(self, file: Served) -> int:
        asked = self.headers.get("Range", "")
        fits = self.headers.get("If-Range") in (file.etag, file.modified) or not file.knows_if_range
        return int(asked.removeprefix("bytes=").rstrip("-")) if asked and fits else 0

    def _short(self, status: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", "0")):
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


class Site(ThreadingHTTPServer):
    """The server: its files by path, and every request with its headers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, Served] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.lock, self.at_once, self.most_at_once = threading.Lock(), 0, 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def requests(self, path: str) -> list[dict[str, str]]:
        return [headers for asked, headers in self.asked if asked == path]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, home: Path) -> Iterator[Site]:
    """A CDE with a landing page of chronic absenteeism and one file on it."""
    server = Site()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    family = sources.families["chronic_absenteeism"]
    monkeypatch.setitem(sources.families, family.name, replace(family, landing=server.address + PAGE))
    monkeypatch.setattr(network, "WAIT", 0)
    monkeypatch.setattr(fetch, "PAUSE", 0)
    server.files[PAGE] = page(f"{DOWNLOADS}/{FILE}")
    server.files[f"{DOWNLOADS}/{FILE}"] = Served(world.counts().bytes(), etag='"one"', modified="Fri, 13 Mar 2026 10:00:00 GMT")
    yield server
    server.shutdown()
    server.server_close()


def page(*links: str) -> Served:
    """A landing page as CDE's: text around a table of links, and the navigation of the site."""
    rows = "".join(f"<tr><td>2023–24</td><td><a href='{link}' title=x>TXT; 33MB</a></td></tr>" for link in links)
    text = f"<!DOCTYPE html><html><body><a href='/'>Home</a><A HREF=/ds/ad/fsabd.asp>File Structure</A>{rows}</body></html>"
    return Served(text.encode(), "text/html; charset=utf-8")


def run(*names: str) -> dict[str, tuple[str, str]]:
    return {o.name: (o.state, o.sentence) for o in fetch.fetch(names or ("chronic_absenteeism",))}


def fetched(name: str = FILE) -> bytes:
    return (store.home() / "fetched" / name).read_bytes()


def left_over() -> list[str]:
    return sorted(p.name for p in (store.home() / "fetched").iterdir() if ".part" in p.name)


def test_the_newest_release_of_every_year_is_chosen(site: Site) -> None:
    site.files[PAGE] = page(
        f"{site.address}{DOWNLOADS}/chronicabsenteeism22-v2.txt",
        f"..{DOWNLOADS}/ChronicAbsenteeism22-V3.TXT",
        f"{DOWNLOADS}/chronicabsenteeism22.txt",
        "/demo-downloads/attendance/chronicabsenteeism23.zip?v=2#top",
        "/demo-downloads/attendance/chronicabsenteeism23.txt",
        "/demo-downloads/attendance/chronicabsenteeism24.zip",
        "https://www3.cde.ca.gov/demo-downloads/attendance/chronicabsenteeism25-v2.txt",
        "/demo-downloads/attendance/chronicabsenteeism99.txt",
        "/demo-downloads/discipline/suspension24.txt",
        "/demo-downloads/attendance/chronicabsenteeism24.docx",
        "javascript:void(0)",
        "http://[broken",
    )
    found = landing.offers(sources.families["chronic_absenteeism"])
    assert [(r.year, r.release, r.name) for r in found] == [
        (2022, 3, "ChronicAbsenteeism22-V3.TXT"),
        (2023, 1, "chronicabsenteeism23.txt"),
        (2024, 1, "chronicabsenteeism24.zip"),
        (2025, 2, "chronicabsenteeism25-v2.txt"),
    ]
    assert found[0].url == f"{site.address}/ds{DOWNLOADS}/ChronicAbsenteeism22-V3.TXT"


def test_a_file_is_kept_whole_with_its_size_and_hash_and_can_be_built(site: Site, tmp_path: Path) -> None:
    assert run() == {FILE: ("fetched", "")}
    content = site.files[f"{DOWNLOADS}/{FILE}"].content
    assert fetched() == content and not left_over()
    folder = store.home() / "fetched"
    beside = json.loads((folder / f"{FILE}.json").read_text())
    assert (beside["bytes"], beside["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert beside["url"] == f"{site.address}{DOWNLOADS}/{FILE}" and (beside["year"], beside["release"]) == (2024, 1)
    assert json.loads((folder / "ledger.json").read_text()) == {FILE: beside}
    assert all(h["User-Agent"].startswith("rtac-dashboard/") for _, h in site.asked)
    reading = ingest.read([folder], tmp_path / "work")
    assert not reading.failed and [s.name for s in reading.sources] == [FILE]


def test_what_is_there_already_is_not_sent_again(site: Site) -> None:
    run()
    assert run() == {FILE: ("unchanged", "")}
    assert site.requests(f"{DOWNLOADS}/{FILE}")[-1]["If-None-Match"] == '"one"'
    site.files[f"{DOWNLOADS}/{FILE}"].etag = ""
    run()
    (store.home() / "fetched" / FILE).write_bytes(b"edited by hand")
    assert run() == {FILE: ("fetched", "")}  # no longer the file that was written down
    assert run() == {FILE: ("unchanged", "")}
    assert "If-Modified-Since" in site.requests(f"{DOWNLOADS}/{FILE}")[-1]


def test_a_file_that_cde_replaced_under_its_name_is_fetched_again(site: Site) -> None:
    run()
    site.files[f"{DOWNLOADS}/{FILE}"] = Served(world.counts(third=True).bytes(), etag='"two"')
    assert run() == {FILE: ("fetched", "")} and fetched() == world.counts(third=True).bytes()


def test_a_broken_download_goes_on_where_it_stopped(site: Site) -> None:
    served = site.files[f"{DOWNLOADS}/{FILE}"]
    served.breaks = [1000, 0, 70_000]
    assert run() == {FILE: ("fetched", "")} and fetched() == served.content
    ranges = [(h.get("Range"), h.get("If-Range")) for h in site.requests(f"{DOWNLOADS}/{FILE}")]
    assert ranges == [(None, None), ("bytes=1000-", '"one"'), ("bytes=1000-", '"one"'), ("bytes=71000-", '"one"')]


def test_it_goes_on_in_another_run_after_all_tries_broke(site: Site) -> None:
    served = site.files[f"{DOWNLOADS}/{FILE}"]
    served.breaks = [500] * network.TRIES
    [(state, sentence)] = run().values()
    assert state == "failed" and "run the same command again" in sentence and "python -m data build" in sentence
    assert left_over() == [f".{FILE}.part", f".{FILE}.part.json"] and not (store.home() / "fetched" / FILE).exists()
    assert run() == {FILE: ("fetched", "")} and fetched() == served.content
    assert site.requests(f"{DOWNLOADS}/{FILE}")[-1]["Range"] == f"bytes={500 * network.TRIES}-" and not left_over()


@pytest.mark.parametrize("knows_if_range", [True, False])
@pytest.mark.parametrize(("etag", "modified"), [('"two"', ""), ("", "Sat, 14 Mar 2026 10:00:00 GMT")], ids=["etag", "date"])
def test_a_file_that_changed_while_it_came_starts_anew(site: Site, etag: str, modified: str, knows_if_range: bool) -> None:
    served = site.files[f"{DOWNLOADS}/{FILE}"]
    if modified:
        served.etag = 'W/"weak"'
    served.breaks = [900] * network.TRIES
    run()
    changed = Served(world.counts(third=True).bytes(), etag=etag, modified=modified, knows_if_range=knows_if_range)
    site.files[f"{DOWNLOADS}/{FILE}"] = changed
    assert run() == {FILE: ("fetched", "")} and fetched() == changed.content


def test_without_a_version_nothing_is_put_together(site: Site) -> None:
    served = Served(world.counts().bytes(), breaks=[800])
    site.files[f"{DOWNLOADS}/{FILE}"] = served
    assert run() == {FILE: ("fetched", "")} and fetched() == served.content
    assert all("Range" not in h for h in site.requests(f"{DOWNLOADS}/{FILE}"))


def test_a_part_longer_than_the_file_starts_anew(site: Site) -> None:
    """416: the part file is as long as the file, or longer."""
    served = site.files[f"{DOWNLOADS}/{FILE}"]
    served.breaks = [900] * network.TRIES
    run()
    with (store.home() / "fetched" / f".{FILE}.part").open("ab") as part:
        part.write(b"x" * len(served.content))
    assert run() == {FILE: ("fetched", "")} and fetched() == served.content


def test_a_busy_server_is_asked_again(site: Site) -> None:
    site.files[f"{DOWNLOADS}/{FILE}"].busy = 2
    site.files[PAGE].busy = 1
    assert run() == {FILE: ("fetched", "")}


BAD = {
    "gone": (Served(b"", status=404), "answers 404"),
    "a web page": (Served(b"<html>Sorry</html>", "text/html"), "web page"),
    "a web page called text": (Served(b"<!DOCTYPE html><html>Sorry</html>"), "web page"),
    "empty": (Served(b""), "empty"),
    "another kind of file": (Served(b"\x1f\x8b\x08\x00rest"), "not what its ending says"),
    "no length": (Served(b"a\tb\r\n", says_length=False), "how long it is"),
    "too large": (Served(b"a\tb\r\n" * 1000), "more than any such file has"),
    "elsewhere": (Served(b"", status=302, location="https://example.org/chronicabsenteeism24.txt"), "not a host of CDE's"),
    "no longer https": (Served(b"", status=301, location="http://www3.cde.ca.gov/x.txt"), "not a host of CDE's"),
    "another port": (Served(b"", status=302, location="http://127.0.0.1:1/x.txt"), "not a host of CDE's"),
    "a file of this machine": (Served(b"", status=302, location="file:///etc/passwd"), "answers 302"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_the_file_is_refused_with_the_way_out(site: Site, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    site.files[f"{DOWNLOADS}/{FILE}"], said = BAD[name]
    if name == "too large":
        family = sources.families["chronic_absenteeism"]
        monkeypatch.setitem(sources.families, family.name, replace(family, max_bytes=2000))
    [(state, sentence)] = run().values()
    assert state == "failed" and said in sentence and "python -m data build" in sentence and "by hand" in sentence
    assert not left_over() and not (store.home() / "fetched" / FILE).exists()


def test_a_redirect_on_the_same_host_is_followed(site: Site) -> None:
    site.files["/moved.txt"] = site.files[f"{DOWNLOADS}/{FILE}"]
    site.files[f"{DOWNLOADS}/{FILE}"] = Served(b"", status=302, location="/moved.txt")
    assert run() == {FILE: ("fetched", "")}


@pytest.mark.parametrize("url", [
    "http://www.cde.ca.gov/a.txt", "https://www.cde.ca.gov.example.org/a.txt", "https://cde.ca.gov@example.org/", "ftp://cde.ca.gov/",
    "https://www3.cde.ca.gov:8443/a.txt", "http://127.0.0.1:8000/a.txt", "https://[", "file:///etc/passwd", "",
])  # fmt: skip
def test_from_cdes_pages_no_way_leads_elsewhere(url: str) -> None:
    family = sources.families["suspension"]
    for host in network.HOSTS:
        network.allow(family, f"https://{host}/a.txt")
    with pytest.raises(network.NotFetched, match="not a host of CDE's"):
        network.allow(family, url)


def test_the_directory_is_the_file_behind_its_landing_address(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    family = sources.families["directory"]
    monkeypatch.setitem(sources.families, family.name, replace(family, landing=f"{site.address}/report?rid=dl1&tp=txt"))
    site.files["/report?rid=dl1&tp=txt"] = Served(world.directory().bytes())
    assert run("directory") == {"directory.txt": ("fetched", "")} and run("directory") == {"directory.txt": ("unchanged", "")}


def test_an_archive_is_taken_as_it_is(site: Site, tmp_path: Path) -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("chronicabsenteeism24.txt", world.counts().bytes())
    site.files[PAGE] = page(f"{DOWNLOADS}/chronicabsenteeism24.zip")
    site.files[f"{DOWNLOADS}/chronicabsenteeism24.zip"] = Served(box.getvalue(), "application/zip")
    assert run() == {"chronicabsenteeism24.zip": ("fetched", "")}
    assert not ingest.read([store.home() / "fetched"], tmp_path / "work").failed


def test_one_failure_does_not_stop_the_others_and_never_two_at_once(site: Site, capsys: pytest.CaptureFixture) -> None:
    site.files[PAGE] = page(*(f"{DOWNLOADS}/chronicabsenteeism{year}.txt" for year in (23, 24, 19)))
    site.files[f"{DOWNLOADS}/chronicabsenteeism19.txt"] = Served(world.counts(year=2019).bytes())
    assert command.main(["fetch", "chronic_absenteeism"]) == 2
    said = capsys.readouterr()
    assert "2 files fetched, 0 unchanged, 1 failed." in said.out and "chronicabsenteeism23.txt answers 404" in said.err
    assert site.most_at_once == 1
    assert command.main(["fetch", "chronic_absenteeism", "--since", "2024"]) == 0
    assert "0 files fetched, 1 unchanged, 0 failed." in capsys.readouterr().out


def test_sentences_for_what_cannot_begin(site: Site, capsys: pytest.CaptureFixture) -> None:
    assert command.main(["fetch", "enrolment"]) == 2 and "enrolment is not a family" in capsys.readouterr().err
    site.files[PAGE] = page("/other.txt")
    assert command.main(["fetch", "chronic_absenteeism"]) == 2 and "links no chronic absenteeism file" in capsys.readouterr().err
    with store.fetch_lock():
        assert command.main(["fetch", "chronic_absenteeism"]) == 2 and "Another fetch is running" in capsys.readouterr().err
    site.shutdown()
    site.server_close()
    assert command.main(["fetch", "chronic_absenteeism"]) == 2 and "in 5 tries (" in capsys.readouterr().err
