"""Readers at work in Chromium: search, filters, tabs by keyboard alone; the address holds the choice; Back restores it."""

import re

import pytest

from tests.test_browser_pages import settle

pytestmark = pytest.mark.browser
SELECT = "select[id*='\"{name}\"']"


@pytest.fixture
def page(chromium, site):
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=site)
    page = context.new_page()
    page.wrong = []
    page.on("console", lambda m: page.wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: page.wrong.append(str(e)))
    yield page
    assert page.wrong == []
    context.close()


def choose(page, name: str, value: str) -> None:
    page.locator(SELECT.format(name=name)).select_option(value)
    page.wait_for_url(re.compile(rf"{name}={value}"))
    settle(page)


def tab_to(page, wanted: str, most: int = 80) -> None:
    """Press Tab until the focus matches a selector."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", wanted):
            return
    raise AssertionError(f"{wanted} is not reached by Tab")


def test_filters_write_the_address_and_keep_the_focus(page):
    page.goto("/compare")
    settle(page)
    before = page.locator("#compare-ranking-head").inner_text()
    box = page.locator(SELECT.format(name="indicator"))
    box.focus()
    posts: list[str] = []
    page.on("request", lambda r: posts.append(r.post_data_json["output"]) if r.method == "POST" else None)
    choose(page, "indicator", "suspension_rate")
    assert page.evaluate("document.activeElement.id") == box.get_attribute("id")
    assert page.locator("#compare-ranking-head").inner_text() != before
    figures = page.locator("#main .exhibit").count()
    assert figures > 2 and len(posts) == len(set(posts)) == figures + 1, "one request a figure, and one for the frame"
    assert page.locator("[data-nav='/methods']").get_attribute("href").endswith("?indicator=suspension_rate")


def test_filters_that_do_not_apply_are_hidden_and_dropped(page):
    page.goto("/compare?level=district&peers=county&county=56")
    settle(page)
    assert page.locator(SELECT.format(name="county")).input_value() == "56"
    page.locator(SELECT.format(name="peers")).select_option("region")
    page.wait_for_url(re.compile("peers=region"))
    settle(page)
    assert not page.locator(SELECT.format(name="county")).is_visible() and "county=" not in page.url
    choose(page, "region", "R-SCO")
    assert page.locator(SELECT.format(name="region")).input_value() == "R-SCO"


def test_back_restores_the_choice_and_links_carry_it(page):
    page.goto("/compare")
    settle(page)
    choose(page, "level", "district")
    choose(page, "indicator", "suspension_rate")
    here = page.url
    page.locator("[data-nav='/methods']").click()
    page.wait_for_url(re.compile("/methods"))
    settle(page)
    assert "level=district" in page.url
    page.go_back()
    page.wait_for_url(here)
    settle(page)
    assert page.locator(SELECT.format(name="level")).input_value() == "district"
    assert page.locator(SELECT.format(name="indicator")).input_value() == "suspension_rate"
    page.reload()
    settle(page)
    assert page.url == here and page.locator(SELECT.format(name="level")).input_value() == "district"


def test_a_deep_link_shows_what_it_says(page):
    page.goto("/compare?indicator=suspension_rate&level=district&peers=county&county=19&year=2023")
    settle(page)
    for name, value in (
        ("indicator", "suspension_rate"),
        ("level", "district"),
        ("peers", "county"),
        ("county", "19"),
        ("year", "2023"),
    ):
        assert page.locator(SELECT.format(name=name)).input_value() == value
    href = page.locator("#compare-csv").get_attribute("href")
    page.locator("#compare-take summary").click()
    with page.expect_download() as download:
        page.locator("#compare-csv").click()
    assert download.value.path().read_text(encoding="utf-8").count("\n") > 1 and "year=2023" in href


def test_the_tray(page):
    page.goto("/compare?level=county")
    settle(page)
    box = page.locator("[data-find=add] input")
    box.fill("ventura")
    page.locator("[data-find=add] [role=option]").first.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(re.compile("place=56000000000000"))
    settle(page)
    assert page.locator(".chip").inner_text().startswith("Ventura")
    page.locator(".chip button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "place=" not in url)
    settle(page)
    assert page.locator(".chip").count() == 0
    assert page.evaluate("document.activeElement.matches('[data-find=add] input')")


def test_by_keyboard_alone(page):
    page.goto("/")
    settle(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, ".find.big input")
    page.keyboard.type("ventu")
    page.locator(".find.big [role=option]").first.wait_for()
    page.keyboard.press("Escape")
    assert not page.locator(".find.big [role=listbox]").is_visible()
    page.keyboard.press("ArrowDown")
    page.locator(".find.big [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.locator(".find.big input").get_attribute("aria-activedescendant")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/place\?place=56000000000000"))
    settle(page)
    # The address changes before the page does, and the focus follows the page.
    page.locator("#main:focus").wait_for()
    tab_to(page, SELECT.format(name="year"))
    page.keyboard.press("ArrowDown")
    page.wait_for_url(re.compile("year=2024"))
    settle(page)
    tab_to(page, "[role=tab]")
    page.keyboard.press("ArrowRight")
    chosen = page.evaluate("[document.activeElement.textContent, document.activeElement.getAttribute('aria-selected')]")
    assert chosen == ["Table", "true"]
    panel = page.evaluate("document.activeElement.getAttribute('aria-controls')")
    assert page.locator(f"#{panel} table").is_visible()
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.textContent") == "In words"
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 1


def test_the_tab_outlives_a_filter(page):
    page.goto("/compare")
    settle(page)
    page.locator("#compare-ranking-tab-table").click()
    choose(page, "level", "district")
    assert page.locator("#compare-ranking-table table").is_visible()
    assert not page.locator("#compare-ranking-chart").is_visible()


def test_search_says_when_nothing_is_found(page):
    page.goto("/")
    settle(page)
    page.locator(".find.big input").fill("zzzzqq")
    page.get_by_role("option", name="No place has this name or code.").wait_for()
    page.keyboard.press("Enter")
    assert "/place" not in page.url


def test_a_link_can_be_copied(chromium, site):
    context = chromium.new_context(base_url=site, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/compare?level=district")
    settle(page)
    page.locator(".actions").get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    context.close()


def test_a_click_on_a_dot_opens_its_place(page):
    page.goto("/compare?indicator=suspension_rate")
    settle(page)
    dot = page.locator("#compare-ranking-chart .scatterlayer .point").nth(5)
    dot.scroll_into_view_if_needed()
    box = dot.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(300)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile(r"/place\?.*place=\d{14}"))
    settle(page)
    assert "indicator=suspension_rate" in page.url
