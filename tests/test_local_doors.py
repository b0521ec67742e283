"""The doors of local data: as if there were none to anybody but this machine's own browser; and the store behind them."""

import io
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time

import cubes
import pytest

import queries
from components import exposed, scope
from data import store
from data.local import keys, publications, shelf, travel_cells
from data.privacy import local as privacy
from server import local, selfcheck
from tests import web as calls

LEA = "1999999"
OWN = {"X-RTAC-Local": "1", "Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


def document(seed: int = 1, months: int = 2) -> dict:
    return cubes.document(travel_cells.hide(cubes.counts(cubes.pupils(seed, [120, 90], months))))


@pytest.fixture
def on(web, home, demo_home, monkeypatch):
    """A client of a server with local data open, over a home of its own with the demonstration's build in it."""
    home.mkdir()
    for name in ("CURRENT", "builds", "serving"):
        (home / name).symlink_to(demo_home / name)
    monkeypatch.setenv("RTAC_HOME", str(home))
    monkeypatch.setenv("RTAC_LOCAL", "on")
    calls.forget()
    return web


def post(client, path: str, body: object, **more):
    headers = {**OWN, **more.pop("headers", {})}
    return client.post(path, data=json.dumps(body), content_type="application/json", headers=headers, **more)


def same(client, path: str, nothing: str, **more) -> bool:
    """Whether a door answers as an address that does not exist."""
    answers = [client.open(p, **more) for p in (path, nothing)]
    one, other = [(a.status_code, _plain(a.get_data()), sorted((k, v) for k, v in a.headers if k != "Date")) for a in answers]
    return one == other


def _plain(body: bytes) -> bytes:
    """Without the token that Dash draws anew for each page."""
    return re.sub(rb'"end_id":"[^"]*"', b"", body)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
@pytest.mark.parametrize("path", [local.PUBLISH, local.WITHDRAW])
def test_switched_off_there_are_no_doors(web, method, path):
    body = {"data": json.dumps(document()), "content_type": "application/json", "headers": OWN} if method == "POST" else {}
    assert same(web, path, "/nothing/at-all", method=method, **body)


ELSEWHERE = [
    {"environ_overrides": {"REMOTE_ADDR": "192.168.1.7"}},
    {"environ_overrides": {"REMOTE_ADDR": ""}},
    {"headers": {"Host": "dash.example.org"}},
    {"headers": {"Host": "localhost.evil.org"}},
    {"headers": {"Host": "127.0.0.1@evil.org"}},
    {"headers": {"X-Forwarded-For": "127.0.0.1"}},
    {"headers": {"Forwarded": "for=127.0.0.1"}},
    {"headers": {"X-Forwarded-Host": "localhost"}},
    {"headers": {"Via": "1.1 proxy"}},
    {"headers": {"X-Forwarded-For": ""}},
    {"headers": {"Forwarded": ""}},
    {"headers": {"Via": ""}},
    {"environ_overrides": {"SERVER_PROTOCOL": "HTTP/1.0"}},
    {"headers": {"Sec-Fetch-Site": "cross-site"}},
    {"headers": {"Sec-Fetch-Site": "same-site"}},
    {"headers": {"Origin": "https://elsewhere.example"}},
    {"headers": {"Origin": "null"}},
]


@pytest.mark.parametrize("where", ELSEWHERE)
def test_from_elsewhere_there_are_no_doors(on, where):
    sent = {"data": json.dumps(document()), "content_type": "application/json", "method": "POST"}
    headers = {**OWN, **where.get("headers", {})}
    more = {k: v for k, v in where.items() if k != "headers"}
    assert same(on, local.PUBLISH, "/nothing/at-all", headers=headers, **sent, **more)
    assert publications.current() == {}


def test_a_document_is_published_asked_and_withdrawn(on):
    answer = post(on, local.PUBLISH, document())
    assert answer.status_code == 200, answer.get_json()
    assert answer.headers["Cache-Control"] == "no-store"
    assert queries.local("publications")["lea"].tolist() == [LEA]
    cells = shelf.query("select status, min(value) as least from cells group by status order by status", {})
    assert cells["status"].tolist() == ["published", "withheld"] and min(cells["least"].dropna().tolist()) >= 1
    edition = answer.get_json()["edition"]
    assert shelf.edition() == edition != ""
    assert post(on, local.WITHDRAW, {"lea": "7654321"}).status_code == 404
    assert post(on, local.WITHDRAW, {"lea": "../../../"}).status_code == 404
    assert post(on, local.WITHDRAW, {"lea": LEA}).status_code == 200
    assert queries.local("publications").empty and shelf.edition() == ""
    assert not list((store.home() / "local" / "publications").rglob("*.parquet"))


@pytest.mark.parametrize(
    ("headers", "kind", "path"),
    [
        ({"X-RTAC-Local": ""}, "application/json", local.PUBLISH),
        ({}, "text/plain", local.PUBLISH),
        ({}, "multipart/form-data", local.PUBLISH),
        ({}, "application/x-www-form-urlencoded", local.PUBLISH),
        ({}, "application/json", local.PUBLISH + "?lea=1999999"),
    ],
)
def test_no_form_and_no_link_publishes(on, headers, kind, path):
    answer = on.post(path, data=json.dumps(document()), content_type=kind, headers={**OWN, **headers})
    assert answer.status_code == 400 and publications.current() == {}


def test_what_is_no_count_is_refused_in_a_sentence_and_leaves_nothing(on):
    for body in ([{"ssid": "1234567890", "name": "Ana"}], {"students": [["Ana", "2011-04-05"]]}, {**document(), "rows": []}):
        answer = post(on, local.PUBLISH, body)
        assert answer.status_code == 400
        assert "Ana" not in answer.get_data(as_text=True) and "rows about students" in answer.get_json()["error"]
    assert not list((store.home() / "local").rglob("*")) if (store.home() / "local").exists() else True


def test_how_many_rows_a_file_has_is_said_in_hundreds_only(on):
    """A file of one row a student would say to the student how many there are."""
    exact = document()
    exact["files"][0]["rows"] = 1234
    assert post(on, local.PUBLISH, exact).status_code == 400 and publications.current() == {}
    remark = {**document(), "checkup": [{"rule": "unknown_school", "count": 2}]}
    assert post(on, local.PUBLISH, remark).status_code == 400 and publications.current() == {}


def test_every_other_way_to_send_something_in_is_shut(on):
    """There is no upload: a file of students has no address to go to. The deck takes a picture, and nothing else for one."""
    from app import server

    takes = {str(rule) for rule in server.url_map.iter_rules() if (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}}
    assert takes <= {calls.PATH, local.PUBLISH, local.WITHDRAW, "/_favicon.ico", "/export/deck.<form>"}, takes
    rows = b"SSID^Lopez^Ana^2011-04-05\n" * 50
    for sent in ({"slide": "/#home-state", "logo": (io.BytesIO(rows), "logo.png")}, {"file": (io.BytesIO(rows), "a.csv")}):
        assert on.post("/export/deck.json", data=sent, content_type="multipart/form-data").status_code == 400
    assert on.post("/export/deck.json", data=rows, headers=OWN).status_code in (400, 415)
    for path in ("/upload", "/local/upload", "/my-schools", "/", "/local", "/export/place.csv"):
        assert on.post(path, data=b"SSID^Lopez^Ana^2011-04-05\n" * 50, headers=OWN).status_code in (404, 405)


def test_a_body_longer_than_it_says_or_than_we_take_is_refused(on, monkeypatch):
    monkeypatch.setattr(local.travel, "MOST_BYTES", 1000)
    assert post(on, local.PUBLISH, document()).status_code == 400
    headers = {**OWN, "Transfer-Encoding": "chunked"}
    chunked = on.post(local.PUBLISH, input_stream=None, headers=headers, content_type="application/json")
    assert chunked.status_code == 400


def test_a_page_asks_the_scope_of_its_request(on):
    from app import server

    assert not scope.local()
    with server.test_request_context("/", environ_overrides={"REMOTE_ADDR": "127.0.0.1"}):
        server.preprocess_request()
        assert scope.local()
    with server.test_request_context("/", environ_overrides={"REMOTE_ADDR": "10.0.0.9"}):
        server.preprocess_request()
        assert not scope.local() and scope.name() == "public"


def test_answers_are_kept_by_scope_and_edition(on):
    """A callback of local scope answers this machine only, and never from another edition's or another scope's cache."""
    from app import server

    output = (("local-scope-test", "children"),)
    told = iter("abcdef")
    server_map = sys.modules["app"].app.callback_map
    name = exposed.key_of(output)
    try:
        exposed.exposed(output, [exposed.Ask("view", "data", "view")], "local")(lambda view: (next(told),))
        import dash

        server_map.update({name: dash._callback.GLOBAL_CALLBACK_MAP[name]})
        body = calls.body(name)
        first = on.post(calls.PATH, json=body).get_data()
        assert on.post(calls.PATH, json=body).get_data() == first, "asked again, kept"
        outside = on.post(calls.PATH, json=body, headers={"X-Forwarded-For": "1.2.3.4"})
        assert outside.status_code == 400 and first not in outside.get_data()
        publications.publish(document())
        assert on.post(calls.PATH, json=body).get_data() != first, "another edition, another answer"
    finally:
        exposed.doors.pop(name, None)
        server_map.pop(name, None)
    assert server


@pytest.mark.parametrize("bind", ["0.0.0.0:8050", "[::]:8050", "10.1.2.3:80", "unix:/tmp/rtac.sock", "example.org:80", ":8050"])
def test_a_server_that_others_reach_does_not_start_with_local_data(bind):
    with pytest.raises(selfcheck.Unsafe, match="RTAC_LOCAL"):
        selfcheck.environment({"RTAC_LOCAL": "on", "RTAC_BIND": bind})
    selfcheck.environment({"RTAC_LOCAL": "", "RTAC_BIND": bind})


def test_loopback_starts_and_a_misspelling_does_not():
    for bind in ("127.0.0.1:8050", "localhost:8050", "[::1]:8050"):
        selfcheck.environment({"RTAC_LOCAL": "on", "RTAC_BIND": bind})
    with pytest.raises(selfcheck.Unsafe, match="on or off"):
        selfcheck.environment({"RTAC_LOCAL": "yes"})


def test_gunicorns_own_address_is_looked_at_too(demo_home):
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "-w", "1", "-b", "0.0.0.0:0", "app:server"]
    env = {**os.environ, "RTAC_LOCAL": "on", "RTAC_HOME": str(demo_home)}
    done = subprocess.run(command, cwd=calls.ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0 and "RTAC_LOCAL=on" in done.stderr


def test_a_process_without_the_setting_has_no_shelf(home, monkeypatch):
    publications.publish(document())
    monkeypatch.delenv("RTAC_LOCAL", raising=False)
    with pytest.raises(shelf.Closed):
        queries.local("publications")
    assert shelf.edition() == ""


def test_the_last_three_are_kept_and_own_counts_are_their_owners(home):
    own = cubes.counts(cubes.pupils(1, [120, 90], 2))
    names = [publications.publish(document(months=m), own=own) for m in (1, 2, 3, 4)]
    assert [m["id"] for m in publications.history(LEA)] == names[:0:-1]
    kept = sorted((publications.root() / "own" / LEA).glob("*"))
    assert [p.stem for p in kept] == sorted(names[1:])
    assert all(p.stat().st_mode & 0o077 == 0 for p in (*kept, store.home() / "keys" / "rounding.key"))
    assert publications.withdraw(LEA) == 3
    assert not list(publications.root().rglob("*.parquet")) and publications.current() == {}


def test_the_name_of_what_is_shown_never_comes_back(home):
    """An answer that a browser or this server kept of a withdrawn publication must not fit the same one published again."""
    said = []
    for _ in range(2):
        publications.publish(document())
        said.append(publications.edition())
        publications.withdraw(LEA)
        assert publications.edition() == ""
    assert len(set(said)) == 2


def test_another_rounding_key_is_refused_also_after_withdrawing(home, monkeypatch):
    """Who saved the first publication would hold two roundings of the same numbers."""
    publications.publish(document())
    first = (store.home() / "keys" / "rounding.key").read_text()
    monkeypatch.setenv("RTAC_LOCAL_KEY", "another secret of thirty letters")
    with pytest.raises(privacy.Unsafe, match="rounding key"):
        publications.publish(document())
    publications.withdraw(LEA)
    with pytest.raises(privacy.Unsafe, match=f"remove the file {LEA} in the folder local/withdrawn"):
        publications.publish(document())
    kept = [p for p in publications.root().rglob("*") if p.is_file() and p.name != "CURRENT"]
    assert [p.name for p in kept] == [LEA] and first not in kept[0].read_text() and len(kept[0].read_text()) < 20
    monkeypatch.setenv("RTAC_LOCAL_KEY", first)
    publications.publish(document())
    publications.withdraw(LEA)
    kept[0].unlink()
    monkeypatch.setenv("RTAC_LOCAL_KEY", "another secret of thirty letters")
    publications.publish(document())
    monkeypatch.setenv("RTAC_LOCAL_KEY", "short")
    with pytest.raises(keys.NoKey):
        publications.publish(document())


def test_damage_is_noticed_before_a_number_is_shown(home, monkeypatch):
    monkeypatch.setenv("RTAC_LOCAL", "on")
    name = publications.publish(document())
    file = publications.root() / "publications" / LEA / name / publications.CELLS
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.parent.chmod(0o755)
    file.chmod(0o644)
    file.write_bytes(raw)
    opened = shelf.current()
    assert opened.publications == () and "damaged" in opened.trouble[0]
    assert queries.local("publications").empty


def publish_forever() -> None:
    seed = 0
    while True:
        seed += 1
        publications.publish(document(seed=1 + seed % 2), own=cubes.counts(cubes.pupils(1, [50], 1)))


def test_killed_at_any_moment_the_last_publication_stands(home, monkeypatch):
    monkeypatch.setenv("RTAC_LOCAL", "on")
    publications.publish(document())
    for turn in range(6):
        process = multiprocessing.get_context("fork").Process(target=publish_forever)
        process.start()
        time.sleep(0.25 + 0.11 * turn)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        opened = shelf.current()
        assert not opened.trouble and len(opened.publications) == 1
        assert shelf.query("select count(*) as n from cells", {})["n"].tolist() > [1000]
    publications.publish(document())
    assert not (publications.root() / "staging").exists() or not list((publications.root() / "staging").iterdir())
    known = {m["id"] for m in publications.history(LEA)}
    assert {p.stem for p in (publications.root() / "own" / LEA).glob("*.parquet")} <= known


def test_the_shelf_is_locked_down(home, monkeypatch):
    monkeypatch.setenv("RTAC_LOCAL", "on")
    publications.publish(document())
    for text in ("select * from read_csv('/etc/passwd')", "copy cells to '/tmp/x.csv'", "set enable_external_access = true"):
        with pytest.raises(Exception, match=r"(?i)disabled|permission|locked"):
            shelf.query(text, {})
