"""Services by month: students reached, how many of those in need, and services delivered, with last year's line."""

from components import local, service_log
from components import local_numbers as numbers
from components.dates import month_name
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import local_months as months
from components.exhibits import local_parts as parts
from components.i18n import _
from components.local import Site
from components.service_log import services
from components.tables import Table
from components.view import View

MOST = 8
"""So many panels are drawn."""


def build_months(view: View, ask: Ask) -> Shown:
    """Students reached in each month, by pillar, with last year's line dashed where there is one."""
    site = local.site(view, ask)
    service_log.require_students(site)
    rows = months.rows(site, "reach", "month", services(view)[:MOST])
    panels = months.panels(site, rows)
    faded = parts.grayed(site)
    subtitle = _("%(name)s, %(year)s: students with a service in the month, percent of students enrolled") % parts.values(site)
    said = [*(months.newest(name, now) for name, now, _then in panels), months.beside(panels)]
    return parts.shown(
        view,
        site,
        ("reach",),
        rows,
        key="months",
        headline=_("Students reached month by month"),
        subtitle=subtitle,
        table=months.table(rows, subtitle),
        figure=months.drawn(panels, site, faded=bool(faded)),
        words=tuple(said),
        notes=(faded, months.marked(panels), months.undrawn(panels)),
        alt=_("Small lines, one a service. %(words)s") % {"words": " ".join(said)},
    )


def build_delivered(view: View, ask: Ask) -> Shown:
    """Services delivered in each month, by pillar: the only number that a log of headcounts has."""
    site = local.site(view, ask)
    rows = months.rows(site, "services_delivered", "month", services(view)[:MOST])
    panels = months.panels(site, rows, _services)
    if not any(now for _name, now, _then in panels):
        service_log.require_students(site)
        raise Unanswerable(_("How many services were delivered is withheld in every month."))
    subtitle = _("%(name)s, %(year)s: services delivered in the month. Services, not students") % parts.values(site)
    said = [*(months.newest(name, now) for name, now, _then in panels), months.beside(panels)]
    return parts.shown(
        view,
        site,
        ("services_delivered",),
        rows,
        key="delivered",
        headline=_("Services delivered month by month"),
        subtitle=subtitle,
        table=_delivered_table(rows, subtitle),
        figure=months.drawn(panels, site, unit=""),
        words=(*said, _("One student can get many services, and a group session counts once for each student or head in it.")),
        notes=(months.marked(panels), months.undrawn(panels)),
        alt=_("Small lines, one a service. %(words)s") % {"words": " ".join(said)},
    )


def _services(row: dict) -> tuple[float | None, str]:
    value = row["numerator"]
    return None if value is None else float(value), numbers.count(value, "contacts")


def _delivered_table(rows: list[dict], caption: str) -> Table:
    columns = (
        Column("label", _("Service")),
        Column("month", _("Month")),
        Column("n", _("Services delivered (rounded)"), "number"),
    )
    lines = [{"label": local.service_name(r["service"]), "month": month_name(r["month"]), "n": _services(r)[1]} for r in rows]
    return Table(caption, columns, tuple(lines))


def build_in_need(view: View, ask: Ask) -> Shown:
    """Month by month: of the students chronically absent so far, how many had a support contact in the last 30 days."""
    site = local.site(view, ask)
    rows = months.rows(site, "reach_in_need", None, ["all"])
    now = local.one(rows, month=site.month)
    if now is None:
        service_log.require_students(site)
        raise Unanswerable(_("Reach among students in need takes an attendance file and a service log with student keys."))
    measure = local.measures()["reach_in_need"]
    moved = numbers.change(now, local.one(rows, month=local.year_before(site.month)), measure.numerator, measure.better)
    panels = [("", this, then) for _name, this, then in months.panels(site, rows)]
    subtitle = _("%(name)s, %(year)s: chronically absent students with a support contact in the last 30 days of the month")
    subtitle %= parts.values(site)
    faded = parts.grayed(site)
    said = [_in_need_now(now, site), numbers.explained(moved)]
    return parts.shown(
        view,
        site,
        ("reach_in_need",),
        rows,
        key="in_need",
        headline=_("Of students in need, %(share)s had support") % {"share": numbers.bare(now)}
        if numbers.rate(now)
        else _("Support of students in need is withheld"),
        subtitle=subtitle,
        table=months.table(rows, subtitle),
        figure=months.drawn(panels, site, faded=bool(faded)),
        words=tuple(said),
        notes=(
            service_log.not_followed(view),
            faded,
            months.marked(panels),
            _("A student in need is one absent on 10 percent or more of the days so far."),
        ),
        alt=_("A line by month. %(words)s") % {"words": " ".join(said)},
    )


def _in_need_now(now: dict, site: Site) -> str:
    if numbers.rate(now) is None:
        return _("In %(month)s the share is withheld, so that no student can be told from it.") % parts.values(site)
    counts = {"k": numbers.count(now["numerator"]), "n": numbers.count(now["denominator"]), "share": numbers.percent(now)}
    return _("In %(month)s: %(k)s of %(n)s students in need, %(share)s.") % {**parts.values(site), **counts}


MONTHS = Exhibit("months", build_months, "half", title=_("Students reached month by month"))
DELIVERED = Exhibit("delivered", build_delivered, "half", title=_("Services delivered month by month"))
IN_NEED = Exhibit("in_need", build_in_need, "half", title=_("Of students in need, how many had support"))
