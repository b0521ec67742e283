"""Which grants a place has, of what kind and for which years; of a district and above also how many of its schools."""

from pathlib import Path

import pytest

import queries
from data import builds

DISTRICT, SCHOOL, OTHER = "13900010000000", "13900019000101", "13900019000102"
LIST = f"""cds_code,grant_type,cohort,start,end
{SCHOOL},implementation,1,2022-23,2026-27
{OTHER},implementation,1,2022-23,2026-27
{OTHER},implementation,2,2023-24,2027-28
{DISTRICT[:7]},planning,,2022-23,2023-24
56999990000000,planning,,2022-23,2023-24
"""
PLANNING, FIRST, SECOND = ("planning", None, 2023, 2024), ("implementation", 1, 2023, 2027), ("implementation", 2, 2024, 2028)


@pytest.fixture
def listed(raw: Path, home: Path) -> dict:
    (raw / "grantees.csv").write_text(LIST)
    return builds.build([raw])


def held(place: str) -> list[tuple]:
    frame = queries.run("grants", entity=place).astype(object)
    return [tuple(row) for row in frame.where(frame.notna(), None).itertuples(index=False)]


def test_a_place_knows_its_grants_and_those_around_it(listed: dict) -> None:
    both = [("school", *FIRST, 2), ("school", *SECOND, 1)]
    assert held(SCHOOL) == [("own", *FIRST, 1)]
    assert held(DISTRICT) == [("own", *PLANNING, 1), *both]
    above = [("district", *PLANNING, 1), *both]
    assert held("13000000000000") == held("R-SCO") == held("00000000000000") == above
    assert held("56000000000000") == held("13900029000103") == []


def test_a_grant_of_no_place_of_the_build_is_kept_out_and_said(listed: dict) -> None:
    assert any("grants of places" in f["sentence"] and f["sentence"].endswith("kept out: 1.") for f in listed["findings"])


def test_without_a_list_nobody_has_a_grant(raw: Path, home: Path) -> None:
    assert "grants.parquet" not in builds.build([raw])["files"] and held(SCHOOL) == []
