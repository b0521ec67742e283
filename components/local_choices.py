"""What a reader can choose on the pages of local data: places that published, closed months, pillars and service categories."""

import queries
from components import local
from components.dates import month_name
from components.exhibit import Unanswerable
from components.i18n import _
from components.view import Known, View
from data import warehouse

NONE = "none"
"""Stands in the widget for "nothing chosen": an empty value would show an empty box."""
Choices = list[tuple[str, str]]


def places(view: View, known: Known) -> Choices:
    """The districts that published, by name; under the one that is shown, its schools."""
    every = {f"{p['lea']}0000000": p for p in local.publications()}
    try:
        mine = f"{local.entity_of(view)[:7]}0000000"
    except Unanswerable:
        mine = ""
    schools: list[str] = queries.local("local_schools", lea=mine[:7])["entity"].tolist() if mine else []
    called = _names([*every, *schools], view.build)
    out: Choices = []
    for district in sorted(every, key=lambda e: str(called.get(e, e))):
        out.append((district, called.get(district, district)))
        if district == mine:
            inside = sorted(schools, key=lambda e: str(called.get(e, e)))
            out += [(s, _("– %(school)s") % {"school": called.get(s, s)}) for s in inside]
    return out


def _names(entities: list[str], build: str | None) -> dict[str, str]:
    if not entities:
        return {}
    try:
        frame = queries.run("places", build, entities=entities)
    except warehouse.NoBuild:
        return {}
    return dict(zip(frame["entity"].astype(str), frame["name"].astype(str), strict=True))


def months(view: View, known: Known) -> Choices:
    """The closed months of the place, the newest first."""
    try:
        entity = local.entity_of(view)
    except Unanswerable:
        return []
    found = queries.local("local_months", entity=entity)["month"]
    return [(str(m), month_name(int(m))) for m in sorted(found, reverse=True)]


def pillars(view: View, known: Known) -> Choices:
    return [(NONE, _("All pillars")), *((p, local.pillar_name(p)) for p in local.pillars())]


def services(view: View, known: Known) -> Choices:
    """The categories of the pillar chosen, or all."""
    return [(NONE, _("All services")), *local.categories(view.pillar).items()]
