"""From a view to the facts it asks for: which year, which peers, which counts, and how a status looks.

The only place that reads fact rows for exhibits. It computes no rate but numerator / denominator of one row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from components.exhibit import Ask, Unanswerable
from components.i18n import _, decimal, percent
from components.verdict import Counts, Verdict, change, wilson
from components.view import View
from data import registry

STATE = registry.STATE


@dataclass(frozen=True)
class Fact:
    """One row: a place, a year, a student group, its counts where they may be shown, and its status."""

    entity: str
    name: str
    level: str
    year: int
    student_group: str
    status: str
    counts: Counts
    before: Counts
    rounded_rate: int | None

    @property
    def rate(self) -> Fraction | None:
        """Percent. Exact from counts, coarse where only a rounded rate may be shown, None otherwise."""
        if self.counts.known:
            return self.counts.rate
        return None if self.rounded_rate is None else Fraction(self.rounded_rate, 10)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 percent interval, only where the counts may be shown."""
        if not self.counts.known:
            return None
        return wilson(self.counts.numerator or 0, self.counts.denominator or 0)

    def ranked(self, view: View) -> bool:
        """Whether the place may be ranked and colored: counts shown and enough students."""
        return self.counts.known and (self.counts.denominator or 0) >= view.measure.min_rank

    def verdict(self, view: View) -> Verdict:
        return change(self.counts, self.before, view.measure, self.year)


def rows(frame: pd.DataFrame) -> Iterator[Fact]:
    """The facts of a ranking, trend or groups frame, in its order."""
    have_prior = "prior_numerator" in frame.columns
    for r in frame.to_dict("records"):
        yield Fact(
            r["entity"], str(r["name"]), str(r["level"]), int(r["year"]), str(r["student_group"]), str(r["status"]),
            _counts(r["numerator"], r["denominator"]),
            _counts(r["prior_numerator"], r["prior_denominator"]) if have_prior else Counts(None, None),
            None if pd.isna(r["rounded_rate"]) else int(r["rounded_rate"]),
        )


def _counts(numerator: object, denominator: object) -> Counts:
    if pd.isna(numerator) or pd.isna(denominator):  # type: ignore[call-overload]
        return Counts(None, None)
    return Counts(int(numerator), int(denominator))  # type: ignore[call-overload]


def year_of(view: View, ask: Ask) -> int:
    """The view's year, or the newest that its indicator has. Raises Unanswerable where the build has none."""
    if view.year:
        return view.year
    every = years_of(view, ask)
    if not every:
        raise Unanswerable(_("This build holds no file for %(indicator)s. Choose another indicator.") % {"indicator": view.measure.title})
    return every[-1]


def years_of(view: View, ask: Ask) -> list[int]:
    """Every ending year for which the indicator has facts, oldest first."""
    frame = ask("years")
    return sorted({int(y) for y in frame.loc[frame["indicator"].astype(str) == view.indicator, "year"]})


def place_of(view: View) -> str:
    """The place that a page is about: the first chosen, or the state."""
    return view.place[0] if view.place else STATE


def place_row(entity: str, ask: Ask) -> dict:
    """What is known of one place. Raises Unanswerable when the build does not have it."""
    frame = ask("places", entities=[entity])
    if frame.empty:
        raise Unanswerable(_("This build does not have the place %(code)s. Search for it by name.") % {"code": entity})
    return {k: (None if not isinstance(v, list) and pd.isna(v) else v) for k, v in frame.to_dict("records")[0].items()}


def region_name(code: str) -> str:
    return _("%(name)s region") % {"name": registry.region_by_code[code].name}


def peers_of(view: View, ask: Ask) -> dict[str, object]:
    """The parameters of the ranking query for the view's peer set. Raises Unanswerable where the choice is not complete."""
    scope: dict[str, object] = {"region": None, "county": None, "cohort": None, "entities": None}
    if view.peers == "chosen":
        if not view.place:
            raise Unanswerable(_("Choose at least one place to compare: type its name or CDS code under “Add a place”."))
        scope["entities"] = list(view.place)
    elif view.peers == "county":
        scope["county"] = view.county or _above(view, ask, "county")
        if not scope["county"]:
            raise Unanswerable(_("Choose a county, or a place whose county is meant."))
    elif view.peers == "region":
        scope["region"] = view.region or _above(view, ask, "region")
        if not scope["region"]:
            raise Unanswerable(_("Choose a region, or a place whose region is meant."))
    elif view.peers == "cohort":
        if view.level not in ("school", "district"):
            raise Unanswerable(_("Cohorts are made of schools and districts. Choose the level School or District."))
        if view.cohort is None:
            raise Unanswerable(_("Choose a cohort from 1 to 4."))
        scope["cohort"] = view.cohort
    return scope


def _above(view: View, ask: Ask, what: str) -> str | None:
    return place_row(view.place[0], ask).get(what) or None if view.place else None


def ranking(view: View, ask: Ask) -> tuple[int, list[Fact]]:
    """The year and the facts of the view's peer set, with the year before beside each."""
    year = year_of(view, ask)
    level = view.level
    frame = ask("ranking", indicator=view.indicator, student_group=view.group, year=year, level=level, **peers_of(view, ask))
    return year, list(rows(frame))


def shown_rate(fact: Fact) -> str:
    """One look a status, never a blank: '22.9%', '0%', 'withheld', 'about 23%, counts withheld', 'not published'."""
    if fact.status == "withheld":
        return _("withheld")
    if fact.status == "not_published":
        return _("not published")
    if fact.status == "counts_withheld":
        if fact.rounded_rate is None:
            return _("counts withheld")
        places = 1 if fact.rounded_rate % 10 else 0
        return _("about %(rate)s%%, counts withheld") % {"rate": decimal(Fraction(fact.rounded_rate, 10), places)}
    rate = fact.rate
    if rate is None:
        return _("not published")
    if fact.status == "zero":
        return _("0%%") % {}
    text = percent(rate)
    return _("%(rate)s, derived") % {"rate": text} if fact.status == "derived" else text


def group_label(view: View, year: int, line: str | None = None) -> str:
    """The label of a student group as published in a year."""
    return _(registry.group_in(view.measure.vocabulary, line or view.group, year).label)
