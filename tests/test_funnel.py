"""Limits equal scipy's; spread and shrinkage find what was put in; a place that stands apart is seen, and few others are."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bench import false_alarms
from components import funnel

DOMAIN = {100: (10.0, 25.0), 300: (13.0, 21.3), 1000: (14.8, 19.5)}
"""The 95 percent limits around 17.1 percent that DOMAIN.md section 8 prints, by students."""


def places(seed: int, count: int, mean: float, strength: float | None) -> tuple[np.ndarray, np.ndarray]:
    """Counts of invented places; `strength`: M of the beta that their true rates come from, None for one true rate."""
    dice = np.random.default_rng(seed)
    n = np.round(dice.lognormal(5.8, 0.9, count)).astype(int) + 30
    true = np.full(count, mean) if strength is None else dice.beta(mean * strength, (1 - mean) * strength, count)
    return dice.binomial(n, true), n


@pytest.mark.parametrize("n", DOMAIN)
def test_the_limits_of_the_domain(n):
    found = 100 * funnel.quantiles(n, 0.171, 0.0, [0.025, 0.975])
    assert found == pytest.approx(DOMAIN[n], abs=100 / n)


@given(st.integers(2, 3000), st.floats(0.001, 0.999), st.one_of(st.just(0.0), st.floats(0.0005, 0.5)), st.floats(0.001, 0.999))
def test_quantiles_lie_within_a_count_of_scipys(n, center, rho, tail):
    strength = 1 / rho - 1 if rho else None
    of = stats.betabinom(n, center * strength, (1 - center) * strength) if strength else stats.binom(n, center)
    found = funnel.quantiles(n, center, rho, [tail])[0] * n
    assert of.ppf(tail) - 1 - 1e-6 <= found <= of.ppf(tail) + 1e-6


@pytest.mark.parametrize("rho", [0.0, 1e-5, 0.01])
def test_a_large_place_has_the_limits_of_its_size(rho):
    n, center = 40_000, 0.2
    of = stats.binom(n, center) if not rho else stats.betabinom(n, center * (1 / rho - 1), (1 - center) * (1 / rho - 1))
    assert funnel.quantiles(n, center, rho, [0.001, 0.975]) == pytest.approx(of.ppf([0.001, 0.975]) / n, abs=0.0012)


def test_without_spread_nothing_is_widened_and_few_stand_apart():
    k, n = places(3, 2000, 0.17, None)
    of = funnel.spread(k, n)
    assert of.phi == pytest.approx(1, abs=0.1) and of.rho < 0.0005
    out = funnel.stands(k, n, funnel.curve(n.min(), n.max(), of))
    assert np.mean(np.abs(out) == 2) < 0.006 and 0.02 < np.mean(out != 0) < 0.07


def test_spread_is_found_and_the_plot_does_not_flag_half_the_state():
    k, n = places(4, 2000, 0.2, 25)
    of = funnel.spread(k, n)
    assert of.center == pytest.approx(0.2, abs=0.01) and of.rho == pytest.approx(1 / 26, rel=0.25) and of.phi > 3
    out = funnel.stands(k, n, funnel.curve(n.min(), n.max(), of))
    assert np.mean(out != 0) < 0.08 and np.mean(np.abs(out) == 2) < 0.01
    plain = funnel.stands(k, n, funnel.curve(n.min(), n.max(), funnel.Spread(of.center, 1.0, 0.0)))
    assert np.mean(plain != 0) > 0.4, "the same places against binomial limits"


def test_who_stands_apart_does_not_widen_the_limits_of_all():
    k, n = places(5, 40, 0.2, None)
    k[:3] = 0.8 * n[:3]
    out = funnel.stands(k, n, funnel.curve(n.min(), n.max(), funnel.spread(k, n)))
    assert (out[:3] == 2).all() and (np.abs(out[3:]) < 2).all()


def test_a_set_without_cases_has_limits():
    k, n = np.zeros(12), np.arange(30, 42)
    of = funnel.spread(k, n)
    assert not funnel.stands(k, n, funnel.curve(30, 41, of)).any()
    with pytest.raises(ValueError, match="two places"):
        funnel.spread(np.array([1]), np.array([9]))


def test_the_prior_is_recovered_and_shrinkage_lowers_the_error():
    """DOMAIN.md: m 0.196 of 0.2, M 25.3 of 25, squared error lower by 29 percent where n is under 100."""
    dice = np.random.default_rng(1)
    n = dice.integers(30, 400, 1500)
    true = dice.beta(5, 20, 1500)
    k = dice.binomial(n, true)
    m, strength = funnel.prior(k, n)
    assert m == pytest.approx(0.2, abs=0.01) and strength == pytest.approx(25, rel=0.12)
    small = n < 100
    raw, drawn = ((r[small] - true[small]) ** 2 for r in (k / n, funnel.shrunken(k, n, m, strength)))
    assert drawn.mean() < 0.82 * raw.mean()


def test_shrinking_keeps_small_places_from_the_top_of_a_list():
    k, n = np.array([12, 300, 100, 110, 90, 95]), np.array([30, 800, 800, 900, 850, 800])
    drawn = funnel.shrunken(k, n, *funnel.prior(k, n))
    assert k[0] / n[0] > k[1] / n[1] and drawn[0] < drawn[1]
    assert (np.abs(drawn - (k / n)) <= np.abs(k / n - funnel.prior(k, n)[0]) + 1e-12).all()


@pytest.mark.parametrize("n", false_alarms.SIZES)
def test_false_alarms_stay_under_their_limit(n):
    """A short run of bench/false_alarms.py: schools whose true rate does not move, and the exact error of the interval."""
    for rate in false_alarms.RATES:
        assert false_alarms.exact(n, rate) <= 0.065
        assert false_alarms.simulated(n, rate, 500, seed=11) <= 0.065 + 0.02


def test_the_exact_error_is_that_of_enumeration():
    wide = stats.binom.pmf(np.arange(31), 30, 0.171)
    assert wide.sum() == pytest.approx(1) and 0 < false_alarms.exact(30, 0.171) < 0.065


def test_the_product_needs_no_scipy():
    for path in (Path(funnel.__file__), Path(funnel.__file__).with_name("similar.py")):
        assert not re.search(r"import.*(scipy|statsmodels)", path.read_text(encoding="utf-8"))
