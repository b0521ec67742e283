"""Services and My schools in Chromium with a publication: no error, no axe violation, the choices by keyboard."""

import os

import pytest

from data.local import publications, shelf
from tests import local_pages
from tests import web as calls
from tests.test_browser_pages import open_everything, settle, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def open_site(demo_home, tmp_path_factory):
    """The address of a server of this machine with local data open and one district's publication, and the district."""
    home = tmp_path_factory.mktemp("local") / "home"
    home.mkdir()
    for name in ("builds", "serving", "CURRENT"):
        (home / name).symlink_to(demo_home / name)
    before = {name: os.environ.get(name) for name in ("RTAC_HOME", shelf.SETTING)}
    os.environ.update({"RTAC_HOME": str(home), shelf.SETTING: "on"})
    try:
        district, _schools = local_pages.places()
        publications.publish(local_pages.document())
        address, process = calls.start(home, workers=1)
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})
    yield address, district
    calls.stop(process)


@pytest.fixture(params=[1280, 390])
def tab(request, chromium, open_site):
    context = chromium.new_context(viewport={"width": request.param, "height": 900}, base_url=open_site[0])
    page = context.new_page()
    page.wrong = []
    page.on("console", lambda m: page.wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: page.wrong.append(str(e)))
    yield page
    context.close()


@pytest.mark.parametrize("path", ["/services", "/my-schools", "/pillars", "/place"])
def test_a_page_with_local_data(tab, open_site, path):
    tab.goto(f"{path}?place={open_site[1]}")
    settle(tab)
    assert tab.wrong == [] and tab.get_by_text("could not be shown").count() == 0
    assert tab.evaluate("document.documentElement.scrollWidth") <= tab.viewport_size["width"]
    assert tab.get_by_text("about").count() >= 3
    for button in tab.locator("[role=tab]:visible").all():
        button.click()
    open_everything(tab)
    assert violations(tab) == []


def test_place_month_and_pillar_are_chosen_by_keyboard_and_stand_in_the_address(tab, open_site):
    tab.goto("/services")
    settle(tab)
    assert open_site[1] in tab.url
    for label, key in (("Through month", "January"), ("Pillar", "Integrated")):
        tab.get_by_label(label, exact=True).focus()
        tab.keyboard.type(key)
        settle(tab)
        tab.wait_for_timeout(500)
    assert "month=202601" in tab.url and "pillar=PIL1" in tab.url
    assert "January 2026" in tab.locator("#services-lead").inner_text()
    assert "pillar=PIL1" in tab.locator("#services-csv").get_attribute("href")
    tab.get_by_label("District or school").focus()
    tab.keyboard.press("ArrowDown")
    settle(tab)
    tab.wait_for_timeout(500)
    assert "School" in tab.locator(".kicker").inner_text() and "pillar=PIL1" in tab.url
    assert tab.wrong == []


def test_what_has_the_focus_is_not_under_the_bar_of_choices(tab, open_site):
    tab.goto(f"/my-schools?place={open_site[1]}")
    settle(tab)
    tab.locator("#my_schools-next a").last.focus()
    seen = 0
    for _ in range(25):
        tab.keyboard.press("Shift+Tab")
        place = tab.evaluate(
            """() => { const at = document.activeElement, bar = document.querySelector('.bar');
            if (bar.contains(at) || getComputedStyle(bar).position !== 'sticky') return null;
            return [at.getBoundingClientRect().top, bar.getBoundingClientRect().bottom]; }"""
        )
        if place:
            seen += 1
            assert place[0] >= place[1] - 1
    assert seen > 10 or tab.viewport_size["width"] < 820
