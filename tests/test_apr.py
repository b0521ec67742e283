"""Figures for the Annual Progress Report: whose they are, what a hidden one says, what is pasted, and no invented due date."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

import queries
from components import apr as report
from components import links
from components.exhibit import SaidAbove, Shown, Unanswerable
from components.exhibits import apr, apr_lists
from components.view import View
from data import apr as reference
from data import registry
from tests import invented
from tests.test_browser_pages import settle, violations
from tests.test_web_exports import rows

SHOWN, WITHHELD, COARSE, NONE = (f"1390001900010{n}" for n in range(1, 5))
STATUS = {WITHHELD: "withheld", COARSE: "counts_withheld"}
DISTRICT = "19900110000000"


class Fake(invented.Fake):
    """A district of four schools: one published, one withheld, one with a coarse rate, one without any row."""

    listed: tuple[str, ...] = ()

    def ask_schools(self, district):
        return invented.frame([{"entity": s} for s in (SHOWN, WITHHELD, COARSE, NONE)])

    def ask_grantees(self, region, county):
        found = [{"entity": s, "district": invented.DISTRICT} for s in self.listed]
        return invented.frame(found, ("entity", "district"))

    def ask_ranking(self, indicator, student_group, year, level, region, county, cohort, entities):
        if level != "school":
            return super().ask_ranking(indicator, student_group, year, level, region, county, cohort, entities)
        made = []
        for entity in [e for e in entities if e != NONE]:
            row = {**invented.with_prior(invented.fact(entity, year, student_group)), "within": None}
            if entity in STATUS:
                hidden = {"numerator": invented.PLANTED, "denominator": invented.PLANTED, "status": STATUS[entity]}
                row |= {**hidden, "rounded_rate": 230 if entity == COARSE else None}
            made.append({c: row[c] for c in invented.RANKING})
        return invented.frame(made, invented.RANKING)


@pytest.fixture(autouse=True)
def manifest(monkeypatch, request):
    if "web" not in request.fixturenames and "site" not in request.fixturenames:
        monkeypatch.setattr(queries, "manifest", lambda build=None: invented.MANIFEST)


def build(exhibit, place: str = invented.DISTRICT, listed: tuple[str, ...] = (), **view) -> Shown:
    ask = Fake()
    ask.listed = listed
    return exhibit.build(View(place=(place,) if place else (), **view), ask)


def texts(shown: Shown) -> list[str]:
    return [text for _name, text in shown.extra["copies"]]


def test_every_status_has_its_own_look_in_table_text_and_file():
    shown = build(apr.SITES)
    cells = {r["entity"]: r["chronic_absenteeism_rate"] for r in shown.table.rows}
    assert re.fullmatch(r"\d+\.\d % \([\d,]+ of [\d,]+\)", cells[SHOWN])
    assert cells[WITHHELD] == "withheld" and cells[NONE] == "not published" and cells[COARSE] == "about 23 % · counts withheld"
    said = dict(zip([e["entity"] for e in shown.table.rows], texts(shown), strict=True))
    assert "Chronic absenteeism rate, 2024–25: withheld, to protect students in small groups." in said[WITHHELD]
    assert "Chronic absenteeism rate, 2024–25: not published." in said[NONE]
    frame = shown.frame[shown.frame["indicator"] == "chronic_absenteeism_rate"].set_index("cds_code")
    assert frame.loc[WITHHELD, ["numerator", "denominator", "rate"]].isna().all() and frame.loc[NONE, "status"] == "not_published"


def test_hidden_counts_stand_in_no_part():
    for exhibit in (apr.LEAD, apr.SITES, apr.LEA, apr_lists.FILES, apr_lists.DATES):
        for place in (invented.DISTRICT, invented.HIDDEN, invented.COARSE):
            shown = build(exhibit, place)
            text = f"{shown!r}{shown.frame.to_csv()}"
            assert str(invented.PLANTED) not in text and f"{invented.PLANTED:,}" not in text


def test_a_line_to_paste_is_the_published_row_with_year_counts_change_and_file():
    shown = build(apr.SITES, listed=(SHOWN,))
    row = invented.fact(SHOWN, 2025)
    rate = 100 * row["numerator"] / row["denominator"]
    [text] = texts(shown)
    first, second, *_more, last = text.split("\n")
    assert first == f"{SHOWN} (CDS 13 90001 9000101)"
    assert second.startswith(
        f"Chronic absenteeism rate, 2024–25: {rate:.1f} % ({row['numerator']:,} of {row['denominator']:,} eligible students). "
        "Change from 2023–24: "
    )
    assert last == "Source: California Department of Education, chronicabsenteeism25.txt. Build 20261122-000000-abcdef."


def test_invented_numbers_say_so_in_every_text(monkeypatch):
    monkeypatch.setattr(queries, "manifest", lambda build=None: {**invented.MANIFEST, "demo": True})
    told = texts(build(apr.SITES)) + texts(build(apr.LEA))
    assert len(told) == 5 and all(t.startswith("Demonstration data. Not real schools.\n") for t in told)


def test_grantees_stand_alone_where_there_are_any_else_all_schools():
    assert {r["entity"] for r in build(apr.SITES, listed=(SHOWN,)).table.rows} == {SHOWN}
    assert "1 community school on the list of grantees" in build(apr.LEAD, listed=(SHOWN,)).subtitle
    assert {r["entity"] for r in build(apr.SITES).table.rows} == {SHOWN, WITHHELD, COARSE, NONE}
    assert "None of them is on a list of grantees in this build, so all stand here." in build(apr.LEAD).subtitle


@pytest.mark.parametrize(
    ("statuses", "left"),
    [
        (("active", "pending", "closed", ""), [SHOWN, WITHHELD]),
        (("", "", "", ""), [SHOWN, WITHHELD, COARSE, NONE]),
        (("closed", "active", "", "active"), [WITHHELD, NONE]),
    ],
)
def test_a_district_without_a_list_has_the_schools_that_its_own_page_counts(monkeypatch, statuses, left):
    """Those that the directory has open (data/tables/places.sql); without a directory all of them."""
    ask = Fake()
    status = dict(zip((SHOWN, WITHHELD, COARSE, NONE), statuses, strict=True))
    whole = ask.ask_places
    told = lambda entities: whole(entities).assign(directory_status=[status.get(e, "") for e in entities])  # noqa: E731
    monkeypatch.setattr(ask, "ask_places", told)
    assert {s["entity"] for s in report.place_of(View(place=(invented.DISTRICT,)), ask).sites} == set(left)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("", "Search for a district or a school on this page."),
        (registry.STATE, "A report is of a district or a school, and California is the whole state."),
        (invented.COUNTY, "A report is of a district or a school, and Imperial County is a county."),
        (invented.REGION, "A report is of a district or a school, and Southern Coast region is a region."),
    ],
)
def test_what_is_no_lea_and_no_site_is_named_and_asked_for_one(place, told):
    lead = build(apr.LEAD, place)
    assert told in lead.subtitle and "on this page." in lead.subtitle
    ways = [links.internal(path, View(), **changes) for _text, path, changes in lead.extra["more"]]
    inside = {invented.COUNTY: "peers=county&county=13", invented.REGION: f"peers=region&region={invented.REGION}"}
    assert ways == ([f"/compare?level=district&{inside[place]}"] if place in inside else [])
    assert bool(lead.extra["crumbs"]) == bool(place)
    for exhibit in (apr.SITES, apr.LEA):
        with pytest.raises(SaidAbove):
            build(exhibit, place)
    for exhibit in (apr_lists.FILES, apr_lists.DATES):
        assert build(exhibit, place).table.rows


def test_a_year_that_only_some_files_reach_leaves_the_others_out(web):
    found = web.get(f"/export/apr.json?place={DISTRICT}&year=2022&exhibit=files").get_json()["exhibits"][0]["rows"]
    newest = web.get(f"/export/apr.json?place={DISTRICT}&exhibit=files").get_json()["exhibits"][0]["rows"]
    assert {r["year"] for r in found} == {"2021–22"} and 0 < len(found) < len(newest) == len(reference.figures)


def test_the_figures_are_those_of_the_place_page(web):
    """Another door, the same rows: every figure of a site equals the one that its own page gives."""
    made = rows(web.get(f"/export/apr.csv?place={DISTRICT}"))
    assert len({r["cds_code"] for r in made}) == 19 and {r["source_file"] for r in made} > {"suspension25-v2.txt"}
    for row in made[:: len(made) // 7]:
        same = f"place={row['cds_code']}&indicator={row['indicator']}&exhibit=trend"
        [found] = [
            r
            for r in rows(web.get(f"/export/place.csv?{same}"))
            if r["academic_year"] == row["academic_year"] and r["cds_code"] == row["cds_code"]
        ]
        for name in ("status", "rate"):
            assert row[name] == found[name]
        for name in ("numerator", "denominator"):
            assert row[name] == found[name] or float(row[name]) == float(found[name])


def test_one_school_stands_alone_beside_its_district(web):
    [site] = {r["cds_code"] for r in rows(web.get("/export/apr.csv?place=56900189015015"))}
    assert site == "56900189015015"
    assert {r["cds_code"] for r in rows(web.get("/export/apr.csv?place=56900189015015&exhibit=lea"))} == {"56900180000000"}


# Due dates ---------------------------------------------------------------------------------------------------------------------


def test_no_due_date_is_invented():
    assert reference.read(registry.REFERENCE / reference.DATES)
    for due in reference.read(registry.REFERENCE / reference.DATES):
        assert due.source and due.status and not due.due
    shown = build(apr_lists.DATES)
    assert {r["due"] for r in shown.table.rows} == {"not known here: check with CDE"} and "check with CDE" in shown.headline


def test_the_operators_own_list_stands_instead(home):
    home.mkdir()
    template = (registry.REFERENCE / "templates" / reference.DATES).read_text(encoding="utf-8")
    assert reference.read(registry.REFERENCE / "templates" / reference.DATES) == ()
    (home / reference.DATES).write_text(template + "Report of sites,site,2027-07-15,,2027,letter of CDE,\n", encoding="utf-8-sig")
    reference.dates.cache_clear()
    try:
        assert [r["due"] for r in build(apr_lists.DATES).table.rows] == ["July 15, 2027"]
    finally:
        reference.dates.cache_clear()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Report,site,July 15,,2027,CDE,", "row 2: 'July 15' is not a day"),
        ("Report,site,2027-02-30,,2027,CDE,", "row 2: '2027-02-30' is not a day"),
        (",site,2027-07-15,,2027,CDE,", "row 2: report and source must be filled in"),
        ("Report,site,2027-07-15,,2027,,", "row 2: report and source must be filled in"),
        ("Report,site", "row 2: it has other columns"),
        (f"{'x' * 400},site,,,,CDE,", "row 2: it has other columns than the first row, or a text over"),
        ("\n".join(["Report,site,,,,CDE,"] * 100), "more than 60 rows"),
    ],
)
def test_a_list_that_cannot_be_right_is_a_sentence_on_the_page(home, line, why):
    home.mkdir()
    (home / reference.DATES).write_text("report,who,due,about,as_of,source,status\n" + line + "\n", encoding="utf-8")
    reference.dates.cache_clear()
    try:
        with pytest.raises(Unanswerable, match=re.escape(why)):
            build(apr_lists.DATES)
    finally:
        reference.dates.cache_clear()


@pytest.mark.parametrize(
    ("old", "new"),
    [("suspension_rate,", "suspensions_rate,"), ("LCFF priority 6.\n", "\n"), ("expulsion_rate,", "suspension_rate,")],
)
def test_a_typo_in_the_list_of_figures_is_refused_with_file_and_row(tmp_path, monkeypatch, old, new):
    text = (registry.REFERENCE / reference.FIGURES).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / reference.FIGURES).write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(registry, "REFERENCE", tmp_path)
    with pytest.raises(registry.RegistryError, match=r"apr.csv, row \d+"):
        reference._figures()


def test_a_cell_of_days_has_the_share_alone():
    row = invented.fact(SHOWN, 2025)
    days = registry.indicators["unexcused_share_of_absence"]
    assert "of" not in report.cell({**row, "indicator": days.name}, days)


# In the browser ----------------------------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_figures_are_copied_site_by_site_and_all_at_once(chromium, site, width):
    context = chromium.new_context(
        base_url=site, viewport={"width": width, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.goto(f"/apr?place={DISTRICT}")
    settle(page)
    page.locator("#apr-sites .copies summary").click()
    first = page.locator("#apr-sites .copies li").first
    first.get_by_role("button").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    one = page.evaluate("navigator.clipboard.readText()")
    assert one.startswith("Demonstration data. Not real schools.\n") and "Chronic absenteeism rate, 2024–25: " in one
    page.get_by_role("button", name="Copy all of them").click()
    page.wait_for_timeout(300)
    every = page.evaluate("navigator.clipboard.readText()")
    assert every.count("Demonstration data.") == 19 and every.startswith(one)
    assert violations(page) == []
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_says_why_there_is_no_report_and_shows_the_way(chromium, site, width):
    context = chromium.new_context(base_url=site, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto("/apr?place=99999999999999")
    settle(page)
    assert page.locator("#notes").is_visible() and "“99999999999999” is not a known place." in page.locator("#notes").inner_text()
    assert page.locator("[data-find=here] input").is_visible()
    page.goto("/apr?place=56000000000000")
    settle(page)
    lead = page.locator("#apr-lead")
    assert "and Ventura County is a county" in lead.inner_text() and violations(page) == []
    lead.get_by_role("link", name="See the districts of Ventura County").click()
    page.wait_for_url(re.compile(r"/compare\?.*county=56"))
    context.close()


@pytest.mark.browser
def test_a_school_is_found_on_the_page_itself(chromium, site):
    context = chromium.new_context(base_url=site)
    page = context.new_page()
    page.goto("/apr")
    settle(page)
    box = page.locator("[data-find=here] input")
    box.fill("tree swallow bar")
    page.locator("[data-find=here] [role=option]").first.wait_for()
    box.press("Enter")
    page.wait_for_url(re.compile(r"/apr\?.*place=56900189015015"))
    settle(page)
    expect(page.locator("#apr-lead")).to_contain_text("a site of Tamberhaven Unified")
    expect(page.locator("#apr-sites-table tbody tr")).to_have_count(1)
    context.close()


def test_the_template_of_due_dates_is_given_out(web):
    answer = web.get("/template/apr_dates.csv")
    assert next(csv.reader(io.StringIO(answer.get_data(as_text=True)))) == list(reference.Due.__dataclass_fields__)
