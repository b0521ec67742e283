"""/api/v1: what the pages show, for programs. Public numbers only, one shape of errors, the same rows as the files.

Every address is one row of ROUTES; server/api/openapi.py describes the same rows.
"""

from flask import Blueprint, Response, g

from components import scope
from components.exhibit import Unanswerable
from server import faults
from server.api import catalog, exhibits, facts, openapi, places
from server.requested import Refused

blueprint = Blueprint("api", __name__)
ROUTES = {
    "/api/v1/": catalog.index,
    "/api/v1/places": places.listed,
    "/api/v1/places/<entity>": places.one,
    "/api/v1/indicators": catalog.indicators,
    "/api/v1/indicators/<name>": catalog.indicator,
    "/api/v1/facts": facts.facts_rows,
    "/api/v1/exhibits": exhibits.listed,
    "/api/v1/exhibits/<page>/<key>": exhibits.one,
    "/api/v1/builds": catalog.builds,
    "/api/v1/openapi.json": openapi.served,
    "/api/v1/schema/exhibits.json": exhibits.schema,
}
for path, view in ROUTES.items():
    name = f"{view.__module__.rpartition('.')[2]}_{view.__name__}"
    blueprint.add_url_rule(path, name, view, methods=["GET"], strict_slashes=False)
for path in ("/api", "/api/", "/api/<path:rest>"):
    blueprint.get(path)(catalog.nothing)


@blueprint.before_request
def public() -> None:
    """Local data are not in the API, not even on a server that shows them to this reader."""
    g.scope = scope.PUBLIC


@blueprint.errorhandler(Refused)
def refused(refusal: Refused) -> Response:
    return faults.sentence(str(refusal), refusal.status)


@blueprint.errorhandler(Unanswerable)
def unanswerable(why: Unanswerable) -> Response:
    return faults.sentence(str(why), 400)
