"""GET /search?q=…: places by the start of their CDS code or by words of their name, for the search box."""

import re

from flask import Blueprint, Response, jsonify, request

import queries
from components.i18n import _
from data import registry

blueprint = Blueprint("search", __name__)
MOST_TEXT = 80
MOST_WORDS = 6
MOST_PLACES = 10
LEVELS = {
    "state": _("State"),
    "region": _("R-TAC region"),
    "county": _("County"),
    "district": _("District"),
    "school": _("School"),
}


@blueprint.get("/search")
def search() -> Response:
    """JSON list of {entity, level, name, where}; empty for fewer than two characters."""
    text = "".join(c for c in request.args.get("q", "") if c.isprintable())[:MOST_TEXT].strip()
    response = jsonify(find(text) if len(text) >= 2 else [])
    response.add_etag(weak=True)
    return response.make_conditional(request)  # type: ignore[return-value]


def find(text: str) -> list[dict[str, str]]:
    """Places that the text may mean, the likeliest first."""
    digits, words = sought(text)
    if not digits and not words:
        return []
    frame = queries.run("search", digits=digits, words=words or [""], limit=MOST_PLACES)
    found = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{"entity": str(r["entity"]), "level": str(r["level"]), "name": str(r["name"]), "where": _where(r)} for r in found]


def sought(text: str) -> tuple[str, list[str]]:
    """What a text may mean: the start of a CDS code, or words of a name; one of the two is empty."""
    digits = re.sub(r"[\s-]", "", text)
    if digits.isascii() and digits.isdigit() and len(digits) <= 14:
        return digits, []
    return "", [w for w in re.split(r"[\s,]+", text.lower()) if w][:MOST_WORDS]


def _where(row: dict) -> str:
    """'School · Ventura Unified · Ventura County'."""
    level = str(row["level"])
    parts = [LEVELS[level]]
    if level == "region":
        parts.append(_("%(n)d counties") % {"n": len(registry.region_by_code[str(row["entity"])].counties)})
    if level == "school":
        parts.append(row["district_name"])
    if level in ("district", "school"):
        parts.append(row["county_name"])
    return " · ".join(str(p) for p in parts if p)
