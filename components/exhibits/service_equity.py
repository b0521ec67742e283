"""Services: whether student groups are served in proportion to need, a district's groups only."""

from components import local, service_log
from components import local_numbers as numbers
from components.exhibit import Ask, Column, Exhibit, Shown, Unanswerable
from components.exhibits import local_parts as parts
from components.figures.named_bars import dark_and_pale, named_bars
from components.i18n import _
from components.local import Site
from components.tables import Table
from components.view import View
from components.words import names

SERVED, NEED = _("Share of students served"), _("Share of students in need")


def build_equity(view: View, ask: Ask) -> Shown:
    """A group's share of the students served beside its share of the students in need; a district's groups only."""
    site = local.site(view, ask)
    if site.place["level"] != "district":
        raise Unanswerable(_("Groups are counted for whole districts only: in one school they are too small to show."))
    counts = local.counted(["served", "chronic"], [site.entity], [site.month])
    counts = [c for c in counts if c["service"] == "all" and c["span"] == "ytd"]
    groups = [r["student_group"] for r in parts.cube.table("groups") if r["level"] == "district"]
    rows = [row for g in groups for row in _shares(g, counts, site)]
    if not any(c["fact"] == "served" for c in counts):
        service_log.require_students(site)
    if not rows:
        raise Unanswerable(_("This takes the student groups, an attendance file and a service log with student keys."))
    called = {g: parts.group_name(g, site.month) for g in groups}
    by_group = {g: [r for r in rows if r["student_group"] == g] for g in groups}
    pairs = {g: [parts.share(r) for r in pair] for g, pair in by_group.items()}
    drawn = [g for g, pair in pairs.items() if len(pair) == 2 and all(value is not None for value, _text in pair)]
    subtitle = _("%(name)s, %(so_far)s. Dark: share of the students served. Pale: share of the students in need")
    subtitle %= parts.values(site)
    faded = parts.grayed(site)
    hidden = parts.undrawn([called[g] for g in groups if by_group[g] and g not in drawn], len(drawn) > 1)
    said = _equity_said({called[g]: by_group[g] for g in drawn})
    bars = [(called[g], dark_and_pale(pairs[g], bool(faded))) for g in drawn]
    return parts.shown(
        view,
        site,
        ("equity_of_reach",),
        rows,
        True,
        key="equity",
        headline=_("Who was served, beside who is in need"),
        subtitle=subtitle,
        table=_equity_table(by_group, called, subtitle),
        figure=named_bars(bars, parts.title(site), each=(SERVED, NEED)) if len(bars) > 1 else None,
        words=tuple(said) or (hidden,),
        notes=(
            service_log.not_followed(view),
            faded,
            hidden if said else "",
            _("A student can stand in several groups. In need: chronically absent so far."),
        ),
        alt=_("Two bars a group. %(words)s") % {"words": " ".join(said)},
    )


def _shares(group: str, counts: list[dict], site: Site) -> list[dict]:
    """A group's two shares as rows of the measure: of all served and of all in need."""
    out = []
    for fact in ("served", "chronic"):
        part, whole = (local.one(counts, fact=fact, student_group=g) for g in (group, "TA"))
        if part is None or whole is None:
            continue
        known = part["value"] is not None and whole["value"] is not None
        out.append(
            {
                "measure": "equity_of_reach", "entity": site.entity, "level": "district",
                "month": site.month, "span": "ytd", "service": "all", "student_group": group, "band": fact,
                "numerator": part["value"], "denominator": whole["value"], "status": "published" if known else "withheld",
            }
        )  # fmt: skip
    return out


def _equity_said(drawn: dict[str, list[dict]]) -> list[str]:
    """The groups that stand apart beyond chance and rounding, a sentence each; the others by name."""
    out, close = [], []
    for name, pair in drawn.items():
        served, need = (numbers.interval(r, r["band"]) for r in pair)
        values = {"name": name, "served": numbers.percent(pair[0]), "need": numbers.percent(pair[1])}
        if served and need and served[1] < need[0]:
            out.append(
                _(
                    "%(name)s: %(served)s of the students served, %(need)s of those in need. Served less than in "
                    "proportion to need."
                )
                % values
            )
        elif served and need and need[1] < served[0]:
            out.append(
                _(
                    "%(name)s: %(served)s of the students served, %(need)s of those in need. Served more than in "
                    "proportion to need."
                )
                % values
            )
        else:
            close.append(name)
    if close:
        out.append(_("For these, the difference could be chance or rounding: %(names)s.") % {"names": names(close, len(close))})
    return out


def _equity_table(by_group: dict[str, list[dict]], called: dict[str, str], caption: str) -> Table:
    columns = (
        Column("label", _("Student group")),
        Column("served", SERVED, "number"),
        Column("served_n", _("Served (rounded)"), "number"),
        Column("need", NEED, "number"),
        Column("need_n", _("In need (rounded)"), "number"),
    )
    lines = []
    for group, pair in by_group.items():
        served, need = (local.one(pair, band=b) for b in ("served", "chronic"))
        lines.append(
            {
                "label": called[group],
                "served": numbers.percent(served),
                "served_n": numbers.count(served["numerator"]) if served else numbers.absent(),
                "need": numbers.percent(need),
                "need_n": numbers.count(need["numerator"]) if need else numbers.absent(),
            }
        )
    return Table(caption, columns, tuple(lines))


EQUITY = Exhibit("equity", build_equity, "half", title=_("Who was served, beside who is in need"))
