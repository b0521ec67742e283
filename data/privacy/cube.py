"""The fixed cube as numbers: every cell a row, its neighbours in the cube a quick look-up. It hides nothing itself."""

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

LOCAL = Path(__file__).parents[1] / "reference" / "local"
KEYS = ("fact", "level", "entity", "month", "span", "service", "student_group", "band")
DAYS = 10
"""Days travel in tenths: what ten is to students, a hundred is to them."""
PLAIN = ("partners", "records", "days")
"""Kinds of facts whose numbers, as they are shown, count no student: partners, and shares of records and of days."""
NONE = -1
Numbers = np.ndarray


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/reference/local/<name>.csv`."""
    with (LOCAL / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


@cache
def facts() -> dict[str, dict[str, str]]:
    return {row["fact"]: row for row in table("facts")}


@cache
def pillars() -> dict[str, str]:
    """Category -> its pillar."""
    return {row["category"]: row["pillar"] for row in table("service_categories")}


@cache
def families() -> dict[str, frozenset[str]]:
    """Family of student groups -> its groups."""
    names = {row["family"] for row in table("groups")}
    return {name: frozenset(r["student_group"] for r in table("groups") if r["family"] == name) for name in names}


def school_year(month: int) -> int:
    """202509 -> 2026, the ending year."""
    return month // 100 + (month % 100 >= 7)


def before(month: int) -> int:
    """The month before, or 0 where that is in another school year."""
    if month % 100 == 7:
        return 0
    return month - 1 if month % 100 > 1 else month - 89


class Cube:
    """Cells of one publication. `frame` has the columns KEYS and any others; keys must not repeat. Rows keep their order."""

    def __init__(self, frame: pd.DataFrame):
        self.size = len(frame)
        self.words: dict[str, dict] = {}
        self.codes: dict[str, Numbers] = {}
        for name in KEYS:
            codes, words = pd.factorize(frame[name])
            self.codes[name] = codes.astype(np.int64)
            self.words[name] = {word: i for i, word in enumerate(words.tolist())}
        self._key = self._number(self.codes)
        self._order = np.argsort(self._key, kind="stable")
        self._sorted = self._key[self._order]
        if self.size and (np.diff(self._sorted) == 0).any():
            raise ValueError("The cube holds a cell twice.")
        self.plain = self.flag("fact", [word for word in self.words["fact"] if facts()[word]["kind"] in PLAIN])

    def _number(self, codes: dict[str, Numbers]) -> Numbers:
        number, absent = np.zeros(self.size, np.int64), np.zeros(self.size, bool)
        for name in KEYS:
            number = number * max(len(self.words[name]), 1) + codes[name]
            absent |= codes[name] == NONE
        return np.where(absent, NONE, number)

    def flag(self, key: str, words: Iterable) -> Numbers:
        """Which cells have one of these words under a key."""
        some = np.zeros(len(self.words[key]) + 1, bool)
        for word in words:
            some[self.words[key].get(word, NONE)] |= word in self.words[key]
        some[-1] = False
        return some[self.codes[key]]

    def moved(self, key: str, change: dict) -> Numbers:
        """The codes of a key after each word became another (NONE where that is not in the cube)."""
        to = np.arange(len(self.words[key]) + 1, dtype=np.int64)
        for word, code in self.words[key].items():
            to[code] = self.words[key].get(change.get(word, word), NONE)
        return to[self.codes[key]]

    def find(self, **changed: Numbers) -> Numbers:
        """For each cell the row of the one whose key differs in these codes, or NONE."""
        wanted = self._number({**self.codes, **changed})
        at = np.searchsorted(self._sorted, wanted)
        at = np.minimum(at, self.size - 1)
        return np.where((wanted != NONE) & (self._sorted[at] == wanted), self._order[at], NONE) if self.size else at

    def lifted(self, **to: str | dict) -> Numbers:
        """As `find`, with words: `lifted(student_group="TA")`, or a map from word to word."""
        codes = {}
        for key, word in to.items():
            change = word if isinstance(word, dict) else dict.fromkeys(self.words[key], word)
            codes[key] = self.moved(key, change)
        return self.find(**codes)

    def wholes(self) -> Numbers:
        """For each cell the row of the whole of which its fact is a part (`of` in facts.csv), or NONE. As in hide.sql."""
        every = facts()
        found = np.full(self.size, NONE)
        for fact in self.words["fact"]:
            row = every[fact]
            if row["of"] not in self.words["fact"]:
                continue
            whole = every[row["of"]]
            to: dict[str, str | dict] = {"fact": row["of"]}
            if "month" not in whole["spans"].split():
                to["span"] = "ytd"
            if not row["bands"] or whole["bands"] != row["bands"]:
                to["band"] = "all"
            served = whole["services"].split()
            keep = {"all"} | (set(pillars().values()) if "pillars" in served else set())
            if "categories" not in served:
                to["service"] = {word: word if word in keep else "all" for word in self.words["service"]}
            mine = self.flag("fact", [fact])
            found[mine] = self.lifted(**to)[mine]
        return found
