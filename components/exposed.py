"""Every callback is a public endpoint. This is the one way to register one: with the kind of each input and the scope it needs.

It owns the list of doors that the gate (server/gate.py) holds callers to. It judges nothing itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import dash
from dash import Input, Output, State

from components import scope as scopes

KINDS = ("text", "view", "build")
"""text: a string. view: a flat object of strings and lists of strings. build: a build id or nothing."""
SCOPES = (scopes.PUBLIC, scopes.LOCAL)
"""public: everybody. local: who may see local data; to anybody else there is no such callback."""


@dataclass(frozen=True)
class Ask:
    """One input of a callback: component id, property, and the kind of value it must be."""

    id: str
    prop: str
    kind: str
    state: bool = False


@dataclass(frozen=True)
class Door:
    """A callback as the gate sees it: its outputs, its inputs in order, and the scope a caller needs."""

    outputs: tuple[tuple[str, str], ...]
    inputs: tuple[Ask, ...]
    scope: str


doors: dict[str, Door] = {}


def key_of(outputs: Sequence[tuple[str, str]]) -> str:
    """The name under which Dash calls a callback with several outputs."""
    return ".." + "...".join(f"{id_}.{prop}" for id_, prop in outputs) + ".."


def declare(outputs: Sequence[tuple[str, str]], inputs: Sequence[Ask], scope: str) -> None:
    """Add a door. Raises ValueError for a kind or scope that does not exist."""
    for ask in inputs:
        if ask.kind not in KINDS:
            raise ValueError(f"The input {ask.id}.{ask.prop} has the unknown kind {ask.kind!r}; there are {KINDS}.")
    if scope not in SCOPES:
        raise ValueError(f"The scope {scope!r} does not exist; there are {SCOPES}.")
    doors[key_of(outputs)] = Door(tuple(outputs), tuple(inputs), scope)


def exposed(outputs: Sequence[tuple[str, str]], inputs: Sequence[Ask], scope: str) -> Callable:
    """Decorator: register a Dash callback that always returns a tuple, one value an output, and declare its door."""

    def register(function: Callable) -> Callable:
        declare(outputs, inputs, scope)
        wiring = [(State if ask.state else Input)(ask.id, ask.prop) for ask in inputs]
        return dash.callback([Output(id_, prop) for id_, prop in outputs], wiring)(function)

    return register
