"""The mapping step of the command line: accepted by a person once, known the next time, and no value of a row in what is kept."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from data.local import mapping
from tests.local_commands import ROOT, TODAY, edit, found_anywhere, on_a_terminal, run
from tests.student_files import FIXTURES, SCHOOL


def test_a_layout_is_mapped_once_and_known_the_next_time(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    file, columns = FIXTURES / "unknown.csv", tmp_path / "columns.csv"
    assert run("check", file, *TODAY) == 2
    assert "No known layout" in capsys.readouterr().out
    assert run("map", file, "--lea", "1234567", "--to", columns) == 0
    text = columns.read_text(encoding="utf-8-sig")
    assert "column,Days Enrolled,expected" in text and "column,Campus,school" in text and "71" not in text
    edit(columns, {})
    codes = tmp_path / "codes.csv"
    assert run("map", file, "--lea", "1234567", "--accept", columns, "--to", codes) == 0
    assert "code:school,31," in codes.read_text() and "code:school,44," in codes.read_text()
    edit(codes, {"31": SCHOOL, "44": "12345670100002"})
    assert run("map", file, "--lea", "1234567", "--accept", codes) == 0
    kept = next((home / "local" / "layouts").glob("1234567-*.json"))
    assert set(json.loads(kept.read_text())["columns"].values()) <= set(file.read_text().splitlines()[0].split(","))
    capsys.readouterr()
    later = tmp_path / "next_month.csv"  # the same layout, its columns in another order, other students
    later.write_text("Perm ID,Campus,Yr Lvl,Days Excused,Days Absent,Days Enrolled\n81,31,3,5,8,110\n82,44,4,0,0,108\n")
    assert run("check", later, "--lea", "1234567", *TODAY) == 0
    said = capsys.readouterr().out
    assert "2 records, a layout that was mapped, mapped on" in said and "Stops" not in said and "Needs a person" not in said
    assert run("map", later, "--lea", "1234567") == 0
    assert "There is nothing to map" in capsys.readouterr().out


def test_a_mapping_is_the_districts_own_and_holds_no_nonsense(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    file, columns = FIXTURES / "unknown.csv", tmp_path / "columns.csv"
    run("map", file, "--lea", "1234567", "--to", columns)
    edit(columns, {"Campus": "homeroom"})
    assert run("map", file, "--lea", "1234567", "--accept", columns) == 2
    assert "“homeroom” is no column of attendance" in capsys.readouterr().err
    edit(columns, {"Campus": ""})
    assert run("map", file, "--lea", "1234567", "--accept", columns) == 2
    assert "Accept a column for: School." in capsys.readouterr().err
    edit(columns, {"Campus": "school"})
    assert run("map", file, "--lea", "1234567", "--accept", columns, "--to", tmp_path / "codes.csv") == 0
    assert run("check", file, "--lea", "7654321", *TODAY) == 2
    assert not mapping.saved("7654321")
    kept = [columns, tmp_path / "codes.csv", *mapping.folder().glob("*.json")]
    assert len(kept) > 2 and all(stat.S_IMODE(p.stat().st_mode) == 0o600 for p in kept)


@pytest.mark.parametrize(
    ("header", "part", "left_out", "asked"),
    [
        ("Site,Stu ID,Date,Att Code", "days", "Att Code", "Attendance code or Entry or leave"),
        ("Site,Stu ID,Days Enrolled,Days Absent", "attendance", "Days Absent", "Days attended or Days absent or Excused days"),
        ("Site,Stu ID,Date,Program", "services", "Stu ID", "Student or Headcount"),
    ],
)
def test_a_mapping_is_asked_for_what_no_count_can_do_without(
    header: str, part: str, left_out: str, asked: str, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    file, columns = tmp_path / "given.csv", tmp_path / "columns.csv"
    file.write_text(f"{header}\n")
    run("map", file, "--lea", "1234567", "--to", columns)
    assert f"part,,{part}," in columns.read_text(encoding="utf-8-sig")
    edit(columns, {left_out: ""})
    capsys.readouterr()
    assert run("map", file, "--lea", "1234567", "--accept", columns) == 2
    assert asked in capsys.readouterr().err
    assert not mapping.saved("1234567")


@pytest.mark.parametrize(
    "rows", ["Zebulon,Quagmire,2015-03-04,M\nOttoline,Brackenridge,2014-01-02,F\n", "9000000071,3\n9000000072,4\n"]
)
def test_rows_without_a_header_are_never_written_as_column_names(rows: str, home: Path, tmp_path: Path, capsys) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(rows)
    assert run("map", file, "--lea", "1234567") == 2
    assert "No line near the top names the columns" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir() if p.name != "home"] == ["rows.csv"]


def test_a_column_of_keys_is_not_listed_as_codes(home: Path, tmp_path: Path, capsys) -> None:
    file, columns = tmp_path / "log.csv", tmp_path / "columns.csv"
    file.write_text("Site,Pupil,When,Kind\n31,9000000071,2026-02-03,9000000071\n")
    run("map", file, "--lea", "1234567", "--to", columns)
    edit(columns, {"": "services", "Site": "school", "Pupil": "student", "When": "date", "Kind": "category"})
    assert run("map", file, "--lea", "1234567", "--accept", columns, "--to", tmp_path / "codes.csv") == 2
    assert "Is it the right one?" in capsys.readouterr().err
    assert not (tmp_path / "codes.csv").exists()


def test_a_person_who_maps_sees_some_values_and_no_file_does(home: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("Site,Kid,When\n" + "".join(f"31,Plantedname {n},2026-02-0{n}\n" for n in range(1, 6)))
    target = tmp_path / "columns.csv"
    command = [sys.executable, "-m", "data", "local", "map", str(log), "--lea", "1234567", "--to", str(target)]
    piped = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    target.unlink()
    shown = on_a_terminal(command, 0)
    assert piped.returncode == 0 and "Plantedname" not in piped.stdout + piped.stderr
    assert b"Kid: Plantedname 1 \xc2\xb7 Plantedname 2 \xc2\xb7 Plantedname 3\r\n" in shown
    assert found_anywhere(home) == [] and "Plantedname" not in target.read_text(encoding="utf-8-sig")
