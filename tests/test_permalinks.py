"""A link keeps its word: it pins a build, says when another is published, and what became of one that is gone."""

import re
from html import unescape

import pytest

from components import formats, pinned
from components.page import pages
from data import builds, store, warehouse
from exports import EXPORTS
from server import making, requested
from tests.test_browser_pages import settle, violations
from tests.web import PLACE, forget

NEVER = "20250102-101010-abcdef"
HREF = re.compile(r'<link rel="(canonical|alternate|latest-version)"(?: type="([^"]+)")? href="([^"]+)"')


@pytest.fixture
def served(home, raw):
    """A client over a home of its own, and what builds there: the same numbers with another share of absence each time."""
    warehouse.held.forget()
    first = builds.build([raw])["id"]
    from app import server

    def again() -> str:
        made = builds.build([raw])["id"]
        forget()
        return made

    forget()
    yield server.test_client(), first, again
    warehouse.held.forget()
    forget()


def head(client, path: str) -> dict[str, list[str]]:
    """rel -> hrefs in the head of a page."""
    found: dict[str, list[str]] = {}
    for rel, _kind, href in HREF.findall(client.get(path).get_data(as_text=True)):
        found.setdefault(rel, []).append(unescape(href))
    return found


def said(client, path: str) -> str:
    """The layout of a page as text: what stands on it before any exhibit is drawn."""
    import dash

    where, _mark, query = path.partition("?")
    chosen = dict(pair.split("=") for pair in query.split("&") if pair)
    with client.application.test_request_context(path):
        return str(next(p for p in dash.page_registry.values() if p["path"] == where)["layout"](**chosen))


def newer(client, path: str) -> str:
    """What the files of a page say of a newer build."""
    with client.application.test_request_context(path) as at:
        read, _wanted = requested.parse(pages["compare"], at.request.args.to_dict(flat=False))
        return making.about(pages["compare"], read).newer


def test_the_published_build_says_nothing_of_newer_numbers(served):
    client, first, _again = served
    for path in ("level=district", f"level=district&build={first}"):
        answer = client.get(f"/export/compare.json?{path}")
        assert answer.status_code == 200 and "latest-version" not in answer.headers.get("Link", "")
        assert newer(client, f"/export/compare.json?{path}") == ""
        assert "pinned" not in said(client, f"/compare?{path}") and "latest-version" not in head(client, f"/compare?{path}")


def test_page_and_file_of_an_older_build_lead_to_the_current_numbers(served):
    client, first, again = served
    again()
    path = f"level=district&build={first}"
    answer = client.get(f"/export/compare.json?{path}")
    assert (
        answer.headers["X-RTAC-Build"] == first
        and '</export/compare.json?level=district>; rel="latest-version"' in answer.headers["Link"]
    )
    sentence = newer(client, f"/export/compare.json?{path}")
    assert (
        first in sentence
        and "Newer numbers are published" in sentence
        and sentence.endswith("http://localhost/compare?level=district")
    )
    page = said(client, f"/compare?{path}")
    assert "Newer numbers are published" in page and "href='/compare?level=district'" in page
    found = head(client, f"/compare?{path}")
    assert found["canonical"] == found["latest-version"] == ["/compare?level=district"]
    assert all(f"build={first}" in href for href in found["alternate"])


def test_after_a_rollback_nothing_is_called_newer(served):
    client, _first, again = served
    second = again()
    builds.rollback()
    forget()
    sentence = newer(client, f"/export/compare.json?build={second}")
    assert "taken back" in sentence and "Newer" not in sentence


def test_a_removed_build_says_what_happened(served):
    client, first, again = served
    for _ in range(store.KEEP):
        again()
    assert first not in {m["id"] for m in store.manifests()} and first in store.removed()
    page = said(client, f"/compare?level=district&build={first}")
    assert f"Build {first}, made on" in page and "was removed on" in page and "The current numbers are shown instead." in page
    assert f"The newest {store.KEEP} builds are kept." in page
    for form in EXPORTS:
        answer = client.get(f"/export/compare.{form}?level=district&build={first}")
        text = answer.get_json()["error"] if form == "json" else answer.get_data(as_text=True)
        assert answer.status_code == 410 and "was removed on" in text and f"/export/compare.{form}?level=district" in text
        assert answer.headers["Link"] == f'</export/compare.{form}?level=district>; rel="latest-version"'
        assert client.get(f"/export/compare.{form}?level=district").status_code == 200
    answer = client.get(f"/embed/compare?exhibit=ranking&build={first}")
    assert answer.status_code == 410 and "was removed on" in answer.get_data(as_text=True)


def test_a_build_that_nobody_knows_is_dated_by_its_name_and_one_that_is_none_is_told_so(served):
    client, _first, _again = served
    answer = client.get(f"/export/compare.csv?build={NEVER}")
    assert answer.status_code == 410 and "made on January 2, 2025, is not kept here." in answer.get_data(as_text=True)
    for value in ("x", "../../etc/passwd", "A" * 3000, "20259999-101010-abcdef%00", "<script>"):
        answer = client.get("/export/compare.csv", query_string={"build": value})
        text = answer.get_data(as_text=True)
        assert answer.status_code == 400 and "does not name a build." in text and len(text) < 200
        assert "does not name a build. The current numbers are shown instead." in said(client, "/compare?build=x")
    assert pinned.gone("20259945-101010-abcdef").startswith("Build 20259945-101010-abcdef is not kept here.")


def test_a_damaged_build_is_not_called_removed(served):
    client, first, again = served
    again()
    target = store.build_path(first) / "manifest.json"
    store.writable(target.parent)
    target.write_text(target.read_text().replace('"schema": ', '"schema": 9'))
    answer = client.get(f"/export/compare.csv?build={first}")
    assert answer.status_code == 410 and "is damaged" in answer.get_data(as_text=True)


def test_a_spoiled_note_of_removed_builds_breaks_nothing(served):
    client, _first, _again = served
    for text in ("\x00\xff", f"{NEVER},yesterday\n", f"{NEVER}\n", '"'):
        (store.home() / store.REMOVED).write_text(text, encoding="utf-8")
        assert "is not kept here." in client.get(f"/export/compare.csv?build={NEVER}").get_data(as_text=True)


def test_every_format_stands_in_the_menus_under_a_name(web):
    assert formats.offered() == [name for name in formats.LABELS if name in EXPORTS] and set(formats.offered()) == set(EXPORTS)


@pytest.mark.parametrize("path", ["/", "/compare?level=district&peers=county&county=19", PLACE, "/grid?level=school", "/data"])
def test_the_files_that_a_page_names_are_there(web, path):
    found = head(web, path)
    assert len(found["canonical"]) == 1 and "build=" not in found["canonical"][0]
    assert found["alternate"]
    for _rel, kind, href in HREF.findall(web.get(path).get_data(as_text=True)):
        if kind:
            answer = web.get(unescape(href))
            assert answer.status_code == 200 and answer.mimetype == kind


def test_a_page_of_local_data_names_no_files_to_the_public(web):
    assert "alternate" not in head(web, "/my-schools")


def test_a_hostile_address_stays_text_in_the_head(web):
    text = web.get("/compare?level=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&place=%22onload=x").get_data(as_text=True)
    assert "<script>alert" not in text and "onload=x" not in text
    assert head(web, "/compare?level=%22%3E")["canonical"] == ["/compare"]


@pytest.fixture
def tab(chromium, site):
    context = chromium.new_context(base_url=site, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    yield page
    context.close()


def copied(page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.browser
def test_link_permalink_and_files_by_keyboard(tab):
    tab.goto("/compare?level=district")
    settle(tab)
    menu = tab.locator("#compare-take")
    menu.locator("summary").focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Copy permalink"
    tab.keyboard.press("Enter")
    tab.get_by_role("button", name="Permalink copied").wait_for()
    assert re.fullmatch(r".*/compare\?level=district&build=[0-9a-f-]{22}", copied(tab))
    assert violations(tab) == []
    tab.keyboard.press("Escape")
    assert menu.get_attribute("open") is None and tab.evaluate("document.activeElement.textContent") == "Take it with you"
    tab.locator("#compare-ranking .menu summary").click()
    tab.locator("#compare-ranking").get_by_role("button", name="Copy link").click()
    tab.get_by_role("button", name="Link copied").wait_for()
    assert copied(tab).endswith("/compare?level=district#compare-ranking")
    tab.locator("h1").click()
    assert tab.locator("details.menu[open]").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize("name", ["place-student_groups", "place-support"])
def test_a_link_to_an_exhibit_comes_to_it_once_all_is_drawn(tab, name):
    tab.goto(f"{PLACE}#{name}")
    settle(tab)
    tab.locator(f"#{name}:focus").wait_for()
    top = tab.locator(f"#{name}").bounding_box()["y"]
    foot = tab.evaluate("innerHeight + scrollY >= document.documentElement.scrollHeight - 2")
    assert tab.evaluate("scrollY") > 300 and (0 <= top < 160 or (foot and top < 900))
    assert tab.url.endswith(f"#{name}")
