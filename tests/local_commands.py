"""How tests run `python -m data local`: as a function, on a terminal, and what is searched for afterwards."""

import csv
import os
import pty
import subprocess
from pathlib import Path

from data.__main__ import main

ROOT = Path(__file__).parent.parent
PLANTED = (
    "Zebulon", "Quagmire", "Ottoline", "Brackenridge", "Thornapple", "Underbough", "20150304", "9000000071", "9000000072",
    "9000000073", "Plantedname", "2015-03-04",
)  # fmt: skip
TODAY = ("--today", "2026-03-05")


def run(*words: object) -> int:
    return main(["local", *map(str, words)])


def edit(path: Path, means: dict[str, str]) -> None:
    """What a person does with a list of suggestions: correct `means` of some lines, write yes on all that mean something."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for row in rows:
        row["means"] = means.get(row["given"], row["means"])
        row["accept"] = "yes" if row["means"] else ""
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def on_a_terminal(command: list[str], code: int) -> bytes:
    """What a command says to a person."""
    outer, inner = pty.openpty()
    with subprocess.Popen(command, cwd=ROOT, stdout=inner, stderr=subprocess.DEVNULL) as running:
        os.close(inner)
        shown = b""
        while True:
            try:
                more = os.read(outer, 4096)
            except OSError:
                break
            shown += more
        assert running.wait() == code
    return shown


def found_anywhere(*folders: Path) -> list[str]:
    """Where a planted name, number or birthday stands, in file names and contents (workbooks and builds as their bytes)."""
    return [f"{word} in {path}" for folder in folders for path in folder.rglob("*") for word in PLANTED
            if word in path.name or (path.is_file() and word.encode() in path.read_bytes())]  # fmt: skip
