"""Figures drawn by ourselves: every one of every page, with as many marks as it has; nothing unknown, hidden or alive in it."""

import json
import re
from xml.etree import ElementTree

import pytest

from components.figures import theme
from components.page import pages
from exports.drawing import Unknown, fitted, svg
from exports.drawing.scales import Axis, Reach, reach, ticks
from exports.drawing.text import block, has, showable, width
from tests import local_pages as shelf
from tests.exhibited import VIEWS, exhibits

SPACE = "{http://www.w3.org/2000/svg}"


def figure(**more: object) -> dict:
    """A small dot plot with names, and what a test adds to its trace."""
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [10.0, 20.0, None],
        "y": [75.0, 50.0, 25.0],
        "marker": {"size": 9, "color": theme.NAVY},
        "text": ["hover of one", "hover of two", "hover of three"],
        "customdata": ["56000000000000", "19000000000000", "01000000000000"],
        "cliponaxis": False,
        **more,
    }
    axis = theme.label_axis(tickmode="array", tickvals=[75, 50, 25], ticktext=["Ash", "Birch", "Cedar"], range=[0, 100])
    layout = theme.layout(200, "All students · 2024–25", xaxis=theme.value_axis(), yaxis=axis)
    return {"data": [trace], "layout": layout}


def counted(drawn: str) -> tuple[int, int]:
    """Markers and bars in a drawing."""
    return drawn.count('class="mark"'), drawn.count('class="bar"')


def held(of: dict) -> tuple[int, int]:
    """Markers and bars in a figure."""
    markers = bars = 0
    for trace in of["data"]:
        points = sum(x is not None and y is not None for x, y in zip(trace["x"], trace["y"], strict=True))
        markers += points if "markers" in trace.get("mode", "") else 0
        bars += points if trace.get("type") == "bar" else 0
    return markers, bars


def whole(of: dict) -> None:
    """A figure is drawn at its own size, and fitted into a slide, with all of its marks and well-formed."""
    for drawn in (svg(of, 780), fitted(of, 1180, 470), fitted(of, 560, 300)):
        ElementTree.fromstring(drawn)
        assert counted(drawn) == held(of)
        said = [entity for trace in of["data"] for entity in trace.get("customdata", ())]
        assert not any(f">{entity}<" in drawn or f'"{entity}"' in drawn for entity in said[:50])
        assert "NaN" not in drawn and "inf" not in re.sub(r"[a-z]*inf[a-z]+", "", drawn.split(">", 1)[0])


@pytest.mark.parametrize("view", VIEWS)
def test_every_figure_of_every_page_is_drawn_with_all_its_marks(web, view):
    drawn = set()
    for page in pages:
        for key, shown in exhibits(page, **view).items():
            if shown.figure:
                whole(shown.figure)
                drawn.add((page, key))
    assert len({page for page, _key in drawn}) > 4


def test_every_figure_of_local_data_is_drawn_with_all_its_marks(web, monkeypatch):
    district, schools = shelf.places()
    shelf.open_to(monkeypatch, shelf.connect(shelf.cells(district, schools)))
    drawn = 0
    for page in ("services", "my_schools"):
        for place in (district, schools[0], schools[-1]):
            for shown in shelf.built(page, place=place).values():
                if shown.figure:
                    whole(shown.figure)
                    assert str(shelf.PLANTED) not in svg(shown.figure, 780)
                    drawn += 1
    assert drawn > 10


def test_hover_texts_and_ids_are_in_no_drawing():
    drawn = svg(figure(), 500)
    assert "hover" not in drawn and "56000000000000" not in drawn and "Ash" in drawn
    assert counted(drawn) == (2, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "scatter3d"},
        {"mode": "lines+text"},
        {"fill": "tozeroy"},
        {"line": {"shape": "spline"}},
        {"marker": {"symbol": "star"}},
        {"marker": {"colorscale": "Viridis"}},
        {"error_y": {"array": [1, 1, 1]}},
        {"stackgroup": "one"},
    ],
)
def test_what_is_not_drawn_is_an_error(change):
    with pytest.raises(Unknown):
        svg(figure(**change), 500)


@pytest.mark.parametrize(
    "change",
    [
        {"polar": {}},
        {"xaxis": {"type": "date"}},
        {"yaxis": {"ticklabelposition": "inside"}},
        {"shapes": [{"type": "circle", "x0": 0, "x1": 1, "y0": 0, "y1": 1}]},
        {"annotations": [{"text": "x", "x": 0, "y": 0, "showarrow": True}]},
        {"annotations": [{"text": "<i>x</i>", "x": 0, "y": 0, "showarrow": False}]},
    ],
)
def test_a_layout_that_is_not_drawn_is_an_error(change):
    of = figure()
    with pytest.raises(Unknown):
        svg({**of, "layout": {**of["layout"], **change}}, 500)


NAMES = ('<script>alert(1)</script>&"', "=1+1", "\u202eesrever\x00", "👩‍👩‍👧 學校", "\ud83d", "x" * 5000)


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_text(name):
    of = figure()
    of["layout"]["yaxis"]["ticktext"] = [theme.wrapped(name)] * 3
    of["layout"]["title"]["text"] = theme.escape_label(name)
    drawn = ElementTree.fromstring(svg(of, 500, alt=name))
    known = {"svg", "title", "desc", "rect", "text", "tspan", "circle", "line"}
    assert {e.tag.removeprefix(SPACE) for e in drawn.iter()} <= known
    if name.isascii() and len(name) < 100:
        assert name in {"".join(e.itertext()) for e in drawn.iter(f"{SPACE}text")}


def test_what_cannot_be_shown_is_a_visible_mark():
    assert showable("學校 A") == "□□ A" and showable("a\u202eb\u200bc\x07") == "abc" and showable("\ud800") == "□"
    assert showable("Peñasquitos – ▲ ≈") == "Peñasquitos – ▲ ≈" and showable("n\u0303") == "ñ" and showable("a\nb") == "a b"
    assert has("□") and not has("😀")


def test_words_for_those_who_do_not_see_it_only_where_asked():
    assert "<title>" not in svg(figure(), 500)
    told = ElementTree.fromstring(svg(figure(), 500, alt="A dot plot & more"))
    assert told.get("role") == "img" and told.findtext(f"{SPACE}desc") == "A dot plot & more"


def test_an_axis_has_the_ticks_of_plotly():
    def said(spec: dict, low: float, high: float, letter: str = "x") -> list[str]:
        return [text for _v, text in ticks(Axis(letter, spec, 0, 400, (low, high)))]

    percent = {"nticks": 6, "ticksuffix": " %", "showticksuffix": "last"}
    assert said(percent, 0, 54.1) == ["0", "10", "20", "30", "40", "50 %"]
    assert said({"nticks": 6, "tickformat": "~g"}, -6.9, 3.4) == ["−6", "−4", "−2", "0", "2"]
    assert said({"nticks": 5}, 0, 12_600) == ["0", "5k", "10k"]
    assert said({"tickvals": [100, 1000, 10_000], "tickformat": ",d", "type": "log"}, 1.9, 4.2) == ["100", "1,000", "10,000"]


def test_a_range_has_room_for_markers_and_starts_at_zero_where_asked():
    axis = Axis("x", {"rangemode": "tozero"}, 0, 400)
    low, high = reach(axis, [Reach(10, 4, 4, True), Reach(40, 4, 4, True)])
    assert low == 0 and high == pytest.approx(40 / (1 - 24 / 400))
    low, high = reach(Axis("x", {}, 0, 400), [Reach(10, 0, 0, True), Reach(40, 0, 0, True)])
    assert (low, high) == pytest.approx((10 - 30 / 18, 40 + 30 / 18))


def test_labels_are_read_as_plotly_reads_them():
    said = block("<b>A &amp; B</b><br>&lt;i&gt;", 10)
    assert said.lines == ((("A & B", 700),), (("<i>", 400),)) and said.height == pytest.approx(10 * (1.175 + 1.3))
    assert width("mm", 10) > 3 * width("ii", 10) and width("m", 10, 700) > width("m", 10)


def test_long_names_stand_beside_their_axis_not_over_it():
    of = figure()
    of["layout"]["yaxis"]["ticktext"] = ["A very long name of a district"] * 3
    drawn = ElementTree.fromstring(svg(of, 500))
    texts = [e for e in drawn.iter(f"{SPACE}text") if "very long" in "".join(e.itertext())]
    assert len(texts) == 3
    assert all(float(e.get("x", 0)) - width("A very long name of a district", 13) >= 0 for e in texts)


def test_a_tall_figure_stands_in_columns_and_no_row_is_lost(web):
    shown = exhibits("compare", level="county")["ranking"]
    assert shown.figure
    names = [re.sub("<[^>]*>", "", t) for t in shown.figure["layout"]["yaxis"]["ticktext"]]
    drawn = "".join(ElementTree.fromstring(fitted(shown.figure, 1184, 480)).itertext())
    assert len(names) > 50 and all(name in drawn for name in names if "&" not in name)
    assert json.dumps(shown.figure).count("scale(") == 0
