"""Two questions of the machinery: does the process answer (/health), and which build does it serve (/ready)."""

from flask import Blueprint, Response, jsonify

from data import warehouse

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
def health() -> Response:
    return Response("OK", mimetype="text/plain")


@blueprint.get("/ready")
def ready() -> tuple[Response, int]:
    """JSON: build id, families, years, mode and trouble. 503 without a build."""
    try:
        build = warehouse.current()
    except warehouse.NoBuild as none:
        return jsonify({"ready": False, "build": None, "sentence": str(none)}), 503
    manifest = build.manifest
    return jsonify(
        {
            "ready": True,
            "build": build.id,
            "mode": build.mode,
            "demonstration": build.demo,
            "created": manifest["created"],
            "families": manifest["families"],
            "years": manifest["years"],
            "trouble": warehouse.trouble(),
        }
    ), 200
