"""The upload section of My schools: by mouse and by keyboard, published and withdrawn, and no student in any request or store."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import warehouse
from tests import planted, web
from tests.test_browser_pages import settle, violations

pytestmark = pytest.mark.browser
PAGE = "/my-schools"
SIZE = 5000


@pytest.fixture(scope="module")
def own(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A server that takes local data, over a home of its own: its address and the home."""
    home = tmp_path_factory.mktemp("own") / "home"
    shutil.copytree(demo_home, home, symlinks=True)
    before = os.environ.get("RTAC_LOCAL")
    os.environ["RTAC_LOCAL"] = "on"
    try:
        address, process = web.start(home, workers=1)
    finally:
        os.environ.pop("RTAC_LOCAL") if before is None else os.environ.update(RTAC_LOCAL=before)
    yield address, home
    web.stop(process)


@pytest.fixture(scope="module")
def schools(demo_home: Path) -> list[str]:
    """The codes of a district with several schools."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RTAC_HOME", str(demo_home))
        frame = warehouse.query("select entity from places where level = 'school' order by entity", {})
    every = [str(e) for e in frame["entity"]]
    leas = [e[:7] for e in every]
    return next([e for e in every if e.startswith(lea)] for lea in leas if 4 <= leas.count(lea) <= 8)


@pytest.fixture
def files(tmp_path: Path, schools: list[str]) -> tuple[Path, Path]:
    return planted.attendance(tmp_path / "14.2 list.csv", schools, SIZE), planted.visits(tmp_path / "visits.csv", schools, SIZE)


def watched(chromium, address: str, width: int = 1280):
    """A page in a browser of its own that records every request with its body, and what goes wrong."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=address, accept_downloads=True)
    page = context.new_page()
    page.asked, page.wrong = [], []
    context.on("request", lambda r: page.asked.append((r.method, r.url, r.post_data or "")))
    page.on("console", lambda m: page.wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: page.wrong.append(str(e)))
    page.on("filechooser", lambda chooser: None)  # Heard from the start: to begin listening takes a moment.
    page.goto(PAGE)
    settle(page)
    return page


@pytest.fixture
def tab(chromium, own):
    page = watched(chromium, own[0])
    yield page
    page.context.close()


def told(page, text: str) -> None:
    """Wait for what the section says about its work."""
    said = page.locator("#drop > [role=status]")
    for _ in range(600):
        if re.search(text, said.inner_text()):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{said.inner_text()!r} instead of {text!r}")


def map_visits(page) -> None:
    page.get_by_label("One row of this file is").select_option(label="One service, or one referral")
    for column, name in (("School (needed)", "Campus"), ("Student", "Pupil Nr"), ("Service date", "Day of visit")):
        page.get_by_label(column, exact=True).select_option(label=name)
    page.get_by_label("Service category (needed)", exact=True).select_option(label="What we did")
    page.get_by_role("button", name="Use these columns").click()


def sent_text(page) -> str:
    page.get_by_text("Show the text that would be sent").click()
    return page.locator(".drop-raw").inner_text()


def found_in(text: str, secrets: list[str]) -> list[str]:
    return [s for s in secrets if s in text]


def test_five_thousand_students_are_counted_and_none_of_them_leaves(tab, files, own, schools):
    secrets = planted.secrets(SIZE)
    assert not [url for _, url, _ in tab.asked if "/engine/" in url]
    tab.locator("#drop-files").set_input_files(files)
    told(tab, "Some questions")
    map_visits(tab)
    told(tab, "Done")
    assert "columns as you chose)" in tab.locator("#drop").inner_text()
    assert tab.evaluate("document.activeElement.textContent") == "What do these codes mean?"
    tab.get_by_label("Service category “Yoga”").select_option(label="Enrichment")
    tab.get_by_role("button", name="Use these meanings").click()
    told(tab, "Done")
    assert "Record 8: “9th?” is not known as a grade" in tab.locator("#drop").inner_text()
    with tab.expect_download() as coming:
        tab.get_by_role("button", name="Download the fix list").click()
    listed = Path(coming.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(listed) == 1 + 5 and "14.2 list.csv,8,Grade,9th?,person,grade_unknown" in listed[1]
    text = sent_text(tab)
    document = json.loads(text)
    assert [f["rows"] for f in document["files"]] == [SIZE, SIZE // 2] and document["demo"] is True
    before = len(tab.asked)
    tab.get_by_role("button", name="Publish these counts").click()
    tab.locator("#drop").get_by_text("Published for").wait_for()
    posted = [(url, body) for method, url, body in tab.asked[before:] if method == "POST" and "/local/" in url]
    assert posted == [(f"{own[0]}/local/publish", text)]
    everything = "\n".join(f"{url} {body}" for _, url, body in tab.asked)
    assert found_in(everything, secrets) == []
    assert all(url.startswith((own[0], "blob:")) for _, url, _ in tab.asked)
    kept = json.dumps(tab.evaluate("[Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]"))
    assert "Pupil Nr" in kept and "yoga" in kept and found_in(kept, secrets) == []
    stored = "\n".join(p.read_bytes().decode("latin-1") for p in (own[1] / "local").rglob("*") if p.is_file())
    assert "publications" in str(list((own[1] / "local").rglob("*"))) and found_in(stored, secrets) == []
    assert tab.wrong == []
    tab.get_by_role("button", name="Withdraw what is published").click()
    tab.locator("#drop").get_by_text("Withdrawn: nothing").wait_for()
    assert schools[0][:7] not in json.loads((own[1] / "local" / "CURRENT").read_text())["leas"]


def test_the_second_time_the_columns_are_known(tab, files):
    tab.locator("#drop-files").set_input_files(files[1])
    told(tab, "Some questions")
    map_visits(tab)
    told(tab, "Done")
    tab.reload()
    settle(tab)
    tab.locator("#drop-files").set_input_files(files[1])
    told(tab, "Done")
    assert "columns as you chose before" in tab.locator("#drop").inner_text()


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_hard_to_reach_or_too_wide(chromium, own, files, width):
    page = watched(chromium, own[0], width)
    assert violations(page) == []
    assert page.locator(".drop-zone").bounding_box()["width"] > 0.8 * width
    page.locator("#drop-files").set_input_files(files)
    told(page, "Some questions")
    assert violations(page) == []
    map_visits(page)
    told(page, "Done")
    page.evaluate("document.querySelectorAll('#drop details').forEach(d => { d.open = true; })")
    page.locator(".drop-raw").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    page.context.close()


def choose_by_keyboard(page, label: str, name: str) -> None:
    """Type the name of a column into the choice of a label, which must come next by Tab."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.labels?.[0]?.textContent") == label:
            page.keyboard.type(name)
            return
    raise AssertionError(f"{label} was not reached with Tab")


def test_columns_are_mapped_by_keyboard_with_a_look_at_what_they_hold(tab, files):
    """Three values of the chosen column stand beside the choice, and are read out with it; they stay on the screen."""
    tab.locator("#drop-files").set_input_files(files[1])
    told(tab, "Some questions")
    tab.locator("#drop-files").focus()
    choose_by_keyboard(tab, "One row of this file is", "One service")
    choose_by_keyboard(tab, "Student", "Pupil")
    look = tab.evaluate("document.activeElement.closest('.filter').querySelector('[aria-live]').textContent")
    assert look == f"In the file: {planted.number(0)} · {planted.number(2)} · {planted.number(4)}"
    before = len(tab.asked)
    for label, name in (("School (needed)", "Campus"), ("Service date", "Day"), ("Service category (needed)", "What")):
        tab.get_by_label(label, exact=True).focus()
        tab.keyboard.type(name)
    tab.get_by_role("button", name="Use these columns").focus()
    tab.keyboard.press("Enter")
    told(tab, "Done")
    assert str(planted.number(4)) not in json.dumps(tab.evaluate("Object.entries({...localStorage, ...sessionStorage})"))
    assert found_in("\n".join(f"{url} {body}" for _, url, body in tab.asked[before:]), planted.secrets(10)) == []
    assert tab.wrong == []


def press_until(page, key: str, reached: str, most: int = 120) -> None:
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate(f"Boolean(document.activeElement.matches({json.dumps(reached)}))"):
            return
    raise AssertionError(f"{reached} was not reached with {key}")


def focused(page) -> str:
    return page.evaluate("document.activeElement.textContent")


def test_by_keyboard_alone(tab, files, schools):
    press_until(tab, "Tab", "#drop-files")
    with tab.expect_file_chooser() as opening:
        tab.keyboard.press("Enter")
    opening.value.set_files(files[0])
    told(tab, "give the district|Done")
    press_until(tab, "Tab", "#drop form input")
    tab.keyboard.press("Control+A")
    tab.keyboard.type("not a code")
    tab.keyboard.press("Enter")
    tab.get_by_text("No district has this code").wait_for()
    tab.keyboard.press("Control+A")
    tab.keyboard.type(schools[0][:7])
    press_until(tab, "Tab", "#drop form div:last-child > .filter select")
    tab.keyboard.type("February")
    tab.keyboard.press("Tab")
    assert focused(tab) in ("Check and count", "Count again")
    tab.keyboard.press("Enter")
    web.until(lambda: schools[0] in tab.locator("#drop").inner_html(), "The district's schools were not counted.")
    told(tab, "Done")
    assert focused(tab) == "What do these codes mean?"
    press_until(tab, "Tab", "#drop summary")
    tab.keyboard.press("Enter")
    while focused(tab) != "Show the text that would be sent":
        press_until(tab, "Tab", "#drop summary")
    tab.keyboard.press("Enter")
    press_until(tab, "Tab", ".drop-raw")
    while focused(tab) != "Publish these counts":
        press_until(tab, "Tab", "#drop button")
    tab.keyboard.press("Enter")
    tab.locator("#drop").get_by_text("Published for").wait_for()
    assert focused(tab) == "See what is published now"
    tab.keyboard.press("Tab")
    tab.keyboard.press("Space")
    tab.locator("#drop").get_by_text("Withdrawn: nothing").wait_for()
    assert tab.wrong == []


def test_a_server_that_takes_no_local_data_still_checks(chromium, site, files):
    page = watched(chromium, site)
    page.locator("#drop-files").set_input_files(files[1])
    told(page, "Some questions")
    map_visits(page)
    told(page, "Done")
    assert page.get_by_role("button", name="Publish these counts").count() == 0
    assert "does not take local counts" in page.locator("#drop").inner_text()
    assert not [url for method, url, _ in page.asked if method == "POST" and "/_dash" not in url]
    page.context.close()


def test_a_browser_that_cannot_count_says_so(chromium, own, files):
    page = watched(chromium, own[0])
    page.context.route("**/duckdb-eh.wasm", lambda route: route.abort())
    page.locator("#drop-files").set_input_files(files[0])
    told(page, "could not start here.*python -m data local check")
    page.context.close()


def test_a_file_that_is_no_table_is_named(tab, tmp_path):
    book, other, empty = tmp_path / "book.xlsx", tmp_path / "page.csv", tmp_path / "nothing.csv"
    book.write_bytes(b"PK\x03\x04 and more")
    other.write_text("<!doctype html><p>Please log in")
    empty.write_text("")
    tab.locator("#drop-files").set_input_files([book, other, empty])
    told(tab, "no file to count")
    said = tab.locator("#drop").inner_text()
    assert (
        "book.xlsx: This is a workbook." in said
        and "page.csv: This is a web page" in said
        and "nothing.csv: The file is empty." in said
    )
