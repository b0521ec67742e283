"""Whether CDE's row of a district counts its charter schools, by file family: only what the readers prove.

Of a family whose rows have a charter scope (All, Yes, No), only a district's row of scope All is read (is_kept, macros.sql).
"""

from data import registry
from data.sources import families

WITHIN, APART, UNSAID = KINDS = ("within", "apart", "unsaid")
"""The row is of all schools, charter or not; charter schools stand beside it; nothing in the file says which."""
CAVEAT = "charters_apart"


def of_district(family: str) -> str:
    """WITHIN, APART or UNSAID."""
    if any(CAVEAT in i.caveats for i in registry.indicators.values() if i.family == family):
        return APART
    read = families[family]
    return WITHIN if read.kind == "counts" and read.types.get("charter") == "scope" else UNSAID
