"""Hand-made student rows and the counts they must give, a case a rule of the fixed cube: the text files of tests/cases.

A case begins with `# what it shows`. Rows stand below `table: columns`, where a table of COLUMNS needs no list of them; `-` is
nothing, A and B are schools of one LEA (D), C is the only one of another (E). Below `gives:` a cell is
`fact place month [span] [service] [group] [band] = value`, and `none` where there must be no cell. Unless a case says otherwise
every weekday is a school day, the school year is 2025-26 and February 2026 is the last closed month. Days are in tenths.
"""

import re
from pathlib import Path

COLUMNS = {
    "attendance": "student school month kind expected attended excused unexcused suspended incomplete exempt",
    "services": "student headcount school day category delivered quantity unit provider referral referred closed outcome",
    "discipline": "student school incident day result",
}


def cases() -> dict[str, tuple[str, str]]:
    """What a case shows -> its rows and its cells, as text."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted((Path(__file__).parent / "cases").glob("*.txt")):
        for case in re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            title, _, rest = case.partition("\n")
            rows, _, cells = rest.partition("\ngives:\n")
            assert title not in found, f"{title} stands twice"
            found[title] = rows.strip(), cells.strip()
    return found
