"""My schools: absence so far by band, by reason, and chronic absence to date by grade span and student group."""

from components import local
from components.exhibit import Ask, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.exhibits.own_attendance import CHRONIC, no_attendance
from components.i18n import _
from components.view import View
from data.privacy import cube


def _banded(site: local.Site, measure: str, bands: str) -> tuple[list[dict], list[str]]:
    """The rows of a measure in the order of its bands, and the names of these. Raises Unanswerable where there are none."""
    rows = local.read([measure], [site.entity], [site.month])
    if not rows:
        raise no_attendance(site)
    labels = local.bands(bands)
    rows.sort(key=lambda r: list(labels).index(r["band"]))
    return rows, [labels[r["band"]] for r in rows]


def build_bands(view: View, ask: Ask) -> Shown:
    """Students by the share of their days that they were absent."""
    site = local.site(view, ask)
    rows, called = _banded(site, "attendance_bands", "absence")
    return parts.barred(
        view,
        site,
        rows,
        called,
        label=_("Absent"),
        banded=True,
        key="bands",
        headline=_("How much school students missed so far"),
        subtitle=_("%(name)s, %(so_far)s: students by the share of their days absent") % parts.values(site),
    )


def build_reasons(view: View, ask: Ask) -> Shown:
    """Days absent so far by reason, each as a share of the days expected."""
    site = local.site(view, ask)
    rows, called = _banded(site, "absence_reasons", "reason")
    subtitle = _("%(name)s, %(so_far)s: days absent by reason, percent of all days that students were expected to attend")
    return parts.barred(
        view,
        site,
        rows,
        called,
        label=_("Reason"),
        banded=True,
        key="reasons",
        headline=_("Why students were absent so far"),
        subtitle=subtitle % parts.values(site),
        said=[_("Days, not students. Schools differ in what they excuse and how they code it.")],
    )


def build_groups(view: View, ask: Ask) -> Shown:
    """Chronic absence to date by grade span and student group; a school has grade spans and English learners only."""
    site = local.site(view, ask)
    every = {r["student_group"]: r for r in local.read([CHRONIC], [site.entity], [site.month])}
    order = [r["student_group"] for r in cube.table("groups") if r["level"] == site.place["level"]]
    rows = [every[g] for g in ("TA", *order) if g in every]
    if not rows:
        raise no_attendance(site)
    if len(rows) < 2:
        raise Unanswerable(_("This takes an attendance file with grades, or the student groups."))
    subtitle = _("%(name)s, %(so_far)s: students absent on 10 percent or more of their days, percent of each group")
    return parts.barred(
        view,
        site,
        rows,
        [parts.group_name(r["student_group"], site.month) for r in rows],
        label=_("Student group"),
        key="groups",
        headline=_("Grade spans and student groups so far"),
        subtitle=subtitle % parts.values(site),
        notes=(
            _(
                "A student can stand in several groups. Differences between small groups are often chance: see the ranges "
                "in the table."
            ),
        ),
    )


BANDS = Exhibit("bands", build_bands, "half", title=_("How much school students missed so far"))
REASONS = Exhibit("reasons", build_reasons, "half", title=_("Why students were absent so far"))
GROUPS = Exhibit("groups", build_groups, "half", title=_("Grade spans and student groups so far"))
