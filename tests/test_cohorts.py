"""Cohorts: matches are the nearest, intervals rarely see what is not there, hidden and few stand nowhere, no cause is told."""

import re
from dataclasses import replace
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from scipy import stats

import queries
from bench import cohort_coverage
from components import cohorts, matching
from components.exhibit import Exhibit, Shown, Unanswerable
from components.exhibits import cohorts as listing
from components.exhibits import differences
from components.matching import Schools
from components.verdict import comparable
from components.view import View
from data import registry
from tests import invented

SUSPENSION = registry.indicators["suspension_rate"]
EVERY = [listing.LEAD, listing.COHORTS, differences.DIFFERENCE, differences.LINES]
MANIFEST = queries.manifest
COMPARED = [differences.DIFFERENCE, differences.LINES]


@pytest.fixture(autouse=True)
def manifest(monkeypatch):
    monkeypatch.setattr(queries, "manifest", lambda build=None: invented.MANIFEST)


def code(number: int) -> str:
    return f"13{90001 + number % 40:05d}{1000001 + number:07d}"


class Fake(invented.Fake):
    """480 schools in 40 districts. `moved`: points that cohort 1 falls further. `hidden`: how many have planted counts."""

    def __init__(
        self, moved: float = 0.0, each: int = 60, leveled: bool = True, hidden: int = 0, listed: bool = True, seed: int = 0
    ):
        super().__init__()
        self.moved, self.each, self.leveled, self.hidden, self.listed = moved, each, leveled, hidden, listed
        dice = np.random.default_rng(seed)
        self.own = dice.normal(22, 4, 480)
        self.students = dice.integers(250, 480, 480)
        self.noise = {y: dice.normal(0, 1, 480) for y in (*self.years, 2020, 2021)}
        self.cohort = np.array([1 + i // each if i < 4 * each else 0 for i in range(480)])

    def ask_characteristics(self, level, indicator) -> pd.DataFrame:
        rows = [
            {
                "entity": code(i),
                "school_level": "elementary" if self.leveled else None,
                "dass": "no" if self.leveled else None,
                "low_grade": "K",
                "high_grade": "5",
                "locale": ("city", "rural")[i % 2],
                "enrollment": int(self.students[i]),
                **{f"{g}_share": 40 + i % 9 for g in invented.SHARES},
                **dict.fromkeys(("census_year", "year", "students", *invented.SHARES, "high_school")),
            }
            for i in range(480)
        ]
        frame = pd.DataFrame(sorted(rows, key=lambda r: r["entity"]))
        return frame.astype(
            {c: "Float64" for c in frame if c not in ("entity", "school_level", "dass", "low_grade", "high_grade", "locale")}
        )

    def ask_cohorts(self, indicator, student_group) -> pd.DataFrame:
        rows = []
        for year, noise in self.noise.items():
            for i in range(480):
                gone = self.moved if self.cohort[i] == 1 and year >= 2023 else 0.0
                n = int(10 * self.students[i])
                k = round(n * (self.own[i] + noise[i] - gone + (30 if year == 2021 else 0)) / 100)
                hidden = i < self.hidden
                counts = (invented.PLANTED // 2, invented.PLANTED, "withheld") if hidden else (k, n, "published")
                rows.append((code(i), year, *counts, int(self.cohort[i]) or pd.NA))
        frame = pd.DataFrame(rows, columns=["entity", "year", "numerator", "denominator", "status", "cohort"])
        return frame.astype({"numerator": "Int64", "denominator": "Int64", "cohort": "Int64", "status": "category"})

    def ask_grantees(self, region, county) -> pd.DataFrame:
        rows = [
            (code(i), f"School {i}", code(i)[:7] + "0" * 7, f"District {i % 40}", "Imperial County", int(self.cohort[i]))
            for i in range(4 * self.each if self.listed and county in (None, "13") else 0)
        ]
        return pd.DataFrame(rows, columns=["entity", "name", "district", "district_name", "county_name", "cohort"])

    def ask_places(self, entities: list[str]) -> pd.DataFrame:
        frame = super().ask_places(entities)
        return frame if self.listed else frame.assign(grantee_schools=0)


def build(exhibit: Exhibit, view: View | None = None, **fake) -> Shown:
    return exhibit.build(view or View(), Fake(**fake))


def schools(rate: list[float], features: list[list[float]] | None = None, stratum: list[int] | None = None) -> Schools:
    many = len(rate)
    found = np.array(features if features is not None else [[0.0]] * many, dtype=float)
    kinds = np.array(stratum or [0] * many)
    return Schools(found, np.ones(found.shape[1]), np.array(rate, dtype=float), kinds, np.arange(many))


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers)


def test_matches_are_the_nearest_of_the_same_stratum_and_equal_ones_go_by_row():
    of = schools([0, 0.1, 0.05, 0, 0, 0], stratum=[0, 0, 0, 0, 0, 1])
    assert matching.matched(of, rows(0), rows(1, 2, 3, 4, 5)).tolist() == [[3, 4, 2]]


def test_a_school_may_serve_several_grantees_but_each_only_once():
    found = matching.matched(schools([0.0] * 5), rows(0, 1), rows(2, 3, 4))
    assert found.tolist() == [[2, 3, 4], [2, 3, 4]]


@pytest.mark.parametrize(
    ("rate", "features", "matched"),
    [
        ([0, 0.25, 0.2, -0.25], None, True),
        ([0, 0.26, 0.2, -0.2], None, False),
        ([0, 0, 0, 0], [[0], [1.3], [0], [0]], True),
        ([0, 0, 0, 0], [[0], [1.5], [0], [0]], False),
        ([0, 0, 0, 0], [[0, 0, 0, 0], [np.nan] * 4, [0] * 4, [0] * 4], False),
        ([0, 0, 0, 0], [[0, 0, 0, 0], [np.nan, 0, 0, 0], [0] * 4, [0] * 4], True),
    ],
)
def test_a_match_lies_within_both_calipers_and_is_known_well_enough(rate, features, matched):
    found = matching.matched(schools(rate, features), rows(0), rows(1, 2, 3))
    assert (found[0, 0] >= 0) == matched and ((found >= 0).all() or (found == -1).all())


def test_without_the_rate_only_features_count():
    of = schools([0, 3, 3, 3])
    assert (matching.matched(of, rows(0), rows(1, 2, 3)) == -1).all()
    assert (matching.matched(of, rows(0), rows(1, 2, 3), by_rate=False) >= 0).all()


def test_the_difference_is_the_mean_of_paired_differences():
    dice = np.random.default_rng(1)
    change, rate, district = dice.normal(0, 2, 300), dice.normal(20, 4, 300), dice.integers(0, 30, 300)
    grantee = np.arange(40)
    matches = np.array([dice.choice(np.arange(40, 300), 3, replace=False) for _ in grantee])
    found = matching.difference(change, rate, district, grantee, matches)
    assert found and found.difference == pytest.approx((change[grantee] - change[matches].mean(axis=1)).mean())
    assert found.difference == pytest.approx(found.grantees - found.matches) and found.count == 40
    assert found.upper - found.difference == pytest.approx(found.difference - found.lower)


def test_reuse_and_shared_districts_widen_the_interval():
    dice = np.random.default_rng(2)
    change, rate = dice.normal(0, 2, 400), np.zeros(400)
    apart, grantee = np.arange(400), np.arange(60)
    often = np.tile([[100, 101, 102]], (60, 1))
    spread = np.arange(100, 280).reshape(60, 3)

    def width(district: np.ndarray, matches: np.ndarray) -> float:
        found = matching.difference(change, rate, district, grantee, matches)
        assert found
        return found.upper - found.lower

    assert matching.difference(change, rate, apart, grantee, often) is None or width(apart, often) > 1.5 * width(apart, spread)
    together = np.where(apart < 60, apart // 6, apart)
    moved = change + np.where(apart < 60, np.repeat(dice.normal(0, 3, 80), 6)[:400], 0)
    alone = matching.difference(moved, rate, apart, grantee, spread)
    shared = matching.difference(moved, rate, together, grantee, spread)
    assert alone and shared and shared.upper - shared.lower > 1.3 * (alone.upper - alone.lower)


def test_one_district_gives_no_interval():
    change = np.random.default_rng(3).normal(size=100)
    matches = np.arange(10, 70).reshape(20, 3)[:10]
    assert matching.difference(change, change, np.where(np.arange(100) < 10, 0, np.arange(100)), np.arange(10), matches) is None


@pytest.mark.parametrize("freedom", [4, 5, 7.5, 12, 40, 500])
def test_the_quantile_of_students_t(freedom):
    assert matching.student(freedom) == pytest.approx(float(stats.t.ppf(0.975, freedom)), abs=0.01)


@pytest.mark.parametrize("picked", ["at random", "poverty", "rate", "year"])
def test_where_nothing_differs_a_difference_is_rarely_called(picked):
    """1,000 small worlds; `python -m bench.cohort_coverage` has larger ones. However grantees were picked, at most 7 percent."""
    world = cohort_coverage.World("small", schools=400, districts=90, grantees=35, alike=1.5, picked=picked)
    found = cohort_coverage.measured(world, 1000)
    assert found.called <= cohort_coverage.LIMIT and found.none < 0.5
    if picked != "rate":
        assert found.by_rate <= cohort_coverage.LIMIT
    if picked != "year":
        assert found.by_features <= cohort_coverage.LIMIT


def test_a_difference_that_is_there_is_called():
    shown = build(differences.DIFFERENCE, moved=4.0)
    assert shown.headline == "Cohort 1 fell more than matched schools, beyond chance"
    first = shown.frame[(shown.frame["cohort"] == 1) & (shown.frame["academic_year"] == "2024-25")].iloc[0]
    assert first["difference"] == pytest.approx(-4, abs=0.7) and first["upper"] < 0 and bool(first["beyond_chance"])
    assert "That is more than chance" in shown.words[0]
    assert build(differences.DIFFERENCE, moved=-4.0).headline == "Cohort 1 rose more than matched schools, beyond chance"


def test_both_ways_of_matching_must_agree():
    low, high, none = (matching.Estimate(0, a, b, 0, 0, 20, 9) for a, b in ((-2, -1), (1, 2), (-1, 1)))
    sides = {(low, low): -1, (high, high): 1, (low, none): 0, (none, low): 0, (low, high): 0, (none, none): 0}
    assert all(matching.Pair(*both).side == side for both, side in sides.items())
    assert matching.Pair(low, None).side == 0 and matching.Pair(None, None).side == 0


@pytest.mark.parametrize("exhibit", EVERY, ids=lambda e: e.key)
@pytest.mark.parametrize("indicator", [i.name for i in registry.indicators.values() if i.of_schools])
def test_every_exhibit_is_whole(exhibit, indicator):
    shown = build(exhibit, View(indicator=indicator))
    assert shown.headline and shown.subtitle and shown.table.caption and shown.table.rows and shown.words
    assert len(shown.headline.split()) <= 10 and len(shown.frame) and shown.build == invented.MANIFEST["id"]
    for row in shown.table.rows:
        assert all(row[c.key] for c in shown.table.columns)
    if exhibit in COMPARED and shown.figure:
        go.Figure(shown.figure)
        assert shown.alt and {"Difference", "Beyond chance"} <= {label for label, _text in shown.why}
    said = " ".join([shown.headline, shown.subtitle, shown.source, shown.alt, *shown.words, *shown.notes])
    assert not re.search(r"%\(|\bnan\b|None|<NA>", said)
    assert not re.search(r"\b(effects?|impact|caused|because of)\b", said, re.I)
    if exhibit in COMPARED and shown.figure:
        assert "This describes; it does not show cause." in shown.words


@pytest.mark.parametrize("exhibit", COMPARED, ids=lambda e: e.key)
def test_hidden_counts_stand_nowhere_and_enter_nothing(exhibit):
    shown = build(exhibit, hidden=20)
    text = f"{shown!r}{shown.frame.to_csv()}"
    assert str(invented.PLANTED) not in text and str(invented.PLANTED // 2) not in text
    found = cohorts.comparisons(View(), Fake(hidden=20))
    first = next(c for c in found if c.cohort.number == 1)
    assert set(first.unknown) >= {code(i) for i in range(20)}
    assert not set(first.rates.entities[first.grantees]) & {code(i) for i in range(20)}


def test_fewer_than_ten_matched_grantees_show_no_estimate():
    shown = build(differences.DIFFERENCE, each=9)
    assert shown.figure is None and shown.headline == "Too few matched schools to tell a difference"
    assert {row["difference"] for row in shown.table.rows} == {"not shown"}
    assert {row["count"] for row in shown.table.rows} == {"fewer than 10"}
    assert shown.frame[["grantees_matched", "difference", "lower", "change_grantees", "beyond_chance"]].isna().to_numpy().all()
    assert any("too few matched grantees" in w for w in shown.words)
    lines = build(differences.LINES, each=9)
    assert lines.figure is None and not len(lines.frame) and not lines.table.rows


def test_nothing_goes_across_the_closures():
    for indicator in (registry.indicators["chronic_absenteeism_rate"], SUSPENSION):
        view, ask = View(indicator=indicator.name), Fake()
        found = cohorts.comparisons(view, ask)
        assert {(c.cohort.number, c.base) for c in found} == {(1, 2022), (2, 2023), (3, 2024)}
        assert all(comparable(indicator, c.base, c.year) for c in found)
        assert {c.cohort.number: c.trend for c in found} == {1: False, 2: True, 3: True}
        assert not {m.year for c in found for m in cohorts.means(c, indicator)} & {2020, 2021}
    early = replace(registry.cohorts[0], first=2021)
    assert cohorts.base_of(early, SUSPENSION, (2019, 2020, 2021, 2022, 2023)) == 2022


def test_lines_do_not_join_over_the_gap():
    figure = build(differences.LINES).figure
    assert figure
    assert not any(min(d["x"]) < 2020 < max(d["x"]) for d in figure["data"])
    names = " ".join(a["text"] for a in figure["layout"]["annotations"])
    assert "grantees" in names and "matches" in names and "comparable" in names


def test_the_law_is_marked_for_suspension_only():
    shown = build(differences.DIFFERENCE, View(indicator="suspension_rate"))
    law = {(row["cohort"], row["year"]): row["law"] for row in shown.table.rows}
    assert law["Cohort 1", "2023–24"] == "–" and law["Cohort 1", "2024–25"] == "SB 274" == law["Cohort 3", "2024–25"]
    assert any("willful defiance" in w for w in shown.words) and "SB 274" in str(shown.figure)
    assert "SB 274" not in str(build(differences.DIFFERENCE).figure)


def test_a_region_narrows_the_grantees_and_never_the_matches():
    narrowed = cohorts.comparisons(View(county="13"), Fake())
    whole = cohorts.comparisons(View(), Fake())
    assert [c.matches.tolist() for c in narrowed] == [c.matches.tolist() for c in whole]
    with pytest.raises(Unanswerable, match="another region or county"):
        cohorts.comparisons(View(county="30"), Fake())


def test_a_grantee_of_any_cohort_is_no_match():
    for found in cohorts.comparisons(View(), Fake()):
        assert (found.rates.cohort[found.matches] == 0).all()
        assert (found.rates.cohort[found.grantees] == found.cohort.number).all()


@pytest.mark.parametrize("exhibit", EVERY, ids=lambda e: e.key)
def test_without_a_list_the_reason_and_the_way_out_are_said(exhibit):
    with pytest.raises(Unanswerable, match="no list of community schools, so there are no cohorts to show"):
        build(exhibit, listed=False)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (View(indicator="average_days_absent"), "another indicator"),
        (View(indicator="chronic_absenteeism_rate_by_grade"), "another indicator"),
        (View(student_group="RB"), "Leave the student group out"),
        (View(year=2019), "Choose a later year"),
    ],
)
def test_what_cannot_be_compared_says_why(view, said):
    for exhibit in COMPARED:
        with pytest.raises(Unanswerable, match=said):
            build(exhibit, view)


def test_without_levels_of_schools_none_are_matched():
    with pytest.raises(Unanswerable, match="school list"):
        build(differences.DIFFERENCE, leveled=False)


def test_the_table_of_cohorts_has_its_ends():
    shown = build(listing.COHORTS)
    assert [(r["cohort"], r["first"], r["last"], r["schools"]) for r in shown.table.rows] == [
        ("Cohort 1", "2022–23", "2026–27", "60"),
        ("Cohort 2", "2023–24", "2027–28", "60"),
        ("Cohort 3", "2024–25", "2028–29", "60"),
        ("Cohort 4", "2025–26", "2029–30", "60"),
    ]
    assert len(shown.frame) == 240 and set(shown.frame["last_year"]) == {"2026-27", "2027-28", "2028-29", "2029-30"}
    lead = build(listing.LEAD)
    assert lead.headline == "240 community schools in California" and "2026–27 (cohort 1)" in lead.subtitle
    assert "District 0 (2)" in " ".join(build(listing.COHORTS, View(county="13")).words)


@pytest.mark.parametrize("query", [{}, {"region": "R-SCO"}, {"county": "19"}, {"indicator": "suspension_rate", "year": "2024"}])
def test_the_page_and_its_files(web, query, monkeypatch):
    monkeypatch.setattr(queries, "manifest", MANIFEST)
    tail = f"?{urlencode(query)}" if query else ""
    for exhibit in ("cohorts", "difference", "lines"):
        answer = web.get(f"/export/cohorts.csv{tail}{'&' if tail else '?'}exhibit={exhibit}")
        assert answer.status_code == 200 and answer.get_data(as_text=True).count("\n") > 1, exhibit
    refused = web.get("/export/cohorts.csv?exhibit=difference&student_group=RB")
    assert refused.status_code == 400 and "all students only" in refused.get_data(as_text=True)
