"""Methods: each indicator as it is counted, the framework with the kind of evidence there is, the regions."""

from components import tables
from components.exhibit import Ask, Column, Exhibit, Shown
from components.exhibits import sourcing
from components.i18n import _, number
from components.view import View
from data import registry


def build_indicators(view: View, ask: Ask) -> Shown:
    """Every indicator: definition, who is counted, what it must not be mistaken for, and the SQL that makes it."""
    columns = (
        Column("title", _("Indicator")),
        Column("numerator", _("Numerator")),
        Column("denominator", _("Denominator")),
        Column("who", _("Who is counted")),
        Column("differs", _("Why it differs")),
        Column("caveats", _("Caveats")),
    )
    lines = [
        {
            "title": _(i.title),
            "numerator": _(i.numerator),
            "denominator": _(i.denominator),
            "who": _(i.who),
            "differs": _(i.differs),
            "caveats": " ".join(_(registry.caveats[c].text) for c in i.caveats),
        }
        for i in registry.indicators.values()
    ]
    table, frame = tables.plain(_("The indicators and how each is counted"), columns, lines)
    return Shown(
        key="indicators",
        headline=_("How each number is counted"),
        subtitle=_("Numerator, denominator, who is counted, and why others differ"),
        table=table,
        rows=lambda: frame.assign(indicator=list(registry.indicators)),
        words=(
            _(
                "A rate is the numerator over the denominator of one row that CDE publishes, rounded half up to one decimal "
                "for display. "
                "Levels are never added up to make a level that is published."
            ),
            _(
                "The 95 percent interval of a rate is Wilson’s, that of a change between two years Newcombe’s. "
                "A change is called better or "
                "worse only when its interval leaves out zero and both years count 30 students or more; otherwise it "
                "could be chance."
            ),
            _("No line and no verdict touches or spans 2019–20 or 2020–21."),
            _(
                "Groups of 11 to 29 students are shown without rank or color. CDE withholds groups of ten or fewer, "
                "but prints suspension for all students of a small school. "
                "Where exactly one group of "
                "a family is withheld, the counts of the smallest other group are withheld here too, so that nobody can subtract."
            ),
            _("Lower is better for absence and suspension."),
        ),
        why=tuple((_(i.title), i.sql) for i in registry.indicators.values()),
        build=sourcing.build_id(view),
    )


def build_framework(view: View, ask: Ask) -> Shown:
    """The sixteen elements of the framework and what data of this kind can say about each. No score is made from them."""
    names = {
        "pillar": _("Pillar"),
        "key_condition": _("Key condition"),
        "commitment": _("Cornerstone commitment"),
        "practice": _("Proven practice"),
    }
    columns = (
        Column("kind", _("Part")),
        Column("name", _("Element")),
        Column("definition", _("In short")),
        Column("evidence", _("Can this data measure it?")),
        Column("instead", _("What to look at")),
    )
    lines = []
    for element in registry.elements:
        if element.family in registry.ELEMENT_FAMILIES:
            evidence, instead = _evidence(element.code)
            lines.append(
                {
                    "kind": names[element.family],
                    "name": _(element.name),
                    "definition": _(element.definition),
                    "evidence": evidence,
                    "instead": instead,
                }
            )
    table, frame = tables.plain(
        _("The California Community Schools Framework and the kind of evidence for each element"), columns, lines
    )
    return Shown(
        key="framework",
        headline=_("What this data can say about the framework"),
        subtitle=_("%(n)s elements: pillars, key conditions, cornerstone commitments, proven practices")
        % {"n": number(len(lines))},
        table=table,
        rows=lambda: frame,
        build=sourcing.build_id(view),
        words=(
            _(
                "Attendance and discipline are signals: many things move them. "
                "Most elements need a survey, a self-report or a service log."
            ),
            _("There is no pillar score, and schools are not ranked by one."),
        ),
    )


def _evidence(code: str) -> tuple[str, str]:
    found = registry.reach[code]
    can, instead = _(found.can), _(found.instead)
    return can[:1].upper() + can[1:], instead[:1].upper() + instead[1:]


def build_regions(view: View, ask: Ask) -> Shown:
    """The eight regions, who led each, and its counties, with the date from which this holds."""
    columns = (
        Column("name", _("Region"), "place"),
        Column("lead", _("Lead agency")),
        Column("counties", _("Counties")),
        Column("since", _("In effect from")),
    )
    lines = [
        {
            "entity": r.code,
            "name": r.name,
            "lead": r.lead,
            "counties": ", ".join(registry.county_by_code[c].name for c in r.counties),
            "since": r.effective_from,
        }
        for r in registry.regions
    ]
    table, frame = tables.plain(_("R-TAC regions, their lead agencies and counties"), columns, lines)
    return Shown(
        key="regions",
        headline=_("Eight regions serve the 58 counties"),
        subtitle=_("Lead agencies as of the State Board’s decision of November 2022"),
        table=table,
        rows=lambda: frame.assign(region=[line["entity"] for line in lines]),
        build=sourcing.build_id(view),
        words=(
            _(
                "CDE publishes no regional rows. Regional figures are sums of county totals, marked as derived; "
                "students who moved between "
                "counties count twice."
            ),
            _("Whether a lead agency changed in 2025 has not been verified."),
        ),
    )


INDICATORS = Exhibit("indicators", build_indicators)
FRAMEWORK = Exhibit("framework", build_framework)
REGIONS = Exhibit("regions", build_regions)
