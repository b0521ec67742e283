"""From a view to its grantees by cohort and to their matched schools: who is compared with whom, from when, and what came out.

Matches come from the whole state; a region or county narrows the grantees only. Nothing but published counts (zero among them)
enters, and only rates of schools with at least as many students as are ranked. What schools are matched by is that of the
newest school list or file: a build does not hold the characteristics of the base year.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from components import facts, matching, similar
from components.exhibit import Ask, Unanswerable
from components.i18n import _, school_year
from components.matching import Pair, Schools
from components.recipe import CHARACTERISTICS
from components.verdict import Frame, comparable, floats
from components.view import View
from data import registry
from data.registry import STATE, Cohort, Indicator
from queries.kept import Kept

GROUP = "TA"
LEAST = 10
"""Of fewer matched grantees no estimate is shown."""
SIZES = (200, 500, 1000)
"""Students from which the next size band begins."""
OPEN_COUNTS = ("published", "zero")


@dataclass(frozen=True)
class Rates:
    """The rates of open schools, in the order of their codes: `rate` is schools x years, NaN where none may be used.

    `spread`: kind of school -> the standard deviation of each year. `cohort`: that of the first grant, 0 without one.
    """

    entities: np.ndarray
    years: tuple[int, ...]
    rate: np.ndarray
    cohort: np.ndarray
    district: np.ndarray
    features: np.ndarray
    weights: np.ndarray
    kind: np.ndarray
    band: np.ndarray

    def of(self, year: int) -> np.ndarray:
        return self.rate[:, self.years.index(year)]


@dataclass(frozen=True)
class Comparison:
    """One cohort from its base year to one later year. Rows are those of `rates`.

    `matches`: a row a matched grantee. `alone`: grantees with rates and without matches; `unknown`: grantees without rates,
    as codes. `trend`: whether the change into the base year was matched as well.
    """

    cohort: Cohort
    base: int
    year: int
    pair: Pair
    rates: Rates
    grantees: np.ndarray
    matches: np.ndarray
    alone: tuple[str, ...]
    unknown: tuple[str, ...]
    trend: bool

    @property
    def since(self) -> int:
        """Which school year of the grant it is: 1 for the first."""
        return self.year - self.cohort.first + 1


_rates = Kept(4)
_comparisons = Kept(32)


def listed(view: View, ask: Ask) -> Frame:
    """One row per community school and cohort in the view's region and county. Raises Unanswerable where there is none."""
    frame = ask("grantees", region=view.region, county=view.county)
    if frame.empty and not facts.place_of(STATE, ask).get("grantee_schools"):
        raise Unanswerable(
            _(
                "This build has no list of community schools, so there are no cohorts to show. The Data page has a template; "
                "fill it in and build again with it."
            )
        )
    if frame.empty:
        raise Unanswerable(_("No community school of this build lies here. Choose another region or county."))
    return frame


def measure_of(view: View) -> Indicator:
    """The view's indicator. Raises Unanswerable where the rates of schools cannot be compared by it, or not for the group."""
    if not view.measure.of_schools:
        raise Unanswerable(_("Cohorts are compared by shares of all students. Choose another indicator."))
    if view.student_group not in (None, GROUP):
        raise Unanswerable(_("Cohorts are compared for all students only. Leave the student group out."))
    return view.measure


def comparisons(view: View, ask: Ask) -> tuple[Comparison, ...]:
    """Every cohort and year since its start, up to the year of the view. Raises Unanswerable where there is none."""
    indicator = measure_of(view)
    last = facts.year_of(view, ask, level="school")
    grantees = listed(view, ask)
    rates = rates_of(indicator, ask)
    key = (ask, indicator.name, last, view.region, view.county)
    found = _comparisons.get(key, lambda: tuple(_every(rates, indicator, last, grantees)))
    if not found:
        text = _("No cohort has started long enough before %(year)s to compare. Choose a later year.")
        raise Unanswerable(text % {"year": school_year(last)})
    return found


def base_of(cohort: Cohort, indicator: Indicator, years: tuple[int, ...]) -> int | None:
    """The school year before the start of a cohort, or the first later one that may be compared."""
    gaps = registry.gap_years(indicator)
    return next((y for y in years if y >= cohort.first - 1 and y not in gaps), None)


def rates_of(indicator: Indicator, ask: Ask) -> Rates:
    """Rates and features of every open school. Raises Unanswerable where the build does not tell levels of schools apart."""
    return _rates.get((ask, indicator.name), lambda: _read(indicator, ask))


def _read(indicator: Indicator, ask: Ask) -> Rates:
    pool = similar.pool_of("school", ask)
    level = np.array([str(k).split(" ")[0] for k in pool.kind], dtype=object)
    if not (level != "").any():
        raise Unanswerable(
            _("This build has no school list, so schools of the same level cannot be told. Build again with CDE’s school list.")
        )
    frame: Frame = ask("cohorts", indicator=indicator.name, student_group=GROUP)
    frame = frame[frame["status"].astype(str).isin(OPEN_COUNTS)]
    row = pd.Index(pool.entities).get_indexer(frame["entity"])
    k, n = floats(frame["numerator"]), floats(frame["denominator"])
    used = (row >= 0) & (n >= indicator.min_rank * indicator.denominator_parts)
    years = tuple(sorted({int(y) for y in frame["year"]}))
    rate = np.full((len(pool.entities), len(years)), np.nan)
    column = np.searchsorted(years, frame["year"].to_numpy(dtype=int))
    rate[row[used], column[used]] = indicator.factor * k[used] / n[used]
    cohort = np.zeros(len(pool.entities), dtype=int)
    cohort[row[row >= 0]] = frame["cohort"].to_numpy(dtype=float, na_value=0)[row >= 0].astype(int)
    codes = pool.entities.astype(str)
    size = np.exp(pool.values["enrollment"])
    features, weights = _features(pool)
    return Rates(
        entities=pool.entities,
        years=years,
        rate=np.where((level == "")[:, None], np.nan, rate),
        cohort=cohort,
        district=np.unique(codes.astype("U7"), return_inverse=True)[1],
        features=features,
        weights=weights,
        kind=np.unique(pool.kind.astype(str), return_inverse=True)[1],
        band=np.where(np.isnan(size), -1, np.digitize(np.nan_to_num(size), SIZES)),
    )


def _features(pool: similar.Pool) -> tuple[np.ndarray, np.ndarray]:
    """The recipe's characteristics in standard deviations among schools of the same kind, all counting the same."""
    columns, weights = [], []
    for characteristic in CHARACTERISTICS:
        if characteristic.kind == "same":
            found = sorted({v for v in pool.locale if v})
            # Two schools of different locales are one apart, as in the recipe: half a square on each of two columns.
            parts = [np.where(pool.locale == "", np.nan, (pool.locale == v) / np.sqrt(2)) for v in found]
            weights += [1.0] * len(parts)
        else:
            parts = [_standard(pool.values[c], pool.kind) for c in characteristic.columns]
            parts = [p for p in parts if not np.isnan(p).all()]
            weights += [1 / len(parts)] * len(parts)
        columns += parts
    return np.column_stack(columns) if columns else np.empty((len(pool.entities), 0)), np.array(weights)


def _standard(values: np.ndarray, kind: np.ndarray) -> np.ndarray:
    out = np.full(len(values), np.nan)
    for one in set(kind):
        out[kind == one] = values[kind == one] / similar.spread(values[kind == one])
    return out


def _every(rates: Rates, indicator: Indicator, last: int, grantees: Frame) -> Iterator[Comparison]:
    first = grantees.groupby(grantees["entity"].astype(str), sort=True)["cohort"].min()
    for cohort in registry.cohorts:
        base = base_of(cohort, indicator, rates.years)
        codes = [str(e) for e in first.index[first == cohort.number]]
        for year in rates.years if base and codes else ():
            if base and max(base, cohort.first - 1) < year <= last and comparable(indicator, base, year, GROUP):
                yield _comparison(rates, indicator, cohort, base, year, codes)


def _comparison(rates: Rates, indicator: Indicator, cohort: Cohort, base: int, year: int, codes: list[str]) -> Comparison:
    before, now = rates.of(base), rates.of(year)
    known = ~np.isnan(before) & ~np.isnan(now) & (rates.band >= 0)
    candidate = np.flatnonzero(known & (rates.cohort == 0))
    grantee = np.flatnonzero(known & np.isin(rates.entities, codes))
    schools, trend = _schools(rates, indicator, base)
    pair, matches = matching.compared(schools, now - before, grantee, candidate, LEAST)
    kept = matches[:, 0] >= 0
    have = set(rates.entities[grantee])
    return Comparison(
        cohort=cohort,
        base=base,
        year=year,
        pair=pair,
        rates=rates,
        grantees=grantee[kept],
        matches=matches[kept],
        alone=tuple(str(e) for e in rates.entities[grantee[~kept]]),
        unknown=tuple(c for c in codes if c not in have),
        trend=trend,
    )


def _schools(rates: Rates, indicator: Indicator, base: int) -> tuple[Schools, bool]:
    """What schools are matched by in a base year; the change into it as well, where the year before may be compared."""
    features, weights = rates.features, rates.weights
    trend = base - 1 in rates.years and comparable(indicator, base - 1, base, GROUP)
    if trend:
        features = np.column_stack([features, _standard(rates.of(base) - rates.of(base - 1), rates.kind)])
        weights = np.append(weights, 1.0)
    stratum = rates.kind * (len(SIZES) + 1) + rates.band
    return Schools(features, weights, _standard(rates.of(base), rates.kind), stratum, rates.district), trend


@dataclass(frozen=True)
class Mean:
    """The mean rates of one year over `pairs` of a grantee and its matches: of schools, each weighing the same."""

    year: int
    pairs: int
    grantees: float
    matches: float


def means(of: Comparison, indicator: Indicator) -> list[Mean]:
    """One a year that may be compared, over the pairs in which all have a rate; ten pairs at least."""
    out = []
    for year in of.rates.years:
        own, others = of.rates.of(year)[of.grantees], of.rates.of(year)[of.matches].mean(axis=1)
        both = ~np.isnan(own) & ~np.isnan(others)
        if int(both.sum()) >= LEAST and year <= of.year and year not in registry.gap_years(indicator):
            out.append(Mean(year, int(both.sum()), float(own[both].mean()), float(others[both].mean())))
    return out


def newest(found: tuple[Comparison, ...]) -> list[Comparison]:
    """The last year of each cohort that has an estimate."""
    last = {c.cohort.number: c for c in found if c.pair.by_rate}
    return list(last.values())


def law_between(of: Comparison, indicator: Indicator) -> bool:
    """Whether SB 274 came into force between the two years."""
    return any(c.id == "sb274" and of.base < y <= of.year for c in registry.caveats_of(indicator, GROUP) for y in c.years)
