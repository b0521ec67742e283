"""GET /export: the page's query strictly, the page's numbers, and files that are safe to open."""

import csv
import io
import json
from dataclasses import replace

import jsonschema_rs
import pandas as pd
import pytest

from components import page as composer
from components.exhibit import Shown, Table
from data import registry
from exports import EXPORTS, About, Slide, csv_file, json_file
from exports.legend import FEW, LEGEND, OF_STATUS

COLUMNS = [
    "indicator",
    "academic_year",
    "level",
    "cds_code",
    "name",
    "student_group",
    "numerator",
    "denominator",
    "rate",
    "lower",
    "upper",
    "status",
]
BANNER = "Demonstration data. Not real schools."


def rows(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8"), newline="")))


def test_compare_is_the_ranking(web):
    answer = web.get("/export/compare.csv?indicator=chronic_absenteeism_rate&level=county&year=2025&student_group=TA")
    assert answer.status_code == 200 and answer.content_type == "text/csv; charset=utf-8"
    assert "demonstration" in answer.headers["Content-Disposition"]
    found = rows(answer)
    assert list(found[0]) == [*COLUMNS, "note"]
    assert {r["academic_year"] for r in found} == {"2024-25"} and {r["level"] for r in found} == {"county"}
    assert len({r["cds_code"] for r in found}) == len(found) == 58
    for row in found:
        shown = row["numerator"] != ""
        assert shown == (row["status"] in ("published", "zero", "derived")), row
        assert row["note"].startswith(BANNER) and (row["note"] != BANNER) == (row["status"] != "published"), row
        if shown:
            assert float(row["rate"]) == pytest.approx(100 * int(row["numerator"]) / int(row["denominator"]), abs=1e-9)
            assert float(row["lower"]) <= float(row["rate"]) <= float(row["upper"])
        else:
            assert row["lower"] == row["upper"] == ""


@pytest.mark.parametrize(
    "query",
    [
        "level=planet",
        "indicator=x",
        "year=1999",
        "year=2020",
        "student_group=ZZ",
        "county=59",
        "region=R-XXX",
        "cohort=5",
        "peers=friends",
        "build=none",
        "place=1",
        "place=99999999999999",
        "unknown=1",
        "level=county&level=district",
        "level=county&level=county",
        "year=",
        "region=",
        "level=county%00",
        "level=' or 1=1",
        "exhibit=nothing",
        "exhibit=ranking&exhibit=lead",
        "peers=all&county=19",
        "peers=cohort",
        "place=" + "9" * 10_000,
        "level=%ff%fe",
        "peers=chosen",
        "county=19&region=R-SCO",
        "&".join(f"place=560000000000{i:02d}" for i in range(20)),
    ],
)
def test_what_cannot_be_used_is_a_400_with_a_sentence(web, query):
    for form in ("csv", "json"):
        answer = web.get(f"/export/compare.{form}?{query}")
        assert answer.status_code == 400, (query, answer.get_data(as_text=True)[:200])
        said = answer.get_json()["error"] if form == "json" else answer.get_data(as_text=True)
        assert len(said) < 800 and said.rstrip().endswith(".")
        assert answer.mimetype == ("application/json" if form == "json" else "text/plain")


@pytest.mark.parametrize(
    "path", ["/export/nothing.csv", "/export/compare.exe", "/export/compare", "/export/", "/export/a/b.csv", "/export/../app.csv"]
)
def test_unknown_pages_and_formats_are_a_404_with_a_sentence(web, path):
    answer = web.get(path)
    assert (
        answer.status_code == 404
        and len(answer.get_data(as_text=True)) > 20
        and answer.mimetype in ("text/plain", "application/json")
    )


def test_region_county_and_cohort_narrow(web):
    county = rows(web.get("/export/compare.csv?level=district&county=56"))
    assert county and all(r["cds_code"].startswith("56") for r in county)
    assert county == rows(web.get("/export/compare.csv?level=district&peers=county&county=56"))
    region = rows(web.get("/export/compare.csv?level=district&region=R-SCO"))
    every = rows(web.get("/export/compare.csv?level=district"))
    assert 0 < len(county) < len(region) < len(every)
    chosen = rows(web.get("/export/compare.csv?level=county&peers=chosen&place=56000000000000&place=19000000000000"))
    assert {r["cds_code"] for r in chosen} == {"56000000000000", "19000000000000"}


@pytest.mark.parametrize("page", ["home", "compare", "peers", "equity", "grid", "pillars", "place", "methods", "data"])
def test_json_has_every_exhibit_and_csv_the_same_rows(web, page):
    query = "?place=56000000000000" if page == "place" else ""
    document = web.get(f"/export/{page}.json{query}").get_json()
    assert document["build"] and document["demonstration"] == "Demonstration data. Not real schools."
    assert document["exhibits"]
    for exhibit in document["exhibits"]:
        join = "&" if query else "?"
        answer = web.get(f"/export/{page}.csv{query}{join}exhibit={exhibit['key']}")
        assert answer.status_code == 200
        found = rows(answer)
        assert len(found) == len(exhibit["rows"])
        for line, row in zip(found, exhibit["rows"], strict=True):
            for name, value in row.items():
                if isinstance(value, (int, float)) and not isinstance(value, bool):
                    assert float(line[name]) == value
                elif value is None:
                    assert line[name] == ""


def test_every_document_is_as_the_schema_says(web):
    schema = json.loads(web.get("/api/v1/schema/exhibits.json").data)
    jsonschema_rs.meta.validate(schema)
    check = jsonschema_rs.validator_for(schema)
    for page in composer.pages:
        for query in ("", "?place=19000000000000", "?level=school&county=56&place=56000000000000"):
            answer = web.get(f"/export/{page}.json{query}")
            if answer.status_code == 400:
                continue
            document = answer.get_json()
            assert not [(e.instance_path, e.message) for e in check.iter_errors(document)][:3], (page, query)
            assert document["$schema"].endswith("/api/v1/schema/exhibits.json")
            for exhibit in document["exhibits"]:
                assert f"build={document['build']}" in exhibit["link"] and exhibit["link"].startswith("http://localhost/")
    assert not check.is_valid({**document, "exhibits": [{**document["exhibits"][0], "rows": [{"rate": "7 %"}]}]})


def test_a_readers_title_and_note_and_the_marks_are_in_the_document():
    frame = pd.DataFrame({"status": ["derived"], "rate": [1.5]})
    mine = Slide(slide(frame).shown, "/compare", "Mine", "A note.")
    about = replace(ABOUT, site="https://x.org", newer="Newer.", title="A deck")
    document = json.loads(json_file.write([mine], about))
    (exhibit,) = document["exhibits"]
    assert (exhibit["headline"], exhibit["edited"], exhibit["note"]) == ("Mine", True, "A note.")
    assert exhibit["link"] == "https://x.org/compare" and exhibit["marks"] == list(mine.marks) != []
    assert document["newer"] == "Newer." and document["title"] == "A deck" and len(document["legend"]) == len(LEGEND)
    assert document["$schema"] == "https://x.org/api/v1/schema/exhibits.json"


def test_a_file_names_its_other_formats(web):
    """RFC 8288: the same view in every other format, as a page, and the schema of the JSON."""
    for form, made in EXPORTS.items():
        answer = web.get(f"/export/compare.{form}?level=county&county=56&exhibit=ranking")
        assert answer.status_code == 200, form
        said = answer.headers["Link"]
        assert "</compare?" in said and 'rel="alternate"; type="text/html"' in said
        for other, kind in EXPORTS.items():
            held = f"/export/compare.{other}?" in said
            assert held == (other != form), (form, other)
            assert not held or f'type="{kind.mimetype}"' in said
        assert all("county=56" in part for part in said.split(", ") if "alternate" in part)
        assert ('rel="describedby"' in said) == (form == "json")
        alone = (
            made.mimetype if not made.mimetype.startswith(("text/", "application/json")) else f"{made.mimetype}; charset=utf-8"
        )
        assert answer.content_type == alone
        shown = answer.headers["Content-Disposition"].partition(";")[0]
        assert shown == ("inline" if form == "json" else "attachment")
        for part in said.split(", "):
            assert web.get(part.split(">")[0].lstrip("<")).status_code == 200, part


def test_the_same_question_again_is_not_sent_again(web):
    first = web.get("/export/compare.csv?level=county")
    again = web.get("/export/compare.csv?level=county", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.data
    head = web.head("/export/compare.csv?level=county")
    assert head.status_code == 200 and head.data == b"" and head.headers["ETag"] == first.headers["ETag"]


def test_a_kept_build_can_be_named(web):
    build = web.get("/ready").get_json()["build"]
    answer = web.get(f"/export/compare.csv?level=county&build={build}")
    assert answer.status_code == 200 and answer.headers["X-RTAC-Build"] == build


def test_the_template(web):
    answer = web.get("/template/grantees.csv")
    assert answer.get_data(as_text=True).startswith("cds_code,grant_type,cohort,start,end")


@pytest.mark.parametrize(
    ("name", "kind"), [("csv", "text/csv"), ("schema.json", "application/json"), ("xlsx", "spreadsheetml.sheet")]
)
def test_the_service_log_as_list_description_and_workbook(web, name, kind):
    answer = web.get(f"/template/service_log.{name}")
    assert answer.status_code == 200 and kind in answer.content_type
    assert answer.data == (registry.REFERENCE / "templates" / f"service_log.{name}").read_bytes()


def slide(frame: pd.DataFrame) -> Slide:
    return Slide(Shown("x", "h", "s", Table("c", (), ()), lambda: frame))


ABOUT = About("x", (), "b", "2026", False)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", "  =1", "\u00a0=1", '=HYPERLINK("x")'],
)
def test_no_text_runs_as_a_formula(text):
    body = csv_file.write([slide(pd.DataFrame({"name": [text]}))], ABOUT).decode("utf-8")
    (line,) = list(csv.DictReader(io.StringIO(body, newline="")))
    assert line["name"].startswith("'")


def test_numbers_are_written_as_they_are():
    frame = pd.DataFrame(
        {"n": pd.array([-5, None], dtype="Int64"), "r": [-0.1, float("nan")], "long": [1 / 3, 12.0], "t": ["plain", None]}
    )
    assert csv_file.write([slide(frame)], ABOUT) == b"n,r,long,t,note\r\n-5,-0.1,0.3333333333333333,plain,\r\n,,12.0,,\r\n"
    assert b"NaN" not in json_file.write([slide(frame)], ABOUT)


def test_a_row_says_what_its_file_cannot():
    """The legend and the marks travel in the last column, which never takes the name of one of the exhibit's own."""
    frame = pd.DataFrame(
        {
            "indicator": "chronic_absenteeism_rate",
            "denominator": pd.array([200, 12, None, None, None, 30], dtype="Int64"),
            "status": ["published", "published", "withheld", "counts_withheld", "not_published", "zero"],
            "note": "its own",
        }
    )
    mine = slide(frame)
    said = replace(mine, shown=replace(mine.shown, provisional=True))
    about = replace(ABOUT, demonstration=True, newer="A newer build is published.")
    (head, *lines) = csv.reader(io.StringIO(csv_file.write([said], about).decode("utf-8"), newline=""))
    assert head == ["indicator", "denominator", "status", "note", "row_note"]
    every = f"{BANNER} A newer build is published. Provisional, not official."
    meanings = [line[-1].removeprefix(every).strip() for line in lines]
    assert all(line[-1].startswith(every) for line in lines)
    assert meanings == ["", FEW, *(OF_STATUS[s] for s in ("withheld", "counts_withheld", "not_published", "zero"))]


def test_what_a_status_means_is_what_the_legend_says():
    """OF_STATUS stands on the order of LEGEND."""
    marks = dict(LEGEND)
    assert OF_STATUS["zero"] == marks["0 %"] and OF_STATUS["withheld"] == marks["withheld"]
    assert OF_STATUS["not_published"] == marks["not published"] and OF_STATUS["derived"] == marks["(derived)"]
    assert "counts are hidden" in OF_STATUS["counts_withheld"] and marks["hollow dot"] == FEW


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "x" * 40_000, "ñ “quotes”, commas\nlines", "\u202eright", "😀"])
def test_strange_text_survives_or_is_cleaned(text):
    body = csv_file.write([slide(pd.DataFrame({"name": [text]}))], ABOUT)
    (line,) = list(csv.DictReader(io.StringIO(body.decode("utf-8"), newline="")))
    assert "\x00" not in line["name"] and line["name"]
    json_file.write([slide(pd.DataFrame({"name": [text]}))], ABOUT)
