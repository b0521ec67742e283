"""My schools: reasons for absence, discipline to date, services in brief, and what is published for the district."""

from components import local
from components import local_numbers as numbers
from components.dates import month_name, written
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.exhibits.own_attendance import at, changed, no_attendance
from components.exhibits.service_reach import no_log
from components.figures.local_bars import local_bars
from components.i18n import _, number
from components.tables import Table
from components.view import View

DISCIPLINE = ("suspended_to_date", "suspended_again", "restorative_share")
BRIEF = ("reach", "reach_in_need", "referral_to_service", "referral_closure")


def build_reasons(view: View, ask: Ask) -> Shown:
    """Days absent so far by reason: days, never added up to a share where one of them is withheld."""
    site = local.site(view, ask)
    rows = local.read(["absence_reasons"], [site.entity], [site.month])
    if not rows:
        raise Unanswerable(no_attendance())
    labels = local.bands("reason")
    rows.sort(key=lambda r: list(labels).index(r["band"]))
    values = {"name": site.place["name"], "month": month_name(site.month)}
    subtitle = _("%(name)s, July to %(month)s: days absent of all students, by reason") % values
    days = {r["band"]: numbers.count(r["numerator"], "days_absent") for r in rows}
    said = [
        (_("%(reason)s: %(days)s days.") if r["numerator"] is not None else _("%(reason)s: %(days)s."))
        % {"reason": labels[r["band"]], "days": days[r["band"]]}
        for r in rows
    ]
    said.append(_("Days, not students. Schools differ in what they excuse and how they code it."))
    bars: list = [
        (labels[r["band"]], [(None if r["numerator"] is None else float(r["numerator"]), days[r["band"]])]) for r in rows
    ]
    columns = (Column("label", _("Reason")), Column("days", _("Days (rounded)"), "number"))
    return parts.shown(
        view,
        site,
        ("absence_reasons",),
        rows,
        True,
        key="reasons",
        headline=_("Why students were absent so far"),
        subtitle=subtitle,
        table=Table(subtitle, columns, tuple({"label": labels[b], "days": text} for b, text in days.items())),
        figure=local_bars(bars, f"{values['name']} · {values['month']}"),
        words=tuple(said),
        alt=_("Bars of days by reason. %(words)s") % {"words": " ".join(said)},
    )


def build_discipline(view: View, ask: Ask) -> Shown:
    """Suspended so far, suspended again within 60 school days, and the restorative share of the incidents answered."""
    site = local.site(view, ask)
    found = at(site, DISCIPLINE)
    rows = [found[name] for name in DISCIPLINE if name in found]
    if not rows:
        raise Unanswerable(_("No discipline file stands behind this publication: add one, and publish again."))
    values = {"name": site.place["name"], "month": month_name(site.month)}
    caption = _("%(name)s, this school year through %(month)s") % values
    every = local.measures()
    lines = tuple(
        {
            "label": _(every[r["measure"]].title),
            **parts.cells(r, every[r["measure"]]),
            "change": numbers.told(changed(site, r["measure"], r)),
        }
        for r in rows
    )
    columns = (*parts.columns(_("Measure"), every["suspended_to_date"]), Column("change", _("Against last year’s same month")))
    said = [_("%(what)s: %(share)s.") % {"what": _(every[r["measure"]].title), "share": numbers.percent(r)} for r in rows]
    said += list(dict.fromkeys(numbers.explained(changed(site, r["measure"], r)) for r in rows[:1]))
    return parts.shown(
        view,
        site,
        DISCIPLINE,
        rows,
        key="discipline",
        headline=_("Discipline so far this year"),
        subtitle=caption,
        table=Table(caption, columns, lines),
        words=tuple(said),
        notes=(
            _(
                "Restorative responses are only as good as the coding of responses. Few students are suspended, so most "
                "counts are withheld in small schools."
            ),
        ),
    )


def build_brief(view: View, ask: Ask) -> Shown:
    """Services in a few numbers, with the way to their own page."""
    site = local.site(view, ask)
    found = at(site, BRIEF)
    rows = [found[name] for name in BRIEF if name in found]
    if not rows:
        raise Unanswerable(no_log())
    every = local.measures()
    values = {"name": site.place["name"], "month": month_name(site.month)}
    caption = _("%(name)s, this school year through %(month)s") % values
    lines = tuple({"label": _(every[r["measure"]].title), **parts.cells(r, every[r["measure"]])} for r in rows)
    return parts.shown(
        view,
        site,
        BRIEF,
        rows,
        key="brief",
        headline=_("Services in brief"),
        subtitle=caption,
        table=Table(caption, parts.columns(_("Measure"), every["reach"]), lines),
        words=(_("Reach is not effect: it says who got a service, not what came of it."),),
        extra={"more": ((_("See services by pillar, month and school"), "/services", {"place": (site.entity,)}),)},
    )


def build_published(view: View, ask: Ask) -> Shown:
    """What the district has published: from which files, when, through which month, and what the check-up had to say."""
    site = local.site(view, ask)
    held = local.manifest(site.publication)
    feeds = {**local.bands("feed"), "partners": _("Partners"), "calendar": _("Calendar")}
    columns = (
        Column("file", _("File")),
        Column("layout", _("Layout")),
        Column("rows", _("Rows read"), "number"),
        Column("hash", _("SHA-256")),
    )
    lines = tuple(
        {
            "file": feeds.get(f["feed"], f["feed"]),
            "layout": f["layout"],
            "rows": _("about %(n)s") % {"n": number(f["rows"])},
            "hash": f["sha256"][:16] + "…",
        }
        for f in held.get("files", [])
    )
    checks = sum(c["count"] for c in held.get("checkup", []))
    values = {
        "month": month_name(int(site.publication["through"])),
        "made": written(str(site.publication["made"])[:10]),
        "published": written(str(site.publication["published"])[:10]),
        "n": number(checks),
        "hidden": number(held.get("attack", {}).get("hidden", 0)),
        "cells": number(held.get("attack", {}).get("cells", 0)),
    }
    said = (
        _("Counted on %(made)s, published on %(published)s, through %(month)s.") % values,
        _("The check-up had about %(n)s remarks. Their lines and values stayed with the person who holds the files.") % values,
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
        table=Table(_("Files behind the publication"), columns, lines),
        words=said,
    )


REASONS = Exhibit("reasons", build_reasons)
DISCIPLINE_SO_FAR = Exhibit("discipline", build_discipline)
BRIEFLY = Exhibit("brief", build_brief)
PUBLISHED = Exhibit("published", build_published)
