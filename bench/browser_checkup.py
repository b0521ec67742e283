"""The check-up of 200,000 students in headless Chromium, beside the same files natively: python -m bench.browser_checkup [rows].

A CALPADS STAS extract is given to My schools; the clock runs from that moment until each step is said: the rows read, the rules
checked, everything counted. The first turn of a browser starts cold, the second finds the engine's files kept. Natively the same
plan runs on one thread, as it does in a browser. The home is $RTAC_HOME (bench.common.use_home).
"""

import re
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.calls import FLAGS
from bench.checkup import _stas
from bench.common import gunicorn, table, use_home
from data.local import checkup, commands, defaults
from data.local.load import Reading

ROWS = 200_000
TURNS = 3
PAGE = "/my-schools"
LEA = "1234567"
STEPS = (("rows read", r"Checking|Adding|Counting|Done"), ("rules checked", r"Counting|Done"), ("all counted", r"Done"))
WATCH = """() => {
    const said = document.querySelector('#drop > [role=status]');
    window.__told = [];
    new MutationObserver(() => window.__told.push([performance.now(), said.textContent])).observe(said, {childList: true});
    document.querySelector('#drop-files').addEventListener('change', () => { window.__from = performance.now(); }, true);
}"""


def turn(page: Page, url: str, path: Path) -> list[float]:
    """Seconds from the choice of the file to each of STEPS."""
    page.goto(url)
    page.locator("#drop-files").wait_for()
    page.evaluate(WATCH)
    page.locator("#drop-files").set_input_files(path)
    while not page.evaluate("window.__told.some(([, text]) => /Done|could not/.test(text))"):
        page.wait_for_timeout(50)
    told = page.evaluate("window.__told.map(([at, text]) => [(at - window.__from) / 1000, text])")
    return [next((at for at, text in told if re.match(said, text)), float("nan")) for _, said in STEPS]


def natively(path: Path) -> list[float]:
    """The same steps on one thread, from opening the file on."""
    started, out = time.perf_counter(), []
    reading = Reading(threads=1)
    reading.add(path)
    about = defaults.parameters(reading.span(date.today()), date.today(), LEA)
    reading.settle(about)
    out.append(time.perf_counter() - started)
    found = checkup.run(reading, about)
    out.append(time.perf_counter() - started)
    commands.counted(reading, about, found)
    out.append(time.perf_counter() - started)
    reading.close()
    return out


def main(rows: int) -> int:
    use_home()
    chrome = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
    with tempfile.TemporaryDirectory(prefix="rtac-bench-") as folder:
        path = _stas(Path(folder) / "stas.txt", rows)
        native = [natively(path) for _ in range(TURNS)]
        with gunicorn("app:server", "-c", "gunicorn.conf.py", wait_for="/health") as url, sync_playwright() as running:
            browser = running.chromium.launch(executable_path=chrome, args=FLAGS)
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            seen = [turn(page, url + PAGE, path) for _ in range(TURNS)]
            browser.close()
    lines = [("native, one thread", *min(native)), ("Chromium, first", *seen[0]), ("Chromium, again", *min(seen[1:]))]
    table(f"{rows:,} records, seconds since the file was given (rules checked: to reach 6)", ("", *(n for n, _ in STEPS)), lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS))
