"""What every exhibit of local data has: what it says of its months, source line, notes, "Why doesn't this match?" and table.

And `barred`, the exhibit that most of them are: one share a bar, named where there is none.
"""

from collections.abc import Callable, Iterable, Sequence

import queries
from components import local
from components import local_numbers as numbers
from components.dates import month_name, so_far, written
from components.exhibit import Ask, Column, Shown
from components.exhibits import sourcing
from components.exhibits.local_file import file_frame
from components.figures.named_bars import dark_and_pale, named_bars
from components.i18n import _, school_year
from components.local import Measure, Site
from components.tables import Table
from components.view import View
from components.words import names as listed
from data import registry
from data.privacy import cube

HASH, MOST_NAMED, MANY = 12, 12, 4
"""Characters of a file's hash, the most places or groups that a sentence names, and how many withheld ones share a sentence."""


def values(site: Site) -> dict[str, str]:
    """The place and its months as sentences name them: name, month, so_far, year."""
    return {
        "name": site.place["name"],
        "month": month_name(site.month),
        "so_far": so_far(site.month),
        "year": year_name(site.month),
    }


def through(site: Site) -> str:
    """'Alder Valley Unified: school year 2025–26, through February 2026'."""
    return _("%(name)s: school year %(year)s, through %(month)s") % values(site)


def title(site: Site) -> str:
    """What a figure shows, inside the figure."""
    return f"{site.place['name']} · {so_far(site.month)}"


def year_name(month: int) -> str:
    return school_year(cube.school_year(month))


def group_name(group: str, month: int) -> str:
    """A line of student groups by its label."""
    return _(registry.group_in("dataquest", group, cube.school_year(month)).label)


def measure_title(row: dict) -> str:
    """The title of a row's measure; of one about a single month with that month."""
    measure = local.measures()[row["measure"]]
    if measure.span != "month":
        return _(measure.title)
    return _("%(measure)s, %(month)s") % {"measure": _(measure.title), "month": month_name(row["month"])}


def place_names(entities: list[str], ask: Ask) -> dict[str, str]:
    frame = ask("places", entities=entities)
    return dict(zip(frame["entity"].astype(str), frame["name"].astype(str), strict=True))


def source(site: Site) -> str:
    """Whose files, until when, and which publication."""
    values = {"made": written(str(site.publication["made"])[:10]), "id": site.publication["id"]}
    if site.publication["demo"]:
        return _("Source: invented student files, not real schools, counted on %(made)s. Publication %(id)s.") % values
    return _("Source: the district’s own files, counted by the district on %(made)s. Publication %(id)s.") % values


def notes(*more: str) -> tuple[str, ...]:
    """What holds for every local number, and more of one exhibit."""
    return (_("Provisional. Counts are rounded to 10, so totals may not add."), *(m for m in more if m))


def completeness(site: Site) -> list[dict]:
    """The share of complete records of each feed, of the whole district and publication: it stands for every school and month."""
    return local.read(["completeness"], [site.district], [int(site.publication["through"])])


def grayed(site: Site, feed: str = "services") -> str:
    """A sentence where too few records of a feed are complete, else "". What stands on it is then drawn in gray."""
    row = local.one(completeness(site), band=feed)
    found = numbers.rate(row) if row else None
    if found is None or found.percent >= local.COMPLETE or found.end == "at_least":
        return ""
    label = local.bands("feed")[feed]
    return _("Drawn in gray: only %(share)s of the records are complete (%(feed)s); %(least)s percent would be needed.") % {
        "share": numbers.percent(row),
        "feed": label,
        "least": local.COMPLETE,
    }


def undrawn(names: Sequence[str], drawn: bool = True) -> str:
    """Under a chart: which places or groups have no mark in it, and why; "" where all have. `drawn`: whether there is a chart."""
    if not names:
        return ""
    values = {"n": len(names), "names": listed(list(names), MOST_NAMED, len(names))}
    if not drawn:
        return _("Withheld or not in the files (%(n)s): %(names)s.") % values
    return _("Not drawn, because a count is withheld or not in the files (%(n)s): %(names)s.") % values


def why(site: Site, names: Iterable[str], query: str = "measured") -> tuple[tuple[str, str], ...]:
    """How each measure is counted and why it differs from CDE's numbers, then the rule, the files and the query."""
    files = local.manifest(site.publication).get("files", [])
    told = _("%(layout)s, SHA-256 %(hash)s…")
    layouts = local.layouts()
    listed_ = "; ".join(told % {"layout": layouts.get(f["layout"], f["layout"]), "hash": f["sha256"][:HASH]} for f in files)
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
                "percents of rounded counts; very small and very large ones are only said to be beyond an end. Of days and "
                "records only the share is shown. Ranges are 95 percent intervals, widened by rounding."
            ),
        ),
        (_("Files"), listed_ or _("no file is named in this publication")),
        (
            _("Publication"),
            _("%(id)s, through %(month)s")
            % {"id": site.publication["id"], "month": month_name(int(site.publication["through"]))},
        ),
        (_("Query"), queries.text(query, queries.LOCAL)),
    )


def columns(label: str, *first: Column) -> tuple[Column, ...]:
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
        missing = numbers.absent()
        return {"rate": missing, "span": "–", "numerator": missing, "denominator": missing}
    if measure.share_only:
        return {"rate": numbers.percent(row), "span": "–", "numerator": "–", "denominator": "–"}
    counted = numbers.count(row["numerator"], measure.numerator)
    if not measure.denominator:
        return {"rate": "–", "span": "–", "numerator": counted, "denominator": "–"}
    lacking = row["status"] == "no_denominator"
    return {
        "rate": numbers.percent(row),
        "span": numbers.span(row, measure.numerator),
        "numerator": counted,
        "denominator": numbers.absent() if lacking else numbers.count(row["denominator"], measure.denominator),
    }


def table(label: str, caption: str, rows: Sequence[dict], called: Sequence[str]) -> Table:
    """Rows of measures under their names."""
    lines = [{"label": n, **cells(r, local.measures()[r["measure"]])} for n, r in zip(called, rows, strict=True)]
    return Table(caption, columns(label), tuple(lines))


def share(row: dict) -> tuple[float | None, str]:
    """A row of a measure as a bar or point: its percent, None where there is none, and how it is said."""
    found = numbers.rate(row)
    return (float(found.percent) if found else None), numbers.percent(row)


def shown(view: View, site: Site, names: Iterable[str], rows: list[dict], banded: bool = False, **parts) -> Shown:
    """An exhibit of some measures, with all that comes with local numbers. `parts` are those of Shown."""
    noted = parts.pop("notes", ())
    called = {site.entity: site.place["name"], **parts.get("extra", {}).get("names", {})}
    return Shown(
        rows=lambda: file_frame(rows, called, banded),
        source=source(site),
        notes=notes(*noted),
        why=why(site, names),
        build=sourcing.build_id(view),
        provisional=True,
        **parts,
    )


def barred(
    view: View,
    site: Site,
    rows: list[dict],
    called: list[str],
    *,
    label: str,
    told: Callable[[dict], tuple[float | None, str]] = share,
    faded: str = "",
    said: Sequence[str] = (),
    **parts,
) -> Shown:
    """An exhibit of one bar a row, `called` by name; one without a number is named below, and a single bar is a sentence.

    `label`: the heading of the names in the table. `told`: a row's bar, and how it is said. `said`: sentences after those of
    the rows. `faded`: why all stands in gray. `parts` are those of Shown.
    """
    found = [told(row) for row in rows]
    drawn = [(name, dark_and_pale([bar], bool(faded))) for name, bar in zip(called, found, strict=True) if bar[0] is not None]
    hidden = undrawn([name for name, bar in zip(called, found, strict=True) if bar[0] is None])
    each = _each(called, rows, [text for _value, text in found])
    figure = named_bars(drawn, title(site)) if len(drawn) > 1 else None
    noted = (faded, hidden if figure else "", *parts.pop("notes", ()))
    return shown(
        view,
        site,
        parts.pop("names", None) or list(dict.fromkeys(r["measure"] for r in rows)),
        rows,
        figure=figure,
        table=parts.pop("table", None) or table(label, parts["subtitle"], rows, called),
        words=(*each, *said),
        notes=noted,
        alt=_("Bars. %(words)s") % {"words": " ".join(each)},
        **parts,
    )


def _each(called: list[str], rows: list[dict], texts: list[str]) -> list[str]:
    """A sentence a row; of many withheld ones a single sentence, at the end."""
    withheld = [name for name, row in zip(called, rows, strict=True) if row["status"] == "withheld"]
    together = withheld if len(withheld) >= MANY else []
    of = [(name, text) for name, text in zip(called, texts, strict=True) if name not in together]
    each = [_("%(name)s: %(share)s.") % {"name": name, "share": text} for name, text in of]
    if together:
        values = {"names": listed(together, MOST_NAMED)}
        each.append(_("Withheld here, so that no student can be told from it: %(names)s.") % values)
    return each
