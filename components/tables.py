"""The accessible table behind a figure, and the rows that files print. Both from the same facts, so they cannot disagree."""

from fractions import Fraction

import pandas as pd

from components.exhibit import Column, Table
from components.facts import Fact, shown_rate
from components.i18n import _, decimal, number
from components.view import View
from components.words import tag
from data import registry

EXPORT = ("indicator", "academic_year", "level", "cds_code", "name", "student_group", "numerator", "denominator", "rate", "lower", "upper", "status")
MOST_ROWS = 100


def interval_text(fact: Fact) -> str:
    """'21.4 to 24.1', or a dash word where no interval may be given."""
    found = fact.interval
    if found is None:
        return _("none")
    return _("%(lower)s to %(upper)s") % {"lower": decimal(Fraction(found[0])), "upper": decimal(Fraction(found[1]))}


def counts_text(fact: Fact) -> str:
    if not fact.counts.known:
        return _("not shown")
    return _("%(k)s of %(n)s") % {"k": number(fact.counts.numerator or 0), "n": number(fact.counts.denominator or 0)}


def place_table(facts: list[Fact], view: View, caption: str, more: str = "") -> Table:
    """One row a place: rate, interval, counts, change."""
    columns = (Column("place", _("Place"), "place"), Column("rate", _("Rate"), "number"), Column("interval", _("95% interval"), "number"),
               Column("counts", _("Students"), "number"), Column("change", _("Change from the year before")))
    body = tuple(
        {"entity": f.entity, "place": f.name, "rate": shown_rate(f), "interval": interval_text(f), "counts": counts_text(f), "change": tag(f.verdict(view))[0]}
        for f in facts[:MOST_ROWS]
    )
    return Table(caption, columns, body, more)


def export_frame(facts: list[Fact], view: View) -> pd.DataFrame:
    """The rows of a file: integers as published, rate and interval in percent, unrounded; empty where they may not be shown."""
    out = []
    for f in facts:
        shown = f.counts if f.counts.known else None
        low, high = f.interval or (None, None)
        out.append((
            view.indicator, registry.year_label(f.year), f.level, f.entity, f.name,
            registry.group_in(view.measure.vocabulary, f.student_group, f.year).code,
            shown.numerator if shown else None, shown.denominator if shown else None,
            None if f.rate is None else float(f.rate), low, high, f.status,
        ))
    frame = pd.DataFrame(out, columns=list(EXPORT))
    return frame.astype({"numerator": "Int64", "denominator": "Int64", "rate": "Float64", "lower": "Float64", "upper": "Float64"})
