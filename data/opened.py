"""What one process has open of one home: made anew after a fork, which no DuckDB connection may cross, and for another home."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from data import store

Held = TypeVar("Held")


class PerProcess(Generic[Held]):
    """Holds what `make` returns for as long as the process and its home are the same."""

    def __init__(self, make: Callable[[], Held]):
        self._make = make
        self._lock = threading.Lock()
        self._held: tuple[int, Path, Held] | None = None
        # What a forked child must never close: its parent's connections have threads that the child does not.
        self._left_behind: list[object] = []

    def get(self) -> Held:
        """What is open in this process; every thread gets the same."""
        with self._lock:
            pid, home = os.getpid(), store.home()
            if self._held is None or self._held[:2] != (pid, home):
                if self._held and self._held[0] != pid:
                    self._left_behind.append(self._held)
                self._held = pid, home, self._make()
            return self._held[2]

    def forget(self) -> None:
        """Start anew, as a new process would."""
        with self._lock:
            self._held = None
