"""The pages of local data: what is withheld stands nowhere, what is closed might as well not be, and files keep their columns."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from components import local, tables
from components.exhibits import local_file, own_attendance, service_equity, service_partners, service_places, service_referrals
from components.figures.named_bars import FADED
from exports import Slide, csv_file
from exports.about import About
from tests import local_pages as shelf
from tests.local_pages import PLANTED

PAGES = ("services", "my_schools", "place", "pillars")
ABOUT = About("services", (), "b", "2026-03-05", True)


@pytest.fixture
def district(web, monkeypatch):
    """The district whose local data are open; `.schools` are its schools."""
    code, schools = shelf.places()
    con = shelf.connect(shelf.cells(code, schools))
    shelf.open_to(monkeypatch, con)
    yield code, schools, con
    con.close()


def everything(shown) -> str:
    """All that an exhibit tells in any form."""
    parts = [shown.headline, shown.subtitle, shown.words, shown.alt, shown.notes, shown.why, shown.source, shown.figure]
    said = json.dumps([*parts, [list(r.values()) for r in shown.table.rows], shown.extra], default=str)
    return said + csv_file.write([Slide(shown)], ABOUT).decode()


@pytest.mark.parametrize("page", PAGES)
def test_what_is_withheld_stands_nowhere(district, page):
    code, schools, _con = district
    for entity in (code, *schools):
        for key, shown in shelf.built(page, place=entity).items():
            text = everything(shown)
            assert str(PLANTED) not in text and f"{PLANTED:,}" not in text and str(PLANTED // 10) not in text, (entity, key)
            assert not re.search(r"%\(|\bnan\b|\bNone\b|<NA>", " ".join([shown.headline, shown.subtitle, *shown.words])), key


def test_every_exhibit_of_the_two_pages_has_an_answer_for_a_whole_district(district):
    for page in ("services", "my_schools"):
        from components.page import pages

        assert {e.key for e in pages[page].exhibits} == set(shelf.built(page, place=district[0])), page


def test_the_planted_numbers_are_there_to_be_found(district):
    """The test above could not fail otherwise."""
    found = district[2].execute("select count(*) from cells where value = ?", [PLANTED]).fetchall()
    assert found[0][0] > 1000


def test_services_csv_has_compares_columns_and_three_more(district):
    shown = shelf.built("services", place=district[0])["numbers"]
    rows = list(csv.DictReader(io.StringIO(csv_file.write([Slide(shown)], ABOUT).decode())))
    assert tuple(rows[0]) == (*tables.FILE_COLUMNS, "month", "pillar", "service_category", "note")
    hidden = [r for r in rows if r["status"] == "withheld"]
    assert hidden and all(r["numerator"] == r["denominator"] == r["rate"] == r["lower"] == r["upper"] == "" for r in hidden)
    open_ = [r for r in rows if r["status"] in ("published", "at_most", "at_least") and r["denominator"]]
    assert open_ and all(int(r["numerator"]) % 10 == int(r["denominator"]) % 10 == 0 for r in open_)
    assert {r["month"] for r in rows} == {"2026-02"}
    assert {r["pillar"] for r in rows if r["service_category"] == "health"} == {"PIL1"}


def test_the_choice_of_a_service_narrows_the_file(district):
    shown = shelf.built("services", place=district[0], pillar="PIL4")["numbers"]
    assert set(shown.frame["pillar"]) == {"PIL4"} and set(shown.frame["service_category"].dropna()) <= set(
        local.categories("PIL4")
    )


def test_an_unpublished_month_is_said_and_not_shown_as_another(district):
    from components.page import pages
    from components.reading import read

    read_ = pages["services"].settle(read({"place": district[0], "month": "202605"}))
    assert read_.view.month is None and "not among the published" in read_.view.notes[0]
    with pytest.raises(local.Unanswerable, match="not among the published"):
        local.site(read({"place": district[0], "month": "202605"}).view, read_.ask)


def test_last_year_beside_gives_a_verdict_and_words_for_chance(district):
    shown = shelf.one(own_attendance.LEAD, "my_schools", place=district[0])
    assert any("chance" in w for w in shown.words) and not any("not in the files" in w for w in shown.words)
    pace = shelf.one(own_attendance.PACE, "my_schools", place=district[0])
    assert pace.figure and any(t["line"]["dash"] == "dash" for t in pace.figure["data"])


def test_without_last_year_no_change_is_told(district):
    district[2].execute("delete from cells where year = 2025")
    shown = shelf.one(own_attendance.LEAD, "my_schools", place=district[0])
    assert any("not in the files" in w for w in shown.words)
    assert not re.search(r"\b(better|worse|down about|up about)\b", " ".join([shown.headline, *shown.words]), re.IGNORECASE)


def test_a_log_of_incomplete_records_is_drawn_in_gray_and_says_why(district):
    code, _schools, con = district
    shown = shelf.built("services", place=code)["reach"]
    assert FADED not in json.dumps(shown.figure)
    con.execute("update cells set value = 840, status = 'published' where fact = 'records_complete' and entity = ?", [code])
    con.execute("update cells set value = 1000, status = 'published' where fact = 'records' and entity = ?", [code])
    for key in ("reach", "months", "in_need", "referrals", "need"):
        shown = shelf.built("services", place=code)[key]
        assert any("Drawn in gray: only about 84 %" in n for n in shown.notes), key
    assert FADED in json.dumps(shelf.built("services", place=code)["reach"].figure)


def test_a_school_with_a_withheld_count_is_named_and_not_drawn(district):
    code, schools, con = district
    con.execute("update cells set status = 'withheld' where fact = 'chronic_supported' and entity = ?", [schools[0]])
    con.execute("update cells set value = 60, status = 'published' where fact = 'chronic_supported' and entity = ?", [schools[1]])
    con.execute("update cells set value = 120, status = 'published' where fact = 'chronic' and entity = ?", [schools[1]])
    shown = shelf.one(service_places.NEED_REACH, "services", place=code)
    assert shown.figure
    drawn = shown.figure["data"][0]["customdata"]
    assert schools[0] not in drawn and schools[1] in drawn
    (row,) = [r for r in shown.table.rows if r["entity"] == schools[0]]
    assert row["reach"] == "withheld" and any("Not drawn" in n and row["name"] in n for n in shown.notes)


def test_partners_by_name_stand_beside_no_number(district):
    shown = shelf.one(service_partners.PARTNERS, "services", place=district[0])
    said = [w for w in shown.words if "Valley Health" in w]
    assert said and not any(re.search(r"\d", w) for w in said)
    assert "Valley Health" not in csv_file.write([Slide(shown)], ABOUT).decode()
    assert "Valley Health" not in json.dumps(shown.extra)
    assert any("no active provider logged" in w for w in shown.words)


def test_groups_are_told_apart_only_beyond_chance_and_rounding(district):
    code, _schools, con = district
    planted = (("served", "TA", 600), ("chronic", "TA", 300), ("served", "RH", 100), ("chronic", "RH", 200))
    for fact, group, value in (*planted, ("served", "RW", 300), ("chronic", "RW", 150)):
        con.execute(
            "update cells set value = ?, status = 'published' "
            "where entity = ? and fact = ? and student_group = ? and span = 'ytd' and service = 'all'",
            [value, code, fact, group],
        )
    said = shelf.one(service_equity.EQUITY, "services", place=code).words
    assert any(w.startswith("Hispanic") and "less than in proportion" in w for w in said)
    assert any("could be chance" in w and "White" in w for w in said)


def test_open_referrals_are_said_to_be_open(district):
    code, _schools, con = district
    con.execute(
        "update cells set value = 40, status = 'published' where fact = 'referral_wait' and band = 'open' and entity = ?", [code]
    )
    shown = shelf.one(service_referrals.WAITS, "services", place=code)
    assert "Still without a service: about 40. How long they will take is not known." in shown.words
    assert any("Open referrals count among those due" in n for n in shown.notes)


@pytest.mark.parametrize("page", PAGES)
def test_no_sentence_claims_a_cause(district, page):
    for key, shown in shelf.built(page, place=district[0]).items():
        said = " ".join([shown.headline, shown.subtitle, *shown.words])
        assert not re.search(
            r"because of the service|thanks to|led to|caused|due to services|as a result of", said, re.IGNORECASE
        ), key


def test_own_files_fill_the_direct_process_lines_and_are_marked(district):
    shown = shelf.built("pillars", place=district[0])["elements"]
    lines = [r for r in shown.table.rows if r["indicator"].startswith("Service reach")]
    assert lines and all(r["change"] == "provisional, rounded" and "%" in r["value"] and r["needs"] == "–" for r in lines)
    of_pillars = {r["element"].removeprefix("Pillar: "): r["indicator"] for r in lines if r["element"].startswith("Pillar: ")}
    assert of_pillars and all(title == f"Service reach: {name}" for name, title in of_pillars.items())
    assert any("own files" in n for n in shown.notes)


def test_an_earlier_year_has_no_own_files(district):
    shown = shelf.built("pillars", place=district[0], year="2024")["elements"]
    (line, *_rest) = [r for r in shown.table.rows if r["indicator"] == "Service reach"]
    assert line["value"] == "no data" and "service log" in line["needs"]


def test_every_service_exhibit_says_rounded_and_may_not_add(district):
    for page in ("services", "my_schools"):
        for key, shown in shelf.built(page, place=district[0]).items():
            assert any("rounded" in n and "may not add" in n for n in shown.notes), key
            assert any("Rule" in label for label, _text in shown.why), key


def test_the_file_of_a_banded_exhibit_names_its_band(district):
    shown = shelf.built("services", place=district[0])["dosage"]
    assert tuple(shown.frame.columns) == (*local_file.FILE_COLUMNS, "band")


with (Path(__file__).parent / "local_questions.csv").open(encoding="utf-8", newline="") as handle:
    QUESTIONS = list(csv.DictReader(handle))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"{q['group']}-{q['n']}-{q['exhibit']}")
def test_a_question_of_tests_questions_is_answered_once_local_data_are_there(district, question):
    shown = shelf.built(question["page"], place=district[0])[question["exhibit"]]
    assert question["answer"] in "\n".join((shown.headline, shown.subtitle, *shown.words))
