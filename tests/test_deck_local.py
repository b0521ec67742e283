"""A deck with exhibits of a district's own files: marked, given to nobody else, with nothing withheld and no student in it."""

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from components.page import pages
from data import warehouse
from data.local import publications, shelf
from server.decks import FORMATS
from tests import decks, local_commands, local_pages, planted, unpacked, workbooks
from tests import web as calls
from tests.test_deck import post, said

MARK = "Provisional, not official"
PUBLIC = ("/#home-state", "/compare?level=county#compare-ranking", "/place?place=56000000000000#place-trend")
OUTSIDE = {
    "a proxy": {"headers": {"X-Forwarded-For": "10.0.0.1"}},
    "another machine": {"environ_overrides": {"REMOTE_ADDR": "192.168.1.7"}},
    "another name": {"headers": {"Host": "dash.example.org"}},
}
WAYS = {"by GET": "query_string", "by POST": "data"}
LIKE_A_STUDENT = re.compile(r"Zqwx\d{5}|Vrblnk\d{5}|87654\d{5}|19\d\d-\d\d-\d\d")
CLOCK = re.compile(r"20\d\d-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?")
"""When a file was made, which PDF and Office files may say."""


def links(entity: str, *own: str) -> list[str]:
    """The permalink of every exhibit of these pages for a place."""
    return [f"{pages[p].path}?place={entity}#{p}-{e.key}" for p in own for e in pages[p].exhibits]


@pytest.fixture
def district(web, monkeypatch) -> str:
    """A district of the demonstration that published counts from its own files; they are open to this machine's browser."""
    monkeypatch.setenv(shelf.SETTING, "on")
    calls.forget()
    return f"{min(publications.current())}0000000"


def mixed(web, entity: str) -> tuple[list[str], list[bool]]:
    """Public and local slides in turn, and which of them are local: whatever has an answer on the two pages, and one of Place."""
    own = [link for link in (*links(entity, "services", "my_schools"), f"/place?place={entity}#place-beside")
           if "error" not in web.get("/deck/slide", query_string={"slide": link}).get_json()]  # fmt: skip
    out = [PUBLIC[0], *own[:9], PUBLIC[1], *own[9:], PUBLIC[2]]
    assert len(own) > 12
    return out, [link not in PUBLIC for link in out]


def marked_slides(body: bytes) -> list[bool]:
    return [
        any(MARK in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in decks.opened(body).slides
    ]


def marked_pages(body: bytes) -> list[bool]:
    """Of each slide; the last page is the legend's."""
    *slides, legend = (" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(body)).pages)
    assert "What the words and marks mean" in legend and MARK not in legend
    return [MARK in text for text in slides]


def marked_sheets(body: bytes) -> list[bool]:
    """Of each exhibit's sheet; those without their own numbers are left out."""
    sheets = [rows for name, rows in workbooks.sheets(body).items() if name not in ("Read me", "Chart data", "Queries")]
    return [any(MARK in str(cell) for row in rows for cell in row) for rows in sheets]


@pytest.mark.parametrize(
    ("form", "marked"), [("pptx", marked_slides), ("pdf", marked_pages), ("xlsx", marked_sheets)], ids=["pptx", "pdf", "xlsx"]
)
def test_each_local_slide_says_that_it_is_not_official_and_no_public_one_does(web, district, form, marked):
    wanted, local = mixed(web, district)
    answer = post(web, form, slide=wanted)
    assert answer.status_code == 200, said(answer)
    assert marked(answer.data) == local


def test_whatever_an_open_shelf_adds_to_an_exhibit_bears_the_mark(web, district):
    """Every exhibit of every page: it says the same to everybody, or it says that it is not official, in part or as a whole."""
    changed = set()
    for page, made in pages.items():
        for exhibit in made.exhibits:
            url = f"/export/{page}.json?place={district}&exhibit={exhibit.key}"
            open_, closed = (web.get(url, headers=h).get_json() for h in ({}, OUTSIDE["a proxy"]["headers"]))
            if open_ != closed:
                changed.add(page)
                (shown,) = open_["exhibits"]
                assert any(MARK in mark for mark in shown["marks"]), (page, exhibit.key)
    assert changed == {"services", "my_schools", "place", "pillars"}


def test_a_row_of_own_files_among_published_ones_says_so_itself(web, district):
    """Pillars holds both: a line that is pasted elsewhere takes the mark along, and an official one does not get it."""
    for key in ("elements", "stac", "coalition"):
        query = f"place={district}&exhibit={key}"
        (shown,) = web.get(f"/export/pillars.json?{query}").get_json()["exhibits"]
        own = [(row["indicator_id"] or "").startswith("L") and bool(row["indicator"]) for row in shown["rows"]]
        _head, *lines = csv.reader(io.StringIO(web.get(f"/export/pillars.csv?{query}").get_data(as_text=True)))
        assert [MARK in line[-1] for line in lines] == own and any(own) and not all(own), key


def test_the_numbers_behind_the_charts_of_a_workbook_are_marked_too(web, district):
    wanted = [PUBLIC[0], f"/services?place={district}#services-reach", f"/my-schools?place={district}#my_schools-pace"]
    exhibits = post(web, "json", slide=wanted).get_json()["exhibits"]
    rows = workbooks.sheets(post(web, "xlsx", slide=wanted).data)["Chart data"]
    assert rows[1][0] == "Demonstration data. Not real schools."
    marked = {row[0]: any(MARK in str(cell) for cell in row) for row in rows if row[0] in {e["headline"] for e in exhibits}}
    assert list(marked.values()) == [False, True, True]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("where", OUTSIDE.values(), ids=OUTSIDE)
def test_whoever_may_not_see_them_gets_a_sentence_and_no_number(web, district, form, way, where):
    local = f"/services?place={district}#services-numbers"
    ask = {"method": "POST" if way == "data" else "GET", way: {"slide": [PUBLIC[1], local]}}
    mine = web.open(f"/export/deck.{form}", **ask)
    assert mine.status_code == 200 and mine.data
    answer = web.open(f"/export/deck.{form}", **ask, **where)
    assert answer.status_code == 400
    assert said(answer).startswith("Slide 2: There are no local data here yet") and said(answer).endswith(".")
    assert "Remove it" in said(answer), "the sentence says the way out"
    assert not re.search(r"\d", said(answer).removeprefix("Slide 2")), "a sentence without a number"


@pytest.mark.parametrize("where", OUTSIDE.values(), ids=OUTSIDE)
def test_the_tray_is_told_no_headline_of_a_local_slide_by_another_reader(web, district, where):
    for link in links(district, "services", "my_schools"):
        held = web.get("/deck/slide", query_string={"slide": link, "title": "Ours"}, **where).get_json()
        assert set(held) == {"error"} and held["error"].startswith("There are no local data here yet"), link


def test_a_deck_of_pages_that_hold_both_is_without_the_local_lines_for_others(web, district, monkeypatch):
    wanted = links(district, "pillars")
    mine = web.get("/export/deck.json", query_string={"slide": wanted}).get_json()["exhibits"]
    others = web.get("/export/deck.json", query_string={"slide": wanted}, **OUTSIDE["a proxy"]).get_json()["exhibits"]
    monkeypatch.setenv(shelf.SETTING, "off")
    off = web.get("/export/deck.json", query_string={"slide": wanted}).get_json()["exhibits"]
    assert mine != others == off and MARK in str(mine) and MARK not in str(others)


def test_once_local_data_are_off_the_tray_names_the_slide_and_the_others_still_become_a_file(web, district, monkeypatch):
    """No deck is handed over with a slide fewer than its list: whoever presents it would find that out before the board."""
    wanted = [PUBLIC[0], f"/my-schools?place={district}#my_schools-pace", PUBLIC[1]]
    assert post(web, "pptx", slide=wanted).status_code == 200
    monkeypatch.setenv(shelf.SETTING, "off")
    answer = post(web, "pptx", slide=wanted)
    assert answer.status_code == 400 and said(answer).startswith("Slide 2: ") and "Remove it" in said(answer)
    told = [web.get("/deck/slide", query_string={"slide": link}).get_json() for link in wanted]
    assert ["error" in one for one in told] == [False, True, False]
    rest = post(web, "pptx", slide=[wanted[0], wanted[2]])
    assert rest.status_code == 200 and len(decks.opened(rest.data).slides) == 2


@pytest.fixture
def hiding(web, monkeypatch):
    """Changes what stands in the withheld cells of a district's shelf: (its slides, the function)."""
    code, schools = local_pages.places()
    con = local_pages.connect(local_pages.cells(code, schools))
    local_pages.open_to(monkeypatch, con)
    wanted = links(code, "services", "my_schools") + links(schools[0], "services")[:4]

    def hold(value: int) -> None:
        con.execute("update cells set value = ? where status = 'withheld'", [value])

    yield wanted, hold
    con.close()


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_withheld_is_in_no_part_of_a_deck(web, hiding, form):
    """An unmistakable number is found nowhere; of a small count, which could be mistaken, no part of the file depends on it."""
    wanted, hold = hiding
    wanted = [link for link in wanted if "error" not in web.get("/deck/slide", query_string={"slide": link}).get_json()]
    assert len(wanted) > 15
    files = {}
    for value in (local_pages.PLANTED, 3, 8):
        hold(value)
        answer = post(web, form, slide=wanted, note=["Say this."] * len(wanted))
        assert answer.status_code == 200, said(answer)
        files[value] = [(part, CLOCK.sub("", text)) for part, text in unpacked.texts(answer.data)]
    for part, text in files[local_pages.PLANTED]:
        assert not unpacked.numbers(text) & {local_pages.PLANTED, local_pages.PLANTED // 10}, part
    assert files[3] == files[8] == files[local_pages.PLANTED]
    assert any("withheld" in text for _part, text in files[3]), "nothing is withheld: the test looks at the wrong slides"


def test_no_count_under_eleven_stands_in_the_rows_of_a_deck(web, district):
    wanted, local = mixed(web, district)
    shown = post(web, "json", slide=wanted).get_json()["exhibits"]
    counts = {
        row[name]
        for exhibit, own in zip(shown, local, strict=True) if own
        for row in exhibit["rows"] for name in ("numerator", "denominator")
        if row.get(name) is not None and row.get("indicator") not in ("active_partners",)
    }  # fmt: skip
    assert len(counts) > 20 and not {n for n in counts if 0 < n < 11}, sorted(counts)[:20]


@pytest.fixture
def students(demo_home, tmp_path, monkeypatch, capsys) -> str:
    """A district whose counts were published by the command line from files full of planted students."""
    home = tmp_path / "home"
    shutil.copytree(demo_home, home, symlinks=True)
    monkeypatch.setenv("RTAC_HOME", str(home))
    every = warehouse.query("select entity from places where level = 'school' order by entity", {})["entity"].astype(str)
    leas = every.str[:7].value_counts().drop(list(publications.current()))
    lea = str(leas[leas.between(4, 8)].index[0])
    schools = [e for e in every if e.startswith(lea)]
    files: tuple[Path, ...] = (
        planted.attendance(tmp_path / "Zqwx00001 list.csv", schools, 600),
        planted.log(tmp_path / "log.csv", schools, 600),
    )
    assert local_commands.run("publish", *files, "--today", "2026-03-05") == 0
    monkeypatch.setenv(shelf.SETTING, "on")
    calls.forget()
    return f"{lea}0000000"


def test_no_student_is_in_a_deck_or_its_notes(web, students):
    wanted, local = mixed(web, students)
    for form in FORMATS:
        answer = post(web, form, slide=wanted)
        assert answer.status_code == 200, said(answer)
        for part, text in unpacked.texts(answer.data):
            assert not LIKE_A_STUDENT.findall(text), (form, part)
    slides = decks.opened(post(web, "pptx", slide=wanted).data).slides
    notes = [slide.notes_slide.notes_text_frame.text for slide, own in zip(slides, local, strict=True) if own]
    assert all(len(note) > 200 for note in notes) and any("SHA-256" in note for note in notes)
    assert LIKE_A_STUDENT.findall(planted.name(3)) and LIKE_A_STUDENT.findall(str(planted.number(3))), "the search knows one"
