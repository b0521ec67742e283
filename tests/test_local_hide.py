"""What a reader once worked out of shown numbers, and hide.sql hides now: tiny schools, missing cells, numbers of records."""

import pandas as pd
from local_tiny import DISTRICT, MONTH, school

from data.local import travel_cells

COLUMNS = list(travel_cells.COLUMNS)


def cells(*rows: tuple) -> pd.DataFrame:
    """The hidden cube of rows (fact, level, entity, span, band, value)."""
    counts = pd.DataFrame(
        [(f, lv, e, MONTH, span, "all", "TA", band, value) for f, lv, e, span, band, value in rows], columns=COLUMNS
    ).astype({"value": "Int64"})
    return travel_cells.hide(counts)


def value(frame: pd.DataFrame, fact: str, entity: str, band: str = "all", span: str = "ytd"):
    found = frame[(frame["fact"] == fact) & (frame["entity"] == entity) & (frame["band"] == band) & (frame["span"] == span)]
    values = found["value"].tolist()
    return values[0] if values else "no row"


def districts_days(third: int) -> pd.DataFrame:
    """Three schools, the last with `third` students, 110 days each student."""
    sizes = {school(1): 300, school(2): 200, school(3): third}
    rows = [("enrolled", "school", s, "ytd", "all", n) for s, n in sizes.items()]
    rows += [("days_expected", "school", s, "ytd", "all", 1100 * n) for s, n in sizes.items()]
    every = sum(sizes.values())
    return cells(
        *rows,
        ("enrolled", "district", DISTRICT, "ytd", "all", every),
        ("days_expected", "district", DISTRICT, "ytd", "all", 1100 * every),
    )


def test_a_districts_days_do_not_count_the_students_of_a_tiny_school():
    """Its days less those of the other schools, a hundred and ten a student, would be nine students."""
    assert pd.isna(value(districts_days(9), "days_expected", DISTRICT))
    assert value(districts_days(90), "days_expected", DISTRICT) == 1100 * 590


def test_how_many_records_there_are_does_not_travel():
    """A list of one row a student and day has a known number of rows a student; discipline one or two an incident."""
    frame = cells(
        ("enrolled", "school", school(1), "ytd", "all", 300),
        ("enrolled", "district", DISTRICT, "ytd", "all", 300),
        *[("records", "school", school(1), "ytd", b, 1310) for b in ("attendance", "discipline")],
        *[("records", "district", DISTRICT, "ytd", b, 1310) for b in ("attendance", "discipline")],
        *[("records_complete", "district", DISTRICT, "ytd", b, 1208) for b in ("attendance", "discipline")],
    )  # fmt: skip
    records = frame[frame["fact"].str.startswith("records")]
    assert set(records["entity"]) == {DISTRICT} and set(records["band"]) == {"attendance"}
    assert value(frame, "records", DISTRICT, "attendance") == 1000
    assert value(frame, "records_complete", DISTRICT, "attendance") == 920


def test_a_school_without_a_referral_looks_like_one_with_few():
    frame = cells(
        *[("enrolled", "school", school(n), "ytd", "all", 300) for n in (1, 2, 3)],
        ("enrolled", "district", DISTRICT, "ytd", "all", 900),
        ("referrals_due", "school", school(1), "ytd", "all", 4),
        ("referrals_due", "school", school(2), "ytd", "all", 40),
        ("referrals_due", "district", DISTRICT, "ytd", "all", 44),
    )
    assert value(frame, "referrals_due", school(2)) == 40
    few, none = value(frame, "referrals_due", school(1)), value(frame, "referrals_due", school(3))
    assert pd.isna(few) and pd.isna(none) and not isinstance(none, str)
