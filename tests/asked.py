"""What the tests of builds ask of a build of `small`: the state's count, past every answer that is kept."""

import small

import queries
from data import warehouse

RANKING = {
    "indicator": "chronic_absenteeism_rate",
    "student_group": "TA",
    "year": 2025,
    "level": "state",
    "region": None,
    "county": None,
    "cohort": None,
    "entities": None,
}


def fresh(name: str, **params):
    """Asks the files, past the answers that `queries.run` keeps: a campaign against damage must not be answered from memory."""
    return warehouse.query(queries.text(name), params)


def state_count() -> int:
    return int(fresh("ranking", **RANKING)["numerator"].iloc[0])


def expected(share: float | None) -> int:
    row = next(r for r in small.chronic_rows(2025, share) if r[1] == "T" and r[10] == "TA")
    return int(row[12])
