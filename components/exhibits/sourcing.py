"""What every exhibit says of where its numbers come from: source line, notes, and the answers to "Why doesn't this match?"."""

import queries
from components import facts, words
from components.exhibit import Ask
from components.i18n import _, ngettext, number, school_year
from components.view import View
from data import registry
from data.registry import Indicator

SHORT_HASH = 12


def files_of(family: str, manifest: dict, years: set[int] | None = None) -> list[dict]:
    """The manifest's sources behind a family for some ending years (all without `years`), oldest first."""
    found = [s for s in manifest["sources"] if s["family"] == family and (years is None or s.get("year") in years)]
    return sorted(found, key=lambda s: (s.get("year") or 0, s["name"]))


def of_lists(view: View, families: tuple[str, ...], otherwise: str) -> str:
    """The source line of lists, which have no year of counts: the names of their files, or `otherwise`, and the build."""
    manifest = queries.manifest(view.build)
    if manifest.get("demo"):
        return _("Source: demonstration data, not real schools. Build %(build)s.") % {"build": manifest["id"]}
    names = ", ".join(f["name"] for family in families for f in files_of(family, manifest))
    return _("Source: %(names)s. Build %(build)s.") % {"names": names or otherwise, "build": manifest["id"]}


def source_line(view: View, indicator: Indicator, years: set[int]) -> str:
    """File, school year, release, hash prefix and build of an exhibit, in one line."""
    manifest = queries.manifest(view.build)
    found = files_of(indicator.family, manifest, years)
    values = {"built": manifest["created"][:10], "build": manifest["id"]}
    if manifest.get("demo"):
        values["n"] = number(len(found))
        return _("Source: demonstration data, not real schools. Build %(build)s.") % values
    if not found:
        return _("Source: California Department of Education. Build %(build)s.") % values
    newest = found[-1]
    values |= {
        "n": number(len(found)),
        "name": newest["name"],
        "year": school_year(newest["year"]),
        "hash": newest["sha256"][:SHORT_HASH],
        "first": school_year(found[0]["year"]),
        "date": str(newest.get("published") or newest.get("release") or ""),
    }
    if len(found) > 1:
        return (
            _(
                "Source: California Department of Education, %(n)s files from %(first)s to %(year)s, newest %(name)s "
                "(SHA-256 %(hash)s…). Build %(build)s."
            )
            % values
        )
    if values["date"]:
        return (
            _(
                "Source: California Department of Education, %(name)s (%(year)s, release %(date)s, "
                "SHA-256 %(hash)s…). Build %(build)s."
            )
            % values
        )
    return _("Source: California Department of Education, %(name)s (%(year)s, SHA-256 %(hash)s…). Build %(build)s.") % values


def source_of(view: View, behind: dict[str, set[int] | None]) -> str:
    """The files of several families in one line. `behind`: family -> the ending years used, None for a list without years."""
    manifest = queries.manifest(view.build)
    if manifest.get("demo"):
        return _("Source: demonstration data, not real schools. Build %(build)s.") % {"build": manifest["id"]}
    names = dict.fromkeys(f["name"] for family, years in behind.items() for f in files_of(family, manifest, years))
    if not names:
        return _("Source: California Department of Education. Build %(build)s.") % {"build": manifest["id"]}
    return _("Source: California Department of Education, %(names)s. Build %(build)s.") % {
        "names": ", ".join(names),
        "build": manifest["id"],
    }


def why_of(view: View, measured: list[tuple[Indicator, set[int]]], query: str) -> tuple[tuple[str, str], ...]:
    """As `why`, for several indicators: how each is counted under its own title, then the files of all."""
    manifest = queries.manifest(view.build)
    files = {f["name"]: f["sha256"] for i, years in measured for f in files_of(i.family, manifest, years)}
    nothing = _("no file is named in this build")
    return (
        *((_(indicator.title), counting(indicator)) for indicator, _years in measured),
        (_("File"), "; ".join(files) or nothing),
        (_("SHA-256"), "; ".join(files.values()) or nothing),
        (_("Build"), _("%(id)s, made %(made)s") % {"id": manifest["id"], "made": manifest["created"]}),
        (_("Query"), queries.text(query)),
    )


def counting(indicator: Indicator) -> str:
    """Numerator, denominator, who is counted and why it differs, in one paragraph."""
    named = {name: _(getattr(indicator, name)) for name in ("numerator", "denominator", "who", "differs")}
    return _("%(numerator)s, over: %(denominator)s. %(who)s %(differs)s") % named


def why(view: View, indicator: Indicator, query: str, years: set[int]) -> tuple[tuple[str, str], ...]:
    """Label and answer, in reading order: what is counted, from which file, by which rule and SQL, and why others differ."""
    manifest = queries.manifest(view.build)
    files = files_of(indicator.family, manifest, years)
    return (
        (_("Numerator"), _(indicator.numerator)),
        (_("Denominator"), _(indicator.denominator)),
        (_("Who is counted"), _(indicator.who)),
        (_("Why it differs"), _(indicator.differs)),
        (_("File"), "; ".join(f["name"] for f in files) or _("no file is named in this build")),
        (_("SHA-256"), "; ".join(f["sha256"] for f in files) or _("no file is named in this build")),
        (_("Build"), _("%(id)s, made %(made)s") % {"id": manifest["id"], "made": manifest["created"]}),
        (
            _("Rule"),
            _(
                "CDE withholds groups of ten or fewer students, but prints suspension for all students of a small school. "
                "Where one withheld group could be worked out from the others, "
                "the "
                "counts of the smallest other group are withheld here as well. "
                "A rate is the numerator over the denominator of one "
                "published row; intervals are Wilson's for a rate and Newcombe's for a change, at 95 percent."
            ),
        ),
        (_("Query"), queries.text(query)),
        (_("Query of the measure"), indicator.sql),
    )


def build_id(view: View) -> str:
    return queries.manifest(view.build)["id"]


def notes(
    view: View,
    indicator: Indicator,
    level: str,
    year: int,
    ask: Ask,
    group: str = "",
    region: str | None = None,
    first: int | None = None,
) -> tuple[str, ...]:
    """The caveats of an exhibit of a year (or of the years since `first`); for regions also the counties left out, by name."""
    line = group or facts.group_for(indicator, view.group)
    out = words.notes(indicator, line, level, first or year, year)
    if level != "region":
        return out
    counties = ask(
        "ranking",
        indicator=indicator.name,
        student_group=line,
        year=year,
        level="county",
        region=region,
        county=None,
        cohort=None,
        entities=None,
    )
    missing = counties[~counties["status"].astype(str).isin(facts.SHOWN)]
    if missing.empty:
        return (*out, _("No county is left out of the sums for %(year)s.") % {"year": school_year(year)})
    return (
        *out,
        _("Counties without counts are left out of the sums for %(year)s: %(names)s.")
        % {"year": school_year(year), "names": words.names(sorted(missing["name"].astype(str)), 20)},
    )


def unseen(frame: facts.Frame, indicator: Indicator, mapped: bool = False) -> list[str]:
    """Who of a set is not ranked, and why: named where there are few, always counted. `mapped`: they stand on a map, unshaded."""
    shown = frame["status"].isin(facts.SHOWN)
    coarse = _("Counts withheld, so neither drawn nor ranked (%(n)s): %(names)s.")
    few = _("Fewer than %(rank)s students, so listed and not ranked (%(n)s): %(names)s.")
    if mapped:
        coarse = _("Counts withheld, so marked and not shaded (%(n)s): %(names)s.")
        few = _("Fewer than %(rank)s students, so marked and not shaded (%(n)s): %(names)s.")
    parts = (
        (frame["status"] == "withheld", _("Withheld to protect students (%(n)s): %(names)s.")),
        (frame["status"] == "counts_withheld", coarse),
        (frame["status"] == "not_published", _("Not published for this year (%(n)s): %(names)s.")),
        (shown & ~frame["ranked"], few),
    )
    out = []
    for which, text in parts:
        rows = facts.records(frame[which].sort_values("name").head(words.MOST_NAMES))
        if rows:
            told = [words.rate_of(r["name"], r) if r["rate"] is not None else r["name"] for r in rows]
            out.append(
                text
                % {"n": number(int(which.sum())), "rank": indicator.min_rank, "names": words.names(told, total=int(which.sum()))}
            )
    return out


def undrawn(frame: facts.Frame) -> tuple[str, ...]:
    """How many rows of a set no figure shows, and why: what a picture that travels alone must say beside it."""
    n = frame["status"].value_counts()
    texts = {
        "withheld": lambda k: ngettext("%(n)s withheld to protect students.", "%(n)s withheld to protect students.", k),
        "counts_withheld": lambda k: ngettext("%(n)s with counts withheld.", "%(n)s with counts withheld.", k),
        "not_published": lambda k: ngettext("%(n)s not published.", "%(n)s not published.", k),
    }
    said = [text(int(n[status])) % {"n": number(int(n[status]))} for status, text in texts.items() if n.get(status)]
    return (_("Not drawn:"), *said) if said else ()


def crumbs(place: dict) -> list[tuple[str, str | None]]:
    """State › Region › County › District › School, the last without a link."""
    if place["level"] == "state":
        return [(_("California"), None)]
    chain: list[tuple[str, str | None]] = [(_("California"), registry.STATE)]
    if place["level"] in ("county", "district", "school") and place.get("region"):
        chain.append((place["region_name"], place["region"]))
    if place["level"] in ("district", "school") and place.get("county"):
        chain.append((place["county_name"], f"{place['county']}000000000000"))
    if place["level"] == "school" and place.get("district"):
        chain.append((place["district_name"], place["district"]))
    return [*chain, (place["name"], None)]


def code_of(entity: str) -> str:
    """'CDS 13 99999 0000000', or the region's own code."""
    return (
        entity
        if entity.startswith("R-")
        else _("CDS %(county)s %(district)s %(school)s") % {"county": entity[:2], "district": entity[2:7], "school": entity[7:]}
    )
