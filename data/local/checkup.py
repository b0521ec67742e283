"""The check-up of a reading: which rules fired, how often, and sentences about them.

Values of rows stand in what this module returns, for the person who holds the file: on their own terminal and in the fix list
that they ask for. They never go to an error stream, a log, or a file that nobody asked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from data.local.files import Unread
from data.local.load import Parameters, Reading, Taken
from data.local.plan import plan
from data.local.rules import EXAMPLES
from data.problems import printable

SEVERITIES = ("stop", "person", "repaired", "note")
Example = tuple[int, int | None, str | None]
"""(file number, 0 for none; record, None for a whole file; the value as given)."""


@dataclass(frozen=True)
class Fired:
    """A rule that fired: the rule's row, how many records, the first of them. `part` is '' for rules about files."""

    rule: dict
    part: str
    count: int
    examples: tuple[Example, ...]

    @property
    def severity(self) -> str:
        return self.rule["severity"]


def run(reading: Reading, parameters: Parameters) -> list[Fired]:
    """Every rule over what was read, worst first. Each part is scanned once, whatever the number of rules."""
    known = {rule["id"]: rule for rule in plan()["rules"]}
    found = list(about_files(reading.taken))
    for step in (s for s in plan()["counts"] if s["part"] in reading.parts()):
        names = [n for n, r in known.items() if r["scope"] == "row" and step["part"] in r["examples"]]
        told = dict(zip(names, reading.rows(step["sql"], parameters)[0], strict=True))
        for name, count in told.items():
            if count:
                text = known[name]["examples"][step["part"]]
                examples = reading.rows(f"{text} limit {EXAMPLES}", parameters)
                found.append(Fired(known[name], step["part"], count, tuple(examples)))
    for rule in (r for r in known.values() if r["scope"] == "whole"):
        rows = reading.rows(rule["sql"], parameters)
        if rows:
            found.append(Fired(rule, rule["part"], len(rows), tuple(rows[:EXAMPLES])))
    return sorted(found, key=lambda f: SEVERITIES.index(f.severity))


def about_files(taken: Iterable[Taken]) -> Iterator[Fired]:
    """What the reader itself found: files that could not be taken, and what it repaired in them."""
    known = {rule["id"]: rule for rule in plan()["rules"]}
    for file in taken:
        if file.unread:
            why: Unread = file.unread
            yield Fired(known[why.rule], "", why.count, ((file.number, why.record, why.value),))
        for rule, value, count in file.notes:
            yield Fired(known[rule], "", count, ((file.number, None, value),))


def every(fired: Fired, reading: Reading, parameters: Parameters) -> Sequence[Example]:
    """All records of a rule that fired, for the fix list."""
    if fired.rule["scope"] == "file":
        return fired.examples
    text = fired.rule["examples"][fired.part] if fired.rule["scope"] == "row" else fired.rule["sql"]
    return [(f, r, v) for f, r, v in reading.rows(text, parameters)]


def sentence(fired: Fired, example: Example, column: str, hidden: bool = False) -> str:
    """What is said about one record. `hidden` leaves its value out, for anything that is not the person's own screen or list.

    What is said of a whole file is a count or a name of ours, no record's value, and stays.
    """
    _, record, value = example
    of_a_record = record is not None and fired.rule["scope"] != "file"
    shown = printable(str(value), 80) if value not in (None, "") else "(blank)"
    text = fired.rule["sentence"].replace("{count}", f"{fired.count:,}").replace("{column}", column)
    text = text.replace("{record}", "?" if record is None else f"{record:,}")
    return text.replace("{value}", "…" if hidden and of_a_record else shown)


def header(fired: Fired, file: Taken | None) -> str:
    """The column of the file that a rule is about, under the file's own name for it, else under ours."""
    name = fired.rule["column"]
    if not file or not file.known or name not in file.known.columns:
        return name
    field = file.known.columns[name]
    return file.known.header[field] if field < len(file.known.header) else f"field {field + 1}"


def stops(found: Iterable[Fired]) -> bool:
    return any(f.severity == "stop" for f in found)
