"""GET /api/v1/places: the places of the build, listed or searched for; /api/v1/places/<entity>: one of them."""

import numpy as np
import pandas as pd
from flask import Response

import queries
from components.i18n import _
from components.view import ENTITY
from data import registry
from exports import json_file
from server import search
from server.api import answers, asked
from server.requested import Refused

NAMES = ("q", "level", "county", "region", "build", "page", "limit")


def listed() -> Response:
    """A page of places."""
    query = asked.strictly(NAMES)
    answers.form(query)
    page, read = asked.page(query), asked.read({k: v for k, v in query.items() if k in ("build", "county", "region", "level")})
    digits, words = _sought(query["q"][0]) if "q" in query else ("", [""])
    params = {
        "level": asked.one_of(query, "level", registry.LEVELS),
        "county": read.view.county,
        "region": read.view.region,
        "digits": digits,
        "words": words,
    }
    total = int(queries.once("places_counted", read.build.id, **params)["rows"].iloc[0])
    frame = queries.once("places_listed", read.build.id, **params, limit=page.limit, offset=page.offset)
    place = answers.paged(query, page, total, read.build.id)
    said = {name: values for name, values in query.items() if name not in ("page", "limit")}
    body = {**answers.about(read), "query": said, **place, "places": records(frame)}
    return answers.finished(json_file.encoded(body), answers.JSON, read.build.id, str(place["next"] or ""))


def one(entity: str) -> Response:
    """What the directory and the newest files say of one place. 404 for one that the build does not have."""
    query = asked.strictly(("build",))
    answers.form(query)
    read = asked.read(query)
    frame = queries.run("places", read.build.id, entities=[entity]) if ENTITY.fullmatch(entity) else pd.DataFrame()
    if frame.empty:
        raise Refused(_("There is no place of this code. Search for it by name: /api/v1/places?q=ventura."), 404)
    links = {"page": f"{answers.site()}/place?place={entity}", "facts": f"{answers.site()}/api/v1/facts?place={entity}"}
    return answers.document({**answers.about(read), "place": records(frame)[0], "links": links})


def _sought(text: str) -> tuple[str, list[str]]:
    """The start of a code, or words of a name. Raises Refused where there is neither."""
    if len(text) > search.MOST_TEXT:
        raise Refused(_("“q” takes up to %(n)d letters.") % {"n": search.MOST_TEXT})
    digits, words = search.sought(text)
    if len(digits) < 2 and len("".join(words)) < 2:
        raise Refused(_("“q” takes two letters or digits, or more."))
    return digits, words or [""]


def records(frame: pd.DataFrame) -> list[dict]:
    """Rows as objects; lists as lists, what is missing as null."""
    rows = json_file.rows(frame.map(lambda v: v.tolist() if isinstance(v, np.ndarray) else v))["rows"]
    return [{k: v for k, v in row.items() if k != "search_name"} for row in rows]
