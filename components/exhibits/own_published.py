"""My schools: what is published for the district, from which files, and what the check-up of these had to say."""

from collections import Counter

from components import local
from components.dates import month_name, written
from components.exhibit import Ask, Column, Exhibit, Shown
from components.exhibits import local_parts as parts
from components.i18n import _, number
from components.tables import Table
from components.view import View
from data.privacy import cube

HASH = 16


def build_published(view: View, ask: Ask) -> Shown:
    """What the district has published: from which files, when, through which month, and the check-up's remarks by their kind."""
    site = local.site(view, ask)
    held = local.manifest(site.publication)
    values = {
        "month": month_name(int(site.publication["through"])),
        "made": written(str(site.publication["made"])[:10]),
        "published": written(str(site.publication["published"])[:10]),
        "hidden": number(held.get("attack", {}).get("hidden", 0)),
        "cells": number(held.get("attack", {}).get("cells", 0)),
    }
    said = (
        _("Counted on %(made)s, published on %(published)s, through %(month)s.") % values,
        *_remarks(held.get("checkup", [])),
        _("Of %(cells)s counts, %(hidden)s are withheld so that no student can be told from them; the others are rounded.")
        % values,
    )
    return parts.shown(
        view,
        site,
        (),
        [],
        key="published",
        headline=_("What is published for this district"),
        subtitle=_("Publication %(id)s") % {"id": site.publication["id"]},
        table=_files(held.get("files", [])),
        words=said,
    )


def _files(files: list[dict]) -> Table:
    feeds, layouts = local.feeds(), local.layouts()
    columns = (
        Column("file", _("File")),
        Column("layout", _("Layout")),
        Column("rows", _("Rows read"), "number"),
        Column("hash", _("SHA-256")),
    )
    lines = tuple(
        {
            "file": feeds.get(f["feed"], f["feed"]),
            "layout": layouts.get(f["layout"], f["layout"]),
            "rows": _("up to %(n)s") % {"n": number(f["rows"])},
            "hash": f["sha256"][:HASH] + "…",
        }
        for f in files
    )
    return Table(_("Files behind the publication"), columns, lines)


def _remarks(checkup: list[dict]) -> list[str]:
    """The check-up's remarks by their kind. Their counts were rounded up before they left the district."""
    severity = {rule["id"]: rule["severity"] for rule in cube.table("rules")}
    counted: Counter[str] = Counter()
    for remark in checkup:
        counted[severity.get(remark["rule"], "note")] += remark["count"]
    texts = {
        "person": _("Remarks of the check-up that need a person: up to %(n)s."),
        "repaired": _("Repaired while reading: up to %(n)s."),
        "note": _("Remarks about which nothing has to be done: up to %(n)s."),
    }
    said = [text % {"n": number(counted[kind])} for kind, text in texts.items() if counted[kind]]
    if not counted["person"]:
        said.insert(0, _("The check-up found nothing that needs a person."))
    return [*said, _("Their lines and values stayed with the person who holds the files.")]


PUBLISHED = Exhibit("published", build_published, title=_("What is published for this district"))
