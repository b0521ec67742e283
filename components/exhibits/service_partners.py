"""Services: which school has an active partner under which pillar, and where none is logged. Partners, never students."""

from components import local, service_log
from components import local_numbers as numbers
from components.exhibit import Ask, Column, Exhibit, SaidAbove, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.i18n import _, ngettext, number
from components.local import Site
from components.service_log import Log
from components.tables import Table
from components.view import View
from components.words import names

MOST_NAMED = 12


def build_partners(view: View, ask: Ask) -> Shown:
    """Schools by pillar: partners with a delivered service in the last 90 days of the month. Zero is a gap in the log."""
    site = local.site(view, ask)
    schools = local.schools(site) if site.place["level"] == "district" else [site.entity]
    rows = [r for r in local.read(["active_partners"], schools, [site.month]) if r["service"] in local.pillars()]
    if not any(r["numerator"] for r in rows):
        raise _nobody(rows, site)
    called = parts.place_names(schools, ask)
    order = sorted(schools, key=lambda e: called.get(e, e))
    pillars = [view.pillar] if view.pillar else local.pillars()
    counts = {(r["entity"], r["service"]): r["numerator"] for r in rows}
    subtitle = _("%(name)s: partners with at least one delivered service in the 90 days to the end of %(month)s")
    subtitle %= parts.values(site)
    cells = {(e, p): _cell(counts, e, p) for e in order for p in pillars}
    gaps = sum(counts.get((e, p)) == 0 for e in order for p in pillars)
    grid = {
        "caption": subtitle,
        "corner": _("School"),
        "look": "glance named",
        "columns": [(local.pillar_name(p), "") for p in pillars],
        "rows": [(called.get(e, e), "", e == site.entity, [cells[e, p] for p in pillars]) for e in order],
        "legend": [],
    }
    columns = (Column("name", _("School"), "place"), *(Column(p, local.pillar_name(p), "number") for p in pillars))
    lines = [{"entity": e, "name": called.get(e, e), **{p: cells[e, p][0] for p in pillars}} for e in order]
    said = [*_words(order, pillars, counts, called), *_named(site, pillars)]
    return parts.shown(
        view,
        site,
        ("active_partners",),
        [r for r in rows if r["service"] in pillars],
        key="partners",
        headline=_headline(gaps, view),
        subtitle=subtitle,
        table=Table(subtitle, columns, tuple(lines)),
        words=tuple(said),
        notes=(
            service_log.not_followed(view, pillar=True),
            _("Only providers that the service log names are counted. “None logged” may be a gap in the log."),
        ),
        alt=_("A table of schools by pillar. %(words)s") % {"words": " ".join(said)},
        extra={"grid": grid, "names": called},
    )


def _cell(counts: dict, entity: str, pillar: str) -> tuple[str, str]:
    value = counts.get((entity, pillar))
    if value is None:
        return numbers.absent(), "none"
    return (number(value), "s1") if value else (_("none logged"), "none")


def _nobody(rows: list[dict], site: Site) -> Unanswerable:
    """Where no partner was active at all, the log is empty for these days: that is no gap of any one school."""
    log = service_log.of(site)
    if not rows and log is Log.NONE:
        return SaidAbove(service_log.sentence(log, site))
    if not rows:
        return Unanswerable(_("The service log names no provider."))
    text = _("No partner has a delivered service in the 90 days to the end of %(month)s, at any school.")
    return Unanswerable(text % parts.values(site))


def _headline(gaps: int, view: View) -> str:
    if view.pillar:
        values = {"pillar": local.pillar_name(view.pillar), "n": number(gaps)}
        text = ngettext(
            "%(pillar)s: %(n)s school without an active partner", "%(pillar)s: %(n)s schools without an active partner", gaps
        )
        return (text if gaps else _("%(pillar)s: an active partner at every school")) % values
    if not gaps:
        return _("Every pillar has an active partner at every school")
    text = ngettext("%(n)s gap: a pillar without an active partner", "%(n)s gaps: pillars without an active partner", gaps)
    return text % {"n": number(gaps)}


def _words(order: list[str], pillars: list[str], counts: dict, called: dict[str, str]) -> list[str]:
    out = []
    for pillar in pillars:
        without = [called.get(e, e) for e in order if counts.get((e, pillar)) == 0]
        values = {
            "pillar": local.pillar_name(pillar),
            "names": names(without, MOST_NAMED, len(without)),
            "n": number(len(without)),
        }
        if without:
            out.append(_("%(pillar)s: no active provider logged at %(names)s.") % values)
        else:
            out.append(_("%(pillar)s: no school is without an active provider.") % values)
    return out


def _named(site: Site, pillars: list[str]) -> list[str]:
    """Partners by name, as the district's directory has them. They stand beside no number."""
    listed = local.partners(site)
    if site.place["level"] == "school":
        listed = listed[listed["school"] == site.entity]
    out = []
    for pillar in pillars:
        found = sorted(set(listed.loc[listed["pillar"] == pillar, "name"]))
        if found:
            values = {"pillar": local.pillar_name(pillar), "names": names(found, MOST_NAMED, len(found))}
            out.append(_("In the district’s partner directory, %(pillar)s: %(names)s.") % values)
    return out


PARTNERS = Exhibit("partners", build_partners, title=_("Partners by school and pillar"))
