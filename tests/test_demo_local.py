"""The demonstration's student files: CDE's rules applied to them give CDE's rows, and the cube from them is worth looking at."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data import demo, demo_counts, demo_local, demo_local_files
from data.demo_counts import GENDERS, PROGRAMS, RACES
from data.demo_local_current import YEAR, direction
from data.demo_local_services import missing_pillar
from data.demo_local_students import Frame
from data.local import cube
from tests import local_demo

SPANS = ("GRTKKN", "GR13", "GR46", "GR78", "GR912")
BROUGHT = [p for p in PROGRAMS if p != "SM"]
"""The 8.1 report has no column for migrant students."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("students")


@pytest.fixture(scope="module")
def written(folder: Path) -> dict[str, tuple[list[Path], list[Path]]]:
    """LEA -> the paths of its files of the finished year and of the running one."""
    made = local_demo.made()
    return {d.lea: demo_local_files.write(made, d, folder / d.lea) for d in made.districts}


@pytest.fixture(scope="module")
def official(written) -> dict[tuple[str, str], tuple[int, ...]]:
    """(school, group) -> eligible, chronic, cumulative, suspended, by CDE's own rules from the files of the finished year."""
    found, last = {}, YEAR - 1
    for district in local_demo.made().districts:
        first, _ = written[district.lea]
        reading, _ = demo_local.read(local_demo.made(), district, first, "ab" * 16, last, last * 100 + 6)
        sql = cube.text("official")
        for school, group, *counts in cube.run(reading.con, sql, {"year": last, "through": last * 100 + 6}):
            found[school, group] = tuple(counts)
    return found


@cache
def printed() -> dict[tuple[str, str], tuple[int, ...]]:
    """(school, group) -> what stands behind CDE's rows of the finished year, withheld or not: as `official`."""
    world = local_demo.made().world
    active = np.array([s.in_year(YEAR - 1) for s in world.schools])
    people = demo_counts.Population(world, local_demo.SEED)
    levels, suspended = demo_counts.absence(people, YEAR - 1, active), demo_counts.suspension(people, YEAR - 1, active)
    assert levels
    absent, hit = levels[0], suspended[0]
    groups = {"TA": (absent.total, hit.total)}
    for codes, family in ((RACES, "race"), (GENDERS, "gender")):
        one, two = absent.group(family), hit.group(family)
        groups |= {c: (one[:, i], two[:, i]) for i, c in enumerate(codes)}
    spans = absent.group("grade")
    groups |= {c: (spans[:, i], None) for i, c in enumerate(SPANS)}
    groups |= {c: (absent.programs[:, i], None) for i, c in enumerate(PROGRAMS) if c in BROUGHT}
    found = {}
    for place, cds in enumerate(s.cds for s, a in zip(world.schools, active, strict=True) if a):
        for group, (a, s) in groups.items():
            more = () if s is None else (int(s[place, :3].sum()), int(s[place, 1] + s[place, 2]))
            found[cds, group] = (int(a[place].sum()), int(a[place, 1]), *more)
    return found


def test_cdes_own_rules_applied_to_the_student_files_give_every_count_behind_cdes_rows(official):
    schools = {school for school, _ in official}
    assert len(schools) >= 55
    for (school, group), counts in printed().items():
        if school in schools and any(counts):
            assert official.get((school, group), (0, 0, 0, 0))[: len(counts)] == counts, (school, group)
    assert not [key for key, counts in official.items() if any(counts[:2]) and not printed()[key][0]]


def test_cdes_rows_as_the_files_print_them_are_met(official, tmp_path):
    """ATT01 and DIS01: the rows of these schools that are not withheld."""
    demo.write(tmp_path)
    met = 0
    measures = {"chronicabsenteeism25-v2.txt": (-3, -2, (0, 1)), "suspension25-v2.txt": (-11, -9, (2, 3))}
    for name, (students, hit, at) in measures.items():
        rows: Frame = pd.read_csv(tmp_path / name, sep="\t", dtype=str, encoding="cp1252", quoting=3)
        rows = rows[rows.iloc[:, 1] == "S"]
        category = next(c for c in rows if c.replace(" ", "") == "ReportingCategory")
        code = rows.iloc[:, 2] + rows.iloc[:, 3] + rows.iloc[:, 4]
        known = set(SPANS) | set(RACES) | set(GENDERS) | {"TA"} | (set(BROUGHT) if at == (0, 1) else set())
        for school, group, *values in zip(code, rows[category], rows.iloc[:, students], rows.iloc[:, hit], strict=True):
            if (school, "TA") in official and "*" not in values and group in known:
                counts = official.get((school, group), (0, 0, 0, 0))
                assert tuple(map(int, values)) == (counts[at[0]], counts[at[1]]), (name, school, group)
                met += 1
    assert met > 800


def test_sixty_grantee_schools_or_so_of_eight_districts_or_more_bring_files():
    made = local_demo.made()
    granted = {g.place for g in made.world.grants if g.kind == "implementation"}
    brought = [made.world.schools[p].cds for d in made.districts for p in d.places]
    assert len(made.districts) >= 8 and 55 <= sum(s in granted for s in brought) <= 70
    assert {1, 2} <= {len(d.places) for d in made.districts}
    for kinds in ({d.attendance for d in made.districts}, {d.services for d in made.districts}):
        assert len(kinds) == 4, "a layout is not brought any more"


@pytest.fixture(scope="module")
def counts(written) -> Frame:
    """The cube of every district, from its files through the readers."""
    parts = []
    for district in local_demo.made().districts:
        first, second = written[district.lea]
        paths = [p for p in first if "8.1" not in p.name] + second
        reading, about = demo_local.read(local_demo.made(), district, paths, "ab" * 16)
        cube.roll(reading.con, about.year, about.through, about.today)
        parts.append(reading.frame("select * from counts").assign(lea=district.lea))
    return pd.concat(parts, ignore_index=True)


KEYS = ["fact", "level", "entity", "month", "span", "service", "student_group", "band"]


def test_the_readers_make_of_the_files_what_was_drawn(counts):
    """Whatever the layout: the same students enrolled, chronically absent, suspended, on as many days."""
    drawn: Frame = pd.concat([c for _, c in local_demo.rolled()], ignore_index=True)
    facts = ["enrolled", "chronic", "absence_band", "days_expected", "days_attended", "chronic_before", "recovered", "suspended",
             "incidents", "incidents_answered", "incidents_restored"]  # fmt: skip
    one, two = (c[c["fact"].isin(facts) & (c["month"] > 202507)].set_index(KEYS)["value"].sort_index() for c in (counts, drawn))
    assert len(one) > 10_000
    pd.testing.assert_series_equal(one, two, check_dtype=False)


def now(counts: Frame, fact: str, service: str = "all") -> Frame:
    """A fact of every school at the end of the last month, year to date."""
    kept = counts[(counts["fact"] == fact) & (counts["level"] == "school") & (counts["month"] == demo_local.THROUGH)
                  & (counts["span"] == "ytd") & (counts["service"] == service) & (counts["student_group"] == "TA")]
    return kept.set_index("entity")["value"]


def test_schools_differ_in_ways_that_are_worth_a_picture(counts):
    cds = {s.cds: p for p, s in enumerate(local_demo.made().world.schools)}
    chronic, enrolled = now(counts, "chronic"), now(counts, "enrolled")
    before = {school: c[1] / c[0] for (school, group), c in printed().items() if group == "TA"}
    change = (chronic / enrolled).sub(pd.Series(before)).dropna()
    ways = change.groupby([direction(cds[s]) for s in change.index]).mean()
    assert ways["improving"] < -0.01 and ways["slipping"] > ways["steady"] > ways["improving"]

    supported = (now(counts, "chronic_supported") / chronic).dropna()
    aimed = np.array([cds[s] % 3 != 1 for s in supported.index])
    assert supported[aimed].mean() > 2 * supported[~aimed].mean(), "supports reach those who need them no more than others"

    met = (now(counts, "referrals_met") / now(counts, "referrals_due")).dropna()
    slow = np.array([cds[s] % 4 == 0 for s in met.index])
    assert met[slow].mean() < met[~slow].mean() - 0.2
    assert counts.query("fact == 'referral_wait' and band == 'open'")["value"].sum() > 100


def test_some_schools_have_a_pillar_without_a_partner_and_one_log_is_incomplete(counts):
    cds = {s.cds: p for p, s in enumerate(local_demo.made().world.schools)}
    for pillar in ("PIL2", "PIL3", "PIL4"):
        partners = now(counts, "partners_active", pillar)
        without = missing_pillar(np.array([cds[s] for s in partners.index])) == pillar
        assert without.any() and (partners[without] == 0).all() and (partners[~without] > 0).mean() > 0.8
    complete = counts.query("fact == 'records_complete' and band == 'services' and level == 'district'").set_index("lea")["value"]
    records = counts.query("fact == 'records' and band == 'services' and level == 'district'").set_index("lea")["value"]
    share = (complete / records).sort_values()
    assert 0.85 < share.iloc[0] < 0.97 and (share.iloc[1:] > 0.99).all()


def test_a_log_of_headcounts_gives_contacts_and_nothing_about_students(counts):
    lea = next(d.lea for d in local_demo.made().districts if d.services == "headcount")
    facts = set(counts.loc[counts["lea"] == lea, "fact"])
    assert {"contacts", "partners_active", "enrolled"} <= facts and not {"served", "dosage", "chronic_supported"} & facts


def test_nobody_in_the_files_could_be_taken_for_a_real_student(written):
    for first, second in written.values():
        for path in (p for p in first + second if p.name.startswith("STAS")):
            rows: Frame = pd.read_csv(path, sep="^", header=None, dtype=str)
            assert rows[6].str.startswith("99").all() and (rows[10] == "19010101").all()
            assert (rows[8] == "Demo").all() and rows[9].str.fullmatch(r"Student \d+").all()


def test_the_demonstration_shows_every_district_that_brings_files_and_says_that_it_is_one(demo_home):
    shown = json.loads((demo_home / "local" / "CURRENT").read_text())["leas"]
    assert set(shown) == {d.lea for d in local_demo.made().districts}
    for lea, name in shown.items():
        manifest = json.loads((demo_home / "local" / "publications" / lea / name / "manifest.json").read_text())
        assert manifest["demo"] and manifest["through"] == demo_local.THROUGH


def test_the_same_seed_writes_the_same_bytes(written, tmp_path):
    again = demo_local.draw(local_demo.SEED)
    for district in again.districts[:3]:
        paths = [path for year in demo_local_files.write(again, district, tmp_path / district.lea) for path in year]
        assert [p.read_bytes() for p in paths] == [p.read_bytes() for year in written[district.lea] for p in year]
