"""The column-mapping step: what an unknown layout's columns and a district's own codes mean, suggested, accepted by a person.

Kept under $RTAC_HOME/local/layouts/<lea>-<fingerprint>.json by the names in the header, and used the next time the same layout
comes. Only names of columns and codes are ever written, never a value of a row: a line is taken for a header only when no field
of it is a number or a date, and codes are listed only for columns that a person accepted, where there are few different ones.
"""

import csv
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from data import store
from data.cells import safe
from data.local import clean, files
from data.local.load import NotCounted, Reading
from data.local.plan import plan
from data.problems import printable

COLUMNS = ("kind", "given", "means", "accept", "about")
YES = ("yes", "y", "x")
MOST_CODES = 100
LONGEST_CODE = 40
SAMPLES = 3
LONGEST_SAMPLE = 30
_VALUE = re.compile(r"^[\s$#%+-]*[0-9][0-9\s.,:/%T-]*[A-Z]*$")
"""What a header never holds: numbers, dates, amounts."""
_KEY = re.compile(r"@|[0-9]{6}|[0-9]+[/-][0-9]+[/-][0-9]+")
Line = dict[str, str]


def folder() -> Path:
    return store.home() / "local" / "layouts"


def saved(lea: str) -> dict[str, Any]:
    """The district's mappings by fingerprint of the header. What cannot be read is left out."""
    found = {}
    for path in folder().glob(f"{lea}-*.json") if lea else ():
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            found[said["fingerprint"]] = said
        except (OSError, ValueError, KeyError):
            continue
    return found


def only_lea() -> str:
    """The one district that has mappings here, or '' where there are none or several."""
    found = {path.name[:7] for path in folder().glob("*.json")}
    return found.pop() if len(found) == 1 else ""


def save(lea: str, mark: str, part: str, columns: Mapping[str, str], codes: Mapping[str, Mapping[str, str]], today: date) -> Path:
    """Keep a mapping: columns as {ours: header}, codes as {map: {value: code}}. `part` is '' where the layout is a known one."""
    feed = next((f["feed"] for f in plan()["feeds"] if f["part"] == part), "")
    said = {"format": 1, "lea": lea, "fingerprint": mark, "feed": feed, "part": part, "columns": dict(columns),
            "codes": {m: dict(v) for m, v in codes.items()}, "saved": str(today)}  # fmt: skip
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder() / f"{lea}-{mark}.json"
    store.write_atomic(path, json.dumps(said, indent=1, sort_keys=True) + "\n")
    path.chmod(0o600)
    return path


def suggest(path: Path, lea: str) -> tuple[str, list[Line]]:
    """The fingerprint of a file and the lines for a person to accept: its columns if its layout is unknown, else its codes.

    Raises NotCounted for a file without a header, files.Unread for what is no table.
    """
    received = files.receive(path)
    try:
        known = files.recognize(received, plan(), saved(lea))
    except files.Unread as unread:
        if unread.rule not in ("layout_unknown", "columns_missing"):
            raise
        header = _header(received)
        return files.fingerprint(header), list(_columns(header))
    return known.fingerprint, list(_codes(path, lea))


def samples(path: Path) -> list[tuple[str, list[str]]]:
    """Each column with the first few different values in it: for the person's own terminal, and for nothing that is kept.

    Raises as `suggest`.
    """
    received = files.receive(path)
    header, heads = _header(received), _heads(received)
    at = next(n for n, cells in enumerate(heads) if [c.strip() for c in cells] == header)
    rows = [cells for cells in heads[at + 1 :] if len(cells) == len(header)]
    out = []
    for n, name in enumerate(header):
        values = dict.fromkeys(filter(None, (row[n].strip() for row in rows)))
        out.append((name, [printable(v, LONGEST_SAMPLE) for v in list(values)[:SAMPLES]]))
    return out


def _heads(received: files.Received) -> list[list[str]]:
    return [cells for _, lines in files.heads(received) for _, _, cells in lines]


def _header(received: files.Received) -> list[str]:
    """The first line that can be a header: most of its fields filled, none of them a number or a date."""
    heads = _heads(received)
    widest = max((sum(bool(c.strip()) for c in cells) for cells in heads), default=0)
    for cells in heads:
        filled = [c.strip() for c in cells if c.strip()]
        if len(filled) >= max(2, 0.6 * widest) and not any(_VALUE.match(c) or _KEY.search(c) for c in filled):
            return [c.strip() for c in cells]
    raise NotCounted("No line near the top names the columns, and a file without a header cannot be mapped. Export it with one.")


def _columns(header: Sequence[str]) -> Iterator[Line]:
    parts = clean.parts(plan()["feeds"])
    means = {part: _guess(header, columns) for part, columns in parts.items()}
    part = max(parts, key=lambda p: _likeness(p, means[p], parts[p]))
    yield {"kind": "part", "given": "", "means": part, "accept": "", "about": f"What a row is. One of: {', '.join(parts)}"}
    titles = {c["column"]: c["title"] for c in parts[part]}
    free = ", ".join(c for c in titles if c not in means[part].values())
    for name in filter(None, header):
        column = means[part].get(name, "")
        about = titles[column] if column else f"Not read. It could be: {free}"
        yield {"kind": "column", "given": name, "means": column, "accept": "", "about": about}


def _needed(part: str, columns: Sequence[Mapping[str, str]]) -> list[list[str]]:
    """Columns of which a part needs at least one each: the required ones alone, then those that can stand for each other."""
    alone = [[c["column"]] for c in columns if c["required"]]
    return alone + [row["one_of"].split("|") for row in plan()["needed"] if row["part"] == part]


def _likeness(part: str, means: Mapping[str, str], columns: Sequence[Mapping[str, str]]) -> float:
    needed = _needed(part, columns)
    return sum(any(c in means.values() for c in one_of) for one_of in needed) / max(len(needed), 1) + len(means) / 100


def _guess(header: Sequence[str], columns: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """{header: our column}, each once: a word that is the same before a word that is inside."""
    out: dict[str, str] = {}
    for same in (True, False):
        for column in columns:
            words = [files.normal(w) for w in (column["column"], column["title"], *column["also"].split("|")) if w]
            for name in header:
                short = files.normal(name)
                fits = short in words if same else any(len(w) >= 5 and w in short for w in words)
                if fits and name not in out and column["column"] not in out.values():
                    out[name] = column["column"]
    return out


def _codes(path: Path, lea: str) -> Iterator[Line]:
    """The codes of a file that no map knows, where they can be codes: few, short, unlike keys, dates and addresses."""
    reading = Reading(saved(lea))
    taken = reading.add(path)
    if not taken.known:
        return
    part = taken.known.layout["part"]
    for column in clean.parts(plan()["feeds"])[part]:
        name = "school" if column["kind"] == "school" else column["map"]
        if not name or column["column"] not in taken.known.columns:
            continue
        values = [v for v in reading.distinct(part, column["column"]) if (name, v.lower()) not in reading.codes]
        values = [v for v in values if name != "school" or not re.fullmatch(r"[0-9]{6,7}|[0-9]{13,14}", v)]
        if len(values) > MOST_CODES or any(len(v) > LONGEST_CODE or _KEY.search(v) for v in values):
            raise NotCounted(
                f"The column of {column['title'].lower()} holds too many or too long values to be codes. Is it the right one?"
            )
        about = "14-digit CDS code" if name == "school" else f"One of: {', '.join(_meanings(name))}; none leaves it out"
        for value in values:
            yield {"kind": f"code:{name}", "given": value, "means": "", "accept": "", "about": about}
    reading.close()


def _meanings(name: str) -> Iterator[str]:
    """The codes of a map, each with its longest word where that says more: 'U (unexcused absence)'."""
    words: dict[str, str] = {}
    for row in plan()["code_maps"]:
        if row["map"] == name:
            words[row["code"]] = max(words.get(row["code"], ""), row["value"], key=len)
    for code, word in words.items():
        yield code if files.normal(code) == files.normal(word) else f"{code} ({word})"


def write(lines: Sequence[Line], path: Path) -> None:
    """Write suggestions to a list that is edited and given back. Raises NotCounted when it exists already."""
    if path.exists():
        raise NotCounted(f"{path} exists already, perhaps with lines that you accepted. Rename or delete it first.")
    with open(path, "w", encoding="utf-8-sig", newline="", opener=lambda name, how: os.open(name, how, 0o600)) as handle:
        writer = csv.writer(handle)
        writer.writerow(COLUMNS)
        writer.writerows([safe(line[c]) for c in COLUMNS] for line in lines)


def accept(path: Path, suggestions: Path, lea: str, today: date) -> tuple[Path, int]:
    """Keep the lines of a list that a person accepted for the layout of a file. Returns where and how many. Raises NotCounted."""
    with suggestions.open(encoding="utf-8-sig", newline="") as handle:
        given = [{k: (v or "").strip().removeprefix("'") for k, v in row.items() if k} for row in csv.DictReader(handle)]
    if not given or any(c not in given[0] for c in COLUMNS[:4]):
        raise NotCounted(
            f"{suggestions.name} is no list of suggestions. Make one with: python -m data local map FILE --lea {lea}"
        )
    lines = [row for row in given if row["accept"].lower() in YES and row["means"]]
    mark = suggest(path, lea)[0]
    before = saved(lea).get(mark, {})
    part = next((r["means"] for r in lines if r["kind"] == "part"), before.get("part", ""))
    columns = dict(before.get("columns", {})) | {r["means"]: r["given"] for r in lines if r["kind"] == "column"}
    codes = {m: dict(v) for m, v in before.get("codes", {}).items()}
    for row in (r for r in lines if r["kind"].startswith("code:")):
        codes.setdefault(row["kind"].removeprefix("code:"), {})[row["given"].lower()] = row["means"]
    _check(part, columns, codes)
    return save(lea, mark, part, columns, codes, today), len(lines)


def _check(part: str, columns: Mapping[str, str], codes: Mapping[str, Mapping[str, str]]) -> None:
    parts = clean.parts(plan()["feeds"])
    if columns and part not in parts:
        raise NotCounted(f"Accept the line “part” too, with one of: {', '.join(parts)}.")
    known = {c["column"]: c for c in parts.get(part, [])}
    strange = [c for c in columns if c not in known]
    if strange:
        raise NotCounted(f"“{strange[0]}” is no column of {part}. There are: {', '.join(known)}.")
    missing = [one_of for one_of in _needed(part, list(known.values())) if not any(c in columns for c in one_of)]
    if missing:
        titles = [" or ".join(known[c]["title"] for c in one_of) for one_of in missing]
        raise NotCounted(f"Accept a column for: {'; '.join(titles)}.")
    allowed = {m: {r["code"] for r in plan()["code_maps"] if r["map"] == m} | {"none"} for m in codes}
    for name, values in codes.items():
        for code in values.values():
            if not (re.fullmatch(r"[0-9]{14}", code) if name == "school" else code in allowed[name]):
                ways = "a 14-digit CDS code" if name == "school" else f"one of {', '.join(sorted(allowed[name]))}"
                raise NotCounted(f"“{code[:40]}” is not {ways}.")
