"""One look a status, one sentence a verdict: what is written never claims more than the interval."""

import re
from fractions import Fraction

import pytest
from scipy.stats import binom

from components import facts, words
from components.exhibits import sets
from components.i18n import bounds, decimal, percent, school_year
from components.verdict import Kind, Verdict
from data import registry

CHRONIC = registry.indicators["chronic_absenteeism_rate"]


@pytest.mark.parametrize(
    ("row", "look"),
    [
        ({"status": "published", "numerator": 229, "denominator": 1000, "rounded_rate": None}, "22.9 %"),
        ({"status": "published", "numerator": 1, "denominator": 16, "rounded_rate": None}, "6.3 %"),
        ({"status": "zero", "numerator": 0, "denominator": 40, "rounded_rate": None}, "0 %"),
        ({"status": "withheld", "numerator": None, "denominator": None, "rounded_rate": None}, "withheld"),
        (
            {"status": "counts_withheld", "numerator": None, "denominator": None, "rounded_rate": 230},
            "about 23 % · counts withheld",
        ),
        (
            {"status": "counts_withheld", "numerator": None, "denominator": None, "rounded_rate": 234},
            "about 23.4 % · counts withheld",
        ),
        ({"status": "counts_withheld", "numerator": None, "denominator": None, "rounded_rate": None}, "counts withheld"),
        ({"status": "not_published", "numerator": None, "denominator": None, "rounded_rate": None}, "not published"),
        ({"status": "derived", "numerator": 229, "denominator": 1000, "rounded_rate": None}, "22.9 % (derived)"),
    ],
)
def test_one_look_a_status(row, look):
    assert facts.display({"indicator": "chronic_absenteeism_rate", **row}) == look


ROW = {
    "indicator": "chronic_absenteeism_rate",
    "status": "published",
    "numerator": 229,
    "denominator": 1000,
    "rounded_rate": None,
    "year": 2025,
    "student_group": "TA",
}
CHANGES = {
    Kind.BETTER: (
        Verdict(Kind.BETTER, Fraction(-21, 10), -3.0, -1.2),
        "Chronic absence fell to 22.9 percent, more than chance",
        "down 2.1 points (better)",
        "2.1 points lower than in 2023–24 (better), more than chance",
    ),
    Kind.WORSE: (
        Verdict(Kind.WORSE, Fraction(21, 10), 1.2, 3.0),
        "Chronic absence rose to 22.9 percent, more than chance",
        "up 2.1 points (worse)",
        "2.1 points higher than in 2023–24 (worse), more than chance",
    ),
    Kind.MOVED: (Verdict(Kind.MOVED, Fraction(21, 10), 1.2, 3.0), "rose to 22.9 percent", "up 2.1 points", "2.1 points higher"),
    Kind.CHANCE: (
        Verdict(Kind.CHANCE, Fraction(-2, 10), -1.0, 0.6),
        "Chronic absence at 22.9 percent; change could be chance",
        "could be chance",
        "could be chance (n = 1,000)",
    ),
    Kind.CHECK: (
        Verdict(Kind.CHECK, Fraction(-684, 10), -78.0, -58.0),
        "Chronic absence at 22.9 percent; so large a jump needs a check",
        "a jump to check",
        "ask before you tell it as a success",
    ),
    Kind.CANNOT_TELL: (
        Verdict(Kind.CANNOT_TELL),
        "Chronic absence at 22.9 percent in 2024–25",
        "too few students to tell",
        "Too few students",
    ),
    Kind.NOT_COMPARABLE: (Verdict(Kind.NOT_COMPARABLE), "in 2024–25", "not comparable", "cannot be compared with 2023–24"),
    Kind.UNTESTED: (
        Verdict(Kind.UNTESTED, Fraction(-21, 10)),
        "in 2024–25",
        "no test of chance",
        "2.1 points less than in 2023–24; totals of days or incidents do not tell",
    ),
    Kind.NO_PRIOR: (Verdict(Kind.NO_PRIOR), "in 2024–25", "nothing to compare with", "No counts are published for 2023–24"),
    Kind.NO_COUNTS: (Verdict(Kind.NO_COUNTS), "in 2024–25", "no verdict", "Without counts, no change can be told"),
}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_sentence_for_each_verdict(kind):
    verdict, headline, tag, sentence = CHANGES[kind]
    assert headline in words.headline(CHRONIC, ROW, verdict) and words.tag(verdict) == tag
    assert sentence in words.explain(verdict, 2025, 1000)
    assert words.tag_kind(verdict) == (kind.value if kind in (Kind.BETTER, Kind.WORSE, Kind.CHANCE) else "none")
    if not verdict.certain:
        assert not re.search(r"fell|rose|better|worse|improved", words.headline(CHRONIC, ROW, verdict) + words.tag(verdict))


def test_a_real_change_that_rounds_to_nothing_is_not_called_zero():
    assert words.tag(Verdict(Kind.BETTER, Fraction(-1, 50), -0.03, -0.01)) == "down less than 0.1 points (better)"


def test_a_set_in_one_headline():
    assert sets.moved("district", 6, 0, 8) == "6 of 8 districts improved more than chance"
    assert sets.moved("district", 0, 1, 8) == "1 of 8 districts worsened more than chance"
    assert sets.moved("county", 6, 1, 8) == "Of 8 counties, 6 improved and 1 worsened beyond chance"
    assert sets.moved("", 0, 0, 3) == "No change beyond chance among 3 places"


def test_a_count_that_luck_explains_is_not_a_headline():
    """Of 9,480 places whose rates never moved, about 237 seem to worsen: 252 are no news, 300 are."""
    assert sets.moved("school", 2000, 252, 9480) == "2,000 of 9,480 schools improved; 252 worsened, as by chance"
    assert sets.moved("school", 252, 2000, 9480) == "2,000 of 9,480 schools worsened; 252 improved, as by chance"
    assert sets.moved("school", 252, 230, 9480) == "252 of 9,480 schools improved, 230 worsened: chance explains both"
    assert sets.moved("school", 2000, 300, 9480) == "Of 9,480 schools, 2,000 improved and 300 worsened beyond chance"
    for told in (20, 163, 982, 9480):
        assert abs(sets.luck(told) - binom.ppf(0.95, told, 0.025)) <= 1


def test_extremes_of_many_are_no_headline():
    assert (
        sets.headline_of_set("district", [14.2, 24.96], [], 160, "percent")
        == "Half of 160 districts stand between 14.2 and 25.0 percent"
    )
    assert sets.headline_of_set("district", [], [], 4, "percent") == "None of 4 districts has enough students to rank"


def test_an_interval_never_looks_like_a_point():
    assert bounds(-4.56, -4.51) == {"lower": "−4.56", "upper": "−4.51"} and bounds(12.3, 15.64) == {
        "lower": "12.3",
        "upper": "15.6",
    }


def test_numbers_as_people_write_them():
    assert (percent(Fraction(1, 20)), decimal(Fraction(-1, 20)), school_year(2000), school_year(2025)) == (
        "0.1 %",
        "−0.1",
        "1999–00",
        "2024–25",
    )


DAYS = {**ROW, "indicator": "average_days_absent", "numerator": 148_123, "denominator": 1000}


def test_days_and_rare_events_have_units_of_their_own():
    """148,123 tenths of a day to 1,000 students are 14.8 days each; nobody may read them as a share."""
    days = registry.indicators["average_days_absent"]
    row = DAYS
    assert facts.display(row) == "14.8 days"
    assert words.counted(days, row) == (
        "In 2024–25, 14,812.3 days absent to 1,000 students with an absence (all students): 14.8 days."
    )
    assert facts.display({**row, "indicator": "expulsion_rate", "numerator": 7, "denominator": 9_000}) == "0.78 per 1,000"
