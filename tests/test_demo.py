"""The demonstration files: same bytes from one seed, CDE's headers and suppression, families that add up, plausible rates."""

import time
from collections import Counter
from fractions import Fraction
from functools import cache
from math import floor
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data import demo, demo_places, sources
from data.demo_text import CHRONIC, SUSPENSION, Layout, codes
from data.registry import counties, line_of

RACES = ["RA", "RB", "RD", "RF", "RH", "RI", "RP", "RT", "RW"]
MEASURES = ["students", "hit", "rate"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("demo")
    started = time.process_time()
    demo.write(target)
    print(f"\ndemonstration files: {time.process_time() - started:.2f} s of one core")
    return target


LAYOUTS = [*CHRONIC.values(), *SUSPENSION.values()]
every_file = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.file)


@cache
def _table(path: Path, encoding: str) -> Any:
    return pd.read_csv(path, sep="\t", dtype=str, encoding=encoding, quoting=3, keep_default_na=False)


def _rows(folder: Path, layout: Layout) -> Any:
    """The file with names of the test's own: level, place, scope, code and the three measures as text, numbers in n and k."""
    raw = _table(folder / layout.file, layout.encoding)
    hit, rate = (layout.measures[i] for i in ((1, 2) if layout.kinder else (2, 4)))
    code = next(c for c in raw.columns if c.replace(" ", "") == "ReportingCategory")
    wanted = [layout.measures[0], hit, rate, code, layout.charter]
    out: Any = pd.DataFrame(raw[wanted].to_numpy(), columns=[*MEASURES, "code", "charter"])
    out["level"], out["place"] = raw.iloc[:, 1], raw.iloc[:, 2] + raw.iloc[:, 3] + raw.iloc[:, 4]
    out["scope"] = raw[layout.charter] + "/" + (raw[layout.dass].str.strip() if layout.dass else "")
    out["n"], out["k"] = (out[c].mask(out[c] == "*").astype("Int64") for c in ("students", "hit"))
    return out


def _whole(rows: Any) -> Any:
    """One row a place and code: All scopes above, the first scope of a school."""
    kept = rows[(rows.level == "S") | rows.scope.isin(["All/", "All/All"])]
    return kept.drop_duplicates(["level", "place", "code"])


def test_same_seed_same_bytes_and_another_seed_differs(folder: Path, tmp_path: Path) -> None:
    again, other = tmp_path / "again", tmp_path / "other"
    again.mkdir()
    other.mkdir()
    first = {p.name: p.read_bytes() for p in sorted(folder.iterdir())}
    assert {p.name: p.read_bytes() for p in demo.write(again)} == first
    assert {p.name: p.read_bytes() for p in demo.write(other, seed=7)}.keys() == first.keys()
    assert (other / "pubschls.txt").read_bytes() != first["pubschls.txt"]


def test_the_files_with_the_real_gap(folder: Path) -> None:
    names = {p.name for p in folder.iterdir()}
    assert {"contacts.csv", "events.csv", "grantees.csv", "suspension20.txt"} <= names
    assert "chronicabsenteeism20.txt" not in names
    assert {"chronicabsenteeism25-v2.txt", "suspension25-v2.txt", "pubschls.txt", "grantees.csv"} <= names


IDENTITY = "Academic Year,Aggregate Level,County Code,District Code,School Code,County Name,District Name,School Name"
ELIGIBLE = "ChronicAbsenteeismEligibleCumulativeEnrollment,ChronicAbsenteeismCount,ChronicAbsenteeismRate"
HEADERS = {
    "chronicabsenteeism17.txt":
        f"{IDENTITY},Charter School,Reporting Category,Cumulative Enrollment,Chronic Absenteeism Count,Chronic Absenteeism Rate",
    "chronicabsenteeism19.txt":
        f"{IDENTITY.replace(' ', '')},CharterYN,ReportingCategory,"
        "ChronicAbsenteeismEligibleCumula,ChronicAbsenteeismCount,ChronicAbsenteeismRate",
    "chronicabsenteeism22.txt": f"{IDENTITY},Charter School,Reporting Category,{ELIGIBLE}",
    "chronicabsenteeism23.txt": f"{IDENTITY},Charter School,DASS,Reporting Category,{ELIGIBLE}",
    "chronicabsenteeism25-v2.txt": f"{IDENTITY},Charter School,DASS,Reporting Category,{ELIGIBLE}",
}


@pytest.mark.parametrize("file", HEADERS)
def test_header_of_the_release(folder: Path, file: str) -> None:
    assert (folder / file).read_bytes().split(b"\r\n")[0].decode() == HEADERS[file].replace(",", "\t")


@every_file
def test_shape_encoding_and_codes(folder: Path, layout: Layout) -> None:
    raw = (folder / layout.file).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") == (layout.file == "suspension24.txt")
    assert raw.endswith(b"\r\n") and raw.count(b"\n") == raw.count(b"\r\n") and raw.count(b"\r") == raw.count(b"\n")
    lines = raw.decode(layout.encoding).rstrip("\r\n").split("\r\n")
    assert {line.count("\t") for line in lines} == {layout.header.count("\t")}
    assert all(line_of("dataquest", code) for code in codes(layout))
    if not layout.kinder and layout.year >= 2021:
        assert len(layout.header.split("\t")) == 21


@every_file
def test_the_readers_know_the_header(layout: Layout) -> None:
    found = sources.match(layout.header.split("\t"))
    assert found.family.name == ("chronic_absenteeism" if layout.kinder else "suspension") and not found.dropped


def test_grade_codes_follow_the_release(folder: Path) -> None:
    found = {y: set(_rows(folder, layout).code) for y, layout in CHRONIC.items()}
    assert {"GRK", "GRK8"} <= found[2018] and {"GRKN", "GRK8", "GRUG"} <= found[2019] and {"GRKN", "GRK8"} <= found[2023]
    assert {"GRTKKN", "GRTK8", "GZ"} <= found[2024] and "GRK8" not in found[2024] and "GZ" not in found[2025]


def test_names_need_cp1252(folder: Path) -> None:
    raw = (folder / "chronicabsenteeism25-v2.txt").read_bytes()
    assert all(byte in raw for byte in (b"\xf1", b"\x92", b"\x96", b'"'))
    assert b"\tNo \t" in raw


@every_file
def test_small_groups_are_withheld_in_every_field(folder: Path, layout: Layout) -> None:
    rows = _rows(folder, layout)
    stars = (rows[MEASURES] == "*").sum(axis=1)
    assert set(stars) == {0, 3}
    shown = rows[stars == 0]
    low = shown[shown.n <= 10]
    assert low.empty if layout.kinder else set(low.code) <= {"TA"}
    races = rows[rows.code.isin(RACES)].pivot(index=["level", "place", "scope"], columns="code", values="students")
    assert races.notna().all(axis=None), "every race has a row"
    if layout.withhold_rd:
        assert (races.RD[(races.drop(columns="RD") == "*").any(axis=1)] == "*").all()
    assert 0.2 < (stars == 3).mean() < 0.5


@every_file
def test_rates_are_rounded_half_up(folder: Path, layout: Layout) -> None:
    rows = _rows(folder, layout).dropna(subset=["n"])
    pairs = rows.drop_duplicates(["n", "k"])
    for n, k, rate in zip(pairs.n, pairs.k, pairs.rate, strict=True):
        tenths = floor(Fraction(1000 * int(k), int(n)) + Fraction(1, 2))
        assert rate == f"{tenths // 10}.{tenths % 10}"


@every_file
def test_families_add_up_where_everything_is_shown(folder: Path, layout: Layout) -> None:
    rows = _whole(_rows(folder, layout))
    families = [RACES, ["GF", "GM", "GX", "GZ"]]
    if layout.kinder:
        spans = [layout.kinder, "GR13", "GR46", "GR78"]
        families += [[*spans, "GR912", "GRUG"], [layout.through8, "GR912", "GRUG"]]
    checked = Counter()
    for measure in ("n", "k"):
        wide = rows.pivot(index=["level", "place"], columns="code", values=measure)
        text = rows.pivot(index=["level", "place"], columns="code", values="students")
        for number, family in enumerate(families):
            members = [c for c in family if c in wide]
            full = wide[(text[members] != "*").all(axis=1) & wide.TA.notna()]
            assert (full[members].fillna(0).sum(axis=1) == full.TA).all()
            checked[number] += len(full)
            rest = wide.TA - wide[members].fillna(0).sum(axis=1)
            assert (rest.dropna() >= 0).all()
    assert all(checked[i] > 20 for i in range(len(families)))


@every_file
def test_higher_levels_hold_slightly_less_than_the_sum_below(folder: Path, layout: Layout) -> None:
    rows = _whole(_rows(folder, layout))
    total = rows[rows.code == "TA"].dropna(subset=["n"])
    places = {level: total[total.level == level].set_index("place") for level in "TCDS"}
    sums = {level: int(places[level].n.sum()) for level in "TCDS"}
    assert sums["T"] < sums["C"] < sums["D"] < sums["S"] < 1.06 * sums["T"]
    below = places["S"].groupby(places["S"].index.str[:7])[["n", "k"]].sum()
    hidden = rows[(rows.level == "S") & (rows.code == "TA") & rows.n.isna()].place.str[:7]
    below = below.drop(index=set(hidden), errors="ignore")
    joined = places["D"].join(below.add_suffix("_schools")).dropna()
    assert len(joined) > 200 and (joined.n <= joined.n_schools).all() and (joined.k <= joined.k_schools).all()


@every_file
def test_charter_and_dass_scopes_part_the_total(folder: Path, layout: Layout) -> None:
    rows = _rows(folder, layout)
    above = rows[(rows.level != "S") & (rows.code == "TA")]
    wide = above.pivot(index=["level", "place"], columns="scope", values="n")
    yes, no = layout.yes_no
    after = "/All" if layout.dass else "/"
    both = wide[[f"All{after}", yes + after, no + after]].dropna()
    assert len(both) > 10 and (both[yes + after] + both[no + after] == both[f"All{after}"]).all()
    schools = set(rows[rows.level == "S"].charter)
    assert schools == ({"All", yes, no} if layout.school_scope_all else {yes, no})


def test_reasons_add_up_to_suspensions(folder: Path) -> None:
    for layout in SUSPENSION.values():
        raw = _table(folder / layout.file, layout.encoding)
        shown = raw[raw["Total Suspensions"] != "*"]
        reasons = [m for m in layout.measures if m.startswith("Suspension Count")]
        counts = shown[reasons].astype(int)
        assert len(reasons) == 6 and (counts.sum(axis=1) == shown["Total Suspensions"].astype(int)).all()
        defiance = shown["Unduplicated Count of Students Suspended (Defiance-Only)"].astype(int)
        students = shown["Unduplicated Count of Students Suspended (Total)"].astype(int)
        assert (defiance <= students).all() and (students <= shown["Total Suspensions"].astype(int)).all()
        assert (defiance <= counts[layout.measures[9]]).all()


def test_state_rates_are_plausible(folder: Path) -> None:
    def state(layout: Layout) -> float:
        row = _whole(_rows(folder, layout)).query("level == 'T' and code == 'TA'").iloc[0]
        return 100 * row.k / row.n

    expected = {2017: 10.8, 2018: 11.1, 2019: 12.1, 2021: 14.3, 2022: 30.0, 2023: 24.9, 2024: 20.4, 2025: 19.4}
    assert {y: round(state(v), 1) for y, v in CHRONIC.items()} == pytest.approx(expected, abs=0.7)
    assert state(SUSPENSION[2017]) == pytest.approx(3.6, abs=0.2) and state(SUSPENSION[2021]) < 0.3
    assert state(SUSPENSION[2025]) == pytest.approx(2.9, abs=0.2)


def test_some_schools_report_nobody_absent(folder: Path) -> None:
    rows = _whole(_rows(folder, CHRONIC[2025])).query("level == 'S' and code == 'TA'")
    assert ((rows.n > 500) & (rows.k == 0)).sum() == 2


def test_directory_covers_the_counties_and_the_schools(folder: Path) -> None:
    places = _table(folder / "pubschls.txt", "cp1252")
    assert len(places.columns) == 46 and places.CDSCode.is_unique and places.CDSCode.str.fullmatch(r"\d{14}").all()
    assert set(places.County) == {c.name for c in counties}
    districts = places[places.CDSCode.str.endswith("0000000")]
    assert set(districts.School) == {"No Data"} and 200 <= len(districts) <= 240 and 1100 <= len(places) - len(districts) <= 1300
    assert {"Active", "Closed", "Merged", "Pending"} == set(places.StatusType)
    for layout in LAYOUTS:
        rows = _rows(folder, layout)
        unknown = set(rows[rows.level == "S"].place) - set(places.CDSCode)
        assert all(p.endswith(("0000000", "0000001")) for p in unknown - set(districts.CDSCode))


def test_codes_are_not_of_real_places(folder: Path) -> None:
    places = _table(folder / "pubschls.txt", "cp1252")
    office = places.CDSCode.str[2:6].eq("10" + places.CDSCode.str[:2])
    assert (places.CDSCode.str[2].eq("9") | office).all() and places.CDSCode.str[7].isin(["0", "9"]).all()


def test_two_districts_are_missing_from_one_year(folder: Path) -> None:
    def districts(year: int) -> set[str]:
        rows = _rows(folder, CHRONIC[year])
        return set(rows[rows.level == "D"].place)

    assert len(districts(2023) - districts(2022)) == 2 and not districts(2022) - districts(2023)


def test_grantees(folder: Path) -> None:
    raw: Any = pd.read_csv(folder / "grantees.csv", dtype=str)
    assert list(raw.columns) == ["cds_code", "grant_type", "cohort", "start", "end"]
    funded = raw[raw.grant_type == "implementation"]
    assert set(zip(funded.cohort, funded.start, funded.end, strict=True)) == {
        ("1", "2022-23", "2026-27"), ("2", "2023-24", "2027-28"), ("3", "2024-25", "2028-29"), ("4", "2025-26", "2029-30")}
    assert 280 <= len(funded) <= 320 and funded.cds_code.str.len().eq(14).all() and funded.cds_code.is_unique
    offices = raw[raw.grant_type == "coordination"]
    assert len(offices) > 10 and offices.cds_code.str.len().eq(7).all()
    places = set(_table(folder / "pubschls.txt", "cp1252").CDSCode)
    assert all(c.ljust(14, "0") in places for c in raw.cds_code)


def test_schools_lie_inside_their_county_circle() -> None:
    for school in demo_places.make(3).schools:
        latitude, longitude, radius, _ = demo_places._centres()[school.district.county]
        away = ((school.latitude - latitude) * 110.6) ** 2 + ((school.longitude - longitude) * 88) ** 2
        assert away <= (radius * 1.15) ** 2


@pytest.mark.real
def test_no_name_is_a_real_one() -> None:
    real = Path(__file__).parents[2] / "shared" / "real" / "schools_2025-26.csv"
    if not real.exists():
        pytest.skip("the list of real schools is not on this machine")
    listed: Any = pd.read_csv(real, dtype=str, encoding="utf-8-sig", usecols=["name", "district", "districtId"])
    world = demo_places.make(demo.SEED)
    assert not {s.name.casefold() for s in world.schools if s.listed} & set(listed.name.str.casefold())
    assert not {d.name.casefold() for d in world.districts} & set(listed.district.str.casefold())
    assert not {d.code for d in world.districts} & set(listed.districtId.str[:7])


def test_further_families_stand_on_the_same_students(folder: Path) -> None:
    """Eligible enrollment of the reason file is that of the chronic absenteeism file, and CAY its chronically absent students."""
    chronic, reason = (_table(folder / f"{name}24.txt", "cp1252") for name in ("chronicabsenteeism", "absenteeismreason"))
    key = ["Aggregate Level", "County Code", "District Code", "School Code"]

    def of(table: Any, category: str, column: str) -> Any:
        kept = table[(table["Reporting Category"] == category) & ((table["Aggregate Level"] == "S") | (table.DASS == "All"))]
        return kept[kept["Charter School"].eq("All") | kept["Aggregate Level"].eq("S")].set_index(key)[column]

    for category in ("TA", "GX", "RB", "GRTKKN", "SE"):
        theirs = of(chronic, category, "ChronicAbsenteeismEligibleCumulativeEnrollment")
        ours = of(reason, category, "Eligible Cumulative Enrollment")
        assert len(ours) > 20 and ours.sort_index().equals(theirs.sort_index())
    absent = of(chronic, "TA", "ChronicAbsenteeismCount").sort_index()
    listed = of(reason, "CAY", "Eligible Cumulative Enrollment").sort_index()
    assert (absent[listed.index][listed != "*"] == listed[listed != "*"]).all() and (listed != "*").sum() > 1000


def test_enrollment_stands_on_the_students_of_the_other_files(folder: Path) -> None:
    """Cumulative enrollment is the suspension file's; on census day schools add to districts, counties and the state."""
    ours, theirs = _table(folder / "cenroll2425-v2.txt", "utf-8-sig"), _table(folder / "suspension25-v2.txt", "cp1252")
    key = ["AggregateLevel", "CountyCode", "DistrictCode", "SchoolCode", "ReportingCategory"]
    joined = ours.merge(theirs[(theirs.AggregateLevel == "S") | (theirs.CharterYN == "All")], on=key)
    both = joined[(joined.CumulativeEnrollment_x != "*") & (joined.CumulativeEnrollment_y != "*")]
    assert len(both) > 10_000 and (both.CumulativeEnrollment_x == both.CumulativeEnrollment_y).all()
    census = _table(folder / "cdenroll2425.txt", "cp1252")
    assert not (census.TOTAL_ENR == "*").any() and set(census.Charter) == {"ALL", "Y", "N"}
    total = census.TOTAL_ENR.astype(int).groupby([census.AggregateLevel, census.ReportingCategory]).sum().unstack(0)
    assert total.nunique(axis=1).eq(1).all() and {"TA", "RE_H", "GN_X", "SG_SD", "SG_DS"} <= set(total.index)
    stars = (census.filter(like="GR_") == "*").any(axis=1)
    assert stars[census.AggregateLevel == "S"].mean() > 0.2 and not stars[census.AggregateLevel != "S"].any()


def test_the_dashboard_follows_the_states_cut_scores(folder: Path) -> None:
    """Read apart from the maker: levels by the cut scores, colors by the grid, blanks where ten students or fewer are counted."""
    for name, family in (("chronic", "chronic_dashboard"), ("susp", "suspension_dashboard")):
        table = _table(folder / f"{name}download2025.txt", "cp1252")
        assert sources.match(list(table.columns)).family.name == family
        assert set(table.rtype) == {"X", "D", "S"} and not table.duplicated(["cds", "rtype", "studentgroup"]).any()
        shown = table[table.currnumer != ""]
        assert shown.currdenom.astype(int).min() == 11 and (table[table.currnumer == ""].statuslevel == "0").all()
        levels = shown.groupby("statuslevel").currstatus.agg(lambda v: v.astype(float).mean())
        assert list(levels.sort_values(ascending=False).index) == ["1", "2", "3", "4", "5"]
        assert {"0", "1", "2", "3", "4", "5"} == set(shown.color)
    chronic = _table(folder / "chronicdownload2025.txt", "cp1252")
    state = chronic[(chronic.rtype == "X") & (chronic.studentgroup == "ALL")].iloc[0]
    assert float(state.change) == pytest.approx(float(state.currstatus) - float(state.priorstatus), abs=0.01)
    very_high = chronic[chronic.currstatus.where(chronic.currstatus != "", "0").astype(float) > 20]
    assert set(very_high.statuslevel) == {"1"} and set(very_high.color) <= {"0", "1", "2", "3"}
