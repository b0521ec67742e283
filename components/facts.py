"""From a view to the facts it asks for: which year, which place, which peers, and how a status looks.

The only place that reads fact rows for exhibits. A number that a status hides is dropped here, whatever the query returned.
It computes no rate but numerator / denominator of one row.
"""

from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from components import similar, units
from components.exhibit import Ask, Unanswerable
from components.i18n import _, school_year
from components.verdict import Frame, Verdict, change, changes, floats, stated, wilson_many
from components.view import View
from data import registry
from data.registry import STATE, Indicator
from queries.kept import Kept

SHOWN = ("published", "zero", "derived")
"""The statuses whose counts may be shown."""
COUNTS = ("numerator", "denominator", "prior_numerator", "prior_denominator")


def years_of(indicator: str, ask: Ask, level: str = "") -> list[int]:
    """Every ending year for which the indicator has facts (at a level, where one is named), oldest first."""
    return sorted({year for name, year, at in _covered(ask) if name == indicator and level in ("", at)})


@lru_cache(maxsize=8)
def _covered(ask: Ask) -> tuple[tuple[str, int, str], ...]:
    frame = ask("years")
    return tuple(zip(frame["indicator"].astype(str), frame["year"].tolist(), frame["level"].astype(str), strict=True))


def year_of(view: View, ask: Ask, indicator: str = "", level: str = "") -> int:
    """The view's year, or the newest that the indicator has. Raises Unanswerable where the build has none."""
    if view.year:
        return view.year
    name = indicator or view.indicator
    every = years_of(name, ask, level) or years_of(name, ask)
    if not every:
        title = _(registry.indicators[name].title)
        raise Unanswerable(_("This build holds no file for “%(indicator)s”. Choose another indicator.") % {"indicator": title})
    return every[-1]


def year_at(place: dict, view: View, ask: Ask, indicator: str = "") -> int:
    """The year that a place's page shows: the view's, or the newest; for a closed place the last one that it has facts for."""
    newest = year_of(view, ask, indicator, place["level"])
    if view.year or place.get("directory_status") != "closed":
        return newest
    name = indicator or view.indicator
    group = group_for(registry.indicators[name], view.group)
    rows = ask("trend", entities=[place["entity"]], indicator=name, student_group=group)
    had = rows.loc[rows["status"].astype(str) != "not_published", "year"]
    return int(had.max()) if len(had) else newest


def entity_of(view: View) -> str:
    """The place that a page is about: the first chosen, or the state."""
    return view.place[0] if view.place else STATE


def place_of(entity: str, ask: Ask) -> dict:
    """What is known of one place; a missing value is None. Raises Unanswerable when the build does not have it."""
    frame = ask("places", entities=[entity])
    if frame.empty:
        raise Unanswerable(_("This build does not have the place %(code)s. Search for it by name.") % {"code": entity})
    return {k: _plain(v) for k, v in frame.to_dict("records")[0].items()}


def _plain(value: object) -> object:
    if isinstance(value, (list, tuple, np.ndarray)):
        return [v for v in value if v is not None]
    return None if value is None or pd.isna(value) else value  # type: ignore[call-overload]


def peers_of(view: View, ask: Ask) -> dict[str, object]:
    """The peer set as parameters of the ranking query. Every filter that is named narrows: a file never widens in silence.

    Raises Unanswerable, with the way out, where the choice is not complete or has no meaning at the level.
    """
    scope: dict[str, object] = {"region": view.region, "county": view.county, "cohort": view.cohort, "entities": None}
    if view.peers == "chosen":
        if not view.place:
            raise Unanswerable(_("Choose at least one place to compare: add it by name or CDS code."))
        return {**scope, "entities": list(view.place)}
    if view.peers == "district":
        return {**scope, "entities": schools_of(view, ask)}
    if view.peers == "similar":
        return {**scope, "entities": [view.place[0], *similar_to(view, ask).peers] if view.place else _no_place()}
    if view.peers == "all":
        return scope
    if view.level == "state" or (view.level == "region" and view.peers != "region"):
        raise Unanswerable(
            _("At this level there is nothing of the same kind to narrow to. Choose “All” as peers, or another level.")
        )
    if scope[view.peers] is None:
        scope[view.peers] = _own(view, ask)
    return scope


def schools_of(view: View, ask: Ask) -> list[str]:
    """The schools of the first chosen district, or of the district of the first chosen school. Raises Unanswerable."""
    district = district_of(view, ask)
    if view.level != "school":
        raise Unanswerable(_("“Same district” is about schools. Choose schools as the level."))
    return ask("schools", district=district["entity"])["entity"].astype(str).tolist()


def district_of(view: View, ask: Ask) -> dict:
    """The first chosen place if it is a district, else the district of the school. Raises Unanswerable."""
    first = place_of(view.place[0], ask) if view.place else {}
    if first.get("level") == "district":
        return first
    if not first.get("district"):
        raise Unanswerable(_("Choose a district, or a school whose district is meant."))
    return place_of(str(first["district"]), ask)


def similar_to(view: View, ask: Ask) -> similar.Similar:
    """The places similar to the first one chosen, with the view's weights. Raises Unanswerable."""
    if not view.place:
        _no_place()
    return similar.nearest(view.place[0], place_of(view.place[0], ask)["level"], view.weights, ask)


def _no_place() -> list[str]:
    raise Unanswerable(_("Choose a place first: similar places are found for one county, district or school."))


def _own(view: View, ask: Ask) -> object:
    """The county, region or cohort of the first place chosen."""
    value = place_of(view.place[0], ask).get({"cohort": "cohorts"}.get(view.peers, view.peers)) if view.place else None
    if not value:
        raise Unanswerable(
            {
                "county": _("Choose a county, or a place whose county is meant."),
                "region": _("Choose a region, or a place whose region is meant."),
                "cohort": _("Choose a cohort from 1 to 4, or a community school whose cohort is meant."),
            }[view.peers]
        )
    return value[0] if isinstance(value, list) else value


def ranking(view: View, ask: Ask) -> tuple[int, Frame]:
    """The year and the enriched facts of the view's peer set, one row a place, ordered by CDS code.

    Chosen and similar places stand at their own levels, whatever level the view names. Raises Unanswerable for an empty set.
    """
    scope = peers_of(view, ask)
    levels = [view.level]
    if view.peers in ("chosen", "similar"):
        found = ask("places", entities=list(view.place[: 1 if view.peers == "similar" else None]))["level"].astype(str)
        levels = [level for level in registry.LEVELS if level in set(found)]
    year = year_of(view, ask, level=levels[0] if levels else "")
    key = (ask, view.indicator, view.group, year, *levels, *scope.values(), view.place if view.peers == "chosen" else ())
    key = tuple(tuple(part) if isinstance(part, list) else part for part in key)
    return year, rankings.get(key, lambda: _ranked(view, ask, levels, year, scope)).copy(deep=False)


rankings = Kept(8)
"""The exhibits of one Compare page stand on one and the same set: enriched once."""


def _ranked(view: View, ask: Ask, levels: list[str], year: int, scope: dict[str, object]) -> Frame:
    frames = [
        ask("ranking", indicator=view.indicator, student_group=view.group, year=year, level=level, **scope) for level in levels
    ]
    frames = [f for f in frames if not f.empty]
    if not frames and view.peers == "cohort" and not place_of(STATE, ask).get("grantee_schools"):
        raise Unanswerable(
            _(
                "This build has no list of community schools, so there are no cohorts to compare. The Data page has a template; "
                "fill it in and build again with it."
            )
        )
    if not frames:
        raise Unanswerable(
            _("No place fits this choice in %(year)s. Choose other peers, another level or another year.")
            % {"year": school_year(year)}
        )
    frame = pd.concat(frames, ignore_index=True).sort_values("entity", ignore_index=True) if len(frames) > 1 else frames[0]
    return enrich(frame, view.measure, year)


def trend(entities: list[str], indicator: Indicator, group: str, ask: Ask) -> Frame:
    """The enriched facts of some places over all years, places in the order named."""
    return enrich(ask("trend", entities=entities, indicator=indicator.name, student_group=group), indicator)


def enrich(frame: Frame, indicator: Indicator, year: int | None = None) -> Frame:
    """Facts with hidden counts dropped and, in the measure's unit, rate, lower, upper; `ranked`; with `year` verdicts.

    `rate` of a counts_withheld row is its rounded one, where that stands; it has no interval and is never ranked.
    """
    out = {str(name): column for name, column in frame.items()}
    for name in ("status", "level", "student_group"):
        out[name] = _texts(frame[name])
    for prefix in ("", "prior_"):
        if prefix + "status" in out:
            hidden = ~_one_of(frame[prefix + "status"], SHOWN)
            for name in (prefix + "numerator", prefix + "denominator"):
                out[name] = _whole(frame[name], hidden)
    out["rounded_rate"] = _whole(frame["rounded_rate"], ~_one_of(frame["status"], ("counts_withheld",)))
    k, n = floats(out["numerator"]), floats(out["denominator"])
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(n > 0, indicator.factor * k / n, np.nan)
    out["rate"] = np.where(np.isnan(rate), floats(out["rounded_rate"]) / 10, rate)
    if indicator.interval == "none":
        out["lower"], out["upper"] = np.full(len(k), np.nan), np.full(len(k), np.nan)
    else:
        out["lower"], out["upper"] = (indicator.scale / 100 * end for end in wilson_many(k, n))
    out["ranked"] = n >= indicator.min_rank * indicator.denominator_parts
    out["indicator"] = indicator.name
    if year is not None and "prior_numerator" in out:
        out |= changes(out, indicator, year)
    return pd.DataFrame(out, index=frame.index)


def _texts(column: Any) -> Any:
    """A column of few texts as an object array, without touching every row as a category."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.categories.to_numpy(dtype=object)[column.cat.codes.to_numpy()]
    return column.to_numpy(dtype=object)


def _one_of(column: Any, wanted: tuple[str, ...]) -> Any:
    if isinstance(column.dtype, pd.CategoricalDtype):
        # The last entry answers for code -1, a missing value.
        return np.array([*(c in wanted for c in column.cat.categories), False])[column.cat.codes.to_numpy()]
    return column.isin(wanted).to_numpy()


def _whole(column: Any, hidden: Any) -> Any:
    """Counts as nullable integers, none where `hidden`: the array has no trace of what stood there."""
    known = column.to_numpy(dtype=float, na_value=np.nan)
    gone = np.isnan(known) | hidden
    return pd.arrays.IntegerArray(np.where(gone, 0, known).astype(np.int64), gone)


SHOWN_COLUMNS = (
    "indicator", "entity", "name", "within", "level", "year", "student_group", *COUNTS, "rounded_rate", "status", "rate",
    "lower", "upper", "ranked", "kind", "change", "change_lower", "change_upper",
)  # fmt: skip


def records(frame: Frame) -> list[dict]:
    """Rows as dicts with plain Python values: None for what is missing, int for counts. For the few rows that are shown."""
    names = [c for c in SHOWN_COLUMNS if c in frame]
    columns = (_values(frame[c]) for c in names)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _values(column: Any) -> list:
    if column.dtype.kind == "f":
        return [None if v != v else v for v in column.tolist()]
    return column.to_numpy(dtype=object, na_value=None).tolist()


def exact(row: dict) -> Fraction | None:
    """A row's value in its unit: exact from counts, coarse where only a rounded rate may be shown, None otherwise."""
    if row["numerator"] is not None and row["denominator"]:
        return registry.indicators[row["indicator"]].value(row["numerator"], row["denominator"])
    return None if row["rounded_rate"] is None else Fraction(row["rounded_rate"], 10)


def verdict_of(row: dict, indicator: Indicator) -> Verdict:
    """The verdict on a row that carries the year before."""
    if row.get("kind"):
        return stated(row["kind"], tuple(row[c] for c in COUNTS), row["change_lower"], row["change_upper"], indicator)  # type: ignore[arg-type]
    k, n, prior_k, prior_n = (row[c] for c in COUNTS)
    return change(k, n, prior_k, prior_n, indicator, row["year"], row["student_group"])


def bare(row: dict) -> str:
    """A row's value without its unit, for the end of a line; a coarse one with as many decimals as it has."""
    unit = registry.indicators[row["indicator"]].unit
    coarse = row["status"] == "counts_withheld"
    return units.bare(unit, exact(row) or 0, (1 if row["rounded_rate"] % 10 else 0) if coarse else None)


def display(row: dict) -> str:
    """One look a status, never a blank: '22.9 %', '0 %', 'withheld', 'about 23 % · counts withheld', 'not published'."""
    status, rate = row["status"], exact(row)
    unit = registry.indicators[row["indicator"]].unit
    if status == "withheld":
        return _("withheld")
    if status == "counts_withheld":
        if rate is None:
            return _("counts withheld")
        return _("about %(rate)s · counts withheld") % {"rate": units.brief(unit, rate, 1 if row["rounded_rate"] % 10 else 0)}
    if status == "not_published" or rate is None:
        return _("not published")
    if status == "zero":
        return units.brief(unit, rate, 0)
    return _("%(rate)s (derived)") % {"rate": units.brief(unit, rate)} if status == "derived" else units.brief(unit, rate)


def group_label(indicator: Indicator, line: str, year: int) -> str:
    """The label under which a student group was published in a year."""
    return _(registry.group_in(indicator.vocabulary, line, year).label)


def group_for(indicator: Indicator, line: str) -> str:
    """The view's student group where the indicator knows it, else the indicator's default."""
    return line if line in registry.lines(indicator.vocabulary, indicator.dimensions) else indicator.default_group


def dimensions(indicator: Indicator) -> dict[str, str]:
    """Line -> its dimension (total, race, gender, program, grade), in reading order."""
    return {line: g.dimension for line, g in registry.lines(indicator.vocabulary, indicator.dimensions).items()}


def single(entity: str, level: str, indicator: Indicator, group: str, year: int, ask: Ask) -> dict:
    """One place's record with the year before beside it. A place without a row of that year and group is not_published."""
    frame = ask(
        "ranking",
        indicator=indicator.name,
        student_group=group,
        year=year,
        level=level,
        region=None,
        county=None,
        cohort=None,
        entities=[entity],
    )
    if not frame.empty:
        return records(enrich(frame, indicator, year))[0]
    return nothing({"entity": entity, "name": place_of(entity, ask)["name"], "level": level}, indicator, group, year)


def nothing(place: dict, indicator: Indicator, group: str, year: int) -> dict:
    """The record of a place for which no file has a row of that year and group: not published."""
    return {
        **dict.fromkeys((*COUNTS, "rounded_rate", "rate", "lower", "upper", "kind")),
        "indicator": indicator.name,
        "entity": place["entity"],
        "name": place["name"],
        "level": place["level"],
        "year": year,
        "student_group": group,
        "status": "not_published",
        "ranked": False,
    }


def state_rate(indicator: Indicator, group: str, year: int, ask: Ask) -> float | None:
    """The state's rate in percent as a reference line, or None where it is not shown."""
    return single(STATE, "state", indicator, group, year, ask)["rate"]
