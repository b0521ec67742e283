"""One exhibit on a page of its own: without script, for the sites named in RTAC_EMBED only, and never of local data."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.util import find_spec

import pandas as pd
import pytest

import queries
from components import embedding, local
from components.exhibit import Column, Table
from components.page import pages
from data.local import shelf as publications
from exports import About, Slide, embed_page
from server import local as doors
from server import selfcheck
from tests import local_pages as shelf
from tests.test_browser_pages import AXE, settle
from tests.test_web_exports import rows, slide

TREND = "/embed/place?place=56000000000000&exhibit=trend"
POLICY = "Content-Security-Policy"
HOSTILE = '</title><script>alert(1)</script>"><img src=x onerror=alert(2)>\u202e'


class Reader(HTMLParser):
    """Tags, and the text of cells, of a page."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.cells: list[str] = []
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside = tag in ("th", "td")
        if self.inside:
            self.cells.append("")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("th", "td")

    def handle_data(self, data):
        if self.inside:
            self.cells[-1] += data


def test_it_says_all_that_the_exhibit_says(web):
    answer = web.get(TREND)
    text = answer.get_data(as_text=True)
    [shown] = web.get("/export/place.json?place=56000000000000&exhibit=trend").get_json()["exhibits"]
    read = Reader(text)
    assert answer.status_code == 200 and answer.mimetype == "text/html"
    for said in ("Demonstration data. Not real schools.", shown["headline"], shown["subtitle"], *shown["words"], "Source: "):
        assert said in text.replace("&#x27;", "'").replace("&quot;", '"')
    counts = [f"{int(r['numerator']):,}" for r in rows(web.get("/export/place.csv?place=56000000000000&exhibit=trend"))]
    assert counts and set(counts) <= set(read.cells)
    assert ("a", "/place?place=56000000000000#place-trend") in [(t, a.get("href")) for t, a in read.tags]
    assert not {"script", "iframe", "form", "base"} & {t for t, _a in read.tags}
    assert not [a for _t, at in read.tags for a in at if a.startswith("on") or a == "style"]
    assert ("svg" in {t for t, _a in read.tags}) == (find_spec("exports.drawing") is not None)


def test_every_exhibit_of_every_page_is_a_page_of_its_own(web):
    told = 0
    for name, made in pages.items():
        for exhibit in made.exhibits:
            answer = web.get(f"/embed/{name}?exhibit={exhibit.key}&place=56000000000000")
            text = answer.get_data(as_text=True)
            assert answer.status_code in (200, 400, 404), (name, exhibit.key, answer.status_code)
            assert len(re.findall(r"<h1>.+</h1>", text)) == 1 and answer.mimetype == "text/html"
            told += answer.status_code == 200
    assert told > 20


def test_nobody_may_frame_it_as_it_comes(web):
    for path in (TREND, "/embed/nothing", "/compare", "/export/compare.csv"):
        answer = web.get(path)
        assert "frame-ancestors 'none'" in answer.headers[POLICY] and answer.headers["X-Frame-Options"] == "DENY"


def test_the_sites_named_may_and_only_an_embedded_exhibit(web, monkeypatch):
    monkeypatch.setenv(embedding.SETTING, "https://www.example.org, self")
    for path in (TREND, "/embed/nothing", "/embed/compare?exhibit=ranking&build=20250101-101010-abcdef", "/embed/a/b"):
        answer = web.get(path)
        policy = answer.headers[POLICY]
        assert policy.endswith("frame-ancestors https://www.example.org 'self'") and "X-Frame-Options" not in answer.headers
        assert policy.startswith("default-src 'none'") and "script-src" not in policy and "unsafe" not in policy
    for path in ("/compare", "/place", "/export/compare.csv", "/health"):
        answer = web.get(path)
        assert "frame-ancestors 'none'" in answer.headers[POLICY] and answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "setting",
    [
        "*", "https://*", "https://*.example.org", "http://www.example.org", "www.example.org", "https:", "'none'", "data:",
        "https://www.example.org/path", "https://www.example.org; script-src *", "https://a.example.org https://b.example.org",
        "https://localhost", "https://user@example.org", "https://www.example.org,*",
    ],
)  # fmt: skip
def test_a_setting_that_opens_more_than_a_site_stops_the_start(setting):
    with pytest.raises(selfcheck.Unsafe, match=embedding.SETTING):
        selfcheck.environment({embedding.SETTING: setting})


def test_settings_that_name_sites_start():
    for setting in ("", " ", "self", "https://www.example.org", "https://a.example.org:8443, https://b.example.org/"):
        selfcheck.environment({embedding.SETTING: setting})


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/embed/", 404), ("/embed/a/b", 404), ("/embed/nothing?exhibit=trend", 404), ("/embed/place", 404),
        ("/embed/place?exhibit=nothing", 400), ("/embed/place?exhibit=trend&level=planet", 400),
        ("/embed/place?exhibit=trend&build=x", 400), ("/embed/place?exhibit=trend&build=20250101-101010-abcdef", 410),
        ("/embed/my_schools?exhibit=lead", 404), ("/embed/services?exhibit=reach", 404),
        (f"/embed/{'x' * 3000}", 404), ("/embed/%3Cscript%3E", 404),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_a_sentence_on_a_page(web, path, status):
    answer = web.get(path)
    text = answer.get_data(as_text=True)
    assert answer.status_code == status and answer.mimetype == "text/html" and answer.headers["Cache-Control"] == "no-store"
    assert re.search(r"<h1>This exhibit cannot be shown</h1><p>[^<]{20,600}\.</p>", text) and "<script" not in text


def test_the_same_exhibit_again_is_not_sent_again(web):
    first = web.get(TREND)
    assert first.headers["Cache-Control"] == "no-cache"
    again = web.get(TREND, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.data and "frame-ancestors" in again.headers[POLICY]


def test_text_from_data_stays_text(web):
    hostile = slide(pd.DataFrame({"name": [HOSTILE]}))
    table = Table(HOSTILE, (Column("name", HOSTILE), Column("n", "n", "number")), ({"name": HOSTILE, "n": "1"},), HOSTILE)
    shown = replace(
        hostile.shown, headline=HOSTILE, subtitle=HOSTILE, words=(HOSTILE,), source=HOSTILE, notes=(HOSTILE,), table=table
    )
    about = About(HOSTILE, (), HOSTILE, "2026-01-02", True)
    for text in (
        embed_page.write(Slide(shown, title=HOSTILE), about, "/place", (HOSTILE, "/x")),
        embed_page.sorry(HOSTILE, HOSTILE),
    ):
        tags = {t for t, _a in Reader(text).tags}
        assert not {"script", "img"} & tags and HOSTILE not in text


@pytest.fixture
def open_district(web, monkeypatch):
    """A district whose local data this machine's own browser may see, decided as the server decides."""
    code, schools = shelf.places()
    con = shelf.connect(shelf.cells(code, schools))
    ask = lambda name, **params: con.cursor().execute(queries.text(name, queries.LOCAL), params).df()  # noqa: E731
    monkeypatch.setattr(publications, "is_on", lambda: True)
    monkeypatch.setattr(doors, "allowed", lambda: True)
    monkeypatch.setattr(queries, "local", ask)
    monkeypatch.setattr(local, "manifest", lambda publication: {"files": [], "checkup": [], "coverage": []})
    yield web, code
    con.close()


def test_local_data_never_stand_in_an_embedded_exhibit(open_district, monkeypatch):
    web, code = open_district
    for name in ("my_schools", "services", "pillars", "place"):
        for exhibit in pages[name].exhibits:
            path = f"/embed/{name}?exhibit={exhibit.key}&place={code}"
            opened = web.get(path)
            with monkeypatch.context() as closing:
                closing.setattr(doors, "allowed", lambda: False)
                closed = web.get(path)
            assert opened.status_code == closed.status_code and opened.data == closed.data, path
            assert name in ("pillars", "place") or opened.status_code == 404
    assert web.get(f"/export/my_schools.json?place={code}").status_code == 200, "the local data must be there to be kept out"


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "path", [TREND, "/embed/compare?exhibit=ranking&level=district", "/embed/grid?exhibit=grid", "/embed/nothing"]
)
def test_it_is_accessible_and_asks_for_nothing_else(chromium, site, width, path):
    context = chromium.new_context(viewport={"width": width, "height": 700}, base_url=site)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") and "404" not in m.text else None)
    page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith((site, "data:")) else None)
    page.goto(path)
    settle(page)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert wrong == []
