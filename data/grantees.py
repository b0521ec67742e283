"""The grantee list: what is wrong with a row of it, and what of it is kept.

Of a list of suggestions (data/match.py, known by its column `accept`) only the lines that a person accepted are rows. Owns its
row rules; its cast stands in data/tables/grantees.sql.
"""

import csv

import duckdb

from data import sql
from data.faults import KNOWN_COUNTIES, Rule
from data.lists import EDIT, List
from data.problems import Finding, failure, passed, warning
from data.registry import REFERENCE

TYPES = ("planning", "implementation", "coordination")


def cohorts() -> tuple[int, ...]:
    """The grant cohorts that data/reference/cohorts.csv knows."""
    with (REFERENCE / "cohorts.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(int(row["cohort"]) for row in csv.DictReader(handle) if row["cohort"].isdigit())


RULES = (
    Rule("bad_accept", "accept", "not accepts(accept) and not refuses(accept)",
         "{value} in the column accept is neither yes nor no. Write yes, or leave it blank. " + EDIT),
    Rule("bad_code", "cds_code", "not regexp_full_match(entity, '[0-9]{14}')",
         "{value} is neither a 14-digit CDS code nor a 7-digit district code "
         "(opened in a spreadsheet?). " + EDIT),
    Rule("unknown_county", "cds_code", f"substr(entity, 1, 2) not in ({KNOWN_COUNTIES})",
         "{value} does not begin with one of California's county codes 01 to 58. " + EDIT),
    Rule("unknown_grant_type", "grant_type", f"grant_type not in {TYPES}",
         "{value} is not planning, implementation or coordination. " + EDIT),
    Rule("bad_cohort", "cohort", f"cohort not in {cohorts()} or (cohort is null and (has_cohort or grant_type = "
                                 f"'implementation'))", f"{{value}} is not a cohort that we know "
                                                        f"({', '.join(map(str, cohorts()))}). " + EDIT),
    Rule("bad_date", "starts_on", "starts is null", "{value} is neither a school year like 2022-23 nor a date like "
                                                    "2022-07-01. " + EDIT),
    Rule("bad_date", "ends_on", "ends is null", "{value} is neither a school year like 2026-27 nor a date like 2027-06-30. "
                                                "" + EDIT),
    Rule("ends_before_start", "ends_on", "ends < starts", "{value} lies before the start of the grant. " + EDIT),
)


def checks(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Of a list of suggestions: that something is accepted, and of each line of the first list one place at most."""
    left_out, rows = sql.run(con, "select count(*) filter (left_out), count(*) filter (not left_out) from listed")[0]
    if not rows:
        return [failure("nothing_accepted", "No line of this list is accepted. Write yes into the column accept where the "
                                            "suggested place is the right one.")]
    twice = sql.run(con, sql.text("grantees_twice"))
    if twice:
        line, first = twice[0]
        return [failure("two_accepted", f"For line {first} of your first list two places are accepted. Accept one of them.",
                        line=line, column="accept")]
    out = [passed("not_accepted", f"{left_out:,} suggestions were not accepted and were left out.")] if left_out else []
    if sql.one(con, "select count(*) from typed where padded"):
        out.append(warning("codes_repaired", "Codes had lost their leading zero (opened in a spreadsheet?); it was put back."))
    return out


LIST = List("grant", ("entity", "grant_type", "cohort"), ("entity", "level", "grant_type", "cohort", "starts", "ends"), checks)
