"""The service log as a published format: its Frictionless Table Schema, an empty CSV and an empty workbook, all from feeds.csv.

`python -m data.local.template` writes them to data/reference/templates/ again after feeds.csv, layout_columns.csv or
service_categories.csv changed; a test holds what stands there against what would be written.
"""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.local.plan import LOCAL, table

LAYOUT = "service_log"
TEMPLATES = LOCAL.parent / "templates"
TYPES = {"date": "date", "count": "integer", "number": "number"}
PATTERNS = {"school": "^[0-9]{14}$"}


def columns() -> list[dict[str, str]]:
    """The log's columns in order: `name` as the log spells it, and the row of feeds.csv that says what it is."""
    known = {r["column"]: r for r in table("feeds") if r["part"] == "services"}
    return [{**known[r["column"]], "name": r["source"], "must": r["required"]} for r in table("layout_columns")
            if r["layout"] == LAYOUT]  # fmt: skip


def schema() -> dict[str, Any]:
    """The Table Schema (https://datapackage.org/standard/table-schema/). A row has a student_key or a headcount."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "name": "service_log",
        "title": "Service log of community schools",
        "description": "One row per student and service, or per service with a headcount. A row has one of the two; "
        "a referral without a service yet has no service_date. No names and no birth dates.",
        "fields": [_field(c) for c in columns()],
        "missingValues": [""],
    }


def _field(column: dict[str, str]) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if column["required"] == "yes" else {}
    if column["kind"] == "school":
        limits["pattern"] = PATTERNS["school"]
    if column["column"] == "category":
        limits["enum"] = [r["category"] for r in table("service_categories")]
    if column["column"] == "unit":
        limits["enum"] = list(dict.fromkeys(r["code"] for r in table("code_maps") if r["map"] == "unit"))
    if column["kind"] in ("count", "number"):
        limits["minimum"] = 0
    made: dict[str, Any] = {"name": column["name"], "type": TYPES.get(column["kind"], "string"), "title": column["title"]}
    if column["column"] == "delivered":
        made |= {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}
    return made | ({"description": column["about"]} if column["about"] else {}) | ({"constraints": limits} if limits else {})


def files() -> dict[str, bytes]:
    """The three files by name."""
    head = io.StringIO()
    csv.writer(head, lineterminator="\n").writerow([c["name"] for c in columns()])
    return {
        "service_log.csv": head.getvalue().encode(),
        "service_log.schema.json": (json.dumps(schema(), indent=2, ensure_ascii=False) + "\n").encode(),
        "service_log.xlsx": _workbook(),
    }


def write(folder: Path) -> list[Path]:
    """Write the three files into a folder; files of these names are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in files().items():
        (folder / name).write_bytes(body)
    return [folder / name for name in files()]


def _workbook() -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": schema()["title"], "created": datetime(2026, 1, 1, tzinfo=UTC)})
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        day, text = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "@"})
        log = book.add_worksheet("Service log")
        about = book.add_worksheet("About the columns")
        log.freeze_panes(1, 0)
        for n, column in enumerate(columns()):
            form = day if column["kind"] == "date" else text if column["kind"] in ("school", "key", "provider") else None
            log.set_column(n, n, 18, form)
            log.write_string(0, n, column["name"], bold)
            allowed = _field(column).get("constraints", {}).get("enum") or (
                ["yes", "no"] if column["column"] == "delivered" else []
            )
            if allowed and len(",".join(allowed)) < 255:
                log.data_validation(1, n, 10_000, n, {"validate": "list", "source": allowed})
            for m, cell in enumerate((column["name"], column["title"], column["about"], ", ".join(allowed))):
                about.write_string(n + 1, m, cell, wrap)
        for m, (title, width) in enumerate((("Column", 20), ("What it is", 24), ("How to fill it in", 70), ("Values", 60))):
            about.write_string(0, m, title, bold)
            about.set_column(m, m, width)
    return out.getvalue()


if __name__ == "__main__":
    write(TEMPLATES)
