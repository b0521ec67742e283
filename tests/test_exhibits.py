"""Exhibits say what their facts allow: every status has its look, hidden counts stand nowhere, files keep their columns."""

import re
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pytest

import queries
from components import facts, reading, tables
from components.exhibit import Exhibit, Shown, Unanswerable
from components.exhibits import changes, compare, home, jumps, maps, methods, peers, place, sources, sourcing, support
from components.view import View
from data import registry
from tests import invented

CHRONIC = registry.indicators["chronic_absenteeism_rate"]
ON_FACTS = [
    home.STATE,
    home.COUNTY_MAP,
    compare.LEAD,
    changes.CHANGES,
    compare.RANKING,
    maps.MAP,
    compare.MULTIPLES,
    place.LEAD,
    place.KEY_NUMBERS,
    place.TREND,
    place.GROUPS,
    support.SUPPORT,
]
EVERY = [
    *ON_FACTS,
    methods.INDICATORS,
    methods.FRAMEWORK,
    methods.REGIONS,
    sources.SOURCES,
    sources.CHECKS,
    sources.COVERAGE,
]
PLACES = [
    registry.STATE,
    invented.REGION,
    invented.COUNTY,
    invented.DISTRICT,
    invented.TOWN,
    invented.SMALL,
    invented.HIDDEN,
    invented.COARSE,
    invented.ABSENT,
]


@pytest.fixture(autouse=True)
def manifest(monkeypatch):
    monkeypatch.setattr(queries, "manifest", lambda build=None: invented.MANIFEST)


def build(exhibit: Exhibit, view: View, **fake) -> Shown:
    return exhibit.build(view, invented.Fake(**fake))


def ids(exhibits: list[Exhibit]) -> list[str]:
    return [f"{e.build.__module__.rsplit('.', 1)[-1]}.{e.key}" for e in exhibits]


@pytest.mark.parametrize("exhibit", EVERY, ids=ids(EVERY))
@pytest.mark.parametrize("indicator", list(registry.indicators))
def test_every_exhibit_is_whole(exhibit, indicator):
    shown = build(exhibit, View(indicator=indicator, level="district", place=(invented.DISTRICT,)))
    assert shown.key == exhibit.key and shown.build == invented.MANIFEST["id"] and shown.headline and shown.subtitle
    assert isinstance(shown.frame, pd.DataFrame) and shown.table.caption and shown.table.rows
    for row in shown.table.rows:
        assert all(isinstance(v, str) and v for c in shown.table.columns if (v := row.get(c.key, "-")) is not None), row
    if shown.figure:
        go.Figure(shown.figure)
        assert shown.alt
    assert not re.search(
        r"%\(|\bnan\b|None|<NA>", " ".join([shown.headline, shown.subtitle, shown.source, shown.alt, *shown.words])
    )


@pytest.mark.parametrize("exhibit", ON_FACTS, ids=ids(ON_FACTS))
@pytest.mark.parametrize("entity", PLACES)
def test_hidden_counts_stand_nowhere(exhibit, entity):
    """Hidden rows come with planted numbers: none may be in any part of what is shown, files included."""
    for group in ("TA", "RA", "RI"):
        shown = build(exhibit, View(level="district", place=(entity,), student_group=group))
        text = f"{shown!r}{shown.frame.to_csv()}"
        assert str(invented.PLANTED) not in text and f"{invented.PLANTED:,}" not in text


@pytest.mark.parametrize("exhibit", ON_FACTS, ids=ids(ON_FACTS))
def test_every_exhibit_answers_every_place(exhibit):
    for entity in PLACES:
        build(exhibit, View(level="district", peers="all", place=(entity,)))


def test_headlines_are_short():
    for entity in PLACES:
        for exhibit in (home.COUNTY_MAP, compare.LEAD, compare.RANKING, maps.MAP, compare.MULTIPLES, place.TREND, place.GROUPS):
            for indicator in registry.indicators:
                shown = build(exhibit, View(indicator=indicator, level="district", place=(entity,)), more=300)
                assert len(shown.headline.split()) <= 10, shown.headline


def test_the_ranking_file():
    frame = build(compare.RANKING, View(level="district", peers="county", county="13")).frame
    assert list(frame.columns) == [
        "indicator",
        "academic_year",
        "level",
        "cds_code",
        "name",
        "student_group",
        "numerator",
        "denominator",
        "rate",
        "lower",
        "upper",
        "status",
    ]
    rows = frame.set_index("cds_code")
    assert frame["cds_code"].is_monotonic_increasing
    good = rows.loc[invented.DISTRICT]
    assert (good["academic_year"], good["level"], good["student_group"]) == ("2024-25", "district", "TA")
    assert good["rate"] == 100 * good["numerator"] / good["denominator"] and good["lower"] < good["rate"] < good["upper"]
    for code in (invented.HIDDEN, invented.ABSENT):
        assert rows.loc[code, ["numerator", "denominator", "rate", "lower", "upper"]].isna().all()
    coarse = rows.loc[invented.COARSE]
    assert coarse["rate"] == 23.0 and coarse[["numerator", "denominator", "lower", "upper"]].isna().all()
    assert rows.loc[invented.TOWN, "name"] == invented.NAMES[invented.TOWN]


def test_the_file_writes_the_code_of_the_year():
    frame = build(
        place.TREND, View(indicator="chronic_absenteeism_rate_by_grade", student_group="GRTKKN", place=(invented.DISTRICT,))
    ).frame
    codes = frame.drop_duplicates("academic_year").set_index("academic_year")["student_group"]
    assert (codes["2022-23"], codes["2023-24"]) == ("GRKN", "GRTKKN")


def test_hidden_and_small_places_are_named_but_not_ranked():
    shown = build(compare.RANKING, View(level="district"))
    text = " ".join(shown.words)
    for said in (
        "Withheld to protect students (1): Desert Willow Elementary",
        "Counts withheld, so neither drawn nor ranked (1): El Molino",
        "Not published for this year (1): Fairmont Hills Unified",
        "Fewer than 30 students, so listed and not ranked (1): Cedar Flats",
    ):
        assert said in text
    ends = [row["name"] for row in shown.table.rows][-4:]
    assert set(ends) == {invented.NAMES[e] for e in (invented.SMALL, invented.HIDDEN, invented.COARSE, invented.ABSENT)}


def test_a_large_set_is_cut_on_the_screen_and_whole_in_the_file():
    shown = build(compare.RANKING, View(level="district", place=(invented.HIDDEN,)), more=10_006)
    assert len(shown.table.rows) == tables.MOST_ROWS and len(shown.frame) == 10_012
    assert "The file has all 10,012 rows." in shown.table.more and shown.table.rows[0]["entity"] == invented.HIDDEN


@pytest.mark.parametrize(
    "view",
    [
        View(peers="county", level="district"),
        View(peers="region", level="district"),
        View(peers="cohort", level="school"),
        View(peers="chosen"),
        View(peers="county", level="region", county="13"),
        View(peers="cohort", level="state", cohort=1),
        View(level="school", county="13"),
    ],
    ids=lambda v: f"{v.level}-{v.peers}",
)
def test_an_incomplete_choice_names_the_way_out(view):
    for exhibit in (compare.LEAD, compare.RANKING, maps.MAP, compare.MULTIPLES):
        with pytest.raises(Unanswerable, match=r"Choose"):
            build(exhibit, view)


def test_the_peers_of_a_chosen_place():
    def scope(**view):
        return facts.peers_of(View(place=(invented.DISTRICT,), level="district", **view), invented.Fake())

    assert (
        scope(peers="county")["county"] == "13"
        and scope(peers="region")["region"] == "R-SCO"
        and scope(peers="cohort")["cohort"] == 1
    )
    assert scope(peers="county", county="30")["county"] == "30"
    assert scope(peers="chosen")["entities"] == [invented.DISTRICT]


def test_a_filter_that_is_named_always_narrows():
    """A file must not silently widen: a county named without `peers=county` still narrows."""
    frame = build(compare.RANKING, View(level="county", county="13")).frame
    assert list(frame["cds_code"]) == [invented.COUNTY]


def test_chosen_places_stand_at_their_own_levels():
    frame = build(compare.RANKING, View(level="school", peers="chosen", place=(invented.COUNTY, invented.DISTRICT))).frame
    assert set(frame["level"]) == {"county", "district"}


def test_multiples_take_the_chosen_then_the_largest_never_by_hidden_counts():
    frame = facts.ranking(View(level="district", place=(invented.HIDDEN,)), invented.Fake(more=30))[1]
    found = compare.shown_places(View(level="district", place=(invented.HIDDEN,)), frame)
    assert found[0] == invented.HIDDEN and len(found) == 12 and invented.COARSE not in found


def test_no_verdict_over_the_closures():
    shown = build(place.LEAD, View(place=(invented.DISTRICT,), year=2022))
    assert "cannot be compared with 2020–21" in shown.subtitle and "chance" not in shown.headline
    trend = build(place.TREND, View(place=(invented.DISTRICT,)))
    assert "since 2022–23" in trend.headline, (
        "2021–22 was unusual everywhere: nothing is measured from it where another year can serve"
    )
    assert not re.search(r"201\d–1\d", trend.headline) and "no proof of any one program" in " ".join(trend.notes)


def test_a_closed_place_opens_on_its_last_year():
    closed = invented.Fake(closed={invented.TOWN: 2019})
    view = replace(View(place=(invented.TOWN,)), build=invented.MANIFEST["id"])
    lead, trend, groups = (e.build(view, closed) for e in (place.LEAD, place.TREND, place.GROUPS))
    assert lead.subtitle.startswith("Closed. These are its last numbers. In 2018–19,") and "closed" in lead.extra["kicker"]
    assert "2016–17 to 2018–19" in trend.subtitle and "Closed since; the line ends with 2018–19." in trend.words
    assert set(groups.frame["academic_year"]) == {"2018-19"}


def test_places_that_moved_are_named_the_worsened_first():
    shown = build(changes.CHANGES, View(level="district"), more=0)
    assert [row["verdict"] for row in shown.table.rows] == ["improved beyond chance"] * 2
    assert (
        shown.table.rows[0]["change"] == "−2.0"
        and shown.headline == "Improved: Alder Valley Unified, " + invented.NAMES[invented.TOWN]
    )
    assert "Improved beyond chance (2): Alder Valley Unified, down 2.0 points to 24.0 %" in shown.words[0]
    row = shown.frame.iloc[0]
    assert row["verdict"] == "better" and row["change_lower"] < row["change"] < row["change_upper"] < 0
    assert row["change"] == row["rate"] - row["prior_rate"]


def test_a_jump_too_large_to_believe_counts_neither_way():
    jumped = invented.Fake(0, prior={invented.TOWN: (3_600, 4_800)})
    view = replace(View(level="district"), build=invented.MANIFEST["id"])
    shown, lead = changes.CHANGES.build(view, jumped), compare.LEAD.build(view, jumped)
    assert shown.headline == "Improved: Alder Valley Unified" and lead.headline == "1 of 1 district improved more than chance"
    assert any("Too large a jump" in w and "Brisas" in w for w in shown.words)
    assert "1 jumped too far to believe unchecked" in lead.subtitle
    assert not any("Brisas" in text for text, _path, _steps in lead.extra["next"])


def test_jumps_to_check_stand_in_one_list_with_their_counts():
    shown = jumps.JUMPS.build(View(), invented.Fake(prior={invented.TOWN: (3_600, 4_800), invented.DISTRICT: (1_300, 4_800)}))
    assert [(r["name"], r["before"], r["now"]) for r in shown.table.rows] == [
        (invented.NAMES[invented.TOWN], "75.0 (3,600 of 4,800)", "24.0 (1,152 of 4,800)")
    ] * 2
    assert set(shown.frame["verdict"]) == {"check"} and "40 points" in shown.words[0]
    none = jumps.JUMPS.build(View(), invented.Fake())
    assert list(none.frame.columns) == list(shown.frame.columns) and none.headline == "No change is too large to believe"


def test_without_a_list_of_grantees_cohorts_say_what_is_missing():
    class Bare(invented.Fake):
        def ask_places(self, entities):
            return super().ask_places(entities).assign(grantee_schools=0)

        def ask_ranking(self, **asked):
            return super().ask_ranking(**{**asked, "entities": []})

    with pytest.raises(Unanswerable, match="no list of community schools"):
        compare.LEAD.build(View(level="school", peers="cohort", cohort=1), Bare())


def test_every_place_listed_is_accounted_for():
    """168 listed, 163 compared: the sentence says where the others went, and its numbers add up."""
    said = build(compare.LEAD, View(level="district"), more=0).subtitle
    listed, *parts = (int(n) for n in re.findall(r"(\d+) (?:listed|improved|worsened|could|jumped|have)", said))
    assert listed == sum(parts) == 6


def test_regions_say_that_they_are_derived_and_who_is_left_out():
    shown = build(place.LEAD, View(place=(invented.REGION,)))
    assert "derived from county totals" in shown.subtitle
    assert any("No county is left out" in n or "left out of the sums" in n for n in shown.notes)


def test_why_holds_the_whole_trail():
    why = dict(build(place.LEAD, View(place=(invented.DISTRICT,))).why)
    assert why["File"] == "chronicabsenteeism24.txt; chronicabsenteeism25.txt" and why["SHA-256"].count("2025") == 16
    assert (
        why["Query"] == queries.text("ranking")
        and why["Query of the measure"] == CHRONIC.sql
        and invented.MANIFEST["id"] in why["Build"]
    )


def test_the_source_line():
    line = sourcing.source_line(View(), CHRONIC, {2025})
    assert "chronicabsenteeism25.txt" in line and "SHA-256 202520252025…" in line and invented.MANIFEST["id"] in line


def test_key_numbers_prove_what_they_show():
    cards = build(place.KEY_NUMBERS, View(place=(invented.DISTRICT,))).extra["facts"]
    assert [c["title"] for c in cards] == ["Chronic absenteeism rate", "Suspension rate", "Students counted", "Community schools"]
    hidden = build(place.KEY_NUMBERS, View(place=(invented.COARSE,))).extra["facts"]
    assert [c["title"] for c in hidden][:2] == ["Chronic absenteeism rate", "Suspension rate"] and "Students counted" not in str(
        hidden
    )
    assert hidden[0]["value"] == "about 23 % · counts withheld" and hidden[0]["tag"] == ""


def test_leads_carry_the_way_on():
    shown = build(place.LEAD, View(place=(invented.DISTRICT,)))
    assert shown.extra["crumbs"][0] == ("California", registry.STATE) and shown.extra["crumbs"][-1] == (
        "Alder Valley Unified",
        None,
    )
    assert "13 schools, 6 of them community schools" in shown.extra["kicker"] and "CDS 13 90001 0000000" in shown.extra["kicker"]
    fields = set(View.__dataclass_fields__)
    for sentence, path, steps in shown.extra["next"] + build(compare.LEAD, View(level="district")).extra["next"]:
        assert sentence and path.startswith("/") and set(steps) <= fields
        View().link(path, **steps)


def test_the_framework_is_whole_and_has_no_score():
    shown = build(methods.FRAMEWORK, View())
    assert len(shown.table.rows) == 16 and "no pillar score" in " ".join(shown.words)


def test_same_district_means_its_schools():
    class Town(invented.Fake):
        def ask_schools(self, district):
            return pd.DataFrame({"entity": [district[:7] + "0000011", district[:7] + "0000012"]})

    view = View(level="school", peers="district", place=(invented.DISTRICT,))
    assert facts.peers_of(view, Town())["entities"] == [invented.DISTRICT[:7] + "0000011", invented.DISTRICT[:7] + "0000012"]
    assert peers.scope(view, Town()) == "Schools of Alder Valley Unified"
    read = reading.Reading(replace(view, level="county", region="R-BAY"), None, Town())  # type: ignore[arg-type]
    assert reading.settled(read).view == view, "a page shows schools, whatever the level was"
    with pytest.raises(Unanswerable, match="Choose schools as the level"):
        facts.peers_of(replace(view, level="county"), Town())
    for chosen in ((), (invented.COUNTY,)):
        with pytest.raises(Unanswerable, match="Choose a district, or a school"):
            facts.peers_of(replace(view, place=chosen), Town())
