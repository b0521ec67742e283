"""The places of a peer set on the state's five-by-five grid: the official levels and color, the same from counts, and chance.

Shared by the exhibits of Five by five. A place whose counts are hidden has neither a status nor a color here.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from components import facts
from components.exhibit import Ask, Unanswerable
from components.i18n import _, school_year
from components.reading import Reading, settled
from components.verdict import floats
from components.view import View
from data import grid, grid_many, registry
from data.registry import Indicator
from queries.kept import Kept

MEASURES = tuple(name for name, i in registry.indicators.items() if i.family in grid.FAMILIES)
DEFAULTS = {"indicator": MEASURES[0], "level": "district"}
"""What the page and its files show where nothing is chosen."""
LEVELS = ("district", "school")
"""The levels whose places stand in the grid: the Dashboard has no counties and no regions."""
OFFICIAL = ("status_level", "change_tenths", "change_level", "color", "box")
MADE = ("status_level", "change_tenths", "change_level", "color", "box")


def missing(ask: Ask) -> str:
    """A sentence with the way out where the build holds no Dashboard file, else ''."""
    if any(facts.years_of(name, ask) for name in MEASURES):
        return ""
    return _(
        "This build holds no files of the California School Dashboard, so there is no status and no color to show. Download "
        "chronicdownload2025.txt and suspdownload2025.txt from the Dashboard’s data files at cde.ca.gov, and build again with "
        "them and the files that you have: python -m data build PATH…"
    )


def settle(read: Reading) -> Reading:
    """For a page: another measure gives way to the Dashboard's own of the same subject, another level to districts.

    A county or region stands in no cell: chosen as the first place, it is the area whose places do.
    """
    view = _inside(settled(read).view, read.ask)
    if view.indicator not in MEASURES:
        about = "suspension_dashboard" if "susp" in view.measure.family else MEASURES[0]
        view = replace(view, indicator=about, year=None, student_group=_same_group(view, registry.indicators[about]))
    if view.level not in LEVELS and view.peers != "chosen":
        view = replace(view, level=DEFAULTS["level"])
    return replace(read, view=view)


def _inside(view: View, ask: Ask) -> View:
    if view.peers != "all" or not view.place:
        return view
    first = ask("places", entities=[view.place[0]]).to_dict("records")[0]
    changes = {"county": {"county": first["county"]}, "region": {"region": first["region"]}}.get(str(first["level"]))
    return replace(view, peers=str(first["level"]), **changes) if changes else view


def _same_group(view: View, indicator: Indicator) -> str | None:
    """The Dashboard's student group of the same name, or none."""
    if view.student_group is None:
        return None
    label = registry.group_in(view.measure.vocabulary, view.student_group, 9999).label
    lines = registry.lines(indicator.vocabulary, indicator.dimensions)
    return next((line for line, group in lines.items() if group.label == label), None)


def levels_of(view: View, ask: Ask) -> list[str]:
    """The levels of the peer set. Raises Unanswerable where none of them stands in the grid."""
    if view.indicator not in MEASURES:
        titles = ", ".join(_(registry.indicators[name].title) for name in MEASURES)
        raise Unanswerable(_("The grid is made for two measures. Choose one of: %(titles)s.") % {"titles": titles})
    if missing(ask):
        raise Unanswerable(missing(ask))
    wanted = [view.level]
    if view.peers == "chosen" and view.place:
        wanted = list(ask("places", entities=list(view.place))["level"].astype(str))
    found = [level for level in LEVELS if level in wanted]
    if not found:
        raise Unanswerable(_("The Dashboard has no colors of counties, regions or the state here. Choose schools or districts."))
    return found


def place_set(view: View, ask: Ask) -> tuple[int, facts.Frame]:
    """The year and one row a place of the peer set: facts, `official_*`, the same made from counts, `fewer`, `chance`.

    `shown_*` is the official value where the state gives a color, else ours; 0 where there is none. Raises Unanswerable.
    """
    levels = levels_of(view, ask)
    scope = facts.peers_of(view, ask)
    year = facts.year_of(view, ask, level=levels[0])
    parts = (ask, view.indicator, view.group, year, *levels, *scope.values())
    key = tuple(tuple(part) if isinstance(part, list) else part for part in parts)
    return year, _sets.get(key, lambda: _made(view, ask, levels, year, scope)).copy(deep=False)


_sets = Kept(8)
"""The exhibits of the page stand on one and the same set: worked out once."""


def _made(view: View, ask: Ask, levels: list[str], year: int, scope: dict[str, object]) -> facts.Frame:
    asked = {"indicator": view.indicator, "student_group": view.group, "year": year}
    frames = [ask("grid", **asked, level=level, **scope) for level in levels]
    frames = [f for f in frames if not f.empty]
    if not frames:
        raise Unanswerable(
            _("No place fits this choice in %(year)s. Choose other peers, another level or another year.")
            % {"year": school_year(year)}
        )
    frame = pd.concat(frames, ignore_index=True).sort_values("entity", ignore_index=True) if len(frames) > 1 else frames[0]
    return on_grid(facts.enrich(frame, view.measure, year), view.measure, year)


def on_grid(frame: facts.Frame, indicator: Indicator, year: int) -> facts.Frame:
    """Enriched facts with what the grid makes of them. Where a status hides the counts, nothing official stays either."""
    hidden = frame["numerator"].isna().to_numpy()
    out = frame.copy(deep=False)
    for name in OFFICIAL:
        values = np.where(hidden, np.nan, floats(frame[f"official_{name}"]))
        out[f"official_{name}"] = values if name == "change_tenths" else np.nan_to_num(values).astype(np.int64)
    rows = _rows(frame, indicator, year)
    for name, values in grid_many.cells(rows).items():
        if name in MADE:
            out[name] = values
    out["fewer"] = grid_many.fewer_for_next(rows)
    out["chance"] = grid_many.chance_of_other_color(rows)
    theirs = out["official_color"] > 0
    for name in ("status_level", "change_level", "color"):
        ours = np.where(out["color"] > 0, out[name], 0)
        out[f"shown_{name}"] = np.where(theirs, out[f"official_{name}"], ours)
    return out


def _rows(frame: facts.Frame, indicator: Indicator, year: int) -> grid_many.Rows:
    code = grid.FAMILIES[indicator.family]
    known = [t for (name, _variant), t in grid.tables.items() if name == code and t.valid(year)]
    kinds = frame["school_type"].fillna("").to_numpy(dtype=object)
    levels, groups = frame["level"].to_numpy(dtype=object), frame["student_group"].to_numpy(dtype=object)
    table = grid_many.tables_of(code, kinds, levels) if known else np.full(len(frame), -1)
    k, n, prior_k, prior_n = (np.nan_to_num(floats(frame[c]), nan=-1).astype(np.int64) for c in facts.COUNTS)
    return grid_many.Rows(table, k, n, prior_k, prior_n, grid_many.needed(groups, levels))


def cell_with(row: dict, fewer: int) -> grid.Cell:
    """What the grid would make of a place with so many students fewer this year."""
    indicator = registry.indicators[row["indicator"]]
    table = grid.table_of(indicator, row["school_type"], row["level"])
    assert table is not None
    k, n, prior_k, prior_n = (row[c] for c in facts.COUNTS)
    return grid.cell(table, k - fewer, n, prior_k, prior_n, row["student_group"], row["level"])


EXTRA = (
    "school_type", *(f"official_{name}" for name in OFFICIAL), *MADE, "fewer", "chance",
    "shown_status_level", "shown_change_level", "shown_color",
)  # fmt: skip


def records(frame: facts.Frame) -> list[dict]:
    """`facts.records` with the columns of the grid: None for what is missing."""
    more = {c: [None if v != v else v for v in frame[c].tolist()] for c in EXTRA}
    return [{**row, **{c: more[c][i] for c in EXTRA}} for i, row in enumerate(facts.records(frame))]
