"""What Place says beyond rates: reasons for absence, pillars at a glance, CDE's assistance status, grants, and the way on."""

import csv
import io
import re

import plotly.graph_objects as go
import pytest

import queries
from components import assistance as said_by_cde
from components import evidence, gridded
from components.evidence import Outcome
from components.exhibit import Exhibit, Shown, Unanswerable
from components.exhibits import assistance, element_matrix, glance, grants, onward, place, reasons, sources
from components.view import View
from data import registry
from tests import invented

EVERY = (reasons.ABSENCE_REASONS, glance.GLANCE, assistance.ASSISTANCE, grants.GRANTS)
PLACES = (registry.STATE, invented.REGION, invented.COUNTY, invented.DISTRICT, invented.HIDDEN, invented.COARSE, invented.ABSENT)
VERDICTS = re.compile(r"fail|worst|bad |poor|low.?perform", re.IGNORECASE)


@pytest.fixture(autouse=True)
def manifest(monkeypatch, request):
    if "web" not in request.fixturenames:
        monkeypatch.setattr(queries, "manifest", lambda build=None: invented.MANIFEST)


def build(exhibit: Exhibit, entity: str, view: View | None = None, **fake) -> Shown:
    from dataclasses import replace

    return exhibit.build(replace(view or View(), place=(entity,)), invented.Fake(**fake))


@pytest.mark.parametrize("exhibit", EVERY, ids=lambda e: e.key)
@pytest.mark.parametrize("entity", PLACES)
def test_every_place_has_an_answer_or_one_sentence(exhibit, entity):
    try:
        shown = build(exhibit, entity)
    except Unanswerable as why:
        assert str(why).endswith((".", "…")) and not VERDICTS.search(str(why))
        return
    assert len(shown.headline.split()) <= 10 and shown.table.rows and len(shown.frame)
    assert all(isinstance(row[c.key], str) and row[c.key] for row in shown.table.rows for c in shown.table.columns)
    text = " ".join([shown.headline, shown.subtitle, shown.alt, *shown.words])
    assert not re.search(r"%\(|\bnan\b|None|<NA>", text) and not VERDICTS.search(text)
    if shown.figure:
        go.Figure(shown.figure)
        assert shown.alt


@pytest.mark.parametrize("exhibit", EVERY[:2], ids=lambda e: e.key)
@pytest.mark.parametrize("entity", (invented.HIDDEN, invented.COARSE))
def test_hidden_counts_stand_nowhere(exhibit, entity):
    shown = build(exhibit, entity)
    text = f"{shown!r}{shown.frame.to_csv()}"
    assert str(invented.PLANTED) not in text and f"{invented.PLANTED:,}" not in text


# Reasons ----------------------------------------------------------------------------------------------------------------------


def test_reasons_are_of_days_and_each_is_published():
    shown = build(reasons.ABSENCE_REASONS, invented.DISTRICT)
    assert "shares of days absent, not of students" in shown.subtitle and "not of students" in " ".join(shown.words)
    assert set(shown.frame["indicator"]) == set(reasons.REASONS)
    assert [row["name"] for row in shown.table.rows[:3]] == ["Alder Valley Unified", "Imperial County", "California"]
    assert shown.figure and len(shown.figure["data"][0]["x"]) == 3 * len(reasons.REASONS)
    assert "better" not in " ".join(shown.words) and "worse" not in " ".join(shown.words), "a share of days has no verdict"


def test_a_withheld_share_has_no_bar_and_says_so():
    shown = build(reasons.ABSENCE_REASONS, invented.HIDDEN)
    assert shown.figure is None and shown.headline == "Reasons for absence are withheld to protect students"
    coarse = build(reasons.ABSENCE_REASONS, invented.COARSE)
    assert "about 23 percent of days" in coarse.headline and coarse.table.rows[0]["numerator"] == "withheld"


def test_reasons_of_a_year_without_a_file_name_the_years_at_hand():
    fake = invented.Fake(years=(2023, 2024))
    with pytest.raises(Unanswerable, match="at hand from 2022–23 to 2023–24, not for 2016–17"):
        reasons.ABSENCE_REASONS.build(View(place=(invented.DISTRICT,), year=2017), fake)
    with pytest.raises(Unanswerable, match="python -m data build"):
        reasons.ABSENCE_REASONS.build(View(place=(invented.DISTRICT,)), invented.Fake(years=()))


def test_the_reasons_of_a_group_that_they_are_not_counted_by_are_those_of_all():
    view = View(indicator="suspension_dashboard", student_group="SWD")
    assert "all students" in build(reasons.ABSENCE_REASONS, invented.DISTRICT, view).subtitle


def test_the_four_reasons_are_the_files_own_and_make_a_whole(web):
    """On real layouts: the four published counts add up to the days absent, so none was made from the others."""
    rows = read(web.get("/export/place.csv?exhibit=reasons&place=56000000000000"))
    mine = [r for r in rows if r["cds_code"] == "56000000000000"]
    assert [r["indicator"] for r in mine] == list(reasons.REASONS) and {r["student_group"] for r in mine} == {"TA"}
    assert len({r["denominator"] for r in mine}) == 1
    assert sum(float(r["numerator"]) for r in mine) == pytest.approx(float(mine[0]["denominator"]))


# Pillars at a glance ----------------------------------------------------------------------------------------------------------


def test_the_glance_counts_what_the_matrix_counts():
    shown = build(glance.GLANCE, invented.DISTRICT)
    matrix = element_matrix.MATRIX.build(View(place=(invented.DISTRICT,), peers="chosen", level="district"), invented.Fake())
    keys = [o.value for o in Outcome]
    assert shown.frame[["element", *keys]].values.tolist() == matrix.frame[["element", *keys]].values.tolist()
    cells = shown.extra["grid"]["parts"]
    assert [len(rows) for _title, rows in cells] == [4, 4, 4, 4] and cells[0][0] == "Pillars"
    assert "no score" in " ".join(shown.words) and len(shown.table.rows) == len(evidence.elements())
    assert ("/pillars", {"place": (invented.DISTRICT,)}) in [(p, c) for _s, p, c in shown.extra["more"]]


# Assistance -------------------------------------------------------------------------------------------------------------------


def test_a_district_is_told_cdes_label_groups_and_priorities():
    shown = build(assistance.ASSISTANCE, invented.DISTRICT)
    assert shown.headline == "CDE’s label for 2024: Differentiated Assistance, Year 1"
    said = " ".join(shown.words)
    assert "eligible for differentiated support, in year 1 of it" in said and "no judgment of this dashboard" in said
    assert "criteria, each for state priorities 5 and 6: Foster youth, Students with disabilities." in said
    assert "criteria for state priorities 4 and 8: Long-term English learners." in said
    assert "5 is pupil engagement, 6 is school climate" in said
    assert [row["year"] for row in shown.table.rows] == ["2024", "2023"]
    assert [row["groups"] for row in shown.table.rows] == ["3", "not in this build’s files"]
    newest = shown.frame.iloc[-1]
    assert (newest["student_groups"], newest["priority_areas"]) == ("FOS;SWD;LTEL", "5 6;5 6;4 8")


def test_the_label_is_that_of_the_year_chosen():
    shown = build(assistance.ASSISTANCE, invented.DISTRICT, View(year=2023))
    assert shown.headline == "CDE’s label for 2023: General Assistance"
    assert "Later labels, up to 2024, stand in the table." in shown.words
    with pytest.raises(Unanswerable, match="from 2023 on"):
        build(assistance.ASSISTANCE, invented.DISTRICT, View(year=2019))
    above = build(assistance.ASSISTANCE, registry.STATE, View(year=2023))
    assert "These are CDE’s newest labels, not those of 2022–23." in above.words
    assert "newest labels" not in " ".join(build(assistance.ASSISTANCE, registry.STATE, View(year=2024)).words)


def test_groups_of_a_year_without_its_own_file_do_not_read_as_none():
    past = said_by_cde.Status("1", "Alder", "LCFF", 2023, "Differentiated Assistance", known=False)
    assert said_by_cde.named(past) == ["The student groups behind the label of 2023 are not in this build’s files."]
    now = said_by_cde.Status("1", "Alder", "LCFF", 2024, "Differentiated Assistance")
    assert "marks no student group" in said_by_cde.named(now)[0] and said_by_cde.marked(now) == "0"


def test_an_assistance_file_has_one_year_on_every_page(monkeypatch):
    file = {"name": "a", "rows": 1, "bytes": 1, "sha256": "1"}
    families = {"lcff_assistance": 2024, "essa_assistance": 2023, "suspension": 2024}
    files = [{**file, "family": family, "year": year} for family, year in families.items()]
    monkeypatch.setattr(queries, "manifest", lambda build=None: {**invented.MANIFEST, "sources": files})
    shown = sources.SOURCES.build(View(), invented.Fake())
    years = {r["family"]: r["year"] for r in shown.table.rows}
    assert years == {"essa assistance": "2023–24", "lcff assistance": "2024", "suspension": "2023–24"}


def test_a_county_is_told_of_its_office_and_counts_its_districts():
    shown = build(assistance.ASSISTANCE, invented.COUNTY)
    assert shown.headline == "County office, CDE’s label for 2024: Differentiated Assistance, Year 1"
    assert shown.subtitle.startswith("Imperial County Office of Education") and len(shown.table.rows) == 2
    assert "1 under “Differentiated Assistance, Year 1”" in " ".join(shown.words)
    assert "Eligible for differentiated support: Alder Valley Unified." in shown.words
    assert list(shown.frame["cds_code"])[-1] == invented.DISTRICT, "the file has the districts"


def test_above_the_newest_labels_are_counted_and_nothing_else():
    shown = build(assistance.ASSISTANCE, registry.STATE)
    assert shown.words[0] == (
        "Of 13 districts and county offices with a status in CDE’s file for 2024: 9 under “General Assistance”, "
        "4 under “Differentiated Assistance, Year 1”."
    )
    assert shown.words[1] == "Of 45 schools with a row in CDE’s file for 2023–24: 40 under “No Status”, 5 under “ATSI”."


def test_without_a_file_one_sentence_names_the_way_out(monkeypatch):
    with pytest.raises(Unanswerable, match=r"no assistance status of districts\. Download .* python -m data build"):
        build(assistance.ASSISTANCE, invented.TOWN)
    monkeypatch.setattr(queries, "manifest", lambda build=None: {**invented.MANIFEST, "families": ["lcff_assistance"]})
    with pytest.raises(Unanswerable, match="no row for this place"):
        build(assistance.ASSISTANCE, invented.TOWN)


# The year and the level chosen --------------------------------------------------------------------------------------------------


def test_the_trend_ends_with_the_year_chosen():
    free, cut = build(place.TREND, invented.DISTRICT), build(place.TREND, invented.DISTRICT, View(year=2023))
    last = [str(shown.frame["academic_year"].max()) for shown in (free, cut)]
    assert last == ["2024-25", "2022-23"]
    assert "to 2022–23" in cut.subtitle and cut.headline != free.headline
    assert "The line ends with 2022–23, the year chosen; later years are left out." in cut.words
    with pytest.raises(Unanswerable, match="No file reaches back to 2009–10"):
        build(place.TREND, invented.DISTRICT, View(year=2010))


class Below(invented.Fake):
    """A build whose indicators are published for districts and schools only."""

    def ask_years(self):
        frame = super().ask_years()
        return frame.query("level in ('district', 'school')")


def test_an_indicator_of_other_levels_says_so_with_the_way_out():
    view = View(place=(invented.COUNTY,), indicator="unduplicated_pupil_share")
    sentence = "Unduplicated pupil share is published for districts and schools only."
    for exhibit in (place.TREND, place.GROUPS):
        with pytest.raises(Unanswerable, match=sentence):
            exhibit.build(view, Below())
    lead = place.LEAD.build(view, Below())
    assert lead.subtitle == sentence
    text, path, changes = lead.extra["next"][0]
    assert (text, path) == ("See the districts of this county by it", "/compare")
    assert (changes["level"], changes["peers"], changes["county"]) == ("district", "county", invented.COUNTY[:2])
    here = place.LEAD.build(View(place=(invented.DISTRICT,)), Below())
    assert "only" not in here.subtitle and "by it" not in here.extra["next"][0][0]


def test_every_number_shown_has_its_file_in_one_source_line(monkeypatch):
    files = [
        {**s, "name": s["name"].replace("chronicabsenteeism", stem), "family": family}
        for s in invented.MANIFEST["sources"]
        for family, stem in (("chronic_absenteeism", "chronicabsenteeism"), ("suspension", "suspension"))
    ]
    monkeypatch.setattr(queries, "manifest", lambda build=None: {**invented.MANIFEST, "sources": files})
    for exhibit in (place.KEY_NUMBERS, glance.GLANCE):
        line = build(exhibit, invented.DISTRICT).source
        assert line.count("Source:") == line.count("Build ") == 1
        assert "chronicabsenteeism25.txt" in line and "suspension25.txt" in line, line


def test_a_glance_of_another_group_says_that_it_is_of_all_students():
    assert "all students" in build(glance.GLANCE, invented.DISTRICT, View(student_group="SE")).subtitle
    assert "every student group" in build(place.GROUPS, invented.DISTRICT, View(student_group="SE")).subtitle


def test_a_withheld_number_is_counted_apart():
    grid = build(glance.GLANCE, invented.HIDDEN).extra["grid"]
    columns = [name for name, _note in grid["columns"]]
    assert "Withheld" in columns and "Withheld" not in [
        n for n, _s in build(glance.GLANCE, invented.DISTRICT).extra["grid"]["columns"]
    ]
    told = {columns[i] for _t, rows in grid["parts"] for row in rows for i, (text, _look) in enumerate(row[3]) if text}
    assert told == {"Withheld", "No data"}, "no element has evidence, and no column says that one has"


# Grants -----------------------------------------------------------------------------------------------------------------------


def test_grants_say_kind_cohort_and_years_and_claim_nothing():
    shown = build(grants.GRANTS, invented.DISTRICT)
    assert shown.headline == "Community school of cohort 1, paid until 2026–27"
    assert shown.words[0] == "Its implementation grant of cohort 1 pays for the school years 2022–23 to 2026–27."
    assert [row["who"] for row in shown.table.rows] == ["This place", "2 schools"]
    assert not re.search(r"because of|thanks to|effect", " ".join(shown.words))
    [(_text, path, changes)] = shown.extra["more"]
    assert path == "/cohorts" and View().link(path, **changes)


def test_grant_years_are_marked_on_the_trend_of_whoever_holds_the_grant():
    shown = build(place.TREND, invented.DISTRICT)
    assert "Grant years, marked below: 2022–23 to 2026–27. They say when, not why." in shown.words
    assert shown.figure
    texts = [a["text"] for a in shown.figure["layout"]["annotations"]]
    assert "grant years" in texts
    strip = next(s for s in shown.figure["layout"]["shapes"] if s.get("y1") == 0.022)
    assert 2022 < strip["x0"] < 2023 and strip["x1"] < 2026, "cut to the years that are drawn"
    county = build(place.TREND, invented.COUNTY)
    assert county.figure and "grant years" not in [a["text"] for a in county.figure["layout"]["annotations"]]


def test_spans_of_several_grants_are_joined():
    class Twice(invented.Fake):
        def ask_grants(self, entity):
            rows = [("own", "implementation", 1, 2023, 2024, 1), ("own", "implementation", 3, 2025, 2026, 1)]
            rows += [("own", "planning", 1, 2019, 2020, 1), ("school", "implementation", 4, 2028, 2029, 1)]
            columns = ["whose", "grant_type", "cohort", "starts", "ends", "places"]
            return invented.frame([dict(zip(columns, r, strict=True)) for r in rows])

    assert grants.funded(invented.DISTRICT, Twice()) == [(2023, 2026)]


def test_no_list_and_no_grant_are_two_sentences(monkeypatch):
    with pytest.raises(Unanswerable, match="no list of community schools"):
        build(grants.GRANTS, invented.TOWN)
    monkeypatch.setattr(queries, "manifest", lambda build=None: {**invented.MANIFEST, "families": ["grantees"]})
    with pytest.raises(Unanswerable, match="holds a grant"):
        build(grants.GRANTS, invented.TOWN)


# The way on -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entity", PLACES[:4])
def test_a_few_ways_on_that_fit_the_level(entity):
    shown = build(place.LEAD, entity)
    steps = shown.extra["next"]
    paths = [path for _text, path, _changes in steps]
    assert 4 <= len(steps) <= onward.MOST and len({text for text, _p, _c in steps}) == len(steps)
    assert {"/grid", "/equity", "/pillars"} <= set(paths)
    grid = next(changes for _text, path, changes in steps if path == "/grid")
    assert grid["level"] in gridded.LEVELS and (grid["place"] == (entity,)) == (invented.level_of(entity) in gridded.LEVELS)
    assert ("/cohorts" in paths) == (entity in (invented.DISTRICT, invented.COUNTY))
    assert ("/apr" in paths) == (invented.level_of(entity) in ("district", "school"))
    for text, path, changes in steps:
        assert text[:1].isupper() and View().link(path, **changes).startswith(path)


def test_a_closed_place_is_not_sent_to_the_grid():
    paths = [path for _t, path, _c in build(place.LEAD, invented.TOWN, closed={invented.TOWN: 2019}).extra["next"]]
    assert "/grid" not in paths and "/equity" in paths


# Through the doors ------------------------------------------------------------------------------------------------------------


def read(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8"), newline="")))


def test_the_demonstrations_statuses_follow_from_its_dashboard(web):
    """Every district with a student group Red on both measures in 2024 is named with that group.

    CDE's label also names groups whose counts are withheld here; the watch list does not.
    """
    red = {(r["cds_code"], r["student_group"]) for r in read(web.get("/export/grid.csv?exhibit=watch&year=2024"))}
    assert red
    for county in {f"{e[:2]}000000000000" for e, _g in red}:
        rows = [r for r in read(web.get(f"/export/place.csv?exhibit=assistance&place={county}")) if r["year"] == "2024"]
        named = {(r["cds_code"], g) for r in rows for g in r["student_groups"].split(";") if g}
        assert named >= {(e, g) for e, g in red if e[:2] == county[:2]}
        assert all(bool(r["student_groups"]) == r["status"].startswith("Differentiated") for r in rows)


def test_the_watch_list_carries_cdes_own_label(web):
    rows = read(web.get("/export/grid.csv?exhibit=watch&year=2024"))
    assert {r["assistance_year"] for r in rows} == {"2024"} and all(r["assistance_status"].startswith("Diff") for r in rows)
    before = read(web.get("/export/grid.csv?exhibit=watch&year=2023"))
    assert {r["assistance_year"] for r in before} == {"2023"}, "no label of a later year"


def test_grants_of_a_county_are_those_of_its_schools(web):
    rows = read(web.get("/export/place.csv?exhibit=grants&place=19000000000000"))
    cohorts = {r["cohort"]: int(r["places"]) for r in rows if (r["whose"], r["grant_type"]) == ("school", "implementation")}
    listed = read(web.get("/export/cohorts.csv?exhibit=cohorts&peers=county&county=19"))
    assert cohorts == {c: sum(r["cohort"] == c for r in listed) for c in {r["cohort"] for r in listed}}
