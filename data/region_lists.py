"""What a region or county keeps itself: its contacts and its events. What is wrong with a row of them, and what is kept.

Offices and teams, no persons: the templates' headings say so; nobody's name is judged here. All text is one line, of limited
length, and stays text wherever it is shown. Owns the row rules; the casts stand in data/tables/contacts.sql and events.sql.
"""

import duckdb

from data import sql
from data.faults import Rule
from data.lists import EDIT, List
from data.problems import Finding, failure, passed, warning
from data.registry import counties, regions

PLACES = ", ".join(f"'{code}'" for code in (*(r.code for r in regions), *(c.entity for c in counties)))
KINDS = ("training", "convening", "office hours", "other")
ADDRESS = r"[^@\s<>,;:]+@[^@\s<>,;:]+[.][A-Za-z]{2,}"
TELEPHONE = r"(?i)[+]?[0-9(][0-9 ().-]{6,19}( ?(ext[.]?|x) ?[0-9]{1,6})?"
LONG, LONGER = 120, 240
YEARS = "between date '2015-01-01' and date '2099-12-31'"


def _shorter(column: str, most: int) -> Rule:
    said = f"{{value}} is longer than {most} characters. Shorten it. {EDIT}"
    return Rule("too_long", column, f"length({column}) > {most}", said)


def _filled(column: str, what: str) -> Rule:
    return Rule("blank_cell", column, f"{column} = ''", f"{{value}} stands where {what} should be. {EDIT}")


def _date(column: str, text: str, day: str) -> Rule:
    said = "{value} is not a date like 2027-02-10. " + EDIT
    return Rule("bad_date", column, f"{text} <> '' and ({day} is null or {day} not {YEARS})", said)


COMMON = (
    Rule("unknown_place", "region_or_county", f"entity not in ({PLACES})",
         "{value} is neither the code of a region (" + ", ".join(r.code for r in regions) + ") nor of a county (01 to 58). "
         + EDIT),
    Rule("line_break", "", "broken", "A cell of this line holds a line break or a character that cannot be seen. Write each cell "
                                     "on one line."),
)  # fmt: skip
CONTACT_RULES = (
    *COMMON,
    _filled("office", "the name of the office or team"),
    Rule("no_way_to_reach", "email", "email = '' and phone = ''",
         "{value} stands for both e-mail and telephone. Fill in one that belongs to the office. " + EDIT),
    Rule("bad_email", "email", f"email <> '' and not regexp_full_match(email, '{ADDRESS}')",
         "{value} is not one e-mail address. " + EDIT),
    Rule("bad_phone", "phone", f"phone <> '' and not regexp_full_match(phone, '{TELEPHONE}')",
         "{value} is not one telephone number. " + EDIT),
    Rule("bad_date", "valid_from", "from_text = ''", "{value} stands where the date should be from which this holds. " + EDIT),
    _date("valid_from", "from_text", "valid_from"),
    _date("valid_to", "to_text", "valid_to"),
    Rule("ends_before_start", "valid_to", "valid_to < valid_from", "{value} lies before valid_from. " + EDIT),
    *(_shorter(c, LONG) for c in ("office", "topic", "email")),
    _shorter("note", LONGER),
)  # fmt: skip
EVENT_RULES = (
    *COMMON,
    Rule("bad_date", "starts_on", "start_text = ''", "{value} stands where the date of the event should be. " + EDIT),
    _date("starts_on", "start_text", "starts"),
    _date("ends_on", "end_text", "ends"),
    Rule("ends_before_start", "ends_on", "ends < starts", "{value} lies before the first day of the event. " + EDIT),
    _filled("title", "the title of the event"),
    Rule("unknown_kind", "kind", f"kind not in {KINDS}", "{value} is not " + ", ".join(KINDS[:-1]) + " or other. " + EDIT),
    *(_shorter(c, LONG) for c in ("title", "venue", "audience")),
    _shorter("registration", LONGER),
)


def checks(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    """That a list has more than examples, how many of those it has, and codes that a spreadsheet has shortened."""
    examples, rows = sql.run(con, "select count(*) filter (example), count(*) filter (not example) from listed")[0]
    if not rows:
        return [failure("only_examples", "Every line of this list begins with #, as an example does. Add lines of your own.")]
    out = (
        [passed("examples_left_out", f"{examples:,} lines that begin with # are examples and were left out.")] if examples else []
    )
    if sql.one(con, "select count(*) from typed where padded"):
        out.append(warning("codes_repaired", "Codes had lost their leading zero (opened in a spreadsheet?); it was put back."))
    return out


CONTACTS = List(
    "contact",
    ("entity", "office", "topic", "valid_from"),
    ("entity", "level", "office", "topic", "email", "phone", "valid_from", "valid_to", "note"),
    checks,
)
EVENTS = List(
    "event",
    ("entity", "starts", "title"),
    ("entity", "level", "starts", "ends", "title", "kind", "venue", "audience", "registration"),
    checks,
)
