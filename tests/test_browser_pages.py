"""Every page in Chromium: no console error, no request off the host, no axe violation with all opened, no sideways scroll."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.web import PAGES

pytestmark = pytest.mark.browser
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


@pytest.fixture(params=[1280, 390])
def tab(request, chromium, site):
    """A page that records what goes wrong. The content security policy stays on; axe is run by the debugger."""
    context = chromium.new_context(viewport={"width": request.param, "height": 900}, base_url=site)
    page = context.new_page()
    page.wrong = []
    page.on("console", lambda m: page.wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: page.wrong.append(str(e)))
    page.on("request", lambda r: page.wrong.append(r.url) if not r.url.startswith((site, "data:", "blob:")) else None)
    page.on("response", lambda r: page.wrong.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    yield page
    context.close()


def settle(page) -> None:
    """Wait until the page has drawn. Asked by the debugger: what waits inside the page is refused by its policy."""
    page.wait_for_load_state("networkidle")
    for _ in range(200):
        if page.evaluate("Boolean(document.querySelector('h1')) && !document.querySelector('[data-dash-is-loading=true]')"):
            break
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")


def open_everything(page) -> None:
    page.evaluate("""() => {
        document.querySelectorAll('details').forEach(d => { d.open = true; });
        document.querySelectorAll('[role=tabpanel]').forEach(p => { p.hidden = false; });
    }""")


def violations(page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{v['id']}: {n['html'][:200]}" for v in found for n in v["nodes"]]


@pytest.mark.parametrize(
    "path",
    [
        *PAGES,
        "/compare?peers=chosen&level=county&place=56000000000000&place=19000000000000",
        "/no/such/page",
        "/compare?level=<script>alert(1)</script>",
        "/place?place=00000000000000",
    ],
)
def test_a_page(tab, path):
    tab.goto(path)
    settle(tab)
    allowed = {f"404 {tab.url}"} if "such" in path else set()
    assert [w for w in tab.wrong if w not in allowed and "404" not in w] == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= tab.viewport_size["width"]
    assert tab.locator("h1").count() == 1 and tab.locator("h1").inner_text().strip()
    assert tab.locator("main").count() == 1
    assert tab.get_by_text("could not be shown").count() == 0
    assert "such" in path or tab.locator(".demo").inner_text() == "Demonstration data. Not real schools."
    assert violations(tab) == []
    for button in tab.locator("[role=tab]").all():
        button.click()
    assert violations(tab) == []
    open_everything(tab)
    assert violations(tab) == []


def test_no_button_sends_a_chart_anywhere(tab):
    tab.goto("/compare")
    settle(tab)
    tab.locator(".js-plotly-plot").first.hover()
    assert tab.locator(".modebar-btn").count() == 0
    assert not re.search(r"Share|chart studio|cloud", tab.inner_text("body"), re.IGNORECASE)


def test_the_first_page_is_light(chromium, site):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda r: sizes.append(r.sizes()["responseBodySize"] + r.sizes()["responseHeadersSize"]))
    page.goto(site)
    settle(page)
    hosts = {urlsplit(u).netloc for u in page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")}
    context.close()
    assert sum(sizes) <= 900_000 and len(sizes) <= 40
    assert hosts <= {urlsplit(site).netloc}
