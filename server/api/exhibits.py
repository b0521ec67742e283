"""GET /api/v1/exhibits: what stands on the pages; /api/v1/exhibits/<page>/<key>?<the page's query>: one as JSON.

The pages of local data are left out, also for readers who may see them on the screen: an interface is copied from.
"""

from flask import Response

from components import page as composer
from components.i18n import _
from components.page import Page
from exports import json_file
from server import making, requested
from server.api import answers, asked
from server.requested import Refused


def pages() -> dict[str, Page]:
    """The pages that the API has."""
    return {key: made for key, made in composer.pages.items() if "local_place" not in made.filters}


def listed() -> Response:
    """The pages with their exhibits, and the parameters of their queries."""
    asked.strictly(())
    answers.form({})
    base = f"{answers.site()}/api/v1/exhibits"
    found = [
        {
            "page": key,
            "title": made.heading[0] or key,
            "path": f"{answers.site()}{made.path}",
            "exhibits": [{"key": e.key, "title": e.title or None, "href": f"{base}/{key}/{e.key}"} for e in made.exhibits],
            "parameters": list(asked.VIEW),
            "chosen_on_the_page": [name for name in made.filters if name in asked.VIEW],
        }
        for key, made in pages().items()
    ]
    return answers.document({"pages": found, "limits": answers.LIMITS})


def one(page: str, key: str) -> Response:
    """One exhibit, the same document as /export/<page>.json?exhibit=<key>. Raises Unanswerable where it has no answer."""
    made = pages().get(page)
    if made is None or key not in {e.key for e in made.exhibits}:
        raise Refused(_("There is no such exhibit. /api/v1/exhibits lists them all."), 404)
    query = asked.strictly(asked.VIEW)
    answers.form(query)
    asked.pinned(query)
    read, wanted = requested.parse(made, {**query, "exhibit": [key]})
    with making.slot():
        shown = making.built(wanted, read, many=True)
        body = json_file.write(making.slides(made, shown, read), making.about(made, read))
    return answers.finished(body, answers.JSON, read.build.id)


def schema() -> Response:
    """The schema of the document."""
    asked.strictly(())
    return answers.finished(json_file.SCHEMA.read_bytes(), "application/schema+json")
