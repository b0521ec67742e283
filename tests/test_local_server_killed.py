"""Planted students published by the command line, shown by a real server that is killed and started again: found nowhere."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import duckdb
import pytest

from components import page as composer
from data import warehouse
from data.local import publications
from exports import EXPORTS
from tests import planted, unpacked, web

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn does not run on Windows")
SIZE = 600
PAGES = ("services", "my_schools", "place")
LIKE_ONE = re.compile(r"Zqwx\d{5}|Vrblnk\d{5}|87654\d{5}|19\d\d-\d\d-\d\d")
"""What names, numbers and birthdays of tests/planted.py look like: one search instead of one for each."""
SAID = "--access-logfile - --error-logfile - --log-level debug"
"""The most that gunicorn can be asked to log."""


@pytest.fixture
def schools(demo_home: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of the schools of a district with several, of which nothing is published."""
    monkeypatch.setenv("RTAC_HOME", str(demo_home))
    every = warehouse.query("select entity from places where level = 'school' order by entity", {})["entity"].astype(str)
    leas = every.str[:7].value_counts().drop(list(publications.current()))
    lea = leas[leas.between(4, 8)].index[0]
    return [e for e in every if e.startswith(lea)]


@pytest.fixture
def own(demo_home: Path, tmp_path: Path) -> Path:
    """A folder with a home of its own, a temporary folder, logs, and a place for the files that are given."""
    for name in ("temporary", "logs", "given"):
        (tmp_path / name).mkdir()
    shutil.copytree(demo_home, tmp_path / "home", symlinks=True)
    return tmp_path


def publish(own: Path, files: Iterable[Path]) -> None:
    around = os.environ | {"RTAC_HOME": str(own / "home"), "TMPDIR": str(own / "temporary")}
    command = [sys.executable, "-m", "data", "local", "publish", *map(str, files), "--today", "2026-03-05"]
    with (own / "logs" / "command.log").open("ab") as out:
        subprocess.run(command, cwd=web.ROOT, env=around, stdout=out, stderr=subprocess.STDOUT, check=True, timeout=120)


def served(own: Path) -> tuple[str, subprocess.Popen]:
    return web.start(own / "home", 2, own / "logs" / "server.log", RTAC_LOCAL="on", TMPDIR=str(own / "temporary"),
                     GUNICORN_CMD_ARGS=SAID)  # fmt: skip


def killed(process: subprocess.Popen) -> None:
    """kill -9 of the server with all its workers at once."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    workers = [int(pid) for pid in children.read_text().split()] if children.is_file() else []
    for pid in (process.pid, *workers):
        os.kill(pid, signal.SIGKILL)
    process.wait()


def asked(address: str, view: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Every page's HTML, callbacks and files for a place, as a browser gets them: (what, answer)."""
    for key in PAGES:
        query = urlencode(view)
        yield f"{key}.html", answer(f"{address}/{key.replace('_', '-')}?{query}")
        for name in (n for n in web.doors(f"{key}-") if n.startswith(f"..{key}-")):
            yield f"{key} {name}", answer(address + web.PATH, json.dumps(web.body(name, view)).encode())
        for exhibit in composer.pages[key].exhibits:
            for form in EXPORTS:
                url = f"{address}/export/{key}.{form}?{urlencode({**view, 'exhibit': exhibit.key})}"
                yield from ((f"{key}.{form}", text.encode()) for _part, text in unpacked.texts(answer(url), key))


def answer(url: str, body: bytes | None = None) -> bytes:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, {"Content-Type": "application/json"}), timeout=30) as got:
            return got.read()
    except urllib.error.HTTPError as error:
        return error.read()


def texts(folders: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """(file, its path and what it holds): Parquet files of local data unpacked, any other file as its bytes."""
    for path in (p for folder in folders for p in folder.rglob("*") if p.is_file()):
        said = path.read_bytes().decode("latin-1")
        if path.suffix == ".parquet" and "local" in path.parts:
            with duckdb.connect() as con:
                said = con.read_parquet(str(path)).df().to_csv(index=False)
        yield path.name, f"{path} {said}"


def found(said: Iterable[tuple[str, str]], secrets: set[str]) -> set[str]:
    """Where one of the students could be known by a name, number or birthday."""
    return {f"{some} in {name}" for name, text in said for some in secrets.intersection(LIKE_ONE.findall(text))}


def seen(own: Path, files: Iterable[Path], views: list[dict[str, str]]) -> list[tuple[str, str]]:
    """What a new server answers once the files are published beside it; it is killed in the end."""
    address, process = served(own)
    try:
        publish(own, files)
        return [(what, body.decode("latin-1")) for view in views for what, body in asked(address, view)]
    finally:
        killed(process)


def test_nothing_is_left_of_published_students_when_the_server_is_killed_and_started_again(own: Path, schools: list[str]) -> None:
    from app import server

    assert server, "its pages declare the callbacks that are asked"
    secrets = set(planted.secrets(SIZE))
    assert found([(s, s) for s in secrets], secrets) == {f"{s} in {s}" for s in secrets}, "the search knows each of them"
    files = planted.attendance(own / "given" / "report.csv", schools, SIZE), planted.log(own / "given" / "log.csv", schools, SIZE)
    kept = [own / name for name in ("home", "temporary", "logs")]
    before = found(texts(kept), secrets)
    views = [{"place": f"{schools[0][:7]}0000000"}, {"place": schools[0]}]
    answers = seen(own, files, views) + seen(own, files, views)
    reach = f"reach,2025-26,district,{schools[0][:7]}0000000"
    shown = [name for name, text in answers if reach in text and ",published," in text]
    assert len(shown) >= 2, "nothing local is shown: the test looks at the wrong doors"
    assert found(answers, secrets) == set()
    assert found(texts(kept), secrets) <= before
    assert "GET /services" in (own / "logs" / "server.log").read_text(), "the server's own log is among what is searched"
    assert found(texts([own / "given"]), secrets), "the search itself works"
