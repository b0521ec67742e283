"""The callbacks of each page as a browser sends them, and the same with other choices.

`learn` opens every page in Chromium and keeps what it posts, so that nothing here knows how pages are wired; `Choices` draws
views at random (seeded) and `vary` writes one into a body.
"""

import copy
import json
import random
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from playwright.sync_api import Page, Request, sync_playwright

PAGES = ("/", "/compare", "/peers", "/place?place=19000000000000", "/cohorts", "/methods", "/data")
POST = "/_dash-update-component"
HEADERS = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate, br, zstd", "Sec-Fetch-Site": "same-origin"}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@dataclass(frozen=True)
class Call:
    """One callback of one page: the body that the browser posted for it."""

    page: str
    name: str
    body: dict


@dataclass(frozen=True)
class Choices:
    """What readers may choose: years and groups by indicator, places by level."""

    years: dict[str, list[int]]
    groups: dict[str, list[str]]
    places: dict[str, list[str]]
    counties: list[str]
    regions: list[str]

    def draw(self, page: str, dice: random.Random) -> dict[str, object]:
        """A choice that fits the page, as the page's store or a URL would hold it."""
        indicator = dice.choice(sorted(self.years))
        said: dict[str, object] = {"indicator": indicator, "student_group": dice.choice(self.groups[indicator])}
        said["year"] = str(dice.choice(self.years[indicator]))
        if page.startswith("/place"):
            return said | {"place": [dice.choice(self.places[dice.choice(sorted(self.places))])]}
        if page.startswith(("/compare", "/peers")):
            return said | dice.choice([
                {"level": "county"}, {"level": "district"}, {"level": "school"},
                {"level": "school", "county": dice.choice(self.counties)},
                {"level": "district", "region": dice.choice(self.regions)},
                {"peers": "similar", "place": [dice.choice(self.places[dice.choice(["district", "school"])])]},
            ])
        if page.startswith("/cohorts"):
            from data import registry

            shares = [name for name in sorted(self.years) if registry.indicators[name].of_schools]
            said = {"indicator": dice.choice(shares)}
            return said | dice.choice([{}, {"peers": "region", "region": dice.choice(self.regions)}])
        return said


def known() -> Choices:
    """The choices of the build that this process reads."""
    import queries
    from data import registry

    told = queries.manifest()
    groups = {name: sorted(registry.lines(i.vocabulary, i.dimensions)) for name, i in registry.indicators.items()}
    return Choices(
        years={k: v for k, v in told["years"].items() if k in groups and v}, groups=groups,
        places={
            "county": [c.entity for c in registry.counties], "region": [r.code for r in registry.regions],
            "district": _entities(told, "district"), "school": _entities(told, "school"),
        },
        counties=[c.code for c in registry.counties], regions=[r.code for r in registry.regions],
    )


def _entities(told: dict, level: str) -> list[str]:
    """The places of a level in the year before the newest, which the real files hold statewide."""
    import queries

    indicator, years = next((k, v) for k, v in told["years"].items() if len(v) > 1)
    found = queries.run("ranking", indicator=indicator, student_group="TA", year=sorted(years)[-2], level=level,
                        region=None, county=None, cohort=None, entities=None)
    return found.entity.tolist()


def learn(address: str, pages: Iterable[str] = PAGES) -> list[Call]:
    """What the browser posts when it opens each page, one call a callback."""
    calls: dict[tuple[str, str], Call] = {}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for path in pages:
            page = browser.new_page()

            def keep(request: Request, path: str = path) -> None:
                if request.method == "POST" and POST in request.url and request.post_data:
                    body = json.loads(request.post_data)
                    calls.setdefault((path, body["output"]), Call(path, _name(body["output"]), body))

            page.on("request", keep)
            page.goto(address + path)
            _until_quiet(page, lambda: len(calls))
            page.close()
        browser.close()
    return list(calls.values())


def _until_quiet(page: Page, count: Callable[[], int]) -> None:
    """Wait until a page has posted something and then nothing new for two seconds."""
    before, seen, quiet = count(), count(), 0
    for _ in range(100):
        page.wait_for_timeout(250)
        quiet = quiet + 1 if count() == seen else 0
        seen = count()
        if seen > before and quiet >= 8:
            return


def _name(output: str) -> str:
    """A callback's output as a word fit for a table."""
    return output.strip(".").split("...")[0].rsplit(".", 1)[0][:60]


def vary(call: Call, choice: dict[str, object]) -> dict:
    """The call's body with another choice in its store or address."""
    body = copy.deepcopy(call.body)
    for part in [*body.get("inputs", ()), *body.get("state", ())]:
        if part["property"] == "search":
            part["value"] = "?" + urlencode(choice, doseq=True)
        elif part["property"] == "data" and isinstance(part.get("value"), dict):
            part["value"] = choice
    return body


def save(calls: Sequence[Call], choices: Choices) -> str:
    return json.dumps({"calls": [asdict(c) for c in calls], "choices": asdict(choices)})


def load(text: str) -> tuple[list[Call], Choices]:
    said = json.loads(text)
    return [Call(**c) for c in said["calls"]], Choices(**said["choices"])
