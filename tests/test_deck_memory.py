"""Many decks in a row: the memory of the process that makes them stays flat."""

import resource
from pathlib import Path

import pytest

SLIDES = [
    "/place?place=56000000000000#place-key_numbers",
    "/place?place=56000000000000#place-trend",
    "/compare?level=county#compare-ranking",
    "/#home-county_map",
    "/grid#grid-grid",
    "/equity?place=56000000000000#equity-gaps",
]
GROWS_MB = 40
"""What one more kept answer or font may cost; a leak of a deck's 300 KB would be 60 MB after two hundred."""


def held_mb() -> float:
    """Resident memory of this process in MB."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return next(int(line.split()[1]) / 1000 for line in status.read_text().splitlines() if line.startswith("VmRSS"))


def grown(web, decks: int, settled: int) -> float:
    """MB between the deck after which everything is opened and kept, and the last one."""
    first = 0.0
    for n in range(decks):
        form = ("pptx", "pdf", "pptx", "xlsx")[n % 4]
        assert web.post(f"/export/deck.{form}", data={"slide": SLIDES}).status_code == 200
        if n == settled:
            first = held_mb()
    return held_mb() - first


def test_a_few_decks(web):
    assert grown(web, 32, 12) < GROWS_MB


@pytest.mark.audit
def test_five_hundred_decks(web):
    more = grown(web, 500, 60)
    print(f"\n500 decks: {more:+.1f} MB from the 60th to the last")
    assert more < GROWS_MB
