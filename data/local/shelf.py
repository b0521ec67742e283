"""Opens the current local publications for questions: a DuckDB in memory, locked down, opened anew when the edition changes.

Tables: `cells`, `partners`, `publications`, and the lists of `data/reference/local/` by their names. Only a process that was
started with RTAC_LOCAL=on has a shelf at all. One cursor a query; every process and every thread has what it asked for.
"""

import logging
import os
import threading
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from data import sql, warehouse
from data.local import publications
from data.opened import PerProcess
from data.privacy.cube import KEYS, LOCAL

log = logging.getLogger("rtac.shelf")
SETTING = "RTAC_LOCAL"
LISTS = ("facts", "bands", "groups", "service_categories", "measures")


class Closed(PermissionError):
    """Local data are not open in this process. The text is a sentence."""


@dataclass(frozen=True)
class Shelf:
    """What is shown at one moment. `trouble`: sentences about publications that are damaged and left out."""

    edition: str
    publications: tuple[dict, ...]
    trouble: tuple[str, ...]
    connection: duckdb.DuckDBPyConnection


class _Opened:
    """What this process has open."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.slots = threading.BoundedSemaphore(warehouse.AT_ONCE)
        self.stamp: object = ()
        self.shelf: Shelf | None = None


held = PerProcess(_Opened)


def is_on() -> bool:
    """Whether this process may show local data at all. Who may see them is the server's to say, request by request."""
    return os.environ.get(SETTING, "") == "on"


def current() -> Shelf:
    """The shelf of this moment. Raises Closed where local data are switched off."""
    if not is_on():
        raise Closed("Local data are switched off.")
    state = held.get()
    with state.lock:
        stamp = publications.stamp()
        if state.shelf is None or stamp != state.stamp:
            state.shelf, state.stamp = _open(), stamp
        return state.shelf


def edition() -> str:
    """Names what is shown at this moment; "" where local data are off or nothing is published."""
    return current().edition if is_on() else ""


def query(text: str, params: dict[str, Any], shelf: Shelf | None = None) -> pd.DataFrame:
    """Run one SELECT of our own with bound parameters. Raises Closed, or warehouse.Busy after a wait or a time limit."""
    shelf = shelf or current()
    state = held.get()
    if not state.slots.acquire(timeout=warehouse.WAIT_SECONDS):
        raise warehouse.Busy("Many people are reading at this moment. Please try again in a few seconds.")
    cursor = shelf.connection.cursor()
    try:
        return cursor.execute(text, params).df()
    except duckdb.InterruptException as error:
        raise warehouse.Busy("This question took too long and was stopped. Choose fewer places or months.") from error
    finally:
        cursor.close()
        state.slots.release()


def _open() -> Shelf:
    found, trouble = [], [publications.trouble()]
    said = publications.edition()
    for lea in publications.current():
        try:
            found.append(publications.checked(lea))
        except publications.Damaged as error:
            log.error("local publication not opened: %s", type(error).__name__)
            trouble.append(str(error))
    connection = duckdb.connect(":memory:", config=warehouse.settings())
    try:
        _fill(connection, found)
    except (duckdb.Error, OSError):
        connection.close()
        raise
    warehouse.lock_down(connection)
    return Shelf(said, tuple(found), tuple(t for t in trouble if t), connection)


def _fill(con: duckdb.DuckDBPyConnection, found: list[dict]) -> None:
    for name in LISTS:
        con.read_csv(str(LOCAL / f"{name}.csv"), header=True, all_varchar=True).to_table(name)
    listed = pd.DataFrame(
        [{"lea": m["lea"], "id": m["id"], "year": m["year"], "through": m["through"], "made": m["made"],
          "published": m["published"], "demo": m["demo"]} for m in found],
        columns=["lea", "id", "year", "through", "made", "published", "demo"],
    )  # fmt: skip
    con.register("listed", listed)
    for statement in duckdb.extract_statements(sql.text("local_shelf")):
        con.execute(statement).fetchall()
    con.unregister("listed")
    for manifest in found:
        cells, partners = publications.files(manifest)
        con.read_parquet(str(cells)).project(", ".join((*KEYS, "value, status, year, lea"))).insert_into("unsorted")
        con.read_parquet(str(partners)).project("name, school, pillar, lea").insert_into("partners")
    sql.run(con, "create table cells as from unsorted order by entity, fact, month, span, service, student_group, band")
    sql.run(con, "drop table unsorted")
