"""Services: how often students got them, and how long it took from a referral to the first one."""

from components import local, local_bands
from components import local_numbers as numbers
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.exhibits.service_reach import no_log
from components.figures.local_bars import local_bars
from components.i18n import _
from components.local import Site
from components.tables import Table
from components.view import View


def build_dosage(view: View, ask: Ask) -> Shown:
    """Students served by their number of contacts so far, a row a pillar, with the band of the middle student."""
    site = local.site(view, ask)
    rows = local.read(["dosage"], [site.entity], [site.month])
    wanted = [view.pillar] if view.pillar else local.pillars()
    rows = [r for r in rows if r["service"] in wanted]
    if not rows:
        raise Unanswerable(_("Contacts of each student take a service log with student keys: a log of headcounts has none."))
    labels = local.bands("contacts")
    said = [_dosage_words(pillar, rows, labels) for pillar in wanted]
    values = {"name": site.place["name"], "month": parts.month_name(site.month)}
    subtitle = _("%(name)s, July to %(month)s: students served under each pillar by their contacts so far") % values
    faded = parts.grayed(site)
    grid_rows = [
        (local.pillar_name(p), "", False, [_shade(local.one(rows, service=p, band=b), bool(faded)) for b in labels])
        for p in wanted
    ]
    grid = {
        "caption": _("About what share of students served had how many contacts"),
        "corner": _("Pillar"),
        "look": "glance",
        "columns": [(label, "") for label in labels.values()],
        "rows": [(name, href, mine, cells) for name, href, mine, cells in grid_rows],
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
        table=_dosage_table(rows, wanted, labels, subtitle),
        words=(*said, _("More contacts are not better or worse by themselves: needs differ.")),
        notes=(faded,),
        alt=_("A table of pillars by number of contacts. %(words)s") % {"words": " ".join(said)},
        extra={"grid": grid},
    )


def _dosage_words(pillar: str, rows: list[dict], labels: dict[str, str]) -> str:
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


SHADES = (10, 25, 50)
"""Percents from which a cell of the dosage table is darker."""


def _shade(row: dict | None, faded: bool) -> tuple[str, str]:
    found = numbers.rate(row) if row else None
    if found is None:
        return numbers.percent(row), "none"
    look = "" if faded else f"s{1 + sum(found.percent >= least for least in SHADES)}"
    return numbers.brief(row), look


def _dosage_table(rows: list[dict], pillars: list[str], labels: dict[str, str], caption: str) -> Table:
    measure = local.measures()["dosage"]
    lines = [
        {"band": label, "label": local.pillar_name(p), **parts.cells(local.one(rows, service=p, band=b), measure)}
        for p in pillars
        for b, label in labels.items()
    ]
    return Table(caption, parts.columns(_("Pillar"), measure, Column("band", _("Contacts"))), tuple(lines))


REFERRALS = ("referral_to_service", "referral_closure")


def build_referrals(view: View, ask: Ask) -> Shown:
    """First service within 10 school days, the waits, what is still open, and how many older referrals are closed."""
    site = local.site(view, ask)
    rows = local.read(list(REFERRALS), [site.entity], [site.month])
    waits = {r["band"]: r for r in local.counted(["referral_wait"], [site.entity], [site.month])}
    if not rows:
        raise Unanswerable(_("No referral stands in the service log: fill in referral_id and referral_date to see the wait."))
    met, closed = (local.one(rows, measure=name) for name in REFERRALS)
    banded = [_wait_row(waits.get(band), band, met, site) for band in local.bands("wait")]
    labels = local.bands("wait")
    values = {"name": site.place["name"], "month": parts.month_name(site.month)}
    subtitle = (
        _("%(name)s, July to %(month)s: referrals made at least 10 school days ago, by the wait for the first service") % values
    )
    faded = parts.grayed(site)
    said = _referral_words(met, closed, waits)
    bars: list = [(labels[r["band"]], [(_percent(r), numbers.percent(r))]) for r in banded]
    columns = parts.columns(_("What"), local.measures()["referral_to_service"])
    lines = [{"label": _(local.measures()[r["measure"]].title), **parts.cells(r, local.measures()[r["measure"]])} for r in rows]
    lines += [{"label": labels[r["band"]], **parts.cells(r, local.measures()["referral_to_service"])} for r in banded]
    return parts.shown(
        view,
        site,
        REFERRALS,
        [*rows, *banded],
        True,
        key="referrals",
        headline=_("First service within 10 school days: %(share)s") % {"share": numbers.bare(met)}
        if met and numbers.rate(met)
        else _("How long the first service takes"),
        subtitle=subtitle,
        table=Table(subtitle, columns, tuple(lines)),
        figure=local_bars(bars, f"{values['name']} · {values['month']}", bool(faded)),
        words=tuple(said),
        notes=(faded, _("Open referrals count among those due: leaving them out would make the wait look shorter.")),
        alt=_("Bars by length of the wait. %(words)s") % {"words": " ".join(said)},
    )


def _percent(row: dict) -> float | None:
    found = numbers.rate(row)
    return found.percent if found else None


def _wait_row(wait: dict | None, band: str, met: dict | None, site: Site) -> dict:
    """A wait band as a row of the measure: its rounded count over the rounded referrals due."""
    value = wait["value"] if wait else None
    due = met["denominator"] if met else None
    return {
        "measure": "referral_to_service", "entity": site.entity, "level": site.place["level"], "month": site.month, "span": "ytd",
        "service": "all", "student_group": "TA", "band": band, "numerator": value, "denominator": due,
        "status": "published" if value is not None and due is not None else "withheld",
    }  # fmt: skip


def _referral_words(met: dict | None, closed: dict | None, waits: dict[str, dict]) -> list[str]:
    out = []
    if met and numbers.rate(met):
        values = {"share": numbers.percent(met), "n": numbers.count(met["denominator"], "referrals_due")}
        out.append(
            _("Of %(n)s referrals made at least 10 school days ago, %(share)s had a first service within 10 school days.")
            % values
        )
    elif met:
        out.append(
            _("How many referrals had a service within 10 school days is withheld, so that no student can be told from it.")
        )
    still = waits.get("open")
    if still and still["value"] is not None:
        out.append(
            _("Still without a service: %(n)s. How long they will take is not known.") % {"n": numbers.count(still["value"])}
        )
    elif still:
        out.append(_("How many are still without a service is withheld."))
    if closed and numbers.rate(closed):
        values = {"share": numbers.percent(closed), "n": numbers.count(closed["denominator"], "referrals_old")}
        out.append(
            _("Of %(n)s referrals opened at least 30 days ago, %(share)s have a service or a documented outcome.") % values
        )
    elif closed:
        out.append(
            _("The share of older referrals with a service or an outcome is withheld, so that no student can be told from it.")
        )
    return out


def build_completeness(view: View, ask: Ask) -> Shown:
    """How many records of each file have what they need. Below 90 percent, what stands on them is drawn in gray."""
    site = local.site(view, ask)
    rows = local.read(["completeness"], [site.entity], [site.month])
    if not rows:
        raise Unanswerable(no_log())
    labels = {**local.bands("feed"), "all": _("All files")}
    rows.sort(key=lambda r: list(labels).index(r["band"]))
    measure = local.measures()["completeness"]
    said = [_complete_words(labels[r["band"]], r) for r in rows]
    coverage = local.manifest(site.publication).get("coverage", [])
    said += [
        _("%(feed)s: %(weeks)s of %(of)s weeks have records.")
        % {"feed": labels.get(c["feed"], c["feed"]), "weeks": c["weeks"], "of": c["of"]}
        for c in coverage
    ]
    values = {"name": site.place["name"], "month": parts.month_name(site.month)}
    subtitle = _("%(name)s, July to %(month)s: records with a valid student or headcount, date and type") % values
    low = [r for r in rows if (f := numbers.rate(r)) and f.percent < local.COMPLETE]
    return parts.shown(
        view,
        site,
        ("completeness",),
        rows,
        True,
        key="completeness",
        headline=_("Some records are incomplete: see before you read on") if low else _("How complete the records are"),
        subtitle=subtitle,
        table=Table(
            subtitle,
            parts.columns(_("File"), measure),
            tuple({"label": labels[r["band"]], **parts.cells(r, measure)} for r in rows),
        ),
        words=tuple(said),
    )


def _complete_words(feed: str, row: dict) -> str:
    values = {"feed": feed, "share": numbers.percent(row)}
    if numbers.rate(row):
        return _("%(feed)s: %(share)s of the records are complete.") % values
    return _("%(feed)s: withheld.") % values


DOSAGE = Exhibit("dosage", build_dosage, "half")
WAITS = Exhibit("referrals", build_referrals, "half")
COMPLETENESS = Exhibit("completeness", build_completeness)
