"""Every question is one SELECT with its grain on the first line, and its parameters are what the loader binds."""

import re

import duckdb
import pytest

import queries
from data.registry import MARTS, TABLES

FILES = sorted(queries.READ.glob("*.sql"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_query_is_one_select_with_a_grain_line(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- One row per ")
    statements = duckdb.extract_statements(text)
    assert len(statements) == 1 and statements[0].type == duckdb.StatementType.SELECT
    assert text == text.rstrip("\n") + "\n" and ";" not in text
    for word in re.findall(r"\b(SELECT|FROM|WHERE|JOIN|ORDER BY)\b", text):
        raise AssertionError(f"{path.name}: keywords are lower-case, not {word}")


@pytest.mark.parametrize("path", sorted(MARTS.glob("*.sql")), ids=lambda p: p.stem)
def test_a_mart_is_one_select_with_a_grain_line(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- One row per place, year and ")
    assert len(duckdb.extract_statements(text)) == 1


def test_table_sql_says_its_grain():
    for path in TABLES.glob("*.sql"):
        assert path.read_text(encoding="utf-8").startswith("-- One "), path.name


def test_a_query_that_does_not_exist_is_a_key_error():
    with pytest.raises(KeyError, match="no query named"):
        queries.text("../secrets")
