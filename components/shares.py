"""A choice of one share of all students within California, a region or a county: for pages without peers of a kind.

Owns how another page's choice is read there. Shows nothing.
"""

from dataclasses import replace

from components.i18n import _
from components.reading import Reading
from components.view import View
from data import registry

FILTERS = ("share", "any_region", "any_county", "year")


def settle(read: Reading) -> Reading:
    """All students, an indicator whose rates of schools can be compared, and a region or county without peers of its own."""
    view, notes = read.view, list(read.view.notes)
    indicator = view.indicator
    if not view.measure.of_schools:
        notes.append(_("This page is about shares of all students; “%(name)s” is none.") % {"name": _(view.measure.title)})
        indicator = View.indicator
    inside = view.county and view.region in (None, registry.county_by_code[view.county].region)
    county = view.county if inside else None
    if view.county and not inside:
        notes.append(
            _("%(county)s County lies outside the region chosen.") % {"county": registry.county_by_code[view.county].name}
        )
    narrowed = "county" if county else "region" if view.region else ""
    peers = narrowed or ("all" if view.peers in ("county", "region") else view.peers)
    year = view.year if indicator == view.indicator else None
    return replace(
        read,
        view=replace(view, indicator=indicator, student_group=None, county=county, peers=peers, year=year, notes=tuple(notes)),
    )


def area(view: View) -> str:
    """Where the page looks, in words: 'California', 'the Bay Area region', 'Fresno County'."""
    if view.county:
        return _("%(name)s County") % {"name": registry.county_by_code[view.county].name}
    if view.region:
        return _("the %(name)s region") % {"name": registry.region_by_code[view.region].name}
    return _("California")
