"""Pillars & conditions: each element, indicator and kind of evidence on screen, in CSV and JSON, as in the reference tables."""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace

import plotly.graph_objects as go
import pytest

import queries
from components import evidence, evidence_words
from components.evidence import Line, Outcome
from components.exhibit import Shown
from components.exhibits import element_matrix, lenses, pillars
from components.figures import element_grid
from components.view import View
from data import framework, registry
from data.framework import Link
from exports import About, Slide, csv_file, json_file
from tests import invented

ABOUT = About("pillars", (), invented.MANIFEST["id"], invented.MANIFEST["created"], False)
SIZES = {
    "PIL1": 9, "PIL2": 4, "PIL3": 3, "PIL4": 3, "KC1": 5, "KC2": 1, "KC3": 2, "KC4": 5,
    "CC1": 2, "CC2": 9, "CC3": 1, "CC4": 3, "PP1": 1, "PP2": 1, "PP3": 1, "PP4": 2,
}  # fmt: skip
KINDS = {"direct_process": 15, "self_report": 12, "outcome_signal": 17, "context": 2, "survey_needed": 6}
"""How many indicators each element has, and of which kind: a row that is lost from the reference table itself is missed here."""
DENIED = (
    "No score is made",
    "There is no pillar score, and no place is ranked",
    "never averaged or ranked",
    "is no rank",
    "list, not score",
    "nobody is ranked by it",
)
"""Where the words of scores stand, to say that there is none."""
PLACES = [registry.STATE, invented.REGION, invented.SMALL, invented.HIDDEN, invented.COARSE, invented.ABSENT]
EVERY = [pillars.LEAD, pillars.ELEMENTS, element_matrix.MATRIX, lenses.LENS_STAC, lenses.LENS_COALITION]


@pytest.fixture(autouse=True)
def manifest(monkeypatch):
    monkeypatch.setattr(queries, "manifest", lambda build=None: invented.MANIFEST)


def build(exhibit, place: str = invented.DISTRICT, **view) -> Shown:
    return exhibit.build(View(place=(place,) if place else (), **view), invented.Fake())


def reference(name: str) -> list[dict[str, str]]:
    with (registry.REFERENCE / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def told(rows: list[dict]) -> set[tuple]:
    return {(r["element"], r["element_name"], r["definition"], r["indicator_id"], r["kind_of_evidence"], r["note"]) for r in rows}


def expected() -> set[tuple]:
    """What framework.csv and indicator_map.csv say of the sixteen, read here and not by the registry."""
    elements = {r["code"]: r for r in reference("framework.csv")}
    return {
        (
            code,
            elements[code]["official_name"],
            elements[code]["definition_paraphrase"],
            *(r[c] for c in ("indicator_id", "link_type", "note")),
        )
        for r in reference("indicator_map.csv")
        for code in [r["element_code"]]
    }


def on_cards(shown: Shown) -> set[tuple[str, str, str, str]]:
    """Element, definition, indicator and kind of evidence as the cards say them."""
    out = set()
    for card in [card for section in shown.extra["cards"] for card in section.cards]:
        told = [(fact["title"], re.split(r"[:.]", fact["detail"])[0]) for fact in card.facts]
        for label, said in card.waiting:
            told += [(title, label.partition(", no data")[0]) for title in said.rstrip(".").split("; ")]
        out |= {(card.title, card.text, title, kind) for title, kind in told}
    return out


def missing(shown: Shown) -> list[str]:
    """What of the reference tables is absent from the screen, the CSV or the JSON of the elements."""
    files = {
        "csv": list(csv.DictReader(io.StringIO(csv_file.write([Slide(shown)], ABOUT).decode(), newline=""))),
        "json": json.loads(json_file.write([Slide(shown)], ABOUT))["exhibits"][0]["rows"],
    }
    out = [f"{form}: {row[0]} {row[3]}" for form, rows in files.items() for row in expected() ^ told(rows)]
    table = Counter((r["element"].partition(": ")[2], r["indicator"], r["kind"]) for r in shown.table.rows)
    cards = on_cards(shown)
    for _code, name, definition, measure, evidence_kind, _note in expected():
        kind = evidence_words.kind_name(evidence_kind)
        for title in [i.title for i in framework.indicators_of(measure)] or [framework.wanted[measure].title]:
            out += [f"table: {name}, {title}"] if table[name, title, kind] != 1 else []
            out += [f"card: {name}, {title}"] if (name, definition, title, kind) not in cards else []
    return out


def test_the_sixteen_with_all_indicators_and_kinds_stand_everywhere():
    rows = expected()
    assert Counter(row[0] for row in rows) == SIZES and len(SIZES) == 16 and Counter(row[4] for row in rows) == KINDS
    for place in ("", invented.DISTRICT, invented.HIDDEN, invented.ABSENT):
        assert missing(build(pillars.ELEMENTS, place)) == []


@pytest.mark.parametrize("at", [0, 20, len(framework.links) - 1])
def test_one_indicator_less_is_noticed(monkeypatch, at):
    """The check above bites: a link that is dropped is missing in table, card, CSV and JSON."""
    gone = framework.links[at]
    monkeypatch.setattr(framework, "links", tuple(k for k in framework.links if k is not gone))
    found = missing(build(pillars.ELEMENTS))
    assert {f"csv: {gone.code} {gone.indicator_id}", f"json: {gone.code} {gone.indicator_id}"} <= set(found)
    assert any(f.startswith("table") for f in found) and any(f.startswith("card") for f in found)


def test_another_kind_of_evidence_is_noticed(monkeypatch):
    first, *rest = framework.links
    monkeypatch.setattr(framework, "links", (replace(first, evidence="survey_needed"), *rest))
    assert {f.partition(":")[0] for f in missing(build(pillars.ELEMENTS))} == {"csv", "json", "table", "card"}


def test_what_can_be_measured_and_what_would_be_needed_stand_with_each_element():
    shown = build(pillars.ELEMENTS)
    cards = {card.title: card for section in shown.extra["cards"] for card in section.cards}
    for row in reference("element_verdict.csv"):
        name = next(e.name for e in framework.elements if e.code == row["element_code"])
        said = dict(cards[name].waiting)
        assert said["Can this data measure it"].lower().rstrip(".") == row["can_this_data_measure_it"].lower()
        assert said["Instead or with it"].lower().rstrip(".") == row["what_to_show_instead_or_with"].lower()
    assert all(r["needs"] != "–" for r in shown.table.rows if r["value"] == "no data")


def test_the_headline_says_what_stands():
    shown = build(pillars.LEAD)
    assert shown.headline == "4 of 16 elements have numbers; 3 moved beyond chance"
    assert "none shows by itself that an element is in place" in shown.subtitle and "No score" in shown.subtitle
    assert build(pillars.LEAD, invented.ABSENT).headline == "No element has numbers here yet"
    assert len(shown.table.rows) == 16


def test_a_year_that_is_named_is_shown():
    shown = build(pillars.ELEMENTS, year=2024)
    assert set(shown.frame["academic_year"].dropna()) == {"2023-24"} and "2023–24" in build(pillars.LEAD, year=2024).subtitle
    closures = build(pillars.ELEMENTS, year=2022).frame
    assert {"not_comparable"} >= set(closures["verdict"].dropna()) and not set(closures["outcome"]) & {
        "improved",
        "worsened",
        "chance",
    }


def test_a_closed_place_shows_its_last_year():
    closed = invented.Fake(closed={invented.TOWN: 2019})
    frame = pillars.ELEMENTS.build(View(place=(invented.TOWN,), build="of-a-closed-place"), closed).frame
    assert set(frame["academic_year"].dropna()) == {"2018-19"}


def test_a_process_measure_is_told_from_a_signal():
    lead = registry.indicators["chronic_absenteeism_rate"]
    row = invented.Fake().ask_ranking(lead.name, "TA", 2025, "district", None, None, None, [invented.DISTRICT])
    record = evidence.facts.records(evidence.facts.enrich(row, lead, 2025))[0]
    lines = [Line(Link("PIL1", "ATT01", kind, ""), lead, record) for kind in ("direct_process", "outcome_signal")]
    place = invented.place(invented.DISTRICT)
    both, signals = (" ".join(pillars._said(place, found)) for found in (lines, lines[1:]))
    assert "signals" not in both and "outcome signals" in signals
    assert evidence.evident([Line(Link("PIL1", "STB01", "context", ""), lead, record)]) == []


@pytest.mark.parametrize(
    ("verdicts", "told"),
    [
        ([], "No element has numbers here yet"),
        (["too few"], "1 of 16 elements has numbers; changes cannot be told"),
        (["too few"] * 3, "3 of 16 elements have numbers; changes cannot be told"),
        (["chance", "too few"], "2 of 16 elements have numbers; no change beyond chance"),
        (["better"], "1 of 16 elements has numbers; 1 moved beyond chance"),
        (["better", "chance"], "2 of 16 elements have numbers; 1 moved beyond chance"),
        (["better", "chance", "worse", "too few"], "4 of 16 elements have numbers; 2 moved beyond chance"),
    ],
)
def test_the_headline_says_of_the_numbers_what_their_verdicts_say(verdicts, told):
    """One element a verdict. What cannot be told is never said to stand still, and no number is called a signal of anything."""
    measure = registry.indicators["chronic_absenteeism_rate"]
    before = {"better": (300, 1000), "worse": (100, 1000), "chance": (201, 1000), "too few": (None, None)}
    lines = []
    for verdict, code in zip(verdicts, ("PIL1", "PIL4", "KC1", "CC2"), strict=False):
        k, n = before[verdict]
        row = {**evidence.facts.nothing(invented.place(invented.DISTRICT), measure, "TA", 2025), "status": "published"}
        row |= {"numerator": 200, "denominator": 1000, "prior_numerator": k, "prior_denominator": n}
        lines.append(Line(Link(code, "ATT01", "outcome_signal", ""), measure, row))
    assert pillars.headline(lines) == told


def test_a_cell_accounts_for_every_indicator_of_its_element():
    shown = build(element_matrix.MATRIX)
    size, frame = SIZES, shown.frame
    assert set(frame["element"]) == set(size) and len(frame) == 16 * len(shown.table.rows)
    assert (frame[[o.value for o in Outcome]].sum(axis=1) == frame["indicators"]).all()
    assert all(frame.loc[frame["element"] == code, "indicators"].eq(n).all() for code, n in size.items())
    for row in shown.table.rows:
        for code, n in size.items():
            assert sum(int(k) for k in re.findall(r"(\d+) [a-z]", row[code])) == n, row[code]
    assert len(shown.table.columns) == 17 and shown.table.rows[0]["entity"] == invented.DISTRICT


def test_the_matrix_says_what_the_page_says_of_a_place():
    lead, matrix = build(pillars.LEAD).frame, build(element_matrix.MATRIX).frame
    mine = [r for r in matrix.to_dict("records") if r["cds_code"] == invented.DISTRICT]
    assert [[r[o.value] for o in Outcome] for r in mine] == [[r[o.value] for o in Outcome] for r in lead.to_dict("records")]


def test_withheld_is_counted_apart_a_coarse_rate_cannot_tell_and_unpublished_is_no_data():
    found = evidence.read([invented.HIDDEN, invented.ABSENT, invented.COARSE], invented.Fake())
    outcome = {
        e: {line.outcome for line in evidence.lines(framework.links, e, found) if line.row}
        for e in (invented.HIDDEN, invented.ABSENT, invented.COARSE)
    }
    assert outcome[invented.HIDDEN] == {Outcome.WITHHELD} and outcome[invented.COARSE] == {Outcome.CANNOT_TELL}
    assert outcome[invented.ABSENT] == {Outcome.NO_DATA}


@pytest.mark.parametrize(
    ("view", "rows"),
    [
        ({}, "counties"),
        ({"place": (registry.STATE,)}, "counties"),
        ({"place": (invented.COUNTY,)}, "counties"),
        ({"place": (invented.DISTRICT,)}, "districts"),
        ({"place": (invented.DISTRICT, invented.COUNTY), "peers": "chosen"}, "chosen"),
    ],
)
def test_the_rows_of_the_matrix(view, rows):
    shown = element_matrix.MATRIX.build(View(**view), invented.Fake(more=30))
    entities = [r["entity"] for r in shown.table.rows]
    chosen = list(view.get("place", ()))
    assert entities[: len(chosen)] == chosen and len(set(entities)) == len(entities)
    assert rows in shown.subtitle.lower() and len(entities) == (2 if rows == "chosen" else 12)


@pytest.mark.parametrize("exhibit", EVERY, ids=lambda e: e.key)
def test_nothing_is_scored_averaged_ranked_or_claimed(exhibit):
    shown = build(exhibit)
    said = " ".join([shown.headline, shown.subtitle, shown.alt, *shown.words, *(c.label for c in shown.table.columns)])
    for denied in DENIED:
        said = said.replace(denied, "")
    assert not re.search(r"\b(score|average|index|best|ranked|caus\w+|because of|due to|led to)\b", said), said
    assert not {"score", "average", "rank"} & set(shown.frame.columns)


@pytest.mark.parametrize("exhibit", EVERY, ids=lambda e: e.key)
@pytest.mark.parametrize(
    "place", [registry.STATE, invented.REGION, invented.SMALL, invented.HIDDEN, invented.COARSE, invented.ABSENT]
)
def test_hidden_counts_stand_nowhere(exhibit, place):
    shown = build(exhibit, place)
    text = f"{shown!r}{shown.frame.to_csv()}"
    assert str(invented.PLANTED) not in text and f"{invented.PLANTED:,}" not in text
    assert not re.search(r"%\(|\bnan\b|<NA>", " ".join([shown.headline, shown.subtitle, shown.source, shown.alt, *shown.words]))
    assert len(shown.headline.split()) <= 11


def test_the_grid_is_a_figure_whose_color_only_repeats_the_sign():
    shown = build(element_matrix.MATRIX, invented.TOWN)
    assert shown.figure
    go.Figure(shown.figure)
    text = json.dumps(shown.figure)
    assert "<b>=Brisas" not in text and "&lt;b&gt;" in text
    assert element_grid.SIGNS.keys() == set(Outcome) - {Outcome.NO_DATA}
    assert len(set(element_grid.SIGNS.values())) == len(element_grid.SIGNS)
    for e in evidence.elements():
        assert any(
            str(a["text"]).startswith(element_grid.theme.short(evidence.label(e), 42)[:20])
            for a in shown.figure["layout"]["annotations"]
        )


def test_the_lenses_are_whole():
    codes = {r["code"] for r in reference("framework.csv")} - {e.code for e in evidence.elements()}
    stac, coalition = build(lenses.LENS_STAC), build(lenses.LENS_COALITION)
    assert set(stac.frame["code"]) == codes and len(codes) == 12
    results = reference("coalition_results.csv")
    assert list(dict.fromkeys(coalition.frame["name"])) == [r["official_name"] for r in results] and len(results) == 10
    assert dict(zip(coalition.frame["code"], coalition.frame["can_be_measured"], strict=True)) == {
        r["code"]: r["computable_here"] for r in results
    }
    links = {(r["code"], r["indicator_id"], r["link_type"]) for r in reference("lens_map.csv")}
    for shown in (stac, coalition):
        rows = [r for r in shown.frame.to_dict("records") if isinstance(r["indicator_id"], str)]
        stand = {(r["code"], r["indicator_id"], r["kind_of_evidence"]) for r in rows}
        assert stand <= links
        links -= stand
    assert links == set()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("indicator_map.csv", "PIL1,LSV02", "PIL9,LSV02"),
        ("indicator_map.csv", "PIL1,LSV02", "PIL1,LSV99"),
        ("indicator_map.csv", "LSV02,direct_process", "LSV02,proof"),
        ("indicator_map.csv", "PIL1,LSV01", "PIL1,LSV02"),
        ("lens_map.csv", "OV1,DIS01", "PIL1,DIS01"),
        ("element_verdict.csv", "PIL3,no", "PIL2,no"),
        ("element_verdict.csv", "PP2,yes/no fact", "PP2,"),
        ("indicators_wanted.csv", "LSV02,Reach", "LSV2,Reach"),
        ("indicators_wanted.csv", "Service reach,B", "Service reach,Z"),
        ("coalition_results.csv", "R2,short_term", "R2,soon"),
    ],
)
def test_a_wrong_row_is_refused_with_its_file_and_row(tmp_path, monkeypatch, file, old, new):
    for path in registry.REFERENCE.glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(registry, "REFERENCE", tmp_path)
    load = {
        "indicator_map.csv": lambda: framework._load_links(file, "element_code", set(framework.reach)),
        "lens_map.csv": lambda: framework._load_links(
            file, "code", {r.code for r in framework.results} | {e.code for e in framework.elements[16:]}
        ),
        "element_verdict.csv": framework._load_reach,
        "indicators_wanted.csv": framework._load_wanted,
        "coalition_results.csv": framework._load_results,
    }[file]
    with pytest.raises(registry.RegistryError, match=rf"{file}, row \d+"):
        load()


def test_a_missing_element_is_refused(tmp_path, monkeypatch):
    for path in registry.REFERENCE.glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    file = tmp_path / "element_verdict.csv"
    file.write_text("".join(line for line in file.read_text().splitlines(keepends=True) if not line.startswith("KC2")))
    monkeypatch.setattr(registry, "REFERENCE", tmp_path)
    with pytest.raises(registry.RegistryError, match="KC2"):
        framework._load_reach()


def test_an_element_without_indicators_is_refused(tmp_path, monkeypatch):
    """The reference table itself may not lose an element: PP1 has one indicator."""
    for path in registry.REFERENCE.glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    file = tmp_path / "indicator_map.csv"
    file.write_text("".join(line for line in file.read_text().splitlines(keepends=True) if not line.startswith("PP1")))
    monkeypatch.setattr(registry, "REFERENCE", tmp_path)
    with pytest.raises(registry.RegistryError, match="PP1"):
        framework._load_element_links()


def test_the_files_of_the_demonstration(web):
    rows = list(csv.DictReader(io.StringIO(web.get("/export/pillars.csv?place=56000000000000").get_data().decode(), newline="")))
    assert told(rows) == expected() and {r["cds_code"] for r in rows} == {"56000000000000"}
    counted = [r for r in rows if r["numerator"]]
    assert len({r["indicator"] for r in counted}) >= 4 and all(r["verdict"] for r in counted)
    document = web.get("/export/pillars.json?place=56000000000000").get_json()
    assert [e["key"] for e in document["exhibits"]] == ["elements", "matrix", "stac", "coalition", "lead"]
