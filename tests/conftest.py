"""Fixtures for the web tests: one demonstration build for the whole run, a test client in this process, a real server, and Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STARTED_WITHIN = 60


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one published demonstration build. Shared by the workers of pytest-xdist."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    home, done = shared / "demo-home", shared / "demo-home" / "CURRENT"
    try:
        home.mkdir()
    except FileExistsError:
        _until(done.exists, "The demonstration build of another worker did not come.")
        return home
    env = {**os.environ, "RTAC_HOME": str(home)}
    subprocess.run([sys.executable, "-m", "data", "demo"], cwd=ROOT, env=env, check=True, capture_output=True, timeout=300)
    return home


@pytest.fixture
def web(demo_home: Path, monkeypatch: pytest.MonkeyPatch):
    """A Flask test client of the app over the demonstration build."""
    monkeypatch.setenv("RTAC_HOME", str(demo_home))
    from app import server

    return server.test_client()


@pytest.fixture(scope="session")
def site(demo_home: Path) -> Iterator[str]:
    """The address of a running gunicorn over the demonstration build."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "RTAC_HOME": str(demo_home), "RTAC_BIND": f"127.0.0.1:{port}", "RTAC_WORKERS": "1"}
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "app:server"]
    running = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _until(lambda: _answers(address), "The server did not start.")
        yield address
    finally:
        running.terminate()
        running.wait(timeout=20)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:
            return answer.read() == b"OK"
    except OSError:
        return False


def _until(done, otherwise: str) -> None:
    end = time.monotonic() + STARTED_WITHIN
    while not done():
        if time.monotonic() > end:
            raise TimeoutError(otherwise)
        time.sleep(0.2)


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium: the system's where there is one, else Playwright's own."""
    playwright = pytest.importorskip("playwright.sync_api")
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for found in map(shutil.which, names) if found), None)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()
