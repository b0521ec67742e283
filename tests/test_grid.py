"""The five-by-five grid: the state's rule from counts, exact and for whole sets; chance; every row of a file held against it."""

import csv
import re
import shutil
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import grid, grid_many, ingest, registry
from data.registry import RegistryError
from tests.fixtures import grid as right
from tests.fixtures import world
from tests.test_verdict import vectors

TABLES = list(grid.tables.values())
CHRONIC = grid.tables["CHRO", "ALL"]
CUTS = list(csv.DictReader((registry.REFERENCE / "dashboard_cutscores.csv").open(encoding="utf-8")))
CELLS = list(csv.DictReader((registry.REFERENCE / "dashboard_colors.csv").open(encoding="utf-8")))


def rows(table: int | list[int], k, n, prior_k, prior_n, need: Any = 30) -> grid_many.Rows:
    columns = [np.asarray(c, dtype=np.int64) for c in np.broadcast_arrays(table, k, n, prior_k, prior_n, need)]
    return grid_many.Rows(*columns)


# The rule ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("vector", vectors("dashboard_change"))
def test_the_published_changes(vector):
    k, n, prior_k, prior_n = map(int, re.findall(r"\d+", vector["inputs"])[:4])
    wanted = int(re.search(r"-\d\.\d", vector["expected"])[0].replace(".", ""))  # type: ignore[index]
    assert grid.change(k, n, prior_k, prior_n) == wanted
    if "ES" in vector["inputs"]:
        cell = grid.cell(grid.tables["SUSP", "ES"], k, n, prior_k, prior_n, "HI", "school")
        assert (cell.change_level, cell.color, cell.box) == (4, 4, 90)


@pytest.mark.parametrize("vector", vectors("box"))
def test_the_published_box(vector):
    status, level = map(int, re.findall(r"\d+", vector["inputs"]))
    assert grid.box(status, level) == int(vector["expected"].split()[0])


@pytest.mark.parametrize(
    ("variant", "counts", "level", "wanted"),
    [
        # The state's own rows of 2024-25, as DOMAIN.md names them.
        ("ALL", (681_580, 3_980_860, 744_493, 4_004_495), "state", (2, -15, 4, 3, 190)),
        ("UD", (170_274, 5_961_200, 193_100, 6_021_915), "state", (3, -4, 4, 4, 140)),
    ],
)
def test_the_state_of_2025(variant, counts, level, wanted):
    table = next(t for t in TABLES if t.variant == variant)
    k, n, prior_k, prior_n = counts
    cell = grid.cell(table, k, n, prior_k, prior_n, "ALL", level)
    assert (cell.status_level, cell.change_tenths, cell.change_level, cell.color, cell.box) == wanted


def test_all_175_cells_have_their_color_and_box():
    assert len(CELLS) == 175
    for row in CELLS:
        status, change = int(row["status_level"]), int(row["change_level"])
        color = grid.tables[row["indicator"], row["variant"]].colors[status, change]
        assert grid.COLORS.get(color, "N/A") == row["color"] and grid.box(status, change) == int(row["box"])
        typed = "ROYGB".index(right.COLORS[status][change - 1]) + 1
        assert color in (typed, 0) and (grid.STATUS[status], grid.CHANGE[change]) == (row["status_label"], row["change_label"])


@pytest.mark.parametrize("row", CUTS, ids=lambda r: f"{r['variant']}-{r['kind']}-{r['level']}")
def test_both_ends_of_every_band(row):
    """In counts of ten thousand students, where a tenth is ten of them and a hundredth is one."""
    table, level = grid.tables[row["indicator"], row["variant"]], int(row["level"])
    judged = grid.status_level if row["kind"] == "status" else lambda t, tenths: grid.change_level(t, tenths, small=False)
    for end, outside in (("lower_incl", -1), ("upper_incl", 1)):
        if row[end]:
            tenths = round(float(row[end]) * 10)
            assert judged(table, tenths) == level == judged(table, tenths + outside) - (1 if outside < 0 else -1)
            if row["kind"] == "status":
                near = 10 * tenths + (4 if outside > 0 else -5)
                assert grid.cell(table, near, 10_000, None, None, "ALL", "school").status_level == level
                assert grid.cell(table, near + outside, 10_000, None, None, "ALL", "school").status_level != level


def test_under_150_students_there_are_no_significant_changes():
    full, small = (grid.cell(CHRONIC, k, n, 0, 150, "ALL", "school") for k, n in ((30, 150), (30, 149)))
    assert (full.change_level, full.small, small.change_level, small.small) == (1, False, 2, True)
    down = [grid.cell(CHRONIC, 0, n, 90, 150, "ALL", "school").change_level for n in (149, 150)]
    assert down == [4, 5]


@pytest.mark.parametrize(
    ("n", "prior_n", "group", "level", "colored"),
    [
        (30, 30, "ALL", "school", True), (29, 30, "ALL", "school", False), (30, 29, "ALL", "school", False),
        (15, 15, "FOS", "district", True), (14, 15, "FOS", "district", False), (15, 14, "LTEL", "district", False),
        (15, 15, "HOM", "district", True), (15, 15, "HOM", "school", False), (29, 29, "EL", "district", False),
    ],
)  # fmt: skip
def test_n_sizes(n, prior_n, group, level, colored):
    cell = grid.cell(CHRONIC, 3, n, 3, prior_n, group, level)
    assert cell.status_level and cell.change_level
    assert bool(cell.color) == bool(cell.box) == colored == (cell.n_size_met and cell.prior_n_size_met)


def test_too_few_or_no_year_before():
    assert grid.cell(CHRONIC, 3, 10, 3, 30, "ALL", "school") == grid.Cell(small=True)
    assert grid.cell(CHRONIC, None, None, 3, 30, "ALL", "school") == grid.Cell(small=True)
    for before in ((None, None), (3, 10)):
        cell = grid.cell(CHRONIC, 60, 300, *before, "ALL", "school")
        assert cell == grid.Cell(status_level=2, n_size_met=True)


counts = st.integers(0, 700).flatmap(lambda n: st.tuples(st.integers(0, max(n, 0)), st.just(n)))
one_row = st.tuples(
    st.integers(0, len(TABLES) - 1), counts, counts, st.sampled_from(("ALL", "FOS")), st.sampled_from(("school", "district"))
)


@settings(max_examples=60, deadline=None)
@given(st.lists(one_row, min_size=1, max_size=40))
def test_whole_sets_follow_the_exact_rule(found):
    """A count of nobody stands for one that is not there."""
    table, now, before, groups, levels = zip(*found, strict=True)
    need = grid_many.needed(np.array(groups, dtype=object), np.array(levels, dtype=object))
    four_columns = [[pair[at] if pair[1] else -1 for pair in year] for year in (now, before) for at in (0, 1)]
    many = rows(list(table), *four_columns, need=need)
    cells, fewer = grid_many.cells(many), grid_many.fewer_for_next(many)
    for i, (number, (k, n), (prior_k, prior_n), group, level) in enumerate(found):
        four = (k if n else None, n or None, prior_k if prior_n else None, prior_n or None)
        cell = grid.cell(TABLES[number], *four, group, level)
        for name in ("status_level", "change_level", "color", "box", "small", "n_size_met", "prior_n_size_met"):
            assert int(cells[name][i]) == int(getattr(cell, name) or 0), name
        moved = cells["change_tenths"][i]
        assert (None if np.isnan(moved) else moved) == cell.change_tenths
        assert fewer[i] == (grid.fewer_for_next(TABLES[number], *four, group, level) or 0)


def test_a_half_is_rounded_away_from_zero_both_ways():
    """59 of 2,000 students are 2.95 points: a change of -3.0 (significant) down and of 3.0 (not yet significant) up."""
    for k, prior_k, moved, level in ((341, 400, -30, 5), (400, 341, 30, 2), (342, 400, -29, 4), (401, 340, 31, 1)):
        cell, many = grid.cell(CHRONIC, k, 2000, prior_k, 2000, "ALL", "school"), rows(0, [k], [2000], [prior_k], [2000])
        made = grid_many.cells(many)
        assert (cell.change_tenths, cell.change_level) == (moved, level)
        assert (made["change_tenths"][0], made["change_level"][0]) == (moved, level)


def test_the_largest_counts_do_not_overflow():
    k, n, prior_k, prior_n = 9_999_998, 9_999_999, 9_000_000, 9_999_998
    made = grid_many.cells(rows(0, [k], [n], [prior_k], [prior_n]))
    assert made["change_tenths"][0] == grid.change(k, n, prior_k, prior_n) and made["color"][0] == 1


def test_fewer_for_the_next_color_is_the_smallest_number():
    table, pair = grid.tables["SUSP", "MS"], (30, 420)
    for k in range(0, 421, 3):
        now = grid.cell(table, k, 420, *pair, "ALL", "school").color
        better = [m for m in range(1, k + 1) if (grid.cell(table, k - m, 420, *pair, "ALL", "school").color or 0) > (now or 0)]
        assert grid.fewer_for_next(table, k, 420, *pair, "ALL", "school") == (min(better) if better else None)
    assert grid.fewer_for_next(CHRONIC, 0, 300, 60, 300, "ALL", "school") is None, "Blue has no better color"
    assert grid.fewer_for_next(CHRONIC, 5, 29, 60, 300, "ALL", "school") is None, "no color, so no next one"


# Chance -----------------------------------------------------------------------------------------------------------------------


def simulated(table: int, n: int, p: float, years: int = 200_000) -> float:
    x = np.random.default_rng(20_25).binomial(n, p, (3, years))
    first, second = (grid_many.cells(rows(table, x[i + 1], n, x[i], n))["color"] for i in (0, 1))
    return float((first != second).mean())


@pytest.mark.parametrize(
    ("variant", "n", "k"),
    [
        ("ALL", 30, 0), ("ALL", 40, 20), ("ALL", 149, 3), ("ALL", 150, 26), ("ALL", 300, 51), ("ALL", 1000, 171),
        ("ALL", 2000, 400), ("ALL", 40_000, 7000), ("ALL", 400_000, 80_000), ("ALL", 60, 60), ("ES", 300, 4),
        ("MS", 500, 30), ("HS", 1000, 40), ("UD", 40, 1), ("UD", 5000, 250), ("HD", 900, 31), ("ED", 700, 7),
    ],
)  # fmt: skip
def test_chance_equals_simulation(variant, n, k):
    table = next(i for i, t in enumerate(TABLES) if t.variant == variant)
    (chance,) = grid_many.chance_of_other_color(rows(table, [k], [n], [k], [n]))
    assert chance == pytest.approx(simulated(table, n, k / n), abs=0.006)


@pytest.mark.parametrize(
    ("variant", "rate", "n", "percent"),
    [("ALL", 0.171, 150, 76), ("ALL", 0.171, 300, 73), ("ALL", 0.171, 500, 69), ("ALL", 0.171, 1000, 64), ("ES", 0.012, 300, 81),
     ("MS", 0.06, 500, 78), ("HS", 0.04, 1000, 79)],
)  # fmt: skip
def test_chance_is_what_the_domain_page_says(variant, rate, n, percent):
    table = next(i for i, t in enumerate(TABLES) if t.variant == variant)
    k = round(rate * n * 1000)
    (chance,) = grid_many.chance_of_other_color(rows(table, [round(rate * n)], [n], [k // 1000], [n]))
    assert 100 * chance == pytest.approx(percent, abs=1)


def test_chance_needs_a_color_and_pools_both_years():
    none = grid_many.chance_of_other_color(rows(0, [3, 3, -1], [29, 300, -1], [3, -1, 3], [300, -1, 300]))
    assert np.isnan(none).all()
    pair = grid_many.chance_of_other_color(rows(0, [40, 60], [300, 300], [60, 40], [300, 300]))
    assert pair[0] == pytest.approx(pair[1])


def test_ten_thousand_schools_take_a_moment():
    """40 ms on a quiet core; a loaded one gets five times as long."""
    random = np.random.default_rng(1)
    n = np.exp(random.normal(6, 1, 10_000)).astype(int) + 30
    many = rows(0, random.binomial(n, 0.17), n, random.binomial(n, 0.17), n)
    took = []
    for _ in range(4):
        start = time.process_time()
        grid_many.chance_of_other_color(many)
        took.append(time.process_time() - start)
    assert min(took) < 0.2


# The tables -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "say"),
    [
        ("cutscores", "CHRO,ALL,status,3,Medium,5.1,10,", "CHRO,ALL,status,3,Medium,5.2,10,", r"row 4: 5.2 does not follow"),
        ("cutscores", "CHRO,ALL,status,3,Medium,5.1,10,", "CHRO,ALL,status,3,Medium,5.0,10,", r"row 4: 5.0 does not follow"),
        (
            "cutscores",
            "CHRO,ALL,change,3,Maintained,-0.4,0.4,",
            "CHRO,ALL,change,3,Maintained,-0.4,0.45,",
            r"row 9: '0.45' is not",
        ),
        ("cutscores", "SUSP,ED,status,5,Very Low,,0.5,", "SUSP,EX,status,5,Very Low,,0.5,", r"row 12: SUSP EX is not in"),
        ("cutscores", "SUSP,ED,status,1,Very High,6.1,,2023-2025", "SUSP,ED,status,1,Very High,6.1,,2024-2025", r"row 16.*years"),
        ("cutscores", "High,20.1,,2023-2025,cde", "High,20.1,99,2023-2025,cde", r"row 6: only the highest band"),
        (
            "colors",
            "CHRO,ALL,5,Very Low,2,Increased,4,Green,20,Y",
            "CHRO,ALL,5,Very Low,2,Increased,4,Blue,20,Y",
            r"row 3: color",
        ),
        ("colors", "CHRO,ALL,5,Very Low,2,Increased,4,Green,20,Y", "CHRO,ALL,5,Very Low,2,Increased,4,Green,30,Y", r"row 3: box"),
        ("colors", "CHRO,ALL,5,Very Low,2,Increased,4,Green,20,Y\n", "", r"CHRO ALL has not all its 25 rows"),
        ("colors", "CHRO,ALL,5,Very Low,2,Increased,4,", "CHRO,ALL,5,Very Low,1,Increased,4,", r"row 3: a level has another's"),
        ("variants", "SUSP,HS,high school,file column type", "SUSP,HX,high school,file column type", r"SUSP HS is not in"),
    ],
)
def test_a_table_that_cannot_be_right_stops_at_import(file, old, new, say, tmp_path, monkeypatch):
    for path in registry.REFERENCE.glob("dashboard_*.csv"):
        shutil.copy(path, tmp_path)
    target = tmp_path / f"dashboard_{file}.csv"
    text = target.read_text(encoding="utf-8").replace("\r\n", "\n")
    assert old in text
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(grid, "REFERENCE", tmp_path)
    with pytest.raises(RegistryError, match=say):
        grid._load()


# The screen -------------------------------------------------------------------------------------------------------------------


def screened(sheet: world.Sheet, folder: Path) -> list:
    (folder / "file.txt").write_bytes(sheet.bytes())
    reading = ingest.read([folder / "file.txt"], folder / "work")
    assert not reading.failed, [f.sentence for f in reading.findings if f.level == "FAIL"]
    return [f for f in reading.findings if f.code.startswith(("levels", "unknown_type"))]


@pytest.mark.parametrize("family", list(grid.FAMILIES))
@pytest.mark.parametrize(("year", "layout"), [(2023, "2023"), (2024, "2024 on"), (2025, "2024 on")])
def test_every_row_of_a_right_file_agrees(family, year, layout, tmp_path):
    sheet = right.sheet(family, year, layout)
    (said,) = screened(sheet, tmp_path)
    assert (said.level, said.code, said.value) == ("PASS", "levels_agree", str(len(sheet.rows)))
    at = {c: i for i, c in enumerate(sheet.columns)}
    found = {tuple(row[at[c]] for c in ("statuslevel", "changelevel", "color")) for row in sheet.rows}
    assert {c for _s, _m, c in found} == {"0", "1", "2", "3", "4", "5"} and len(found) > 20
    assert {row[at["smalldenom"]] for row in sheet.rows} == {"", "Y"}


WRONG = {
    "statuslevel": lambda said: {"statuslevel": str(int(said["statuslevel"]) % 5 + 1)},
    "change": lambda said: {"change": f"{float(said['change']) + 0.1:.1f}"},
    "changelevel": lambda said: {"changelevel": str(int(said["changelevel"]) % 5 + 1)},
    "color": lambda said: {"color": str(int(said["color"]) % 5 + 1)},
    "box": lambda said: {"box": "250" if said["box"] != "250" else "10"},
    "smalldenom": lambda said: {"smalldenom": "" if said["smalldenom"] else "Y"},
    "currnsizemet": lambda said: {"currnsizemet": ""},
    "priornsizemet": lambda said: {"priornsizemet": ""},
    "accountabilitymet": lambda said: {"accountabilitymet": ""},
    "priornumer": lambda said: {"priornumer": str(int(said["priornumer"]) + int(said["priordenom"]) // 9 + 1)},
}


@pytest.mark.parametrize("column", WRONG)
def test_one_wrong_value_is_one_warning_with_its_row(column, tmp_path):
    def fits(row):
        return row["rtype"] == "D" and row["studentgroup"] == "ALL" and row["color"] in "1234" and row["changelevel"] != "5"

    sheet = right.sheet("suspension_dashboard")
    edited = sheet.edit(WRONG[column], fits, most=1)
    (said,) = screened(edited, tmp_path)
    line = sheet.line(fits)
    row = dict(zip(edited.columns, edited.rows[line - 2], strict=True))
    assert (said.level, said.code, said.file, said.line) == ("WARN", "levels_differ", "file.txt", line)
    assert row["district_name"] in said.sentence and row["cds"] in said.sentence and "group ALL" in said.sentence
    assert re.search(r"\S+ in the file, \S+.* by its counts", said.sentence)
    if column == "color":
        ours = dict(zip(sheet.columns, sheet.rows[line - 2], strict=True))["color"]
        for color in (row["color"], ours):
            assert f"{color} ({grid.COLORS[int(color)]})" in said.sentence


def test_values_beside_a_group_too_small_to_show_are_not_repeated(tmp_path):
    """The color of one race and the rates of its place could help to work out the race that is withheld."""

    def fits(row):
        return row["rtype"] == "S" and row["studentgroup"] == "HI" and row["color"] != "0"

    edited = right.sheet("chronic_dashboard").edit(WRONG["change"], fits, most=1)
    (said,) = screened(edited, tmp_path)
    assert said.level == "WARN" and not said.value and "not repeated" in said.sentence
    assert not re.search(r"[+-]\d\.\d", said.sentence)


def test_many_wrong_rows_are_counted(tmp_path):
    edited = right.sheet("chronic_dashboard").edit(WRONG["color"], lambda row: row["color"] != "0")
    said = screened(edited, tmp_path)
    wrong = sum(row[edited.columns.index("color")] != "0" for row in edited.rows)
    assert len(said) == 21 and f"{wrong - 20:,} more rows" in said[-1].sentence


def test_forced_levels_and_other_years_are_not_compared(tmp_path):
    base = right.sheet("chronic_dashboard")
    forced = base.edit(lambda row: {"dataerrorflag": "Y", "statuslevel": "1", "color": "1"}, lambda row: row["color"] == "2")
    (tmp_path / "one").mkdir()
    (said,) = screened(forced, tmp_path / "one")
    assert said.code == "levels_agree" and int(said.value) < len(base.rows)
    (tmp_path / "two").mkdir()
    (said,) = screened(right.sheet("chronic_dashboard", 2019, "2018 and 2019"), tmp_path / "two")
    assert (said.level, said.code) == ("PASS", "levels_not_compared") and "2023 to 2025" in said.sentence


def test_a_row_without_its_type_is_said(tmp_path):
    edited = right.sheet("suspension_dashboard").edit(lambda row: {"school_type": ""}, lambda row: row["rtype"] == "S", most=3)
    (said,) = screened(edited, tmp_path)
    assert (said.level, said.code) == ("WARN", "unknown_type") and said.sentence.startswith("3 rows")
