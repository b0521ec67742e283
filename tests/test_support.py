"""Who supports whom: dated tables that refuse a typo, lists that a region keeps, an exhibit that says how sure each line is."""

import csv
import io
import json
import os
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import small

import queries
from components import dates
from components.exhibits.support import SUPPORT
from components.view import View
from data import builds, ingest, registry, support
from tests import invented
from tests import web as calls
from tests.fixtures import region_rows

SHARED = Path(os.environ.get("RTAC_REAL") or Path(__file__).parents[1].parent / "shared" / "real").parent / "reference"
SCHOOL = "13900019000101"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("support.csv", "S-TAC,lead,Sacramento", "STAC,lead,Sacramento"),
        ("support.csv", "S-TAC,partner,NEA", "S-TAC,friend,NEA"),
        ("support.csv", "2022-05,2025,", "2022-13,2025,"),
        ("support.csv", "2022-05,2025,", "2022-05,2021,"),
        ("support.csv", "R-TAC,approval,State Board of Education,2022-11-02", "R-TAC,approval,State Board of Education,"),
        ("support.csv", "Education,2025,,", "Education,2025,2026,"),
        ("support.csv", "cadigitalcommons.org; scoe.net,verified\n", ",verified\n"),
        ("regions.csv", "2022-11-02", "2022-11-31"),
        ("regions.csv", "BAY,Bay Area,Santa Clara", "BAY,Bay Area,Santa Cruz"),
        ("regions.csv", "06001,BAY", "06001,Bay"),
        ("regions.csv", "verified for 2022 contract; 2025+ lead not verified", ""),
    ],
)
def test_a_typo_is_refused_with_its_file_and_row(tmp_path, monkeypatch, file, old, new):
    for path in registry.REFERENCE.glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / file).read_bytes().decode()
    assert old in text
    (tmp_path / file).write_bytes(text.replace(old, new, 1).encode())
    monkeypatch.setattr(registry, "REFERENCE", tmp_path)
    with pytest.raises(registry.RegistryError, match=rf"{file}, row \d+"):
        if file == "support.csv":
            support._load()
        else:
            registry._load_counties()
            registry._load_regions()


@pytest.mark.real
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reference is not beside the project")
def test_the_regions_are_those_of_the_shared_reference():
    assert (registry.REFERENCE / "regions.csv").read_bytes() == (SHARED / "rtac_regions.csv").read_bytes()


def test_a_county_with_a_date_of_its_own_has_a_status_of_its_own():
    county = registry.counties[0]
    [every] = support.of(support.CENTERS, "counties")
    assert support.county_status(county) == every.status
    assert support.county_status(replace(county, effective_from="2026-07-01", status="verified")) == "verified"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2022-11-02", "", "from November 2, 2022"),
        ("2022-05", "2025", "May 2022 to 2025"),
        ("2027-03-04", "2027-03-04", "March 4, 2027"),
        ("", "2025", "until 2025"),
        ("", "", "date not stated"),
    ],
)
def test_dates_are_as_exact_as_they_are_known(start, end, said):
    assert dates.span(start, end) == said


@pytest.mark.parametrize("name", ["contacts", "events"])
def test_the_example_of_a_template_is_read_once_its_mark_is_taken_away(tmp_path, name):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "list.csv").write_bytes(region_rows.template(name).replace(b"\n# ", b"\n"))
    reading = ingest.read([tmp_path / "in" / "list.csv"], tmp_path / "work")
    assert [f.level for f in reading.findings] == ["PASS"] and reading.extracts.keys() == {name}
    assert duckdb.read_parquet(str(reading.extracts[name][0])).shape[0] == 1


def test_the_template_says_offices_and_no_persons():
    assert "office_or_team" in region_rows.HEADERS["contacts"] and b"no names of persons" in region_rows.template("contacts")


class TestExhibit:
    @pytest.fixture(autouse=True)
    def manifest(self, monkeypatch):
        monkeypatch.setattr(queries, "manifest", lambda build=None: invented.MANIFEST)

    def build(self, entity: str, ask=None):
        return SUPPORT.build(View(place=(entity,)), ask or invented.Fake())

    @pytest.mark.parametrize("entity", [invented.COUNTY, invented.DISTRICT, SCHOOL])
    def test_a_county_and_what_lies_in_it_see_the_same_support(self, entity):
        shown = self.build(entity)
        rows = {row["part"]: row for row in shown.table.rows}
        office, region, center = (rows[p] for p in ("County office", "Regional center (R-TAC)", "State center (S-TAC), lead"))
        assert (office["name"], region["name"]) == ("Imperial County Office of Education", "Southern Coast region")
        assert office["entity"] == "13101320000000" and region["entity"] == "R-SCO"
        assert region["about"] == "Lead office: San Diego County Office of Education"
        assert region["when"] == "from November 2, 2022"
        assert "2025+ lead not verified" in region["status"] and "not verified for the second phase" in region["status"]
        assert (center["name"], center["when"]) == ("Sacramento County Office of Education", "from 2025")
        text = " ".join(shown.words)
        assert text.startswith("As of November 2, 2022, Imperial County is served by")
        assert "before, by Alameda County Office of Education (May 2022 to 2025)" in text and "How sure this is." in text

    def test_a_region_sees_whom_it_serves_and_what_it_lists(self):
        shown = self.build("R-SCO")
        served = [row for row in shown.table.rows if row["part"] == "County served"]
        assert (served[0]["name"], served[0]["entity"]) == ("Imperial County", invented.COUNTY)
        assert {r["about"] for r in served} == {"13 schools, 6 of them community schools"} and len(served) == 3
        parts = [row["part"] for row in shown.table.rows]
        assert parts.count("Contact") == 2 and parts.count("Event") == 1 and parts.count("R-TAC partner") == 3
        assert {r["when"] for r in shown.table.rows if r["part"] == "R-TAC partner"} == {"date not stated"}
        assert "2 contacts and 1 event are listed here" in " ".join(shown.words)

    def test_the_state_sees_every_region_with_its_lead_and_counts(self):
        shown = self.build(registry.STATE)
        rows = [row for row in shown.table.rows if row["part"] == "Regional center (R-TAC)"]
        assert [row["entity"] for row in rows] == [r.code for r in registry.regions]
        for row, region in zip(rows, registry.regions, strict=True):
            assert region.lead in row["about"] and (row["schools"], row["grantees"]) == ("13", "6")
        assert ("Alameda County Office of Education", "May 2022 to 2025") in {(r["name"], r["when"]) for r in shown.table.rows}

    def test_without_a_list_of_grantees_nobody_is_counted_as_none(self):
        class Bare(invented.Fake):
            def ask_places(self, entities):
                return super().ask_places(entities).assign(grantee_schools=0)

        for entity in (registry.STATE, "R-SCO"):
            shown = self.build(entity, Bare())
            assert set(shown.frame["community_schools"]) == {pd.NA} and "no list of grantees" in " ".join(shown.words)
            assert not any("0 of them" in row["about"] or row.get("grantees") == "0" for row in shown.table.rows)

    def test_without_contacts_the_way_to_add_them_is_said(self):
        class Bare(invented.Fake):
            def ask_contacts(self, entities, day):
                return super().ask_contacts([], day)

            def ask_events(self, entities, day):
                return super().ask_events([], day)

        for entity in (registry.STATE, "R-SCO", invented.DISTRICT):
            assert "No contacts or events are listed here." in " ".join(self.build(entity, Bare()).words)

    def test_what_has_ended_is_told_by_the_day_of_the_build_not_by_the_clock(self):
        asked = []

        class Listens(invented.Fake):
            def ask_events(self, entities, day):
                asked.append(day)
                return super().ask_events(entities, "2027-02-12")

        shown = self.build("R-SCO", Listens())
        assert asked == [invented.MANIFEST["created"][:10]] and "event" not in set(shown.frame["part"])

    def test_the_file_keeps_dates_and_sources_as_their_tables_have_them(self):
        frame = self.build("R-SCO").frame.set_index("part")
        lead = frame.loc["region_lead"]
        assert (lead["from"], lead["to"]) == ("2022-11-02", "") and lead["source"].startswith("edcal.acsa.org")
        assert frame.loc["center_lead", "from"] == "2025" and set(frame.loc["county", "schools"]) == {13}


def lists(folder: Path) -> list[Path]:
    """Files of a tiny California with hostile lists of a region and a county."""
    hostile = {"office_or_team": "<script>alert(1)</script>", "note": region_rows.HOSTILE, "office_phone": "+1 555 555 0100"}
    contacts = region_rows.text("contacts", {"region_or_county": "56", **hostile}, {"region_or_county": "CCO"})
    ended = {"date": "2020-01-10", "end_date": "", "title": "Long over"}
    events = region_rows.text("events", {"region_or_county": "56", "title": region_rows.HOSTILE, "end_date": "2099-12-31"}, ended)
    small.write(folder)
    (folder / "contacts.csv").write_bytes(contacts)
    (folder / "events.csv").write_bytes(events)
    return [folder]


@pytest.fixture
def listed(home, tmp_path):
    builds.build(lists(tmp_path / "files"))
    from app import server

    return server.test_client()


def test_hostile_text_of_a_list_stays_text(listed):
    [door] = calls.doors("place-support-head")
    answer = listed.post(calls.PATH, json=calls.body(door, view={"place": "56000000000000"}))
    assert answer.status_code == 200
    said = json.loads(answer.get_data(as_text=True))["response"]
    rows = said["place-support-rows"]["data"]["rows"]
    assert any(row[0] == "<script>alert(1)</script>" for row in rows) and any(row[0] == region_rows.HOSTILE for row in rows)
    assert not any("Long over" in cell for row in rows for cell in row)
    places = said["place-support-rows"]["data"]["places"]
    assert all(place in ("", "R-CCO") or place.isdigit() for place in places)
    foot = json.dumps({k: v for k, v in said.items() if k != "place-support-rows"})
    assert "evil.example" not in foot and "<script>" not in foot and "mailto" not in foot


def test_no_cell_of_the_file_runs_as_a_formula(listed):
    text = listed.get("/export/place.csv?place=56000000000000&exhibit=support").get_data(as_text=True)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {r["part"] for r in rows} >= {"contact", "event"}
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_a_build_without_lists_answers_too(home, raw):
    builds.build([raw])
    for name in ("contacts", "events"):
        assert queries.run(name, entities=["R-BAY"], day="2026-01-01").empty


@pytest.mark.parametrize("name", ["contacts.csv", "events.csv", "grantees.csv"])
def test_the_data_page_gives_out_each_template(web, name):
    answer = web.get(f"/template/{name}")
    assert answer.data == (registry.REFERENCE / "templates" / name).read_bytes() and name in answer.headers["Content-Disposition"]
    page = web.post(calls.PATH, json=calls.body(calls.ROUTER, pathname="/data", search="")).get_json()
    assert f"/template/{name}" in json.dumps(page)


@pytest.mark.parametrize("name", ["other.csv", "..%2fsources.toml", "contacts"])
def test_nothing_else_is_given_out_as_a_template(web, name):
    answer = web.get(f"/template/{name}")
    assert answer.status_code == 404 and b"CDE" not in answer.data


def test_every_list_that_the_demonstration_shows_is_of_no_person(web):
    text = web.get("/export/place.csv?place=R-BAY&exhibit=support").get_data(as_text=True)
    rows = [r for r in csv.DictReader(io.StringIO(text)) if r["part"] == "contact"]
    assert rows and all(r["name"].startswith("Demonstration ") for r in rows)
    assert all(r["email"].endswith(".example") for r in rows) and all("555-01" in r["phone"] or not r["phone"] for r in rows)
