"""Hostile addresses on every page: a page with a note, never a 500, never an echo that is not text."""

import json
from urllib.parse import quote

import pytest

from tests import web as calls

QUERIES = (
    "place=<script>alert(1)</script>",
    "place=" + "9" * 10_000,
    "indicator=' or 1=1; drop table facts--",
    "year=2025&year=2024",
    "year=abc",
    "student_group=javascript:alert(1)",
    "level[]=county",
    "level=county&level=district",
    "place=%00",
    "%ff%fe=%c3%28",
    "&&&===",
    "build=../../etc",
    "notes=x",
    "place=56000000000000&place=../..",
    "self=1",
    "query=1",
    "cohort=1e9",
    "=x",
    "county=19%0d%0aSet-Cookie:a=b",
    "&".join(f"k{i}=v" for i in range(500)),
    "place=" + quote("<img src=x onerror=alert(1)>"),
    "region=R-SCO'--",
)

STUDY = "https://learningpolicyinstitute.org/product/ca-community-schools-impact-student-outcomes-report"
"""The one link to another host: a constant of pages/cohorts.py."""


@pytest.mark.parametrize("path", ["/", "/compare", "/place", "/cohorts", "/data", "/methods", "/nope"])
@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_a_hostile_address_is_a_page_with_a_note(web, path, query):
    page = web.get(f"{path}?{query}")
    assert page.status_code == (404 if path == "/nope" else 200)
    assert "<script>alert" not in page.get_data(as_text=True) and "onerror" not in page.get_data(as_text=True)
    sent = calls.body(calls.ROUTER, pathname=path, search=f"?{query}")
    answer = web.post(calls.PATH, json=sent)
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert len(text) < 60_000
    if path != "/nope" and query != "&&&===":
        assert "could not be used" in text, text[:300]
    for href in _hrefs(json.loads(text)):
        assert (href.startswith("/") and not href.startswith("//")) or (path, href) == ("/cohorts", STUDY), href


def _hrefs(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [v for k, v in node.items() if k in ("href", "src") and isinstance(v, str)]
        return own + [h for v in node.values() for h in _hrefs(v)]
    return [h for v in node for h in _hrefs(v)] if isinstance(node, list) else []


@pytest.mark.parametrize(
    "view",
    [
        {"place": "<script>alert(1)</script>"},
        {"indicator": "x" * 10_000},
        {"level": ["county", "district"]},
        {"unknown": "y"},
        {"year": "9" * 4_000},
        {"place": ["1"] * 100},
        {"build": "../.."},
        {"student_group": "=1+1"},
        {"county": "59"},
        {"__proto__": "x"},
        {"peers": "chosen"},
        {"peers": "cohort"},
    ],
)
def test_a_forged_store_is_read_like_an_address(web, view):
    for name in [n for n in calls.exposed.doors if n != calls.ROUTER]:
        answer = web.post(calls.PATH, json=calls.body(name, view=view))
        assert answer.status_code == 200, name
        text = answer.get_data(as_text=True)
        assert "could not be shown" not in text, (name, view)
        for href in _hrefs(json.loads(text)):
            assert href.startswith("/") and not href.startswith("//")
