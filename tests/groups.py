"""An invented build whose places all have the same student groups: for the tests of Equity."""

import pandas as pd

from components.exhibit import Shown
from components.exhibits import equity
from components.view import View
from data import registry
from tests import invented

COMPARED = ("others_numerator", "others_denominator", "others_rate", "difference", "difference_lower", "difference_upper")
AS_RATIO = ("ratio", "ratio_lower", "ratio_upper", "fewer_students")
WHOLE = {  # a place whose families add up: group -> (cases, students)
    "TA": (400, 2000),
    "RB": (120, 300),
    "RI": (2, 31),
    "RA": (20, 369),
    "RH": (250, 1260),
    "RW": (8, 40),
    "GF": (190, 1000),
    "GM": (210, 1000),
    "SD": (90, 300),
    "SF": (9, 20),
    "SS": (396, 1985),
}


class Town(invented.Fake):
    """One invented build in which every place has the same groups. `hidden`: group -> status; `county`: what counties hide."""

    def __init__(self, counts=WHOLE, hidden=None, county=None, coarse: object = 230):
        super().__init__()
        self.counts, self.hidden, self.county, self.coarse = counts, hidden or {}, county or {}, coarse

    def cell(self, entity, year, group):
        hide = self.county if invented.level_of(entity) == "county" else self.hidden
        status = hide.get(group) or ("published" if group in self.counts else "not_published")
        k, n = self.counts.get(group, (invented.PLANTED,) * 2) if status == "published" else (invented.PLANTED,) * 2
        rounded = self.coarse if status == "counts_withheld" else pd.NA
        return {**invented.fact(entity, year, group), "status": status, "numerator": k, "denominator": n, "rounded_rate": rounded}

    def ask_groups(self, entity, indicator, year):
        lines = registry.lines(registry.indicators[indicator].vocabulary, registry.indicators[indicator].dimensions)
        prior = {"prior_numerator": pd.NA, "prior_denominator": pd.NA, "prior_status": "not_published"}
        return invented.frame([{**self.cell(entity, year, g), **prior} for g in lines])

    def ask_ranking(self, indicator, student_group, year, entities, **scope):
        frame = super().ask_ranking(indicator, student_group, year, entities=entities, **scope)
        cells = [self.cell(e, year, student_group) for e in frame["entity"]]
        return invented.frame([{**r, **c} for r, c in zip(frame.to_dict("records"), cells, strict=True)], invented.RANKING)

    def ask_heat(self, entities, indicator, year):
        lines = registry.lines(registry.indicators[indicator].vocabulary, registry.indicators[indicator].dimensions)
        return invented.frame([{**self.cell(e, year, g), "within": None} for e in sorted(entities) for g in lines])


class Below(Town):
    """The same, below a state that hides nothing."""

    STATE = {g: (100 * k + 7, 100 * n + 50) for g, (k, n) in WHOLE.items()} | {
        "TA": (40_014, 200_100),
        "RW": (800, 4_000),
        "RI": (200, 3_100),
        "RA": (2_000, 36_900),
    }

    def cell(self, entity, year, group):
        if entity != registry.STATE:
            return super().cell(entity, year, group)
        k, n = self.STATE.get(group, (0, 0))
        known = group in self.STATE
        return {
            **invented.fact(entity, year, group),
            "status": "published" if known else "not_published",
            "numerator": k if known else pd.NA,
            "denominator": n if known else pd.NA,
            "rounded_rate": pd.NA,
        }


def built(exhibit=equity.GAPS, ask=None, **view) -> Shown:
    return exhibit.build(View(**{"place": (invented.DISTRICT,), **view}), ask or Town())


def allowed(shown: Shown) -> dict[str, str]:
    return dict(zip(shown.frame["student_group"], shown.frame["allowed"], strict=True))
