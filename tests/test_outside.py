"""The places of a funnel that stand apart are named on its native chart, and no others."""

from dataclasses import replace

import pandas as pd
import pytest

from components.exhibit import Column, Shown, Table
from exports import Slide, pptx_file
from exports.powerpoint.outside import MOST
from tests import decks

FAR = 12


def slide(apart: int) -> Slide:
    """A funnel of 30 places, so many of which lie beyond the limits of 10 and 30 percent; the last the farthest."""
    codes = [f"{i:014d}" for i in range(30)]
    x = [float(50 + 130 * i) for i in range(30)]
    y = [20.0] * (30 - apart) + [31.0 + 3 * i for i in range(apart)]
    frame = pd.DataFrame({"cds_code": codes, "name": [f"Place {i}" for i in range(30)], "denominator": x, "rate": y})
    ends = {"x": [50.0, 5000.0], "type": "scatter", "mode": "lines", "line": {"color": "#5b5b5b", "width": 1.4, "dash": "solid"}}
    marker = {"size": 7, "color": "#1f2328", "symbol": "circle", "line": {"width": 1, "color": "#1f2328"}}
    data = [
        {**ends, "name": "upper", "y": [30.0, 30.0]},
        {**ends, "name": "lower", "y": [10.0, 10.0]},
        {"type": "scatter", "mode": "markers", "x": x, "y": y, "customdata": codes, "marker": marker, "text": ["hover"] * 30},
    ]
    layout = {
        "xaxis": {"type": "log", "title": {"text": "Students"}},
        "yaxis": {"ticksuffix": " %"},
        "annotations": [],
        "shapes": [],
    }
    table = Table("A funnel", (Column("name", "Place"),), ())
    shown = Shown("funnel", "A headline", "", table, lambda: frame, {"data": data, "layout": layout}, source="A source")
    return Slide(shown, "/peers#peers-funnel")


def labels(one: Slide) -> list[str]:
    """The texts of the labels of points, as they are cached."""
    (chart,) = decks.charts(decks.opened(pptx_file.write([one], decks.ABOUT)).slides[0])
    return [
        t.text for label in chart._chartSpace.iter(f"{decks.C}dLbl") for t in label.iter("{*}t") if t.text.startswith("Place")
    ]


@pytest.mark.parametrize("apart", [0, 1, 3, FAR])
def test_the_farthest_are_named_and_none_within_the_limits(apart):
    found = labels(slide(apart))
    beyond = [f"Place {i}" for i in range(30 - apart, 30)]
    assert set(found) <= set(beyond) and len(found) == len(set(found)) <= MOST
    assert len(found) >= min(apart, 3) and (not apart or beyond[-1] in found)


def test_the_names_are_those_of_the_rows(web):
    from tests.exhibited import slides

    one = next(s for s in slides("peers", level="county") if s.shown.key == "funnel")
    frame = one.shown.frame
    far = set(frame.loc[frame["against_limits"].isin(("above_99.8", "below_99.8")), "name"])
    blob = pptx_file.write([one], replace(decks.ABOUT, shape="classic"))
    (chart,) = decks.charts(decks.opened(blob).slides[0])
    told = {t.text for label in chart._chartSpace.iter(f"{decks.C}dLbl") for t in label.iter("{*}t")} & set(frame["name"])
    assert told <= far and (told or not far)
