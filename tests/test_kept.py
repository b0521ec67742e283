"""Kept answers: one thread works, the others wait; an error reaches everyone who waited and is not kept."""

import gc
import threading
import time
import weakref

import pytest

from queries.kept import Kept


def ask_together(kept: Kept, make, many: int = 8) -> list:
    """What `many` threads get that ask for one key at the same moment: values, or the errors they met."""
    out: list = []
    start = threading.Barrier(many)

    def one() -> None:
        start.wait()
        try:
            out.append(kept.get("key", make))
        except ValueError as error:
            out.append(str(error))

    threads = [threading.Thread(target=one) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    return out


def test_one_works_and_the_others_wait():
    calls = []

    def make() -> str:
        calls.append(1)
        time.sleep(0.05)
        return "answer"

    assert ask_together(Kept(4), make) == ["answer"] * 8 and len(calls) == 1


def test_an_error_reaches_all_who_waited_and_is_not_kept():
    kept, calls = Kept(4), []

    def fails() -> str:
        calls.append(1)
        time.sleep(0.05)
        raise ValueError("busy")

    assert ask_together(kept, fails) == ["busy"] * 8 and len(calls) == 1
    assert kept.get("key", lambda: "well again") == "well again"


def test_an_error_holds_nothing_of_who_asked():
    """What stands in the frames of a failed question, a build and its connection, goes with it without the collector."""

    class Build:
        pass

    def asked() -> weakref.ref:
        build = Build()
        with pytest.raises(ValueError, match="busy"):
            kept.get("key", lambda: fails(build))
        return weakref.ref(build)

    def fails(build: Build) -> None:
        raise ValueError("busy")

    kept = Kept(2)
    gc.disable()
    try:
        assert asked()() is None
    finally:
        gc.enable()


def test_the_newest_used_stay():
    kept = Kept(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda key=key: key)
    assert kept.get("a", lambda: pytest.fail("a was used last but one and must stay")) == "a"
    assert kept.get("b", lambda: "made again") == "made again"
