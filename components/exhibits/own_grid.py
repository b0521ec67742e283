"""My schools: where the year so far would stand on the state's five-by-five grid of chronic absence. Not official."""

import numpy as np

from components import local
from components import local_numbers as numbers
from components.dates import month_name
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.exhibits.own_attendance import CHRONIC, at, no_attendance
from components.i18n import _
from components.local import Site
from components.tables import Table
from components.view import View
from data import grid, grid_many

TABLE = ("CHRO", "ALL")


def build_grid(view: View, ask: Ask) -> Shown:
    """Status, change and color so far against the end of last year, as far as rounded counts allow."""
    site = local.site(view, ask)
    if site.place["level"] == "school" and site.place.get("school_level") == "high":
        raise Unanswerable(
            _("The Dashboard gives high schools no color for chronic absence, so there is no provisional one either.")
        )
    ended = local.ended(site.month)
    now, then = at(site, (CHRONIC,)).get(CHRONIC), at(site, (CHRONIC,), ended).get(CHRONIC)
    if now is None:
        raise no_attendance(site)
    values = {"name": site.place["name"], "month": month_name(site.month), "before": parts.year_name(ended)}
    subtitle = _("%(name)s: chronic absence to date through %(month)s against the end of %(before)s. Not official") % values
    found = _cells(now, then, site)
    rows = [r for r in (now, then) if r]
    chance = _chance(now, then) if then and found else None
    said = _said(found, now, then, values, chance)
    columns = (
        *parts.columns(_("When")),
        Column("level", _("Status on the grid")),
    )
    lines = tuple(
        {"label": text, **parts.cells(row, local.measures()[CHRONIC]), "level": _status(row)}
        for text, row in ((_("Through %(month)s") % values, now), (_("End of %(before)s") % values, then))
        if row
    )
    return parts.shown(
        view,
        site,
        (CHRONIC,),
        rows,
        key="provisional",
        headline=_headline(found, chance),
        subtitle=subtitle,
        table=Table(subtitle, columns, lines),
        words=tuple(said),
        notes=(
            _(
                "Not official. The Dashboard counts TK or kindergarten to grade 8 over a whole certified year; this "
                "counts all grades so "
                "far. A share to date usually moves until June."
            ),
        ),
        extra={"more": ((_("See the official five by five"), "/grid", {"place": (site.entity,), "month": None}),)},
    )


def _cells(now: dict, then: dict | None, site: Site) -> list[grid.Cell]:
    """Every cell of the grid that the counts behind the rounded ones allow; [] where one is withheld."""
    if then is None or now["status"] != "published" or then["status"] != "published":
        return []
    pairs = [numbers.ends(r["numerator"], r["denominator"], numbers.base("chronic")) for r in (now, then)]
    pairs[0] = (*pairs[0], (now["numerator"], now["denominator"]))  # type: ignore[assignment]
    pairs[1] = (*pairs[1], (then["numerator"], then["denominator"]))  # type: ignore[assignment]
    level = site.place["level"]
    return [grid.cell(grid.tables[TABLE], *a, *b, "TA", level) for a in pairs[0] for b in pairs[1]]


def _levels(row: dict) -> list[int]:
    if row["status"] != "published":
        return []
    found = numbers.ends(row["numerator"], row["denominator"], numbers.base("chronic"))
    levels = {grid.status_level(grid.tables[TABLE], grid.rate(k, n)) for k, n in found}
    return list(range(min(levels), max(levels) + 1))


def _status(row: dict) -> str:
    return _or([_(grid.STATUS[level]) for level in reversed(_levels(row))]) or _("withheld")


def _or(texts: list[str]) -> str:
    """'Low', 'Low or Medium', 'Low, Medium or High'."""
    if len(texts) < 2:
        return "".join(texts)
    return _("%(first)s or %(last)s") % {"first": ", ".join(texts[:-1]), "last": texts[-1]}


def _colors(found: list[grid.Cell]) -> list[str]:
    return [_(grid.COLORS[c]) for c in sorted({cell.color for cell in found if cell.color})]


def _headline(found: list[grid.Cell], chance: float | None) -> str:
    """How far the color can be believed stands before the color."""
    colors = _colors(found)
    if not colors:
        return _("No provisional color can be told")
    if len(colors) == len(grid.COLORS):
        return _("Any color is still possible")
    if chance is None:
        return _("Provisional, not official: %(colors)s") % {"colors": _or(colors)}
    return _("By chance alone, the color would be another about %(n)s times in 100") % {"n": round(100 * chance)}


def _said(found: list[grid.Cell], now: dict, then: dict | None, values: dict, chance: float | None) -> list[str]:
    if then is None:
        return [
            _("The end of %(before)s is not in the files, so there is no change and no color. Add last year’s attendance file.")
            % values,
            _("Status through %(month)s: %(status)s.") % {**values, "status": _status(now)},
        ]
    if not found:
        return [_("A count behind it is withheld, so no color is told.")]
    changes = sorted({_(grid.CHANGE[c.change_level]) for c in found if c.change_level})
    out = [
        _("Status through %(month)s: %(status)s. Change from the end of %(before)s: %(change)s.")
        % {**values, "status": _status(now), "change": _or(changes) or _("too few students")},
    ]
    colors = _colors(found)
    if len(colors) > 1:
        text = _("Provisional, not official: counts are rounded, so more than one color is possible: %(colors)s.")
        out.append(text % {"colors": _or(colors)})
    elif colors:
        text = _("Provisional, not official: by the Dashboard’s cut scores this would be %(colors)s.")
        out.append(text % {"colors": colors[0]})
    if chance is None:
        return out
    text = _("With nothing changed, a place of this size would show another color the next year about %(n)s times in 100.")
    return [text % {"n": round(100 * chance)}, *out]


def _chance(now: dict, then: dict) -> float | None:
    """How often the color would differ by chance, from the rounded counts; None where there is no color."""
    four = [np.array([v], np.int64) for v in (now["numerator"], now["denominator"], then["numerator"], then["denominator"])]
    table = np.array([list(grid.tables).index(TABLE)])
    found = grid_many.chance_of_other_color(grid_many.Rows(table, four[0], four[1], four[2], four[3], np.array([grid.COLORED])))
    return None if np.isnan(found[0]) else float(found[0])


PROVISIONAL = Exhibit("provisional", build_grid, title=_("Where the school year so far would stand on the five by five"))
