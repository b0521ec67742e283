"""The doors of the engine: what is given out, as what kind, under which policy and encoding; and that its sentences exist."""

import gzip
import hashlib
import json
import re
import tomllib
from pathlib import Path

import brotli
import pytest

from components import drop_words, engine
from data.local import plan

ROOT = Path(__file__).parents[1]
VENDORED = (engine.CLIENT, engine.WORKER, engine.WASM)


def get(web, part: str, encoding: str = "br", host: str = "localhost"):
    return web.get(engine.addresses()[part], headers={"Accept-Encoding": encoding, "Host": host})


@pytest.mark.parametrize("part", ["client", "worker", "wasm"])
def test_a_vendored_file_comes_in_each_encoding_with_the_bytes_that_its_list_names(web, part):
    name = engine.addresses()[part].rsplit("/", 1)[1]
    listed = tomllib.loads((engine.VENDOR / "VERSIONS.toml").read_text())[name]
    assert hashlib.sha256(engine.VENDORED[name].read_bytes()).hexdigest() == listed["stored"]
    for encoding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)):
        answer = get(web, part, encoding)
        assert answer.headers.get("Content-Encoding", "identity") == encoding and answer.headers["Vary"] == "Accept-Encoding"
        assert hashlib.sha256(unpack(answer.get_data())).hexdigest() == listed["unpacked"]
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.mimetype == ("application/wasm" if part == "wasm" else "text/javascript")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_worker_may_compile_and_fetch_its_one_file(web):
    wasm = engine.addresses()["wasm"]
    policy = get(web, "worker", host="dash.example.org:8443").headers["Content-Security-Policy"]
    expected = f"default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src http://dash.example.org:8443{wasm}"
    assert policy == expected
    for host in ("evil.example; script-src *", "a b", "x,y"):
        assert get(web, "worker", host=host).headers["Content-Security-Policy"] == "default-src 'none'"


def test_the_page_itself_may_no_more_than_before(web):
    policy = web.get("/").headers["Content-Security-Policy"]
    assert "wasm" not in policy and "connect-src 'self'" in policy and "worker-src 'self'" in policy
    assert {get(web, p).headers["Content-Security-Policy"] for p in ("start", "client", "wasm", "plan")} == {"default-src 'none'"}


def test_the_plan_is_that_of_the_command_line(web):
    answer = get(web, "plan")
    assert json.loads(brotli.decompress(answer.get_data())) == json.loads(json.dumps(plan.plan()))
    assert answer.headers["Cache-Control"].endswith("immutable")


@pytest.mark.parametrize(
    "path",
    [
        "/engine/",
        f"/engine/{engine.OURS}/",
        f"/engine/0000000000000000/{engine.WASM}",
        f"/engine/{engine.OURS}/{engine.WASM}",
        f"/engine/{engine.THEIRS}/VERSIONS.toml",
        f"/engine/{engine.THEIRS}/{engine.WASM}.br",
        f"/engine/{engine.OURS}/../server/engine.py",
        f"/engine/{engine.OURS}/%2e%2e%2fapp.py",
        "/engine/places/123.json",
    ],
)
def test_nothing_else_is_given_out(web, path):
    answer = web.get(path)
    assert answer.status_code == 404 and answer.headers["Cache-Control"] == "no-store"
    assert len(answer.get_data()) < 1200


def test_a_districts_public_names(web):
    district = next(p for p in web.get("/search?q=unified").get_json() if p["level"] == "district")
    places = web.get(f"/engine/places/{district['entity'][:7]}.json")
    told = places.get_json()
    assert (told["entity"], told["name"]) == (district["entity"], district["name"]) and told["schools"]
    assert all(s["entity"].startswith(district["entity"][:7]) and s["name"] for s in told["schools"])
    assert places.headers["Cache-Control"] == "no-cache"
    assert web.get("/engine/places/0000009.json").get_json()["schools"] == []


def named_sentences(text: str) -> set[str]:
    return set(re.findall(r"""(?:said|say|title)\(\s*"([a-z_]+)\"""", text))


def test_every_sentence_that_the_modules_name_exists_and_none_is_written_into_them():
    texts = drop_words.texts()
    source = "\n".join(path.read_text(encoding="utf-8") for path in engine.MODULES.values())
    assert named_sentences(source) - set(texts) == set()
    every = set(re.findall(r'"([a-z_]+)"', source)) | {"choose", "or_drop"}
    built = ("part_", "code_", "group_", "pillar_", "key_", "is_")
    assert {t for t in texts if not t.startswith(built)} - every == set()
    for feed in plan.table("feeds"):
        assert f"part_{feed['part']}" in texts
    for row in plan.table("code_maps"):
        own = (f"code_{row['map']}_{row['code']}", f"group_{row['code']}", f"pillar_{row['code'][-1]}")
        known = {c["category"] for c in plan.table("service_categories")}
        assert row["code"] in known or any(name in texts for name in own), row


def test_the_modules_ask_for_nothing_on_another_host():
    for path in [*engine.MODULES.values(), ROOT / "assets" / "drop.js"]:
        assert not re.search(r"https?://", path.read_text(encoding="utf-8")), path.name
