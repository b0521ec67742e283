"""Five by five: every place of a peer set on the state's grid of status and change, and what its color is worth."""

import pandas as pd

from components import facts, gridded, tables, words
from components.exhibit import Ask, Column, Exhibit, Shown, Table
from components.exhibits import peers, sourcing
from components.figures.five_by_five import change_names, color_name, five_by_five, status_names
from components.i18n import _, ngettext, number, school_year, signed
from components.view import View
from data import grid, registry
from data.registry import Indicator

FILE = (
    "status_level",
    "change",
    "change_level",
    "color",
    "box",
    "official_color",
    "chance_of_other_color",
    "fewer_for_next_color",
)


def build_lead(view: View, ask: Ask) -> Shown:
    """The page's headline: how many places the state shows as Red, all colors counted, and what chance alone would do."""
    year, frame = gridded.place_set(view, ask)
    indicator, level = view.measure, peers.level_of(frame)
    colored = frame[frame["shown_color"] > 0]
    values = {
        "measure": _(indicator.title),
        "group": words.population(indicator, view.group, year),
        "year": school_year(year),
    }
    said = [_("%(measure)s, %(group)s, %(year)s.") % values, *_counted(colored, level), *_by_luck(colored)]
    kicker = peers.scope(view, ask)
    return Shown(
        key="lead",
        headline=_headline(frame, colored, level),
        subtitle=" ".join(said),
        table=_colors(colored, kicker),
        rows=lambda: file_frame(frame, indicator),
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year, year - 1}),
        notes=words.notes(indicator, view.group, level, year, year),
        why=why(view, indicator, year),
        build=sourcing.build_id(view),
        extra={
            "kicker": _("Five by five · %(scope)s") % {"scope": kicker},
            "crumbs": [(_("California"), registry.STATE), (_("Five by five"), None)],
            "next": _next(view, frame),
        },
    )


def _headline(frame: facts.Frame, colored: facts.Frame, level: str) -> str:
    if len(frame) == 1 and len(colored) == 1:
        row = gridded.records(colored)[0]
        return _("%(name)s is %(color)s") % {"name": row["name"], "color": color_name(row["shown_color"])}
    if colored.empty:
        return _("None of %(places)s has a color") % {"places": words.places(level, len(frame))}
    red = int((colored["shown_color"] == 1).sum())
    values = {"n": number(red), "places": words.places(level, len(colored))}
    return _("%(n)s of %(places)s are Red on the state’s grid") % values if red else _("None of %(places)s is Red") % values


def _counted(colored: facts.Frame, level: str) -> list[str]:
    """Where every place with a color went, in one sentence."""
    if len(colored) < 2:
        return []
    found = colored["shown_color"].value_counts()
    parts = [f"{color_name(c)} {number(int(found[c]))}" for c in grid.COLORS if c in found]
    return [_("%(places)s have a color: %(parts)s.") % {"places": words.places(level, len(colored)), "parts": ", ".join(parts)}]


def _by_luck(colored: facts.Frame) -> list[str]:
    """How many places would show another color a year later with nothing changed."""
    known = colored["chance"].dropna()
    if known.empty:
        return []
    values = {"n": number(round(float(known.sum()))), "of": number(len(known)), "share": round(100 * float(known.mean()))}
    if len(known) == 1:
        return [_("A place of this size would change color in about %(share)s of 100 years with nothing changed.") % values]
    return [_("If nothing changed anywhere, about %(n)s of %(of)s would still show another color the next year.") % values]


def _colors(colored: facts.Frame, caption: str) -> Table:
    """How many places stand in each color."""
    found = colored["shown_color"].value_counts()
    lines = [{"color": color_name(c), "places": number(int(found.get(c, 0)))} for c in grid.COLORS]
    return Table(caption, (Column("color", _("Color")), Column("places", _("Places"), "number")), tuple(lines))


def why(view: View, indicator: Indicator, year: int) -> tuple[tuple[str, str], ...]:
    """How the state colors a place and what chance does, among the answers to "Why doesn't this match?"."""
    rule = _(
        "Status is the rate rounded half up to a tenth; change is the difference of the unrounded rates, then rounded. Both "
        "are judged by the state’s cut scores. Under 150 students there are no significant changes; a color needs 30 students "
        "in both years (15 for foster, homeless and long-term English learners of a district). Every row of the state’s file "
        "was held against this when the build was made; the Data page names each difference."
    )
    chance = _(
        "Three independent years are drawn from the rate of both years together: how often the color of the first two differs "
        "from that of the last two. Students who stay make real years more alike, and incidents that come together make them "
        "less so: read it as an order of magnitude."
    )
    first, *rest = sourcing.why(view, indicator, "grid", {year, year - 1})
    return (first, *rest[:3], (_("Color"), rule), (_("Color by chance"), chance), *rest[3:])


def _next(view: View, frame: facts.Frame) -> list[tuple[str, str, dict]]:
    other = next(registry.indicators[name] for name in gridded.MEASURES if name != view.indicator)
    steps: list[tuple[str, str, dict]] = [
        (
            _("See the same places by %(measure)s") % {"measure": _(other.title)},
            "/grid",
            {"indicator": other.name, "year": None, "level": view.level},
        ),
        (_("Compare the same places by their rates, with intervals"), "/compare", {"level": view.level}),
    ]
    return [*steps, (_("Read how this number is made and why others differ"), "/methods", {})]


def build_grid(view: View, ask: Ask) -> Shown:
    """The figure: status by change, each place a dot in its cell; its table, and the chosen places in sentences."""
    year, frame = gridded.place_set(view, ask)
    indicator, level = view.measure, peers.level_of(frame)
    order = ["shown_color", "rate", "entity"]
    drawn = gridded.records(frame[frame["shown_color"] > 0].sort_values(order, ascending=[True, False, True]))
    subtitle = _("%(measure)s, %(group)s, %(year)s: status (up is better) by change from %(before)s (right is better)") % {
        "measure": _(indicator.title),
        "group": words.population(indicator, view.group, year),
        "year": school_year(year),
        "before": school_year(year - 1),
    }
    said = _words(view, frame, indicator)
    caption = _("%(scope)s: %(what)s") % {
        "scope": peers.scope(view, ask),
        "what": words.subtitle(indicator, view.group, year, interval=False),
    }
    return Shown(
        key="grid",
        headline=_("Where %(places)s stand in the state’s grid") % {"places": words.places(level, len(drawn))}
        if drawn
        else _("No place of this choice has a color"),
        subtitle=subtitle,
        table=of_grid(frame, indicator, caption, view.place),
        rows=lambda: file_frame(frame, indicator),
        figure=five_by_five(frame, drawn, [_hover(row) for row in drawn], indicator, view) if drawn else None,
        words=tuple(said),
        source=sourcing.source_line(view, indicator, {year, year - 1}),
        notes=sourcing.notes(view, indicator, level, year, ask, view.group),
        alt=_("Grid of status by change. %(words)s The table holds the numbers.") % {"words": " ".join(said[:2])},
        why=why(view, indicator, year),
        build=sourcing.build_id(view),
    )


def _words(view: View, frame: facts.Frame, indicator: Indicator) -> list[str]:
    colored = frame[frame["shown_color"] > 0]
    out = [_placed(row) for row in gridded.records(frame[frame["entity"].isin(view.place)])]
    out += _counted(colored, peers.level_of(frame)) + _by_luck(colored)
    differ = int(((frame["color"] > 0) & (frame["official_color"] > 0) & (frame["color"] != frame["official_color"])).sum())
    if differ:
        text = ngettext(
            "In %(n)s place the state’s color differs from the one that its counts give; the state’s is shown.",
            "In %(n)s places the state’s color differs from the one that their counts give; the state’s is shown.",
            differ,
        )
        out.append(text % {"n": number(differ)})
    ours = int(((frame["color"] > 0) & (frame["official_color"] == 0)).sum())
    if ours:
        text = ngettext(
            "The color of %(n)s place is worked out from its counts and not official: the state gives none.",
            "The colors of %(n)s places are worked out from their counts and not official: the state gives none.",
            ours,
        )
        out.append(text % {"n": number(ours)})
    without = int((frame["status"].isin(facts.SHOWN) & (frame["shown_color"] == 0)).sum())
    if without:
        text = ngettext(
            "%(n)s place has a rate but no color: too few students in one of the two years, or no year before.",
            "%(n)s places have a rate but no color: too few students in one of the two years, or no year before.",
            without,
        )
        out.append(text % {"n": number(without)})
    return out + sourcing.unseen(frame.assign(ranked=True), indicator)


def _placed(row: dict) -> str:
    """A chosen place: its color, the way to the next better one, and how often its color changes by chance."""
    if not row["shown_color"]:
        return _("%(name)s has no color. %(value)s.") % {"name": row["name"], "value": facts.display(row).capitalize()}
    values = {
        "name": row["name"],
        "color": _color(row),
        "status": status_names()[row["shown_status_level"]],
        "change": change_names()[row["shown_change_level"]],
        "rate": facts.display(row),
    }
    parts = [_("%(name)s is %(color)s: status %(status)s (%(rate)s), change %(change)s.") % values]
    parts += [text for text in (_to_next(row), _by_chance(row)) if text]
    return " ".join(parts)


def _to_next(row: dict) -> str:
    """How many fewer students would have given the next better color."""
    if not row["fewer"]:
        return ""
    better = gridded.cell_with(row, row["fewer"]).color or 0
    values = {
        "n": number(row["fewer"]),
        "what": _(registry.indicators[row["indicator"]].numerator_short),
        "color": color_name(better),
    }
    text = ngettext(
        "With %(n)s fewer student %(what)s this year, all else equal, it would be %(color)s.",
        "With %(n)s fewer students %(what)s this year, all else equal, it would be %(color)s.",
        row["fewer"],
    )
    return text % values


def _by_chance(row: dict) -> str:
    if row["chance"] is None:
        return ""
    values = {"share": round(100 * row["chance"])}
    return _("A place of its size would change color in about %(share)s of 100 years with nothing changed.") % values


def _color(row: dict) -> str:
    """The color's name, and whose it is where it is not the state's."""
    if not row["shown_color"]:
        return "–"
    if row["official_color"]:
        return color_name(row["official_color"])
    return _("%(color)s (not official)") % {"color": color_name(row["shown_color"])}


def _hover(row: dict) -> str:
    values = {"name": row["name"], "color": _color(row), "rate": facts.display(row), "change": _points(row)}
    return _("%(name)s: %(color)s, %(rate)s, change %(change)s points") % values


def _points(row: dict) -> str:
    tenths = row["official_change_tenths"] if row["official_change_tenths"] is not None else row["change_tenths"]
    return "–" if tenths is None else signed(tenths / 10)


def of_grid(frame: facts.Frame, indicator: Indicator, caption: str, chosen: tuple[str, ...] = ()) -> Table:
    """One row a place by color, the worst first, then by name; those without a color at the end. A cut table says so."""
    by = frame.assign(order=frame["shown_color"].where(frame["shown_color"] > 0, 9)).sort_values(["order", "name", "entity"])
    kept = by[(pd.RangeIndex(len(by)) < tables.MOST_ROWS) | by["entity"].isin(chosen)]
    columns = (
        *tables.place_columns(frame),
        Column("color", _("Color")),
        Column("fewer", _("Fewer for next color"), "number"),
        Column("chance", _("Other by chance"), "number"),
        Column("status", _("Status")),
        Column("change", _("Change")),
        Column("points", _("Points"), "number"),
        Column("rate", _("Rate"), "number"),
        Column("numerator", _(indicator.numerator_short).capitalize(), "number"),
        Column("denominator", _(indicator.denominator_short).capitalize(), "number"),
        Column("ours", _("Color by counts")),
        Column("box", _("Box"), "number"),
    )
    more = ""
    if len(frame) > len(kept):
        more = _("The chosen places and the first %(most)s stand here. The file has all %(n)s rows.") % {
            "most": number(tables.MOST_ROWS),
            "n": number(len(frame)),
        }
    return Table(caption, columns, tuple(_line(row) for row in gridded.records(kept)), more)


def _line(row: dict) -> dict[str, str]:
    """A place as display strings. Of hidden counts nothing is left to show."""
    status, change = row["official_status_level"] or row["status_level"], row["official_change_level"] or row["change_level"]
    told = tables.cells(row)
    return {
        "entity": row["entity"],
        "name": row["name"],
        "within": row.get("within") or "–",
        "color": _color(row),
        "status": status_names()[status] if status else "–",
        "change": change_names()[change] if change else "–",
        "points": _points(row),
        "rate": told["rate"],
        "numerator": told["numerator"],
        "denominator": told["denominator"],
        "fewer": number(row["fewer"]) if row["fewer"] else "–",
        "chance": _("%(share)s %%") % {"share": round(100 * row["chance"])} if row["chance"] is not None else "–",
        "ours": color_name(row["color"]) if row["color"] else "–",
        "box": str(row["official_box"] or row["box"] or "–"),
    }


def file_frame(frame: facts.Frame, indicator: Indicator) -> facts.Frame:
    """The columns of Compare's file, then FILE: levels and colors as the state's numbers (1 to 5), empty where there is none."""
    out = tables.file_frame(frame, indicator)
    whole = {"fewer_for_next_color": "fewer"}
    for name in FILE:
        if name == "change":
            out[name] = (frame["change_tenths"] / 10).to_numpy()
        elif name == "chance_of_other_color":
            out[name] = frame["chance"].round(4).to_numpy()
        else:
            values = frame[whole.get(name, name)].to_numpy()
            out[name] = pd.arrays.IntegerArray(values.astype("int64"), values == 0)
    return out


LEAD = Exhibit("lead", build_lead)
GRID = Exhibit("grid", build_grid, title=_("Where places stand in the state’s grid"))
