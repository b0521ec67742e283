"""Data: which files stand behind the build, what was checked, and what is covered."""

import queries
from components import assistance
from components.exhibit import Ask, Exhibit, Shown
from components.exhibits.listing import Part, listing
from components.i18n import _, ngettext, number, school_year
from components.view import View
from components.words import level_name
from data import registry


def build_sources(view: View, ask: Ask) -> Shown:
    """Every file of the build with its hash: what a reader needs to check a number against CDE's own file."""
    manifest = queries.manifest(view.build)
    files = sorted(manifest["sources"], key=lambda s: (s["family"], s.get("year") or 0, s["name"]))
    parts = (
        Part("name", _("File"), lambda s: s["name"]),
        Part("family", _("Family"), lambda s: s["family"].replace("_", " ")),
        Part("year", _("Year"), _year),
        Part("release", _("Release"), lambda s: str(s.get("published") or s.get("release") or "–")),
        Part("rows", _("Rows"), lambda s: number(s["rows"]), "number"),
        Part("bytes", _("Bytes"), lambda s: number(s["bytes"]), "number"),
        Part("sha256", _("SHA-256"), lambda s: s["sha256"]),
        Part("landing", _("Where CDE publishes it"), lambda s: s.get("landing") or "–"),
    )
    values = {
        "id": manifest["id"],
        "made": manifest["created"],
        "version": manifest["code_version"],
        "hash": manifest["content_hash"],
    }
    said = [
        _("Build %(id)s was made at %(made)s by version %(version)s.") % values,
        _("The same files give the same content again: %(hash)s.") % values,
    ]
    if manifest.get("demo"):
        said.insert(0, _("Demonstration data. Not real schools."))
    return listing(
        view,
        parts,
        files,
        _("Files behind build %(id)s") % {"id": manifest["id"]},
        key="sources",
        headline=ngettext("%(n)s file stands behind these numbers", "%(n)s files stand behind these numbers", len(files))
        % {"n": number(len(files))},
        subtitle=_("Each with its rows, its size and its SHA-256"),
        words=tuple(said),
    )


def _year(source: dict) -> str:
    """The year of a file as its pages name it: an assistance file's as CDE writes it, any other's school year."""
    if not source.get("year"):
        return "–"
    program = assistance.PROGRAMS.get(source["family"])
    return assistance.when(program, source["year"]) if program else school_year(source["year"])


def build_checks(view: View, ask: Ask) -> Shown:
    """What the screen found in the files, each a sentence with its place."""
    manifest = queries.manifest(view.build)
    order = {"FAIL": 0, "WARN": 1, "PASS": 2}
    found = sorted(manifest["findings"], key=lambda f: order.get(f["level"], 3))
    parts = (
        Part("level", _("Result"), lambda f: f["level"]),
        Part("code", _("Check"), lambda f: str(f.get("code") or "")),
        Part("file", _("File"), lambda f: str(f.get("file") or "–")),
        Part("line", _("Line"), lambda f: str(f.get("line") or "–"), "number"),
        Part("sentence", _("What was found"), lambda f: str(f["sentence"])),
    )
    warned = sum(f["level"] == "WARN" for f in found)
    hidden = [
        _("%(measure)s: the counts of %(n)s rows are withheld here so that a smaller group cannot be worked out.")
        % {"measure": _(registry.indicators[name].title), "n": number(made["counts_withheld"])}
        for name, made in manifest["indicators"].items()
        if name in registry.indicators and made["counts_withheld"]
    ]
    return listing(
        view,
        parts,
        found,
        _("Checks of build %(id)s") % {"id": manifest["id"]},
        key="checks",
        headline=ngettext("%(n)s warning in this build", "%(n)s warnings in this build", warned) % {"n": number(warned)}
        if warned
        else _("No warnings in this build"),
        subtitle=_("A build with a failed check is never published; the last good one stays"),
        words=tuple(hidden),
    )


def build_coverage(view: View, ask: Ask) -> Shown:
    """How many rows of each indicator, year and level stand in each status."""
    frame = ask("coverage")
    frame = frame.assign(**{c: frame[c].astype(str) for c in ("indicator", "level", "status")})
    wide = frame.pivot_table(index=["indicator", "year", "level"], columns="status", values="rows", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=list(registry.STATUSES), fill_value=0).reset_index()
    labels = {
        "published": _("Published"),
        "zero": _("Zero"),
        "withheld": _("Withheld"),
        "counts_withheld": _("Counts withheld"),
        "not_published": _("Not published"),
        "derived": _("Derived"),
    }
    parts = (
        Part("indicator", _("Indicator"), lambda r: _(registry.indicators[r["indicator"]].title)),
        Part("year", _("Year"), lambda r: school_year(int(r["year"]))),
        Part("level", _("Level"), lambda r: level_name(r["level"])),
        *(Part(s, labels[s], lambda r, s=s: number(int(r[s])), "number") for s in registry.STATUSES),
    )
    wide = wide.sort_values(
        ["indicator", "year", "level"], key=lambda c: c.map(registry.LEVELS.index) if c.name == "level" else c
    )
    return listing(
        view,
        parts,
        [r for r in wide.to_dict("records") if r["indicator"] in registry.indicators],
        _("Rows by indicator, year, level and status"),
        rows=lambda frame: wide.assign(year=[registry.year_label(int(y)) for y in wide["year"]]).rename(
            columns={"year": "academic_year"}
        ),
        key="coverage",
        why=((_("Build"), queries.manifest(view.build)["id"]), (_("Query"), queries.text("coverage"))),
        headline=_("What is covered, and what is hidden"),
        subtitle=_("Rows by indicator, year, level and status"),
        words=(
            _(
                "Published: a number stands. Zero: nobody. Withheld: CDE hides the number to protect students. "
                "Counts withheld: the rate may "
                "stand, its counts are hidden here. Not published: the place exists and CDE has no number. "
                "Derived: summed from county totals."
            ),
        ),
    )


SOURCES = Exhibit("sources", build_sources, title=_("Files behind these numbers"))
CHECKS = Exhibit("checks", build_checks, title=_("Warnings of this build"))
COVERAGE = Exhibit("coverage", build_coverage, title=_("What is covered, and what is hidden"))
