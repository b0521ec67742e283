"""Names and methods: under which host names the server answers, and what it says to a method that a door does not take."""

import pytest

from server import answers, hosts, selfcheck
from tests import web as calls

OURS = "dash.example.org"


@pytest.fixture
def listed(monkeypatch):
    monkeypatch.setenv(hosts.SETTING, f"{OURS}, 10.0.0.7,[fd00::7]")


@pytest.mark.parametrize("setting", [None, "", " , "])
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8050", "anything.example"])
def test_without_a_list_every_host_is_served(web, monkeypatch, setting, host):
    if setting is None:
        monkeypatch.delenv(hosts.SETTING, raising=False)
    else:
        monkeypatch.setenv(hosts.SETTING, setting)
    for path in ("/", "/health", "/export/compare.csv?level=county"):
        assert web.get(path, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", [OURS, f"{OURS}:443", OURS.upper(), "10.0.0.7:8050", "[fd00::7]", "[fd00::7]:8050"])
def test_a_listed_host_is_served_with_any_port(web, listed, host):
    for path in ("/", "/compare", "/health", "/ready", "/search?q=ve", "/assets/view.js", "/export/compare.csv?level=county"):
        assert web.get(path, headers={"Host": host}).status_code == 200, path


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.{OURS}", f"{OURS}.evil.example", f"{OURS}@evil.example", f"{OURS}:x", f"{OURS},evil.example", ""],
)
def test_another_host_is_a_400_with_a_sentence(web, listed, host):
    for path in ("/", "/compare", "/nope", "/health", "/ready", "/search?q=ve", "/assets/view.js", "/export/compare.json"):
        answer = web.get(path, headers={"Host": host})
        said = answer.get_data(as_text=True)
        assert answer.status_code == 400 and "does not answer under the name" in said, path
        assert "evil" not in said and answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Security-Policy"] and answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("host", ["localhost", "localhost:8050", "127.0.0.1:8050", "[::1]:8050"])
def test_the_machine_may_always_ask_whether_it_is_well(web, listed, host):
    assert web.get("/health", headers={"Host": host}).data == b"OK"
    assert web.get("/ready", headers={"Host": host}).status_code == 200
    for path in ("/", "/healthy", "/health/", "/export/compare.csv"):
        assert web.get(path, headers={"Host": host}).status_code == 400, path


def test_a_kept_answer_is_not_given_to_another_host(web, listed):
    answers.clear()
    name = next(iter(calls.doors("compare-ranking")))
    for _ in range(2):
        assert web.post(calls.PATH, json=calls.body(name), headers={"Host": OURS}).status_code == 200
    other = web.post(calls.PATH, json=calls.body(name), headers={"Host": "evil.example"})
    assert other.status_code == 400 and "does not answer under the name" in other.get_data(as_text=True)


@pytest.mark.parametrize("entry", ["https://dash.example.org", "dash example", "*", "dash.example.org/"])
def test_a_list_that_holds_no_name_stops_the_start(entry):
    selfcheck.environment({hosts.SETTING: OURS})
    with pytest.raises(selfcheck.Unsafe, match="no host name"):
        selfcheck.environment({hosts.SETTING: f"{OURS},{entry}"})


@pytest.mark.parametrize("path", ["/export/compare.csv", "/export/compare.exe", "/export/", "/health", "/search", "/compare"])
def test_options_says_which_methods_there_are(web, path):
    answer = web.options(path)
    assert answer.status_code == 200 and answer.data == b""
    assert {m.strip() for m in answer.headers["Allow"].split(",")} == {"GET", "HEAD", "OPTIONS"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Content-Security-Policy"]
    assert not [name for name in answer.headers.keys() if name.startswith("Access-Control")]  # noqa: SIM118 - werkzeug's are pairs


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "NONSENSE"])
@pytest.mark.parametrize("path", ["/export/compare.csv", "/export/compare.json", "/export/no.csv", "/export/", "/export/a/b"])
def test_another_method_on_a_file_is_a_405_with_a_sentence(web, method, path):
    answer = web.open(path, method=method)
    assert answer.status_code == 405 and "does not take that method" in answer.get_data(as_text=True)
    assert answer.mimetype == ("application/json" if path.endswith(".json") else "text/plain")
    assert {m.strip() for m in answer.headers["Allow"].split(",")} == {"GET", "HEAD", "OPTIONS"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["Content-Security-Policy"]
