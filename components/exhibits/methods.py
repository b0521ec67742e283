"""Methods: each indicator as it is counted, the framework with the kind of evidence there is, the regions."""

from components import local
from components.exhibit import Ask, Exhibit, Shown
from components.exhibits.listing import Part, listing
from components.i18n import _, number
from components.view import View
from data import framework, registry


def build_indicators(view: View, ask: Ask) -> Shown:
    """Every indicator: definition, who is counted, what it must not be mistaken for, and the SQL that makes it."""
    parts = (
        Part("title", _("Indicator"), lambda i: _(i.title)),
        Part("numerator", _("Numerator"), lambda i: _(i.numerator)),
        Part("denominator", _("Denominator"), lambda i: _(i.denominator)),
        Part("who", _("Who is counted"), lambda i: _(i.who)),
        Part("differs", _("Why it differs"), lambda i: _(i.differs)),
        Part("caveats", _("Caveats"), lambda i: " ".join(_(registry.caveats[c].text) for c in i.caveats)),
    )
    return listing(
        view,
        parts,
        registry.indicators.values(),
        _("The indicators and how each is counted"),
        rows=lambda frame: frame.assign(indicator=list(registry.indicators)),
        key="indicators",
        headline=_("How each number is counted"),
        subtitle=_("Numerator, denominator, who is counted, and why others differ"),
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
    )


def build_local(view: View, ask: Ask) -> Shown:
    """The measures of grantees' own files: what is counted, the rule that protects, and why they differ from CDE's numbers."""
    parts = (
        Part("title", _("Measure"), lambda m: _(m.title)),
        Part("numerator", _("Numerator"), lambda m: local.about(m.numerator)),
        Part("denominator", _("Denominator"), lambda m: local.about(m.denominator) if m.denominator else "–"),
        Part("note", _("To know"), lambda m: _(m.note) or "–"),
    )
    return listing(
        view,
        parts,
        local.measures().values(),
        _("The measures of local data and how each is counted"),
        rows=lambda frame: frame.assign(measure=list(local.measures())),
        key="local",
        headline=_("How numbers from grantees’ own files are counted"),
        subtitle=_("Attendance, discipline and service files, counted by the district. Provisional, never official"),
        words=(
            _("Student rows are read and counted on the district’s own computer. Only counts of a fixed list leave it."),
            _(
                "Hidden before anything leaves: counts of ten or fewer, remainders of ten or fewer, and what could be "
                "worked out from "
                "the rest. One word, “withheld”, stands for every reason."
            ),
            _(
                "Every other count is rounded to 10, up or down by a secret key, so it is off by less than ten and totals "
                "may not add. One that would come out as 10 is withheld too. "
                "Shares are whole percents of rounded counts. Very small and very large shares are only said to be beyond an end."
            ),
            _(
                "Ranges are 95 percent intervals taken over every count that could stand behind a rounded one. A change "
                "is called better "
                "or worse only where chance and rounding together cannot explain it."
            ),
            _(
                "They differ from CDE’s numbers: they are to date and not of a whole year, count students with 20 "
                "expected days or more, "
                "and come from files that nobody has certified yet."
            ),
            _("Distinct students are counted anew for every place, month, pillar and group, and never added up."),
        ),
    )


def build_framework(view: View, ask: Ask) -> Shown:
    """The sixteen elements of the framework and what data of this kind can say about each. No score is made from them."""
    names = {
        "pillar": _("Pillar"),
        "key_condition": _("Key condition"),
        "commitment": _("Cornerstone commitment"),
        "practice": _("Proven practice"),
    }
    parts = (
        Part("kind", _("Part"), lambda e: names[e.family]),
        Part("name", _("Element"), lambda e: _(e.name)),
        Part("definition", _("In short"), lambda e: _(e.definition)),
        Part("evidence", _("Can this data measure it?"), lambda e: _capital(framework.reach[e.code].can)),
        Part("instead", _("What to look at"), lambda e: _capital(framework.reach[e.code].instead)),
    )
    elements = [e for e in framework.elements if e.family in framework.ELEMENT_FAMILIES]
    return listing(
        view,
        parts,
        elements,
        _("The California Community Schools Framework and the kind of evidence for each element"),
        key="framework",
        headline=_("What this data can say about the framework"),
        subtitle=_("%(n)s elements: pillars, key conditions, cornerstone commitments, proven practices")
        % {"n": number(len(elements))},
        words=(
            _(
                "Attendance and discipline are signals: many things move them. "
                "Most elements need a survey, a self-report or a service log."
            ),
            _("There is no pillar score, and schools are not ranked by one."),
        ),
    )


def _capital(text: str) -> str:
    said = _(text)
    return said[:1].upper() + said[1:]


def build_regions(view: View, ask: Ask) -> Shown:
    """The eight regions, who led each, and its counties, with the date from which this holds."""
    parts = (
        Part("name", _("Region"), lambda r: r.name, "place"),
        Part("lead", _("Lead agency"), lambda r: r.lead),
        Part("counties", _("Counties"), lambda r: ", ".join(registry.county_by_code[c].name for c in r.counties)),
        Part("since", _("In effect from"), lambda r: r.effective_from),
    )
    return listing(
        view,
        parts,
        registry.regions,
        _("R-TAC regions, their lead agencies and counties"),
        entity=lambda r: r.code,
        rows=lambda frame: frame.assign(region=[r.code for r in registry.regions]),
        key="regions",
        headline=_("Eight regions serve the 58 counties"),
        subtitle=_("Lead agencies as of the State Board’s decision of November 2022"),
        words=(
            _(
                "CDE publishes no regional rows. Regional figures are sums of county totals, marked as derived; "
                "students who moved between "
                "counties count twice."
            ),
            _("Whether a lead agency changed in 2025 has not been verified."),
        ),
    )


INDICATORS = Exhibit("indicators", build_indicators, title=_("How each number is counted"))
LOCAL = Exhibit("local", build_local, title=_("How numbers from grantees’ own files are counted"))
FRAMEWORK = Exhibit("framework", build_framework, title=_("What this data can say about the framework"))
REGIONS = Exhibit("regions", build_regions, title=_("Regions and their lead agencies"))
