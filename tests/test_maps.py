"""Maps: points fall on their counties, regions have outlines, every status has a mark of its own, no hidden number is sent."""

import csv
import json
import math
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
import pytest

import queries
from components import facts, geography, positions
from components.exhibit import Shown, Unanswerable
from components.exhibits import home, maps
from components.figures import labels, place_map, theme
from components.figures.county_map import county_map
from components.view import View
from data import registry
from tests import invented

DISTRICTS = View(level="district")
KM = 5.0


@pytest.fixture(autouse=True)
def manifest(monkeypatch):
    monkeypatch.setattr(queries, "manifest", lambda build=None: invented.MANIFEST)


def build(view: View, **fake) -> Shown:
    return maps.MAP.build(view, invented.Fake(**fake))


def figure_of(shown: Shown) -> dict:
    assert shown.figure
    return shown.figure


def marks(figure: dict) -> list[dict]:
    """The traces that are places: those that open one, and those of so many that none opens."""
    return [t for t in figure["data"] if t["mode"] == "markers" and t["x"] != [None]]


def of_place(figure: dict) -> dict[str, dict]:
    return {entity: t for t in marks(figure) for entity in t["customdata"]}


def containing(x: float, y: float) -> list[str]:
    return [c.code for c in registry.counties if geography.inside(c.code, x, y)]


def away(county: str, x: float, y: float) -> float:
    """Kilometers from a point to the nearest corner of a county's shape; 0 inside."""
    if geography.inside(county, x, y):
        return 0.0
    return min(math.hypot(px - x, py - y) for ring in geography.rings(county) for px, py in ring)


def test_the_middle_of_every_county_lands_in_its_shape():
    """The centers (degrees) and the shapes (kilometers) come from different files: one wrong parameter and they part."""
    with (registry.REFERENCE / "county_centres.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {r["code"] for r in rows} == {c.code for c in registry.counties}
    for row in rows:
        x, y = geography.project(np.array(float(row["latitude"])), np.array(float(row["longitude"])))
        assert containing(float(x), float(y)) == [row["code"]], row


def test_every_school_of_the_demonstration_lies_in_or_near_its_county(web):
    """58 counties with schools at latitudes and longitudes of the directory."""
    found = queries.run("positions", level="school")
    x, y = geography.project(found["latitude"].to_numpy(dtype=float), found["longitude"].to_numpy(dtype=float))
    counties = [e[:2] for e in found["entity"]]
    assert len(set(counties)) == 58
    assert [c for c, px, py in zip(counties, x, y, strict=True) if away(c, px, py) > KM] == []


def test_points_of_known_distance():
    """One degree of latitude is 111 km, whatever the longitude; equal areas: a degree square of the south is the larger."""
    x, y = geography.project(np.array([36.5, 37.5]), np.array([-120.0, -120.0]))
    assert x.tolist() == [0, 0] and y[1] - y[0] == pytest.approx(111.2, abs=1)
    corners = [geography.project(np.array([a, a, a + 1, a + 1]), np.array([-118, -117, -117, -118])) for a in (33, 40)]
    south, north = (abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2 for x, y in corners)
    sphere = [math.sin(math.radians(a + 1)) - math.sin(math.radians(a)) for a in (33, 40)]
    assert south / north == pytest.approx(sphere[0] / sphere[1], rel=0.001)


def edges() -> Counter:
    rings = [ring for c in registry.counties for ring in geography.rings(c.code)]
    return Counter(frozenset(edge) for ring in rings for edge in pairwise(ring) if edge[0] != edge[1])


def test_neighbors_share_their_edges_point_by_point():
    """No edge of one county only lies between two: else the shapes overlap and an outline has lines inside."""
    found = edges()
    assert max(found.values()) == 2
    inner = []
    for edge in (e for e, n in found.items() if n == 1):
        (ax, ay), (bx, by) = edge
        long = math.hypot(bx - ax, by - ay)
        x, y, across, along = (ax + bx) / 2, (ay + by) / 2, (by - ay) / long * 0.7, (bx - ax) / long * 0.7
        inner += [edge] if containing(x - across, y + along) and containing(x + across, y - along) else []
    assert inner == []


@pytest.mark.parametrize("region", registry.regions, ids=lambda r: r.code)
def test_the_outline_of_a_region_is_closed_and_holds_its_counties(region):
    drawn = geography.outline(region.code)
    lines: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(drawn["x"], drawn["y"], strict=True):
        if x is None:
            lines.append([])
        else:
            lines[-1].append((x, y))
    assert all(line[0] == line[-1] and len(line) > 3 for line in lines)
    for county in registry.counties:
        x, y = labels._border((county.code,)).mean(axis=0)
        spot = geography.spots((county.code,))[0] if not geography.inside(county.code, x, y) else (x, y)
        crossed = sum(
            (a[1] > spot[1]) != (b[1] > spot[1]) and spot[0] < a[0] + (spot[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
            for line in lines
            for a, b in pairwise(line)
        )
        assert (crossed % 2 == 1) == (county.region == region.code), county.name


def test_the_lines_of_regions_follow_the_table_of_regions(monkeypatch):
    """A county that changes its region changes the lines: nothing is kept in a file beside the table."""
    before = geography.outline("R-GLA"), geography.borders()
    moved = tuple(replace(c, region="R-CCO") if c.code == "19" else c for c in registry.counties)
    monkeypatch.setattr(registry, "counties", moved)
    geography._edges.cache_clear()
    after = geography.outline.__wrapped__("R-GLA"), geography.borders.__wrapped__()
    geography._edges.cache_clear()
    assert before[0]["x"] and after[0]["x"] == [] and len(after[1]["x"]) < len(before[1]["x"])


def test_home_draws_the_regions_and_the_one_chosen_stands_out():
    def lines(view: View) -> list[dict]:
        figure = figure_of(home.COUNTY_MAP.build(view, invented.Fake()))
        return [t for t in figure["data"] if t["mode"] == "lines" and "fill" not in t]

    plain, chosen = lines(View()), lines(View(region="R-SCO"))
    assert any(t.get("name") == "R-TAC region" and t["showlegend"] for t in plain)
    assert len(chosen) == len(plain) + 1 and chosen[-1]["x"] == geography.outline("R-SCO")["x"]
    assert max(t["line"]["width"] for t in plain if t.get("name")) < chosen[-1]["line"]["width"]
    assert lines(View(place=("R-SCO",)))[-1] == chosen[-1]
    names = next(t for t in figure_of(home.COUNTY_MAP.build(View(), invented.Fake()))["data"] if t["mode"] == "text")
    assert {t.replace("<br>", " ") for t in names["text"]} == {r.name for r in registry.regions}
    for text, x, y in zip(names["text"], names["x"], names["y"], strict=True):
        region = next(r for r in registry.regions if r.name == text.replace("<br>", " "))
        assert set(containing(x, y)) <= set(region.counties)


def test_the_figure_and_the_table_have_the_same_places():
    shown = build(DISTRICTS)
    drawn = Counter(entity for t in marks(figure_of(shown)) for entity in t["customdata"])
    assert set(drawn.values()) == {1} and set(drawn) == {r["entity"] for r in shown.table.rows} == set(shown.frame["cds_code"])
    assert shown.table.columns[0].kind == "place"
    go.Figure(json.loads(json.dumps(figure_of(shown), allow_nan=False)))


def test_every_status_has_a_mark_of_its_own():
    figure = figure_of(build(DISTRICTS))
    found = of_place(figure)
    look = {
        e: (found[e]["marker"]["symbol"], found[e]["marker"]["color"], found[e]["marker"]["line"]["color"])
        for e in (invented.DISTRICT, invented.SMALL, invented.HIDDEN, invented.COARSE, invented.ABSENT)
    }
    assert len(set(look.values())) == len(look)
    assert look[invented.DISTRICT][1] in theme.BLUES and look[invented.SMALL][1] == "#ffffff"
    assert not {look[e][1] for e in (invented.SMALL, invented.HIDDEN, invented.COARSE, invented.ABSENT)} & set(theme.BLUES)
    names = {found[e]["name"] for e in look}
    assert {"withheld", "counts withheld", "not published", "under 30 students"} < names and len(names) == 5


def test_zero_is_not_the_lowest_class():
    view = replace(DISTRICTS, place=())
    _year, frame = facts.ranking(view, invented.Fake())
    frame.loc[frame["entity"] == invented.TOWN, ["status", "numerator", "rate"]] = "zero", 0, 0.0
    where = positions.located(frame, "district", invented.Fake())
    found = of_place(place_map.place_map(frame, where, view.measure, view))
    assert found[invented.TOWN]["name"] == "zero" and found[invented.TOWN]["marker"]["symbol"] == "diamond"


def test_a_hidden_place_lends_its_position_and_no_number():
    """Its mark has the same size and color whatever the rate; hover says the status; a coarse rate is not a shade."""
    for group in ("TA", "RA", "RI"):
        shown = build(View(level="district", student_group=group, place=(invented.HIDDEN,)))
        text = json.dumps(figure_of(shown))
        assert str(invented.PLANTED) not in text and f"{invented.PLANTED:,}" not in text
    found = of_place(figure_of(build(DISTRICTS)))
    for entity, said in ((invented.HIDDEN, "withheld"), (invented.ABSENT, "not published")):
        trace = found[entity]
        hover = trace["text"][trace["customdata"].index(entity)]
        assert hover == f"{invented.NAMES[entity]}: {said}" and not isinstance(trace["marker"]["size"], list)
        assert set(trace) <= {"type", "mode", "name", "x", "y", "marker", "customdata", "text", "hovertemplate"}


def test_five_classes_part_the_ranked_and_no_verdict_colors_a_point():
    prior = {invented.TOWN: (4_000, 4_800), invented.DISTRICT: (100, 4_800)}
    frame = facts.ranking(DISTRICTS, invented.Fake(more=60))[1]
    frame.loc[frame["ranked"], "rate"] = np.linspace(1, 50, int(frame["ranked"].sum()))
    where = positions.located(frame, "district", invented.Fake(more=60))
    traces = marks(place_map.place_map(frame, where, DISTRICTS.measure, DISTRICTS))
    shaded = [t for t in traces if t["marker"]["color"] in theme.BLUES]
    assert [t["marker"]["color"] for t in shaded] == list(theme.BLUES)
    assert min(len(t["x"]) for t in shaded) >= 10
    assert figure_of(build(DISTRICTS)) == figure_of(build(DISTRICTS, prior=prior))


def test_chosen_places_have_a_ring_and_their_name():
    shown = build(replace(DISTRICTS, place=(invented.TOWN, invented.HIDDEN)))
    ring = figure_of(shown)["data"][-1]
    assert ring["mode"] == "markers+text" and ring["customdata"] == [invented.TOWN, invented.HIDDEN]
    assert ring["text"][0].startswith("&lt;b&gt;") and ring["marker"]["color"] == theme.INK


def test_who_has_no_position_or_lies_far_away_is_named():
    shown = build(DISTRICTS, nowhere=(invented.SMALL,), far=(invented.COARSE,))
    text = " ".join(shown.words)
    assert "No position in the directory, so not on the map (1): Cedar Flats Elementary." in text
    assert "Outside the part of California that is drawn (1): El Molino Unified." in text
    assert "no position for 1 district: it stands at the middle of its schools" in text
    drawn = set(of_place(figure_of(shown)))
    assert not {invented.SMALL, invented.COARSE} & drawn
    assert {invented.SMALL, invented.COARSE} <= {r["entity"] for r in shown.table.rows}
    assert shown.headline.startswith(f"{len(drawn)} districts on the map")
    west, east, south, north = (*figure_of(shown)["layout"]["xaxis"]["range"], *figure_of(shown)["layout"]["yaxis"]["range"])
    assert east - west < 150 and north - south < 150, "the map is as near as the places that are drawn allow"


def test_too_many_points_have_no_names_and_the_words_say_so():
    shown = build(DISTRICTS, more=9_000)
    assert not [t for t in marks(figure_of(shown)) if "customdata" in t or "text" in t]
    assert sum(len(t["x"]) for t in marks(figure_of(shown))) == 9_006
    assert any("Choose a county, a region or a cohort" in w for w in shown.words)
    assert len(json.dumps(figure_of(shown), separators=(",", ":"))) < 250_000


def test_counties_and_regions_are_filled_shapes():
    for view, filled in ((View(), 58), (View(region="R-SCO", peers="region"), 3), (View(level="region"), 3)):
        shown = maps.MAP.build(view, invented.Fake())
        shapes = [t for t in figure_of(shown)["data"] if t.get("hoveron") == "fills"]
        expected = filled if view.level == "county" and view.peers == "all" else None
        opened = {e for t in shapes for e in t["customdata"]}
        assert opened == {r["entity"] for r in shown.table.rows}
        assert expected is None or len(shapes) == expected


def test_a_county_without_a_ranked_rate_is_not_shaded():
    """Few students and a coarse rate are no ground for a shade."""
    _year, frame = facts.ranking(View(), invented.Fake())
    frame.loc[frame["entity"] == invented.COUNTY, "ranked"] = False
    shapes = {t["customdata"][0]: t for t in county_map(frame, View().measure, View())["data"] if t.get("hoveron") == "fills"}
    assert shapes[invented.COUNTY]["fillcolor"] == theme.NONE and shapes[invented.COUNTY]["line"]["dash"] == "dot"
    assert all(t["fillcolor"] in theme.BLUES for e, t in shapes.items() if e != invented.COUNTY)


def test_the_state_and_mixed_levels_have_no_map():
    with pytest.raises(Unanswerable, match="all places of one kind"):
        build(View(level="state"))
    with pytest.raises(Unanswerable, match="all places of one kind"):
        build(View(peers="chosen", place=(invented.COUNTY, invented.DISTRICT)))
    with pytest.raises(Unanswerable, match="no position"):
        build(DISTRICTS, nowhere=tuple(invented.peers("district", 4)))


def test_names_stand_clear_of_points_where_there_is_room():
    county, crowd = "14", geography.spots(("14",))[:20]
    extent = geography.padded(geography.box((county,)))
    [(text, x, y)] = labels.placed({"Inyo": (county,)}, extent, 3.0, crowd)
    assert text == "Inyo" and geography.inside(county, x, y)
    assert min(math.hypot(px - x, py - y) for px, py in crowd) > 10
