"""The OpenAPI document is true: whatever is asked of a running server, the answer is one that stands in it."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema_rs
import pytest

from data import registry
from server.api import ROUTES
from server.api.answers import FORMATS
from tests import web as calls
from tests.test_api import ADDRESSES, BASE

CHECKS = ",".join((
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "unsupported_method", "allow_header_conformance",
))  # fmt: skip
REFUSALS = """[checks]
negative_data_rejection.expected-statuses = ["400", "404", "405", "406", "410", "503"]
"""
"""What counts as refusing a wrong question: also 410, where a removed build was pinned beside what is wrong."""


@pytest.fixture
def document(web) -> dict:
    return web.get(f"{BASE}/openapi.json").get_json()


def test_every_route_is_described_with_all_its_answers(document):
    assert document["openapi"].startswith("3.1.")
    assert set(document["paths"]) == {route.replace("<", "{").replace(">", "}") for route in ROUTES}
    for path, methods in document["paths"].items():
        (method,) = methods
        said = methods[method]
        assert method == "get" and {"200", "304", "400", "405", "406", "503"} <= set(said["responses"]), path
        assert ("404" in said["responses"]) == ("{" in path)
        for code, response in said["responses"].items():
            if code >= "400":
                assert set(response["content"]) == {"application/problem+json"}, (path, code)


def test_what_may_be_asked_is_what_the_registry_and_the_build_have(document):
    facts = {p["name"]: p for p in document["paths"][f"{BASE}/facts"]["get"]["parameters"]}
    assert facts["indicator"]["schema"]["enum"] == list(registry.indicators) and facts["indicator"]["required"]
    assert facts["level"]["schema"]["enum"] == list(registry.LEVELS) and facts["format"]["schema"]["enum"] == list(FORMATS)
    assert 2025 in facts["year"]["schema"]["enum"] and {"TA", "GF"} <= set(facts["student_group"]["schema"]["enum"])


def test_every_answer_is_of_its_shape(document, web):
    for address in (
        *ADDRESSES,
        f"{BASE}/exhibits/equity/heat?level=district",
        f"{BASE}/facts?indicator=suspension_rate&place=R-SCO",
    ):
        path = address.partition("?")[0]
        described = next(p for p in document["paths"] if _fits(p, path))
        shape = document["paths"][described]["get"]["responses"]["200"]["content"]
        (kind,) = set(shape) - {"text/csv"}
        answer = web.get(address)
        assert answer.content_type == kind
        check = jsonschema_rs.validator_for({**shape[kind]["schema"], "components": document["components"]})
        assert not [(e.instance_path, e.message) for e in check.iter_errors(json.loads(answer.data))][:3], address


def _fits(described: str, path: str) -> bool:
    one, other = described.split("/"), path.split("/")
    return len(one) == len(other) and all(a == b or a.startswith("{") for a, b in zip(one, other, strict=True))


def schemathesis(address: str, seconds: int, tmp: Path) -> str:
    """Ask a running server for so long what the document allows and what it does not; the report, where all was as described."""
    (tmp / "schemathesis.toml").write_text(REFUSALS)
    command = [
        Path(sys.executable).with_name("schemathesis"), "run", f"{address}{BASE}/openapi.json", "--checks", CHECKS, "--phases",
        "examples,coverage,fuzzing", "--max-time", str(seconds), "--suppress-health-check", "all", "--continue-on-failure",
        "--seed", "5",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=tmp, capture_output=True, text=True, timeout=seconds + 240, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "Operations" in done.stdout and "passed" in done.stdout
    return done.stdout


def test_no_answer_is_undocumented(site, tmp_path):
    print(schemathesis(site, 25, tmp_path)[-500:])


@pytest.mark.audit
def test_no_answer_is_undocumented_in_a_long_run(demo_home, tmp_path):
    address, process = calls.start(demo_home, workers=2, log=tmp_path / "server.log")
    try:
        print(schemathesis(address, 900, tmp_path)[-500:])
    finally:
        calls.stop(process)
    assert "request failed" not in (tmp_path / "server.log").read_text(encoding="utf-8", errors="replace")
