"""SQL made from feeds.csv and kinds.csv: the text tables that readers fill, and the same rows as dates, numbers and codes.

`raw_<part>` holds every canonical column of the part as text. `clean_<part>` holds each column twice, as given (`<column>_text`)
and read (`<column>`, null where it cannot be), and four columns about the row:
  copy        1 for the first of equal rows, 2 and more for its repetitions
  place       'ok', or why the row belongs to no school of this publication: none, other, office, unknown
  of_year     the school year of the row (ending year): by its date, else its month, its year column, its day of export, $year
  kept        the row can be counted: copy 1, a school that is ok, this school year or the one before
Rules look at clean tables, typed tables are made of the kept rows. The same text runs in Python and in the browser.
"""

from collections.abc import Mapping, Sequence
from typing import cast

Row = Mapping[str, str]
TRIMMED = (
    "case when contains({x}, ' ') or contains({x}, chr(160)) or contains({x}, chr(9)) then trim({x}, chr(9) || ' ' || chr(160)) "
    "else {x} end"
)
"""Without blanks, tabs and no-break blanks around it; most texts have none: to look for one is faster than to trim."""
DATES = ("date", "referred", "closed")


def parts(feeds: Sequence[Row]) -> dict[str, list[Row]]:
    """The columns of each part, in the order of feeds.csv."""
    out: dict[str, list[Row]] = {}
    for row in feeds:
        out.setdefault(row["part"], []).append(row)
    return out


def raw(part: str, columns: Sequence[Row]) -> str:
    """An empty table of text for one part; readers of files append to it."""
    fields = ", ".join(f"{c['column']} varchar" for c in columns)
    return f"-- One row per record of a file: {part}, as text.\ncreate table raw_{part} (file integer, record bigint, {fields})"


def clean(part: str, columns: Sequence[Row], kinds: Mapping[str, Row]) -> str:
    """The statement that reads one part's text. Grain: one row per record of a file."""
    names = {c["column"] for c in columns}
    blank = {c["column"]: TRIMMED.replace("{x}", c["column"]) for c in columns}
    given = ",\n    ".join(f"{n} as {n}_text, nullif({x}, '') as {n}" for n, x in blank.items())
    read = ",\n    ".join(f"{n}_text, {_read(c, names, kinds)} as {n}" for c in columns for n in (c["column"],))
    joins = "\n  ".join(_join(c) for c in columns if _map(c))
    same = ", ".join(c["column"] for c in columns)
    place = _place("school" in names)
    return f"""-- One row per record of a file: {part}, as given and as read.
create table clean_{part} as
with given as (
  select file, record,
    {given}
  from raw_{part}),
-- Few records are alike: only those are compared field by field.
alike as (select hash({same}) as likeness from raw_{part} group by likeness having count(*) > 1),
copies as (
  select file, record, row_number() over (partition by {same} order by file, record) as copy
  from raw_{part} where hash({same}) in (select likeness from alike)),
read as (
  select g.file, g.record,
    {read}
  from given as g
  {joins}),
known as (
  select r.*, coalesce(k.copy, 1) as copy,
    {place} as place,
    {_year(names)} as of_year
  from read as r left join copies as k on k.file = r.file and k.record = r.record
  {"left join schools as s on s.school = r.school" if "school" in names else ""})
select *, copy = 1 and place = 'ok' and of_year between $year - 1 and $year as kept from known"""


def empty(part: str, columns: Sequence[Row], kinds: Mapping[str, Row]) -> str:
    """The table that `clean` would make of a part without records; planning takes longer than a small file."""
    fields = ", ".join(f"{c['column']}_text varchar, {c['column']} {kinds[c['kind']]['type']}" for c in columns)
    return (
        f"-- No row: {part}, of which nothing was brought.\ncreate table clean_{part} (file integer, record bigint, {fields}, "
        "copy bigint, place varchar, of_year integer, kept boolean)"
    )


def _map(column: Row) -> str:
    return "school" if column["kind"] == "school" else column["map"]


def _join(column: Row) -> str:
    name = column["column"]
    return f"left join codes as c_{name} on c_{name}.map = '{_map(column)}' and c_{name}.value = lower(g.{name})"


def _read(column: Row, names: set[str], kinds: Mapping[str, Row]) -> str:
    """The expression for one column: its kind's, with the column, its code and the district filled in."""
    name = column["column"]
    whose = "$lea"
    if "lea" in names:  # an independently reporting charter stands in its own files as the district
        whose = f"case when g.lea = g.school then $lea else {cast(str, kinds['lea']['expression']).replace('{x}', 'g.lea')} end"
    expression = kinds[column["kind"]]["expression"]
    return expression.replace("{lea}", f"({whose})").replace("{code}", f"c_{name}.code").replace("{x}", f"g.{name}")


def _place(has_school: bool) -> str:
    if not has_school:
        return "'ok'"
    return """case when r.school is null then 'none' when substr(r.school, 1, 7) <> $lea then 'other'
      when substr(r.school, 8) in ('0000000', '0000001') then 'office'
      when s.school is null and (select count(*) from schools) > 0 then 'unknown' else 'ok' end"""


def _year(names: set[str]) -> str:
    dated = [f"r.{n}" for n in DATES if n in names]
    ways = []
    if dated:
        day = f"coalesce({', '.join([*dated, 'null'])})"
        ways.append(f"year({day}) + case when month({day}) >= 7 then 1 else 0 end")
    if "month" in names:
        ways.append("(r.month // 100) + case when r.month % 100 >= 7 then 1 else 0 end")
    if "year" in names:
        ways.append("r.year")
    if "as_of" in names:  # last: a report of the year before is often made in July
        ways.append("year(r.as_of) + case when month(r.as_of) >= 7 then 1 else 0 end")
    return f"cast(coalesce({', '.join([*ways, '$year'])}) as integer)"
