"""The running server: threads from the first request, a killed worker, HUP, a new build without a restart, a damaged one."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from email.message import Message
from pathlib import Path

import pytest

from tests import web as calls

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn does not run on Windows")


@pytest.fixture
def server(demo_home, tmp_path):
    """A server of its own over a copy of the demonstration home: (address, home, process)."""
    home = tmp_path / "home"
    shutil.copytree(demo_home, home)
    address, process = calls.start(home, workers=2)
    yield address, home, process
    calls.stop(process)


def get(url: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def headers(url: str, host: str) -> tuple[int, Message]:
    """Status and headers of an address asked under a host name."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Host": host}), timeout=20) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


def ready(address: str) -> dict:
    return json.loads(get(f"{address}/ready")[1])


def workers(process: subprocess.Popen) -> list[int]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for pid in listed.read_text().split()] if listed.is_file() else []


def test_the_first_requests_come_all_at_once(server):
    address, _home, _process = server
    paths = [
        "/",
        "/compare",
        "/_dash-layout",
        "/_dash-dependencies",
        "/ready",
        "/search?q=ve",
        "/export/compare.csv",
        "/assets/view.js",
    ] * 4
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda path: get(address + path)[0], paths))
    assert set(found) == {200}


def test_a_killed_worker_is_replaced_and_hup_loses_nothing(server):
    address, _home, process = server
    first = workers(process)
    if not first:
        pytest.skip("the kernel does not list a process's children")
    os.kill(first[0], signal.SIGKILL)
    time.sleep(2)
    assert {get(f"{address}/compare")[0] for _ in range(10)} == {200}
    process.send_signal(signal.SIGHUP)
    assert {get(f"{address}/export/compare.csv?level=county")[0] for _ in range(20)} == {200}


def test_a_new_build_comes_without_a_restart_and_a_damaged_one_is_not_shown(server):
    address, home, _process = server
    old = ready(address)["build"]
    env = {**os.environ, "RTAC_HOME": str(home)}
    subprocess.run(
        [sys.executable, "-m", "data", "demo", "--seed", "7"], cwd=calls.ROOT, env=env, check=True, capture_output=True
    )
    new = ready(address)
    assert new["build"] != old and not new["trouble"]
    assert get(f"{address}/export/compare.csv?build={old}&level=county")[0] == 200
    (home / "CURRENT").write_text("garbage", encoding="utf-8")
    for path in (f"/export/compare.csv?level=county&build={new['build']}", "/compare"):
        assert get(address + path)[0] == 200
    kept = ready(address)
    assert kept["build"] in (old, new["build"]) and kept["trouble"], "each worker keeps the last good build that it had open"


def test_term_ends_it_soon(server):
    address, _home, process = server
    assert get(f"{address}/health") == (200, b"OK")
    process.terminate()
    process.wait(timeout=20)
    assert process.returncode == 0


def test_long_addresses_are_pages(server):
    address, _home, _process = server
    assert get(f"{address}/compare?place={'9' * 10_000}")[0] == 200
    assert get(f"{address}/export/compare.csv?place={'9' * 10_000}")[0] == 400


def test_the_server_names_no_version_and_only_listed_hosts_are_served(demo_home, monkeypatch):
    monkeypatch.setenv("RTAC_HOSTS", "dash.example.org")
    address, process = calls.start(demo_home, workers=1)
    try:
        answers = {host: headers(f"{address}/compare", host) for host in ("dash.example.org", "evil.example")}
        answers["probe"] = headers(f"{address}/health", "127.0.0.1")
    finally:
        calls.stop(process)
    assert {host: status for host, (status, _) in answers.items()} == {"dash.example.org": 200, "evil.example": 400, "probe": 200}
    for _, sent in answers.values():
        assert sent["Server"] == "gunicorn" and "X-Powered-By" not in sent and "Via" not in sent
