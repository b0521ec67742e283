"""GET /engine/<version>/<file>: the engine that counts student files inside the browser, each file with a policy of its own.

A worker does not inherit the page's content security policy, it has that of its own response: the one here is what keeps
student rows inside the browser. The worker may compile WebAssembly and fetch that one file, and nothing else from anywhere.
"""

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache

import brotli
from flask import Blueprint, Response, jsonify, request

import queries
from components import engine
from components.i18n import _
from server import hosts, squeeze
from server.faults import sentence

blueprint = Blueprint("engine", __name__)
NOTHING = "default-src 'none'"
CHUNK = 256 * 1024
LEA = re.compile(r"[0-9]{7}")


@blueprint.get("/engine/<version>/<name>")
def give(version: str, name: str) -> Response:
    """One listed file of the current version, else a 404 with a sentence."""
    if version == engine.THEIRS and name in engine.VENDORED:
        response = _vendored(name)
    elif version == engine.OURS and name in engine.MODULES:
        response = Response(engine.MODULES[name].read_bytes(), mimetype=engine.KINDS[".js"])
    elif (version, name) == (engine.planned()[0], engine.PLAN):
        response = Response(engine.planned()[1], mimetype="application/json")
    else:
        return sentence(_("There is no such file, or it has been replaced. Reload the page and try again."), 404)
    response.headers["Content-Security-Policy"] = worker_policy() if name == engine.WORKER else NOTHING
    return response


@blueprint.get("/engine/places/<lea>.json")
def places(lea: str) -> Response:
    """The names of a district and of its schools, from the public directory: {entity, name, schools: [{entity, name}]}."""
    if not LEA.fullmatch(lea):
        return sentence(_("A district is named by the seven digits of its CDS code."), 404)
    district = f"{lea}0000000"
    schools = [str(e) for e in queries.run("schools", district=district)["entity"]]
    named = queries.run("places", entities=[district, *schools])
    names = dict(zip(named["entity"].astype(str), named["name"].astype(str), strict=True))
    listed = [{"entity": s, "name": names[s]} for s in schools if s in names]
    return jsonify({"entity": district, "name": names.get(district), "schools": listed})


@blueprint.get("/engine/")
@blueprint.get("/engine/<path:rest>")
def unknown(rest: str = "") -> Response:
    """Nothing else lives under /engine."""
    return sentence(_("There is nothing at this address."), 404)


def worker_policy() -> str:
    """What the worker may do. A path needs a host before it: that under which the page was asked for, if it is a name at all."""
    if not hosts.NAME.fullmatch(request.host):
        return NOTHING
    wasm = engine.addresses()["wasm"]
    return f"{NOTHING}; script-src 'wasm-unsafe-eval'; connect-src {request.scheme}://{request.host}{wasm}"


def _vendored(name: str) -> Response:
    """As stored where the browser takes brotli, else as gzip, else unpacked while it is sent."""
    kind = engine.KINDS[name[name.rindex(".") :]]
    encoding = squeeze.wanted(request)
    if encoding == "br":
        response = Response(engine.VENDORED[name].read_bytes(), mimetype=kind)
    elif encoding == "gzip":
        response = Response(_gzipped(name), mimetype=kind)
    else:
        response = Response(_unpacked(name), mimetype=kind)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    return response


def _unpacked(name: str) -> Iterator[bytes]:
    unpack = brotli.Decompressor()
    packed = engine.VENDORED[name].read_bytes()
    for at in range(0, len(packed), CHUNK):
        yield unpack.process(packed[at : at + CHUNK])


@lru_cache(maxsize=len(engine.VENDORED))
def _gzipped(name: str) -> bytes:
    pack = zlib.compressobj(6, zlib.DEFLATED, 31)
    return b"".join([*(pack.compress(part) for part in _unpacked(name)), pack.flush()])
