"""GET /api/v1/openapi.json: the API described for programs, made from the registry and the build, so that it cannot lag."""

from typing import Any

from flask import Response

from components import reading
from components import view as views
from components.i18n import _
from data import registry, warehouse
from exports import json_file
from server import search
from server.api import answers, asked
from server.api.catalog import VERSION
from server.api.exhibits import pages
from server.api.shapes import Schema, all_of_them, ref
from server.faults import RETRY_SECONDS

PROBLEMS = {
    "400": _("A parameter is unknown or cannot be used; the sentence says which and what to do."),
    "404": _("There is nothing at this address."),
    "405": _("This address takes GET, HEAD and OPTIONS only."),
    "406": _("This address does not answer in a format that Accept names."),
    "410": _("The build that is asked for is not kept any more; the sentence says what is."),
    "503": _("Too much is asked at this moment, or there is no build to read. Ask again after Retry-After."),
}
COUNTY = "19000000000000"
DIGITS14 = r"^(?:[0-9]{14}|R-[A-Z]{3})$"


def served() -> Response:
    """The document."""
    asked.strictly(())
    build = warehouse.current().id
    return answers.document(document(reading.known(build), build))


def document(known: views.Known, build: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of a build."""
    years = sorted({y for found in known.years.values() for y in found})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "R-TAC dashboard",
            "version": VERSION,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            "description": _(
                "Attendance and discipline at California’s community schools, from the public files of the California Department "
                "of Education. What is withheld is null and has a status. Local data of grantees are not in this interface."
            ),
        },
        "servers": [{"url": "/"}],
        "paths": _paths(years, build),
        "components": {"schemas": all_of_them(years)},
    }


def _paths(years: list[int], build: str) -> dict[str, Any]:
    p = _parameters(years, build)
    every = [p[name] for name in ("build", "page", "limit")]
    view = [p[name] for name in asked.VIEW]
    made = pages()
    keys = sorted({e.key for page in made.values() for e in page.exhibits})
    facts = [
        {**p["indicator"], "required": True},
        *(p[n] for n in ("level", "year", "student_group", "place", "county", "region")),
    ]
    return {
        "/api/v1/": _get("index", _("What there is"), "Index"),
        "/api/v1/places": _get("places", _("Places, listed or searched for"), "Places", p["q"], p["level"], p["county"],
                               p["region"], *every),
        "/api/v1/places/{entity}": _get("place", _("One place"), "OnePlace", _in_path("entity", {"pattern": DIGITS14}, COUNTY),
                                        p["build"]),
        "/api/v1/indicators": _get("indicators", _("Indicators and their definitions"), "Indicators", p["build"]),
        "/api/v1/indicators/{name}": _get("indicator", _("One indicator"), "OneIndicator",
                                          _in_path("name", {"enum": list(registry.indicators)}), p["build"]),
        "/api/v1/facts": _get("facts", _("Rows of one indicator, as the files print them"), "Facts", *facts, *every,
                              p["format"], csv=True),
        "/api/v1/exhibits": _get("exhibits", _("Pages and their exhibits"), "Pages"),
        "/api/v1/exhibits/{page}/{key}": _get("exhibit", _("One exhibit for a page’s query"), "Exhibits",
                                              _in_path("page", {"enum": list(made)}), _in_path("key", {"enum": keys}), *view),
        "/api/v1/builds": _get("builds", _("The builds that are kept"), "Builds"),
        "/api/v1/openapi.json": _get("openapi", _("This document"), ""),
        json_file.SCHEMA_AT: _get("exhibitsSchema", _("The schema of an exhibit’s JSON"), "", kind="application/schema+json"),
    }  # fmt: skip


def _parameters(years: list[int], build: str) -> dict[str, dict[str, Any]]:
    """Every parameter of a query, once. `build`: the current one, as an example."""
    codes = sorted({g.code for i in registry.indicators.values() for g in registry.student_groups
                    if g.vocabulary == i.vocabulary and g.dimension in i.dimensions})  # fmt: skip
    closed = {
        "indicator": list(registry.indicators),
        "level": list(registry.LEVELS),
        "peers": list(views.PEERS),
        "region": list(registry.region_by_code),
        "county": list(registry.county_by_code),
        "cohort": list(views.COHORTS),
        "year": years,
        "student_group": codes,
        "format": list(answers.FORMATS),
    }
    said = {
        "year": _("The year in which a school year ends: 2025 for 2024-25."),
        "student_group": _("A code of the indicator’s own list; without one, every group where rows are listed."),
        "county": _("CDE’s two digits of a county."),
        "build": _("A build of /api/v1/builds, so that the numbers stay the same. Without it: the current one."),
        "place": _("A place’s code. May stand up to twelve times."),
        "weights": _("Weights of the recipe of similar places, like enrollment:3,foster:0; with peers=similar."),
        "q": _("The start of a CDS code, or words of a name."),
        "format": _("The format of the answer; without it, what Accept names."),
    }
    free: dict[str, Schema] = {
        "build": {"type": "string", "pattern": "^[0-9a-z-]{8,64}$"},
        "place": {"type": "array", "items": {"type": "string", "pattern": DIGITS14}, "maxItems": views.MOST_PLACES},
        "weights": {"type": "string", "minLength": 1},
        "q": {"type": "string", "minLength": 2, "maxLength": search.MOST_TEXT},
        "page": {"type": "integer", "minimum": 1, "maximum": asked.LAST_ROW, "default": 1},
        "limit": {"type": "integer", "minimum": 1, "maximum": asked.MOST_ROWS, "default": asked.ROWS},
    }
    shown = {"build": build, "place": [COUNTY], "weights": "enrollment:3,foster:0", "q": "ventura"}
    schemas = {**{name: {"enum": values} for name, values in closed.items()}, **free}
    return {
        name: {
            "name": name,
            "in": "query",
            "schema": schema,
            **({"description": said[name]} if name in said else {}),
            **({"example": shown[name]} if name in shown else {}),
        }
        for name, schema in schemas.items()
    }


def _in_path(name: str, schema: Schema, example: str = "") -> dict[str, Any]:
    made = {"name": name, "in": "path", "required": True, "schema": {"type": "string", **schema}}
    return {**made, "example": example} if example else made


def _get(name: str, summary: str, shape: str, *parameters: dict, csv: bool = False, kind: str = answers.JSON) -> dict[str, Any]:
    """A path that is read. Every answer that it may give is named."""
    content: dict[str, Any] = {kind: {"schema": ref(shape) if shape else {"type": "object"}}}
    if csv:
        content[answers.CSV] = {"schema": {"type": "string"}}
    headers = {"ETag": {"schema": {"type": "string"}}}
    takes = {"404": any(p["in"] == "path" for p in parameters), "410": any(p["name"] == "build" for p in parameters)}
    codes = [code for code in PROBLEMS if takes.get(code, True)]
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": list(parameters),
            "responses": {
                "200": {"description": _("The answer."), "content": content, "headers": headers},
                "304": {"description": _("What If-None-Match names is still right.")},
                **{code: _problem(code) for code in codes},
            },
        }
    }


def _problem(code: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "description": PROBLEMS[code],
        "content": {"application/problem+json": {"schema": ref("Problem")}},
    }
    if code == "503":
        made["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": RETRY_SECONDS}}
    return made
