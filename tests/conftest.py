"""Fixtures: a home and files for builds; for the web tests one demonstration build, a test client, a real server, Chromium."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import small

from tests import web as calls


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of the test's own."""
    monkeypatch.setenv("RTAC_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """The files of a tiny California."""
    return small.write(tmp_path / "raw")


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one published demonstration build. Shared by the workers of pytest-xdist."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    home, made = shared / "demo-home", shared / "demo-home-made"
    try:
        home.mkdir()
    except FileExistsError:
        calls.until(made.exists, "The demonstration build of another worker did not come.", within=300)
        return home
    env = {**os.environ, "RTAC_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-m", "data", "demo"], cwd=calls.ROOT, env=env, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    made.touch()
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
    address, process = calls.start(demo_home, workers=1)
    yield address
    calls.stop(process)


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
