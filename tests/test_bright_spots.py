"""Bright spots and funnels on the page: who stands apart, in which order, and where nothing can be told."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import queries
from components import facts as shown_facts
from components.exhibit import Exhibit, Shown, Unanswerable
from components.exhibits import bright_spots, funnel
from components.exhibits import similar as exhibits
from components.view import View
from tests import invented

SIMILAR = View(level="district", peers="similar", place=(invented.DISTRICT,))


@pytest.fixture(autouse=True)
def manifest(monkeypatch):
    monkeypatch.setattr(queries, "manifest", lambda build=None: invented.MANIFEST)


def build(exhibit: Exhibit, view: View = SIMILAR, **fake) -> Shown:
    return exhibit.build(view, invented.Fake(**{"more": 30, **fake}))


@pytest.mark.parametrize("hidden", [invented.HIDDEN, invented.COARSE, invented.ABSENT, invented.SMALL])
def test_a_place_without_shown_counts_is_no_point_of_a_funnel(hidden):
    """A point's position carries the number of students: no mark, hover or limit may have it."""
    shown = build(funnel.FUNNEL, View(level="district", place=(hidden,)))
    assert shown.figure and hidden not in str(shown.figure) and invented.NAMES[hidden] not in str(shown.figure)
    row = shown.frame.set_index("cds_code").loc[hidden]
    assert pd.isna(row["order"]) and row["against_limits"] == ""
    sizes = [n for d in shown.figure["data"] if d["mode"] == "markers" for n in d["x"]]
    assert sizes and max(sizes) <= 36_000


def test_the_triage_shows_the_published_rate_and_orders_by_the_shrunken():
    rows = {invented.peers("district", 30)[8]: (45, 100)}

    class Uneven(invented.Fake):
        def ask_ranking(self, **asked):
            frame = super().ask_ranking(**asked)
            for entity, (k, n) in rows.items():
                frame.loc[frame["entity"] == entity, ["numerator", "denominator"]] = k, n
            return frame

    shown = funnel.FUNNEL.build(View(level="district"), Uneven(more=30))
    first = shown.table.rows[0]
    assert first["rate"] == "45.0 %" and first["numerator"] == "45" and shown.frame["order"].iloc[0] == 1
    assert not {"shrunken", "by"} & set(shown.frame.columns)


def test_a_funnel_says_where_it_has_no_ground():
    for view, said in (
        (View(level="district", indicator="average_days_absent"), "no limits of chance"),
        (View(level="district", peers="chosen", place=(invented.DISTRICT, invented.TOWN)), "at least 8 places"),
    ):
        with pytest.raises(Unanswerable, match=said):
            build(funnel.FUNNEL, view)


def test_bright_spots_improved_beyond_chance_to_the_better_half():
    best = invented.peers("district", 30)[10]
    shown = build(bright_spots.BRIGHT_SPOTS, View(level="district"), prior={best: (2000, 4800)})
    frame = shown.frame
    assert best in set(frame["cds_code"]) and set(frame["verdict"]) == {"better"}
    assert all(change < 0 for change in frame["change"].tolist()) and frame["cds_code"].iloc[0] == best
    assert "not what caused it" in " ".join(shown.words) and "Ask what they do" in shown.words[0]
    with pytest.raises(Unanswerable, match="at most 150"):
        build(bright_spots.BRIGHT_SPOTS, View(level="district"), more=300)
    with pytest.raises(Unanswerable, match="Neither direction"):
        build(bright_spots.BRIGHT_SPOTS, View(level="district", indicator="suspensions_other"))


def test_the_lead_of_bright_spots_counts_what_its_exhibits_show():
    """One headline for the page: its numbers are those of the list and of the funnel below it."""
    best, apart = invented.peers("district", 30)[10:12]
    prior = {best: (2000, 4800)}

    class Uneven(invented.Fake):
        def ask_ranking(self, **asked):
            frame = super().ask_ranking(**asked)
            frame.loc[frame["entity"] == apart, "numerator"] = 4_000
            return frame

    view, ask = View(level="district"), Uneven(more=30, prior=prior)
    lead, spots, stands = (e.build(view, ask) for e in (bright_spots.LEAD, bright_spots.BRIGHT_SPOTS, funnel.FUNNEL))
    outside = sum(said in ("above_99.8", "below_99.8") for said in stands.frame["against_limits"])
    assert len(spots.frame) and outside
    assert f"{len(spots.frame)} bright spot" in lead.headline and f"{outside} apart beyond chance" in lead.headline
    assert len(lead.headline.split()) <= 10 and "improved beyond chance" in lead.subtitle
    many = bright_spots.LEAD.build(view, invented.Fake(more=300))
    assert "at most 150 peers" in many.subtitle and "bright spot" not in many.headline
    none = bright_spots.LEAD.build(View(level="district", indicator="average_days_absent"), invented.Fake(more=30))
    assert none.headline.startswith("Where ") and len(none.headline.split()) <= 10


def test_a_chosen_bright_spot_is_counted_named_and_marked_on_both_pages():
    fake = invented.Fake(more=30)
    frame = shown_facts.ranking(SIMILAR, fake)[1]
    spots = bright_spots.bright(frame, SIMILAR.measure)
    own = invented.NAMES[invented.DISTRICT]
    said = bright_spots.itself(spots.assign(entity=invented.DISTRICT, name=own).head(1), SIMILAR.place)
    assert said == [f"The bright spot is {own} itself."] and not bright_spots.itself(spots, ("none",))
    peers, place = (e.build(SIMILAR, fake) for e in (bright_spots.BRIGHT_SPOTS, exhibits.SIMILAR))
    marked = {row["entity"] for row in place.table.rows if "bright spot" in row["change"]}
    assert marked == set(peers.frame["cds_code"]) == set(spots["entity"])
    assert invented.DISTRICT in marked and any(f"{own} itself" in s for s in peers.words)
    assert any(f"{own} itself" in s for s in place.words)


def test_limits_that_hold_nearly_everything_are_no_headline():
    """Places that differ from 1 to 80 percent: that none is outside must not read as if they were alike."""

    class Apart(invented.Fake):
        def ask_ranking(self, **asked):
            frame = super().ask_ranking(**asked)
            share = np.linspace(0.01, 0.8, len(frame))
            frame["denominator"] = frame["denominator"].where(frame["denominator"].isna(), 2000)
            frame["numerator"] = (share * 2000).astype(int)
            return frame

    view = View(level="district")
    shown = funnel.FUNNEL.build(view, Apart(more=30))
    assert shown.headline == "These districts differ too much from each other for limits"
    assert "times as wide as chance alone" in shown.words[0] and "No place stands outside" not in " ".join(shown.words)
    assert "each counting about the same" in shown.subtitle
    lead = bright_spots.LEAD.build(replace(view, indicator="suspension_rate"), Apart(more=30))
    assert "differ too much" in lead.subtitle and "apart beyond chance" not in lead.headline
    alike = build(funnel.FUNNEL, view, more=30)
    assert "differ too much" not in alike.headline and " mean of these places" in alike.subtitle


@pytest.mark.parametrize("apart", [0, 30, 120])
def test_a_large_funnel_whose_crowd_is_small_is_drawn(apart):
    """Just over the number from which dots have no hover, with some of them apart: fewer plain dots than that stay."""

    class Spread(invented.Fake):
        def ask_ranking(self, **asked):
            frame = super().ask_ranking(**asked)
            sizes = 900 + 7 * np.arange(len(frame))
            shares = np.where(np.arange(len(frame)) < apart, 0.9, 0.2)
            shown = frame["status"].astype(str).isin(("published", "zero")).to_numpy()
            frame.loc[shown, "denominator"] = sizes[shown]
            frame.loc[shown, "numerator"] = (sizes * shares).astype(int)[shown]
            return frame

    shown = funnel.FUNNEL.build(View(level="district"), Spread(more=410))
    assert shown.figure and sum(len(t["customdata"]) for t in shown.figure["data"] if "customdata" in t) > 100
