"""The sixty-second walk of a county's analyst, in a real browser with its timings printed: from the first page to the slides."""

import io
import re
import time

import pytest
from playwright.sync_api import expect
from pptx import Presentation
from pptx.shapes.graphfrm import GraphicFrame

from tests.test_browser_pages import settle
from tests.test_browser_walk import page  # noqa: F401

pytestmark = pytest.mark.browser
PAINTED, FILE, WHOLE = 1.0, 2.0, 60.0
"""Seconds: the first paint, from click to file, and the walk."""


class Clock:
    """Seconds by step, printed as they come (pytest -s)."""

    def __init__(self) -> None:
        self.start = self.last = time.perf_counter()
        self.laps: dict[str, float] = {}

    def lap(self, step: str) -> None:
        now = time.perf_counter()
        self.laps[step], self.last = now - self.last, now
        print(f"  {step}: {self.laps[step]:.2f} s")


def test_the_walk(page):  # noqa: F811
    clock = Clock()
    page.goto("/")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000
    print(f"\n  first paint: {paint:.2f} s")
    settle(page)
    assert page.locator("h1").inner_text().strip() and page.locator(".find.big input").is_visible()
    clock.lap("home: a sentence and one search box")

    page.locator(".find.big input").fill("vent")
    page.locator(".find.big [role=option]", has_text="Ventura County").first.click()
    page.wait_for_url(re.compile("/place"))
    settle(page)
    page.locator("main").get_by_text(re.compile("chance|too few|withheld")).first.wait_for()
    expect(page.locator("#place-key_numbers .fact")).to_have_count(4)
    clock.lap("Ventura: one sentence, four numbers")

    page.locator("[data-nav='/grid']").click()
    settle(page)
    page.locator("#grid-grid .js-plotly-plot").wait_for()
    here = page.url
    dot = page.locator("#grid-grid .scatterlayer .trace .points path").first
    dot.click(force=True)
    page.wait_for_url(re.compile(r"/place\?"))
    settle(page)
    page.locator(".crumbs a").last.wait_for()
    clock.lap("five by five: a dot is a place, with its breadcrumb")
    page.go_back()
    page.wait_for_url(here)
    settle(page)
    clock.lap("back: the choice is kept")

    page.goto("/place?place=56000000000000")
    settle(page)
    page.get_by_role("link", name="Compare with similar places").first.click()
    page.wait_for_url(re.compile("peers=similar"))
    settle(page)
    page.locator("#compare-ranking-chart .ytick").nth(9).wait_for()  # ten peers, each a row
    page.goto(page.url.replace("/compare", "/peers"))
    settle(page)
    expect(page.locator("#peers-recipe")).to_be_visible()
    expect(page.locator("#peers-bright_spots")).to_contain_text(re.compile("bright", re.I))
    clock.lap("ten similar places, their recipe, bright spots")

    for path, part in (("/place?place=56000000000000", "place-trend"), ("/place?place=56000000000000", "place-student_groups")):
        page.goto(path)
        settle(page)
        page.locator(f"#{part} button[data-slide]").click()
    page.goto("/compare?peers=similar&place=56000000000000")
    settle(page)
    page.locator("#compare-ranking button[data-slide]").click()
    clock.lap("three clicks on Add to board deck")

    page.locator("[data-nav='/deck']").click()
    settle(page)
    page.locator("#deck-slides > li").nth(2).wait_for()
    from_click = time.perf_counter()
    with page.expect_download() as waited:
        page.locator("[data-deck-file=pptx]").click()
    body = waited.value.path().read_bytes()
    file = time.perf_counter() - from_click
    clock.lap("download PowerPoint")
    print(f"  from click to file: {file:.2f} s; the walk: {time.perf_counter() - clock.start:.1f} s")

    slides = list(Presentation(io.BytesIO(body)).slides)
    charts = [shape.chart for slide in slides for shape in slide.shapes if isinstance(shape, GraphicFrame) and shape.has_chart]
    assert len(charts) >= 3 and all(any("package" in r.reltype for r in c.part.rels.values()) for c in charts), "Edit data works"
    for slide in slides[:3]:
        title, notes = slide.shapes.title, slide.notes_slide.notes_text_frame
        assert title and len(title.text.split()) > 2 and notes and "Source" in notes.text
    assert paint < PAINTED and file < FILE and time.perf_counter() - clock.start < WHOLE
