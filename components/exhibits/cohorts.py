"""Cohorts: how many community schools there are, of which cohort, and when the money ends. From the list of the build."""

import pandas as pd

import queries
from components import cohorts, shares, words
from components.exhibit import Ask, Column, Exhibit, Shown, Table
from components.exhibits import sourcing
from components.i18n import _, ngettext, number, school_year
from components.verdict import Frame
from components.view import View
from data import registry
from data.registry import Cohort


def build_lead(view: View, ask: Ask) -> Shown:
    """How many community schools lie here, as the page's headline; when the money ends, below it."""
    listed = cohorts.listed(view, ask)
    schools, districts = listed["entity"].nunique(), listed["district"].nunique()
    headline = ngettext("%(n)s community school in %(where)s", "%(n)s community schools in %(where)s", schools)
    inside = ngettext("In %(n)s district by this build’s list.", "In %(n)s districts by this build’s list.", districts)
    said = [inside % {"n": number(districts)}, ends(of_list(listed))]
    return Shown(
        key="lead",
        headline=headline % {"n": number(schools), "where": shares.area(view)},
        subtitle=" ".join(said),
        table=_table(listed, view),
        rows=lambda: _file(listed),
        words=tuple(said),
        source=_source(view),
        why=_why(view),
        build=sourcing.build_id(view),
        extra={"kicker": _("Cohorts"), "next": _next(view, listed)},
    )


def build_cohorts(view: View, ask: Ask) -> Shown:
    """Cohort, start, end, schools and districts of the region or county."""
    listed = cohorts.listed(view, ask)
    found = of_list(listed)
    return Shown(
        key="cohorts",
        headline=_("Grantees by cohort, and when the money ends"),
        subtitle=_("Community schools with an implementation grant, %(where)s") % {"where": shares.area(view)},
        table=_table(listed, view),
        rows=lambda: _file(listed),
        words=tuple(_names(listed, found) if view.region or view.county else [_overlap(listed)]),
        source=_source(view),
        why=_why(view),
        build=sourcing.build_id(view),
    )


def of_list(listed: Frame) -> list[Cohort]:
    """The cohorts that a list has, in order."""
    return [c for c in registry.cohorts if (listed["cohort"] == c.number).any()]


def ends(found: list[Cohort]) -> str:
    """When the money of each cohort ends, in one sentence."""
    told = [_("%(year)s (cohort %(n)s)") % {"year": school_year(c.last), "n": c.number} for c in found]
    return _("The money ends with %(years)s.") % {"years": ", ".join(told)}


def _table(listed: Frame, view: View) -> Table:
    lines = []
    for cohort in of_list(listed):
        mine = listed[listed["cohort"] == cohort.number]
        lines.append(
            {
                "cohort": _("Cohort %(n)d") % {"n": cohort.number},
                "first": school_year(cohort.first),
                "last": school_year(cohort.last),
                "schools": number(mine["entity"].nunique()),
                "districts": number(mine["district"].nunique()),
            }
        )
    columns = (
        Column("cohort", _("Cohort")),
        Column("first", _("First school year")),
        Column("last", _("Money ends with")),
        Column("schools", _("Community schools"), "number"),
        Column("districts", _("Districts"), "number"),
    )
    return Table(_("Community schools by cohort, %(where)s") % {"where": shares.area(view)}, columns, tuple(lines))


def _file(listed: Frame) -> pd.DataFrame:
    """One row a school and cohort."""
    by = {c.number: c for c in registry.cohorts}
    known = listed[listed["cohort"].isin(list(by))]
    return pd.DataFrame(
        {
            "cohort": known["cohort"].astype(int).to_numpy(),
            "first_year": [registry.year_label(by[int(c)].first) for c in known["cohort"]],
            "last_year": [registry.year_label(by[int(c)].last) for c in known["cohort"]],
            "cds_code": known["entity"].astype(str).to_numpy(),
            "name": known["name"].astype(str).to_numpy(),
            "district": known["district_name"].astype(str).to_numpy(),
            "county": known["county_name"].astype(str).to_numpy(),
        }
    )


def _names(listed: Frame, found: list[Cohort]) -> list[str]:
    """Which districts hold grants, with the number of their schools: for a region or county."""
    out = []
    for cohort in found:
        mine = listed[listed["cohort"] == cohort.number]
        counted = mine.groupby(mine["district_name"].astype(str))["entity"].nunique()
        told = [_("%(name)s (%(n)s)") % {"name": name, "n": number(int(n))} for name, n in counted.items()]
        text = _("Cohort %(n)s, until %(year)s: %(names)s.")
        out.append(text % {"n": cohort.number, "year": school_year(cohort.last), "names": words.names(told)})
    return [*out, _overlap(listed)]


def _overlap(listed: Frame) -> str:
    twice = int((listed.groupby("entity")["cohort"].nunique() > 1).sum())
    if twice:
        text = _("A district can hold grants of several cohorts, and %(n)s schools stand in two: the rows do not add up.")
        return text % {"n": number(twice)}
    return _("A district can hold grants of several cohorts, so the districts do not add up.")


def _source(view: View) -> str:
    manifest = queries.manifest(view.build)
    if manifest.get("demo"):
        return _("Source: demonstration data, not real schools. Build %(build)s.") % {"build": manifest["id"]}
    files = [s["name"] for s in manifest["sources"] if s["family"] == "grantees"]
    return _("Source: %(names)s; years of each cohort from the program's calendar. Build %(build)s.") % {
        "names": ", ".join(files) or _("the list of grantees in this build"),
        "build": manifest["id"],
    }


def _why(view: View) -> tuple[tuple[str, str], ...]:
    return (
        (_("Who is counted"), _("Schools with an implementation grant in the list that this build was made with.")),
        (
            _("Why it differs"),
            _("%(why)s The end is that of the cohort: a single grant may end otherwise.") % {"why": differs()},
        ),
        (_("Build"), sourcing.build_id(view)),
        (_("Query"), queries.text("grantees")),
    )


def differs() -> str:
    """Why a list of grantees may differ from what CDE says of its grants."""
    return _(
        "CDE counts grants as they are awarded; a list may be older, lack schools that closed, or name the school under another "
        "code."
    )


def _next(view: View, listed: Frame) -> list[tuple[str, str, dict]]:
    steps: list[tuple[str, str, dict]] = []
    for cohort in of_list(listed):
        text = _("Compare the schools of cohort %(n)s") % {"n": cohort.number}
        changes = {"level": "school", "peers": "cohort", "cohort": cohort.number, "region": None, "county": None, "place": ()}
        steps.append((text, "/compare", changes))
    return [*steps, (_("Bring your own list of grantees"), "/data", {})]


LEAD = Exhibit("lead", build_lead)
COHORTS = Exhibit("cohorts", build_cohorts, title=_("Grantees by cohort, and when the money ends"))
