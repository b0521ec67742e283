"""What is said about files: findings as plain sentences. Owns their shape and how a value is shown in one.

A sentence names what is wrong and the way out. Values are shortened and made printable; columns that hold people's names
never give a value.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

LONGEST_VALUE = 40
LONGEST_NAME = 80


@dataclass(frozen=True)
class Finding:
    """One thing said about one file. `level` is PASS, WARN or FAIL; `line` counts from 1, the header being line 1."""

    level: str
    code: str
    file: str
    line: int | None
    column: str
    value: str
    sentence: str


class Refused(Exception):
    """A file may not be used. `findings` say why; at least one of them is of level FAIL."""

    def __init__(self, *findings: Finding):
        super().__init__(" ".join(f.sentence for f in findings))
        self.findings = findings


def printable(text: str, longest: int = LONGEST_VALUE) -> str:
    """Text without control, format (right-to-left marks) and surrogate characters, cut to `longest` characters."""
    kept = "".join(c if c.isprintable() and unicodedata.category(c)[0] != "C" else "�" for c in text[: longest + 1])
    return kept if len(kept) <= longest else kept[: longest - 1] + "…"


def passed(code: str, sentence: str, file: str = "", value: str = "") -> Finding:
    return Finding("PASS", code, file, None, "", value, sentence)


def warning(code: str, sentence: str, file: str = "", line: int | None = None, column: str = "", value: str = "") -> Finding:
    return Finding("WARN", code, file, line, column, printable(value), sentence)


def failure(code: str, sentence: str, file: str = "", line: int | None = None, column: str = "", value: str = "") -> Finding:
    return Finding("FAIL", code, file, line, column, printable(value), sentence)


def named(findings: Sequence[Finding], file: str) -> list[Finding]:
    """The findings with the file's name filled in where it is missing."""
    return [f if f.file else replace(f, file=file) for f in findings]
