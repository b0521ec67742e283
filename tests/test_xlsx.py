"""A workbook holds the numbers of the exhibit as numbers, says in words what is hidden, and runs nothing."""

import re
import time
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
import workbooks

from components import page as composer
from components import reading
from components.exhibit import Column, Shown, Table, Unanswerable
from data import registry
from exports import EXPORTS, About, Slide, xlsx_file
from exports.legend import FEW, LEGEND, OF_STATUS
from exports.workbook import columns, drawn, names
from server import making

ABOUT = About("x", (), "b-1", "2026-11-22T09:15:20+00:00", False, title="A page", site="https://dash.example.org")
BANNER = "Demonstration data. Not real schools."
HEADERS = ["Indicator", "CDS code", "Place", "Numerator", "Denominator"]
VIEWS = (
    {},
    {"place": ["19000000000000"]},
    {"level": "school", "county": "56", "place": ["56000000000000"]},
    {"indicator": "excused_share_of_absence", "level": "school"},
)
HOSTILE = (
    "=1+1", '=HYPERLINK("https://evil.example","x")', "+1", "-1", "@SUM(A1)", "＝1+1", " =1", "{=1+1}", "https://evil.example",
    "internal:'Read me'!A1", "mailto:a@b.c", "a\x00b\x0bc", "\ud800", "\ufffe\uffff", "x" * 5_000, "y" * 40_000, "_x0041_",
    "<b>&amp;</b>", "\u202eright", "😀", "a\nb", "]]>", "'=1",
)  # fmt: skip


def slide(frame: pd.DataFrame, **more: object) -> Slide:
    shown = Shown("x", "A headline", "A subtitle", Table("A caption", (Column("a", "A"),), ()), lambda: frame, source="A source")
    return Slide(replace(shown, **more), "/compare?build=b-1#compare-x")  # type: ignore[arg-type]


def facts(**columns_: list) -> pd.DataFrame:
    """Rows as the files print them, one a status by default."""
    base: dict[str, object] = {
        "indicator": "chronic_absenteeism_rate",
        "cds_code": ["01", "02", "03", "04", "05"],
        "name": ["A", "B", "C", "D", "E"],
        "numerator": pd.array([20, 0, None, None, None], dtype="Int64"),
        "denominator": pd.array([80, 12, None, None, None], dtype="Int64"),
        "rate": [25.0, 0.0, np.nan, 23.0, np.nan],
        "lower": [16.8, 0.0, np.nan, np.nan, np.nan],
        "upper": [35.5, 24.2, np.nan, np.nan, np.nan],
        "status": ["published", "zero", "withheld", "counts_withheld", "not_published"],
    }
    return pd.DataFrame({**base, **columns_})


def every(web) -> list[tuple[str, dict, list[Slide], About]]:
    """The slides of every page for some views, as the route would print them."""
    from app import server

    found = []
    with server.test_request_context("/"):
        for key, made in composer.pages.items():
            for view in VIEWS:
                try:
                    read = made.settle(reading.read({**made.defaults, **view}))
                    shown = making.built(made.exhibits, read, many=True)
                except Unanswerable:
                    continue
                found.append((key, view, making.slides(made, shown, read), making.about(made, read)))
    return found


def test_every_page_has_the_numbers_of_its_rows(web):
    """Reopened by a reader of another make: each number, and the word of its status where there is none."""
    seen = 0
    for key, view, slides, about in every(web):
        sheets = workbooks.sheets(xlsx_file.write(slides, about))
        called = names.of_sheets([s.shown.key for s in slides])
        assert list(sheets)[: len(called) + 1] == ["Read me", *called]
        for name, one in zip(called, slides, strict=True):
            frame = one.shown.frame
            text = "\n".join(str(v) for row in sheets[name][:8] for v in row)
            for said in (one.headline, one.shown.subtitle, one.shown.source, f"{about.site}{one.link}", BANNER):
                assert said in text, (key, name, said)
            rows = workbooks.table(sheets[name], [c.header for c in columns.columns(frame)])
            if frame.empty:
                continue
            assert len(rows) == len(frame), (key, view, name)
            seen += _same(frame, rows, (key, view, name))
    assert seen > 10_000


def _same(frame: pd.DataFrame, rows: list[list], where: tuple) -> int:
    seen = 0
    statuses = frame["status"].astype(str) if "status" in frame else pd.Series("", frame.index)
    words = {"withheld": "withheld", "counts_withheld": "counts withheld", "not_published": "not published"}
    for at, column in enumerate(columns.columns(frame)):
        if not column.numeric:
            continue
        values: list[Any] = frame[column.key].astype(object).tolist()
        for row, value, status in zip(rows, values, statuses, strict=True):
            if value is None or value is pd.NA or value != value:
                assert row[at] == words.get(status, "–"), (*where, column.key, row)
            else:
                assert isinstance(row[at], float) and row[at] == pytest.approx(float(value), rel=1e-12), (*where, column.key)
                seen += 1
    return seen


def test_what_is_hidden_has_a_word_and_zero_is_zero():
    body = xlsx_file.write([slide(facts())], ABOUT)
    rows = workbooks.table(workbooks.sheets(body)["X"], HEADERS)
    assert [r[3] for r in rows] == [20, 0, "withheld", "counts withheld", "not published"]
    assert [r[5] for r in rows] == [25, 0, "withheld", 23, "not published"]
    assert [r[6] for r in rows] == [16.8, 0, "withheld", "counts withheld", "not published"]
    meanings = [OF_STATUS[s] for s in ("withheld", "counts_withheld", "not_published")]
    assert [r[9] for r in rows] == ["", f"{OF_STATUS['zero']} {FEW}", *meanings]


def test_a_column_that_is_hidden_in_every_row_says_so():
    frame = facts(numerator=[None] * 5, status=["withheld"] * 5, lower=[None] * 5)
    rows = workbooks.table(workbooks.sheets(xlsx_file.write([slide(frame)], ABOUT))["X"], HEADERS)
    assert {r[3] for r in rows} == {r[6] for r in rows} == {"withheld"}


def test_every_sheet_carries_banner_marks_note_and_newer():
    about = replace(ABOUT, demonstration=True, newer="A newer build is published.", occasion="Board", day="June 3")
    one = replace(slide(facts(status=["derived"] * 5), provisional=True), title="My title", note="My note")
    sheets = workbooks.sheets(xlsx_file.write([one, one], about))
    assert list(sheets) == ["Read me", "X", "X (2)"]
    for name in ("X", "X (2)"):
        text = "\n".join(str(v) for row in sheets[name] for v in row)
        for said in (BANNER, about.newer, *one.marks, "My title", "My note", "A source", f"{about.site}{one.link}"):
            assert said in text, (name, said)
    text = "\n".join(str(v) for row in sheets["Read me"] for v in row)
    for said in (BANNER, about.newer, "Board", "June 3", about.build, about.site, *(m for pair in LEGEND for m in pair)):
        assert said in text, said


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_runs(text):
    frame = facts(name=[text] * 5, **{"=1+1": [text] * 5})
    one = slide(frame, headline=text, subtitle=text, source=text, words=(text,), why=((text, text),), alt=text, notes=(text,))
    about = replace(ABOUT, title=text, occasion=text, newer=text)
    body = xlsx_file.write([replace(one, note=text)], about)
    for name, part in workbooks.parts(body).items():
        ElementTree.fromstring(part)
        if "worksheets/sheet" in name:
            assert "<f>" not in part and "<f " not in part, name
        for target in re.findall(r'Target="([^"]*)"[^>]*TargetMode="External"', part):
            assert target.startswith(ABOUT.site), target
        for location in re.findall(r'<hyperlink[^>]* location="([^"]*)"', part):
            assert location in ("'X'!A1", "compare-x")
    rows = workbooks.table(workbooks.sheets(body)["X"], HEADERS)
    plain = "".join(c for c in text if ord(c) >= 32 or c in "\t\n\r")
    kept = plain.encode("utf-8", "replace").decode("utf-8").replace("\ufffe", "").replace("\uffff", "")
    assert rows[0][2] == (kept if len(kept) <= 32_000 else kept[:31_999] + "…") or not kept


def test_sheets_have_legal_names_each_once():
    keys = ["history", "read_me", "a" * 40, "a" * 40, "A" * 40, "x:y[z]*?/\\", "'x'", "", "chart_data"]
    found = names.of_sheets(keys)
    assert len({n.lower() for n in found}) == len(found) and not {"read me", "history", "chart data"} & {n.lower() for n in found}
    for name in found:
        assert 0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'")


def test_the_unit_stands_with_the_number():
    """A percentage is stored as on the screen, so no format may multiply it."""
    one = slide(facts())
    parts = workbooks.parts(xlsx_file.write([one], ABOUT))
    assert 'formatCode="#,##0.0&quot; %&quot;"' in parts["xl/styles.xml"]
    assert not re.findall(r'formatCode="[^"]*0%"', parts["xl/styles.xml"])
    made = {c.key: c for c in columns.columns(one.shown.frame)}
    assert made["rate"].header == "Rate (percent)" and made["cds_code"].numeric is False
    mixed = facts(indicator=["chronic_absenteeism_rate", "average_days_absent"] + ["chronic_absenteeism_rate"] * 3)
    formats = next(c for c in columns.columns(mixed) if c.key == "rate")
    assert formats.header == "Rate" and formats.formats[:2] == ['#,##0.0" %"', '#,##0.0" days"']


def test_it_is_a_table_with_a_frozen_header_and_properties():
    parts = workbooks.parts(xlsx_file.write([slide(facts())], replace(ABOUT, demonstration=True)))
    assert 'displayName="exhibit_1"' in parts["xl/tables/table1.xml"] and "altTextSummary" in parts["xl/tables/table1.xml"]
    assert 'state="frozen"' in parts["xl/worksheets/sheet2.xml"]
    assert "<dc:title>A page</dc:title>" in parts["docProps/core.xml"] and BANNER in parts["docProps/core.xml"]


def test_the_same_exhibits_give_the_same_bytes(web):
    (_key, _view, slides, about) = every(web)[0]
    assert xlsx_file.write(slides, about) == xlsx_file.write(slides, about)


def test_charts_hold_the_numbers_of_the_tables_and_words_for_those_who_do_not_see_them(web):
    """Every number of the sheet of chart data stands in a table of the workbook, or is a length between two of them."""
    kinds = set()
    for key, view, slides, about in every(web):
        figures = [drawn.of(s.shown) for s in slides]
        body = xlsx_file.write(slides, about)
        sheets, parts = workbooks.sheets(body), workbooks.parts(body)
        charts = [name for name in parts if name.startswith("xl/charts/chart")]
        assert len(charts) == sum(f is not None for f in figures), (key, view)
        for part in (parts[n] for n in parts if n.startswith("xl/drawings/drawing")):
            described = re.findall(r'<xdr:cNvPr [^>]*descr="([^"]{20,})"', part)
            assert len(described) == part.count("<xdr:graphicFrame")
        for one, figure in zip(slides, figures, strict=True):
            if figure is None:
                continue
            kinds.add(figure.kind)
            held = {round(v, 9) for row in sheets[names.of_sheets([one.shown.key])[0]] for v in row if isinstance(v, float)}
            for series in figure.series:
                if figure.kind == "columns" or series.joined:
                    continue
                for value in (*series.values, *series.lower, *series.upper):
                    assert value is None or round(value, 9) in held, (key, one.shown.key, value)
    assert kinds == {"bars", "lines", "columns", "funnel"}


def test_no_line_of_a_chart_crosses_years_that_are_not_compared(web):
    found = 0
    for _key, _view, slides, _about in every(web):
        for one in slides:
            figure = drawn.of(one.shown)
            if figure is None or figure.kind != "lines" or "-" not in figure.categories[0] or len(figure.categories[0]) > 7:
                continue
            at = {c: i for i, c in enumerate(figure.categories)}
            gap = [at[y] for y in ("2019-20", "2020-21") if y in at]
            for series in figure.series:
                drawn_at = [i for i, v in enumerate(series.values) if v is not None]
                assert drawn_at == list(range(drawn_at[0], drawn_at[-1] + 1))
                assert not gap or drawn_at[-1] < min(gap) or drawn_at[0] > max(gap)
                found += 1
    assert found > 20


def test_a_chart_shows_no_place_that_its_figure_leaves_out():
    """A dot is only drawn where figure and row agree in value and interval: equal rates of other places do not slip in."""
    lower, upper = [10.0, 16.8, np.nan, np.nan, 16.8], [50.0, 35.5, np.nan, np.nan, 35.5]
    frame = facts(rate=[25.0, 25.0, np.nan, 25.0, 25.0], lower=lower, upper=upper)
    dot = {"type": "scatter", "mode": "markers", "x": [25.0], "y": [1], "error_x": {"array": [10.5], "arrayminus": [8.2]}}
    made = drawn.of(slide(frame, figure={"data": [dot], "layout": {}}).shown)
    assert made and made.categories == ("B",) and made.series[0].values == (25,)
    assert drawn.of(slide(frame, figure={"data": [{**dot, "x": [26.0]}], "layout": {}}).shown) is None


def test_a_hundred_thousand_rows_take_seconds():
    """The largest exhibits: every school and group. More rows than that are cut, and the sheet says so."""
    n = 100_001
    codes = [f"{i:014d}" for i in range(n)]
    frame = pd.DataFrame(
        {
            "indicator": "chronic_absenteeism_rate", "academic_year": "2024-25", "level": "school", "cds_code": codes,
            "name": [f"School {i % 9000}" for i in range(n)], "student_group": "TA",
            "numerator": pd.array([i % 90 for i in range(n)], dtype="Int64"), "denominator": 200,
            "rate": [(i % 90) / 2 for i in range(n)], "lower": 0.1, "upper": 99.9, "status": "published",
        }
    )  # fmt: skip
    start = time.process_time()
    body = xlsx_file.write([slide(frame)], ABOUT)
    assert time.process_time() - start < 60
    sheets = workbooks.sheets(body)
    assert "The first 100,000 of 100,001 rows stand here; the CSV file has all." in [r[0] for r in sheets["X"][:6]]
    assert len(workbooks.table(sheets["X"], [c.header for c in columns.columns(frame)])) == 100_000


def test_the_sql_has_a_sheet_of_its_own_and_leaves_the_others_clean(web):
    (_key, _view, slides, about) = next(e for e in every(web) if e[0] == "compare")
    body = xlsx_file.write(slides, about)
    sheets = workbooks.sheets(body)
    told = "\n".join(str(row[0]) for row in sheets["Queries"])
    seen = 0
    for name, one in zip(names.of_sheets([s.shown.key for s in slides]), slides, strict=True):
        text = [str(v) for row in sheets[name] for v in row]
        assert not any(v.lstrip().startswith(("-- ", "select ")) for v in text), name
        for _label, sql in (pair for pair in one.shown.why if pair[1].lstrip().startswith("--")):
            seen += 1
            assert sql.splitlines()[0] in told and one.headline in told and name in told
            assert "The SQL behind these rows" in text
    assert seen and "Queries" in str(sheets["Read me"])
    assert list(sheets)[-1] == "Queries" and sheets["Queries"][0][0] == BANNER


def test_the_name_of_a_student_group_stands_beside_its_code():
    codes = ["SE", "TA", "RH", "GF", "?"]
    rows = workbooks.sheets(xlsx_file.write([slide(facts(student_group=codes))], ABOUT))["X"]
    top = next(row for row in rows if "Student group code" in row)
    at = top.index("Student group code")
    assert top[at + 1] == "Student group"
    below = rows[rows.index(top) + 1 :][:5]
    assert [row[at] for row in below] == codes
    labels = {g.code: g.label for g in registry.student_groups if g.vocabulary == "dataquest"}
    assert [row[at + 1] for row in below] == [labels[c] for c in codes[:4]] + ["?"]


def test_rows_with_a_note_of_their_own_still_are_a_table():
    parts = workbooks.parts(xlsx_file.write([slide(facts(note=["own"] * 5))], ABOUT))
    found = re.findall(r'<tableColumn [^>]*name="([^"]*)"', parts["xl/tables/table1.xml"])
    assert found[-2:] == ["Note", "Note on the row"]


def test_the_route_gives_it_out(web):
    answer = web.get("/export/compare.xlsx?level=county&county=56")
    assert answer.status_code == 200 and answer.mimetype == EXPORTS["xlsx"].mimetype
    assert re.search(r'attachment; filename="compare-demonstration-[0-9a-z-]+\.xlsx"', answer.headers["Content-Disposition"])
    sheets = workbooks.sheets(answer.data)
    assert len(sheets) > 4 and registry.indicators["chronic_absenteeism_rate"].name in str(sheets["Ranking"])
    one = workbooks.sheets(web.get("/export/compare.xlsx?level=county&exhibit=map").data)
    assert list(one) == ["Read me", "Map", "Queries"]
    assert web.get("/export/compare.xlsx?level=planet").status_code == 400
