"""The watch list of Five by five: places whose same student group is Red on both measures, with CDE's own assistance status."""

import pandas as pd

from components import assistance, facts, gridded, tables, units, words
from components.exhibit import Ask, Column, Exhibit, Shown
from components.exhibits import grid, peers, sourcing
from components.i18n import _, school_year
from components.view import View
from data import registry
from data.registry import Indicator


def build_watch(view: View, ask: Ask) -> Shown:
    """Places whose same student group is Red on both measures: named watch, since two criteria of many are not eligibility."""
    levels = gridded.levels_of(view, ask)
    scope = facts.peers_of(view, ask)
    year = facts.year_of(view, ask, level=levels[0])
    first, second = (registry.indicators[name] for name in gridded.MEASURES)
    asked = {"indicator": first.name, "other": second.name, "year": year}
    found: facts.Frame = pd.concat([ask("watch", **asked, level=level, **scope) for level in levels], ignore_index=True)
    groups = facts.dimensions(first)
    kept = [groups.get(g, "total") != "total" for g in found["student_group"].astype(str)]
    found = found.loc[kept]
    known = bool(found["assistance_status"].notna().any())
    lines = [_watched(row, first) for row in found.to_dict("records")]
    columns = (
        Column("name", _("Place"), "place"),
        Column("within", _("District or county")),
        Column("group", _("Student group")),
        Column("chronic", _("Chronically absent"), "number"),
        Column("suspended", _("Suspended"), "number"),
        *([Column("status", _("CDE’s assistance status"))] if known else []),
    )
    values = {"year": school_year(year), "scope": peers.scope(view, ask)}
    subtitle = _("Student groups Red on chronic absenteeism and on suspension, Dashboard %(year)s. %(scope)s") % values
    table, rows = tables.plain(subtitle, columns, lines)
    many = len(set(found["entity"]))
    return Shown(
        key="watch",
        headline=_("Watch: %(places)s with a group Red on both")
        % {"places": words.places(levels[0] if len(levels) == 1 else "", many)}
        if many
        else _("Watch: no student group is Red on both"),
        subtitle=subtitle,
        table=table,
        rows=lambda: _file(rows, found, year),
        words=tuple(_words(known, bool(many))),
        source=sourcing.source_line(view, first, {year}),
        why=grid.why(view, first, year),
        build=sourcing.build_id(view),
    )


def _words(known: bool, any_place: bool) -> list[str]:
    out = [
        _(
            "A list to watch, not a list of who is eligible for assistance: the state looks at more measures and at local "
            "indicators. All students together are not a student group here."
        )
    ]
    if known:
        out.append(_("The last column is CDE’s own label, the newest up to the year of the list, with the year that it is for."))
    elif any_place:
        out.append(_("This build holds no assistance status of these places. CDE’s workbooks of it can be built in."))
    return out


def _watched(row: dict, indicator: Indicator) -> dict[str, str]:
    within, status = row["within"], row["assistance_status"]
    program = assistance.program_of(str(row["level"]))
    return {
        "entity": str(row["entity"]),
        "name": str(row["name"]),
        "within": within if isinstance(within, str) and within else "–",
        "group": facts.group_label(indicator, str(row["student_group"]), int(row["year"])),
        "chronic": units.brief("percent", row["rate_tenths"] / 10),
        "suspended": units.brief("percent", row["other_rate_tenths"] / 10),
        "status": "–" if pd.isna(status) else assistance.dated(program, str(status), int(row["assistance_year"])),
    }


def _file(rows: pd.DataFrame, found: facts.Frame, year: int) -> pd.DataFrame:
    """The list as a file: codes and plain numbers in percent, CDE's label as it is and the year that it is for."""
    return pd.DataFrame(
        {
            "academic_year": registry.year_label(year),
            "level": found["level"].astype(str).to_numpy(),
            "cds_code": found["entity"].to_numpy(),
            "name": rows["name"].to_numpy(),
            "student_group": found["student_group"].astype(str).to_numpy(),
            "chronic_absenteeism_dashboard": (found["rate_tenths"] / 10).to_numpy(),
            "suspension_dashboard": (found["other_rate_tenths"] / 10).to_numpy(),
            "assistance_status": found["assistance_status"].to_numpy(),
            "assistance_year": found["assistance_year"].astype("Int64").to_numpy(),
        }
    )


WATCH = Exhibit("watch", build_watch, title=_("What to watch"))
