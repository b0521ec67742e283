"""GET /api/v1/facts: the rows of one indicator, as the files print them. What a status hides is null here as there."""

from flask import Response

import queries
from components import facts, reading, tables
from components.exhibit import Shown, Table
from components.i18n import _
from components.reading import Reading
from data import registry
from exports import About, Slide, csv_file, json_file
from exports.legend import OF_STATUS
from server.api import answers, asked
from server.requested import Refused

FILTERS = ("indicator", "level", "year", "student_group", "place", "county", "region", "build")
NAMES = (*FILTERS, "page", "limit", "format")


def facts_rows() -> Response:
    """A page of rows, in JSON or CSV."""
    query = asked.strictly(NAMES)
    form, page = answers.form(query, ("json", "csv")), asked.page(query)
    if "indicator" not in query:
        raise Refused(_("Name an indicator, as in indicator=chronic_absenteeism_rate. /api/v1/indicators lists them all."))
    read = asked.read(query)
    params = _params(query, read)
    total = int(queries.run("facts_counted", read.build.id, **params)["rows"].iloc[0])
    rows = queries.once("facts", read.build.id, **params, limit=page.limit, offset=page.offset)
    frame = tables.file_frame(facts.enrich(rows, read.view.measure), read.view.measure)
    place = answers.paged(query, page, total, read.build.id)
    following = str(place["next"] or "")
    if form == "csv":
        shown = Shown("facts", "", "", Table("", (), ()), lambda: frame)
        about = About("facts", (), read.build.id, read.build.manifest["created"], read.build.demo)
        return answers.finished(csv_file.write([Slide(shown)], about), answers.CSV, read.build.id, following)
    said = {name: values for name, values in query.items() if name in FILTERS}
    body = {**answers.about(read), "query": said, **place, "note": _note(total, read), "statuses": OF_STATUS}
    body |= json_file.rows(frame)
    return answers.finished(json_file.encoded(body), answers.JSON, read.build.id, following)


def _params(query: dict[str, list[str]], read: Reading) -> dict[str, object]:
    """The question to the build. What is not asked for does not narrow: a page's defaults are not the API's."""
    view = read.view
    return {
        "indicator": view.indicator,
        "student_group": view.student_group,
        "year": view.year,
        "level": view.level if "level" in query else None,
        "entities": list(view.place) or None,
        "county": view.county,
        "region": view.region,
    }


def _note(total: int, read: Reading) -> str | None:
    """Why there is no row; None where there are some."""
    if total:
        return None
    indicator = read.view.indicator
    years = reading.known(read.build.id).years.get(indicator)
    if not years:
        return _("No file of this build holds %(indicator)s.") % {"indicator": indicator}
    values = {"indicator": indicator, "years": ", ".join(map(registry.year_label, years))}
    return _("No row of %(indicator)s fits all that is asked for. This build holds it for %(years)s.") % values


def groups_of(indicator: registry.Indicator) -> list[dict[str, str]]:
    """The student groups of an indicator: code, label and dimension."""
    return [
        {"code": g.code, "label": _(g.label), "dimension": g.dimension}
        for g in registry.student_groups
        if g.vocabulary == indicator.vocabulary and g.dimension in indicator.dimensions
    ]
