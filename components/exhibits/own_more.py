"""My schools: discipline to date, and services in brief."""

from components import local, service_log
from components import local_numbers as numbers
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.exhibits.own_attendance import at, changed, measured, told_each
from components.i18n import _
from components.local import Site
from components.tables import Table
from components.view import View

DISCIPLINE = ("suspended_to_date", "suspended_again", "restorative_share")
BRIEF = ("reach", "reach_in_need", "referral_to_service", "referral_closure")


def build_discipline(view: View, ask: Ask) -> Shown:
    """Suspended so far, suspended again within 60 school days, and the restorative share of the incidents answered."""
    site = local.site(view, ask)
    found = at(site, DISCIPLINE)
    rows = [found[name] for name in DISCIPLINE if name in found]
    if not rows:
        raise Unanswerable(_("No discipline file stands behind this publication: add one, and publish again."))
    caption = parts.through(site)
    return parts.shown(
        view,
        site,
        DISCIPLINE,
        rows,
        key="discipline",
        headline=_("Discipline so far"),
        subtitle=caption,
        table=_changing(site, rows, caption),
        words=(*told_each(rows), numbers.explained(changed(site, rows[0]["measure"], rows[0]))),
        notes=(
            _(
                "Restorative responses are only as good as the coding of responses. Few students are suspended, so most "
                "counts are withheld in small schools."
            ),
        ),
    )


def _changing(site: Site, rows: list[dict], caption: str) -> Table:
    """The measures with what may be said of their change."""
    table = measured(rows, caption)
    changes = [numbers.told(changed(site, r["measure"], r)) for r in rows]
    lines = tuple({**line, "change": change} for line, change in zip(table.rows, changes, strict=True))
    return Table(caption, (*table.columns, Column("change", _("Against last year’s same month"))), lines)


def build_brief(view: View, ask: Ask) -> Shown:
    """Services in a few numbers, with the way to their own page; of a log of headcounts what it says instead."""
    site = local.site(view, ask)
    found = at(site, BRIEF)
    rows = [found[name] for name in BRIEF if name in found]
    if not rows:
        raise Unanswerable(service_log.sentence(service_log.of(site), site))
    caption = parts.through(site)
    return parts.shown(
        view,
        site,
        BRIEF,
        rows,
        key="brief",
        headline=_("Services in brief"),
        subtitle=caption,
        table=measured(rows, caption),
        words=(_("Reach is not effect: it says who got a service, not what came of it."),),
        extra={"more": ((_("See services by pillar, month and school"), "/services", {"place": (site.entity,)}),)},
    )


DISCIPLINE_SO_FAR = Exhibit("discipline", build_discipline, title=_("Discipline so far"))
BRIEFLY = Exhibit("brief", build_brief, title=_("Services in brief"))
