"""Campaigns against a build under its readers: kill -9, bit flips, many threads.

Short versions run in `make test`; `make audit` runs the long ones (200 kills, 300 bit flips, 64 threads).
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import small

from data import builds, store, warehouse
from tests.asked import RANKING, expected, fresh, state_count

ROOT = Path(__file__).parents[1]


def kill_campaign(raw: Path, other: Path, kills: int, seed: int) -> int:
    """Kill builders at random moments while this process reads. Returns how many reads were torn (neither build's number)."""
    builds.build([raw])
    allowed = {expected(None), expected(0.11)}
    torn, stop = [0], threading.Event()

    def read():
        while not stop.is_set():
            torn[0] += state_count() not in allowed

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    chance = random.Random(seed)
    for turn in range(kills):
        process = subprocess.Popen(
            [sys.executable, "-m", "data", "build", str(other if turn % 2 else raw)],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ},
        )
        time.sleep(chance.uniform(0.2, 1.6))
        process.send_signal(signal.SIGKILL)
        process.wait()
    stop.set()
    for reader in readers:
        reader.join()
    began = time.perf_counter()
    builds.build([other])
    assert state_count() == expected(0.11) and time.perf_counter() - began < 5 * 60
    return torn[0]


def test_kill_minus_nine_tears_no_read(home, raw, tmp_path):
    assert kill_campaign(raw, small.write(tmp_path / "other", share=0.11), kills=6, seed=1) == 0


@pytest.mark.audit
def test_two_hundred_kills(home, raw, tmp_path):
    assert kill_campaign(raw, small.write(tmp_path / "other", share=0.11), kills=200, seed=2) == 0


def flip_campaign(home: Path, raw: Path, flips: int, seed: int) -> int:
    """Flip one bit of one file of the only build; a fresh reader must refuse it or answer right. Returns wrong answers."""
    build = builds.build([raw])["id"]
    wanted = {level: _answers(level) for level in ("state", "district", "school")}
    store.writable(home / "builds" / build)
    files = [
        *(home / "builds" / build).rglob("*.parquet"),
        home / "builds" / build / "manifest.json",
        *(home / "serving").iterdir(),
    ]
    chance, wrong = random.Random(seed), 0
    for _ in range(flips):
        path = chance.choice(files)
        path.chmod(0o644)
        whole = path.read_bytes()
        broken = bytearray(whole)
        broken[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(broken)
        warehouse.held.forget()
        with contextlib.suppress(warehouse.NoBuild):
            wrong += any(_answers(level) != wanted[level] for level in wanted)
        path.write_bytes(whole)
    return wrong


def _answers(level: str) -> str:
    return fresh("ranking", **{**RANKING, "level": level}).to_csv()


def test_bit_flips_are_noticed_before_a_number_is_served(home, raw):
    assert flip_campaign(home, raw, flips=15, seed=3) == 0


@pytest.mark.audit
def test_three_hundred_bit_flips(home, raw):
    assert flip_campaign(home, raw, flips=300, seed=4) == 0


def keyed_campaign(queries_each: int, threads: int) -> int:
    """Many threads ask for places by key at once. Returns how many answers were another's."""
    keys = [r[2] + r[3] + r[4] for r in small.chronic_rows(2025) if r[1] == "S" and r[10] == "TA"]
    wrong, lock = [0], threading.Lock()

    def ask(seed):
        chance = random.Random(seed)
        for _ in range(queries_each):
            key = chance.choice(keys)
            frame = fresh("trend", entities=[key], indicator="suspension_rate", student_group="TA")
            if set(frame["entity"]) != {key}:
                with lock:
                    wrong[0] += 1

    pool = [threading.Thread(target=ask, args=(n,)) for n in range(threads)]
    for thread in pool:
        thread.start()
    for thread in pool:
        thread.join()
    return wrong[0]


def test_threads_get_their_own_answers(home, raw):
    builds.build([raw])
    assert keyed_campaign(queries_each=20, threads=8) == 0


@pytest.mark.audit
def test_sixty_four_threads_ten_thousand_queries(home, raw, monkeypatch):
    monkeypatch.setattr(warehouse, "WAIT_SECONDS", 60)
    warehouse.held.forget()
    builds.build([raw])
    assert keyed_campaign(queries_each=157, threads=64) == 0
