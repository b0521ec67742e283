"""The Annual Progress Report: figures by site and of the LEA, as table and as text to paste. No copy of the form."""

import pandas as pd

import queries
from components import apr, facts, tables
from components.apr import Column
from components.exhibit import Ask, Exhibit, SaidAbove, Shown, Table, Unanswerable
from components.exhibits import onward, sourcing
from components.i18n import _, ngettext, number, school_year
from components.view import View

MOST_TEXTS = 100
"""Sites whose figures stand as text to paste. More is no page; the file has all."""


def build_lead(view: View, ask: Ask) -> Shown:
    """Whose figures these are, of which year, and what they are not."""
    chosen = facts.place_of(facts.entity_of(view), ask) if view.place else None
    try:
        place = apr.place_of(view, ask)
    except SaidAbove as why:
        place, said = None, [str(why)]
    else:
        found = apr.columns(view, ask)
        said = [s for s in (_whose(place), _years(found), apr.charters_of(found)) if s]
    said.append(_("The report’s form is not copied here: take each figure to the question that asks for it."))
    headline = _("Figures for the Annual Progress Report")
    table, _cut = tables.plain(headline, (tables.Column("said", _("About these figures")),), [{"said": s} for s in said])
    of = place.lea if place else chosen
    return Shown(
        key="lead",
        headline=headline,
        subtitle=" ".join(said),
        table=table,
        rows=lambda: pd.DataFrame({"said": said}),
        words=tuple(said),
        source=sourcing.of_lists(view, ("grantees",), _("the files behind each figure")),
        why=apr.why(view, apr.columns(view, ask)),
        build=sourcing.build_id(view),
        extra={
            "kicker": " · ".join([of["name"], sourcing.code_of(of["entity"])]) if of else _("Annual Progress Report"),
            "crumbs": sourcing.crumbs(place.sites[0] if place and place.which == apr.ONE else of) if of else (),
            "more": _districts(chosen) if not place and chosen else (),
            "next": _next(place),
        },
    )


def _districts(chosen: dict) -> tuple[tuple[str, str, dict], ...]:
    """Where the districts of a county or a region stand in a list, each with the way to its own report."""
    if chosen["level"] not in ("county", "region"):
        return ()
    text = _("See the districts of %(name)s: the page of each leads to its report")
    changes = {**onward.within(chosen), "place": (), "indicator": View.indicator, "year": None, "student_group": None}
    return ((text % {"name": chosen["name"]}, "/compare", changes),)


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
        text = _(
            "The figures are of %(first)s to %(year)s, each of its newest year: CDE publishes a year in the fall after it ended."
        )
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
        subtitle=_subtitle(name, columns),
        table=_site_table(place, told, _("%(name)s: figures by site") % {"name": name}),
        rows=lambda: pd.concat([_file(column, list(rows.values())) for column, rows in told], ignore_index=True),
        words=(_statuses(),),
        source=sourcing.source_of(view, {c.figure.indicator.family: {c.year} for c in columns}),
        why=apr.why(view, columns),
        build=sourcing.build_id(view),
        extra={"copies": texts, "fold": _fold(len(texts), len(place.sites))},
    )


def _subtitle(name: str, columns: list[Column]) -> str:
    """The year stands here where it is one for all figures, else beside each."""
    values = {"name": name, "year": school_year(columns[0].year)}
    if len({c.year for c in columns}) == 1:
        return _("%(name)s: published figures of all students, %(year)s, value and counts") % values
    return _("%(name)s: published figures of all students, each with its year, value and counts") % values


def _statuses() -> str:
    return _(
        "“withheld” means that CDE or this dashboard hides a number to protect students in small groups; it is not zero. "
        "“not published” means that CDE printed none."
    )


def _fold(texts: int, sites: int) -> str:
    if texts < sites:
        return _("Figures as text to paste (the first %(n)s sites)") % {"n": number(texts)}
    return ngettext("Figures as text to paste (%(n)s site)", "Figures as text to paste (%(n)s sites)", sites) % {
        "n": number(sites)
    }


def _texts(told: list[tuple[dict, list[tuple[Column, dict]]]], view: View) -> list[tuple[str, str]]:
    manifest = queries.manifest(view.build)
    return [(site["name"], apr.text(site, lines, manifest["id"], bool(manifest.get("demo")))) for site, lines in told]


def _site_table(place: apr.Place, told: list[tuple[Column, dict[str, dict]]], caption: str) -> Table:
    lines = []
    for site in place.sites:
        cells = {c.figure.indicator.name: apr.cell(rows[site["entity"]], c.figure.indicator) for c, rows in told}
        lines.append({"entity": site["entity"], "name": site["name"], **cells})
    one = len({c.year for c, _rows in told}) == 1
    heads = [tables.Column(c.figure.indicator.name, _(c.figure.label) if one else _year_of(c)) for c, _rows in told]
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
        subtitle=_("%(name)s: CDE’s own row of the district, all students. Never a sum of its sites")
        % {"name": place.lea["name"]},
        table=table,
        rows=lambda: pd.concat([_file(column, [row]) for column, row in told], ignore_index=True),
        words=(
            *([apr.charters_of(columns)] if columns else []),
            _("A student can be counted at more than one site, so the sites need not add up to the district."),
        ),
        source=sourcing.source_of(view, {c.figure.indicator.family: {c.year} for c in columns}),
        why=apr.why(view, columns),
        build=sourcing.build_id(view),
        extra={"copies": _texts([(place.lea, told)], view), "fold": _("Figures of the LEA as text to paste")},
    )


LEAD = Exhibit("lead", build_lead)
SITES = Exhibit("sites", build_sites, title=_("Site by site"))
LEA = Exhibit("lea", build_lea, title=_("The LEA itself"))
