"""What every exhibit of local data has: month names, source line, notes, "Why doesn't this match?", table and file rows."""

from collections.abc import Iterable

import pandas as pd

import queries
from components import local, tables
from components import local_numbers as numbers
from components.dates import month_name, written
from components.exhibit import Ask, Column, Shown
from components.exhibits import sourcing
from components.i18n import _, school_year
from components.local import Measure, Site
from components.view import View
from data import registry
from data.privacy import cube

FILE_COLUMNS = (*tables.FILE_COLUMNS, "month", "pillar", "service_category")
"""The columns of compare.csv and what local data add."""
HASH = 12


def year_name(month: int) -> str:
    return school_year(cube.school_year(month))


def group_name(group: str, month: int) -> str:
    """A line of student groups by its label."""
    return _(registry.group_in("dataquest", group, cube.school_year(month)).label)


def source(site: Site) -> str:
    """Whose files, until when, and which publication."""
    values = {"made": written(str(site.publication["made"])[:10]), "id": site.publication["id"]}
    if site.publication["demo"]:
        return _("Source: invented student files, not real schools, counted on %(made)s. Publication %(id)s.") % values
    return _("Source: the district’s own files, counted by the district on %(made)s. Publication %(id)s.") % values


def notes(site: Site, *more: str) -> tuple[str, ...]:
    """What holds for every local number, and more of one exhibit."""
    return (
        _("Provisional. Counts are rounded to 10, so totals may not add."),
        *(m for m in more if m),
    )


def grayed(site: Site, feed: str = "services") -> str:
    """A sentence where too few records of a feed are complete, else "". What stands on it is then drawn in gray."""
    row = local.one(local.read(["completeness"], [site.entity], [site.month]), band=feed)
    found = numbers.rate(row) if row else None
    if found is None or found.percent >= local.COMPLETE or found.end == "at_least":
        return ""
    label = local.bands("feed")[feed]
    return _("Drawn in gray: only %(share)s of the records are complete (%(feed)s); %(least)s percent would be needed.") % {
        "share": numbers.percent(row),
        "feed": label,
        "least": local.COMPLETE,
    }


def why(site: Site, names: Iterable[str], query: str = "measured") -> tuple[tuple[str, str], ...]:
    """How each measure is counted and why it differs from CDE's numbers, then the rule, the files and the query."""
    files = local.manifest(site.publication).get("files", [])
    told = _("%(feed)s, %(layout)s, SHA-256 %(hash)s…")
    feeds = {**local.bands("feed"), "partners": _("Partners"), "calendar": _("Calendar")}
    listed = "; ".join(
        told % {"feed": feeds.get(f["feed"], f["feed"]), "layout": f["layout"], "hash": f["sha256"][:HASH]} for f in files
    )
    return (
        *((_(m.title), local.counting(m)) for m in (local.measures()[n] for n in names)),
        (
            _("Why it differs from CDE"),
            _(
                "CDE counts the whole school year, after districts have certified it; this is the year so far, from the "
                "district’s own files, of students with 20 expected days or more. A student who moved counts in each school."
            ),
        ),
        (
            _("Rule"),
            _(
                "Hidden before anything leaves the district: counts of ten or fewer and remainders of ten or fewer. Every "
                "other count is rounded to 10 by a secret key, up or down, so it is off by less than ten; one that would "
                "come out as 10 is withheld too. Shares are whole "
                "percents of rounded counts; very small and very large ones are only said to be beyond an end. Ranges are 95 "
                "percent intervals, widened by rounding."
            ),
        ),
        (_("Files"), listed or _("no file is named in this publication")),
        (
            _("Publication"),
            _("%(id)s, through %(month)s")
            % {"id": site.publication["id"], "month": month_name(int(site.publication["through"]))},
        ),
        (_("Query"), queries.text(query, queries.LOCAL)),
    )


def columns(label: str, measure: Measure, *first: Column) -> tuple[Column, ...]:
    """The columns of `cells` behind a label."""
    return (
        *first,
        Column("label", label),
        Column("rate", _("Share"), "number"),
        Column("span", _("95 percent range"), "number"),
        Column("numerator", _("Counted (rounded)"), "number"),
        Column("denominator", _("Of (rounded)"), "number"),
    )


def cells(row: dict | None, measure: Measure) -> dict[str, str]:
    """The numbers of a row of a measure as display strings."""
    if row is None:
        missing = _("not brought")
        return {"rate": missing, "span": "–", "numerator": missing, "denominator": missing}
    lacking = row["status"] == "no_denominator"
    return {
        "rate": numbers.percent(row),
        "span": numbers.span(row, measure.numerator),
        "numerator": numbers.count(row["numerator"], measure.numerator),
        "denominator": _("not brought")
        if lacking
        else numbers.count(row["denominator"], measure.denominator or measure.numerator),
    }


def file_frame(rows: list[dict], names: dict[str, str], banded: bool = False) -> pd.DataFrame:
    """Rows of measures as the files print them: rounded counts, empty where one is hidden; rates in whole percent."""
    lines = [_file_row(row, names, banded) for row in rows]
    return pd.DataFrame(lines, columns=[*FILE_COLUMNS, *(("band",) if banded else ())], dtype=object)


def _file_row(row: dict, names: dict[str, str], banded: bool) -> dict[str, object]:
    measure = local.measures()[row["measure"]]
    found, within = numbers.rate(row), numbers.interval(row, measure.numerator)
    unit = numbers.unit(measure.numerator)
    # Both counts or none: one that stands beside a hidden one says nothing that a reader could use.
    whole = row["status"] == "published"
    service, pillars = row["service"], cube.pillars()
    year = cube.school_year(row["month"])
    return {
        "indicator": measure.name,
        "academic_year": registry.year_label(year),
        "level": row["level"],
        "cds_code": row["entity"],
        "name": names.get(row["entity"], ""),
        "student_group": registry.group_in("dataquest", row["student_group"], year).code,
        "numerator": row["numerator"] // unit if whole else None,
        "denominator": row["denominator"] // unit if whole and row["denominator"] is not None else None,
        "rate": found.percent if found else None,
        "lower": within[0] if within else None,
        "upper": within[1] if within else None,
        "status": found.end if found and found.end else row["status"],
        "month": f"{row['month'] // 100}-{row['month'] % 100:02d}",
        "pillar": pillars.get(service, service if service != "all" else None),
        "service_category": service if service in pillars else None,
        **({"band": row["band"]} if banded else {}),
    }


def place_names(entities: list[str], ask: Ask) -> dict[str, str]:
    frame = ask("places", entities=entities)
    return dict(zip(frame["entity"].astype(str), frame["name"].astype(str), strict=True))


def shown(view: View, site: Site, names: Iterable[str], rows: list[dict], banded: bool = False, **parts) -> Shown:
    """An exhibit of some measures, with all that comes with local numbers. `parts` are those of Shown."""
    noted = parts.pop("notes", ())
    return Shown(
        rows=lambda: file_frame(rows, {site.entity: site.place["name"], **parts.get("extra", {}).get("names", {})}, banded),
        source=source(site),
        notes=notes(site, *noted),
        why=why(site, names),
        build=sourcing.build_id(view),
        **parts,
    )
