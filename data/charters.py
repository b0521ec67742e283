"""Whether CDE's row of a district counts its charter schools, by file family: only what the rows that are read prove.

`reference/charters.csv`: "within" (the row is of all schools, charter or not), "apart" (charter schools stand beside it) or
"unsaid".
"""

from data import registry

TABLE = "charters.csv"
WITHIN, APART, UNSAID = KINDS = ("within", "apart", "unsaid")


def _load() -> dict[str, str]:
    out: dict[str, str] = {}
    families = {indicator.family for indicator in registry.indicators.values()}
    for row, r in registry.rows(TABLE):
        registry.need(
            r["family"] in families - set(out), TABLE, row, f"{r['family']!r} is no family of an indicator, or stands twice"
        )
        registry.need(
            r["district"] in KINDS and bool(r["proof"]), TABLE, row, f"district is one of {', '.join(KINDS)}, with a proof"
        )
        out[r["family"]] = r["district"]
    registry.need(set(out) == families, TABLE, 0, "every family of an indicator needs a row")
    return out


of_district = _load()
"""Family -> WITHIN, APART or UNSAID."""
