"""Every page in Chromium: no console error, no request off the host, no axe violation with all opened, no sideways scroll."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from components import local
from data import registry
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
    """Wait until the page has drawn. Asked by the debugger: what waits inside the page is refused by its policy.

    Drawn is what is drawn three times in a row: right after a click the old page still stands there, and nothing is asked yet.
    """
    page.wait_for_load_state("networkidle")
    drawn = 0
    for _ in range(200):
        ready = "Boolean(document.querySelector('h1')) && !document.querySelector('[data-dash-is-loading=true]')"
        drawn = drawn + 1 if page.evaluate(ready) else 0
        if drawn == 3:
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
        "/grid?level=school&indicator=suspension_dashboard&student_group=SWD",
        "/place?place=R-BAY&year=2018",
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
    for button in tab.locator("[role=tab]:visible").all():
        button.click()
    assert violations(tab) == []
    open_everything(tab)
    assert violations(tab) == []


def open_table(page, path: str, name: str):
    """A page with the table of one exhibit open."""
    page.goto(path)
    settle(page)
    page.locator(f"#{name}-tab-table").click()
    return page.locator(f"#{name}-table")


def column(table, at: int) -> list[str]:
    return table.locator(f"tbody tr > :nth-child({at + 1})").all_inner_texts()


def numbers(texts: list[str]) -> list[float]:
    """The numbers of a sorted column. What has none must stand at its end."""
    found = [re.search(r"\d[\d,]*(\.\d+)?", text) for text in texts]
    told = [float(f[0].replace(",", "")) for f in found if f]
    assert found[len(told) :] == [None] * (len(found) - len(told))
    return told


OVERLAP = """() => {
    const boxes = [...document.querySelectorAll('.exhibit')].map(e => e.getBoundingClientRect());
    return boxes.some((a, i) => boxes.some((b, j) => i < j
        && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1));
}"""


@pytest.mark.parametrize("path", ["/compare?level=county", "/place?place=56000000000000"])
def test_no_exhibit_covers_another_wherever_the_reader_scrolls(tab, path):
    tab.goto(path)
    settle(tab)
    for kind in ("chart", "table"):
        for button in tab.locator(f"[role=tab][id$=-tab-{kind}]").all():
            button.click()
        for part in range(11):
            tab.evaluate(f"scrollTo(0, document.documentElement.scrollHeight * {part / 10})")
            tab.wait_for_timeout(50)
            assert not tab.evaluate(OVERLAP), (kind, part)


def test_an_open_table_takes_the_width_of_the_page_and_its_tab_stays_in_place(tab):
    tab.goto("/place?place=56000000000000")
    settle(tab)
    button = tab.locator("#place-student_groups-tab-table")
    button.scroll_into_view_if_needed()
    before = button.bounding_box()["y"]
    button.click()
    assert abs(button.bounding_box()["y"] - before) < 2
    wide = tab.locator(".grid").evaluate("n => n.clientWidth - 2 * parseFloat(getComputedStyle(n).paddingLeft)")
    assert tab.locator("#place-student_groups").bounding_box()["width"] == pytest.approx(wide, abs=1)


def test_a_header_sorts_its_table_by_keyboard(tab):
    table = open_table(tab, "/compare?level=county&student_group=RP", "compare-ranking")
    header, button = table.get_by_role("columnheader", name="Rate"), table.get_by_role("button", name="Rate")
    given = column(table, 0)
    assert "withheld" in column(table, 1) and header.get_attribute("aria-sort") == "none"
    button.focus()
    for way, backwards in (("ascending", False), ("descending", True)):
        tab.keyboard.press("Enter")
        assert header.get_attribute("aria-sort") == way
        assert tab.evaluate("document.activeElement.textContent") == "Rate"
        assert tab.locator("#said").inner_text() == f"Sorted by Rate, {way}"
        shown = numbers(column(table, 1))
        assert len(shown) > 9 and shown == sorted(shown, reverse=backwards)
    tab.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") == "none" and column(table, 0) == given
    table.get_by_role("button", name="Place").focus()
    tab.keyboard.press(" ")
    assert column(table, 0) == sorted(given, key=str.casefold) and sorted(given) == sorted(set(given))
    assert table.locator("[aria-sort=ascending]").all_inner_texts() == ["Place"]
    assert violations(tab) == []


def test_a_long_table_comes_in_pages_and_sorts_as_a_whole(tab):
    table = open_table(tab, "/compare?level=district&student_group=RP", "compare-ranking")
    where, back, forth = table.locator(".pages span"), *(table.get_by_role("button", name=n) for n in ("Previous", "Next"))
    total = int(where.inner_text().rpartition(" ")[2])
    assert total > 200 and table.locator("tbody tr").count() == 100
    students = table.get_by_role("button", name="Eligible students")
    students.focus()
    at = table.locator("thead th").all_inner_texts().index("Eligible students")
    tab.keyboard.press("Enter")
    assert back.get_attribute("aria-disabled") == "true"
    seen = column(table, at)
    forth.focus()
    while forth.get_attribute("aria-disabled") == "false":
        tab.keyboard.press("Enter")
        assert tab.locator("#said").inner_text() == where.inner_text()
        seen += column(table, at)
    assert where.inner_text() == f"Rows {total // 100 * 100 + 1} to {total} of {total}"
    shown = numbers(seen)
    assert len(seen) == total and shown == sorted(shown) and "withheld" in seen
    tab.keyboard.press("Enter")
    assert where.inner_text().endswith(f"to {total} of {total}") and tab.evaluate("document.activeElement.textContent") == "Next"
    students.click()
    assert where.inner_text() == f"Rows 1 to 100 of {total}"
    assert violations(tab) == []


def test_a_stacked_table_is_a_table_to_assistive_technology(tab):
    tab.goto("/methods")
    settle(tab)
    stacked = tab.viewport_size["width"] == 390
    assert (tab.locator("#methods-indicators-table tbody").evaluate("n => getComputedStyle(n).display") == "block") == stacked
    box = tab.locator("#methods-indicators-table .scroll")
    assert box.evaluate("n => n.scrollWidth <= n.clientWidth") and box.locator("caption").is_visible()
    nodes = tab.context.new_cdp_session(tab).send("Accessibility.getFullAXTree")["nodes"]
    roles = [n["role"]["value"] for n in nodes if not n["ignored"]]
    measures, own = len(registry.indicators), len(local.measures())
    assert roles.count("table") == 4 and roles.count("rowheader") == measures + own + 16 + 8
    assert roles.count("columnheader") == 6 + 4 + 5 + 4 and roles.count("cell") == measures * 5 + own * 3 + 16 * 4 + 8 * 3
    assert box.locator("tbody td").first.inner_text().startswith("Students absent on 10 percent")


def test_no_button_sends_a_chart_anywhere(tab):
    tab.goto("/compare")
    settle(tab)
    tab.locator(".js-plotly-plot").first.hover()
    assert tab.locator(".modebar-btn").count() == 0
    assert not re.search(r"(?<!pupil )share(?! of)|chart studio|cloud", tab.inner_text("body"), re.IGNORECASE)


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
