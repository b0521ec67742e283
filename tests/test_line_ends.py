"""Names at the ends of lines stand beside their own line: none covers another, each is near, and a stroke leads to it."""

from itertools import pairwise

import pytest

from exports import pptx_file
from exports.spread import spread
from tests import decks

PLACE = ("place", "56000000000000")


@pytest.mark.parametrize(
    ("at", "high"),
    [([50.0], 200), ([50.0, 52.0], 200), ([0.0, 0.0, 0.0], 200), ([199.0, 200.0], 200), ([10.0, 60, 61, 62, 63, 150], 200)],
)
def test_labels_are_apart_inside_the_plot_and_in_the_order_of_their_lines(at, high):
    halves = [8.0 + i % 2 for i in range(len(at))]
    stands = spread(at, halves, high)
    for (low, a), (up, b) in pairwise(zip(stands, halves, strict=True)):
        assert up - low >= a + b - 1e-9
    assert stands[0] - halves[0] >= -1e-9 and stands[-1] + halves[-1] <= high + 1e-9


def test_a_label_with_room_stands_at_its_line_and_a_pair_moves_by_half_each():
    assert spread([50, 100, 104], [8, 8, 8], 200) == [50, 94, 110]


def test_the_stroke_to_a_label_has_the_color_of_its_line(web):
    slide = next(s for s in decks.slides("place", PLACE) if s.shown.key == "trend")
    (chart,) = decks.charts(decks.opened(pptx_file.write([slide], decks.ABOUT)).slides[0])
    told = [s for s in chart._chartSpace.iter(f"{decks.C}ser") if s.find(f"{decks.C}dLbls") is not None]
    assert len(told) >= 2
    for series in told:
        own = series.find(f"{decks.C}spPr/{{*}}ln//{{*}}srgbClr").get("val")
        strokes = [e.get("val") for lines in series.iter("{*}leaderLines") for e in lines.iter("{*}srgbClr")]
        assert strokes == [own]
