"""My schools: students by the share of their days absent, and chronic absence to date by grade span and student group."""

from components import local
from components import local_numbers as numbers
from components.dates import month_name
from components.exhibit import Ask, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.exhibits.own_attendance import CHRONIC, no_attendance, percent
from components.figures.local_bars import local_bars
from components.i18n import _
from components.tables import Table
from components.view import View
from components.words import names


def build_bands(view: View, ask: Ask) -> Shown:
    """Students by the share of their days that they were absent."""
    site = local.site(view, ask)
    rows = local.read(["attendance_bands"], [site.entity], [site.month])
    if not rows:
        raise Unanswerable(no_attendance())
    labels = local.bands("absence")
    rows.sort(key=lambda r: list(labels).index(r["band"]))
    values = {"name": site.place["name"], "month": month_name(site.month)}
    subtitle = _("%(name)s, July to %(month)s: students by the share of their days absent") % values
    said = [_("%(band)s: %(share)s.") % {"band": labels[r["band"]], "share": numbers.percent(r)} for r in rows]
    measure = local.measures()["attendance_bands"]
    bars: list = [(labels[r["band"]], [(percent(r), numbers.percent(r))]) for r in rows]
    return parts.shown(
        view,
        site,
        ("attendance_bands",),
        rows,
        True,
        key="bands",
        headline=_("How much school students missed so far"),
        subtitle=subtitle,
        table=Table(
            subtitle,
            parts.columns(_("Absent"), measure),
            tuple({"label": labels[r["band"]], **parts.cells(r, measure)} for r in rows),
        ),
        figure=local_bars(bars, f"{values['name']} · {values['month']}"),
        words=tuple(said),
        alt=_("Bars by band. %(words)s") % {"words": " ".join(said)},
    )


def build_groups(view: View, ask: Ask) -> Shown:
    """Chronic absence to date by grade span and student group; a school has grade spans and English learners only."""
    site = local.site(view, ask)
    every = {r["student_group"]: r for r in local.read([CHRONIC], [site.entity], [site.month])}
    order = [r["student_group"] for r in parts.cube.table("groups") if r["level"] == site.place["level"]]
    rows = [every[g] for g in ("TA", *order) if g in every]
    if len(rows) < 2:
        raise Unanswerable(_("This takes an attendance file with grades, or the student groups."))
    values = {"name": site.place["name"], "month": month_name(site.month)}
    subtitle = (
        _("%(name)s, July to %(month)s: students absent on 10 percent or more of their days, percent of each group") % values
    )
    called = {r["student_group"]: parts.group_name(r["student_group"], site.month) for r in rows}
    drawn = [r for r in rows if numbers.rate(r)]
    hidden = [called[r["student_group"]] for r in rows if not numbers.rate(r)]
    said = [_("%(group)s: %(share)s.") % {"group": called[r["student_group"]], "share": numbers.percent(r)} for r in drawn]
    if hidden:
        said.append(
            _("Withheld, so that no student can be told from these counts: %(names)s.") % {"names": names(hidden, len(hidden))}
        )
    measure = local.measures()[CHRONIC]
    bars: list = [(called[r["student_group"]], [(percent(r), numbers.percent(r))]) for r in drawn]
    lines = tuple({"label": called[r["student_group"]], **parts.cells(r, measure)} for r in rows)
    return parts.shown(
        view,
        site,
        (CHRONIC,),
        rows,
        key="groups",
        headline=_("Grade spans and student groups so far"),
        subtitle=subtitle,
        table=Table(subtitle, parts.columns(_("Student group"), measure), lines),
        figure=local_bars(bars, f"{values['name']} · {values['month']}") if bars else None,
        words=tuple(said),
        notes=(
            _(
                "A student can stand in several groups. Differences between small groups are often chance: see the ranges "
                "in the table."
            ),
        ),
        alt=_("Bars by group. %(words)s") % {"words": " ".join(said)},
    )


BANDS = Exhibit("bands", build_bands, "half")
GROUPS = Exhibit("groups", build_groups)
