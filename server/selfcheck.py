"""Refuses to start an app that is not safe to start: an undeclared callback, or a setting that opens one up."""

import os
from collections.abc import Mapping

from dash import Dash

from components import embedding, exposed
from server import hosts, local
from server.api import origins

UNSAFE = ("DASH_DEBUG", "DASH_MCP_ENABLED", "DASH_UI", "DASH_HOT_RELOAD", "DASH_PROPS_CHECK", "FLASK_DEBUG")


LISTS = (
    (hosts.listed, hosts.SETTING, "no host name. Write names only, as in dash.example.org,10.0.0.7."),
    (
        embedding.listed,
        embedding.SETTING,
        "no origin that may embed. Write whole origins with commas, as in https://www.example.org, or self; no star and no http.",
    ),
    (
        origins.listed,
        origins.SETTING,
        "no https origin. Name each site, as in https://data.example.org; a star or http would let any page read here.",
    ),
)
"""The settings that are lists: how each is read (ValueError for an entry that it must not hold), and what is wrong then."""


class Unsafe(RuntimeError):
    """The app must not start. The text says why and what to do."""


def environment(env: Mapping[str, str] = os.environ) -> None:
    """Raises Unsafe when the environment opens the app up: debugging, tool server, false hosts or embedders, local data."""
    for name in UNSAFE:
        if env.get(name, "").strip().lower() not in ("", "0", "false", "no"):
            raise Unsafe(
                f"{name} is set in the environment and opens the app to anybody: it does not start. Unset it and start again."
            )
    for listed, setting, wrong in LISTS:
        try:
            listed(env.get(setting, ""))
        except ValueError as entry:
            raise Unsafe(f"{setting} holds {str(entry)!r}, which is {wrong}") from None
    try:
        local.check(env.get("RTAC_BIND", "127.0.0.1:8050"), env)
    except local.Unsafe as refusal:
        raise Unsafe(str(refusal)) from None


def callbacks(app: Dash) -> None:
    """Raises Unsafe when a callback that runs on the server was not declared, or was declared otherwise than it is wired."""
    for name, wired in app.callback_map.items():
        if "callback" not in wired:
            continue
        door = exposed.doors.get(name)
        if door is None:
            raise Unsafe(
                f"The callback {name!r} is not declared. Register it with components.exposed.exposed, with kinds and scope."
            )
        inputs = [(i["id"], i["property"]) for i in (*wired["inputs"], *wired["state"])]
        declared = sorted(door.inputs, key=lambda ask: ask.state)
        if inputs != [(ask.id, ask.prop) for ask in declared]:
            raise Unsafe(f"The callback {name!r} is wired otherwise than it is declared.")
    if app._enable_mcp:
        raise Unsafe("The tool server of Dash (MCP) is switched on. Create the app with enable_mcp=False.")
