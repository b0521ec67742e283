"""Services: how often students got them, a row a pillar."""

from components import local, local_bands, service_log
from components import local_numbers as numbers
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.i18n import _
from components.tables import Table
from components.view import View

SHADES = (10, 25, 50)
"""Percents from which a cell of the table is darker."""


def build_dosage(view: View, ask: Ask) -> Shown:
    """Students served by their number of contacts so far, a row a pillar, with the band of the middle student."""
    site = local.site(view, ask)
    wanted = [view.pillar] if view.pillar else local.pillars()
    rows = [r for r in local.read(["dosage"], [site.entity], [site.month]) if r["service"] in wanted]
    if not rows:
        service_log.require_students(site)
        raise Unanswerable(_("Contacts of each student take a service log with student keys."))
    labels = local.bands("contacts")
    said = [_words(pillar, rows, labels) for pillar in wanted]
    subtitle = _("%(name)s, %(so_far)s: students served under each pillar by their contacts so far") % parts.values(site)
    faded = parts.grayed(site)
    shades = {p: [_shade(local.one(rows, service=p, band=b), bool(faded)) for b in labels] for p in wanted}
    grid = {
        "caption": _("About what share of students served had how many contacts"),
        "corner": _("Pillar"),
        "look": "glance",
        "columns": [(label, "") for label in labels.values()],
        "rows": [(local.pillar_name(p), "", False, cells) for p, cells in shades.items()],
        "legend": [],
    }
    return parts.shown(
        view,
        site,
        ("dosage",),
        rows,
        True,
        key="dosage",
        headline=_("How often students were served"),
        subtitle=subtitle,
        table=_table(rows, wanted, labels, subtitle),
        words=(*said, _("More contacts are not better or worse by themselves: needs differ.")),
        notes=(service_log.not_followed(view, pillar=True), faded),
        alt=_("A table of pillars by number of contacts. %(words)s") % {"words": " ".join(said)},
        extra={"grid": grid},
    )


def _words(pillar: str, rows: list[dict], labels: dict[str, str]) -> str:
    mine = [r for r in rows if r["service"] == pillar]
    total = mine[0]["denominator"] if mine else None
    found = local_bands.middle(list(labels), {r["band"]: r["numerator"] for r in mine}, total)
    values = {
        "pillar": local.pillar_name(pillar),
        "first": labels[found[0]].lower() if found else "",
        "total": numbers.count(total),
    }
    if total is None:
        return _("%(pillar)s: the students served are withheld.") % values
    if len(found) == 1:
        return _("%(pillar)s: %(total)s students; the middle one had %(first)s.") % values
    if found and len(found) < len(labels):
        text = _("%(pillar)s: %(total)s students; the middle one had between %(first)s and %(last)s.")
        return text % {**values, "last": labels[found[-1]].lower()}
    return _("%(pillar)s: %(total)s students; too many counts are withheld to name the middle one’s contacts.") % values


def _shade(row: dict | None, faded: bool) -> tuple[str, str]:
    found = numbers.rate(row) if row else None
    if found is None:
        # A band that the services delivered leave no room for is not among the published counts.
        return numbers.percent(row) if row else _("few or none"), "none"
    look = "" if faded else f"s{1 + sum(found.percent >= least for least in SHADES)}"
    return numbers.brief(row), look


def _table(rows: list[dict], pillars: list[str], labels: dict[str, str], caption: str) -> Table:
    measure = local.measures()["dosage"]
    lines = [
        {"band": label, "label": local.pillar_name(p), **parts.cells(local.one(rows, service=p, band=b), measure)}
        for p in pillars
        for b, label in labels.items()
    ]
    return Table(caption, parts.columns(_("Pillar"), Column("band", _("Contacts"))), tuple(lines))


DOSAGE = Exhibit("dosage", build_dosage, "half", title=_("How often students were served"))
