"""One file on its way through the readers: what was received, what came of it so far, and where its extract goes."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from data import sniff, sources, unpack
from data.problems import Finding, Refused


@dataclass(frozen=True)
class Source:
    """A file that was read. `rows` are its lines without the header.

    `sha256` is of the bytes as received, `content_sha256` of what they say. `path` is the file as received (a member of an
    archive: its unpacked bytes). `personal`: it holds names of people beside what was read, so its bytes must not be kept.
    """

    name: str
    family: str
    year: int | None
    release: int
    sha256: str
    content_sha256: str
    bytes: int
    rows: int
    encoding: str
    layout: str
    landing: str
    path: Path
    extract: Path | None = None
    counties: int = 0
    personal: bool = False


@dataclass
class Outcome:
    """What came of one file. A refused file has a source as soon as its bytes were hashed, and no extract."""

    source: Source | None = None
    findings: list[Finding] = field(default_factory=list)
    steps: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.steps[name] = self.steps.get(name, 0.0) + time.perf_counter() - start

    def add(self, findings: Sequence[Finding]) -> None:
        """Keep findings; raise Refused when one of them refuses the file."""
        if any(f.level == "FAIL" for f in findings):
            raise Refused(*findings)
        self.findings += findings


@dataclass(frozen=True)
class Job:
    """One file on its way: what it is, its text, where its extract goes."""

    received: unpack.Received
    match: sources.Match
    text: sniff.Text
    delimiter: str
    work: Path
    outcome: Outcome

    @property
    def family(self) -> sources.Family:
        return self.match.family

    @property
    def extract(self) -> Path:
        return self.work / "extract.parquet"

    def source(self, **more) -> Source:
        personal = self.family.kind == "directory" and any(sources.normal(h).startswith("adm") for h in self.match.dropped)
        plain = Source(
            name=self.received.name,
            family=self.family.name,
            year=None,
            release=1,
            sha256=self.text.sha256,
            content_sha256="",
            bytes=self.text.bytes,
            rows=self.text.lines - 1,
            encoding=self.text.encoding,
            layout=self.match.layout,
            landing=self.family.landing,
            path=self.received.path,
            personal=personal,
        )
        return replace(plain, **more)
