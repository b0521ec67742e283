"""Key numbers: the few figures that stand on every place, each with its verdict. Only what the build can prove."""

from components import charters, facts, tables, units, words
from components.exhibit import Ask, Shown
from components.exhibits import sourcing
from components.i18n import _, number, school_year
from components.verdict import CERTAIN, Kind, Verdict
from components.view import View
from data import registry
from data.registry import Indicator

KEY = ("chronic_absenteeism_rate", "suspension_rate")
"""The two indicators that stand on every place."""


def other_than(indicator: Indicator) -> Indicator:
    """The key indicator of another file family."""
    return next(registry.indicators[name] for name in KEY if registry.indicators[name].family != indicator.family)


def others_than(indicator: Indicator) -> list[Indicator]:
    """The key indicators of other file families, as a way on."""
    return [registry.indicators[name] for name in KEY if registry.indicators[name].family != indicator.family]


def now(view: View, ask: Ask, indicator: Indicator, place: dict) -> tuple[dict, Verdict] | None:
    """An indicator's record and verdict at the place, or None where the build has no file for it or not that year."""
    years = facts.years_of(indicator.name, ask, place["level"])
    year = facts.year_at(place, view, ask, indicator.name) if years else 0
    if year not in years:
        return None
    row = facts.single(place["entity"], place["level"], indicator, facts.group_for(indicator, view.group), year, ask)
    return row, facts.verdict_of(row, indicator)


def build_key_numbers(view: View, ask: Ask) -> Shown:
    """Up to four numbers with their verdicts: the two key indicators, the students counted, the community schools."""
    place = facts.place_of(facts.entity_of(view), ask)
    cards: list[dict] = []
    found = [(registry.indicators[name], now(view, ask, registry.indicators[name], place)) for name in KEY]
    rows = [(indicator, now[0], now[1]) for indicator, now in found if now]
    for indicator, row, verdict in rows:
        cards.append(_card(indicator, row, verdict))
    counted = [r for _i, r, _v in rows if r["denominator"] is not None and r["status"] in facts.SHOWN]
    if counted:
        row, indicator = counted[-1], rows[[r for _i, r, _v in rows].index(counted[-1])][0]
        cards.append(
            {
                "title": _("Students counted"),
                "value": number(row["denominator"]),
                "unit": "",
                "tag": "",
                "tag_kind": "none",
                "detail": _("%(what)s, %(group)s, %(year)s")
                % {
                    "what": _(indicator.denominator_short).capitalize(),
                    "group": words.population(indicator, row["student_group"], row["year"]),
                    "year": school_year(row["year"]),
                },
            }
        )
    if place["level"] != "school" and place.get("grantee_schools"):
        cards.append(
            {
                "title": _("Community schools"),
                "value": number(place["grantee_schools"]),
                "unit": "",
                "tag": "",
                "tag_kind": "none",
                "detail": _("of %(n)s schools, by the list of grantees in this build") % {"n": number(place.get("schools") or 0)},
            }
        )
    parts = [tables.indicator_rows(indicator, row) for indicator, row, _v in rows]
    table, frame = tables.of_key_numbers(parts, _("%(name)s: key numbers") % {"name": place["name"]})
    measured = [(i, {r["year"], r["year"] - 1}) for i, r, _v in rows]
    behind: dict[str, set[int] | None] = {i.family: years for i, years in measured}
    if any(card["title"] == _("Community schools") for card in cards):
        behind["grantees"] = None
    return Shown(
        key="key_numbers",
        headline=_("Key numbers"),
        subtitle=_("%(name)s, newest year of each file or the year chosen") % {"name": place["name"]},
        table=table,
        rows=lambda: frame,
        words=tuple(s for i, r, v in rows for s in (words.counted(i, r), words.explain(v, r["year"], r["denominator"]))),
        source=sourcing.source_of(view, behind),
        notes=tuple(dict.fromkeys(n for i, r, _v in rows for n in _notes(i, r))),
        why=(*_schools_counted(place["level"], rows), *sourcing.why_of(view, measured, "ranking")),
        build=sourcing.build_id(view),
        extra={"facts": cards},
    )


def _card(indicator: Indicator, row: dict, verdict: Verdict) -> dict:
    """One key number. Where a status hides counts, the card names the status and no number of students."""
    rate = facts.exact(row)
    shown = row["status"] in facts.SHOWN and rate is not None
    detail = [words.card_detail(indicator, row)]
    if verdict.kind in CERTAIN:
        detail.insert(0, _("More than chance."))
    elif verdict.kind is Kind.CHANCE and verdict.change:
        detail.insert(
            0,
            (_("Down %(points)s.") if verdict.change < 0 else _("Up %(points)s.")) % {"points": words.points(verdict)},
        )
    return {
        "title": _(indicator.title),
        "value": units.bare(indicator.unit, rate) if shown and rate is not None else facts.display(row),
        "unit": "%" if shown else "",
        "tag": words.tag(verdict) if shown else "",
        "tag_kind": words.tag_kind(verdict),
        "detail": " ".join(detail),
    }


def _schools_counted(level: str, rows: list[tuple[Indicator, dict, Verdict]]) -> list[tuple[str, str]]:
    """Of a district: whether its numbers count its charter schools. Another place has no such question."""
    said = dict.fromkeys(note for indicator, _row, _verdict in rows for note in charters.notes(indicator.family, level))
    return [(_("Charter schools"), " ".join(said))] if said else []


def _notes(indicator: Indicator, row: dict) -> tuple[str, ...]:
    return words.notes(indicator, row["student_group"], row["level"], row["year"], row["year"])
