"""Similar places: the recipe by which they are found, and the list on a place's page."""

import numpy as np

from components import facts, recipe, similar, tables, units, words
from components.exhibit import Ask, Column, Exhibit, Shown, Table, Unanswerable
from components.exhibits import sourcing
from components.exhibits.bright_spots import bright, itself, judged
from components.i18n import _, decimal, ngettext, number, school_year
from components.recipe import CHARACTERISTICS, Characteristic
from components.view import View
from data.registry import Indicator

CLOSE = 1.0
"""Farther away than so many standard deviations, the nearest place is not close."""


def build_recipe(view: View, ask: Ask) -> Shown:
    """The chosen place and its ten similar places with every characteristic, its weight and the distance."""
    if view.peers != "similar":
        return _plain_recipe(view, "recipe")
    found = facts.similar_to(view, ask)
    weights = recipe.weights(view.weights)
    place = facts.place_of(found.entity, ask)
    used = [c for c in CHARACTERISTICS if similar.has(c, found.pool)]
    lines = recipe_lines(found, used, ask)
    subtitle = _("The %(n)s places nearest to %(name)s of %(every)s of its kind. %(source)s") % {
        "n": len(found.peers),
        "name": place["name"],
        "every": number(found.compared + 1),
        "source": source_of(found.pool),
    }
    columns = (
        Column("name", _("Place"), "place"),
        Column("distance", _("Distance"), "number"),
        *(Column(c.key, _heading(c, weights[c.key]), "number" if c.kind != "same" else "text") for c in used),
    )
    caption = _("Shares in whole percents of the students")
    table, frame = tables.plain(caption, columns, lines)
    frame.insert(0, "cds_code", [line["entity"] for line in lines])
    return Shown(
        key="recipe",
        headline=_("How the similar places were found"),
        subtitle=subtitle,
        table=table,
        rows=lambda: frame,
        words=tuple(recipe_words(weights, used)),
        why=sourcing.why(view, view.measure, "characteristics", set()),
        build=sourcing.build_id(view),
    )


def _plain_recipe(view: View, key: str) -> Shown:
    """With other peers, and of the state and the regions: what would be compared, in one sentence and a short table."""
    lines = [{"what": c.short(), "weight": number(n)} for c, n in _every(recipe.weights(view.weights))]
    columns = (Column("what", _("Characteristic")), Column("weight", _("Weight"), "number"))
    table, frame = tables.plain(_("What similar places are found by"), columns, lines)
    return Shown(
        key=key,
        headline=_("Similar places"),
        subtitle=_("Counties, districts and schools that are most alike in their students, whatever their outcomes"),
        table=table,
        rows=lambda: frame,
        words=(_("Choose a place, and “Similar places” as peers, to compare it with the ten that are most like it."),),
        why=sourcing.why(view, view.measure, "characteristics", set()),
        build=sourcing.build_id(view),
    )


def _every(weights: dict[str, int]) -> list[tuple[Characteristic, int]]:
    return [(c, weights[c.key]) for c in CHARACTERISTICS]


def _heading(characteristic: Characteristic, weight: int) -> str:
    return characteristic.short() if weight == 1 else _("%(what)s × %(n)d") % {"what": characteristic.short(), "n": weight}


def recipe_lines(found: similar.Similar, used: list[Characteristic], ask: Ask) -> list[dict[str, str]]:
    """One row a place, the chosen one first: shares in whole percents, few and nearly all in words."""
    names = ask("places", entities=[found.entity, *found.peers]).set_index("entity")["name"].astype(str)
    lines = []
    for entity, row, distance in zip((found.entity, *found.peers), found.rows, (0.0, *found.distances), strict=True):
        line = {"entity": entity, "name": names[entity], "distance": decimal(distance, 2)}
        lines.append(line | {c.key: cell(c, found.pool, row) for c in used})
    return lines


def cell(characteristic: Characteristic, pool: similar.Pool, row: int) -> str:
    """A characteristic of a place as it may be shown."""
    if characteristic.kind == "same":
        return str(pool.locale[row]) or "–"
    value = float(pool.values[characteristic.columns[-1]][row])
    students = float(np.exp(pool.values["enrollment"][row]))
    if characteristic.kind == "size":
        return number(round(students)) if value == value else "–"
    if characteristic.kind == "grades":
        share = recipe.shown(value, float(pool.values["counted"][row]))
        return pool.grades[row] or (_("9–12: %(share)s") % {"share": share} if value == value else "–")
    return recipe.shown(value, round(students) if value == value else 0)


def source_of(pool: similar.Pool) -> str:
    """Where the characteristics come from."""
    years = words.names([school_year(y) for y in pool.years])
    if not pool.listed:
        return _("From CDE’s counts of students, %(years)s") % {"years": years}
    if years:
        said = _("From the school list, or where it gives no students from CDE’s counts on census day, %(years)s")
        return said % {"years": years}
    return _("From the school list")


def recipe_words(weights: dict[str, int], used: list[Characteristic]) -> list[str]:
    """The recipe in sentences."""
    parts = [_weighted(c, weights[c.key]) for c in used if weights[c.key]]
    out = [
        _(
            "Nearest in %(what)s. Each difference is in standard deviations among places of the same level and kind; the "
            "distance is the root of their weighted mean square, and 0 is alike in everything. What is unknown is left out."
        )
        % {"what": ", ".join(parts)}
    ]
    out.append(
        _(
            "“Few” is under %(least)s students, “nearly all” all but under %(least)s. From %(blurred)s students on, “under 1 %%” "
            "and “over 99 %%” stand instead, whatever the count. Socioeconomically disadvantaged stands in for the unduplicated "
            "pupil percentage (UPP). No outcome is part of the recipe."
        )
        % {"least": recipe.LEAST, "blurred": number(recipe.BLURRED)}
    )
    none = [c.label() for c in used if not weights[c.key]]
    if none:
        out.append(_("Given no weight: %(what)s.") % {"what": ", ".join(none)})
    absent = [c.label() for c in CHARACTERISTICS if c not in used]
    if absent:
        out.append(_("Not in the files of this build: %(what)s.") % {"what": ", ".join(absent)})
    out.append(_("Choose what counts above, or write it into the link: weights=enrollment:3,foster:0."))
    return out


def _weighted(characteristic: Characteristic, weight: int) -> str:
    values = {"what": characteristic.label(), "n": weight}
    return _("%(what)s (× %(n)d)") % values if weight != 1 else characteristic.label()


def build_similar(view: View, ask: Ask) -> Shown:
    """On a place's page: the ten places most like it, with their published rates and what changed."""
    place = facts.place_of(facts.entity_of(view), ask)
    if place["level"] not in similar.LEVELS:
        return _plain_recipe(view, "similar")
    found = similar.nearest(place["entity"], place["level"], view.weights, ask)
    indicator, year = view.measure, facts.year_at(place, view, ask)
    rows = _rows([found.entity, *found.peers], place["level"], view, year, ask)
    spots = _spots(rows, indicator, year)
    subtitle = _("Most like %(name)s in %(recipe)s; the nearest first") % {
        "name": place["name"],
        "recipe": ", ".join(c.label() for c in CHARACTERISTICS if similar.has(c, found.pool)),
    }
    others = rows[rows["entity"] != found.entity]
    said = [_middle(rows, found.entity, indicator)] if others["ranked"].any() else []
    if found.distances[0] > CLOSE:
        said.append(_not_close(found, others))
    asked = spots[spots["entity"] != found.entity]
    if len(asked):
        text = _(
            "Bright spots: %(names)s. Improved beyond chance, by the median change or more, to the median rate or better: "
            "ask what they do."
        )
        said.append(text % {"names": words.names(list(asked["name"].astype(str)))})
    said += itself(spots, (found.entity,))
    return Shown(
        key="similar",
        headline=_("Similar places"),
        subtitle=subtitle,
        table=_table(rows, found, set(spots["entity"]), indicator, words.subtitle(indicator, view.group, year)),
        rows=lambda: tables.file_frame(rows, indicator),
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year, year - 1}),
        why=sourcing.why(view, indicator, "characteristics", {year}),
        build=sourcing.build_id(view),
    )


def _rows(entities: list[str], level: str, view: View, year: int, ask: Ask) -> facts.Frame:
    """The places' enriched facts of one year, in the order named."""
    asked = {"indicator": view.indicator, "student_group": view.group, "year": year, "level": level}
    frame = ask("ranking", **asked, region=None, county=None, cohort=None, entities=entities)
    if frame.empty:
        raise Unanswerable(_("Nothing is published for these places in %(year)s.") % {"year": school_year(year)})
    at = np.argsort([entities.index(e) for e in frame["entity"]], kind="stable")
    return facts.enrich(frame.iloc[at].reset_index(drop=True), view.measure, year)


def _spots(rows: facts.Frame, indicator: Indicator, year: int) -> facts.Frame:
    """The bright spots of the place and its similar places, by the rule of their page; none where that names nobody."""
    try:
        judged(rows, indicator, year)
    except Unanswerable:
        return rows.iloc[:0]
    return bright(rows, indicator)


def _not_close(found: similar.Similar, others: facts.Frame) -> str:
    names = others.set_index("entity")["name"].astype(str)
    values = {"name": names[found.peers[0]], "distance": decimal(found.distances[0], 2)}
    text = _("None is close: the nearest, %(name)s, is %(distance)s standard deviations away, where 0 is alike in everything.")
    return text % values


def _middle(rows: facts.Frame, entity: str, indicator: Indicator) -> str:
    """Where the place stands among its similar places, by the median of those that have a rate to rank."""
    others = rows[(rows["entity"] != entity) & rows["ranked"]]
    middle = units.amount(indicator.unit, float(others["rate"].median()))
    values = {"middle": middle, "n": number(len(others)), "rank": number(indicator.min_rank)}
    mine = facts.records(rows[(rows["entity"] == entity) & rows["ranked"]])
    text = ngettext(
        "The %(n)s similar place with a rate and %(rank)s students or more stands at %(middle)s.",
        "Of the %(n)s similar places with a rate and %(rank)s students or more, half are under %(middle)s.",
        len(others),
    )
    if mine and mine[0]["rate"] is not None:
        values |= {"name": mine[0]["name"], "own": facts.display(mine[0])}
        text = ngettext(
            "%(name)s stands at %(own)s; the %(n)s similar place with a rate and %(rank)s students or more at %(middle)s.",
            "%(name)s stands at %(own)s; of the %(n)s similar places with a rate and %(rank)s students or more, half are under "
            "%(middle)s.",
            len(others),
        )
    return text % values


def _table(rows: facts.Frame, found: similar.Similar, spots: set[str], indicator: Indicator, caption: str) -> Table:
    away = dict(zip((found.entity, *found.peers), (0.0, *found.distances), strict=True))
    lines = []
    for row in facts.records(rows):
        told = words.tag(facts.verdict_of(row, indicator))
        lines.append(
            {
                "entity": row["entity"],
                "name": row["name"],
                "within": row.get("within") or "–",
                "distance": decimal(away[row["entity"]], 2),
                **tables.cells(row),
                "change": _("%(change)s · bright spot") % {"change": told} if row["entity"] in spots else told,
            }
        )
    rate, interval, *_counts = tables.count_columns(indicator)
    distance, change = Column("distance", _("Distance"), "number"), Column("change", _("Change from the year before"))
    columns = (*tables.place_columns(rows), distance, rate, interval, change)
    return Table(caption, columns, tuple(lines))


RECIPE = Exhibit("recipe", build_recipe, title=_("How the similar places were found"))
SIMILAR = Exhibit("similar", build_similar, title=_("Similar places"))
