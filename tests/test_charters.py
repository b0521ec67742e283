"""Whether a district's figures count its charter schools: said where the rows prove it, per family where they differ."""

import io

import pytest
from python_calamine import CalamineWorkbook

from components import charters as said
from components.words import notes
from data import charters, registry
from data.sources import families
from tests.exhibited import exhibits
from tests.invented import COUNTY

DISTRICT = "19900110000000"
WITHIN = "The district’s own figures include its charter schools, if it has any (CDE’s rows “Charter School: All”)"


def test_only_the_rows_of_all_schools_stand_for_a_district_where_that_is_said():
    """The readers keep a district's row of scope All: so it is with every family of counts that has the column."""
    kinds = {i.family: charters.of_district(i.family) for i in registry.indicators.values()}
    counts = {"chronic_absenteeism", "absenteeism_reason", "suspension", "expulsion", "stability"}
    assert {family for family, kind in kinds.items() if kind == charters.WITHIN} == counts
    assert {family for family, kind in kinds.items() if kind == charters.APART} == {"unduplicated_pupils"}
    assert {family for family, kind in kinds.items() if kind == charters.UNSAID} == {"chronic_dashboard", "suspension_dashboard"}
    for name in counts:
        assert all("charter" in layout.headers for layout in families[name].layouts), name
    macros = (registry.REFERENCE.parent / "tables" / "macros.sql").read_text(encoding="utf-8")
    assert "is_kept(level, charter, dass) as level = 'school' or (charter in ('all', '')" in macros


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("chronic_absenteeism_rate", "includes its charter schools"),
        ("suspension_rate", "includes its charter schools"),
        ("unduplicated_pupil_share", "leaves out its charter schools"),
        ("suspension_dashboard", "does not say whether"),
    ],
)
def test_the_notes_of_a_district_say_it_and_those_of_a_school_do_not(name, told):
    indicator = registry.indicators[name]
    assert told in " ".join(notes(indicator, indicator.total, "district", 2025, 2025))
    if charters.of_district(indicator.family) != charters.APART:
        for level in ("school", "county"):
            assert "charter" not in " ".join(notes(indicator, indicator.total, level, 2025, 2025))


def test_a_report_names_what_leaves_them_out():
    both = [("suspension", "Suspension"), ("unduplicated_pupils", "Unduplicated pupils")]
    assert said.of_figures(both) == f"{WITHIN}. One leaves them out: Unduplicated pupils."
    assert said.of_figures(both[:1]) == f"{WITHIN}."
    assert "leave out its charter schools" in said.of_figures(both[1:])
    assert "do not say" in said.of_figures([("chronic_dashboard", "Chronic absenteeism")]) and said.of_figures([]) == ""


def test_it_stands_in_lead_text_and_workbook_of_the_report(web):
    found = exhibits("apr", place=DISTRICT)
    sentence = f"{WITHIN}. One leaves them out: Unduplicated pupils."
    [(_name, pasted)] = found["lea"].extra["copies"]
    assert sentence in found["lead"].words and sentence in found["lea"].words and sentence in pasted.split("\n")
    assert all("charter" not in text for _name, text in found["sites"].extra["copies"])
    book = CalamineWorkbook.from_filelike(io.BytesIO(web.get(f"/export/apr.xlsx?place={DISTRICT}").data))
    assert any(sentence == cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row)


def test_key_numbers_of_a_district_say_it_and_count_who_was_enrolled_at_any_time(web):
    found = exhibits("place", place=DISTRICT)["key_numbers"]
    assert "includes its charter schools" in dict(found.why)["Charter schools"] and "charter" in " ".join(found.notes)
    suspension, students = (
        next(c for c in found.extra["facts"] if c["title"] == t) for t in ("Suspension rate", "Students counted")
    )
    assert "students enrolled at any time in the year" in suspension["detail"]
    assert students["detail"].startswith("Students enrolled at any time in the year, all students, ")
    assert "Charter schools" not in dict(exhibits("place", place=COUNTY)["key_numbers"].why)


def test_cumulative_enrollment_is_never_called_enrollment_alone():
    for indicator in registry.indicators.values():
        if "umulative enrollment" in indicator.denominator:
            assert "in the year" in indicator.denominator_short or "eligible" in indicator.denominator_short, indicator.name
