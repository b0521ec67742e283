"""What a district's service log can tell of a month: students, services only, too few to show, or nothing yet."""

from enum import StrEnum

from components import local
from components.dates import month_name, so_far
from components.exhibit import SaidAbove
from components.i18n import _
from components.local import Site
from components.view import View
from data.privacy import cube


class Log(StrEnum):
    """STUDENTS: they can be counted. EARLY: only in later months, when students have 20 expected days. HEADCOUNTS: never.

    FEW: none was logged up to this month, or too few to show; which of the two is not told. NONE: no log covers the month.
    """

    STUDENTS = "students"
    EARLY = "early"
    HEADCOUNTS = "headcounts"
    FEW = "few"
    NONE = "none"


def of(site: Site) -> Log:
    """What the log of the site's district holds for the site and its month."""
    year = cube.school_year(site.month)
    rows = [r for r in local.counted(["served", "contacts"], [site.entity]) if cube.school_year(r["month"]) == year]
    whole = [r for r in rows if (r["service"], r["student_group"], r["span"]) == ("all", "TA", "ytd")]
    if local.one(whole, fact="served", month=site.month):
        return Log.STUDENTS
    delivered = local.one(whole, fact="contacts", month=site.month)
    if delivered is None:
        return Log.NONE
    if delivered["value"] is None:
        return Log.FEW
    return Log.EARLY if local.one(whole, fact="served") else Log.HEADCOUNTS


def sentence(log: Log, site: Site) -> str:
    """Why no student is counted in a month; "" where they are."""
    values = {"so_far": so_far(site.month), "month": month_name(site.month)}
    texts = {
        Log.HEADCOUNTS: _(
            "The service log has headcounts. They say how much was delivered, and cannot say how many different students were "
            "reached: that takes a student key with each service."
        ),
        Log.EARLY: local.too_early(),
        Log.FEW: _("No service is shown for %(so_far)s: none was logged, or too few to show."),
        Log.NONE: _("No service is logged for %(month)s: no service log of this publication covers it."),
    }
    return texts[log] % values if log in texts else ""


def require_students(site: Site) -> None:
    """Raises SaidAbove where the log counts no students in this month: the head of the page says why, once."""
    why = sentence(of(site), site)
    if why:
        raise SaidAbove(why)


def chosen(view: View) -> str:
    """The service that the reader asks about: a category, a pillar, or all."""
    return view.service_category or view.pillar or "all"


def services(view: View) -> list[str]:
    """The services that stand beside each other: the pillars; of a chosen pillar its categories; or the one category."""
    if view.service_category:
        return [view.service_category]
    return [view.pillar, *local.categories(view.pillar)] if view.pillar else ["all", *local.pillars()]


def not_followed(view: View, pillar: bool = False) -> str:
    """A sentence where an exhibit shows more than the service chosen, else "". `pillar`: whether it follows that choice."""
    if view.service_category and pillar:
        return _("All services of the pillar: this part does not follow the choice of one service.")
    if chosen(view) != "all" and not pillar:
        return _("All services: this part does not follow the choice.")
    return ""
