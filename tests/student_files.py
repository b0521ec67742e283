"""How tests read student files: one reading of some fixtures, and its tables as lines that can be read."""

from datetime import date
from pathlib import Path
from typing import Any

from data.local import checkup
from data.local.checkup import Fired
from data.local.load import Parameters, Reading

FIXTURES = Path(__file__).parent / "fixtures" / "local"
TYPED = Path(__file__).parent / "typed"
TODAY = date(2026, 3, 5)
ABOUT = Parameters("1234567", 2026, 202602, TODAY, "ab" * 16)
SCHOOL = "12345676000001"
HIGH = "12345670100002"


def read(*names: str | Path, saved: dict[str, Any] | None = None, about: Parameters = ABOUT, schools: tuple = ()) -> Reading:
    """Files (fixtures by name, others by path) read and settled."""
    reading = Reading(saved)
    for name in names:
        taken = reading.add(FIXTURES / name)
        assert taken.unread is None, f"{name}: {taken.unread}"
    reading.settle(about, schools)
    return reading


def lines(reading: Reading, name: str) -> list[str]:
    """The rows of tests/typed/<name>.sql as text: values with one blank between, null as -, dates as they are."""
    rows = reading.rows((TYPED / f"{name}.sql").read_text(encoding="utf-8"), ABOUT)
    return [" ".join("-" if v is None else str(v) for v in row) for row in rows]


def fired(reading: Reading, about: Parameters = ABOUT) -> dict[str, Fired]:
    """The rules that fired, by id."""
    return {f.rule["id"]: f for f in checkup.run(reading, about)}


def codes(**maps: dict[str, str]) -> dict[str, Any]:
    """Saved codes as `Reading` takes them, for the one fixture whose header fits (Aeries daily)."""
    from data.local import files

    mark = files.fingerprint(["School", "Student#", "Day", "Ent/Lv", "Grade", "All day", "Date"])
    return {mark: {"fingerprint": mark, "part": "", "columns": {}, "codes": maps, "saved": "2026-03-01"}}
