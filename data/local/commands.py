"""What the commands of `python -m data local` do. Their options and error texts stand in data/local/cli.py."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from data.local import checkup, cube, defaults, fixlist, keys, mapping, publications, travel, travel_cells
from data.local import template as templates
from data.local.checkup import Fired
from data.local.load import NotCounted, Parameters, Reading
from data.local.plan import plan

TOLD = {"stop": "Stops publication", "person": "Needs a person", "repaired": "Repaired", "note": "To know"}
Say = Callable[[str, int, int], None]


def check(options: argparse.Namespace) -> int:
    with options.progress() as say:
        reading, parameters, found = read(options, say)
    _tell(reading, parameters, found, options.fix_list)
    if checkup.stops(found):
        print("Nothing could be published from these files.")
        return 2
    print("These files can be counted and published.")
    return 0


def publish(options: argparse.Namespace) -> int:
    with options.progress() as say:
        reading, parameters, found = read(options, say)
        if parameters and not checkup.stops(found):
            say("counting the cube", 0, 1)
            document, own = counted(reading, parameters, found)
    _tell(reading, parameters, found, options.fix_list)
    if not parameters or checkup.stops(found):
        print("Refused: nothing was published. What was published before is still shown.", file=sys.stderr)
        return 2
    name = publications.publish(document, own=own)
    hidden = sum(v is None for v in document["cells"]["value"])
    print(
        f"Published {name}: {len(document['cells']['value']):,} counts of district {parameters.lea}, {hidden:,} of them hidden, "
        f"through {_month(parameters.through)}."
    )
    return 0


def read(options: argparse.Namespace, say: Say) -> tuple[Reading, Parameters | None, list[Fired]]:
    """The files read and checked: the reading, its parameters (None where no file could be used), the rules that fired."""
    today = options.today or date.today()
    whose = options.lea or mapping.only_lea()
    reading = Reading(mapping.saved(whose))
    for n, path in enumerate(options.files):
        say("reading", n, len(options.files))
        reading.add(path)
    if not any(t.rows for t in reading.taken):
        return reading, None, list(checkup.about_files(reading.taken))
    parameters = defaults.parameters(reading.span(today), today, options.lea, options.year, options.through)
    if parameters.lea != whose and any(t.known and t.known.mapped_on for t in reading.taken):
        raise NotCounted(f"The mapping of a layout is district {whose}'s, and the rows are {parameters.lea}'s. Give --lea.")
    parameters = defaults.salted(parameters, keys.salt(parameters.lea))
    say("checking", 0, 1)
    reading.settle(parameters, defaults.schools(parameters.lea))
    return reading, parameters, checkup.run(reading, parameters)


def counted(reading: Reading, parameters: Parameters, found: Sequence[Fired]) -> tuple[dict[str, Any], Any]:
    """The travel document of a reading, and its exact counts for the district's own installation."""
    cube.roll(reading.con, parameters.year, parameters.through, parameters.today)
    own = reading.frame("select * from counts")
    cells = travel_cells.hide(own)
    document = {
        "format": 1, "lea": parameters.lea, "year": parameters.year, "through": parameters.through,
        "made": str(parameters.today), "demo": False,
        "files": [{"sha256": t.sha256, "feed": t.known.layout["feed"], "layout": t.known.layout["layout"],
                   "rows": travel.up(t.rows, travel.ROWS)} for t in reading.taken if t.known and t.rows],
        "checkup": [{"rule": rule, "count": travel.up(sum(f.count for f in found if f.rule["id"] == rule), travel.REMARKS)}
                    for rule in dict.fromkeys(f.rule["id"] for f in found)],
        "coverage": [c for c in coverage(reading, parameters) if c["feed"] in travel.COVERED],
        "partners": [{"name": n, "school": s, "pillar": p} for n, s, p in reading.rows(
            "select distinct name, school, pillar from partners where pillar is not null order by all", parameters)],
        "cells": {c: [None if v is pd.NA else v for v in cells[c].astype(object).tolist()] for c in travel_cells.COLUMNS},
    }  # fmt: skip
    return document, own


def coverage(reading: Reading, parameters: Parameters) -> list[dict[str, Any]]:
    """[{feed, weeks, of}] for feeds with dates."""
    return [{"feed": f, "weeks": w, "of": o} for f, w, o in reading.rows(plan()["coverage"], parameters)]


def _tell(reading: Reading, parameters: Parameters | None, found: Sequence[Fired], fix_list: Path | None) -> None:
    """The check-up, to standard output. Values are said on a terminal only: what goes to a file or a pipe may become a log."""
    hidden = not sys.stdout.isatty()
    files = {t.number: t for t in reading.taken}
    for taken in reading.taken:
        if taken.known and taken.rows:
            mapped = f", mapped on {taken.known.mapped_on}" if taken.known.mapped_on else ""
            print(f"{taken.path.name}: {taken.rows:,} records, {taken.known.layout['title']}{mapped}.")
    if parameters:
        year = f"{parameters.year - 1}-{parameters.year % 100:02d}"
        print(f"District {parameters.lea}, school year {year}, through {_month(parameters.through)}.")
        for row in coverage(reading, parameters):
            print(f"{row['feed']}: rows in {row['weeks']} of {row['of']} weeks with school.")
    for severity, title in TOLD.items():
        some = [f for f in found if f.severity == severity]
        if some:
            print(f"{title}:")
        for fired in some:
            file = files.get(fired.examples[0][0])
            said = checkup.sentence(fired, fired.examples[0], checkup.header(fired, file), hidden)
            times = f" ({fired.count:,} times)" if fired.count > 1 and fired.rule["scope"] != "file" else ""
            print(f"  {file.path.name + ': ' if file else ''}{said}{times} {fired.rule['way_out']}".rstrip())
    if any("mapping step" in f.rule["way_out"] for f in found):
        print(f"The mapping step: python -m data local map FILE --lea {parameters.lea if parameters else 'CODE'}")
    if fix_list and parameters:
        print(
            f"{fixlist.write(fix_list, found, reading, parameters):,} lines in {fix_list}. It names students: delete it when it "
            f"is done."
        )
    elif hidden and any("{value}" in f.rule["sentence"] and f.examples[0][1] is not None for f in found):
        print("Values are not shown here. See them on a terminal, or ask for a list with --fix-list PATH.")


def map_file(options: argparse.Namespace) -> int:
    today = date.today()
    if not defaults.LEA.fullmatch(options.lea):
        raise NotCounted("Give the district with --lea and its code of seven digits.")
    if options.accept:
        path, lines = mapping.accept(options.file, options.accept, options.lea, today)
        print(f"{lines} lines accepted; the mapping is kept in {path} and used whenever this layout comes again.")
    mark, suggestions = mapping.suggest(options.file, options.lea)
    if not suggestions:
        print(f"There is nothing to map in {options.file.name}: its columns and codes are known (layout {mark}).")
        return 0
    target = options.to or options.file.with_name(options.file.name + ".mapping.csv")
    if options.accept and target.resolve() == options.accept.resolve():
        target = target.with_suffix(".codes.csv")
    mapping.write(suggestions, target)
    what = "codes" if suggestions[0]["kind"].startswith("code") else "columns"
    if what == "columns" and sys.stdout.isatty():  # what goes to a file or a pipe may become a log
        print("The first values of each column, shown on this terminal and kept nowhere:")
        for name, values in mapping.samples(options.file):
            print(f"  {name}: {' · '.join(values)}")
    print(
        f"{len(suggestions)} suggestions about {what} in {target}. Correct the column means, write yes into accept, and give it "
        f"back with: python -m data local map {options.file} --lea {options.lea} --accept {target}"
    )
    return 0


def template(options: argparse.Namespace) -> int:
    for path in templates.write(options.to):
        print(path)
    return 0


def listed(options: argparse.Namespace) -> int:
    found = publications.listed()
    for manifest in found:
        print(f"{manifest['lea']}  {manifest['id']}  {manifest['published']}  through {_month(manifest['through'])}")
    if not found:
        print("No district has published local counts here.")
    return 0


def withdraw(options: argparse.Namespace) -> int:
    gone = publications.withdraw(options.lea)
    what = "1 publication" if gone == 1 else f"{gone} publications"
    print(f"Withdrawn: {what} of district {options.lea}, gone from every page and from this folder.")
    return 0


def _month(through: int) -> str:
    """202512 -> 'December 2025'."""
    return f"{date(through // 100, through % 100, 1):%B %Y}"
