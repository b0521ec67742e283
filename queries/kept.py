"""Answers that are kept: the newest used stay, and of several threads that ask the same at once one works and the others wait."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from copy import copy
from typing import Any


class _Slot:
    """One answer on its way or at hand. `done` is set once `value` or `error` stands."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.value: Any = None
        self.error: BaseException | None = None


class Kept:
    """At most `most` answers by key. Builds never change, so an answer stays true; an error is not kept."""

    def __init__(self, most: int):
        self.most = most
        self._slots: OrderedDict[Hashable, _Slot] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The kept answer, or what `make` returns. Whoever waits for another thread's `make` gets its answer or its error."""
        with self._lock:
            slot = self._slots.get(key)
            first = slot is None
            if slot is None:
                slot = self._slots[key] = _Slot()
                if len(self._slots) > self.most:
                    self._slots.popitem(last=False)
            else:
                self._slots.move_to_end(key)
        return self._make(key, slot, make) if first else _wait(slot)

    def _make(self, key: Hashable, slot: _Slot, make: Callable[[], Any]) -> Any:
        try:
            slot.value = make()
            return slot.value
        except BaseException as error:
            # A copy has no traceback: whoever waits must not hold the frames of this thread, and the build in them, alive.
            slot.error = copy(error)
            with self._lock:
                if self._slots.get(key) is slot:
                    del self._slots[key]
            raise
        finally:
            slot.done.set()

    def clear(self) -> None:
        """Forget every answer."""
        with self._lock:
            self._slots.clear()


def _wait(slot: _Slot) -> Any:
    slot.done.wait()
    if slot.error is not None:
        raise copy(slot.error)
    return slot.value
