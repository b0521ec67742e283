"""Files as received -> typed extracts (Parquet) and what there is to say about each file. The builder's way in.

`read` never raises for bad input: whatever is wrong is a finding of level FAIL with the file, the line and the way out. Files
come in any order, mix, name and number; the family is known by the header. Nothing outside the scratch folder is written.
"""

import csv
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from data import apart, crosscheck, readers, unpack
from data.job import Outcome, Source
from data.problems import Finding, Refused, failure, named

Say = Callable[[str, int, int], None]


@dataclass
class Reading:
    """What came of some files. `extracts`: family -> Parquet files; `steps`: seconds, summed over files read side by side."""

    sources: list[Source] = field(default_factory=list)
    extracts: dict[str, list[Path]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    steps: dict[str, float] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        return any(f.level == "FAIL" for f in self.findings)


def quiet(step: str, done: int, total: int) -> None:
    """Says nothing."""


def read(paths: Sequence[Path], work: Path, say: Say = quiet, confined: bool = False) -> Reading:
    """Read and screen files and folders. `work` is a folder of the caller's that may be filled and is never cleaned here.

    `confined`: nothing of a file is parsed in this process, but in children with limits (data/apart.py), as the builder does.
    """
    with ThreadPoolExecutor(min(os.cpu_count() or 1, 4)) as pool, apart.Children() if confined else nullcontext() as children:
        return _read(paths, work, say, pool, children)


def _read(paths: Sequence[Path], work: Path, say: Say, pool: ThreadPoolExecutor, children: apart.Children | None) -> Reading:
    reading = Reading()
    work.mkdir(parents=True, exist_ok=True)
    clock = time.perf_counter()
    files, said = unpack.unpack(paths, work, children and children.open)
    reading.steps["unpack"] = time.perf_counter() - clock
    reading.findings += said
    if not files and not said:
        reading.findings.append(failure("nothing_given", "No file was given. Name at least one file or folder."))
    folders = [work / f"{number:04d}" for number in range(len(files))]
    outcomes = pool.map(children.read if children else read_one, files, folders)
    for number, outcome in enumerate(outcomes, start=1):
        _add(reading, outcome)
        say("reading files", number, len(files))
    clock = time.perf_counter()
    _together(reading, work)
    reading.steps["check together"] = time.perf_counter() - clock
    return reading


def read_one(received: unpack.Received, work: Path) -> Outcome:
    """Read one file. Whatever happens, the answer is an outcome."""
    outcome = Outcome()
    try:
        work.mkdir(exist_ok=True)
        readers.read(received, work, outcome)
    except Refused as refused:
        outcome.findings += refused.findings
    except (MemoryError, duckdb.OutOfMemoryException):
        outcome.findings.append(apart.TOO_MUCH_MEMORY)
    except (duckdb.Error, OSError, csv.Error, UnicodeError) as error:
        outcome.findings.append(failure("unreadable", f"The file could not be read ({type(error).__name__}). Download it again; "
                                        "if that does not help, report this sentence with the file's name."))
    outcome.findings = named(outcome.findings, received.name)
    if any(f.code == "pupil_level" for f in outcome.findings):
        outcome.source = None
    return outcome


def _add(reading: Reading, outcome: Outcome) -> None:
    reading.findings += outcome.findings
    for step, seconds in outcome.steps.items():
        reading.steps[step] = reading.steps.get(step, 0.0) + seconds
    if outcome.source:
        reading.sources.append(outcome.source)


def _together(reading: Reading, work: Path) -> None:
    """What only several files show: a file given twice, two releases of a year, odd sizes, schools that the directory lacks."""
    kept, said = crosscheck.settle([s for s in reading.sources if s.extract])
    reading.findings += said + crosscheck.sizes(kept)
    refused = {f.file for f in reading.findings if f.level == "FAIL"}
    reading.sources = [s for s in reading.sources if s in kept or s.name in refused or not s.extract]
    for source in kept:
        if source.extract and source.name not in refused:
            reading.extracts.setdefault(source.family, []).append(source.extract)
    if not reading.failed:
        reading.findings += crosscheck.merge(reading.extracts, work) + crosscheck.directory(reading.extracts)
        reading.findings += crosscheck.enrollment(reading.extracts)
