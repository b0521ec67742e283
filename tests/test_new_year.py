"""Next year's file with headers never seen before: refused with the difference, then read after one column in one table."""

import csv
import io

import small

from data import ingest, sources

NEW = {
    "Reporting Category": "Student Group Code",
    "ChronicAbsenteeismCount": "Students Chronically Absent",
    "DASS": "Alternative Status School",
}


def files(folder):
    small.write(folder, years=(2025, 2026))
    path = folder / "chronicabsenteeism26.txt"
    text = path.read_bytes().decode("cp1252")
    for old, new in NEW.items():
        text = text.replace(old, new, 1)
    path.write_bytes(text.encode("cp1252"))
    return folder


def with_column(reference, monkeypatch):
    """Add the layout as one more column of the column map. Returns how many lines of the table changed."""
    path = reference / "columns" / "chronic_absenteeism.csv"
    before = path.read_text(encoding="utf-8").splitlines()
    rows = list(csv.reader(before))
    newest = len(rows[0]) - 1
    for row in rows:
        row.append("2025-26 on" if row is rows[0] else NEW.get(row[newest], row[newest]))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    monkeypatch.setattr(sources, "REFERENCE", reference)
    monkeypatch.setattr(sources, "families", sources._load())
    return sum(a != b for a, b in zip(before, out.getvalue().splitlines(), strict=True))


def test_a_layout_never_seen_is_refused_then_read_after_one_column(tmp_path, monkeypatch):
    folder = files(tmp_path / "raw")
    (tmp_path / "one").mkdir()
    refused = ingest.read([folder], tmp_path / "one")
    assert refused.failed
    assert any("Student Group Code" in f.sentence for f in refused.findings), [f.sentence for f in refused.findings]

    reference = tmp_path / "reference"
    for path in [p for p in sources.REFERENCE.rglob("*") if p.is_file()]:
        target = reference / path.relative_to(sources.REFERENCE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    lines = with_column(reference, monkeypatch)
    (tmp_path / "two").mkdir()
    read = ingest.read([folder], tmp_path / "two")
    assert not read.failed, [f.sentence for f in read.findings if f.level == "FAIL"]
    assert {s.year for s in read.sources if s.family == "chronic_absenteeism"} == {2025, 2026}
    assert lines == len((reference / "columns" / "chronic_absenteeism.csv").read_text().splitlines()) <= 16
    print(f"\nA layout never seen before took {lines} lines: one column of one table.")
