"""Five thousand unmistakable numbers in hidden cells: none is found in a page, callback, file, cache, log or the store."""

import gzip
import logging
import re
import shutil
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import brotli
import duckdb
import pandas as pd
import pytest

from components import page as composer
from data import warehouse
from data.local import public, publications, travel_cells
from exports import EXPORTS
from server import answers
from tests import unpacked
from tests import web as calls

LEAST = 5_000
MONTHS = (*range(202408, 202413), *range(202501, 202507), *range(202508, 202513), 202601, 202602)
SPANS = ("GRTKKN", "GR13", "GR46", "GR78", "GR912")
PARTS = {"chronic": (1, 1, 1, 1, 1), "suspended": (2, 2, 2, 2, 2), "served": (3, 1, 2, 1, 3)}
"""Each part with the students that it lacks, by span: at most ten together, so that the total is hidden as well."""
OTHERS = ("SD", "SS", "SF", "SH")
GEOMETRY = re.compile(r'\b(?:x|y|cx|cy|w|h|l|t|r|b|id|idx|val|sz)="-?\d+"')
"""Where things stand on a slide, in units so small that a place can have the digits of any count."""
NUMBER = re.compile(r"(?<![0-9.])[0-9][0-9,]*(?![0-9])")


def planted(lea: str, schools: list[str]) -> tuple[pd.DataFrame, set[int]]:
    """The counts of a district of giants (KEYS and value), and the numbers in them that must never be seen.

    Every part is its whole but a student or two, so its number is hidden; none ends in a zero as all that is shown does.
    """
    rows: list[tuple] = []
    size = 300_007
    for month in MONTHS:
        for school in schools:
            wholes = {}
            for span in SPANS:
                size += 211
                wholes[span] = size
            rows += _cells("school", school, month, wholes)
    frame: Any = pd.DataFrame(rows, columns=list(travel_cells.COLUMNS))
    keys = ["fact", "month", "span", "service", "student_group", "band"]
    above: Any = frame.groupby(keys, as_index=False).agg({"value": "sum"})
    above = above.assign(level="district", entity=f"{lea}0000000")
    groups: Any = above[above["student_group"] == "TA"]
    more = [groups.assign(student_group=g, value=groups["value"] // 3 - n * 10_003) for n, g in enumerate(OTHERS)]
    for part in more:
        whole = dict(part.loc[part["fact"] == "enrolled", ["month", "value"]].to_numpy().tolist())
        off = part["month"].map(lambda month, whole=whole: whole[month]) - 3
        part["value"] = part["value"].where(part["fact"] == "enrolled", off - off % 10 + 3)
        whole_ends = part["fact"] == "enrolled"
        part.loc[whole_ends, "value"] = part.loc[whole_ends, "value"] // 10 * 10 + 7
    counts: Any = pd.concat([frame, above, *more], ignore_index=True)[list(travel_cells.COLUMNS)]
    hidden = travel_cells.hide(counts).query("hidden").merge(counts, on=list(travel_cells.KEYS), suffixes=("", "_true"))
    return counts, {int(v) for v in hidden["value_true"] if v > 100_000 and v % 10}


def _cells(level: str, school: str, month: int, wholes: dict[str, int]) -> list[tuple]:
    out = []
    for n, (group, whole) in enumerate({**wholes, "TA": sum(wholes.values()), "SE": max(wholes.values()) // 2}.items()):
        out.append(("enrolled", level, school, month, "ytd", "all", group, "all", whole))
        for fact, lacks in PARTS.items():
            less = sum(lacks) if group == "TA" else lacks[n % len(lacks)]
            out.append((fact, level, school, month, "ytd", "all", group, "all", whole - less))
    return out


def document(lea: str, counts: pd.DataFrame) -> dict:
    cells = travel_cells.hide(counts)
    return {
        "format": 1, "lea": lea, "year": 2026, "through": 202602, "made": "2026-03-05", "demo": False,
        "files": [{"sha256": "a" * 64, "feed": "services", "layout": "service_log", "rows": 1_200}],
        "checkup": [], "coverage": [], "partners": [],
        "cells": {c: [None if v is pd.NA else v for v in cells[c].astype(object)] for c in travel_cells.COLUMNS},
    }  # fmt: skip


@pytest.fixture(scope="module")
def giants(demo_home: Path, tmp_path_factory):
    """A home whose one local publication holds the planted numbers, the district's code, its schools and the numbers."""
    home = tmp_path_factory.mktemp("planted") / "home"
    shutil.copytree(demo_home, home)
    for path in home.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    shutil.rmtree(home / "local", ignore_errors=True)
    patch = pytest.MonkeyPatch()
    patch.setenv("RTAC_HOME", str(home))
    patch.setenv("RTAC_LOCAL", "on")
    places = _schools()
    lea = max(places, key=lambda one: len(places[one]))
    schools = sorted(places[lea])[:22]
    counts, numbers = planted(lea, schools)
    sent = document(lea, counts)
    assert not numbers & {v for v in sent["cells"]["value"] if v}
    # CDE's rows of these schools are of other sizes than giants, and the gate refuses counts that contradict each other.
    nothing = public.bounds("0000000")
    with pytest.MonkeyPatch.context() as without:
        without.setattr(public, "bounds", lambda lea: nothing)
        publications.publish(sent)
    calls.forget()
    yield home, lea, schools, numbers
    patch.undo()
    calls.forget()


def _schools() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entity in _listed():
        found.setdefault(entity[:7], set()).add(entity)
    return found


def _listed() -> list[str]:
    return warehouse.query("select entity from places where level = 'school'", {})["entity"].astype(str).tolist()


def seen(text: str) -> set[int]:
    return {int(found.replace(",", "")) for found in NUMBER.findall(text) if 6 <= len(found.replace(",", "")) <= 12}


def test_there_are_enough(giants):
    assert len(giants[3]) >= LEAST


def test_no_page_callback_or_file_shows_one(giants, caplog, monkeypatch):
    """What stands on the doors while local data are shut (CDE's counts may have the same digits) is no planted number."""
    _home, lea, schools, numbers = giants
    caplog.set_level(logging.DEBUG)
    for reader in ("PIL", "pypdf"):  # what this test itself reads files with: it logs places in them
        caplog.set_level(logging.WARNING, logger=reader)
    monkeypatch.setenv("RTAC_LOCAL", "off")
    without = set().union(*map(seen, answered(lea, schools).values()))
    monkeypatch.setenv("RTAC_LOCAL", "on")
    texts = answered(lea, schools)
    texts["log"] = caplog.text
    texts["cache"] = " ".join(_plain(body, encoding) for body, encoding in answers._kept.values())
    sought = numbers - without
    assert len(sought) >= LEAST
    told = {door: some for door, text in texts.items() if (some := seen(text) & sought)}
    assert not told, f"{len(told)} doors, as {next(iter(told))}"
    shown = [door for door, text in texts.items() if {v for v in seen(text) - without if v % 10 == 0 and v > 1_000_000}]
    assert any(door.startswith("services") for door in shown), "nothing local is shown: the test looks at the wrong doors"


def answered(lea: str, schools: list[str]) -> dict[str, str]:
    """Every callback and every file of every page for some choices: door -> what it answers."""
    from app import server

    calls.forget()
    client = server.test_client()
    texts: dict[str, str] = {}
    views = [{"place": f"{lea}0000000"}, {"place": schools[0]}, {"place": f"{lea}0000000", "month": "202510", "pillar": "PIL1"}]
    for key, made in composer.pages.items():
        names = [n for n in calls.doors(f"{key}-") if n.startswith(f"..{key}-")]
        for number, view in enumerate(views):
            for name in names:
                texts[f"{key} {name} {number}"] = client.post(calls.PATH, json=calls.body(name, view)).get_data(as_text=True)
            for form, exhibit in product(EXPORTS, made.exhibits):
                query = urlencode({**view, "exhibit": exhibit.key})
                parts = unpacked.texts(client.get(f"/export/{key}.{form}?{query}").data)
                texts[f"{key}.{form} {exhibit.key} {number}"] = "\n".join(GEOMETRY.sub("", text) for _part, text in parts)
    return texts


def _plain(body: bytes, encoding: str | None) -> str:
    return {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding](body).decode()


def test_no_file_of_the_store_holds_one(giants):
    home, _lea, _schools, numbers = giants
    files = [p for p in (home / "local").rglob("*") if p.is_file()]
    assert any(p.suffix == ".parquet" for p in files)
    for path in files:
        if path.suffix == ".parquet":
            with duckdb.connect() as con:
                text = con.read_parquet(str(path)).df().to_csv(index=False)
        else:
            text = path.read_bytes().decode("utf-8", "replace")
        assert not seen(text) & numbers, path.name


def test_the_doors_are_shut_without_the_setting(giants, monkeypatch):
    """The same home, RTAC_LOCAL off: not even the rounded numbers are there."""
    _home, lea, _schools, _numbers = giants
    from app import server

    monkeypatch.setenv("RTAC_LOCAL", "off")
    calls.forget()
    text = server.test_client().get(f"/export/services.csv?place={lea}0000000").get_data(as_text=True)
    assert not any(v > 10_000_000 and v % 10 == 0 for v in seen(text.replace(lea, "")))
