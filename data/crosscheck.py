"""What only several files together show: repeats, releases, odd sizes, one directory out of two, unknown schools."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from data import sources as known
from data import sql
from data.job import Source
from data.problems import Finding, failure, passed, printable, warning

HALF, TWICE = 0.5, 2.0
ENROLLMENT, DISCIPLINE = "cumulative_enrollment", ("suspension", "expulsion")
WORDS = ("low_grade", "high_grade", "school_level", "charter", "dass", "county_name", "district_name")


def settle(sources: Sequence[Source]) -> tuple[list[Source], list[Finding]]:
    """The files to use: each content once, and of a year's releases the highest -vN. Two different files of one are refused."""
    kept: list[Source] = []
    said: list[Finding] = []
    for source in sources:
        same = next((k for k in kept if k.content_sha256 == source.content_sha256 and k.family == source.family), None)
        if same:
            said.append(passed("same_file_twice", f"It holds the same as {same.name}; it was used once.", source.name))
        else:
            kept.append(source)
    for source in list(kept):
        rivals = [k for k in kept if k is not source and (k.family, k.year) == (source.family, source.year) and k.year]
        newer = next((k for k in rivals if k.release > source.release), None)
        if newer:
            kept.remove(source)
            said.append(warning("older_release", f"{newer.name} is a newer release of the same year (-v{newer.release}); it "
                                                 f"is used instead of this file.", source.name))
        elif any(k.release == source.release for k in rivals):
            other = next(k for k in rivals if k.release == source.release)
            said.append(failure("two_files_one_year", f"This file and {other.name} are both the "
                                                      f"{source.family.replace('_', ' ')} file of {_label(source.year)} "
                                "and differ. Give only one, or name the newer one as CDE does (-v2).", source.name))
    return kept, said


def _label(year: int | None) -> str:
    return f"{year - 1}-{year % 100:02d}" if year else ""


def sizes(sources: Sequence[Source]) -> list[Finding]:
    """A year's file of half or twice the rows of its neighbors, where both cover the same counties."""
    out = []
    for source in sources:
        same = [s for s in sources if s is not source and s.year and (s.family, s.counties) == (source.family, source.counties)]
        peers = sorted(s.rows for s in same)
        if not source.year or not peers:
            continue
        usual = peers[len(peers) // 2]
        if source.rows < HALF * usual and all(source.rows < HALF * p for p in peers):
            out.append(failure("half_the_rows", f"The file has {source.rows:,} rows; the other years of its family have about "
                                                f"{usual:,} for as many counties. "
                               "Rows are missing. Download it again.", source.name, value=str(source.rows)))
        elif source.rows > TWICE * usual and len(peers) > 1:
            out.append(failure("twice_the_rows", f"The file has {source.rows:,} rows; the other years of its family have "
                                                 f"about {usual:,} for as many counties. "
                               "Download it again.", source.name, value=str(source.rows)))
    return out


def merge(extracts: dict[str, list[Path]], work: Path) -> list[Finding]:
    """Make one directory of several (the one with more places leads), and refuse grantee lists that contradict each other."""
    files = extracts.get("directory", [])
    if len(files) < 2:
        return []
    con = duckdb.connect()
    try:
        given = sorted((con.read_parquet(str(f)) for f in files), key=lambda rows: -rows.shape[0])
        for number, rows in enumerate(given):
            rows.create_view(f"directory_{number}")
        # In a string: as many directories are joined as were given, column by column.
        columns = [c for c in given[0].columns if c != "entity"]
        first = ", ".join(f"arg_min({c}, number) filter ({c} is not null and {c}::varchar <> '') as {c}" for c in columns)
        every = " union all ".join(f"select {number} as number, * from directory_{number}" for number in range(len(given)))
        words = ", ".join(f"coalesce({c}, '') as {c}" for c in WORDS)
        target = work / "directory.parquet"
        con.sql(f"select * replace ({words}) from (select entity, {first} from ({every}) group by entity) order by "
                f"entity").write_parquet(
            str(target), compression="zstd")
    finally:
        con.close()
    extracts["directory"] = [target]
    return [passed("directories_merged", f"{len(files)} directories were given; they were made one, the larger one leading.")]


def enrollment(extracts: Mapping[str, Sequence[Path]]) -> list[Finding]:
    """Cumulative enrollment stands in three of CDE's files: where another of them says another number of a row, it is said.

    The place and group of the first such row are named, and no number: privacy.py may have closed that row.
    """
    out = []
    for family in DISCIPLINE if ENROLLMENT in extracts else ():
        if family not in extracts:
            continue
        params = {"mine": [str(f) for f in extracts[ENROLLMENT]], "others": [str(f) for f in extracts[family]]}
        rows, differ, place, group, year = sql.run(duckdb.connect(), sql.text("enrollments_differ"), params)[0]
        if differ:
            first = f"{printable(place)}, {group}, {_label(year)}"
            out.append(warning("enrollment_differs", f"{differ:,} of {rows:,} rows of the {family} files count other students "
                                                     f"than the cumulative enrollment file of the year (the first: {first}). "
                               "One of them may be an older release: download both again.", value=str(differ)))
        elif rows:
            out.append(passed("enrollment_agrees", f"The cumulative enrollment of {rows:,} rows of the {family} files is that of "
                                                   f"the cumulative enrollment files.", value=str(rows)))
    return out


def directory(extracts: Mapping[str, Sequence[Path]]) -> list[Finding]:
    """Schools with numbers that the directory lacks (kept under the file's name), and closed ones that have numbers again."""
    if "directory" not in extracts:
        return []
    out = []
    con = duckdb.connect()
    try:
        for family, files in extracts.items():
            if known.families[family].kind in ("directory", "grantees", "contacts", "events", "assistance"):
                continue
            params = {"files": [str(f) for f in files], "directory": [str(f) for f in extracts["directory"]]}
            unknown, first = sql.run(con, sql.text("unlisted"), params)[0]
            if unknown:
                out.append(warning("not_in_directory", f"{unknown:,} schools with {family.replace('_', ' ')} numbers are not "
                                                       f"in the directory (the first: {first}); "
                                   "they are kept under the file's own name.", value=str(unknown)))
            again, first = sql.run(con, sql.text("reopened"), params)[0]
            if again:
                out.append(warning("closed_reopens", f"{again:,} schools have {family.replace('_', ' ')} numbers for years "
                                                     f"after the directory closed them "
                                   f"(the first: {first}).", value=str(again)))
    finally:
        con.close()
    return out
