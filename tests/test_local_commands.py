"""The commands about student files: nothing about a student left, values on a terminal only, sentences only."""

import csv
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from data.local import defaults, keys, load, template
from data.local.load import NotCounted, Reading
from tests.local_commands import ROOT, TODAY, found_anywhere, on_a_terminal, run
from tests.student_files import ABOUT, FIXTURES, SCHOOL


def test_values_are_shown_on_a_terminal_and_not_in_a_pipe(home: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(f"service_date,cds_code,student_key,service_category\n2026-02-03,{SCHOOL},Plantedname Quagmire,tutoring\n")
    command = [sys.executable, "-m", "data", "local", "check", str(log), *TODAY]
    piped = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert piped.returncode == 2 and "looks like a person's name" in piped.stdout
    assert "Plantedname" not in piped.stdout + piped.stderr
    assert b"Plantedname Quagmire" in on_a_terminal(command, 2)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_fix_list_cannot_run_and_is_the_persons_own(ending: str, home: Path, tmp_path: Path) -> None:
    log, fixes = tmp_path / "log.csv", tmp_path / f"fixes{ending}"
    log.write_text("service_date,cds_code,student_key,service_category\n"
                   f"\"=HYPERLINK(\"\"http://evil\"\")\",{SCHOOL},71,tutoring\n2026-02-03,{SCHOOL},,tutoring\n")  # fmt: skip
    assert run("check", log, "--fix-list", fixes, *TODAY) == 0
    if ending == ".csv":
        rows = list(csv.reader(fixes.open(encoding="utf-8-sig", newline="")))
    else:
        rows = [[str(c) for c in row] for row in CalamineWorkbook.from_path(fixes).get_sheet_by_index(0).to_python()]
        assert b"<f>" not in fixes.read_bytes()
    assert rows[0][:4] == ["file", "record", "column", "value"]
    bad = next(r for r in rows if r[5] == "date_unreadable")
    assert bad[2] == "service_date" and bad[3].lstrip("'") == '=HYPERLINK("http://evil")'
    assert bad[3].startswith("'") or ending == ".xlsx"
    assert {r[5] for r in rows[1:]} == {"date_unreadable", "no_dates", "neither_student_nor_headcount"}
    assert stat.S_IMODE(fixes.stat().st_mode) == 0o600


def test_the_fix_list_is_not_written_where_the_dashboard_keeps_its_data(home: Path, capsys) -> None:
    home.mkdir()
    assert run("check", FIXTURES / "service_log.csv", "--fix-list", home / "fixes.csv", *TODAY) == 2
    assert "Write it to a folder of your own" in capsys.readouterr().err
    assert not (home / "fixes.csv").exists()


def test_nothing_about_students_is_left_after_check_publish_error_and_kill(tmp_path: Path) -> None:
    home, temporary, logs = (tmp_path / n for n in ("home", "temporary", "logs"))
    for folder in (home, temporary, logs):
        folder.mkdir()
    given = tmp_path / "given"
    given.mkdir()
    book = given / "report.xlsx"
    with (FIXTURES / "report_14_2.csv").open(newline="") as handle, xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet()
        for n, row in enumerate(csv.reader(handle)):
            sheet.write_row(n, 0, row)
    broken = given / "broken.txt"
    broken.write_text((FIXTURES / "stas.txt").read_text() + "STAS^A^Plantedname^Zebulon^Quagmire\n")
    large = given / "large.csv"
    head, _, _ = (FIXTURES / "service_log.csv").read_text().partition("\n")
    large.write_text(head + "\n" + f"2026-02-03,{SCHOOL},9000000071,,tutoring,,yes,1,hour,Plantedname,,,,Zebulon\n" * 400_000)
    around = os.environ | {"RTAC_HOME": str(home), "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)}

    def start(*words: object) -> subprocess.Popen:
        out = (logs / f"{len(list(logs.iterdir()))}.log").open("wb")
        command = [sys.executable, "-m", "data", "local", *map(str, words), *TODAY]
        return subprocess.Popen(command, cwd=temporary, env=around, stdout=out, stderr=subprocess.STDOUT)

    whole = [FIXTURES / n for n in ("stas.txt", "service_log.csv", "sinc.txt", "sirs.txt", "soff.txt")]
    assert start("check", *whole).wait() == 0
    assert start("publish", *whole).wait() == 0
    assert start("check", book, FIXTURES / "caldatt.csv", FIXTURES / "report_8_1.csv").wait() == 0
    assert start("check", broken).wait() == 2
    for seconds in (0.6, 0.9, 1.2, 1.6):
        running = start("publish", large, *whole)
        time.sleep(seconds)
        running.send_signal(signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL, "it was at work when it was killed"
    assert start("check", *whole).wait() == 0
    assert any((home / "local" / "publications").rglob("*.parquet"))
    assert found_anywhere(home, temporary, logs) == []
    assert found_anywhere(given), "the search itself works"


def test_an_error_of_the_engine_is_a_sentence_without_values() -> None:
    reading = Reading()
    with pytest.raises(NotCounted) as told:
        reading.rows("select cast('Plantedname' as integer)", ABOUT)
    assert "Plantedname" not in str(told.value) and told.value.__cause__ is None and told.value.__suppress_context__


def test_an_unexpected_error_is_told_without_its_text(home: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    def fail(*_: object) -> None:
        raise KeyError("Plantedname")

    monkeypatch.setattr(load.Reading, "span", fail)
    assert run("check", FIXTURES / "service_log.csv", *TODAY) == 2
    told = capsys.readouterr().err
    assert "Plantedname" not in told and "KeyError in test_local_commands.py, line" in told


def test_what_does_not_fit_into_memory_is_refused_and_not_spilled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(load.SETTINGS, "memory_limit", "40MB")
    path = tmp_path / "log.csv"
    head, _, _ = (FIXTURES / "service_log.csv").read_text().partition("\n")
    path.write_text(
        head + "\n" + "".join(f"2026-02-03,{SCHOOL},{n},,tutoring,,yes,1,hour,Club {n},,,,\n" for n in range(300_000))
    )
    reading = Reading()
    with pytest.raises(NotCounted, match="do not fit into this machine's memory"):
        reading.add(path)
        reading.settle(ABOUT)
    assert reading.con.execute("select current_setting('temp_directory')").fetchall() == [("",)]
    assert [p.name for p in tmp_path.iterdir()] == ["log.csv"]


def test_the_templates_are_what_feeds_csv_says_and_can_be_read_back(tmp_path: Path, capsys) -> None:
    kept = {n: (template.TEMPLATES / n).read_bytes() for n in template.files()}
    made = template.files()
    assert made["service_log.csv"] == kept["service_log.csv"], "python -m data.local.template writes them again"
    assert json.loads(made["service_log.schema.json"]) == json.loads(kept["service_log.schema.json"])
    header = kept["service_log.csv"].decode().strip().split(",")
    assert [f["name"] for f in template.schema()["fields"]] == header
    for body in (made, kept):
        path = tmp_path / "log.xlsx"
        path.write_bytes(body["service_log.xlsx"])
        assert CalamineWorkbook.from_path(path).get_sheet_by_name("Service log").to_python()[0] == header
    assert run("template", "--to", tmp_path / "new") == 0
    assert {p.name for p in (tmp_path / "new").iterdir()} == set(made)


def test_published_counts_are_listed_and_taken_back(home: Path, capsys) -> None:
    whole = [FIXTURES / n for n in ("stas.txt", "service_log.csv", "partners.csv")]
    assert run("publish", FIXTURES / "aeries_daily.csv", *whole, *TODAY) == 2
    assert "nothing was published" in capsys.readouterr().err
    assert run("publish", *whole, *TODAY) == 0
    assert run("list") == 0
    assert "1234567" in capsys.readouterr().out
    assert run("withdraw", "1234567") == 0
    assert run("withdraw", "1234567") == 2
    assert run("list") == 0
    assert "No district has published" in capsys.readouterr().out


def test_a_school_that_the_builds_directory_does_not_know_is_named(demo_home, monkeypatch, tmp_path, capsys) -> None:
    monkeypatch.setenv("RTAC_HOME", str(demo_home))
    known = defaults.schools()[0]
    assert defaults.schools(known[:7]) and not defaults.schools("9999999"), "a build says nothing of a district it does not hold"
    log = tmp_path / "log.csv"
    rows = [f"2026-02-03,{school},{n},tutoring" for n, school in enumerate((known, known[:7] + "9999999"))]
    log.write_text("\n".join(["service_date,cds_code,student_key,service_category", *rows]) + "\n")
    assert run("check", log, *TODAY) == 0
    said = capsys.readouterr().out
    assert "is not in the state's directory. It is left out of counts. Check the code" in said and "times" not in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--year", "1999"), "1999 is no school year"),
        (("--through", "202603"), "The month 202603 is not over"),
        (("--through", "202407"), "202407 is no month of the school year 2025-26"),
        (("--lea", "12"), "code of seven digits"),
    ],
)
def test_options_that_cannot_be_are_refused(words: tuple[str, ...], sentence: str, home: Path, capsys) -> None:
    assert run("check", FIXTURES / "service_log.csv", *words, *TODAY) == 2
    assert sentence in capsys.readouterr().err


def test_a_secret_is_made_once_also_where_files_cannot_be_linked(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    linked = keys.salt("1234567")
    monkeypatch.setattr(os, "link", none)
    written = keys.salt("7654321")
    assert (keys.salt("1234567"), keys.salt("7654321")) == (linked, written) and linked != written
    assert len(written) == 2 * keys.SIZE
    assert {p.name: stat.S_IMODE(p.stat().st_mode) for p in (home / "keys").iterdir()} == {
        "1234567.salt": 0o600, "7654321.salt": 0o600,
    }  # fmt: skip
