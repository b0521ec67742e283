"""Names of sheets and tables that every program takes: not too long, of plain characters, and each once."""

import re
from collections.abc import Sequence

README, DATA, QUERIES = "Read me", "Chart data", "Queries"
LONGEST = 31
NOT_PLAIN = re.compile(r"[^\w .-]+")


def of_sheets(keys: Sequence[str]) -> list[str]:
    """A name a key, in order. Case makes no difference to a workbook, and “History” is its own."""
    used, names = {README.lower(), DATA.lower(), QUERIES.lower(), "history"}, []
    for key in keys:
        plain = NOT_PLAIN.sub(" ", key.replace("_", " ")).strip().capitalize() or "Sheet"
        name, n = plain[:LONGEST], 1
        while name.lower() in used:
            n += 1
            name = f"{plain[: LONGEST - len(f' ({n})')]} ({n})"
        used.add(name.lower())
        names.append(name)
    return names


def of_table(number: int) -> str:
    """The name of the table of the sheet of this number."""
    return f"exhibit_{number}"
