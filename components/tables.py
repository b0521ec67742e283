"""The accessible table behind every figure, and the rows that files print. Only display strings reach a table."""

import pandas as pd

from components import facts, units, verdict, words
from components.exhibit import Column, Table
from components.i18n import _, bounds, number, school_year, signed
from data import registry
from data.registry import Indicator

MOST_ROWS = 1000
"""More rows than this are not sent to a screen: every district of the state fits, the schools of the state stand in the file."""
FILE_COLUMNS = (
    "indicator",
    "academic_year",
    "level",
    "cds_code",
    "name",
    "student_group",
    "numerator",
    "denominator",
    "rate",
    "lower",
    "upper",
    "status",
)
CHANGE_COLUMNS = (*FILE_COLUMNS, "prior_rate", "change", "change_lower", "change_upper", "verdict")


def file_frame(rows: facts.Frame, indicator: Indicator) -> facts.Frame:
    """Enriched facts as the files print them: FILE_COLUMNS, rates in percent and unrounded, empty where a status hides."""
    years, groups = rows["year"].astype(int), rows["student_group"]
    codes = {(g, y): registry.group_in(indicator.vocabulary, g, y).code for g, y in set(zip(groups, years, strict=True))}
    labels = {y: registry.year_label(y) for y in set(years)}
    out = pd.DataFrame(
        {
            "indicator": indicator.name,
            "academic_year": [labels[y] for y in years],
            "level": rows["level"].to_numpy(),
            "cds_code": rows["entity"].to_numpy(),
            "name": rows["name"].to_numpy(),
            "student_group": [codes[key] for key in zip(groups, years, strict=True)],
            "numerator": rows["numerator"].to_numpy(),
            "denominator": rows["denominator"].to_numpy(),
            "rate": rows["rate"].to_numpy(),
            "lower": rows["lower"].to_numpy(),
            "upper": rows["upper"].to_numpy(),
            "status": rows["status"].to_numpy(),
        }
    )
    for column, parts in (("numerator", indicator.numerator_parts), ("denominator", indicator.denominator_parts)):
        whole = out[column].astype("Int64")
        out[column] = whole if parts == 1 else whole / parts
    return out


def cells(row: dict) -> dict[str, str]:
    """The numbers of one row as display strings: rate, interval, counts. Without counts, the status says why."""
    k, n, lower, upper = (row[c] for c in ("numerator", "denominator", "lower", "upper"))
    hidden = _("not published") if row["status"] == "not_published" else _("withheld")
    interval = _("%(lower)s to %(upper)s") % bounds(lower, upper) if lower is not None else "–"
    counts = (hidden, hidden)
    if k is not None and n is not None:
        whole = registry.indicators[row["indicator"]].whole(k, n)
        counts = (words.quantity(whole[0]), words.quantity(whole[1]))
    return {"rate": facts.display(row), "interval": interval, "numerator": counts[0], "denominator": counts[1]}


def count_columns(indicator: Indicator) -> tuple[Column, ...]:
    """The columns of `cells`."""
    return (
        Column("rate", _("Rate"), "number"),
        Column("interval", _("95 percent interval"), "number"),
        Column("numerator", _(indicator.numerator_short).capitalize(), "number"),
        Column("denominator", _(indicator.denominator_short).capitalize(), "number"),
    )


def of_places(rows: facts.Frame, indicator: Indicator, caption: str, chosen: tuple[str, ...] = ()) -> Table:
    """One row a place of a ranking: chosen first, then the highest rate first; the unranked follow by name. Cut ones say so."""
    named = {kind: words.verdict_name(kind) for kind in verdict.Kind}
    order = rows.assign(first=~rows["entity"].isin(chosen), unranked=~rows["ranked"], by=-rows["rate"].where(rows["ranked"]))
    order = order.sort_values(["first", "unranked", "by", "name"], kind="stable").head(MOST_ROWS)
    lines = []
    for row in facts.records(order):
        lines.append(
            {
                "entity": row["entity"],
                "name": row["name"],
                "within": row.get("within") or "–",
                **cells(row),
                "change": words.tag(facts.verdict_of(row, indicator)) if row["kind"] in verdict.CERTAIN else named[row["kind"]],
            }
        )
    more = (
        ""
        if len(rows) <= MOST_ROWS
        else _("The chosen places and the %(most)s with the highest rates stand here. The file has all %(n)s rows.")
        % {"most": number(MOST_ROWS), "n": number(len(rows))}
    )
    columns = (*place_columns(rows), *count_columns(indicator), Column("change", _("Change from the year before")))
    return Table(caption, columns, tuple(lines), more)


def place_columns(rows: facts.Frame) -> tuple[Column, ...]:
    """The name of a place and, where names repeat over the state, the district or county that it lies in."""
    names = {"school": _("District"), "district": _("County")}
    levels = set(rows["level"])
    within = [Column("within", names[level]) for level in names if levels == {level}]
    return (Column("name", _("Place"), "place"), *within)


def of_changes(rows: facts.Frame, indicator: Indicator, caption: str, verdicts: bool = True) -> Table:
    """One row a place with a change of known size, in the order of `rows`; `verdicts` is false where all have the same."""
    named = {kind: words.verdict_name(kind) for kind in verdict.Kind}
    lines = [
        {
            "entity": row["entity"],
            "name": row["name"],
            "within": row.get("within") or "–",
            "before": units.brief(indicator.unit, indicator.value(row["prior_numerator"], row["prior_denominator"])),
            "rate": facts.display(row),
            "change": signed(row["change"]),
            "interval": _("%(lower)s to %(upper)s") % {"lower": signed(row["change_lower"]), "upper": signed(row["change_upper"])}
            if row["change_lower"] is not None
            else "–",
            "students": words.quantity(indicator.whole(0, row["denominator"])[1]),
            "verdict": named[row["kind"]],
        }
        for row in facts.records(rows.head(MOST_ROWS))
    ]
    columns = (
        *place_columns(rows),
        *((Column("verdict", _("Verdict")),) if verdicts else ()),
        Column("before", _("Year before"), "number"),
        Column("rate", _("Rate"), "number"),
        Column("change", _("Change"), "number"),
        Column("interval", _("95 percent interval"), "number"),
        Column("students", _(indicator.denominator_short).capitalize(), "number"),
    )
    more = "" if len(rows) <= MOST_ROWS else _("The file has all %(n)s rows.") % {"n": number(len(rows))}
    return Table(caption, columns, tuple(lines), more)


def change_frame(rows: facts.Frame, indicator: Indicator) -> facts.Frame:
    """Changes as the files print them, CHANGE_COLUMNS: rates in percent and changes in points, unrounded."""
    out = file_frame(rows, indicator)
    n, k = verdict.floats(rows["prior_denominator"]), verdict.floats(rows["prior_numerator"])
    out["prior_rate"] = indicator.factor * k / n
    for column in ("change", "change_lower", "change_upper"):
        out[column] = rows[column].to_numpy()
    out["verdict"] = rows["kind"].to_numpy()
    return out


def of_years(rows: facts.Frame, indicator: Indicator, caption: str) -> Table:
    """One row a place and year."""
    gaps = registry.gap_years(indicator)
    lines = []
    for row in facts.records(rows):
        year = school_year(row["year"])
        year = _("%(year)s (not comparable)") % {"year": year} if row["year"] in gaps else year
        lines.append({"entity": row["entity"], "name": row["name"], "year": year, **cells(row)})
    return Table(
        caption, (Column("name", _("Place"), "place"), Column("year", _("Year")), *count_columns(indicator)), tuple(lines)
    )


def of_groups(rows: facts.Frame, indicator: Indicator, caption: str) -> Table:
    """One row a student group of one place, in the registry's order."""
    lines = [
        {
            "group": facts.group_label(indicator, row["student_group"], row["year"]),
            **cells(row),
            "change": words.tag(facts.verdict_of(row, indicator)),
        }
        for row in facts.records(rows)
    ]
    columns = (Column("group", _("Student group")), *count_columns(indicator), Column("change", _("Change from the year before")))
    return Table(caption, columns, tuple(lines))


def plain(caption: str, columns: tuple[Column, ...], lines: list[dict[str, str]], more: str = "") -> tuple[Table, pd.DataFrame]:
    """A table without figures behind it, and the same rows for the files."""
    frame = pd.DataFrame([{c.key: line.get(c.key, "") for c in columns} for line in lines], columns=[c.key for c in columns])
    return Table(caption, columns, tuple(lines), more), frame


def indicator_rows(indicator: Indicator, row: dict) -> tuple[dict[str, str], pd.DataFrame]:
    """One indicator of a place as a table row and as a row of the file."""
    line = {
        "indicator": _(indicator.title),
        "year": school_year(row["year"]),
        "group": facts.group_label(indicator, row["student_group"], row["year"]),
        **cells(row),
        "change": words.tag(facts.verdict_of(row, indicator)),
    }
    return line, file_frame(pd.DataFrame([row]), indicator)


def of_key_numbers(parts: list[tuple[dict[str, str], pd.DataFrame]], caption: str) -> tuple[Table, pd.DataFrame]:
    """Several indicators of one place below each other."""
    columns = (
        Column("indicator", _("Indicator")),
        Column("year", _("Year")),
        Column("group", _("Student group")),
        Column("rate", _("Rate"), "number"),
        Column("interval", _("95 percent interval"), "number"),
        Column("numerator", _("Students concerned"), "number"),
        Column("denominator", _("Students counted"), "number"),
        Column("change", _("Change from the year before")),
    )
    frame = pd.concat([f for _line, f in parts], ignore_index=True) if parts else pd.DataFrame(columns=list(FILE_COLUMNS))
    return Table(caption, columns, tuple(line for line, _f in parts)), frame
