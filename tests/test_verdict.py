"""Intervals equal the published vectors and statsmodels; a verdict claims only what its interval allows."""

import csv
import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from components.i18n import half_up
from components.verdict import (
    Kind,
    Verdict,
    change,
    changes,
    dashboard_box,
    dashboard_change,
    excess,
    newcombe,
    risk_ratio,
    wilson,
    wilson_many,
)
from data import registry

VECTORS = list(csv.DictReader((Path(__file__).parent / "vectors" / "stat_test_vectors.csv").open(encoding="utf-8")))
CHRONIC = registry.indicators["chronic_absenteeism_rate"]
STATE_2025 = (170274, 5961200)


def numbers(text: str) -> list[float]:
    return [float(n.replace(",", "")) for n in re.findall(r"(?<![\d.])-?[\d,]*\d(?:\.\d+)?", text)]


def vectors(test: str) -> list:
    rows = [v for v in VECTORS if v["test"].startswith(test)]
    assert rows, test
    return [pytest.param(v, id=f"{v['test']} {v['inputs']}") for v in rows]


@pytest.mark.parametrize("vector", vectors("wilson95"))
def test_wilson(vector):
    k, n = map(int, vector["inputs"].split("/"))
    low, high = vector["expected"].removesuffix(" %").split("-")
    assert wilson(k, n) == pytest.approx((float(low), float(high)), abs=0.005)


@pytest.mark.parametrize("vector", vectors("newcombe_diff95"))
def test_newcombe(vector):
    difference, low, high = numbers(vector["expected"])
    k, n, prior_k, prior_n = map(int, re.findall(r"\d+", vector["inputs"]))
    assert half_up(Fraction(100 * k, n) - Fraction(100 * prior_k, prior_n), 2) == Fraction(str(difference))
    assert newcombe(k, n, prior_k, prior_n) == pytest.approx((low, high), abs=0.005)


@pytest.mark.parametrize("vector", vectors("risk_ratio"))
def test_risk_ratio(vector):
    given_counts = list(map(int, re.findall(r"\d+", vector["inputs"])))
    k, n = given_counts[:2]
    other = tuple(given_counts[2:]) if vector["test"] == "risk_ratio_small" else (STATE_2025[0] - k, STATE_2025[1] - n)
    ratio, low, high, *more = numbers(vector["expected"])
    assert risk_ratio(k, n, *other) == pytest.approx((ratio, low, high), abs=0.0051)
    if more:
        assert 100 * k / n - 100 * other[0] / other[1] == pytest.approx(more[0], abs=0.005)
    if len(more) > 1:
        assert round(excess(k, n, *other)) == more[1]


@pytest.mark.parametrize("vector", vectors("dashboard_change"))
def test_change_is_the_difference_of_unrounded_rates(vector):
    k, n, prior_k, prior_n = map(int, re.findall(r"\d+", vector["inputs"])[:4])
    now, before = Fraction(100 * k, n), Fraction(100 * prior_k, prior_n)
    wanted = Fraction(re.search(r"-\d\.\d", vector["expected"]).group())  # type: ignore[union-attr]
    assert dashboard_change(k, n, prior_k, prior_n) == wanted
    assert half_up(half_up(now) - half_up(before)) != wanted


@pytest.mark.parametrize("vector", vectors("box"))
def test_box(vector):
    status, level = map(int, re.findall(r"\d+", vector["inputs"]))
    assert dashboard_box(status, level) == int(vector["expected"].split()[0])


def test_every_vector_is_used():
    assert {re.split(r"_state|_small", v["test"])[0] for v in VECTORS} == {
        "wilson95",
        "newcombe_diff95",
        "risk_ratio",
        "dashboard_change",
        "box",
    }


counts = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def judge(now: tuple[int, int], before: tuple[int, int]) -> Verdict:
    return change(now[0], now[1], before[0], before[1], CHRONIC, 2025)


@given(counts)
def test_wilson_equals_statsmodels_and_is_symmetric(share):
    k, n = share
    low, high = proportion_confint(k, n, method="wilson")
    assert wilson(k, n) == pytest.approx((100 * low, 100 * high), abs=1e-9)
    mirrored = wilson(n - k, n)
    assert wilson(k, n) == pytest.approx((100 - mirrored[1], 100 - mirrored[0]), abs=1e-9)
    assert 0 <= wilson(k, n)[0] <= 100 * k / n + 1e-9 and 100 * k / n - 1e-9 <= wilson(k, n)[1] <= 100


@given(counts, counts)
def test_newcombe_equals_statsmodels_and_turns_with_its_sides(now, before):
    low, high = confint_proportions_2indep(*now, *before, method="newcomb", compare="diff")
    assert newcombe(*now, *before) == pytest.approx((100 * low, 100 * high), abs=1e-7)
    assert newcombe(*before, *now) == pytest.approx((-100 * high, -100 * low), abs=1e-7)


@given(counts, counts)
def test_a_verdict_turns_with_time(now, before):
    """What improved forwards worsened backwards, by as much; what could be chance stays so."""
    there = judge(now, before)
    back = judge(before, now)
    turned = {Kind.BETTER: Kind.WORSE, Kind.WORSE: Kind.BETTER}
    assert back.kind is turned.get(there.kind, there.kind)
    if there.change is not None and back.change is not None:
        assert there.change == -back.change


@given(counts, counts)
def test_a_verdict_claims_only_what_the_interval_allows(now, before):
    verdict = judge(now, before)
    few = min(now[1], before[1]) < CHRONIC.min_rank
    assert (verdict.kind is Kind.CANNOT_TELL) == few
    if verdict.certain:
        assert verdict.lower is not None and verdict.upper is not None and verdict.change is not None
        assert not verdict.lower <= 0 <= verdict.upper
        assert (verdict.kind is Kind.BETTER) == (verdict.change < 0)


@pytest.mark.parametrize("year", [2020, 2021, 2022])
def test_no_verdict_touches_or_spans_the_closures(year):
    for indicator in registry.indicators.values():
        assert change(10, 100, 90, 100, indicator, year).kind is Kind.NOT_COMPARABLE


def test_no_verdict_without_counts_on_both_sides():
    assert change(None, None, 9, 90, CHRONIC, 2025) == Verdict(Kind.NO_COUNTS)
    assert change(9, 90, None, None, CHRONIC, 2025) == Verdict(Kind.NO_PRIOR)
    assert change(None, None, None, None, CHRONIC, 2025) == Verdict(Kind.NO_COUNTS)


def test_a_group_that_is_counted_anew_has_no_verdict():
    """Transitional kindergarten is inside the span from 2023-24: a change to that year is one of definition."""
    by_grade = registry.indicators["chronic_absenteeism_rate_by_grade"]
    assert change(400, 1000, 200, 1000, by_grade, 2024, "GRTKKN").kind is Kind.NOT_COMPARABLE
    assert change(400, 1000, 200, 1000, by_grade, 2025, "GRTKKN").kind is Kind.WORSE
    assert change(400, 1000, 200, 1000, by_grade, 2024, "GR13").kind is Kind.WORSE


@given(st.lists(st.one_of(st.none(), st.tuples(counts, counts)), min_size=1, max_size=30))
def test_many_rows_get_the_verdicts_of_single_ones(rows):
    names = ("numerator", "denominator", "prior_numerator", "prior_denominator")
    flat = [(None,) * 4 if r is None else (*r[0], *r[1]) for r in rows]
    frame = pd.DataFrame(flat, columns=list(names)).astype("Int64").assign(student_group="TA")
    found = changes({str(name): column for name, column in frame.items()}, CHRONIC, 2025)
    assert found["kind"].tolist() == [(Kind.NO_COUNTS if r is None else judge(*r).kind).value for r in rows]
    lower, upper = wilson_many(*(frame[c].to_numpy(dtype=float, na_value=np.nan) for c in names[:2]))
    for r, low, high in zip(rows, lower, upper, strict=True):
        assert np.isnan(low) and np.isnan(high) if r is None else (low, high) == wilson(*r[0])


@given(st.fractions(), st.integers(0, 3))
def test_rounding_is_half_up_away_from_zero(value, places):
    rounded = half_up(value, places)
    assert abs(rounded - value) <= Fraction(1, 2 * 10**places)
    assert half_up(-value, places) == -rounded
    assert half_up(Fraction(1, 20)) == Fraction(1, 10) and half_up(Fraction(-1, 20)) == Fraction(-1, 10)


@pytest.mark.parametrize(
    ("counts", "kind"),
    [
        ((0, 88, 76, 111), Kind.CHECK),
        ((176, 195, 0, 193), Kind.CHECK),
        ((0, 104, 13, 85), Kind.CHECK),
        ((120, 200, 41, 200), Kind.WORSE),
        ((121, 200, 41, 200), Kind.CHECK),
        ((0, 300, 29, 300), Kind.BETTER),
    ],
)
def test_a_jump_is_checked_before_it_is_believed(counts, kind):
    """Three real rows first; then just under and on the two limits of the registry (40 points, nobody to 10 percent)."""
    found = change(counts[0], counts[1], counts[2], counts[3], CHRONIC, 2025)
    assert found.kind is kind and found.change is not None and found.lower is not None
