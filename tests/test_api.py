"""/api/v1: the build's own rows, strictly asked for, in one shape, and nothing that a status hides."""

import csv
import io
import json
from dataclasses import replace
from urllib.parse import urlsplit

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components import page as composer
from components import reading, tables
from data import registry, warehouse
from server import selfcheck
from server.api import asked, origins
from tests import web as calls

BASE = "/api/v1"
BANNER = "Demonstration data. Not real schools."
FACTS = f"{BASE}/facts?indicator=chronic_absenteeism_rate"
ADDRESSES = (
    f"{BASE}/", f"{BASE}/places", f"{BASE}/places/19000000000000", f"{BASE}/indicators", f"{BASE}/indicators/suspension_rate",
    FACTS, f"{BASE}/exhibits", f"{BASE}/exhibits/compare/ranking", f"{BASE}/builds", f"{BASE}/openapi.json",
    f"{BASE}/schema/exhibits.json",
)  # fmt: skip


def words(text: str) -> list[str]:
    return text.split()


BAD_FACTS = words("""
unknown=1 level=planet level= level=county%00 level=%ff%fe level='%20or%201=1 level=county&level=school year=1999 year= peers=all
student_group=ZZ county=59 county=5 region=R-XXX place=1 place=99999999999999 build=none month=202501
limit=0 limit=5001 limit=-1 limit=1e3 limit=%D9%A5 page=0 page=x page=1000001 page=300&limit=5000 format=xml format=
indicator=suspension_rate
""")
BAD_PLACES = words("q=v q= q=%20%20 level=x county=99 limit=9999 x=1 q=ab&q=cd")
BAD_EXHIBITS = words("exhibit=map month=202501 level=x peers=cohort format=csv county=19&region=R-SCO")
BAD = (
    f"{BASE}/facts", f"{BASE}/facts?indicator=x", f"{FACTS}&place={'9' * 9_000}", f"{BASE}/places?q={'x' * 81}",
    f"{FACTS}&{'&'.join(f'place=560000000000{i:02d}' for i in range(20))}",
    *(f"{FACTS}&{bad}" for bad in BAD_FACTS),
    *(f"{BASE}/places?{bad}" for bad in BAD_PLACES),
    *(f"{BASE}/exhibits/compare/ranking?{bad}" for bad in BAD_EXHIBITS),
    f"{BASE}/?x=1", f"{BASE}/builds?x=1", f"{BASE}/exhibits?x=1", f"{BASE}/openapi.json?x=1", f"{BASE}/indicators?level=county",
    f"{BASE}/places/19000000000000?level=county",
)  # fmt: skip
GONE = tuple(f"{path}build=abcdefghij" for path in (
    f"{BASE}/places?", f"{BASE}/places/19000000000000?", f"{BASE}/indicators?", f"{BASE}/indicators/suspension_rate?",
    f"{FACTS}&", f"{BASE}/exhibits/compare/ranking?",
))  # fmt: skip
NOWHERE = words("""
/api /api/ /api/v2/facts /api/v1/nothing /api/v1/places/1 /api/v1/places/99999999999999 /api/v1/places/19000000000000/x
/api/v1/indicators/x /api/v1/exhibits/compare/nothing /api/v1/exhibits/nothing/ranking /api/v1/exhibits/services/reach
/api/v1/exhibits/my_schools/lead /api/v1/../../etc/passwd /api/v1/schema/x.json
""")


def problem(answer, status: int) -> str:
    """The sentence of an error, once its shape is right."""
    assert answer.status_code == status and answer.content_type == "application/problem+json", answer.data[:300]
    said = json.loads(answer.data)
    assert set(said) == {"type", "title", "status", "detail"} and said["status"] == status
    assert 20 < len(said["detail"]) < 800 and (said["detail"].endswith(".") or ":" in said["detail"])
    return said["detail"]


def every(web, address: str) -> list[dict]:
    """All rows, page by page along `next`."""
    rows: list[dict] = []
    while address:
        body = web.get(address).get_json()
        rows += body.get("rows", body.get("places"))
        following = body["next"]
        parts = urlsplit(following) if following else None
        address = f"{parts.path}?{parts.query}" if parts else ""
    assert len(rows) == body["total"]
    return rows


def archive(home, build: str, indicator: str) -> dict[tuple, tuple]:
    """What the builder wrote, read without any code of ours: place, year and line -> counts and status."""
    path = home / "builds" / build / "facts" / f"{indicator}.parquet"
    with duckdb.connect() as con:
        found = con.execute(
            "select entity, year, student_group, numerator, denominator, status from read_parquet(?)", [str(path)]
        )
        return {(e, y, g): (k, n, s) for e, y, g, k, n, s in found.fetchall()}


@pytest.mark.parametrize("indicator", ["chronic_absenteeism_rate", "suspension_rate", "average_days_absent"])
def test_the_rows_are_those_of_the_build_and_hide_what_it_hides(web, demo_home, indicator):
    one = registry.indicators[indicator]
    build = web.get("/ready").get_json()["build"]
    known = archive(demo_home, build, indicator)
    year = max(y for _e, y, _g in known)
    rows = every(web, f"{BASE}/facts?indicator={indicator}&year={year}&limit=5000")
    assert len(rows) == sum(y == year for _e, y, _g in known) > 5000
    seen = dict.fromkeys(registry.STATUSES, 0)
    for row in rows:
        line = registry.line_of(one.vocabulary, row["student_group"])
        numerator, denominator, status = known[row["cds_code"], year, line]
        seen[status] += 1
        assert row["status"] == status
        if status in ("published", "zero", "derived"):
            assert (
                row["numerator"] == numerator / one.numerator_parts and row["denominator"] == denominator / one.denominator_parts
            )
            assert row["rate"] == pytest.approx(one.factor * numerator / denominator, rel=1e-12)
        else:
            assert [row[c] for c in ("numerator", "denominator", "lower", "upper")] == [None] * 4, row
            assert row["rate"] is None or status == "counts_withheld"
    assert seen["published"] and seen["withheld"], "nothing hidden was looked at"


def test_an_answer_without_rows_says_why(web, monkeypatch):
    assert web.get(f"{FACTS}&limit=1").get_json()["note"] is None
    empty = web.get(f"{FACTS}&level=school&place=19000000000000").get_json()
    assert empty["rows"] == [] and empty["total"] == 0
    assert empty["note"].startswith("No row of chronic_absenteeism_rate fits") and "2024-25" in empty["note"]
    full = reading.known
    monkeypatch.setattr(reading, "known", lambda build: replace(full(build), years={}))
    none = web.get(f"{FACTS}&level=school&place=19000000000000").get_json()
    assert none["note"] == "No file of this build holds chronic_absenteeism_rate."


def test_csv_and_json_say_the_same_and_the_files_too(web):
    query = f"{FACTS}&level=county&year=2025&student_group=TA&limit=5000"
    body = web.get(query).get_json()
    assert body["columns"] == list(tables.FILE_COLUMNS) and body["demonstration"] == BANNER
    texts = [
        web.get(f"{query}&format=csv"),
        web.get(query, headers={"Accept": "text/csv"}),
        web.get("/export/compare.csv?level=county&year=2025&exhibit=ranking"),
    ]
    for answer in texts:
        assert answer.content_type == "text/csv; charset=utf-8"
        lines = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True), newline="")))
        assert len(lines) == len(body["rows"]) == 58
        for line, row in zip(lines, body["rows"], strict=True):
            assert line["note"].startswith(BANNER)
            for name, value in row.items():
                assert line[name] == ("" if value is None else str(value)), name


def test_every_filter_narrows_and_none_is_a_default(web):
    build = web.get("/ready").get_json()["build"]
    whole = web.get(f"{FACTS}&limit=1").get_json()["total"]
    for query, fits in {
        "level=region": lambda r: r["level"] == "region",
        "year=2024": lambda r: r["academic_year"] == "2023-24",
        "student_group=GF": lambda r: r["student_group"] == "GF",
        "county=56": lambda r: r["cds_code"].startswith("56"),
        "region=R-SCO&level=county": lambda r: r["level"] == "county",
        "place=19000000000000&place=56000000000000": lambda r: r["cds_code"] in ("19000000000000", "56000000000000"),
        f"build={build}&level=state": lambda r: r["cds_code"] == registry.STATE,
    }.items():
        body = web.get(f"{FACTS}&{query}&limit=5000").get_json()
        assert 0 < body["total"] < whole and all(map(fits, body["rows"])), query
    assert {r["cds_code"][:2] for r in web.get(f"{FACTS}&region=R-SCO&level=county&limit=5000").get_json()["rows"]} == set(
        registry.region_by_code["R-SCO"].counties
    )


def test_pages_fit_together_and_stay_on_one_build(web):
    address = f"{FACTS}&level=county&year=2025&limit=400"
    rows = every(web, address)
    keys = [(r["cds_code"], r["student_group"]) for r in rows]
    assert len(set(keys)) == len(keys) > 400
    first = web.get(address)
    body = first.get_json()
    assert f"build={body['build']}" in body["next"] and first.headers["Link"] == f'<{body["next"]}>; rel="next"'
    assert first.headers["X-RTAC-Build"] == body["build"]
    beyond = web.get(f"{address}&page=900").get_json()
    assert beyond["rows"] == [] and beyond["next"] is None and beyond["total"] == len(rows)


@pytest.mark.parametrize("address", BAD)
def test_what_cannot_be_used_is_refused_with_a_sentence(web, address):
    problem(web.get(address), 400)


@pytest.mark.parametrize("address", GONE)
def test_a_build_that_is_not_kept_is_gone_at_every_address_that_takes_one(web, address):
    assert "/api/v1/builds" in problem(web.get(address), 410)


def test_only_what_takes_a_build_says_that_it_may_be_gone(web):
    paths = json.loads(web.get(f"{BASE}/openapi.json").data)["paths"]
    takes = {path for path, of in paths.items() if any(p["name"] == "build" for p in of["get"]["parameters"])}
    assert takes and takes == {path for path, of in paths.items() if "410" in of["get"]["responses"]}


@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_there_is_a_404_in_the_same_shape(web, path):
    problem(web.get(path), 404)


def test_other_methods_formats_and_hosts_answer_in_the_same_shape(web, monkeypatch):
    for address in ADDRESSES:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = web.open(address, method=method)
            problem(answer, 405)
            assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
        assert web.head(address).status_code == 200 and web.head(address).data == b""
    for address in ADDRESSES[:-2]:
        problem(web.get(address, headers={"Accept": "image/png"}), 406)
        assert web.get(address, headers={"Accept": "*/*"}).content_type == "application/json"
        assert web.get(address, headers={"Accept": "no kind"}).status_code in (200, 406)
    monkeypatch.setenv("RTAC_HOSTS", "dash.example.org")
    problem(web.get(FACTS), 400)


def test_busy_and_without_a_build_are_a_503_with_a_way_out(web, monkeypatch, tmp_path):
    def busy(*_args, **_params):
        raise warehouse.Busy("Many people are reading at this moment. Please try again in a few seconds.")

    with monkeypatch.context() as patched:
        patched.setattr(warehouse, "query", busy)
        calls.forget()
        answer = web.get(f"{FACTS}&limit=7")
    problem(answer, 503)
    assert answer.headers["Retry-After"]
    monkeypatch.setenv("RTAC_HOME", str(tmp_path / "empty"))
    for address in (
        FACTS,
        f"{BASE}/places",
        f"{BASE}/indicators",
        f"{BASE}/builds",
        f"{BASE}/openapi.json",
        f"{BASE}/exhibits/home/state",
    ):
        assert "python -m data demo" in problem(web.get(address), 503)
    assert web.get(f"{BASE}/").status_code == 200


def test_a_fault_of_ours_is_a_500_that_says_nothing_of_it(web, monkeypatch):
    import queries

    def broken(*_args, **_params):
        raise RuntimeError("secret-value-1234")

    monkeypatch.setattr(queries, "once", broken)
    assert "secret" not in problem(web.get(FACTS), 500)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_did_not_change_is_not_sent_again(web, address):
    first = web.get(address)
    again = web.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.data
    assert web.get(address, headers={"If-None-Match": '"x"'}).status_code == 200
    assert first.headers["Cache-Control"] == "no-cache" and "Accept" in first.headers["Vary"]


def test_places_are_found_listed_and_described(web):
    found = web.get(f"{BASE}/places?q=ventura").get_json()
    assert found["places"][0]["entity"] == "56000000000000" and found["places"][0]["level"] == "county"
    assert web.get(f"{BASE}/places?q=56-000&level=county").get_json()["total"] == 1
    schools = every(web, f"{BASE}/places?level=school&county=56&limit=20")
    assert len({p["entity"] for p in schools}) == len(schools) > 20 and {p["county"] for p in schools} == {"56"}
    assert {p["level"] for p in every(web, f"{BASE}/places?limit=5000")} == set(registry.LEVELS)
    body = web.get(f"{BASE}/places/{schools[0]['entity']}").get_json()
    assert body["place"]["name"] == schools[0]["name"] and web.get(urlsplit(body["links"]["page"]).path).status_code == 200


def test_indicators_say_how_they_are_counted(web):
    body = web.get(f"{BASE}/indicators").get_json()
    assert [i["name"] for i in body["indicators"]] == list(registry.indicators)
    for one in body["indicators"]:
        assert one["numerator"] and one["denominator"] and one["who"] and one["unit_name"] and one["student_groups"], one["name"]
        assert all(s["sha256"] for s in one["sources"]) and bool(one["sources"]) == bool(one["years"]), one["name"]
    rate = web.get(f"{BASE}/indicators/chronic_absenteeism_rate").get_json()["indicator"]
    assert rate["unit"] == "percent" and rate["interval"] == "wilson" and "select" in rate["sql"] and 2025 in rate["years"]
    for group in rate["student_groups"]:
        assert web.get(f"{FACTS}&level=state&student_group={group['code']}").status_code == 200


def test_every_exhibit_is_the_document_of_its_file(web):
    body = web.get(f"{BASE}/exhibits").get_json()
    listed = {(p["page"], e["key"]): e["href"] for p in body["pages"] for e in p["exhibits"]}
    local = {"services", "my_schools"}
    assert set(listed) == {(key, e.key) for key, made in composer.pages.items() if key not in local for e in made.exhibits}
    query = "place=56000000000000"
    for (page, key), href in listed.items():
        answer = web.get(f"{urlsplit(href).path}?{query}")
        file = web.get(f"/export/{page}.json?{query}&exhibit={key}")
        assert answer.status_code == file.status_code and answer.status_code in (200, 400), (page, key)
        if answer.status_code == 200:
            assert answer.data == file.data, (page, key)
        else:
            assert problem(answer, 400) == file.get_json()["error"]


def test_builds_say_which_is_current(web):
    body = web.get(f"{BASE}/builds").get_json()
    assert body["current"] == web.get("/ready").get_json()["build"]
    assert [b["id"] for b in body["builds"] if b["current"]] == [body["current"]]


def test_the_index_says_what_there_is_and_its_limits(web):
    body = web.get(f"{BASE}/").get_json()
    for link in body["links"]:
        answer = web.get(urlsplit(link["href"]).path + ("?indicator=suspension_rate" if link["href"].endswith("/facts") else ""))
        assert answer.status_code == 200, link
    assert body["limits"]["rows_a_page"] == asked.MOST_ROWS and "local data" in " ".join(body["about"]).lower()


def test_no_other_site_may_read_as_it_comes(web):
    for address in (*ADDRESSES, f"{BASE}/nothing"):
        answer = web.get(address, headers={"Origin": "https://a.example"})
        assert not [h for h, _v in answer.headers if h.startswith("Access-Control")], address


def test_named_sites_may_read_and_no_others(web, monkeypatch):
    monkeypatch.setenv(origins.SETTING, "https://a.example, https://b.example:8443")
    for origin, allowed in {
        "https://a.example": True, "https://b.example:8443": True, "https://b.example": False, "http://a.example": False,
        "https://a.example.evil.org": False, "null": False, "https://A.example": False, "": False,
    }.items():  # fmt: skip
        for address in (FACTS, f"{BASE}/nothing", f"{BASE}/facts"):
            answer = web.get(address, headers={"Origin": origin} if origin else {})
            assert answer.headers.get("Access-Control-Allow-Origin") == (origin if allowed else None), origin
            assert "Origin" in answer.headers["Vary"] and "Access-Control-Allow-Credentials" not in answer.headers
    asking = web.options(FACTS, headers={"Origin": "https://a.example", "Access-Control-Request-Method": "GET"})
    assert asking.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    for path in ("/export/compare.csv?level=county", "/search?q=ve", "/"):
        assert "Access-Control-Allow-Origin" not in web.get(path, headers={"Origin": "https://a.example"}).headers


@pytest.mark.parametrize(
    "entry", ["*", "http://a.example", "https://*", "https://a.example/", "https://a.example/x", "a.example", "null", "https://", "HTTPS://a"]
)  # fmt: skip
def test_an_unsafe_list_of_sites_is_refused_at_the_start(entry):
    selfcheck.environment({origins.SETTING: "https://a.example"})
    with pytest.raises(selfcheck.Unsafe, match="no https origin"):
        selfcheck.environment({origins.SETTING: f"https://a.example,{entry}"})


TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["county", "19", "2025", "TA", "1", "5000", "csv", "all", "similar", "R-SCO", "19000000000000", "enrollment:3"]
    ),
)
NAMES = st.one_of(st.sampled_from([*asked.VIEW, "q", "page", "limit", "format", "exhibit"]), st.text(max_size=12))


ACCEPTED = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(ADDRESSES), st.lists(st.tuples(NAMES, TEXTS), max_size=5), ACCEPTED)
def test_junk_is_answered_with_a_sentence(web, address, pairs, accept):
    answer = web.get(
        address.partition("?")[0], query_string=pairs, headers={"Accept": accept.encode("ascii", "replace").decode()}
    )
    assert answer.status_code in (200, 400, 404, 406), (pairs, answer.data[:200])
    if answer.status_code != 200:
        problem(answer, answer.status_code)
