"""Built exhibits for the tests of files: pages under several views, as slides."""

from components.exhibit import Exhibit, Shown, Unanswerable
from components.page import pages
from components.reading import read
from exports import About, Slide

PLACE = "19000000000000"
VIEWS = (
    {},
    {"place": PLACE},
    {"place": "00000000000000", "indicator": "suspension_rate"},
    {"level": "school", "peers": "county", "county": "19"},
    {"level": "district", "peers": "region", "region": "R-SCO", "place": PLACE},
    {"level": "school", "peers": "all"},
)


def exhibits(page: str, **query: str) -> dict[str, Shown]:
    """Every exhibit of a page that has an answer; {} where the page cannot be read so."""
    made = pages[page]
    try:
        read_ = made.settle(read({**made.defaults, **query}))
    except Unanswerable:
        return {}
    found = {}
    for exhibit in made.exhibits:
        shown = _built(exhibit, read_)
        if shown:
            found[exhibit.key] = shown
    return found


def _built(exhibit: Exhibit, read_) -> Shown | None:
    try:
        return exhibit.build(read_.view, read_.ask)
    except Unanswerable:
        return None


def slides(page: str, **query: str) -> list[Slide]:
    """The exhibits of a page as slides with links."""
    return [
        Slide(shown, f"/{page}?place={PLACE}&build=20261122-000000-abcdef#{page}-{key}")
        for key, shown in exhibits(page, **query).items()
    ]


def about(**more) -> About:
    """What stands about a file of invented numbers."""
    given = {"title": "Los Angeles County", "site": "https://rtac.example.org", **more}
    return About("place", (), "20261122-000000-abcdef", "2026-11-22T00:00:00+00:00", True, **given)
