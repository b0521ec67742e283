"""Headers, compression, caching, health, faults: what every response carries, and what readers see when something is missing."""

import re

import pytest

from server import squeeze
from tests import web as calls


def test_every_response_carries_the_policy(web):
    for path in (
        "/",
        "/compare",
        "/nope",
        "/health",
        "/ready",
        "/search?q=ve",
        "/export/compare.csv",
        "/export/x",
        "/assets/view.js",
        "/assets/none.js",
    ):
        headers = web.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-"), path
        assert "'unsafe-inline'" not in policy.split("style-src")[0] and "http" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
        assert "Set-Cookie" not in headers


def test_the_index_names_no_other_host_and_holds_no_data(web):
    page = web.get("/").get_data(as_text=True)
    assert '<html lang="en">' in page
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", page)
    assert "County" not in page and "56000000000000" not in page
    assert "validation_layout" not in page


def test_files_with_a_version_are_kept_forever_and_the_rest_is_not(web):
    page = web.get("/").get_data(as_text=True)
    for path in [
        *re.findall(r'(?:src|href)="(/(?:assets|_dash-component-suites)/[^"]+)"', page),
        "/assets/fonts/public-sans-5.3.0-600.woff2",
    ]:
        answer = web.get(path)
        assert answer.status_code == 200 and "immutable" in answer.headers["Cache-Control"], path
    for path in ("/", "/compare", "/_dash-layout", "/search?q=ve", "/export/compare.csv"):
        assert web.get(path).headers["Cache-Control"] == "no-cache", path


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("", None), ("identity", None), ("br;q=0, gzip", "gzip")]
)
def test_text_is_compressed_as_asked(web, accepted, encoding):
    answer = web.get("/assets/plotly.min.js", headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_an_answer_is_kept_by_build_and_values(web, monkeypatch):
    calls.forget()
    name = next(iter(calls.doors("compare-ranking")))
    first = web.post(calls.PATH, json=calls.body(name), headers={"Accept-Encoding": "br"})
    asked: list[str] = []
    monkeypatch.setattr(squeeze, "_fast", lambda encoding, body: asked.append(encoding) or body)
    again = web.post(calls.PATH, json=calls.body(name), headers={"Accept-Encoding": "br"})
    assert again.data == first.data and again.headers["Content-Encoding"] == "br" and not asked
    web.post(calls.PATH, json=calls.body(name, view={"level": "district"}), headers={"Accept-Encoding": "br"})
    assert asked == ["br"]


def test_trouble_is_not_kept(web, monkeypatch):
    import queries
    from data import warehouse

    calls.forget()
    name = next(iter(calls.doors("compare-ranking")))

    def busy(*_args, **_params):
        raise warehouse.Busy("Many people are reading.")

    with monkeypatch.context() as patched:
        patched.setattr(queries, "run", busy)
        assert "Many people are reading." in web.post(calls.PATH, json=calls.body(name, view={"level": "school"})).get_data(
            as_text=True
        )
    assert "Many people are reading." not in web.post(calls.PATH, json=calls.body(name, view={"level": "school"})).get_data(
        as_text=True
    )


def test_a_failing_exhibit_says_so_without_the_exception(web, monkeypatch, caplog):
    import queries

    calls.forget()
    name = next(iter(calls.doors("compare-ranking")))
    real = queries.run

    def broken(query, build=None, **params):
        if query == "ranking":
            raise RuntimeError("secret-value-1234")
        return real(query, build, **params)

    monkeypatch.setattr(queries, "run", broken)
    answer = web.post(calls.PATH, json=calls.body(name)).get_data(as_text=True)
    assert "could not be shown" in answer and "secret-value" not in answer
    assert "RuntimeError" in caplog.text and "secret-value" not in caplog.text


def test_health_and_ready(web):
    health = web.get("/health")
    assert health.data == b"OK" and health.mimetype == "text/plain"
    ready = web.get("/ready").get_json()
    assert ready["build"] and ready["demonstration"] is True and "chronic_absenteeism" in ready["families"]
    assert 2025 in ready["years"]["chronic_absenteeism_rate"]


def test_without_a_build_every_door_says_so(web, tmp_path, monkeypatch):
    monkeypatch.setenv("RTAC_HOME", str(tmp_path / "empty"))
    for path in ("/", "/compare", "/place?place=1"):
        answer = web.get(path)
        assert (
            answer.status_code == 503 and "python -m data demo" in answer.get_data(as_text=True) and answer.headers["Retry-After"]
        )
    assert web.get("/ready").status_code == 503
    assert web.get("/health").status_code == 200
    assert web.get("/search?q=ventura").status_code == 503
    export = web.get("/export/compare.csv")
    assert export.status_code == 503 and export.headers["Retry-After"] and export.mimetype == "text/plain"
    answer = web.post(calls.PATH, json=calls.body(calls.ROUTER, pathname="/compare", search=""))
    assert answer.status_code == 200 and "no numbers to show" in answer.get_data(as_text=True)


def test_unknown_addresses_and_methods(web):
    unknown = web.get("/no/such/page")
    assert unknown.status_code == 404 and unknown.mimetype == "text/html"
    assert web.get("/assets/none.js").status_code == 404
    assert web.get("/_dash-component-suites/os/path.js").status_code == 404
    for method in ("put", "delete", "patch", "post"):
        assert getattr(web, method)("/export/compare.csv").status_code == 405
    assert web.head("/export/compare.csv").status_code == 200
    assert web.head("/compare").status_code == 200
    assert web.head("/health").data == b""


def test_search(web):
    found = web.get("/search?q=ventura").get_json()
    assert found[0] == {"entity": "56000000000000", "level": "county", "name": "Ventura County", "where": found[0]["where"]}
    assert web.get("/search?q=56").get_json()[0]["entity"].startswith("56")
    assert web.get("/search?q=56-000").get_json()[0]["entity"] == "56000000000000"
    for nothing in (
        "",
        "?q=",
        "?q=v",
        "?q=%27%20or%201=1--",
        "?q=<script>",
        "?q=%00%ff",
        "?q=" + "9" * 500,
        "?q=" + "x" * 10_000,
    ):
        answer = web.get(f"/search{nothing}")
        assert answer.status_code == 200 and answer.get_json() == []
    tagged = web.get("/search?q=ventura")
    assert web.get("/search?q=ventura", headers={"If-None-Match": tagged.headers["ETag"]}).status_code == 304
