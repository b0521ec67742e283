"""Services: need against reach, school by school. No score is made, and no school is ranked."""

from components import local, service_log
from components import local_numbers as numbers
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.figures.need_reach import need_reach, numbered
from components.i18n import _
from components.tables import Table
from components.view import View
from components.words import names

NEED, REACH = "chronic_to_date", "reach_in_need"
MOST_NAMED = 8
WIDE = 30
"""Points from which on the range of a school's reach is so wide that its dot is hollow."""


def build_need(view: View, ask: Ask) -> Shown:
    """Each school of the district by its need and its reach among students in need; the withheld ones by name."""
    site = local.site(view, ask)
    schools = local.schools(site)
    found = local.read([NEED, REACH], [site.district, *schools], [site.month])
    rows = [r for r in found if r["student_group"] == "TA"]
    if not any(r["measure"] == REACH for r in rows):
        service_log.require_students(site)
        raise Unanswerable(_("Need beside reach takes an attendance file and a service log with student keys."))
    called = parts.place_names([site.district, *schools], ask)
    order = sorted(schools, key=lambda e: called.get(e, e))
    points = [p for e in order if (p := _point(e, called, rows))]
    whole = _point(site.district, called, rows)
    values = {**parts.values(site), "name": called.get(site.district, "")}
    subtitle = _("Schools of %(name)s, %(so_far)s: how many are in need, and how many of those had support. Hollow: a wide range")
    subtitle %= values
    hidden = [called.get(e, e) for e in order if e not in {p["entity"] for p in points}]
    said = _need_words(points, whole)
    faded = parts.grayed(site)
    center = (whole["x"], whole["y"]) if whole else None
    figure = need_reach(points, site.entity, center, f"{values['name']} · {values['so_far']}", bool(faded))
    return parts.shown(
        view,
        site,
        (NEED, REACH),
        rows,
        key="need",
        headline=_("Need beside reach, school by school"),
        subtitle=subtitle,
        table=_need_table(order, called, rows, subtitle),
        figure=figure if len(points) > 1 else None,
        words=(*(p["said"] for p in points[:1] if len(points) == 1), *said),
        notes=(
            service_log.not_followed(view),
            faded,
            _key(points, site.entity) if len(points) > 1 else "",
            parts.undrawn(hidden),
            _("Schools stand in the order of their names. No score is made, and no school is ranked."),
        ),
        alt=_("A dot a school, need across and reach upwards. %(words)s") % {"words": " ".join(said)},
        extra={"names": called},
    )


def _key(points: list[dict], mine: str) -> str:
    """Whose number stands in which dot."""
    number = numbered(points, mine)
    pairs = [_("%(n)s %(name)s") % {"n": number[p["entity"]], "name": p["name"]} for p in points if p["entity"] in number]
    return _("In the dots: %(names)s.") % {"names": ", ".join(pairs)} if pairs else ""


def _point(entity: str, called: dict[str, str], rows: list[dict]) -> dict | None:
    pair = [local.one(rows, measure=m, entity=entity) for m in (NEED, REACH)]
    shares = [numbers.rate(r) if r else None for r in pair]
    if shares[0] is None or shares[1] is None:
        return None
    name = called.get(entity, entity)
    told = _("need %(need)s, reach %(reach)s") % {"need": numbers.percent(pair[0]), "reach": numbers.percent(pair[1])}
    within = numbers.interval(pair[1], "chronic_supported") if pair[1] else None
    return {
        "entity": entity,
        "name": name,
        "x": float(shares[0].percent),
        "y": float(shares[1].percent),
        "told": told,
        "said": _("%(name)s: %(told)s.") % {"name": name, "told": told},
        "rows": pair,
        "wide": within is None or within[1] - within[0] > WIDE,
    }


def _need_words(points: list[dict], whole: dict | None) -> list[str]:
    if not points:
        return [_("Nothing may be drawn: the counts are withheld.")]
    if not whole:
        return [_("The shares of the district as a whole are withheld, so no school is set beside it.")]
    out = [_("The district as a whole: %(said)s.") % {"said": whole["told"]}]
    texts = {
        "more_less": _("More need and less reach than the district, beyond chance and rounding on both: %(names)s."),
        "more_more": _("More need and more reach than the district, beyond chance and rounding on both: %(names)s."),
    }
    for key, text in texts.items():
        apart = [p["name"] for p in points if _where(p, whole) == key]
        if apart:
            out.append(text % {"names": names(apart, MOST_NAMED)})
    return out if len(out) > 1 else [*out, _("No school stands apart from the district on both beyond chance and rounding.")]


def _where(point: dict, whole: dict) -> str:
    """In which corner a school stands for certain: its ranges and the district's do not touch."""
    facts = ("chronic", "chronic_supported")
    spans = [numbers.interval(r, f) for r, f in zip(point["rows"], facts, strict=True)]
    district = [numbers.interval(r, f) for r, f in zip(whole["rows"], facts, strict=True)]
    if not all(spans) or not all(district) or spans[0][0] <= district[0][1]:  # type: ignore[index]
        return ""
    if spans[1][1] < district[1][0]:  # type: ignore[index]
        return "more_less"
    return "more_more" if spans[1][0] > district[1][1] else ""  # type: ignore[index]


def _need_table(order: list[str], called: dict[str, str], rows: list[dict], caption: str) -> Table:
    columns = (
        Column("name", _("School"), "place"),
        Column("need", _("Chronic absence to date"), "number"),
        Column("need_span", _("95 percent range"), "number"),
        Column("reach", _("Reach among students in need"), "number"),
        Column("reach_span", _("95 percent range"), "number"),
    )
    lines = []
    for entity in order:
        need, reach = (local.one(rows, measure=m, entity=entity) for m in (NEED, REACH))
        lines.append(
            {
                "entity": entity,
                "name": called.get(entity, entity),
                "need": numbers.percent(need),
                "need_span": numbers.span(need, "chronic") if need else "–",
                "reach": numbers.percent(reach),
                "reach_span": numbers.span(reach, "chronic_supported") if reach else "–",
            }
        )
    return Table(caption, columns, tuple(lines))


NEED_REACH = Exhibit("need", build_need, title=_("Need beside reach, school by school"))
