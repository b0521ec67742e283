"""Assistance status of the demonstration: LCFF of districts and county offices, ESSA of schools, as texts.

Statuses follow from the Dashboard files of the demonstration: a student group that is Red on chronic absenteeism and on
suspension is in two LCFF priority areas. Nothing is drawn: the same Dashboard gives the same statuses.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from data import sources
from data.demo_places import World

YEARS = {"lcff_assistance": 2024, "essa_assistance": 2023}
"""The newest year whose layout is known of each workbook."""
NAMES = {"lcff_assistance": "assistancestatus24.txt", "essa_assistance": "essaassistance23.txt"}
BOTH = "C"
"""CDE's mark for priority areas 5 and 6: chronic absenteeism and suspension."""
Reds = dict[str, set[str]]
"""CDS code -> the Dashboard's student groups that are Red on both measures."""


def reds(paths: Iterable[Path]) -> Reds:
    """Who is Red in both of a year's Dashboard files, as `demo_dashboard` wrote them."""
    found: list[set[tuple[str, str]]] = []
    for path in paths:
        header, *rows = (line.split("\t") for line in path.read_text(encoding="cp1252").splitlines())
        at = [header.index(name) for name in ("cds", "studentgroup", "color")]
        found.append({(row[at[0]], row[at[1]]) for row in rows if row[at[2]] == "1"})
    out: Reds = {}
    for entity, group in set.intersection(*found):
        out.setdefault(entity, set()).add(group)
    return out


def write(folder: Path, world: World, by_year: dict[int, Reds]) -> list[Path]:
    """Write both files. `by_year`: the Dashboard years at hand, among them those of YEARS."""
    districts = [d.code + "0000000" for d in world.districts]
    schools = [s.cds for s in world.schools if s.listed]
    return [
        _write(folder, "lcff_assistance", [_lcff(e, by_year) for e in districts]),
        _write(folder, "essa_assistance", [_essa(e, by_year[YEARS["essa_assistance"]].get(e, set())) for e in schools]),
    ]


def _lcff(entity: str, by_year: dict[int, Reds]) -> dict[str, str]:
    """A district met the criteria in a year with a group; the second year in a row is its second of support."""
    out, year = {"cds": entity}, YEARS["lcff_assistance"]
    running = 0
    for past in sorted(y for y in by_year if y <= year):
        running = running + 1 if by_year[past].get(entity, set()) - {"ALL"} else 0
        out[f"status_{past}"] = f"Differentiated Assistance, Year {running}" if running else "General Assistance"
    return out | {f"group_{g}": BOTH for g in by_year[year].get(entity, set()) - {"ALL"}}


def _essa(entity: str, groups: set[str]) -> dict[str, str]:
    marked = sorted(groups - {"ALL"})
    status = "CSI Low Perform" if "ALL" in groups else "ATSI" if marked else "No Status"
    return {"cds": entity, "status_2023": status} | ({f"group_{g}": "1" for g in marked} if status == "ATSI" else {})


def _write(folder: Path, name: str, rows: Sequence[dict[str, str]]) -> Path:
    layout = sources.families[name].layouts[-1]
    lcff, columns = name == "lcff_assistance", tuple(layout.headers)
    blank, none = ("*", "General Assistance") if lcff else ("0", "No Status")
    plain = {c: blank if c.startswith("group_") else none if c.startswith("status_") else "*" for c in columns}
    lines = ["\t".join(layout.headers[c] for c in columns)]
    for row in rows:
        total = str(sum(c.startswith("group_") for c in row))
        whole = {**plain, "report_year": str(YEARS[name]), "total_groups": total, **row}
        lines.append("\t".join(whole[c] for c in columns))
    path = folder / NAMES[name]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode())
    return path
