"""The framework's tables as typed, checked rows: its elements, what data can say about them, which indicators stand under each.

The sixteen elements, the S-TAC's second lens and the Coalition's result areas. A wrong row fails at import with its file and row.
"""

import re
from dataclasses import dataclass

from data.registry import Indicator, indicators, need, rows

ELEMENT_FAMILIES = ("pillar", "key_condition", "commitment", "practice")
"""The four parts of the framework, with four elements each."""
LENS_FAMILIES = ("overarching_value", "capacity_strategy", "phase")
"""What the S-TAC lays over the framework: a second way to read the same indicators, no further elements."""
EVIDENCE = ("direct_process", "outcome_signal", "self_report", "survey_needed", "context")
"""What an indicator is to an element, the closest kind first. Context helps to read the others and is no evidence."""
HORIZONS = ("short_term", "long_term", "impact")
MEASURE_ID = re.compile(r"[A-Z]{3}\d\d")


@dataclass(frozen=True)
class Element:
    """One of the sixteen framework elements (pillars, key conditions, commitments, practices) or a second-lens entry."""

    code: str
    family: str
    ord: int
    name: str
    short: str
    definition: str


@dataclass(frozen=True)
class Wanted:
    """An indicator that no build holds yet, so that it can be named. `source`: A public, B local, C self-report, S survey.

    `needs` names the data that it waits for. Where `indicators` has the same id, that one counts.
    """

    id: str
    title: str
    source: str
    numerator: str
    denominator: str
    needs: str


@dataclass(frozen=True)
class Link:
    """An indicator id under an element, a lens entry or a result area, and what kind of evidence it is there."""

    code: str
    indicator_id: str
    evidence: str
    note: str


@dataclass(frozen=True)
class Reach:
    """What data of this kind can say about an element, and what to look at instead or with it."""

    code: str
    can: str
    instead: str


@dataclass(frozen=True)
class Result:
    """A result area of the Coalition for Community Schools; `horizon` is one of HORIZONS."""

    code: str
    horizon: str
    name: str
    can: str


def _load_elements() -> tuple[Element, ...]:
    return tuple(
        Element(r["code"], r["family"], int(r["ord"]), r["official_name"], r["short_name_or_variant"], r["definition_paraphrase"])
        for _, r in rows("framework.csv")
    )


def _load_wanted() -> dict[str, Wanted]:
    file, out = "indicators_wanted.csv", {}
    for row, r in rows(file):
        need(bool(MEASURE_ID.fullmatch(r["id"])), file, row, f"{r['id']!r} is not an indicator id such as LSV02")
        need(r["id"] not in out, file, row, f"{r['id']!r} stands twice")
        need(r["class"] in ("A", "B", "C", "S"), file, row, f"class {r['class']!r} is not A, B, C or S")
        need(bool(r["title"] and r["numerator"] and r["needs"]), file, row, "title, numerator and needs must be filled in")
        out[r["id"]] = Wanted(r["id"], r["title"], r["class"], r["numerator"], r["denominator"], r["needs"])
    return out


def _load_links(file: str, column: str, codes: set[str]) -> tuple[Link, ...]:
    out: list[Link] = []
    known = {i.id for i in indicators.values()} | set(wanted)
    for row, r in rows(file):
        code, measure, kind = r[column], r["indicator_id"], r["link_type"]
        need(code in codes, file, row, f"{code!r} is not an element that this table is about")
        need(measure in known, file, row, f"{measure!r} stands neither in indicators.toml nor in indicators_wanted.csv")
        need(kind in EVIDENCE, file, row, f"link_type {kind!r} is not one of {', '.join(EVIDENCE)}")
        need((code, measure) not in {(k.code, k.indicator_id) for k in out}, file, row, f"{code} and {measure} stand twice")
        out.append(Link(code, measure, kind, r["note"]))
    return tuple(out)


def _load_element_links() -> tuple[Link, ...]:
    out = _load_links("indicator_map.csv", "element_code", set(reach))
    bare = sorted(reach.keys() - {link.code for link in out})
    need(not bare, "indicator_map.csv", 0, f"an indicator is missing for {', '.join(bare)}")
    return out


def _load_reach() -> dict[str, Reach]:
    file, out = "element_verdict.csv", {}
    codes = {e.code for e in elements if e.family in ELEMENT_FAMILIES}
    for row, r in rows(file):
        need(r["element_code"] in codes, file, row, f"{r['element_code']!r} is not an element of framework.csv")
        need(r["element_code"] not in out, file, row, f"{r['element_code']!r} stands twice")
        can, instead = r["can_this_data_measure_it"], r["what_to_show_instead_or_with"]
        need(bool(can and instead), file, row, "both texts must be filled in")
        out[r["element_code"]] = Reach(r["element_code"], can, instead)
    need(out.keys() == codes, file, 0, f"a row is missing for {', '.join(sorted(codes - out.keys()))}")
    return out


def _load_results() -> tuple[Result, ...]:
    file, out = "coalition_results.csv", []
    for row, r in rows(file):
        need(r["horizon"] in HORIZONS, file, row, f"horizon {r['horizon']!r} is not one of {', '.join(HORIZONS)}")
        need(
            bool(r["code"] and r["official_name"] and r["computable_here"]), file, row, "code, name and verdict must be filled in"
        )
        need(r["code"] not in {o.code for o in out}, file, row, f"{r['code']!r} stands twice")
        out.append(Result(r["code"], r["horizon"], r["official_name"], r["computable_here"]))
    return tuple(out)


elements = _load_elements()
wanted = _load_wanted()
results = _load_results()
reach = _load_reach()
links = _load_element_links()
lens_links = _load_links(
    "lens_map.csv", "code", {e.code for e in elements if e.family in LENS_FAMILIES} | {r.code for r in results}
)


def indicators_of(measure_id: str) -> tuple[Indicator, ...]:
    """Every indicator with an id; several may share one (suspensions by reason). None where it is only wanted."""
    return tuple(i for i in indicators.values() if i.id == measure_id)
