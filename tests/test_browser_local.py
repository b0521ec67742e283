"""Student files in Chromium: counted exactly as on the command line, by an engine that reaches nothing outside."""

import http.server
import threading
from datetime import date
from pathlib import Path

import pytest

from components import engine
from data.local import commands
from data.local.load import Parameters, Reading
from tests import planted
from tests.student_files import FIXTURES, SCHOOL

pytestmark = pytest.mark.browser
ABOUT = Parameters("1234567", 2026, 202602, date(2026, 3, 5), "ab" * 16)
TOGETHER = (
    ("stas.txt", "service_log.csv"),
    ("report_14_2.csv", "report_8_1.csv", "report_7_12.csv"),
    ("report_8_1_older.csv", "caldatt.csv"),
    ("sinc.txt", "sirs.txt", "soff.txt", "stas.txt"),
    ("attendance_months.csv", "calendar.csv", "service_log_headcounts.csv"),
    ("daily.csv", "partners.csv", "pmm.csv"),
    ("aeries_daily.csv",),
    ("edfi_attendance.csv", "edfi_association.csv"),
    ("organization.csv", "service.csv", "service_schools.csv", "service_log.csv"),
)
"""Fixtures that a district could bring at one time."""
CODES = (("school", "31", SCHOOL), ("attendance_code", "a", "U"), ("attendance_code", "i", "E"))
COUNT = """async ([at, about, codes]) => {
    const from = (name) => import(at.start.replace("start.js", name));
    const [{ start }, { read }, { load, ofDistrict, tables }, { everything }] =
        await Promise.all(["duck.js", "files.js", "load.js", "count.js"].map(from));
    const plan = await (await fetch(at.plan)).json();
    const files = [];
    for (const file of document.querySelector("#given").files) files.push(await read(file, plan));
    const duck = await start(at, files.map((f) => ({ name: f.handle, body: f.body })));
    await tables(duck, plan);
    const rows = [];
    for (const [i, file] of files.entries()) rows.push(await load(duck, file, i + 1).catch(() => 0));
    await ofDistrict(duck, plan, [], codes);
    const parts = new Set(files.filter((_, i) => rows[i]).map((f) => f.recognized.part));
    const made = await everything(duck, plan, { ...about, salt: "cd".repeat(16) }, parts, [], () => {});
    await duck.end();
    const rules = made.results.map((r) => [r.rule.id, r.part, r.count, r.examples.map((e) => [e.file, e.record, e.value])]);
    const { counts, cells, coverage, partners } = made;
    return { rows, hashes: files.map((f) => f.sha256), counts, cells, coverage, partners, rules };
}"""
"""What engine/session.js does with files, without the page around it."""
INPUT = "() => document.body.append(Object.assign(document.createElement('input'), {type: 'file', id: 'given', multiple: true}))"
KEYS = ("fact", "level", "entity", "month", "span", "service", "student_group", "band")


@pytest.fixture
def tab(chromium, site):
    context = chromium.new_context(base_url=site)
    page = context.new_page()
    page.goto("/methods")
    page.evaluate(INPUT)
    yield page
    context.close()


def cells(columns: dict[str, list]) -> dict[tuple, int | None]:
    return dict(zip(zip(*(columns[k] for k in KEYS), strict=True), columns["value"], strict=True))


def natively(paths: list[Path]) -> dict:
    """What the command line makes of the same files."""
    reading = Reading()
    for path in paths:
        reading.add(path)
    reading.codes.update({(m, v): c for m, v, c in CODES})
    reading.settle(ABOUT)
    found = [f for f in commands.checkup.run(reading, ABOUT) if f.rule["scope"] != "file"]
    document, own = commands.counted(reading, ABOUT, found)
    return {
        "rows": [t.rows for t in reading.taken],
        "hashes": [t.sha256 for t in reading.taken],
        "counts": cells({c: own[c].tolist() for c in (*KEYS, "value")}),
        "cells": cells(document["cells"]),
        "coverage": commands.coverage(reading, ABOUT),
        "partners": document["partners"],
        "rules": sorted([f.rule["id"], f.part, f.count, [list(e) for e in f.examples]] for f in found),
    }


def in_the_browser(tab, paths: list[Path]) -> dict:
    tab.locator("#given").set_input_files(paths)
    given = {"lea": ABOUT.lea, "year": ABOUT.year, "through": ABOUT.through, "today": {"date": str(ABOUT.today)}}
    codes = [{"map": m, "value": v, "code": c} for m, v, c in CODES]
    made = tab.evaluate(COUNT, [engine.addresses(), given, codes])
    return {**made, "counts": cells(made["counts"]), "cells": cells(made["cells"]), "rules": sorted(made["rules"])}


def test_every_fixture_is_counted_in_both() -> None:
    every = {path.name for path in FIXTURES.iterdir()}
    assert every - {name for names in TOGETHER for name in names} == {"unknown.csv", "broken_rules.csv"}


DATED = (
    {"STAS_20260130.txt": "stas.txt", "STAS 2025-10-31.txt": "stas.txt", "8.1_20260130.csv": "report_8_1.csv"},
    {"14.2_StudentAbsencesStudentList_20251219.csv": "report_14_2.csv", "service_log_20260105.csv": "service_log.csv"},
    {"CalDATT_202601_20260130.csv": "caldatt.csv"},
    {"20251003_months_20251219.csv": "attendance_months.csv", "STAS_120260130.txt": "stas.txt"},
)
"""Names as CALPADS and districts write them, for fixtures whose snapshots have no other date; the last two are none."""


@pytest.mark.parametrize("named", DATED, ids=lambda named: next(iter(named)))
def test_a_snapshot_is_of_the_month_that_its_files_name_says_in_both(tab, tmp_path, named):
    for n, (name, fixture) in enumerate(named.items()):
        (tmp_path / name).write_bytes((FIXTURES / fixture).read_bytes() + b"\n" * n)  # the same bytes are read once
    paths = [tmp_path / name for name in named]
    here = natively(paths)
    months = {key[3] for key in here["counts"] if key[0] == "enrolled"}
    assert in_the_browser(tab, paths) == here and months


@pytest.mark.parametrize("names", TOGETHER, ids=lambda names: names[0])
def test_the_browser_counts_what_the_command_line_counts(tab, names):
    paths = [FIXTURES / name for name in names]
    here = natively(paths)
    assert here["counts"] or names[0].startswith("organization")
    assert in_the_browser(tab, paths) == here


def test_of_many_students_too_and_what_may_travel_is_the_same(tab, tmp_path):
    schools = [f"{ABOUT.lea}600000{n}" for n in range(1, 6)]
    paths = [planted.attendance(tmp_path / "report.csv", schools, 3000), planted.log(tmp_path / "log.csv", schools, 3000)]
    here = natively(paths)
    assert 100 < sum(v is not None for v in here["cells"].values()) < len(here["cells"])
    assert in_the_browser(tab, paths) == here


def test_of_a_file_that_is_refused_no_row_is_counted_in_either(tab, tmp_path):
    ragged = tmp_path / "STAS_20260130.txt"
    ragged.write_bytes((FIXTURES / "stas.txt").read_bytes() + b"STAS^A^one field too few\n")
    paths = [FIXTURES / "report_14_2.csv", ragged]
    here = natively(paths)
    assert here["rows"] == [3, 0] and here["counts"]
    assert in_the_browser(tab, paths) == here


class Outside(http.server.BaseHTTPRequestHandler):
    """Another host: whatever is asked of it is written down and answered."""

    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Type", "text/csv")
        self.end_headers()
        self.wfile.write(b"a\n1\n")

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def outside():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Outside)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Outside.asked.clear()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()


UNLOCKED = """async ([at, address]) => {
    const client = await import(at.client);
    const db = new client.AsyncDuckDB(new client.VoidLogger(), new Worker(at.worker));
    await db.instantiate(new URL(at.wasm, location.href).href);
    const connection = await db.connect();
    const tried = [];
    for (const sql of [`from read_csv('${address}/rows.csv')`, "install icu", "load icu",
        `set custom_extension_repository = '${address}'`, "install json", "load json", `attach '${address}/x.duckdb' as x`]) {
        tried.push(await connection.query(sql).then(() => "", (error) => error.message));
    }
    await db.terminate();
    return tried;
}"""


def test_an_engine_without_its_lock_still_reaches_nobody_by_its_policy(tab, outside, site):
    """The lock is one fence, the worker's own policy the other: here it stands alone."""
    answered: list[str] = []
    tab.context.on("response", lambda r: answered.append(r.url))
    tried = tab.evaluate(UNLOCKED, [engine.addresses(), outside])
    assert tried[0] and tried[2] and tried[5] and tried[6]
    assert Outside.asked == []
    assert [url for url in answered if not url.startswith((site, "blob:"))] == []


LOCKED = """async ([at, address]) => {
    const { start } = await import(at.start.replace("start.js", "duck.js"));
    const duck = await start(at, [{ name: "file_1.csv", body: new TextEncoder().encode("a\\n1\\n") }]);
    const tried = [(await duck.rows("select a::bigint as a from read_csv('file_1.csv')"))[0].a];
    for (const sql of [`from read_csv('${address}/rows.csv')`, "load icu", "set lock_configuration = false",
        "copy (select 1) to 'out.csv'", "from read_csv('file_2.csv')", `attach '${address}/x.duckdb' as x`]) {
        tried.push(await duck.run(sql).then(() => "", (error) => error.message.slice(0, 20)));
    }
    await duck.end();
    return tried;
}"""


def test_a_locked_engine_reads_its_files_and_nothing_else(tab, outside):
    read, *refused = tab.evaluate(LOCKED, [engine.addresses(), outside])
    assert read == 1 and all(refused) and Outside.asked == []
