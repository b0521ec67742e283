"""Compare: which places stand apart from their peers beyond chance, and in which order to look at them."""

import numpy as np
import pandas as pd

from components import facts, funnel, tables, units, words
from components.exhibit import Ask, Column, Exhibit, Shown, Table, Unanswerable
from components.exhibits import peers, sourcing
from components.figures import funnel as figure
from components.i18n import _, decimal, number
from components.view import View
from data.registry import Indicator

LEAST = 8
"""The spread of fewer places cannot be estimated."""
WIDER = 1.5
"""From this mean square of the z scores on, the reader is told that rates differ more than by chance."""
OUTER = 2
TIMES, HALF = 4, 0.5
"""Limits so many times as wide as by chance alone, over so much of the scale up to the highest rate, single out nobody: with
none outside, the finding is that the places differ. Measured on the files of 2023-24: 119 of 382 sets of schools or districts."""
EVEN = 1.25
"""With the largest weight at most so many times the smallest, each place counts about the same in the mean."""
LISTED = 200
"""So many of a triage stand in the table; the file has all."""


def build_funnel(view: View, ask: Ask) -> Shown:
    """Rates against students counted with limits around the peers' mean; as a table the order of a triage."""
    year, frame = facts.ranking(view, ask)
    indicator, level = view.measure, peers.level_of(frame)
    ranked = supported(frame, indicator)
    k, n = _counts(ranked)
    of = funnel.spread(k, n)
    limits = funnel.curve(float(n.min()), float(n.max()), of)
    stands = funnel.stands(k, n, limits)
    mean = units.amount(indicator.unit, indicator.factor * of.center)
    order, every = _triage(frame, ranked, stands, indicator)
    subtitle = _center(n, of) % {
        "what": words.subtitle(indicator, view.group, year, interval=False),
        "scope": peers.scope(view, ask),
        "mean": mean,
    }
    wide = _too_wide(k, n, of, stands)
    said = [_nobody(n, of, indicator)] if wide else []
    said += _words(view, ranked, stands, of, wide) + sourcing.unseen(frame, indicator)
    return Shown(
        key="funnel",
        headline=headline(level, None if wide else _outside(stands), len(ranked)),
        subtitle=subtitle,
        table=_table(frame, order, every, indicator, _("%(what)s. In the order of a triage") % {"what": subtitle}),
        rows=lambda: _file(frame.iloc[order], every[order], indicator),
        figure=figure.funnel(ranked, stands, limits, of.center, indicator, view),
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year}),
        alt=_("Funnel plot. %(words)s The table holds the numbers.") % {"words": " ".join(said)},
        why=sourcing.why(view, indicator, "ranking", {year}),
        build=sourcing.build_id(view),
        extra={"undrawn": sourcing.undrawn(frame)},
    )


def _outside(stands: np.ndarray) -> int:
    return int((np.abs(stands) >= OUTER).sum())


def _center(n: np.ndarray, of: funnel.Spread) -> str:
    """The subtitle, which says what the mean in the middle is."""
    weights = funnel.weights(n, of.rho)
    if weights.max() <= EVEN * weights.min():
        return _(
            "%(what)s, by students counted. %(scope)s; limits around %(mean)s, the mean of these places, "
            "each counting about the same"
        )
    if of.rho <= funnel.CALM:
        return _(
            "%(what)s, by students counted. %(scope)s; limits around %(mean)s, the mean of these places, weighted by students"
        )
    return _(
        "%(what)s, by students counted. %(scope)s; limits around %(mean)s, a mean of these places in which large ones count "
        "more, but less than by their students"
    )


def _too_wide(k: np.ndarray, n: np.ndarray, of: funnel.Spread, stands: np.ndarray) -> bool:
    """Whether nobody stands outside because the limits hold nearly everything."""
    low, high, times = funnel.middle(n, of)
    return not _outside(stands) and times >= TIMES and high - low > HALF * float((k / n).max())


def _nobody(n: np.ndarray, of: funnel.Spread, indicator: Indicator) -> str:
    low, high, times = funnel.middle(n, of)
    text = _(
        "At the middle size here, the 99.8 percent limits run from %(low)s to %(high)s, %(times)s times as wide as chance alone "
        "would make them. Limits so wide single out nobody: that none stands outside does not make these places alike."
    )
    ends = [units.amount(indicator.unit, indicator.factor * end) for end in (low, high)]
    return text % {"low": ends[0], "high": ends[1], "times": number(round(times))}


def apart(frame: facts.Frame, indicator: Indicator) -> int | None:
    """How many places of an enriched ranking frame lie outside the 99.8 percent limits; None where these hold nearly everything.

    Raises Unanswerable.
    """
    k, n = _counts(supported(frame, indicator))
    of = funnel.spread(k, n)
    stands = funnel.stands(k, n, funnel.curve(float(n.min()), float(n.max()), of))
    return None if _too_wide(k, n, of, stands) else _outside(stands)


def supported(frame: facts.Frame, indicator: Indicator) -> facts.Frame:
    """The rows that a funnel may show: ranked, so with counts that are shown. Raises Unanswerable where there are too few."""
    if indicator.interval == "none":
        raise Unanswerable(_("Totals of days or incidents have no limits of chance, so no funnel is drawn for this measure."))
    ranked = frame[frame["ranked"]]
    if ranked["entity"].nunique() < LEAST or ranked["level"].nunique() > 1:
        text = _("A funnel needs at least %(least)s places of one kind with %(rank)s students or more. Here there are %(n)s.")
        raise Unanswerable(text % {"least": LEAST, "rank": number(indicator.min_rank), "n": number(len(ranked))})
    return ranked


def _counts(rows: facts.Frame) -> tuple[np.ndarray, np.ndarray]:
    return rows["numerator"].to_numpy(dtype=float), rows["denominator"].to_numpy(dtype=float)


def _triage(frame: facts.Frame, ranked: facts.Frame, stands: np.ndarray, indicator: Indicator) -> tuple[np.ndarray, np.ndarray]:
    """Positions in `frame`: the ranked by their shrunken rates, the first to look at on top, then the others by code.

    Beside them where each place of the frame stands against the limits.
    """
    rates = funnel.shrunken(*_counts(ranked), *funnel.prior(*_counts(ranked)))
    by = np.full(len(frame), np.inf)
    at = frame["ranked"].to_numpy(dtype=bool)
    by[at] = rates if indicator.better == "higher" else -rates
    every = np.zeros(len(frame), dtype=int)
    every[at] = stands
    return np.argsort(by, kind="stable"), every


def stand_name(stands: int) -> str:
    """Where a place stands against the limits, in a few words."""
    return {
        2: _("above 99.8 %% limit") % {},
        1: _("above 95 %% limit") % {},
        0: _("within limits"),
        -1: _("below 95 %% limit") % {},
        -2: _("below 99.8 %% limit") % {},
    }[stands]


def _table(frame: facts.Frame, order: np.ndarray, stands: np.ndarray, indicator: Indicator, caption: str) -> Table:
    shown = frame.iloc[order[:LISTED]]
    lines = [
        {
            "entity": row["entity"],
            "name": row["name"],
            "within": row.get("within") or "–",
            **tables.cells(row),
            "stands": stand_name(at) if row["ranked"] else _("not ranked"),
        }
        for row, at in zip(facts.records(shown), stands[order[:LISTED]].tolist(), strict=True)
    ]
    columns = (*tables.place_columns(shown), *tables.count_columns(indicator), Column("stands", _("Against the limits")))
    more = "" if len(frame) <= LISTED else _("The file has all %(n)s rows.") % {"n": number(len(frame))}
    return Table(caption, columns, tuple(lines), more)


def _file(listed: facts.Frame, stands: np.ndarray, indicator: Indicator) -> facts.Frame:
    out = tables.file_frame(listed, indicator)
    names = {2: "above_99.8", 1: "above_95", 0: "within", -1: "below_95", -2: "below_99.8"}
    out["order"] = pd.array([i if r else None for i, r in enumerate(listed["ranked"], start=1)], dtype="Int64")
    out["against_limits"] = [names[int(s)] if r else "" for s, r in zip(stands, listed["ranked"], strict=True)]
    return out


def headline(level: str, outside: int | None, every: int) -> str:
    """How many of a set stand apart, in ten words or fewer; None: limits that hold nearly everything tell nothing."""
    if outside is None:
        return {
            "region": _("These regions differ too much from each other for limits"),
            "county": _("These counties differ too much from each other for limits"),
            "district": _("These districts differ too much from each other for limits"),
            "school": _("These schools differ too much from each other for limits"),
        }.get(level, _("These places differ too much from each other for limits"))
    values = {"n": number(outside), "places": words.places(level, every)}
    if not outside:
        return _("All %(places)s lie within the 99.8 %% limits") % values
    if outside == 1:
        return _("1 of %(places)s stands apart beyond chance") % values
    return _("%(n)s of %(places)s stand apart beyond chance") % values


def _words(view: View, ranked: facts.Frame, stands: np.ndarray, of: funnel.Spread, wide: bool) -> list[str]:
    out = []
    sides = ((stands >= OUTER, _("Above the 99.8 percent limit (%(n)s): %(names)s.")),)
    sides += ((stands <= -OUTER, _("Below the 99.8 percent limit (%(n)s): %(names)s.")),)
    for which, text in sides:
        rows = ranked[which].sort_values(["denominator", "entity"], ascending=[False, True])
        if len(rows):
            told = [words.rate_of(r["name"], r) for r in facts.records(rows.head(words.MOST_NAMES))]
            out.append(text % {"n": number(len(rows)), "names": words.names(told, total=len(rows))})
    if not out and not wide:
        out.append(_("No place stands outside the 99.8 percent limits."))
    for row in facts.records(ranked[ranked["entity"].isin(view.place)]):
        at = stand_name(int(stands[(ranked["entity"] == row["entity"]).to_numpy()][0]))
        out.append(_("%(name)s at %(rate)s: %(stands)s.") % {"name": row["name"], "rate": facts.display(row), "stands": at})
    out.append(_by_luck(len(ranked)))
    if of.phi >= WIDER:
        text = _(
            "Rates here differ more than chance alone would make them (mean squared z score %(phi)s instead of 1), "
            "so the limits allow for the usual spread of these places."
        )
        out.append(text % {"phi": decimal(of.phi)})
    out.append(_("The limits are wide where few students are counted: a high rate of a small place may be chance."))
    out.append(_("The table is in the order of a triage: small places are drawn towards the mean for the order only."))
    return out


def _by_luck(every: int) -> str:
    values = {"every": number(every), "wide": decimal(every * 0.05), "far": decimal(every * 0.002)}
    if every >= 1000:
        values |= {"wide": number(round(every * 0.05)), "far": number(round(every * 0.002))}
    return (
        _(
            "By luck alone, about %(wide)s of %(every)s would stand outside the 95 percent limits, "
            "%(far)s outside the 99.8 percent limits."
        )
        % values
    )


FUNNEL = Exhibit("funnel", build_funnel, title=_("Which places differ by more than chance"))
