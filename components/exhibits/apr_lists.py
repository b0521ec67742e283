"""The Annual Progress Report: what each figure counts and comes from, and when the report is due."""

from components import apr
from components.dates import written
from components.exhibit import Ask, Exhibit, Shown, Unanswerable
from components.exhibits import sourcing
from components.exhibits.listing import Part, listing
from components.i18n import _, school_year
from components.view import View
from data import apr as reference
from data import registry


def build_files(view: View, ask: Ask) -> Shown:
    """What each figure counts, of which year, from which file, and what to know before it is written into a report."""
    columns = apr.columns(view, ask)
    nothing = _("no file is named in this build")
    parts = (
        Part("figure", _("Figure"), lambda c: _(c.figure.indicator.title)),
        Part("counts", _("What it counts"), lambda c: _(c.figure.indicator.numerator)),
        Part("of", _("Of whom"), lambda c: _(c.figure.indicator.denominator)),
        Part("year", _("School year"), lambda c: school_year(c.year)),
        Part("file", _("File"), lambda c: ", ".join(c.files) or nothing),
        Part("note", _("Before you use it"), lambda c: _(c.figure.note)),
    )
    return listing(
        view,
        parts,
        columns,
        _("Figures, files and years"),
        key="files",
        headline=_("What each figure counts"),
        subtitle=_("Definition, school year and file of each figure on this page"),
        words=(_("Local numbers of this year stand on My schools; they are provisional and belong in no official figure."),),
        source=sourcing.source_of(view, {c.figure.indicator.family: {c.year} for c in columns}),
        why=apr.why(view, columns),
    )


def build_dates(view: View, ask: Ask) -> Shown:
    """When what is due, as far as it is known, with the source of each date."""
    try:
        found = reference.dates()
    except registry.RegistryError as error:
        raise Unanswerable(_("The list of due dates cannot be read. %(why)s") % {"why": error}) from None
    parts = (
        Part("report", _("Report"), lambda d: d.report),
        Part("who", _("Written by"), lambda d: d.who or "–"),
        Part("due", _("Due"), lambda d: written(d.due) if d.due else _("not known here: check with CDE")),
        Part("about", _("What is known"), lambda d: d.about or "–"),
        Part("as_of", _("As of"), lambda d: d.as_of or "–"),
        Part("source", _("Source"), lambda d: d.source),
        Part("status", _("How sure"), lambda d: d.status or "–"),
    )
    return listing(
        view,
        parts,
        found,
        _("Reports and due dates"),
        key="dates",
        headline=_("When it is due: check with CDE"),
        subtitle=_("Reports of the California Community Schools Partnership Program, with the source of every date"),
        words=(
            _("CDE sets the dates and may change them: check with CDE before you plan by this list."),
            _("Whoever runs this dashboard can put its own list in place of this one: apr_dates.csv, from the template."),
        ),
        source=_("Source: the list of due dates of this dashboard, each row with its own source."),
    )


FILES = Exhibit("files", build_files, title=_("What each figure counts"))
DATES = Exhibit("dates", build_dates, title=_("When it is due: check with CDE"))
