"""The families, their column maps and what a header or a file name says; the limits of unpacking and transcoding."""

import csv
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import ingest, sniff, sources, unpack
from data.problems import Refused, printable
from tests.fixtures import world

IDENTITY = ["Aggregate Level", "County Code", "District Code", "School Code", "County Name", "District Name", "School Name"]
SPACED = ["Academic Year", *IDENTITY]
JOINED = [h.replace(" ", "") for h in SPACED]
LONG = ["ChronicAbsenteeismEligibleCumulativeEnrollment", "ChronicAbsenteeismCount", "ChronicAbsenteeismRate"]
SUSPENDED = [
    "Unduplicated Count of Students Suspended (Total)",
    "Unduplicated Count of Students Suspended (Defiance-Only)",
    "Suspension Rate (Total)",
    "Suspension Count Violent Incident (Injury)",
    "Suspension Count Violent Incident (No Injury)",
    "Suspension Count Weapons Possession",
    "Suspension Count Illicit Drug-Related",
]
HEADERS = {
    "chronic, first 2016-17": [
        *SPACED,
        "Charter School",
        "Reporting Category",
        "Cumulative Enrollment",
        "Chronic Absenteeism Count",
        "Chronic Absenteeism Rate",
    ],
    "chronic, first 2017-18": [
        *JOINED,
        "CharterSchool",
        "ReportingCategory",
        "CumulativeEnrollment",
        "ChronicAbsenteeismCount",
        "ChronicAbsenteeismRate",
    ],
    "chronic, cut at 32 characters": [*JOINED, "CharterYN", "ReportingCategory", "ChronicAbsenteeismEligibleCumula", *LONG[1:]],
    "chronic, 2021": [*JOINED, "Charter School", "ReportingCategory", *LONG],
    "chronic, 2022": [*SPACED, "Charter School", "Reporting Category", *LONG],
    "chronic, 2022-v3 on": [*SPACED, "Charter School", "DASS", "Reporting Category", *LONG],
    "chronic, charter (Y/N)": [*SPACED, "Charter (Y/N)", "DASS (Y/N)", "Reporting Category", *LONG],
    "chronic, eligible": [
        *SPACED,
        "Charter (All/Y/N)",
        "DASS",
        "Reporting Category",
        "Eligible Cumulative Enrollment",
        *LONG[1:],
    ],
    "chronic, trailing tabs": [*SPACED, "Charter School", "DASS", "Reporting Category", *LONG, "", "", ""],
    "suspension, 2022-23 on": [
        *JOINED,
        "CharterYN",
        "ReportingCategory",
        "CumulativeEnrollment",
        "Total Suspensions",
        *SUSPENDED,
        "Suspension Count Defiance-Only",
        "Suspension Count Other Reasons",
    ],
    "suspension, errata": [
        *SPACED,
        "Charter (Y/N)",
        "Reporting Category",
        "Cumulative Enrollment",
        "Total Suspensions",
        *SUSPENDED,
        "Suspension Count of Students Suspended (Defiance-Only)",
        "Suspension Count Other Reasons",
        "Errata Flag (Y/N)",
        "",
        "",
    ],
    "suspension, errata without a flag's name": [
        *JOINED,
        "CharterYN",
        "ReportingCategory",
        "CumulativeEnrollment",
        "Total Suspensions",
        *SUSPENDED,
        "Suspension Count Defiance-Only",
        "Suspension Count Other Reasons",
        "Errata Flag",
    ],
    "suspension, totals only": [*JOINED, "CharterYN", "ReportingCategory", "CumulativeEnrollment", SUSPENDED[0], SUSPENDED[2]],
}


@pytest.mark.parametrize("name", HEADERS)
def test_every_header_of_the_drift_tables(name: str) -> None:
    header = HEADERS[name]
    match = sources.match(header)
    assert match.family.name == {"chronic": "chronic_absenteeism", "suspension": "suspension"}[name.split(",")[0]]
    assert {match.family.denominator, match.family.numerator, match.family.rate, "charter"} <= set(match.columns)
    assert not match.reordered and len(match.columns) == len(header)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(HEADERS)), st.integers(0, 2**32), st.booleans())
def test_spelling_and_order_do_not_matter(name: str, seed: int, upper: bool) -> None:
    header = [h for h in HEADERS[name] if h]
    plain = sources.match(header)
    shuffled = random.Random(seed).sample(header, len(header))
    found = sources.match([(h.upper() if upper else h).replace(" ", "_") for h in shuffled])
    assert (found.family, sorted(found.columns)) == (plain.family, sorted(plain.columns))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=30))
def test_any_header_is_matched_or_refused(header: list[str]) -> None:
    try:
        sources.match(header)
    except Refused as refused:
        assert refused.findings and all(f.level == "FAIL" and f.sentence.endswith(".") for f in refused.findings)


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("chronicabsenteeism24", (2024, 1)),
        ("chronicabsenteeism25-v2", (2025, 2)),
        ("ChronicAbsenteeism22-v3", (2022, 3)),
        ("ChrAbsRate1617", (2017, 1)),
        ("chrabs1617", (2017, 1)),
        ("chronicabsenteeism24 (1)", (2024, 1)),
        ("chronicabsenteeism25.small", None),
        ("my list 2019", None),
        ("xchronicabsenteeism24", None),
    ],
)
def test_the_year_that_a_name_claims(stem: str, said: tuple[int, int] | None) -> None:
    assert sources.named_year(sources.families["chronic_absenteeism"], stem) == said


def test_suspension_names() -> None:
    family = sources.families["suspension"]
    assert [sources.named_year(family, n) for n in ("suspension12", "suspension22-v2", "susp1718")] == [
        (2012, 1),
        (2022, 2),
        (2018, 1),
    ]


def test_the_families_know_their_years() -> None:
    assert 2020 not in sources.families["chronic_absenteeism"].years and 2020 in sources.families["chronic_absenteeism"].absent
    assert 2020 in sources.families["suspension"].years
    assert all(f.landing.startswith("https://") for f in sources.families.values() if f.licence != "Your own list")


def test_a_year_with_moved_headers_is_one_column_of_the_map(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What next year costs: one more column in the map and one more year; the reader's code stays as it is."""
    family = sources.families["chronic_absenteeism"]
    newest = family.layouts[-1]
    moved = sources.Layout("2025-26", {**newest.headers, "eligible_enrollment": "Students Eligible", "rate": "Percent Absent"})
    aliases = {**family.aliases, "studentseligible": "eligible_enrollment", "percentabsent": "rate"}
    with_column = sources.Family(
        **{
            **{k: getattr(family, k) for k in family.__dataclass_fields__},
            "layouts": (*family.layouts, moved),
            "aliases": aliases,
        }
    )
    sheet = world.counts(year=2026, layout=moved)
    (tmp_path / "chronicabsenteeism26.txt").write_bytes(sheet.bytes())
    before = ingest.read([tmp_path / "chronicabsenteeism26.txt"], tmp_path / "before")
    assert {f.code for f in before.findings} == {"missing_column", "extra_column"}
    monkeypatch.setitem(sources.families, "chronic_absenteeism", with_column)
    after = ingest.read([tmp_path / "chronicabsenteeism26.txt"], tmp_path / "after")
    assert not after.failed and after.sources[0].layout == "2025-26" and after.sources[0].year == 2026


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_what_is_shown_is_short_and_printable(text: str) -> None:
    assert len(printable(text)) <= 40 and printable(text).isprintable()


def test_transcoding_in_chunks_equals_transcoding_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sniff, "CHUNK", 37)
    for encoding, mark in (("cp1252", b""), ("utf-8", b""), ("utf-8", b"\xef\xbb\xbf")):
        text = "Ñame\tüber\r\nx\ty\r\n" * 50
        (tmp_path / "in").write_bytes(mark + text.encode(encoding))
        out = sniff.transcode(tmp_path / "in", tmp_path / "out", 1000)
        assert out.path.read_bytes().decode() == text and (out.lines, out.tabs, out.final_newline) == (100, 100, True)


def test_memory_stays_flat_over_a_long_file(tmp_path: Path) -> None:
    import tracemalloc

    (tmp_path / "in").write_bytes(b"a\tb\xf1\r\n" * 4_000_000)
    tracemalloc.start()
    sniff.transcode(tmp_path / "in", tmp_path / "out", 10_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_names_inside_archives_are_only_shown(tmp_path: Path) -> None:
    import zipfile

    (tmp_path / "work").mkdir()
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x/CON", world.counts().bytes())
        archive.writestr("deep/\u202ename.txt", b"a\tb\r\n")
    files, findings = unpack.unpack([tmp_path / "a.zip"], tmp_path / "work")
    assert not findings and all(f.name.isprintable() and f.path.parent == tmp_path / "work" for f in files) and len(files) == 2


def test_the_template_is_recognized() -> None:
    with (Path(sources.__file__).parent / "reference/templates/grantees.csv").open(newline="") as handle:
        assert sources.match(next(csv.reader(handle))).family.name == "grantees"
