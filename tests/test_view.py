"""The view: what comes from outside is read strictly, never raises, and writes itself back."""

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from components.view import MOST_PLACES, Known, View, parse
from data import registry

PLACES = ("19000000000000", "37683380000000", "R-SCO", "00000000000000", *(f"3768338{n:07d}" for n in range(100, 120)))
KNOWN = Known(
    dict.fromkeys(registry.indicators, (2023, 2024, 2025)),
    lambda asked: [p for p in asked if p in PLACES],
    lambda b: b == "20250101-000000-abcdef",
)


def test_nothing_chosen_gives_the_defaults_and_no_notes():
    assert parse({}, KNOWN) == View()


def test_a_choice_is_read_and_written_back():
    raw = {
        "indicator": "suspension_rate",
        "level": "school",
        "peers": "chosen",
        "place": ["37683380000000", "R-SCO"],
        "year": "2024",
        "student_group": "RB",
        "region": "R-SCO",
        "county": "19",
        "cohort": "2",
        "build": "20250101-000000-abcdef",
    }
    view = parse(raw, KNOWN)
    assert view.notes == () and view.year == 2024 and view.cohort == 2 and view.place == ("37683380000000", "R-SCO")
    link = view.link("/compare")
    assert parse(parse_qs(urlsplit(link).query), KNOWN) == view


def test_an_older_code_of_a_line_is_understood():
    assert parse({"student_group": "GRKN"}, KNOWN).student_group == "GRTKKN"


def test_a_year_is_understood_as_files_print_it():
    view = parse({"year": "2023-24"}, KNOWN)
    assert view.year == 2024 and view.notes == () and "year=2024" in view.link("/compare")
    assert parse({"year": "2023-25"}, KNOWN).notes


def test_a_group_that_the_indicator_does_not_have_is_noted():
    view = parse({"indicator": "suspension_rate", "student_group": "GR13"}, KNOWN)
    assert view.student_group is None and "GR13" in view.notes[0]


def test_unknown_and_repeated_values_are_noted_one_by_one():
    view = parse(
        {"level": "galaxy", "year": ["2023", "2024"], "place": ["99999999999999"], "colour": "red", "county": {"a": 1}}, KNOWN
    )
    assert len(view.notes) == 5 and view.level == "county" and view.year is None


def test_places_are_limited():
    view = parse({"place": list(PLACES)}, KNOWN)
    assert len(view.place) == MOST_PLACES and any("first" in n for n in view.notes)


def test_a_long_or_hostile_value_stays_short_in_its_note():
    view = parse({"level": "<script>" * 2000, "indicator": "'; drop table places; --"}, KNOWN)
    assert all(len(n) < 120 for n in view.notes)


junk = st.recursive(
    st.one_of(st.text(), st.integers(), st.none(), st.booleans(), st.floats()),
    lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(), x, max_size=3),
    max_leaves=5,
)
keys = st.one_of(
    st.sampled_from(
        ["indicator", "level", "peers", "place", "region", "county", "cohort", "year", "student_group", "build", "notes"]
    ),
    st.text(max_size=8),
)


@given(st.dictionaries(keys, junk, max_size=8))
def test_junk_never_raises_and_never_gets_in(raw):
    view = parse(raw, KNOWN)
    assert view.indicator in registry.indicators and view.level in registry.LEVELS
    assert set(view.place) <= set(PLACES)


views = st.builds(
    View,
    indicator=st.just("chronic_absenteeism_rate"),
    level=st.sampled_from(registry.LEVELS),
    peers=st.sampled_from(["all", "county", "region", "cohort", "chosen"]),
    place=st.lists(st.sampled_from(PLACES), unique=True, max_size=5).map(tuple),
    region=st.none() | st.sampled_from(sorted(registry.region_by_code)),
    month=st.none() | st.sampled_from([202507, 202512, 202602]),
    pillar=st.none() | st.sampled_from(["PIL1", "PIL4"]),
    service_category=st.none() | st.sampled_from(["health", "tutoring"]),
    county=st.none() | st.sampled_from(sorted(registry.county_by_code)),
    cohort=st.none() | st.integers(1, 4),
    year=st.none() | st.sampled_from([2023, 2025]),
    student_group=st.none() | st.sampled_from(["TA", "RB", "GRTKKN"]),
)


@given(views)
def test_a_view_survives_its_own_link(view):
    assert parse(parse_qs(urlsplit(view.link("/x")).query), KNOWN) == view
