"""Equity and an attacker who gets every file of the page: nothing that is hidden stands there, and nothing can be worked out."""

from fractions import Fraction

import pandas as pd
import pytest
from attacker import FAMILIES
from hypothesis import given, settings
from test_privacy import EQUATIONS, places
from test_web_exports import rows

import queries
from components import gaps, tables
from components.exhibits import equity, heat
from data import privacy, registry
from tests import invented
from tests.groups import AS_RATIO, COMPARED, Town, built


@pytest.fixture(autouse=True)
def manifest(monkeypatch):
    monkeypatch.setattr(queries, "manifest", lambda build=None: invented.MANIFEST)


@pytest.mark.parametrize("exhibit", [equity.LEAD, equity.GAPS, heat.HEAT], ids=lambda e: e.key)
@pytest.mark.parametrize(
    "hidden", [{}, {"TA": "withheld"}, {"RF": "withheld", "RW": "counts_withheld"}, {"GX": "counts_withheld"}]
)
def test_hidden_counts_stand_nowhere(exhibit, hidden):
    for entity in (invented.DISTRICT, invented.REGION, registry.STATE):
        shown = built(exhibit, Town(hidden=hidden, county=hidden), place=(entity,), level="district")
        text = f"{shown!r}{shown.frame.to_csv()}"
        assert str(invented.PLANTED) not in text and f"{invented.PLANTED:,}" not in text


def solved(cells: dict, more: list[tuple[dict[str, int], int]], part: int) -> set[str]:
    """Which hidden lines have one value only, by elimination over the families and `more` (coefficients, right side)."""
    unknown = sorted(g for g, (_s, *counts) in cells.items() if counts[part] is None)
    equations = list(more)
    for total, members in FAMILIES.values():
        present = [m for m in members if m in cells]
        if total in cells and len(present) > 1:
            equations.append(({**dict.fromkeys(present, 1), total: -1}, 0))
    matrix = []
    for weights, right in equations:
        known = sum(w * cells[g][1 + part] for g, w in weights.items() if cells[g][1 + part] is not None)
        matrix.append([Fraction(weights.get(g, 0)) for g in unknown] + [Fraction(right - known)])
    at = 0
    for column in range(len(unknown)):
        pivot = next((r for r in range(at, len(matrix)) if matrix[r][column]), None)
        if pivot is None:
            continue
        matrix[at], matrix[pivot] = matrix[pivot], matrix[at]
        matrix[at] = [v / matrix[at][column] for v in matrix[at]]
        for r in range(len(matrix)):
            if r != at and matrix[r][column]:
                matrix[r] = [a - matrix[r][column] * b for a, b in zip(matrix[r], matrix[at], strict=True)]
        at += 1
    return {unknown[[bool(v) for v in row[:-1]].index(True)] for row in matrix if sum(bool(v) for v in row[:-1]) == 1}


def as_town(cells: dict) -> Town:
    """What the builder publishes of a place: protected as the privacy room does it."""
    closed = {c.student_group: c.rounded_rate for c in privacy.close(cells, EQUATIONS)}
    hidden = {g: "withheld" for g, c in cells.items() if c.withheld} | dict.fromkeys(closed, "counts_withheld")
    counts = {g: (c.numerator, c.denominator) for g, c in cells.items() if g not in hidden}
    return Town(counts, hidden, coarse=pd.NA)


@settings(max_examples=60, deadline=None)
@given(places())
def test_the_page_gives_no_hidden_cell_that_the_facts_do_not_give_already(cells):
    """Every remainder that the file prints is one more equation: the attacker solves with and without them."""
    town = as_town(cells)
    frame = built(ask=town).frame
    seen = {g: (town.hidden.get(g, "published"), *town.counts.get(g, (None, None))) for g in cells}
    printed = frame[frame["others_numerator"].notna()]
    for part, column in ((0, "others_numerator"), (1, "others_denominator")):
        more = [({"TA": 1, g: -1}, int(v)) for g, v in zip(printed["student_group"], printed[column], strict=True)]
        assert solved(seen, more, part) == solved(seen, [], part)
    # Nor is any remainder printed that holds a hidden cell of its family.
    for group in printed["student_group"]:
        family = next((m for t, m in FAMILIES.values() if t == "TA" and group in m), (group,))
        assert all(seen[m][0] == "published" for m in family if m in seen)


def test_the_attacker_notices_a_remainder_that_should_not_be_there():
    """The mutation: with a hidden total, one printed remainder gives it away."""
    seen = {"TA": ("withheld", None, None), "GF": ("published", 20, 60), "GM": ("counts_withheld", None, None)}
    assert solved(seen, [], 1) == set()
    assert solved(seen, [({"TA": 1, "GF": -1}, 44)], 1) == {"TA", "GM"}


def simulated(known: dict[str, dict], state: dict[str, dict], indicator: str) -> dict[str, dict]:
    """The compared columns of equity.csv, worked out by a reader who has nothing but the files of Place."""
    found = gaps.gaps(cells_of(known), registry.indicators[indicator], state=cells_of(state))
    return {g.row["student_group"]: equity._numbers(g) for g in found}


def cells_of(known: dict[str, dict]) -> list[dict]:
    return [
        {
            "student_group": g,
            "numerator": int(r["numerator"]) if r["numerator"] else None,
            "denominator": int(r["denominator"]) if r["denominator"] else None,
            "status": r["status"],
            "year": 2025,
        }
        for g, r in known.items()
    ]


@pytest.mark.parametrize("indicator", ["chronic_absenteeism_rate", "suspension_rate"])
@pytest.mark.parametrize("entity", ["00000000000000", "19000000000000", "56000000000000", "02000000000000"])
def test_equity_csv_follows_from_the_file_of_place_alone(web, indicator, entity):
    """The proof that nothing is added: each number of the file is made again from facts that Place exports."""
    query = f"place={entity}&indicator={indicator}&year=2025"
    known = {r["student_group"]: r for r in rows(web.get(f"/export/place.csv?{query}&exhibit=student_groups"))}
    page = rows(web.get(f"/export/equity.csv?{query}"))
    above = query.replace(entity, registry.STATE)
    state = {r["student_group"]: r for r in rows(web.get(f"/export/place.csv?{above}&exhibit=student_groups"))}
    expected = simulated(known, state if entity != registry.STATE else {}, indicator)
    assert page and {r["student_group"] for r in page} == set(expected)
    for row in page:
        own = known[row["student_group"]]
        assert [row[c] for c in tables.FILE_COLUMNS] == [own[c] for c in tables.FILE_COLUMNS]
        told = expected[row["student_group"]]
        assert row["allowed"] == told["allowed"]
        for column in (*COMPARED, *AS_RATIO):
            assert (float(row[column]) if row[column] else None) == told.get(column), (row["student_group"], column)
