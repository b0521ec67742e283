"""My schools: attendance so far from the district's own files, beside the year before. It is not CDE's rate."""

from components import local
from components import local_numbers as numbers
from components.dates import month_name
from components.exhibit import Ask, Exhibit, SaidAbove, Shown
from components.exhibits import local_months as months
from components.exhibits import local_parts as parts
from components.exhibits import sourcing
from components.i18n import _
from components.local import Site
from components.tables import Table
from components.view import View
from components.words import level_name
from data.privacy import cube

CHRONIC = "chronic_to_date"
KEY = (CHRONIC, "attendance_rate", "recovered", "suspended_to_date")
TAGS = {"better": "better", "worse": "worse", "moved": "moved"}


def _early(site: Site) -> bool:
    """Whether students are counted in a later month of the same school year, and only then."""
    months = [m for m in site.months if m > site.month and cube.school_year(m) == cube.school_year(site.month)]
    return bool(months and local.read([CHRONIC], [site.entity], months))


def _why_none(site: Site) -> str:
    if _early(site):
        return local.too_early()
    return _("No attendance file of this publication covers %(month)s: add one, and publish again.") % parts.values(site)


def no_attendance(site: Site) -> SaidAbove:
    """To raise where no student is counted in this month: the head of the page says why, once."""
    return SaidAbove(_why_none(site))


def at(site: Site, names_: tuple[str, ...], month: int | None = None) -> dict[str, dict]:
    """Measure -> its row of all students in a month (the shown one by default)."""
    rows = local.read(list(names_), [site.entity], [month or site.month])
    return {r["measure"]: r for r in rows if r["student_group"] == "TA" and r["service"] == "all" and r["band"] == "all"}


def changed(site: Site, name: str, now: dict | None) -> numbers.Change:
    """A measure against the same month of the year before."""
    measure = local.measures()[name]
    then = at(site, (name,), local.year_before(site.month)).get(name)
    return numbers.change(now, then, measure.numerator, measure.better)


def build_lead(view: View, ask: Ask) -> Shown:
    """Chronic absence to date in a headline, against the same month of last year where the files hold it."""
    site = local.site(view, ask)
    now = at(site, (CHRONIC,)).get(CHRONIC)
    said = [_("%(name)s, school year %(year)s, through %(month)s, from its own files.") % parts.values(site), *_told(site, now)]
    headline = _headline(site, now)
    rows = [now] if now else []
    kicker = [_("My schools"), level_name(site.place["level"]), sourcing.code_of(site.entity)]
    return parts.shown(
        view,
        site,
        (CHRONIC,),
        rows,
        key="lead",
        headline=headline,
        subtitle=" ".join(said),
        table=measured(rows, headline),
        words=tuple(said),
        extra={"kicker": " · ".join(kicker), "crumbs": sourcing.crumbs(site.place), "next": _next(site)},
    )


def _headline(site: Site, now: dict | None) -> str:
    if now is None:
        texts = (_("No attendance file covers %(month)s"), _("No student has 20 expected days by the end of %(month)s"))
        return texts[_early(site)] % parts.values(site)
    if numbers.rate(now) is None:
        return _("Chronic absence so far is withheld")
    return _("Chronic absence so far: %(share)s") % {"share": numbers.bare(now)}


def _told(site: Site, now: dict | None) -> list[str]:
    if now is None:
        return [_why_none(site)]
    if numbers.rate(now) is None:
        return [_("The share is withheld, so that no student can be told from it.")]
    counts = {"k": numbers.count(now["numerator"]), "n": numbers.count(now["denominator"])}
    return [
        _("So far %(k)s of %(n)s students missed 10 percent or more of their days.") % counts,
        numbers.explained(changed(site, CHRONIC, now)),
        _("To date is not CDE’s yearly rate."),
    ]


def _next(site: Site) -> list[tuple[str, str, dict]]:
    me = {"place": (site.entity,)}
    public = {**me, "month": None, "pillar": None, "service_category": None}
    return [
        (_("See who was reached by services, and who of those in need"), "/services", me),
        (_("See these numbers under the pillars and conditions"), "/pillars", public),
        (_("Copy its published figures for the Annual Progress Report"), "/apr", public),
        (_("Compare the place’s public numbers with similar places"), "/place", public),
        (_("Read how each number is counted"), "/methods", {}),
    ]


def measured(rows: list[dict], caption: str) -> Table:
    """A row a measure, under its title."""
    return parts.table(_("Measure"), caption, rows, [parts.measure_title(r) for r in rows])


def told_each(rows: list[dict]) -> tuple[str, ...]:
    """A sentence a measure: its title and its share."""
    text = _("%(what)s: %(share)s.")
    return tuple(text % {"what": parts.measure_title(r), "share": numbers.percent(r)} for r in rows)


def build_key(view: View, ask: Ask) -> Shown:
    """Four numbers of the school year so far, each with what may be said of its change."""
    site = local.site(view, ask)
    found = at(site, KEY)
    rows = [found[name] for name in KEY if name in found]
    if not rows:
        raise no_attendance(site)
    caption = parts.through(site)
    return parts.shown(
        view,
        site,
        [r["measure"] for r in rows],
        rows,
        key="key",
        headline=_("Key numbers so far"),
        subtitle=caption,
        table=measured(rows, caption),
        words=told_each(rows),
        extra={"facts": [_fact(site, r) for r in rows]},
    )


def _fact(site: Site, row: dict) -> dict:
    measure = local.measures()[row["measure"]]
    moved = changed(site, measure.name, row)
    untold = moved.kind in (numbers.Kind.NO_PRIOR, numbers.Kind.UNTESTED)
    return {
        "title": parts.measure_title(row),
        "value": numbers.percent(row),
        "unit": "",
        "tag": "" if untold else numbers.told(moved),
        "tag_kind": TAGS.get(moved.kind.value, "none"),
        "detail": _detail(row, measure),
    }


def _detail(row: dict, measure: local.Measure) -> str:
    """The counts behind a key number, and what to know of it. A share of days comes without counts."""
    of = ""
    if row["status"] != "published":
        of = _("Withheld, so that no student can be told from it.")
    elif not measure.share_only:
        counts = (numbers.count(row[part], getattr(measure, part)) for part in ("numerator", "denominator"))
        of = _("Students: %(k)s of %(n)s.") % dict(zip("kn", counts, strict=True))
    note = _("%(note)s.") % {"note": _(measure.note)} if measure.note else ""
    return " ".join(filter(None, (of, note)))


def build_pace(view: View, ask: Ask) -> Shown:
    """Chronic absence to date month by month; last year's line dashed, or where last year ended."""
    site = local.site(view, ask)
    ended = local.ended(site.month)
    rows = months.rows(site, CHRONIC, None, ["all"], ended)
    now = [r for r in rows if r["month"] in local.months_so_far(site)]
    if not now:
        raise no_attendance(site)
    panels = [("", this, then) for _name, this, then in months.panels(site, rows)]
    level, before = _ended(site, rows)
    subtitle = _("%(name)s, %(year)s: students absent on 10 percent or more of their days so far, percent of students")
    subtitle %= parts.values(site)
    text = _("%(month)s: %(share)s.")
    said = [text % {"month": month_name(r["month"]), "share": numbers.percent(r)} for r in now]
    said += [*before, months.beside(panels)]
    return parts.shown(
        view,
        site,
        (CHRONIC,),
        rows,
        key="pace",
        headline=_("Chronic absence to date, month by month"),
        subtitle=subtitle,
        table=_by_month(rows, subtitle),
        figure=months.drawn(panels, site, level=level),
        notes=(months.marked(panels),),
        words=tuple(said),
        alt=_("A line by month. %(words)s") % {"words": " ".join(said)},
    )


def _ended(site: Site, rows: list[dict]) -> tuple[tuple[float, str] | None, list[str]]:
    """Where last year ended: as a line across with its name, and as a sentence; nothing where that is not shown."""
    ended = local.ended(site.month)
    last = local.one(rows, month=ended)
    found = numbers.rate(last) if last else None
    if found is None:
        return None, []
    values = {"before": parts.year_name(ended), "share": numbers.percent(last)}
    text = _("At the end of %(before)s it was %(share)s. A share to date moves during the year, so the two are no verdict.")
    return (float(found.percent), _("end of %(before)s") % values), [text % values]


def _by_month(rows: list[dict], caption: str) -> Table:
    return parts.table(_("Month"), caption, rows, [month_name(r["month"]) for r in rows])


LEAD = Exhibit("lead", build_lead)
KEY_NUMBERS = Exhibit("key", build_key, title=_("Key numbers so far"))
PACE = Exhibit("pace", build_pace, "half", title=_("Chronic absence to date, month by month"))
