"""A cold first view in headless Chromium: bytes, requests, requests off the host, time to the first chart.

    python -m bench.first_page [rounds]
Beside it, in the same run and taking turns, an empty Dash page with one chart. The home is $RTAC_HOME (bench.common.use_home).
"""

import shutil
import sys
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from bench.calls import FLAGS
from bench.common import at, gunicorn, table, use_home

PAGES = ("/", "/compare", "/peers", "/place?place=19000000000000")
CHART = ".js-plotly-plot .cartesianlayer .trace, .js-plotly-plot .scatterlayer .trace"
WATCH = f"""
(() => {{ const look = () => {{
  const painted = performance.getEntriesByName('first-contentful-paint')[0];
  if (painted) window.__painted = painted.startTime;
  if (document.querySelector('{CHART}')) window.__chart = performance.now();
  else requestAnimationFrame(look);
}}; look(); }})();
"""


@dataclass
class Seen:
    """What one view cost. Times in milliseconds since navigation, bytes as they came over the wire."""

    bytes: float = 0
    requests: int = 0
    off_host: set[str] = field(default_factory=set)
    painted: float = float("nan")
    chart: float = float("nan")
    errors: list[str] = field(default_factory=list)


def look(browser: Browser, url: str) -> Seen:
    """One view with an empty cache."""
    seen, host = Seen(), urlsplit(url).netloc
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.on("console", lambda message: seen.errors.append(message.text) if message.type == "error" else None)
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")

    def sent(event: dict) -> None:
        target = urlsplit(event["request"]["url"])
        if target.scheme in ("http", "https"):
            seen.requests += 1
            if target.netloc != host:
                seen.off_host.add(target.netloc)

    def arrived(event: dict) -> None:
        seen.bytes += event["encodedDataLength"]

    wire.on("Network.requestWillBeSent", sent)
    wire.on("Network.loadingFinished", arrived)
    page.goto(url)
    for _ in range(200):
        seen.chart = page.evaluate("window.__chart") or float("nan")
        if seen.chart == seen.chart:
            break
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")
    seen.painted = page.evaluate("window.__painted") or float("nan")
    context.close()
    return seen


def main(rounds: int) -> None:
    print(f"home {use_home()}, {rounds} cold views each")
    with (
        gunicorn("app:server", "-c", "gunicorn.conf.py", wait_for="/ready") as ours,
        gunicorn("bench.empty:server", "-w", "2", "--threads", "4") as empty,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        urls = {"empty Dash page, one chart": empty + "/", **{path: ours + path for path in PAGES}}
        views = {name: [] for name in urls}
        for _ in range(rounds):
            for name, url in urls.items():
                views[name].append(look(browser, url))
        browser.close()
    base = at([v.chart for v in views["empty Dash page, one chart"]], 0.5)
    table("First view, cold cache (p50)", ("page", "KB", "requests", "off host", "painted ms", "first chart ms", "x empty"), [
        (name, at([v.bytes for v in seen], 0.5) / 1000, seen[0].requests, len(set().union(*(v.off_host for v in seen))),
         at([v.painted for v in seen], 0.5), at([v.chart for v in seen], 0.5), f"{at([v.chart for v in seen], 0.5) / base:.2f}")
        for name, seen in views.items()
    ])
    for name, seen in views.items():
        for text in sorted({e for v in seen for e in v.errors}):
            print(f"console error on {name}: {text[:200]}")
    print("target: 900 KB or less, 0 off the host")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
