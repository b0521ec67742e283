"""Plausibility: what is missing, what is next to nobody, and that both follow the area chosen."""

from dataclasses import replace

import duckdb
import pytest

import queries
from components import reading, shares
from components.exhibits import plausibility
from components.view import View, parse
from tests import invented


def shown(exhibit, view=None, **more):
    return exhibit.build(replace(view or View(), build=invented.MANIFEST["id"]), invented.Fake(**more))


@pytest.fixture(autouse=True)
def manifest(monkeypatch):
    monkeypatch.setattr("queries.manifest", lambda build=None: invented.MANIFEST)


def test_next_to_none_shows_the_published_counts_and_says_what_may_explain_them():
    low = shown(plausibility.LOW)
    assert [(r["name"], r["numerator"], r["charter"]) for r in low.table.rows] == [("Alder Valley Unified", "3", "Yes")]
    assert low.headline == "1 place reports next to no chronic absence"
    assert "at most 1 percent" in low.subtitle and "100 eligible students" in low.subtitle
    assert any("1 of them is a charter school." in w for w in low.words) and any("as CDE published" in w for w in low.words)
    assert list(low.frame["charter"]) == ["yes"] and "$floor" in dict(low.why)["Query"]


def test_missing_tells_those_that_had_numbers_from_those_that_never_had():
    absent = shown(plausibility.ABSENT)
    assert absent.headline == "1 place had numbers the year before and has none"
    assert [(r["name"], r["listed"]) for r in absent.table.rows] == [(invented.NAMES[invented.TOWN], "not listed")]
    assert "those that are open and had no numbers" in absent.table.more
    assert invented.NAMES[invented.TOWN] in absent.words[0] and "certify" in absent.words[0]
    assert invented.NAMES[invented.SMALL] not in " ".join(absent.words)
    assert list(absent.frame["had_numbers_the_year_before"]) == [True, False]


def test_the_lead_adds_up_its_exhibits():
    lead = shown(plausibility.LEAD, prior={invented.TOWN: (3_600, 4_800)})
    changes = len(shown(plausibility.jumps.JUMPS, prior={invented.TOWN: (3_600, 4_800)}).table.rows)
    assert lead.headline == f"{changes + 2} entries to check before they are relied on"
    assert "1 place with next to no absence" in lead.subtitle and "California" in lead.subtitle


def test_another_pages_choice_is_read_as_an_area_and_a_share():
    known = reading.Known({name: [2025] for name in ("chronic_absenteeism_rate", "expulsion_rate")}, lambda entities: (), bool)
    asked = {"indicator": "chronic_absenteeism_rate", "student_group": "RB", "peers": "county", "county": "13", "region": "R-BAY"}
    read = shares.settle(reading.Reading(parse(asked, known), None, invented.Fake()))  # type: ignore[arg-type]
    assert (read.view.student_group, read.view.county, read.view.region) == (None, None, "R-BAY")
    assert any("outside the region" in note for note in read.view.notes)
    assert shares.area(read.view) == "the Bay Area region" and shares.area(View()) == "California"


@pytest.fixture
def tables():
    """Districts: one reports nobody, one has lost its row, one is closed, one never had any; a fifth is in another county."""
    con = duckdb.connect()
    con.execute("""
        create table places (entity varchar, name varchar, county_name varchar, level varchar, county varchar, region varchar,
            directory_status varchar, charter varchar);
        insert into places values
            ('13000010000000', 'Idle', 'Imperial County', 'district', '13', 'R-SCO', 'active', 'no'),
            ('13000020000000', 'Lost', 'Imperial County', 'district', '13', 'R-SCO', '', null),
            ('13000030000000', 'Shut', 'Imperial County', 'district', '13', 'R-SCO', 'closed', null),
            ('13000040000000', 'New', 'Imperial County', 'district', '13', 'R-SCO', 'active', null),
            ('43000050000000', 'Far', 'Santa Clara County', 'district', '43', 'R-BAY', '', null);
        create table facts_by_group (indicator varchar, student_group varchar, level varchar, entity varchar, year smallint,
            numerator bigint, denominator bigint, rounded_rate bigint, status varchar);
        insert into facts_by_group values
            ('i', 'TA', 'district', '13000010000000', 2024, 40, 604, null, 'published'),
            ('i', 'TA', 'district', '13000010000000', 2025, 0, 604, null, 'zero'),
            ('i', 'TA', 'district', '13000020000000', 2024, 40, 200, null, 'published'),
            ('i', 'TA', 'district', '13000030000000', 2024, 40, 200, null, 'published'),
            ('i', 'TA', 'district', '13000040000000', 2025, null, null, null, 'not_published'),
            ('i', 'TA', 'district', '43000050000000', 2024, null, null, null, 'withheld')
    """)
    return con


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ((None, None), [("Far", True), ("Lost", True), ("New", False)]),
        (("R-SCO", None), [("Lost", True), ("New", False)]),
        ((None, "43"), [("Far", True)]),
    ],
)
def test_a_place_is_missing_when_it_had_a_row_or_is_open(tables, area, expected):
    asked = {"indicator": "i", "student_group": "TA", "year": 2025, "region": area[0], "county": area[1]}
    found = tables.execute(queries.text("absent"), asked).df()
    assert list(zip(found["name"], found["had"], strict=True)) == expected


@pytest.mark.parametrize(("year", "least", "expected"), [(2025, 100, ["Idle"]), (2024, 100, []), (2025, 605, [])])
def test_next_to_none_is_a_share_of_enough_students(tables, year, least, expected):
    asked = {"indicator": "i", "student_group": "TA", "year": year, "region": None, "county": "13"}
    asked |= {"floor": 1, "floor_from": least}
    assert list(tables.execute(queries.text("next_to_none"), asked).df()["name"]) == expected
