"""Unmistakable numbers in rows whose counts are withheld: found in no unzipped part of any file of any format."""

import re
import shutil
from pathlib import Path

import pytest
import small

from components.page import pages
from data import builds, warehouse
from exports import EXPORTS
from tests import unpacked
from tests import web as calls

BUILD = re.compile(r"20\d{6}-\d{6}-[0-9a-f]{6}")
LEAST = 20_000
"""All planted counts are larger: what is hidden can be mistaken for nothing else."""
SCHOOLS = tuple(
    ("13", "Imperial", f"9000{i // 8}", f"Valley {i // 8} Unified", f"90001{i:02d}", f"School {i}", 60_013 + 1_777 * i)
    for i in range(40)
)


def giants(n: int, share: float) -> dict[str, tuple[int, int]]:
    """Groups of a giant of a school that add up, with one of seven students: CDE hides it, and we what would give it away."""
    female = int(n * 0.483)
    sizes = {"GF": female, "GM": n - female - 7, "GX": 7}
    out = {g: (int(size * (0.5 + share + 0.01 * i)), size) for i, (g, size) in enumerate(sizes.items())}
    return {"TA": (sum(k for k, _ in out.values()), n), **out}


def planted(folder: Path) -> set[int]:
    """The files of the giants, and every large count that stands in them; the columns before are codes and names."""
    small.write(folder)
    lines = (line for path in folder.glob("*.txt") for line in path.read_bytes().decode("cp1252").splitlines())
    cells = (cell for line in lines for cell in line.split("\t")[9:])
    return {int(cell) for cell in cells if cell.isdigit() and LEAST < int(cell) < 10_000_000}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A home whose build hides some of the giants, and the numbers that stand in its files but in none of its shown rows."""
    base = tmp_path_factory.mktemp("giants")
    patch = pytest.MonkeyPatch()
    patch.setenv("RTAC_HOME", str(base / "home"))
    patch.setattr(small, "SCHOOLS", SCHOOLS)
    patch.setattr(small, "groups", giants)
    written = planted(base / "raw")
    builds.build([base / "raw"])
    calls.forget()
    frame = warehouse.query("select numerator, denominator from facts_by_group", {})
    shown = {int(v) for column in ("numerator", "denominator") for v in frame[column].dropna()}
    yield written - shown
    patch.undo()
    calls.forget()
    shutil.rmtree(base, ignore_errors=True)


def test_some_numbers_are_hidden_by_us(world):
    assert len(world) >= 100, "too few counts are hidden by us: little would be tested"


@pytest.mark.parametrize("form", EXPORTS)
def test_no_part_of_a_file_holds_one(world, form):
    from app import server

    client, read, shown = server.test_client(), 0, 0
    for page, made in pages.items():
        for place in ("13900010000000", "13900019000102", "13900009000105", "13000000000000", ""):
            for exhibit in made.exhibits:
                query = f"exhibit={exhibit.key}" + (f"&place={place}" if place else "")
                answer = client.get(f"/export/{page}.{form}?{query}")
                if answer.status_code != 200:
                    continue
                read += 1
                for part, text in unpacked.texts(answer.get_data()):
                    # A build's name holds the time of day, which may be any number of six digits.
                    found = unpacked.numbers(BUILD.sub("", text)) & world
                    assert not found, (page, exhibit.key, form, part, found)
                    shown += any(n > LEAST for n in unpacked.numbers(text))
    assert read > 40 and (shown > 10 or form in ("png", "svg")), "no giant is shown at all: the test looks at the wrong files"
