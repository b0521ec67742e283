"""The reference tables load, agree with each other, and refuse a typo with file and row."""

import pytest

from data import framework, registry


def test_the_house_has_its_counts():
    assert len(registry.counties) == 58
    assert len(registry.regions) == 8
    assert sum(len(r.counties) for r in registry.regions) == 58
    assert len([e for e in framework.elements if e.family in ("pillar", "key_condition", "commitment", "practice")]) == 16
    assert {"chronic_absenteeism_rate", "chronic_absenteeism_rate_by_grade", "suspension_rate"} <= set(registry.indicators)


def test_kindergarten_is_one_line_whose_label_changes_when_tk_comes_inside():
    assert {registry.line_of("dataquest", c) for c in ("GRK", "GRKN", "GRTKKN")} == {"GRTKKN"}
    assert registry.group_in("dataquest", "GRTKKN", 2023).code == "GRKN"
    assert registry.group_in("dataquest", "GRTKKN", 2024).label == "TK and kindergarten"


@pytest.mark.parametrize(
    ("earlier", "later", "may"),
    [
        (2018, 2019, True),
        (2019, 2022, False),
        (2019, 2020, False),
        (2020, 2021, False),
        (2021, 2022, False),
        (2022, 2023, True),
        (2024, 2025, True),
    ],
)
def test_nothing_is_compared_across_the_gap(earlier, later, may):
    for name in ("chronic_absenteeism_rate", "suspension_rate"):
        assert registry.comparable(registry.indicators[name], earlier, later) is may


def test_caveats_follow_their_indicators_groups_and_levels():
    grade = registry.indicators["chronic_absenteeism_rate_by_grade"]
    assert "tk_inside" in {c.id for c in registry.caveats_of(grade, "GRTKKN")}
    assert "tk_inside" not in {c.id for c in registry.caveats_of(grade, "GR46")}
    assert "derived_region" in {c.id for c in registry.caveats_of(grade, "GR46", "region")}
    assert "sb274" in {c.id for c in registry.caveats_of(registry.indicators["suspension_rate"])}


def test_every_indicator_says_all_that_methods_prints():
    for indicator in registry.indicators.values():
        for text in (indicator.numerator, indicator.denominator, indicator.who, indicator.differs, indicator.sql):
            assert len(text) > 20
        assert indicator.sql.startswith("-- One row per ")
        assert indicator.default_group in registry.lines(indicator.vocabulary, indicator.dimensions)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("indicators.toml", 'better = "lower"', 'better = "lowest"'),
        ("indicators.toml", '"sb274"', '"sb275"'),
        ("families.csv", "dataquest,gender,TA,GX", "dataquest,gender,TA,GY"),
        ("regions.csv", "06001", "06002"),
        ("caveats.toml", 'effect = "gap"', 'effect = "hole"'),
    ],
)
def test_a_typo_is_refused_with_its_file_and_row(tmp_path, monkeypatch, file, old, new):
    for path in registry.REFERENCE.glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / file).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(registry, "REFERENCE", tmp_path)
    load = {
        "indicators.toml": registry._load_indicators,
        "families.csv": registry._load_equations,
        "regions.csv": registry._load_counties,
        "caveats.toml": registry._load_caveats,
    }[file]
    with pytest.raises(registry.RegistryError, match=rf"{file}, row \d+"):
        load()
