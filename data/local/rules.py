"""The rules of the check-up as statements: one scan a part counts them all, examples are fetched only for those that fired.

A rule is a row of data/reference/local/rules.csv:
  scope row    `predicate` over clean_<part>, true where the record breaks the rule; parts with | are several
  scope whole  data/local/whole/<id>.sql, a SELECT of file, record, value: one row a finding
  scope file   found by the reader of the file itself, before anything is a table
"""

import csv
from functools import cache
from pathlib import Path
from typing import Any

from data.registry import REFERENCE

HERE = Path(__file__).parent
EXAMPLES = 5
"""Records shown for a rule that fired; the fix list has them all."""


@cache
def table() -> tuple[dict[str, str], ...]:
    with (Path(REFERENCE) / "local" / "rules.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


def all_rules() -> list[dict[str, Any]]:
    """The rules with their statements: `examples` by part for row rules, `sql` for whole ones (both without a limit)."""
    out = []
    for rule in table():
        made: dict[str, Any] = dict(rule)
        if rule["scope"] == "row":
            made["examples"] = {part: _example(rule, part) for part in rule["part"].split("|")}
        if rule["scope"] == "whole":
            made["sql"] = (HERE / "whole" / f"{rule['id']}.sql").read_text(encoding="utf-8")
        out.append(made)
    return out


def counts() -> list[dict[str, str]]:
    """One statement a part: one row, a column for each row rule of the part, how many records break it."""
    fields: dict[str, list[str]] = {}
    for rule in table():
        if rule["scope"] == "row":
            for part in rule["part"].split("|"):
                fields.setdefault(part, []).append(f"count(*) filter (where {rule['predicate']}) as {rule['id']}")
    return [
        {"part": part, "sql": f"-- One row: how many records of {part} break each rule.\nselect " + ",\n  ".join(some)
                              + f"\nfrom clean_{part}"}
        for part, some in fields.items()
    ]  # fmt: skip


def _example(rule: dict[str, str], part: str) -> str:
    column = rule["column"]
    value = rule["shown"] or (f"{column}_text" if column else "''")
    return (
        f"-- One row per record of {part} that breaks the rule {rule['id']}.\n"
        f"select file, record, {value} as value from clean_{part} where {rule['predicate']} order by file, record"
    )
