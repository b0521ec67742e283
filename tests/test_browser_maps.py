"""The map at work in Chromium: a point and a shape open their places, the keyboard reaches the same; paper has no folds."""

import re

import pytest

from tests.test_browser_pages import settle
from tests.test_browser_walk import tab_to

pytestmark = pytest.mark.browser
COMPARE = "/compare?level=district&peers=region&region=R-SCO"


@pytest.fixture
def page(chromium, site):
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=site)
    page = context.new_page()
    page.wrong = []
    page.on("console", lambda m: page.wrong.append(m.text) if m.type == "error" else None)
    yield page
    assert page.wrong == []
    context.close()


def click(page, x: float, y: float) -> None:
    page.mouse.move(x, y)
    page.wait_for_timeout(300)
    page.mouse.click(x, y)
    page.wait_for_url(re.compile(r"/place\?.*place=\d{14}"))
    settle(page)


def test_a_click_on_a_point_opens_its_place(page):
    page.goto(COMPARE)
    settle(page)
    point = page.locator("#compare-map-chart .scatterlayer .point").last
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    click(page, box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_click_on_a_county_opens_it(page):
    """Lines of regions and names lie above the shapes, and let the click through."""
    page.goto("/")
    settle(page)
    page.locator("#home-county_map-chart").scroll_into_view_if_needed()
    at = page.evaluate("""() => {
        const graph = document.querySelector('#home-county_map-chart .js-plotly-plot'), of = graph._fullLayout;
        const box = graph.getBoundingClientRect();
        return [box.left + of.xaxis._offset + of.xaxis.c2p(320), box.top + of.yaxis._offset + of.yaxis.c2p(3740)];
    }""")
    click(page, *at)
    assert "place=36000000000000" in page.url, "a point in the middle of San Bernardino County"


def test_the_places_of_a_map_are_reached_by_keyboard(page):
    page.goto(COMPARE)
    settle(page)
    tab_to(page, "#compare-map-tab-chart", 200)
    page.keyboard.press("ArrowRight")
    assert page.locator("#compare-map-table table").is_visible()
    tab_to(page, "#compare-map-table tbody a")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/place\?.*place=\d{14}"))


def visible(page) -> list[bool]:
    return page.evaluate("[...document.querySelectorAll('.card .waits')].map(e => e.checkVisibility())")


def test_paper_has_no_folds(page):
    page.goto("/pillars")
    settle(page)
    page.locator(".card .waits").last.wait_for(state="attached")
    assert visible(page) and not any(visible(page)), "on the screen the lists of what is missing are folded"
    assert page.locator(".card .fold summary").first.inner_text().endswith("without data")
    page.emulate_media(media="print")
    assert all(visible(page)), "printed by the style"
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details.fold:not([open])").count() == 0, "printed by browsers without that style"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details.fold[open]").count() == 0


def test_a_fold_opens_by_keyboard(page):
    page.goto("/pillars")
    settle(page)
    tab_to(page, ".card .fold > summary")
    page.keyboard.press("Enter")
    assert page.locator(".card .fold[open] .waits").first.is_visible()
