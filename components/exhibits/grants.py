"""Grants: kind, cohort and school years paid for of a place's own grants, and how many schools inside it hold which."""

from typing import Any

import pandas as pd

import queries
from components import facts, tables
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import cohorts, sourcing
from components.i18n import _, ngettext, number, school_year
from components.view import View
from data import registry

IMPLEMENTATION = "implementation"


def of_place(entity: str, ask: Ask) -> list[dict[str, Any]]:
    """The grants of a place (`whose` "own") and, counted, those of the districts and schools inside it. cohort may be None."""
    frame = ask("grants", entity=entity)
    return [
        {**row, **{k: None if pd.isna(row[k]) else int(row[k]) for k in ("cohort", "starts", "ends", "places")}}
        for row in frame.to_dict("records")
    ]


def funded(entity: str, ask: Ask) -> list[tuple[int, int]]:
    """The spans of years in which a place's own implementation grants pay, as ending years, those that touch joined."""
    spans = sorted(
        (g["starts"], g["ends"]) for g in of_place(entity, ask) if (g["whose"], g["grant_type"]) == ("own", IMPLEMENTATION)
    )
    out: list[tuple[int, int]] = []
    for first, last in spans:
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return out


def build_grants(view: View, ask: Ask) -> Shown:
    """A row a grant: of the place itself, and counted of the districts and schools inside it."""
    place = facts.place_of(facts.entity_of(view), ask)
    found = of_place(place["entity"], ask)
    if not found:
        raise Unanswerable(_nothing(view, place))
    own = [g for g in found if g["whose"] == "own"]
    subtitle = _("%(name)s: grants of the California Community Schools Partnership Program, by the list in this build") % place
    columns = (
        Column("kind", _("Grant")),
        Column("cohort", _("Cohort")),
        Column("years", _("School years paid for")),
        Column("who", _("Held by")),
    )
    table, _display = tables.plain(_("Grants by kind and cohort"), columns, [_line(g) for g in found])
    return Shown(
        key="grants",
        headline=_headline(own, found),
        subtitle=subtitle,
        table=table,
        rows=lambda: pd.DataFrame([_file(place, g) for g in found]),
        words=tuple(_words(place, own, found)),
        source=sourcing.of_lists(view, ("grantees",), _("the list of grantees in this build")),
        why=_why(view),
        build=sourcing.build_id(view),
        extra={"more": ways(place, found)},
    )


def kind_name(kind: str) -> str:
    """A kind of grant as it begins a cell."""
    return {"planning": _("Planning"), IMPLEMENTATION: _("Implementation"), "coordination": _("Coordination")}.get(kind, kind)


def _line(grant: dict) -> dict[str, str]:
    counted = {
        "own": lambda n: _("This place"),
        "district": lambda n: ngettext("%(n)s district or county office", "%(n)s districts or county offices", n),
        "school": lambda n: ngettext("%(n)s school", "%(n)s schools", n),
    }[grant["whose"]]
    return {
        "who": counted(grant["places"]) % {"n": number(grant["places"])},
        "kind": kind_name(grant["grant_type"]),
        "cohort": _("Cohort %(n)d") % {"n": grant["cohort"]} if grant["cohort"] else "–",
        "years": _("%(a)s to %(b)s") % {"a": school_year(grant["starts"]), "b": school_year(grant["ends"])},
    }


def _headline(own: list[dict], found: list[dict]) -> str:
    mine = [g for g in own if g["grant_type"] == IMPLEMENTATION]
    if mine:
        text = _("Community school of cohort %(n)s, paid until %(year)s")
        return text % {"n": ", ".join(str(g["cohort"]) for g in mine), "year": school_year(max(g["ends"] for g in mine))}
    if own:
        return _("%(kind)s grant until %(year)s") % {"kind": kind_name(own[0]["grant_type"]), "year": school_year(own[0]["ends"])}
    schools = sum(g["places"] for g in found if g["grant_type"] == IMPLEMENTATION)
    text = ngettext("%(n)s implementation grant here, by cohort", "%(n)s implementation grants here, by cohort", schools)
    return text % {"n": number(schools)}


def _words(place: dict, own: list[dict], found: list[dict]) -> list[str]:
    out = []
    for grant in own:
        values = {"kind": kind_name(grant["grant_type"]).lower(), "cohort": grant["cohort"]}
        values |= {"first": school_year(grant["starts"]), "last": school_year(grant["ends"])}
        if grant["cohort"]:
            out.append(_("Its %(kind)s grant of cohort %(cohort)s pays for the school years %(first)s to %(last)s.") % values)
        else:
            out.append(_("Its %(kind)s grant pays for the school years %(first)s to %(last)s.") % values)
    if own and place["level"] == "school":
        out.append(_("The grant years are marked on the trend. They say when, not why: nothing here shows what a grant did."))
    if len(found) > len(own):
        out.append(_("A school can hold grants of several kinds or cohorts, so the rows do not add up."))
    return out


def ways(place: dict, found: list[dict]) -> tuple[tuple[str, str, dict], ...]:
    """The way to the Cohorts page, with the cohort or the region or county chosen; none where no cohort is named."""
    mine = sorted({g["cohort"] for g in found if g["grant_type"] == IMPLEMENTATION and g["cohort"]})
    if not mine:
        return ()
    plain: dict[str, Any] = {"place": (), "region": None, "county": None, "cohort": None, "year": None, "student_group": None}
    if place["level"] == "school":
        chosen = {**plain, "peers": "cohort", "cohort": mine[0]}
        return ((_("See how cohort %(n)s moved beside matched schools") % {"n": mine[0]}, "/cohorts", chosen),)
    inside = {
        "region": {"peers": "region", "region": place["region"]},
        "county": {"peers": "county", "county": place["county"]},
        "district": {"peers": "county", "county": place["county"]},
    }.get(place["level"], {"peers": "all"})
    text = {
        "state": _("See how the cohorts moved beside matched schools"),
        "region": _("See how the cohorts of this region moved beside matched schools"),
    }.get(place["level"], _("See how the cohorts of this county moved beside matched schools"))
    return ((text, "/cohorts", {**plain, **inside}),)


def _nothing(view: View, place: dict) -> str:
    if "grantees" not in queries.manifest(view.build)["families"]:
        return _(
            "This build has no list of community schools, so no grant is shown. The Data page has a template; fill it in and "
            "build again with it."
        )
    if place["level"] == "school":
        return _("This school holds no grant by the list of community schools in this build.")
    return _("Nobody here holds a grant by the list of community schools in this build.")


def _file(place: dict, grant: dict) -> dict[str, object]:
    return {
        "cds_code": place["entity"],
        "name": place["name"],
        "whose": grant["whose"],
        "grant_type": grant["grant_type"],
        "cohort": grant["cohort"],
        "first_year": registry.year_label(grant["starts"]),
        "last_year": registry.year_label(grant["ends"]),
        "places": grant["places"],
    }


def _why(view: View) -> tuple[tuple[str, str], ...]:
    return (
        (_("Who is counted"), _("Grants in the list that this build was made with: planning, implementation and coordination.")),
        (_("Why it differs"), cohorts.differs()),
        (_("Build"), sourcing.build_id(view)),
        (_("Query"), queries.text("grants")),
    )


GRANTS = Exhibit("grants", build_grants, "half", title=_("Grants"))
