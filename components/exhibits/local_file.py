"""The rows of local data as the files print them: compare.csv's columns and what local data add."""

import pandas as pd

from components import local, tables
from components import local_numbers as numbers
from data import registry
from data.privacy import cube

FILE_COLUMNS = (*tables.FILE_COLUMNS, "month", "pillar", "service_category")


def file_frame(rows: list[dict], names: dict[str, str], banded: bool = False) -> pd.DataFrame:
    """Rows of measures as the files print them: rounded counts, empty where one is hidden; rates in whole percent."""
    lines = [_file_row(row, names, banded) for row in rows]
    return pd.DataFrame(lines, columns=[*FILE_COLUMNS, *(("band",) if banded else ())], dtype=object)


def _file_row(row: dict, names: dict[str, str], banded: bool) -> dict[str, object]:
    measure = local.measures()[row["measure"]]
    found, within = numbers.rate(row), numbers.interval(row, measure.numerator)
    service, pillars = row["service"], cube.pillars()
    year = cube.school_year(row["month"])
    return {
        "indicator": measure.name,
        "academic_year": registry.year_label(year),
        "level": row["level"],
        "cds_code": row["entity"],
        "name": names.get(row["entity"], ""),
        "student_group": registry.group_in("dataquest", row["student_group"], year).code,
        **_counts(row, measure),
        "rate": found.percent if found else None,
        "lower": within[0] if within else None,
        "upper": within[1] if within else None,
        "status": found.end if found and found.end else row["status"],
        "month": f"{row['month'] // 100}-{row['month'] % 100:02d}",
        "pillar": pillars.get(service, service if service != "all" else None),
        "service_category": service if service in pillars else None,
        **({"band": row["band"]} if banded else {}),
    }


def _counts(row: dict, measure: local.Measure) -> dict[str, int | None]:
    """Both counts or none: one beside a hidden one says nothing that a reader could use. Records and days are a share only."""
    names = ("numerator", "denominator")
    if row["status"] != "published" or measure.share_only:
        return dict.fromkeys(names)
    return {name: row[name] for name in names}
