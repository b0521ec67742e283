"""Exhibits of local data by month: this year's line beside last year's, and the table of its months."""

from collections.abc import Callable

from components import local
from components.dates import month_name
from components.exhibit import Column
from components.exhibits import local_parts as parts
from components.figures.month_lines import Line, Panel, month_lines
from components.i18n import _
from components.local import Site
from components.tables import Table

Told = Callable[[dict], tuple[float | None, str]]
"""A row as a point: its value, None where it is hidden, and how it is said."""


def rows(site: Site, measure: str, span: str | None, wanted: list[str], *more: int) -> list[dict]:
    """A measure of all students for some services, in their order, in this year's months so far and the same of last year.

    `more`: further months.
    """
    so_far = local.months_so_far(site)
    every = local.read([measure], [site.entity], [*so_far, *map(local.year_before, so_far), *more], span)
    found = [r for r in every if r["student_group"] == "TA" and r["service"] in wanted]
    return sorted(found, key=lambda r: (wanted.index(r["service"]), r["month"]))


def panels(site: Site, found: list[dict], told: Told = parts.share) -> list[Panel]:
    """A panel a service, in the order of the rows: this year's months up to the one shown, and the same of last year."""
    so_far = local.months_so_far(site)
    before = [local.year_before(m) for m in so_far]
    services = dict.fromkeys(r["service"] for r in found)

    def line(service: str, months: list[int]) -> Line:
        points = {r["month"]: told(r) for r in found if r["service"] == service and r["month"] in months}
        return {month: (value, said) for month, (value, said) in points.items() if value is not None}

    return [(local.service_name(s), line(s, so_far), line(s, before)) for s in services]


def drawn(found: list[Panel], site: Site, **look) -> dict | None:
    """The figure of some panels; None where no panel has two points to set beside each other: the words say it."""
    if max((len(now) + len(then) for _name, now, then in found), default=0) < 2:
        return None
    return month_lines(found, f"{site.place['name']} · {parts.year_name(site.month)}", **look)


def beside(found: list[Panel]) -> str:
    """What stands beside this year's line, or why there is nothing."""
    return marked(found) or _("Last year’s months are not in the files, so no line stands beside.")


def marked(found: list[Panel]) -> str:
    """Under a chart: what the marks of the year before are; "" where there are none."""
    lengths = [len(then) for _name, _now, then in found if then]
    if not lengths:
        return ""
    return _("Dashed: the year before.") if max(lengths) > 1 else _("Gray dot: the same month of the year before.")


def newest(name: str, now: Line) -> str:
    """The last shown month of a line as a sentence."""
    if not now:
        return _("%(service)s: withheld in every month.") % {"service": name}
    last = max(now)
    return _("%(service)s: %(share)s in %(month)s.") % {"service": name, "month": month_name(last), "share": now[last][1]}


def undrawn(found: list[Panel]) -> str:
    """Under a chart: the services without a line."""
    return parts.undrawn([name for name, now, _then in found if not now])


def table(found: list[dict], caption: str) -> Table:
    """A row a service and month."""
    lines = [
        {
            "label": local.service_name(r["service"]),
            "month": month_name(r["month"]),
            **parts.cells(r, local.measures()[r["measure"]]),
        }
        for r in found
    ]
    return Table(caption, parts.columns(_("Service"), Column("month", _("Month"))), tuple(lines))
