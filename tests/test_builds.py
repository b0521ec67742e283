"""The build protocol on real files: publish, read on, roll back, refuse, walk back from damage. Campaigns: test_campaigns.py."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import small

import queries
from data import builds, demo, store, warehouse
from tests.asked import RANKING, expected, fresh, state_count

ROOT = Path(__file__).parents[1]


def test_a_build_is_read_as_published(home, raw):
    manifest = builds.build([raw])
    assert warehouse.current().id == manifest["id"] and warehouse.current().mode == "serving"
    assert state_count() == expected(None)
    assert set(manifest["files"]) == {"places.parquet", *(f"facts/{n}.parquet" for n in manifest["indicators"])}
    assert not list((home / "staging").iterdir())


def test_withheld_rows_are_rows_and_the_lone_sibling_loses_its_counts(home, raw):
    builds.build([raw])
    rows = queries.run("groups", entity="13900010000000", indicator="chronic_absenteeism_rate", year=2025).set_index(
        "student_group"
    )
    status = rows["status"].astype(str)
    assert status.to_dict()["TA"] == "published"
    small_place = queries.run("groups", entity="56900039000106", indicator="chronic_absenteeism_rate", year=2025).set_index(
        "student_group"
    )
    statuses = small_place["status"].astype(str).to_dict()
    assert statuses["GX"] == "withheld" and statuses["GF"] == "counts_withheld"
    assert small_place.loc[["GX", "GF"], ["numerator", "denominator"]].isna().all().all()


def test_a_region_is_derived_from_its_counties_and_says_so(home, raw):
    builds.build([raw])
    region = queries.run("trend", entities=["R-SCO"], indicator="suspension_rate", student_group="TA")
    county = queries.run("trend", entities=["13000000000000"], indicator="suspension_rate", student_group="TA")
    assert set(region["status"]) == {"derived"}
    assert list(region["numerator"]) == list(county["numerator"])


def test_the_same_files_give_the_same_content(home, raw):
    first, second = builds.build([raw]), builds.build([raw])
    assert first["content_hash"] == second["content_hash"] and first["id"] != second["id"]


def test_a_running_reader_moves_to_a_new_build_and_back(home, raw, tmp_path):
    builds.build([raw])
    other = small.write(tmp_path / "other", share=0.11)
    assert state_count() == expected(None)
    builds.build([other])
    assert state_count() == expected(0.11)
    builds.rollback()
    assert state_count() == expected(None)


def test_a_pinned_build_stays_readable_and_a_pruned_one_says_so(home, raw, tmp_path):
    first = builds.build([raw])["id"]
    builds.build([small.write(tmp_path / "other", share=0.11)])
    assert int(queries.run("ranking", build=first, **RANKING).numerator[0]) == expected(None)
    for _ in range(store.KEEP):
        builds.build([raw])
    warehouse.held.forget()
    with pytest.raises(warehouse.NoBuild, match="not kept here any more"):
        queries.run("ranking", build=first, **RANKING)


def test_refused_input_keeps_the_last_build_and_leaves_a_report_and_the_file(home, raw, tmp_path):
    good = builds.build([raw])["id"]
    bad = small.write(tmp_path / "bad")
    target = bad / "chronicabsenteeism25.txt"
    target.write_bytes(target.read_bytes().replace(b"\tGX\t", b"\tQQ\t"))
    before = sorted(p.name for p in (home / "builds").iterdir())
    with pytest.raises(builds.NotBuilt) as refused:
        builds.build([bad])
    assert any("QQ" in f.sentence for f in refused.value.findings)
    assert sorted(p.name for p in (home / "builds").iterdir()) == before
    assert warehouse.current().id == good
    assert refused.value.report and json.loads(refused.value.report.read_text())
    assert [p for p in (home / "quarantine").iterdir() if p.read_bytes() == target.read_bytes()]


def test_a_second_builder_is_sent_away(home, raw):
    with store.builder_lock(), pytest.raises(store.Locked, match="Another build is running"):
        builds.build([raw])


def test_the_commands_exit_with_their_codes(home, raw, tmp_path):
    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "data", *map(str, words)], cwd=ROOT, capture_output=True, text=True, env={**os.environ}
        )

    assert run("check", raw).returncode == 0
    assert not (home / "CURRENT").exists()
    built = run("build", raw)
    assert built.returncode == 0 and "Published" in built.stdout
    (tmp_path / "empty.txt").touch()
    refused = run("build", tmp_path / "empty.txt")
    assert refused.returncode == 2 and "empty.txt" in refused.stderr and "Traceback" not in refused.stderr
    assert run("builds", "rollback").returncode == 2
    assert "*" in run("builds").stdout
    assert run("builds", "publish", "20200101-000000-aaaaaa").returncode == 2


@pytest.mark.parametrize("damage", ["garbage", "empty", "gone", "unknown build", "manifest changed"])
def test_a_damaged_pointer_walks_back_to_a_whole_build(home, raw, tmp_path, damage):
    builds.build([raw])
    newest = builds.build([small.write(tmp_path / "other", share=0.11)])["id"]
    current = home / "CURRENT"
    if damage == "garbage":
        current.write_bytes(b"\x00\xff{")
    elif damage == "empty":
        current.write_text("")
    elif damage == "gone":
        current.unlink()
    elif damage == "unknown build":
        store.write_atomic(current, json.dumps({"build": "20200101-000000-aaaaaa", "manifest": "0"}))
    else:
        path = home / "builds" / newest / "manifest.json"
        store.writable(path.parent)
        path.write_text(path.read_text().replace('"demo": false', '"demo": true '))
    warehouse.held.forget()
    assert state_count() in (expected(None), expected(0.11))
    if damage == "manifest changed":
        assert state_count() == expected(None)
    assert warehouse.trouble()


def test_a_build_is_opened_again_while_somebody_still_holds_it(home, raw):
    """DuckDB gives one process one instance of a file, and ours is locked already: that must not look like damage."""
    builds.build([raw])
    held = warehouse.current()
    warehouse.held.forget()
    assert state_count() == expected(None)
    assert not warehouse.trouble() and held.connection


def test_when_every_build_is_damaged_no_number_is_served(home, raw):
    build = builds.build([raw])["id"]
    store.writable(home / "builds" / build)
    (home / "builds" / build / "places.parquet").write_bytes(b"x")
    warehouse.held.forget()
    with pytest.raises(warehouse.NoBuild, match="damaged"):
        state_count()


def test_a_build_deleted_under_its_reader_keeps_answering(home, raw):
    build = builds.build([raw])["id"]
    assert state_count() == expected(None)
    store.writable(home / "builds" / build)
    shutil.rmtree(home / "builds" / build)
    assert state_count() == expected(None)


def test_without_a_serving_file_the_archive_answers_the_same(home, raw):
    build = builds.build([raw])["id"]
    before = fresh("ranking", **{**RANKING, "level": "school"})
    for path in (home / "serving").iterdir():
        path.unlink()
    warehouse.held.forget()
    after = fresh("ranking", **{**RANKING, "level": "school"})
    assert warehouse.current().mode == "archive" and warehouse.current().id == build
    assert before.astype(str).equals(after.astype(str))


def test_a_build_of_another_layout_is_refused_and_said(home, raw, monkeypatch):
    builds.build([raw])
    monkeypatch.setattr(warehouse, "SCHEMA", 99)
    warehouse.held.forget()
    with pytest.raises(warehouse.NoBuild):
        warehouse.current()


def test_a_full_disk_is_a_sentence_at_the_start(home, raw, monkeypatch):
    good = builds.build([raw])["id"]
    usage = shutil.disk_usage(home)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(builds.NoRoom, match="MB free"):
        builds.build([raw])
    assert warehouse.current().id == good


STEPS = (
    "data.facts.prepare",
    "data.facts.write",
    "data.serving.make",
    "data.invariants.verify",
    "data.store.sync_tree",
    "data.store.write_atomic",
    "data.store.write_current",
)


@pytest.mark.parametrize("step", STEPS)
def test_a_disk_that_fills_at_any_step_changes_nothing(home, raw, tmp_path, monkeypatch, step):
    good = builds.build([raw])["id"]

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(step, full)
        with pytest.raises(OSError, match="No space left"):
            builds.build([small.write(tmp_path / "other", share=0.11)])
    assert warehouse.current().id == good and state_count() == expected(None)
    builds.build([raw])


def test_a_clock_set_back_a_year_does_not_hide_the_newest_build(home, raw, monkeypatch):
    first = builds.build([raw])

    class Past(builds.datetime):
        @classmethod
        def now(cls, tz=None):
            return builds.datetime.fromisoformat("2025-01-01T00:00:00+00:00")

    monkeypatch.setattr(builds, "datetime", Past)
    second = builds.build([raw])
    assert second["id"] < first["id"] and store.manifests()[0]["id"] == second["id"] == warehouse.current().id


def test_a_slow_query_is_cut_and_the_lock_down_holds(home, raw):
    builds.build([raw])
    with pytest.raises(warehouse.Busy, match="too long"):
        warehouse.query("select count(*) from range(100000000) a, range(1000) b where hash(a.range + b.range) % 7 = 1", {})
    for hostile in (
        "copy (select 1) to '/tmp/rtac_x.csv'",
        "from read_csv('/etc/passwd')",
        "install httpfs",
        "set memory_limit='9GB'",
        "attach '/tmp/x.db'",
        "create table x as select 1",
        "load '/tmp/x'",
    ):
        with pytest.raises(Exception):  # noqa: B017 - each refusal has a type of its own; that it is refused is the promise
            warehouse.query(hostile, {})


def test_opening_and_closing_leaks_no_descriptors(home, raw):
    builds.build([raw])
    counts = []
    for _ in range(30):
        warehouse.held.forget()
        state_count()
        counts.append(len(os.listdir("/proc/self/fd")))
    assert max(counts[10:]) - counts[10] <= 6


def test_a_directory_that_names_administrators_leaves_only_its_hash(home, raw, tmp_path):
    (tmp_path / "demo").mkdir()
    demo.write(tmp_path / "demo")
    header, *rows = (tmp_path / "demo" / "pubschls.txt").read_bytes().decode("cp1252").split("\r\n")
    at = header.split("\t").index("AdmFName")
    named = [r.split("\t") for r in rows if r.startswith("13")]
    for fields in named:
        fields[at : at + 2] = ["Plantedfirst", "Plantedlast"]
    text = "\r\n".join([header, *("\t".join(f) for f in named), ""])
    (raw / "pubschls.txt").write_bytes(text.encode("cp1252"))
    manifest = builds.build([raw])
    assert "directory" in manifest["families"]
    for path in [p for p in home.rglob("*") if p.is_file()]:
        assert b"Planted" not in path.read_bytes(), path
