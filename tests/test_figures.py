"""Figures are plain dicts that Plotly accepts; no line touches a gap year; no hidden number and no live markup is inside."""

import json
from itertools import pairwise

import plotly.graph_objects as go
import pytest

from components import facts
from components.figures import theme, years
from components.figures.county_map import county_map
from components.figures.distribution import distribution
from components.figures.groups import groups
from components.figures.ranked_dots import ranked_dots
from components.figures.shades import bounds_of, class_of
from components.figures.small_multiples import small_multiples
from components.figures.trend import trend
from components.geography import shapes
from components.view import View
from data import registry
from tests import invented

CHRONIC = registry.indicators["chronic_absenteeism_rate"]
GAPS = registry.gap_years(CHRONIC)


def lines_of(more: int = 4):
    entities = [invented.DISTRICT, invented.TOWN, invented.COARSE, invented.COUNTY, registry.STATE]
    return facts.trend(entities, CHRONIC, "TA", invented.Fake(more))


def ranking(level: str = "district", more: int = 4, place: tuple[str, ...] = ()):
    return facts.ranking(View(level=level, place=place), invented.Fake(more))[1]


def figures() -> dict[str, dict | None]:
    view = View(level="district", place=(invented.DISTRICT, invented.TOWN, invented.HIDDEN, invented.COARSE))
    one = facts.enrich(invented.Fake().ask_groups(invented.DISTRICT, CHRONIC.name, 2025), CHRONIC, 2025)
    return {
        "trend": trend(lines_of(), CHRONIC, view),
        "small_multiples": small_multiples(lines_of(), CHRONIC, view),
        "ranked_dots": ranked_dots(ranking(), CHRONIC, view, 24.0),
        "distribution": distribution(ranking(more=200), CHRONIC, view, 24.0),
        "groups": groups(one, CHRONIC, view),
        "county_map": county_map(ranking("county"), CHRONIC, View(place=(invented.COUNTY,))),
    }


@pytest.mark.parametrize("name", list(figures()))
def test_plotly_accepts_it_and_json_carries_it(name):
    figure = figures()[name]
    assert type(figure) is dict
    go.Figure(json.loads(json.dumps(figure, allow_nan=False)))


@pytest.mark.parametrize("name", list(figures()))
def test_it_says_what_it_shows(name):
    """A picture that travels alone still names the student group and the year."""
    figure = figures()[name]
    whom = "by student group" if name == "groups" else "All students"
    assert figure and whom in figure["layout"]["meta"]["shows"] and "2024–25" in figure["layout"]["title"]["text"]


@pytest.mark.parametrize("name", ["trend", "small_multiples"])
def test_a_figure_of_several_years_names_the_first_and_the_last(name):
    figure = figures()[name]
    assert figure and figure["layout"]["title"]["text"].endswith("All students · 2016–17 to 2024–25")
    assert "2016–17 to 2024–25" in figure["layout"]["meta"]["shows"]


@pytest.mark.parametrize("name", list(figures()))
def test_no_hidden_number_and_no_live_markup(name):
    text = json.dumps(figures()[name], ensure_ascii=False)
    assert str(invented.PLANTED) not in text and f"{invented.PLANTED:,}" not in text
    assert "<b>=" not in text and 'Sons"</b></b>' not in text
    assert invented.HIDDEN not in text


@pytest.mark.parametrize("name", ["trend", "small_multiples"])
def test_no_line_touches_or_spans_a_gap_year(name):
    figure = figures()[name]
    assert figure
    for trace in figure["data"]:
        assert not GAPS & set(trace["x"])
        drawn = sorted(set(trace["x"]))
        assert not any(drawn[0] < gap < drawn[-1] for gap in GAPS), trace["x"]


def test_a_long_title_takes_a_second_line_and_the_figure_grows_by_it():
    one, two = (
        theme.layout(300, "All students"),
        theme.layout(300, "Saint Someone Of The Long Valley · A & B and others · 2024–25"),
    )
    assert two["title"]["text"] == "Saint Someone Of The Long Valley · A &amp; B and others<br>2024–25"
    assert "<br>" not in two["meta"]["shows"]
    assert two["height"] - two["margin"]["t"] == one["height"] - one["margin"]["t"] and two["height"] > one["height"] == 300


def test_every_panel_names_its_years_and_shades_the_gap():
    figure = small_multiples(lines_of(), CHRONIC, View())
    layout = figure["layout"]
    axes = sorted(key.removeprefix("xaxis") for key in layout if key.startswith("xaxis"))
    assert len(axes) == 5
    for n in axes:
        here = [a for a in layout["annotations"] if a["yref"] == f"y{n} domain"]
        assert [a["text"] for a in here] == ["2016–17", "2024–25"]
        band = next(s for s in layout["shapes"] if s["xref"] == f"x{n}")
        assert band["yref"] == f"y{n} domain" and band["layer"] == "below"
        assert {y for y in range(2017, 2026) if band["x0"] < y < band["x1"]} == set(GAPS)
    one = facts.trend([invented.DISTRICT], CHRONIC, "TA", invented.Fake()).query("year == 2025")
    years_named = small_multiples(one, CHRONIC, View())["layout"]
    assert years_named["title"]["text"] == "All students · 2024–25" and years_named["shapes"] == []


def test_long_names_take_two_lines_and_their_rows_make_room():
    long, short = "Saint Someone Of The Long Valley Unified", "Elk"
    y, pixels, axis = theme.names([short, long, long, short], [False, True, False, False], 21, frozenset({3}))
    assert axis["tickvals"] == y == sorted(y, reverse=True) and pixels >= axis["range"][1] - axis["range"][0] - 1
    assert axis["ticktext"][1] == "<b>Saint Someone Of The<br>Long Valley Unified</b>" and "…" not in "".join(axis["ticktext"])
    between = [above - below for above, below in pairwise(y)]
    assert between[1] >= 34 and between[0] < between[1] < 50 and min(y) > 0


def test_lines_break_where_a_year_is_missing():
    rows = [
        {"year": y, "student_group": "TA", "rate": None if y == 2018 else 1.0}
        for y in (2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023)
    ]
    assert [[r["year"] for r in run] for run in years.segments(rows, CHRONIC)] == [[2016, 2017], [2019], [2022, 2023]]


def test_a_line_breaks_where_the_group_is_counted_anew():
    by_grade = registry.indicators["chronic_absenteeism_rate_by_grade"]
    rows = [{"year": y, "student_group": "GRTKKN", "rate": 1.0} for y in (2022, 2023, 2024, 2025)]
    assert [[r["year"] for r in run] for run in years.segments(rows, by_grade)] == [[2022, 2023], [2024, 2025]]


def test_only_ranked_places_are_drawn_and_the_better_end_is_on_top():
    figure = ranked_dots(ranking(), CHRONIC, View())
    drawn = figure["data"][0]
    assert not {invented.SMALL, invented.COARSE, invented.HIDDEN, invented.ABSENT} & set(drawn["customdata"])
    top_down = sorted(zip(drawn["y"], drawn["x"], strict=True), reverse=True)
    assert [x for _y, x in top_down] == sorted(drawn["x"])


def test_a_large_set_is_binned_and_only_chosen_places_are_dots():
    frame = ranking(more=10_000, place=(invented.DISTRICT,))
    figure = distribution(frame, CHRONIC, View(place=(invented.DISTRICT, invented.HIDDEN)))
    bars, dots = figure["data"]
    assert sum(bars["y"]) == int(frame["ranked"].sum()) and dots["customdata"] == [invented.DISTRICT]
    assert len(json.dumps(figure)) < 20_000


def test_few_students_are_hollow_and_hidden_groups_are_no_dots():
    one = facts.enrich(invented.Fake().ask_groups(invented.SMALL, CHRONIC.name, 2025), CHRONIC, 2025)
    figure = groups(one, CHRONIC, View())
    assert figure and set(figure["data"][0]["marker"]["color"]) == {"#ffffff"}
    other = groups(
        facts.enrich(invented.Fake().ask_groups(invented.DISTRICT, CHRONIC.name, 2025), CHRONIC, 2025), CHRONIC, View()
    )
    assert other and not {"RI", "RA", "GX"} & set(other["data"][0]["customdata"])


def test_every_county_has_a_shape_and_five_classes_part_them():
    assert {c.fips for c in registry.counties} == set(shapes())
    frame = ranking("county").assign(rate=[float(i) for i in range(58)], ranked=True)
    bounds = bounds_of(frame)
    sizes = [sum(class_of(r, bounds) == i for r in frame["rate"]) for i in range(5)]
    assert len(bounds) == 6 and min(sizes) >= 10
    assert bounds_of(frame.head(3)) == []


def test_one_escape_for_labels():
    assert theme.escape_label('<a href="x">&\n\x1b') == '&lt;a href="x"&gt;&amp;'
    assert (
        "<a" not in theme.wrapped("<a href=x>One very long name of a school in a valley</a>")
        and theme.wrapped("").count("<br>") == 0
    )


def test_the_map_stays_small():
    assert len(json.dumps(figures()["county_map"], separators=(",", ":"))) < 60_000
