"""What there is: the index of the API, its indicators with their definitions, and the builds that are kept."""

from flask import Response

import queries
from components.exhibits.sourcing import files_of
from components.i18n import _
from components.reading import Reading
from components.units import UNITS
from data import registry, store, warehouse
from data.registry import Indicator
from exports.legend import OF_STATUS
from server.api import answers, asked
from server.api.facts import groups_of
from server.requested import Refused

VERSION = "1.0"
INDEX = {
    "places": _("Places of the build: search (q), level, county, region."),
    "indicators": _("Indicators: definition, unit, interval, caveats, years, student groups, files."),
    "facts": _("The rows of an indicator by level, year, student group, place, county, region; JSON or CSV."),
    "exhibits": _("What stands on the pages, as JSON, for the query of a page."),
    "builds": _("The builds that are kept. build= pins one, so that the numbers stay the same."),
    "openapi.json": _("This interface, described for programs (OpenAPI 3.1)."),
    "schema/exhibits.json": _("What the JSON of an exhibit looks like (JSON Schema 2020-12)."),
}
ABOUT = (
    _("Numbers that the California Department of Education publishes, for California’s community schools."),
    _("What CDE or this dashboard withholds is null here too, with a status that says so. It is never zero."),
    _("Local data of grantees are not in this interface, whoever asks."),
)


def index() -> Response:
    """What can be asked, with the limits."""
    asked.strictly(())
    answers.form({})
    base = f"{answers.site()}/api/v1"
    links = [{"href": f"{base}/{name}", "about": said} for name, said in INDEX.items()]
    return answers.document({"version": VERSION, "about": ABOUT, "links": links, "limits": answers.LIMITS, "statuses": OF_STATUS})


def indicators() -> Response:
    """Every indicator of the registry."""
    query = asked.strictly(("build",))
    answers.form(query)
    read = asked.read(query)
    found = _covered(read)
    body = [described(i, read, found) for i in registry.indicators.values()]
    return answers.document({**answers.about(read), "indicators": body})


def indicator(name: str) -> Response:
    """One indicator, with the SQL that makes it. 404 for an unknown one."""
    query = asked.strictly(("build",))
    answers.form(query)
    read = asked.read(query)
    if name not in registry.indicators:
        raise Refused(_("There is no indicator of this name. /api/v1/indicators lists them all."), 404)
    one = registry.indicators[name]
    return answers.document({**answers.about(read), "indicator": {**described(one, read, _covered(read)), "sql": one.sql}})


def _covered(read: Reading) -> dict[str, dict[str, list]]:
    """Indicator -> the years and levels that the build has facts for."""
    out: dict[str, dict[str, list]] = {}
    for name, rows in read.ask("years").astype({"indicator": str, "level": str}).groupby("indicator"):
        levels = set(rows["level"])
        years = sorted({int(y) for y in rows["year"]})
        out[str(name)] = {"years": years, "levels": [level for level in registry.LEVELS if level in levels]}
    return out


def described(one: Indicator, read: Reading, covered: dict[str, dict[str, list]]) -> dict[str, object]:
    """How an indicator is counted, what must be known of it, and which files stand behind it."""
    caveats = [registry.caveats[c] for c in one.caveats]
    return {
        "name": one.name,
        "id": one.id,
        "title": _(one.title),
        "kind": one.kind,
        "unit": one.unit,
        "unit_name": UNITS[one.unit].name(),
        "better": one.better,
        "interval": one.interval,
        "least_ranked": one.min_rank,
        "numerator": _(one.numerator),
        "denominator": _(one.denominator),
        "who": _(one.who),
        "differs": _(one.differs),
        "caveats": [{"id": c.id, "effect": c.effect, "years": list(c.years), "text": _(c.text)} for c in caveats],
        "student_groups": groups_of(one),
        "default_group": one.default_group,
        **covered.get(one.name, {"years": [], "levels": []}),
        "sources": [_file(f) for f in files_of(one.family, queries.manifest(read.build.id))],
    }


def _file(source: dict) -> dict[str, object]:
    return {
        "name": source["name"],
        "year": source.get("year") or None,
        "release": str(source.get("published") or source.get("release") or "") or None,
        "sha256": source["sha256"],
        "landing": source.get("landing") or None,
    }


def builds() -> Response:
    """The builds that are kept, newest first."""
    asked.strictly(())
    answers.form({})
    current = warehouse.current().id
    kept = [m for i, m in enumerate(store.manifests()) if i < store.KEEP or m["id"] == current]
    return answers.document({"current": current, "builds": [_build(m, current) for m in kept]})


def _build(manifest: dict, current: str) -> dict[str, object]:
    return {
        "id": manifest["id"],
        "made": manifest["created"],
        "current": manifest["id"] == current,
        "demonstration": bool(manifest.get("demo")),
        "content_hash": manifest["content_hash"],
        "code_version": manifest["code_version"],
        "indicators": sorted(manifest["indicators"]),
    }


def nothing(rest: str = "") -> Response:
    """Every other address of the API."""
    raise Refused(_("There is nothing at this address. /api/v1/ says what there is."), 404)
