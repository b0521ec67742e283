"""What a process has open is its own: a fork, another home and a fresh start each open anew; threads share."""

import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor

from data.opened import PerProcess


class Opened:
    def __init__(self) -> None:
        self.pid = os.getpid()


def test_every_thread_of_a_process_has_the_same():
    held = PerProcess(Opened)
    with ThreadPoolExecutor(8) as pool:
        assert len({id(made) for made in pool.map(lambda _: held.get(), range(64))}) == 1


def test_another_home_opens_anew(monkeypatch, tmp_path):
    held = PerProcess(Opened)
    first = held.get()
    monkeypatch.setenv("RTAC_HOME", str(tmp_path))
    assert held.get() is not first


def test_a_fresh_start_opens_anew():
    held = PerProcess(Opened)
    first = held.get()
    held.forget()
    assert held.get() is not first


def test_a_forked_child_opens_its_own_and_never_closes_its_parents():
    held = PerProcess(Opened)
    first = held.get()
    ours, theirs = multiprocessing.Pipe()

    def child() -> None:
        made = held.get()
        theirs.send((made.pid, len(held._left_behind) == 1))

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    pid, kept = ours.recv()
    process.join()
    assert (pid, kept) == (process.pid, True)
    assert held.get() is first
