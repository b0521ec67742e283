"""What the rows of a chart are called: by the columns in which they differ."""

import pandas as pd

from components import local, units
from components.i18n import _
from data import registry
from exports.workbook.columns import KNOWN, group

TELLING = ("cohort", "year_of_grant", "name", "indicator", "student_group", "pillar", "service_category", "band", "academic_year")
"""Columns that tell rows apart, in the order in which a label names them."""


def of_rows(frame: pd.DataFrame) -> list[str]:
    """A label a row."""
    parts = telling(frame)
    return [label({part: row[part] for part in parts}, row) for row in frame.to_dict("records")]


def telling(frame: pd.DataFrame) -> list[str]:
    """The columns in which the rows of a chart differ; the place where they differ in none."""
    found = [c for c in TELLING if c in frame and len(frame[c].drop_duplicates()) > 1]
    return found or [c for c in ("name",) if c in frame]


def label(parts: dict, row: dict) -> str:
    """'Cohort 1, Year 2', 'Alameda County', 'English learners'."""
    return ", ".join(t for t in (_part(key, value, row) for key, value in parts.items()) if t)


def _part(key: str, value: object, row: dict) -> str:
    if value is None or value != value:
        return _("all") if key in ("pillar", "service_category") else ""
    text = str(value)
    if key == "cohort":
        return _("Cohort %(n)s") % {"n": text}
    if key == "year_of_grant":
        return _("year %(n)s") % {"n": text}
    if key == "indicator":
        measure = local.measures().get(text)
        return _(registry.indicators[text].title) if text in registry.indicators else _(measure.title) if measure else text
    if key == "student_group":
        return group(text, row.get("indicator"))
    return text.replace("_", " ") if key in ("band", "service_category") else text


def column(key: str) -> str:
    """A column's name as a series is called."""
    return KNOWN.get(key) or key.replace("_", " ").capitalize()


def axis(columns: tuple[str, str, str] | str, unit: str) -> str:
    """What the values of a chart are: 'Rate (percent)'."""
    name = column(columns if isinstance(columns, str) else columns[0])
    return _("%(column)s (%(unit)s)") % {"column": name, "unit": units.UNITS[unit].name()} if unit in units.UNITS else name
