"""The demonstration's student files, read, checked, counted and published by the same code as a district's own.

Owns the order of the steps; what is drawn stands in the other `demo_local_*` modules. The files live in a temporary folder and
nowhere else. Their students are invented, and so are the numbers: every publication is marked demo.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from data import (
    demo_counts,
    demo_local_current,
    demo_local_files,
    demo_local_places,
    demo_local_services,
    demo_local_students,
    demo_places,
)
from data.demo_local_attendance import AERIES_CODES
from data.demo_local_current import MONTHS, YEAR
from data.demo_local_files import Made
from data.demo_local_places import District
from data.local import checkup, commands, files, keys, publications
from data.local.load import Parameters, Reading

TODAY = date(2026, 3, 5)
THROUGH = MONTHS[-1]
AT_ONCE = 2
"""Districts in work at once: most statements are too small for the engine's own threads."""
Say = Callable[[str, int, int], None]


class NotPublished(RuntimeError):
    """The demonstration's own files did not pass the check-up: a fault of this program. The text names the rules."""


def draw(seed: int) -> Made:
    """Everything that is drawn for a seed: about a second."""
    world = demo_places.make(seed)
    people = demo_counts.Population(world, seed)
    active = np.array([s.in_year(YEAR - 1) for s in world.schools])
    absent, suspended = demo_counts.absence(people, YEAR - 1, active), demo_counts.suspension(people, YEAR - 1, active)
    assert absent
    districts = demo_local_places.choose(world)
    before = demo_local_students.finished(world, people, districts, absent[0], suspended[0], active, seed)
    running = demo_local_current.running(world, districts, before, seed)
    return Made(world, districts, before, running, demo_local_services.log(districts, running, seed))


@contextmanager
def counted(seed: int) -> Iterator[list[Future[dict[str, Any]]]]:
    """Begin to write, read, check and count the files of every district: their travel documents to come, in order.

    Nothing of it needs the build, whose own work leaves a part of a machine idle: both are made at the same time. A fault of the
    files (NotPublished) is told by the document that it is about.
    """
    made = draw(seed)
    with tempfile.TemporaryDirectory(prefix="rtac-demo-local-") as folder:
        pool = ThreadPoolExecutor(AT_ONCE)

        def brought(district: District) -> dict[str, Any]:
            first, second = demo_local_files.write(made, district, Path(folder) / district.lea)
            paths = [p for p in first if not p.name.startswith("8.1")] + second
            return document(made, district, paths, keys.salt(district.lea).decode("ascii"))

        try:
            yield [pool.submit(brought, district) for district in made.districts]
        finally:
            pool.shutdown(cancel_futures=True)


def publish(documents: Sequence[Future[dict[str, Any]]], say: Say = lambda step, done, total: None) -> int:
    """Publish the documents as they come, beside a build that is published. Returns how many districts. Raises NotPublished."""
    for done, coming in enumerate(documents):
        say("invented student files", done, len(documents))
        travel = coming.result()
        _forget(travel["lea"])
        publications.publish(travel, demo=True)
    return len(documents)


def _forget(lea: str) -> None:
    """Take back what an earlier demonstration published: another draw of the same places would contradict it."""
    before = publications.history(lea)
    if before and all(m["demo"] for m in before):
        publications.withdraw(lea)


def document(made: Made, district: District, paths: list[Path], salt: str) -> dict[str, Any]:
    """The travel document of a district's files."""
    reading, parameters = read(made, district, paths, salt)
    found = checkup.run(reading, parameters)
    if checkup.stops(found):
        stopped = ", ".join(sorted({f.rule["id"] for f in found if f.severity == "stop"}))
        raise NotPublished(f"The invented files of {district.lea} are refused: {stopped}.")
    travel, _ = commands.counted(reading, parameters, found)
    reading.close()
    return {**travel, "demo": True}


def read(made: Made, district: District, paths: list[Path], salt: str, year: int = YEAR, through: int = THROUGH
         ) -> tuple[Reading, Parameters]:
    """A district's files in the typed tables, as `python -m data local` reads them. Raises NotPublished."""
    reading = Reading(dict(_mapped()), threads=1)
    refused = [taken for taken in map(reading.add, paths) if taken.unread]
    if refused:
        raise NotPublished(f"The invented file {refused[0].path.name} is refused: {refused[0].unread}.")
    parameters = Parameters(district.lea, year, through, TODAY, salt)
    reading.settle(parameters, [made.world.schools[p].cds for p in district.places])
    return reading, parameters


def _mapped() -> Iterator[tuple[str, dict[str, Any]]]:
    """The daily list has the district's own codes; a person has said what they mean."""
    mark = files.fingerprint(("School", "Student#", "Day", "Ent/Lv", "Grade", "All day", "Date"))
    yield mark, {"fingerprint": mark, "part": "", "columns": {}, "codes": {"attendance_code": AERIES_CODES}, "saved": str(TODAY)}
