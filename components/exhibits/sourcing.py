"""What every exhibit says of where its numbers come from: the source line, and the answers to "Why doesn't this match?"."""

import queries
from components.i18n import _
from components.view import View
from data import registry

SHORT_HASH = 12


def files_of(view: View, manifest: dict, year: int | None = None) -> list[dict]:
    """The manifest's sources behind an indicator, for one year or all, oldest first."""
    found = [s for s in manifest["sources"] if s["family"] == view.measure.family and (year is None or s["year"] == year)]
    return sorted(found, key=lambda s: (s["year"] or 0, s["name"]))


def source_line(view: View, build: str | None, year: int | None = None) -> str:
    """'Source: CDE DataQuest, chronicabsenteeism25-v2.txt; build of 2026-11-22.'"""
    manifest = queries.manifest(build)
    found = files_of(view, manifest, year)
    values = {"name": found[-1]["name"] if found else "", "count": len(found), "built": manifest["created"][:10]}
    if manifest["demo"]:
        return _("Source: demonstration data, not real schools. Build of %(built)s.") % values
    if len(found) == 1:
        return _("Source: CDE DataQuest, %(name)s. Build of %(built)s.") % values
    return _("Source: CDE DataQuest, %(count)s files, newest %(name)s. Build of %(built)s.") % values


def why(view: View, build: str | None, query: str, year: int | None = None) -> tuple[tuple[str, str], ...]:
    """Label and answer, in reading order: what is counted, from which file, by which rule and SQL, and why others differ."""
    manifest = queries.manifest(build)
    measure = view.measure
    files = files_of(view, manifest, year)
    return (
        (_("Numerator"), _(measure.numerator)),
        (_("Denominator"), _(measure.denominator)),
        (_("Who is counted"), _(measure.who)),
        (_("Why others differ"), _(measure.differs)),
        (_("What is hidden"), _("CDE withholds groups of ten or fewer students. Where one withheld group could be worked out from the others, the counts of "
                               "the smallest other group are withheld here as well.")),
        (_("Intervals"), _("95 percent Wilson intervals for a rate, Newcombe for a change. A rate is the numerator over the denominator of one published row.")),
        (_("Files"), "; ".join(_("%(name)s (SHA-256 %(hash)s…)") % {"name": f["name"], "hash": f["sha256"][:SHORT_HASH]} for f in files) or _("none")),
        (_("Build"), _("%(id)s, made %(made)s") % {"id": manifest["id"], "made": manifest["created"]}),
        (_("SQL of the indicator"), measure.sql),
        (_("SQL of this exhibit"), queries.text(query)),
    )


def crumbs(place: dict) -> list[tuple[str, str | None]]:
    """State › Region › County › District › School, the last without a link."""
    chain: list[tuple[str, str | None]] = [(_("California"), registry.STATE)]
    if place["level"] in ("county", "district", "school") and place["region"]:
        chain.append((place["region_name"], place["region"]))
    if place["level"] in ("district", "school"):
        chain.append((place["county_name"], f"{place['county']}000000000000"))
    if place["level"] == "school" and place["district"]:
        chain.append((place["district_name"], place["district"]))
    if place["level"] == "state":
        return [(_("California"), None)]
    return [*chain, (place["name"], None)]


def spaced_code(entity: str) -> str:
    """'CDS 13 99999 0000000', or the region's code."""
    return entity if entity.startswith("R-") else f"CDS {entity[:2]} {entity[2:7]} {entity[7:]}"
