"""The shapes of the API's answers as JSON Schema 2020-12, for its OpenAPI document. Written beside the answers they describe."""

import json
from typing import Any

from components import tables
from data import registry
from exports import json_file

Schema = dict[str, Any]
NUMBER, TEXT, FLAG = {"type": "number"}, {"type": "string"}, {"type": "boolean"}
WHOLE: Schema = {"type": "integer", "minimum": 0}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def some(schema: Schema) -> Schema:
    """A list of."""
    return {"type": "array", "items": schema}


def maybe(kind: str) -> Schema:
    """A value, or null."""
    return {"type": [kind, "null"]}


def whole(properties: Schema, *optional: str) -> Schema:
    """An object with these members and no others."""
    needed = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


ABOUT: Schema = {
    "build": {**TEXT, "description": "The build that the numbers are of. Builds never change."},
    "made": TEXT,
    "demonstration": {**maybe("string"), "description": "A sentence that must stand with every invented number; else null."},
}
PAGED: Schema = {
    "page": {"type": "integer", "minimum": 1},
    "limit": {"type": "integer", "minimum": 1},
    "total": {**WHOLE, "description": "Rows that fit, on all pages."},
    "next": {**maybe("string"), "description": "The address of the next page, with the build pinned; null on the last."},
    "limits": ref("Limits"),
}
NO_ROW: Schema = {**maybe("string"), "description": "Why there is no row; null where there are some."}
TEXTS: Schema = {"type": "object", "additionalProperties": TEXT}
QUERY: Schema = {"type": "object", "additionalProperties": some(TEXT)}


def all_of_them(years: list[int]) -> dict[str, Schema]:
    """Every named shape. `years`: those of the build."""
    return {
        "Problem": _problem(),
        "Limits": whole({**dict.fromkeys(
            ("rows_a_page", "last_row", "seconds_a_query", "queries_at_once", "retry_after_seconds"), WHOLE), "note": TEXT}),
        "Index": whole({"version": TEXT, "about": some(TEXT), "links": some(whole({"href": TEXT, "about": TEXT})),
                        "limits": ref("Limits"), "statuses": TEXTS}),
        "Place": _place(),
        "Places": whole({**ABOUT, "query": QUERY, **PAGED, "places": some(ref("Place"))}),
        "OnePlace": whole({**ABOUT, "place": ref("Place"), "links": TEXTS}),
        "Indicator": _indicator(),
        "Indicators": whole({**ABOUT, "indicators": some(ref("Indicator"))}),
        "OneIndicator": whole({**ABOUT, "indicator": ref("Indicator")}),
        "Fact": _fact(years),
        "Facts": whole({**ABOUT, "query": QUERY, **PAGED, "note": NO_ROW, "statuses": TEXTS, "columns": some(TEXT),
                        "rows": some(ref("Fact"))}),
        "Builds": whole({"current": TEXT, "builds": some(whole({
            "id": TEXT, "made": TEXT, "current": FLAG, "demonstration": FLAG, "content_hash": TEXT, "code_version": TEXT,
            "indicators": some(TEXT)}))}),
        "Pages": whole({"limits": ref("Limits"), "pages": some(whole({
            "page": TEXT, "title": TEXT, "path": TEXT, "parameters": some(TEXT), "chosen_on_the_page": some(TEXT),
            "exhibits": some(whole({"key": TEXT, "title": maybe("string"), "href": TEXT}))}))}),
        **_exhibits(),
    }  # fmt: skip


def _problem() -> Schema:
    """RFC 9457."""
    return whole({
        "type": {"const": "about:blank"},
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {**TEXT, "minLength": 1, "description": "A sentence for people: what is wrong, and the way out."},
    })  # fmt: skip


def _place() -> Schema:
    texts = ("county", "county_name", "region", "region_name", "district", "district_name", "low_grade", "high_grade",
             "school_level", "charter", "directory_status")  # fmt: skip
    more: Schema = {
        "enrollment": maybe("integer"),
        "latitude": maybe("number"),
        "longitude": maybe("number"),
        "schools": maybe("integer"),
        "grantee_schools": maybe("integer"),
    }
    fixed: Schema = {
        "entity": {**TEXT, "description": "14 digits (zeros behind a district or county), or R-XXX for a region."},
        "level": {"enum": list(registry.LEVELS)},
        "name": TEXT,
        "cohorts": {"type": ["array", "null"], "items": {"type": "integer"}},
    }
    return whole({**fixed, **{name: maybe("string") for name in texts}, **more}, *more)


def _indicator() -> Schema:
    texts = ("name", "id", "title", "unit", "unit_name", "numerator", "denominator", "who", "differs", "default_group", "sql")
    caveat = whole({"id": TEXT, "effect": {"enum": list(registry.EFFECTS)}, "years": some(WHOLE), "text": TEXT})
    source = whole(
        {"name": TEXT, "year": maybe("integer"), "release": maybe("string"), "sha256": TEXT, "landing": maybe("string")}
    )
    return whole({
        **dict.fromkeys(texts, TEXT),
        "kind": {"enum": list(registry.KINDS)},
        "better": {"enum": ["lower", "higher", "none"]},
        "interval": TEXT,
        "least_ranked": {**WHOLE, "description": "Rows whose denominator is smaller are shown without rank: chance moves them."},
        "caveats": some(caveat),
        "student_groups": some(whole({"code": TEXT, "label": TEXT, "dimension": TEXT})),
        "years": some(WHOLE),
        "levels": some({"enum": list(registry.LEVELS)}),
        "sources": some(source),
    }, "sql")  # fmt: skip


def _fact(years: list[int]) -> Schema:
    shown: Schema = {
        "indicator": {"enum": list(registry.indicators)},
        "academic_year": {"enum": [registry.year_label(y) for y in years]},
        "level": {"enum": list(registry.LEVELS)},
        "cds_code": TEXT,
        "name": TEXT,
        "student_group": TEXT,
        **{name: {**maybe("number"), "description": "Null where the status hides it."} for name in ("numerator", "denominator")},
        "rate": {**maybe("number"), "description": "In the indicator’s unit, unrounded (percent: 0 to 100)."},
        "lower": {**maybe("number"), "description": "Lower end of the 95 percent interval."},
        "upper": {**maybe("number"), "description": "Upper end of the 95 percent interval."},
        "status": {"enum": list(registry.STATUSES)},
    }
    assert tuple(shown) == tables.FILE_COLUMNS, "the API describes the columns that the files print"
    return whole(shown)


def _exhibits() -> dict[str, Schema]:
    """The schema of the exports (exports/exhibits.schema.json), its parts under names of this document."""
    names = {"#/$defs/exhibit": "#/components/schemas/Exhibit", "#/$defs/row": "#/components/schemas/ExhibitRow"}
    text = json_file.SCHEMA.read_text(encoding="utf-8")
    for old, new in names.items():
        text = text.replace(f'"{old}"', f'"{new}"')
    document = json.loads(text)
    parts = document.pop("$defs")
    document.pop("$schema")
    return {"Exhibits": document, "Exhibit": parts["exhibit"], "ExhibitRow": parts["row"]}
