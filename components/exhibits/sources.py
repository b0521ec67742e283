"""Data: which files stand behind the build, what was checked, and what is covered."""

import queries
from components import tables
from components.exhibit import Ask, Column, Exhibit, Shown
from components.exhibits import sourcing
from components.i18n import _, ngettext, number, school_year
from components.view import View
from components.words import level_name
from data import registry

MOST_FINDINGS = 200


def build_sources(view: View, ask: Ask) -> Shown:
    """Every file of the build with its hash: what a reader needs to check a number against CDE's own file."""
    manifest = queries.manifest(view.build)
    columns = (
        Column("name", _("File")),
        Column("family", _("Family")),
        Column("year", _("Year")),
        Column("release", _("Release")),
        Column("rows", _("Rows"), "number"),
        Column("bytes", _("Bytes"), "number"),
        Column("sha256", _("SHA-256")),
        Column("landing", _("Where CDE publishes it")),
    )
    lines = [
        {
            "name": s["name"],
            "family": s["family"].replace("_", " "),
            "year": school_year(s["year"]) if s.get("year") else "–",
            "release": str(s.get("published") or s.get("release") or "–"),
            "rows": number(s["rows"]),
            "bytes": number(s["bytes"]),
            "sha256": s["sha256"],
            "landing": s.get("landing") or "–",
        }
        for s in sorted(manifest["sources"], key=lambda s: (s["family"], s.get("year") or 0, s["name"]))
    ]
    table, frame = tables.plain(_("Files behind build %(id)s") % {"id": manifest["id"]}, columns, lines)
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
    return Shown(
        key="sources",
        headline=ngettext("%(n)s file stands behind these numbers", "%(n)s files stand behind these numbers", len(lines))
        % {"n": number(len(lines))},
        subtitle=_("Each with its rows, its size and its SHA-256"),
        table=table,
        rows=lambda: frame,
        words=tuple(said),
        build=sourcing.build_id(view),
    )


def build_checks(view: View, ask: Ask) -> Shown:
    """What the screen found in the files, each a sentence with its place."""
    manifest = queries.manifest(view.build)
    columns = (
        Column("level", _("Result")),
        Column("code", _("Check")),
        Column("file", _("File")),
        Column("line", _("Line"), "number"),
        Column("sentence", _("What was found")),
    )
    order = {"FAIL": 0, "WARN": 1, "PASS": 2}
    found = sorted(manifest["findings"], key=lambda f: order.get(f["level"], 3))
    lines = [
        {
            "level": f["level"],
            "code": str(f.get("code") or ""),
            "file": str(f.get("file") or "–"),
            "line": str(f.get("line") or "–"),
            "sentence": str(f["sentence"]),
        }
        for f in found
    ]
    table, frame = tables.plain(
        _("Checks of build %(id)s") % {"id": manifest["id"]},
        columns,
        lines[:MOST_FINDINGS],
        _("The file has all %(n)s findings.") % {"n": number(len(lines))} if len(lines) > MOST_FINDINGS else "",
    )
    frame = tables.plain("", columns, lines)[1] if len(lines) > MOST_FINDINGS else frame
    warned = sum(f["level"] == "WARN" for f in found)
    hidden = [
        _("%(measure)s: the counts of %(n)s rows are withheld here so that a smaller group cannot be worked out.")
        % {"measure": _(registry.indicators[name].title), "n": number(made["counts_withheld"])}
        for name, made in manifest["indicators"].items()
        if name in registry.indicators
    ]
    return Shown(
        key="checks",
        headline=ngettext("%(n)s warning in this build", "%(n)s warnings in this build", warned) % {"n": number(warned)}
        if warned
        else _("No warnings in this build"),
        subtitle=_("A build with a failed check is never published; the last good one stays"),
        table=table,
        rows=lambda: frame,
        words=tuple(hidden),
        build=sourcing.build_id(view),
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
    columns = (
        Column("indicator", _("Indicator")),
        Column("year", _("Year")),
        Column("level", _("Level")),
        *(Column(s, labels[s], "number") for s in registry.STATUSES),
    )
    wide = wide.sort_values(
        ["indicator", "year", "level"], key=lambda c: c.map(registry.LEVELS.index) if c.name == "level" else c
    )
    lines = [
        {
            "indicator": _(registry.indicators[r["indicator"]].title),
            "year": school_year(int(r["year"])),
            "level": level_name(r["level"]),
            **{s: number(int(r[s])) for s in registry.STATUSES},
        }
        for r in wide.to_dict("records")
        if r["indicator"] in registry.indicators
    ]
    table, _display = tables.plain(_("Rows by indicator, year, level and status"), columns, lines)
    return Shown(
        key="coverage",
        headline=_("What is covered, and what is hidden"),
        subtitle=_("Rows by indicator, year, level and status"),
        table=table,
        rows=lambda: wide.assign(year=[registry.year_label(int(y)) for y in wide["year"]]).rename(
            columns={"year": "academic_year"}
        ),
        build=sourcing.build_id(view),
        words=(
            _(
                "Published: a number stands. Zero: nobody. Withheld: CDE hides the number to protect students. "
                "Counts withheld: the rate may "
                "stand, its counts are hidden here. Not published: the place exists and CDE has no number. "
                "Derived: summed from county totals."
            ),
        ),
    )


SOURCES = Exhibit("sources", build_sources)
CHECKS = Exhibit("checks", build_checks)
COVERAGE = Exhibit("coverage", build_coverage)
