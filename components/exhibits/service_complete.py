"""Services: how complete the district's records are. A share only: how many records there are is not published."""

from components import local
from components import local_numbers as numbers
from components.dates import month_name
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.i18n import _
from components.tables import Table
from components.view import View


def build_completeness(view: View, ask: Ask) -> Shown:
    """The share of records of each file that have what they need. Below 90 percent, what stands on them is drawn in gray."""
    site = local.site(view, ask)
    rows = parts.completeness(site)
    if not rows:
        raise Unanswerable(_("This publication does not say how complete its records are."))
    labels = {**local.bands("feed"), "all": _("All files")}
    rows.sort(key=lambda r: list(labels).index(r["band"]))
    said = [_words(labels[r["band"]], r) for r in rows] + _weeks(local.manifest(site.publication).get("coverage", []), labels)
    names = parts.place_names([site.district], ask)
    values = {"name": names.get(site.district, ""), "month": month_name(int(site.publication["through"]))}
    subtitle = _("%(name)s, all records through %(month)s: those with a valid student or headcount, date and type") % values
    low = [r for r in rows if (f := numbers.rate(r)) and f.percent < local.COMPLETE]
    columns = (Column("label", _("File")), Column("rate", _("Share of complete records"), "number"))
    return parts.shown(
        view,
        site,
        ("completeness",),
        rows,
        True,
        key="completeness",
        headline=_("Some records are incomplete: see before you read on") if low else _("How complete the records are"),
        subtitle=subtitle,
        table=Table(subtitle, columns, tuple({"label": labels[r["band"]], "rate": numbers.percent(r)} for r in rows)),
        words=tuple(said),
        extra={"names": names},
    )


def _words(feed: str, row: dict) -> str:
    values = {"feed": feed, "share": numbers.percent(row)}
    if numbers.rate(row):
        return _("%(feed)s: %(share)s of the records are complete.") % values
    return _("%(feed)s: withheld.") % values


def _weeks(coverage: list[dict], labels: dict[str, str]) -> list[str]:
    text = _("%(feed)s: %(weeks)s of %(of)s weeks have records.")
    return [text % {"feed": labels.get(c["feed"], c["feed"]), "weeks": c["weeks"], "of": c["of"]} for c in coverage]


COMPLETENESS = Exhibit("completeness", build_completeness, title=_("How complete the records are"))
