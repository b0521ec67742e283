"""What can be wrong with a row of a counts file: its place and group, its numbers, and what ties them together.

Each rule is SQL over the row's cleaned text (`column`) and typed numbers (`n_<column>`, `tenths_<rate>`), both of data/counts.py.
"""

from collections.abc import Sequence

from data.faults import AGAIN, KNOWN_COUNTIES, Rule
from data.registry import year_label
from data.sources import Check, Family

LARGEST_COUNT = 20_000_000
LARGEST_TENTHS = LARGEST_COUNT * 366 * 10
"""Everybody absent every day of a year, in tenths of a day."""


def rules(family: Family, present: Sequence[str]) -> list[Rule]:
    """Every row check of a counts family, in the order in which a row's first fault is named."""
    counts = [c for c in family.counts if c in present]
    rates = [c for c in family.rates if c in present]
    parts = [c for c in family.parts if c in present]
    numbers = _number_rules(family, [*counts, *parts], rates)
    return [*_identity_rules(), *numbers, *_count_rules(family, counts, rates), *_part_rules(family.denominator, parts)]


def _identity_rules() -> list[Rule]:
    labels = ", ".join(f"'{year_label(y)}'" for y in range(2001, 2100))
    return [
        Rule("unknown_level", "aggregate_level", "level is null",
             "{value} is not a level of CDE's files (T, C, D, S). If this line is a footnote, "
             "delete it; else download the file again."),
        Rule("year_label", "academic_year", f"academic_year not in ({labels})",
             "{value} is not an academic year like 2024-25. " + AGAIN),
        Rule("bad_code", "county_code", "case level when 'state' then county_code not in ('', '00') else not "
                                        "regexp_full_match(county_code, '[0-9]{2}') end",
             "{value} is not a two-digit county code (opened in a spreadsheet?). " + AGAIN),
        Rule("unknown_county", "county_code", f"level <> 'state' and county_code not in ({KNOWN_COUNTIES})",
             "{value} is not one of California's county codes 01 to 58. Download the file again."),
        Rule("bad_code", "district_code", "case when level in ('district', 'school') then not "
                                          "regexp_full_match(district_code, '[0-9]{5}') or district_code = '00000' "
             "else district_code not in ('', '00000') end",
                 "{value} is not the five-digit district code of this level (opened in a spreadsheet?). " + AGAIN),
        Rule("bad_code", "school_code", "case when level = 'school' then not regexp_full_match(school_code, '[0-9]{7}') else "
                                        "school_code not in ('', '0000000') end",
             "{value} is not the seven-digit school code of this level (opened in a spreadsheet?). " + AGAIN),
        Rule("unknown_group", "reporting_category", "student_group is null",
             "{value} is not a student group that we know. If CDE added it, "
             "add it to data/reference/student_groups.csv; else download the file again."),
        Rule("bad_scope", "charter", "charter is null", "{value} is not All, Yes or No. Download the file again."),
        Rule("bad_scope", "dass", "dass is null", "{value} is not All, Yes or No. Download the file again."),
    ]


def _number_rules(family: Family, counts: Sequence[str], rates: Sequence[str]) -> list[Rule]:
    tenths = [c for c in counts if family.types[c] == "tenths"]
    out = [Rule("bad_number", c, f"shown({c}) and not is_number({c})",
                "{value} is not a number{hint}. " + AGAIN) for c in (*counts, *rates)]
    out += [Rule("negative", c, f"starts_with({c}, '-')", "{value} is below zero; counts and rates cannot be. Download the "
                                                          "file again.")
            for c in (*counts, *rates)]
    out += [Rule("not_tenths", c, f"contains({c}, '.') and not regexp_full_match({c}, '[0-9]+\\.[0-9]0*')",
                 "{value} has more decimals than CDE's days, which have one. Download the file again.") for c in tenths]
    out += [Rule("not_whole", c, f"contains({c}, '.') and not regexp_full_match({c}, '[0-9]+\\.0+')",
                 "{value} is not a whole number of students. Are two columns swapped? Download the file again.") for c in counts
            if c not in tenths]
    out += [Rule("too_large", c, f"shown({c}) and (n_{c} is null or n_{c} > {LARGEST_TENTHS if c in tenths else LARGEST_COUNT})",
                 "{value} is more than all of California. Download the file again.")
            for c in counts]
    return out


def _count_rules(family: Family, counts: Sequence[str], rates: Sequence[str]) -> list[Rule]:
    den, num, rate = family.denominator, family.numerator, family.rate
    if not num:
        return []
    core = (den, num, rate)
    others = [c for c in (*counts, *rates) if c not in core]
    base = next((k.second for k in family.checks if k.column == rate and k.check == "quotient"), den)
    stars = " + ".join(f"({c} = '*')::int" for c in core)
    rules = [
        Rule("partial_star", den, f"({stars}) in (1, 2)", "Some of this row's numbers are withheld (*) and some are not; CDE "
                                                          "withholds all or none. Download the file again."),
        Rule("partial_blank", num, f"({den} = '') <> ({num} = '') or ({den} = '' and {rate} <> '') or ({rate} = '' and "
                                   f"n_{base} > 0)",
             "Some of this row's numbers are blank and some are not. Download the file again."),
    ]
    if others:
        rules.append(Rule("partial_star", others[0], f"{den} = '*' and ({' or '.join(f'shown({c})' for c in others)})",
                          "This row is withheld (*), yet one of its other numbers is not. Download the file again."))
        rules.append(Rule("partial_star", others[0], f"{den} <> '*' and '*' in ({', '.join(others)})",
                          "One of this row's numbers is withheld (*) and others are not; CDE withholds all or none. "
                          "Download the file again."))
    rules.append(Rule("count_above_enrollment", num, f"n_{num} > n_{den}",
                      "{value} is more than the students enrolled in this row ({other}). "
                      "Are two columns swapped? Download the file again."))
    present = {*counts, *rates}
    return rules + [_check(k) for k in family.checks if {k.column, *k.first} <= present]


def _part_rules(whole: str, parts: Sequence[str]) -> list[Rule]:
    """Parts of a row's students (by grade) that are more than all of them. A withheld part counts as nobody."""
    if not parts:
        return []
    total = " + ".join(f"coalesce(n_{c}, 0)" for c in parts)
    return [Rule("parts_above_whole", whole, f"{total} > n_{whole}",
                 "{value} is less than the students of this row's grades together. Some number was changed. Download the file "
                 "again.")]


def _check(check: Check) -> Rule:
    """One row of checks.csv as a rule over the row's typed numbers."""
    column, first, second = check.column, check.first[0], check.second
    if check.check == "at_most":
        return Rule("parts_above_whole", column, f"n_{column} > n_{first}",
                    "{value} is more than the total of this row. Are two columns swapped? Download the file again.")
    if check.check == "sum":
        total = " + ".join(f"n_{c}" for c in check.first)
        return Rule("sum_differs", column, f"2 * abs(n_{column} - ({total})) > {len(check.first) + 1}",
                    "{value} is not what its parts add up to. Some number of this row was changed. Download the file again.")
    # A rate with two decimals follows from its counts in hundredths; one with one decimal does so only if it does in tenths.
    hundredths = f"try_cast(floor(try_cast({column} as double) * 100 + 0.5) as bigint)"
    misses = [f"2 * {factor * check.tenths} * n_{first} + n_{second} - 2 * n_{second} * {printed} "
              f"not between 0 and 2 * n_{second} - 1" for factor, printed in ((1, f"tenths_{column}"), (10, hundredths))]
    return Rule("rate_mismatch", column, f"{' and '.join(misses)} and (n_{second} > 0 or tenths_{column} <> 0)",
                "The rate {value} does not follow from its counts ({expected} expected){hint}. Download the file again.", check)
