"""How the web tests reach the app: a server of their own, and the body that a browser would send to a callback."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import queries
from components import exposed, facts, reading
from server import answers

ROOT = Path(__file__).parents[1]
PLACE = "/place?place=56000000000000"
PAGES = (
    "/", "/compare", "/peers", "/cohorts", "/equity", "/services", "/my-schools", "/deck", "/grid", "/pillars", PLACE, "/data",
    "/plausibility", "/methods", "/apr?place=56900180000000", "/apr",
)  # fmt: skip
PATH = "/_dash-update-component"
STARTED_WITHIN = 60


def forget() -> None:
    """Empty everything that this process keeps of earlier answers, so that the next one is worked out."""
    answers.clear()
    queries.answers.clear()
    facts.rankings.clear()
    reading.known.cache_clear()


def start(home: Path, workers: int, log: Path | None = None, **more: str) -> tuple[str, subprocess.Popen]:
    """A gunicorn over a home, answering: its address and process. `log`: where all that it says is added; `more`: settings."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**os.environ, "RTAC_HOME": str(home), "RTAC_BIND": f"127.0.0.1:{port}", "RTAC_WORKERS": str(workers), **more}
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "app:server"]
    with (log or Path(os.devnull)).open("ab") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    until(lambda: _answers(address), "The server did not start.")
    return address, process


def stop(process: subprocess.Popen) -> None:
    process.terminate()
    process.wait(timeout=20)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=2) as answer:
            return answer.read() == b"OK"
    except OSError:
        return False


def until(done: Callable[[], bool], otherwise: str, within: float = STARTED_WITHIN) -> None:
    """Wait for something, by default a minute at most. Raises TimeoutError."""
    end = time.monotonic() + within
    while not done():
        if time.monotonic() > end:
            raise TimeoutError(otherwise)
        time.sleep(0.2)


def doors(having: str) -> dict[str, exposed.Door]:
    """The declared callbacks whose name holds a text."""
    return {name: door for name, door in exposed.doors.items() if having in name}


def body(name: str, view: object = None, build: object = None, **texts: object) -> dict:
    """The body of a call with these values."""
    door = exposed.doors[name]
    values = {"view": view if view is not None else {}, "build": build, **texts}

    def one(ask: exposed.Ask) -> dict:
        return {"id": ask.id, "property": ask.prop, "value": values[ask.kind] if ask.kind != "text" else texts.get(ask.prop, "")}

    return {
        "output": name,
        "outputs": [{"id": id_, "property": prop} for id_, prop in door.outputs],
        "inputs": [one(a) for a in door.inputs if not a.state],
        "state": [one(a) for a in door.inputs if a.state],
        "changedPropIds": [],
    }


ROUTER = exposed.key_of((("_pages_content", "children"), ("_pages_store", "data")))
