"""Equity: comparisons only where the rules allow them, the published vectors, and an attacker who gets every file of the page."""

import csv
import json
import re
from fractions import Fraction
from itertools import product
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_web_exports import rows

import queries
from components import facts, gap_words, gaps, reading, tables
from components.exhibit import Unanswerable
from components.exhibits import equity, heat, place
from components.gaps import Allowed, Side
from components.view import View
from data import registry
from tests import invented
from tests.groups import AS_RATIO, COMPARED, WHOLE, Below, Town, allowed, built

CHRONIC = registry.indicators["chronic_absenteeism_rate"]
SUSPENSION = registry.indicators["suspension_rate"]
STATE_2025 = (170274, 5961200)
VECTORS = list(csv.DictReader((Path(__file__).parent / "vectors" / "stat_test_vectors.csv").open(encoding="utf-8")))


@pytest.fixture(autouse=True)
def manifest(monkeypatch):
    monkeypatch.setattr(queries, "manifest", lambda build=None: invented.MANIFEST)


# The rules


def test_where_every_family_is_whole_each_group_is_compared_by_its_size_and_cases():
    found = allowed(built())
    assert {g for g, a in found.items() if a == Allowed.YES} == {"RB", "RA", "RH", "GF", "GM", "SD"}
    assert {g for g, a in found.items() if a == Allowed.DIFFERENCE} == {"RI", "RW"}, "fewer than ten cases: no ratio"
    assert found["SF"] == found["SS"] == Allowed.FEW, "20 students; 15 others"
    assert found["RF"] == Allowed.COUNTS


@pytest.mark.parametrize("status", ["withheld", "counts_withheld"])
@pytest.mark.parametrize(("hidden", "family"), [("RF", "race"), ("GX", "gender")])
def test_one_hidden_sibling_ends_every_comparison_of_its_family_and_no_other(status, hidden, family):
    shown = built(ask=Town(hidden={hidden: status}))
    kinds = facts.dimensions(CHRONIC)
    for group, said in allowed(shown).items():
        if kinds[group] == family and group in WHOLE:
            assert said == Allowed.SIBLING, group
        elif group in WHOLE:
            assert said != Allowed.SIBLING, group
    closed = [r for r in shown.frame.to_dict("records") if r["allowed"] == Allowed.SIBLING]
    assert closed and all(pd.isna(r[c]) for r in closed for c in (*COMPARED, *AS_RATIO))
    assert not any(pd.isna(r["rate"]) for r in closed)


def test_where_the_place_allows_none_a_large_group_is_set_against_the_states_others():
    shown = built(ask=Below(hidden={"RF": "withheld"}))
    rows = shown.frame.set_index("student_group")
    assert {g for g, a in allowed(shown).items() if a == Allowed.STATE} == {"RB", "RI", "RA", "RH", "RW", "SS"}
    assert rows.loc["SF", "allowed"] == Allowed.FEW, "20 students of its own"
    (k, n), (all_k, all_n) = Below.STATE["RB"], Below.STATE["TA"]
    assert tuple(rows.loc["RB", ["others_numerator", "others_denominator"]]) == (all_k - k, all_n - n)
    assert not pd.isna(rows.loc["RB", "ratio"]) and pd.isna(rows.loc["RI", "ratio"]), "two cases: no ratio"
    assert rows.loc[rows["allowed"] == "against_state", "fewer_students"].isna().all()


def test_what_is_set_against_the_state_says_so():
    shown, lead = (built(e, Below(hidden={"RF": "withheld"})) for e in (equity.GAPS, equity.LEAD))
    said = {row["group"]: row for row in shown.table.rows}
    assert said["African American"]["said"] == "above California’s others, beyond chance"
    assert said["African American"]["others"].startswith("California: 16.5 % (28,007 of 170,050)")
    assert "Square: all others of California" in shown.subtitle
    assert any("because here a related group is withheld" in w and "African American" in w for w in shown.words)
    assert shown.figure and [len(t["x"]) for t in shown.figure["data"] if t.get("marker", {}).get("symbol") == "square"] == [6]
    assert lead.headline == "Students with disabilities: chronic absence 1.6 times that of others", "its own yardstick first"
    alone = {"TA": (400, 2000), "RB": (120, 300), "RF": (0, 1)}
    bare = built(equity.LEAD, Below(alone, hidden={"RF": "withheld"}))
    assert bare.headline == "African American: 2.4 times the rate of California’s others"
    assert "All others in California: " in bare.subtitle and "All other students:" not in bare.subtitle
    assert built(equity.GAPS, Below(alone, hidden={"RF": "withheld"})).headline == (
        "Beyond chance: 1 group apart from California’s others"
    )
    assert "California" not in shown.headline, "those of its own yardstick are counted alone"
    assert not any("1 in 20 of" in w for w in bare.words), "of a few comparisons, one in twenty is none"


def test_a_family_that_does_not_add_up_is_not_compared():
    found = allowed(built(ask=Town({**WHOLE, "GF": (189, 995)})))
    assert found["GF"] == found["GM"] == Allowed.INCOMPLETE and found["RB"] == Allowed.YES


def test_without_the_counts_of_all_students_nothing_is_compared():
    shown = built(ask=Town(hidden={"TA": "withheld"}))
    assert set(allowed(shown).values()) == {Allowed.COUNTS} and shown.figure
    assert shown.headline == "Student groups, each with its own rate"


def test_a_region_is_compared_only_where_its_counties_hide_nothing():
    open_, shut = (
        allowed(built(ask=Town(county=c), place=(invented.REGION,))) for c in ({}, {"RF": "withheld", "SD": "withheld"})
    )
    assert open_["RB"] == open_["SD"] == Allowed.YES
    assert shut["RB"] == shut["SD"] == Allowed.STATE and shut["GF"] == Allowed.YES, "against the state's others instead"
    rows = [{"student_group": g, "numerator": k, "denominator": n, "status": "published"} for g, (k, n) in WHOLE.items()]
    alone = {g.row["student_group"]: g.allowed for g in gaps.gaps(rows, CHRONIC, left_out={"RF"})}
    assert alone["RB"] == Allowed.COUNTY, "without the state's rows: not at all"


@pytest.mark.parametrize("indicator", list(registry.indicators))
def test_only_shares_of_students_by_group_fit(indicator):
    measure = registry.indicators[indicator]
    for exhibit in (equity.LEAD, equity.GAPS, heat.HEAT):
        if measure.kind == "share" and "race" in measure.dimensions:
            assert built(exhibit, indicator=indicator, level="district").headline
        else:
            with pytest.raises(Unanswerable, match="choose another indicator"):
                built(exhibit, indicator=indicator, level="district")


# The numbers


@pytest.mark.parametrize("vector", [v for v in VECTORS if v["test"].startswith("risk_ratio")], ids=lambda v: v["test"])
def test_the_vectors_pass_through_the_page(vector):
    k, n, *rest = map(int, re.findall(r"\d+", vector["inputs"]))
    total = (k + rest[0], n + rest[1]) if vector["test"] == "risk_ratio_small" else STATE_2025
    told = gaps.against_others(k, n, *total, SUSPENSION)
    assert told.ratio and told.fewer is not None
    ratio, low, high, *more = (float(x.replace(",", "")) for x in re.findall(r"(?<![\d.])[\d,]*\d(?:\.\d+)?", vector["expected"]))
    assert told.ratio == pytest.approx((ratio, low, high), abs=0.0051)
    assert not more or float(told.difference) == pytest.approx(more[0], abs=0.005)
    assert len(more) < 2 or round(told.fewer) == more[1]
    frame = built(ask=Town({"TA": total, "SD": (k, n)}), indicator="suspension_rate").frame.set_index("student_group")
    row = frame.loc["SD"]
    if min(k, total[0] - k) >= gaps.FEWEST_CASES:
        assert row["allowed"] == "yes" and tuple(row[["ratio", "ratio_lower", "ratio_upper"]]) == told.ratio
        assert row["fewer_students"] == float(told.fewer)
    else:
        assert row["allowed"] == "difference_only" and row[list(AS_RATIO)].isna().all()


def test_the_file():
    frame = built().frame
    assert tuple(frame.columns) == (*tables.FILE_COLUMNS, *COMPARED, *AS_RATIO, "allowed")
    row = frame.set_index("student_group").loc["RB"]
    assert (row["others_numerator"], row["others_denominator"]) == (280, 1700)
    assert row["others_rate"] == pytest.approx(100 * 280 / 1700) and row["difference"] == pytest.approx(40 - 100 * 280 / 1700)
    assert row["fewer_students"] == pytest.approx(120 - 300 * 280 / 1700)


def test_expulsion_is_told_in_its_own_unit():
    counts = {"TA": (400, 90_000), "SD": (120, 9_000)}
    row = built(ask=Town(counts), indicator="expulsion_rate").frame.set_index("student_group").loc["SD"]
    assert row["rate"] == pytest.approx(1000 * 120 / 9000) and row["others_rate"] == pytest.approx(1000 * 280 / 81000)
    assert row["difference"] == pytest.approx(row["rate"] - row["others_rate"])
    assert row["difference_lower"] < row["difference"] < row["difference_upper"]


pairs = st.integers(60, 4000).flatmap(lambda n: st.tuples(st.integers(30, n - 30), st.just(n))).flatmap(
    lambda s: st.tuples(st.integers(0, s[0]), st.just(s[0]), st.integers(0, s[1] - s[0]), st.just(s[1]))
)  # fmt: skip


@given(pairs)
def test_a_side_is_told_only_where_both_intervals_say_so(counts):
    k, n, other_k, every = counts
    row = {"indicator": "suspension_rate", "student_group": "SD", "numerator": k, "denominator": n, "status": "published"}
    row |= {"year": 2025, "rounded_rate": None}
    total = {**row, "student_group": "TA", "numerator": k + other_k, "denominator": every}
    (gap,) = gaps.gaps([total, row], SUSPENSION)
    told = gap.numbers
    assert told and told.lower - 1e-9 <= float(told.difference) <= told.upper + 1e-9
    clear = told.lower > 0 or told.upper < 0
    if told.ratio:
        assert told.fewer == k - n * Fraction(other_k, every - n)
        clear = clear and not told.ratio[1] <= 1 <= told.ratio[2]
    assert (gap.side is Side.CHANCE) == (not clear)
    if clear:
        assert (gap.side is Side.ABOVE) == (told.difference > 0)
    said = " ".join(gap_words.told(gap, SUSPENSION))
    assert ("could be chance" in said) == (gap.side is Side.CHANCE)
    assert ("fewer student" in said) <= (gap.side is Side.ABOVE) and "better" not in said and "worse" not in said


# The words


def test_the_headline_says_the_widest_gap_only_where_its_interval_is_clear():
    lead = built(equity.LEAD, indicator="suspension_rate")
    assert lead.headline == "Suspension of African American students 2.4 times that of others"
    assert "At the rate of the others, 71 fewer students would be suspended." in lead.subtitle
    flat = {"TA": (400, 2000), "SD": (62, 300)}
    assert built(equity.LEAD, Town(flat)).headline == "Chronic absence by student group: Alder Valley Unified"
    assert built(ask=Town(flat)).headline == "No group stands apart beyond chance"


@pytest.mark.parametrize("indicator", [i for i in registry.indicators.values() if gaps.fits(i)], ids=lambda i: i.name)
def test_headlines_are_short(indicator):
    for line, k in product(gaps.people(indicator), (9, 40, 2_000, 9_000)):
        row = {"student_group": line, "numerator": k, "denominator": 10_000, "status": "published", "year": 2025}
        gap = gaps.Gap(row, Allowed.YES, gaps.against_others(k, 10_000, k + 5_000, 100_000, indicator))
        if gap.side in (Side.ABOVE, Side.BELOW):
            said = gap_words.headline(gap, indicator)
            assert len(said.split()) <= 10 and said[0].isupper(), said


def test_stability_is_told_as_a_difference_below():
    lead = built(equity.LEAD, indicator="stability_rate", ask=Town({"TA": (1800, 2000), "SF": (120, 200), "SD": (290, 300)}))
    assert lead.headline == "Stability of foster youth 33.3 points below others"
    assert "67 more students would be stable" in lead.subtitle


def test_why_a_group_is_not_compared_stands_in_words_beside_its_own_rate():
    shown = built(ask=Town(hidden={"GX": "withheld"}))
    text = " ".join(shown.words)
    assert "because a related group is withheld" in text and "Female: 19.0 %, Male: 21.0 %" in text
    assert "Fewer than 30 students on one side" in text and "Withheld to protect students (1): Non-binary" in text
    said = {row["group"]: row["said"] for row in shown.table.rows}
    assert said["Female"] == "related group withheld" and said["African American"] == "above, beyond chance"


def test_the_figure_draws_pairs_and_no_hidden_group():
    shown = built(ask=Town(hidden={"GX": "withheld", "GF": "counts_withheld"}))
    assert shown.figure
    go.Figure(json.loads(json.dumps(shown.figure, allow_nan=False)))
    _links, others, groups = shown.figure["data"]
    assert set(groups["customdata"]) == set(WHOLE) - {"TA", "GF"} and len(others["x"]) == 6
    assert "Race or ethnicity" in str(shown.figure["layout"]["yaxis"]["ticktext"])


# The table of places


def test_the_heat_says_every_status_in_text_and_shades_only_what_may_be_ranked():
    shown = built(heat.HEAT, Town(hidden={"RF": "withheld", "GF": "counts_withheld"}), level="district")
    grid = shown.extra["grid"]
    labels = [label for label, _look in grid["columns"]]
    cells = dict(zip(labels, grid["rows"][0][3], strict=True))
    assert all(text for *_rest, line in grid["rows"] for text, _look in line)
    assert cells["Female"] == ("about 23", "none") and cells["Foster youth"] == ("45.0", "few")
    assert cells["African American"] == ("40.0", "s5") and "Filipino" not in labels
    assert "Filipino: 0 places with 30 students or more" in " ".join(shown.words)
    assert {r["rate"] for r in shown.table.rows if r["group"] == "Filipino"} == {"withheld"}


def test_the_heat_shows_the_chosen_and_the_largest_and_its_file_has_all():
    ask = Town()
    ask.more = 60
    shown = heat.HEAT.build(View(level="district", place=(invented.TOWN,)), ask)
    grid = shown.extra["grid"]
    assert len(grid["rows"]) == heat.MOST and grid["rows"][0][0] == invented.NAMES[invented.TOWN] and grid["rows"][0][2]
    assert "40 with most students of 66" in shown.subtitle and len(set(shown.frame["cds_code"])) == 66
    assert set(shown.frame["student_group"]) <= {"TA", *gaps.people(CHRONIC)}


def test_the_files_of_the_page(web):
    document = web.get("/export/equity.json?level=district&county=56&place=56000000000000").get_json()
    assert [e["key"] for e in document["exhibits"]] == ["gaps", "heat", "lead"]
    found = rows(web.get("/export/equity.csv?level=district&county=56&exhibit=heat"))
    place_rows = {
        (r["cds_code"], r["student_group"]): r
        for g in ("TA", "SD", "GX")
        for r in rows(web.get(f"/export/compare.csv?level=district&county=56&student_group={g}"))
    }
    for row in found:
        same = place_rows.get((row["cds_code"], row["student_group"]))
        assert same is None or row == same, "the table of places holds the facts of Compare and no others"
    answer = web.get("/export/equity.csv?indicator=average_days_absent")
    assert answer.status_code == 400 and "choose another indicator" in answer.get_data(as_text=True)


def test_the_groups_are_those_of_place():
    assert place.PEOPLE == gaps.PEOPLE


def test_beside_a_district_stand_its_siblings_until_the_reader_chooses():
    def settled(**view):
        return heat.settle(reading.Reading(View(**view), None, invented.Fake())).view  # type: ignore[arg-type]

    found = settled(place=(invented.DISTRICT,))
    assert (found.level, found.peers) == ("district", "county")
    assert settled(place=(invented.COUNTY,)).level == "county" and settled().level == "county"
    chosen = settled(place=(invented.DISTRICT,), level="district", peers="region")
    assert (chosen.level, chosen.peers) == ("district", "region")


def test_an_end_of_a_ratio_never_looks_like_one():
    assert gap_words.ratios((1.12, 1.004, 1.25)) == ["1.120", "1.004", "1.250"]
    assert gap_words.ratios((2.854, 2.27, 3.57)) == ["2.85", "2.27", "3.57"] and gap_words.ratios((1, 0.5, 2)) == [
        "1.00",
        "0.50",
        "2.00",
    ]
