"""Closed local data are as if there were none, at every door; and an answer is never kept for another reader or edition."""

import json
import re

import pytest

from components import exposed
from components.view import View, parse
from data.local import publications, shelf
from tests import local_pages
from tests.test_view import KNOWN
from tests.web import PAGES, PATH, ROOT, body, doors, forget

OUTSIDE = {"X-Forwarded-For": "10.0.0.1"}


@pytest.fixture
def published(web, demo_home, tmp_path, monkeypatch):
    """A home with the demonstration build in which one district has published; RTAC_LOCAL is on."""
    district, _schools = local_pages.places()
    home = tmp_path / "home"
    home.mkdir()
    for name in ("builds", "serving", "CURRENT"):
        (home / name).symlink_to(demo_home / name)
    monkeypatch.setenv("RTAC_HOME", str(home))
    monkeypatch.setenv(shelf.SETTING, "on")
    publications.publish(local_pages.document())
    forget()
    yield web, district
    forget()


def answers(web, district: str, headers: dict) -> dict[str, str]:
    """What every door of the four pages answers."""
    out = {}
    view = {"place": [district]}
    for name in exposed.doors:
        if any(f"{page}-" in name for page in ("services", "my_schools", "place", "pillars", "methods")):
            out[name] = web.post(PATH, json=body(name, view), headers=headers).get_data(as_text=True)
    for page in ("services", "my_schools", "place", "pillars"):
        for form in ("csv", "json"):
            out[f"{page}.{form}"] = web.get(f"/export/{page}.{form}?place={district}", headers=headers).get_data(as_text=True)
    return out


def test_closed_is_as_if_there_were_none(published):
    web, district = published
    open_, closed = answers(web, district, {}), answers(web, district, OUTSIDE)
    publications.withdraw(district[:7])
    forget()
    none = answers(web, district, {})
    assert closed == none
    assert open_["services.csv"].startswith("indicator,") and open_["services.csv"] != none["services.csv"]
    assert "no local data" in none["services.csv"]


def test_the_switch_closes_them_too(published, monkeypatch):
    web, district = published
    closed = answers(web, district, OUTSIDE)
    monkeypatch.setenv(shelf.SETTING, "off")
    forget()
    assert answers(web, district, {}) == closed


def test_a_kept_answer_is_for_one_reader_and_one_edition(published):
    web, district = published
    (name,) = doors("services-reach-head")
    asked = body(name, {"place": [district]})
    first = web.post(PATH, json=asked).get_data(as_text=True)
    assert "%" in first
    outside = web.post(PATH, json=asked, headers=OUTSIDE).get_data(as_text=True)
    assert "no local data" in outside and outside != first
    publications.withdraw(district[:7])
    assert "no local data" in web.post(PATH, json=asked).get_data(as_text=True)


@pytest.mark.parametrize("path", ["/services", "/my-schools"])
def test_without_a_publication_a_page_says_what_to_bring(web, path):
    import dash

    assert path in PAGES
    page = next(p for p in dash.page_registry.values() if p["path"] == path)
    with web.application.test_request_context(path):
        said = json.dumps(page["layout"](), default=lambda part: part.to_plotly_json())
    assert "There are no local data here yet" in said and "What to bring" in said and "never leave" in said
    assert not re.search(r"\d+ %", said)


def test_an_export_without_a_publication_is_a_sentence(web):
    answer = web.get("/export/services.csv")
    assert answer.status_code == 400 and "no local data" in answer.get_data(as_text=True)


def test_the_choices_of_local_data_are_read_strictly_and_written_back():
    raw = {"month": "202602", "pillar": "PIL1", "service_category": "mental_health"}
    view = parse(raw, KNOWN)
    assert view == View(month=202602, pillar="PIL1", service_category="mental_health")
    assert view.to_query() == list(raw.items())
    bad = parse({"month": "202613", "pillar": "PIL9", "service_category": "<b>"}, KNOWN)
    assert len(bad.notes) == 3 and bad == View(notes=bad.notes)


def test_the_browser_writes_the_fields_of_the_view_in_the_same_order():
    from dataclasses import fields

    text = (ROOT / "assets" / "view.js").read_text(encoding="utf-8")
    listed = re.search(r"var FIELDS = \[(.*?)\]", text, re.DOTALL)
    assert listed and re.findall(r'"(\w+)"', listed[1]) == [f.name for f in fields(View) if f.name != "notes"]


API = """
places/{} exhibits exhibits/pillars/elements?place={} exhibits/place/beside?place={} exhibits/place/lead?place={}
exhibits/services/reach?place={} exhibits/my_schools/key?place={} exhibits/methods/local indicators openapi.json
facts?indicator=suspension_rate&place={} facts?indicator=reach&place={}
"""
"""Addresses below /api/v1, of a place."""


def test_the_api_has_no_local_data_even_where_they_are_open(published):
    """The reader of this machine sees them on the pages; the API answers as it does to everybody."""
    web, district = published
    assert web.get(f"/export/services.csv?place={district}").status_code == 200, "local data are not open: the test shows nothing"

    def asked(headers: dict) -> dict[str, tuple[int, bytes]]:
        found = {a: web.get(f"/api/v1/{a.format(district)}", headers=headers) for a in API.split()}
        return {a: (answer.status_code, answer.data) for a, answer in found.items()}

    open_, closed = asked({}), asked(OUTSIDE)
    publications.withdraw(district[:7])
    forget()
    assert open_ == closed == asked({})
    gone = {a for a, (status, _body) in open_.items() if status == 404}
    assert gone == {a for a in API.split() if "services" in a or "my_schools" in a}
