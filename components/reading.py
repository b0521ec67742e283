"""From what a browser sent to a View, the build it is about, and a way to ask that build.

Owns the answer to "what does this build know" for the parser. It shows nothing and writes nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

import queries
from components import view as views
from components.exhibit import Ask
from components.view import Known, View
from data import warehouse

NARROWING = ("county", "region", "cohort")


@dataclass(frozen=True)
class Reading:
    """A parsed view, the build that answers it, and `ask(name, **params)` bound to that build."""

    view: View
    build: warehouse.Build
    ask: Ask


def read(raw: Mapping[str, object], page_build: str | None = None) -> Reading:
    """Parse a query or a Store. The build is the one pinned in `raw`, else the page's, else the current one. Raises NoBuild."""
    page_build = _pinned(raw) or page_build
    build = warehouse.open_build(page_build) if page_build else warehouse.current()
    return Reading(views.parse(meant(raw), known(build.id)), build, ask_of(build.id))


def _pinned(raw: Mapping[str, object]) -> str | None:
    """The one build that is named, as a text or as the only one of a list, where it can be opened."""
    said = raw.get("build")
    many = list(said) if isinstance(said, (list, tuple)) else [said]
    named = {v.strip() for v in many if isinstance(v, str) and v.strip()}
    return next(iter(named)) if len(named) == 1 and is_kept(next(iter(named))) else None


def meant(raw: Mapping[str, object]) -> Mapping[str, object]:
    """A region, county or cohort given without `peers` means the peers of that region, county or cohort."""
    if raw.get("peers"):
        return raw
    named = [name for name in NARROWING if raw.get(name)]
    return {**raw, "peers": named[0]} if named else raw


def seed(read: Reading) -> dict[str, object]:
    """The choice as the Store of the browser holds it."""
    found: dict[str, object] = {}
    for name, value in read.view.to_query():
        found[name] = [*found.get(name, []), value] if name == "place" else value  # type: ignore[misc]
    return found


def unused(view: View) -> list[str]:
    """Fields that are about a peer set other than the one chosen, so that nothing would come of them."""
    narrowing = [name for name in NARROWING if getattr(view, name) is not None and view.peers != name]
    return narrowing + (["weights"] if view.weights and view.peers != "similar" else [])


def settled(read: Reading) -> Reading:
    """The same without unused fields: for a page, which shows what it compares. A file refuses them instead.

    Places similar to one are of its level, those of one district are schools, whatever the level was.
    """
    changes: dict[str, object] = {name: getattr(View, name) for name in unused(read.view)}
    if read.view.peers == "similar" and read.view.place:
        changes["level"] = str(read.ask("places", entities=[read.view.place[0]])["level"].iloc[0])
    if read.view.peers == "district":
        changes["level"] = "school"
    return replace(read, view=replace(read.view, **changes))  # type: ignore[arg-type]


@lru_cache(maxsize=8)
def ask_of(build: str) -> Ask:
    """`ask(name, **params)` bound to one build: the same object for the same build, so that what hangs on it may be kept."""

    def ask(name: str, **params: object) -> pd.DataFrame:
        return queries.run(name, build=build, **params)

    return ask


def is_kept(build: str) -> bool:
    """Whether a text names a build that can be opened."""
    return bool(views.BUILD.fullmatch(build)) and kept(build)


def kept(build: str) -> bool:
    """Whether a build can still be opened."""
    try:
        warehouse.open_build(build)
    except warehouse.NoBuild:
        return False
    return True


@lru_cache(maxsize=8)
def known(build: str) -> Known:
    """What one build holds. Builds never change, so this is kept."""
    years: dict[str, set[int]] = {}
    for row in queries.run("years", build).itertuples():
        years.setdefault(str(row.indicator), set()).add(int(row.year))  # type: ignore[arg-type]
    return Known({name: sorted(found) for name, found in years.items()}, _finder(build), kept)


def _finder(build: str) -> Callable[[Sequence[str]], Iterable[str]]:
    return lambda entities: _existing(build, tuple(entities))


@lru_cache(maxsize=4096)
def _existing(build: str, entities: tuple[str, ...]) -> frozenset[str]:
    return frozenset(str(e) for e in queries.run("places", build, entities=list(entities))["entity"])


def names(reading: Reading, entities: Sequence[str]) -> dict[str, str]:
    """Entity -> name, for places that the build has."""
    if not entities:
        return {}
    frame: pd.DataFrame = reading.ask("places", entities=list(entities))
    return dict(zip(frame["entity"].astype(str), frame["name"].astype(str), strict=True))
