"""The HTTP edge: hosts, local data, gate, cache, headers, compression, health, search, files, API, engine, faults. No numbers."""

from dash import Dash
from flask import Flask

from server import answers, api, downloads, engine, faults, gate, headers, health, hosts, local, search, squeeze
from server.api import origins


def fit(app: Dash) -> None:
    """Put the edge around an app. Flask runs what comes after a request in reverse: compress, keep, then set headers."""
    server: Flask = app.server
    server.after_request(headers.after(app))
    server.after_request(origins.after)
    server.after_request(answers.keep)
    server.after_request(squeeze.after)
    server.before_request(hosts.guard)
    server.before_request(local.decide)
    server.before_request(faults.without_build)
    server.before_request(gate.guard)
    server.before_request(answers.before)
    for part in (health, search, downloads, engine, local, api):
        server.register_blueprint(part.blueprint)
    faults.fit(server)
