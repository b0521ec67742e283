"""Lists of places and grants (school directory, grantee list): what they share, whatever they list.

A list is a table of data/kinds.py: its rules and SQL stand in a module and a file of its own, its repeats are looked for here.
"""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from data import sql
from data.problems import Finding, failure, warning

EDIT = "Correct this line of the list."


@dataclass(frozen=True)
class List:
    """One kind of list. `what` a row is; `key`: the columns that tell rows apart; `columns`: what of `typed` is kept."""

    what: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    more: Callable[[duckdb.DuckDBPyConnection], list[Finding]]

    @property
    def extract(self) -> str:
        """SQL of the extract, whatever the order of the list's lines."""
        return f"select distinct {', '.join(self.columns)} from typed order by all"

    def checks(self, con: duckdb.DuckDBPyConnection) -> list[Finding]:
        """What only the whole list shows. Of repeated rows equal ones are kept once and said, different ones refused."""
        said = self.more(con)
        if any(f.level == "FAIL" for f in said):
            return said
        again = self._repeats(con)
        return again if any(f.level == "FAIL" for f in again) else [*again, *said]

    def _repeats(self, con: duckdb.DuckDBPyConnection) -> list[Finding]:
        # In strings: each list has columns of its own.
        columns, key = ", ".join(self.columns), ", ".join(self.key)
        differ = sql.run(con, f"""
            select min(line), max(line) from (select distinct on ({columns}) line, {columns} from typed order by line)
            group by {key} having count(*) > 1 order by 1 limit 1""")
        if differ:
            first, second = differ[0]
            return [failure("duplicates_differ", f"Lines {first:,} and {second:,} are about the same {self.what} but differ. "
                                                 f"Keep the right one.", line=second)]
        again = sql.one(con, f"select (select count(*) from typed) - (select count(*) from ({self.extract}))")
        return [warning("duplicates_kept_once", f"{again:,} lines repeat another line; each was kept once.")] if again else []
