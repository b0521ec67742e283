"""Plausibility: changes from one year to the next that are too large to believe before someone has looked at the records."""

from math import inf

import pandas as pd

from components import facts, tables, words
from components.exhibit import Ask, Column, Exhibit, Shown
from components.exhibits import sourcing
from components.i18n import _, decimal, ngettext, number, school_year
from components.verdict import Kind
from components.view import View
from data import registry
from data.registry import Indicator

COLUMNS = (
    Column("name", _("Place"), "place"),
    Column("level", _("Level")),
    Column("county", _("County")),
    Column("measure", _("Measure")),
    Column("year", _("Year")),
    Column("before", _("Year before"), "number"),
    Column("now", _("That year"), "number"),
)


def build_jumps(view: View, ask: Ask) -> Shown:
    """Every such change of all students in counties, districts and schools, newest first."""
    lines: list[dict[str, str]] = []
    files: list[pd.DataFrame] = []
    for indicator, frame in found(view, ask):
        counties = dict(zip(frame["entity"], frame["county_name"], strict=True))
        lines += [_line(row, counties[row["entity"]], indicator) for row in facts.records(frame)]
        files.append(tables.change_frame(frame, indicator))
    table, _same = tables.plain(_("Jumps to check"), COLUMNS, lines)
    frame = pd.concat(files, ignore_index=True) if files else pd.DataFrame(columns=list(tables.CHANGE_COLUMNS))
    rules = [
        _("%(measure)s: %(jump)s points or more in a year, or between nobody and %(zero)s percent or more.")
        % {"measure": _(i.title), "jump": decimal(i.jump, 0), "zero": decimal(i.zero, 0)}
        for i in ruled()
    ]
    return Shown(
        key="jumps",
        headline=ngettext(
            "%(n)s change is too large to believe unchecked", "%(n)s changes are too large to believe unchecked", len(lines)
        )
        % {"n": number(len(lines))}
        if lines
        else _("No change is too large to believe"),
        subtitle=_("Shown as CDE published them, but counted neither as improved nor as worsened"),
        table=table,
        rows=lambda: frame,
        words=tuple(rules),
        why=sourcing.why(view, view.measure, "jumps", set(facts.years_of(view.indicator, ask))),
        build=sourcing.build_id(view),
    )


def ruled() -> list[Indicator]:
    """The indicators that say what is too large a change, of all students."""
    return [i for i in registry.indicators.values() if i.default_group == i.total and i.jump < inf]


def found(view: View, ask: Ask) -> list[tuple[Indicator, facts.Frame]]:
    """Each indicator that has such a rule, with its rows to check in the view's region or county."""
    frames = [(indicator, of_indicator(indicator, ask, view)) for indicator in ruled()]
    return [(indicator, frame) for indicator, frame in frames if len(frame)]


def of_indicator(indicator: Indicator, ask: Ask, view: View) -> facts.Frame:
    """The enriched rows of one indicator that its own rule asks to check, each with its verdict's columns."""
    rows = ask(
        "jumps",
        indicator=indicator.name,
        student_group=indicator.default_group,
        jump=indicator.jump,
        zero=indicator.zero,
        min_rank=indicator.min_rank,
        region=view.region,
        county=view.county,
    )
    parts = [facts.enrich(part, indicator, int(str(year))) for year, part in rows.groupby("year", sort=False)]
    checked = [part[part["kind"] == Kind.CHECK] for part in parts]
    return pd.concat(checked, ignore_index=True) if checked else rows.head(0)


def _line(row: dict, county: str, indicator: Indicator) -> dict[str, str]:
    counts = _("%(rate)s (%(k)s of %(n)s)")
    return {
        "entity": row["entity"],
        "name": row["name"],
        "level": words.level_name(row["level"]),
        "county": county or "–",
        "measure": _(indicator.title),
        "year": school_year(row["year"]),
        "before": counts
        % {
            "rate": decimal(indicator.value(row["prior_numerator"], row["prior_denominator"])),
            "k": number(row["prior_numerator"]),
            "n": number(row["prior_denominator"]),
        },
        "now": counts % {"rate": decimal(row["rate"]), "k": number(row["numerator"]), "n": number(row["denominator"])},
    }


JUMPS = Exhibit("jumps", build_jumps, title=_("Changes too large to believe unchecked"))
