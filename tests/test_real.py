"""CDE's statewide files through the build: every county, district and school row equal to the file, and the leak closed.

Reads the raw text itself (no reader of ours), so that it can disagree with the product.
"""

import os
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

import attacker
import pytest

import queries
from data import builds, registry, warehouse

REAL = Path(__file__).parents[1].parent / "shared" / "real"
pytestmark = [pytest.mark.real, pytest.mark.skipif(not REAL.is_dir(), reason="the real public files are not beside the project")]
FAMILIES = {"chronic_absenteeism_rate": "chronicabsenteeism", "suspension_rate": "suspension"}
YEARS = (2023, 2024)
LEVEL = {"T": "state", "C": "county", "D": "district", "S": "school"}
COUNTS = {"chronic_absenteeism_rate": 7267, "suspension_rate": 6052}
LINE = {"GRKN": "GRTKKN", "GRK8": "GRTK8"}


@pytest.fixture(scope="module")
def real_build(tmp_path_factory):
    home = tmp_path_factory.mktemp("real-home")
    before = os.environ.get("RTAC_HOME")
    os.environ["RTAC_HOME"] = str(home)
    files = [REAL / f"{name}{year % 100}.txt" for name in FAMILIES.values() for year in YEARS]
    yield builds.build([*files, REAL / "schools_2025-26.csv"])
    os.environ.pop("RTAC_HOME")
    if before is not None:
        os.environ["RTAC_HOME"] = before


def published(indicator: str) -> dict[tuple[str, int], dict[str, tuple]]:
    """(entity, year) -> line -> (status, numerator, denominator, None), straight from the text files."""
    out: dict = defaultdict(dict)
    for year in YEARS:
        lines = (REAL / f"{FAMILIES[indicator]}{year % 100}.txt").read_bytes().decode("cp1252").split("\r\n")
        header = lines[0].split("\t")
        at = next(i for i, h in enumerate(header) if h.replace(" ", "") == "ReportingCategory")
        for line in filter(None, lines[1:]):
            p = line.split("\t")
            entity = (p[2] or "00") + (p[3] or "00000") + (p[4] or "0000000")
            group, n, k = LINE.get(p[at], p[at]), p[at + 1], p[at + 2]
            status = "withheld" if n == "*" else "zero" if k == "0" else "published"
            out[entity, year][group] = (status, None, None, None) if n == "*" else (status, int(k), int(n), None)
    return out


def ours(indicator: str, con) -> dict[tuple[str, int], dict[str, tuple]]:
    out: dict = defaultdict(dict)
    rows = con.execute(
        """select entity, year, student_group::varchar, status::varchar, numerator, denominator, rounded_rate from facts_by_place
        where indicator = $indicator and level <> 'region' and status <> 'not_published'""",
        {"indicator": indicator},
    ).fetchall()
    for entity, year, group, status, k, n, rate in rows:
        out[entity, year][group] = (status, k, n, rate)
    return out


@pytest.mark.parametrize("indicator", FAMILIES)
def test_every_row_equals_the_file_but_for_the_closed_ones(real_build, indicator):
    theirs, mine = published(indicator), ours(indicator, warehouse.current().connection.cursor())
    assert set(theirs) == set(mine)
    shut = set()
    for key, cells in theirs.items():
        assert set(cells) == set(mine[key]), key
        for group, cell in cells.items():
            got = mine[key][group]
            if got[0] == "counts_withheld":
                shut.add((*key, group))
                assert got[1] is None and got[2] is None
                assert got[3] is None or abs(Fraction(got[3], 10) - Fraction(100 * cell[1], cell[2])) <= Fraction(1, 2)
            else:
                assert got[:3] == cell[:3], (key, group)
    assert shut == {(*key, group) for key, cells in theirs.items() for group in attacker.lonely(cells)}
    assert len(shut) == COUNTS[indicator] == real_build["indicators"][indicator]["counts_withheld"]


@pytest.mark.parametrize("indicator", FAMILIES)
def test_no_cell_is_easier_to_find_and_the_families_are_closed(real_build, indicator):
    """`pytest tests/test_real.py -s` prints how many cells an attacker finds in CDE's files and in ours."""
    theirs, mine = published(indicator), ours(indicator, warehouse.current().connection.cursor())
    before = students_found(theirs)
    after = students_found(mine)
    without_rates = students_found(mine, rates=False)
    found = dict(Counter(before.values()))
    print(f"\n{indicator}: exactly recoverable from CDE's files {len(before):,} {found}, from ours {len(after)}")
    assert len(before) > 5900
    assert set(after) <= set(before)
    # No rate of ours gives anything away; the few left follow from CDE's bounds alone (a shown group has eleven or more).
    assert after == without_rates and len(after) <= 5


def students_found(places: dict, rates: bool = True) -> dict[tuple[str, int, str], str]:
    """Withheld cells of at least one student that an attacker works out exactly -> the family that gives them away."""
    found = {key: attacker.recovered(cells, rates=rates) for key, cells in places.items()}
    return {(*key, g): family for key, lines in found.items() for g, (family, _k, n) in lines.items() if n}


def test_the_state_figures(real_build):
    wanted = {
        ("chronic_absenteeism_rate", 2023): (1486302, 5958889),
        ("chronic_absenteeism_rate", 2024): (1216528, 5958444),
        ("suspension_rate", 2023): (216843, 6019551),
        ("suspension_rate", 2024): (197709, 6023851),
    }
    for (indicator, year), (k, n) in wanted.items():
        rows = queries.run("trend", entities=[registry.STATE], indicator=indicator, student_group="TA").set_index("year")
        assert (rows.numerator[year], rows.denominator[year]) == (k, n)


def test_regional_chronic_absence_as_measured_before(real_build):
    """FORMATS.md section 5, derived from county rows, 2022-23 and 2023-24."""
    measured = {
        "R-BAY": (23.5, 18.9),
        "R-CAP": (25.8, 22.4),
        "R-CCO": (23.0, 17.8),
        "R-CVA": (24.3, 19.7),
        "R-GLA": (26.8, 22.0),
        "R-NOR": (27.6, 22.8),
        "R-SCO": (21.6, 17.4),
        "R-SIN": (28.7, 23.9),
    }
    for region, rates in measured.items():
        rows = queries.run("trend", entities=[region], indicator="chronic_absenteeism_rate", student_group="TA")
        assert [round(float(100 * k / n), 1) for k, n in zip(rows.numerator, rows.denominator, strict=True)] == list(rates)
