"""The gate lets declared, well-formed calls through and nothing else; the app refuses to start when that is not so."""

import json
import subprocess
import sys

import pytest

from components import exposed
from server import selfcheck
from tests import web as calls

LOCAL = ("services-", "my_schools-", "place-beside-")


def test_every_declared_callback_answers(web):
    for name in exposed.doors:
        sent = calls.body(name, pathname="/compare", search="")
        answer = web.post(calls.PATH, json=sent)
        assert answer.status_code == 200, (name, answer.get_data(as_text=True))
        failed = '"className":"failed"' in answer.get_data(as_text=True)
        # What waits for local data says so: this server has none.
        assert failed == ("-head.children" in name and any(page in name for page in LOCAL)), name


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        True,
        "text",
        [],
        {"a": {"b": 1}},
        {"a": None},
        {"a": [["x"]]},
        {"a": 5},
        {"a": [1]},
        {f"k{i}": "v" for i in range(41)},
        {"a": "x" * 20_001},
        {"place": ["x"] * 201},
    ],
)
def test_a_view_of_another_kind_is_refused(web, value):
    name = next(iter(calls.doors("compare-ranking")))
    sent = calls.body(name)
    sent["inputs"][0]["value"] = value
    answer = web.post(calls.PATH, json=sent)
    assert answer.status_code == 400
    assert "view.data" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "value", [None, 7, ["/compare"], {"props": {"children": "x"}, "type": "Div", "namespace": "dash_html_components"}]
)
def test_dict_list_and_none_for_text_are_refused(web, value):
    sent = calls.body(calls.ROUTER, pathname="/compare", search="")
    sent["inputs"][0]["value"] = value
    assert web.post(calls.PATH, json=sent).status_code == 400


@pytest.mark.parametrize("build", [7, {}, [], "x", "../../etc/passwd", "A" * 70])
def test_a_build_that_is_none_is_refused(web, build):
    name = next(iter(calls.doors("compare-ranking")))
    assert web.post(calls.PATH, json=calls.body(name, build=build)).status_code == 400


def test_unknown_callbacks_and_forged_wiring_are_refused(web):
    name = next(iter(calls.doors("compare-ranking")))
    unknown = {**calls.body(name), "output": "secret.children"}
    other = calls.body(name)
    other["inputs"][0]["id"] = "other"
    more = calls.body(name)
    more["inputs"].append({"id": "view", "property": "data", "value": {}})
    outputs = {**calls.body(name), "outputs": [{"id": "x", "property": "children"}]}
    for sent in (unknown, other, more, outputs, [], "x", 5, {}):
        answer = web.post(calls.PATH, json=sent)
        assert answer.status_code == 400, sent
        assert "secret" not in answer.get_data(as_text=True)


def test_large_deep_and_broken_bodies_are_refused(web):
    name = next(iter(calls.doors("compare-ranking")))
    large = json.dumps(calls.body(name, view={"place": "x" * 70_000}))
    deep = '{"output":' + "[" * 30_000 + "]" * 30_000 + "}"
    for data, status in ((large, 413), (deep, 400), ("{", 400), ("", 411)):
        assert web.post(calls.PATH, data=data, content_type="application/json").status_code == status
    assert web.post(calls.PATH, data="a=1", content_type="application/x-www-form-urlencoded").status_code == 415


def test_calls_from_another_site_are_refused(web):
    name = next(iter(calls.doors("compare-ranking")))
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}):
        assert web.post(calls.PATH, json=calls.body(name), headers=headers).status_code == 403
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    assert web.post(calls.PATH, json=calls.body(name), headers=own).status_code == 200


def test_an_undeclared_callback_stops_the_start(web):
    from app import app

    selfcheck.callbacks(app)
    app.callback_map["secret.children"] = {"callback": print, "inputs": [], "state": []}
    try:
        with pytest.raises(selfcheck.Unsafe, match=r"secret\.children"):
            selfcheck.callbacks(app)
    finally:
        del app.callback_map["secret.children"]


@pytest.mark.parametrize("name", ["DASH_DEBUG", "DASH_MCP_ENABLED"])
def test_an_unsafe_setting_stops_the_start_with_a_sentence(name):
    done = subprocess.run(
        [sys.executable, "-c", "import app"],
        cwd=calls.ROOT,
        env={"PATH": "/usr/bin:/bin", name: "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert name in done.stderr and "Traceback" not in done.stderr


def test_declaring_an_unknown_kind_or_scope_fails():
    with pytest.raises(ValueError, match="kind"):
        exposed.declare([("a", "b")], [exposed.Ask("c", "d", "dict")], "public")
    with pytest.raises(ValueError, match="scope"):
        exposed.declare([("a", "b")], [exposed.Ask("c", "d", "text")], "everybody")


def test_the_hot_reload_door_is_closed(web):
    """It would list what is installed here."""
    answer = web.get("/_reload-hash")
    assert answer.status_code == 404 and "dash" not in answer.get_data(as_text=True)
