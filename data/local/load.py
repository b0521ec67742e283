"""One reading: files taken into one DuckDB in memory, the parameters settled, the typed tables made. Nothing touches a disk.

DuckDB gets no folder for temporary files: what does not fit into memory is refused, not spilled (a million student records take
about 1 GB; 80 percent of the machine's memory is the limit). No database, log or exception keeps a value of a row: DuckDB's own
error texts quote values, so none of them leaves this module.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data import sql
from data.local import files
from data.local.files import Known, Unread
from data.local.plan import plan

SETTINGS = {
    "temp_directory": "", "autoinstall_known_extensions": False, "autoload_known_extensions": False,
    "python_enable_replacements": False, "allow_community_extensions": False,
}  # fmt: skip
EVERY_PATTERN = {"lea": r"[0-9]{7}", "salt": r"[0-9a-f]{16,128}", "today": r"[0-9]{4}-[0-9]{2}-[0-9]{2}"}


class NotCounted(RuntimeError):
    """The rows cannot be read or counted. The text is a sentence without any value of a row."""


@dataclass(frozen=True)
class Parameters:
    """What the statements are about: `year` the ending year, `through` the last closed month (yyyymm), `today` a date."""

    lea: str
    year: int
    through: int
    today: date
    salt: str

    def bind(self, text: str) -> str:
        """A statement with its parameters written into it, as the browser writes them."""
        for name, pattern in EVERY_PATTERN.items():
            if not re.fullmatch(pattern, str(getattr(self, name))):
                raise ValueError(f"{name} is not a {pattern}")
        said = {"year": str(int(self.year)), "through": str(int(self.through)), "today": f"date '{self.today}'",
                "lea": f"'{self.lea}'", "salt": f"'{self.salt}'"}  # fmt: skip
        return re.sub(r"\$(year|through|today|lea|salt)\b", lambda found: said[found[1]], text)


@dataclass
class Taken:
    """A file of the reading: its number from 1, what was recognized, its records. `unread` says why it was not taken."""

    number: int
    path: Path
    sha256: str = ""
    known: Known | None = None
    rows: int = 0
    unread: Unread | None = None
    notes: list[tuple[str, str, int]] = field(default_factory=list)
    """(rule, value, count) of what was repaired or noted about the file itself."""


class Reading:
    """Files in one connection. `saved` holds the district's mappings by fingerprint (data/local/mapping.py)."""

    def __init__(self, saved: Mapping[str, Any] | None = None, threads: int | None = None):
        self.con = duckdb.connect(":memory:", config=SETTINGS | ({"threads": threads} if threads else {}))
        self.saved, self.taken = saved or {}, []
        self.codes = {(r["map"], r["value"]): r["code"] for r in plan()["code_maps"]}
        for name, rows in plan()["tables"].items():
            self.table(name, list(rows[0]), [list(r.values()) for r in rows])
        self._run(plan()["setup"])

    def table(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A table of text. The names come from the plan, never from a file."""
        fields = ", ".join(f'"{c}" varchar' for c in columns)
        with _quiet(f"the table {name}"):
            self.con.execute(f"create table {name} ({fields})").fetchall()
            if rows:
                frame = pd.DataFrame(list(map(list, rows)), columns=list(columns), dtype=object)
                self.con.register("given", frame)
                self.con.execute(f"insert into {name} select * from given").fetchall()
                self.con.unregister("given")

    def add(self, path: Path) -> Taken:
        """Take one file in. What is wrong with it stands in the answer's `unread`; only a file that cannot be opened raises."""
        taken = Taken(len(self.taken) + 1, path)
        self.taken.append(taken)
        try:
            received = files.receive(path)
            taken.sha256 = received.sha256
            if any(t.sha256 == received.sha256 and t is not taken for t in self.taken):
                taken.notes.append(("file_twice", "", 1))
                return taken
            taken.known = files.recognize(received, plan(), self.saved)
            taken.rows = self._insert(taken.known, taken.number)
        except Unread as unread:
            taken.unread = unread
            return taken
        for name, value, code in taken.known.codes:
            self.codes[name, value] = code
        if taken.known.received.encoding != "utf-8":
            taken.notes.append(("encoding_other", taken.known.received.encoding, 1))
        if taken.known.merged:
            taken.notes.append(("names_merged", "", taken.known.merged))
        if taken.known.rows:
            taken.known.rows.clear()
        return taken

    def _insert(self, known: Known, number: int) -> int:
        part, columns = known.layout["part"], list(known.columns)
        dated = as_of(known)
        target = f"insert into raw_{part} (file, record, {', '.join(columns + ['as_of'] * bool(dated))})"
        chosen = ", ".join([f"f{i}" for i in known.columns.values()] if known.rows is None else columns)
        chosen += f", '{dated}'" if dated else ""
        with _quiet(known.received.path.name):
            if known.rows is not None:
                picked = [[row[i] or None for i in known.columns.values()] for row in known.rows]
                self.con.register("given", pd.DataFrame(picked, columns=columns, dtype=object))
                self.con.execute(f"{target} select {number}, row_number() over (), {chosen} from given").fetchall()
                self.con.unregister("given")
            else:
                self.con.execute(f"{target} select {number}, row_number() over (), {chosen} from {_csv(known)}").fetchall()
                self._refuse_rejects(part, number)
            rows = sql.one(self.con, f"select count(*) from raw_{part} where file = {number}")
        if not rows:
            raise Unread("no_rows")
        return rows

    def _refuse_rejects(self, part: str, number: int) -> None:
        count, line = sql.run(self.con, "select count(distinct line), min(line) from reject_errors")[0]
        sql.run(self.con, "drop table reject_errors")
        sql.run(self.con, "drop table reject_scans")
        if count:
            sql.run(self.con, f"delete from raw_{part} where file = {number}")
            raise Unread("ragged", record=line, count=count)

    def span(self, today: date) -> dict[str, Any]:
        """What the rows say of themselves: lea, year, last_month (None where they do not say)."""
        with _quiet("the rows"):
            text = plan()["span"].replace("$today", f"date '{today}'")
            return dict(zip(("lea", "year", "last_month"), sql.run(self.con, text)[0], strict=True))

    def settle(self, parameters: Parameters, schools: Iterable[str] = ()) -> None:
        """Make the clean and typed tables. `schools` are the 14-digit codes that are known (none: any is believed).

        Raises NotCounted.
        """
        self.table("schools", ["school"], [[s] for s in schools])
        self.table("codes", ["map", "value", "code"], [(m, v, c) for (m, v), c in self.codes.items()])
        there = self.parts()
        self._run([step if step["part"] in there else {**step, "sql": step["empty"]} for step in plan()["clean"]], parameters)
        self._run(plan()["typed"], parameters)

    def parts(self) -> set[str]:
        """The parts of which the files have records."""
        return {taken.known.layout["part"] for taken in self.taken if taken.known and taken.rows}

    def rows(self, text: str, parameters: Parameters) -> list[tuple]:
        """The rows of one statement of the plan."""
        with _quiet("the rows"):
            return sql.run(self.con, parameters.bind(text))

    def frame(self, text: str) -> pd.DataFrame:
        """The rows of a statement without parameters, about counts and not about students."""
        with _quiet("the counts"):
            return self.con.execute(text).df()

    def distinct(self, part: str, column: str) -> list[str]:
        """The different values of a column as given, blanks trimmed, for a column of codes. Names come from feeds.csv."""
        with _quiet(f"the column {column}"):
            found = sql.run(
                self.con, f"select distinct trim({column}) as v from raw_{part} where trim({column}) <> '' order by v"
            )
        return [row[0] for row in found]

    def close(self) -> None:
        self.con.close()

    def _run(self, steps: Iterable[Mapping[str, str]], parameters: Parameters | None = None) -> None:
        for step in steps:
            with _quiet(f"the step {step['name']}"):
                sql.run(self.con, parameters.bind(step["sql"]) if parameters else step["sql"])


def as_of(known: Known) -> str:
    """The day of a snapshot as its file's name tells it (`…_20260227.csv`), where the layout has no column for it; else "".

    CALPADS writes the day into the names of its certification reports; without it every snapshot would be of the last month.
    """
    if known.layout["part"] != "attendance" or {"as_of", "month"} & set(known.columns):
        return ""
    found = re.findall(r"(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)", known.received.path.stem)
    return "-".join(found[-1]) if found else ""


def _csv(known: Known) -> str:
    """read_csv over the file itself: every field text, nothing guessed, rows of another width kept apart."""
    names = ", ".join(f"'f{i}': 'VARCHAR'" for i in range(known.fields))
    quote = "" if known.delimiter == "^" else '"'
    path = str(known.received.path).replace("'", "''")
    return (
        f"read_csv('{path}', auto_detect = false, header = false, skip = {known.skip}, delim = '{known.delimiter}', "
        f"quote = '{quote}', escape = '{quote}', columns = {{{names}}}, store_rejects = true, "
        f"max_line_size = {files.CSV_FIELD})"
    )


@contextmanager
def _quiet(what: str):
    """DuckDB's error texts quote values of rows: only the kind of error leaves."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise NotCounted(
            "The files do not fit into this machine's memory, and nothing about students is written to a disk. Read them in "
            "parts, or on a larger machine."
        ) from None
    except duckdb.Error as error:
        raise NotCounted(f"{what} could not be read ({type(error).__name__}). Nothing was kept.") from None
