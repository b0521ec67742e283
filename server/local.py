"""The doors of local data, and who may use them: this machine's own browser, on a server of this machine, with RTAC_LOCAL=on.

`decide` answers for each request and leaves the answer in `g.scope` (components/scope.py asks it). Where the answer is no, every
door behaves as if there were none. What comes in are counts (data/local/travel.py scans them); nothing else has a way in.
"""

import os
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, g, jsonify, request
from werkzeug.exceptions import HTTPException

from components import scope
from components.i18n import _
from data import store
from data.local import keys, publications, shelf, travel
from data.privacy import local as privacy

blueprint = Blueprint("local", __name__)
PUBLISH, WITHDRAW = "/local/publish", "/local/withdraw"
NOTHING = "/there-is-nothing"
HEADER = "X-RTAC-Local"
"""A header that no form and no other site can send."""
NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
PROXIED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via")
MOST_SMALL = 4096
PIECE = 1 << 20


class Unsafe(RuntimeError):
    """Local data may not be opened on this server. The text says why."""


def check(bind: object, env: Mapping[str, str] = os.environ) -> None:
    """Raises Unsafe when RTAC_LOCAL is on for a server that other machines can reach, or is neither on nor off."""
    said = env.get(shelf.SETTING, "")
    if said not in ("", "off", "on"):
        raise Unsafe(f"{shelf.SETTING} is {said!r}; it is on or off.")
    if said != "on":
        return
    addresses = bind if isinstance(bind, (list, tuple)) else [bind]
    for address in addresses:
        if not _loopback(str(address)):
            raise Unsafe(
                f"{shelf.SETTING}=on opens local data to whoever reaches the server, and {address} can be reached from outside. "
                "Bind it to 127.0.0.1, or leave the setting off."
            )
    if any(env.get(name, "").strip() for name in ("FORWARDED_ALLOW_IPS", "PROXY_ALLOW_IPS")):
        raise Unsafe(f"{shelf.SETTING}=on is for a server without a proxy in front of it. Unset FORWARDED_ALLOW_IPS.")


def _loopback(address: str) -> bool:
    """Whether an address (host, host:port, [host]:port) is one that only this machine reaches."""
    for host in (address.strip("[]"), urlsplit(f"//{address}").hostname or ""):
        try:
            return ip_address(host).is_loopback
        except ValueError:
            continue
    return urlsplit(f"//{address}").hostname == "localhost"


def decide() -> Response | None:
    """Before each request, first of all: may it see local data? One that may not finds their doors to be unknown addresses."""
    g.scope = scope.LOCAL if allowed() else scope.PUBLIC
    if request.path in (PUBLISH, WITHDRAW) and g.scope != scope.LOCAL:
        return _as_if_none()
    return None


def _as_if_none() -> Response | None:
    """Route this request as any address that does not exist."""
    adapter = current_app.create_url_adapter(request)
    assert adapter
    if request.method == "OPTIONS":
        answer = current_app.response_class()
        answer.allow.update(adapter.allowed_methods(NOTHING))
        return answer
    try:
        rule, values = adapter.match(NOTHING, return_rule=True)
        request.url_rule, request.view_args = rule, dict(values)
    except HTTPException as nothing:
        request.routing_exception = nothing
    return None


def allowed() -> bool:
    """Whether this request comes from this machine's own browser to a server that was opened for it."""
    if not shelf.is_on() or any(name in request.headers for name in PROXIED):
        return False
    if request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0":  # no browser: a proxy that says nothing else of itself
        return False
    try:
        peer = ip_address(request.environ.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    host = request.headers.get("Host", "").strip().lower()
    name, _colon, port = host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "")
    site = request.headers.get("Sec-Fetch-Site", "none")
    origin = request.headers.get("Origin")
    return (
        peer.is_loopback
        and name in NAMES
        and (not port or port.isdigit())
        and site in ("same-origin", "none")
        and (origin is None or urlsplit(origin).netloc.lower() == host)
    )


@blueprint.post(PUBLISH)
def publish() -> tuple[Response, int]:
    """Scan, protect and publish a travel document. 400 with a sentence for what may not come in, 409 while another is made."""
    try:
        _own_page()
        name = publications.publish(travel.parse(_body(travel.MOST_BYTES)))
    except (travel.Refused, privacy.Unsafe, keys.NoKey) as refusal:
        return jsonify({"error": str(refusal)}), 400
    except store.Locked as busy:
        return jsonify({"error": str(busy)}), 409
    return jsonify({"id": name, "edition": publications.edition()}), 200


@blueprint.post(WITHDRAW)
def withdraw() -> tuple[Response, int]:
    """Take back all that an LEA published: {"lea": "1234567"}. 404 with a sentence where there is nothing."""
    try:
        _own_page()
        said = travel.parse(_body(MOST_SMALL))
        if set(said) != {"lea"} or not isinstance(said["lea"], str):
            raise travel.Refused(_("Withdrawing takes one district's code of seven digits."))
        gone = publications.withdraw(said["lea"])
    except travel.Refused as refusal:
        return jsonify({"error": str(refusal)}), 400
    except publications.NotFound as none:
        return jsonify({"error": str(none)}), 404
    except store.Locked as busy:
        return jsonify({"error": str(busy)}), 409
    return jsonify({"withdrawn": gone, "edition": publications.edition()}), 200


def _own_page() -> None:
    """Only a script of our own page can send this header and kind: a form, a link or another site cannot."""
    if request.headers.get(HEADER) != "1" or request.mimetype != "application/json" or request.args:
        raise travel.Refused(_("This address is called by the page “My schools” only."))


def _body(most: int) -> bytes:
    """The body, measured while it is read: what is said of its length is not believed."""
    if request.content_length is None or request.content_length > most:
        raise travel.Refused(_("The document does not say how long it is, or is longer than this server takes."))
    read = bytearray()
    while piece := request.stream.read(PIECE):
        read += piece
        if len(read) > most:
            raise travel.Refused(_("The document is longer than this server takes."))
    return bytes(read)
