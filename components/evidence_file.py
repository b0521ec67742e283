"""The lines of the framework as the files print them."""

import pandas as pd

from components.evidence import Line
from data import registry

FILE_COLUMNS = (
    "indicator_id", "indicator", "title", "kind_of_evidence", "note", "academic_year", "level", "cds_code", "place",
    "student_group", "numerator", "denominator", "rate", "lower", "upper", "unit", "status", "change", "change_lower",
    "change_upper", "verdict", "outcome", "needs",
)  # fmt: skip


def file_row(line: Line, place: dict) -> dict[str, object]:
    """A line as the files print it, FILE_COLUMNS; empty where the build has nothing. Rates are in their unit and unrounded."""
    row, indicator = line.row or (line.own.row if line.own else None) or {}, line.indicator
    shown: dict[str, object] = {
        c: row.get(c) for c in ("rate", "lower", "upper", "status", "change", "change_lower", "change_upper")
    }
    counts: dict[str, object] = {"numerator": None, "denominator": None}
    if line.own and row.get("status") not in (None, "withheld"):
        counts = {name: row[name] for name in counts}
    if indicator and row and row["numerator"] is not None and row["denominator"] is not None:
        parts = indicator.whole(row["numerator"], row["denominator"])
        counts = {n: int(v) if v.denominator == 1 else float(v) for n, v in zip(counts, parts, strict=True)}
    return {
        "indicator_id": line.link.indicator_id,
        "indicator": indicator.name if indicator else row.get("measure"),
        "title": line.title,
        "kind_of_evidence": line.link.evidence,
        "note": line.link.note,
        "academic_year": registry.year_label(row["year"]) if row else None,
        "level": place["level"],
        "cds_code": place["entity"],
        "place": place["name"],
        "student_group": _code(line),
        **counts,
        **shown,
        "unit": indicator.unit if indicator else None,
        "verdict": row.get("kind"),
        "outcome": line.outcome.value,
        "needs": line.needs,
    }


def _code(line: Line) -> str | None:
    if line.row is None or line.indicator is None:
        return None
    return registry.group_in(line.indicator.vocabulary, line.row["student_group"], line.row["year"]).code


def file_frame(rows: list[dict[str, object]], *first: str) -> pd.DataFrame:
    """Rows of the files with `first` before FILE_COLUMNS, as objects: whole numbers stay whole beside empty cells."""
    return pd.DataFrame(rows, columns=[*first, *FILE_COLUMNS], dtype=object)
