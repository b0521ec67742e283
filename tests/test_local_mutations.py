"""Seven ways to spoil the protection of local counts (TRUST, section 3): each must make the attacker find something."""

import cubes
import local_world
import numpy as np
import pandas as pd
from local_tiny import DISTRICT, MONTH, bound, one, school, tiny, told
from local_world import World, world

from data.local import travel_cells
from data.privacy import rounding
from data.privacy.attack import Clues


def test_mutation_a_complement_is_shown():
    """57 of 60 students are chronically absent: 57 is hidden. Shown, it says that eleven or more are not, and there are three."""
    made = world(tiny((30, 27), 60))
    assert told(made) == 0
    cell = one(made, fact="chronic")
    assert np.isnan(made.shown[cell])
    assert told(made, np.where(np.arange(len(made.shown)) == cell, 50.0, made.shown)) > 0


def test_mutation_an_unrounded_total():
    """Thirty-eight in two hidden bands, which are under twenty each: the exact total is nineteen and nineteen."""
    many = (world(tiny((19, 19)), f"key {i}".encode()) for i in range(200))
    made = next(w for w in many if np.isnan(w.shown[one(w, fact="absence_band", band="20_up")]))
    assert told(made) == 0
    cell = one(made, fact="chronic")
    assert told(made, clues=Clues(bound(made.attack, cell, 38), bound(made.attack, cell, 38, np.inf))) > 0


def test_mutation_two_symbols_for_two_reasons():
    """Six groups of eleven and one of nobody: were the six marked otherwise than the one, their sum would tell it."""
    races = [g for g in cubes.LEVELS["district"] if g.startswith("R")]
    more = [("enrolled", "district", DISTRICT, MONTH, "ytd", "all", g, "all", 11 if i < 6 else 0) for i, g in enumerate(races)]
    counts = tiny((13, 0), 33, schools=2)
    counts = pd.concat([counts, pd.DataFrame(more, columns=counts.columns)]).astype({"value": "Int64"})
    made = next(w for w in (world(counts, f"key {i}".encode()) for i in range(50)) if w.shown[district_of(w, "enrolled")] == 60)
    assert told(made) == 0
    large = (made.travel["student_group"] != "TA").to_numpy() & (made.truth > 10)
    assert large.sum() == 6 and np.isnan(made.shown[large]).all()
    assert told(made, clues=Clues(low=np.where(large, 11.0, 0.0), high=np.where(large, 1e9, 1e9))) > 0


def district_of(made: World, fact: str) -> int:
    return one(made, fact=fact, entity=DISTRICT)


def test_mutation_a_rate_with_a_decimal():
    """8.1 percent of 31 to 49 students is three of 37."""
    made = world(tiny((25, 12), chronic_supported=3))
    assert told(made) == 0
    part, whole = one(made, fact="chronic_supported"), one(made, fact="chronic")
    share = (np.array([part]), np.array([whole]), 0.0805, 0.0815)
    found = made.run(clues=Clues(shares=(share,)))
    assert (found.low[part], found.high[part]) == (3, 3)
    assert told(made, clues=Clues(shares=(share,))) > 0


def test_mutation_the_total_of_a_two_school_district():
    """One school has 199 students suspended and the other none: the total, even rounded, says so to the first school."""
    made = world(tiny((40, 30), 300, schools=2, suspended=(199, 0)))
    total, other = district_of(made, "suspended"), one(made, fact="suspended", entity=school(2))
    assert np.isnan(made.shown[[total, other]]).all()
    clues = made.insider(school(1))
    assert made.run(clues=clues).width[other] >= 5
    shown = made.shown.copy()
    shown[total] = 190
    assert made.run(shown, clues=clues).width[other] < 5


def test_mutation_the_rank_of_a_hidden_row():
    """A hidden row that stands between 3 and 4 percent of 250 students has eight, nine or ten."""
    made = world(tiny((20, 20), 250, suspended=9))
    assert told(made) == 0
    share = (np.array([one(made, fact="suspended")]), np.array([one(made, fact="enrolled")]), 0.03, 0.04)
    assert told(made, clues=Clues(shares=(share,))) > 0


def test_mutation_a_new_rounding_key_between_builds():
    """Two hundred keys average to the number; one key says the same two hundred times."""
    travel = travel_cells.hide(tiny((25, 12)))
    cell = np.flatnonzero((travel["fact"] == "chronic") & (travel["entity"] == school(1)) & (travel["student_group"] == "TA"))[0]
    answers = [rounding.rounded(travel, f"key {i}".encode())[cell] for i in range(200)]
    assert abs(np.mean(answers) - 37) < 1.5 and len(set(answers)) == 2
    assert len({float(rounding.rounded(travel, local_world.SECRET)[cell]) for _ in range(20)}) == 1
