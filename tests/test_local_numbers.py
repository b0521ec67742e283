"""Local numbers say no more than rounded counts allow: ends, ranges, changes, and the middle student's band."""

import numpy as np
import pytest

from components import local_bands, verdict
from components import local_numbers as numbers
from components.figures.month_lines import month_lines
from components.verdict import Kind
from data.privacy import rounding

SECRET = b"a secret of the tests"


def row(numerator, denominator, status="published"):
    return {"numerator": numerator, "denominator": denominator, "status": status}


def rounded(value: int) -> int:
    return rounding._one(SECRET, "served", "x", "TA", value, 10)


@pytest.mark.parametrize(
    ("numerator", "denominator", "said"),
    [
        (420, 1000, "about 42 %"),
        (10, 1000, "1 % or less"),
        (995, 1000, "99 % or more"),
        (20, 1000, "about 2 %"),
        (20, 250, "about 8 %"),
        (40, 40, "95 % or more"),
        (30, 30, "90 % or more"),
    ],
)
def test_shares_are_whole_and_their_ends_are_coded(numerator, denominator, said):
    assert numbers.percent(row(numerator, denominator)) == said


@pytest.mark.parametrize(
    ("numerator", "denominator", "said", "ranged"),
    [
        (130, 140, "about 9 in 10", "about 9 in 10"),
        (40, 40, "95 percent or more", "95 percent or more"),
        (920, 1000, "about 92 percent", "88 to 96 percent"),
    ],
)
def test_a_headline_claims_no_more_than_rounded_counts_allow(numerator, denominator, said, ranged):
    found = row(numerator, denominator)
    assert numbers.bare(found) == said and numbers.ranged(found, "referrals_met") == ranged


def test_what_is_hidden_or_not_in_the_files_says_which():
    assert numbers.percent(row(None, 100, "withheld")) == "withheld"
    assert numbers.percent(row(50, None, "no_denominator")) == "no share: no attendance file"
    assert numbers.percent(None) == "not in the files"
    assert numbers.interval(row(None, 100, "withheld"), "served") is None


def test_a_range_holds_the_interval_of_whatever_stands_behind_the_rounded_counts():
    rng = np.random.default_rng(3)
    for _ in range(400):
        n = int(rng.integers(60, 3000))
        k = int(rng.integers(11, n - 10))
        found = numbers.interval(row(rounded(k), rounded(n)), "served")
        low, high = verdict.wilson(k, n)
        assert found is None or (found[0] <= low and high <= found[1]), (k, n, found)


def test_a_coded_end_has_no_range_that_would_tell_more():
    assert numbers.interval(row(10, 1000), "served") is None


def change(now, then, better="lower", fact="chronic"):
    return numbers.change(row(*now), row(*then), fact, better)


def test_a_change_is_told_only_beyond_chance_and_rounding():
    assert change((2000, 10_000), (3000, 10_000)).kind is Kind.BETTER
    assert change((3000, 10_000), (2000, 10_000)).kind is Kind.WORSE
    assert change((3000, 10_000), (2000, 10_000), better="higher", fact="served").kind is Kind.BETTER
    assert change((300, 1000), (310, 1000)).kind is Kind.CHANCE
    # Beyond chance as printed (Newcombe -28 to -1), and not beyond what rounding can hide.
    assert verdict.newcombe(30, 100, 50, 112)[1] < 0 and change((30, 100), (50, 112)).kind is Kind.CHANCE


def test_a_change_of_hidden_coded_missing_or_few_counts_is_not_told():
    assert numbers.change(row(100, 1000), None, "chronic", "lower").kind is Kind.NO_PRIOR
    assert numbers.change(row(None, 1000, "withheld"), row(100, 1000), "chronic", "lower").kind is Kind.NO_COUNTS
    assert change((10, 1000), (400, 1000)).kind is Kind.NO_COUNTS
    assert change((10, 20), (10, 20)).kind in (Kind.CANNOT_TELL, Kind.NO_COUNTS)


@pytest.mark.parametrize("kind", list(Kind))
def test_words_of_a_change_say_better_only_where_it_is(kind):
    for points in (-4, 4):
        said = numbers.told(numbers.Change(kind, points)) if kind in KINDS else ""
        explained = numbers.explained(numbers.Change(kind, points))
        assert ("better" in explained) == (kind is Kind.BETTER) and ("worse" in explained) == (kind is Kind.WORSE)
        assert ("better" in said) == (kind is Kind.BETTER)
        if kind in (Kind.BETTER, Kind.WORSE, Kind.MOVED):
            assert ("Down" in explained) == (points < 0) and "about 4 points" in explained


KINDS = (
    Kind.BETTER, Kind.WORSE, Kind.MOVED, Kind.CHANCE, Kind.UNTESTED, Kind.CANNOT_TELL, Kind.NO_PRIOR, Kind.NO_COUNTS,
)  # fmt: skip

BANDS = ["1", "2_4", "5_9", "10_19", "20_up"]


def test_the_middle_students_band_is_among_those_named():
    rng = np.random.default_rng(4)
    certain = 0
    for _ in range(500):
        true = rng.multinomial(int(rng.integers(40, 2000)), rng.dirichlet(np.ones(5)))
        total, cumulated = int(true.sum()), true.cumsum()
        middle = BANDS[int(np.searchsorted(cumulated, (total + 1) / 2))]
        shown = {b: rounded(int(v)) if v > 10 else None for b, v in zip(BANDS, true, strict=True)}
        found = local_bands.middle(BANDS, shown, rounded(total))
        assert middle in found, (true, shown, found)
        certain += len(found) == 1
    assert certain > 250


def test_the_middle_band_is_not_named_where_nothing_is_shown():
    assert local_bands.middle(BANDS, dict.fromkeys(BANDS), None) == []
    assert len(local_bands.middle(BANDS, dict.fromkeys(BANDS), 100)) == len(BANDS)


def test_no_line_runs_over_a_month_that_is_withheld():
    figure = month_lines(
        [("Any service", {202509: (10.0, "about 10 %"), 202510: (12.0, ""), 202512: (11.0, "")}, {})], "Alder Valley"
    )
    assert [trace["x"] for trace in figure["data"]] == [[2, 3], [5]]


def test_last_years_line_is_dashed_and_the_years_stand_over_each_other():
    figure = month_lines(
        [("Any service", {202509: (10.0, ""), 202510: (12.0, "")}, {202409: (9.0, ""), 202410: (8.0, "")})], "Alder Valley"
    )
    dashed, solid = figure["data"]
    assert dashed["line"]["dash"] == "dash" and solid["line"]["dash"] == "solid" and dashed["x"] == solid["x"] == [2, 3]
