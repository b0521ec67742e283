"""The Annual Progress Report: figures by site and of the LEA, the files behind them, and due dates. No copy of the form."""


import pandas as pd

import queries
from components import apr, tables
from components.apr import Column
from components.dates import written
from components.exhibit import Ask, Exhibit, SaidAbove, Shown, Table, Unanswerable
from components.exhibits import sourcing
from components.exhibits.listing import Part, listing
from components.i18n import _, ngettext, number, school_year
from components.view import View
from data import apr as reference
from data import registry

MOST_TEXTS = 100
"""Sites whose figures stand as text to paste. More is no page; the file has all."""


def build_lead(view: View, ask: Ask) -> Shown:
    """Whose figures these are, of which year, and what they are not."""
    try:
        place = apr.place_of(view, ask)
    except SaidAbove as why:
        place, said = None, [str(why)]
    else:
        said = [_whose(place), _years(apr.columns(view, ask))]
    said.append(_("The report’s form is not copied here: take each figure to the question that asks for it."))
    headline = _("Figures for the Annual Progress Report")
    table, _cut = tables.plain(headline, (tables.Column("said", _("About these figures")),), [{"said": s} for s in said])
    of = place.lea if place else None
    return Shown(
        key="lead",
        headline=headline,
        subtitle=" ".join(said),
        table=table,
        rows=lambda: pd.DataFrame({"said": said}),
        words=tuple(said),
        source=sourcing.of_lists(view, ("grantees",), _("the files behind each figure")),
        build=sourcing.build_id(view),
        extra={
            "kicker": " · ".join([of["name"], sourcing.code_of(of["entity"])]) if of else _("Annual Progress Report"),
            "crumbs": sourcing.crumbs(place.sites[0] if place.which == apr.ONE else of) if place and of else (),
            "next": _next(place),
        },
    )


def _whose(place: apr.Place) -> str:
    values = {"name": place.lea["name"], "n": number(len(place.sites))}
    if place.which == apr.ONE:
        return _("%(site)s, a site of %(name)s, and the district itself.") % {**values, "site": place.sites[0]["name"]}
    if place.which == apr.LISTED:
        text = ngettext(
            "%(name)s and its %(n)s community school on the list of grantees of this build.",
            "%(name)s and its %(n)s community schools on the list of grantees of this build.",
            len(place.sites),
        )
        return text % values
    text = ngettext(
        "%(name)s and its %(n)s school. None of its schools is on a list of grantees in this build, so all stand here.",
        "%(name)s and its %(n)s schools. None of them is on a list of grantees in this build, so all stand here.",
        len(place.sites),
    )
    return text % values


def _years(columns: list[Column]) -> str:
    years = sorted({c.year for c in columns})
    if not years:
        return _("This build has none of these figures for the year chosen. Choose another year.")
    values = {"year": school_year(years[-1]), "first": school_year(years[0])}
    if len(years) == 1:
        text = _("All figures are of %(year)s: CDE publishes a school year in the fall after it ended.")
    else:
        text = _("The figures are of %(first)s to %(year)s, each of its newest year: CDE publishes a year in the fall after it ended.")
    return text % values


def _next(place: apr.Place | None) -> list[tuple[str, str, dict]]:
    if place is None:
        return [(_("Read how each number is made and why others differ"), "/methods", {})]
    me = {"place": (place.lea["entity"],)}
    return [
        (_("See the district’s page, with every change and its test of chance"), "/place", me),
        (_("See what evidence stands under each pillar and condition"), "/pillars", me),
        (_("See this year so far from your own files"), "/my-schools", me),
        (_("Read how each number is made and why others differ"), "/methods", {}),
    ]


def build_sites(view: View, ask: Ask) -> Shown:
    """One row a site, one column a figure; the same as text to paste, a site each."""
    place, columns = apr.place_of(view, ask), apr.columns(view, ask)
    told = [(column, apr.rows(column, place.sites, "school", ask)) for column in columns]
    if not place.sites or not told:
        raise Unanswerable(_("This build has no figures of a school of this district for the year chosen."))
    name = place.sites[0]["name"] if place.which == apr.ONE else place.lea["name"]
    texts = _texts([(site, [(c, rows[site["entity"]]) for c, rows in told]) for site in place.sites[:MOST_TEXTS]], view)
    return Shown(
        key="sites",
        headline=_("Site by site"),
        subtitle=_("%(name)s: published figures of all students, value and counts") % {"name": name},
        table=_site_table(place, told, _("%(name)s: figures by site") % {"name": name}),
        rows=lambda: pd.concat([_file(column, list(rows.values())) for column, rows in told], ignore_index=True),
        words=(_statuses(),),
        source=sourcing.source_of(view, {c.figure.indicator.family: {c.year} for c in columns}),
        why=_why(view, columns),
        build=sourcing.build_id(view),
        extra={"copies": texts, "fold": _fold(len(texts), len(place.sites))},
    )


def _statuses() -> str:
    return _(
        "“withheld” means that CDE or this dashboard hides a number to protect students in small groups; it is not zero. "
        "“not published” means that CDE printed none."
    )


def _fold(texts: int, sites: int) -> str:
    if texts < sites:
        return _("Figures as text to paste (the first %(n)s sites)") % {"n": number(texts)}
    return ngettext("Figures as text to paste (%(n)s site)", "Figures as text to paste (%(n)s sites)", sites) % {"n": number(sites)}


def _texts(told: list[tuple[dict, list[tuple[Column, dict]]]], view: View) -> list[tuple[str, str]]:
    manifest = queries.manifest(view.build)
    return [(site["name"], apr.text(site, lines, manifest["id"], bool(manifest.get("demo")))) for site, lines in told]


def _site_table(place: apr.Place, told: list[tuple[Column, dict[str, dict]]], caption: str) -> Table:
    lines = []
    for site in place.sites:
        cells = {c.figure.indicator.name: apr.cell(rows[site["entity"]], c.figure.indicator) for c, rows in told}
        lines.append({"entity": site["entity"], "name": site["name"], **cells})
    heads = [tables.Column(c.figure.indicator.name, _year_of(c)) for c, _rows in told]
    more = "" if len(lines) <= tables.MOST_ROWS else _("The file has all %(n)s rows.") % {"n": number(len(lines))}
    return Table(caption, (tables.Column("name", _("Site"), "place"), *heads), tuple(lines[: tables.MOST_ROWS]), more)


def _year_of(column: Column) -> str:
    return _("%(label)s, %(year)s") % {"label": _(column.figure.label), "year": school_year(column.year)}


def _file(column: Column, rows: list[dict]) -> pd.DataFrame:
    """A row a place of one figure, as every file prints facts, and the file that it comes from."""
    frame = tables.file_frame(pd.DataFrame(rows), column.figure.indicator)
    # As they are: beside a measure in tenths of a day, whole students would come out as 41.0.
    frame = frame.astype({"numerator": object, "denominator": object})
    return frame.assign(source_file="; ".join(column.files))


def build_lea(view: View, ask: Ask) -> Shown:
    """The district's own published row of each figure: never a sum of its sites."""
    place, columns = apr.place_of(view, ask), apr.columns(view, ask)
    told = [(column, apr.rows(column, (place.lea,), "district", ask)[place.lea["entity"]]) for column in columns]
    caption = _("%(name)s: figures of the LEA") % {"name": place.lea["name"]}
    table, _frame = tables.of_key_numbers([tables.indicator_rows(c.figure.indicator, row) for c, row in told], caption)
    return Shown(
        key="lea",
        headline=_("The LEA itself"),
        subtitle=_("%(name)s: CDE’s own row of the district, all students. Never a sum of its sites") % {"name": place.lea["name"]},
        table=table,
        rows=lambda: pd.concat([_file(column, [row]) for column, row in told], ignore_index=True),
        words=tuple(apr.line(row, column) for column, row in told),
        source=sourcing.source_of(view, {c.figure.indicator.family: {c.year} for c in columns}),
        why=_why(view, columns),
        build=sourcing.build_id(view),
        extra={"copies": _texts([(place.lea, told)], view), "fold": _("Figures of the LEA as text to paste")},
    )


def _why(view: View, columns: list[Column]) -> tuple[tuple[str, str], ...]:
    return sourcing.why_of(view, [(c.figure.indicator, {c.year}) for c in columns], "ranking")


def build_files(view: View, ask: Ask) -> Shown:
    """What each figure counts, of which year, from which file, and what to know before it is written into a report."""
    columns = apr.columns(view, ask)
    nothing = _("no file is named in this build")
    parts = (
        Part("figure", _("Figure"), lambda c: _(c.figure.indicator.title)),
        Part("counts", _("What it counts"), lambda c: _(c.figure.indicator.numerator)),
        Part("of", _("Of whom"), lambda c: _(c.figure.indicator.denominator)),
        Part("year", _("School year"), lambda c: school_year(c.year)),
        Part("file", _("File"), lambda c: ", ".join(c.files) or nothing),
        Part("note", _("Before you use it"), lambda c: _(c.figure.note)),
    )
    return listing(
        view,
        parts,
        columns,
        _("Figures, files and years"),
        key="files",
        headline=_("What each figure counts"),
        subtitle=_("Definition, school year and file of each figure on this page"),
        words=(_("Local numbers of this year stand on My schools; they are provisional and belong in no official figure."),),
        source=sourcing.source_of(view, {c.figure.indicator.family: {c.year} for c in columns}),
        why=_why(view, columns),
    )


def build_dates(view: View, ask: Ask) -> Shown:
    """When what is due, as far as it is known, with the source of each date."""
    try:
        found = reference.dates()
    except registry.RegistryError as error:
        raise Unanswerable(_("The list of due dates cannot be read. %(why)s") % {"why": error}) from None
    parts = (
        Part("report", _("Report"), lambda d: d.report),
        Part("who", _("Written by"), lambda d: d.who or "–"),
        Part("due", _("Due"), lambda d: written(d.due) if d.due else _("not known here: check with CDE")),
        Part("about", _("What is known"), lambda d: d.about or "–"),
        Part("as_of", _("As of"), lambda d: d.as_of or "–"),
        Part("source", _("Source"), lambda d: d.source),
        Part("status", _("How sure"), lambda d: d.status or "–"),
    )
    return listing(
        view,
        parts,
        found,
        _("Reports and due dates"),
        key="dates",
        headline=_("When it is due: check with CDE"),
        subtitle=_("Reports of the California Community Schools Partnership Program, with the source of every date"),
        words=(
            _("CDE sets the dates and may change them: check with CDE before you plan by this list."),
            _("Whoever runs this dashboard can put its own list in place of this one: apr_dates.csv, from the template."),
        ),
        source=_("Source: the list of due dates of this dashboard, each row with its own source."),
    )


LEAD = Exhibit("lead", build_lead)
SITES = Exhibit("sites", build_sites, title=_("Site by site"))
LEA = Exhibit("lea", build_lea, title=_("The LEA itself"))
FILES = Exhibit("files", build_files, title=_("What each figure counts"))
DATES = Exhibit("dates", build_dates, title=_("When it is due: check with CDE"))
