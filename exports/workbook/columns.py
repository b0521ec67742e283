"""What a column of an exhibit's rows is called in a workbook, and how its numbers look. An unknown one tells both itself."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from components import local, units
from components.i18n import _
from data import registry

WHOLE, PARTS, PLAIN = "#,##0", "#,##0.0", "#,##0.0##"
POINTS = '"+"#,##0.0;"−"#,##0.0;0.0'
KNOWN = {
    "indicator": _("Indicator"),
    "academic_year": _("School year"),
    "level": _("Level"),
    "cds_code": _("CDS code"),
    "name": _("Place"),
    "student_group": _("Student group code"),
    "student_group_name": _("Student group"),
    "numerator": _("Numerator"),
    "denominator": _("Denominator"),
    "rate": _("Rate"),
    "lower": _("95 percent interval, lower end"),
    "upper": _("95 percent interval, upper end"),
    "status": _("Status"),
    "prior_rate": _("Rate of the year before"),
    "change": _("Change"),
    "change_lower": _("Change, lower end"),
    "change_upper": _("Change, upper end"),
    "verdict": _("Verdict"),
    "others_numerator": _("All other students, numerator"),
    "others_denominator": _("All other students, denominator"),
    "others_rate": _("All other students, rate"),
    "chance_of_other_color": _("Chance of another color"),
    "sha256": _("SHA-256"),
}
"""The labels of the columns that most exhibits have. Of the rest, the name is the label."""
RATES = frozenset({"rate", "lower", "upper", "prior_rate", "others_rate", "mean_rate_grantees", "mean_rate_matches"})
"""Columns in the unit of the row's indicator."""
FORMATS = {
    **dict.fromkeys(
        ("change", "change_lower", "change_upper", "difference", "difference_lower", "difference_upper", "change_grantees",
         "change_matches", "difference_without_base_rate", "lower_without_base_rate", "upper_without_base_rate"), POINTS
    ),
    **dict.fromkeys(("ratio", "ratio_lower", "ratio_upper"), "0.00"),
    **dict.fromkeys(("year", "assistance_year", "census_year", "cohort", "box"), "0"),
    "chance_of_other_color": "0%",
}  # fmt: skip
"""Number formats of the columns whose meaning their values do not tell."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its header, whether it holds numbers, and the number format of each row."""

    key: str
    header: str
    numeric: bool
    formats: list[str]


def columns(frame: pd.DataFrame) -> list[Column]:
    """The columns of a frame. Headers differ from each other, as a table of a workbook needs."""
    frame, made, used = named(frame), [], set()
    for key in map(str, frame.columns):
        numeric, formats = is_number(frame[key]), [""] * len(frame)
        unit = _unit(frame) if numeric and key in RATES and "unit" not in frame else ""
        if numeric:
            formats = _formats(key, frame)
        label = KNOWN.get(key) or key.replace("_", " ").capitalize()
        header = _("%(column)s (%(unit)s)") % {"column": label, "unit": units.UNITS[unit].name()} if unit else label
        while header.lower() in used:
            header += " *"
        used.add(header.lower())
        made.append(Column(key, header[:250], numeric, formats))
    return made


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the name of each row's student group behind its code. Once named, it stays as it is."""
    if not {"student_group", "indicator"} <= set(frame.columns) or "student_group_name" in frame:
        return frame
    rows = list(zip(frame["student_group"].astype(object), frame["indicator"].astype(object), strict=True))
    called = {key: group(*key) for key in set(rows)}
    out = frame.copy()
    out.insert(list(frame.columns).index("student_group") + 1, "student_group_name", [called[key] for key in rows])
    return out


def group(code: object, indicator: object) -> str:
    """The label of a student group by its code; the code where it is no group of the indicator's vocabulary."""
    if not isinstance(code, str):
        return ""
    of = registry.indicators.get(str(indicator))
    vocabulary = of.vocabulary if of else "dataquest"
    return next((_(g.label) for g in registry.student_groups if g.vocabulary == vocabulary and g.code == code), code)


def is_number(column: Any) -> bool:
    """Whether a column holds numbers, or nothing, in every row; true and false are words."""
    if pd.api.types.is_bool_dtype(column):
        return False
    if pd.api.types.is_numeric_dtype(column):
        return True
    held = {type(v) for v in column.astype(object) if v is not None and v is not pd.NA and v == v}
    if not held:  # nothing in any row: what it would be, its name tells
        return column.name in RATES or column.name in FORMATS or column.name in ("numerator", "denominator")
    return all(issubclass(t, (int, float, np.number)) and t is not bool for t in held)


def unit_of(indicator: object) -> str:
    """The unit of a published or local indicator, "" where it has none of ours."""
    if indicator in registry.indicators:
        return registry.indicators[str(indicator)].unit
    measure = local.measures().get(str(indicator))
    return measure.unit if measure and measure.unit in units.UNITS else ""


def _unit(frame: pd.DataFrame) -> str:
    """The one unit of all rows, or "" where they have several."""
    found = {unit_of(i) for i in frame["indicator"].unique()} if "indicator" in frame else set()
    return found.pop() if len(found) == 1 else ""


def _formats(key: str, frame: pd.DataFrame) -> list[str]:
    if key in FORMATS:
        return [FORMATS[key]] * len(frame)
    held = [float(v) for v in frame[key].astype(object) if v is not None and v is not pd.NA and v == v]
    whole = all(v.is_integer() for v in held)
    if key in RATES and "indicator" in frame:
        of = {i: _of_unit(unit_of(i), whole and i not in registry.indicators) for i in frame["indicator"].unique()}
        return [of[i] for i in frame["indicator"]]
    common = WHOLE if whole else PARTS if key in ("numerator", "denominator") else PLAIN
    return [common] * len(frame)


def _of_unit(unit: str, whole: bool) -> str:
    """The format of a value in its unit, the unit written behind the number: a percentage is stored as 22.9, not as 0.229.

    `whole`: of local data, whose percentages are rounded to whole ones for good.
    """
    if unit not in units.UNITS:
        return WHOLE if whole else PLAIN
    before, _number, after = (units.UNITS[unit].short() % {"value": "\0"}).partition("\0")
    places = 0 if whole and unit == "percent" else units.UNITS[unit].places
    number = "#,##0" + ("." + "0" * places if places else "")
    return "".join((f'"{before}"' if before else "", number, f'"{after}"' if after else ""))
