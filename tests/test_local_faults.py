"""Local publications under kills and flipped bits: what is shown is whole, or a sentence says why not. Long in `make audit`."""

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import cubes
import pandas as pd
import pytest

from data import store
from data.local import leftovers, publications, shelf, travel_cells

LEA = "1999999"


def document(seed: int) -> dict:
    return cubes.document(travel_cells.hide(cubes.counts(cubes.pupils(seed, [60, 50], 1))))


def own() -> pd.DataFrame:
    return cubes.counts(cubes.pupils(1, [50], 1))


def shown() -> tuple[int, list[tuple], tuple[str, ...]]:
    """What a server that starts now has open: how many publications, all their cells, and its sentences."""
    shelf.held.forget()
    opened = shelf.current()
    cells = shelf.query("select * from cells order by all", {}, opened)
    rows = [tuple(map(str, row)) for row in cells.itertuples(index=False)]
    return len(opened.publications), rows, opened.trouble


def publish_and_withdraw() -> None:
    counts = own()
    documents = [document(1), document(2)]
    while True:
        for one in documents:
            publications.publish(one, own=counts)
        publications.withdraw(LEA)


def killed(times: int, seed: int) -> dict[int, int]:
    """Kill a process that publishes and withdraws, so many times; how often one publication was shown then, how often none."""
    rng, said = random.Random(seed), {0: 0, 1: 0}
    for _ in range(times):
        process = multiprocessing.get_context("fork").Process(target=publish_and_withdraw)
        process.start()
        time.sleep(0.2 + 2.5 * rng.random())
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        many, rows, trouble = shown()
        assert not trouble, "a kill is no damage"
        whole = sum(m["attack"]["cells"] - m["attack"]["not_asked"] for m in shelf.current().publications)
        assert many in said and len(rows) == whole
        said[many] += 1
    publications.publish(document(1))
    folders = [publications.root() / name / LEA for name in ("publications", "own")]
    ids = {m["id"] for m in publications.history(LEA)}
    assert {p.name for p in folders[0].iterdir()} == ids and {p.stem for p in folders[1].glob("*")} <= ids
    publications.withdraw(LEA)
    assert not [f for f in folders if f.exists()] and not list((publications.root() / "staging").glob("*"))
    return said


def flipped(times: int, seed: int) -> int:
    """Flip one bit of one stored file, so many times; how often that was noticed."""
    rng, noticed = random.Random(seed), 0
    for one in (1, 2, 1):
        publications.publish(document(one), own=own())
    good = shown()[1]
    files = sorted(p for p in publications.root().rglob("*") if p.is_file())
    for _ in range(times):
        file = rng.choice(files)
        raw = file.read_bytes()
        at = rng.randrange(8 * len(raw))
        _write(file, raw[: at // 8] + bytes([raw[at // 8] ^ 1 << at % 8]) + raw[at // 8 + 1 :])
        many, rows, trouble = shown()
        assert rows == good or (not rows and not many and trouble), (file.name, at)
        assert all(t.endswith(".") and str(store.home()) not in t for t in trouble)
        noticed += bool(trouble)
        _write(file, raw)
    assert shown()[1] == good
    return noticed


def _write(file: Path, raw: bytes) -> None:
    file.parent.chmod(0o755)
    file.chmod(0o644)
    file.write_bytes(raw)


@pytest.fixture
def on(home, monkeypatch):
    monkeypatch.setenv("RTAC_LOCAL", "on")


def test_a_killed_machine_shows_one_publication_or_none(on):
    assert sum(killed(4, seed=1).values()) == 4


def test_a_flipped_bit_is_never_shown_as_a_number(on):
    assert flipped(40, seed=1) > 0


def test_without_a_list_nothing_is_shown_and_a_sentence_says_so(on):
    publications.publish(document(1))
    (publications.root() / "CURRENT").write_text('{"lean": {}}')
    many, rows, trouble = shown()
    assert (many, rows) == (0, []) and "Publish each district" in trouble[0]
    publications.publish(document(1))
    assert shown()[0] == 1 and not shown()[2]


def test_an_earlier_publication_that_is_damaged_does_not_stop_the_next(on):
    first = publications.publish(document(1))
    file = publications.root() / "publications" / LEA / first / publications.CELLS
    _write(file, file.read_bytes()[:-9])
    publications.publish(document(1))
    assert shown()[0] == 1 and not shown()[2]


def test_a_withdrawal_that_was_cut_short_is_finished_by_the_next_publication(on, monkeypatch):
    publications.publish(document(1), own=own())
    with monkeypatch.context() as cut:
        cut.setattr(leftovers, "remove", lambda _folder: None)
        publications.withdraw(LEA)
    assert shown()[:2] == (0, []) and list((publications.root() / "own").rglob("*.parquet")), "the machine died here"
    other = cubes.counts(cubes.pupils(3, [60, 50], 1), lea="1888888")
    publications.publish(cubes.document(travel_cells.hide(other), lea="1888888"))
    assert not list(publications.root().glob(f"*/{LEA}/*"))


@pytest.mark.audit
def test_two_hundred_kills_of_the_local_store(on, capsys):
    said = killed(200, seed=7)
    with capsys.disabled():
        print(f"\n{said}")
    assert min(said.values()) > 0


@pytest.mark.audit
def test_five_hundred_flipped_bits_of_the_local_store(on, capsys):
    noticed = flipped(500, seed=7)
    with capsys.disabled():
        print(f"\nnoticed {noticed} of 500; the others changed nothing that is shown")
