"""What is wrong with single lines: the number of fields, and the first rule that a row breaks, told in a sentence.

Works on `raw` (the file's text under canonical column names) and `typed` (one row a line, `fault` the index of its first broken
rule). The text of a line is looked up only when a check has failed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data import sql
from data.problems import Finding, Refused, failure, printable
from data.registry import counties
from data.sources import Check, Match

KNOWN_COUNTIES = ", ".join(f"'{c.code}'" for c in counties)
AGAIN = "Download the file again and do not save it from a spreadsheet."
MOST_FAULTS = 10


@dataclass(frozen=True)
class Rule:
    """One way for a row to be wrong: SQL over its cleaned text and typed columns, and a sentence that ends with the way out."""

    code: str
    column: str
    fault: str
    sentence: str
    check: Check | None = None


def first_sql(rules: Sequence[Rule]) -> str:
    """SQL: the index of a row's first broken rule, or NULL."""
    return "case " + " ".join(f"when {rule.fault} then {i}" for i, rule in enumerate(rules)) + " end::utinyint"


def whole_rows(con: duckdb.DuckDBPyConnection, match: Match, **absent: str) -> None:
    """Make view `whole_rows` of `raw`: every column of the family's map; one that this file lacks is blank, or `absent` says."""
    columns = dict.fromkeys([*absent, *(c for c, kind in match.family.types.items() if kind != "ignored")])
    every = ", ".join(f"{c if c in match.columns else repr(absent.get(c, ''))} as {c}" for c in columns)
    sql.run(con, f"create view whole_rows as select {every} from raw")


def typed(con: duckdb.DuckDBPyConnection, name: str, rules: Sequence[Rule]) -> None:
    """Make `typed`: what data/tables/<name>.sql makes one row a line, with `fault`, the index of its first broken rule."""
    sql.run(con, sql.text(name))
    sql.run(con, f"create temp view typed as select *, {first_sql(rules)} as fault from typed_rows")


def fields(path: Path, match: Match) -> Finding:
    """What is wrong with the number of fields of the first line at fault. Reads the file once more: only after a failure."""
    wanted = len(match.columns) - 1
    with path.open("rb") as handle:
        lines = enumerate(handle, start=1)
        bad = next(((n, line) for n, line in lines if line.count(b"\t") != wanted and line.strip(b"\r\n")), None)
        if bad is None:
            return _blank(path)
        rest = sum(1 for _, line in lines if line.strip(b"\r\n"))
    number, line = bad
    found = line.count(b"\t")
    if not rest and found == 0:
        return failure("footnote", "The last line is a footnote or a piece of one, not a row. Delete it or download the file "
                                   "again.", line=number)
    if not rest and found < wanted:
        return failure("cut_short", f"The last line has {found + 1} fields where {wanted + 1} are expected: the file was cut "
                                    f"short. Download it again.", line=number)
    code, word = ("too_many_fields", "more") if found > wanted else ("too_few_fields", "fewer")
    return failure(code, f"The line has {found + 1} fields, {word} than the {wanted + 1} of the header. Download the file "
                         f"again.", line=number)


def _blank(path: Path) -> Finding:
    with path.open("rb") as handle:
        line = next((n for n, line in enumerate(handle, start=1) if not line.strip(b"\r\n")), None)
    return failure("blank_line", "The line is blank, in the middle of the file. Download the file again.", line=line)


def unnamed(con: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> None:
    """Refuse a value in a column without a name (trailing tabs are fine, what hides behind them is not)."""
    for column in columns:
        line = sql.one(con, f"select min(line) from (select row_number() over () + 1 as line, {column} as cell from raw) "
                            f"where trim(cell) <> ''")
        if line:
            raise Refused(failure("unnamed_column", "A column without a name holds values. Download the file again.", line=line))


def faults(con: duckdb.DuckDBPyConnection, rules: Sequence[Rule], match: Match) -> list[Finding]:
    """One FAIL a broken rule: its first line, and how many more there are."""
    found = sql.run(con, "select fault, min(line), count(*) from typed where fault is not null group by fault order by min(line)")
    if found:
        sql.run(con, "create or replace temp table lines as select * from raw")
    return [_fault(con, rules[index], line, count, match) for index, line, count in found[:MOST_FAULTS]]


def _fault(con: duckdb.DuckDBPyConnection, rule: Rule, line: int, count: int, match: Match) -> Finding:
    names = [c for c in match.columns if c]
    row = dict(zip(names, sql.run(con, f"select {', '.join(names)} from lines where rowid = {line - 2}")[0], strict=True))
    value = row.get(rule.column) or ""
    shown = f"“{printable(value)}”" if value.strip() else "A blank"
    said = {"value": shown, "other": "", "expected": "", "hint": _number_hint(value)}
    if rule.code == "count_above_enrollment":
        said["other"] = printable(row[match.family.denominator])
    if rule.check:
        said |= _rate_hint(row, rule.check)
    sentence = rule.sentence.format(**said) + (f" {count - 1:,} more lines have the same fault." if count > 1 else "")
    return failure(rule.code, sentence, line=line, column=match.headers.get(rule.column, rule.column), value=value)


def _number_hint(value: str) -> str:
    if value.startswith("<"):
        return "; CDE writes * for a number that is withheld"
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", value):
        return " (a comma for the thousands?)"
    if re.fullmatch(r"[0-9]+,[0-9]+", value):
        return " (a comma for the decimal point?)"
    if re.fullmatch(r"-?[0-9.]+[eE][+-]?[0-9]+", value):
        return " (written by a spreadsheet?)"
    if any(c.isdigit() and not c.isascii() for c in value):
        return " (its digits are not plain ones)"
    if not value.isascii():
        return " (it holds a no-break space, a long minus or the like)"
    return ""


def _rate_hint(row: dict[str, str], check: Check) -> dict[str, str]:
    """What a printed rate should say, from the row's text (days there have their decimal, so a mean of days needs ten of it)."""
    try:
        num, den, rate = (float(row[c]) for c in (check.first[0], check.second, check.column))
    except ValueError:
        return {"expected": "another", "hint": ""}
    if not den:
        return {"expected": "0", "hint": ""}
    factor = max(check.tenths, 10)
    tenths = int((2 * factor * num + den) // (2 * den))
    hint = ""
    if abs(rate - tenths) <= 0.5:
        hint = "; it is ten times too large"
    elif abs(rate * 100 - tenths / 10) <= 0.06 and tenths:
        hint = "; it is written as a fraction, not as a percent"
    return {"expected": f"{tenths / 10:.1f}", "hint": hint}
