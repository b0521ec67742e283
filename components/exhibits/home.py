"""Home: the state in one sentence, and the counties as a map with its table."""

from dataclasses import replace

from components import words
from components.exhibit import Ask, Exhibit, Shown, Unanswerable
from components.exhibits.sourcing import source_line, why
from components.facts import STATE, Fact, rows, year_of
from components.figures.county_map import classes, county_map
from components.i18n import _, percent, school_year
from components.tables import export_frame, place_table
from components.view import View


def state_fact(view: View, ask: Ask) -> Fact:
    """The state's fact of the view's indicator, group and year. Raises Unanswerable where the file has none."""
    return place_fact(view, ask, STATE, "state")


def place_fact(view: View, ask: Ask, entity: str, level: str) -> Fact:
    """One place's fact with the year before beside it. Raises Unanswerable where it has none."""
    frame = ask("ranking", indicator=view.indicator, student_group=view.group, year=year_of(view, ask), level=level, region=None, county=None,
                cohort=None, entities=[entity])
    found = list(rows(frame))
    if not found:
        raise Unanswerable(_("There is no number for this place, year and student group. Choose another year or student group."))
    return found[0]


def build_state(view: View, ask: Ask) -> Shown:
    """The state in one sentence, with its verdict."""
    view = replace(view, year=None)
    fact = state_fact(view, ask)
    sentence = words.count_sentence(fact, view, fact.year)
    return Shown(
        "state", words.headline(fact, view), " ".join((sentence, words.change_sentence(fact, view))),
        place_table([fact], view, _("California, %(year)s") % {"year": school_year(fact.year)}), export_frame([fact], view),
        words=(sentence, words.change_sentence(fact, view)), source=source_line(view, view.build, fact.year), notes=words.caveats(view, "state"),
        why=why(view, view.build, "ranking", fact.year), extra={"kicker": _("California's community schools"), "crumbs": [], "next": []},
    )


def build_map(view: View, ask: Ask) -> Shown:
    """Every county's rate as a filled shape; the table has the same in words."""
    year = year_of(view, ask)
    frame = ask("ranking", indicator=view.indicator, student_group=view.group, year=year, level="county", region=None, county=None, cohort=None, entities=None)
    facts = list(rows(frame))
    ranked = sorted((f for f in facts if f.ranked(view)), key=lambda f: (f.rate, f.name))
    values = {"measure": _(view.measure.title), "year": school_year(year)}
    said = []
    if ranked:
        low, high = ranked[0], ranked[-1]
        said.append(_("Rates run from %(low)s in %(first)s to %(high)s in %(last)s.") % {
            "low": percent(low.rate), "first": low.name, "high": percent(high.rate), "last": high.name})  # type: ignore[arg-type]
        said.append(_("Each shade holds about a fifth of the counties; a darker shade means a higher rate, not a worse school."))
    if not classes(facts, view):
        said.append(_("There are too few counties with numbers to part them into shades."))
    said += words.left_out(facts, year)
    few = [f.name for f in facts if f.counts.known and not f.ranked(view)]
    if few:
        said.append(_("Fewer than %(n)s students, so without a shade: %(names)s.") % {"n": view.measure.min_rank, "names": ", ".join(few)})
    return Shown(
        "county_map", _("%(measure)s by county") % values, _("Percent of students, %(year)s, 58 counties") % values,
        place_table(sorted(facts, key=lambda f: f.name), view, _("%(measure)s by county, %(year)s") % values), export_frame(facts, view),
        figure=county_map(facts, view), words=tuple(said), source=source_line(view, view.build, year), notes=words.caveats(view, "county"),
        alt=_("Map of California's 58 counties shaded by %(measure)s in %(year)s. The table holds every number.") % values,
        why=why(view, view.build, "ranking", year),
    )


STATE_LEAD = Exhibit("state", build_state)
COUNTY_MAP = Exhibit("county_map", build_map)
