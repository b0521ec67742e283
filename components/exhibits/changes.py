"""Compare: which places changed more than chance explains, by name, those that worsened first. The list of a triage meeting."""

from components import facts, tables, units, words
from components.exhibit import Ask, Exhibit, Shown
from components.exhibits import peers, sets, sourcing
from components.figures.change_dots import change_dots
from components.i18n import _, number, school_year
from components.verdict import CERTAIN, SIZED, TOLD, Kind
from components.view import View
from data.registry import Indicator

DRAWN = 15
"""So many places are drawn on each side; the table and the file name all."""
NAMED = 3
"""So many places can be named in a headline."""


def build_changes(view: View, ask: Ask) -> Shown:
    """Every place with a change that may be told, and the changes that ask for a check, one row a place."""
    year, frame = facts.ranking(view, ask)
    indicator, level = view.measure, peers.level_of(frame)
    sized = ordered(frame[frame["kind"].isin(SIZED)], indicator)
    told = int(sized["kind"].isin(TOLD).sum())
    counts = {kind: int((sized["kind"] == kind).sum()) for kind in SIZED}
    certain = sized[sized["kind"].isin(CERTAIN)]
    drawn = _drawn(certain, view)
    subtitle = _("%(measure)s, %(group)s: change from %(before)s to %(year)s, %(unit)s. %(scope)s") % {
        "measure": _(indicator.title),
        "group": words.population(indicator, view.group, year),
        "before": school_year(year - 1),
        "year": school_year(year),
        "scope": peers.scope(view, ask),
        "unit": _("percentage points, with 95 percent interval")
        if indicator.unit == "percent"
        else units.UNITS[indicator.unit].name(),
    }
    said = _named(certain, indicator) + _checks(sized)
    if told >= sets.FEW_ENOUGH:
        said += sets.by_luck(told)
    if not told:
        said.append(sets.nothing_told(year, indicator))
    return Shown(
        key="changes",
        headline=_headline(certain) or sets.moved(level, counts[Kind.BETTER], counts[Kind.WORSE], told, counts[Kind.MOVED]),
        subtitle=subtitle,
        table=tables.of_changes(sized, indicator, subtitle),
        rows=lambda: tables.change_frame(sized, indicator),
        figure=change_dots(drawn, indicator, view) if len(drawn) else None,
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year, year - 1}),
        alt=_("Dot plot of changes. %(words)s") % {"words": " ".join(said)},
        why=sourcing.why(view, indicator, "ranking", {year, year - 1}),
        build=sourcing.build_id(view),
        extra={"undrawn": _undrawn(len(drawn), len(certain))},
    )


def _undrawn(drawn: int, every: int) -> tuple[str, ...]:
    if drawn == every:
        return ()
    text = _("Drawn are the largest changes: %(n)s of %(every)s beyond chance.")
    return (text % {"n": number(drawn), "every": number(every)},)


def _headline(certain: facts.Frame) -> str:
    """The names where few places moved, all one way; '' where a headline of names would tell half of it."""
    if certain["kind"].nunique() != 1 or len(certain) > NAMED:
        return ""
    text = {
        Kind.WORSE: _("Worsened: %(names)s"),
        Kind.BETTER: _("Improved: %(names)s"),
        Kind.MOVED: _("Changed: %(names)s"),
    }[Kind(certain["kind"].iloc[0])]
    return text % {"names": words.names(list(certain["name"].head(2).astype(str)), 2, len(certain))}


def ordered(frame: facts.Frame, indicator: Indicator) -> facts.Frame:
    """Worsened first, then improved, then what asks for a check, then what could be chance; the largest change first in each."""
    rank = {Kind.WORSE: 0, Kind.MOVED: 0, Kind.BETTER: 1, Kind.CHECK: 2, Kind.UNTESTED: 2, Kind.CHANCE: 3}
    by = frame.assign(rank=frame["kind"].map(rank), size=-frame["change"].abs())
    return by.sort_values(["rank", "size", "entity"], ignore_index=True).drop(columns=["rank", "size"])


def _drawn(certain: facts.Frame, view: View) -> facts.Frame:
    """Both sides cut to their largest changes; chosen places always stay."""
    place_in_side = certain.groupby("kind", sort=False).cumcount()
    return certain[(place_in_side < DRAWN) | certain["entity"].isin(view.place)]


def _named(certain: facts.Frame, indicator: Indicator) -> list[str]:
    texts = {
        Kind.WORSE: _("Worsened beyond chance (%(n)s): %(names)s."),
        Kind.BETTER: _("Improved beyond chance (%(n)s): %(names)s."),
        Kind.MOVED: _("Changed beyond chance (%(n)s): %(names)s."),
    }
    out = []
    for kind, text in texts.items():
        rows = certain[certain["kind"] == kind]
        if len(rows):
            shown = [words.changed(r, indicator) for r in facts.records(rows.head(words.MOST_NAMES))]
            out.append(text % {"n": number(len(rows)), "names": words.names(shown, total=len(rows))})
    return out


def _checks(sized: facts.Frame) -> list[str]:
    rows = sized[sized["kind"] == Kind.CHECK]
    if rows.empty:
        return []
    text = _("Too large a jump to believe without a look at the records, so not counted (%(n)s): %(names)s.")
    names = list(rows["name"].head(words.MOST_NAMES).astype(str))
    return [text % {"n": number(len(rows)), "names": words.names(names, total=len(rows))}]


CHANGES = Exhibit("changes", build_changes, title=_("Changes from the year before"))
