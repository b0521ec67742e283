"""The plan: every table and statement by which student files are read, checked and counted. Data only; nothing runs here.

The command line (data/local/load.py) and the browser follow the same plan, so that both give the same counts. A reader of it does
this, in order, in one DuckDB connection in memory:

1. `setup`: run each statement (empty `raw_<part>` tables). Make `tables` as tables of text, one per name; make
   `codes(map, value, code)` from `code_maps`, with the district's own saved codes instead of the plan's where a value stands in
   both (values trimmed, lower case), and `schools(school)` with the 14-digit codes of the schools that are known (may be empty).
2. For each file: refuse it where its first bytes, as Latin-1, are one of `not_text` (rule `not_a_table`). Decode (BOM, strict
   UTF-8, else the layout's `encoding`), find the delimiter (caret, tab, comma, semicolon: the one with most fields) and the
   header (the first of 40 lines in which a layout's required columns all stand; headers compare by lower-case letters and
   digits only; where several layouts fit, the one with most columns found). A `header` of "no" is recognized by its `code`
   in field 1; the sources of its columns are field numbers from 1. Sources with | are alternatives, the first that is there
   counts. Where `merge` is given, a line with one field too many has fields merge and merge + 1 joined.
   insert into raw_<part> (file, record, <column>, …) select <n>, row_number() over (), <field>, … from read_csv(all text).
   An attendance layout without `as_of` or `month` gets the last date in the file's name (…_20260227.csv) as its `as_of`.
   Records count from 1 below the header; a line with another number of fields than the header refuses the file (rule `ragged`).
3. `span` with $today: the district, school year and last month that the rows speak of, as defaults. Then the parameters stand:
   $year 2026 · $through 202602 · $today date '2026-03-05' · $lea '1234567' · $salt 'hex digits' (secret of the district; random
   in a browser). They are replaced in the text of every statement, as written here: numbers bare, the others quoted.
4. `clean` (of a part without records its `empty` instead), then `typed`, each in order. Then the check-up: for each of `counts`
   whose part has records, one statement a part, one row, a column a rule
   (rules with `scope` row), and for each rule that is not 0 its `example` for (file, record, value); rules with `scope` whole
   have `sql` with the same three columns, one row a finding. Rules with scope `file` are found by the reader itself in step 2.
   `coverage`: (feed, weeks, of).
5. `rollups` in order, each one SELECT that becomes the table of its name, the last of them `counts`; then `hide`, the SELECT that
   becomes `travel` (they belong to data/rollups).

A sentence of a rule has {value}, {record}, {column} and {count}. Of its severities `stop` refuses to publish; `person` needs
somebody to mend the record (the sentence says whether it is left out meanwhile); `repaired` was mended; `note` is only said.
What typed tables leave out: repetitions of equal rows, rows without a school of this district that the directory knows (the
district office and nonpublic schools too: no page shows them), other years than $year and the one before, dates after $today.
"""

import csv
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from data.local import clean, files, rules
from data.registry import REFERENCE

LOCAL = Path(REFERENCE) / "local"
HERE = Path(__file__).parent
ROLLUPS = HERE.parent / "rollups"
TABLES = ("service_categories", "facts", "bands", "groups", "measures", "holidays")
TYPED = (
    "student_numbers", "provider_numbers", "members", "attendance", "calendar", "days", "discipline", "services", "partners",
    "feeds",
)  # fmt: skip
NOT_IN_ORDER = {"hide", "official"}


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of data/reference/local/<name>.csv, all text."""
    with (LOCAL / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


@cache
def plan() -> dict[str, Any]:
    """The whole plan, ready to be written as JSON. `version` is a hash of everything in it."""
    feeds, kinds = table("feeds"), {k["kind"]: k for k in table("kinds")}
    parts = clean.parts(feeds)
    made: dict[str, Any] = {
        "not_text": [(start.decode("latin-1"), name) for start, name in files.NOT_TEXT],
        "feeds": feeds,
        "needed": table("needed"),
        "layouts": table("layouts"),
        "layout_columns": table("layout_columns"),
        "code_maps": table("code_maps"),
        "rules": rules.all_rules(),
        "tables": {name: table(name) for name in TABLES},
        "setup": [{"name": f"raw_{part}", "sql": clean.raw(part, columns)} for part, columns in parts.items()],
        "span": _text("span"),
        "clean": [{"name": f"clean_{part}", "part": part, "sql": clean.clean(part, columns, kinds),
                   "empty": clean.empty(part, columns, kinds)} for part, columns in parts.items()],
        "typed": [{"name": name, "sql": _text(name)} for name in TYPED],
        "counts": rules.counts(),
        "coverage": _text("coverage"),
        "rollups": [{"name": name, "sql": (ROLLUPS / f"{name}.sql").read_text(encoding="utf-8")} for name in _rollups()],
        "hide": (ROLLUPS / "hide.sql").read_text(encoding="utf-8") if (ROLLUPS / "hide.sql").exists() else "",
        "sentences": {row["key"]: row["sentence"] for row in table("sentences")},
    }
    return {"version": hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:16], **made}


def _text(name: str) -> str:
    return (HERE / "typed" / f"{name}.sql").read_text(encoding="utf-8")


def _rollups() -> tuple[str, ...]:
    """The counting files in order: as data/local/cube.py says in ORDER, or by name."""
    try:
        from data.local import cube  # type: ignore[attr-defined]
    except ImportError:
        return tuple(sorted(p.stem for p in ROLLUPS.glob("*.sql") if p.stem not in NOT_IN_ORDER))
    return tuple(cube.ORDER)
