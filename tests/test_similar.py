"""Similar places: the same list always, by what is known and may be shown; weights from the link; hidden counts in no funnel."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import duckdb
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

import queries
from components import facts as shown_facts
from components import filters, reading, recipe, similar
from components.exhibit import Exhibit, Shown, Unanswerable
from components.exhibits import bright_spots, compare, funnel
from components.exhibits import place as place_page
from components.exhibits import similar as exhibits
from components.view import Known, View, parse
from data import facts, ingest, registry, sql
from tests import invented

KNOWN = Known(dict.fromkeys(registry.indicators, (2025,)), lambda asked: list(asked))
SIMILAR = View(level="district", peers="similar", place=(invented.DISTRICT,))
MINE = [bright_spots.LEAD, funnel.FUNNEL, bright_spots.BRIGHT_SPOTS, exhibits.RECIPE, exhibits.SIMILAR]


@pytest.fixture(autouse=True)
def manifest(monkeypatch):
    monkeypatch.setattr(queries, "manifest", lambda build=None: invented.MANIFEST)


def build(exhibit: Exhibit, view: View = SIMILAR, **fake) -> Shown:
    return exhibit.build(view, invented.Fake(**{"more": 30, **fake}))


def pool(rows: list[dict]) -> invented.Fake:
    """An ask whose places of a level are `rows`, listed with enrollment and shares."""
    plain = {"school_level": "high", "dass": "no", "low_grade": "9", "high_grade": "12", "locale": "city", "enrollment": 1000}
    plain |= {f"{s}_share": 20 for s in similar.SHARES}
    empty = dict.fromkeys(("census_year", "year", "students", *similar.SHARES, "high_school"))
    frame = pd.DataFrame([{**plain, **empty, **row} for row in rows])
    numbers = [c for c in frame if c not in similar.WORDS]
    fake = invented.Fake()
    fake.ask_characteristics = lambda level, indicator: frame.astype(dict.fromkeys(numbers, "Float64"))  # type: ignore[method-assign]
    return fake


def code(number: int) -> str:
    return f"1390001{number:07d}"


def near(rows: list[dict], text: str = "") -> list[str]:
    return list(similar.nearest(rows[0]["entity"], "school", text, pool(rows)).peers)


def varied(count: int, seed: int = 1) -> list[dict]:
    dice = np.random.default_rng(seed)
    return [
        {
            "entity": code(i),
            "enrollment": int(dice.integers(200, 3000)),
            **{f"{s}_share": int(dice.integers(0, 90)) for s in similar.SHARES},
        }
        for i in range(count)
    ]


def test_ten_by_default_and_the_same_list_whatever_the_order_of_rows():
    rows = varied(60)
    found = near(rows)
    assert len(found) == 10 and code(0) not in found
    assert near([rows[0], *reversed(rows[1:])]) != [] and sorted(found) == sorted(near([rows[0], *reversed(rows[1:])]))


def test_the_list_knows_no_year_group_or_indicator():
    fake = invented.Fake(more=30)
    lists = {
        shown_facts.similar_to(replace(SIMILAR, **more), fake).peers
        for more in ({}, {"year": 2024}, {"indicator": "suspension_rate"}, {"student_group": "RB"})
    }
    assert len(lists) == 1 and lists == {shown_facts.similar_to(SIMILAR, invented.Fake(more=30)).peers}


def test_equal_distances_go_by_code():
    rows = [{"entity": code(i)} for i in range(15)]
    assert near(rows) == [code(i) for i in range(1, 11)]


def test_only_places_of_the_same_kind_are_set_beside_each_other():
    rows = [
        {"entity": code(0)},
        {"entity": code(1), "dass": "yes"},
        {"entity": code(2), "school_level": "elementary"},
        {"entity": code(3), "enrollment": 90},
    ]
    assert near(rows) == [code(3)]


def test_weights_move_the_list_and_zero_leaves_out():
    rows = [
        {"entity": code(0), "enrollment": 500, "disadvantaged_share": 50},
        {"entity": code(1), "enrollment": 510, "disadvantaged_share": 90},
        {"entity": code(2), "enrollment": 2500, "disadvantaged_share": 51},
    ]
    assert near(rows, "enrollment:9,upp:1")[0] == code(1) and near(rows, "upp:9")[0] == code(2)
    only = "enrollment:0,grades:0,el:0,swd:0,homeless:0,foster:0,locale:0"
    assert similar.nearest(code(0), "school", only, pool(rows)).distances[0] < 0.1


def test_what_is_unknown_leaves_the_distance_and_too_little_is_no_neighbor():
    rows = [
        {"entity": code(0)},
        {"entity": code(1), "foster_share": None},
        {"entity": code(2), "foster_share": 60},
        {"entity": code(3), "enrollment": None, "locale": None, **{f"{s}_share": None for s in similar.SHARES}},
    ]
    assert near(rows) == [code(1), code(2)]
    bare = [
        {**r, **{f"{s}_share": None for s in similar.SHARES}, "enrollment": None, "low_grade": None, "high_grade": None}
        for r in rows
    ]
    with pytest.raises(Unanswerable, match="No enrollment of 11 students or more"):
        near([{**r, "locale": None} for r in bare])
    small = [{**r, "locale": None, "enrollment": 27} for r in bare]
    with pytest.raises(Unanswerable, match="under 200 students, a student group of under 11") as said:
        near([small[0], *rows[1:]], "enrollment:0")
    assert "no enrollment" not in str(said.value).lower() and not similar.findable(code(0), "school", "enrollment:0", pool(small))


def test_one_far_away_place_neither_comes_in_nor_makes_all_others_alike():
    rows = [{"entity": code(i), "homeless_share": i % 10} for i in range(200)]
    before = near(rows)
    rows[150] = {**rows[150], "homeless_share": 100, "foster_share": 100, "enrollment": 90_000}
    after = near(rows)
    assert code(150) not in after and after == before
    values = np.array([float(i % 10) for i in range(200)])
    assert similar.spread(np.append(values, 1e6)) == pytest.approx(similar.spread(values), rel=0.15)


def test_shares_are_coarse_by_one_rule_in_sql_and_here():
    with duckdb.connect() as con:
        sql.run(con, sql.text("shares"))
        pairs = "from range(0, 460) k(k), (select unnest([0, 10, 11, 40, 199, 200, 201, 431, 450])) n(n)"
        rows = sql.run(con, f"select k, n, coarse_share(k, n) {pairs}")
    k, n, found = (np.array([np.nan if v is None else float(v) for v in column]) for column in zip(*rows, strict=True))
    assert np.array_equal(recipe.coarse(k, n), found, equal_nan=True) and (~np.isnan(found)).sum() > 1000


def test_a_coarse_share_tells_nothing_of_a_small_group():
    """Any two places of one size whose groups are under 11, or all but under 11, look the same."""
    for n in (50, 199, 200, 1500):
        k = np.arange(n + 1)
        found = recipe.coarse(k, np.full(n + 1, n))
        assert len(set(map(str, found[:11]))) == 1 and len(set(map(str, found[-11:]))) == 1
    assert np.isnan(recipe.coarse(np.array([5, 11]), np.array([10, 10]))).all()


@pytest.mark.parametrize("n", [200, 1099, 2199, 2200, 2201, 5000, 82_000])
def test_few_is_said_of_under_11_students_alone(n):
    """A share that rounds to 0 with 11 students or more never reads "few"; one size has one word for all counts under 11."""
    k = np.arange(n + 1)
    said = np.array([recipe.shown(share, n) for share in recipe.coarse(k, np.full(n + 1, n))])
    assert (k[said == "few"] < 11).all() and (n - k[said == "nearly all"] < 11).all()
    assert (k[said == "under 1 %"] < n / 100).all() and (k[said == "over 99 %"] > 0.99 * n).all()
    assert "0 %" not in said and "100 %" not in said
    assert len(set(said[:11])) == 1 and len(set(said[-11:])) == 1 and (n >= 2200 or said[0] == "few")


def test_the_school_list_keeps_coarse_shares_and_no_count(tmp_path: Path):
    head = "id,status,county,district,name,charter,dass,schoolLevel,gradeSpan,enrollment,latitude,longitude,Locale"
    groups = (
        "Socioeconomically Disadvantaged count,English Learner count,Students with Disabilities count,Homeless count,Foster count"
    )
    lines = [f"{head},{groups}"]
    for at, more in ((1, "Suburb: Large,210,44,390,4,*"), (2, ",7,,12,0,1")):
        size = 400 if at == 1 else 9
        lines.append(
            f"1390001900010{at},active,Imperial,Alder Valley,School {at},False,False,Elementary,K-6,{size},33.0,-115.5,{more}"
        )
    (tmp_path / "list.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    read = ingest.read([tmp_path / "list.csv"], tmp_path / "work")
    assert not read.failed, read.findings
    with duckdb.connect() as con:
        facts.prepare(con, read.extracts)
        rows = sql.run(
            con,
            "select locale, disadvantaged_share, english_learners_share, disabilities_share, homeless_share, foster_share "
            "from places where level = 'school' order by entity",
        )
        columns = {c for (c, *_more) in sql.run(con, "describe places")}
    assert rows == [("suburb", 53, 11, 100, 0, None), (None,) * 6]
    assert not columns & {"disadvantaged", "english_learners", "disabilities", "homeless", "foster"}


def test_a_word_where_a_count_should_be_is_refused(tmp_path: Path):
    text = Path(__file__).parent.joinpath("fixtures", "schools_list.csv").read_text(encoding="utf-8").splitlines()
    text = [text[0] + ",Homeless count", *(line + ",some" for line in text[1:])]
    (tmp_path / "list.csv").write_text("\n".join(text) + "\n", encoding="utf-8")
    assert "bad_number" in {f.code for f in ingest.read([tmp_path / "list.csv"], tmp_path / "work").findings}


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("upp:2,enrollment:3", "enrollment:3,upp:2"),
        ("enrollment:1,upp:2", "upp:2"),
        ("enrollment:1", ""),
        ("foster:0", "foster:0"),
    ],
)
def test_weights_are_read_and_written_one_way(asked, kept):
    view = parse({"weights": asked, "peers": "similar"}, KNOWN)
    assert (view.weights, view.notes) == (kept, ())
    assert parse(parse_qs(urlsplit(view.link("/compare")).query), KNOWN) == view


@pytest.mark.parametrize(
    "asked",
    ["upp", "upp:10", "upp:-1", "upp:1.5", "rate:2", "upp:2,upp:3", "x" * 900, "upp:²", ",".join(f"{k}:0" for k in recipe.KEYS)],
)
def test_weights_that_cannot_be_used_are_noted(asked):
    view = parse({"weights": asked}, KNOWN)
    assert view.weights == "" and len(view.notes) == 1 and len(view.notes[0]) < 260


@given(st.text(max_size=40))
def test_no_weights_raise(text):
    assert isinstance(parse({"weights": text}, KNOWN).weights, str)


def test_similar_peers_need_a_place_and_have_its_level():
    with pytest.raises(Unanswerable, match="Choose a place first"):
        shown_facts.ranking(View(peers="similar"), invented.Fake())
    with pytest.raises(Unanswerable, match="counties, districts and schools"):
        shown_facts.ranking(View(peers="similar", place=(registry.STATE,)), invented.Fake())
    read = reading.Reading(View(peers="similar", place=(invented.DISTRICT,), county="13"), None, invented.Fake())  # type: ignore[arg-type]
    assert reading.settled(read).view == View(peers="similar", place=(invented.DISTRICT,), level="district")
    alone = replace(read, view=View(weights="upp:3"))
    assert reading.unused(alone.view) == ["weights"] and reading.settled(alone).view.weights == ""
    assert place_page.settle(replace(alone, view=View(place=(invented.DISTRICT,), weights="upp:3"))).view.weights == "upp:3"


def test_the_filter_offers_the_weights_of_the_link():
    state = {f["name"]: f for f in filters.state_of(("peers", "weights", "level"), replace(SIMILAR, weights="el:7"), KNOWN)}
    assert state["weights"]["shown"] and state["weights"]["value"] == "el:7" and not state["level"]["shown"]
    assert "similar" in [o["value"] for o in state["peers"]["options"]]


@pytest.mark.parametrize("exhibit", [*MINE, compare.LEAD, compare.RANKING], ids=lambda e: e.key)
def test_every_exhibit_is_whole_with_similar_peers(exhibit):
    shown = build(exhibit)
    assert shown.headline and len(shown.headline.split()) <= 10 and shown.subtitle and shown.table.caption and shown.words
    assert "None" not in f"{shown.headline}{shown.subtitle}{shown.words}" and "%(" not in f"{shown!r}"
    assert isinstance(shown.frame, pd.DataFrame)
    if shown.figure:
        go.Figure(shown.figure)


@pytest.mark.parametrize("exhibit", MINE, ids=lambda e: e.key)
def test_hidden_counts_stand_nowhere(exhibit):
    for entity in (invented.HIDDEN, invented.COARSE, invented.ABSENT, invented.DISTRICT):
        for peers in ("similar", "all"):
            try:
                shown = build(exhibit, replace(SIMILAR, place=(entity,), peers=peers))
            except Unanswerable:
                continue
            text = f"{shown!r}{shown.frame.to_csv()}"
            assert str(invented.PLANTED) not in text and f"{invented.PLANTED:,}" not in text


def test_the_recipe_says_every_characteristic_and_its_weight():
    shown = build(exhibits.RECIPE, replace(SIMILAR, weights="upp:3,foster:0"))
    labels = [c.label for c in shown.table.columns]
    assert labels[:3] == ["Place", "Distance", "Students"] and "Disadvantaged × 3" in labels
    assert len(shown.table.rows) == 11 and shown.table.rows[0]["entity"] == invented.DISTRICT
    sizes = {row["foster"]: [] for row in shown.table.rows}
    for row in shown.table.rows:
        sizes[row["foster"]].append(int(row["enrollment"].replace(",", "")))
    assert min(sizes.pop("under 1 %")) >= recipe.BLURRED and all(max(n) < recipe.BLURRED for n in sizes.values())
    assert set(sizes) <= {"few"}
    text = " ".join(shown.words)
    assert "stands in for the unduplicated pupil percentage" in text and "Given no weight: foster youth" in text
    assert "Not in the files of this build" in text and "locale" in text
    other = build(exhibits.RECIPE, View(level="district"))
    assert "Choose a place" in other.words[0] and [r["weight"] for r in other.table.rows] == ["1"] * len(recipe.KEYS)


def test_a_place_leads_to_its_similar_places():
    shown = build(place_page.LEAD, View(place=(invented.DISTRICT,)))
    text, path, steps = shown.extra["next"][0]
    assert (text, path, steps["peers"], steps["level"]) == ("Compare with similar places", "/compare", "similar", "district")
    assert build(exhibits.SIMILAR, View(place=(registry.STATE,))).table.columns[0].label == "Characteristic"


def test_a_place_without_similar_places_is_not_sent_to_them(monkeypatch):
    monkeypatch.setattr(similar, "KNOWN", 2)
    paths = [path for _t, path, _c in build(place_page.LEAD, View(place=(invented.DISTRICT,))).extra["next"]]
    assert paths and "/peers" not in paths


def test_a_places_similar_places_say_how_far_away_they_are(monkeypatch):
    view = View(place=(invented.DISTRICT,))
    shown = build(exhibits.SIMILAR, view)
    found = shown_facts.similar_to(SIMILAR, invented.Fake(more=30))
    assert [row["distance"] for row in shown.table.rows] == [f"{d:.2f}" for d in (0.0, *found.distances)]
    assert "None is close" not in " ".join(shown.words) and "similar places with a rate and 30 students or more" in shown.words[0]
    monkeypatch.setattr(exhibits, "CLOSE", 0.0)
    assert f"is {found.distances[0]:.2f} standard deviations away" in " ".join(build(exhibits.SIMILAR, view).words)
