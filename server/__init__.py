"""The HTTP edge: hosts, local data, gate, cache, headers, compression, health, search, files, embedding, engine, faults.

It holds no numbers.
"""

from dash import Dash
from flask import Flask

from components import formats
from exports import EXPORTS
from server import answers, downloads, embed, engine, faults, gate, headers, health, hosts, local, permalinks, search, squeeze


def fit(app: Dash) -> None:
    """Put the edge around an app. Flask runs what comes after a request in reverse: compress, keep, then set headers."""
    server: Flask = app.server
    server.after_request(headers.after(app))
    server.after_request(answers.keep)
    server.after_request(squeeze.after)
    server.before_request(hosts.guard)
    server.before_request(local.decide)
    server.before_request(faults.without_build)
    server.before_request(gate.guard)
    server.before_request(answers.before)
    for part in (health, search, downloads, embed, engine, local):
        server.register_blueprint(part.blueprint)
    faults.fit(server)
    server.after_request(permalinks.after)
    formats.offer({name: form.mimetype for name, form in EXPORTS.items()})
