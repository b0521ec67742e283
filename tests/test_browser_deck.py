"""The board deck in Chromium: what is added stays, is ordered and titled by keyboard and mouse, and holds permalinks only."""

import io
import json
import zipfile

import pytest

from tests.test_browser_pages import settle
from tests.test_browser_walk import page, tab_to  # noqa: F401

pytestmark = pytest.mark.browser
PLACE = "/place?place=56000000000000"
TITLES = "#deck-slides [data-part=title]"


def add(page, *keys: str) -> None:  # noqa: F811
    page.goto(PLACE)
    settle(page)
    for key in keys:
        page.locator(f"#place-{key} button[data-slide]").click()


def open_deck(page, slides: int) -> None:  # noqa: F811
    page.goto("/deck?place=56000000000000")
    settle(page)
    page.locator("#deck-slides > li").nth(slides - 1).wait_for()


def titles(page) -> list[str]:  # noqa: F811
    return [box.input_value() for box in page.locator(TITLES).all()]


def held(page) -> dict:  # noqa: F811
    return json.loads(page.evaluate("window.localStorage.getItem('rtac-deck')"))


def test_added_exhibits_survive_navigation_and_reload(page):  # noqa: F811
    add(page, "key_numbers", "trend", "student_groups")
    assert page.locator("[data-nav='/deck']").inner_text() == "Board deck (3)"
    assert "take out" in page.locator("#place-trend button[data-slide]").inner_text()
    page.locator("#place-key_numbers button[data-slide]").click()
    page.locator("[data-nav='/methods']").click()
    settle(page)
    page.reload()
    settle(page)
    assert page.locator("[data-nav='/deck']").inner_text() == "Board deck (2)"
    page.locator("[data-nav='/deck']").click()
    settle(page)
    assert page.locator("#deck-slides > li").count() == 2


def test_the_tray_holds_permalinks_and_titles_and_no_rows(page):  # noqa: F811
    add(page, "trend")
    deck = held(page)
    assert set(deck) <= {"name", "occasion", "day", "shape", "slides"}
    (slide,) = deck["slides"]
    assert set(slide) == {"slide", "title", "own", "note"} and slide["slide"].startswith("/place?place=56000000000000&build=")
    assert slide["own"] == page.locator("#place-trend h2").inner_text()


def test_order_by_keyboard_alone(page):  # noqa: F811
    add(page, "key_numbers", "trend", "student_groups")
    open_deck(page, 3)
    before = titles(page)
    tab_to(page, "#deck-slides [data-at='0'] [data-move='1']")
    page.keyboard.press("Enter")
    assert titles(page) == [before[1], before[0], before[2]]
    assert page.evaluate("document.activeElement.closest('li').dataset.at") == "1", "the focus goes with the slide"
    page.keyboard.press("Enter")
    assert titles(page) == [before[1], before[2], before[0]]
    assert "place 3" in page.locator("#said").inner_text()
    tab_to(page, "#deck-slides [data-gone]")
    page.keyboard.press("Enter")
    assert page.locator("#deck-slides > li").count() == 2


def test_order_by_mouse(page):  # noqa: F811
    add(page, "key_numbers", "trend", "student_groups")
    open_deck(page, 3)
    before = titles(page)
    page.locator("#deck-slides [data-at='2'] .handle").drag_to(page.locator("#deck-slides [data-at='0']"))
    assert titles(page) == [before[2], before[0], before[1]]


def test_a_title_that_claims_too_much_is_told_and_can_be_taken_back(page):  # noqa: F811
    add(page, "trend")
    open_deck(page, 1)
    own = titles(page)[0]
    page.locator(TITLES).fill("Our program works: absence fell to 3 percent")
    page.locator("#deck-slides .warnings li").nth(1).wait_for()
    said = page.locator("#deck-slides .warnings").inner_text()
    assert "not why" in said and "3 stands nowhere" in said
    page.reload()
    page.locator(TITLES).wait_for()
    assert titles(page) == ["Our program works: absence fell to 3 percent"]
    page.locator("#deck-slides [data-own]").click()
    page.locator("#deck-slides .warnings:empty").wait_for(state="attached")
    assert titles(page) == [own] and held(page)["slides"][0]["title"] == ""


def test_a_ready_made_deck_downloads_as_powerpoint(page):  # noqa: F811
    page.goto("/deck?place=56000000000000")
    settle(page)
    page.locator("[data-ready]").click()
    page.locator("#deck-slides > li").nth(5).wait_for()
    page.locator("#deck-slides [data-part=note]").first.evaluate("n => { n.closest('details').open = true; }")
    page.locator("#deck-slides [data-part=note]").first.fill("Say hello.")
    with page.expect_download() as waited:
        page.locator("[data-deck-file=pptx]").click()
    body = waited.value.path().read_bytes()
    assert waited.value.suggested_filename.endswith(".pptx") and "demonstration" in waited.value.suggested_filename
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        notes = b"".join(parts.read(n) for n in parts.namelist() if n.startswith("ppt/notesSlides/notes"))
        assert b"Say hello." in notes
    assert "Done in" in page.locator("#deck-said").inner_text()


def test_what_another_window_put_into_the_storage_is_not_believed(page):  # noqa: F811
    page.goto("/deck")
    settle(page)
    marked = {"slide": "/place#place-trend", "own": "<img src=x onerror=alert(1)>"}
    evil = {"slides": [{"slide": "javascript:alert(1)"}, marked, 7]}
    page.evaluate("v => window.localStorage.setItem('rtac-deck', v)", json.dumps(evil))
    page.reload()
    settle(page)
    assert page.locator("#deck-slides > li").count() == 1 and page.locator("#deck-slides img[src=x]").count() == 0
    page.evaluate("window.localStorage.setItem('rtac-deck', '{broken')")
    page.reload()
    settle(page)
    assert page.locator("#deck-empty").is_visible()
