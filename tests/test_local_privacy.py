"""What may leave a district and what is shown of it: the rules of hide.sql, keyed rounding, coded ends, the scanner."""

import json

import cubes
import numpy as np
import pandas as pd
import pytest
from local_tiny import DISTRICT, MONTH, school, tiny

from data.local import travel, travel_cells
from data.privacy import local, rounding
from data.privacy.cube import KEYS, facts
from data.privacy.rounding import Rate, rate_of

SECRET = b"a secret of the tests"
SHARES = [fact for fact, row in facts().items() if row["kind"] in ("days", "records")]


def hidden(counts: pd.DataFrame, **key: object) -> bool:
    cells = travel_cells.hide(counts)
    wanted = {"entity": school(1), "student_group": "TA", "band": "all", "service": "all", "month": MONTH, "span": "ytd", **key}
    (value,) = cells.loc[(cells[list(wanted)] == pd.Series(wanted)).all(axis=1), "value"]
    return bool(pd.isna(value))


@pytest.mark.parametrize(
    ("bands", "enrolled", "key", "is_hidden"),
    [
        ((6, 4), 300, {"fact": "chronic"}, True),
        ((0, 0), 300, {"fact": "chronic"}, True),
        ((7, 4), 300, {"fact": "chronic"}, False),
        ((20, 4), 300, {"fact": "absence_band", "band": "20_up"}, True),
        ((30, 24), 64, {"fact": "chronic"}, True),
        ((30, 24), 65, {"fact": "chronic"}, False),
        ((5, 2), 10, {"fact": "enrolled"}, True),
        ((5, 6), 11, {"fact": "enrolled"}, False),
    ],
)
def test_ten_and_fewer_and_what_is_left_of_the_whole_are_hidden(bands, enrolled, key, is_hidden):
    assert hidden(tiny(bands, enrolled), **key) is is_hidden


def test_a_part_is_hidden_where_its_whole_is():
    """57 of 60 are chronically absent: hidden; so are the 30 of them who were supported, and what 12 of 14 suspended hang on."""
    counts = tiny((30, 27), 60, chronic_supported=30, suspended=52, suspended_again=20)
    assert hidden(counts, fact="chronic_supported") and hidden(counts, fact="suspended_again")


def test_a_program_group_is_hidden_where_few_are_outside_it():
    base = tiny((40, 40), 300)

    def with_learners(many: int) -> pd.DataFrame:
        rows = [("enrolled", "school", school(1), MONTH, "ytd", "all", "SE", "all", many)]
        return pd.concat([base, pd.DataFrame(rows, columns=base.columns)]).astype({"value": "Int64"})

    assert hidden(with_learners(290), fact="enrolled", student_group="SE")
    assert not hidden(with_learners(289), fact="enrolled", student_group="SE")


def test_days_and_contacts_are_hidden_where_the_students_are():
    counts = tiny((40, 30), 300, days_expected=60_000, days_attended=55_000, served=6, contacts=90, suspended=3)
    rows = [("days_absent", "school", school(1), MONTH, "ytd", "all", "TA", "suspended", 1500)]
    counts = pd.concat([counts, pd.DataFrame(rows, columns=counts.columns)]).astype({"value": "Int64"})
    assert hidden(counts, fact="contacts") and hidden(counts, fact="days_absent", band="suspended")
    assert not hidden(counts, fact="days_attended")
    few = tiny((2, 2), 9, days_expected=1800, days_attended=1500)
    assert hidden(few, fact="days_expected") and hidden(few, fact="days_attended")


def test_ten_days_are_hidden_as_ten_students_are():
    assert hidden(tiny((40, 30), 300, days_expected=60_000, days_attended=59_901), fact="days_attended")
    assert not hidden(tiny((40, 30), 300, days_expected=60_000, days_attended=59_899), fact="days_attended")


def days(enrolled: int, expected: int, attended: int, secret: bytes = SECRET) -> list:
    """What is shown of the days (in tenths) of one school: expected, attended."""
    counts = tiny((20, 20), enrolled, days_expected=expected, days_attended=attended)
    cells, _report = local.protect(travel_cells.hide(counts), secret)
    mine = cells[(cells["entity"] == school(1)) & (cells["span"] == "ytd")].set_index("fact")["value"]
    return [mine["days_expected"], mine["days_attended"]]


def test_days_are_shown_as_a_whole_percent_that_counts_no_student():
    """180 school days: the days of 300 and of 301 students would tell them apart."""
    assert days(300, 540_000, 513_400) == [1000, 950]
    assert days(301, 541_800, 515_200) == [1000, 950]
    for students in range(120, 140):
        assert days(students, students * 1800, students * 1710) == [1000, 950], "every number of students gives this percent"


@pytest.mark.parametrize(("absent", "share"), [(4_100, 990), (101_000, 660), (296_000, 10)])
def test_a_share_of_days_has_coded_ends(absent, share):
    assert days(300, 300_000, 300_000 - absent) == [1000, share]


def test_a_share_of_few_days_would_count_them():
    """Seventeen students, one school day, 88 percent: two were absent, and they are seventeen."""
    assert all(pd.isna(value) for value in days(60, 990, 800))
    assert days(60, 1_000, 800) == [1000, 800]


def test_days_are_hidden_where_the_rounding_hides_the_students():
    """Fifteen students who come out as ten are hidden, and their share of days beside them."""
    travelled = travel_cells.hide(tiny((0, 0), 15, days_expected=27_000, days_attended=25_000))
    assert not travelled.loc[travelled["fact"] == "days_attended", "hidden"].all()
    said = set()
    for i in range(8):
        cells, _report = local.protect(travelled, f"key {i}".encode())
        mine = cells.loc[(cells["entity"] == school(1)) & (cells["span"] == "ytd") & (cells["student_group"] == "TA")]
        dark = {r.fact: pd.isna(r.value) for r in mine.loc[mine["band"] == "all"].itertuples()}
        assert dark["days_attended"] == dark["days_expected"] == dark["enrolled"]
        said.add(bool(dark["enrolled"]))
    assert said == {True, False}


def test_what_nobody_logged_is_hidden_like_what_is_small():
    """An absent cell would say "nobody" where a hidden one says less."""
    counts = cubes.counts(cubes.pupils(1, [200, 150], 2))
    fewer = counts.loc[~((counts["fact"] == "served") & (counts["value"] == 0))]
    assert len(fewer) < len(counts)
    one, other = (travel_cells.hide(c).sort_values(list(KEYS), ignore_index=True) for c in (counts, fewer))
    pd.testing.assert_frame_equal(one, other)


def test_hiding_what_is_hidden_changes_nothing():
    once = travel_cells.hide(cubes.counts(cubes.pupils(6, [200, 90, 20], 2)))
    twice = travel_cells.hide(once).merge(once, on=list(KEYS))
    assert twice["hidden_x"].tolist() == twice["hidden_y"].tolist() and len(twice) == len(once)


@pytest.mark.parametrize("schools", [(52, 3), (52, 3, 4)])
def test_a_district_shows_no_number_that_one_school_makes(schools):
    assert hidden(tiny((40, 30), 300, len(schools), suspended=schools), fact="suspended", entity=DISTRICT)
    assert not hidden(tiny((40, 30), 300, 3, suspended=(52, 40, 4)), fact="suspended", entity=DISTRICT)


def test_partners_stay_exact():
    counts = tiny((40, 30), 300, partners_active=2)
    cells, _report = local.protect(travel_cells.hide(counts), SECRET)
    mine = (cells["fact"] == "partners_active") & (cells["entity"] == school(1)) & (cells["service"] == "all")
    assert cells.loc[mine, "value"].tolist() == [2]


def many(values: range, entity: str = school(1)) -> pd.DataFrame:
    rows = [("enrolled", "school", entity, 202500 + i, "ytd", "all", "TA", "all", v) for i, v in enumerate(values)]
    return pd.DataFrame(rows, columns=[*KEYS, "value"]).astype({"value": "Int64"})


def test_rounding_is_unbiased_and_near():
    values = range(30, 130)
    draws = np.stack([rounding.rounded(many(values), f"key {i}".encode()) for i in range(400)])
    off = draws - np.array(values)
    assert (np.abs(off) < 10).all()
    assert abs(off.mean()) < 0.1 and (np.abs(off.mean(axis=0)) < 1.2).all()
    assert (off[:, ::10] == 0).all(), "multiples of ten stay"


def test_the_same_data_get_the_same_answer():
    frame = many(range(20, 90))
    shuffled = frame.sample(frac=1, random_state=3)
    again = pd.Series(rounding.rounded(shuffled, SECRET), index=shuffled.index).sort_index().to_numpy()
    np.testing.assert_array_equal(rounding.rounded(frame, SECRET), again)
    moved = frame.assign(month=frame["month"] + 100, service="PIL1")
    np.testing.assert_array_equal(rounding.rounded(frame, SECRET), rounding.rounded(moved, SECRET))
    assert (rounding.rounded(many(range(20, 90), school(2)), SECRET) != rounding.rounded(frame, SECRET)).any()


def test_the_order_in_which_cells_come_changes_nothing():
    frame = travel_cells.hide(cubes.counts(cubes.pupils(5, [400, 60, 45, 30], 2)))
    one, other = (local.protect(f, SECRET)[0] for f in (frame, frame.sample(frac=1, random_state=1)))
    pd.testing.assert_frame_equal(one, other)


def test_rounding_keeps_the_order_and_a_districts_only_school_its_number():
    out = rounding.rounded(many(range(20, 200)), SECRET)
    assert (np.diff(out) >= 0).all()
    counts = tiny((17, 16), 333)
    cells, _report = local.protect(travel_cells.hide(counts), SECRET)
    both = cells.pivot(index=["fact", "student_group", "band", "service"], columns="level", values="value").dropna()
    assert len(both) and both["school"].tolist() == both["district"].tolist()


def test_ten_is_never_shown():
    cells, _report = local.protect(travel_cells.hide(cubes.counts(cubes.pupils(3, [200, 90, 60], 3))), SECRET)
    counted = cells.loc[~cells["fact"].isin(SHARES)]
    assert all(v >= 20 and v % 10 == 0 for v in counted["value"].dropna().tolist())
    assert cells["value"].isna().tolist() == (cells["status"] == "withheld").tolist()


@pytest.mark.parametrize(
    ("numerator", "denominator", "rate"),
    [
        (30, 370, Rate(8)), (20, 30, Rate(67)), (30, 30, Rate(90, "at_least")), (20, 400, Rate(5)),
        (400, 400, Rate(99, "at_least")), (20, 2500, Rate(1, "at_most")), (100, 100, Rate(98, "at_least")),
        (110, 100, Rate(98, "at_least")),
        (60, 60, Rate(95, "at_least")), (50, 60, Rate(83)), (None, 60, None), (20, None, None), (pd.NA, 60, None), (20, 0, None),
    ],
)  # fmt: skip
def test_rates_are_whole_percents_with_coded_ends(numerator, denominator, rate):
    assert rate_of(numerator, denominator) == rate


def document() -> dict:
    return cubes.document(travel_cells.hide(cubes.counts(cubes.pupils(1, [120, 80], 2))))


def test_a_document_of_counts_comes_in():
    read = travel.read(travel.parse(json.dumps(document()).encode()))
    assert (read.lea, read.year, read.through, len(read.partners)) == ("1999999", 2026, 202509, 1)
    assert min(read.cells["value"].dropna().tolist()) >= 11


def first(said: dict, fact: str, shown: bool = True) -> int:
    cells = said["cells"]
    return next(i for i, f in enumerate(cells["fact"]) if f == fact and (cells["value"][i] is not None) == shown)


def cell(key: str, value: object, fact: str = "enrolled"):
    def change(said: dict) -> None:
        said["cells"][key][first(said, fact)] = value

    return change


def put(path: str, value: object):
    def change(said: dict) -> None:
        *way, last = path.split(".")
        for step in way:
            said = said[int(step) if step.isdigit() else step]
        said[last] = value

    return change


def complement(said: dict) -> None:
    cells, at = said["cells"], first(said, "chronic")
    whole = next(
        i for i in range(len(cells["fact"])) if cells["fact"][i] == "enrolled" and all(
            cells[k][i] == cells[k][at] for k in ("entity", "month", "student_group"))
    )  # fmt: skip
    cells["value"][at] = cells["value"][whole] - 4


def left_out(said: dict) -> None:
    for column in said["cells"].values():
        del column[0]


def twice(said: dict) -> None:
    for column in said["cells"].values():
        column.append(column[0])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (put("students", [{"ssid": "1234567890"}]), "rows about students"),
        (put("cells.birth_date", []), "rows about students"),
        (put("partners.0.email", "a@b.org"), "rows about students"),
        (put("cells", [{"name": "Ana"}]), "rows about students"),
        (put("extra", 1), "does not have"),
        (put("format", 2), "format"),
        (put("lea", "12345"), "seven digits"),
        (put("year", 2026.0), "ending year"),
        (put("through", 202603), "not over"),
        (put("through", 202513), "month"),
        (put("made", "yesterday"), "date"),
        (put("demo", "no"), "true or false"),
        (put("files.0.sha256", "no hash"), "sha256"),
        (put("files.0.layout", "Ana Maria Lopez"), "layout"),
        (put("checkup.0.rule", "line 4: Ana"), "rule"),
        (put("partners.0.name", "Lopez, Ana"), "person"),
        (put("partners.0.name", "O'Neil, Mary J."), "person"),
        (put("partners.0.name", "call 5551234567"), "organization"),
        (put("partners.0.name", "ana@school.org"), "organization"),
        (put("partners.0.name", "x" * 81), "organization"),
        (put("partners.0.school", "19999976000001"), "another district"),
        (cell("value", 10), "ten or fewer"),
        (cell("value", 0), "ten or fewer"),
        (cell("value", -20), "counts and null"),
        (cell("value", "31"), "counts and null"),
        (cell("value", True), "counts and null"),
        (cell("value", 31.5), "whole"),
        (cell("fact", "birthdays"), "fixed list"),
        (cell("band", "Ana"), "fixed list"),
        (cell("month", "202509"), "months"),
        (cell("month", 202511), "after"),
        (cell("entity", "19999986000001"), "not this district"),
        (cell("student_group", "RB"), "fixed list"),
        (complement, "remainder"),
        (twice, "twice"),
        (left_out, "leaves out"),
        (lambda said: said["cells"]["value"].pop(), "one length"),
        (lambda said: said["cells"].pop("band"), "missing"),
    ],
)  # fmt: skip
def test_the_scanner_refuses_everything_else_with_a_sentence(change, sentence):
    said = document()
    change(said)
    with pytest.raises(travel.Refused, match=sentence) as refused:
        travel.read(travel.parse(json.dumps(said).encode()) if not isinstance(said["year"], float) else said)
    assert not any(word in str(refused.value) for word in ("Ana", "Lopez", "1234567890", "5551234567"))


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "JSON"), (b"\xff\xfe", "JSON"), (b"[" * 100_000, "JSON"), (b"[]", "rows about students"), (b'"x"', "object"),
        (b'{"lea": "1", "lea": "2"}', "twice"), (b'{"a": NaN}', "whole"), (b'{"a": 1.5}', "whole"), (b'{"a": 1e400}', "whole"),
        (b'{"a": "%s"}' % (b"x" * travel.MOST_BYTES), "larger"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_document_are_refused(raw, sentence):
    with pytest.raises(travel.Refused, match=sentence):
        travel.parse(raw)
