"""Five by five on the screen and in its files: what is shown, what is hidden, and that no color stands without its name."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import plotly.graph_objects as go
import pytest

import queries
from components import gridded, reading
from components.exhibit import Exhibit, Shown, Unanswerable
from components.exhibits import grid as page
from components.exhibits.watch import WATCH
from components.figures import five_by_five
from components.view import View
from data import builds, grid, registry
from tests import invented
from tests.fixtures import grid as right
from tests.fixtures import world

EVERY = (page.LEAD, page.GRID, WATCH)
CHRONIC = "chronic_absenteeism_dashboard"
COLUMNS = [
    "indicator", "academic_year", "level", "cds_code", "name", "student_group", "numerator", "denominator", "rate", "lower",
    "upper", "status", "status_level", "change", "change_level", "color", "box", "official_color", "chance_of_other_color",
]  # fmt: skip
ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def manifest(monkeypatch, request):
    if "web" not in request.fixturenames and "home" not in request.fixturenames:
        monkeypatch.setattr(queries, "manifest", lambda build=None: invented.MANIFEST)


def build(exhibit: Exhibit, view: View | None = None, **fake) -> Shown:
    return exhibit.build(view or View(indicator=CHRONIC, level="district"), invented.Fake(**fake))


@pytest.mark.parametrize("exhibit", EVERY, ids=lambda e: e.key)
@pytest.mark.parametrize("indicator", gridded.MEASURES)
@pytest.mark.parametrize("more", [0, 40, 2000])
def test_every_exhibit_is_whole(exhibit, indicator, more):
    for place in ((), (invented.DISTRICT, invented.HIDDEN, invented.SMALL)):
        shown = build(exhibit, View(indicator=indicator, level="district", place=place), more=more)
        assert len(shown.headline.split()) <= 10 and shown.subtitle and shown.table.rows and len(shown.frame)
        assert all(isinstance(row[c.key], str) and row[c.key] for row in shown.table.rows for c in shown.table.columns)
        text = " ".join([shown.headline, shown.subtitle, shown.alt, *shown.words])
        assert not re.search(r"%\(|\bnan\b|None(?! of)|<NA>", text)
        if shown.figure:
            go.Figure(shown.figure)
            json.dumps(shown.figure)


@pytest.mark.parametrize("exhibit", (page.LEAD, page.GRID), ids=lambda e: e.key)
def test_hidden_places_have_neither_a_color_nor_a_dot(exhibit):
    hidden = (invented.HIDDEN, invented.COARSE, invented.ABSENT)
    shown = build(exhibit, View(indicator=CHRONIC, level="district", place=hidden))
    text = f"{shown!r}{shown.frame.to_csv()}"
    assert str(invented.PLANTED) not in text and f"{invented.PLANTED:,}" not in text
    rows = shown.frame.set_index("cds_code")
    for entity in hidden:
        assert rows.loc[entity, COLUMNS[12:]].isna().all()
    if shown.figure:
        assert not set(hidden) & set(shown.figure["data"][0]["customdata"])
        lines = {row["entity"]: row for row in shown.table.rows}
        for entity in hidden:
            blank = {lines[entity][c] for c in ("color", "status", "change", "points", "fewer", "chance", "ours", "box")}
            assert blank == {"–"}


def test_what_tells_of_a_hidden_year_before_is_hidden():
    """The year before is withheld: neither a change nor what follows from one may stand, only this year's status."""
    frame = invented.Fake().ask_grid(
        indicator=CHRONIC, student_group="ALL", year=2025, level="district", region=None, county=None, cohort=None, entities=None
    )
    frame["prior_status"] = "counts_withheld"
    for name in ("change_tenths", "change_level", "color", "box"):
        frame[f"official_{name}"] = float("nan")
    indicator = registry.indicators[CHRONIC]
    made = gridded.on_grid(page.facts.enrich(frame, indicator, 2025), indicator, 2025)
    assert (made.loc[made["status"] == "published", "status_level"] > 0).all()
    assert made[["change_tenths", "chance"]].isna().all().all()
    assert (made[["change_level", "color", "box", "fewer", "shown_color"]] == 0).all().all()


def test_the_table_is_by_color_then_name_and_the_file_by_code():
    shown = build(page.GRID, more=30)
    colored = [row for row in shown.table.rows if row["color"] != "–"]
    assert shown.table.rows[: len(colored)] == tuple(colored)
    by = [(["Red", "Orange", "Yellow", "Green", "Blue"].index(row["color"]), row["name"]) for row in colored]
    assert by == sorted(by)
    assert list(shown.frame.columns)[: len(COLUMNS)] == COLUMNS and shown.frame["cds_code"].is_monotonic_increasing


def test_a_cut_table_keeps_the_chosen():
    last = "13820000000000"
    shown = build(page.GRID, View(indicator=CHRONIC, level="district", place=(last,)), more=2000)
    assert last in {row["entity"] for row in shown.table.rows} and len(shown.frame) == 2006
    assert "The file has all 2,006 rows." in shown.table.more


def test_many_places_are_counted_and_only_the_chosen_are_dots():
    chosen = View(indicator=CHRONIC, level="district", place=(invented.DISTRICT,))
    few, many = (build(page.GRID, chosen, more=more).figure for more in (40, 2000))
    assert few and many
    dots, counted = (list(f["data"][0]["customdata"]) for f in (few, many))
    assert len(dots) > 40 and counted == [invented.DISTRICT]
    texts = [a["text"] for a in many["layout"]["annotations"]]
    assert any(t.replace(",", "").isdigit() for t in texts) and any("Alder Valley" in t for t in texts)


def test_every_dot_stands_in_its_cell_and_twice_in_the_same_place():
    view = View(indicator=CHRONIC, level="district")
    first, second = (build(page.GRID, view, more=300).figure for _ in range(2))
    assert first and second and first["data"] == second["data"]
    dots = first["data"][0]
    assert {round(x) for x in dots["x"]} == {4} and {round(y) for y in dots["y"]} == {1}, "official: declined, very high"
    assert len(set(zip(dots["x"], dots["y"], strict=True))) == len(dots["x"])


def test_a_color_never_stands_without_its_name():
    shown = build(page.GRID, View(indicator="suspension_dashboard", level="district"))
    assert shown.figure
    layout = shown.figure["layout"]
    for shape in layout["shapes"]:
        column, line = round((shape["x0"] + shape["x1"]) / 2), round((shape["y0"] + shape["y1"]) / 2)
        color = grid.color_at("SUSP", line, column)
        names = [a["text"] for a in layout["annotations"] if round(a["x"] + 0.1) == column and round(a["y"] - 0.1) == line]
        assert any(n.startswith(five_by_five.color_name(color) if color else "not") for n in names), (column, line, names)


def test_the_five_hues_stand_in_one_module_only():
    decimal = list(five_by_five.HUES.values())
    hues = [*decimal, *("#{:02x}{:02x}{:02x}".format(*map(int, rgb.split(","))) for rgb in decimal)]
    for path in [
        *ROOT.glob("components/**/*.py"),
        *ROOT.glob("pages/*.py"),
        *ROOT.glob("assets/*.css"),
        *ROOT.glob("assets/*.js"),
    ]:
        if path.name not in ("five_by_five.py", "plotly.min.js"):
            text = path.read_text(encoding="utf-8").lower().replace(" ", "")
            assert not [h for h in hues if h in text], path


def test_words_of_a_chosen_place():
    shown = build(page.GRID, View(indicator=CHRONIC, level="district", place=(invented.DISTRICT,)))
    said = shown.words[0]
    assert said.startswith("Alder Valley Unified is Orange: status Very High (24.0 %), change Declined. With ")
    assert re.search(r"With \d+ fewer students chronically absent this year, all else equal, it would be Yellow", said)
    assert re.search(r"change color in about \d+ of 100 years with nothing changed\.$", said)


def test_watch_names_groups_and_never_eligibility():
    shown = build(WATCH)
    assert shown.headline == "Watch: 2 districts with a group Red on both"
    assert {row["group"] for row in shown.table.rows} == {"Socioeconomically disadvantaged"}, "all students are no group"
    text = " ".join([shown.headline, shown.subtitle, *shown.words])
    assert "not a list of who is eligible" in text
    assert list(shown.frame.columns)[-4:] == [
        "chronic_absenteeism_dashboard",
        "suspension_dashboard",
        "assistance_status",
        "assistance_year",
    ]
    assert [row["status"] for row in shown.table.rows] == ["Differentiated Assistance, Year 1 (2024)", "–"]
    assert "CDE’s own label" in text and shown.table.columns[-1].label == "CDE’s assistance status"


def test_watch_without_a_status_says_so_and_has_no_empty_column():
    class Bare(invented.Fake):
        def ask_watch(self, **asked):
            return super().ask_watch(**asked).assign(assistance_status=None, assistance_year=None)

    shown = WATCH.build(View(indicator=CHRONIC, level="district"), Bare())
    assert "holds no assistance status of these places" in " ".join(shown.words)
    assert "status" not in [c.key for c in shown.table.columns] and set(shown.frame["assistance_status"].isna()) == {True}


@pytest.mark.parametrize(
    ("view", "say"),
    [
        (View(indicator="suspension_rate", level="district"), "two measures"),
        (View(indicator=CHRONIC, level="county"), "no colors of counties"),
        (View(indicator=CHRONIC, level="district", peers="chosen"), "Choose at least one place"),
        (View(indicator=CHRONIC, level="district", peers="chosen", place=(invented.COUNTY,)), "Choose schools or districts"),
    ],
)
def test_what_has_no_answer_names_the_way_out(view, say):
    for exhibit in EVERY:
        with pytest.raises(Unanswerable, match=say):
            build(exhibit, view)


def test_the_page_settles_on_its_own_measure_level_and_group():
    from components.reading import Reading

    def settled(**view):
        return gridded.settle(Reading(View(**view), None, None)).view  # type: ignore[arg-type]

    there = settled(indicator="suspension_rate", student_group="RB", year=2019)
    assert (there.indicator, there.level, there.student_group, there.year) == ("suspension_dashboard", "district", "AA", None)
    assert settled().indicator == CHRONIC and settled(student_group="GX").student_group is None
    assert settled(indicator="suspension_dashboard", level="school", year=2025).year == 2025


# The files --------------------------------------------------------------------------------------------------------------------


def rows(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8"), newline="")))


@pytest.mark.parametrize("indicator", gridded.MEASURES)
@pytest.mark.parametrize(("level", "group"), [("district", "ALL"), ("district", "FOS"), ("school", "ALL"), ("school", "SWD")])
@pytest.mark.parametrize("year", [2024, 2025])
def test_the_file_is_the_states_own(web, indicator, level, group, year):
    """Worked out again from the file's counts of two years; every color is the official one."""
    asked = f"indicator={indicator}&level={level}&student_group={group}"
    found = rows(web.get(f"/export/grid.csv?{asked}&year={year}"))
    before = {r["cds_code"]: r for r in rows(web.get(f"/export/grid.csv?{asked}&year={year - 1}"))}
    assert list(found[0])[: len(COLUMNS)] == COLUMNS and len({r["cds_code"] for r in found}) == len(found)
    colors = set()
    for row in found:
        assert row["color"] == row["official_color"], row
        hidden = row["numerator"] == ""
        if hidden:
            assert not any(row[c] for c in COLUMNS[12:])
            continue
        assert row["status_level"] and (row["chance_of_other_color"] != "") == (row["color"] != "")
        prior = before.get(row["cds_code"], {"numerator": "", "denominator": ""})
        if row["color"]:
            four = [int(v) for v in (row["numerator"], row["denominator"], prior["numerator"], prior["denominator"])]
            kind = "ALL" if "chronic" in indicator else _kind(row, four, level)
            few = group == "FOS" and level == "district"
            said = right.printed(kind, *four, few)  # type: ignore[misc]
            assert [row[c] for c in ("status_level", "change_level", "color", "box")] == [
                said[c] for c in ("statuslevel", "changelevel", "color", "box")
            ]
            assert float(row["change"]) == float(said["change"]) and 0 <= float(row["chance_of_other_color"]) <= 1
            colors.add(row["color"])
    assert colors


def _kind(row: dict[str, str], four: list[int], level: str) -> str:
    """The file does not name the type of school: the one of the table that gives this row its levels."""
    if level == "district":
        return "UD"
    wanted = (row["status_level"], row["change_level"])
    fitting = [k for k in ("ES", "MS", "HS", "UD") if _levels(k, four) == wanted]
    assert fitting, row
    return fitting[0]


def _levels(kind: str, four: list[int]) -> tuple[str, str]:
    said = right.printed(kind, *four, False)  # type: ignore[misc]
    return said["statuslevel"], said["changelevel"]


def test_the_file_is_strict(web):
    for query in ("level=county", "indicator=suspension_rate", "student_group=TA", "year=2019", "level=school&exhibit=nothing"):
        assert web.get(f"/export/grid.csv?{query}").status_code == 400, query
    default = rows(web.get("/export/grid.csv"))
    assert {(r["indicator"], r["level"], r["student_group"]) for r in default} == {(CHRONIC, "district", "ALL")}


def test_the_watch_list_is_red_on_both(web):
    listed = rows(web.get("/export/grid.csv?exhibit=watch"))
    assert listed
    red: dict[str, set[tuple[str, str]]] = {}
    for indicator in gridded.MEASURES:
        for group in {r["student_group"] for r in listed}:
            found = rows(web.get(f"/export/grid.csv?indicator={indicator}&student_group={group}"))
            red.setdefault(indicator, set()).update((r["cds_code"], group) for r in found if r["official_color"] == "1")
    assert {(r["cds_code"], r["student_group"]) for r in listed} == set.intersection(*red.values())


def test_the_demonstration_agrees_with_the_rule(web):
    from data import warehouse

    found = [f for f in warehouse.current().manifest["findings"] if f["code"].startswith("levels")]
    assert len(found) == 6 and {f["code"] for f in found} == {"levels_agree"}


def test_a_build_without_the_dashboard_says_so_once(home, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "chronicabsenteeism24.txt").write_bytes(world.counts(third=True).bytes())
    builds.build([tmp_path / "in"])
    script = """
import json, re
from app import server
from pages.grid import layout
with server.app_context():
    text = json.dumps(layout(), default=lambda part: part.to_plotly_json())
print(text.count("holds no files of the California School Dashboard"), "grid-grid" in text)
answer = server.test_client().get("/export/grid.csv")
print(answer.status_code, answer.get_data(as_text=True))
"""
    env = {**os.environ, "RTAC_HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.strip().splitlines()
    assert first == "1 False" and second.startswith("400 This build holds no files") and "python -m data build" in second


def test_a_county_chosen_is_the_area_of_the_grid():
    def settled(**view):
        return gridded.settle(reading.Reading(View(indicator=CHRONIC, **view), None, invented.Fake())).view  # type: ignore[arg-type]

    county, region = settled(place=(invented.COUNTY,)), settled(place=(invented.REGION,))
    assert (county.peers, county.county) == ("county", "13") and (region.peers, region.region) == ("region", invented.REGION)
    assert settled(place=(invented.DISTRICT,)).peers == "all", "a district is a dot among the others"
