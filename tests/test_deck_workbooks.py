"""The workbook behind every native chart is the exhibit's own rows: for a name, year and series the same number, and no more."""

from operator import itemgetter

import pytest

from components import facts, local
from components.dates import month_name
from data import registry
from data.local import publications, shelf
from tests import decks
from tests import web as calls
from tests.charted import Named, Plan, Points, Row, Timed, charts, hold, number
from tests.test_deck_pptx import ASKED, names


def label(row: Row) -> str:
    return row["told"]["label"]


def group(row: Row) -> str:
    return facts.group_label(registry.indicators[row["indicator"]], row["student_group"], int(row["academic_year"][:4]) + 1)


def year(row: Row) -> str:
    return row["academic_year"].replace("-", "–")


def month(row: Row) -> str:
    return month_name(int(row["month"].replace("-", "")))[:3]


def this_year(row: Row) -> dict[str, tuple[str, ...]]:
    return {"this year" if row["month"] >= "2025-07" else "year before": ("rate",)}


def since(row: Row) -> str:
    return f"Cohort {row['cohort']}, year {row['year_of_grant']} {year(row)}"


def need(rows: list[Row]) -> list[tuple[str, float, float]]:
    """Schools with both shares; the district is two lines."""
    found: dict[str, dict[str, float]] = {}
    for row in rows:
        if row["level"] == "school" and number(row["rate"]):
            found.setdefault(row["name"], {})[row["indicator"]] = row["rate"]
    return [(name, of["chronic_to_date"], of["reach_in_need"]) for name, of in found.items() if len(of) == 2]


RATE = ("rate", "lower", "upper")
BARS = Named(label, series=lambda row: "")
TREND = Timed(lambda row: {row["name"]: RATE}, year)
OTHERS = ("others_rate",)
PLANS: dict[tuple[str, str], Plan] = {
    ("home", "state"): TREND,
    ("place", "trend"): TREND,
    ("place", "student_groups"): Named(group, {"Value": RATE}, drawn=lambda row: row["student_group"] != "TA"),
    ("place", "reasons"): Named(lambda row: row["told"]["reason"], series=itemgetter("name")),
    ("compare", "ranking"): Named(heads={"Value": RATE}),
    ("compare", "changes"): Named(
        heads={"Value": ("change", "change_lower", "change_upper")}, drawn=lambda row: row["verdict"] in ("better", "worse")
    ),
    ("compare", "small_multiples"): Timed(lambda row: {row["name"]: ("rate",)}, year, itemgetter("name")),
    ("peers", "funnel"): Points(lambda rows: [(r["name"], r["denominator"], r["rate"]) for r in rows if number(r["rate"])]),
    ("equity", "gaps"): Named(group, {"the group": RATE, "all other students": OTHERS, "all others in California": OTHERS}),
    ("grid", "grid"): Points(
        lambda rows: [(r["name"], r["change_level"], r["status_level"]) for r in rows if number(r["color"])], whole=True
    ),
    ("cohorts", "difference"): Named(since, {"Value": ("difference", "lower", "upper")}),
    ("cohorts", "lines"): Timed(
        lambda row: {"grantees": ("mean_rate_grantees",), "matched schools": ("mean_rate_matches",)},
        year,
        lambda row: f"Cohort {row['cohort']},",
    ),
    ("services", "reach"): BARS,
    ("services", "months"): Timed(this_year, month, label),
    ("services", "delivered"): Timed(lambda row: dict.fromkeys(this_year(row), ("numerator",)), month, label),
    ("services", "in_need"): Timed(this_year, month),
    ("services", "need"): Points(need),
    ("services", "referrals"): Named(lambda row: list(local.bands("wait").values())[row["at"]], series=lambda row: ""),
    ("services", "equity"): Named(label, series=itemgetter("band")),
    ("my_schools", "pace"): Timed(this_year, month, drawn=lambda row: not row["month"].endswith("-06")),
    ("my_schools", "bands"): BARS,
    ("my_schools", "reasons"): BARS,
    ("my_schools", "groups"): BARS,
}


LARGE = [
    ("compare", ("level", "school"), ("peers", "all")), ("peers", ("level", "school")), ("place", ("place", "19000000000000")),
    ("grid", ("level", "school")), ("equity", ("place", "56000000000000")),
]  # fmt: skip
LOCAL = ("services", "my_schools")


@pytest.mark.parametrize("asked", [*ASKED, *LARGE], ids=names([*ASKED, *LARGE]))
def test_every_chart_is_the_rows_of_its_exhibit(web, asked):
    for slide in decks.slides(*asked):
        if slide.shown.figure and charts(slide):
            hold(PLANS[asked[0], slide.shown.key], slide)


@pytest.fixture
def open_to_this_machine(web, monkeypatch):
    """The request of a reader who may see local data; the largest and the smallest district that published."""
    monkeypatch.setenv(shelf.SETTING, "on")
    calls.forget()
    with web.application.test_request_context("/", environ_base={"REMOTE_ADDR": "127.0.0.1"}, base_url="http://127.0.0.1"):
        web.application.preprocess_request()
        yield [f"{lea}0000000" for lea in publications.current()]


def test_every_chart_of_local_data_is_the_rows_of_its_exhibit(open_to_this_machine):
    held = set()
    for page in LOCAL:
        for place in open_to_this_machine:
            for slide in decks.slides.__wrapped__(page, ("place", place)):
                if slide.shown.figure and charts(slide):
                    hold(PLANS[page, slide.shown.key], slide)
                    held.add((page, slide.shown.key))
    assert held == {key for key in PLANS if key[0] in LOCAL}


def test_every_plan_is_of_a_chart(web):
    """A plan that no exhibit has any more would hold nothing."""
    every = [(page, slide) for page, *query in ASKED for slide in decks.slides(page, *query) if slide.shown.figure]
    found = {(page, slide.shown.key) for page, slide in every if charts(slide)}
    assert found == {key for key in PLANS if key[0] not in LOCAL}
