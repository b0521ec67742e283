"""Services: how long from a referral to the first service, what is still open, and how many older referrals are closed."""

from components import local, service_log
from components import local_numbers as numbers
from components.exhibit import Ask, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.i18n import _
from components.local import Site
from components.tables import Table
from components.view import View

REFERRALS = ("referral_to_service", "referral_closure")


def build_referrals(view: View, ask: Ask) -> Shown:
    """First service within 10 school days, the waits, what is still open, and how many older referrals are closed."""
    site = local.site(view, ask)
    rows = local.read(list(REFERRALS), [site.entity], [site.month])
    waits = {r["band"]: r for r in local.counted(["referral_wait"], [site.entity], [site.month])}
    if not rows:
        service_log.require_students(site)
        raise Unanswerable(_("No referral stands in the service log: fill in referral_id and referral_date to see the wait."))
    met, closed = (local.one(rows, measure=name) for name in REFERRALS)
    labels = local.bands("wait")
    banded = [_wait_row(waits.get(band), band, met, site) for band in labels]
    subtitle = _("%(name)s, %(so_far)s: referrals made at least 10 school days ago, by the wait for the first service")
    subtitle %= parts.values(site)
    return parts.barred(
        view,
        site,
        banded,
        list(labels.values()),
        label=_("Wait"),
        faded=parts.grayed(site),
        names=REFERRALS,
        table=_table(rows, banded, labels, subtitle),
        key="referrals",
        headline=_headline(met),
        subtitle=subtitle,
        said=_words(met, closed, waits),
        notes=(
            service_log.not_followed(view),
            _("Each bar is rounded by itself, so bars need not add up to the range above.") if met and numbers.rate(met) else "",
            _("Open referrals count among those due: leaving them out would make the wait look shorter."),
        ),
    )


def _headline(met: dict | None) -> str:
    if met is None or numbers.rate(met) is None:
        return _("How long the first service takes")
    return _("First service within 10 school days: %(share)s") % {"share": numbers.ranged(met, "referrals_met")}


def _table(rows: list[dict], banded: list[dict], labels: dict[str, str], caption: str) -> Table:
    return parts.table(_("What"), caption, [*rows, *banded], [*map(parts.measure_title, rows), *labels.values()])


def _wait_row(wait: dict | None, band: str, met: dict | None, site: Site) -> dict:
    """A wait band as a row of the measure: its rounded count over the rounded referrals due."""
    value = wait["value"] if wait else None
    due = met["denominator"] if met else None
    return {
        "measure": "referral_to_service", "entity": site.entity, "level": site.place["level"], "month": site.month, "span": "ytd",
        "service": "all", "student_group": "TA", "band": band, "numerator": value, "denominator": due,
        "status": "published" if value is not None and due is not None else "withheld",
    }  # fmt: skip


def _words(met: dict | None, closed: dict | None, waits: dict[str, dict]) -> list[str]:
    return [text for text in (_met(met), _open(waits.get("open")), _closed(closed)) if text]


def _met(met: dict | None) -> str:
    if met is None:
        return ""
    if numbers.rate(met) is None:
        return _("How many referrals had a service within 10 school days is withheld, so that no student can be told from it.")
    values = {"share": numbers.percent(met), "n": numbers.count(met["denominator"], "referrals_due")}
    return _("Of %(n)s referrals made at least 10 school days ago, %(share)s had a first service within 10 school days.") % values


def _open(still: dict | None) -> str:
    if still is None:
        return ""
    if still["value"] is None:
        return _("How many are still without a service is withheld.")
    return _("Still without a service: %(n)s. How long they will take is not known.") % {"n": numbers.count(still["value"])}


def _closed(closed: dict | None) -> str:
    if closed is None:
        return ""
    if numbers.rate(closed) is None:
        return _("The share of older referrals with a service or an outcome is withheld, so that no student can be told from it.")
    values = {"share": numbers.percent(closed), "n": numbers.count(closed["denominator"], "referrals_old")}
    return _("Of %(n)s referrals opened at least 30 days ago, %(share)s have a service or a documented outcome.") % values


WAITS = Exhibit("referrals", build_referrals, "half", title=_("How long the first service takes"))
