"""The pages of local data where files say less: headcounts only, an early month, one that no file covers, a year that is over."""

import json
import re

import pytest

from components import dates, exposed, local
from components.exhibit import SaidAbove, Unanswerable
from components.exhibits import (
    own_attendance,
    own_bands,
    own_grid,
    own_published,
    service_months,
    service_partners,
    service_reach,
)
from components.figures.month_lines import month_lines
from tests import local_pages as shelf
from tests.web import PATH, body

BY_STUDENT = ("served", "chronic_supported", "dosage", "expanded_learning", "family_contacted", "referrals_due",
              "referrals_met", "referrals_old", "referrals_closed", "referral_wait")  # fmt: skip


@pytest.fixture
def district(web, monkeypatch):
    """The district whose local data are open, and the connection that holds them."""
    code, schools = shelf.places()
    con = shelf.connect(shelf.cells(code, schools))
    shelf.open_to(monkeypatch, con)
    yield code, con
    con.close()


@pytest.fixture
def headcounts(district):
    """The same district with a log that names no student."""
    code, con = district
    con.execute("delete from cells where fact = any(?)", [list(BY_STUDENT)])
    con.execute("update cells set value = 4000, status = 'published' where fact = 'contacts' and service in ('all', 'PIL1')")
    return code


def test_headcounts_say_how_many_services_were_delivered(headcounts):
    lead = shelf.one(service_reach.LEAD, "services", place=headcounts)
    assert lead.headline == "About 4,000 services delivered so far" and "headcounts" in lead.subtitle
    delivered = shelf.one(service_months.DELIVERED, "services", place=headcounts)
    assert delivered.figure and any("Integrated Student Supports: about 4,000 in February 2026" in w for w in delivered.words)
    chosen = shelf.one(service_reach.LEAD, "services", place=headcounts, pillar="PIL1")
    assert chosen.headline == "Integrated Student Supports: about 4,000 services delivered so far"


def test_what_headcounts_cannot_tell_is_said_once_and_leaves_no_tabs(headcounts, web):
    with pytest.raises(SaidAbove, match="headcounts"):
        shelf.one(service_reach.REACH, "services", place=headcounts)
    parts = printed(web, "services-reach", headcounts)
    assert "said-above" in parts["head"] and not any("headcounts" in text for text in parts.values())


def printed(web, exhibit: str, place: str) -> dict[str, str]:
    """What the server answers for an exhibit: its head, chart, words and so on."""
    (name,) = [door for door in exposed.doors if f"{exhibit}-head.children" in door]
    answer = json.loads(web.post(PATH, json=body(name, {"place": [place]})).get_data(as_text=True))
    return {part.removeprefix(f"{exhibit}-"): json.dumps(found) for part, found in answer["response"].items()}


def test_an_exhibit_without_an_answer_is_its_title_and_a_sentence(district, web):
    school = shelf.places()[1][0]
    parts = printed(web, "services-equity", school)
    assert "Who was served, beside who is in need" in parts["head"] and "failed" in parts["head"]
    assert parts["chart"] == parts["words"] == '{"children": []}'


def test_days_without_a_service_are_no_gap_of_a_school(district):
    code, con = district
    con.execute("update cells set value = 0 where fact = 'partners_active'")
    with pytest.raises(Unanswerable, match="No partner has a delivered service in the 90 days to the end of February 2026"):
        shelf.one(service_partners.PARTNERS, "services", place=code)


def test_a_month_that_no_log_covers_says_so_and_only_there(district):
    code, con = district
    con.execute("delete from cells where fact in ('contacts', 'partners_active') or fact = any(?)", [list(BY_STUDENT)])
    assert shelf.one(service_reach.LEAD, "services", place=code).headline == "No service is logged for February 2026"
    with pytest.raises(SaidAbove):
        shelf.one(service_partners.PARTNERS, "services", place=code)


def test_an_early_month_is_not_said_to_lack_its_attendance_file(district):
    code, con = district
    con.execute("delete from cells where fact in ('chronic', 'enrolled') and month = 202508")
    lead = shelf.one(own_attendance.LEAD, "my_schools", place=code, month="202508")
    assert lead.headline == "No student has 20 expected days by the end of August 2025" and "add one" not in lead.subtitle
    with pytest.raises(SaidAbove):
        shelf.one(own_attendance.PACE, "my_schools", place=code, month="202508")
    con.execute("delete from cells where fact in ('chronic', 'enrolled')")
    lead = shelf.one(own_attendance.LEAD, "my_schools", place=code)
    assert lead.headline == "No attendance file covers February 2026" and "add one" in lead.subtitle


def test_a_year_that_is_over_is_named_and_july_alone_is_one_month(district):
    assert dates.so_far(202507) == "July 2025" and dates.so_far(202506) == "July 2024 to June 2025"
    for page in ("services", "my_schools"):
        for key, shown in shelf.built(page, place=district[0], month="202502").items():
            said = " ".join([shown.headline, shown.subtitle, shown.table.caption, *shown.words])
            assert not re.search(r"this (school )?year|2025–26", said, re.IGNORECASE), (page, key)


@pytest.mark.parametrize("query", [{"pillar": "PIL2"}, {"service_category": "home_visit"}])
def test_what_does_not_follow_the_choice_says_so(district, query):
    whole = shelf.built("services", place=district[0])
    found = shelf.built("services", place=district[0], **query)
    same = [key for key, shown in found.items() if key in whole and shown.table == whole[key].table]
    assert {"in_need", "referrals", "need", "equity"} <= set(same)
    for key in set(same) - {"completeness"}:
        assert any("does not follow the choice" in note for note in found[key].notes), key


def test_the_chance_stands_before_a_provisional_color(district):
    code, con = district
    con.execute(
        "insert into cells select * replace (202506 as month) from cells where month = 202502 and fact in ('chronic', 'enrolled')"
    )
    shown = shelf.one(own_grid.PROVISIONAL, "my_schools", place=code)
    assert shown.headline.startswith("By chance alone") and not re.search("red|orange|yellow|green|blue", shown.headline.lower())
    assert "times in 100" in shown.words[0] and any("not official" in w for w in shown.words)


def test_remarks_of_the_check_up_stand_by_their_kind(district, monkeypatch):
    remarks = [{"rule": "no_student", "count": 30}, {"rule": "equal_rows", "count": 20}, {"rule": "last_year", "count": 900}]
    files = [{"feed": "attendance", "layout": "stas", "rows": 500, "sha256": "ab" * 32}]
    monkeypatch.setattr(local, "manifest", lambda publication: {"files": files, "checkup": remarks})
    shown = shelf.one(own_published.PUBLISHED, "my_schools", place=district[0])
    said = " ".join(shown.words)
    assert "need a person: up to 30." in said and "Repaired while reading: up to 20." in said and "to be done: up to 900." in said
    assert shown.table.rows[0]["layout"] == "CALPADS student absence summary (STAS)"


def test_days_are_a_share_without_counts(district):
    found = shelf.built("my_schools", place=district[0])["key"]
    (fact,) = [f for f in found.extra["facts"] if f["title"] == "Attendance rate, February 2026"]
    assert "%" in fact["value"] and not re.search(r"\d", fact["detail"])
    (row,) = [r for r in found.table.rows if r["label"] == fact["title"]]
    assert row["numerator"] == row["denominator"] == "–"
    (line,) = [r for r in found.frame.to_dict("records") if r["indicator"] == "attendance_rate"]
    assert line["rate"] and line["numerator"] is None and line["denominator"] is None


def test_one_place_has_as_many_elements_at_the_head_of_pillars_as_in_its_grid(district):
    found = shelf.built("pillars", place=district[0], peers="chosen")
    counts = [re.match(r"(\d+) of (\d+) elements", found[key].headline) for key in ("lead", "matrix")]
    assert counts[0] and counts[1] and counts[0].groups() == counts[1].groups()


def test_no_numerator_begins_with_of_them(district):
    rows = shelf.built("methods")["local"].table.rows
    assert any("Of them" in r["numerator"] for r in rows)
    assert not any(r[part].startswith("Of them") for r in rows for part in ("numerator", "denominator"))


def test_lines_have_two_values_and_the_names_of_their_months():
    line = {202509 + i: (20.0 + i, f"about {20 + i} %") for i in range(4)}
    layout = month_lines([("A", line, {}), ("B", {}, {})], "Title")["layout"]
    assert layout["yaxis"]["ticktext"][0] == "0" and layout["yaxis"]["ticktext"][1].endswith("%")
    assert layout["yaxis"]["tickvals"][1] <= layout["yaxis"]["range"][1] / 1.19, "the name of the value has room above it"
    texts = [a["text"] for a in layout["annotations"]]
    assert "Sep 2025 to Dec 2025" in texts
    (nothing,) = [a for a in layout["annotations"] if a["text"] == "no number to show"]
    assert nothing["xref"] == "paper" and nothing["x"] > 0.5, "an empty panel has no axes: its text stands in its place by itself"


@pytest.mark.parametrize(("value", "number_at", "name_at"), [(26.0, "bottom", "top"), (23.0, "top", "bottom")])
def test_the_newest_number_and_the_name_of_a_level_near_it_stand_on_two_sides(value, number_at, name_at):
    layout = month_lines([("", {202602: (value, "about")}, {})], "Title", level=(25.0, "end of 2024–25"))["layout"]
    anchors = {a["text"]: a["yanchor"] for a in layout["annotations"] if "yanchor" in a}
    assert (anchors["about"], anchors["end of 2024–25"]) == (number_at, name_at)


def test_many_withheld_bars_are_one_sentence(district):
    code, con = district
    con.execute("update cells set value = null, status = 'withheld' where fact = 'chronic' and student_group <> 'TA'")
    words = shelf.one(own_bands.GROUPS, "my_schools", place=code).words
    assert sum("ithheld" in text for text in words) == 1 and len(words) < 6
